"""Where an article tells that somebody is accused of something, and that he denies it.

    {Lind alleges that Achter took the money}. … {Achter has denied the allegation}.
    {Lind said she had warned the board}, {which Achter denies}.

Only a denial that points back is surely of what stands before it: of the last accusation by
somebody else that names whoever denies, or, where it points to what was just said ("which", "that
claim"), of the statement right before it, by whatever verb.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from retold import spans
from retold.comparing import facts
from retold.comparing.partings import Parting
from retold.types import (
    Attribution,
    Difference,
    DifferenceKind,
    Facet,
    Passage,
    Reading,
    Span,
    Speaker,
    Value,
)

# all of seven that it found in 738 stories were of what was denied, and all of ten more in 535
# of what was just said
SCORE = 0.5  # a rule without a measure of its own: no surer than even
MAX_CHARS = 250  # from the accusation to its denial
MAX_WORDS = 5  # "all of the earlier allegations"
DENIES = frozenset({"deny", "denies", "denied", "denying"})
ACCUSES = ("accus", "alleg", "claim")
CHARGES = frozenset({"accusation", "allegation", "assertion", "charge", "claim", "account"})
CHARGED = frozenset(map(facts.stem, CHARGES | {"ever", "report", "rumor", "suggestion"}))
JUST_SAID = frozenset({"this", "that", "these", "those"})
POINTS_BACK = JUST_SAID | {"the", "his", "her", "their", "all"}
STANDS_FOR = frozenset({"it", "that", "this", "which", "something"})  # all that was just said
_BETWEEN = re.compile(r"\W*(?:but |and |yet |though |although |while )?", re.IGNORECASE)


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


def words(text: str, held: Sequence[Span]) -> list[str]:
    """The words without the marks around them and without "’s"."""
    return [
        word.strip(' .,;:“”"()').removesuffix("’s").removesuffix("'s")
        for span in held
        for word in spans.cut(text, span).casefold().split()
    ]


def denies(one: Attribution, text: str) -> bool:
    """True for what somebody is said to deny."""
    return bool(DENIES & set(words(text, one.cue)))


def passage(reading: Reading, held: Span, others: Iterable[Span]) -> Passage | None:
    """The widest passage with words of `held` and none of the others."""
    found = [
        one
        for one in reading.passages
        if spans.overlaps(one.span, held)
        and not any(spans.overlaps(one.span, other) for other in others if other != held)
    ]
    return max(found, key=lambda one: len(one.span), default=None)


# --- inside ---------------------------------------------------------------------------------------


def _denied(
    told: Sequence[Attribution], text: str, speakers: Mapping[str, Speaker]
) -> Iterator[tuple[Attribution, Attribution]]:
    """Each denial that points back, with what it is of."""
    for denial in told:
        if not (denial.speaker_id and denial.source and _points_back(denial, text)):
            continue
        name = speakers[denial.speaker_id].name.casefold().split()[-1]
        before = [
            one
            for one in told
            if 0 <= _whole(denial).start - _whole(one).end <= MAX_CHARS
            and one.speaker_id not in (None, denial.speaker_id)
            and (_stands_before(one, denial, text) or _accuses(one, name, text))
        ]
        if before:
            yield max(before, key=lambda one: _whole(one).end), denial


def _points_back(one: Attribution, text: str) -> bool:
    """True for "denied {it}", "denies {those claims}", "has denied {Lind’s allegation}"."""
    if not denies(one, text):
        return False
    held = words(text, one.content)
    is_owned = text[one.content[0].start : one.content[-1].end].split()[0].endswith(("’s", "'s"))
    if len(held) == 1:
        return held[0] in STANDS_FOR
    is_charge = len(held) <= MAX_WORDS and held[-1].removesuffix("s") in CHARGES
    return is_charge and (held[0] in POINTS_BACK or is_owned)


def _stands_before(one: Attribution, denial: Attribution, text: str) -> bool:
    """True for what was said right before a denial of just that; not for another denial."""
    is_of_it = words(text, denial.content)[0] in JUST_SAID | STANDS_FOR
    between = text[_whole(one).end : _whole(denial).start]
    return is_of_it and bool(_BETWEEN.fullmatch(between)) and not denies(one, text)


def _accuses(one: Attribution, name: str, text: str) -> bool:
    """True for "Lind alleged", "is accused by Lind", and somebody of the name; not for what is told
    of an accusation."""
    is_charge = any(word.startswith(ACCUSES) for word in words(text, one.cue))
    return is_charge and name in words(text, one.content)


def _whole(one: Attribution) -> Span:
    """From the first to the last of what says it, who says it and what is said."""
    return spans.hull(itertools.chain(one.source, one.cue, one.content))


def _shown(
    reading: Reading, accusation: Attribution, denial: Attribution, speakers: Mapping[str, Speaker]
) -> Parting | None:
    """Both, each in a passage that holds nothing of the other."""
    pair = (accusation, denial)
    whole = [_whole(one) for one in pair]
    found = [passage(reading, one, whole) for one in whole]
    held = tuple(one for one in found if one)
    if len(held) < len(pair):
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
