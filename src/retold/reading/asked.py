"""A description that may mean somebody named, and what is known around it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from retold import lexicons
from retold.reading import bodies, incumbents, makers, names, occasions, profiles, roles, sources
from retold.reading.antecedents import BROAD, Character
from retold.reading.names import fold
from retold.reading.profiles import Profile
from retold.reading.questions import frame_of
from retold.reading.sources import Form, Source
from retold.reading.stage import Stage, words_in
from retold.types import Span, SpeakerKind

_TAIL = re.compile(r" (?:by|from|of|for) (?:the |a |an )?([\w’-]+(?: [\w’-]+)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A description and what is known around it.

    `heads` are its nouns for a person, `said` its other words, `owner` those that may say whose it
    is, `capitals` the keys of those with a capital. `frame` is who speaks around it, `quoted_on`
    who may speak on, `subject` and `opening` whom the sentence before and the paragraph are about.
    `named`, `inside` and `content` are the figures named in the description itself, in the whole
    source or as whom it is said to, and in what is said.
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


def of(stage: Stage, index: int, form: Source) -> Asked:
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
        subject=scene.subject(sentence - 1, by_office=False),
        opening=scene.subject(first, by_office=False) if first < sentence else None,
        named=_named(stage, form.core),
        inside=_named(stage, form.span) | _addressed(stage, index),
        content=frozenset[int]().union(*(_named(stage, piece) for piece in content)),
        makers=makers.of(stage, form),
    )


# nouns for those who mostly stay unnamed: only whom the text calls so, and never "an official"
_UNNAMED = frozenset(
    "aide adviser insider official operative source spokesman staffer witness".split()  # noqa: SIM905
)
# nouns by which texts vary the names of those whom they never call so
_VARYING = frozenset(
    "actor actress analyst anchor athlete author billionaire broadcaster businessman "  # noqa: SIM905
    "businesswoman captain celebrity chancellor colonel columnist comedian commentator counsel "
    "economist entrepreneur executive filmmaker financier general host industrialist investor "
    "journalist justice lawyer magnate mogul musician newcomer nominee novelist physician player "
    "president president-elect prime-minister professor prosecutor pundit quarterback rapper "
    "scholar singer star statesman strategist tycoon whistleblower writer".split()
)


_RANKS = frozenset({"deputy", "vice"})
# two hold an office with one of these, and only one of them is called so
_PHASES = frozenset({"departing", "incoming", "next", "outgoing"})


def may_be_so(stage: Stage, form: Source, c: Character) -> bool:
    """False for one whom a description cannot mean: who is not called as it says in capitals ("the
    Mexican president"), is not "former" in his office, or whom the text never calls so where the
    noun is not one by which texts vary names."""
    words = words_in(stage.text, form.core) if form.core else []
    if not words or form.core is None or _is_another(words):
        return False
    heads = roles.last_heads(words) or {roles.head_of(form.head)}
    missing = _capitals(stage, form.core) - keys(stage, c)
    if missing and not (heads & (BROAD | _SEATS) and _is_left_out(missing, keys(stage, c))):
        return False
    if {roles.key(w) for w in _PHASES & set(words)} - keys(stage, c):
        return False
    if is_of_another(stage, form, c):
        return False
    if "former" in words and c.index == stage.president and words[-1] == "president":
        return False
    if form.form is not Form.NOMINAL or c.kind is not SpeakerKind.PERSON:
        return True
    if heads & c.heads:
        return not (heads & _UNNAMED and form.determiner in sources.INDEFINITE)
    return form.determiner in sources.DEFINITE and _is_varying(words, heads, c)


def _is_varying(words: Sequence[str], heads: AbstractSet[str], c: Character) -> bool:
    """True for a noun that may be said of one whom the text never calls so."""
    if heads & (BROAD | _VARYING) or words[-1].endswith("-year-old"):
        return True
    is_free = "former" in words or (bool(heads & _SEATS) and not c.heads - BROAD)
    return is_free and not heads & _UNNAMED


# offices whose seat an article may leave to the reader: "the Ohio Republican", "the House speaker"
_SEATS = frozenset("congressman governor mayor representative senator speaker".split())  # noqa: SIM905
_CHAMBERS = frozenset({"house", "senate", "gop"})


def _is_left_out(missing: AbstractSet[str], told: AbstractSet[str]) -> bool:
    """True for a state or a chamber, of one of whom the text tells no other."""
    return missing <= _states() | _CHAMBERS and not (missing & _states() and told & _states())


@cache
def _states() -> frozenset[str]:
    """The words of the names of American states, shortened."""
    held = {w for name in lexicons.table("states").values() for w in name.split()}
    return frozenset(roles.key(w) for w in held - {"New", "North", "South", "West"})


def is_of_another(stage: Stage, form: Source, c: Character) -> bool:
    """True for "the vice president’s son", of whom the text says that he is the president’s, and
    for the president of a college, who is not that of the country."""
    words = words_in(stage.text, form.core) if form.core else []
    if form.core is not None and c.index == stage.president and words[-1:] == [incumbents.OFFICE]:
        return incumbents.is_of_others(stage.text, form.core.end)
    return form.owner is not None and bool(_RANKS & set(words) - keys(stage, c))


_OTHERS = frozenset("first fourth neither other second third".split())  # noqa: SIM905


def is_unnamed(form: Source) -> bool:
    """True for "the official" and others who mostly stay unnamed."""
    return form.form is Form.NOMINAL and roles.head_of(form.head) in _UNNAMED


def _is_another(words: Sequence[str]) -> bool:
    """True for "the other candidate", "the second source", "the then-minister"."""
    is_first = bool(_OTHERS & set(words)) and words[-1] != "lady"
    return is_first or any(word == "then" or word.startswith("then-") for word in words)


def _named(stage: Stage, span: Span) -> frozenset[int]:
    return frozenset(figure.index for _, figure in stage.scene.roster.within(span))


def _addressed(stage: Stage, index: int) -> frozenset[int]:
    """To whom it is said: not to himself."""
    to = occasions.addressee(stage.scene, stage.triples[index])
    return _named(stage, to) if to is not None else frozenset()


def _owner(stage: Stage, form: Source, core: Span, span: Span) -> frozenset[str]:
    """The words that may say whose it is: "company" of "a company statement", "union" of "an
    announcement by the union"."""
    words = words_in(stage.text, core)[:-1]
    if tail := _TAIL.match(stage.text, core.end, span.end):
        words += tail[1].lower().split()
    return frozenset(fold(w) for w in words) - sources.DEFINITE - sources.INDEFINITE


def _capitals(stage: Stage, core: Span) -> frozenset[str]:
    """The keys of the words with a capital, the first word and titles left out, as is "Prime" of
    "the Prime Minister"."""
    words = names.words_of(stage.text, core)[1:]
    titles = lexicons.words("titles") | lexicons.words("person_nouns")
    if "-".join(word.low for word in words[-2:]) in titles:
        words = words[:-2]
    held = (w for w in words if w.is_capital or w.is_compound)
    return frozenset(roles.key(w.text) for w in held if w.low not in titles)


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


def profile(stage: Stage, character: Character) -> Profile:
    """The profile of a named character, made once."""
    if character.index not in stage.profiles:
        figure = stage.scene.roster.figures[character.index]
        stage.profiles[character.index] = profiles.of(stage.text, figure)
    return stage.profiles[character.index]


def says_whose(stage: Stage, form: Source) -> bool:
    """True for "the Harbour Times reporter": nobody else than whom the text calls so."""
    assert form.core is not None  # noqa: S101 - a description has words
    words = names.words_of(stage.text, form.core)[1:]
    nouns = lexicons.words("person_nouns") | lexicons.words("titles")
    return any(w.is_capital and w.low not in nouns for w in words)
