"""The report as a page, as far as its characters go; `test_browser.py` looks at it in a browser."""

from __future__ import annotations

import html as stdlib_html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold import spans
from retold.showing import html, markup, segments, view
from retold.showing.markup import Mark
from retold.types import Article, Report, Section, SectionKind, Span
from tests import crowds, stories

ALL = [stories.bridge(), stories.hostile(), stories.bare()]
VOID = {"meta", "br", "img", "input", "link", "line", "path", "rect"}


class Elements(HTMLParser):
    """Every element with its attributes and the text in it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held: list[str] = []
        self.found.append((tag, dict(attrs), held))
        if tag not in VOID:
            self._open.append((tag, held))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, held in self._open:
            held.append(data)

    def texts(self, name: str) -> list[str]:
        return [
            "".join(held)
            for _, attributes, held in self.found
            if name in (attributes.get("class") or "").split()
        ]


@pytest.mark.parametrize("report", ALL)
def test_every_element_is_closed(report: Report) -> None:
    """The page is well-formed whatever the articles hold; the parser asserts it."""
    assert Elements(html.render(report)).found[0][0] == "html"


@pytest.mark.parametrize("report", ALL)
def test_text_between_marks_is_never_altered(report: Report) -> None:
    """The paragraphs of the page are the lines of the articles, character by character."""
    lines = [
        line
        for article in report.articles
        for section in article.sections
        if section.kind not in view.OUTSIDE
        for line in spans.cut(article.text, section.span).split("\n")
        if line.strip()
    ]
    assert Elements(html.render(report)).texts("text") == lines


@pytest.mark.parametrize("report", ALL)
def test_every_link_within_the_page_has_its_place(report: Report) -> None:
    """No anchor is missing and none stands twice."""
    found = Elements(html.render(report)).found
    ids = [attributes["id"] for _, attributes, _ in found if "id" in attributes]
    links = {
        (attributes["href"] or "")[1:]
        for _, attributes, _ in found
        if (attributes.get("href") or "").startswith("#")
    }
    assert (sorted(links - set(ids)), len(ids)) == ([], len(set(ids)))


def test_a_value_is_marked_where_it_stands() -> None:
    """What a difference marks on the page is the value's characters."""
    marks = Elements(html.render(stories.bridge())).texts("value")
    assert {"12 million crowns", "14 million crowns", "2031", "2032", "good"} <= set(marks)


def test_nothing_of_an_article_becomes_an_element() -> None:
    """Tags, handlers and addresses of a hostile article stay text."""
    found = Elements(html.render(stories.hostile())).found
    handlers = [name for _, attributes, _ in found for name in attributes if name.startswith("on")]
    scripts = [held for tag, _, held in found if tag == "script"]
    hrefs = [
        href
        for _, a, _ in found
        if (href := a.get("href")) and not href.startswith(("#", "data:text/csv;charset=utf-8,"))
    ]
    assert (
        handlers,
        len(scripts),
        [t for t, _, _ in found if t in {"img", "u", "b", "i"}],
        hrefs,
    ) == (
        [],
        1,
        [],
        ["https://example.org/?a=<b>&c='d\""],
    )


def test_the_policy_allows_this_style_and_script_alone() -> None:
    """The page may fetch nothing, and no attribute carries style or script."""
    page = html.render(stories.bridge())
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    directives = dict(
        part.strip().split(" ", 1) for part in stdlib_html.unescape(policy).split(";")
    )
    assert (directives["default-src"], "unsafe" in policy, " style=" in page) == (
        "'none'",
        False,
        False,
    )


def test_comments_stand_folded_at_the_end() -> None:
    """What was set aside is shown, and never among the paragraphs."""
    page = html.render(stories.bridge())
    assert page.index("The mayor said nothing of the kind.") > page.index('id="aside"')


def test_ten_accounts_make_a_page_of_less_than_two_megabytes() -> None:
    """Forty claims that all ten tell and differ in, with every note, citation and table."""
    page = html.render(crowds.crowd(accounts=10, paragraphs=40, filling="Work goes on. " * 10))
    assert len(page.encode()) < 2_000_000


def test_the_same_report_gives_the_same_page() -> None:
    """Rendering has no clock and no chance in it."""
    assert html.render(stories.bridge()) == html.render(stories.bridge())


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(alphabet="ab <>&\"'é👍\u202e\n{}%", min_size=1, max_size=50))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    span = ends.filter(lambda e: e[0] != e[1]).map(lambda e: Span(min(e), max(e)))
    return text, draw(st.lists(span, max_size=6))


@settings(deadline=None)
@given(texts_with_spans())
def test_marks_leave_the_text_as_it_is(example: tuple[str, list[Span]]) -> None:
    """However marks overlap, the text under them is the text."""
    text, marks = example
    whole = Span(0, len(text))
    article = Article(
        id="a", text=text, sections=(Section(kind=SectionKind.BODY, span=whole),), title="t"
    )
    shown = markup.marked(
        article, whole, [(s, Mark("content", f"n{n}")) for n, s in enumerate(marks)]
    )
    assert stdlib_html.unescape(re.sub(r"<[^>]*>", "", shown)) == text


@settings(deadline=None)
@given(texts_with_spans())
def test_segments_cover_without_overlap(example: tuple[str, list[Span]]) -> None:
    """Segments follow one another from the first character to the last."""
    text, marks = example
    found = segments.flatten(Span(0, len(text)), [(s, n) for n, s in enumerate(marks)])
    assert [s.span.start for s in found] + [len(text)] == [0] + [s.span.end for s in found]


@settings(deadline=None)
@given(texts_with_spans())
def test_segments_know_their_marks(example: tuple[str, list[Span]]) -> None:
    """A segment is under just the marks that hold it."""
    text, marks = example
    found = segments.flatten(Span(0, len(text)), [(s, n) for n, s in enumerate(marks)])
    assert [s.keys for s in found] == [
        tuple(n for n, mark in enumerate(marks) if spans.contains(mark, s.span)) for s in found
    ]


@settings(deadline=None)
@given(texts_with_spans(), st.integers(0, 20))
def test_context_holds_its_focus(example: tuple[str, list[Span]], reach: int) -> None:
    """Words around a focus never lose the focus, nor leave what they were cut from."""
    text, marks = example
    whole = Span(0, len(text))
    for focus in marks:
        shown = segments.around(text, focus, whole, reach=reach)
        assert spans.contains(shown, focus)
        assert spans.contains(whole, shown)
