"""How well the quotation checker finds a quotation that another outlet words differently.

    python -m evaluation.checking [--quotations 300] [--others 12000] [--seed 1] [--part report]

Draws pairs of wordings of one quotation from `quote_variants_silver`, asks for the one, and counts
how often the account with the other comes first. The archive holds that
account and `news_12k`, without the articles that give the same words (eight in a row), which would
be found rightly; pairs whose second account has the asked wording too are left out. Nothing is
read: the checker works on the text, so the figure is that of the search alone. The settings were
chosen on `--part choose`, a third of the stories.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation import grouping, variants
from evaluation.stories import research_data
from retold import sources
from retold.archive import quotations
from retold.archive.store import Archive
from retold.comparing import asked
from retold.errors import FormatError
from retold.types import Article, Reading

CORPORA = Path("data") / "corpora"
SAME_WORDS = 8
MARKS = ".,;:!?…“”\"'’‘()[]"
ALTERED = ("variant", "truncation")
SPLITS = ("train", "val", "test")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A wording that is asked for, and the account in which the other wording is to be found."""

    kind: str
    wording: str
    other: str
    article: Article


def pairs(shared: Path, part: str) -> list[Pair]:
    """The altered pairs of a part of the stories whose second account is held in full.

    Of one story only the pairs with one second outlet, so that no asked wording is in the archive.
    """
    told = {
        (story["story_id"], account["outlet"]): account
        for split in SPLITS
        for story in grouping.stories(shared / grouping.ARCHIVE, split)
        for account in story["articles"]
        if account.get("text")
    }
    by_story: dict[str, list[Json]] = defaultdict(list)
    for pair in variants.load(shared / CORPORA / "quote_variants_silver.tar.gz"):
        story, outlet = pair["story_id"], pair["outlet2"]
        is_chosen = int(story.rsplit("-", 1)[1]) % 3 == 0
        if pair["kind"] in ALTERED and (story, outlet) in told and is_chosen == (part == "choose"):
            by_story[story].append(pair)
    out = []
    for story, held in by_story.items():
        ((outlet, _),) = Counter(pair["outlet2"] for pair in held).most_common(1)
        article = _article(told[story, outlet])
        out += [
            Pair(kind=pair["kind"], wording=pair["quote1"], other=pair["quote2"], article=article)
            for pair in held
            if pair["outlet2"] == outlet and _is_altered(pair["quote1"], article.text)
        ]
    return out


def others(shared: Path, drawn: Sequence[Pair], most: int) -> Iterator[Article]:
    """Articles that give none of the drawn quotations."""
    runs = {run for pair in drawn for words in (pair.wording, pair.other) for run in _runs(words)}
    with gzip.open(shared / CORPORA / "news_12k.jsonl.gz", "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number == most:
                return
            entry = json.loads(line)
            if runs.isdisjoint(_runs(entry["text"])):
                yield _article(entry)


def measure(archive: Archive, drawn: Iterable[Pair]) -> Json:
    """The share of pairs found at rank 1, by kind, and what one check took."""
    first: Counter[str] = Counter()
    called: Counter[str] = Counter()
    total: Counter[str] = Counter()
    seconds = []
    for pair in drawn:
        started = time.perf_counter()
        answer = quotations.check(archive, pair.wording)
        seconds.append(time.perf_counter() - started)
        total[pair.kind] += 1
        found = next(iter(answer.accounts or answer.nearest), None)
        is_found = found is not None and found.reading.article.id == pair.article.id
        first[pair.kind] += is_found
        called[pair.kind] += is_found and bool(answer.accounts)
    seconds.sort()
    return {
        "quotations": total.total(),
        "found at rank 1": round(first.total() / total.total(), 3),
        "and called a wording of it": round(called.total() / total.total(), 3),
        **{f"{kind} at rank 1": round(first[kind] / total[kind], 3) for kind in total},
        "median ms": round(1000 * seconds[len(seconds) // 2], 1),
        "longest ms": round(1000 * seconds[-1], 1),
    }


# --- inside ---------------------------------------------------------------------------------------


def _is_altered(wording: str, text: str) -> bool:
    """True if the checker can be asked for the wording, and the text does not have it as it is."""
    try:
        asked.of(wording)
    except FormatError:
        return False
    return " ".join(_words(wording)) not in " ".join(_words(text))


def _words(text: str) -> list[str]:
    return [bare for word in text.split() if (bare := word.casefold().strip(MARKS))]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[n : n + SAME_WORDS]) for n in range(len(words) - SAME_WORDS + 1)}


def _article(entry: Json) -> Article:
    return sources.article(
        f"{entry['title']}\n\n{entry['text']}", outlet=entry.get("outlet"), url=entry.get("url")
    )


def _unread(article: Article) -> Reading:
    """An article as the archive takes it, with nothing found in it."""
    return Reading(
        article=article,
        model="none",
        attributions=(),
        speakers=(),
        mentions=(),
        times=(),
        passages=(),
        vectors=b"",
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.checking",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quotations", type=int, default=300)
    parser.add_argument("--others", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", choices=("report", "choose"), default="report")
    options = parser.parse_args()
    shared = research_data()
    if shared is None:
        print("no research data beside the repository", file=sys.stderr)
        return 1
    held = pairs(shared, options.part)
    drawn = random.Random(options.seed).sample(held, min(options.quotations, len(held)))  # noqa: S311
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(Path(folder) / "a.sqlite") as archive,
    ):
        sought = {pair.article.id: pair.article for pair in drawn}
        archive.keep_all(map(_unread, sought.values()))
        archive.keep_all(map(_unread, others(shared, drawn, options.others)))
        print(json.dumps({"articles": len(archive), **measure(archive, drawn)}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
