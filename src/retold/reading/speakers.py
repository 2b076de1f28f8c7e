"""Who speaks: every source of an article resolved to a speaker, or to nobody where it is even.

1. Everyone whom the article names is on the roster.
2. Sources are taken in the order of the text, an outer statement before those within it.
3. A name is looked up; a pronoun goes to the best of its candidates; a description to whom the text
   has described so, else it is a speaker of its own; a quotation without a source continues the
   speaker before it.
4. Chains are drawn from what was resolved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retold import spans
from retold.reading import (
    antecedents,
    chains,
    confidence_chains,
    heard,
    introduced,
    later,
    likeness,
    reporters,
    sources,
)
from retold.reading.antecedents import Character, Question
from retold.reading.chains import Chain
from retold.reading.descriptions import as_told, description, together
from retold.reading.encoder import States
from retold.reading.pronouns import pronoun
from retold.reading.questions import EVEN_NAMESAKES, ask, best, candidates, question_of
from retold.reading.sourceless import floating
from retold.reading.sources import Form, Source
from retold.reading.stage import Answer, Stage, in_order, open_stage, settle
from retold.types import Article, Hop, Mention, Place, Span, Speaker, SpeakerKind, Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Whom one triple's source resolves to, None where it cannot be told, and through whom the
    words came; how sure both are."""

    speaker_id: str | None
    score: float
    chain: tuple[Hop, ...]
    chain_score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The speakers of an article, and one resolution for each triple, in its order."""

    speakers: tuple[Speaker, ...]
    resolutions: tuple[Resolution, ...]


def resolve(
    article: Article,
    triples: Sequence[Triple],
    mentions: Sequence[Mention],
    states: States | None = None,
) -> Cast:
    """Every triple's speaker, with its chain; the cast holds all who are named or speak. Whom a
    description means is told better with the states of the article."""
    stage = settled(article, triples, mentions, states)
    return _cast(stage, chains.draw(stage))


def settled(
    article: Article,
    triples: Sequence[Triple],
    mentions: Sequence[Mention],
    states: States | None = None,
) -> Stage:
    """The stage when all sources were taken: who speaks in each triple."""
    alike = likeness.of(states) if states is not None else None
    stage = open_stage(article, triples, mentions, alike)
    introduced.add(stage)
    known: dict[tuple[Span, ...], Answer] = {}
    for index in in_order(triples):
        source = stage.triples[index].source
        told = known.get(source) or answer(stage, index)
        if source and told[0] is not None:
            known[source] = told  # “{he} said so and asked who”: what the words mean they mean once
        settle(stage, index, told, _heard(stage, index, told[0]))
        if index in stage.through:
            known[stage.through[index][1],] = stage.found[index]  # “quoted {him} as saying”
        _note_quoter(stage, index)
    _tell_headline(stage)
    return stage


def _tell_headline(stage: Stage) -> None:
    """Whom a headline only describes is told anew, now that it is known what each is called."""
    for index, (speaker, _) in list(stage.found.items()):
        form = stage.forms[index]
        is_open = speaker is not None and not stage.characters[speaker].is_named
        if not is_open or form.core is None or form.core.end > stage.scene.paragraphs[0].end:
            continue
        meant = later.named(stage, index, form)
        if meant is not None:
            stage.found[index] = (meant, 0.6)


def _heard(stage: Stage, index: int, speaker: int | None) -> tuple[Span, int] | None:
    """Whom the speaker of triple `index` heard say it: "she quoted {him} as replying"."""
    source = stage.triples[index].source
    if not source:
        return None
    if speaker is not None and (cited := _cited(stage, index, speaker)) is not None:
        return cited
    if (named := heard.named(stage.scene, source[0])) is not None:
        return named
    if (who := heard.described(stage.scene, source[0])) is not None:
        meant = _meant(stage, index, sources.of(stage.text, (who,), stage.scene.roster))
        return (who, meant) if meant is not None else None
    if speaker is None:
        return None
    place = heard.pronoun(stage.scene, source[0])
    if place is None:
        return None
    form = sources.of(stage.text, (place,), stage.scene.roster)
    question = question_of(stage, index, form)
    if question is None:
        return None
    others = replace(question, excluded=question.excluded | {speaker})
    character, _, is_clear = ask(stage, others)
    return (place, character.index) if character is not None and is_clear else None


def _note_quoter(stage: Stage, index: int) -> None:
    """Who quotes the speaker of triple `index` in the same sentence is the one it came through."""
    speaker = stage.found[index][0]
    triple = stage.triples[index]
    place = heard.by(stage.scene, triple) or heard.vouched(stage.scene, triple)
    if speaker is None or place is None or index in stage.through:
        return
    form = sources.of(stage.text, (place,), stage.scene.roster)
    quoter = _meant(stage, index, form)
    if quoter is not None and quoter != speaker:
        stage.through[index] = ((quoter, place), triple.source[0])


def _meant(stage: Stage, index: int, form: Source) -> int | None:
    """Whom a name or a description means."""
    if form.form is Form.NAME:
        return form.figure.index if form.figure else None
    if form.form not in (Form.NOMINAL, Form.GROUP, Form.DOCUMENT, Form.ORGANISATION):
        return None
    return as_told(stage, index, form)[0]


def _cited(stage: Stage, index: int, speaker: int) -> tuple[Span, int] | None:
    """On whom the report of a newspaper or station rests: "the Herald reported, citing {aides}"."""
    if not reporters.is_outlet(stage, speaker):
        return None
    place = heard.cited(stage.scene, stage.triples[index])
    if place is None:
        return None
    form = sources.of(stage.text, (place,), stage.scene.roster)
    if not sources.may_speak(form, *sources.SAYING):
        return None  # "citing tests that dated to May"
    meant = _meant(stage, index, form)
    return (place, meant) if meant is not None else None


_REPORTING = re.compile(r"according to|(?:first )?report(?:s|ed)|per", re.IGNORECASE)


def _goes_on(stage: Stage, index: int) -> int | None:
    """Who speaks on in “No,” Holt said, according to the Herald. “{Never.}”: Holt."""
    triple = stage.triples[index]
    if not (triple.cue and triple.source and stage.history):
        return None
    speaker, at = stage.history[-1]
    sentence, first = stage.scene.sentence_at(triple.source[0].start), triple.content[0].start
    if not (
        _REPORTING.fullmatch(spans.cut(stage.text, triple.cue[0]))
        and sentence.start <= at < triple.cue[0].start
        and first >= triple.source[0].end
        and stage.scene.quotation(first) is not None
        and stage.scene.sentence_at(first) != sentence
    ):
        return None
    return speaker


def answer(stage: Stage, index: int) -> tuple[int | None, float]:
    """The character who speaks in triple `index`, and how sure that is."""
    form = stage.forms[index]
    if (speaking := _goes_on(stage, index)) is not None:
        return speaking, 0.8
    if form.form is Form.NAME:
        return _namesake(stage, index, form)
    if form.form is Form.PRONOUN:
        return pronoun(stage, index, form)
    if form.form is Form.NONE:
        return floating(stage, index)
    if form.form is Form.JOINT:
        assert form.span is not None  # noqa: S101 - it has names
        return together(stage, form.figures, form.span, form.head), 0.9
    return description(stage, index, form)


def _namesake(stage: Stage, index: int, form: Source) -> tuple[int | None, float]:
    """The figure that a source names; of several with that last name, the likeliest."""
    question = question_of(stage, index, form)
    if question is None:
        figure = form.figure
        return (figure.index, 0.97 if figure.is_certain else 0.85) if figure else (None, 0.0)
    kept, table = candidates(stage, question)
    likeliest, score, is_clear = best(kept, antecedents.odds(question, table), EVEN_NAMESAKES)
    is_clear = is_clear and not _are_even(stage, question, [c for c in kept if c is not None])
    return (likeliest.index if likeliest is not None and is_clear else None), score


def _are_even(stage: Stage, question: Question, sharing: Sequence[Character]) -> bool:
    """True if none of them has spoken and one sentence named all last: nothing tells them apart,
    unless one is named by what he is to the other ("Mr. Holt, whose son, Karl Holt, …")."""
    spoke = {i for i, _ in question.history}
    last = sorted(c.last_before(question.at) for c in sharing)
    sentences = {stage.scene.sentence(at) for at in last}
    counts = {c.before(question.at) for c in sharing}
    is_kin = last and _KIN.search(stage.text, last[0], last[-1]) is not None
    is_even = len(sentences) == len(counts) == 1 and not is_kin
    return is_even and not any(c.index in spoke for c in sharing)


_KIN = re.compile(r"\b(?:his|her|their|whose)\b|[’']s ")


def _cast(stage: Stage, drawn: Sequence[Chain]) -> Cast:
    """Ids for all who speak, stand in a chain, or are named for certain."""
    used = {i for i, _ in stage.found.values() if i is not None}
    used |= {i for chain in drawn for i, _ in chain.links}
    figures = stage.scene.roster.figures
    kept = [
        c
        for c in stage.characters
        if c.index in used
        or (c.is_named and figures[c.index].is_certain and c.kind is not SpeakerKind.PLACE)
    ]
    kept.sort(key=lambda c: (c.mentions[0], c.index))
    article = stage.scene.article.id
    ids = {c.index: f"{article}.s{n}" for n, c in enumerate(kept)}
    speakers = tuple(
        Speaker(
            id=ids[c.index],
            name=c.name,
            kind=c.kind,
            mentions=tuple(Place(article, m) for m in c.mentions),
            roles=tuple(dict.fromkeys(Place(article, r.span) for r in c.roles)),
        )
        for c in kept
    )
    resolutions = tuple(
        Resolution(
            speaker_id=ids[found[0]] if found[0] is not None else None,
            score=found[1],
            chain=tuple(Hop(speaker_id=ids[i], span=span) for i, span in drawn[n].links),
            chain_score=confidence_chains.score(stage, n, drawn[n]),
        )
        for n, found in ((n, stage.found[n]) for n in range(len(stage.triples)))
    )
    return Cast(speakers=speakers, resolutions=resolutions)
