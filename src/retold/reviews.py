"""Reviews of claims, as fact-checkers publish them for machines: schema.org's ClaimReview.

What is read: the claim that was checked, by whom and when, who had made it, and where it appeared.
What the checkers concluded is not read: that something was checked, and where to read it, is a
fact; a rating is a verdict, and retold neither gives nor passes on any.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard
from urllib.parse import urlsplit

from retold.types import Article, Place, Span

MIN_WORDS = 4  # fewer stand in any article
MAX_NODES = 100_000  # of one JSON document
_WORD = re.compile(r"\w+")
_MARKS = "“”„\"«»‘’'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """That a claim was checked: in whose words it stands, by whom, where to read it.

    `appearances` are addresses at which, as the checkers say, the claim was made.
    """

    claim: str
    by: str | None = None
    published: dt.date | None = None
    url: str | None = None
    claimant: str | None = None
    appearances: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = (self.by, self.published.isoformat() if self.published else None, self.url)
        return ", ".join((f"“{self.claim}”", *filter(None, told)))


def found_in(value: Any) -> tuple[Review, ...]:
    """Every review anywhere in a decoded JSON-LD document, in order, each once."""
    held = (_review(node) for node in _nodes(value) if "ClaimReview" in _types(node))
    return tuple(dict.fromkeys(review for review in held if review))


def names(review: Review, articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles in which, as the checkers say, the claim appeared."""
    told = {_place(address) for address in review.appearances}
    return tuple(a for a in articles if a.url and _place(a.url) in told)


def places(review: Review, articles: Iterable[Article]) -> tuple[Place, ...]:
    """Where the very words of the claim stand, in whatever case and marks of quotation."""
    words = [
        word for word in re.split(rf"[\s{_MARKS}]+", review.claim.strip(f" .{_MARKS}")) if word
    ]
    if len(words) < MIN_WORDS:
        return ()
    between = rf"[{_MARKS}]*\s+[{_MARKS}]*|[{_MARKS}]"
    pattern = re.compile(rf"\b{f'(?:{between})'.join(map(re.escape, words))}(?!\w)", re.I)
    return tuple(
        Place(article.id, Span(*found.span()))
        for article in articles
        for found in pattern.finditer(article.text)
    )


def about(held: Iterable[Review], articles: Sequence[Article]) -> tuple[Review, ...]:
    """Those that have to do with the articles, of however many: they name one, or one has the words
    of the claim."""
    addresses = {_place(a.url) for a in articles if a.url}
    words = {word for a in articles for word in _WORD.findall(a.text.casefold())}
    near = (
        review
        for review in dict.fromkeys(held)
        if addresses.intersection(map(_place, review.appearances))
        or words.issuperset(_WORD.findall(review.claim.casefold()))
    )
    return tuple(r for r in near if names(r, articles) or places(r, articles))


# --- JSON-LD -------------------------------------------------------------------------------------


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a document, outer before inner, in their order."""
    waiting, seen = [value], 0
    while waiting and seen < MAX_NODES:
        node, seen = waiting.pop(), seen + 1
        if isinstance(node, Mapping):
            yield node
            waiting += reversed(list(node.values()))
        elif isinstance(node, list):
            waiting += reversed(node)


def _types(node: Mapping[str, Any]) -> set[str]:
    """The names of a node's types, without the vocabulary before them."""
    return {re.split(r"[/:#]", kind)[-1] for kind in _listed(node.get("@type")) if _is_text(kind)}


def _review(node: Mapping[str, Any]) -> Review | None:
    claim = _text(node.get("claimReviewed"))
    checked = [item for item in _listed(node.get("itemReviewed")) if isinstance(item, Mapping)]
    if claim is None:
        claim = next((text for item in checked if (text := _text(item.get("text")))), None)
    if claim is None:
        return None
    return Review(
        claim=claim,
        by=_name(node.get("author")) or _name(node.get("publisher")),
        published=_day(_text(node.get("datePublished"))),
        url=_address(node.get("url")),
        claimant=next((name for item in checked if (name := _name(item.get("author")))), None),
        appearances=tuple(dict.fromkeys(address for i in checked for address in _appearances(i))),
    )


def _appearances(item: Mapping[str, Any]) -> Iterator[str]:
    """Where a claim was made; an older form has the address on the item itself."""
    for field in ("firstAppearance", "appearance", "url"):
        for value in _listed(item.get(field)):
            if address := _address(value):
                yield address


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())


def _text(value: Any) -> str | None:
    """The words of a value on one line, None if it has none."""
    for each in _listed(value):
        held = each.get("@value") if isinstance(each, Mapping) else each
        if _is_text(held):
            return " ".join(
                held.encode("utf-16", "surrogatepass").decode("utf-16", "replace").split()
            )
    return None


def _name(value: Any) -> str | None:
    """What somebody is called; of several, all of them."""
    names = (_text(v.get("name") if isinstance(v, Mapping) else v) for v in _listed(value))
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _address(value: Any) -> str | None:
    """An address of the web, None for anything else."""
    if isinstance(value, Mapping):
        return _address(value.get("url")) or _address(value.get("@id"))
    text = _text(value)
    return text if text and re.fullmatch(r"https?://[^\s<>\"]+", text, re.I) else None


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _place(address: str) -> str:
    """What two addresses of one page have in common."""
    parts = urlsplit(address)
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}"
