"""ninjs, the JSON of news agencies (IPTC), of the first generation to the third."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_BODY = re.compile(r"body_\w+")
_IS_HTML = re.compile(r"x?html", re.I)


def is_item(row: Mapping[str, Any]) -> bool:
    """True for a news item with a text: `uri` is the one property that every item has."""
    return isinstance(row.get("uri"), str) and any(
        key == "bodies" or _BODY.fullmatch(key) for key in row
    )


def flattened(item: Mapping[str, Any]) -> dict[str, Any]:
    """The item as a row with the usual names of fields; what it has else is kept beside them."""
    plain, html = _bodies(item)
    told = {
        "text": plain,
        "html": html,
        "url": _url(item),
        "outlet": _outlet(item),
        "title": item.get("headline") or item.get("title") or _best(item.get("headlines")),
        "published": item.get("firstcreated") or item.get("versioncreated"),
    }
    return {**item, **{field: value for field, value in told.items() if value}}


def _bodies(item: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The text of the item as plain text and as HTML, None for what it has not."""
    bodies = [(key, item[key]) for key in item if _BODY.fullmatch(key)]
    for body in _objects(item.get("bodies")):
        bodies.append((str(body.get("contenttype") or body.get("contentType")), body.get("value")))
    texts = [(kind, text) for kind, text in bodies if isinstance(text, str) and text.strip()]
    plain = next((text for kind, text in texts if not _IS_HTML.search(kind)), None)
    return plain, next((text for kind, text in texts if _IS_HTML.search(kind)), None)


def _best(headlines: Any) -> str | None:
    """The main headline of those of the second generation, else the first."""
    named = [h for h in _objects(headlines) if isinstance(h.get("value"), str)]
    main = [h for h in named if h.get("role") in ("main", "title", "headline")]
    return next((str(h["value"]) for h in main + named), None)


def _url(item: Mapping[str, Any]) -> str | None:
    """The address at which the item can be read; its `uri` may be a name and no address."""
    for rendition in (item.get("url"), item.get("link"), item.get("uri")):
        if isinstance(rendition, str) and rendition.startswith(("http://", "https://")):
            return rendition
    return None


def _outlet(item: Mapping[str, Any]) -> str | None:
    """Who publishes it, by the first property that says so."""
    for value in (item.get("source"), item.get("provider"), item.get("copyrightholder")):
        name = value.get("name") or value.get("literal") if isinstance(value, Mapping) else value
        if isinstance(name, str) and name.strip():
            return name
    for source in _objects(item.get("infosources")):
        if isinstance(source.get("name"), str):
            return str(source["name"])
    return None


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [v for v in value if isinstance(v, Mapping)] if isinstance(value, list) else []
