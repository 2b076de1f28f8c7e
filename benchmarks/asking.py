"""How long an archive takes to answer as it grows.

    python -m benchmarks.asking ../shared/data/corpora/news_12k.jsonl.gz --sizes 1000 10000 100000
    python -m benchmarks.asking --archive made.sqlite --recall 48

The articles are those of the corpus, multiplied with changed words, each with a stand-in for its
reading (`benchmarks.multiplied`): no model has read them. At each size, the bytes of the archive
for each article, and the median and the 99th percentile of the milliseconds that a question takes,
by the clock and of CPU (the same where the machine does nothing else), in a process that has asked
before: searches for words, beginnings, phrases and words that are nearly everywhere, searches by
speaker and by meaning, and quotations with one word changed. `--archive` is the name of a file, or
the address of a PostgreSQL database, whose own CPU is not seen; without a corpus it is asked as it
is. `--recall` looks at all vectors for the ten nearest to so many questions, and prints how many of
them the search by meaning finds.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks import multiplied
from benchmarks.multiplied import WORD
from benchmarks.nearest import exact
from retold.archive import lists, meaning, people, quotations, search, sketches
from retold.archive.said import Filters
from retold.archive.store import Archive
from retold.intake import BATCH
from retold.types import Span

QUESTIONS = 100  # of each kind
NEAREST = 10
TIE = 1e-5  # of two cosines
SAMPLE = 400  # texts and statements from which the questions are drawn
TEXT = "SELECT text FROM articles WHERE number = ?"
EVERYWHERE = ("said", "the", "and", "that", "government", "president", "people", "year", "told")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.asking",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("corpus", type=Path, nargs="?", help="articles as JSON lines, gzipped")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--archive", help="where it is made, to be kept and gone on with")
    parser.add_argument("--recall", type=int, default=0, metavar="QUESTIONS")
    asked = parser.parse_args()
    if not asked.corpus and not asked.archive:
        parser.error("give a corpus to make an archive of, or --archive with one that is there")
    print("no model has read these articles: each has a stand-in for its reading")
    print(f"{'articles':>9}  {'question':<21}{'median ms':>10}{'p99 ms':>8}{'CPU ms':>8}{'p99':>8}")
    with tempfile.TemporaryDirectory() as folder:
        place = asked.archive or f"{folder}/archive.sqlite"
        with Archive.open(place, create=asked.corpus is not None) as archive:
            for _ in _grown(archive, asked.corpus, sorted(asked.sizes)):
                _tell(archive, asked.recall)


def _grown(archive: Archive, corpus: Path | None, sizes: Sequence[int]) -> Iterator[int]:
    """The sizes, each when the archive has it; without a corpus the one that it has."""
    if corpus is None:
        yield len(archive)
        return
    more = islice(multiplied.readings(corpus), len(archive), None)
    for size in sizes:
        while len(archive) < size:
            archive.keep_all(islice(more, min(BATCH, size - len(archive))))
            sketches.keep_up(archive.database)
        yield size


def _tell(archive: Archive, questions: int) -> None:
    print(f"{len(archive):>9}  {_bytes(archive) / len(archive) / 1000:.1f} kB each")
    for name, took in _measure(archive):
        print(
            f"{len(archive):>9}  {name:<21}{took.median:>10.1f}{took.longest:>8.1f}"
            f"{took.cpu:>8.1f}{took.longest_cpu:>8.1f}",
            flush=True,
        )
    if questions:
        share = _recall(archive, questions)
        print(f"{len(archive):>9}  by meaning, {share:.1%} of the {NEAREST} nearest are found")


def _bytes(archive: Archive) -> int:
    """What an archive takes, with the sketches of a file."""
    if not isinstance(archive.place, Path):
        return int(archive.database.value("SELECT pg_database_size(current_database())"))
    archive.database.do("PRAGMA wal_checkpoint(TRUNCATE)")
    files = (archive.place, archive.database.sketches)
    return sum(file.stat().st_size for file in files if file and file.exists())


# --- asking ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds by the clock and of CPU, the median and the 99th percentile of each."""

    median: float
    longest: float
    cpu: float
    longest_cpu: float


def _measure(archive: Archive) -> Iterator[tuple[str, Took]]:
    """What each kind of question took."""
    chance = random.Random(len(archive))  # noqa: S311 questions
    texts = _drawn(archive, chance, TEXT, "articles")
    speaking = "SELECT s.name FROM statements t JOIN speakers s ON s.number = t.speaker"
    names = _drawn(archive, chance, f"{speaking} WHERE t.number = ?", "statements")
    for name, question in {
        "search, two words": lambda: _search(archive, " ".join(_some(chance, texts, 2))),
        "search, a beginning": lambda: _search(archive, f"{_some(chance, texts, 1)[0][:5]}*"),
        "search, a phrase": lambda: _search(archive, f'"{_sentence(chance, texts, 3)}"'),
        "search, everywhere": lambda: _search(archive, " ".join(chance.sample(EVERYWHERE, 2))),
        "search by speaker": lambda: _by_speaker(archive, chance.choice(names)),
        "search by meaning": lambda: _by_meaning(archive, _altered(chance, texts)),
        "quote": lambda: _quote(archive, _altered(chance, texts)),
    }.items():
        yield name, _took(question)


def _drawn(archive: Archive, chance: random.Random, sql: str, table: str) -> list[str]:
    """What a query gives for some rows of a table, by their number."""
    most = archive.database.value(f"SELECT max(number) FROM {table}")  # noqa: S608 a name of ours
    numbers = (chance.randrange(1, most + 1) for _ in range(SAMPLE))
    return [str(found) for n in numbers if (found := archive.database.value(sql, (n,)))]


def _took(question: Callable[[], object]) -> Took:
    question()
    clock, cpu = [], []
    for _ in range(QUESTIONS):
        started, spent = time.perf_counter(), time.process_time()
        question()
        clock.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (time.process_time() - spent))
    return Took(*middle_and_end(clock), *middle_and_end(cpu))


def middle_and_end(spent: list[float]) -> tuple[float, float]:
    spent.sort()
    return spent[len(spent) // 2], spent[int(0.99 * len(spent)) - 1]


def _search(archive: Archive, words: str) -> object:
    return search.find(archive, words)


def _by_speaker(archive: Archive, name: str) -> object:
    forms = tuple(form for person in people.find(archive, name) for form in person.forms)
    return search.find(archive, "", filters=Filters(forms=forms))


def _by_meaning(archive: Archive, words: str) -> object:
    return meaning.ask(archive, words, _StandIn())


def _recall(archive: Archive, questions: int) -> float:
    """The share of the nearest passages that the search by meaning finds, or others as near."""
    chance = random.Random(questions)  # noqa: S311 questions
    texts = _drawn(archive, chance, TEXT, "articles")
    asked = [_StandIn().vector(_altered(chance, texts)) for _ in range(questions)]
    each = lists.unit(np.array([np.frombuffer(vector, np.int8) for vector in asked]))
    found = 0
    for vector, nearest in zip(each, exact(archive.database, each, NEAREST), strict=True):
        least = nearest[-1][0] - TIE
        likely = meaning.nearest(archive.database, vector)[:NEAREST]
        found += sum(score >= least for score, _, _ in likely)
    return found / (NEAREST * questions)


class _StandIn:
    """What makes vectors as those of the archive."""

    name = "a stand-in"

    def vector(self, words: str) -> bytes:
        return multiplied.vectors(words, [Span(0, len(words))]).tobytes()


def _quote(archive: Archive, wording: str) -> object:
    return quotations.check(archive, wording)


def _some(chance: random.Random, texts: Sequence[str], count: int) -> list[str]:
    """Long words of one text."""
    words = WORD.findall(chance.choice(texts)) or ["nothing"]
    return [chance.choice(words) for _ in range(count)]


def _sentence(chance: random.Random, texts: Sequence[str], count: int) -> str:
    """So many words in a row of one text, or all that it has."""
    words = re.findall(r"[^\W_]+", chance.choice(texts))
    start = chance.randrange(max(1, len(words) - count))
    return " ".join(words[start : start + count])


def _altered(chance: random.Random, texts: Sequence[str]) -> str:
    """Words in a row, as many as a quotation may have, one of them changed."""
    words = _sentence(chance, texts, chance.choice((6, 12, 25, 60))).split()
    words[chance.randrange(len(words))] = "otherwise"
    return " ".join(words) + " indeed so it is"


if __name__ == "__main__":
    main()
