"""Whose a speaker is who is described by a body alone: "the campaign", "union officials".

The text said before whose campaign it is ("Holt’s campaign"), or which union ("the Harbour Union").
"""

from __future__ import annotations

import re
from dataclasses import replace

from retold.reading import bodies, sources
from retold.reading.antecedents import Character
from retold.reading.sources import Form, Source
from retold.reading.stage import Stage
from retold.types import Span

MAX_BACK_CHARS = 6000
_OF_SOMEBODY = frozenset({"administration", "camp", "campaign", "family", "office", "team"})
# bodies of which an article mostly has one, so that "company officials" are that one's
_BODIES = frozenset(
    "agency airline association bank bureau carrier charity college commission committee company "  # noqa: SIM905
    "council department firm foundation hospital institute magazine ministry network newspaper "
    "organisation organization panel retailer station studio union university utility".split()
)
_WORD = re.compile(r"[\w’'-]+")
_DESCRIBED = r"(?:’s|'s|(?<=s)’|(?<=s)')?(?: (?:re-?election|presidential|campaign|own))* "


def of(stage: Stage, index: int, form: Source) -> str | None:
    """The description of triple `index`'s source with the name of the body or person whose it is;
    None where the text names none."""
    if form.core is None or form.span is None or form.owner is not None:
        return None
    words = list(_WORD.finditer(stage.text, form.core.start, form.core.end))
    bare = [w for w in words if w.group().lower() not in sources.DEFINITE | sources.INDEFINITE]
    is_definite = form.determiner in sources.DEFINITE
    if len(bare) == 1 and is_definite and bare[0].group() in _OF_SOMEBODY:
        return _somebody(stage, bare[0].group(), bare[0].start())
    if len(bare) > 1 and bare[-2].group() in _BODIES and form.form is not Form.ORGANISATION:
        noun = Span(*bare[-2].span())
        body = replace(form, form=Form.ORGANISATION, core=noun, head=bare[-2].group())
        meant = bodies.meant(stage, index, body)
        if meant is not None and stage.characters[meant].is_named:
            before = stage.text[bare[0].start() : noun.start]
            after = stage.text[noun.end + 1 : form.core.end]
            return f"{before}{stage.characters[meant].name} {after}"
    return None


def _somebody(stage: Stage, noun: str, at: int) -> str | None:
    """ "Holt’s campaign" for "the campaign", as the text called it last; "the administration" is
    else that of the president of its time."""
    owner = _owner(stage, noun, at)
    if owner is None and noun == "administration" and stage.president is not None:
        owner = stage.characters[stage.president]
    return f"{owner.name}’s {noun}" if owner is not None else None


def _owner(stage: Stage, noun: str, at: int) -> Character | None:
    """Whose such a body was where the text last said whose, before `at`."""
    held = re.compile(_DESCRIBED + rf"{noun}\b")
    found = None
    for mention, figure in stage.scene.roster.within(Span(max(0, at - MAX_BACK_CHARS), at)):
        if mention.end < at and held.match(stage.text, mention.end):
            found = stage.characters[figure.index]
    return found
