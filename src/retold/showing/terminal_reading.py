"""What was found in one article, as text for a terminal."""

from __future__ import annotations

from rich.text import Text

from retold.comparing import labels
from retold.showing import dates, segments, view, voices
from retold.showing.page import Page, breadcrumb, count, passage, printable
from retold.types import Act, Attribution, Reading, SectionKind, Speaker

FEW = 8
LINE_CHARS = 400


def render(reading: Reading, *, width: int = 80, colour: bool = False, all: bool = False) -> str:
    """The article's statements, speakers and dates; without `all` the sure statements, and the
    first speakers and dates."""
    page = Page(width=width, colour=colour)
    most = None if all else FEW
    _header(page, reading)
    _statements(page, reading, all=all)
    _speakers(page, reading, most)
    _times(page, reading, most)
    if reading.notes:
        page.heading("Notes")
        for note in reading.notes:
            page.line(f"· {printable(note)}", indent=2)
    return page.text()


def _header(page: Page, reading: Reading) -> None:
    article = reading.article
    page.title(printable(article.title or labels.file_name(article) or article.url or article.id))
    facts = (article.outlet, article.published and article.published.isoformat(), article.url)
    page.line(printable(", ".join(str(fact) for fact in facts if fact)), style="dim")
    page.heading("Sections")
    for kind in SectionKind:
        held = [s.span for s in article.sections if s.kind is kind]
        if held:
            page.row(kind.value, f"{count(sum(map(len, held)), 'character')}", indent=2)


def _statements(page: Page, reading: Reading, *, all: bool) -> None:
    sure = [a for a in reading.attributions if view.is_statement(a)]
    left = view.less_sure(reading.attributions, sure)
    page.heading("Statements", f"{len(reading.attributions)}{left}")
    names = {speaker.id: speaker.name for speaker in reading.speakers}
    depths: dict[str, int] = {}
    for attribution in reading.attributions:
        parent = attribution.parent
        depth = depths[attribution.id] = depths.get(parent, 0) + 1 if parent else 0
        if not all and attribution not in sure:
            continue
        page.blank()
        page.line(_who(reading, attribution, names), indent=2 + 2 * depth)
        page.line(_content(reading, attribution), indent=6 + 2 * depth)
        page.line(_how(reading, attribution), indent=6 + 2 * depth, style="dim")
    if not all:
        page.more(0, len(reading.attributions) - len(sure))


def _who(reading: Reading, attribution: Attribution, names: dict[str, str]) -> Text:
    chain = [names.get(id or "", "unresolved") for id in view.speakers_of(attribution)]
    words = voices.words(reading.article.text, attribution)
    if attribution.speaker_id in names and voices.is_doubtful(
        attribution.speaker_score, name=chain[-1], source=words
    ):
        chain[-1] = f"{voices.PERHAPS} {chain[-1]}"
    return breadcrumb(chain)


def _content(reading: Reading, attribution: Attribution) -> Text:
    pieces = []
    for piece in attribution.content:
        shown = segments.shorten(reading.article.text, piece, length=LINE_CHARS)
        pieces.append(passage(reading.article, shown, whole=piece))
    return Text(" / ").join(pieces)


def _how(reading: Reading, attribution: Attribution) -> Text:
    """Kind, act, the words that attribute it, and when and where it was said."""
    article = reading.article
    facts = [Text(attribution.quotation.value)]
    if attribution.act is not Act.STATED:
        facts.append(Text(attribution.act.value))
    if attribution.hedged:
        facts.append(Text("hedged"))
    if not attribution.is_asserted:
        facts.append(Text("not asserted"))
    for label, pieces in (
        ("source", attribution.source),
        ("cue", attribution.cue),
        ("to", (attribution.addressee,) if attribution.addressee else ()),
        ("in", (attribution.venue,) if attribution.venue else ()),
        ("when", (attribution.said.span,) if attribution.said else ()),
    ):
        if pieces:
            words = Text(" / ").join(passage(article, piece) for piece in pieces)
            facts.append(Text(f"{label} ‹").append_text(words).append("›"))
    if attribution.said and attribution.said.date:
        facts.append(Text(dates.words(attribution.said.date)))
    facts.append(Text(f"score {attribution.score:.2f}"))
    if len(attribution.chain) > 1:
        facts.append(Text(f"chain {attribution.chain_score:.2f}"))
    return Text(" · ").join(facts)


def _speakers(page: Page, reading: Reading, most: int | None) -> None:
    page.heading("Speakers", str(len(reading.speakers)))
    ranked = sorted(reading.speakers, key=lambda s: -len(s.mentions))
    for speaker in ranked[:most]:
        page.row(Text(printable(speaker.name), style="bold"), _named(reading, speaker), indent=2)
    page.more(len(ranked) - len(ranked[:most]))


def _named(reading: Reading, speaker: Speaker) -> Text:
    article = reading.article
    out = Text(f"{speaker.kind.value}, {count(len(speaker.mentions), 'mention')}", style="dim")
    for role in speaker.roles[:2]:
        out.append("; ").append_text(passage(article, role.span))
    return out


def _times(page: Page, reading: Reading, most: int | None) -> None:
    if not reading.times:
        return
    page.heading("Dates", str(len(reading.times)))
    for time in reading.times[:most]:
        words = passage(reading.article, time.span)
        page.row(Text(dates.words(time.date or "relative"), style="bold"), words, indent=2)
    page.more(len(reading.times) - len(reading.times[:most]))
