"""A quotation is checked against an archive: who gives it, in which words, credited to whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from retold import spans
from retold.archive import quotations
from retold.archive.store import Archive
from retold.comparing.asked import Outcome
from retold.errors import FormatError
from tests import readings

MINISTER = """Gate talks

{q1 “No tanker will pass the northern gate while I hold this office,”} {s1 Ines Varga} {c1 said}.
The harbour was calm."""
MAYOR = """Gate row

{q1 “No tanker shall pass the northern gate while I hold this office,”} {s1 Karl Brandt} \
{c1 said}. It rained."""
ASIDE = """Weather

The northern harbour stays calm and the tanker waits at the gate, the office said."""
WORDING = "No tanker will pass the northern gate while I hold this office"


@pytest.fixture
def archive(new_archive: Callable[[], Archive]) -> Archive:
    archive = new_archive()
    archive.keep_all(
        (
            readings.read(MINISTER, outlet="Post", day=3, speakers=("Ines Varga",)),
            readings.read(MAYOR, outlet="Sun", day=2, speakers=("Karl Brandt",)),
            readings.read(ASIDE, outlet="Wire", day=1),
        )
    )
    return archive


def outcomes(check: quotations.Check) -> list[tuple[str | None, str]]:
    return [(a.reading.article.outlet, a.match.outcome.value) for a in check.accounts]


def test_every_account_is_found_the_nearest_wording_first(archive: Archive) -> None:
    """The account with the very words comes before one that alters them; others stay away."""
    check = quotations.check(archive, f"“{WORDING}.”")
    assert outcomes(check) == [("Post", "exact"), ("Sun", "altered")]
    assert (check.nearest, check.left) == ((), 0)


def test_what_is_shown_stands_in_the_article(archive: Archive) -> None:
    """The pieces and changes of an account are spans of its text, and of the asked wording."""
    account = quotations.check(archive, WORDING).accounts[1]
    text = account.reading.article.text
    (turn,) = account.match.turns
    assert turn.a
    assert turn.b
    assert (spans.cut(text, turn.a), spans.cut(WORDING, turn.b)) == ("shall", "will")


def test_another_speaker_is_told(archive: Archive) -> None:
    """The same words, credited to two people, have an entry for each."""
    check = quotations.check(archive, WORDING)
    assert [(credit.name, credit.accounts) for credit in check.credits] == [
        ("Ines Varga", (0,)),
        ("Karl Brandt", (1,)),
    ]


def test_the_speaker_that_is_asked_for_comes_first(archive: Archive) -> None:
    """With a name, their accounts come first, and the others are not hidden."""
    check = quotations.check(archive, WORDING, speaker="brandt")
    assert outcomes(check) == [("Sun", "altered"), ("Post", "exact")]
    assert [quotations.is_of(a, "Karl Brandt") for a in check.accounts] == [True, False]


def test_a_part_is_a_truncation(archive: Archive) -> None:
    """Words left out by who asks are a truncation, and that there is more is told."""
    (account,) = quotations.check(
        archive, "No tanker will pass … while I hold this office"
    ).accounts[:1]
    assert account.match.outcome is Outcome.TRUNCATED


def test_the_nearest_is_shown_where_nothing_is_found(archive: Archive) -> None:
    """What is not in the archive is not found, and the nearest is called no more than that."""
    check = quotations.check(archive, "The tanker waits while the office sleeps")
    assert check.accounts == ()
    assert [account.match.outcome for account in check.nearest] == [Outcome.UNLIKE] * len(
        check.nearest
    )
    assert check.credits == ()


def test_nothing_alike_is_nothing(archive: Archive) -> None:
    """Words that no article has find no account at all."""
    check = quotations.check(archive, "purple elephants dance sideways")
    assert (check.accounts, check.nearest) == ((), ())


def test_a_limit_counts_what_it_leaves_out(archive: Archive) -> None:
    """Accounts beyond the limit are counted."""
    assert quotations.check(archive, WORDING, most=1).left == 1


def test_all_that_print_it_are_found(new_archive: Callable[[], Archive]) -> None:
    """A quotation that forty articles print is found in all of them."""
    first = readings.read(MINISTER, speakers=("Ines Varga",))
    archive = new_archive()
    archive.keep_all(readings.again(first, f"https://paper{n}.example/gate") for n in range(40))
    check = quotations.check(archive, WORDING, most=5)
    assert (len(check.accounts), check.left) == (5, 35)


@pytest.mark.parametrize("wording", ["", "too short", '" OR "', "a*"])
def test_what_is_no_quotation_is_refused(archive: Archive, wording: str) -> None:
    """Too few words are refused, whatever marks they come with."""
    with pytest.raises(FormatError, match="too few"):
        quotations.check(archive, wording)


@pytest.mark.parametrize("wording", ['no "tanker" OR (will NEAR pass', "text: tanker AND gate *"])
def test_words_of_the_index_are_only_words(archive: Archive, wording: str) -> None:
    """Nothing in a wording is obeyed by the full-text index."""
    quotations.check(archive, wording)
