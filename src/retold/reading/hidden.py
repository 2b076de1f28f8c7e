"""What a page hides and its text shows: headlines behind a name, as far as “MORE”.

Mayor Anna Holt{ Anna Maria HoltCouncil says no Harbour is closed MORE} left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retold.reading import names
from retold.types import Span

_LAST = "MORE"
# the headlines of the few stories that are linked there
_HEADLINES = re.compile(rf"(?:[^\n]{{5,1500}}? )?{_LAST}(?![^\W_])")


def within(text: str, bounds: Span) -> Iterator[Span]:
    """The hidden stretches of a paragraph, in text order."""
    at = bounds.start
    if text.find(_LAST, bounds.start, bounds.end) < 0:
        return
    for word in names.words_of(text, bounds):
        again = names.again(text, word.start, bounds.end) if word.start >= at else None
        last = _HEADLINES.match(text, again.end(), bounds.end) if again else None
        if again and last:
            at = last.end()
            yield Span(again.end("name"), at)
