"""How well times are read.

    python -m evaluation.times            TimeBank and AQUAINT: relaxed, strict and value F1
    python -m evaluation.times --stories  the timelines of the training stories, `--errors` for each

A document belongs to the half on which the rules were developed or to the half that was only ever
measured, by the hash of its name. Values are compared as TIMEX3 has them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import html
import json
import os
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retold.comparing import timeline
from retold.errors import FormatError
from retold.reading import times
from retold.text import normalise
from retold.types import Article, Event, Reading, Section, SectionKind, Span

SHARED = Path(
    os.environ.get("RETOLD_SHARED", Path(__file__).resolve().parent.parent.parent / "shared")
)


# --- TimeBank and AQUAINT -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text with its TIMEX3 annotations as (start, end, type, value)."""

    name: str
    created: dt.date
    text: str
    marked: tuple[tuple[int, int, str, str], ...]

    @property
    def is_held_out(self) -> bool:
        """True for the half that no rule was written on."""
        return bool(int(hashlib.sha256(self.name.encode()).hexdigest(), 16) % 2)


def parse(name: str, raw: str) -> Document:
    """The document of a TimeML file.

    Raises:
        FormatError: it has no creation date or no text.
    """
    created = re.search(r'<DCT>.*?value="([\d-]{10})', raw, re.S)
    body = re.search(r"<TEXT>(.*?)</TEXT>", raw, re.S)
    if not created or not body:
        raise FormatError(f"{name}: no creation date or no text.")
    text, marked, opened = "", [], []
    for piece in re.split(r"(<[^>]+>)", body[1]):
        if piece.startswith("<TIMEX3"):
            fields = dict(re.findall(r'(\w+)="([^"]*)"', piece))
            opened.append((len(text), fields["type"], fields["value"]))
        elif piece == "</TIMEX3>":
            start, kind, value = opened.pop()
            marked.append((start, len(text), kind, value))
        elif not piece.startswith("<"):
            text += html.unescape(piece)
    return Document(
        name=name,
        created=dt.date.fromisoformat(created[1]),
        text=text,
        marked=tuple(marked),
    )


def documents(packed: Path) -> Iterator[Document]:
    """The documents of TimeBank and AQUAINT in the packed corpus, in its order."""
    with tarfile.open(packed) as archive:
        for member in archive:
            if "TBAQ" in member.name and member.name.endswith(".tml"):
                held = archive.extractfile(member)
                if held:
                    raw = held.read().decode("utf8", errors="replace")
                    yield parse(Path(member.name).name, raw)


def count(document: Document) -> Counter[str]:
    """What was found in one document, one to one: relaxed is any overlap, strict the same span."""
    found = times.read(document.text, [Span(0, len(document.text))], document.created)
    counts = Counter(gold=len(document.marked), predicted=len(found))
    free = list(found)
    for start, end, kind, value in document.marked:
        hit = next((x for x in free if x.span.start < end and start < x.span.end), None)
        if not hit:
            continue
        free.remove(hit)
        counts["relaxed"] += 1
        counts["strict"] += hit.span == Span(start, end)
        counts["type"] += hit.meaning.kind == kind
        counts["value"] += hit.meaning.value == value
    return counts


def _f1(counts: Counter[str], measure: str) -> float:
    total = counts["gold"] + counts["predicted"]
    return 200 * counts[measure] / total if total else 0.0


def corpus_table(packed: Path) -> str:
    """Relaxed, strict, type and value F1 on the two halves."""
    halves = {False: Counter[str](), True: Counter[str]()}
    for document in documents(packed):
        halves[document.is_held_out] += count(document)
    lines = [
        f"{'TimeBank + AQUAINT':<26}{'gold':>6}{'found':>7}{'relaxed':>9}{'strict':>8}{'value':>7}"
    ]
    for is_held_out, counts in halves.items():
        name = "never looked at" if is_held_out else "developed on"
        scores = "".join(
            f"{_f1(counts, m):>{w}.1f}" for m, w in (("relaxed", 9), ("strict", 8), ("value", 7))
        )
        lines.append(f"{name:<26}{counts['gold']:>6}{counts['predicted']:>7}{scores}")
    return "\n".join(lines)


# --- stories --------------------------------------------------------------------------------------


def story_readings(folder: Path) -> dict[str, Reading]:
    """What times alone give for each article of a story, by the stem of its file."""
    out = {}
    for entry in json.loads((folder / "articles.json").read_text(encoding="utf8")):
        text = normalise((folder / entry["file"]).read_text(encoding="utf8"))
        article = Article(
            id=Path(entry["file"]).stem,
            text=text,
            sections=(Section(kind=SectionKind.BODY, span=Span(0, len(text))),),
            published=dt.date.fromisoformat(entry["published"]) if entry["published"] else None,
        )
        out[article.id] = Reading(
            article=article,
            model="",
            attributions=(),
            speakers=(),
            mentions=(),
            times=times.find(article),
            passages=(),
            vectors=b"",
        )
    return out


def _place(text: str, excerpt: str) -> Span | None:
    at = text.find(normalise(excerpt))
    return Span(at, at + len(excerpt)) if at >= 0 else None


def is_same(event: Event, article: str, span: Span, date: str) -> bool:
    """True if the event lies on the gold's passage and has its date at its precision.

    A month is as good as one of its days; the rule is the one of the story scorer.
    """
    if event.article_id != article or not (
        event.span.start < span.end and span.start < event.span.end
    ):
        return False
    plain = re.sub(r"[~?%]", "", event.date)
    return plain[: len(date)] == date or (7 <= len(plain) < len(date) and date.startswith(plain))


def story_counts(gold: Path, stories: Path) -> tuple[Counter[str], list[str]]:
    """Counts for one gold file, and a line for each event missed or not in the gold."""
    story = json.loads(gold.read_text(encoding="utf8"))
    readings = story_readings(stories / gold.stem)
    events = timeline.draw(tuple(readings.values()), ())
    wanted = [
        (entry["article"], span, entry["date"])
        for entry in story.get("timeline", ())
        if (span := _place(readings[entry["article"]].article.text, entry["text"]))
    ]
    hits = [any(is_same(e, *w) for w in wanted) for e in events]
    found = [any(is_same(e, *w) for e in events) for w in wanted]
    counts = Counter(predicted=len(events), right=sum(hits), gold=len(wanted), found=sum(found))
    lines = []
    for event, hit in zip(events, hits, strict=True):
        if not hit:
            words = readings[event.article_id].article.text[event.span.start : event.span.end]
            lines.append(f"+ {gold.stem} {event.article_id} {event.date} | {words}")
    for (article, span, date), hit in zip(wanted, found, strict=True):
        if not hit:
            words = readings[article].article.text[span.start : span.end]
            lines.append(f"- {gold.stem} {article} {date} | {words}")
    return counts, lines


def stories_table(golds: Path, stories: Path, *, show_errors: bool = False) -> str:
    """Precision, recall and F1 of the timeline over the gold files of a folder."""
    total: Counter[str] = Counter()
    lines: list[str] = []
    for gold in sorted(golds.glob("*.json")):
        counts, errors = story_counts(gold, stories)
        total += counts
        lines += errors
    precision = total["right"] / total["predicted"] if total["predicted"] else 0.0
    recall = total["found"] / total["gold"] if total["gold"] else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    table = (
        f"timeline of {golds.name}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}"
        f" ({total['predicted']} predicted, {total['gold']} gold)"
    )
    return "\n".join([*lines, table]) if show_errors else table


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.times",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--stories", action="store_true", help="measure the timelines")
    parser.add_argument("--gold", type=Path, default=SHARED / "data" / "gold_train")
    parser.add_argument(
        "--errors", action="store_true", help="list what is missed and what is extra"
    )
    options = parser.parse_args()
    packed = SHARED / "data" / "corpora" / "tempeval3.tar.gz"
    needed = options.gold if options.stories else packed
    if not needed.exists():
        print(f"no research data at {needed}; set RETOLD_SHARED to its folder.", file=sys.stderr)
        return 1
    if options.stories:
        print(stories_table(options.gold, SHARED / "data" / "stories", show_errors=options.errors))
    else:
        print(corpus_table(packed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
