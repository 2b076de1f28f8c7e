"""Furniture: which lines are none of an article's paragraphs, by their own words."""

from __future__ import annotations

import pytest

from retold.sources import plain
from retold.types import SectionKind

BODY, BYLINE, CAPTION, BOILERPLATE = (
    SectionKind.BODY,
    SectionKind.BYLINE,
    SectionKind.CAPTION,
    SectionKind.BOILERPLATE,
)

PROSE = "The harbour bridge was closed on Thursday, the port authority said in a statement."
MORE = "“We had no choice,” said the chief engineer, Mara Lind, who found the crack herself."
END = "Ferries will run every ten minutes from the old quay until the beam is replaced."


def kinds(*lines: str) -> list[SectionKind]:
    """The kinds of `lines` when they follow some prose, each a paragraph of its own."""
    text = "\n\n".join((PROSE, MORE, *lines))
    told = [
        section.kind
        for section in plain.sections(text)
        for line in text[section.span.start : section.span.end].split("\n")
        if line
    ]
    return told[2:]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Story Continued Below",
        "Please help us grow. Support The Harbour Post on Patreon!",
        "Sign up for our newsletter",
        "Get the day’s news delivered to your inbox every morning.",
        "The views and opinions expressed in this column are those of the author.",
        "The statements, views and opinions expressed in this piece are solely those of the author "
        "and do not necessarily represent those of The Harbour Post.",
        "© 2031 The Harbour Post. All rights reserved.",
        "Share on Facebook",
        "Share Tweet Email",
        "Follow us on Twitter",
        "We use cookies to improve this site.",
        "We and our partners use cookies to measure our audience.",
        "The Post is made by four people. Please consider a small donation.",
        "Read more: Ten bridges that fell",
        "Related: Ten bridges that fell",
        "Tags: bridges, harbours",
        "Related Why ferries are late",
        "see also Ferries run late again Nobody at the quay was surprised on Thursday...",
        "Share Your Thoughts Should the bridge be rebuilt? Join the conversation below.",
        "Read or Share this story: https://harbourpost.example/1931",
        "Contact Dana Okafor: 555-014-4430, dokafor@harbourpost.example or on Twitter @dokafor.",
        "Editor’s note: This story holds words in the fifth paragraph that may offend.",
        "Catch up on the harbour with our engineers on the weekly podcast, “Low Tide.”",
        "Subscribe to The Harbour Post on YouTube.",
        "Get breaking news and more from The Harbour Post on your phone.",
        "This column first stood in Low Tide. To get it in your inbox, sign up here.",
        "Stay up to date... Sign up for our new newsletter. Join us on Twitter",
        "MAYOR CALLS FOR SECOND BRIDGE, PORT SAYS NO",
        "COST OF BRIDGE 'TOO HIGH' FOR WHOM?",
        "* * *",
        "This is a developing story. Please check back for updates.",
        "This is breaking news. Check back for updates as more is known.",
        "This story is being updated.",
        "CLARIFICATION, May 5: The headline of this story has been updated to say who paid.",
        "(This May 4 story corrects paragraph 9 to say two beams, not three)",
        "Write to Dana Okafor at dokafor@harbour.example and Mara Lind at lind@harbour.example",
        "Send tips to tips@harbourpost.example.",
        "You can follow Dana Okafor on Facebook, on Twitter at @dokafor, or email her at d@hp.no",
        "Follow our coverage of the bridge at https://harbourpost.example/bridge",
        "Twitter: @dokafor",
        "Were you on the bridge? Share your experience by emailing yourbridge@harbourpost.example.",
        "We want to hear what you think about this article. Submit a letter to the editor.",
        "Want to talk more about bridges? Join our Facebook group.",
        "Not signed up yet for Low Tide? Click here to find out what you are missing.",
        "Get the Low Tide newsletter. This site is protected by recaptcha",
        "BRIDGES & TIDES: The latest news right in your inbox. Sign up here.",
        "You are reading the Low Tide newsletter. Not a regular subscriber?",
        "We give away this story. Please consider supporting the newsroom that wrote it by "
        "buying a subscription, which costs less than a ride on the ferry and comes with a map.",
        "Harbour TV app users: Click here for video",
        "(For a graphic of the beams, click hp.example/2mZn6MJ)",
        "[For more on the ferries, see: hp.example/2mZn6MJ]",
        "(GRAPHIC: How the beam moved - here)",
        "Bridge engineer:Personal opinion of Lind played no part",
        "Opinion:The bridge shows that the port is failing",
        "READ NEXT: Ten bridges that fell",
        "NOW WATCH: ‘Lind stands up to the port’",
        "Go deeper: Ten bridges that fell",
        "Subscribe!",
        "Listen to this article",
        "Follow us",
        "Copy link to clipboard",
        "Skip Ad",
        "View on Twitter",
        "What to Read Next",
        "This story has been shared 12,345 times.",
        "Add The Harbour Post as a preferred source on Google",
        "This content is not available due to your privacy preferences.",
        "Please include a contact number if you are willing to speak to us.",
        "Let us know what you are thinking at tide@harbourpost.example.",
        "( Sign up for the Low Tide newsletter)",
        "Editor’s Note:",
        "Stay ahead of the tide. Download Low Tide for iPhone here or Low Tide for Android here.",
        "Low Tide is a reported column by Dana Okafor, on what the port does next.",
    ],
)
def test_furniture_among_the_paragraphs_is_boilerplate(line: str) -> None:
    """A line that is furniture by its own words is none of the article, wherever it stands."""
    assert kinds(line, END) == [BOILERPLATE, BODY]


@pytest.mark.parametrize(
    "line",
    [
        "The views expressed by the minister were not shared by his cabinet, an aide said.",
        "“Please donate today,” the mayor told the crowd that had come to see the wreck.",
        "The city asked readers to sign up for the ferry by Friday, or to walk.",
        "The crack contributed to the closure, which cost the port two million pounds.",
        "By Thursday, the beam had moved by a hand’s breadth, and Ms. Lind closed the bridge.",
        "She shared the report on Facebook, and by noon the mayor had to answer for it.",
        "Copyright lawyers for the port said that the drawings may not be published yet, "
        "though nobody had asked for them.",
        "Four in ten fear the bridge. Reuters/Ipsos polls have said so since May 4.",
        "What happens next",
        "Related cracks were found in two beams, the port said.",
        "See also what the port wrote in May: nothing at all.",
        "The mayor told them to get the bridge on your phone, and nobody knew what she meant.",
        "THE BRIDGE IS SAFE!",
        "DANA OKAFOR, HOST:",
        "2031",
        "“Never.”",
        "No.",
        "This is a developing story of greed, and the port has no answer to it, Ms. Lind said.",
        "This story is being told wrongly, she said.",
        "Correction: she meant the old quay, the mayor told reporters.",
        "Correction: An earlier version of this article said that the bridge is 40 metres long.",
        "An earlier version of the plan had two beams, the port said.",
        "Want to know why? Join the queue at the old quay, Ms. Lind said.",
        "Follow the money, she said, and you will find the port at every turn.",
        "For a picture of the beams she went down to the quay at six (it was cold).",
        "The gates opened at 6:30. Nobody came.",
        "“There’s one rule:Never walk on it.”",
        "Many have contributed.",
        "— Mara Lind",
        "Download speeds for iPhone users fell in May, the port said, and nobody could say why.",
        "The report adds to the pressure on the port, and corrects what it said in May.",
        "To the crack, cold winters in Northport contributed.",
        "The report will be updated on Friday, the port said.",
        "Anybody can download the plan for iPhone now, and nobody did.",
        "The port has lost its credit... The city must pay.",
        "Have you walked on it? Tell the port, Ms. Lind said.",
        "Have you seen the crack? Send for the engineer,” Ms. Lind said.",
    ],
)
def test_prose_with_the_words_of_furniture_stays_body(line: str) -> None:
    """A paragraph that only uses such words is the article's own."""
    assert kinds(line, END) == [BODY, BODY]


@pytest.mark.parametrize(
    "line",
    [
        "The bridge on Thursday morning. (Photo: R. Vale)",
        "Image copyright R. Vale Image caption The bridge on Thursday",
        "JUST WATCHED Lind on it Replay More Videos ... MUST WATCH Lind on it 01:57",
        "Media playback is unsupported on your device Media caption Lind: “We were late”",
        "Mara Lind at the old quay. (R. Vale/Reuters)",
        "Mara Lind walks to the old quay on May 4, 2031. REUTERS/R. Vale/File Photo",
        "Mara Lind at the old quay on May 4. Photographer: R. Vale/Northern Wire",
        "FILE - The bridge in 2019, two years before the first report.",
        "Media playback is unsupported on your device Media caption Lind: “We had no choice”",
        "Mara Lind at the old quay on Thursday. (R. Vale/Reuters) More",
        "Mara Lind at the old quay, May 4, 2031. R. Vale/Reuters, FILE",
        "Harbour TV via Getty Images",
        "“We had no choice,” said Lind. "
        + "She had found the crack. " * 24
        + "Hide Caption 3 of 7",
        "R. Vale/Harbour TV via Getty Images, FILE",
        "Mara Lind, who runs the port. Photo: Harbour University",
        "Image Mara Lind in an undated picture. Credit... Northport Police, via Northern Wire",
        "R. Vale / Getty Images The old quay on Thursday.",
        "Play Video 1:10 The bridge moves in the wind – video",
        "Now playing: Watch this: How the beam moved",
        "Facebook Twitter Pinterest The old quay on Thursday. Photograph: R. Vale/Harbour Post",
        "Embed Watch the Beam Move 1:59 autoplay autoplay Copy this code to your website or blog",
        "Mara Lind had asked for the closure in 2029. | R. Vale/Getty Images City Lind was right",
        "People wait for the ferry. " + "The quay is open again. " * 16 + "(AP Photo/R. Vale)",
    ],
)
def test_captions_are_sections_of_their_own(line: str) -> None:
    """What stands under a picture is a caption."""
    assert kinds(line, END) == [CAPTION, BODY]


def test_credits_are_bylines() -> None:
    """Who else reported is part of the byline, wherever it stands."""
    assert kinds("The Northern Wire contributed to this report.") == [BYLINE]
    assert kinds("– This report was updated at 1:55 p.m.") == [BYLINE]
    assert kinds("—Updated at 1:54 p.m.") == [BYLINE]
    assert kinds("--This report was last updated at 2:50 p.m.") == [BYLINE]
    assert kinds("- This story was updated May 5 at 4:02 p.m.") == [BYLINE]
    assert kinds("Dana Okafor contributed.") == [BYLINE]
    assert kinds("With Reuters") == [BYLINE]
    assert kinds("— Northern Wire") == [BYLINE]
    assert kinds("-- With assistance by Dana Okafor") == [BYLINE]
    assert kinds("• Northern Wire writers Ann Vale in Hull and Jo Lind contributed.") == [BYLINE]
    assert kinds("Information from The Northern Wire was used in this report.") == [BYLINE]
    assert kinds("A version of this article appears in print on May 5, Section A.") == [BYLINE]
