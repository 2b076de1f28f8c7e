"""The five verbs, all stages in order: START HERE.

    bytes ──load──▶ Article ──read──▶ Reading ──group──▶ Story ──compare──▶ Report

`read` looks at one article and nothing else; only `group` and `compare` look across.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from retold.comparing import report, stories
from retold.errors import FormatError
from retold.reading import attributions, hearsay, passages, speakers, statements, times
from retold.reading.encoder import Encoder
from retold.types import Article, Reading, Report, Story, Triple


def read(
    article: Article,
    *,
    encoder: Encoder | None = None,
    triples: tuple[Triple, ...] | None = None,
) -> Reading:
    """Who says what in one article, where exactly; `triples` stand in place of those that the model
    finds, as somebody marked them."""
    encoder = encoder or Encoder.default()
    if triples is None and not attributions.can_read(article):
        return _unread(article, encoder)
    states = encoder.encode(article)
    mentions = attributions.mentions(article, states, encoder)
    found = times.find(article)
    if triples is None:
        triples = hearsay.add(article, attributions.extract(article, states, encoder))
        cast = speakers.resolve(article, triples, mentions, states)
        triples, cast = statements.without_own_minds(article, triples, cast)
    else:
        cast = speakers.resolve(article, triples, mentions, states)
    said = statements.assemble(article, triples, cast, found)
    units = passages.split(article, said)
    return Reading(
        article=article,
        model=encoder.name,
        attributions=said,
        speakers=cast.speakers,
        mentions=mentions,
        times=found,
        passages=units,
        vectors=states.vectors(tuple(p.span for p in units)),
        notes=attributions.notes(article) + times.notes(article, found),
    )


def read_all(articles: Iterable[Article], *, encoder: Encoder | None = None) -> Iterator[Reading]:
    """A reading for each article, in order, one in memory at a time."""
    encoder = encoder or Encoder.default()
    for article in articles:
        yield read(article, encoder=encoder)


def group(readings: Sequence[Reading], *, dated: bool = True) -> tuple[Story, ...]:
    """Readings of the same event put together; the largest story first.

    Without `dated` it does not count when they were published.
    """
    return stories.group(readings, dated=dated)


def compare(story: Story | Sequence[Reading]) -> Report:
    """Where the accounts of one story agree, differ and are silent.

    Raises:
        FormatError: there is no account.
    """
    readings = story.readings if isinstance(story, Story) else tuple(story)
    if not readings:
        raise FormatError(
            "there is nothing to compare: no reading was given.",
            hint="Look at the `failures` of what `retold.load` gave: they say why.",
        )
    return report.compile(readings)


def retell(articles: Sequence[Article], *, encoder: Encoder | None = None) -> Report:
    """Articles of one story in, their comparison out."""
    return compare(tuple(read_all(articles, encoder=encoder)))


def _unread(article: Article, encoder: Encoder) -> Reading:
    """A reading that says why nothing is in it: what is not understood is not compared."""
    return Reading(
        article=article,
        model=encoder.name,
        attributions=(),
        speakers=(),
        mentions=(),
        times=(),
        passages=(),
        vectors=b"",
        notes=attributions.notes(article),
    )
