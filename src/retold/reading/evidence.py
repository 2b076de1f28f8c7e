"""What speaks for each of those whom a description may mean, as numbers.

Where he stands and how often he is named, whether he speaks, whether his name or the text calls him
so, whether he made the paper; and of nobody who is named, how the description is put.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from retold import lexicons
from retold.reading import bodies, makers, roles, sources, such
from retold.reading.antecedents import BROAD, Character
from retold.reading.asked import Asked, keys, profile
from retold.reading.names import Gender, fold
from retold.reading.questions import noun_gender
from retold.reading.sources import Form, Source
from retold.reading.stage import Stage, latest
from retold.reading.told import Rule, Told
from retold.types import Span, SpeakerKind

MAX_OUTLET_CHARS = 6000
MAX_NAMED = 40  # places that name a candidate, the first ones, are looked at
_FORMER = "former"
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
    "unfit",
    "unfit_plain",
)
_NOUN = ("is_country", "makes_such", "has_such", "was_once")
_VARIED = ("varied_subject", "varied_opening", "varied_speaker", "varied_other", "speaks_here")
_ALIKE = (
    "alike",
    "alike_before",
    "most_alike",
    "most_alike_before",
    "more_alike",
    "alike_varied",
)
_RULES = tuple(rule for rule in Rule if rule not in (Rule.OFFICE, Rule.LISTED))
_TOLD = (*(f"told_{rule}" for rule in _RULES), "told_odds")
_NOBODY_TOLD = tuple(f"nobody_told_{rule}" for rule in _RULES)
_BEYOND = (*_NOUN, *_VARIED, *_ALIKE, *_TOLD)
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
    "nobody_alike",
    "nobody_alike_before",
    *_NOBODY_TOLD,
)
_OF_SOMEBODY = (*_PLACE, *_SPEECH, *_PRESENCE, *_KIND, *_FIT, *_MAKER, *_BEYOND, *_FITTING)
FEATURES = (*_OF_SOMEBODY, *_NOBODY)
_CALLS = tuple(FEATURES.index(f"head_{how}") for how in ("in_name", "known", "said", "called"))
_OF_OUTLETS = frozenset({"outlet", "article", "editorial", "story"})
_PRESS = frozenset({"article", "editorial", "piece", "story", "account", "report", "study"})


def table(
    stage: Stage, question: Asked, held: Sequence[Character], told: Told | None
) -> list[list[float]]:
    """A row of numbers for each candidate in the order of `FEATURES`, that of nobody last; `told`
    is whom rules tell, None where none does."""
    counts = [c.before(question.at) for c in held]
    spoke = {i for i, _ in stage.history[:-1]}
    outlet = last_outlet(stage, question, held)
    alike = _alike(stage, question, held)
    rows = [
        [
            *_place_row(stage, question, c),
            *_speech_row(stage, question, c, spoke),
            *_presence_row(stage, question, number, held, counts),
            *_kind_row(stage, question, c),
            *_fit_row(stage, question, c),
            float(c.index == outlet),
            *_unfit_row(question, c),
            *(float(c.index in question.makers[way]) for way in makers.WAYS),
            *_noun_row(stage, question, c),
            *_varied_row(stage, question, c),
            *alike[number],
            *_told_row(c, told),
        ]
        for number, c in enumerate(held)
    ]
    fitting = [number for number, row in enumerate(rows) if any(row[f] for f in _CALLS)]
    last = max(fitting, key=lambda number: held[number].last_before(question.at), default=None)
    alone = fitting[0] if len(fitting) == 1 else None
    for number, row in enumerate(rows):
        row += [float(number == alone), float(number == last), *([0.0] * len(_NOBODY))]
    nobody = _nobody_row(stage, question, has_fitting=bool(fitting))
    nobody += [max((row[at] for row in alike), default=0.0) for at in (0, 1)]
    is_nobody = told is not None and all(told.index != c.index for c in held)
    nobody += [float(is_nobody and told is not None and told.rule is rule) for rule in _RULES]
    return [*rows, [*([0.0] * len(_OF_SOMEBODY)), *nobody]]


def _told_row(c: Character, told: Told | None) -> list[float]:
    """Which rule tells the candidate, and with what odds where they are weighed."""
    if told is None or told.index != c.index:
        return [0.0] * len(_TOLD)
    is_weighed = told.rule is Rule.LIKELIEST
    return [*(float(told.rule is rule) for rule in _RULES), told.score if is_weighed else 0.0]


def last_outlet(stage: Stage, question: Asked, held: Sequence[Character]) -> int | None:
    """The outlet that was named last before "the newspaper"."""
    if question.form.head not in lexicons.words("outlet_nouns") | _OF_OUTLETS:
        return None
    outlets = [c for c in held if profile(stage, c).is_outlet]
    return latest(stage, question.at, outlets, MAX_OUTLET_CHARS)


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
        float(such.is_owner(stage, question, c)),
        float(bool(question.owner & held.words)),
    ]


def _unfit_row(question: Asked, c: Character) -> list[float]:
    """Whether nothing calls a person so, though the noun is of an office or a trade."""
    is_person = c.kind is SpeakerKind.PERSON and question.form.form is Form.NOMINAL
    is_unfit = is_person and not question.heads & (BROAD | c.heads)
    return [float(is_unfit), float(is_unfit and not question.said)]


def _noun_row(stage: Stage, question: Asked, c: Character) -> list[float]:
    """Whether such a noun is mostly said of such: "the country" of a country, "the ruling" of a
    court that made it, "the justices" of one that has them."""
    is_state = c.name in lexicons.table("states").values()
    is_country = c.kind is SpeakerKind.PLACE and not is_state
    return [
        float(such.noun(question) in such.COUNTRY and is_country),
        float(such.makes_such(stage, question, c)),
        float(such.has_such(stage, question, c)),
        float(_was_once(question, c)),
    ]


def _was_once(question: Asked, c: Character) -> bool:
    """True for one who was once what a description says, and is not said to be it."""
    fitting = [role for role in c.roles if question.heads & role.heads]
    is_once = bool(fitting) and all(_FORMER in role.keys for role in fitting)
    return is_once and _FORMER not in question.said


def _varied_row(stage: Stage, question: Asked, c: Character) -> list[float]:
    """Whether it may be a person under new words, as in “Holt spoke. {The retired officer} …”: who
    spoke here, or is what the sentences are about."""
    form, is_person = question.form, c.kind is SpeakerKind.PERSON
    is_definite = form.determiner in sources.DEFINITE and bool(question.said)
    is_varied = is_definite and form.form is Form.NOMINAL
    speaks = _speaks_here(stage, question, c)
    return [
        float(is_varied and is_person and question.subject == c.index),
        float(is_varied and is_person and question.opening == c.index),
        float(is_varied and is_person and speaks),
        float(is_varied and bool(c.heads - BROAD) and not question.heads & c.heads),
        float(speaks),
    ]


def _speaks_here(stage: Stage, question: Asked, c: Character) -> bool:
    """True for who spoke last, in this paragraph or the one before."""
    if not stage.history or stage.history[-1][0] != c.index:
        return False
    gap = stage.scene.paragraph(question.at) - stage.scene.paragraph(stage.history[-1][1])
    return gap <= 1


def _alike(stage: Stage, question: Asked, held: Sequence[Character]) -> list[list[float]]:
    """How alike the noun of a description and the names of each candidate are to the model, and
    whether no other is as much so; zeros where its states are not there."""
    if stage.likeness is None:
        return [[0.0] * len(_ALIKE) for _ in held]
    noun = _noun(stage.text, question.form)
    best, last = [], []
    for c in held:
        figure = stage.scene.roster.figures[c.index]
        named = [m for m in figure.mentions if m != question.form.core][:MAX_NAMED]
        alike = stage.likeness.of(noun, named)
        best.append(max(alike, default=0.0))
        before = (one for one, m in zip(alike, named, strict=True) if m.end <= noun.start)
        last.append(max(before, default=0.0))
    is_varied = question.form.determiner in sources.DEFINITE and bool(question.said)
    leads, leads_before = _leads(best), _leads(last)
    return [
        [
            best[number],
            last[number],
            float(leads[number] > 0),
            float(leads_before[number] > 0),
            max(0.0, leads[number]),
            last[number] * is_varied,
        ]
        for number in range(len(held))
    ]


def _leads(held: Sequence[float]) -> list[float]:
    """By how much each number is above all others, and above nothing."""
    return [
        one - max((other for at, other in enumerate(held) if at != number and other > 0), default=0)
        for number, one in enumerate(held)
    ]


def _noun(text: str, form: Source) -> Span:
    """The noun of a description, all of it where the noun is not found."""
    assert form.core is not None  # noqa: S101 - a description has words
    noun = re.compile(rf"\b{re.escape(form.head)}\b", re.IGNORECASE)
    held = [found.span() for found in noun.finditer(text, form.core.start, form.core.end)]
    return Span(*held[-1]) if form.head and held else form.core


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
