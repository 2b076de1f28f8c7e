"""A stage that stands in for the model: readings of articles that are others with other words."""

from __future__ import annotations

import datetime as dt
import functools
import json
import random
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import msgspec

from retold.bulk import reading, stored
from retold.bulk.engine import Done, Task
from retold.bulk.place import Place
from retold.bulk.rows import article_of_row
from retold.bulk.schema import Row
from retold.types import Reading

READ = "read"  # the folder beside the jobs, of what was read by the model
WORD = re.compile(r"\b[a-z]{5,}\b")
EVERY = 7  # one long word in so many is changed
DAYS = 14  # before an article comes again with other words: it is then no story with the first
AGAIN = 20  # one article in so many tells what the one before it tells, on the same day
FIRST_DAY = dt.date(2000, 1, 3)
OUTLETS = 50


def write(read: Path, folder: Path, size: int, files: int) -> None:
    """So many articles made of those that were read, spread over files, the same on every run."""
    originals = list(_originals(read))
    words: dict[int, list[str]] = {}
    for word in sorted({w for held in originals for w in WORD.findall(held.article.text)}):
        words.setdefault(len(word), []).append(word)
    order = cycle(range(len(originals)))
    original = next(order)
    with ExitStack() as stack:
        out = [
            stack.enter_context((folder / f"{n:03}.jsonl").open("w", encoding="utf-8"))
            for n in range(files)
        ]
        for n in range(size):
            if n % AGAIN:
                original = next(order)
            day = FIRST_DAY + dt.timedelta(days=n * DAYS // len(originals))
            row = {
                "text": _changed(originals[original].article.text, n, words),
                "url": f"https://paper{n % OUTLETS}.example/{original}/{n}",
                "outlet": f"Paper {n % OUTLETS}",
                "published": day.isoformat(),
            }
            out[n * files // size].write(json.dumps(row) + "\n")


def read_partition(task: Task) -> Done:
    """Write a partition in which each article has the reading of the one that it was made of."""
    originals = _encoded(Path(task["out"]).parent / READ)
    return reading.write_partition(task, lambda row: _reading(row, originals))


def _changed(text: str, number: int, words: dict[int, list[str]]) -> str:
    """The text with other words of the same length, so that every span still holds."""
    chance = random.Random(number)  # noqa: S311 words

    def swap(word: re.Match[str]) -> str:
        return word.group() if chance.randrange(EVERY) else chance.choice(words[len(word.group())])

    return WORD.sub(swap, text)


def _originals(read: Path) -> Iterator[Reading]:
    place = Place.at(read)
    for file in place.files("articles"):
        yield from stored.readings(place, file.stem)


@functools.cache
def _encoded(read: Path) -> list[tuple[bytes, bytes]]:
    """What was read: the id of each article, and its reading as bytes."""
    return [(r.article.id.encode(), msgspec.msgpack.encode(r)) for r in _originals(read)]


def _reading(row: Row, originals: list[tuple[bytes, bytes]]) -> Reading:
    id, held = originals[int(row["url"].split("/")[3])]
    other = msgspec.msgpack.decode(held.replace(id, row["id"].encode()), type=Reading)
    if len(other.article.text) != len(row["text"]):
        raise ValueError("the text has another length than its original")
    return replace(other, article=article_of_row(row))
