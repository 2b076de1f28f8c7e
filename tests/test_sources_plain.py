"""Plain text: which paragraphs are the article's own."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.sources import plain
from retold.text import normalise
from retold.types import SectionKind

TITLE, BYLINE, BODY, CAPTION, COMMENT, BOILERPLATE = (
    SectionKind.TITLE,
    SectionKind.BYLINE,
    SectionKind.BODY,
    SectionKind.CAPTION,
    SectionKind.COMMENT,
    SectionKind.BOILERPLATE,
)

PROSE = "The harbour bridge was closed on Thursday, the port authority said in a statement."
MORE = "“We had no choice,” said the chief engineer, Mara Lind, who found the crack herself."
END = "Ferries will run every ten minutes from the old quay until the beam is replaced."


def told(text: str, **known: str) -> list[tuple[str, str]]:
    """The sections as (kind, first words) for each of their lines."""
    return [
        (section.kind, line)
        for section in plain.sections(text, **known)
        for line in text[section.span.start : section.span.end].split("\n")
        if line.strip()
    ]


def kinds(*lines: str, before: tuple[str, ...] = (PROSE, MORE)) -> list[str]:
    """The kinds of `lines` when they follow some prose, each a paragraph of its own."""
    return [kind for kind, _ in told("\n\n".join(before + lines))][len(before) :]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("LIND OFFERS HARBOUR COMPROMISE", BOILERPLATE),
        ("‘WE WERE LATE,’ SAYS CHIEF ENGINEER LIND", BOILERPLATE),
        ("WHO BUILT THE BRIDGE?", BOILERPLATE),
        ("A CRACK", BODY),
        ("“NOBODY WAS ON THE BRIDGE”", BODY),
        ("NO SHIP WAS ON ITS WAY!", BODY),
        ("MARA LIND, PORT AUTHORITY, HOST:", BODY),
    ],
)
def test_a_headline_in_capitals_is_none_of_the_article(line: str, kind: str) -> None:
    """Of several words among prose it is a link to another story; who speaks and what is quoted
    or called out is the article's own."""
    assert kinds(line, END) == [kind, BODY]


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


def test_title_byline_and_date_stand_before_the_first_prose() -> None:
    """The first line without a full stop is the title; names and dates below it are the byline."""
    text = f"Bridge closed\n\nBy Dana Okafor\nThe Harbour Post\nMay 4, 2031\n\n{PROSE}"
    assert told(text) == [
        (TITLE, "Bridge closed"),
        (BYLINE, "By Dana Okafor"),
        (BYLINE, "The Harbour Post"),
        (BYLINE, "May 4, 2031"),
        (BODY, PROSE),
    ]


def test_a_known_title_is_found_behind_the_label_of_a_section() -> None:
    """The line that says the known title is the title, though others stand before it."""
    text = f"City\n\nBridge closed for six weeks\n\n{PROSE}"
    assert told(text, title="Bridge closed for six weeks") == [
        (BOILERPLATE, "City"),
        (TITLE, "Bridge closed for six weeks"),
        (BODY, PROSE),
    ]


def test_a_text_without_its_title_begins_with_the_body() -> None:
    """A known title that no line says makes no other line the title."""
    text = f"A crack in the beam\n\n{PROSE}"
    assert told(text, title="Harbour crossing shut")[0] == (BODY, "A crack in the beam")


def test_a_link_at_the_end_of_a_paragraph_is_parted_from_it() -> None:
    """What stands in brackets behind the last sentence and leads elsewhere is none of it."""
    link = "(RELATED: ‘A Shame’: Lind Calls Off Her Walk)"
    text = f"{MORE} {link}\n\n{PROSE} [Read more: Ten bridges that fell]\n\n{END}"
    assert told(text) == [
        (BODY, MORE),
        (BOILERPLATE, link),
        (BODY, PROSE),
        (BOILERPLATE, "[Read more: Ten bridges that fell]"),
        (BODY, END),
    ]
    assert kinds("Both beams were old (related: the port was poor), and nobody looked.") == [BODY]


def test_links_follow_their_heading() -> None:
    """Headings behind "Read more:" are other stories; the prose behind them is the article."""
    lines = ("Read more:", "Ten bridges that fell", "Why ferries are late", END)
    assert kinds(*lines) == [BOILERPLATE, BOILERPLATE, BOILERPLATE, BODY]


def test_headings_behind_the_last_prose_and_furniture_are_boilerplate() -> None:
    """After the end has come, a short line without a full stop is no part of the article."""
    lines = ("Advertisement", "What do you think?", "Ten bridges that fell")
    assert kinds(*lines) == [BOILERPLATE] * 3


def test_a_pull_quote_is_no_paragraph_of_its_own() -> None:
    """Words of a paragraph that are set a second time are furniture, before it or behind it."""
    pulled = "“We had no choice,” said the chief engineer"
    assert kinds(pulled, END) == [BOILERPLATE, BODY]
    assert kinds(MORE, END) == [BOILERPLATE, BODY]
    before = "Ferries will run every ten minutes"
    assert kinds(before, END) == [BOILERPLATE, BODY]


def test_a_short_refrain_is_body() -> None:
    """A few words said twice are not a pull-quote."""
    assert kinds("“We had no choice.”", END, "“We had no choice.”", END[::-1] + ".") == [BODY] * 4


def test_a_heading_within_the_article_is_body() -> None:
    """A heading with prose behind it is the article's own."""
    assert kinds("Advertisement", "What happens next", END) == [BOILERPLATE, BODY, BODY]


def test_two_titles_at_the_end_are_teasers() -> None:
    """A run of lines set like titles behind the last prose leads to other stories."""
    assert kinds("Ten Bridges That Fell", "Why Do Ferries Run Late?") == [BOILERPLATE] * 2


def test_a_short_last_line_is_body() -> None:
    """An article may end on a line without a full stop."""
    assert kinds("And so it stayed open") == [BODY]


def test_the_author_is_told_by_not_being_named_before() -> None:
    """A last line about somebody whom the article never names is about its author."""
    author = "Dana Okafor is a columnist for The Harbour Post."
    assert kinds(author) == [BOILERPLATE]
    named = "“It will fall,” wrote Dana Okafor in 2029, and nobody at the port listened to her."
    assert kinds(named, author) == [BODY, BODY]


@pytest.mark.parametrize(
    "area",
    [
        "Please enter your comment! / Please enter your name here",
        "3 Comments / Ann Reader says: / May 5, 2031 at 8:12 am / Never felt safe on it. / Reply",
        "Comments / gull77 / 5 May 2031, 8.12am / Off with her. / tern / 5 May 2031, 9.00am / Ha.",
        "Ann Reader / 5 May 2031 08:12 / I knew it. / Bob / 6 May 2031 09:30 / So did I.",
        "Ann / May 5, 2031 / I knew. / Bob / May 6, 2031 / I too. / Cy / May 7, 2031 / And I.",
        "Leave a Reply / Your email address will not be published. / Name * / Email *",
        "View all comments / Ann / Reply to Bob / May 5, 2031 / It is a fine bridge, I say.",
        "Newest Most Voted / Inline Feedbacks / Ann Reader / 2 years ago / It is a fine bridge.",
        "Join the discussion / Sort by: Newest / Ann Reader • 3 days ago / It is a fine bridge.",
    ],
)
def test_readers_comments_are_no_part_of_the_article(area: str) -> None:
    """From the form or the first comment on, nothing is body."""
    assert BODY not in kinds(*area.split(" / "))


@pytest.mark.parametrize(
    "line",
    ["Leave a comment and tell us!", "View all comments", "May 5, 2031", "Join the conversation"],
)
def test_one_sign_of_comments_within_the_article_ends_nothing(line: str) -> None:
    """A single link to the comments, or a date, may stand among the paragraphs."""
    more = tuple(f"Ferry number {i} left the old quay at noon on the day after." for i in range(7))
    assert kinds(line, *more)[1:] == [BODY] * 7


def test_comments_keep_to_their_kind() -> None:
    """Names, dates and words of readers are comments; forms and teasers beside them are not."""
    area = (
        "View all comments",
        "Ann Reader",
        "May 5, 2031",
        "It is a fine bridge… Read more »",
        "Bob",
        "Reply to Ann Reader",
        "May 6, 2031",
        "It is not.",
        "Want to try some harbour wine?",
        "The road from the old quay to the sea",
    )
    expected = [BOILERPLATE] + [COMMENT] * 7 + [BOILERPLATE] * 2
    assert kinds(*area) == expected


def test_a_chronology_is_body() -> None:
    """Years and dates over paragraphs are the article's own."""
    lines = ("2021", PROSE, "2022", MORE, "2023", END)
    assert kinds(*lines, before=()) == [BODY] * 6


def test_text_of_blanks_has_no_sections() -> None:
    """Nothing is nothing."""
    assert plain.sections(" \n\t\n") == ()


LINES = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from(
            [
                PROSE,
                MORE,
                "",
                "By Dana Okafor",
                "May 4, 2031",
                "Ann Reader",
                "Reply",
                "Related:",
                "Ten Bridges That Fell",
                "Advertisement",
                "Notify of",
                "3 Comments",
                "Photo: R. Vale",
                "e\u0301t\u00e9\u00a0",
            ]
        ),
    ),
    max_size=25,
)


@given(LINES, st.one_of(st.none(), st.just(PROSE), st.text(max_size=20)))
def test_sections_hold_every_character_once(lines: list[str], title: str | None) -> None:
    """Sections are in order, do not overlap, and hold every non-blank character."""
    text = normalise("\n".join(lines))
    found = plain.sections(text, title=title)
    end = 0
    for section in found:
        assert text[end : section.span.start].strip() == ""
        assert text[section.span.start : section.span.end].strip() != ""
        end = section.span.end
    assert text[end:].strip() == ""


@given(LINES)
def test_sections_are_the_same_for_the_same_text(lines: list[str]) -> None:
    """Neighbours are of different kinds, and a second look finds the same."""
    text = normalise("\n".join(lines))
    found = plain.sections(text)
    assert all(a.kind != b.kind for a, b in pairwise(found))
    assert plain.sections(text) == found
