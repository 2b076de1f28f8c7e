"""A report as one HTML file: no network, no need of a script, everything of an article escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from retold import __version__
from retold.correcting import places
from retold.correcting.overlay import Laid
from retold.reviews import Review
from retold.showing import (
    annotated,
    called,
    checked,
    citation,
    collation,
    common,
    corrections,
    dates,
    drawing,
    foremost,
    markup,
    matrix,
    occasions,
    segments,
    shared,
    tables,
    view,
)
from retold.showing.common import Common
from retold.showing.view import Found, View
from retold.types import (
    Article,
    Attribution,
    Change,
    Claim,
    Difference,
    DifferenceKind,
    Event,
    Passage,
    Place,
    Report,
    SectionKind,
    Span,
    Value,
    Variant,
)

REACH_CHARS = 90
SENTENCE_CHARS = 48
ROLE_CHARS = 90
BRIEF_CHARS = 36
FEW_WORDS = 6
MANY_COLUMNS = 6  # of a table, from which its heads stand upright
SIGNS = {
    "differs": "≠",
    "may differ": "≈",
    "agrees": "=",
    "may agree": "=?",
    "only here": "◇",
    "may be only here": "◇?",
    "missing here": "∅",
}


def render(
    report: Report,
    *,
    laid: Sequence[Laid] = (),
    address: str = "",
    reviews: Sequence[Review] = (),
) -> str:
    """The page. The same report gives the same characters.

    Args:
        laid: what a reader corrected in the report.
        address: where a server has the story; there are links to correct it then.
        reviews: what others say they checked, laid beside the comparison.
    """
    seen = view.of(report)
    told = corrections.told(laid)
    found = view.differences(seen)
    parted = [(at, common.words(seen, at.difference)) for at in found]
    routes = [r for r in view.routes(seen) if r.speakers[-1]]
    rows = matrix.rows(seen)
    by_speaker = matrix.by_speaker(rows)
    show = _Showing(seen, parted, address)
    heard = [*by_speaker, *(name for at in found for name in show.heard(at))]
    style, script = _static("page.css"), _static("page.js")
    template = _environment().get_template("report.html")
    return template.render(
        version=__version__,
        style=Markup(style),  # noqa: S704 our own file
        script=Markup(script),  # noqa: S704 our own file
        policy=policy(),
        report=report,
        seen=seen,
        view=view,
        matrix=matrix,
        shared=shared,
        dates=dates,
        drawing=drawing,
        citation=citation,
        show=show,
        checked=checked.told(seen, reviews),
        corrections=told,
        found=found,
        sure=[point for point in view.points(found) if view.is_sure(point.first)],
        certain=[at for at in found if view.is_sure(at)],
        doubtful=[at for at in found if not view.is_sure(at)],
        conflicts=sum(f.difference.kind is DifferenceKind.CONFLICT for f in found),
        rows=rows,
        numbers={claim.id: row.number for row in rows for claim in row.shared.claims},
        by_speaker=by_speaker,
        names={name: n for n, name in enumerate(dict.fromkeys(heard))},
        positions={article.id: n for n, article in enumerate(report.articles)},
        pages=[annotated.page(seen, article, parted, told) for article in report.articles],
        routes=routes,
        people=matrix.speakers(seen),
        quotations=view.quotations(seen),
        events=view.dated(seen),
        timeline=drawing.timeline(seen),
        hearsay=drawing.hearsay(seen),
        wording=called.of(seen),
        tables={name: tables.link(table) for name, table in tables.of(seen).items()},
        few=FEW_WORDS,
        signs=SIGNS,
        many=MANY_COLUMNS,
        headlines=foremost.HEADLINES,
        reach=foremost.REACH_CHARS,
        brief_reach=BRIEF_CHARS,
        told_chars=foremost.TOLD_CHARS,
        claim_chars=shared.SENTENCE_CHARS,
        words_chars=foremost.WORDS_CHARS,
        alone_chars=foremost.ALONE_CHARS,
        first=foremost.of(seen, found, routes),
    )


class _Showing:
    """What a template calls to show a record of this report."""

    def __init__(self, seen: View, parted: Sequence[tuple[Found, Common]], address: str) -> None:
        self._seen = seen
        self.address = address
        self._order = {
            p.id: f"#p-{c.id}-{n}" for c in seen.report.claims for n, p in enumerate(c.passages)
        } | {
            p.id: f"#l-{article}-{n}"
            for article in seen.articles
            for n, p in enumerate(view.unclaimed(seen, article))
        }
        self._claims = {c.id: c for c in seen.report.claims}
        self._numbers = {id(at): number for number, (at, _) in enumerate(parted, start=1)}
        self._common = {id(at): words for at, words in parted}

    def number(self, at: Found) -> int:
        """The place of a difference among all, from 1."""
        return self._numbers[id(at)]

    def label(self, article_id: str) -> str:
        """The article's name."""
        return self._seen.labels[article_id]

    def labels(self, article_ids: Iterable[str]) -> str:
        """The names of several articles, each once."""
        return ", ".join(self._seen.labels[i] for i in dict.fromkeys(article_ids))

    def title(self, article: Article) -> Markup:
        """The title as it stands in the text, else as the source gave it."""
        for section in article.sections:
            if section.kind is SectionKind.TITLE:
                return markup.excerpt(article, section.span)
        return markup.words(citation.title(article))

    def tellings(self, at: Found) -> int:
        """How many independent origins give a value of the difference."""
        giving = {value.article_id for value in at.difference.values}
        apart = giving.difference(*at.claim.tellings)
        return len(apart) + sum(not giving.isdisjoint(group) for group in at.claim.tellings)

    def context(self, at: Found, value: Value, reach: int = REACH_CHARS) -> Markup:
        """A value among the words around it."""
        article = self._seen.articles[value.article_id]
        whole = view.around(self._seen, at, value)
        faint = self._common[id(at)][value]
        return markup.in_context(article, value.span, whole, reach=reach, common=faint)

    def passage(self, passage: Passage, claim_id: str = "", length: int = 320) -> Markup:
        """The passage, with the characters in which it parts from the others of its claim."""
        article = self._seen.articles[passage.article_id]
        claim = self._claims.get(claim_id)
        focus = annotated.focus(claim, article.id) if claim else ()
        return markup.beginning(article, passage.span, focus, length=length)

    def place(self, passage: Passage) -> str:
        """Where the passage stands on the page."""
        return self._order.get(passage.id, f"#article-{passage.article_id}")

    def parting(self, claim: Claim, article_id: str) -> str:
        """`differs`, `may differ`, `agrees` or `may agree`."""
        return annotated.parting(claim, article_id).value

    def own(self, found: Iterable[called.Called], *, in_quotation: bool) -> list[called.Called]:
        """The words that are the outlet's own, or those that stand in somebody else's."""
        return [c for c in found if c.words.in_quotation is in_quotation]

    def speaking(self, article_id: str, span: Span) -> Attribution | None:
        """The statement in whose words it lies."""
        return view.statement_of(self._seen, article_id, span)

    def heard(self, at: Found) -> list[str]:
        """The names of all who are heard in a difference."""
        said = (self.speaking(v.article_id, v.span) for v in at.difference.values)
        return list(dict.fromkeys(name for a in said if a for name in matrix.heard(self._seen, a)))

    def hops(self, attribution: Attribution) -> tuple[annotated.Hop, ...]:
        """The chain of a statement."""
        return annotated.breadcrumb(self._seen, attribution)

    def content(self, attribution: Attribution, length: int = 200) -> Markup:
        """The first piece of what is said, and before it how, where it was not stated."""
        words = self.cut(attribution.article_id, attribution.content[0], length)
        if (manner := view.manner(attribution)) is None:
            return words
        return Markup('<span class="manner">{}:</span> {}').format(manner, words)

    def said(self, attribution: Attribution) -> Markup | None:
        """The words that tell when, where and to whom it was said."""
        return self._pieces(attribution, occasions.own(self._seen, attribution)) or None

    def when(self, attribution: Attribution) -> list[Markup]:
        """The same of each on whose word it came, with his name where there are several."""
        told = occasions.of(self._seen, attribution)
        held = ((each.name, self._pieces(attribution, each.pieces)) for each in told)
        return [Markup("<bdi>{}</bdi>: {}").format(n, words) if n else words for n, words in held]

    def _pieces(self, attribution: Attribution, pieces: Iterable[occasions.Piece]) -> Markup:
        article = self._seen.articles[attribution.article_id]
        shown = ((piece.lead, markup.excerpt(article, piece.span)) for piece in pieces)
        return Markup(", ").join(
            Markup("{} {}").format(*each) if each[0] else each[1] for each in shown
        )

    def cut(self, article_id: str, span: Span, length: int = 200) -> Markup:
        """The beginning of any span of an article."""
        return markup.beginning(self._seen.articles[article_id], span, length=length)

    def role(self, place: Place) -> Markup:
        """What somebody is, in the article's words; … only where these are cut."""
        article = self._seen.articles[place.article_id]
        shown = segments.shorten(article.text, place.span, length=ROLE_CHARS)
        return markup.excerpt(article, shown, whole=place.span)

    def sentence(self, article_id: str, span: Span) -> Markup:
        """The words in the line in which they stand."""
        article = self._seen.articles[article_id]
        line = segments.line_of(article.text, span)
        return markup.in_context(article, span, line, reach=SENTENCE_CHARS)

    def columns(self, variant: Variant) -> tuple[tuple[collation.Column, ...], ...]:
        """The wordings in columns, in lines of readable width."""
        articles = [self._seen.articles[w.article_id] for w in variant.witnesses]
        return collation.lines(variant, articles)

    def cell(self, variant: Variant, number: int, column: collation.Column) -> Markup:
        """The words of one wording in a column, what changed in them marked; what is but case or
        punctuation is marked apart."""
        article = self._seen.articles[variant.witnesses[number].article_id]
        marks = [
            (span, markup.Mark("value" if change.is_substantive else "small"))
            for change in column.changes
            if (span := _side(change, number)) is not None
        ]
        pieces = [markup.marked(article, piece, marks) for piece in column.cells[number].pieces]
        return Markup(' <span class="gap">/</span> ').join(pieces)

    def side(self, variant: Variant, change: Change, number: int) -> Markup | None:
        """What one of the two wordings of a change has, None if nothing."""
        span = _side(change, number)
        article = self._seen.articles[variant.witnesses[number].article_id]
        return markup.excerpt(article, span) if span else None

    def cite(self, record: Found | Claim | Variant | tuple[Passage, ...]) -> str:
        """The record as a citation."""
        match record:
            case Found():
                return citation.difference(self._seen, record.difference)
            case Variant():
                return citation.variant(self._seen, record)
            case Claim():
                return citation.passages(self._seen, record.passages)
            case _:
                return citation.passages(self._seen, record)

    def key(self, item: Difference | Event) -> str:
        """The name by which a server knows a difference or an event."""
        return places.key(item)

    def link(self, article: Article) -> str:
        """The article's address where it is one of the web, else nothing."""
        url = article.url or ""
        return url if urlsplit(url).scheme in ("http", "https") else ""


def _side(change: Change, number: int) -> Span | None:
    if number == 0:
        return change.base
    return change.other if change.witness == number else None


def policy() -> str:
    """What the page may do: nothing but its own style and script, and nothing may be fetched."""
    style, script = _digest(_static("page.css")), _digest(_static("page.js"))
    return (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


def style() -> str:
    """The look of the page, for others that go with it."""
    return _static("page.css")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _static(name: str) -> str:
    return (resources.files("retold.showing") / "static" / name).read_text(encoding="utf-8")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("retold.showing"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
