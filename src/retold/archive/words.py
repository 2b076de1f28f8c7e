"""Words as both kinds of archive look for them: the tokens and stems of SQLite's full-text index.

An index in memory cuts texts into words and says where some stand, so that an archive on a server
finds the same as one in a file, and both mark the same characters.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from retold.types import Span

STEMMED = "porter unicode61 remove_diacritics 2"
PLAIN = "unicode61 remove_diacritics 2"
OPEN, CLOSE = "\ue0f0", "\ue0f1"  # of no alphabet, so that the index can put them around words
_MARKED = re.compile(f"{OPEN}[^{CLOSE}]+{CLOSE}")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together in their order; if `begins`, the last is the beginning of one."""

    words: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Two words, in any order, with at most so many between them."""

    one: str
    other: str
    between: int


Terms = tuple[Term | Near, ...]


def expression(terms: Terms, *, joined: str = "AND") -> str:
    """The terms as the full-text index of SQLite is asked for them."""
    return f" {joined} ".join(map(_asked, terms))


def _asked(term: Term | Near) -> str:
    if isinstance(term, Near):
        return f"NEAR({_phrase(term.one)} {_phrase(term.other)}, {term.between})"
    return _phrase(term.words) + ("*" if term.begins else "")


def _phrase(words: str) -> str:
    """Words as a phrase, with nothing in it that the index would obey."""
    plain = words.encode(errors="replace").decode().replace("\0", " ").replace('"', '""')
    return f'"{plain}"'


def stems(texts: Sequence[str], *, is_stemmed: bool = True) -> list[list[str]]:
    """The words of each text, in order, as the index holds them."""
    out: list[list[str]] = [[] for _ in texts]
    with closing(sqlite3.connect(":memory:")) as memory:
        _hold(memory, [text.encode(errors="replace").decode() for text in texts], is_stemmed)
        memory.execute("CREATE VIRTUAL TABLE found USING fts5vocab(held, instance)")
        for row, word in memory.execute("SELECT doc, term FROM found ORDER BY doc, offset"):
            out[row].append(word)
    return out


def marks(texts: Sequence[str], terms: Terms) -> list[tuple[Span, ...]]:
    """Where any of the terms stands in each of the texts; nowhere in one that has marks of its
    own."""
    with closing(sqlite3.connect(":memory:")) as memory:
        _hold(memory, texts, is_stemmed=True)
        found = memory.execute(
            "SELECT rowid, highlight(held, 0, ?, ?) FROM held WHERE held MATCH ?",
            (OPEN, CLOSE, expression(terms, joined="OR")),
        )
        marked = dict(found.fetchall())
    return [tuple(_spans(marked.get(n, ""), text)) for n, text in enumerate(texts)]


def _hold(memory: sqlite3.Connection, texts: Sequence[str], is_stemmed: bool) -> None:
    tokenizer = STEMMED if is_stemmed else PLAIN
    memory.execute(f'CREATE VIRTUAL TABLE held USING fts5(words, tokenize="{tokenizer}")')
    memory.executemany("INSERT INTO held (rowid, words) VALUES (?, ?)", enumerate(texts))


def _spans(marked: str, text: str) -> Iterator[Span]:
    if marked.replace(OPEN, "").replace(CLOSE, "") != text:
        return
    for n, found in enumerate(_MARKED.finditer(marked)):
        yield Span(found.start() - 2 * n, found.end() - 2 * (n + 1))  # a mark is two characters
