"""Where an article tells that somebody is accused of something, and that he denies it.

    {Lind alleges that Achter took the money}. … {Achter has denied the allegation}.

Only a denial that points back is surely of what stands before it: right after an accusation by
somebody else that names whoever denies.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from retold import spans
from retold.comparing import partings
from retold.comparing.partings import Parting
from retold.types import (
    Attribution,
    Difference,
    DifferenceKind,
    Facet,
    Reading,
    Span,
    Speaker,
    Value,
)

# all of seven that it found in 738 stories were of what was denied
SCORE = 0.5  # a rule without a measure of its own: no surer than even
MAX_CHARS = 250  # from the accusation to its denial
MAX_WORDS = 5  # "all of the earlier allegations"
DENIES = frozenset({"deny", "denies", "denied", "denying"})
ACCUSES = ("accus", "alleg", "claim")
CHARGES = frozenset({"accusation", "allegation", "assertion", "charge", "claim"})
POINTS_BACK = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "all"})


def find(
    readings: Sequence[Reading],
    attributions: Mapping[str, Attribution],
    speakers: Mapping[str, Speaker],
) -> tuple[Parting, ...]:
    """The accusations that are denied in the same article, in order of article and place; of each
    two persons one.

    Args:
        attributions: by id, with the speakers of the report, who are by id too.
    """
    out: dict[tuple[str | None, str | None], Parting] = {}
    for reading in readings:
        told = [attributions[one.id] for one in reading.attributions if one.parent is None]
        for accusation, denial in _denied(told, reading.article.text, speakers):
            shown = _shown(reading, accusation, denial, speakers)
            if shown:
                out.setdefault((accusation.speaker_id, denial.speaker_id), shown)
    return tuple(out.values())


# --- inside ---------------------------------------------------------------------------------------


def _denied(
    told: Sequence[Attribution], text: str, speakers: Mapping[str, Speaker]
) -> Iterator[tuple[Attribution, Attribution]]:
    """Each denial that points back, with the last accusation before it."""
    for denial in told:
        if not (denial.speaker_id and denial.source and _points_back(denial, text)):
            continue
        name = speakers[denial.speaker_id].name.casefold().split()[-1]
        before = [
            one
            for one in told
            if 0 <= _whole(denial).start - _whole(one).end <= MAX_CHARS
            and one.speaker_id not in (None, denial.speaker_id)
            and name in _words(text, one.content)
            and _accuses(one, text)
        ]
        if before:
            yield max(before, key=lambda one: _whole(one).end), denial


def _points_back(one: Attribution, text: str) -> bool:
    """True for "denied {it}", "denies {those claims}", "has denied {Lind’s allegation}"."""
    if not DENIES & set(_words(text, one.cue)):
        return False
    words = _words(text, one.content)
    is_charge = 1 < len(words) <= MAX_WORDS and words[-1].removesuffix("s") in CHARGES
    is_owned = text[one.content[0].start : one.content[-1].end].split()[0].endswith(("’s", "'s"))
    return words == ["it"] or (is_charge and (words[0] in POINTS_BACK or is_owned))


def _accuses(one: Attribution, text: str) -> bool:
    """True for "Lind alleged", "is accused by Lind"; not for what is told of an accusation."""
    return any(word.startswith(ACCUSES) for word in _words(text, one.cue))


def _words(text: str, held: Sequence[Span]) -> list[str]:
    """The words without the marks around them and without "’s"."""
    return [
        word.strip(' .,;:“”"()').removesuffix("’s").removesuffix("'s")
        for span in held
        for word in spans.cut(text, span).casefold().split()
    ]


def _whole(one: Attribution) -> Span:
    """From the first to the last of what says it, who says it and what is said."""
    return spans.hull(itertools.chain(one.source, one.cue, one.content))


def _shown(
    reading: Reading, accusation: Attribution, denial: Attribution, speakers: Mapping[str, Speaker]
) -> Parting | None:
    """Both, None where they stand in one passage."""
    pair = (accusation, denial)
    held = tuple(p for one in pair if (p := partings.widest(reading, one.content[0])))
    if len({passage.id for passage in held}) < len(pair):
        return None
    values = tuple(
        Value(
            article_id=one.article_id, span=_whole(one), value=speakers[one.speaker_id or ""].name
        )
        for one in pair
    )
    difference = Difference(
        facet=Facet.POLARITY, kind=DifferenceKind.CONFLICT, values=values, score=SCORE
    )
    return Parting(passages=held, difference=difference)
