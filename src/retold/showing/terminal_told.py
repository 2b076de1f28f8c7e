"""What several accounts tell, and what one alone tells, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from retold import spans
from retold.showing import foremost, occasions, segments, shared, view, voices
from retold.showing.foremost import Actors
from retold.showing.page import Page, breadcrumb, count, passage, printable
from retold.showing.shared import Shared
from retold.showing.view import View
from retold.types import Attribution, Claim, Origin, Passage, Telling

LINE_CHARS = 180


def agreed(page: Page, seen: View, most: int | None) -> None:
    found = foremost.agreed(seen)
    sure = [one for one in found if view.is_one(one.claim)]
    page.heading("Told by several", count(len(found), "claim") + view.less_sure(found, sure))
    shown = found if most is None else sure[:most]
    for one in shown:
        _shared(page, seen, one)
        held = [(claim, shared.told(seen, claim)) for claim in one.within]
        rest = [(claim, told) for claim, told in held if not set(told) <= set(one.told)]
        for claim, told in rest if most is None else ():
            page.line(f"in the same sentences{_perhaps(claim, ', ')}", indent=4, style="dim")
            _tellings(page, seen, claim, told)
        if rest and most is not None:
            page.line(f"… {len(rest)} more in these sentences (--all)", indent=4, style="dim")
    if most is not None:
        page.more(len(sure) - len(shown), len(found) - len(sure))


def _shared(page: Page, seen: View, one: Shared) -> None:
    claim = one.claim
    page.blank()
    if perhaps := _perhaps(claim):
        page.line(perhaps, indent=4, style="dim")
    if len(view.told_by(claim)) < len(seen.articles):
        page.line(_tellers(seen, one), indent=4, style="dim")
    _tellings(page, seen, claim, one.told)
    for origin in claim.origins:
        page.line(one_telling(seen, origin), indent=4, style="dim")


def _perhaps(claim: Claim, lead: str = "") -> str:
    return "" if view.is_one(claim) else f"{lead}perhaps one thing, score {claim.score:.2f}"


def _tellings(page: Page, seen: View, claim: Claim, told: Sequence[Passage]) -> None:
    """The words of each telling, and by whom they came."""
    is_one = len(claim.tellings) == 1
    for best in told:
        group = next(g for g in claim.tellings if best.article_id in g)
        words = _beginning(seen, best)
        statement = view.statement_of(seen, best.article_id, best.span)
        if statement:
            words.append("\n").append_text(speaking(seen, best.article_id, statement))
        outlets = (best.article_id,) if is_one else group
        page.row(", ".join(printable(seen.labels[i]) for i in outlets), words)


def _tellers(seen: View, one: Shared) -> str:
    """How many tell it, where not all do, and who is silent, in these sentences too."""
    told = f"{len(view.told_by(one.claim))} of {count(len(seen.articles), 'article')}"
    tellers = {article for claim in one.claims for article in view.told_by(claim)}
    silent = (printable(seen.labels[i]) for i in one.claim.silent if i not in tellers)
    return "; silent: ".join(filter(None, (told, ", ".join(silent))))


def _beginning(seen: View, told: Passage) -> Text:
    article = seen.articles[told.article_id]
    shown = segments.shorten(article.text, told.span, length=LINE_CHARS)
    return passage(article, shown, whole=segments.whole_of(article.text, told.span))


def lone(page: Page, seen: View, actors: Actors, most: int | None) -> None:
    page.heading("Told by one only")
    for article in seen.report.articles:
        alone, echoed = seen.lone[article.id], seen.echoed[article.id]
        found = view.unclaimed(seen, article.id)
        told = count(len(found), "passage") + view.less_sure(found, alone)
        page.blank()
        label = Text(printable(seen.labels[article.id]), style="bold")
        page.line(label.append(f"  {told}", style="not bold dim"), indent=2)
        first = actors.passages(alone)[:most]
        _passages(page, seen, sorted(first, key=lambda p: p.span))
        if most is not None:
            page.more(len(alone) - len(first), len(echoed))
        elif echoed:
            page.line("others may tell", indent=4, style="dim")
            _passages(page, seen, echoed)


def _passages(page: Page, seen: View, told: Sequence[Passage]) -> None:
    for one in told:
        page.row("·", _beginning(seen, one), label_width=1)


def one_telling(seen: View, told: Telling | Origin) -> str:
    """Which accounts are one telling, and why."""
    names = ", ".join(printable(seen.labels[i]) for i in told.article_ids)
    return f"One telling: {names} ({printable(told.why)})"


def speaking(seen: View, article_id: str, statement: Attribution) -> Text:
    names = voices.chain(seen, article_id, statement)[1:]
    out = Text("— ", style="dim").append_text(breadcrumb(names))
    if pieces := occasions.own(seen, statement):
        out.append(f", {occasion(seen, article_id, pieces)}", style="dim")
    return out


def occasion(seen: View, article_id: str, pieces: Sequence[occasions.Piece]) -> str:
    """When, where and to whom, as one line."""
    text = seen.articles[article_id].text
    return ", ".join(f"{p.lead} {printable(spans.cut(text, p.span))}".lstrip() for p in pieces)
