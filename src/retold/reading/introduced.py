"""Persons whom a text brings in by a noun alone: "a former clerk", "her husband".

They may be whom a pronoun means, and whom the same noun names again.
"""

from __future__ import annotations

import re

from retold import lexicons, spans
from retold.reading.stage import Stage
from retold.types import Span, SpeakerKind

_PHRASE = re.compile(
    r"\b(?:[Aa]n?|[Aa]nother|[Oo]ne|[Hh]is|[Hh]er|[Mm]y|[Tt]heir)"
    r"(?P<words>(?: [a-z][\w’-]*){1,3}?)"
    r"(?P<tail>(?: (?:of|for|from|at|in) (?:the |a |an )?[\w’-]+(?: [A-Z][\w’-]+)*)?)"
    r"(?=,? (?:who|had|has|was|is|were|said|says|told|tells|would|could|came|went|rang|"
    r"\w+ed)\b)"
)
_WORD = re.compile(r"[\w’-]+")


def add(stage: Stage) -> None:
    """The stage with all who are brought in so, where nobody is named beside them."""
    scene, nouns = stage.scene, lexicons.words("person_nouns")
    roles = [r.span for c in stage.characters for r in c.roles]
    for sentence in scene.sentences:
        for found in _PHRASE.finditer(scene.text, sentence.start, sentence.end):
            head = _WORD.findall(found["words"])[-1]
            place = Span(*found.span())
            if head not in nouns or scene.quotation(place.start) is not None:
                continue
            near = Span(place.start, min(len(scene.text), place.end + 3))
            if scene.roster.within(near) or any(spans.overlaps(place, role) for role in roles):
                continue
            name = (found["words"] + found["tail"]).strip()
            stage.add(name, SpeakerKind.UNNAMED, place, plural=False, head=head)
