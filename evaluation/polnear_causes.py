"""Why attributions on PolNeAR are not found, or found where there are none.

Each gold attribution that is missed (content and source are not both right by half of their words)
has one cause, and so has each one found that shares no word with any content of the gold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evaluation.excerpts import line
from evaluation.polnear_gold import HALF, Record, Scored, Words, overlap
from retold import lexicons

SCARE_WORDS = 4  # quotation marks around so few words are seldom speech
LABEL, COLUMN = 46, 9
_WORD = re.compile(r"\w+")
_ONLY_MARKS = re.compile(r"[\s―—–:-]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """One error: why, where, what the gold has and what was found; one of the two may be None."""

    cause: str
    text: str
    is_direct: bool
    gold: Record | None
    found: Record | None


def faults(articles: Iterable[Scored]) -> list[Fault]:
    """The errors in all articles: those missed, then those found where there are none."""
    every = list(articles)
    return [f for it in every for f in _missed(it)] + [f for it in every for f in _invented(it)]


def _missed(it: Scored) -> Iterator[Fault]:
    for i, record in enumerate(it.gold.records):
        if i not in it.pairs:
            near = _nearest(it, it.gold.words[i])
            cause = _why_missed(it, i, near)
            found = None if near is None else it.found.records[near]
            yield Fault(cause, it.text, it.gold.is_direct[i], record, found)


def _nearest(it: Scored, words: Words) -> int | None:
    """The found attribution whose content, and then whose source, is most alike."""
    sharing = [j for j, w in enumerate(it.found.words) if w["content"] & words["content"]]

    def likeness(j: int) -> tuple[float, ...]:
        theirs = it.found.words[j]
        return tuple(overlap(words[role], theirs[role]) for role in ("content", "source"))

    return max(sharing, key=likeness, default=None)


def _why_missed(it: Scored, i: int, near: int | None) -> str:
    record, words = it.gold.records[i], it.gold.words[i]
    cue = _cut(it.text, record["cue"])
    if cue and _ONLY_MARKS.fullmatch(cue):
        return "credited by a dash or a colon alone"
    if near is None:
        return f"not seen: {_kind_of_cue(cue)}"
    other, theirs = it.found.records[near], it.found.words[near]
    if overlap(words["content"], theirs["content"]) < HALF:
        return _why_other_content(record, words, other, theirs)
    if not words["source"]:
        return "a source where there is none"
    if not theirs["source"]:
        return "no source found"
    if overlap(words["source"], theirs["source"]) >= HALF:
        return "another statement found in its place"
    if words["source"] & theirs["source"]:
        return "another end of the source"
    return "wrong source"


def _why_other_content(record: Record, words: Words, other: Record, theirs: Words) -> str:
    shared = len(words["content"] & theirs["content"])
    if 2 * shared >= len(theirs["content"]) and len(record["content"]) > 1:
        return "pieces not joined"
    if 2 * shared >= len(words["content"]) and len(other["content"]) > 1:
        return "joined with what is another's or nobody's"
    return "another end of the content"


def _invented(it: Scored) -> Iterator[Fault]:
    for j, record in enumerate(it.found.records):
        content = it.found.words[j]["content"]
        if not any(content & words["content"] for words in it.gold.words):
            cause = _why_invented(it.text, record)
            yield Fault(cause, it.text, it.found.is_direct[j], None, record)


def _why_invented(text: str, record: Record) -> str:
    content = _cut(text, record["content"])
    if content[:1] in "“\"‘'" and len(_WORD.findall(content)) <= SCARE_WORDS:
        return "scare quotes or a title taken for speech"
    return f"nobody's: {_kind_of_cue(_cut(text, record['cue']))}"


def _kind_of_cue(cue: str) -> str:
    """What a cue is about, by the list of cues."""
    acts = {lexicons.table("cues").get(word) for word in _WORD.findall(cue.lower())} - {None}
    if not acts:
        return "a cue that no list has" if cue else "no cue"
    return "thought or wish" if acts & {"thought", "wished"} else "speech"


def _cut(text: str, pieces: Iterable[tuple[int, int]]) -> str:
    return " ".join(text[start:end] for start, end in pieces).strip()


def render(held: Sequence[Fault]) -> str:
    """How many errors have which cause, in all and among direct quotations."""
    out = []
    for title, some in (
        ("missed", [fault for fault in held if fault.gold]),
        ("found where the gold has nothing", [fault for fault in held if not fault.gold]),
    ):
        every = Counter(fault.cause for fault in some)
        direct = Counter(fault.cause for fault in some if fault.is_direct)
        out.append(f"{title:<{LABEL}}{'all':>{COLUMN}}{'direct':>{COLUMN}}")
        out += [
            f"  {cause:<{LABEL - 2}}{count:>{COLUMN}}{direct[cause]:>{COLUMN}}"
            for cause, count in every.most_common()
        ]
    return "\n".join(out) + "\n"


def shown(held: Sequence[Fault], *, limit: int) -> list[str]:
    """At most `limit` errors in marked text, each cause in turn, direct quotations first."""
    queues: dict[str, list[Fault]] = {}
    for fault in sorted(held, key=lambda fault: not fault.is_direct):
        queues.setdefault(fault.cause, []).append(fault)
    longest = max(map(len, queues.values()), default=0)
    in_turn = (q[place] for place in range(longest) for q in queues.values() if place < len(q))
    return [_in_marked_text(fault) for fault, _ in zip(in_turn, range(limit), strict=False)]


def _in_marked_text(fault: Fault) -> str:
    lines = [f"polnear · {fault.cause}"]
    for title, record in (("gold", fault.gold), ("found", fault.found)):
        if record:
            marked = line(fault.text, record["content"], record["source"], record["cue"])
            lines.append(f"    {title:<6} {marked}")
    return "\n".join(lines)
