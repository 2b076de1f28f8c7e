"""PolNeAR (Newell et al. 2018) as records: texts and who is said to say what in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retold import spans, text
from retold.types import Span

ROLES = ("source", "cue", "content")
_SPAN = re.compile(r"([\w-]+) ([\d; ]+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A text with its attributions; each role maps to spans in text order, maybe none.

    `discarded` are the regions that the annotators were told to leave out.
    """

    name: str
    text: str
    attributions: tuple[dict[str, tuple[Span, ...]], ...]
    discarded: tuple[Span, ...]


def _spans(pieces: str) -> tuple[Span, ...]:
    """The spans of "12 20;25 30", blank or malformed pieces left out."""
    pairs = [tuple(map(int, piece.split())) for piece in pieces.split(";")]
    return tuple(sorted(Span(p[0], p[1]) for p in pairs if len(p) == 2 and p[0] < p[1]))


def _annotations(path: Path) -> tuple[dict[str, tuple[str, tuple[Span, ...]]], list[str]]:
    """The text-bound annotations by id, and the events as written."""
    bound: dict[str, tuple[str, tuple[Span, ...]]] = {}
    events: list[str] = []
    for line in path.read_text("utf8").split("\n"):
        fields = line.split("\t")
        if len(fields) < 2:
            continue
        if fields[0].startswith("T") and (found := _SPAN.match(fields[1])):
            bound[fields[0]] = (found.group(1), _spans(found.group(2)))
        elif fields[0].startswith("E"):
            events.append(fields[1])
    return bound, events


def articles(folder: Path) -> Iterator[Annotated]:
    """The articles of a split in order of name; of several annotators the first by name."""
    seen: set[str] = set()
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem
        text_path = folder / "text" / f"{name}.txt"
        if not text_path.exists():  # several annotators: <article>_<annotator>.ann
            name = name.rsplit("_", 1)[0]
            text_path = folder / "text" / f"{name}.txt"
        if name in seen or not text_path.exists():
            continue
        seen.add(name)
        bound, events = _annotations(path)
        found = []
        for event in events:
            roles: dict[str, list[Span]] = {role: [] for role in ROLES}
            for part in event.split():
                role, _, ident = part.partition(":")
                key = role.rstrip("0123456789").lower()
                if key in roles and ident in bound:
                    roles[key] += bound[ident][1]
            if roles["content"]:
                found.append({role: tuple(sorted(set(held))) for role, held in roles.items()})
        yield Annotated(
            name=name,
            text=text_path.read_bytes().decode("utf8"),
            attributions=tuple(found),
            discarded=tuple(s for kind, held in bound.values() if kind == "Discard" for s in held),
        )


def paragraphs(article: Annotated) -> list[Span]:
    """The paragraphs of an article that the annotators were asked to read."""
    return [
        paragraph
        for paragraph in text.paragraphs(article.text, Span(0, len(article.text)))
        if not any(spans.contains(region, paragraph) for region in article.discarded)
    ]
