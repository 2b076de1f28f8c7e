"""A report as one HTML file: no network, no need of a script, everything of an article escaped."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from retold import __version__, spans
from retold.showing import annotated, drawing, markup, segments, view
from retold.showing.view import View
from retold.types import (
    Article,
    Attribution,
    Claim,
    DifferenceKind,
    Passage,
    Report,
    SectionKind,
    Span,
    Value,
    Variant,
)

GLANCE_ROWS = 11  # what fits on a first screen of 1280×800 without scrolling
GLANCE_CHAINS = 7
GLANCE_LONE = 10
GLANCE_OUTLETS = 6
REACH_CHARS = 90
FEW_WORDS = 6
MOST_BESIDE = 6  # passages in one note: thirty articles would else repeat each other
SIGNS = {"differs": "≠", "may differ": "≈", "agrees": "=", "only here": "◇", "missing here": "∅"}


def render(report: Report) -> str:
    """The page. The same report gives the same characters."""
    seen = view.of(report)
    found = view.differences(seen)
    routes = [r for r in view.routes(seen) if r.speakers[-1]]
    style, script = _static("page.css"), _static("page.js")
    template = _environment().get_template("report.html")
    return template.render(
        version=__version__,
        style=Markup(style),  # noqa: S704 our own file
        script=Markup(script),  # noqa: S704 our own file
        policy=_policy(style, script),
        report=report,
        seen=seen,
        view=view,
        show=_Showing(seen),
        found=found,
        sure=sum(map(view.is_sure, found)),
        conflicts=sum(f.difference.kind is DifferenceKind.CONFLICT for f in found),
        agreed=view.agreed(seen),
        pages=[annotated.page(seen, article, found) for article in report.articles],
        routes=routes,
        people=_people(seen),
        quotations=view.quotations(seen),
        events=view.dated(seen),
        timeline=drawing.timeline(seen),
        hearsay=drawing.hearsay(seen),
        wording=view.called(seen),
        few=FEW_WORDS,
        signs=SIGNS,
        most=MOST_BESIDE,
        glance=_glance(seen, found, routes),
        drawing=drawing,
    )


def _glance(
    seen: View, found: tuple[view.Found, ...], routes: list[view.Route]
) -> dict[str, object]:
    """What the first screen has room for."""
    left = GLANCE_ROWS
    first: list[view.Found] = []
    worthy = [f for f in found if view.is_sharp(f)] or [f for f in found if view.is_sure(f)]
    for at in worthy:
        left -= 1 + len(view.sides(seen, at.difference))
        if left < 0 and first:
            break
        first.append(at)
    shared: list[Claim] = []
    for claim in (c for c in view.agreed(seen) if not c.differences):
        left -= len(claim.tellings)
        if left < 0:
            break
        shared.append(claim)
    outlets = min(GLANCE_OUTLETS, len(seen.articles))
    return {
        "found": first,
        "agreed": shared if len(first) == len(worthy) else (),
        "routes": _some_of_each(routes),
        "outlets": outlets,
        "lone": max(1, min(4, GLANCE_LONE // outlets)) if outlets else 0,
    }


def _some_of_each(routes: list[view.Route]) -> list[view.Route]:
    """The first ways, each article's first among them, in their order."""
    firsts = {r.article_id: n for n, r in reversed(list(enumerate(routes)))}
    kept = sorted(firsts.values())[:GLANCE_CHAINS]
    rest = [n for n in range(len(routes)) if n not in kept]
    return [routes[n] for n in sorted(kept + rest[: GLANCE_CHAINS - len(kept)])]


class _Showing:
    """What a template calls to show a record of this report."""

    def __init__(self, seen: View) -> None:
        self._seen = seen
        self._order = {
            p.id: f"#p-{c.id}-{n}" for c in seen.report.claims for n, p in enumerate(c.passages)
        } | {
            p.id: f"#l-{article}-{n}"
            for article, told in seen.lone.items()
            for n, p in enumerate(told)
        }
        self._claims = {c.id: c for c in seen.report.claims}

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
        return markup.words(article.title or "")

    def context(self, value: Value, told: tuple[Passage, ...], reach: int = REACH_CHARS) -> Markup:
        """A value among the words around it: those of its passage, else of its line."""
        article = self._seen.articles[value.article_id]
        line = segments.line_of(article.text, value.span)
        inside = [
            p.span
            for p in told
            if p.article_id == value.article_id and spans.contains(p.span, value.span)
        ]
        whole = (spans.clip(min(inside, key=len), line) if inside else None) or line
        return markup.in_context(article, value.span, whole, reach=reach)

    def passage(self, passage: Passage, claim_id: str = "", length: int = 320) -> Markup:
        """The passage, with the characters in which it parts from the others of its claim."""
        article = self._seen.articles[passage.article_id]
        claim = self._claims.get(claim_id)
        focus = annotated.focus(claim, article.id) if claim else ()
        return markup.beginning(article, passage.span, focus, length=length)

    def place(self, passage: Passage) -> str:
        """Where the passage stands on the page."""
        return self._order.get(passage.id, f"#article-{passage.article_id}")

    def claimed(self, claim: Claim, passage: Passage) -> str:
        """Where the passage stands as one of the claim."""
        return f"#p-{claim.id}-{claim.passages.index(passage)}"

    def parting(self, claim: Claim, article_id: str) -> str:
        """`differs`, `may differ` or `agrees`."""
        return annotated.parting(claim, article_id).value

    def own(self, found: Iterable[view.Called], *, in_quotation: bool) -> list[view.Called]:
        """The words that are the outlet's own, or those that stand in somebody else's."""
        return [c for c in found if c.words.in_quotation is in_quotation]

    def speaking(self, article_id: str, passage: Value | Passage) -> Attribution | None:
        """The statement in whose words it lies."""
        return view.statement_of(self._seen, article_id, passage.span)

    def hops(self, attribution: Attribution) -> tuple[annotated.Hop, ...]:
        """The chain of a statement."""
        return annotated.breadcrumb(self._seen, attribution)

    def content(self, attribution: Attribution, length: int = 200) -> Markup:
        """The first piece of what is said."""
        article = self._seen.articles[attribution.article_id]
        return markup.beginning(article, attribution.content[0], length=length)

    def said(self, attribution: Attribution) -> Markup | None:
        """The words that tell when it was said."""
        if attribution.said is None:
            return None
        article = self._seen.articles[attribution.article_id]
        return markup.excerpt(article, attribution.said.span)

    def cut(self, article_id: str, span: Span, length: int = 200) -> Markup:
        """The beginning of any span of an article."""
        return markup.beginning(self._seen.articles[article_id], span, length=length)

    def sentence(self, article_id: str, span: Span) -> Markup:
        """The words in the line in which they stand."""
        article = self._seen.articles[article_id]
        line = segments.line_of(article.text, span)
        return markup.in_context(article, span, line, reach=REACH_CHARS)

    def witness(self, variant: Variant, number: int) -> Markup:
        """One wording of a quotation, its changed characters marked."""
        witness = variant.witnesses[number]
        changes = [c for c in variant.changes if c.is_substantive]
        focus = (
            [c.other for c in changes if c.witness == number]
            if number
            else [c.base for c in changes]
        )
        article = self._seen.articles[witness.article_id]
        pieces = [
            markup.excerpt(article, piece, [f for f in focus if f]) for piece in witness.pieces
        ]
        return Markup(' <span class="gap">/</span> ').join(pieces)

    def link(self, article: Article) -> str:
        """The article's address where it is one of the web, else nothing."""
        url = article.url or ""
        return url if urlsplit(url).scheme in ("http", "https") else ""


def _people(seen: View) -> list[dict[str, object]]:
    """The speakers with their statements by article, the most heard first."""
    direct: Counter[tuple[str, str]] = Counter()
    through: dict[str, Counter[str]] = defaultdict(Counter)
    for attribution in seen.report.attributions:
        hops = view.speakers_of(attribution)
        if hops[-1] in seen.speakers and hops[-1] is not None:
            direct[hops[-1], attribution.article_id] += 1
            if len(hops) > 1:
                through[hops[-1]][view.name(seen, hops[-2])] += 1
    totals = {
        speaker.id: sum(direct[speaker.id, a] for a in seen.articles)
        for speaker in seen.report.speakers
    }
    heard = [s for s in seen.report.speakers if totals[s.id]]
    return [
        {
            "speaker": speaker,
            "total": totals[speaker.id],
            "by_article": [(a, direct[speaker.id, a]) for a in seen.articles],
            "through": through[speaker.id].most_common(),
        }
        for speaker in sorted(heard, key=lambda s: -totals[s.id])
    ]


def _policy(style: str, script: str) -> str:
    """Nothing but this very style and script may act, and nothing may be fetched."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


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
