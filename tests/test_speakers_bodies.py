"""Whom "the committee", "the union", "the president" and other offices mean. Texts are invented."""

from __future__ import annotations

import datetime as dt

import pytest

from retold import marked
from retold.reading import incumbents, roles, speakers
from retold.types import Article, Section, SectionKind, Span


def told(text: str, *, published: dt.date | None = None) -> list[str | None]:
    """The name of the speaker of each attribution, in the order of their numbers."""
    bare, triples = marked.parse(text)
    body = Section(kind=SectionKind.BODY, span=Span(0, len(bare)))
    article = Article(id="a", text=bare, sections=(body,), published=published)
    cast = speakers.resolve(article, triples, ())
    names = {speaker.id: speaker.name for speaker in cast.speakers}
    return [names.get(r.speaker_id or "") for r in cast.resolutions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Harbour Administration closed. {s1 The Holt administration} {c1 said} {q1 so}.",
            "Holt administration",
        ),
        (
            "The Harbour Administration closed. {s1 The administration} {c1 said} {q1 so}.",
            "Harbour Administration",
        ),
        (
            "The Westmere Supreme Court sat. {s1 The high court} {c1 said} {q1 it could not}.",
            "Westmere Supreme Court",
        ),
    ],
)
def test_a_body_is_meant_only_by_words_that_its_name_holds(text: str, expected: str) -> None:
    """ "The Holt administration" is not the Harbour Administration; a high court is supreme."""
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The FBI searched the pier. {s1 The bureau} {c1 said} {q1 it was done}.", "FBI"),
        ("Workers of the UAW walked out. {s1 The union} {c1 said} {q1 so}.", "UAW"),
        ("{s1 The Nordwing Company} {c1 lost}. {s2 The union} {c2 said} {q2 so}.", "union"),
        ("It stood in the Washington Post. {s1 The agency} {c1 said} {q1 so}.", "agency"),
        ("He posted it on Twitter. {s1 The newspaper} {c1 said} {q1 it would not}.", "newspaper"),
        ("It stood in the Guardian. {s1 The newspaper} {c1 said} {q1 it would not}.", "Guardian"),
    ],
)
def test_a_body_that_is_known_goes_by_its_own_nouns(text: str, expected: str) -> None:
    """The FBI is a bureau and the UAW a union; a newspaper is no agency, and a firm no union."""
    text = text.replace("{c1 lost}", "{c1 said} {q1 it lost}")
    assert told(text)[-1] == expected


def test_a_group_is_rather_the_subject_of_the_sentence_before() -> None:
    """Of two bodies "the group" means the one that the sentence before is about."""
    text = (
        "{s1 The Coast Union Alliance} {c1 said} {q1 it was late}. "
        "The Harbour League met about the Coast Union Alliance. "
        "{s2 The group} {c2 called for} {q2 a strike}."
    )
    assert told(text)[-1] == "Harbour League"


def test_a_noun_for_an_outlet_after_its_name_is_part_of_it() -> None:
    """ "The Harbour Daily newspaper" is the Harbour Daily, whoever else is named before."""
    text = (
        "It stood in the Guardian. {s1 The official Harbour Daily newspaper} {c1 said} {q1 so}. "
        "{s2 The Harbour Daily} {c2 said} {q2 no}."
    )
    assert len(set(told(text))) == 1


ABOUT_THE_PRESIDENT = (
    "Mr. Obama spoke of President Andrew Jackson. Obama and the others left. "
    "{s1 The president} {c1 said} {q1 it was late}."
)


def test_the_president_is_the_one_of_the_articles_time() -> None:
    """Not the one before whose name "President" stands, if the article is of another's time."""
    assert told(ABOUT_THE_PRESIDENT, published=dt.date(2012, 5, 1)) == ["Obama"]
    assert told(ABOUT_THE_PRESIDENT) == ["Andrew Jackson"]


@pytest.mark.parametrize("country", ["US", "U.S.", "American"])
def test_the_us_president_needs_no_telling(country: str) -> None:
    """Nowhere need the article call him so."""
    text = f"Mr. Obama left. {{s1 The {country} president}} {{c1 said}} {{q1 it was late}}."
    assert told(text, published=dt.date(2012, 5, 1)) == ["Obama"]


@pytest.mark.parametrize(
    ("whose", "expected"),
    [
        ("Harbour College", "president of Harbour College"),
        ("the US Chamber of Ports", "president of the US Chamber of Ports"),
        ("the United States", "Donald Trump"),
        ("the U.S.", "Donald Trump"),
        ("our country", "Donald Trump"),
        ("America", "Donald Trump"),
    ],
)
def test_the_president_of_a_body_is_not_that_of_the_country(whose: str, expected: str) -> None:
    """ "The president of Harbour College" is another, "of the United States" the one."""
    text = f"Donald Trump came.\n\n{{s1 The president of {whose}}} {{c1 said}} {{q1 no}}."
    assert told(text, published=dt.date(2019, 5, 1)) == [expected]


def test_the_president_speaks_of_another_president() -> None:
    """ "The president" in the mouth of the one of that time is somebody else."""
    text = (
        "President Obama met President Karl Holt. “{q1 {s2 The president} {c2 promised} {q2 it}},” "
        "{s1 Obama} {c1 said}."
    )
    assert told(text, published=dt.date(2012, 5, 1))[-1] != "Obama"


def test_another_president_named_more_often_is_not_overruled() -> None:
    """In an article about another country its own president is "the president"."""
    text = (
        "President Karl Holt met the council. Mr. Holt smiled. Holt then rang Mr. Obama. "
        "{s1 The president} {c1 said} {q1 it was late}."
    )
    assert told(text, published=dt.date(2012, 5, 1)) == ["Karl Holt"]


def test_a_president_long_gone_is_none_of_today() -> None:
    """However often a statue's president is named, whoever tells something now is today's; one who
    left lately may be meant."""
    text = (
        "The statue of President {0} stands. {0} was a general. {0} rode. President Trump came. "
        "{{s1 The president}} {{c1 said}} {{q1 it was vandalism}}."
    )
    day = dt.date(2020, 6, 23)
    assert told(text.format("Andrew Jackson"), published=day) == ["Trump"]
    assert told(text.format("Barack Obama"), published=day) == ["Barack Obama"]


@pytest.mark.parametrize(
    ("day", "family"),
    [
        (dt.date(2017, 1, 19), "obama"),
        (dt.date(2017, 1, 20), "trump"),
        (dt.date(1945, 4, 12), "truman"),
        (dt.date(1841, 1, 1), "van buren"),
    ],
)
def test_a_president_takes_office_on_the_day(day: dt.date, family: str) -> None:
    """The list is read to the day."""
    president = incumbents.president(day)
    assert president is not None
    assert president.family == family


def test_no_president_is_known_before_the_list() -> None:
    """Of older articles nobody is said to be in office."""
    assert incumbents.president(dt.date(1789, 1, 1)) is None


@pytest.mark.parametrize(
    ("words", "heads"),
    [
        (["attorney", "general"], {"attorney-general"}),
        (["republican", "senator"], {"senator"}),
        (["special", "counsel"], {"special-counsel"}),
        (["counsel"], {"lawyer"}),
        ([], set()),
    ],
)
def test_an_office_of_two_words_is_one_noun(words: list[str], heads: set[str]) -> None:
    """An attorney general is nobody's lawyer, a special counsel neither."""
    assert roles.last_heads(words) == heads


def test_his_lawyer_is_not_the_attorney_general() -> None:
    """Who is called an attorney general is not taken for somebody's lawyer."""
    text = (
        "Attorney General Karl Holt dismissed Mr. Tom Reuter. "
        "{s1 His lawyer} {c1 said} {q1 it was rushed}."
    )
    assert told(text) != ["Karl Holt"]


@pytest.mark.parametrize(
    "text",
    [
        "{s1 US District Judge Karl Holt} {c1 said} {q1 it was late}.",
        "{s1 District Attorney Karl Holt} {c1 said} {q1 it was late}.",
    ],
)
def test_us_and_district_before_an_office_are_no_name(text: str) -> None:
    """ "US" is no pronoun and "District" no first name."""
    assert told(text) == ["Karl Holt"]


def test_what_somebody_does_hangs_on_his_noun() -> None:
    """In "the senator vying for the seat" it is a senator who speaks."""
    text = (
        "Senator Anna Holt spoke in Westmere. {s1 The senator vying for the seat} {c1 said} "
        "{q1 it was late}."
    )
    assert told(text) == ["Anna Holt"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{s1 A federal judge} {c1 ordered} {q1 a halt}.\n\nJudge Karl Holt heard the case.",
            "Karl Holt",
        ),
        (
            "{s1 A federal judge} {c1 ordered} {q1 a halt}.\n\nJudge Karl Holt heard the case, and "
            "Judge Anna Lee the other.",
            "federal judge",
        ),
        (
            "{s1 Another federal judge} {c1 ordered} {q1 a halt}.\n\nJudge Karl Holt heard it.",
            "another federal judge",
        ),
    ],
)
def test_a_judge_in_the_lead_is_the_only_one_named_below(text: str, expected: str) -> None:
    """Where two are named, or it is another, nobody is told."""
    assert [name.lower() if name else None for name in told(text)] == [expected.lower()]


@pytest.mark.parametrize(("office", "expected"), [("Republican", "Anna Holt"), ("Mayor", None)])
def test_a_quotation_goes_on_with_who_spoke_last(office: str, expected: str | None) -> None:
    """“…,” the senator said: who spoke before, unless the text calls him something else."""
    text = (
        "Karl Marsh, Tom Fox and Karl Marsh again met Tom Fox.\n\n"
        f"{{s1 {office} Anna Holt}} {{c1 said}} {{q1 it was late}}.\n\n"
        "{q2 “It will not hold,”} {s2 the senator} {c2 said}."
    )
    assert told(text)[-1] == expected


def test_who_asks_is_not_who_answers() -> None:
    """In "When Karl Marsh asked why, he responded" it is not Karl Marsh who responds."""
    text = (
        "{s1 Tom Holt} {c1 said} {q1 it was late}. When Karl Marsh of the Herald asked why, "
        "{s2 he} {c2 responded}, {q2 “None.”}"
    )
    assert told(text) == ["Tom Holt", "Tom Holt"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In {s1 a letter to the pier’s board, Mayor Anna Holt} {c1 said} {q1 it was late}.",
            "Anna Holt",
        ),
        ("{s1 The board, chaired by Anna Holt,} {c1 said} {q1 it was late}.", "board"),
    ],
)
def test_what_opens_a_sentence_after_a_preposition_is_not_who_speaks(
    text: str, expected: str
) -> None:
    """In "In a letter to the board, Mayor Anna Holt said" the mayor speaks."""
    assert told(text) == [expected]


def test_who_was_something_before_is_called_so() -> None:
    """ "Ex-Vice President Karl Holt" is "former Vice President Holt", not his daughter."""
    text = (
        "Anna Holt, a daughter of ex-Vice President Karl Holt, came. Anna Holt smiled. "
        "{s1 Former Vice President Holt} {c1 said} {q1 it was late}."
    )
    assert told(text) == ["Karl Holt"]


@pytest.mark.parametrize(
    ("pilot", "name", "expected"),
    [
        ("{s1 The pilot}", "{s2 Anna Holt, 58,}", "Anna Holt"),
        ("{s1 The pilot}", "{s2 Mayor Anna Holt}", "pilot"),
        ("{s1 Her pilot}", "{s2 Anna Holt, 58,}", "pilot"),
        ("Anna Holt slept. {s1 The pilot}", "{s2 Anna Holt}", "pilot"),
    ],
)
def test_the_lead_describes_who_speaks_below_and_is_called_nothing(
    pilot: str, name: str, expected: str
) -> None:
    """Not who has an office of his own, is named before, or is somebody's."""
    text = f"{pilot} {{c1 said}} {{q1 it was late}}.\n\n{name} {{c2 told}} the Herald {{q2 so}}."
    assert told(text)[0] == expected


def test_who_is_told_of_in_a_lead_is_not_who_tells_below() -> None:
    """ "A pilot pressed her to wait": she tells it below, and is not the pilot."""
    text = (
        "{s1 A pilot} {c1 pressed} a clerk {q1 to wait}.\n\n"
        "{s2 Anna Holt, 58,} {c2 told} the Herald {q2 so}."
    )
    assert told(text) == ["pilot", "Anna Holt"]


def test_a_headline_is_told_by_what_the_text_calls_somebody() -> None:
    """ "Harbour Pilot" in a headline is who is called a harbour pilot below."""
    text = (
        "{s1 Harbour Pilot} {c1 Says} {q1 It Was Late That Night}\n\n"
        "{s2 The harbour pilot on duty} {c2 said} {q2 so}.\n\n"
        "{s3 Anna Holt, 58,} {c3 told} the Herald {q3 that it was late}."
    )
    assert told(text) == ["Anna Holt"] * 3


def test_a_body_without_a_name_that_spoke_last_is_the_group() -> None:
    """ "The group" goes on with the task force that spoke before, not with a body in passing."""
    text = (
        "{s1 A task force} {c1 called on} {q1 the Harbour Education League to act}.\n\n"
        "{s2 The group} {c2 said} {q2 it was late}."
    )
    assert told(text) == ["task force", "task force"]


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ("The Harbour Foundation", "Harbour Foundation"),
        ("The Harbour Foundation and the Coast Alliance", "group"),
    ],
)
def test_of_two_bodies_that_did_not_speak_neither_is_the_group(bodies: str, expected: str) -> None:
    """Where only one is named "the group" means it; where two are, none is told."""
    text = f"They saw {bodies}. It rained. It was late. {{s1 The group}} {{c1 said}} {{q1 so}}."
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Holt’s campaign began. {s1 The campaign} {c1 said} {q1 so}.",
            "Anna Holt’s campaign",
        ),
        ("Anna Holt spoke of a campaign. {s1 The campaign} {c1 said} {q1 so}.", "campaign"),
        (
            "The Harbour Union met. {s1 Senior union officials} {c1 said} {q1 so}.",
            "Senior Harbour Union officials",
        ),
        (
            "The Harbour Union met. {s1 A union statement} {c1 said} {q1 it was late}.",
            "Harbour Union",
        ),
        ("The Tide Agency met. {s1 The union officials} {c1 said} {q1 so}.", "union officials"),
    ],
)
def test_a_description_has_the_name_of_whose_it_is(text: str, expected: str) -> None:
    """As the text told before; without one it stays as it is, and a paper is its maker's words."""
    assert told(f"Anna Holt came. {text}") == [expected]


def test_an_administration_is_that_of_the_president_of_its_time() -> None:
    """Where the text names him; one without a date has none."""
    text = "Barack Obama spoke on Monday. {s1 The administration} {c1 said} {q1 it was late}."
    assert told(text, published=dt.date(2014, 5, 1)) == ["Barack Obama’s administration"]
    assert told(text) == ["administration"]


def test_whose_nominee_somebody_is_gives_him_no_office() -> None:
    """ "President Obama’s nominee" is no president, nor is whom the president praised."""
    text = (
        "{0}. He came on Monday. President Obama met Karl Weiss. "
        "{{s1 The president}} {{c1 said}} {{q1 it was late}}."
    )
    for who in (
        "Karl Weiss, President Obama’s defense nominee, left, and Karl Weiss slept",
        "Karl Weiss, a retired general whom the president praised, left, and Karl Weiss slept",
    ):
        assert told(text.format(who), published=dt.date(2014, 5, 1)) == ["Obama"]
