"""Whom sources resolve to, in one article. Texts are invented; the marks are those of `marked`."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold import marked, spans
from retold.reading import speakers
from retold.types import Article, Mention, MentionKind, Section, SectionKind, Span, SpeakerKind


def article_of(text: str) -> Article:
    """`text` as an article that is all body."""
    body = Section(kind=SectionKind.BODY, span=Span(0, len(text)))
    return Article(id="a", text=text, sections=(body,))


def cast_of(text: str, mentions: tuple[Mention, ...] = ()) -> speakers.Cast:
    bare, triples = marked.parse(text)
    return speakers.resolve(article_of(bare), triples, mentions)


def told(text: str) -> list[str | None]:
    """The name of the speaker of each attribution, in the order of their numbers."""
    cast = cast_of(text)
    names = {speaker.id: speaker.name for speaker in cast.speakers}
    return [names.get(r.speaker_id or "") for r in cast.resolutions]


OPENING = "Mayor Anna Holt met the engineer Peter Brandt on Monday. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{s1 Holt} {c1 said} {q1 the bridge was safe}.", ["Anna Holt"]),
        ("{s1 Ms. Holt} {c1 said} {q1 the bridge was safe}.", ["Anna Holt"]),
        ("{s1 Mr. Brandt} {c1 said} {q1 it was not}.", ["Peter Brandt"]),
        ("{s1 The mayor} {c1 said} {q1 the bridge was safe}.", ["Anna Holt"]),
        ("{s1 The engineer} {c1 said} {q1 it was not}.", ["Peter Brandt"]),
        ("{s1 He} {c1 said} {q1 it was not}.", ["Peter Brandt"]),
        ("{s1 She} {c1 said} {q1 it was}.", ["Anna Holt"]),
        ("{q1 It was safe}, {c1 according to} {s1 Holt herself}.", ["Anna Holt"]),
        ("{s1 Holt’s} {c1 claim} {q1 that it was safe} was doubted.", ["Anna Holt"]),
    ],
)
def test_a_source_goes_to_whom_it_names_or_means(text: str, expected: list[str]) -> None:
    """Last names, titles, offices and pronouns lead to the full name that the text gives."""
    assert told(OPENING + text) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Reed Jr. left for Westmere. ", ["Reed"]),
        ("Reed Jr. met Don Reed in Westmere. ", ["Don Reed"]),
        ("Karl Reed Jr. left for Westmere. ", ["Karl Reed Jr."]),
        ("Reed Jr. left. Karl Reed Jr. is in Westmere. ", ["Karl Reed Jr."]),
    ],
)
def test_a_bare_family_name_is_not_that_of_the_junior(before: str, expected: list[str]) -> None:
    """Who is told from his father by the suffix alone does not speak under the family name; with a
    first name of his own he may."""
    assert told(before + "{s1 Mr. Reed} {c1 said} {q1 the bridge was safe}.") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("United Daughters of the Coast League", "Coast League"),
        ("Office of the Coast League", "Office of the Coast League"),
    ],
)
def test_what_persons_belong_to_is_another_than_their_body(body: str, expected: str) -> None:
    """The daughters of a thing are not that thing; an office may go by what it is of."""
    assert told(f"The {body} met. {{s1 The Coast League}} {{c1 said}} {{q1 no}}.") == [expected]


def test_the_word_that_opens_a_sentence_is_no_part_of_a_name() -> None:
    """A verb before a name that the text gives without it belongs to the sentence."""
    text = "{s1 Anna Holt} {c1 said} {q1 no}. “Tell Anna Holt to go.” Bring Anna Holt along."
    bare, _ = marked.parse(text)
    (holt,) = cast_of(text).speakers
    assert [spans.cut(bare, place.span) for place in holt.mentions] == ["Anna Holt"] * 3


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One possible defector, Sen. Karl Weiss,", "Karl Weiss"),
        ("Another potential swing vote, Sen. Anna Holt, R-Maine,", "Anna Holt"),
        ("The lone holdout, Karl Weiss,", "Karl Weiss"),
        ("Another critic, an ally of Karl Weiss,", "Another critic"),
        ("A swing vote, the ally of Karl Weiss,", "swing vote"),
        ("A harbour report, Karl Weiss,", "harbour report"),
    ],
)
def test_who_is_named_beside_a_description_speaks(source: str, expected: str) -> None:
    """Whatever its noun, unless it is no person’s; a name within what follows is no such name."""
    assert told(f"{{s1 {source}}} {{c1 said}} {{q1 the bridge was safe}}.") == [expected]


def test_a_pronoun_goes_on_with_the_last_speaker() -> None:
    """Who spoke last speaks on, though another is named between."""
    assert told(
        "{s1 Karl Weiss} {c1 said} {q1 the harbour was closed}. "
        "{s2 He} {c2 added} {q2 that Tom Reuter had signed the order}."
    ) == ["Karl Weiss", "Karl Weiss"]


def test_nobody_is_the_one_whom_he_addresses() -> None:
    """The addressee named in the cue is not the speaker."""
    assert told(
        "Karl Weiss met Tom Reuter. {s1 He} {c1 told Reuter} {q1 the harbour was closed}."
    ) == ["Karl Weiss"]


@pytest.mark.parametrize("title", ["Justices", "Sens.", "Governors", "Democrats", "Congresswomen"])
def test_the_title_of_several_is_no_part_of_the_first_name(title: str) -> None:
    """In "Justices Anna Holt and Karl Weiss" one of them is Anna Holt."""
    text = f"{title} Anna Holt and Karl Weiss came. {{s1 Holt}} {{c1 said}} {{q1 it was late}}."
    assert told(text) == ["Anna Holt"]


def test_an_interviewer_is_not_the_one_who_said_it() -> None:
    """In "sat for an interview with X in which he said" the guest speaks."""
    assert told(
        "In May, Karl Weiss sat for an interview with Tom Reuter in which "
        "{s1 he} {c1 said} {q1 the harbour was closed}."
    ) == ["Karl Weiss"]


@pytest.mark.parametrize(
    ("opening", "source"),
    [
        ("In an interview recounted by", "the Norhaven Herald, former mayor Karl Weiss, who left,"),
        ("On a visit to", "Norhaven, Karl Weiss"),
        ("In", "a letter to Tom Reuter, Karl Weiss"),
    ],
)
def test_the_subject_stands_after_the_phrase_that_opens_its_sentence(
    opening: str, source: str
) -> None:
    """Whom a preposition governs tells nothing: the one after the comma does."""
    text = f"Tom Reuter came. {opening} {{s1 {source}}} {{c1 told}} {{q1 a similar story}}."
    assert told(text) == ["Karl Weiss"]


def test_a_spokesman_is_not_whom_he_speaks_for() -> None:
    """No phrase opens the sentence: what stands before the comma is the subject's."""
    assert told("Tom Reuter came. {s1 Karl Weiss, the mayor,} {c1 told} {q1 a story}.") == [
        "Karl Weiss"
    ]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("by Karl Weiss to the film maker Tom Reuter", "Karl Weiss"),
        ("by the Norhaven Herald early on", "Norhaven Herald"),
        ("by Karl Weiss is not in doubt", "Karl Weiss"),
        ("by Friday", None),
        ("by accident", None),
    ],
)
def test_who_stands_after_by_speaks_where_no_subject_does(after: str, expected: str | None) -> None:
    """What "was revealed by Weiss" he told; a day or a way of doing it has told nothing."""
    assert told(f"{{q1 The details of the visit}} {{c1 were revealed}} {after}.") == [expected]


def test_i_is_the_speaker_of_the_quotation() -> None:
    """ "I" within quotation marks is whoever speaks them."""
    assert told("{q1 “{s2 I} {c2 asked} {q2 for more time},”} {s1 Anna Holt} {c1 said}.") == [
        "Anna Holt",
        "Anna Holt",
    ]


def test_he_within_a_quotation_is_not_its_speaker() -> None:
    """Who speaks of himself says "I"."""
    assert told(
        "Karl Weiss wrote to Tom Reuter. "
        "{q1 “{s2 He} {c2 told} me {q2 that it was too late},”} {s1 Weiss} {c1 said}."
    ) == ["Karl Weiss", "Tom Reuter"]


def test_a_quotation_without_a_source_goes_on_with_the_speaker() -> None:
    """Words in quotation marks after a statement in the same paragraph are the same speaker's."""
    assert told("{q1 “We knew,”} {s1 Anna Holt} {c1 said}. {q2 “We told nobody.”}") == [
        "Anna Holt",
        "Anna Holt",
    ]


def test_a_quotation_that_opens_the_next_paragraph_goes_on() -> None:
    """A quotation over several paragraphs is one speaker's."""
    assert told("{q1 “We knew,”} {s1 Anna Holt} {c1 said}.\n\n{q2 “We told nobody.”}") == [
        "Anna Holt",
        "Anna Holt",
    ]


def test_words_without_source_and_speaker_are_unresolved() -> None:
    """Nobody is named where nobody spoke before."""
    assert told("It rained. {q1 “We knew.”}") == [None]


def test_the_unnamed_keep_their_description() -> None:
    """An unnamed source is called what the text calls it, and is linked to what repeats it."""
    cast = cast_of(
        "{s1 A senior official} {c1 said} {q1 it was late}. {s2 The official} {c2 said} {q2 so}."
    )
    assert [(s.name, s.kind) for s in cast.speakers] == [("senior official", SpeakerKind.UNNAMED)]
    assert cast.resolutions[0].speaker_id == cast.resolutions[1].speaker_id


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("two officials", SpeakerKind.GROUP),
        ("critics", SpeakerKind.GROUP),
        ("the indictment", SpeakerKind.DOCUMENT),
        ("the campaign", SpeakerKind.ORGANISATION),
        ("the White House", SpeakerKind.ORGANISATION),
        ("Moscow", SpeakerKind.PLACE),
        ("one resident", SpeakerKind.UNNAMED),
    ],
)
def test_each_kind_of_speaker_is_told_apart(source: str, kind: SpeakerKind) -> None:
    """Groups, papers, bodies and places speak, and are not taken for persons."""
    cast = cast_of(f"On Monday {{s1 {source}}} {{c1 said}} {{q1 the talks had failed}}.")
    speaker = next(s for s in cast.speakers if s.id == cast.resolutions[0].speaker_id)
    assert speaker.kind is kind


def test_a_name_beside_the_description_is_whom_it_describes() -> None:
    """ "Her lawyer, Tom Reuter," is Tom Reuter, also where the source ends before the comma."""
    assert told(
        "{s1 The developer, Tom Reuter}, {c1 said} {q1 so}. "
        "Anna Holt left. {s2 Her lawyer}, Karl Weiss, {c2 said} {q2 nothing was proven}."
    ) == ["Tom Reuter", "Karl Weiss"]


def test_a_company_beside_its_description_is_named() -> None:
    """ "The airline, Nordwing," is Nordwing, and "the company" after it too."""
    assert told(
        "{s1 The island airline, Nordwing Airways}, {c1 said} {q1 so}. "
        "{s2 The company} {c2 added} {q2 nothing}."
    ) == ["Nordwing Airways", "Nordwing Airways"]


def test_a_headline_means_whom_the_article_calls_so() -> None:
    """ "Coast Governor Says" is the governor whom the text below names."""
    assert told(
        "{s1 Coast Governor} {c1 Says} {q1 Bridge Is Safe}\n\n"
        "Coast Gov. Anna Holt spoke on Monday, and many heard what she said."
    ) == ["Anna Holt"]


def test_a_last_name_stays_the_person_s_whatever_the_model_says() -> None:
    """A lone last name is the known person's, unless a body's longer name opens with it."""
    text = "Gov. Anna Holt came. {s1 Holt} {c1 said} {q1 so}."
    bare, triples = marked.parse(text)
    mention = Mention(kind=MentionKind.ORGANISATION, span=triples[0].source[0])
    cast = speakers.resolve(article_of(bare), triples, (mention,))
    assert [s.name for s in cast.speakers] == ["Anna Holt"]


def test_who_is_the_one_just_named() -> None:
    """A relative pronoun speaks for what it hangs on."""
    assert told(
        "It upset Karl Weiss, {s1 who} {c1 said} {q1 the harbour was closed}. It pleased other "
        "fishermen, {s2 who} {c2 said} {q2 it was not}."
    ) == ["Karl Weiss", "other fishermen"]


def test_they_are_the_people_named_last() -> None:
    """ "They" goes to the group in the sentence."""
    assert told(
        "Holt saw harbour officials grow nervous when {s1 they} {c1 heard} {q1 the news}."
    ) == ["harbour officials"]


def test_an_owner_is_named() -> None:
    """ "His campaign" carries the name of the one who owns it."""
    assert told("Karl Weiss lost. {s1 His campaign} {c1 said} {q1 it would appeal}.") == [
        "Karl Weiss’s campaign"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Bill Marsh and Helen Marsh came. {s1 Mrs. Marsh} {c1 said} {q1 it was late}.",
            ["Helen Marsh"],
        ),
        (
            "Bill Marsh and Helen Marsh came. {s1 Mr. Marsh} {c1 said} {q1 it was late}.",
            ["Bill Marsh"],
        ),
        ("{s1 Mr. Fox} {c1 told} Fox News {q1 that it was late}.", ["Fox"]),
        (
            "Don Reed Jr. and Don Reed met. {s1 Don Reed Jr.} {c1 spoke} {q1 first}.",
            ["Don Reed Jr."],
        ),
    ],
)
def test_namesakes_stay_apart(text: str, expected: list[str]) -> None:
    """Another first name, gender, suffix or kind is another speaker."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("Mr. Holt came. Karl Holt Jr. left. ", "Holt"),
        ("Tom Holt came. Karl Holt Jr. left. ", "Tom Holt"),
        ("Karl Holt Jr. came. ", "Karl Holt Jr."),
        ("Karl Holt Jr. came. Holt’s sister is Eva. ", "Karl Holt Jr."),
    ],
    ids=["his father before him", "another before him", "he alone", "he again"],
)
def test_a_name_alone_is_his_who_bore_it_before_his_son(first: str, expected: str) -> None:
    """Who is told of by the last name before a "Jr." is named in full is somebody else."""
    assert told("It rained.\n\n" + first + "{s1 Holt} {c1 said} {q1 it was late}.") == [expected]


def test_a_namesake_who_is_named_later_does_not_take_the_name() -> None:
    """Nor does the father of whom an article on the son tells by the way."""
    assert told(
        "Holt Jr. leaves.\n\nKarl Holt Jr. left. {s1 Mr. Holt} {c1 said} {q1 it was late}.\n\n"
        "Mr. Holt’s father, the Rev. Karl Holt, wore a hat that had been Eva Holt’s."
    ) == ["Karl Holt Jr."]


def test_whose_son_somebody_is_does_not_speak() -> None:
    """ "Marsh’s son, Tom Marsh," is Tom, though a pronoun takes the words up."""
    assert told(
        "Karl Marsh and Paul Marsh came. {s1 Marsh’s son, Tom Marsh,} {c1 told} Anna Holt "
        "{q1 he was late}."
    ) == ["Tom Marsh"]


def test_a_family_name_that_stands_first_is_a_last_name() -> None:
    """ "Kim" is Kim Jun Ho, though Tony Kim is told of as well."""
    assert told(
        "Kim Jun Ho spoke first. {s1 Kim} {c1 said} {q1 it was late}.\n\nTony Kim left."
    ) == ["Kim Jun Ho"]


def test_two_equally_good_candidates_leave_it_open() -> None:
    """Where nothing tells two apart nobody is named."""
    assert told("Mark Reuter and Paul Reuter came. {s1 Reuter} {c1 said} {q1 it was late}.") == [
        None
    ]


def test_an_office_that_one_person_holds_names_him() -> None:
    """ "The president" is whom the text calls president, in the middle of a quotation too."""
    assert told(
        "President Karl Weiss spoke. {q1 “The president left because {s2 he} {c2 feels} "
        "{q2 he must},”} {s1 Tom Reuter} {c1 said}."
    ) == ["Tom Reuter", "Karl Weiss"]


def test_roles_are_kept_with_their_words() -> None:
    """What the text says that somebody is stays with the speaker, as spans."""
    text = (
        "Former Defence Secretary Karl Weiss, who was the secretary-general of the Union from 1999 "
        "to 2003, spoke. {s1 Weiss} {c1 said} {q1 so}."
    )
    bare, _ = marked.parse(text)
    speaker = next(s for s in cast_of(text).speakers if s.name == "Karl Weiss")
    assert [spans.cut(bare, role.span) for role in speaker.roles] == [
        "Former Defence Secretary",
        "the secretary-general of the Union from 1999 to 2003",
    ]


def test_a_name_is_the_fullest_form_without_titles() -> None:
    """The name comes from the text alone: "Mr. Weiss" stays "Weiss"."""
    assert told("{s1 Mr. Weiss} {c1 said} {q1 so}.") == ["Weiss"]
    assert told("{s1 Mr. Weiss} {c1 said} {q1 so}. Dr. Karl Weiss left.") == ["Karl Weiss"]


def test_transcripts_name_each_speaker() -> None:
    """ "WEISS: …" is Weiss."""
    assert told(
        "Karl Weiss met Anna Holt.\n\n{s1 WEISS}{c1 :} {q1 It was late.}\n\n"
        "{s2 HOLT}{c2 :} {q2 No.}"
    ) == ["Karl Weiss", "Anna Holt"]


def test_the_model_tells_the_kind_of_an_odd_name() -> None:
    """A mention of the model settles what the form of a name does not."""
    text = "{s1 Zorbly} {c1 said} {q1 so}."
    mention = Mention(kind=MentionKind.ORGANISATION, span=Span(0, 6))
    assert cast_of(text, (mention,)).speakers[0].kind is SpeakerKind.ORGANISATION


HOSTILE = [
    "{q1 “never closed} {s1 he} {c1 said}",
    "{s1 he} {c1 said} {q1 he} {s2 he} {c2 said} {q2 he} {s3 he} {c3 said} {q3 he}",
    "{s1 it} {c1 said} {q1 so}",
    "{s1 they} {c1 said} {q1 so}",
    "{s1 who} {c1 said} {q1 so}",
    "{s1 —} {c1 said} {q1 so}",
    "{q1 ’’’“““}",
    "{s1 The} {q1 x}",
    "{s1 [W]e} {c1 said} {q1 so}",
    "{s1 of the} {c1 said} {q1 so}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_odd_input_is_resolved_or_left_open(text: str) -> None:
    """Each triple has a resolution, whatever the text."""
    _, triples = marked.parse(text)
    assert len(cast_of(text).resolutions) == len(triples)


def test_forty_names_and_everyone_is_he() -> None:
    """A crowd changes nothing for the one who is named in the sentence."""
    crowd = " ".join(
        f"Mr. Adam Bonn{chr(97 + i % 26)}{chr(97 + i // 26)}er came." for i in range(40)
    )
    text = crowd + "\n\n{s1 Karl Weiss} {c1 said} {q1 so}. {s2 He} {c2 added} {q2 more}."
    assert told(text) == ["Karl Weiss", "Karl Weiss"]


SCRAPS = (
    "He She They It The a Karl Weiss Holt Mr. Mrs. said told . , “ ” ’s senator officials of and "
    "who NATO U.S. I we report her his lawyer [W]e J. Jr."
)
WORDS = st.sampled_from([*SCRAPS.split(), "\n\n"])


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40), st.data())
def test_any_words_give_speakers_that_stand_in_the_text(
    words: list[str], data: st.DataObject
) -> None:
    """Mentions and roles are spans of the text, chains end with the speaker, scores lie in 0..1."""
    text = " ".join(words) + " end"
    cut = sorted(
        data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4, unique=True))
    )
    triple = speakers.Triple(
        source=(Span(cut[0], cut[1]),), cue=(), content=(Span(cut[2], cut[3]),), score=1.0
    )
    cast = speakers.resolve(article_of(text), (triple,), ())
    places = [p for s in cast.speakers for p in (*s.mentions, *s.roles)]
    assert all(place.span.end <= len(text) for place in places)
    resolution = cast.resolutions[0]
    assert 0 <= resolution.score <= 1
    if resolution.speaker_id is not None:
        assert resolution.chain[-1].speaker_id == resolution.speaker_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{s1 Anna Holt} {c1 said} {q1 it was late}, {c2 adding} {q2 that she was tired}.",
            "Anna Holt",
        ),
        ("Anna Holt spoke on Monday and {c1 warned} {q1 that it was late}.", "Anna Holt"),
        ("Anna Holt {c1 was widely criticised} {q1 for her absence}.", None),
        ("“Anna Holt came,” {c1 adding} {q1 that it was late}.", None),
    ],
)
def test_a_cue_without_a_source_has_the_subject_of_its_sentence(
    text: str, expected: str | None
) -> None:
    """Who said the one and who stands before the verb says the other; a passive tells nobody."""
    assert told(text)[-1] == expected


def test_which_is_what_stands_before_it() -> None:
    """ "This council, which told us" lets the council speak."""
    assert told(
        "{q1 “This council, {s2 which} {c2 told} us {q2 so}, is new,”} said {s1 Amy Ito}."
    ) == [
        "Amy Ito",
        "council",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{s1 Mayor Anna Holt and Peter Brandt} {c1 said} {q1 so}. {s2 They} {c2 left} {q2 it}.",
        "{s1 Two state senators, Anna Holt and Peter Brandt,} {c1 said} {q1 so}. "
        "{q2 “No,”} {s2 the senators} {c2 added}.",
    ],
)
def test_persons_named_side_by_side_speak_together(text: str) -> None:
    """Several names joined by "and" are one group, to which "they" and its noun go back."""
    assert told(text) == ["Anna Holt and Peter Brandt"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{s1 Several critics, including Amy Ito and Karl Weiss,} {c1 said} {q1 so}.",
            "Several critics",
        ),
        ("{s1 Anna Holt, a lawyer for Karl Weiss and Tom Reuter,} {c1 said} {q1 so}.", "Anna Holt"),
    ],
)
def test_not_all_who_are_named_in_a_source_speak(text: str, expected: str) -> None:
    """Examples of a group and clients of a lawyer are not the speakers."""
    assert told(text) == [expected]


def test_a_description_set_off_by_a_comma_is_the_one_named_before_it() -> None:
    """ "The League, a union group that …" is the League, and so is "the group" after it."""
    assert told(
        "The plan came from the Harbour League, {s1 a union group} that {c1 said} {q1 so}. "
        "{s2 The group} {c2 added} {q2 more}."
    ) == ["Harbour League", "Harbour League"]


def test_who_ends_what_is_said_is_not_the_one_described_after_it() -> None:
    """In "Weiss met Holt, an aide confirmed" no aide is Holt."""
    assert told("{q1 Karl Weiss met Anna Holt}, {s1 a harbour aide} {c1 confirmed}.") == [
        "harbour aide"
    ]


def test_a_letter_speaks_for_its_writer() -> None:
    """ "In a letter from her lawyer, Tom Reuter" makes what the letter says his."""
    assert told(
        "{s1 Anna Holt} {c1 announced} {q1 her plans} in a letter from her lawyer, Tom Reuter. "
        "{q2 “No crime,”} {s2 the letter addressed to the council} {c2 said}."
    ) == ["Anna Holt", "Tom Reuter"]


def test_our_lawyers_are_those_of_who_says_so() -> None:
    """ "My" and "our" in a quotation name whose they are."""
    assert told("{q1 “{s2 Our lawyers} {c2 said} {q2 no},”} {s1 Anna Holt} {c1 said}.") == [
        "Anna Holt",
        "Anna Holt’s lawyers",
    ]


def test_a_body_named_by_letters_before_its_name_is_one() -> None:
    """The full name after the acronym makes no second figure."""
    text = "The CHP said so. The Coastal Harbour Police left. The CHP came back."
    cast = cast_of(text, (Mention(kind=MentionKind.ORGANISATION, span=Span(4, 7)),))
    assert [s.name for s in cast.speakers if s.kind is SpeakerKind.ORGANISATION] == [
        "Coastal Harbour Police"
    ]


def test_a_title_before_a_name_is_nobody() -> None:
    """ "Adm. Karl Holt" is one person, though the model takes the title for another."""
    text = "The head of the fleet, Adm. Karl Holt, left."
    title = text.index("Adm")
    cast = cast_of(text, (Mention(kind=MentionKind.PERSON, span=Span(title, title + 3)),))
    assert [s.name for s in cast.speakers] == ["Karl Holt"]


def test_a_paper_right_before_its_maker_is_none_of_its_name() -> None:
    """ "The filing shows documents the harbour office said it has": the office speaks."""
    text = "The filing shows {s1 documents the harbour office} {c1 said} {q1 it has}."
    assert told(text) == ["harbour office"]


def test_an_office_that_somebody_is_called_by_is_no_name() -> None:
    """ "Mr. President, act now" names nobody: "the President" is still he who holds it."""
    text = (
        "President Karl Weiss left. {q1 “Mr. President, act now,”} {s1 Anna Holt} {c1 tweeted}. "
        "{s2 The President} {c2 said} {q2 that he would}."
    )
    assert told(text) == ["Anna Holt", "Karl Weiss"]


def test_a_last_name_that_is_an_office_stays_a_name() -> None:
    """ "Justice" is Jim Justice where he is named."""
    text = "Gov. Jim Justice signed it. {s1 Justice} {c1 said} {q1 it was late}."
    assert told(text) == ["Jim Justice"]


def test_an_hour_is_no_office() -> None:
    """ "At 5 PM Holt left" makes her no prime minister; "PM Anna Holt" does."""
    hour = "Mayor Anna Holt spoke. At 5 PM Holt left. {s1 The PM} {c1 said} {q1 it was late}."
    assert told(hour) == ["PM"]
    assert told(hour.replace("At 5 PM Holt", "PM Anna Holt")) == ["Anna Holt"]


def test_what_has_the_article_is_no_person() -> None:
    """ "The Aurelia" is a thing: "he" is not the ship."""
    text = "Karl Weiss ran the Aurelia. The Aurelia sank. {s1 He} {c1 said} {q1 so}."
    bare, _ = marked.parse(text)
    ship = bare.index("Aurelia")
    mention = Mention(kind=MentionKind.PERSON, span=Span(ship, ship + 7))
    cast = cast_of(text, (mention,))
    kinds = {s.name: s.kind for s in cast.speakers}
    assert kinds["Aurelia"] is not SpeakerKind.PERSON
    assert {s.id: s.name for s in cast.speakers}[
        cast.resolutions[0].speaker_id or ""
    ] == "Karl Weiss"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Richard Holt came. {s1 Dick} {c1 said} {q1 so}.", "Richard Holt"),
        ("Richard Holt and Dick Marsh came. {s1 Dick} {c1 said} {q1 so}.", "Dick Marsh"),
        ("Richard Holt came. {s1 Tom} {c1 said} {q1 so}.", "Tom"),
    ],
)
def test_a_short_form_alone_names_its_person(text: str, expected: str) -> None:
    """ "Dick" is Richard Holt where nobody else is called so."""
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{c2 claims} {q2 that it was late}", None),
        ("any such {c2 allegations} {q2 that it was late}", None),
        ("{c2 saying} {q2 that it was late}", "Anna Holt"),
    ],
)
def test_claims_that_are_nobodys_are_not_those_of_who_answers(
    content: str, expected: str | None
) -> None:
    """In "Holt rejected claims that …" it is not said whose they are."""
    assert told(f"{{s1 Anna Holt}} {{c1 rejected}} {{q1 {content}}}.")[1] == expected
