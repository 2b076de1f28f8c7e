"""What speaks for each of those whom a description may mean, as numbers.

Where he stands and how often he is named, whether he speaks, whether his name or the text calls him
so, whether he made the paper; and of nobody who is named, how the description is put.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retold import lexicons
from retold.reading import bodies, makers, names, profiles, roles, sources
from retold.reading.antecedents import BROAD, Character
from retold.reading.names import Gender, fold
from retold.reading.profiles import Profile
from retold.reading.questions import frame_of, noun_gender
from retold.reading.sources import Source
from retold.reading.stage import Stage, latest, words_in
from retold.types import Span, SpeakerKind

MAX_OUTLET_CHARS = 6000
SOON_PARAGRAPHS = 2
_PLACE = (
    "distance",
    "same_sentence",
    "same_paragraph",
    "paragraph_before",
    "only_later",
    "soon_later",
)
_SPEECH = (
    "last_speaker",
    "earlier_speaker",
    "quoted_on",
    "frame_speaker",
    "body_of_frame",
    "subject_before",
    "opens_paragraph",
)
_PRESENCE = ("count", "most_named", "only_one", "in_first_paragraph", "in_content", "in_source")
_KIND = ("person", "body", "place", "other_kind", "uncertain", "other_gender")
_FIT = (
    "head_in_name",
    "head_known",
    "head_said",
    "head_called",
    "other_head",
    "other_known",
    "words_told",
    "words_missing",
    "word_in_source",
    "owner_known",
    "owner_in_name",
    "last_outlet",
)
_FITTING = ("only_fitting", "last_fitting")
_MAKER = tuple(f"paper_{way}" for way in makers.WAYS)
_NOBODY = (
    "nobody",
    "nobody_definite",
    "nobody_indefinite",
    "nobody_bare",
    "nobody_owned",
    "nobody_modified",
    "nobody_counted",
    "nobody_met_before",
    "nobody_fits",
    "nobody_plural",
    "nobody_authored",
    "nobody_press",
)
_OF_SOMEBODY = (*_PLACE, *_SPEECH, *_PRESENCE, *_KIND, *_FIT, *_MAKER, *_FITTING)
FEATURES = (*_OF_SOMEBODY, *_NOBODY)
_CALLS = tuple(FEATURES.index(f"head_{how}") for how in ("in_name", "known", "said", "called"))
_OF_OUTLETS = frozenset({"outlet", "article", "editorial", "story"})
_PRESS = frozenset({"article", "editorial", "piece", "story", "account", "report", "study"})
_TAIL = re.compile(r" (?:by|from|of|for) (?:the |a |an )?([\w’-]+(?: [\w’-]+)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A description and what is known around it.

    `heads` are its nouns for a person, `said` its other words, `owner` those that may say whose it
    is, `capitals` the keys of those with a capital. `frame` is who speaks around it, `quoted_on`
    who may speak on, `subject` and `opening` whom the sentence before and the paragraph are about.
    `named`, `inside` and `content` are the figures named in the description itself, in the whole
    source and in what is said.
    """

    form: Source
    at: int
    heads: frozenset[str]
    said: frozenset[str]
    owner: frozenset[str]
    capitals: frozenset[str]
    frame: int | None
    body_of_frame: int | None
    quoted_on: int | None
    subject: int | None
    opening: int | None
    named: frozenset[int]
    inside: frozenset[int]
    content: frozenset[int]
    makers: Mapping[str, frozenset[int]]


def asked(stage: Stage, index: int, form: Source) -> Asked:
    """What is known around the description that is the source of triple `index`."""
    assert form.core is not None  # noqa: S101 - a description has words
    assert form.span is not None  # noqa: S101 - as above
    at, scene, content = form.core.start, stage.scene, stage.triples[index].content
    words = words_in(stage.text, form.core)
    skip = sources.DEFINITE | sources.INDEFINITE | sources.POSSESSIVE
    frame = frame_of(stage, index)[0]
    sentence = scene.sentence(at)
    first = scene.sentence(scene.paragraphs[scene.paragraph(at)].start)
    return Asked(
        form=form,
        at=at,
        heads=roles.last_heads(words),
        said=frozenset(fold(w) for w in words if w not in skip and w != form.head),
        owner=_owner(stage, form, form.core, form.span),
        capitals=_capitals(stage, form.core),
        frame=frame,
        body_of_frame=bodies.body_of(stage, frame) if frame is not None else None,
        quoted_on=_quoted_on(stage, index, at),
        subject=scene.subject(sentence - 1),
        opening=scene.subject(first) if first < sentence else None,
        named=_named(stage, form.core),
        inside=_named(stage, form.span),
        content=frozenset[int]().union(*(_named(stage, piece) for piece in content)),
        makers=makers.of(stage, form),
    )


def _named(stage: Stage, span: Span) -> frozenset[int]:
    return frozenset(figure.index for _, figure in stage.scene.roster.within(span))


def _owner(stage: Stage, form: Source, core: Span, span: Span) -> frozenset[str]:
    """The words that may say whose it is: "company" of "a company statement", "union" of "an
    announcement by the union"."""
    words = words_in(stage.text, core)[:-1]
    if tail := _TAIL.match(stage.text, core.end, span.end):
        words += tail[1].lower().split()
    return frozenset(fold(w) for w in words) - sources.DEFINITE - sources.INDEFINITE


def _capitals(stage: Stage, core: Span) -> frozenset[str]:
    """The keys of the words with a capital, the first word and titles left out."""
    words = names.words_of(stage.text, core)[1:]
    titles = lexicons.words("titles") | lexicons.words("person_nouns")
    return frozenset(roles.key(w.text) for w in words if w.is_capital and w.low not in titles)


def keys(stage: Stage, c: Character) -> frozenset[str]:
    """The words of a name and of all that the text calls the one who has it, shortened."""
    return profile(stage, c).keys | {key for role in c.roles for key in role.keys}


def _quoted_on(stage: Stage, index: int, at: int) -> int | None:
    """Who spoke last, where a quotation opens before its source in that paragraph or the next."""
    first = stage.triples[index].content[0].start
    if not stage.history or stage.triples[index].parent is not None:
        return None
    speaker, place = stage.history[-1]
    gap = stage.scene.paragraph(first) - stage.scene.paragraph(place)
    is_on = first < at and gap <= 1 and stage.scene.quotation(first) is not None
    return speaker if is_on else None


def table(stage: Stage, question: Asked, held: Sequence[Character]) -> list[list[float]]:
    """A row of numbers for each candidate in the order of `FEATURES`, that of nobody last."""
    counts = [c.before(question.at) for c in held]
    spoke = {i for i, _ in stage.history[:-1]}
    outlet = _last_outlet(stage, question, held)
    rows = [
        [
            *_place_row(stage, question, c),
            *_speech_row(stage, question, c, spoke),
            *_presence_row(stage, question, number, held, counts),
            *_kind_row(stage, question, c),
            *_fit_row(stage, question, c),
            float(c.index == outlet),
            *(float(c.index in question.makers[way]) for way in makers.WAYS),
        ]
        for number, c in enumerate(held)
    ]
    fitting = [number for number, row in enumerate(rows) if any(row[f] for f in _CALLS)]
    last = max(fitting, key=lambda number: held[number].last_before(question.at), default=None)
    alone = fitting[0] if len(fitting) == 1 else None
    for number, row in enumerate(rows):
        row += [float(number == alone), float(number == last), *([0.0] * len(_NOBODY))]
    nobody = _nobody_row(stage, question, has_fitting=bool(fitting))
    return [*rows, [*([0.0] * len(_OF_SOMEBODY)), *nobody]]


def _last_outlet(stage: Stage, question: Asked, held: Sequence[Character]) -> int | None:
    """The outlet that was named last before "the newspaper"."""
    if question.form.head not in lexicons.words("outlet_nouns") | _OF_OUTLETS:
        return None
    outlets = [c for c in held if profile(stage, c).is_outlet]
    return latest(stage, question.at, outlets, MAX_OUTLET_CHARS)


def profile(stage: Stage, character: Character) -> Profile:
    """The profile of a named character, made once."""
    if character.index not in stage.profiles:
        figure = stage.scene.roster.figures[character.index]
        stage.profiles[character.index] = profiles.of(stage.text, figure)
    return stage.profiles[character.index]


def _place_row(stage: Stage, question: Asked, c: Character) -> list[float]:
    """How far back the last mention lies, or how far below the first."""
    scene, last = stage.scene, c.last_before(question.at)
    here = scene.paragraph(question.at)
    if last < 0:
        gap = scene.paragraph(c.mentions[0].start) - here
        return [0.0, 0.0, 0.0, 0.0, 1.0, float(gap <= SOON_PARAGRAPHS)]
    gap = here - scene.paragraph(last)
    is_here = scene.sentence(last) == scene.sentence(question.at)
    far = math.log1p((question.at - last) / 60)
    return [far, float(is_here), float(gap == 0), float(gap == 1), 0.0, 0.0]


def _speech_row(stage: Stage, question: Asked, c: Character, spoke: set[int]) -> list[float]:
    """Whether the candidate spoke, speaks around it, or is what the sentences are about."""
    return [
        float(bool(stage.history) and stage.history[-1][0] == c.index),
        float(c.index in spoke),
        float(question.quoted_on == c.index),
        float(question.frame == c.index),
        float(question.body_of_frame == c.index),
        float(question.subject == c.index),
        float(question.opening == c.index),
    ]


def _presence_row(
    stage: Stage, question: Asked, number: int, held: Sequence[Character], counts: Sequence[int]
) -> list[float]:
    """How often the candidate was named, beside others of the kind, and where."""
    c, count = held[number], counts[number]
    alike = [n for other, n in zip(held, counts, strict=True) if other.kind is c.kind and n]
    return [
        math.log1p(count),
        float(count > 0 and count == max(alike)),
        float(count > 0 and len(alike) == 1),
        float(c.mentions[0].start < stage.scene.paragraphs[0].end),
        float(c.index in question.content),
        float(c.index in question.inside),
    ]


def _kind_row(stage: Stage, question: Asked, c: Character) -> list[float]:
    is_certain = stage.scene.roster.figures[c.index].is_certain
    genders = {noun_gender(question.form.head), c.gender}
    return [
        float(c.kind is SpeakerKind.PERSON),
        float(c.kind is SpeakerKind.ORGANISATION),
        float(c.kind is SpeakerKind.PLACE),
        float(c.kind in (SpeakerKind.GROUP, SpeakerKind.DOCUMENT)),
        float(not is_certain),
        float(genders == {Gender.MALE, Gender.FEMALE}),
    ]


def _fit_row(stage: Stage, question: Asked, c: Character) -> list[float]:
    """Whether the name, general knowledge or the text calls the candidate so."""
    held, head = profile(stage, c), fold(question.form.head)
    heads = {head, *bodies.ALSO.get(head, ())}
    told = held.known | held.called
    is_body = c.kind is not SpeakerKind.PERSON
    said = keys(stage, c)
    missing = [w for w in question.said if roles.key(w) not in said]
    return [
        float(is_body and bool(heads & held.words)),
        float(bool(heads & held.known)),
        float(bool(question.heads & c.heads)),
        float(is_body and bool(heads & held.called)),
        float(bool(c.heads - BROAD) and not question.heads & c.heads),
        float(is_body and bool(told) and not heads & told),
        1 - len(missing) / len(question.said) if question.said else 0.0,
        float(bool(missing)),
        float(any(roles.key(w) in held.keys for w in question.said)),
        float(is_body and bool(question.owner & (told | held.words))),
        float(bool(question.owner & held.words)),
    ]


def is_called_otherwise(stage: Stage, question: Asked, c: Character) -> bool:
    """True for a body that by its name, by what is known or by the text is something else than the
    noun of a description says."""
    held, head = profile(stage, c), fold(question.form.head)
    told = held.words & lexicons.words("organisation_nouns") | held.known | held.called
    return bool(told) and not {head, *bodies.ALSO.get(head, ())} & told


def _nobody_row(stage: Stage, question: Asked, *, has_fitting: bool) -> list[float]:
    """How the description is put, where it means nobody who is named."""
    form = question.form
    head = roles.singular(form.head)
    is_met = any(
        not c.is_named and roles.singular(c.head) == head and c.mentions[0].start < question.at
        for c in stage.characters
    )
    return [
        1.0,
        float(form.determiner in sources.DEFINITE),
        float(form.determiner in sources.INDEFINITE),
        float(not form.determiner),
        float(form.owner is not None),
        float(bool(question.said)),
        float(any(w[0].isdigit() for w in question.said)),
        float(is_met),
        float(has_fitting),
        float(form.head.endswith("s")),
        float(form.head in lexicons.words("authored_nouns")),
        float(form.head in _PRESS),
    ]
