"""Whom "it", "that" and a source met twice mean. Texts are invented; the marks are of `marked`."""

from __future__ import annotations

import pytest

from tests.test_speakers import told

LEAGUE = "{s1 The Harbour League} {c1 said} {q1 the quay was closed}. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{s2 It} {c2 said} {q2 so again}.", "Harbour League"),
        ("The new rule is strict. {s2 It} {c2 bars} {q2 all ships}.", None),
        ("The new letter is long. {s2 It} {c2 says} {q2 so}.", "Harbour League"),
        ("{s2 It} {c2 was revealed} {q2 that ships had sunk}.", None),
        ("The Tide Office rang, and {s2 it} {c2 said} {q2 it was late}.", "Tide Office"),
        ("{q2 The Tide Office rang}, {s2 it} {c2 said}.", "Harbour League"),
    ],
)
def test_it_is_the_body_that_its_sentence_is_about_or_that_spoke(
    text: str, expected: str | None
) -> None:
    """Nobody speaks where the sentence before is about a thing, or nothing is meant by it."""
    assert told(LEAGUE + text)[1] == expected


def test_that_means_no_name() -> None:
    """A name needs no telling which one it is: the shop refused, not the town."""
    assert told("A shop in Westmere {s1 that} {c1 refused} {q1 to sell it} closed.") == [None]


def test_a_source_means_one_whatever_it_says() -> None:
    """ "She" of two statements is whom she is in the first of them."""
    text = (
        "Anna Holt met Eva Lind. {q1 {s2 {s3 She}} {c2 praised} {q2 Holt’s quay}, {c3 saying} "
        "{q3 it would last}}, {c1 according to} {s1 Karl Weiss}."
    )
    assert told(text) == ["Karl Weiss", "Eva Lind", "Eva Lind"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{s1 Anna Holt} {c1 faced accusations} {q1 that she was late}.", None),
        ("{s1 Anna Holt} {c1 drew sharp criticism for} {q1 the delay}.", None),
        ("{s1 Anna Holt} {c1 took fire} from Karl Weiss for {q1 the delay}.", "Karl Weiss"),
        ("{s1 Anna Holt} {c1 pleaded guilty Monday to charges} {q1 that she lied}.", None),
        ("{s1 Anna Holt} {c1 faced} {q1 the crowd}.", "Anna Holt"),
    ],
)
def test_who_is_accused_does_not_accuse(text: str, expected: str | None) -> None:
    """Criticism that somebody meets is of others."""
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Reed penned a letter to {s1 Karl Lind} {c1 warning} {q1 of war}.", "Ada Reed"),
        ("All are sending a letter to {s1 Karl Lind} {c1 warning} {q1 of war}.", None),
    ],
)
def test_whom_a_letter_is_to_does_not_speak_in_it(text: str, expected: str | None) -> None:
    """Its sender does, where the words tell who that is."""
    assert told(text) == [expected]


def test_who_ends_what_is_said_is_not_who_says_it() -> None:
    """ "Ito joined Anna Holt, a clerk said": the clerk is not Holt."""
    assert told("{q1 Two men joined Anna Holt}, {s1 a clerk} {c1 said}.") == ["clerk"]


def test_it_is_no_body_that_a_clause_does_not_open_with() -> None:
    """Whom the subject of the sentence looks into is not "it"."""
    text = "A clerk looked into the Tide Office for what {s2 it} {c2 called} {q2 a fraud}."
    assert told(LEAGUE + text)[1] == "Harbour League"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Karl Weiss’s gaze is directed north. {s2 He} {c2 vows} {q2 to go}.", "Karl Weiss"),
        ("After Karl Weiss’s speech {s2 he} {c2 vowed} {q2 to go}.", "Tom Reuter"),
        ("He came to Karl Weiss. {s2 He} {c2 vows} {q2 to go}.", "Tom Reuter"),
    ],
)
def test_he_is_the_only_one_whom_the_paragraph_has_named(text: str, expected: str) -> None:
    """Whoever spoke in the paragraph before; not where he is named in an aside alone."""
    before = (
        "{s1 Tom Reuter} {c1 said} {q1 “They charge us whatever they want”}. {s3 He} {c3 said} "
        "{q3 “They are the worst.”}\n\n"
    )
    assert told(before + text)[1] == expected


OFFICIALS = "{s1 Harbour officials} {c1 said} {q1 it was late}. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Engineers, however, disagree. {s2 They} {c2 said} {q2 it was not}.", "Engineers"),
        (
            "Engineers asked fishermen for a plan, which {s2 they} {c2 say} {q2 failed}.",
            "Engineers",
        ),
        ("It rained. {s2 They} {c2 said} {q2 so}.", "Harbour officials"),
        ("For divers it was late. {s2 They} {c2 said} {q2 so}.", "Harbour officials"),
        ("The fishermen told engineers that {s2 they} {c2 hoped} {q2 to go}.", "fishermen"),
        ("People may stay if {s2 they} {c2 fear} {q2 a storm}.", "People"),
        ("As engineers look for divers, {s2 they} {c2 think} {q2 of home}.", "engineers"),
        ("A string of engineers fell ill. {s2 They} {c2 said} {q2 so}.", "engineers"),
        ("In Port Veldt, engineers fell ill. {s2 They} {c2 said} {q2 so}.", "engineers"),
        (
            "{s2 Some of the engineers of Veldt} {c2 said} {q2 no}. {s3 They} {c3 said} {q3 so}.",
            "Some of the engineers of Veldt",
        ),
        ("“If engineers fail, {s2 they} {c2 say} {q2 so}.”", "engineers"),
        ("{q2 Engineers would be late}, {s2 they} {c2 said}.", "Harbour officials"),
        ("{q2 “Some of the engineers are late,”} {s2 they} {c2 said}.", "Harbour officials"),
        ("{q2 When engineers fail, {s2 they} {c2 say} it was a storm}.", "engineers"),
        ("After talks with engineers {s2 they} {c2 said} {q2 so}.", "engineers"),
    ],
)
def test_they_are_the_people_that_the_sentences_are_about(text: str, expected: str) -> None:
    """The subject of this sentence or of the one before, else the group that spoke last."""
    assert told(OFFICIALS + text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It was late. {s3 They} {c3 said} {q3 so}.", "Harbour officials"),
        ("It rained.\n\n{s3 They} {c3 said} {q3 so}.", "Harbour officials"),
        ("It rained.\n\nIt was late.\n\n{s3 They} {c3 said} {q3 so}.", None),
        ("{s2 Tom Reuter} {c2 said} {q2 no}. It rained. {s3 They} {c3 said} {q3 so}.", None),
    ],
)
def test_they_are_no_group_that_is_further_off(text: str, expected: str | None) -> None:
    """One that the text has left, for two sentences and another speaker or for two paragraphs."""
    assert told(OFFICIALS + text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{s2 They} {c2 said} {q2 so}.", "Tide Office"),
        ("It rained.\n\n{s2 They} {c2 said} {q2 so}.", None),
    ],
)
def test_they_are_a_body_only_where_it_has_just_spoken(text: str, expected: str | None) -> None:
    """Elsewhere a body is "it": of 20 that were far off or only named, four were meant."""
    assert told("{s1 The Tide Office} {c1 said} {q1 no}. " + text)[1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It pleased Anna Holt (D-Mass.), {s1 who} {c1 said} {q1 so}.", "Anna Holt"),
        ("It fell to Anna Holt, head of the quay, {s1 who} {c1 said} {q1 so}.", "Anna Holt"),
        ("Anna Holt’s ship met a deep thinker {s1 who} {c1 said} {q1 so}.", None),
        ("The Herald got papers on Monday, {s1 which} {c1 say} {q1 so}.", None),
    ],
)
def test_who_is_nobody_further_off(text: str, expected: str | None) -> None:
    """A relative clause is of the name before it where only what somebody is stands between."""
    assert told(text) == [expected]


@pytest.mark.parametrize("office", ["Attorney General", "Prime Minister", "Mayor"])
def test_he_may_be_in_an_office_of_two_words(office: str) -> None:
    """Where "the attorney general" does something, "he" is he, and no attorney."""
    text = (
        f"{office} Karl Weiss and the attorney Tom Reuter rose. "
        f"{{s1 Reuter}} {{c1 said}} {{q1 no}}.\n\nThat was all. "
        f"Later the {office.lower()} declined to judge it; {{s2 he}} {{c2 said}} {{q2 so}}."
    )
    assert told(text)[1] == "Karl Weiss"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Karl Weiss put it this way:\n\n{q2 “It is late.”}", "Karl Weiss"),
        ("The Tide Office wrote when ships sank:\n\n{q2 “It is late.”}", "Tide Office"),
        ("He met Karl Weiss and went on:\n\n{q2 “It is late.”}", "Tom Reuter"),
        ("It rained in May:\n\n{q2 “It is late.”}", "Tom Reuter"),
        ("\n\n{q2 “It is late.”}", "Tom Reuter"),
        ("\n\n{q2 “Free the Quay” has won many over}.", None),
        ("{q2 “Free the Quay” was painted on a wall}.", None),
    ],
)
def test_a_quotation_without_a_source_goes_on(text: str, expected: str | None) -> None:
    """It is of him whom a line with a colon is about, else of the last speaker; where it is itself
    what the sentence is about, nobody says it."""
    assert told("{s1 Tom Reuter} {c1 said} {q1 it was wet}. " + text)[-1] == expected


def test_who_is_quoted_by_another_may_speak_of_himself() -> None:
    """Who stands in the marks himself is "he" in what he is reported to say there."""
    text = (
        "Karl Weiss met Tom Reuter. {s1 Anna Holt} {c1 wrote}: {q1 “{s2 Weiss} {c2 replied} "
        "{q2 ‘maybe’}. {s3 He} {c3 added} {q3 that {s4 he} {c4 thinks} {q4 it held}}.”}"
    )
    assert told(text) == ["Anna Holt", "Karl Weiss", "Karl Weiss", "Karl Weiss"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("{c1 said} {q1 {s2 he} {c2 knew} {q2 that it had sunk}}", "Karl Weiss"),
        ("{c1 said} {q1 on Monday that {s2 he} {c2 knew} {q2 that it had sunk}}", "Karl Weiss"),
        ("{c1 said}: {q1 “{s2 He} {c2 knew} {q2 that it had sunk}”}", "Tom Reuter"),
    ],
)
def test_he_right_after_the_verb_is_who_says_so(said: str, expected: str) -> None:
    """But not in quotation marks, where who speaks says "I"."""
    before = "Tom Reuter came. Reuter sat down. Reuter looked on, and "
    assert told(f"{before}{{s1 Karl Weiss}} {said}.")[1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This one strikes at Mr. Weiss, {s1 which} {c1 shows} {q1 that it sank}.", None),
        (
            "Karl Weiss, the face of the campaign {s1 who} {c1 said} {q1 it sank}, came.",
            "Karl Weiss",
        ),
        ("It is bad among clerks {s1 who} {c1 said} {q1 it sank}.", "clerks"),
        ("A group of clerks {s1 who} {c1 said} {q1 it sank} came.", "group of clerks"),
    ],
)
def test_which_is_no_person_and_who_no_body(text: str, expected: str | None) -> None:
    """And neither takes in the verb before it."""
    assert told(text)[0] == expected


@pytest.mark.parametrize(
    ("affair", "expected"), [("the Weiss affair", "Tom Reuter"), ("Mr. Weiss sank", "Karl Weiss")]
)
def test_nobody_goes_on_with_a_name_between_article_and_noun(affair: str, expected: str) -> None:
    """The affair is not he who gave it his name."""
    text = (
        "{s1 Tom Reuter} {c1 said} {q1 it was late}. Karl Weiss came.\n\nIt was cold at the quay. "
        f"There {affair} in May.\n\n{{q2 “We can build on it,”}} {{s2 he}} {{c2 said}}."
    )
    assert told(text)[1] == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("He fired Karl Weiss in May.", "Tom Reuter"),
        ("He asked Karl Weiss, “Why?”", "Karl Weiss"),
        ("In May he fired Karl Weiss.", "Karl Weiss"),
    ],
)
def test_he_of_two_sentences_is_one(before: str, expected: str) -> None:
    """Whom the first "he" fires is not the second, unless he was asked."""
    text = f"Tom Reuter was late.\n\n{before} {{s1 He}} {{c1 said}} {{q1 it was late}}."
    assert told(text) == [expected]
