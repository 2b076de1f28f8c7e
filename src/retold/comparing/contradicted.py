"""Where two say the same thing, the one with a "not".

    {Lind said she had not warned the board} | {Achter said that she warned the board}

Words for what somebody denies are told by `disavowals`; here nobody need be said to deny anything.
Only a sentence of which most words are those of another's says just the contrary; what leaves it
open, or turns it in another way ("refused to", "not only"), is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from retold import lexicons, spans
from retold.comparing import disavowals, slots
from retold.comparing.disavowals import LEFT_OPEN, Told
from retold.comparing.facts import Word
from retold.comparing.partings import Parting
from retold.comparing.slots import Sentence
from retold.types import Act, Attribution, Reading, Speaker

# all of nine that it found in 575 stories were of one thing
MIN_SHARE = 0.5  # of the words of the longer, by how rare they are in the news
MIN_STEMS = 2
MIN_RARITY = 0.15  # of the word that is said not to be so: "I do not know" is of anything
MIN_SURE = 0.5  # of who says it
MAX_WORDS = 30  # of a sentence
CLOSING = 2  # characters behind a sentence that may close a question
FURTHEST = 4  # words from the "not" to what is not so
NOT = frozenset({"not", "never", "cannot"})
TURNED = frozenset(
    (
        "could", "may", "might", "would", "should", "ask", "only", "just", "merely", "simply",
        "necessarily", "yet", "before", "anymore", "longer", "every", "enough", "limited",
        "refusing", "refusal", "fail", "lack", "lacked", "oppose", "opposed", "unlikely", "wrong",
    )
)  # fmt: skip


def find(
    readings: Sequence[Reading],
    attributions: Mapping[str, Attribution],
    speakers: Mapping[str, Speaker],
    sentences: Mapping[str, Sequence[Sentence]],
) -> tuple[Parting, ...]:
    """What is said and said not to be so, in order of article and place; of each two speakers one.

    Args:
        attributions: by id, with the speakers of the report, who are by id too.
    """
    told = [
        one
        for reading in readings
        for one in disavowals.told_in(reading, attributions, sentences.get(reading.article.id, ()))
        if one.said.speaker_id in speakers
        and _is_plain(one)
        and "?" not in reading.article.text[one.span.start : one.span.end + CLOSING]
    ]
    by_stem: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        for stem in one.stems if not any(slots.negates(word.form) for word in one.words) else ():
            by_stem[stem].append(one)
    held = {r.article.id: r for r in readings}
    out: dict[frozenset[str | None], Parting] = {}
    for one in told:
        for stem in _not_so(one.words):
            share, other = max(
                ((_share(one, it), it) for it in by_stem[stem]),
                key=lambda row: row[0],
                default=(0.0, one),
            )
            shown = share >= MIN_SHARE and disavowals.parting(one, other, held, speakers)
            if shown:
                out.setdefault(frozenset((one.said.speaker_id, other.said.speaker_id)), shown)
    return tuple(out.values())


# --- inside ---------------------------------------------------------------------------------------


def _is_plain(told: Told) -> bool:
    """True for what is surely said by somebody, and left open in no word."""
    said = told.said
    forms = {word.form for word in told.words}
    return (
        said.act is Act.STATED
        and said.score * said.speaker_score >= MIN_SURE
        and len(told.words) <= MAX_WORDS
        and not forms & (TURNED | LEFT_OPEN | slots.hedges().keys())
        and "asked" not in told.cue
        and not any(map(slots.negates, told.cue))  # "did not say that it was"
    )


def _not_so(words: Sequence[Word]) -> Iterator[str]:
    """The stem of what is said not to be so, where there is one "not" and no other denial."""
    at = [n for n, word in enumerate(words) if slots.negates(word.form)]
    if len(at) != 1 or not (words[at[0]].form in NOT or words[at[0]].form.endswith("n't")):
        return
    if at[0] and words[at[0] - 1].form in lexicons.words("prepositions"):
        return  # "by not paying it" takes it for known that it is not paid
    after = [word for word in words[at[0] + 1 :][:FURTHEST] if word.is_content]
    if after and not after[0].is_name:
        stem = slots.folded(after[0])
        if disavowals.rarity(stem) >= MIN_RARITY:
            yield stem


def _share(one: Told, other: Told) -> float:
    """How much of the longer sentence the two have in common; 0 for the same words, of one speaker,
    or of two things."""
    is_one = one.said.speaker_id == other.said.speaker_id or (
        one.said.article_id == other.said.article_id and spans.overlaps(one.span, other.span)
    )
    shared = one.stems & other.stems
    if is_one or len(shared) < MIN_STEMS or _are_of_two(one.words, other.words):
        return 0.0
    longer = max(disavowals.weight(one.stems), disavowals.weight(other.stems))
    return disavowals.weight(shared) / longer


def _are_of_two(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """True where each has a name, a day or a figure that the other has not, or each of two speaks
    of himself: "I was not there", "I was there"."""
    first, second = ({slots.folded(word) for word in words} for words in (one, other))
    marks = [
        any(_is_mark(word) and slots.folded(word) not in beside for word in words)
        for words, beside in ((one, second), (other, first))
    ]
    actors = [words[words[0].form == "that" and len(words) > 1].form for words in (one, other)]
    are_own = all(actor in lexicons.words("first_persons") for actor in actors)
    return all(marks) or are_own or set(actors) == {"he", "she"}


def _is_mark(word: Word) -> bool:
    return word.is_name or any(map(str.isdigit, word.form))
