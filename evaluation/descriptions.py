"""Whom descriptions mean ("the governor", "the report"), as the model finds the statements.

    python -m evaluation.descriptions                 the stories to develop on
    python -m evaluation.descriptions --held-out      those from which nothing was learned
    python -m evaluation.descriptions --single        single articles, of either part
    python -m evaluation.descriptions --errors 20     and the errors, in marked text
    python -m evaluation.descriptions --kept FOLDER   what the model finds is kept there

A label that names somebody is right with that name, silent where the description is shown for it or
nobody, else wrong; one that names nobody is right unless somebody is named, else invented. Left out
are labels of which the reader was not sure, and words that are the source of no statement.

A second table tells of those for whom a name is shown how many are right, of all and of those whose
score is at least a half, and how many that name somebody are left open; with and without "the
president", whom the date of an article tells.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evaluation import excerpts
from evaluation.matching import is_same_name
from retold import spans
from retold.comparing import people
from retold.reading import speakers, statements
from retold.types import Attribution, Reading, Span, SpeakerKind
from training import descriptions
from training.descriptions import Found, Label, Story

KINDS = ("person", "body", "document", "group")


class Outcome(StrEnum):
    RIGHT = "right"
    SILENT = "silent"
    WRONG = "wrong"
    INVENTED = "invented"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A label with the name that is shown for it, None for nobody; `is_shown` is True for the name
    of somebody, not for the description itself."""

    label: Label
    told: str | None
    is_shown: bool
    score: float
    is_president: bool
    outcome: Outcome
    line: str


def answers(story: Story) -> list[Answer]:
    """One for each label that the reader was sure of and whose source is that of a statement."""
    readings = [reading(found) for found in story.told]
    merged = people.merge(readings)
    known = {speaker.id: speaker for speaker in merged.speakers}
    out = []
    for label in story.labels:
        found = _at(readings[label.article], label.span)
        if found is None or not label.is_sure or label.kind == "none":
            continue
        speaker = known[merged.of[found.speaker_id]] if found.speaker_id else None
        told = speaker.name if speaker else None
        wanted = [spans.cut(story.told[n].article.text, span) for n, span in label.named]
        text = readings[label.article].article.text
        words = spans.cut(text, label.span).casefold()
        is_own = speaker is not None and speaker.kind in _UNNAMED and _is_of(speaker.name, words)
        places = ([(s.start, s.end) for s in r] for r in (found.content, found.source, found.cue))
        meant = " or ".join(wanted) or "nobody named"
        line = f"{story.name}: {told} ({found.speaker_score:.2f}) for {meant}: "
        out.append(
            Answer(
                label=label,
                told=told,
                score=found.speaker_score,
                is_shown=told is not None and is_name(told) and not is_own,
                is_president=words == "the president",
                outcome=outcome(None if is_own else told, wanted),
                line=line + excerpts.line(text, *places),
            )
        )
    return out


_UNNAMED = (SpeakerKind.GROUP, SpeakerKind.UNNAMED)


def _is_of(told: str, words: str) -> bool:
    """True for "Democrats", all that "Democrats in the House" is shown as."""
    return told.casefold() in words


def reading(found: Found) -> Reading:
    """What is needed of a reading to tell speakers and to merge them with those of others."""
    article = found.article
    cast = speakers.resolve(article, found.triples, found.mentions, found.states)
    triples, cast = statements.without_own_minds(article, found.triples, cast)
    return Reading(
        article=article,
        model="",
        attributions=statements.assemble(article, triples, cast, ()),
        speakers=cast.speakers,
        mentions=found.mentions,
        times=(),
        passages=(),
        vectors=b"",
    )


def _at(told: Reading, span: Span) -> Attribution | None:
    """The attribution whose source is at `span`, the surest of several."""
    held = [a for a in told.attributions if any(spans.overlaps(s, span) for s in a.source)]
    return max(held, key=lambda a: (a.source[0] == span, a.score), default=None)


def outcome(told: str | None, wanted: Sequence[str]) -> Outcome:
    """What it is to show `told` where one of `wanted` is meant, or nobody who is named."""
    if any(is_same_name(told, name) for name in wanted):
        return Outcome.RIGHT
    if told is None or not is_name(told):
        return Outcome.SILENT if wanted else Outcome.RIGHT
    return Outcome.WRONG if wanted else Outcome.INVENTED


_SMALL = frozenset("and at for in of on the to al de la von van".split())  # noqa: SIM905
_WORD = re.compile(r"[^\W_][\w’'.&-]*")


def is_name(told: str) -> bool:
    """True for "Harbour Times" and "Bank of Westmere", not for "Anna Holt’s lawyer"."""
    words = [w for w in _WORD.findall(told) if w not in _SMALL]
    return bool(words) and not any(w[0].islower() for w in words)


def table(held: Iterable[Answer]) -> str:
    """The figures as lines of text, a row for each kind of speaker."""
    counts: Counter[tuple[str, Outcome]] = Counter()
    for answer in held:
        counts[answer.label.kind, answer.outcome] += 1
        counts["all", answer.outcome] += 1
        counts["named" if answer.label.named else "nobody named", answer.outcome] += 1
    lines = [f"{'':14}{'asked':>7}" + "".join(f"{one:>10}" for one in Outcome)]
    for kind in (*KINDS, "named", "nobody named", "all"):
        told = [counts[kind, one] for one in Outcome]
        asked = sum(told)
        share = told[0] / asked if asked else 0.0
        row = f"{kind:14}{asked:7}{share:10.3f}" + "".join(f"{n:10}" for n in told[1:])
        lines.append(row)
    return "\n".join(lines)


SURE = 0.5  # of the score of a speaker


def named_table(held: Sequence[Answer]) -> str:
    """What is shown with a name, and what of it is right, as lines of text."""
    lines = [f"{'shown with a name':24}{'all':>5}{'right':>8}{'sure':>8}{'right':>8}{'open':>8}"]
    rows = {"all": held, "without the president": [a for a in held if not a.is_president]}
    for title, answers_ in rows.items():
        shown = [a for a in answers_ if a.is_shown]
        sure = [a for a in shown if a.score >= SURE]
        left = sum(a.outcome is Outcome.SILENT for a in answers_)
        row = f"{title:24}{len(shown):5}{_right(shown):8.3f}{len(sure):8}{_right(sure):8.3f}"
        lines.append(f"{row}{left:8}")
    return "\n".join(lines)


def _right(held: Sequence[Answer]) -> float:
    return sum(a.outcome is Outcome.RIGHT for a in held) / len(held) if held else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--single", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--kept", type=Path)
    options = parser.parse_args()
    stories = descriptions.single if options.single else descriptions.stories
    told = stories(options.kept, held_out=options.held_out)
    held = [answer for story in told for answer in answers(story)]
    print(table(held))
    print(named_table(held))
    wrong = [answer.line for answer in held if answer.outcome is not Outcome.RIGHT]
    for line in wrong[: options.errors]:
        print("-", line)


if __name__ == "__main__":
    main()
