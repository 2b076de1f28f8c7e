"""To whom and where something was said. Texts are invented."""

from __future__ import annotations

import pytest

from retold import spans
from retold.reading import occasions
from tests.test_cues import scene_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{s1 Holt} {c1 told me} {q1 it was late}.", "me"),
        (
            "{s1 Holt} {c1 asked} Mayor Tom Reuter of Norhaven {q1 if it was late}.",
            "Mayor Tom Reuter of Norhaven",
        ),
        ("{s1 Holt} {c1 told} reporters on Friday {q1 it was late}.", "reporters"),
        ("{s1 Holt} {c1 told} CNN {q1 it was late}.", None),
        ("{s1 Holt} {c1 told} Sens. Amy Ito {q1 it was late}.", "Sens. Amy Ito"),
        ("{s1 Holt} {c1 told} the newspaper {q1 it was late}.", None),
        ("{s1 Holt} {c1 told} a local Norhaven TV station {q1 it was late}.", None),
        ("{s1 Holt} {c1 pressed ahead} {q1 with her plan}.", None),
        ("{s1 Holt} {c1 said} {q1 she had told me}.", None),
        ("{s1 Holt} {c1 asked} the council too {q1 if it was late}.", "the council"),
        ("{s1 Holt} {c1 said in emailed remarks} {q1 that it was late}.", None),
        ("{q1 “It was late,”} {c1 wrote} {s1 another}.", None),
        ("{q1 “It was late,”} {c1 wrote} {s1 Holt}, the harbour master.", None),
        ("{q1 “It was late,”} {c1 wrote} Mayor {s1 Holt}.", None),
        ("{s1 Holt} {c1 told} his favorite lie {q1 that it was late}.", None),
        ("{q1 “It was late,”} {s1 Holt} {c1 said to} laughter.", None),
        ("{s1 Holt} was {c1 said to} have claimed {q1 that it was late}.", None),
        ("{s1 Holt} {c1 told} reporters outside his home {q1 that it was late}.", "reporters"),
        (
            "{q1 The visit} {c1 was revealed} by {s1 Holt} to the film maker Tom Ito.",
            "the film maker Tom Ito",
        ),
        ("{q1 The visit} {c1 was demanded} by {s1 Holt} to calm the town.", None),
        ("{s1 Holt} {c1 told} the traveling crew {q1 it was late}.", "the traveling crew"),
        ("{s1 Holt} {c1 told} a rally {q1 it was late}.", "a rally"),
        ("{s1 Holt} {c1 told} aides privately {q1 it was late}.", "aides"),
        ("{s1 Holt} {c1 wrote} to insist {q1 that it was late}.", None),
        ("{s1 Holt} {c1 pressed} repeatedly {q1 it was late}.", None),
        ("{q1 The pump} {c1 is said} {q1 to have failed}.", None),
    ],
)
def test_the_addressee_is_the_one_who_was_told(text: str, expected: str | None) -> None:
    """Persons are addressed; an outlet is where it was said."""
    scene, triple = scene_of(text)
    span = occasions.addressee(scene, triple)
    assert (spans.cut(scene.text, span) if span else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{s1 Holt} {c1 said in a statement} {q1 it was late}.", "in a statement"),
        ("{s1 Holt} {c1 told} CNN {q1 it was late}.", "told CNN"),
        ("{q1 “No,”} {s1 Holt} {c1 said} in a letter to Ms. Ito.", "in a letter to Ms. Ito"),
        ("{s1 Holt} {c1 told} KQZX Coastal News {q1 it was late}.", "told KQZX Coastal News"),
        (
            "{s1 Holt} {c1 told} the affiliate KQZX-TV {q1 it was late}.",
            "told the affiliate KQZX-TV",
        ),
        ("{s1 Holt} {c1 said} {q1 so}, disappointed by the meeting.", None),
        ("According to ABC News, {s1 Holt} {c1 said} {q1 it was late}.", None),
        ("{s1 Holt} {c1 wrote} on Twitter {q1 that it was late}.", "on Twitter"),
        (
            "In an interview with David Marsh, {s1 Holt} {c1 said} {q1 it was late}.",
            "In an interview with David Marsh",
        ),
        ("{s1 Holt} {c1 said in a court filing} {q1 it was late}.", "in a court filing"),
        ("{s1 Holt} {c1 wrote on its Twitter feed} {q1 it was late}.", "on its Twitter feed"),
        (
            "{s1 Holt} {c1 said} during a campaign event {q1 it was late}.",
            "during a campaign event",
        ),
        ("{s1 Holt} {c1 wrote in response} {q1 that it was late}.", None),
        ("{s1 Holt}, who sat silent at her trial, {c1 said} {q1 it was late}.", None),
        ("{s1 Holt}, at her trial, {c1 said} {q1 it was late}.", "at her trial"),
        ("{s1 Holt}, briefed on the document, {c1 said} {q1 it was late}.", None),
        ("{s1 Holt} {c1 said on the house floor} {q1 it was late}.", "on the house floor"),
        (
            "{s1 Holt} {c1 recalled} {q1 the same tale of it all to the Norhaven Herald in May}.",
            "to the Norhaven Herald",
        ),
        ("{s1 Holt} {c1 recalled} {q1 the same walk to the Norhaven Herald}.", None),
        (
            "Holt sat down for an interview with Tom Ito in which {s1 she} {c1 said} {q1 “no”}.",
            "for an interview with Tom Ito",
        ),
        ("{s1 Holt} {c1 said} {q1 it was in a statement}.", None),
        ("{s1 Holt} {c1 said by the agency} in an email to Ito {q1 no}.", "in an email to Ito"),
        ("{s1 Holt} {c1 told} a panel on a task force in a call {q1 no}.", "in a call"),
        ("{s1 Holt} {c1 said} {q1 it was late}.", None),
    ],
)
def test_the_venue_is_where_it_was_said(text: str, expected: str | None) -> None:
    """A venue stands by the cue or opens the sentence, never in what is said."""
    scene, triple = scene_of(text)
    span = occasions.venue(scene, triple)
    assert (spans.cut(scene.text, span) if span else None) == expected
