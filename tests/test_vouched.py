"""The same figure or deed on another's word, or flatly told."""

from __future__ import annotations

import itertools

import pytest

from retold.comparing import differences, facts, people, vouched
from retold.types import Difference, DifferenceKind, Facet, Reading
from tests import readings

HALE = "The strike cost {q1 $1.5 billion}, {c1 according to} {s1 Hale Research}."
FLAT = "The strike, which cost $1.5 billion, is over."


def held(*texts: str) -> list[Reading]:
    """Readings of a sentence each, of outlets and speakers of their own."""
    return [
        readings.read(f"News\n\n{text}", outlet=f"Outlet {n}", speakers=speakers(text))
        for n, text in enumerate(texts)
    ]


def speakers(text: str) -> list[str]:
    """The words of each source, as the names of those who speak."""
    return [part.split("}")[0].split(" ", 1)[1] for part in text.split("{")[1:] if part[0] == "s"]


def found(*texts: str) -> list[Difference]:
    """The differences between the sentences of one claim."""
    accounts = held(*texts)
    cast = people.merge(accounts)
    prepared = differences.prepare(accounts, [facts.of(r) for r in accounts], cast)
    statements = vouched.prepare(
        accounts,
        {a.id: a for r in accounts for a in r.attributions},
        [speaker for r in accounts for speaker in r.speakers],
        prepared.sentences,
    )
    told = itertools.chain.from_iterable(prepared.sentences[r.article.id] for r in accounts)
    return list(vouched.find(list(told), statements))


def shown(*texts: str) -> list[set[str]]:
    """The words of each difference."""
    own = {r.article.id: r.article.text for r in held(*texts)}
    return [
        {own[v.article_id][v.span.start : v.span.end] for v in one.values} for one in found(*texts)
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((HALE, FLAT), {"Hale Research", "$1.5 billion"}),
        (
            (HALE, "{s1 The Herald} {c1 reported} {q1 that the strike cost $1.5 billion}."),
            {"Hale Research", "The Herald"},
        ),
        (
            (HALE, FLAT, "{s1 The Herald} {c1 reported} {q1 that the strike cost $1.5 billion}."),
            {"Hale Research", "$1.5 billion", "The Herald"},
        ),
    ],
    ids=["flat and sourced", "two sources", "three accounts"],
)
def test_one_figure_on_the_word_of_others_is_shown_once(
    texts: tuple[str, ...], expected: set[str]
) -> None:
    """Each side shows its source, or the figure where the outlet itself gives it."""
    assert shown(*texts) == [expected]


def test_who_vouches_for_a_figure_is_a_variation_of_attribution() -> None:
    """Both may be right: the figure is the same."""
    (one,) = found(HALE, FLAT)
    assert (one.facet, one.kind) == (Facet.ATTRIBUTION, DifferenceKind.VARIATION)


@pytest.mark.parametrize(
    ("texts", "is_sure"),
    [
        ((HALE, FLAT), False),
        ((HALE, "{s1 The Herald} {c1 reported} {q1 that the strike cost $1.5 billion}."), True),
        (
            (HALE, FLAT, "{s1 The Herald} {c1 reported} {q1 that the strike cost $1.5 billion}."),
            True,
        ),
    ],
    ids=["flat and sourced", "two sources", "both"],
)
def test_a_figure_that_one_gives_flatly_waits_to_be_asked_for(
    texts: tuple[str, ...], is_sure: bool
) -> None:
    """That another names its source is right, and no news; two sources are."""
    (one,) = found(*texts)
    assert (one.score >= 0.5) is is_sure


@pytest.mark.parametrize(
    "texts",
    [
        (HALE, HALE.replace("Hale Research", "a report by Hale")),
        (HALE.replace("Hale Research", "the report"), HALE.replace("Hale", "a study by Hale")),
        (HALE, FLAT.replace("$1.5", "$1.6")),
        (HALE, "The strike, which may have cost $1.5 billion, is over."),
        (HALE, f"{FLAT} {HALE}"),
        (FLAT, "{s1 Mara Lind} {c1 said} {q1 she would not pay $1.5 billion}."),
        (FLAT, FLAT),
        (HALE, "The strike of the $1.5 billion firm, “a disgrace”, is over."),
    ],
    ids=[
        "one source by two names",
        "two papers that may be one",
        "another figure",
        "a hedge",
        "flat here and sourced there in one account",
        "what somebody had to say",
        "nobody's word",
        "a quotation",
    ],
)
def test_a_figure_that_parts_in_nobodys_word_is_none(texts: tuple[str, ...]) -> None:
    """Only another source, or a sentence that is all the outlet's own, is shown."""
    assert shown(*texts) == []


def test_the_number_in_a_name_is_no_figure() -> None:
    """ "SA-15" counts nothing."""
    said = "{q1 An SA-15 missile was fired}, {c1 according to} {s1 Hale Research}."
    assert shown(said, "An SA-15 missile was fired.") == []


def test_what_reportedly_happened_is_set_against_what_happened() -> None:
    """The verb is shown with its "reportedly" here and as it is there."""
    (one,) = found("Lind reportedly wrote the letter.", "Lind wrote the letter last week.")
    assert one.facet is Facet.MODALITY
    assert shown("Lind reportedly wrote the letter.", "Lind wrote the letter last week.") == [
        {"reportedly wrote", "wrote"}
    ]


def test_the_deed_nearest_in_words_is_taken() -> None:
    """Of two who "own" something it is the one who owns the same."""
    hedged = "Her family reportedly owns farms and mills in Varn."
    others = "Tom Achter, a friend from Varn, owns a bus. Her family owns farms and mills there."
    (one,) = found(hedged, others)
    start = others.index("owns farms") + len("News\n\n")
    assert start in {value.span.start for value in one.values}


@pytest.mark.parametrize(
    "flat",
    [
        "Lind never wrote the letter.",
        "Lind was charged over the letter she wrote.",
        "{s1 Tom Achter} {c1 said} {q1 that Lind wrote the letter}.",
        "Achter wrote a song.",
        "Lind allegedly wrote the letter.",
    ],
    ids=["denied", "a charge", "somebody's word", "another deed", "a hedge too"],
)
def test_what_is_not_told_flatly_is_not_set_against_it(flat: str) -> None:
    """A denial, a charge, another's word and another deed are no flat statement of it."""
    assert shown("Lind reportedly wrote the letter.", flat) == []


def test_titles_are_left_out() -> None:
    """What a headline leaves out for brevity is no difference."""
    accounts = [
        readings.read("Lind reportedly wrote the letter\n\nIt came last week.", outlet="Post"),
        readings.read("News\n\nLind wrote the letter last week.", outlet="Herald"),
    ]
    prepared = differences.prepare(
        accounts, [facts.of(r) for r in accounts], people.merge(accounts)
    )
    statements = vouched.prepare(accounts, {}, (), prepared.sentences)
    told = [s for r in accounts for s in prepared.sentences[r.article.id]]
    assert vouched.find(told, statements) == ()
