"""Reviews of claims: what is read of a ClaimReview, how it is laid beside a comparison."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from retold import pipeline, reviews, sources, spans
from retold.archive.store import Archive
from retold.cli import main
from retold.cli.reviews import reviews_in
from retold.errors import SourceError
from retold.reviews import Review
from retold.showing import html, terminal
from tests import exported, readings

CLAIM = "The bridge will cost 12 million"
WHOLE = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checkers.example/bridge",
    "claimReviewed": CLAIM,
    "author": {"@type": "Organization", "name": "Two Checkers"},
    "datePublished": "2031-05-09T08:00:00Z",
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Jon Aske"},
        "firstAppearance": {"@type": "CreativeWork", "url": "http://www.post.example/bridge/"},
        "appearance": [{"url": "https://wire.example/bridge"}, "https://wire.example/bridge"],
    },
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "alternateName": "Pants on fire"},
}
READ = Review(
    claim=CLAIM,
    by="Two Checkers",
    published=dt.date(2031, 5, 9),
    url="https://checkers.example/bridge",
    claimant="Jon Aske",
    appearances=("http://www.post.example/bridge/", "https://wire.example/bridge"),
)
BODY = (
    "<p>The port of Veldmoor has been without a bridge since the flood of last winter, the town "
    "council said on Thursday.</p><p>Engineers will look at the piers again in the summer, and "
    "then the council will vote on what to build there.</p>"
)


def page(data: str) -> str:
    return (
        f"<html><head><title>A look</title><script type='application/ld+json'>{data}</script>"
        f"</head><body><article><h1>A look</h1>{BODY}</article></body></html>"
    )


ELSEWHERE = {**WHOLE, "claimReviewed": "The moon is made of green cheese", "itemReviewed": {}}


# --- reading -------------------------------------------------------------------------------------


def test_a_review_is_read() -> None:
    """Claim, checker, day, address, claimant and where it appeared."""
    assert reviews.found_in(WHOLE) == (READ,)


@pytest.mark.parametrize(
    "value",
    [
        [WHOLE],
        {"@graph": [{"@type": "WebPage"}, WHOLE]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [WHOLE]}]},
        {**WHOLE, "@type": ["Review", "schema:ClaimReview"]},
        {**WHOLE, "@type": "http://schema.org/ClaimReview"},
        {"a": WHOLE, "b": WHOLE},
    ],
)
def test_a_review_is_found_wherever_it_stands(value: Any) -> None:
    """In a list, a graph or a feed, under any name of its type, and once."""
    assert reviews.found_in(value) == (READ,)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "ClaimReview",
        {"@type": "ClaimReview"},
        {"@type": "ClaimReview", "claimReviewed": " "},
        {"@type": "ClaimReview", "claimReviewed": {"@id": "#x"}},
        {"@type": "Review", "claimReviewed": CLAIM},
        {"@type": {"x": 1}, "claimReviewed": CLAIM},
    ],
)
def test_what_names_no_claim_is_none(value: Any) -> None:
    """Nothing is made up for what is missing."""
    assert reviews.found_in(value) == ()


def test_what_is_odd_is_left_out() -> None:
    """A day that is none, an address that is no address, a name that is a number."""
    odd = WHOLE | {
        "datePublished": "last week",
        "url": "javascript:alert(1)",
        "author": 7,
        "itemReviewed": ["x", {"url": "nowhere", "author": [{"name": "A"}, "B", None]}],
    }
    assert reviews.found_in(odd) == (Review(claim=CLAIM, claimant="A, B"),)


def test_no_depth_is_too_deep() -> None:
    """A document nested a hundred thousand times is gone through without a fall."""
    deep: Any = WHOLE
    for _ in range(99_000):
        deep = [deep]
    assert reviews.found_in(deep) == (READ,)


# --- what it has to do with the articles ---------------------------------------------------------


def test_the_articles_that_it_names_are_told_by_their_address() -> None:
    """Whatever the scheme, a www before it and a stroke at its end."""
    wire, post = exported.small().articles
    assert reviews.names(READ, (wire, post)) == (wire, post)
    assert reviews.names(Review(claim=CLAIM), (wire, post)) == ()


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (CLAIM, "The bridge will cost 12 million"),
        ("“the BRIDGE will cost\n12 million.”", "The bridge will cost 12 million"),
        ("bridge will cost 12", "bridge will cost 12"),
        ("bridge will cost 1", None),
        ("will cost 12", None),
        ("The tunnel will cost 12 million", None),
    ],
)
def test_its_words_are_found_where_they_stand(claim: str, words: str | None) -> None:
    """The very words, in any case and marks; not other words, and no three that stand anywhere."""
    articles = exported.small().articles
    texts = {a.id: a.text for a in articles}
    found = reviews.places(Review(claim=claim), articles)
    assert [spans.cut(texts[p.article_id], p.span) for p in found] == [words] * bool(words)


# --- from the world ------------------------------------------------------------------------------


def test_a_page_gives_its_article_and_its_review(tmp_path: Path) -> None:
    """The review of a fact-checker's page is beside the article, not in it."""
    (tmp_path / "page.html").write_text(page(json.dumps(WHOLE)), encoding="utf-8")
    loaded = sources.load(tmp_path / "page.html")
    assert (len(loaded.articles), loaded.failures, loaded.reviews) == (1, (), (READ,))
    assert CLAIM not in loaded.articles[0].text


@pytest.mark.parametrize("data", ["", "{", '{"@type": "ClaimReview"', "[" * 99_999, "null"])
def test_damaged_data_of_a_page_changes_nothing(data: str, tmp_path: Path) -> None:
    """Its article is read all the same."""
    (tmp_path / "page.html").write_text(page(f"{data}<!--ClaimReview-->"), encoding="utf-8")
    loaded = sources.load(tmp_path / "page.html")
    assert (len(loaded.articles), loaded.reviews) == (1, ())


def test_a_file_of_reviews_is_read(tmp_path: Path) -> None:
    """JSON and JSON lines of ClaimReview are no broken articles."""
    (tmp_path / "feed.json").write_text(json.dumps({"@graph": [WHOLE]}), encoding="utf-8")
    other = WHOLE | {"claimReviewed": "Another"}
    lines = f"{json.dumps(WHOLE)}\n{json.dumps(other)}\n"
    (tmp_path / "rows.jsonl").write_text(lines, encoding="utf-8")
    loaded = sources.load((tmp_path / "feed.json", tmp_path / "rows.jsonl"))
    assert (loaded.articles, loaded.failures, loaded.notes) == ((), (), ())
    assert [review.claim for review in loaded.reviews] == [CLAIM, "Another"]


# --- shown ---------------------------------------------------------------------------------------


def test_it_is_shown_beside_the_comparison() -> None:
    """Page and terminal say what was checked, by whom, and where its words stand."""
    report = exported.small()
    shown = html.render(report, reviews=(READ,)), terminal.render(report, reviews=(READ,))
    for text in shown:
        assert "Checked elsewhere".casefold() in text.casefold()
        assert "Two Checkers" in text
    assert 'href="https://checkers.example/bridge"' in shown[0]
    assert 'href="#checked"' not in html.render(report)


def test_no_rating_is_read_or_shown() -> None:
    """What the checkers concluded is on no page of ours."""
    assert "fire" not in repr(reviews.found_in(WHOLE))
    assert "fire" not in html.render(exported.small(), reviews=reviews.found_in(WHOLE))


def test_what_a_review_holds_is_never_markup() -> None:
    """A claim that is a script is shown as its characters."""
    nasty = Review(claim="<script>alert(1)</script> \x1b[31m", by="<b>", url="https://x.example/")
    shown = html.render(exported.small(), reviews=(nasty,))
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
    assert "\x1b" not in terminal.render(exported.small(), reviews=(nasty,))


# --- beside what is kept -------------------------------------------------------------------------


def test_those_that_have_to_do_with_the_articles_are_told() -> None:
    """By the address of one or by the words of the claim, each once; others are left out."""
    articles = exported.small().articles
    (other,) = reviews.found_in(ELSEWHERE)
    named = dataclasses.replace(other, appearances=("https://wire.example/bridge/",))
    worded = dataclasses.replace(READ, appearances=())
    scattered = dataclasses.replace(other, claim="12 million said the bridge will cost")
    held = (other, named, scattered, worded, named)
    assert reviews.about(held, articles) == (named, worded)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """An archive with two articles, and beside it a file of reviews."""
    (tmp_path / "reviews.json").write_text(
        json.dumps([{**ELSEWHERE, "claimReviewed": CHECKED}, ELSEWHERE]), encoding="utf-8"
    )
    with Archive.open(tmp_path / "a.sqlite") as archive:
        archive.keep_all(readings.fire())
    return tmp_path


CHECKED = "We will reopen within a month"


def test_a_story_of_an_archive_has_them_beside_it(kept: Path) -> None:
    """`--reviews` lays those beside it whose claim stands in the story, and no others."""
    story = readings.fire()[0].article.id
    asked = ["compare", "--story", story, "--archive", str(kept / "a.sqlite")]
    done = CliRunner().invoke(main, [*asked, "--reviews", str(kept / "reviews.json")])
    assert done.exit_code == 0
    assert (CHECKED in done.stdout.split("CHECKED")[1], "cheese" in done.stdout) == (True, False)


def test_a_server_shows_them_beside_its_stories(kept: Path) -> None:
    """The page of a story has those that have to do with it."""
    shelf = pytest.importorskip("retold.web.shelf", reason="needs retold[web]")
    held = reviews_in([kept / "reviews.json"])
    found = shelf.Shelf(archive=None, stories=2, reviews=held)
    page = found.get(found.put(pipeline.compare(readings.fire()))).page.decode()
    assert ("Checked elsewhere" in page, "cheese" in page) == (True, False)


def test_a_file_without_a_review_is_refused(tmp_path: Path) -> None:
    """What is given as reviews and holds none is told, not passed over."""
    file = tmp_path / "plain.json"
    file.write_text('{"text": "The bridge opened today."}', encoding="utf-8")
    with pytest.raises(SourceError, match="no review of a claim"):
        reviews_in([file])
