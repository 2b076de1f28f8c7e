"""Windows of annotated text with all that the network is taught on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from tokenizers import Tokenizer

from retold import text
from retold.reading import tokens
from retold.types import Span
from training.labels import LABELS, MENTIONS, RELATIONS
from training.polnear import ROLES, Annotated, paragraphs

LABEL = {name: index for index, name in enumerate(LABELS)}
MENTION = {name: index for index, name in enumerate(MENTIONS)}
UNKNOWN = -100  # in `mentions`: nothing is known
OPEN = -1  # in `labels`: anything but a content may stand here


@dataclass(slots=True)
class Example:
    """One article in tokens: labels, mention labels, links between stretches, passages to imitate.

    Stretches are `(first, last)` token ranges. `links` holds, for each attribution, its content
    pieces, cue pieces and source pieces. `passages` pairs a stretch with a row of the teacher.
    """

    name: str
    tokens: tokens.Tokens
    labels: np.ndarray
    mentions: np.ndarray
    links: list[dict[str, list[tuple[int, int]]]]
    passages: list[tuple[int, int, int]] = field(default_factory=list)


def allowed(labels: np.ndarray) -> np.ndarray:
    """Tokens × labels: true where the label may stand; one a token but where labels are OPEN."""
    may = np.eye(len(LABELS), dtype=bool)[labels]
    may[labels == OPEN] = [not name.endswith("content") for name in LABELS]
    return may


def _mark(labels: np.ndarray, stretch: slice, begin: int, inside: int) -> None:
    """Label a stretch whose tokens are still free; it never overwrites another's."""
    if stretch.start < stretch.stop and not labels[stretch].any():
        labels[stretch] = inside
        labels[stretch.start] = begin


def example(
    article: Annotated,
    tokenizer: Tokenizer,
    *,
    mentions: Sequence[tuple[int, int, str]] | None,
    is_alone: bool = False,
) -> Example:
    """The article in tokens; `mentions` are spans with their kind, None where unknown.

    With `is_alone` it is written as a sentence, as contents are that are read again.
    """
    found = tokens.tokenise(article.text, paragraphs(article), tokenizer)
    if is_alone:
        found = tokens.as_sentence(found)
    labels = np.zeros(len(found), dtype=np.int64)
    links = []
    for attribution in article.attributions:
        link: dict[str, list[tuple[int, int]]] = {}
        for role in ROLES:
            link[role] = []
            for span in attribution[role]:
                stretch = found.within(span)
                if stretch.start < stretch.stop:
                    _mark(labels, stretch, LABEL[f"B-{role}"], LABEL[f"I-{role}"])
                    link[role].append((stretch.start, stretch.stop))
        links.append(link)
    named = np.full(len(found), UNKNOWN if mentions is None else 0, dtype=np.int64)
    for start, end, kind in mentions or ():
        stretch = found.within(Span(start, end))
        _mark(named, stretch, MENTION[f"B-{kind}"], MENTION[f"I-{kind}"])
    return Example(article.name, found, labels, named, links)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What one relation asks within a window, in stretches counted from its start.

    Each of `left` chooses among `right`; `targets` holds the indices of its partners, or only
    len(right) where it has none.
    """

    left: list[tuple[int, int]]
    right: list[tuple[int, int]]
    targets: list[list[int]]


def choices(example: Example, window: slice) -> list[Choices]:
    """What each of RELATIONS asks; a stretch whose partners all lie outside is not asked for."""

    def inside(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [
            (a - window.start, b - window.start)
            for a, b in stretches
            if window.start <= a and b <= window.stop
        ]

    held = [{role: inside(link[role]) for role in link} for link in example.links]
    out = []
    for left_role, right_role in RELATIONS:
        right = sorted({s for link in held for s in link[right_role]})
        index = {s: i for i, s in enumerate(right)}
        found = Choices(left=[], right=right, targets=[])
        for link, whole in zip(held, example.links, strict=True):
            if whole[right_role] and not link[right_role]:
                continue
            partners = [index[s] for s in link[right_role]] or [len(right)]
            for stretch in link[left_role]:
                found.left.append(stretch)
                found.targets.append(partners)
        out.append(found)
    return out


def passages(article: Annotated, found: tokens.Tokens) -> list[tuple[Span, tuple[int, int]]]:
    """The sentences and contents of an article with their tokens: what the teacher reads."""
    out = []
    held = list(text.sentences(article.text, Span(0, len(article.text))))
    held += [span for a in article.attributions for span in a["content"]]
    for span in held:
        stretch = found.within(span)
        if stretch.stop - stretch.start >= 4:
            out.append((span, (stretch.start, stretch.stop)))
    return out
