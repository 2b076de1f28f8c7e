"""Whose a statement is, as a reader is told it: the chain in names, with `perhaps` before a speaker
whom its source does not name and who is not sure to be meant."""

from __future__ import annotations

import re

from retold import spans
from retold.showing import view
from retold.showing.view import View
from retold.types import Attribution

PERHAPS = "perhaps"
# of the speakers of the training stories that are inferred .97 of 399 are right from here on, .71
# of 93 below (`python -m evaluation --only train-stories`, "speaker: perhaps")
SURE_SPEAKER = 0.8

_WORDS = re.compile(r"\w{2,}")


def is_doubtful(score: float, *, name: str, source: str) -> bool:
    """True of a speaker with a score of less than `SURE_SPEAKER` whom the words of the source do
    not name: "he", "the Texas Republican". What names him, or is all that is known of him, is shown
    as it stands."""
    return score < SURE_SPEAKER and not _words(name) & _words(source)


def is_perhaps(seen: View, attribution: Attribution) -> bool:
    """True if whoever is shown as the speaker is not sure to be meant."""
    if attribution.speaker_id not in seen.speakers:
        return False
    text = seen.articles[attribution.article_id].text
    return is_doubtful(
        attribution.speaker_score,
        name=view.name(seen, attribution.speaker_id),
        source=words(text, attribution),
    )


def words(text: str, attribution: Attribution) -> str:
    """The words that say who speaks; empty where there are none."""
    return " ".join(spans.cut(text, piece) for piece in attribution.source)


def chain(seen: View, article_id: str, attribution: Attribution | None) -> tuple[str, ...]:
    """The chain in names, from the outlet to the innermost speaker, as a reader is told it."""
    names = view.chain(seen, article_id, attribution)
    if attribution is None or not is_perhaps(seen, attribution):
        return names
    return (*names[:-1], f"{PERHAPS} {names[-1]}")


def _words(text: str) -> set[str]:
    return set(_WORDS.findall(text.casefold())) - {"the", "of"}
