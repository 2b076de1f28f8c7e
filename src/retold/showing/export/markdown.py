"""A dossier of a story in Markdown: all that was found, every word with a footnote to its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from retold import spans
from retold.showing import called, dates, shared, voices
from retold.showing import view as views
from retold.showing.export import iris
from retold.showing.view import View
from retold.types import (
    Article,
    Attribution,
    Change,
    Claim,
    Origin,
    Place,
    Report,
    Span,
    Telling,
    Variant,
)

# what Markdown, its tables and its mathematics read as their own
_SPECIAL = re.compile(r"[\\`*_\[\]<>&#|~^$]")
_OPENING = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")


class Footnotes:
    """The places that the dossier has pointed to so far, each under one number."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.numbers: dict[Place, int] = {}

    def words(self, article_id: str, span: Span) -> str:
        """The words at the place, followed by the mark of their footnote."""
        number = self.numbers.setdefault(Place(article_id, span), len(self.numbers) + 1)
        return f"{plain(spans.cut(self.view.articles[article_id].text, span))}[^{number}]"

    def all_words(self, article_id: str, pieces: Iterable[Span]) -> str:
        return " … ".join(self.words(article_id, piece) for piece in pieces)

    def lines(self) -> Iterator[str]:
        """The notes themselves, one a line, in the order of their numbers."""
        for place, number in self.numbers.items():
            article = self.view.articles[place.article_id]
            yield (
                f"[^{number}]: {_cited(self.view, article)}, characters "
                f"{place.span.start}–{place.span.end}.\n"
            )


def encode(report: Report) -> str:
    """The dossier: CommonMark with footnotes, no line of the articles read as markup."""
    view = views.of(report)
    notes = Footnotes(view)
    sections = (
        _accounts(view, notes),
        _differences(view, notes),
        _claims(view, notes),
        _lone(view, notes),
        _quotations(view, notes),
        _statements(view, notes),
        _timeline(view, notes),
        _wording(view, notes),
        _limits(report),
    )
    title = f"# {'; '.join(plain(label) for label in view.labels.values())}\n"
    body = [title, *("\n".join(lines) + "\n" for section in sections if (lines := [*section]))]
    return "\n".join([*body, "".join(notes.lines())])


def plain(words: str) -> str:
    """The words on one line, with nothing in them that Markdown would read."""
    line = " ".join(words.split())
    return _OPENING.sub(_escaped, _SPECIAL.sub(_escaped, line))


def _escaped(found: re.Match[str]) -> str:
    sign = found.group()
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def _cited(view: View, article: Article) -> str:
    """Outlet, title, day and address, as far as they are known."""
    known = [plain(view.labels[article.id])]
    if article.title:
        known.append(f"“{plain(article.title)}”")
    if article.published:
        known.append(article.published.isoformat())
    if address := iris.address(article):
        known.append(f"<{address}>")
    return ", ".join(known)


# --- the sections --------------------------------------------------------------------------------


def _accounts(view: View, notes: Footnotes) -> Iterator[str]:
    yield "## The accounts\n"
    for article in view.report.articles:
        yield f"- {_cited(view, article)}"
    for telling in view.report.tellings:
        if len(telling.article_ids) > 1:
            yield f"- {_joined(view, notes, telling)}"


def _differences(view: View, notes: Footnotes) -> Iterator[str]:
    found = views.differences(view)
    if not found:
        return
    yield "## Differences\n"
    for difference in (at.difference for at in found):
        yield f"- **{difference.facet}**, {difference.kind}, score {difference.score:.2f}"
        for side in views.sides(view, difference):
            for value in side.given:
                said = views.statement_of(view, value.article_id, value.span)
                chain = _chain(view, value.article_id, said)
                yield f"  - {notes.words(value.article_id, value.span)} — {chain}"


def _claims(view: View, notes: Footnotes) -> Iterator[str]:
    found = shared.claims(view)
    if not found:
        return
    yield "## Told by several\n"
    for claim in found:
        yield from _claim(view, notes, claim)


def _claim(view: View, notes: Footnotes, claim: Claim) -> Iterator[str]:
    tellings = "1 telling" if len(claim.tellings) == 1 else f"{len(claim.tellings)} tellings"
    silent = ", ".join(plain(view.labels[article_id]) for article_id in claim.silent)
    yield f"- {tellings}, score {claim.score:.2f}" + (f"; silent: {silent}" if silent else "")
    for passage in claim.passages:
        words = notes.words(passage.article_id, passage.span)
        yield f"  - {words} — {plain(view.labels[passage.article_id])}"
    for origin in claim.origins:
        yield f"  - {_joined(view, notes, origin)}"


def _joined(view: View, notes: Footnotes, one: Telling | Origin) -> str:
    """Which accounts are one telling, why, and the words that show it."""
    told = ", ".join(plain(view.labels[i]) for i in one.article_ids)
    shown = [notes.words(place.article_id, place.span) for place in one.evidence]
    return f"One telling: {told} ({'; '.join([plain(one.why), *shown])})"


def _lone(view: View, notes: Footnotes) -> Iterator[str]:
    found = [(article, views.unclaimed(view, article.id)) for article in view.report.articles]
    if not any(passages for _, passages in found):
        return
    yield "## Told by one only"
    for article, passages in found:
        if passages:
            yield f"\n### {plain(view.labels[article.id])}\n"
            for passage in passages:
                perhaps = "others may tell: " if passage in view.echoed[article.id] else ""
                yield f"- {perhaps}{notes.words(passage.article_id, passage.span)}"


def _quotations(view: View, notes: Footnotes) -> Iterator[str]:
    found = dict.fromkeys(variant for _, variant in views.quotations(view))
    if not found:
        return
    yield "## Quotations in several wordings\n"
    for variant in found:
        yield from _quotation(view, notes, variant)


def _quotation(view: View, notes: Footnotes, variant: Variant) -> Iterator[str]:
    first = variant.witnesses[0]
    yield (
        f"- {notes.all_words(first.article_id, first.pieces)} — "
        f"{plain(view.labels[first.article_id])}"
    )
    for at, witness in enumerate(variant.witnesses[1:], start=1):
        words = notes.all_words(witness.article_id, witness.pieces)
        yield f"  - {words} — {plain(view.labels[witness.article_id])}"
        for change in variant.changes:
            if change.witness == at:
                yield f"    - {change.kind}: {_change(notes, variant, change)}"


def _change(notes: Footnotes, variant: Variant, change: Change) -> str:
    base, other = variant.witnesses[0], variant.witnesses[change.witness]
    before = notes.words(base.article_id, change.base) if change.base else "nothing"
    after = notes.words(other.article_id, change.other) if change.other else "nothing"
    return f"{before} → {after}"


def _statements(view: View, notes: Footnotes) -> Iterator[str]:
    if not view.report.attributions:
        return
    yield "## Statements"
    for article in view.report.articles:
        if view.spoken[article.id]:
            yield f"\n### {plain(view.labels[article.id])}\n"
            for said in view.spoken[article.id]:
                chain = _chain(view, article.id, said)
                yield f"- {chain}: {notes.all_words(article.id, said.content)}"


def _chain(view: View, article_id: str, said: Attribution | None) -> str:
    return " › ".join(plain(name) for name in voices.chain(view, article_id, said))


def _timeline(view: View, notes: Footnotes) -> Iterator[str]:
    events = views.dated(view)
    if not events:
        return
    yield "## Timeline\n"
    for event in events:
        when = plain(dates.words(event.date))
        words = notes.words(event.article_id, event.span)
        yield f"- {when}: {words} — {plain(view.labels[event.article_id])}"


def _wording(view: View, notes: Footnotes) -> Iterator[str]:
    if not view.report.wording:
        return
    yield "## Wording"
    for about in called.of(view):
        yield f"\n### {plain(views.name(view, about, unknown=views.NOBODY))}\n"
        for words in view.report.wording:
            if words.about == about:
                shown = notes.words(words.article_id, words.span)
                label = plain(view.labels[words.article_id])
                yield f"- {shown} — {label}{', quoted' if words.in_quotation else ''}"


def _limits(report: Report) -> Iterator[str]:
    if report.notes:
        yield "## Notes\n"
        for note in report.notes:
            yield f"- {plain(note)}"
