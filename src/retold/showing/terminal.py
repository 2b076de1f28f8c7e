"""A report as text for a terminal: differences first, then what is shared, then what is alone."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from retold import spans
from retold.comparing import labels
from retold.reviews import Review
from retold.showing import (
    called,
    checked,
    common,
    dates,
    foremost,
    occasions,
    segments,
    terminal_told,
    view,
    voices,
)
from retold.showing.common import Common
from retold.showing.foremost import Actors
from retold.showing.page import Page, breadcrumb, count, passage, printable
from retold.showing.view import Found, View
from retold.types import (
    Article,
    Change,
    DifferenceKind,
    Report,
    SectionKind,
    Span,
    Value,
    Variant,
    Witness,
)

FEW = 6
REACH_CHARS = 70


def render(
    report: Report,
    *,
    width: int = 80,
    colour: bool = False,
    all: bool = False,
    reviews: Sequence[Review] = (),
) -> str:
    """The report at the given width. Without `all`, the first few of everything, and a count.

    `reviews` are what others say they checked.

    A differing word stands between ‹ and ›, so that nothing hangs on colour.
    """
    page, seen = Page(width=width, colour=colour), view.of(report)
    actors = Actors(seen)
    most = None if all else FEW
    _header(page, seen)
    _differences(page, seen, most and most * 2)
    terminal_told.agreed(page, seen, most)
    terminal_told.lone(page, seen, actors, most)
    _chains(page, seen, actors, most)
    _quotations(page, seen, most)
    _timeline(page, seen, most and most * 3)
    _wording(page, seen, most)
    _checked(page, seen, reviews, most)
    _notes(page, seen)
    return page.text()


def _header(page: Page, seen: View) -> None:
    report = seen.report
    page.title(
        f"{count(len(report.articles), 'article')}, {count(len(report.tellings), 'telling')}"
    )
    page.blank()
    for article in report.articles:
        published = article.published.isoformat() if article.published else "no date"
        label = Text(printable(seen.labels[article.id]), style="bold")
        words = Text(f"{published}  ", style="dim").append_text(_title(article))
        for telling in report.tellings:
            if telling.why and telling.article_ids == (article.id,):
                words.append(f"  ({printable(telling.why)})", style="dim")
        page.row(label, words, indent=2)
    joined = [t for t in report.tellings if len(t.article_ids) > 1]
    if joined:
        page.blank()
    for telling in joined:
        page.line(terminal_told.one_telling(seen, telling), indent=2)


def _title(article: Article) -> Text:
    for section in article.sections:
        if section.kind is SectionKind.TITLE:
            return passage(article, section.span)
    return Text(printable(article.title or labels.file_name(article) or article.url or article.id))


def _differences(page: Page, seen: View, most: int | None) -> None:
    found = view.differences(seen)
    conflicts = sum(f.difference.kind is DifferenceKind.CONFLICT for f in found)
    kinds = ((conflicts, "conflict"), (len(found) - conflicts, "variation"))
    aside = ", ".join(count(n, word) for n, word in kinds if n)
    certain = [at for at in found if view.is_sure(at)]
    aside += view.less_sure(found, certain)
    page.heading("Differences", aside or "none found")
    sure = [point.first for point in view.points(found) if view.is_sure(point.first)]
    shown = found if most is None else sure[:most]
    likely = foremost.perhaps(found) if most is not None else ()
    numbers = {id(at): number for number, at in enumerate(found, start=1)}
    for at in (*shown, *likely):
        difference = at.difference
        head = Text(f"{numbers[id(at)]:>2}  ", style="bold")
        head.append(difference.facet.value, style="bold")
        articles = len({v.article_id for v in difference.values})
        head.append(
            f"  {difference.kind.value}, {count(articles, 'article')}, "
            f"score {difference.score:.2f}",
            style="dim",
        )
        if at in likely:
            head.append("  perhaps", style="dim")
        page.blank()
        page.line(head)
        faint = common.words(seen, difference)
        for side in view.sides(seen, difference):
            _side(page, seen, at, side, faint)
    if most is not None:
        page.more(len(certain) - len(shown), len(found) - len(certain) - len(likely))


def _side(page: Page, seen: View, at: Found, side: view.Side, faint: Common) -> None:
    """One value: its first words in full, who else gives it by name."""
    first = side.given[0]
    names = list(dict.fromkeys(printable(seen.labels[v.article_id]) for v in side.given))
    words = _with_context(seen, at, first, faint[first])
    statement = view.statement_of(seen, first.article_id, first.span)
    if statement:
        words.append("\n").append_text(terminal_told.speaking(seen, first.article_id, statement))
    page.row(f"{'' if side.is_sure else 'perhaps '}{', '.join(names)}", words)


def _with_context(seen: View, at: Found, value: Value, faint: Sequence[Span]) -> Text:
    article = seen.articles[value.article_id]
    whole = view.around(seen, at, value)
    shown = segments.around(article.text, value.span, whole, reach=REACH_CHARS)
    return passage(article, shown, [value.span], common=faint, whole=whole)


def _chains(page: Page, seen: View, actors: Actors, most: int | None) -> None:
    found = [r for r in view.routes(seen) if r.speakers[-1]]
    through = [r for r in found if r.is_through]
    sure = [r for r in through if r.is_sure]
    shown = sure[: most * 2] if most else through
    aside = f"{count(len(through), 'way')} through others{view.less_sure(through, sure)}"
    page.heading("Who told it", aside)
    for route in shown:
        names = voices.chain(seen, route.article_id, route.attributions[0])
        head = breadcrumb(names).append(f"  {count(len(route.attributions), 'statement')}", "dim")
        page.blank()
        page.line(head, indent=2)
        article = seen.articles[route.article_id]
        told = actors.statement(route)
        for each in occasions.of(seen, told):
            when = terminal_told.occasion(seen, route.article_id, each.pieces)
            page.line(": ".join(filter(None, (printable(each.name), when))), indent=4, style="dim")
        content = told.content[0]
        cut = segments.shorten(article.text, content, length=terminal_told.LINE_CHARS)
        words = passage(article, cut, whole=segments.whole_of(article.text, content))
        if manner := view.manner(told):
            words = Text(f"{manner}: ", style="dim").append_text(words)
        page.line(words, indent=6)
    if most is not None:
        page.more(len(sure) - len(shown), len(through) - len(sure))
    page.blank()
    for article in seen.report.articles:
        direct = [r for r in found if r.article_id == article.id and not r.is_through and r.is_sure]
        direct.sort(
            key=lambda r: (not foremost.is_named(seen, r.speakers[-1]), -len(r.attributions))
        )
        held = direct[: most * 2] if most else direct
        told_by = [_speaker_count(seen, route) for route in held]
        if left := len(direct) - len(held):
            told_by.append(Text(f"{left} more", style="dim"))
        if told_by:
            label = Text(printable(seen.labels[article.id]), style="italic")
            page.row(label, Text(" · ").join(told_by), indent=2)


def _speaker_count(seen: View, route: view.Route) -> Text:
    speaker = printable(view.name(seen, route.speakers[-1]))
    return Text(speaker, style="italic").append(f" {len(route.attributions)}", style="not italic")


def _quotations(page: Page, seen: View, most: int | None) -> None:
    found = view.quotations(seen)
    if not found:
        return
    page.heading("Quotations", f"{count(len(found), 'quotation')} in several wordings")
    for _, variant in found[:most]:
        page.blank()
        for number, witness in enumerate(variant.witnesses):
            page.row(
                printable(seen.labels[witness.article_id]),
                _wordings(seen, variant, number, witness),
            )
            for change in variant.changes:
                if change.witness == number and change.is_substantive:
                    page.row("", _change(seen, variant, change))
    page.more(len(found) - len(found[:most]))


def _wordings(seen: View, variant: Variant, number: int, witness: Witness) -> Text:
    if number:
        changed = [c.other for c in variant.changes if c.witness == number and c.is_substantive]
    else:
        changed = [c.base for c in variant.changes if c.is_substantive]
    focus = [span for span in changed if span]
    article = seen.articles[witness.article_id]
    return Text(" / ").join(passage(article, piece, focus) for piece in witness.pieces)


def _change(seen: View, variant: Variant, change: Change) -> Text:
    base, other = variant.witnesses[0], variant.witnesses[change.witness]
    out = Text(f"{change.kind.value}: ", style="dim")
    out.append_text(_side_of_change(seen.articles[base.article_id], change.base))
    out.append(" → ")
    return out.append_text(_side_of_change(seen.articles[other.article_id], change.other))


def _side_of_change(article: Article, span: Span | None) -> Text:
    return passage(article, span) if span else Text("(nothing)", style="dim")


def _timeline(page: Page, seen: View, most: int | None) -> None:
    events = view.dated(seen)
    if not events:
        return
    page.heading("Timeline", count(len(events), "dated passage"))
    page.blank()
    width = 2 + max(len(dates.words(event.date)) for event in events[:most])
    for event in events[:most]:
        article = seen.articles[event.article_id]
        shown = segments.shorten(article.text, event.span, length=terminal_told.LINE_CHARS)
        words = passage(article, shown, whole=segments.whole_of(article.text, event.span))
        words.append(f"  [{printable(seen.labels[event.article_id])}]", style="dim")
        page.row(Text(dates.words(event.date), style="bold"), words, indent=2, label_width=width)
    page.more(len(events) - len(events[:most]))


def _wording(page: Page, seen: View, most: int | None) -> None:
    actors = called.of(seen)
    if not actors:
        return
    page.heading("Wording", "each outlet’s own words; * loaded, by a list")
    for about, outlets in list(actors.items())[:most]:
        page.blank()
        page.line(
            Text(printable(view.name(seen, about, unknown=view.NOBODY)), style="bold"), indent=2
        )
        for article_id, found in outlets.items():
            own = [c for c in found if not c.words.in_quotation]
            if own:
                page.row(printable(seen.labels[article_id]), _counted(seen, own, most))
    page.more(len(actors) - len(list(actors)[:most]))


def _counted(seen: View, own: list[called.Called], most: int | None) -> str:
    shown = []
    for one in own[:most]:
        words = printable(spans.cut(seen.articles[one.words.article_id].text, one.words.span))
        loaded = "*" if one.words.is_loaded else ""
        shown.append(f"{words}{loaded} {one.count}" if one.count > 1 else f"{words}{loaded}")
    left = len(own) - len(shown)
    return " · ".join(shown) + (f" · … {left} more" if left else "")


def _checked(page: Page, seen: View, reviews: Sequence[Review], most: int | None) -> None:
    held = checked.told(seen, reviews)
    if not held:
        return
    page.heading("Checked elsewhere", count(len(held), "claim"))
    for one in held[:most]:
        page.line(f"· {printable(str(one.review))}", indent=2)
        appeared = [printable(seen.labels[article.id]) for article in one.named]
        if appeared:
            page.line(f"appeared, as they say, in {', '.join(appeared)}", indent=4, style="dim")
        for place in one.stands:
            words = passage(seen.articles[place.article_id], place.span)
            page.row(printable(seen.labels[place.article_id]), words)
    page.more(len(held) - len(held[:most]))


def _notes(page: Page, seen: View) -> None:
    aside = [(a, view.set_aside(a)) for a in seen.report.articles]
    if not seen.report.notes and not any(kinds for _, kinds in aside):
        return
    page.heading("Notes")
    for note in seen.report.notes:
        page.line(f"· {printable(note)}", indent=2)
    for article, kinds in aside:
        if kinds:
            counted = ", ".join(
                count(n, kind.value, "boilerplate" if kind is SectionKind.BOILERPLATE else None)
                for kind, n in kinds.items()
            )
            page.line(f"· {printable(seen.labels[article.id])}: set aside, {counted}", indent=2)
