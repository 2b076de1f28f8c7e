"""The same quotation, credited to different speakers.

Only where both accounts quote enough words for nobody else to have said them, and name whom they
credit, outside all quotation marks: what a pronoun stands for may be resolved wrongly, a speaker
who stands in the other's chain is the same hearsay told to another depth, and two of one last name
may be one. A person and a body may be one speaking for the other; two that are no persons ("the
ad", "the advertisement") may be one thing by two names, and are none.

Sure is what is credited to somebody here and there to whoever speaks for him:

    “We knew,” said {Holm} | “We knew,” {Holm spokeswoman Ann Lind} said
    “We knew,” said {the chairman, Tom Reuter} | “We knew,” {a club spokesman} said
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from retold import spans
from retold.comparing import agents, quoted
from retold.types import (
    Attribution,
    Difference,
    DifferenceKind,
    Facet,
    Span,
    Speaker,
    SpeakerKind,
    Value,
    Variant,
    Witness,
)

MIN_WORDS = 5  # that each quotes; "fair trial" is in many a mouth
MIN_SCORE = 0.75  # under it, in the training stories, the speaker of one account was told wrongly
# of eleven in stories that none of this was made on a reader took one for a difference: mostly the
# same person had gone by another name, or the mouth was misread; of those where one speaks for the
# other all of twelve in 726 stories were
MISREAD = 0.4
MIN_SHARE = 0.6  # of the shorter's words, in a row: many decline "an off-the-record meeting"
MIN_OF_A_BODY = 0.5  # of one who may speak for the other: that they part says less
PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who", "him", "her", "them"})


def find(
    variants: Sequence[Variant],
    attributions: Mapping[str, Attribution],
    speakers: Mapping[str, Speaker],
    texts: Mapping[str, str],
    marked: Mapping[str, Sequence[Span]],
) -> dict[Variant, Difference]:
    """For each quotation so credited the difference between the two surest accounts of it.

    Args:
        attributions: by id, with the speakers of the report.
        texts: the text of each article, by its id.
        marked: what stands in quotation marks in each article, by its id.
    """
    out: dict[Variant, Difference] = {}
    for variant in variants:
        words = {w.attribution_id: _words(w, texts[w.article_id]) for w in variant.witnesses}
        held = [attributions[id] for id, forms in words.items() if len(forms) >= MIN_WORDS]
        clear = [one for one in held if _is_outside(one, texts, marked)]
        told = {
            one.id: agents.credited(
                one, speakers[one.speaker_id or ""], texts, is_sure=_sureness(one) >= MIN_SCORE
            )
            for one in clear
        }
        pairs = [pair for pair in itertools.combinations(clear, 2) if _are_two(*pair, speakers)]
        spoken = [
            (one, other)
            for one, other in pairs
            if agents.are_one_voice(told[one.id], told[other.id])
            and _share(words[one.id], words[other.id]) >= MIN_SHARE
        ]
        apart = [pair for pair in pairs if _differ(pair, speakers, texts)]
        if spoken or apart:
            best = max(spoken or apart, key=lambda pair: min(map(_sureness, pair)))
            out[variant] = _difference(best, speakers, is_sure=bool(spoken))
    return out


def is_clear(one: Attribution, text: str, *, at_least: float = MIN_SCORE) -> bool:
    """True if the account itself says who speaks, in words that name or describe somebody."""
    if not one.source or not one.speaker_id or _sureness(one) < at_least:
        return False
    return spans.cut(text, spans.hull(one.source)).casefold() not in PRONOUNS


def _is_outside(
    one: Attribution, texts: Mapping[str, str], marked: Mapping[str, Sequence[Span]]
) -> bool:
    """True if it is clear who speaks, by words that are none of a quotation."""
    return is_clear(one, texts[one.article_id], at_least=MIN_OF_A_BODY) and not any(
        spans.overlaps(source, part)
        for source in one.source
        for part in marked.get(one.article_id, ())
    )


def _sureness(one: Attribution) -> float:
    return one.speaker_score * one.score


def _persons(pair: Sequence[Attribution], speakers: Mapping[str, Speaker]) -> int:
    return sum(
        speakers[one.speaker_id].kind is SpeakerKind.PERSON for one in pair if one.speaker_id
    )


def _words(witness: Witness, text: str) -> list[str]:
    """The words, "I" and "he" being one: who speaks for somebody says "he"."""
    return [quoted.turned(token.form) for token in quoted.tokenise(text, witness.pieces)]


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of the shorter stands in a row in both, 0..1."""
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return match.size / min(len(one), len(other))


def _are_two(one: Attribution, other: Attribution, speakers: Mapping[str, Speaker]) -> bool:
    """True for two of different articles and names, a person among them, of whom neither is said to
    speak through the other."""
    chains = [{hop.speaker_id for hop in each.chain} for each in (one, other)]
    lasts = {speakers[each.speaker_id or ""].name.casefold().split()[-1] for each in (one, other)}
    return (
        one.article_id != other.article_id
        and (len(lasts) > 1 or _persons((one, other), speakers) == 1)
        and _persons((one, other), speakers) > 0
        and one.speaker_id not in chains[1]
        and other.speaker_id not in chains[0]
    )


def _differ(
    pair: Sequence[Attribution], speakers: Mapping[str, Speaker], texts: Mapping[str, str]
) -> bool:
    """True if the words for the two end otherwise, and two persons are surely told."""
    words = {
        spans.cut(texts[each.article_id], each.source[0]).casefold().strip(" .,").split(" ")[-1]
        for each in pair
    }
    is_one_person = _persons(pair, speakers) == 1
    return len(words) > 1 and (is_one_person or min(map(_sureness, pair)) >= MIN_SCORE)


def _difference(
    pair: tuple[Attribution, Attribution], speakers: Mapping[str, Speaker], *, is_sure: bool
) -> Difference:
    values = [
        Value(
            article_id=one.article_id,
            span=spans.hull(one.source),
            value=speakers[one.speaker_id].name,
        )
        for one in pair
        if one.speaker_id
    ]
    return Difference(
        facet=Facet.ATTRIBUTION,
        kind=DifferenceKind.VARIATION,
        values=tuple(sorted(values, key=lambda value: (value.article_id, value.span))),
        score=round(min(map(_sureness, pair)) * (1.0 if is_sure else MISREAD), 4),
    )
