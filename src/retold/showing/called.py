"""What each outlet calls the actors of a story, in the order in which a reader wants it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from retold.showing.view import View
from retold.spans import cut
from retold.types import Wording


@dataclass(frozen=True, slots=True)
class Called:
    """Words of an outlet for an actor: the first place, by its index in the report, and how often
    the same words stand in the same way."""

    number: int
    words: Wording
    count: int


def of(view: View) -> dict[str | None, dict[str, tuple[Called, ...]]]:
    """By actor and article, what each outlet calls the actor; the actor with most words first, last
    the loaded words about none (None).

    Loaded words come first, then the most used; the same words are one, in whatever case.
    """
    found: dict[str | None, dict[str, dict[tuple[str, bool], Called]]] = {}
    for n, words in enumerate(view.report.wording):
        form = cut(view.articles[words.article_id].text, words.span).casefold()
        own = found.setdefault(words.about, {}).setdefault(words.article_id, {})
        known = own.get((form, words.in_quotation), Called(n, words, 0))
        own[form, words.in_quotation] = replace(known, count=known.count + 1)
    order = {a.id: n for n, a in enumerate(view.report.articles)}
    actors = sorted(found, key=lambda about: (about is None, -_own_words(found[about].values())))
    return {
        about: {
            article: tuple(sorted(own.values(), key=lambda c: (not c.words.is_loaded, -c.count)))
            for article, own in sorted(found[about].items(), key=lambda item: order[item[0]])
        }
        for about in actors
    }


def _own_words(outlets: Iterable[Mapping[tuple[str, bool], Called]]) -> int:
    return sum(c.count for own in outlets for c in own.values() if not c.words.in_quotation)
