"""Whom "it" means."""

from __future__ import annotations

import re

from retold import spans
from retold.reading import roles, sources
from retold.reading.sources import Source
from retold.reading.stage import Answer, Stage, latest
from retold.types import Span, SpeakerKind

_THINGS = (SpeakerKind.ORGANISATION, SpeakerKind.DOCUMENT, SpeakerKind.PLACE)
_NOBODYS = re.compile(r" (?:is|was|has been|had been|became)(?: \w+ly)? (?:\w+ed|known|clear)\b")
_THING = re.compile(
    r"(?:(?:And|But|Still|Yet|So|Then|Now|However|Meanwhile),? )?"
    r"(?:The|This|That|An?|Its|His|Her|Their) (?P<words>(?:[\w’'-]+ ){1,4})"
)


def it(stage: Stage, index: int, form: Source) -> Answer:
    """Whom "it" means: the body, paper or place that its own sentence is about, else the last that
    spoke, unless the sentence before is about something that does not speak."""
    if form.core is None or _NOBODYS.match(stage.text, form.core.end):
        return None, 0.0  # "it was revealed that …"
    at = form.core.start
    subject = stage.scene.subject(stage.scene.sentence(at))
    if subject is not None and is_before(stage, index, subject, at):
        return subject, 0.7
    spoke = {i for i, _ in stage.history[-4:]}
    things = [c for c in stage.characters if c.kind in _THINGS and c.index in spoke]
    best = latest(stage, at, things, 900)
    return (None, 0.0) if best is None or _follows_a_thing(stage, at) else (best, 0.7)


# where a subject stands: at the head of a clause, and not before a noun ("the Holt administration")
_HEAD = re.compile(
    r"(?:^|[,;:—–] |\b(?:after|although|because|before|if|though|when|while) )(?:[Tt]he )?$"
)
_NOUN = re.compile(r" (?P<noun>[a-z]+)")


def is_before(stage: Stage, index: int, subject: int, at: int) -> bool:
    """True for a body, paper or place that opens a clause before `at`, outside what is said."""
    character, sentence = stage.characters[subject], stage.scene.sentence_at(at)
    places = [m for m in character.mentions if sentence.start <= m.start < at]
    if character.kind not in _THINGS or not places:
        return False
    after = _NOUN.match(stage.text, places[0].end)
    is_noun = after is not None and sources.is_speaking({after["noun"]})
    is_head = _HEAD.search(stage.text[sentence.start : places[0].start]) is not None
    said = stage.triples[index].content
    return is_head and not is_noun and not any(spans.overlaps(places[0], c) for c in said)


def _follows_a_thing(stage: Stage, at: int) -> bool:
    """True where the sentence before is about what is no body, paper, place, person or group: "The
    new rule is strict. {It} bars …"."""
    scene = stage.scene
    sentence = scene.sentences[max(0, scene.sentence(at) - 1)]
    found = _THING.match(stage.text, sentence.start, sentence.end)
    if found is None or scene.sentence_at(at).start != at:
        return False
    opening = Span(sentence.start, found.end())
    if any(spans.overlaps(m, opening) for c in stage.characters for m in c.mentions):
        return False
    words = [w.lower() for w in found["words"].split()]
    nouns = {*words, *map(roles.singular, words)}
    return not sources.is_speaking(nouns)
