"""The page in a real browser: what runs, what shows, what the keyboard does."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from retold import spans
from retold.showing import view
from retold.types import Report
from tests import stories

pytestmark = pytest.mark.browser

Open = Callable[..., Any]


@pytest.mark.parametrize("report", [stories.bridge(), stories.hostile(), stories.bare()])
def test_nothing_runs_but_the_page_and_nothing_is_fetched(opened: Open, report: Report) -> None:
    """No error, no dialog, no script of an article, no request but for the file."""
    page = opened(report)
    assert (page.problems, len(page.requests), page.title()[-6:]) == ([], 1, "retold")


@pytest.mark.parametrize("report", [stories.bridge(), stories.hostile()])
def test_the_characters_shown_are_the_articles(opened: Open, report: Report) -> None:
    """What the browser holds in a paragraph is the article's line, astral characters included."""
    page = opened(report)
    lines = [
        line
        for article in report.articles
        for section in article.sections
        if section.kind not in view.OUTSIDE
        for line in spans.cut(article.text, section.span).split("\n")
        if line.strip()
    ]
    assert page.eval_on_selector_all(".text", "all => all.map(e => e.textContent)") == lines


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
@pytest.mark.parametrize("report", [stories.bridge(), stories.hostile()])
def test_no_width_scrolls_sideways(opened: Open, report: Report, width: int) -> None:
    """From a phone to a wide screen the page keeps within the window."""
    page = opened(report, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_screen_tells_the_story(opened: Open) -> None:
    """Without scrolling: what differs, through whom it came, what only one tells."""
    page = opened(stories.bridge(), viewport={"width": 1280, "height": 800})
    bottoms = page.evaluate(
        """() => ['.brief mark', '.routes li', '.alone li'].map(
            s => document.querySelector(s).getBoundingClientRect().bottom)"""
    )
    assert max(bottoms) < 800


def test_j_and_k_walk_over_the_differences(opened: Open) -> None:
    """j goes on, k goes back, and what is current has the focus."""
    page = opened(stories.bridge())
    held = []
    for key in "jjk":
        page.keyboard.press(key)
        held.append(page.evaluate("document.activeElement.id"))
    assert held == ["d-1", "d-2", "d-1"]


def test_o_opens_the_place_of_a_difference(opened: Open) -> None:
    """From a difference, o goes to the words in their article."""
    page = opened(stories.bridge())
    page.keyboard.press("j")
    page.keyboard.press("o")
    assert page.evaluate("location.hash.slice(0, 5)") == "#v-1-"


def test_a_note_is_opened_by_the_keyboard_alone(opened: Open) -> None:
    """The walk comes to the notes after the differences; o opens one, Enter closes it again."""
    page = opened(stories.bridge())
    for key in "jjjj":
        page.keyboard.press(key)
    is_open = "document.activeElement.parentElement.open"
    held = [page.evaluate(is_open)]
    for key in ("o", "Enter"):
        page.keyboard.press(key)
        held.append(page.evaluate(is_open))
    assert held == [False, True, False]


def test_escape_ends_a_search(opened: Open) -> None:
    """Everything shows again, and keys walk again."""
    page = opened(stories.bridge())
    page.keyboard.press("/")
    page.keyboard.type("nowhere in it")
    page.wait_for_selector(".find .n:not(:empty)")
    page.keyboard.press("Escape")
    page.wait_for_selector(".find .n:empty", state="attached")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "d-1"


def test_search_hides_what_does_not_hold_the_words(opened: Open) -> None:
    """/ goes to the search, and only what holds the words stays."""
    page = opened(stories.bridge())
    page.keyboard.press("/")
    page.keyboard.type("14 million")
    page.wait_for_selector(".find .n:not(:empty)")
    shown = page.eval_on_selector_all(
        ".difference", "all => all.filter(e => !e.hidden).map(e => e.id)"
    )
    assert shown == ["d-1"]


def test_a_note_opens_without_a_script(opened: Open) -> None:
    """With JavaScript off the other accounts' words still open beside the passage."""
    page = opened(stories.bridge(), java_script_enabled=False)
    note = page.locator("details.differs").first
    note.locator("summary").click()
    assert "12 million crowns" in note.locator("blockquote").first.inner_text()


def test_a_value_leads_to_its_characters(opened: Open) -> None:
    """A link from a difference scrolls to the place in the article."""
    page = opened(stories.bridge(), viewport={"width": 1280, "height": 600})
    page.click('a[href="#v-1-0"]')
    page.wait_for_timeout(100)
    top = page.evaluate("document.getElementById('v-1-0').getBoundingClientRect().top")
    assert 0 <= top < 600


def test_the_page_prints(opened: Open) -> None:
    """Printing gives a PDF of some pages."""
    assert opened(stories.bridge()).pdf()[:5] == b"%PDF-"


def test_headings_descend_one_by_one(opened: Open) -> None:
    """A screen reader's outline has one h1 and no gap."""
    page = opened(stories.bridge())
    levels = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(e => +e.tagName[1])")
    gaps = [b for a, b in pairwise(levels) if b > a + 1]
    assert (levels.count(1), levels[0], gaps) == (1, 1, [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_labels_can_be_read(opened: Open, scheme: str) -> None:
    """Text keeps a contrast of 4.5 to its background, by day and by night."""
    page = opened(stories.bridge(), color_scheme=scheme)
    names = ["--ink", "--soft", "--differs", "--agrees", "--only", "--missing", "--link"]
    ratios = page.evaluate(
        """names => {
            const style = getComputedStyle(document.documentElement);
            const light = hex => {
                const [r, g, b] = hex.trim().slice(1).match(/../g).map(h => {
                    const c = parseInt(h, 16) / 255;
                    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
                });
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const paper = light(style.getPropertyValue('--paper'));
            return names.map(n => {
                const l = light(style.getPropertyValue(n));
                return (Math.max(l, paper) + 0.05) / (Math.min(l, paper) + 0.05);
            });
        }""",
        names,
    )
    assert [n for n, ratio in zip(names, ratios, strict=True) if ratio < 4.5] == []
