"""Whom "the senator", "her lawyer", "the letter" and "two officials" mean.

A description goes to whom the text has described so; else it is a speaker of its own, named by the
words of the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from retold import lexicons
from retold.reading import (
    antecedents,
    asked,
    authors,
    bodies,
    called,
    evidence,
    incumbents,
    joint,
    later,
    meant,
    roles,
    sources,
)
from retold.reading.antecedents import Character, Question
from retold.reading.cues import words_of
from retold.reading.questions import ask, candidates, frame_of, question_of
from retold.reading.roster import Figure
from retold.reading.sources import Form, Source
from retold.reading.stage import Answer, Stage, latest, words_in
from retold.reading.told import Rule, Told
from retold.types import Span, SpeakerKind

OWN = 0.6  # how sure a description is that is a speaker of its own
MIN_SCORE = 0.5  # "the minister" may be any: under it, rather nobody


def description(stage: Stage, index: int, form: Source) -> Answer:
    """A description goes to whom it most likely means, else it is a speaker of its own."""
    told = by_rules(stage, index, form)
    answer = meant.weighed(stage, index, form, told) or _unnamed(stage, told)
    return answer or (own(stage, index, form), OWN)


def as_told(stage: Stage, index: int, form: Source) -> Answer:
    """A description goes to whom the text has described so, else it is a speaker of its own."""
    told = by_rules(stage, index, form)
    return (told.index, told.score) if told else (own(stage, index, form), OWN)


def _unnamed(stage: Stage, told: Told | None) -> Answer | None:
    """Whom rules tell who is not named, or nobody where they find two equally good."""
    if told is None or (told.index is not None and stage.characters[told.index].is_named):
        return None
    return told.index, told.score


def by_rules(stage: Stage, index: int, form: Source) -> Told | None:
    """Whom the text has described so, as far as rules tell; None for somebody new."""
    for rule, look in _LOOKS:
        found = look(stage, index, form)
        if found is not None and (found[0] is None or _may_be(stage, form, found[0], rule)):
            return Told(index=found[0], score=found[1], rule=rule)
    return None


# they rest on what the text says of the one, whatever the noun
_OF_ONE = frozenset({Rule.APPOSED, Rule.AUTHOR, Rule.LATER, Rule.LEAD, Rule.OFFICE})


def _may_be(stage: Stage, form: Source, index: int, rule: Rule) -> bool:
    """False for one who is named and whom the description cannot mean."""
    character = stage.characters[index]
    if not character.is_named or (rule in _OF_ONE and not _is_of_place(stage, form)):
        return True
    if rule is Rule.SPEAKS_ON:
        return not asked.is_unnamed(form)
    return asked.may_be_so(stage, form, character)


def _is_of_place(stage: Stage, form: Source) -> bool:
    """True for "Norway’s minister"."""
    owned = stage.scene.roster.within(form.owner) if form.owner is not None else []
    return any(figure.kind is SpeakerKind.PLACE for _, figure in owned)


def _in_office(stage: Stage, index: int, form: Source) -> Answer | None:
    """The president of the article's time for "the president", unless he speaks around it, and for
    "the former president" the only one of those before him who is named."""
    words = tuple(words_in(stage.text, form.core)) if form.core else ()
    if words == incumbents.FORMER:
        former = incumbents.former(stage.characters, stage.scene.article.published)
        return (former.index, 0.9) if former is not None else None
    is_joint = form.core is not None and stage.text.startswith(" and ", form.core.end)
    if is_joint or words not in incumbents.PHRASES:
        return None  # "the president and his aides"
    question = question_of(stage, index, form)
    if stage.president is None or question is None or stage.president in question.excluded:
        return None
    if asked.is_of_another(stage, form, stage.characters[stage.president]):
        return None
    return stage.president, 0.9


def _named_before(stage: Stage, index: int, form: Source) -> Answer | None:
    """Whom a name set off by a comma says."""
    named = _apposed(stage, index, form)
    return (named, 0.85) if named is not None else None


def _several(stage: Stage, index: int, form: Source) -> Answer | None:
    """Those whom a list says."""
    several = _listed(stage, form)
    return (several, 0.75) if several is not None else None


def _same_noun(stage: Stage, index: int, form: Source) -> Answer | None:
    """Whom the article, not its headline alone, has described by the same noun."""
    known = _described_so(stage, form)
    return (known, 0.65) if known is not None and not _is_of_headline(stage, known) else None


def _speaks_on(stage: Stage, index: int, form: Source) -> Answer | None:
    """Who spoke last, for “{It held},” the senator said: a quotation that goes on by itself is no
    other’s, unless the text has called him something else."""
    triple = stage.triples[index]
    question = question_of(stage, index, form)
    if question is None or question.is_owned or triple.parent is not None or not stage.history:
        return None
    first, (speaker, at) = triple.content[0].start, stage.history[-1]
    gap = stage.scene.paragraph(first) - stage.scene.paragraph(at)
    if not (gap <= 1 and first < question.at and stage.scene.quotation(first)):
        return None
    character = stage.characters[speaker]
    is_person = character.is_named and character.kind is SpeakerKind.PERSON
    office = character.heads - antecedents.BROAD
    is_other = bool(office) and not question.heads & (office | antecedents.BROAD)
    is_likely = is_person and antecedents.may_be(character, question)
    return (speaker, 0.75) if is_likely and not is_other else None


def _asked(stage: Stage, index: int, form: Source) -> Answer | None:
    """The likeliest of those named, nobody where two are; None if it is rather somebody new."""
    question = question_of(stage, index, form)
    if question is None:
        return None
    best, score, is_clear = ask(stage, question)
    if best is not None and is_clear and score >= MIN_SCORE:
        return (best.index, score) if _is_likely(stage, question, best, form) else None
    is_open = best is not None and not _is_rather_new(stage, question)
    return (None, score) if is_open else None


def _is_likely(stage: Stage, question: Question, best: Character, form: Source) -> bool:
    """True unless the text calls the likeliest one something else, or never so whom "the Harbour
    Times reporter" must mean."""
    if antecedents.is_known_otherwise(best, question):
        return False
    is_told = bool(question.keys & {k for r in best.roles for k in r.keys})
    return is_told or bool(question.heads & _WELL_KNOWN) or not asked.says_whose(stage, form)


# offices of those whom texts mostly take for known
_WELL_KNOWN = antecedents.BROAD | {"governor", "mayor", "secretary", "senator", "speaker"}


def _body(stage: Stage, index: int, form: Source) -> Answer | None:
    """The body or paper that a noun points back to."""
    is_thing = form.form in (Form.ORGANISATION, Form.DOCUMENT)
    if not is_thing or form.determiner not in sources.DEFINITE:
        return None
    body = bodies.meant(stage, index, form)
    return (body, 0.65) if body is not None else None


def _outlet(stage: Stage, index: int, form: Source) -> Answer | None:
    """The newspaper that was named last for "the newspaper": of 22 that readers looked at 21 were
    meant."""
    body = _body(stage, index, form)
    if body is None:
        return None
    named = [c for c in stage.characters if c.is_named]
    last = evidence.last_outlet(stage, asked.of(stage, index, form), named)
    return (body[0], 0.85) if last == body[0] else None


def _writer(stage: Stage, index: int, form: Source) -> Answer | None:
    """The author of a letter."""
    writer = _author(stage, index, form) if form.form is Form.DOCUMENT else None
    return (writer, 0.6) if writer is not None else None


def _named_later(stage: Stage, index: int, form: Source) -> Answer | None:
    """Whom only the words below name."""
    named = later.named(stage, index, form)
    return (named, 0.7) if named is not None else None


def _of_lead(stage: Stage, index: int, form: Source) -> Answer | None:
    """Whom a headline or lead has described so."""
    looks = (later.introduced, later.alone, *((later.next_named,) if _tells(stage, index) else ()))
    for look in looks:
        if (named := look(stage, form)) is not None:
            return named, 0.6
    known = _described_so(stage, form)
    return (known, 0.65) if known is not None else None


def _tells(stage: Stage, index: int) -> bool:
    """True for "a minister said", not for "a minister pressed her to": who is told of in a lead is
    not who tells of it below."""
    words = words_of(stage.text, stage.triples[index].cue)
    kinds = {lexicons.table("speech_verbs").get(word) for word in words}
    return bool(kinds & {"says", "tells", "states"}) or "according" in words


def _himself(stage: Stage, index: int, form: Source) -> Answer | None:
    """Who speaks of himself by his office: “{The governor} understands that …,” Governor Holt
    said."""
    if form.form is not Form.NOMINAL or form.determiner != "the" or form.core != form.span:
        return None
    frame = frame_of(stage, index)[0]
    if frame is None or not stage.characters[frame].is_named:
        return None
    heads = roles.last_heads(words_in(stage.text, form.core)) if form.core else frozenset()
    return (frame, 0.6) if heads & stage.characters[frame].heads else None


_LOOKS = (
    (Rule.OFFICE, _in_office),
    (Rule.APPOSED, _named_before),
    (Rule.LISTED, _several),
    (Rule.DESCRIBED, _same_noun),
    (Rule.SPEAKS_ON, _speaks_on),
    (Rule.LIKELIEST, _asked),
    (Rule.OUTLET, _outlet),
    (Rule.BODY, _body),
    (Rule.AUTHOR, _writer),
    (Rule.LATER, _named_later),
    (Rule.LEAD, _of_lead),
    (Rule.HIMSELF, _himself),
)


def _described_so(stage: Stage, form: Source) -> int | None:
    return same_head(stage, form) if form.determiner not in sources.INDEFINITE else None


def _is_of_headline(stage: Stage, index: int) -> bool:
    """True for one whom only the headline has described."""
    return stage.characters[index].mentions[0].end <= stage.scene.paragraphs[0].end


def _is_rather_new(stage: Stage, question: Question) -> bool:
    """True if somebody new is the likeliest beside the best candidate."""
    kept, table = candidates(stage, question)
    odds = sorted(zip(antecedents.odds(question, table), kept, strict=True), key=lambda o: -o[0])
    return len(odds) > 1 and odds[1][1] is None


def _apposed(stage: Stage, index: int, form: Source) -> int | None:
    """Who is named right before a description set off by a comma: "the Harbour League, {a union
    group} that …"; not in what is said: "Weiss met Ann Lind, {an aide} said"."""
    if form.core is None or form.determiner not in sources.INDEFINITE | {"the"}:
        return None
    at = form.core.start
    if stage.text[at - 2 : at] != ", " or any(
        c.end == at - 2 for c in stage.triples[index].content
    ):
        return None
    kinds = _KINDS_OF_FORM.get(form.form, ())
    for mention, figure in stage.scene.roster.within(Span(max(0, at - 3), at)):
        if form.determiner == "the" and stage.scene.is_oblique(mention):
            continue  # "After the loss to Tom Reuter, {the mayor} said"
        if mention.end == at - 2 and figure.is_certain and figure.kind in kinds:
            return figure.index if _may_be_called(stage, form, figure) else None
    return None


def _may_be_called(stage: Stage, form: Source, figure: Figure) -> bool:
    """False where only others are called so: "in talks with Mr. Reuter, {the mayor} said"."""
    assert form.core is not None  # noqa: S101 - a description has words
    heads = roles.last_heads(words_in(stage.text, form.core)) - antecedents.BROAD
    if form.determiner != "the" or heads & figure.heads:
        return True
    return not any(heads & other.heads for other in stage.scene.roster.figures)


_KINDS_OF_FORM = {
    Form.NOMINAL: (SpeakerKind.PERSON,),
    Form.ORGANISATION: (SpeakerKind.ORGANISATION,),
    Form.GROUP: (SpeakerKind.ORGANISATION,),
}


def together(stage: Stage, figures: Sequence[Figure], span: Span, head: str) -> int:
    """The group of those who are named side by side, one and the same each time."""
    name = joint.name(figures)
    known = [c.index for c in stage.characters if c.kind is SpeakerKind.GROUP and c.name == name]
    if known:
        return known[0]
    return stage.add(name, SpeakerKind.GROUP, span, plural=True, head=head)


MAX_LIST_CHARS = 1500
_COUNTS = {"two": 2, "both": 2, "pair": 2, "couple": 2, "duo": 2, "three": 3, "trio": 3, "four": 4}
_ALL = frozenset({"men", "women", "leaders", "rivals", "colleagues", "lawmakers", "candidates"})


def _listed(stage: Stage, form: Source) -> int | None:
    """The persons named side by side whom "the senators", "both" or "the two men" mean."""
    if form.form is not Form.GROUP or form.core is None:
        return None
    words = words_in(stage.text, form.core)
    counts = {_COUNTS[w] for w in words if w in _COUNTS}
    if form.determiner not in sources.DEFINITE and words != ["both"]:
        return None
    plain = [w for w in words if w not in sources.DEFINITE and w not in _COUNTS]
    found = joint.before(stage.text, form.core.start, stage.scene.roster, MAX_LIST_CHARS)
    if found is None or len(plain) > 1 or not (counts or plain):
        return None
    place, figures = found
    if counts and counts != {len(figures)}:
        return None
    noun = roles.head_of(plain[0]) if plain else ""
    lead = words_in(stage.text, Span(max(0, place.start - 60), place.start)) if place.start else []
    is_said = plain and (plain[0] in lead or all(noun in figure.heads for figure in figures))
    if not (is_said or (counts and (not plain or plain[0] in _ALL))):
        return None
    return together(stage, figures, place, plain[0] if plain else "")


def _author(stage: Stage, index: int, form: Source) -> int | None:
    """Who speaks in a paper that somebody wrote."""
    return authors.author(stage, form, lambda writer: as_told(stage, index, writer)[0])


def same_head(stage: Stage, form: Source) -> int | None:
    """The last character that was described by the same noun: "the aides" after "aides with …"."""
    at = form.core.start if form.core else 0
    alike = [
        c
        for c in stage.characters
        if not c.is_named
        and roles.singular(c.head) == roles.singular(form.head)
        and not (form.form is Form.NOMINAL and c.is_plural)
        and _is_shorter(stage, form, c)
    ]
    return latest(stage, at, alike, 6000)


def _is_shorter(stage: Stage, form: Source, character: Character) -> bool:
    """True if a description says nothing more than an earlier one: it may be the same."""
    assert form.core is not None  # noqa: S101
    skip = sources.DEFINITE | sources.INDEFINITE | sources.POSSESSIVE
    words = {w for w in words_in(stage.text, form.core) if w not in skip}
    said = {w for m in character.mentions[:1] for w in words_in(stage.text, m)}
    said |= {w.lower() for w in character.name.split()}
    if form.determiner in sources.DEFINITE:
        return words <= said | {form.head}
    return words == {w for w in said if w not in skip}


_KIND_OF_FORM = {
    Form.NOMINAL: SpeakerKind.UNNAMED,
    Form.ORGANISATION: SpeakerKind.ORGANISATION,
    Form.DOCUMENT: SpeakerKind.DOCUMENT,
    Form.GROUP: SpeakerKind.GROUP,
}


def own(stage: Stage, index: int, form: Source) -> int:
    """A speaker of its own, named by the description as it stands, without its article."""
    assert form.core is not None  # noqa: S101 - a description has words
    name = called.name(stage, index, form)
    for known in stage.characters:
        if known.is_named or known.head != form.head:
            continue
        if known.mentions[0].start == form.core.start:  # brought in here
            if not known.name.startswith(name):  # it may be met again cut short
                known.name = name
            return known.index
        if form.owner is not None and known.name == name:
            return known.index
    return stage.add(
        name,
        _KIND_OF_FORM.get(form.form, SpeakerKind.UNNAMED),
        form.core,
        plural=form.form is Form.GROUP,
        head=form.head,
    )
