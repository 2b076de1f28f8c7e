"""What somebody denies, named once more, and what somebody else says that he did.

    Achter {denied having sold the boat} | Lind told the inquiry that {Achter sold the boat}

A denial of "the allegation" points back (`denials`); this one tells what is denied in words of its
own, so that its act can be looked for in whatever other sources say of the same actor, in any of
the accounts. What they leave open, or deny as well, is not set against it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from retold import spans
from retold.comparing import denials, facts, slots, units
from retold.comparing.facts import Word
from retold.comparing.partings import Parting
from retold.comparing.slots import Sentence
from retold.reading import names
from retold.reading.names import Gender
from retold.types import (
    Act,
    Attribution,
    Difference,
    DifferenceKind,
    Facet,
    Reading,
    Span,
    Speaker,
    SpeakerKind,
    Value,
)

# of 17 that it found in 535 stories 15 were of what was denied, and all of seven in 120 others
SCORE = 0.5  # a rule without a measure of its own: no surer than even
MIN_STEMS = 2  # "denied making such a statement" may be of any
MIN_SHARE = 0.5  # of the words that tell what is denied, by how rare they are in the news
MIN_RARITY = 0.1  # of the word for what is done: "any use of gas" is told by the gas
MIN_NAME = 5  # letters of a name that another opens: "Russia", "Russian"
HE = frozenset({"he", "she", "it", "they"})
ANY = frozenset({"any", "all"})
DETERMINERS = ANY | {"a", "an", "the", "such", "there", "this", "these", "those"}
OPENS = HE | ANY | {"that", "ever", "having"}
NOT_DENIED = frozenset(
    {"not", "never", "cannot", "could", "would", "will", "to", "should", "may", "might", "if"}
)
# what somebody merely wanted to do he is said to have done
NO_ACT = frozenset(
    map(facts.stem, ("want", "wanted", "try", "tried", "sought", "intended", "planned"))
)
# nobody else can say what he knew; what was wrong, or his part in it, is told in other words
UNTOLD = frozenset(
    map(facts.stem, ("knowing", "knowledge", "information", "involvement", "wrongdoing"))
)
LEFT_OPEN = frozenset(
    (
        "if", "whether", "should", "will", "would", "any", "possibly", "possible", "potential",
        "potentially", "question", "questions", "into", "false", "falsely", "hoax", "untrue",
        "denial", "denials", "denying",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence of what somebody says: the words of it that he says, and where they are shown;
    `cue` are the words for his saying it."""

    said: Attribution
    cue: frozenset[str]
    span: Span
    words: Sequence[Word]
    stems: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """What is denied: the words of which one tells the act, all that tell what it is, and whose act
    it is, none where it is of no person ("that the money was a loan")."""

    told: Told
    acts: tuple[str, ...]
    stems: frozenset[str]
    actors: frozenset[str]


def find(
    readings: Sequence[Reading],
    attributions: Mapping[str, Attribution],
    speakers: Mapping[str, Speaker],
    sentences: Mapping[str, Sequence[Sentence]],
) -> tuple[Parting, ...]:
    """The denials with the likeliest of what others say, in order of article and place; of each
    speaker and act one.

    Args:
        attributions: by id, with the speakers of the report, who are by id too.
    """
    told = [
        one
        for reading in readings
        for one in told_in(reading, attributions, sentences.get(reading.article.id, ()))
        if one.said.speaker_id in speakers
    ]
    flat = [one for one in told if _is_flat(one)]
    held = {r.article.id: r for r in readings}
    out: dict[tuple[str | None, str], Parting] = {}
    for one in told:
        denied = _denied(one, speakers)
        if not denied:
            continue
        share, other = max(
            ((_share(denied, it), it) for it in flat), key=lambda row: row[0], default=(0.0, one)
        )
        shown = share >= MIN_SHARE and parting(one, other, held, speakers)
        if shown:
            out.setdefault((one.said.speaker_id, denied.acts[0]), shown)
    return tuple(out.values())


def told_in(
    reading: Reading, attributions: Mapping[str, Attribution], sentences: Sequence[Sentence]
) -> Iterator[Told]:
    """What somebody is said to say in the article, sentence by sentence."""
    near = spans.finder(sentences, key=lambda sentence: sentence.span)
    for read in reading.attributions:
        said = attributions[read.id]
        if not (said.source and said.cue):
            continue
        for piece in said.content:
            for sentence in near(piece):
                words = [word for word in sentence.words if spans.overlaps(word.span, piece)]
                parts = [spans.clip(part, sentence.span) for part in (*said.source, *said.cue)]
                clipped = spans.clip(piece, sentence.span)
                if words and clipped:
                    yield Told(
                        said=said,
                        cue=frozenset(denials.words(reading.article.text, said.cue)),
                        span=spans.hull([clipped, *(part for part in parts if part)]),
                        words=words,
                        stems=frozenset(slots.folded(word) for word in words if word.is_content),
                    )


def weight(stems: frozenset[str]) -> float:
    """How telling the stems are together, by how rare they are in the news."""
    return sum(map(rarity, sorted(stems)))


def rarity(stem: str) -> float:
    """How rare the stem is in the news, 0..1."""
    return units.lexicon().rarity(stem)


def parting(
    denial: Told, other: Told, held: Mapping[str, Reading], speakers: Mapping[str, Speaker]
) -> Parting | None:
    """Both, each in a passage that holds nothing of the other."""
    pair = sorted((denial, other), key=lambda one: (one.said.article_id, one.span))
    passages = [
        denials.passage(held[one.said.article_id], one.span, beside)
        for one in pair
        for beside in [[it.span for it in pair if it.said.article_id == one.said.article_id]]
    ]
    found = tuple(passage for passage in passages if passage)
    values = tuple(
        Value(
            article_id=one.said.article_id,
            span=one.span,
            value=speakers[one.said.speaker_id or ""].name,
        )
        for one in pair
    )
    difference = Difference(
        facet=Facet.POLARITY, kind=DifferenceKind.CONFLICT, values=values, score=SCORE
    )
    return Parting(passages=found, difference=difference) if len(found) == len(pair) else None


# --- inside ---------------------------------------------------------------------------------------


def _is_flat(told: Told) -> bool:
    """True for what is said to be so: neither denied nor left open."""
    said = told.said
    forms = {word.form for word in told.words} | told.cue
    return (
        said.act in (Act.STATED, Act.THOUGHT)
        and said.is_asserted
        and not said.hedged
        and not forms & (LEFT_OPEN | slots.hedges().keys())
        and not any(map(slots.negates, forms))
    )


def _denied(told: Told, speakers: Mapping[str, Speaker]) -> Denied | None:
    """What is denied by "denied having sold it", "denies that Lind sold it", "denied any sale"; not
    by "denied the allegation", nor by "denied them a licence"."""
    words, speaker = _clause(told.words), speakers[told.said.speaker_id or ""]
    opens = words[0].form if words else ""
    if not words or not _may_be_he(words[opens == "that"].form if words[1:] else opens, speaker):
        return None
    is_clause = opens in OPENS or (opens.endswith("ing") and opens != "being")
    if not denials.DENIES & told.cue or NOT_DENIED & told.cue or not is_clause:
        return None
    telling = [word for word in words if word.is_content and word.stem not in denials.CHARGED]
    acts = [slots.folded(word) for word in telling if _is_act(word)]
    plain = [word for word in telling if not word.is_name and word.stem not in NO_ACT]
    stems = frozenset(map(slots.folded, plain))
    if not acts or acts[0] in UNTOLD or len(stems) < MIN_STEMS:
        return None
    return Denied(
        told=told,
        acts=tuple(acts[: 2 if opens in ANY else 1]),
        stems=stems,
        actors=_actors(words, speaker),
    )


def _may_be_he(word: str, speaker: Speaker) -> bool:
    """False for a pronoun that is not whoever denies: "Tom Achter denied that she sold it"."""
    if word not in HE:
        return True
    if speaker.kind is SpeakerKind.GROUP:
        return word == "they"
    if speaker.kind in (SpeakerKind.ORGANISATION, SpeakerKind.PLACE):
        return word in ("it", "they")
    other = {"he": Gender.FEMALE, "she": Gender.MALE}.get(word)
    given = names.parts(tuple(speaker.name.split())).given
    return other is not None and names.gender_of(given) is not other


def _clause(words: Sequence[Word]) -> Sequence[Word]:
    """The words without what stands for a claim: "reports that …"."""
    is_claim = len(words) > 1 and words[0].stem in denials.CHARGED and words[1].form == "that"
    return words[1:] if is_claim else words


def _is_act(word: Word) -> bool:
    is_plain = word.is_content and not word.is_name and not word.form.endswith("ly")
    return is_plain and word.stem not in NO_ACT and rarity(slots.folded(word)) >= MIN_RARITY


def _actors(words: Sequence[Word], speaker: Speaker) -> frozenset[str]:
    """The stems of names of whoever is denied to have done it: of "that Lind sold it", of "any sale
    by Lind", else of who denies it; none of "that the money was a loan"."""
    ahead = itertools.takewhile(lambda word: word.is_name or not word.is_content, words)
    named = [word for word in ahead if word.is_name]
    by = next((at for at, word in enumerate(words) if word.form == "by"), len(words))
    named += [word for word in words[by:] if word.is_name]
    is_of_a_thing = words[0].form == "that" and words[1].form in DETERMINERS
    if named or is_of_a_thing:
        return frozenset(map(slots.folded, named))
    return frozenset({facts.stem(names.parts(tuple(speaker.name.split())).family)})


def _share(denied: Denied, other: Told) -> float:
    """How much of what tells the denied act the other one tells of the same actor; 0 where it does
    not tell the act, or is of the same source."""
    one = denied.told
    is_one = one.said.speaker_id == other.said.speaker_id or (
        one.said.article_id == other.said.article_id and spans.overlaps(one.span, other.span)
    )
    is_told = not other.stems.isdisjoint(denied.acts)
    if is_one or not is_told or not _names(denied.actors, other.stems):
        return 0.0
    return weight(denied.stems & other.stems) / weight(denied.stems)


def _names(actors: frozenset[str], stems: frozenset[str]) -> bool:
    """True if one of the names is there, or a word that it opens; of none, always."""
    return not actors or any(
        stem == name or (len(name) >= MIN_NAME and stem.startswith(name))
        for name in actors
        for stem in stems
    )
