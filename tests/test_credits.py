"""The same quotation, credited to different speakers."""

from __future__ import annotations

import dataclasses

import pytest

from retold.comparing import report
from retold.types import Difference, DifferenceKind, Facet, Place, Span, SpeakerKind
from tests import readings

WORDS = "“Nobody here took a single crown,”"


def parted(
    first: str,
    second: str,
    who: tuple[str, str],
    kind: SpeakerKind = SpeakerKind.PERSON,
    *,
    words: str = WORDS,
) -> list[Difference]:
    """The differences in attribution between two accounts of one remark; the second speaker is of
    the kind given."""
    texts = [
        f"Council\n\n{{q1 {words}}} {{s1 {source}}} {{c1 said}}." for source in (first, second)
    ]
    held = [
        readings.read(text, outlet=outlet, speakers=(name,))
        for text, outlet, name in zip(texts, ("Post", "Herald"), who, strict=True)
    ]
    (speaker,) = held[1].speakers
    held[1] = dataclasses.replace(held[1], speakers=(dataclasses.replace(speaker, kind=kind),))
    told = report.compile(held)
    return [d for c in told.claims for d in c.differences if d.facet is Facet.ATTRIBUTION]


def test_a_quotation_credited_to_two_is_a_difference() -> None:
    """The sources stand against each other, each with the speaker whom it names."""
    (found,) = parted("Mara Lind", "Tom Achter", ("Mara Lind", "Tom Achter"))
    assert {value.value for value in found.values} == {"Mara Lind", "Tom Achter"}


@pytest.mark.parametrize(
    ("first", "second", "who"),
    [
        ("Mara Lind", "Lind", ("Mara Lind", "Mara Lind")),
        ("he", "Tom Achter", ("Mara Lind", "Tom Achter")),
        ("Achter", "Mr. Achter", ("Theo Achter", "Tom Achter")),
        ("the mayor", "Achter", ("Theo Achter", "Tom Achter")),
    ],
    ids=["one speaker", "a pronoun", "a last name", "a last name that is meant"],
)
def test_what_may_be_one_speaker_is_none(first: str, second: str, who: tuple[str, str]) -> None:
    """The same speaker, or one whom a pronoun stands for, is no difference."""
    assert parted(first, second, who) == []


def test_a_few_words_may_be_anybodys() -> None:
    """What two say in the same three words they need not have from each other."""
    who = ("Mara Lind", "Tom Achter")
    assert parted("Mara Lind", "Tom Achter", who, words="“A fair trial,”") == []


def test_the_same_words_for_two_speakers_are_none() -> None:
    """ "The mayor" of one account is not set against "the mayor" of the other: one was misread."""
    assert parted("the mayor", "The mayor", ("Mara Lind", "Tom Achter")) == []


def test_a_person_and_a_body_may_speak_for_one_another() -> None:
    """Who speaks for a body may be credited with its words."""
    who = ("Mara Lind", "Harbor Council")
    (found,) = parted("Mara Lind", "the Harbor Council", who, SpeakerKind.ORGANISATION)
    assert found.kind is DifferenceKind.VARIATION


SURELY = 0.5  # above what is shown only when it is asked for


@pytest.mark.parametrize(
    ("second", "name", "kind"),
    [
        ("Lind spokesman Tom Achter", "Tom Achter", SpeakerKind.PERSON),
        ("Tom Achter, a lawyer for Lind,", "Tom Achter", SpeakerKind.PERSON),
        ("a spokesman for Mrs. Lind", "spokesman for Mrs. Lind", SpeakerKind.UNNAMED),
        ("Lind’s office", "Lind’s office", SpeakerKind.ORGANISATION),
        ("Her lawyer, Tom Achter,", "Tom Achter", SpeakerKind.PERSON),
    ],
)
def test_who_speaks_for_the_other_is_sure(second: str, name: str, kind: SpeakerKind) -> None:
    """Credited to somebody here and there to whoever, by the words for him, speaks for her."""
    (found,) = parted("Mara Lind", second, ("Mara Lind", name), kind)
    assert found.score >= SURELY


@pytest.mark.parametrize(
    ("second", "name", "kind"),
    [
        ("Tom Achter, who met Lind,", "Tom Achter", SpeakerKind.PERSON),
        ("Mayor Lind and Tom Achter", "Tom Achter", SpeakerKind.PERSON),
        ("Ada Lind, the mayor’s wife,", "Ada Lind", SpeakerKind.PERSON),
        ("a lawyer for Lindqvist", "lawyer for Lindqvist", SpeakerKind.UNNAMED),
        ("a Lind statement", "Lind statement", SpeakerKind.UNNAMED),
        ("Board of Ports spokeswoman Mara Lind", "Board of Ports", SpeakerKind.ORGANISATION),
    ],
    ids=["what is told of him", "a title", "a namesake", "another", "a paper", "she herself"],
)
def test_who_is_not_said_to_speak_for_the_other_is_not_sure(
    second: str, name: str, kind: SpeakerKind
) -> None:
    """Such a difference waits to be asked for, if it is one."""
    assert all(one.score < SURELY for one in parted("Mara Lind", second, ("Mara Lind", name), kind))


def test_few_words_of_what_each_says_are_not_surely_one_quotation() -> None:
    """Both may have said something of their own with a phrase in common."""
    texts = [
        "Council\n\n{q1 “I will not attend an off-the-record meeting on ports,”} "
        "{s1 Mara Lind} {c1 said}.",
        "Council\n\n{q1 “It is wrong to attend an off-the-record meeting with anybody here,”} "
        "{s1 Lind spokesman Tom Achter} {c1 said}.",
    ]
    held = [
        readings.read(text, outlet=outlet, speakers=(name,))
        for text, outlet, name in zip(
            texts, ("Post", "Herald"), ("Mara Lind", "Tom Achter"), strict=True
        )
    ]
    found = [d for c in report.compile(held).claims for d in c.differences]
    assert all(d.score < SURELY for d in found if d.facet is Facet.ATTRIBUTION)


@pytest.mark.parametrize(
    ("role", "is_sure"),
    [("the chairman", True), ("the club’s spokeswoman", False), ("", False)],
    ids=["something else", "the spokeswoman herself", "nothing is told of her"],
)
def test_a_spokesman_is_not_one_who_is_something_else(role: str, is_sure: bool) -> None:
    """ "A club spokesman" may be whoever is named without a word of what she is."""
    before = f"{role.capitalize()}, Mara Lind, spoke. " if role else ""
    texts = [
        f"Council\n\n{before}{{q1 {WORDS}}} {{s1 Lind}} {{c1 said}}.",
        f"Council\n\n{{q1 {WORDS}}} {{s1 a club spokesman}} {{c1 said}}.",
    ]
    held = []
    for text, outlet, name in zip(
        texts, ("Post", "Herald"), ("Mara Lind", "spokesman"), strict=True
    ):
        reading = readings.read(text, outlet=outlet, speakers=(name,))
        (speaker,) = reading.speakers
        at = reading.article.text.find(role.capitalize()) if role and name == "Mara Lind" else -1
        place = Place(reading.article.id, Span(at, at + len(role))) if at >= 0 else None
        made = dataclasses.replace(
            speaker,
            kind=SpeakerKind.PERSON if name == "Mara Lind" else SpeakerKind.UNNAMED,
            roles=(place,) if place else (),
        )
        held.append(dataclasses.replace(reading, speakers=(made,)))
    (found,) = [
        d
        for c in report.compile(held).claims
        for d in c.differences
        if d.facet is Facet.ATTRIBUTION
    ]
    assert (found.score >= SURELY) is is_sure


def test_a_source_within_the_quotation_credits_nobody() -> None:
    """Whom a speaker names in the quoted words is not who is quoted."""
    texts = [
        "Council\n\n{q1 “Nobody here took a single crown,”} {s1 Mara Lind} {c1 said}.",
        "Council\n\n“{s1 Tom Achter} {c1 said} {q1 nobody here took a single crown}.”",
    ]
    held = [
        readings.read(text, outlet=outlet, speakers=(name,))
        for text, outlet, name in zip(
            texts, ("Post", "Herald"), ("Mara Lind", "Tom Achter"), strict=True
        )
    ]
    told = report.compile(held)
    assert [d for c in told.claims for d in c.differences if d.facet is Facet.ATTRIBUTION] == []


def test_two_that_are_no_persons_are_none() -> None:
    """What has no name may be called by two: "the ad", "the advertisement"."""
    texts = [
        f"Council\n\n{{q1 {WORDS}}} {{s1 {source}}} {{c1 says}}."
        for source in ("The ad", "The advertisement")
    ]
    held = []
    for text, outlet, name in zip(texts, ("Post", "Herald"), ("ad", "advertisement"), strict=True):
        reading = readings.read(text, outlet=outlet, speakers=(name,))
        (speaker,) = reading.speakers
        unnamed = dataclasses.replace(speaker, kind=SpeakerKind.UNNAMED)
        held.append(dataclasses.replace(reading, speakers=(unnamed,)))
    told = report.compile(held)
    assert [d for c in told.claims for d in c.differences if d.facet is Facet.ATTRIBUTION] == []
