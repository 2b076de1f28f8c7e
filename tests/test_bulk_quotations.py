"""The wordings of a corpus: found by what they share, each lined up with the nearest."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("daft", reason="needs retold[bulk]")
pytest.importorskip("pyarrow", reason="needs retold[bulk]")

import numpy as np

from retold.bulk import comparing, fingerprints, quotations, wordings
from retold.bulk.fingerprints import Index
from retold.bulk.place import Place
from retold.bulk.schema import Row
from retold.comparing import quoted
from retold.types import Reading, Span
from tests import readings
from tests.bulk_places import COMPARED, HERE, content, keep, table

WORDS = ["ferry", "boat", "harbour", "island", "winter", "crew", "shop", "school", "bridge"]


def tokens(words: str) -> Sequence[quoted.Token]:
    return quoted.tokenise(words, [Span(0, len(words))])


def account(words: str, outlet: str, day: int = 6) -> Reading:
    """An article in which somebody says these words."""
    text = f"A report of the {outlet}.\n\n{{q1 “{words}”}} {{s1 Dana Holm}} {{c1 said}}.\n"
    return readings.read(text, outlet=outlet, day=day, speakers=["Dana Holm"])


def compared(folder: Path, *partitions: list[Reading]) -> Place:
    place = Place.at(folder)
    keep(place, *partitions)
    list(comparing.compare(folder, engine=HERE))
    return place


EASTER = account("We will be back by Easter with a new boat and the same crew", "Courier", 5)
AGAIN = account("We will be back by Easter with a new boat and the same crew", "Gazette", 6)
MAY = account("We will be back by May with a new boat and the same crew", "Herald", 7)
JUNE = account("We will be back by June with a new boat", "Tribune", 8)
SHOP = account("The only shop of the island closes in the winter months", "Bote", 9)


# --- fingerprints ---------------------------------------------------------------------------------


@given(
    st.lists(st.sampled_from(WORDS), min_size=5, max_size=5),
    *[st.lists(st.sampled_from(WORDS), max_size=6) for _ in range(4)],
)
def test_five_words_in_a_row_are_enough(
    shared: list[str], a: list[str], b: list[str], c: list[str], d: list[str]
) -> None:
    """Wherever they stand, the two wordings have a fingerprint in common."""
    one, other = (
        wordings.fingerprints(tokens(" ".join([*before, *shared, *after])))
        for before, after in ((a, b), (c, d))
    )
    assert set(one) & set(other) != set()


def test_words_without_meaning_have_no_fingerprint() -> None:
    """What stands in every quotation finds nothing."""
    assert wordings.fingerprints(tokens("it was that of the")) == []


@given(st.lists(st.lists(st.integers(0, 9), unique=True, max_size=5), max_size=12))
def test_the_first_few_of_what_several_have_are_kept(given_prints: list[list[int]]) -> None:
    """In order of fingerprint and then of wording; what one alone has is left out."""
    pairs = [(key, n) for n, keys in enumerate(given_prints) for key in keys]
    keys, numbers = zip(*pairs, strict=True) if pairs else ((), ())
    found = fingerprints.earliest(np.array(keys, np.uint64), np.array(numbers, np.int64))
    wanted = []
    for key in range(10):
        having = [n for each, n in pairs if each == key]
        wanted += [(key, n) for n in having[: fingerprints.FIRST] if len(having) > 1]
    assert list(zip(*(each.tolist() for each in found), strict=True)) == wanted


def test_what_shares_most_comes_first() -> None:
    """Of the earlier ones; then the earliest."""
    index = Index(np.array([3, 3, 3, 7, 7, 9, 9], np.uint64), np.array([0, 1, 4, 1, 4, 2, 4]))
    assert index.earlier(4, [3, 7, 9]) == [1, 0, 2]
    assert index.earlier(1, [3, 7]) == [0]
    assert index.earlier(4, [5, 2**64 - 1]) == []


# --- wordings -------------------------------------------------------------------------------------


def test_a_place_in_the_pieces_is_one_in_the_article() -> None:
    """The pieces lie one after the other in a text of their own."""
    article = "He said “we knew”, and then “it all”."
    row: Row = {"pieces": [{"start": 9}, {"start": 29}], "written": ["we knew", "it all"]}
    held = wordings.held(row)
    back = held.back(Span(held.text.index("it"), held.text.index("it") + 2))
    assert (held.text, article[back.start : back.end]) == ("we knew\nit all", "it")


def test_the_nearest_is_what_has_most_of_the_words() -> None:
    """Of two that are the same quotation; never one of the same article."""
    held = []
    for each in (MAY, EASTER, JUNE):
        (row,) = wordings.rows_of_reading(each)
        held.append(wordings.held(row))
    may, easter, june = held
    found = quotations.nearest(may, [(0, june), (1, easter), (2, may)])
    (change,) = found["changes"]
    assert (found["of"], change["of_words"], change["words"]) == (1, "Easter", "May")
    assert quotations.nearest(may, [(2, may)])["of"] is None


# --- the tables -----------------------------------------------------------------------------------


def test_each_wording_points_to_the_earlier_one_that_it_is_nearest(tmp_path: Path) -> None:
    """A quotation is known by its earliest wording; what nobody repeats stands alone."""
    place = compared(tmp_path, [EASTER, AGAIN], [MAY, JUNE, SHOP])
    of = {r["attribution"]: r["outlet"] for r in table(place, "quotations")}
    told = [
        (r["outlet"], of[r["quotation"]], r["of"] and of[r["of"]], r["changes"])
        for r in table(place, "quotations")
    ]
    assert told == [
        ("Courier", "Courier", None, 0),
        ("Gazette", "Courier", "Courier", 0),
        ("Herald", "Courier", "Courier", 1),
        ("Tribune", "Courier", "Courier", 1),
        ("Bote", "Bote", None, 0),
    ]
    (may,) = (r for r in table(place, "variants") if of[r["attribution"]] == "Herald")
    assert MAY.article.text[may["start"] : may["end"]] == may["words"] == "May"
    assert EASTER.article.text[may["of_start"] : may["of_end"]] == may["of_words"] == "Easter"


def test_the_tables_are_the_same_in_any_stretches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However little is sorted, lined up and written at once, and in whatever partitions."""
    accounts = [EASTER, AGAIN, MAY, JUNE, SHOP]
    whole = compared(tmp_path / "whole", accounts)
    monkeypatch.setattr(fingerprints, "STRETCH", 3)
    monkeypatch.setattr(quotations, "CHUNK", 2)
    cut = compared(tmp_path / "cut", *[[each] for each in accounts])
    assert [len(place.files("quotations")) for place in (whole, cut)] == [1, 3]
    assert content(cut, COMPARED) == content(whole, COMPARED)


def test_a_corpus_without_a_quotation_has_its_tables(tmp_path: Path) -> None:
    """They have no rows, and a second run does nothing."""
    bare = readings.read("Nothing was said today.\n\nThe harbour is closed.\n")
    place = compared(tmp_path, [bare])
    assert [len(place.files(name)) for name in ("quotations", "variants")] == [1, 1]
    assert content(place, ("quotations", "variants")) == {"quotations": [], "variants": []}
    told = json.loads((place.folder / "compared.json").read_text())
    assert told == {"format": "retold-bulk/1", "quotations": 0}


def test_comparing_goes_on_where_it_was_broken_off(tmp_path: Path) -> None:
    """After any number of steps, to the same rows."""
    accounts = [EASTER, AGAIN, MAY, JUNE, SHOP]
    whole = compared(tmp_path / "whole", accounts)
    steps = 0
    place = Place.at(tmp_path / "broken")
    keep(place, accounts[:2], accounts[2:])
    while not (place.folder / "compared.json").is_file():
        steps += 2
        for n, _ in enumerate(comparing.compare(place.address, engine=HERE)):
            if n == steps:
                break
    assert content(place, COMPARED) == content(whole, COMPARED)


# --- stories --------------------------------------------------------------------------------------


def test_a_story_has_its_claims_differences_and_variants(tmp_path: Path) -> None:
    """The words of each row are the characters of its article."""
    accounts = readings.fire()
    place = compared(tmp_path, list(accounts))
    (story,) = table(place, "stories")
    assert (story["size"], story["outlets"]) == (2, 2)
    assert (story["first"], story["last"]) == (dt.date(2031, 5, 6), dt.date(2031, 5, 7))
    told = {row["story"] for name in ("claims", "differences") for row in table(place, name)}
    assert told == {story["id"]}


def test_a_claim_has_the_changes_between_its_wordings(tmp_path: Path) -> None:
    """The words on both sides are characters of their articles."""
    place = Place.at(tmp_path)
    keep(place, [EASTER, MAY])
    story = {"id": "s", "articles": [EASTER.article.id, MAY.article.id]}
    comparing.compare_batch(
        {"out": place.address, "batch": 0, "names": ["part-000000"], "stories": [story]}
    )
    (change,) = table(place, "story_variants")
    assert (change["story"], change["kind"]) == ("s", "name")
    assert (change["of_article"], change["article"]) == (EASTER.article.id, MAY.article.id)
    assert EASTER.article.text[change["of_start"] : change["of_end"]] == change["of_words"]
    assert MAY.article.text[change["start"] : change["end"]] == change["words"] == "May"


def test_no_story_grows_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has more articles than are compared at once is several stories, in order of time."""
    monkeypatch.setattr(comparing, "MOST", 2)
    accounts = readings.fire()
    more = [readings.again(accounts[0], f"https://reprint.example/{n}") for n in range(3)]
    place = compared(tmp_path, sorted([*accounts, *more], key=lambda r: r.article.id))
    assert sorted(row["size"] for row in table(place, "stories")) == [1, 2, 2]


@pytest.mark.parametrize(
    ("sizes", "batches"),
    [
        ([], []),
        ([2, 3], [[2, 3]]),
        ([150, 50, 2], [[150, 50], [2]]),
        ([100, 100, 100, 100], [[100, 100], [100, 100]]),
    ],
)
def test_stories_are_compared_so_many_articles_at_a_time(
    sizes: list[int], batches: list[list[int]]
) -> None:
    """Side by side, none left out."""
    assert [sizes[each] for each in comparing.batches_of(sizes)] == batches


def test_a_story_that_cannot_be_compared_is_a_failure(tmp_path: Path) -> None:
    """It is named with the reason, and the others of its batch are compared."""
    accounts = readings.fire()
    place = Place.at(tmp_path)
    keep(place, list(accounts))
    known = [each.article.id for each in accounts]
    stories = [{"id": "lost", "articles": ["000000000000"]}, {"id": "fire", "articles": known}]
    task = {"out": place.address, "batch": 0, "names": ["part-000000"], "stories": stories}
    assert comparing.compare_batch(task) == {"stories": 2}
    assert {row["story"] for row in table(place, "claims")} == {"fire"}
    (failure,) = table(place, "failures")
    assert (failure["source"], "KeyError" in failure["message"]) == ("story lost", True)
