"""What is known of an article apart from its text, in the forms in which people write it down."""

from __future__ import annotations

import datetime as dt
import email.utils
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Fields = Mapping[str, str]
"""Where the rows of a file have a field: `{"title": "headline.main"}`."""

# The first key that has a value counts.
_KEYS = {
    "file": ("file", "path", "filename"),
    "text": ("text", "body", "content", "article", "articleBody", "maintext", "article_text"),
    "html": ("html", "raw_html", "page"),
    "url": ("url", "link", "canonical_url", "href"),
    "outlet": ("outlet", "source", "publisher", "publication", "site", "sitename", "site_name"),
    "title": ("title", "headline", "name"),
    "published": (
        "published", "date", "published_at", "publishedAt", "publish_date", "date_published",
        "datePublished", "date_publish", "pubDate", "pub_date", "publication_date",
    ),
}  # fmt: skip
FIELDS = tuple(_KEYS)
_TAG = re.compile(r"</?(?:b|br|em|i|mark|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (\d{4})\b")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|(\d{4})(\d\d)(\d\d)(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Where an article comes from, as far as it is known."""

    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: dt.date | None = None

    def completed_by(self, other: Metadata) -> Metadata:
        """This, with what it does not say taken from `other`."""
        return Metadata(
            path=self.path or other.path,
            url=address(self.url) or address(other.url),
            outlet=self.outlet or other.outlet,
            title=self.title or other.title,
            published=self.published or other.published,
        )


def address(url: str | None) -> str | None:
    """`url`, None for brackets that hold no host: no program could take it for an address."""
    try:
        return url if url and urlsplit(url) else None
    except ValueError:
        return None


def renamed(row: Mapping[str, Any], fields: Fields) -> Mapping[str, Any]:
    """`row` with each of `fields` under its own name and no other."""
    if not fields:
        return row
    told = set(fields) | ({"text"} if "html" in fields else set())
    hidden = {key for field in told for key in _KEYS[field]}
    rest = {key: value for key, value in row.items() if key not in hidden}
    return rest | {field: _at(row, path) for field, path in fields.items()}


def _at(row: Any, path: str) -> Any:
    """The value at a dotted path: `body.text`, `headlines.0.value`; None where there is none."""
    if isinstance(row, Mapping) and path in row:
        return row[path]
    value = row
    for step in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def value_of(row: Mapping[str, Any], field: str) -> str | None:
    """What `row` says for `field` under any of the names that it goes by; None if nothing."""
    for key in _KEYS[field]:
        value = row.get(key)
        if isinstance(value, Mapping):  # {"source": {"name": "The Meridian"}}
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return _whole(value)
        if isinstance(value, int) and field == "published" and len(str(value)) == 8:
            return str(value)
    return None


def _whole(value: str) -> str:
    """`value` without halves of characters: JSON can write them, and no text can hold them."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def of_row(row: Mapping[str, Any]) -> Metadata:
    """The metadata of one article in a JSON file; a date that cannot be told is left out."""
    published = value_of(row, "published")
    return Metadata(
        url=_flat(value_of(row, "url")),
        outlet=_flat(value_of(row, "outlet")),
        title=_heading(value_of(row, "title")),
        published=date_of(published) if published else None,
    )


def _heading(title: str | None) -> str | None:
    """A title as a reader sees it; pages hand theirs on as they write it: `Holt &amp; <em>Lind`."""
    return _flat(html.unescape(_TAG.sub("", title))) if title else None


def date_of(text: str) -> dt.date | None:
    """The day that `text` names with its year; None where it cannot be told for sure.

    "03/04/2024" is the third of April to some and the fourth of March to others: no day.
    """
    text = " ".join(text.split())
    try:
        if found := _YEAR_FIRST.match(text):
            year, month, day = (int(part) for part in found.groups() if part)
            return dt.date(year, month, day)
        for pattern, order in ((_MONTH_FIRST, (3, 1, 2)), (_DAY_FIRST, (3, 2, 1))):
            if found := pattern.search(text):
                named, day = found[order[1]][:3].lower(), int(found[order[2]])
                if named in _MONTHS:
                    return dt.date(int(found[3]), _MONTHS.index(named) + 1, day)
        return email.utils.parsedate_to_datetime(text).date() if "," in text else None
    except (ValueError, TypeError):
        return None  # no such day


def _flat(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None
