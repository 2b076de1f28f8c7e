"""Through whom words came. Texts are invented."""

from __future__ import annotations

import pytest

from retold import marked, spans
from retold.reading import speakers
from tests.test_speakers import article_of

OPENING = (
    "In a May 2021 interview recounted by the Coastal Herald, former minister Karl Weiss told a "
    "story about Anna Holt.\n\n"
)


def chains_of(text: str) -> list[list[str]]:
    """The names of each attribution's chain."""
    bare, triples = marked.parse(text)
    cast = speakers.resolve(article_of(bare), triples, ())
    names = {speaker.id: speaker.name for speaker in cast.speakers}
    return [[names[hop.speaker_id] for hop in r.chain] for r in cast.resolutions]


def test_a_lone_speaker_is_his_own_chain() -> None:
    """Where nobody stands between, the chain has the speaker alone."""
    assert chains_of("{s1 Karl Weiss} {c1 said} {q1 so}.") == [["Karl Weiss"]]


def test_what_is_said_within_a_statement_came_through_its_speaker() -> None:
    """A child's chain starts with its parent's speaker."""
    assert chains_of(
        "{q1 “I asked. {s2 Anna Holt} {c2 said} {q2 yes},”} {s1 Karl Weiss} {c1 recalled}."
    ) == [["Karl Weiss"], ["Karl Weiss", "Anna Holt"]]


def test_nobody_stands_twice_in_a_row() -> None:
    """Who quotes himself adds no link."""
    assert chains_of("{q1 “{s2 I} {c2 said} {q2 no},”} {s1 Karl Weiss} {c1 said}.") == [
        ["Karl Weiss"],
        ["Karl Weiss"],
    ]


def test_who_was_heard_speaks_through_the_one_who_heard() -> None:
    """ "He recalled Holt asking" puts Holt below him."""
    assert chains_of(
        "Karl Weiss met Anna Holt. {q1 “When?”} {s1 he} {c1 recalled} Holt asking."
    ) == [["Karl Weiss", "Anna Holt"]]


def test_according_to_puts_another_above() -> None:
    """A reporter beside a statement with a speaker of its own stands above it, and above what that
    speaker goes on to say in the paragraph."""
    assert chains_of(
        "{s1 Anna Holt}, according to the Coastal Herald, {c1 said} {q1 she was late}. "
        "{q2 “I was late,”} {s2 she} {c2 said}."
    ) == [["Coastal Herald", "Anna Holt"], ["Coastal Herald", "Anna Holt"]]


def test_told_an_outlet_is_no_link() -> None:
    """Where something was said is a venue, not a reporter."""
    assert chains_of("{s1 Anna Holt} {c1 told} the Coastal Herald {q1 that she was late}.") == [
        ["Anna Holt"]
    ]


def test_according_to_the_speaker_is_no_link() -> None:
    """The source of the statement does not stand above himself."""
    assert chains_of("{q1 It was late}, {c1 according to} {s1 Karl Weiss}.") == [["Karl Weiss"]]


def test_a_story_puts_its_reporter_and_teller_above_what_follows() -> None:
    """In a story its teller speaks through the outlet, and those in it through both."""
    assert chains_of(
        OPENING + "{s1 Weiss} {c1 said} {q1 {s2 Holt} {c2 promised} {q2 a bridge}}.\n\n"
        "{s3 Holt} {c3 replied} {q3 that it was late}."
    ) == [
        ["Coastal Herald", "Karl Weiss"],
        ["Coastal Herald", "Karl Weiss", "Anna Holt"],
        ["Coastal Herald", "Karl Weiss", "Anna Holt"],
    ]


@pytest.mark.parametrize(
    "leaving",
    [
        "Nobody knows more of this.\n\nThe bridge was built in spring.\n\nIt is made of steel.\n\n",
        "In a statement on Friday, ",
        "Months later, ",
    ],
)
def test_a_story_ends_where_the_text_leaves_it(leaving: str) -> None:
    """Silence, another statement or another time ends the story."""
    assert chains_of(
        OPENING + "{s1 Weiss} {c1 said} {q1 {s2 Holt} {c2 promised} {q2 a bridge}}.\n\n"
        f"{leaving}{{s3 Holt}} {{c3 said}} {{q3 that it was late}}."
    )[2] == ["Anna Holt"]


def test_a_stranger_is_not_in_the_story() -> None:
    """Somebody whom the story does not let speak speaks for himself."""
    assert chains_of(
        OPENING + "{s1 Weiss} {c1 said} {q1 it was late}.\n\n{s2 Tom Reuter} {c2 denied} {q2 that}."
    )[1] == ["Tom Reuter"]


def test_each_hop_has_the_words_that_establish_it() -> None:
    """A hop's span names the one who stands there."""
    text = "{s1 Anna Holt}, according to the Coastal Herald, {c1 said} {q1 she was late}."
    bare, triples = marked.parse(text)
    chain = speakers.resolve(article_of(bare), triples, ()).resolutions[0].chain
    assert [spans.cut(bare, hop.span) for hop in chain if hop.span] == [
        "according to the Coastal Herald",
        "Anna Holt",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{s1 Anna Holt} {c1 said} {q1 she was late}, the Coastal Herald reports.",
        "As the Coastal Herald reported, {s1 Anna Holt} {c1 said} {q1 she was late}.",
        "{q1 “I was late,”} {s1 Anna Holt} {c1 said}, the Coastal Herald has learned.",
    ],
)
def test_a_sentence_that_another_reports_came_through_the_other(text: str) -> None:
    """ "…, the Herald reports" after a statement with a speaker of its own is a hop."""
    assert chains_of(text) == [["Coastal Herald", "Anna Holt"]]


def test_who_reports_something_else_is_no_link() -> None:
    """An outlet with a statement of its own in the sentence stands above nobody."""
    assert chains_of(
        "The Coastal Herald reported that it rained. {s1 Anna Holt} {c1 said} {q1 she was late}."
    ) == [["Anna Holt"]]


def test_a_reporter_within_the_source_is_no_link() -> None:
    """ "According to a Coastal Herald poll" lets the poll speak, not the paper above it."""
    text = "{q1 Few are late}, {c1 according to} {s1 a Coastal Herald poll}."
    assert [len(chain) for chain in chains_of(text)] == [1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{s1 Anna Holt} {c1 disputed} {q1 {s2 Karl Weiss’s} {c2 claim} {q2 that it was late}}.",
            ["Karl Weiss"],
        ),
        (
            "{s1 Anna Holt} {c1 denied} {q1 {c2 claims raised} by {s2 Karl Weiss} "
            "{q2 that it was late}}.",
            ["Karl Weiss"],
        ),
        (
            "{s1 Anna Holt} {c1 said} {q1 she was hurt by {s2 Karl Weiss’s} {c2 claim} "
            "{q2 that it was late}}.",
            ["Anna Holt", "Karl Weiss"],
        ),
        (
            "{s1 Anna Holt} {c1 said} {q1 {s2 Karl Weiss} {c2 views} {q2 it as late}}.",
            ["Anna Holt", "Karl Weiss"],
        ),
    ],
)
def test_a_claim_that_is_answered_did_not_come_through_who_answers(
    text: str, expected: list[str]
) -> None:
    """She who disputes a claim does not report it; she who tells of one does."""
    assert chains_of(text)[1] == expected


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ("{s2 She} reportedly {c2 told}", ["Politico", "Anna Holt"]),
        ("{s2 She} {c2 told}", ["Anna Holt"]),
        ("It rained.\n\nIt rained.\n\n{s2 Anna Holt} reportedly {c2 told}", ["Anna Holt"]),
    ],
)
def test_reportedly_goes_back_to_the_outlet_before_it(between: str, expected: list[str]) -> None:
    """ "Reportedly" right after an outlet’s report is that outlet’s; far off it is nobody’s."""
    text = (
        "{q1 Anna Holt was late}, {c1 according to} {s1 Politico}.\n\n" + between + " him {q2 so}."
    )
    assert chains_of(text)[1] == expected


def test_a_paper_or_a_group_may_report() -> None:
    """ "According to the indictment" beside another's statement is a hop without a name."""
    assert chains_of("According to the indictment, {s1 a clerk} {c1 said} {q1 it was late}.") == [
        ["indictment", "clerk"]
    ]
    assert chains_of("{s1 Anna Holt} {c1 said} {q1 so}, according to a Tolmouth Navy officer.") == [
        ["Tolmouth Navy officer", "Anna Holt"]
    ]
    assert chains_of("{s1 Anna Holt} {c1 said} {q1 so}, according to two officials.") == [
        ["two officials", "Anna Holt"]
    ]
    assert chains_of("{s1 Anna Holt} {c1 said} {q1 so}, according to a suit in U.S. court.") == [
        ["suit in U.S. court", "Anna Holt"]
    ]


def test_whom_a_pronoun_means_was_heard_too() -> None:
    """ "She quoted him as replying" makes him speak through her."""
    assert chains_of(
        "{s1 Anna Holt} {c1 met} {q1 Karl Weiss}. {q2 “No,”} {s2 she} {c2 quoted} him as replying."
    )[1] == ["Anna Holt", "Karl Weiss"]


def test_a_source_that_only_reports_stands_above() -> None:
    """A quotation linked to "according to the Herald" before it goes on with who spoke there."""
    assert (
        chains_of(
            "{q1 “No,”} {c1 said} {s1 Anna Holt}, {c2 according to} {s2 the Coastal Herald}. "
            "{q2 “Never.”}"
        )
        == [["Coastal Herald", "Anna Holt"]] * 2
    )


@pytest.mark.parametrize(
    "report", ["{c2 according to} {s2 the Coastal Herald}", "{s2 the Coastal Herald} {c2 reported}"]
)
def test_a_quotation_goes_on_after_its_reporter(report: str) -> None:
    """What follows "…, according to the Herald" in quotation marks is the speaker's still."""
    assert (
        chains_of(
            f"{{q1 “No,”}} {{s1 Anna Holt}} {{c1 said}}, {report}. {{q2 “Never. I will not.”}}"
        )
        == [["Coastal Herald", "Anna Holt"]] * 2
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{s1 Politico} {c1 reported} {q1 that a clerk was late}, citing two aides.",
            ["Politico", "two aides"],
        ),
        (
            "{s1 Politico} {c1 reported} {q1 that a clerk was late}, according to Anna Holt.",
            ["Politico", "Anna Holt"],
        ),
        (
            "{s1 Politico} {c1 reported} {q1 that “a clerk was late}, according to two aides.”",
            ["Politico", "two aides"],
        ),
        ("{s1 Politico} {c1 reported} {q1 that a clerk was late}.", ["Politico"]),
        (
            "{s1 Karl Weiss} {c1 said} {q1 a clerk was late}, citing a letter.",
            ["Karl Weiss"],
        ),
    ],
)
def test_what_an_outlet_rests_on_speaks_through_it(text: str, expected: list[str]) -> None:
    """ "Politico reported, citing aides" is the aides’; who cites a letter speaks himself."""
    assert chains_of(text)[0] == expected


def test_an_outlet_reports_who_it_tells_of_to_the_end_of_the_paragraph() -> None:
    """In “Holt called it late, according to Politico. “…,” she said” Politico stands above her;
    in the next paragraph no more."""
    assert chains_of(
        "Anna Holt {q1 called the clerk late}, {c1 according to} {s1 Politico}. "
        "{q2 “He was late,”} {s2 she} {c2 said}.\n\n{q3 “So,”} {s3 she} {c3 said}."
    ) == [["Politico"], ["Politico", "Anna Holt"], ["Anna Holt"]]


def test_an_outlet_at_the_head_of_the_sentence_reports_it() -> None:
    """In "Politico reports Anna Holt was there, saying …" Politico stands above her."""
    assert chains_of("Politico reports {s1 Anna Holt} came, {c1 saying} {q1 it was late}.") == [
        ["Politico", "Anna Holt"]
    ]


def test_a_quotation_that_goes_on_keeps_its_chain() -> None:
    """A paragraph of quotation without a source came through the same mouths as the one before."""
    assert chains_of(
        "{q1 It rained}, {c1 according to} {s1 Politico}.\n\n"
        "{s2 Anna Holt} reportedly {c2 said}: {q2 “It was late.}\n\n{q3 “Very late.”}"
    )[1:] == [["Politico", "Anna Holt"], ["Politico", "Anna Holt"]]


def test_one_and_the_same_is_not_two_hops() -> None:
    """ "Holt’s campaign" and "her campaign" are one speaker."""
    cast = chains_of(
        "Anna Holt came. {s1 Holt’s campaign} {c1 said} {q1 so}. {s2 Holt’s campaign} {c2 added} "
        "{q2 more}."
    )
    assert cast == [["Anna Holt’s campaign"], ["Anna Holt’s campaign"]]


def test_the_subject_before_its_reporter_speaks() -> None:
    """In "{Holt}, according to the Herald, said" the Herald is the one above, whoever the cue was
    linked to."""
    assert chains_of(
        "Anna Holt, according to {s1 the Coastal Herald}, {c1 said} {q1 she was late}."
    ) == [["Coastal Herald", "Anna Holt"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The letter quotes the Harbour Board, {s1 which} {c1 wrote} {q1 that it was late}.",
            ["letter", "Harbour Board"],
        ),
        (
            "Anna Lee was quick to highlight comments from {s1 Karl Weiss}, {c1 projecting} "
            "{q1 that it would grow}.",
            ["Anna Lee", "Karl Weiss"],
        ),
        (
            "“The letter quotes {s1 Karl Weiss}, {c1 saying} {q1 that it was late}.”",
            ["Karl Weiss"],
        ),
        (
            "Anna Lee met the Harbour Board, {s1 which} {c1 wrote} {q1 that it was late}.",
            ["Harbour Board"],
        ),
    ],
)
def test_who_is_quoted_speaks_through_the_one_who_quotes(text: str, expected: list[str]) -> None:
    """Whoever quotes him at the head of the sentence stands above, outside quotation marks."""
    assert chains_of(text) == [expected]


def test_who_is_quoted_within_a_statement_has_its_speaker_above_once() -> None:
    """ "She quoted Weiss as saying" makes no second hop of one who quotes and one who speaks."""
    text = "{s1 Anna Lee} {c1 quoted} {q1 {s2 Karl Weiss} {c2 as saying} {q2 that it was late}}."
    assert chains_of(text)[1] == ["Anna Lee", "Karl Weiss"]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("according to Politico, {s2 Anna Holt} {c2 says} {q2 yes}", "Politico"),
        ("Anna Holt came; {s2 she}, according to Politico, {c2 says} {q2 yes}", "Politico"),
        ("I read the reports that {s2 Anna Holt} {c2 says} {q2 yes}", "reports"),
    ],
)
def test_within_a_statement_too_another_may_report(inner: str, expected: str) -> None:
    """Who is said within a statement to report another stands between the two speakers."""
    text = f"{{q1 “It is late, and {inner},”}} {{s1 Karl Weiss}} {{c1 said}}."
    assert chains_of(text)[1] == ["Karl Weiss", expected, "Anna Holt"]


@pytest.mark.parametrize("cue", ["heard", "left open whether"])
def test_an_occasion_is_no_hop(cue: str) -> None:
    """Who speaks at a hearing does not speak through it; through a court he may."""
    text = f"{{s1 X}} {{c1 {cue}}} {{q1 {{s2 Anna Holt}} {{c2 said}} {{q2 that it was late}}}}."
    assert [chains_of(text.replace("X", who))[1][:-1] for who in ("A hearing", "A court")] == [
        [],
        ["court"],
    ]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("Nearly seven in ten", ["Herald poll", "Nearly seven in ten"]),
        ("A majority of drivers", ["Herald poll", "majority of drivers"]),
        ("Two officials", ["Two officials"]),
    ],
)
def test_those_asked_answer_through_the_poll(who: str, expected: list[str]) -> None:
    """A share of people speaks through the poll that spoke last, others do not."""
    assert (
        chains_of(
            "{s1 A Herald poll} {c1 found} {q1 that the bridge is hated}.\n\n"
            f"{{s2 {who}}} {{c2 said}} {{q2 it came too late}}."
        )[1]
        == expected
    )


def test_a_poll_long_past_is_not_what_they_answered() -> None:
    """Four paragraphs on a share of people speaks for itself."""
    assert chains_of(
        "{s1 A Herald poll} {c1 found} {q1 that the bridge is hated}.\n\n"
        + "It rained.\n\n" * 4
        + "{s2 Nearly seven in ten} {c2 said} {q2 it came too late}."
    )[1] == ["Nearly seven in ten"]


@pytest.mark.parametrize(
    "text",
    [
        "{q1 The bridge was late}, {c1 according to} {s1 the report}.\n\nAnna Holt was calm.",
        "{s1 Karl Weiss} {c1 denied} {q1 the affair} and told of a bridge described by Anna Holt.",
    ],
)
def test_who_is_named_elsewhere_is_no_reporter(text: str) -> None:
    """Neither the first name of the next paragraph nor who describes a thing stands above."""
    (names,) = chains_of("Anna Holt and Karl Weiss met.\n\n" + text)
    assert len(names) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{s1 The Norhaven Herald} {c1 cited} a fisherman as saying {q1 it was late}.",
            ["Norhaven Herald", "fisherman"],
        ),
        ("{s1 It} {c1 quotes} Anna Lee as saying {q1 that it was late}.", ["Anna Lee"]),
        ("{s1 Karl Weiss} {c1 also quoted} a letter as saying {q1 so}.", ["Karl Weiss", "letter"]),
    ],
)
def test_whoever_is_quoted_as_saying_something_speaks(text: str, expected: list[str]) -> None:
    """By name or not, and whether or not it is told who quotes him."""
    assert chains_of(text) == [expected]


def test_him_who_is_quoted_within_a_statement_is_one() -> None:
    """ "She cited him as saying" means one man by "him", whoever speaks around it."""
    text = (
        "{s3 Karl Weiss} {c3 spoke} {q3 of Tom Reuter}. “{s1 Anna Lee} {c1 cited} "
        "{q1 {s2 him} {c2 as saying} {q2 that it was late}}.”"
    )
    assert chains_of(text)[:2] == [["Anna Lee", "Karl Weiss"]] * 2
