"""Whether a text has turned to another body of a kind since it named one.

"The Ninth Circuit held … The Supreme Court … The Ninth Circuit … {the court}": it may be either.
"""

from __future__ import annotations

from collections.abc import Sequence

from retold.reading import bodies
from retold.reading.antecedents import Character
from retold.reading.asked import Asked, profile
from retold.reading.names import fold
from retold.reading.sources import Form
from retold.reading.stage import Stage
from retold.types import SpeakerKind

# of these an article on one mostly tells of another too: it is the one that the text is about
_IN_TIERS = frozenset({"court"})


def by_another(stage: Stage, question: Asked, c: Character) -> bool:
    """True if the text tells before of another of what the bare noun of a description says: after
    the sentence that last names `c`, or where `c`, a court, was named only beside the matter."""
    last = c.last_before(question.at)
    is_bare = question.form.form is Form.ORGANISATION and not question.said
    if not is_bare or last < 0:
        return False
    others = [o for o in stage.characters if o is not c and _is_such(stage, question, o)]
    other = max((o.last_before(question.at) for o in others), default=-1)
    if other < 0 or other >= stage.scene.sentence_at(last).end:
        return other >= 0
    return question.form.head in _IN_TIERS and not _is_topic(stage, c, last, others)


def _is_such(stage: Stage, question: Asked, c: Character) -> bool:
    """True for a body that is named, known or described by the noun of a description."""
    if c.kind is not SpeakerKind.ORGANISATION:
        return False
    if not c.is_named:
        return c.head == question.form.head
    noun, held = fold(question.form.head), profile(stage, c)
    return bool({noun, *bodies.ALSO.get(noun, ())} & (held.words | held.known | held.called))


def _is_topic(stage: Stage, c: Character, last: int, others: Sequence[Character]) -> bool:
    """True if `c` spoke last, or the sentence that names it at `last` is about it: not about one of
    the others, as "The Ninth Circuit’s ruling came as the Supreme Court met" is."""
    scene = stage.scene
    start = scene.sentence_at(last).start
    if any(start <= m.start < last for o in others for m in o.mentions):
        return False
    is_speaker = bool(stage.history) and stage.history[-1][0] == c.index
    return is_speaker or scene.subject(scene.sentence(last)) == c.index
