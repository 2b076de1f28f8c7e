"""The apparatus of a quotation: what is silent, what is shown, and as what."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.comparing import collation, quoted, variants
from retold.types import (
    Act,
    Article,
    Attribution,
    ChangeKind,
    QuotationKind,
    Reading,
    Section,
    SectionKind,
    Span,
)


def _changes(a: str, b: str, *, substantive: bool = True) -> list[tuple[str, str, str]]:
    """The changes from `a` to `b`: kind, words there, words here."""
    tokens = [quoted.tokenise(text, (Span(0, len(text)),)) for text in (a, b)]
    return [
        (
            turn.kind.value,
            a[turn.a.start : turn.a.end] if turn.a else "",
            b[turn.b.start : turn.b.end] if turn.b else "",
        )
        for turn in collation.collate(*tokens).turns
        if turn.is_substantive or not substantive
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("We’ll close the harbour,", "We will close the harbor."),
        ("I don't know who paid — nobody does", "I don’t know who paid -- nobody does"),
        ("forty-eight boats were in the U.S. port", "48 boats were in the United States port"),
        (
            "the will of the ninth district of this town",
            "the will of the 9th district of this town",
        ),
        ("It was our No. 1 worry all along", "It was our number one worry all along"),
        ("It came out on Oct. 15 in our town", "It came out on October 15 in our town"),
        ("[W]e closed the harbor at noon", "We closed the harbor at noon"),
        ("That is a no-go for the whole town", "that is a no go for the whole town"),
        ("The harbor is closed, and it stays closed until May.", "it stays closed until May"),
        ("We were stunned that she’d closed it", "We were stunned that she had closed it"),
        ("I knew she'd close the harbor", "I knew she would close the harbor"),
        ("he was lyin’ to the whole town", "he was lying to the whole town"),
        ("a town that's been told to wait", "a town that has been told to wait"),
        (
            "our VP and the UN closed the harbor",
            "our vice president and the U.N. closed the harbor",
        ),
        ("They closed the harbor https://t.example/x in May", "They closed the harbor in May"),
        (
            "a hostile A.G.'s office will generate headlines",
            "a hostile AG’s office will generate headlines",
        ),
        ("They stayed till noon or ’til one", "They stayed until noon or until one"),
        ("the United States’s harbor is open", "the United States’ harbor is open"),
    ],
)
def test_what_is_the_same_is_silent(a: str, b: str) -> None:
    """Typography, contractions, spelling, figures, and how much is quoted are no changes."""
    assert _changes(a, b, substantive=False) == []


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (
            "We reject his visit",
            "We reject his message",
            ("substitution", "visit", "message"),
        ),
        (
            "I went too far. I made a mistake and I was wrong",
            "I went too far and I was wrong",
            ("splice", "I made a mistake", ""),
        ),
        (
            "The harbor will never be closed again",
            "The harbor will be closed again",
            ("negation", "never", ""),
        ),
        (
            "We counted 48 boats in the harbor that night",
            "We counted 47 boats in the harbor that night",
            ("number", "48", "47"),
        ),
        (
            "The ferry left for Norwalk at ten that night",
            "The ferry left for Norfolk at ten that night",
            ("name", "Norwalk", "Norfolk"),
        ),
        (
            "The crew was, in many cases, badly paid by the owners",
            "The crew was badly paid by the owners",
            ("cut without ellipsis", "in many cases", ""),
        ),
        (
            "They cannot keep up with this storm",
            "They just cannot keep up with this storm",
            ("insertion", "", "just"),
        ),
        (
            "It has been a shock through the harbor that this was done,",
            "It has been a shock through the harbor that this kind of thing was done. Nobody spoke",
            ("insertion", "", "kind of thing"),
        ),
    ],
)
def test_a_change_is_shown_as_what_it_is(a: str, b: str, expected: tuple[str, str, str]) -> None:
    """Each change of substance has its kind and its words."""
    assert _changes(a, b) == [expected]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Why should they come from s***hole towns", "Why should they come from shithole towns"),
        ("They want to take us out with bulls---", "They want to take us out with bullshit, okay"),
    ],
)
def test_a_masked_word_is_the_word(a: str, b: str) -> None:
    """Who spares readers a word has changed nothing that was said."""
    assert _changes(a, b) == []
    assert _changes(b, a) == []


def test_what_is_left_out_between_pieces_is_no_change() -> None:
    """What one account quotes before it breaks off does not answer what the other goes on with."""
    pieces = ("I call the clerk to order under the ninth rule of the town", "doubted our motives")
    text = " | ".join(pieces)
    broken = quoted.tokenise(text, (Span(0, len(pieces[0])), Span(len(text) - 19, len(text))))
    whole = "The clerk has doubted our motives"
    turns = collation.collate(broken, quoted.tokenise(whole, (Span(0, len(whole)),))).turns
    assert [turn for turn in turns if turn.is_substantive] == []


def test_a_courtesy_is_no_change_of_substance() -> None:
    """ "Mr." before a name changes nothing that was said."""
    a, b = "We doubt that Achter owns the harbor", "We doubt that Mr. Achter owns the harbor"
    assert _changes(a, b) == []
    assert _changes(a, b, substantive=False) != []


@pytest.mark.parametrize(
    ("taken_down", "mended"),
    [
        ("they will close this -- this harbor for good", "they will close this harbor for good"),
        (
            "There are things that I -- that -- that I regret about the harbor",
            "There are things that I regret about the harbor",
        ),
        ("Do I -- did I close the harbor for good", "did I close the harbor for good"),
    ],
)
def test_who_begins_anew_says_nothing_else(taken_down: str, mended: str) -> None:
    """Words that a speaker says twice in a row, left out by one outlet, change no substance."""
    assert not _changes(taken_down, mended)
    assert not _changes(mended, taken_down)


def test_a_word_that_stands_elsewhere_too_is_a_change() -> None:
    """What is put in the place of other words is another wording, whatever stands beside it."""
    assert _changes("the harbor is closed on a whim", "the harbor is closed upon a whim, on a whim")
    assert _changes("we close the harbor for good", "we never close the harbor for good, never")
    assert _changes("but closing, closing the harbor, is wrong", "but closing the harbor is wrong")


def test_an_ellipsis_owns_up_to_what_it_leaves_out() -> None:
    """What an ellipsis stands for is a change, but not one of substance."""
    changes = _changes(
        "The crew was tired and hungry and the boats were old",
        "The crew was … and the boats were old",
        substantive=False,
    )
    assert [kind for kind, _, _ in changes] == [ChangeKind.ELLIPSIS.value]


def test_an_editors_brackets_are_no_change_of_substance() -> None:
    """Words in brackets are marked as somebody else's already."""
    assert (
        _changes("I met her at the old harbor wall", "I met [the mayor] at the old harbor wall")
        == []
    )


def test_a_not_beside_an_editors_brackets_is_a_change() -> None:
    """Who is meant is the editor's word, that it is denied the speaker's."""
    given = _changes(
        "To pass this bill would raise the price of bread",
        "If they [the council] don't pass this bill would raise the price of bread",
    )
    assert given == [("negation", "To", "If they [the council] don't")]


def test_a_not_in_an_editors_brackets_is_none() -> None:
    """An editor who corrects the words says so."""
    assert (
        _changes("We will sell the harbor to them", "We will [not] sell the harbor to them") == []
    )


def test_the_share_of_words_tells_the_same_quotation() -> None:
    """Two sentences with some common words are not two wordings of one quotation."""
    texts = ("The harbor is closed for the winter", "The school is closed for the day")
    tokens = [quoted.tokenise(text, (Span(0, len(text)),)) for text in texts]
    assert not collation.collate(*tokens).is_same_quotation


@given(
    st.lists(
        st.sampled_from(
            ["the", "crew", "was", "not", "paid", "48", "boats", "Ellen", ".", "…", ","]
        ),
        max_size=12,
    )
)
def test_a_wording_has_no_changes_from_itself(words: list[str]) -> None:
    """Collating a wording with itself is silent."""
    text = " ".join(words)
    if text:
        assert _changes(text, text, substantive=False) == []


def _reading(number: int, text: str, said: str, published: dt.date | None) -> Reading:
    start = text.index(said)
    key = f"{number}" * 12
    return Reading(
        article=Article(
            id=key,
            text=text,
            sections=(Section(kind=SectionKind.BODY, span=Span(0, len(text))),),
            published=published,
        ),
        model="none",
        attributions=(
            Attribution(
                id=f"{key}.a0",
                article_id=key,
                quotation=QuotationKind.DIRECT,
                source=(),
                cue=(),
                content=(Span(start, start + len(said)),),
                speaker_id=None,
                speaker_score=0.0,
                chain=(),
                parent=None,
                said=None,
                act=Act.STATED,
                hedged=False,
                is_asserted=True,
                score=1.0,
            ),
        ),
        speakers=(),
        mentions=(),
        times=(),
        passages=(),
        vectors=b"",
    )


def _two() -> tuple[Reading, Reading]:
    late = "“We closed the old harbor at noon,” the mayor said."
    early = "The mayor: “We closed the old harbor at dawn.”"
    return (
        _reading(1, late, "“We closed the old harbor at noon,”", dt.date(2020, 5, 2)),
        _reading(2, early, "“We closed the old harbor at dawn.”", dt.date(2020, 5, 1)),
    )


def test_the_earliest_dated_witness_comes_first() -> None:
    """Changes run from the first dated wording to the others, whatever their order."""
    (variant,) = variants.find(_two())
    assert [w.date for w in variant.witnesses] == ["2020-05-01", "2020-05-02"]
    (change,) = variant.changes
    texts = {r.article.id: r.article.text for r in _two()}
    base = texts[variant.witnesses[0].article_id]
    other = texts[variant.witnesses[change.witness].article_id]
    assert change.base
    assert change.other
    assert (
        base[change.base.start : change.base.end],
        other[change.other.start : change.other.end],
    ) == (
        "dawn",
        "noon",
    )


def test_variants_are_the_same_for_any_order() -> None:
    """The order of the readings changes nothing."""
    assert variants.find(_two()) == variants.find(tuple(reversed(_two())))


def test_one_articles_wordings_make_no_variant() -> None:
    """A quotation that one article alone gives has nothing to be lined up with."""
    assert variants.find(_two()[:1]) == ()
