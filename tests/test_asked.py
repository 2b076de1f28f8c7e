"""A wording that is asked for is found in a text: exact, truncated, altered, or not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold import spans
from retold.comparing import asked
from retold.comparing.asked import Match, Outcome
from retold.errors import FormatError
from retold.types import ChangeKind

TEXT = """Harbour talks stall

The ferry will sail on Monday, said the harbour master on Friday, and nobody will be left ashore.

“We will keep every ferry running through the winter,” Ines Varga, the harbour master, said. “Not \
one captain has been told to stay ashore, and not one captain will be.” She left without questions.
"""


def found(wording: str, text: str = TEXT) -> Match:
    match = asked.find(asked.of(wording), text)
    assert match is not None
    return match


def shown(match: Match, text: str = TEXT) -> list[str]:
    return [spans.cut(text, piece) for piece in match.pieces]


@pytest.mark.parametrize(
    "wording",
    [
        "We will keep every ferry running through the winter",
        "“we'll keep every ferry running, through the winter.”",
        "»We will keep every ferry running through the winter«",
    ],
)
def test_marks_capitals_and_contractions_are_no_change(wording: str) -> None:
    """A wording is exact whatever its marks, capitals and contractions."""
    match = found(wording)
    assert match.outcome is Outcome.EXACT
    assert shown(match) == ["We will keep every ferry running through the winter"]
    assert (match.share, match.score, match.is_quoted) == (1.0, 1.0, True)


def test_words_around_the_quoted_ones_are_no_part_of_it() -> None:
    """Who is named between two pieces of a quotation was not quoted."""
    match = found("ferry running through the winter. Not one captain has been told to stay ashore")
    assert match.outcome is Outcome.EXACT
    assert shown(match) == [
        "ferry running through the winter",
        "Not one captain has been told to stay ashore",
    ]


@pytest.mark.parametrize(
    "wording",
    [
        "We will keep every ferry … through the winter",
        "We will keep every ferry [...] through the winter",
        "Not one captain has been told to stay ashore, and not one will be",
        "Not one captain has been told to stay ashore, and not one captain will be, ever, by the"
        " mayor of Westmere",
    ],
)
def test_what_leaves_words_out_is_truncated(wording: str) -> None:
    """Words left out, marked or not, and an account that has a part only, are a truncation."""
    assert found(wording).outcome is Outcome.TRUNCATED


def test_what_an_account_does_not_have_is_named() -> None:
    """The asked words past the end of what is quoted are missing there."""
    wording = "captain has been told to stay ashore, and not one captain will be, said the mayor"
    (missing,) = found(wording).missing
    assert spans.cut(wording, missing) == "said the mayor"


@pytest.mark.parametrize(
    ("wording", "kind", "theirs", "ours"),
    [
        ("We will keep every boat running through the winter", "substitution", "ferry", "boat"),
        ("We will not keep every ferry running through the winter", "negation", None, "not"),
        ("Not 2 captain has been told to stay ashore", "number", "one", "2"),
    ],
)
def test_a_changed_word_is_shown_with_its_kind(
    wording: str, kind: str, theirs: str | None, ours: str
) -> None:
    """An altered wording shows the account's word, the asked word and the kind of change."""
    match = found(wording)
    (turn,) = match.turns
    assert match.outcome is Outcome.ALTERED
    assert turn.kind is ChangeKind(kind)
    assert (turn.a and spans.cut(TEXT, turn.a)) == theirs
    assert turn.b
    assert spans.cut(wording, turn.b) == ours


def test_more_of_the_quotation_is_told() -> None:
    """A part of a sentence is exact, and it is said that the account quotes more."""
    assert found("every ferry running through").goes_on
    assert not found("We will keep every ferry running through the winter").goes_on


@pytest.mark.parametrize("wording", ["We {} keep every ferry running through the {}"])
@pytest.mark.parametrize(
    ("second", "last"), [("will", "spring"), ("will", "storms"), ("shall", "ice")]
)
def test_a_last_word_that_differs_alone_is_a_change(wording: str, second: str, last: str) -> None:
    """It stands in the place of the account's last word, which is not more than was asked for."""
    match = found(wording.format(second, last))
    *_, turn = match.turns
    assert turn.a
    assert (spans.cut(TEXT, turn.a), turn.kind) == ("winter", ChangeKind.SUBSTITUTION)
    assert (match.outcome, match.missing, match.goes_on) == (Outcome.ALTERED, (), False)


def test_words_outside_of_marks_are_found_and_not_called_quoted() -> None:
    """Four words of the reporter's own sentence are found as no quotation."""
    match = found("ferry will sail on Monday")
    assert (match.outcome, match.is_quoted) == (Outcome.EXACT, False)


def test_most_words_count_as_well_as_the_rarest() -> None:
    """Rare names at the top of an article do not hide the run of plain words further down."""
    filler = "The council met again and went home early in the rain. " * 8
    text = f"Zarthan Quibbell Oxmantle left. {filler}\n\nShe thanked him “for his many years of \
service to the country and to all of us,” and sat down."
    wording = (
        "Zarthan Quibbell Oxmantle has our thanks for his many years of service to the country"
    )
    assert shown(found(wording, text), text) == ["for his many years of service to the country"]


def test_what_only_shares_words_is_unlike() -> None:
    """A sentence with some of the words is the nearest, and not called the same."""
    assert found("every captain keeps a ferry in the harbour").outcome is Outcome.UNLIKE


def test_a_text_without_the_words_has_no_match() -> None:
    """Words of grammar alone find nothing."""
    assert asked.find(asked.of("parliament adjourned indefinitely yesterday"), TEXT) is None


def test_four_hundred_words_are_found() -> None:
    """A long speech is exact, and with one word changed in the middle shows just that."""
    sentences = [f"In district {n} the bridge of granite number {n} stands." for n in range(41)]
    speech = " ".join(sentences)
    text = f"“{speech}” the mayor said."
    assert found(speech, text).outcome is Outcome.EXACT
    (turn,) = found(speech.replace("district 20 the bridge", "district 20 the tunnel"), text).turns
    assert turn.a
    assert spans.cut(text, turn.a) == "bridge"


@pytest.mark.parametrize("wording", ["", "  ", "“”", "two words", "word " * 501])
def test_too_little_or_too_much_is_refused(wording: str) -> None:
    """What cannot be a quotation is refused with what to do."""
    with pytest.raises(FormatError) as refused:
        asked.of(wording)
    assert refused.value.hint


@settings(deadline=None)
@given(st.text(alphabet="abe “”\"'….!?[]\n’12", max_size=200), st.text(max_size=200))
def test_every_span_lies_in_its_text(wording: str, text: str) -> None:
    """Whatever is asked of whatever text, the spans hold words of the two."""
    wording = f"every ferry running {wording}"
    text = f"{text} “every ferry still running {text}”"
    one = asked.of(wording)
    match = asked.find(one, text)
    assert match
    for span in (*match.pieces, *(turn.a for turn in match.turns if turn.a)):
        assert spans.cut(text, span).strip()
    for span in (*match.missing, *(turn.b for turn in match.turns if turn.b)):
        assert spans.cut(one.text, span).strip()
    assert 0 <= match.score <= match.share <= 1
