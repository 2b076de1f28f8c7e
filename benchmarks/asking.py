"""How long an archive takes to answer as it grows.

    python -m benchmarks.asking ../shared/data/corpora/news_12k.jsonl.gz --sizes 1000 10000 100000

The articles of the corpus are kept again and again, each time with other words. None is read: what
stands in quotation marks is taken for a statement of one of some invented speakers, and the vectors
are chance, which costs an index as much as any. At each size, the median and the 99th percentile of
the milliseconds that a question takes, by the clock and of CPU (the same where the machine does
nothing else), in a process that has asked before: searches for words, beginnings and phrases,
searches by speaker and by meaning, and quotations with one word changed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retold import sources, text
from retold.archive import meaning, people, quotations, search
from retold.archive.said import Filters
from retold.archive.store import Archive
from retold.comparing.units import VECTOR_SIZE
from retold.intake import BATCH
from retold.types import (
    Act,
    Article,
    Attribution,
    Hop,
    Passage,
    QuotationKind,
    Reading,
    Span,
    Speaker,
    SpeakerKind,
)

WORD = re.compile(r"\b[a-z]{5,}\b")
EVERY = 7  # one long word in so many is changed
FAMILIES = [
    f"{a}{b}" for a in ("Hol", "Var", "Brand", "Quill", "Ost") for b in ("m", "ga", "t", "er")
]
GIVEN = ("Ines", "Karl", "Dana", "Petra", "Ivo", "Zoë", "Ruth", "Conrad", "Nell", "Wanda")
QUESTIONS = 100  # of each kind
SAMPLE = 400  # texts from which the questions are drawn


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.asking",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("corpus", type=Path, help="articles as JSON lines, gzipped")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument(
        "--archive", type=Path, help="where it is made, to be kept and gone on with"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = asked.archive or Path(folder) / "archive.sqlite"
        with Archive.open(place) as archive:
            _grow(archive, asked.corpus, sorted(asked.sizes))


def _grow(archive: Archive, corpus: Path, sizes: Sequence[int]) -> None:
    more = islice(_readings(corpus), len(archive), None)
    print(f"{'articles':>9}  {'question':<21}{'median ms':>10}{'p99 ms':>8}{'CPU ms':>8}{'p99':>8}")
    for size in sizes:
        while len(archive) < size:
            archive.keep_all(islice(more, min(BATCH, size - len(archive))))
        for name, took in _measure(archive):
            print(
                f"{size:>9}  {name:<21}{took.median:>10.1f}{took.longest:>8.1f}"
                f"{took.cpu:>8.1f}{took.longest_cpu:>8.1f}",
                flush=True,
            )


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
    numbers = [chance.randrange(1, len(archive) + 1) for _ in range(SAMPLE)]
    sql = "SELECT text FROM articles WHERE number = ?"
    texts = [str(archive.database.value(sql, (number,))) for number in numbers]
    for name, question in {
        "search, two words": lambda: _search(archive, " ".join(_some(chance, texts, 2))),
        "search, a beginning": lambda: _search(archive, f"{_some(chance, texts, 1)[0][:5]}*"),
        "search, a phrase": lambda: _search(archive, f'"{_sentence(chance, texts, 3)}"'),
        "search by speaker": lambda: _by_speaker(archive, chance),
        "search by meaning": lambda: _by_meaning(archive, chance),
        "quote": lambda: _quote(archive, _altered(chance, texts)),
    }.items():
        yield name, _took(question)


def _took(question: Callable[[], object]) -> Took:
    question()
    clock, cpu = [], []
    for _ in range(QUESTIONS):
        started, spent = time.perf_counter(), time.process_time()
        question()
        clock.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (time.process_time() - spent))
    return Took(*_middle_and_end(clock), *_middle_and_end(cpu))


def _middle_and_end(spent: list[float]) -> tuple[float, float]:
    spent.sort()
    return spent[len(spent) // 2], spent[int(0.99 * len(spent)) - 1]


def _search(archive: Archive, words: str) -> object:
    return search.find(archive, words)


def _by_speaker(archive: Archive, chance: random.Random) -> object:
    name = f"{chance.choice(GIVEN)} {chance.choice(FAMILIES)}"
    forms = tuple(form for person in people.find(archive, name) for form in person.forms)
    return search.find(archive, "", filters=Filters(forms=forms))


def _by_meaning(archive: Archive, chance: random.Random) -> object:
    return meaning.find(archive, chance.randbytes(VECTOR_SIZE), model="none")


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


# --- the articles ---------------------------------------------------------------------------------


def _readings(corpus: Path) -> Iterator[Reading]:
    """The articles of the corpus without end, each time round with other words."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    words: dict[int, list[str]] = {}
    for word in sorted({w for entry in entries[::20] for w in WORD.findall(entry["text"])}):
        words.setdefault(len(word), []).append(word)
    vectors = np.random.default_rng(1).integers(-60, 60, (4096, VECTOR_SIZE), dtype=np.int8)
    for number, entry in enumerate(cycle(entries)):
        article = sources.article(
            f"{entry['title']}\n\n{_changed(entry['text'], number, words)}",
            url=f"https://paper{number % 50}.example/{number}",
            outlet=f"Paper {number % 50}",
        )
        yield _reading(article, number, vectors)


def _changed(body: str, number: int, words: dict[int, list[str]]) -> str:
    """The text with one long word in seven changed for another as long."""
    chance = random.Random(number)  # noqa: S311 words

    def swap(word: re.Match[str]) -> str:
        same = words.get(len(word.group()))
        return chance.choice(same) if same and not chance.randrange(EVERY) else word.group()

    return WORD.sub(swap, body)


def _reading(article: Article, number: int, vectors: NDArray[np.int8]) -> Reading:
    """What stands in quotation marks as statements, every paragraph as a passage."""
    chance = random.Random(number)  # noqa: S311 names
    held = text.quotations(article.text, Span(0, len(article.text)))
    quoted = [q.inner for q in held if q.depth == 0 and len(q.inner) > 20]
    names = [f"{chance.choice(GIVEN)} {chance.choice(FAMILIES)}" for _ in range(3)]
    speakers = tuple(
        Speaker(id=f"{article.id}.s{n}", name=name, kind=SpeakerKind.PERSON, mentions=())
        for n, name in enumerate(dict.fromkeys(names))
    )
    passages = text.paragraphs_of(article)
    start = number % (len(vectors) - 512)
    return Reading(
        article=article,
        model="none",
        attributions=tuple(
            _attribution(article, n, span, speakers[n % len(speakers)])
            for n, span in enumerate(quoted)
        ),
        speakers=speakers,
        mentions=(),
        times=(),
        passages=tuple(
            Passage(id=f"{article.id}.p{n}", article_id=article.id, span=span, attribution_id=None)
            for n, span in enumerate(passages[:512])
        ),
        vectors=vectors[start : start + len(passages[:512])].tobytes(),
    )


def _attribution(article: Article, number: int, content: Span, speaker: Speaker) -> Attribution:
    return Attribution(
        id=f"{article.id}.a{number}",
        article_id=article.id,
        quotation=QuotationKind.DIRECT,
        source=(),
        cue=(),
        content=(content,),
        speaker_id=speaker.id,
        speaker_score=1.0,
        chain=(Hop(speaker_id=speaker.id, span=None),),
        parent=None,
        said=None,
        act=Act.STATED,
        hedged=False,
        is_asserted=True,
        score=1.0,
    )


if __name__ == "__main__":
    main()
