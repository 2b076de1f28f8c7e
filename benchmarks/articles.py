"""Articles to measure with: the example stories, with words changed so that no two are copies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from retold import load
from retold.types import Article, SectionKind

DEMO = Path(__file__).resolve().parent.parent / "src" / "retold" / "demo"
WORD = re.compile(r"\b[a-z]{5,}\b")
EVERY = 7  # one long word in so many is changed


def write_story(folder: Path, *, count: int) -> None:
    """A folder of `count` accounts of one story, the same bytes on every run."""
    told = list(islice(accounts(), count))
    entries = []
    for number, text in enumerate(told):
        name = f"{number:03}.txt"
        (folder / name).write_text(text, encoding="utf-8")
        day = f"2025-03-{2 + number % 20:02}"
        entries.append({"file": name, "outlet": f"Outlet {number}", "published": day})
    (folder / "articles.json").write_text(json.dumps(entries), encoding="utf-8")


def write_article(file: Path, *, words: int) -> None:
    """One text of at least so many words, cut at the end of a paragraph."""
    lines: list[str] = []
    for line in (line for text in accounts() for line in text.split("\n\n")):
        lines.append(line)
        if len(" ".join(lines).split()) >= words:
            break
    file.write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def accounts() -> Iterator[str]:
    """The four accounts of the demo as they are, then again and again with other words changed."""
    bodies = [_body(article) for article in load([DEMO]).articles]
    vocabulary = sorted({word for body in bodies for word in WORD.findall(body)})
    for number, body in enumerate(cycle(bodies)):
        turn = number // len(bodies)
        yield _changed(body, vocabulary, turn) if turn else body


def _body(article: Article) -> str:
    kept = (s.span for s in article.sections if s.kind in (SectionKind.TITLE, SectionKind.BODY))
    lines = (line.strip() for s in kept for line in article.text[s.start : s.end].split("\n"))
    return "\n\n".join(line for line in lines if line)


def _changed(body: str, vocabulary: list[str], turn: int) -> str:
    """Every seventh long word, counted from `turn`, is another word of the story."""
    seen = -1

    def other(word: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        if (seen + turn) % EVERY:
            return word.group()
        return vocabulary[(seen * 31 + turn * 101) % len(vocabulary)]

    return WORD.sub(other, body)
