"""The page about what retold takes: its examples are taken, and its limits are those that hold."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from retold import sources
from retold.cli import main
from retold.sources import addresses, fetch, files, rows, unpacking
from retold.types import Article

PAGE = (Path(__file__).parents[1] / "docs" / "reference" / "inputs.md").read_text("utf-8")
SECTIONS = {name.split("\n")[0]: name for name in PAGE.split("\n## ")}


def example(section: str, kind: str) -> str:
    """The first block of a kind in a section."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", SECTIONS[section], re.MULTILINE | re.DOTALL)
    return next(text for language, text in blocks if language == kind)


def loaded(folder: Path, name: str, text: str, **options: object) -> Article:
    (folder / name).write_text(text, "utf-8")
    (article,) = sources.load(folder / name, **options).articles  # type: ignore[arg-type]
    return article


def told(article: Article) -> tuple[str | None, str | None, str | None]:
    return article.title, article.outlet, article.url


def test_rows_are_mapped_as_the_page_says(tmp_path: Path) -> None:
    """The options of the command make an article of the row."""
    command = shlex.split(example("Rows", ""))
    pairs = [command[at + 1] for at, word in enumerate(command) if word == "--map"]
    article = loaded(tmp_path, "rows.jsonl", example("Rows", "json"), fields=rows.fields_of(pairs))
    assert told(article) == ("Bridge closed", "Harbour Post", None)


def test_items_and_feeds_are_taken_as_the_page_shows_them(tmp_path: Path) -> None:
    """ninjs and RSS."""
    item = loaded(tmp_path, "item.json", example("ninjs", "json"))
    assert told(item) == ("Bridge closed", "Northern Wire", "https://wire.example/items/1")
    entry = loaded(tmp_path, "feed.xml", example("Feeds", "xml"))
    assert told(entry) == ("Bridge closed", "Harbour Post", "https://post.example/bridge")


def test_a_review_is_read_as_the_page_shows_it(tmp_path: Path) -> None:
    """ClaimReview, by the names of the fields that the page gives."""
    (tmp_path / "reviews.json").write_text(example("Reviews of claims", "json"), "utf-8")
    (review,) = sources.load(tmp_path / "reviews.json").reviews
    assert (review.claim, review.by, review.claimant, review.appearances) == (
        "The bridge will cost 12 million",
        "Two Checkers",
        "Jon Aske",
        ("https://post.example/bridge",),
    )


def test_every_suffix_is_on_the_page() -> None:
    """Nothing is taken that the table does not name."""
    table = SECTIONS[next(iter(SECTIONS))]
    assert {suffix for suffix in files.SUFFIXES if f"`a{suffix}" not in table} <= {".text"}


def test_the_limits_are_those_of_the_page() -> None:
    """Ten megabytes, five redirects, twenty seconds, twenty sitemaps."""
    assert unpacking.MAX_BYTES == rows.MAX_LINE_BYTES == 10_000_000
    assert f"{sources.MAX_CHARS:,} characters" in PAGE
    assert f"{fetch.MAX_REDIRECTS} redirects, {fetch.TIMEOUT_SECONDS:.0f} seconds" in PAGE
    assert f"the {addresses.MAX_SITEMAPS} newest sitemaps" in PAGE


def test_a_field_that_is_none_is_wrong_usage() -> None:
    """`--map` names what may be mapped, with exit code 2."""
    result = CliRunner().invoke(main, ["read", "a.jsonl", "--map", "headline=title"])
    assert result.exit_code == 2
    assert "the fields are file, text, html, url, outlet, title, published" in " ".join(
        result.output.split()
    ).replace("│ ", "")
