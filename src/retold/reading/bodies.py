"""Which body or paper a noun points back to: "the committee", "the union", "the newspaper".

A noun goes to a body whose name holds it ("the committee" to the Harbour Committee) or that is
known to be one ("the bureau" to the FBI); whatever else stands in the description must stand in the
name too. "The company" and "the group" may be any body that nothing tells to be something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.reading import sources
from retold.reading.antecedents import Character
from retold.reading.profiles import is_outlet, known_as, words
from retold.reading.questions import frame_of
from retold.reading.sources import Source
from retold.reading.stage import Stage, latest, words_in
from retold.types import SpeakerKind

MAX_BACK_CHARS = 6000
MAX_GENERAL_CHARS = 1500

_GENERAL = frozenset(
    "airline automaker body carmaker carrier chipmaker company drugmaker firm group maker "  # noqa: SIM905
    "manufacturer network organisation organization retailer".split()
)
_PAPERS = frozenset({"magazine", "newspaper", "outlet", "paper", "site", "website"})
# words in the name of a body that is none of `_GENERAL`
_STATE = frozenset(
    "administration agency army bureau cabinet chamber commission committee congress council court "  # noqa: SIM905
    "department government house legislature ministry office parliament party police senate".split()
)
ALSO = {"panel": ("committee", "commission", "board"), "court": ("circuit",)}
_SAME_WORDS = {"high": "supreme"}  # "the high court"
_TELLS_WHICH = re.compile(r" (?:that|who|which|of)\b")


def meant(stage: Stage, index: int, form: Source) -> int | None:
    """The body or paper that the description of triple `index` points back to, if one does."""
    if form.core is None or _TELLS_WHICH.match(stage.text, form.core.end):
        return None
    at = form.core.start
    bodies = [c for c in stage.characters if c.is_named and c.kind is SpeakerKind.ORGANISATION]
    said = _modifiers(stage, form)
    heads = {form.head, *ALSO.get(form.head, ())}
    fitting = [c for c in bodies if heads & _nouns(c) and said <= words(c.name)]
    if form.head in _PAPERS and not said:
        fitting += [c for c in bodies if is_outlet(c.name) and not known_as(c.name)]
    if (best := latest(stage, at, fitting, MAX_BACK_CHARS)) is not None:
        is_named_so = form.head in words(stage.characters[best].name)
        is_any = form.head in _GENERAL and not said and not is_named_so
        is_open = is_any and frame_of(stage, index)[0] is None
        nearer = _subject_since(stage, at, best, bodies) if is_open else None
        return best if nearer is None or _is_other(nearer, form.head) else nearer.index
    if form.head not in _GENERAL:
        return None
    open_to = [c for c in bodies if not _is_other(c, form.head)]
    if said:
        return latest(stage, at, [c for c in open_to if said <= words(c.name)], MAX_BACK_CHARS)
    return _any(stage, index, at, open_to)


def _any(stage: Stage, index: int, at: int, bodies: Sequence[Character]) -> int | None:
    """The body that "the company" means: that of the one who speaks, one named in the sentence, the
    subject of the sentence before, one without a name that spoke last, else the last that spoke or
    the only one that was named."""
    frame = frame_of(stage, index)[0]
    if frame is not None and (own_body := body_of(stage, frame)) is not None:
        return own_body  # "Holt, the Nordwing chief, said {the company} would pay"
    scene = stage.scene
    here = latest(stage, at, bodies, at - scene.sentence_at(at).start)
    if here is not None:
        return here
    before = scene.subject(scene.sentence(at) - 1)
    if before in {c.index for c in bodies}:
        return before
    if (described := _last_described(stage, at)) is not None:
        return described
    spoke = {i for i, _ in stage.history}
    speaking = [c for c in bodies if c.index in spoke]
    if not speaking:
        near = [c for c in bodies if c.last_before(at) >= max(0, at - MAX_GENERAL_CHARS)]
        return near[0].index if len(near) == 1 else None
    return latest(stage, at, speaking, MAX_GENERAL_CHARS)


def _subject_since(
    stage: Stage, at: int, index: int, bodies: Sequence[Character]
) -> Character | None:
    """The body that the sentence before, in the same paragraph, is about, if the character `index`
    is not named since."""
    scene = stage.scene
    before = scene.sentence(at) - 1
    if before < 0 or scene.paragraph(scene.sentences[before].start) != scene.paragraph(at):
        return None
    subject = scene.subject(before)
    if stage.characters[index].last_before(at) >= scene.sentences[before].end:
        return None
    return next((c for c in bodies if c.index == subject), None)


def _last_described(stage: Stage, at: int) -> int | None:
    """The body without a name that spoke last, here or in the paragraph before: "a task force"."""
    if not stage.history:
        return None
    speaker, place = stage.history[-1]
    character = stage.characters[speaker]
    is_near = stage.scene.paragraph(at) - stage.scene.paragraph(place) <= 1
    is_body = not character.is_named and character.kind is SpeakerKind.ORGANISATION
    return speaker if is_near and is_body else None


def body_of(stage: Stage, index: int) -> int | None:
    """The organisation for which a person speaks, as his roles say; None for none or several."""
    bodies = {
        figure.index
        for role in stage.characters[index].roles
        for _, figure in stage.scene.roster.within(role.span)
        if figure.kind is SpeakerKind.ORGANISATION
    }
    return bodies.pop() if len(bodies) == 1 else None


def _modifiers(stage: Stage, form: Source) -> set[str]:
    """The words of a description beside its noun and its article."""
    words = words_in(stage.text, form.core) if form.core else []
    skip = sources.DEFINITE | {form.head}
    told = [w for w in words if w not in skip and not w[0].isdigit()]  # "the 41-member panel"
    return {_SAME_WORDS.get(w, w) for w in told}


def _nouns(body: Character) -> set[str]:
    """The nouns that a body's name holds, or by which it is known."""
    return words(body.name) | known_as(body.name)


def _is_other(body: Character, noun: str) -> bool:
    """True for a body that is told to be something else than `noun` says: an outlet, a part of the
    state, one that is known by other nouns."""
    known = known_as(body.name)
    if known:
        return noun not in known
    return is_outlet(body.name) or bool(words(body.name) & (_STATE - {noun, "party"}))
