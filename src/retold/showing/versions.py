"""What was changed in an article, version after version: the words of both, in their sentences."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from retold.showing import segments
from retold.showing.page import count, passage, printable
from retold.types import Article, Span

if TYPE_CHECKING:
    from retold.archive.versions import Edit

REACH_CHARS = 40
NOTHING = "(nothing)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text of an article, when it was kept, and what it changed of the one before it."""

    article: Article
    added: dt.datetime
    edits: tuple[Edit, ...] = ()


def lines(versions: Sequence[Version]) -> str:
    """The versions as text, the first first: before each change -, after it +."""
    head = versions[-1].article
    name = head.url or head.path or head.id
    out = [f"{printable(name)}: {count(len(versions), 'version')}"]
    before: Article | None = None
    for number, version in enumerate(versions, start=1):
        changed = f"  {count(len(version.edits), 'change')}" if before else ""
        title = printable(version.article.title or "")
        out.append(f"\n{number}  {version.added:%Y-%m-%d %H:%M} UTC  {title}{changed}".rstrip())
        for edit in version.edits if before else ():
            if before and edit.before:
                out.append(f"   - {_shown(before, edit.before)}")
            if edit.after:
                out.append(f"   + {_shown(version.article, edit.after)}")
        before = version.article
    return "\n".join(out) + "\n"


def encoded(versions: Sequence[Version]) -> str:
    """The versions as JSON, with the spans of every change in the text before and in its own."""
    held = [
        {
            "id": version.article.id,
            "url": version.article.url,
            "title": version.article.title,
            "added": version.added.isoformat(timespec="seconds"),
            "text": version.article.text,
            "edits": [{"before": _pair(e.before), "after": _pair(e.after)} for e in version.edits],
        }
        for version in versions
    ]
    return json.dumps({"versions": held}, ensure_ascii=False, indent=1) + "\n"


def edited(before: Article, after: Article, edits: Sequence[Edit]) -> Iterator[str]:
    """A line for each edit: what the article said, and what it says now."""
    for edit in edits:
        old = _shown(before, edit.before) if edit.before else NOTHING
        new = _shown(after, edit.after) if edit.after else NOTHING
        yield f"edited: {printable(after.url or after.id)}: {old} → {new}"


def _shown(article: Article, span: Span) -> str:
    """The words between ‹ and ›, with what stands around them in their line."""
    line = segments.line_of(article.text, span)
    near = segments.around(article.text, span, line, reach=REACH_CHARS)
    return passage(article, near, [span], whole=line).plain


def _pair(span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end} if span else None
