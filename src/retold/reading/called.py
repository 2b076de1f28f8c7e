"""What a speaker who is only described is called: the words of the text, with the owner's name."""

from __future__ import annotations

import re

from retold import lexicons, spans
from retold.reading import owners, sources
from retold.reading.antecedents import Character, Question, may_be
from retold.reading.names import Gender
from retold.reading.questions import FEMALE, MALE, ask, frame_of, people
from retold.reading.sources import Source
from retold.reading.stage import Stage, latest
from retold.types import Span, SpeakerKind

MAX_NAME_CHARS = 90
MAX_OWNER_WORDS = 3
# A wrong owner in a name misleads: below this, or where another was named since, "his advisers" are
# just "advisers".
SURE_OWNER = 0.8
ASIDE = re.compile(r",(?= |$)|\s(?:[–—-]|--)(?:\s|$)| \(")
_HANGS_ON = frozenset({"who", "that", "which", "of", "in", "with"})
_ARTICLES = frozenset({"the", "a", "an", "one", "this", "that", "these", "those"})
_OPEN_END = re.compile(r" (?:that|who|which|where|and|of)$")
_OWNS = re.compile(r"(?:[’']s|(?<=s)[’'])$")
_SHARE = re.compile(
    r"(?P<share>(?:many|most|some|several|few|all|lots|any|a (?:number|majority|group)|[a-z]+) of )"
    r"(?P<owner>his|her|my|our|their|its) (?P<rest>\w.*)",
    re.IGNORECASE,
)


def name(stage: Stage, index: int, form: Source) -> str:
    """The description of triple `index`'s source without its article; an owner is named where
    "his", "my" or "the mayor’s" can be told."""
    whole = _words(stage.text, form)
    first, _, rest = whole.partition(" ")
    if shared := _SHARE.fullmatch(whole):
        owner = _owner(stage, index, form, shared["owner"].lower())
        return f"{shared['share']}{owner}’s {shared['rest']}" if owner else shared["rest"]
    if rest.split(" ")[0] in _HANGS_ON:
        return whole
    if form.owner is not None and (owner := _named(stage, form.owner)) is not None:
        return f"{owner}’s {_after(whole)}"
    if (owned := owners.of(stage, index, form)) is not None:
        return owned
    if first.lower() in _ARTICLES and rest:
        return rest
    if first.lower() in sources.POSSESSIVE and rest:
        owner = _owner(stage, index, form, first.lower())
        return f"{owner}’s {rest}" if owner else rest
    return whole


def _words(text: str, form: Source) -> str:
    """The description up to an aside, and not without end."""
    assert form.core is not None  # noqa: S101 - a description has words
    assert form.span is not None  # noqa: S101 - as above
    whole = text[form.core.start : form.span.end]
    stop = ASIDE.search(whole, 1)
    if stop is not None and stop.start() < len(form.core) and stop.group() == ",":
        stop = ASIDE.search(whole, len(form.core))  # "the young, ambitious lawyer"
    words = " ".join((whole[: stop.start()] if stop else whole).split())
    if len(words) > MAX_NAME_CHARS:
        words = words[: words.rfind(" ", 0, MAX_NAME_CHARS)] or words[:MAX_NAME_CHARS]
    return _OPEN_END.sub("", _OWNS.sub("", words))


_OWNED = re.compile(r".*?(?:[’'][sS]|(?<=s)[’']) ")


def _after(whole: str) -> str:
    """What is owned: "campaign" of "the president’s campaign"."""
    found = _OWNED.match(whole)
    return whole[found.end() :] if found else whole


def _named(stage: Stage, owner: Span) -> str | None:
    """The full name of the one person whom an owner is: "Holt’s", or "the president’s" where that
    office is one person’s."""
    meant = [
        c
        for c in stage.characters
        if c.is_named
        and _is_certain(stage, c)
        and any(spans.contains(owner, m) for m in c.mentions)
    ]
    words = [w for w in spans.cut(stage.text, owner).lower().split() if w not in _ARTICLES]
    ends = {meant[0].name.lower().split()[-1]} - lexicons.words("titles") if meant else set()
    if ends and meant[0].kind is SpeakerKind.PERSON:
        ends |= lexicons.words("person_nouns")
    is_whole = len(words) <= MAX_OWNER_WORDS and bool(words) and words[-1] in ends
    return meant[0].name if len(meant) == 1 and is_whole else None


def _owner(stage: Stage, index: int, form: Source, pronoun: str) -> str | None:
    """The name of the one whom "his" or "her" means before a noun, or "my" and "our" in a
    quotation."""
    if pronoun in {"my", "our"}:
        frame = frame_of(stage, index)[0]
        is_named = frame is not None and stage.characters[frame].is_named
        return stage.characters[frame].name if frame is not None and is_named else None
    if pronoun not in MALE | FEMALE or form.core is None:
        return None
    question = Question(
        at=form.core.start,
        content=(),
        history=tuple(stage.history),
        frame=None,
        excluded=frozenset(),
        gender=Gender.MALE if pronoun in MALE else Gender.FEMALE,
    )
    best, odds, _ = ask(stage, question)
    if best is None or odds < SURE_OWNER or not _is_certain(stage, best):
        return None
    persons = [c for c in people(stage) if may_be(c, question)]
    return best.name if latest(stage, question.at, persons, 600) == best.index else None


def _is_certain(stage: Stage, character: Character) -> bool:
    """True if the character is named, and the name is known for a person's."""
    figures = stage.scene.roster.figures
    return character.is_named and figures[character.index].is_certain
