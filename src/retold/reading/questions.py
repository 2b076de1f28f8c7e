"""The question that a source puts which points back to one person, and its likeliest answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retold import lexicons, spans
from retold.reading import antecedents, incumbents, names, occasions, roles, sources
from retold.reading.antecedents import Character, Kind, Question
from retold.reading.names import Gender
from retold.reading.sources import Form, Source
from retold.reading.stage import Stage, signs, words_in
from retold.types import Span, SpeakerKind

# Two candidates whose odds are nearer than this are equally good: nobody is named.
# Found by evaluation/speakers.py: wider margins lose more right answers than wrong ones.
EVEN = 0.06


EVEN_NAMESAKES = 0.3


MALE, FEMALE = (
    frozenset({"he", "him", "his", "himself"}),
    frozenset({"she", "her", "hers", "herself"}),
)


_DETERMINERS = sources.DEFINITE | sources.INDEFINITE | sources.POSSESSIVE


def frame_of(stage: Stage, index: int) -> tuple[int | None, bool]:
    """Who speaks the statement around triple `index`, and whether its words are quoted there."""
    parent = stage.triples[index].parent
    if parent is None:
        return None, False
    return stage.found.get(parent, (None, 0.0))[0], _quotes(stage, parent, index)


def _quotes(stage: Stage, outer: int, index: int) -> bool:
    """True if triple `index` stands in quotation marks that open after who speaks in `outer`: in
    Holt’s “{Weiss} said {he} was late” it is Holt who quotes, not Weiss."""
    inner = (stage.triples[index].source or stage.triples[index].content)[0]
    around = stage.triples[outer]
    named = (*around.source, *around.cue)
    return any(
        spans.contains(q.span, inner) and not any(spans.overlaps(q.span, n) for n in named)
        for q in stage.scene.quotations_in(inner)
    )


def _quoting(stage: Stage, index: int) -> set[int]:
    """All who are quoted with the words of triple `index`: each of them says "I" of himself."""
    out, outer = set(), stage.triples[index].parent
    while outer is not None:
        speaker = stage.found.get(outer, (None, 0.0))[0]
        if speaker is not None and _quotes(stage, outer, index):
            out.add(speaker)
        outer = stage.triples[outer].parent
    return out


def _blank(stage: Stage, index: int, form: Source) -> Question:
    """What is known around a source that points back, whomever it may mean."""
    triple = stage.triples[index]
    to = occasions.addressee(stage.scene, triple)
    beside = (*triple.cue, to) if to is not None else triple.cue
    excluded = {f.index for c in beside for _, f in stage.scene.roster.within(c)}
    return Question(
        at=form.core.start if form.core else triple.content[0].start,
        content=triple.content,
        history=tuple(stage.history),
        frame=frame_of(stage, index)[0],
        excluded=frozenset(excluded | _quoting(stage, index)),
        gender=Gender.EITHER,
    )


_ASKED = re.compile(
    r"\b(?:[Ww]hen|[Aa]fter|[Aa]s|[Oo]nce) (?P<who>[^,“”\"]{2,60}?) "
    r"(?:asked|pressed|questioned|quizzed)\b[^“”\"]*,\s$"
)


def _askers(stage: Stage, at: int) -> set[int]:
    """Those who asked what "he" at `at` answers: "When Karl Marsh asked why, {he} said"."""
    sentence = stage.scene.sentence_at(at)
    found = _ASKED.search(stage.text, sentence.start, at)
    if found is None:
        return set()
    return {figure.index for _, figure in stage.scene.roster.within(Span(*found.span("who")))}


_OPENS_WITH = re.compile(r"(?:(?:But|And|Then|Still|Yet),? )?(?P<who>[Hh]e|[Ss]he)\b")


def _objects_before(stage: Stage, at: int) -> set[int]:
    """Whom the sentence before names, where it opens with "he" as that at `at` does: "He fired
    Karl Marsh. {He} said …"."""
    scene, number = stage.scene, stage.scene.sentence(at)
    if not number or scene.paragraph(at) != scene.paragraph(scene.sentences[number - 1].start):
        return set()
    here, before = scene.sentences[number], scene.sentences[number - 1]
    opens = [_OPENS_WITH.match(stage.text, s.start, s.end) for s in (before, here)]
    if opens[0] is None or opens[1] is None or opens[1].start("who") != at:
        return set()
    if "?" in stage.text[before.start : before.end]:
        return set()  # "He asked Marsh, “Why?” {He} said": Marsh may answer
    first = opens[0].end()
    named = {f.index for m, f in scene.roster.within(before) if m.start >= first}
    return {i for i in named if stage.characters[i].last_before(first) < before.start}


def _president_of(stage: Stage, pronoun: str) -> set[int]:
    """The president of the article's time, where "she" cannot be he though the article gives his
    last name alone."""
    day = stage.scene.article.published
    held = incumbents.president(day) if day and stage.president is not None else None
    other = {Gender.MALE: FEMALE, Gender.FEMALE: MALE}
    is_other = held and pronoun in other.get(names.gender_of(held.given), frozenset())
    return {stage.president} if is_other and stage.president is not None else set()


_ASKING = re.compile(r"\b(?:[Aa]sk(?:ed|s)?|[Pp]ressed|[Qq]uestioned|[Qq]uizzed)\b")


def _asking(stage: Stage, index: int) -> set[int]:
    """Who puts the question around triple `index` in his own words: in "Asked by Karl Marsh about
    {his} claims" they are not Marsh’s."""
    parent = stage.triples[index].parent
    frame, is_quoted = frame_of(stage, index)
    if parent is None or frame is None or is_quoted:
        return set()
    cue = stage.triples[parent].cue
    return {frame} if any(_ASKING.search(stage.text, c.start, c.end) for c in cue) else set()


def question_of(stage: Stage, index: int, form: Source) -> Question | None:
    """The question put by a source that points back to one person, None if it does not."""
    if form.core is None:
        return None
    if form.form is Form.NAME:
        family, gender = family_of(stage, form)
        question = replace(
            _blank(stage, index, form), gender=gender, kind=Kind.NAMESAKE, family=family
        )
        return question if family and len(candidates(stage, question)[0]) > 1 else None
    if form.form is Form.PRONOUN and form.head in MALE | FEMALE:
        gender = Gender.MALE if form.head in MALE else Gender.FEMALE
        blank = _blank(stage, index, form)
        others = _askers(stage, form.core.start) | _asking(stage, index)
        others |= _president_of(stage, form.head) | _objects_before(stage, form.core.start)
        return replace(blank, gender=gender, excluded=blank.excluded | others)
    if form.form is not Form.NOMINAL or form.determiner in sources.INDEFINITE:
        return None
    words = words_in(stage.text, form.core)
    if not (roles.heads_in(words[-2:]) or words[-1].endswith("-year-old")):
        return None  # "the inquiry", "the position": no person
    blank = _blank(stage, index, form)
    others = {f.index for _, f in stage.scene.roster.within(form.owner)} if form.owner else set()
    if blank.frame is not None:
        others.add(blank.frame)  # who speaks says "I", or is "he" in the words of others
    return replace(
        blank,
        excluded=blank.excluded | others,
        gender=noun_gender(form.head),
        heads=roles.last_heads(words),
        keys=frozenset(roles.key(w) for w in words if w not in _DETERMINERS),
        is_owned=form.owner is not None,
        kind=Kind.DESCRIPTION,
    )


def family_of(stage: Stage, form: Source) -> tuple[str, Gender]:
    """The last name that is all the name a source gives, with the gender that its title tells, or
    the pronoun that takes it up."""
    figure = form.figure
    if form.core is None or (figure is not None and figure.kind is not SpeakerKind.PERSON):
        return "", Gender.EITHER
    every = names.words_of(stage.text, form.core)
    if not every or not every[-1].is_capital:
        return "", Gender.EITHER  # "Marsh’s son", who is another Marsh
    words = [w for w in every if w.is_capital]
    bare = [w for w in words if w.low not in lexicons.words("titles")]
    if len(bare) != 1 or (len(words) > 1 and words[0].low not in ("mr", "mrs", "ms", "miss")):
        return "", Gender.EITHER
    family = names.fold(bare[0].text)
    if figure is not None and names.parts(tuple(figure.name.split())).family != family:
        return "", Gender.EITHER
    gender = title_gender(words[0].low)
    if gender is Gender.EITHER and not _is_presidents(stage, family, form.core.start):
        gender = names.gender_taken_up(stage.text, form.core.end)
    return family, gender


def _is_presidents(stage: Stage, family: str, at: int) -> bool:
    """True for the last name of the president of the article's time where the paragraph names no
    other of his family in full: "Trump said she was late" tells nothing of Trump."""
    one = stage.characters[stage.president] if stage.president is not None else None
    if one is None or names.parts(tuple(one.name.split())).family != family:
        return False
    start = stage.scene.paragraphs[stage.scene.paragraph(at)].start
    return not any(
        start <= m.start < at and " " in stage.text[m.start : m.end]
        for c in people(stage)
        if c is not one and names.parts(tuple(c.name.split())).family == family
        for m in c.mentions
    )


def title_gender(title: str) -> Gender:
    """The gender that a title tells: "Mrs." does, "Senator" does not."""
    return Gender(lexicons.table("titles").get(title, "either"))


def noun_gender(noun: str) -> Gender:
    return Gender(lexicons.table("person_nouns").get(noun, "either"))


def people(stage: Stage) -> list[Character]:
    """The characters that "he" or "she" may mean: persons named for certain, and those described by
    a noun for one person."""
    figures, nouns = stage.scene.roster.figures, lexicons.words("person_nouns")
    return [
        c
        for c in stage.characters
        if not c.is_plural
        and not all(signs(stage.text, mention) for mention in c.mentions)
        and c.kind in (SpeakerKind.PERSON, SpeakerKind.UNNAMED)
        and (figures[c.index].is_certain if c.is_named else roles.singular(c.head) in nouns)
    ]


def candidates(
    stage: Stage, question: Question
) -> tuple[list[Character | None], list[list[float]]]:
    """Who may answer `question`, with the features of each; None is somebody new."""
    held = people(stage)
    if question.kind is not Kind.PRONOUN:
        held = [c for c in held if c.is_named]
    if question.kind is Kind.NAMESAKE:
        held = [c for c in held if names.parts(tuple(c.name.split())).family == question.family]
    return antecedents.rows(stage.scene, question, held)


def ask(stage: Stage, question: Question) -> tuple[Character | None, float, bool]:
    """The likeliest candidate with its odds, and whether it is clear of the next one."""
    kept, table = candidates(stage, question)
    return best(kept, antecedents.odds(question, table))


def best(
    kept: Sequence[Character | None], odds: Sequence[float], even: float = EVEN
) -> tuple[Character | None, float, bool]:
    if not kept:
        return None, 0.0, False
    order = sorted(range(len(kept)), key=lambda i: odds[i], reverse=True)
    is_clear = len(order) < 2 or odds[order[0]] - odds[order[1]] >= even
    return kept[order[0]], round(odds[order[0]], 3), is_clear
