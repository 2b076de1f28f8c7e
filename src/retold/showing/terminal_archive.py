"""What an archive answers, as text for a terminal. What was looked for stands between ‹ and ›."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from retold import spans
from retold.comparing.asked import Match, Outcome
from retold.showing import segments
from retold.showing.page import Page, breadcrumb, count, excerpt, passage, printable
from retold.types import Article, ChangeKind, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retold.archive.accounts import Changed
    from retold.archive.counts import Counts
    from retold.archive.meaning import Alike
    from retold.archive.quotations import Account, Check
    from retold.archive.said import Said
    from retold.archive.search import Hit, Results
    from retold.archive.store import Entry
    from retold.archive.stories import Held

LINE_CHARS = 400
REACH_CHARS = 90
LONG_CHARS = 300  # of words that changed or are missing; of more, the middle is left out
MOST_MARKS = 3  # places of an article that are shown
NOWHERE = "no outlet"

OUTCOMES = {
    Outcome.EXACT: "the very words",
    Outcome.TRUNCATED: "with words left out",
    Outcome.ALTERED: "in other words",
}


# --- a quotation ----------------------------------------------------------------------------------


def check(found: Check, *, width: int = 80, colour: bool = False) -> str:
    """The accounts that give a wording, each with what is changed there, and who is credited."""
    page = Page(width=width, colour=colour)
    page.title(f"“{printable(found.asked.text)}”")
    if not found.accounts:
        _not_found(page, found)
        return page.text()
    outcomes = [account.match.outcome for account in found.accounts]
    told = [f"{outcomes.count(o)} {o.value}" for o in OUTCOMES if o in outcomes]
    total = len(found.accounts) + found.left
    page.heading("Found", f"in {count(total, 'article')}: {', '.join(told)}")
    for number, account in enumerate(found.accounts, start=1):
        _account(page, found, number, account)
    _left(page, found.left)
    _credits(page, found)
    return page.text()


def _not_found(page: Page, found: Check) -> None:
    page.heading("Not found")
    page.line("No article in the archive gives these words.", indent=2)
    if found.nearest:
        page.heading("Nearest", "something else, by its words")
        for number, account in enumerate(found.nearest, start=1):
            _account(page, found, number, account)
    else:
        page.line("Try fewer of the words, or `retold search` for the rarest of them.", indent=2)


def _account(page: Page, found: Check, number: int, account: Account) -> None:
    article, match = account.reading.article, account.match
    head = Text(f"{number:>2}  ", style="bold").append_text(_where(article))
    head.append(f"  {_how(account)}", style="dim")
    page.blank()
    page.line(head)
    page.line(_speaking(account), indent=4)
    page.line(_in_place(article, match), indent=6)
    if match.outcome is Outcome.UNLIKE:  # that its words are others is all there is to say
        return
    for turn in match.turns:
        line = Text(f"{turn.kind.value}: ", style="dim")
        line.append_text(_side(article.text, turn.a)).append(" here, ", style="dim")
        line.append_text(_side(found.asked.text, turn.b)).append(" asked for", style="dim")
        if not turn.is_substantive and turn.kind is not ChangeKind.ELLIPSIS:
            line.append(" (of no weight)", style="dim")
        page.line(line, indent=6)
    for missing in match.missing:
        words = Text("not here: ", style="dim").append_text(_side(found.asked.text, missing))
        page.line(words, indent=6)


def _how(account: Account) -> str:
    match = account.match
    facts = [match.outcome.value]
    if match.goes_on and match.outcome is not Outcome.UNLIKE:
        facts.append("part of a longer quotation")
    if not match.is_quoted:
        facts.append("not in quotation marks")
    if account.is_aside:
        facts.append("in a comment or beside the article")
    return ", ".join(facts)


def _speaking(account: Account) -> Text:
    if not account.speakers:
        return Text("nobody is credited", style="dim")
    out = Text("— ", style="dim").append_text(breadcrumb(account.speakers))
    if account.statement and account.statement.said:
        words = spans.cut(account.reading.article.text, account.statement.said.span)
        out.append(f", {printable(words)}", style="dim")
    return out


def _in_place(article: Article, match: Match) -> Text:
    """The account's words with a little around them; the changed ones marked, else all of them."""
    whole = spans.hull(match.pieces)
    changed = [turn.a for turn in match.turns if turn.a]
    line = segments.line_of(article.text, whole)
    shown = segments.around(article.text, whole, line, reach=REACH_CHARS)
    return passage(article, shown, changed or match.pieces, whole=line)


def _side(text: str, span: Span | None) -> Text:
    """The characters of a span; of a long one its beginning and end, and how many words it has."""
    if span is None:
        return Text("(nothing)", style="dim")
    if len(span) <= LONG_CHARS:
        return excerpt(text, span)
    words = spans.cut(text, span)
    first = len(words[: LONG_CHARS // 2].rsplit(maxsplit=1)[0])
    last = len(words[-LONG_CHARS // 2 :].split(maxsplit=1)[-1])
    out = excerpt(text, Span(span.start, span.start + first)).append(" … ", style="dim")
    out.append_text(excerpt(text, Span(span.end - last, span.end)))
    return out.append(f" ({len(words.split())} words)", style="dim")


def _credits(page: Page, found: Check) -> None:
    if len(found.credits) < 2:
        return
    page.heading("Credited to", "different speakers")
    for credit in found.credits:
        numbers = ", ".join(str(index + 1) for index in credit.accounts)
        page.row(Text(printable(credit.name), style="bold"), f"in {numbers}", indent=2)


# --- words ----------------------------------------------------------------------------------------


def results(
    found: Results, alike: Sequence[Alike] = (), *, width: int = 80, colour: bool = False
) -> str:
    """Statements, then articles, each with the words that were looked for; then what is alike."""
    page = Page(width=width, colour=colour)
    if found.statements:
        page.heading("Statements", str(len(found.statements)))
        for said in found.statements:
            statement(page, said)
    if found.articles:
        page.heading("Articles", str(len(found.articles)))
        for hit in found.articles:
            _hit(page, hit)
    if alike:
        page.heading("Alike in meaning", str(len(alike)))
        for one in alike:
            _alike(page, one)
    if found.has_more:
        page.blank()
        page.line("There is more: narrow it, or raise --limit.", style="dim")
    return page.text()


def statement(page: Page, said: Said) -> None:
    """One statement: when and where it was told, by whom, through whom, and its words."""
    head = _where(said.article)
    head.append("  ").append_text(breadcrumb(said.chain or ("nobody is credited",)))
    if said.said:
        head.append(f", said {said.said}", style="dim")
    page.blank()
    page.line(head, indent=2)
    page.line(_content(said), indent=6)


def _content(said: Said) -> Text:
    """The pieces of the content, the words looked for marked."""
    shift = said.stretch.start
    out = []
    for piece in said.pieces:
        here = _moved(piece, shift)
        shown = segments.shorten(said.stretch.text, here, length=LINE_CHARS)
        marks = [_moved(mark, shift) for mark in said.marks if spans.contains(piece, mark)]
        out.append(excerpt(said.stretch.text, shown, marks, whole=here))
    return Text(" / ").join(out)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start - by, span.end - by)


def _alike(page: Page, one: Alike) -> None:
    article = one.article
    head = _where(article)
    if one.chain:
        head.append("  ").append_text(breadcrumb(one.chain))
    page.blank()
    page.line(head.append(f"  {one.score:.2f}", style="dim"), indent=2)
    shown = segments.shorten(article.text, one.passage.span, length=LINE_CHARS)
    page.line(passage(article, shown, whole=one.passage.span), indent=6)


def _hit(page: Page, hit: Hit) -> None:
    page.blank()
    page.line(_where(hit.article).append(f"  {printable(hit.article.title or '')}"), indent=2)
    page.line(Text(hit.article.id, style="dim"), indent=6)
    end = 0
    shown = 0
    for mark in hit.marks:
        if mark.start < end or shown == MOST_MARKS:
            continue
        line = segments.line_of(hit.text, mark)
        around = segments.around(hit.text, mark, line, reach=REACH_CHARS)
        page.line(excerpt(hit.text, around, hit.marks, whole=line), indent=6)
        end, shown = around.end, shown + 1


# --- a speaker ------------------------------------------------------------------------------------


def speaker(
    said: Sequence[Said],
    changed: Sequence[Changed],
    *,
    show_all: bool = False,
    width: int = 80,
    colour: bool = False,
) -> str:
    """What one is reported to have said, in time; then where their own accounts part, and with
    `show_all` what they told again."""
    page = Page(width=width, colour=colour)
    articles = len({one.article.id for one in said})
    page.heading("Statements", f"{len(said)} in {count(articles, 'article')}")
    for one in said:
        statement(page, one)
    if changed:
        told = "Told again, or otherwise" if show_all else "Told otherwise later"
        page.heading(told, count(len(changed), "time"))
    for number, each in enumerate(changed, start=1):
        _changed(page, number, each)
    return page.text()


def _changed(page: Page, number: int, changed: Changed) -> None:
    """Each difference, with its values by day, in their lines."""
    articles = {reading.article.id: reading.article for reading in changed.readings}
    page.blank()
    head = Text(f"{number:>2}  ", style="bold")
    page.line(head.append(f"{_years(changed.days)} apart", style="dim"))
    for difference in changed.differences:
        kind = Text(difference.facet.value, style="bold")
        page.line(kind.append(f"  {difference.kind.value}", style="not bold dim"), indent=4)
        for value in sorted(difference.values, key=lambda v: _day(articles[v.article_id])):
            _in_line(page, articles[value.article_id], value.span)
    if not changed.differences:
        for told in changed.passages:
            _in_line(page, articles[told.article_id], told.span)


def _in_line(page: Page, article: Article, span: Span) -> None:
    line = segments.line_of(article.text, span)
    shown = segments.around(article.text, span, line, reach=2 * REACH_CHARS)
    page.line(_where(article), indent=6)
    page.line(passage(article, shown, [span], whole=line), indent=8)


def _day(article: Article) -> str:
    return article.published.isoformat() if article.published else ""


def _years(days: int) -> str:
    return count(days // 365, "year") if days >= 2 * 365 else count(days, "day")


# --- stories --------------------------------------------------------------------------------------


def stories(
    held: Sequence[tuple[Held, Counts | None]], *, width: int = 80, colour: bool = False
) -> str:
    """Each story by the title of its first article, with who tells it and what was found."""
    page = Page(width=width, colour=colour)
    for story, counts in held:
        first = story.articles[0]
        outlets = dict.fromkeys(entry.outlet or NOWHERE for entry in story.articles)
        facts = [count(len(story.articles), "article")]
        if counts:
            facts += [
                count(counts.tellings, "telling"),
                _parted(counts),
            ]
        else:
            facts.append("not compared yet")
        page.blank()
        head = Text(f"{story.newest.isoformat()}  ")
        page.line(head.append(printable(first.title or first.url or first.id), style="bold"))
        page.line(f"{'; '.join(facts)}: {printable(', '.join(outlets))}", indent=4)
        page.line(f"retold compare --story {story.id}", indent=4, style="dim")
    return page.text()


def _parted(counts: Counts) -> str:
    if not counts.differences:
        return "no sure difference"
    told = count(counts.differences, "difference")
    return f"{told}, {count(counts.conflicts, 'conflict')} among them" if counts.conflicts else told


# --- both -----------------------------------------------------------------------------------------


def _where(article: Article | Entry) -> Text:
    day = article.published.isoformat() if article.published else "no date"
    return Text(f"{day}  ").append(printable(article.outlet or NOWHERE), style="bold")


def _left(page: Page, left: int) -> None:
    if left > 0:
        page.blank()
        page.line(f"… and {left} more (--limit)", indent=4, style="dim")
