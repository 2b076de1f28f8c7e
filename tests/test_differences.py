"""Where tellings part: the same slot, the exact words, and nothing where two things are told."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from retold.comparing import differences, facts, own, partings, people, slots
from retold.reading import times
from retold.types import Difference, DifferenceKind, Facet, Passage, Reading, Span
from tests import readings


def _whole(reading: Reading) -> Passage:
    """The widest passage of an article of one sentence."""
    return max(reading.passages, key=lambda p: len(p.span))


def _found(*texts: str) -> tuple[tuple[Difference, ...], Sequence[Reading]]:
    held = [readings.dated(text, f"Outlet {n}") for n, text in enumerate(texts)]
    accounts = differences.prepare(held, [facts.of(r) for r in held], people.merge(held))
    return differences.find([_whole(r) for r in held], accounts), held


def _words(difference: Difference, held: Sequence[Reading]) -> list[str]:
    """The words shown, in the order of the readings."""
    texts = {r.article.id: r.article.text for r in held}
    order = [r.article.id for r in held]
    values = sorted(difference.values, key=lambda v: order.index(v.article_id))
    return [texts[v.article_id][v.span.start : v.span.end] for v in values]


def _conflicts(*texts: str) -> list[tuple[Facet, list[str]]]:
    found, held = _found(*texts)
    return [(d.facet, _words(d, held)) for d in found if d.kind is DifferenceKind.CONFLICT]


@pytest.mark.parametrize(
    ("a", "b", "facet", "words"),
    [
        (
            "The indictment of the harbor master ran to 48 pages.",
            "The indictment of the harbor master ran to 47 pages.",
            Facet.NUMBER,
            ["48 pages", "47 pages"],
        ),
        (
            "The owners of the ferry paid $139 million for the yard.",
            "The owners of the ferry paid $141 million for the yard.",
            Facet.NUMBER,
            ["$139 million", "$141 million"],
        ),
        (
            "The mayor of Lindholm apologized to the crew in May 2030.",
            "The mayor of Lindholm apologized to the crew in June 2030.",
            Facet.DATE,
            ["May 2030", "June 2030"],
        ),
        (
            "The mayor said: “We reject his visit to our town.”",
            "The mayor said: “We reject his message to our town.”",
            Facet.WORDING,
            ["visit", "message"],
        ),
        (
            "The mayor said: “They will now open the gates of our town to him.”",
            "The mayor said: “They will not open the gates of our town to him.”",
            Facet.POLARITY,
            ["now", "not"],
        ),
        (
            "The mayor said: “There was, in truth, no order to open the gates of our town.”",
            "The mayor said: “There was no order to open the gates of our town.”",
            Facet.WORDING,
            ["There was, in truth", "There was"],
        ),
        (
            "The mayor said: “We say a thousand no's to the gates and the captains of our town.”",
            "The mayor said: “We say a thousand no to the gates and the captains of our town.”",
            Facet.WORDING,
            ["no's", "no to"],
        ),
        (
            "The mayor said: “I will gladly open the gates and then greet all of his captains.”",
            "The mayor said: “I will open the gates and then meet all of his captains.”",
            Facet.WORDING,
            ["greet", "meet"],
        ),
        (
            "The mayor said: “Then 40 percent of the town stood at the gates that night.”",
            "The mayor said: “Then 60 percent of the town stood at the gates that night.”",
            Facet.NUMBER,
            ["40", "60"],
        ),
    ],
    ids=[
        "pages",
        "sums",
        "months",
        "a quoted word",
        "a quoted denial",
        "both deny",
        "both say no",
        "the word of meaning",
        "a quoted number",
    ],
)
def test_a_conflict_shows_the_words_that_part(
    a: str, b: str, facet: Facet, words: list[str]
) -> None:
    """Number, date and quoted word in one slot cannot both be right; a "not" is of polarity."""
    assert (facet, words) in _conflicts(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The indictment of the harbor master ran to 48 pages.",
            "The indictment of the harbor master named 12 captains.",
        ),
        (
            "The indictment of the harbor master ran to forty-eight pages.",
            "The indictment of the harbor master ran to 48 pages.",
        ),
        (
            "The mayor of Lindholm apologized to the crew in 2030.",
            "The mayor of Lindholm apologized to the crew in May 2030.",
        ),
        (
            "More than 40 captains signed the letter to the owners.",
            "The letter to the owners was signed by 48 captains.",
        ),
        (
            "“The pier is awful,” said the mayor (@mayor) May 6, 2031 of the ferry to Lindholm.",
            "“The pier is closed,” said the mayor (@mayor) May 9, 2031 of the ferry to Lindholm.",
        ),
        (
            "“Half of the town does not exist anymore,” said the mayor of Lindholm.",
            "“The town is not here anymore,” said the mayor of Lindholm.",
        ),
    ],
)
def test_what_can_both_be_right_is_no_conflict(a: str, b: str) -> None:
    """Other units, the same value in words, precision and hedges are no conflict."""
    assert _conflicts(a, b) == []


def test_a_no_that_is_said_before_turns_nothing() -> None:
    """Of two quotations that both deny, one has but another word for the second time."""
    a = "The mayor said: “We heard nothing about a gate or about a captain of our town.”"
    assert _conflicts(a, a.replace(" or about", ", nor about")) == [(Facet.WORDING, ["or", "nor"])]


def test_words_quoted_alone_are_no_wording_of_others_quoted_alone() -> None:
    """Between long pieces that are alike, a piece of one word need not be the same piece."""
    told = (
        "“I am deeply sorry to every harbor captain,” he said of {}, and he “will not ever say it "
        "again to anyone in this town.”"
    )
    assert _conflicts(told.format("whom he “offended”"), told.format("“farms”")) == []


def test_the_same_words_differ_in_nothing() -> None:
    """Two accounts in the same words have no differences."""
    text = "The mayor of Lindholm apologized to the crew on Friday."
    assert _found(text, text)[0] == ()


def _variations(*texts: str) -> list[tuple[Facet, list[str]]]:
    found, held = _found(*texts)
    return [(d.facet, _words(d, held)) for d in found if d.kind is DifferenceKind.VARIATION]


@pytest.mark.parametrize(
    ("a", "b", "facet", "words"),
    [
        (
            "The mayor of Lindholm apologized to the crew in the hall on Tuesday.",
            "The mayor of Lindholm apologized to the crew in the hall on Tuesday night.",
            Facet.DATE,
            ["Tuesday", "Tuesday night"],
        ),
        (
            "The council of Lindholm sold 48 boats to the owners of the ferry.",
            "The council of Lindholm sold more than 40 boats to the owners of the ferry.",
            Facet.NUMBER,
            ["48 boats", "more than 40 boats"],
        ),
    ],
    ids=["a day and its evening", "an exact count and a least one"],
)
def test_what_is_given_more_exactly_is_shown_bare(
    a: str, b: str, facet: Facet, words: list[str]
) -> None:
    """Two dates or numbers that can both be right are shown without the clauses around them."""
    assert (facet, words) in _variations(a, b)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Berg had [14 percent].", "Falk had [11 percent].", True),
        ("They want [$240 million].", "They want [$910 million].", True),
        ("It sold [12 boats].", "It sold [15 boats].", False),
        ("It sold [48 boats].", "It sold [more than 40 boats].", False),
        ("It paid [$139 million].", "It paid [$141 million].", False),
        ("It paid [$139 million].", "It paid [for the yard].", False),
    ],
    ids=["two shares", "two sums", "one unit", "both right", "close sums", "one is no number"],
)
def test_numbers_of_two_things_are_no_difference(a: str, b: str, expected: bool) -> None:
    """Bare numbers are of one thing where they go together, are close, or count one unit."""
    assert differences._count_apart(readings.parted(a, b)[1]) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("It sank on [June 3, 2030].", "It [sank] on June 8, 2030.", False),
        ("It sank on [June 3, 2030].", "It sank on [June 8, 2030].", True),
        ("It sank on [June 3, 2030].", "It sank late in [June 2030] off Lind.", False),
    ],
    ids=["one is more than a date", "two days", "a day of the month"],
)
def test_dates_that_may_be_of_two_events_are_doubtful(a: str, b: str, expected: bool) -> None:
    """Bare dates that cannot both be right are not shown unasked but as a conflict."""
    assert differences._date_apart(readings.parted(a, b)[1]) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("It raised [$15 million] there.", "According to [the harbour union] it did.", True),
        (
            "It raised [$15 million] there.",
            "The harbour union of Lindholm raised [a fortune] there.",
            True,
        ),
        ("It raised [$15 million] there.", "It raised [more than $12 million] there.", False),
        ("It [sank on Friday] there.", "The ferry of Lindholm [went down] there.", False),
    ],
    ids=["beside a source", "beside plain words", "beside a number", "a clause"],
)
def test_a_bare_number_beside_plain_words_is_doubtful(a: str, b: str, expected: bool) -> None:
    """What stands beside a sum is a sum; a clause may hold a date that the other lacks."""
    assert differences._faces_none(readings.parted(a, b)[1]) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("The crew [huddled in the hall].", "The crew [met in private].", True),
        ("The crew [huddled in the hall].", "The crew [met with 12 others].", False),
        ("It sold [12 boats].", "It sold [15 boats].", False),
    ],
    ids=["a few other words", "a number", "bare numbers"],
)
def test_what_is_told_in_a_few_other_words_is_doubtful(a: str, b: str, expected: bool) -> None:
    """What cannot be checked on either side waits to be asked for; bare numbers have bounds of
    their own."""
    held, shown = readings.parted(a, b)
    one = differences.Parted(
        facet=Facet.DETAIL, slots=tuple(shown), odds=0.5, own=own.measure(shown, held, {})
    )
    assert differences._is_doubtful(one, (1.0, 1.0), held) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("It sold [12 boats in May 2030].", "It sold [15 boats in June 2030].", True),
        ("It sold [12 boats in May 2030].", "It sold [15 boats in May 2030] there.", False),
        ("It hurt [12 of the crew].", "It hurt [15 in all].", True),
        ("It sold [dozens of boats in May 2030].", "It sold [15 boats in June 2030].", False),
        ("She led by [270 votes].", "She led by [2.8 million votes].", True),
    ],
    ids=["two months", "one month", "some of more", "a vague one", "two orders"],
)
def test_numbers_that_count_two_things_are_doubtful(a: str, b: str, expected: bool) -> None:
    """What says that both can be right is asked of what the trees put together, too."""
    held, shown = readings.parted(a, b)
    assert differences._count_two_things(shown, held) is expected


@pytest.mark.parametrize(
    ("facet", "expected"), [(Facet.NUMBER, 0.8), (Facet.DETAIL, 0.8 * differences.IN_WORDS)]
)
def test_what_parts_in_words_alone_is_less_sure(facet: Facet, expected: float) -> None:
    """Numbers can be laid side by side; of clauses the trees think too often that they part."""
    held, shown = readings.parted("The ferry [may have sunk].", "The ferry [ran into 12 rocks].")
    one = differences.Parted(
        facet=facet, slots=tuple(shown), odds=0.5, own=own.measure(shown, held, {})
    )
    assert differences._weighed(one, 0.8, (1.0, 1.0), held) == expected


def test_one_article_has_no_differences_with_itself() -> None:
    """A claim of one article parts from nobody."""
    assert _found("The mayor of Lindholm apologized to the crew on Friday.")[0] == ()


def test_every_value_is_short_and_lies_in_its_article() -> None:
    """Values are spans of their articles, one sentence at most, in order of article and place."""
    found, held = _found(
        "The mayor of Lindholm, Ada Berg, apologized to the crew of 12 on Friday in the hall.",
        "Ada Berg, who runs Lindholm, said sorry to the 14 sailors on Saturday at the harbor.",
    )
    texts = {r.article.id: r.article.text for r in held}
    assert all(
        v.span.end <= len(texts[v.article_id]) and len(v.span) <= 120
        for d in found
        for v in d.values
    )
    assert all(
        list(d.values) == sorted(d.values, key=lambda v: (v.article_id, v.span)) for d in found
    )


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("He first became president in 2000.", "president"),
        ("He became the president of the Republic of Varn in 2000.", "president"),
        ("He was heard at senate hearings in 2000.", "hearing"),
        ("In 2000 he was heard.", ""),
    ],
)
def test_a_date_knows_what_it_is_said_of(text: str, head: str) -> None:
    """The word before it, or that on which the word before it hangs."""
    (_, sentence) = slots.of(readings.dated(text, "One"), {})
    assert [slot.head for slot in sentence.slots if slot.time] == [head]


def test_dates_of_two_things_in_sentences_that_are_hardly_alike_are_no_conflict() -> None:
    """Hearings in January do not contradict an office in September."""
    assert not _conflicts(
        "He said nothing of the harbor to the senate of Lindholm at senate hearings in 1999.",
        "The diver met him at the harbor fair and again in his senate office in 2000.",
    )


def test_differences_are_the_same_for_any_order_of_the_passages() -> None:
    """The order of a claim's passages changes nothing."""
    held = [
        readings.dated("The indictment of the harbor master ran to 48 pages.", "One"),
        readings.dated("On Monday the harbor master was indicted on 47 pages.", "Two"),
    ]
    accounts = differences.prepare(held, [facts.of(r) for r in held], people.merge(held))
    passages = [_whole(r) for r in held]
    assert differences.find(passages, accounts) == differences.find(passages[::-1], accounts)


_PARTED = """News

{s1 The warden} {c1 said} {q1 Lindholm decisively dropped the plan to widen the harbor in 2004}.

{s2 The clerk} {c2 said} {q2 Lindholm decisively turned on the plan to widen the harbor in 2008}.
"""


def test_two_sources_of_one_article_part_on_a_date() -> None:
    """One article dates one thing twice, on the word of two sources."""
    reading = readings.read(_PARTED, speakers=("Ada Berg", "Jon Falk"))
    reading = dataclasses.replace(reading, times=times.find(reading.article))
    sentences = {reading.article.id: slots.of(reading, {})}
    (parting,) = partings.find([reading], sentences)
    assert _words(parting.difference, [reading]) == ["2004", "2008"]


def test_who_is_quoted_within_both_does_not_make_them_one_source() -> None:
    """Two sources part though both tell what one third person said."""
    reading = readings.read(_PARTED, speakers=("Ada Berg", "Jon Falk"))
    within = [
        dataclasses.replace(
            one, id=f"{one.id}-within", source=one.content, speaker_id="third", parent=one.id
        )
        for one in reading.attributions
    ]
    reading = dataclasses.replace(
        reading,
        attributions=(*reading.attributions, *within),
        times=times.find(reading.article),
    )
    assert len(partings.find([reading], {reading.article.id: slots.of(reading, {})})) == 1


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("{s1 The warden}", "{s1 She}"),
        ("the harbor in 2004}", "the harbor in 2004, not in 2008}"),
        ("the harbor in 2004}", "the harbor in April 2004}"),
    ],
    ids=["somebody", "both dates", "a month and a year"],
)
def test_what_may_be_of_two_things_does_not_part(words: str, others: str) -> None:
    """Neither an account of somebody whom only a pronoun names, nor one that gives both dates, nor
    dates of which one is a month and one a year."""
    assert words in _PARTED
    reading = readings.read(_PARTED.replace(words, others), speakers=("Ada Berg", "Jon Falk"))
    reading = dataclasses.replace(reading, times=times.find(reading.article))
    assert partings.find([reading], {reading.article.id: slots.of(reading, {})}) == ()


def test_days_on_which_something_was_said_do_not_part() -> None:
    """Dates outside what is said date the saying: two people spoke in two years."""
    said = _PARTED.replace("{s1 The", "In 2004, {s1 the").replace("{s2 The", "In 2008, {s2 the")
    said = said.replace(" in 2004}", "}").replace(" in 2008}", "}")
    reading = readings.read(said, speakers=("Ada Berg", "Jon Falk"))
    reading = dataclasses.replace(reading, times=times.find(reading.article))
    assert partings.find([reading], {reading.article.id: slots.of(reading, {})}) == ()


def test_one_source_that_tells_a_course_of_events_does_not_part() -> None:
    """Two dates on the word of one source are two events."""
    reading = readings.read(_PARTED, speakers=("Ada Berg", "Ada Berg"))
    reading = dataclasses.replace(reading, times=times.find(reading.article))
    assert partings.find([reading], {reading.article.id: slots.of(reading, {})}) == ()


def test_slots_know_what_stands_beside_them() -> None:
    """A number is in its sentence with its governor and the words of the phrase before it."""
    reading = readings.dated("The indictment of the harbor master ran to 48 pages.", "One")
    _, sentence = slots.of(reading, {})
    (number,) = [s for s in sentence.slots if s.number]
    text = reading.article.text
    assert text[number.span.start : number.span.end] == "48 pages"
    assert (number.governor, "indictment" in number.left) == ("to", True)
    assert all(Span(0, len(text)).end >= s.span.end for s in sentence.slots)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The mayor of Lindholm on Saturday defended the work of the harbor crew.",
            "The clerk of Lindholm on Friday blamed the work of the harbor crew. He answered "
            "on Saturday.",
        ),
        (
            "The law of Lindholm on harbor fees takes effect on Jan. 1.",
            "The sale of Lindholm harbor fees takes effect on Oct. 1, the law on Jan. 1.",
        ),
    ],
    ids=["a day of the week, beside it", "a day of the year"],
)
def test_what_gives_the_other_date_too_is_no_conflict(a: str, b: str) -> None:
    """Two things are told of, each with its day."""
    assert Facet.DATE not in [facet for facet, _ in _conflicts(a, b)]
