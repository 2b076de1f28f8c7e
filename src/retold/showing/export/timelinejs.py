"""The timeline of a report as TimelineJS reads it: one slide an event, a row for each outlet."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from retold import spans
from retold.errors import FormatError
from retold.reading import calendar
from retold.showing import dates
from retold.showing import view as views
from retold.showing.export import iris
from retold.showing.view import View
from retold.types import Event, Report

HEADLINE_CHARS = 80
_PLAIN = re.compile(r"(-?\d{4})(?:-(0\d|1[012])(?:-(\d\d))?)?")

Date = dict[str, int]


def encode(report: Report) -> str:
    """The JSON of the timeline. TimelineJS shows text as HTML: every character is escaped.

    The headline is the event's own words, cut where they are long; its text is all of them, with
    outlet, place and the date as it was found.
    """
    view = views.of(report)
    drawn = [event for event in views.dated(view) if calendar.days(event.date)]
    slides = [_slide(view, number, event) for number, event in enumerate(drawn, start=1)]
    return json.dumps({"events": slides}, ensure_ascii=False, indent=1) + "\n"


def _slide(view: View, number: int, event: Event) -> dict[str, Any]:
    article = view.articles[event.article_id]
    words = " ".join(spans.cut(article.text, event.span).split())
    label = view.labels[event.article_id]
    place = f"{label}, characters {event.span.start}–{event.span.end}"
    address = iris.address(article)
    return {
        "unique_id": f"event-{number}",
        "group": html.escape(label),
        "display_date": html.escape(dates.words(event.date)),
        **_dates(event.date),
        "text": {
            "headline": html.escape(_cut(words)),
            "text": f"<p>{html.escape(words)}</p>\n<p>{_linked(place, address)}</p>",
        },
    }


def _dates(date: str) -> dict[str, Date]:
    """Start and end of an EDTF date, as precise as it is; an open side is drawn at the other."""
    sides = [side for side in date.split("/") if side != ".."]
    start, end = _point(sides[0], is_end=False), _point(sides[-1], is_end=True)
    return {"start_date": start} if start == end else {"start_date": start, "end_date": end}


def _point(side: str, *, is_end: bool) -> Date:
    """Year, month and day as far as they are given; the first or last day of any other stretch."""
    if plain := _PLAIN.fullmatch(side.rstrip("~?%")):
        given = zip(("year", "month", "day"), plain.groups(), strict=True)
        return {part: int(number) for part, number in given if number}
    ends = calendar.days(side)
    if ends is None:
        raise FormatError(f"{side!r} is no date in EDTF.")
    day = ends[is_end]
    return {"year": day.year, "month": day.month, "day": day.day}


def _cut(words: str) -> str:
    if len(words) <= HEADLINE_CHARS:
        return words
    return words[:HEADLINE_CHARS].rsplit(" ", 1)[0] + " …"


def _linked(words: str, address: str | None) -> str:
    if address is None:
        return html.escape(words)
    return f'<a href="{html.escape(address)}">{html.escape(words)}</a>'
