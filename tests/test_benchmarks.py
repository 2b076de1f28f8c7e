"""The benchmarks: the same articles on every run, costs of the command alone."""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import pytest

from benchmarks import articles, cost
from retold import load


def test_a_story_is_the_same_bytes_on_every_run_and_no_two_accounts_are_copies(
    tmp_path: Path,
) -> None:
    """Else a figure of today could not be held against one of last month."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        articles.write_story(tmp_path / name, count=9)
    texts = [file.read_bytes() for file in sorted((tmp_path / "one").glob("*.txt"))]
    assert texts == [file.read_bytes() for file in sorted((tmp_path / "other").glob("*.txt"))]
    assert all(a != b for a, b in combinations(texts, 2))
    assert len(load([tmp_path / "one"]).articles) == 9


def test_an_article_has_the_words_asked_for(tmp_path: Path) -> None:
    """And ends with the paragraph that brings them."""
    articles.write_article(tmp_path / "a.txt", words=800)
    assert 800 <= len((tmp_path / "a.txt").read_text(encoding="utf-8").split()) < 900


def test_memory_is_that_of_the_command_and_not_of_the_one_who_measures() -> None:
    """A bare Python holds less than this process with numpy does."""
    bare = cost.measure((sys.executable, "-S", "-c", "pass"), repeat=1)
    heavy = cost.measure((sys.executable, "-S", "-c", "b'x' * (60 << 20)"), repeat=1)
    assert 0 < bare.megabytes < 40
    assert heavy.megabytes - bare.megabytes > 50


def test_a_command_that_fails_is_told_with_its_own_words() -> None:
    """Not measured as a quick success."""
    with pytest.raises(cost.CommandError, match="no such thing"):
        cost.measure((sys.executable, "-c", "raise SystemExit('no such thing')"), repeat=1)
