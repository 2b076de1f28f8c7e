"""The Markdown dossier and the timeline, as their readers read them."""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from retold.showing import dates
from retold.showing.export import markdown, timelinejs
from tests import exported, stories

REPORTS = {"bridge": stories.bridge, "hostile": exported.hostile, "alone": stories.bare}
each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())


# --- the dossier ---------------------------------------------------------------------------------


def rendered(text: str) -> str:
    markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py reads the dossier")
    footnote = pytest.importorskip("mdit_py_plugins.footnote", reason="for its footnotes")
    reader = markdown_it.MarkdownIt("commonmark").enable("table").use(footnote.footnote_plugin)
    return str(reader.render(text))


class Tags(HTMLParser):
    """The tags and the text of a page, apart."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def read(text: str) -> Tags:
    tags = Tags()
    tags.feed(rendered(text))
    return tags


@each_report
def test_no_word_of_an_article_is_markup(report: Any) -> None:
    """A reader of Markdown finds headings, lists and footnotes, and nothing that an article put
    there."""
    tags = read(markdown.encode(report()))
    own = {"h1", "h2", "h3", "ul", "ol", "li", "p", "strong", "a", "sup", "section", "hr"}
    assert tags.tags <= own
    assert [x for x in tags.links if not x.startswith(("#fn", "https://"))] == []


@each_report
def test_the_words_are_shown_as_they_are(report: Any) -> None:
    """Every statement's words stand in what a reader sees, their blanks alone made one."""
    shown = " ".join(re.sub(r"\[\d+(?::\d+)?\]", "", read(markdown.encode(report())).text).split())
    texts = {article.id: article.text for article in report().articles}
    for said in report().attributions:
        for piece in said.content:
            words = texts[said.article_id][piece.start : piece.end].replace("\0", "\ufffd")
            assert " ".join(words.split()) in shown


@each_report
def test_every_footnote_leads_to_its_words(report: Any) -> None:
    """Each mark has its note, each note its mark, and the characters that it names are there."""
    text = markdown.encode(report())
    lines = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", text, re.MULTILINE))
    marks = re.findall(r"\[\^(\d+)\](?!:)", text)
    assert set(marks) == set(lines)
    lengths = [len(article.text) for article in report().articles]
    for note in lines.values():
        start, end = map(int, re.search(r"characters (\d+)–(\d+)\.$", note).groups())  # type: ignore[union-attr]
        assert 0 <= start < end <= max(lengths)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("- a list", r"\- a list"),
        ("1. first", r"1\. first"),
        ("2) second", r"2\) second"),
        ("# heading", r"\# heading"),
        ("a\n\nb", "a b"),
        ("[x](y) <i> &amp; *z* `c`", r"\[x\](y) \<i\> \&amp; \*z\* \`c\`"),
    ],
)
def test_plain_words(words: str, shown: str) -> None:
    """What Markdown would read is told to be text."""
    assert markdown.plain(words) == shown
    assert read(f"x {markdown.plain(words)}").tags == {"p"}


# --- the timeline --------------------------------------------------------------------------------


def slides(date: str) -> list[dict[str, Any]]:
    """The slides of a report whose one event has that date."""
    small = exported.small()
    event = dataclasses.replace(small.timeline[0], date=date)
    report = dataclasses.replace(small, timeline=(event,))
    held: list[dict[str, Any]] = json.loads(timelinejs.encode(report))["events"]
    return held


YEAR = {"year": 2031}


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2031", YEAR, None),
        ("2031-05", {"year": 2031, "month": 5}, None),
        ("2031-05-06", {"year": 2031, "month": 5, "day": 6}, None),
        ("2031~", YEAR, None),
        ("2029/2031", {"year": 2029}, YEAR),
        ("2031-04/2031-06", {"year": 2031, "month": 4}, {"year": 2031, "month": 6}),
        ("2031/..", YEAR, None),
        ("../2031", YEAR, None),
        ("-0043", {"year": -43}, None),
        (
            "2031-21",
            {"year": 2031, "month": 3, "day": 1},
            {"year": 2031, "month": 5, "day": 31},
        ),
    ],
)
def test_a_date_is_as_precise_as_it_is(
    date: str, start: dict[str, int], end: dict[str, int] | None
) -> None:
    """No month or day is made up; an open side is drawn where the other is."""
    (slide,) = slides(date)
    assert (slide["start_date"], slide.get("end_date")) == (start, end)
    assert slide["display_date"] == dates.words(date)


def test_a_date_that_nobody_can_draw_has_no_slide() -> None:
    """What is no date in EDTF is left out."""
    assert slides("whenever") == []


@each_report
def test_a_slide_runs_nothing(report: Any) -> None:
    """TimelineJS shows text as HTML: there is no tag in it but our own."""
    tags = Tags()
    for slide in json.loads(timelinejs.encode(report()))["events"]:
        tags.feed(slide["text"]["headline"] + slide["text"]["text"] + slide["group"])
    assert tags.tags <= {"p", "a"}
    assert [link for link in tags.links if not link.startswith("https://")] == []


def test_a_slide_has_what_the_reader_needs() -> None:
    """A date, a headline, a text, a row, and an id of its own."""
    held = json.loads(timelinejs.encode(stories.bridge()))["events"]
    assert [(s["unique_id"], s["group"], s["text"]["headline"]) for s in held] == [
        ("event-1", "Harbour Post", "The old crossing fell in March 2029"),
        ("event-2", "Harbour Post", "Work begins in 2031."),
        (
            "event-3",
            "Northern Wire",
            "Work begins in 2032, the ministry’s crowing planners announced.",
        ),
    ]
