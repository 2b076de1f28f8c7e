"""What a page hides and its text shows, where a passage of it is shown. Invented."""

from __future__ import annotations

import dataclasses

from retold.showing import markup, page, segments
from retold.types import Span
from tests import stories

HIDING = (
    "Mayor Anna Holt Anna Maria HoltCouncil says no Harbour is shut MORE left the hall. Reed came."
)


def test_what_a_page_hides_is_left_out_of_an_excerpt() -> None:
    """… stands for the headlines behind a name; they do not count among the characters shown."""
    whole = Span(0, HIDING.index(" Reed"))
    shown = segments.shorten(HIDING, whole, length=27)
    assert page.excerpt(HIDING, shown, whole=whole).plain == "Mayor Anna Holt … left the…"
    assert [HIDING[s.start : s.end] for s in segments.unseen(HIDING, Span(6, 30))] == [
        " Anna Maria Hol"
    ]


def test_what_a_page_hides_stays_in_the_html() -> None:
    """Its characters are all there, under a mark of their own."""
    article = dataclasses.replace(stories.bare().articles[0], text=HIDING, sections=())
    shown = markup.excerpt(article, Span(0, len(HIDING)))
    assert shown.striptags() == HIDING
    assert '<span class="unseen"> Anna Maria Holt' in shown
