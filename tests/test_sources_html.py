"""Pages: what of them is the article, and what they say of themselves."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.errors import SourceError
from retold.sources import html
from retold.text import normalise

PROSE = (
    "The harbour bridge was closed on Thursday after engineers found a crack in its main beam, "
    "the port authority said.",
    "“We had no choice,” said the chief engineer, <b>Mara Lind</b>. “The beam could have failed.”",
    "The repair will take <em>six</em> weeks and cost £2 million, the authority told reporters.",
    "Mayor Tom Adeyemi told reporters that the city had warned of the danger in 2021.",
)
HEAD = (
    "<title>Bridge closed after crack is found | The Meridian</title>"
    '<meta property="og:site_name" content="The Meridian">'
    '<meta property="og:title" content="Bridge closed after crack is found">'
    '<meta property="article:published_time" content="2031-05-04T09:00:00Z">'
    '<meta name="author" content="Dana Okafor">'
)


def page(inner: str = "", *, head: str = HEAD, after: str = "") -> str:
    """A page with the prose above, `inner` behind it, and `after` outside the article."""
    prose = "".join(f"<p>{p}</p>" for p in PROSE)
    return (
        f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>Bridge closed after crack is found</h1>{prose}{inner}</article>{after}"
        "<footer>© 2031 The Meridian</footer></body></html>"
    )


def shown(source: str) -> dict[str, str]:
    """The words of the page's sections, by kind."""
    found = html.read(source, name="page.html")
    out: dict[str, str] = {}
    for s in found.sections:
        words = found.text[s.span.start : s.span.end]
        out[s.kind] = f"{out[s.kind]}\n\n{words}" if s.kind in out else words
    return out


def test_a_page_says_title_outlet_and_day() -> None:
    """What the page's head says is what is known of the article."""
    known = html.read(page(), name="page.html").known
    assert (known.title, known.outlet, known.published) == (
        "Bridge closed after crack is found",
        "The Meridian",
        dt.date(2031, 5, 4),
    )


def test_the_text_is_title_byline_body_captions_comments() -> None:
    """Each part of a page is a section of its own kind, in this order."""
    source = page(
        "<figure><img src='x'><figcaption>The old quay. Photograph: R. Vale</figcaption></figure>",
        after='<section id="comments"><div class="comment"><p>Ann Reader</p>'
        "<p>I have crossed it every day for thirty years, never safe.</p></div></section>",
    )
    found = html.read(source, name="page.html")
    assert [s.kind for s in found.sections] == ["title", "byline", "body", "caption", "comment"]
    assert shown(source)["byline"] == "Dana Okafor"
    assert shown(source)["caption"] == "The old quay. Photograph: R. Vale"
    assert "Ann Reader" in shown(source)["comment"]


def test_words_are_as_the_reader_sees_them() -> None:
    """Marks for bold or italic leave no trace, blanks are one, and every paragraph stands alone."""
    assert shown(page())["body"].split("\n\n")[1] == (
        "“We had no choice,” said the chief engineer, Mara Lind. “The beam could have failed.”"
    )


def test_furniture_in_the_body_is_apart() -> None:
    """What the page's markup does not give away, the words do."""
    parts = shown(page("<p>Advertisement</p><p>Sign up for our newsletter today.</p>"))
    assert parts["boilerplate"] == "Advertisement\n\nSign up for our newsletter today."
    assert "newsletter" not in parts["body"]


def test_scripts_and_styles_are_gone() -> None:
    """Nothing of a script is in the text, and none is run."""
    source = page("<script>document.write('<p>The mayor has fallen.</p>')</script>")
    text = html.read(source, name="page.html").text
    assert "mayor has fallen" not in text
    assert "<" not in text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("The beam &mdash; 40&nbsp;m long &mdash; will be replaced this summer, he said.",
         "The beam — 40 m long — will be replaced this summer, he said."),
        ("They de&shy;cided to re&shy;place it at once, and the port paid for all of it.",
         "They decided to replace it at once, and the port paid for all of it."),
        ("The mayor of A\u030angstro\u0308m posted a family 👨‍👩‍👧 and a bridge 🌉 on Thursday.",
         "The mayor of Ångström posted a family 👨‍👩‍👧 and a bridge 🌉 on Thursday."),
        ("„Nie wieder“, he said, ‹never again›, and «jamais», and 'not in my lifetime', he said.",
         "„Nie wieder“, he said, ‹never again›, and «jamais», and 'not in my lifetime', he said."),
    ],
)  # fmt: skip
def test_odd_characters_come_through(written: str, expected: str) -> None:
    """Entities are characters, hints to the browser are gone, all else is kept in NFC."""
    assert expected in shown(page(f"<p>{written}</p>"))["body"].split("\n\n")


def test_lists_lines_and_tables_keep_their_words() -> None:
    """A list's items, a line break's halves and a table's rows are paragraphs."""
    source = page(
        "<ul><li>Ferries run every ten minutes.</li><li>Lorries take the northern road.</li></ul>"
        "<p>He said it twice.<br>Nobody heard him.</p>"
        "<table><tr><td>Beam</td><td>40 m</td></tr><tr><td>Crack</td><td>2 m</td></tr></table>"
    )
    body = shown(source)["body"].split("\n\n")
    assert [line for line in body if "minutes" in line or "northern" in line] == [
        "Ferries run every ten minutes.",
        "Lorries take the northern road.",
    ]
    assert "He said it twice." in body
    assert "Nobody heard him." in body
    assert "Beam | 40 m" in body


def test_broken_markup_is_read() -> None:
    """Tags that never close cost no words."""
    source = page().replace("</p>", "").replace("</body></html>", "").replace("</b>", "")
    body = shown(source)["body"]
    assert "Mara Lind" in body
    assert "warned of the danger" in body


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<html><body></body></html>",
        "<html><body><p>Page not found.</p></body></html>",
        "<html><body><nav>"
        + '<a href="/x">Ten bridges that fell</a>' * 60
        + "</nav></body></html>",
        "<html><body>"
        + "".join(
            f'<div><h2><a href="/{i}">Ten bridges that fell</a></h2>'
            f"<p>Number {i} of the bridges fell into the sea in 2021, the port said.</p></div>"
            for i in range(30)
        )
        + "</body></html>",
    ],
)
def test_a_page_without_an_article_is_refused(source: str) -> None:
    """An empty page, a notice, a wall of links and a section page give no article."""
    with pytest.raises(SourceError, match=r"page\.html: no article text found"):
        html.read(source, name="page.html")


def test_the_error_says_what_was_seen_and_what_to_do() -> None:
    """The message tells the size and the links; the hint tells the next step."""
    source = "<html><body>" + '<a href="/x">Ten bridges that fell</a> ' * 400 + "</body></html>"
    with pytest.raises(SourceError) as caught:
        html.read(source, name="page.html")
    assert caught.value.message == (
        "page.html: no article text found (16 kB of HTML, mostly links)."
    )
    assert caught.value.hint == "If this is a section page, give the article's own address."


def test_the_year_of_the_copyright_line_is_no_date() -> None:
    """A page that does not state its day has none."""
    assert html.read(page(head="<title>Bridge closed</title>"), name="p").known.published is None


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60), max_size=4
    )
)
def test_sections_hold_every_character_of_the_text(words: list[str]) -> None:
    """Sections are in order, hold every non-blank character, and the text is normalised."""
    inner = "".join(f"<p>{w.replace('&', '').replace('<', '')}</p>" for w in words)
    found = html.read(page(inner), name="page.html")
    end = 0
    for section in found.sections:
        assert found.text[end : section.span.start].strip() == ""
        end = section.span.end
    assert found.text[end:].strip() == ""
    assert normalise(found.text) == found.text
