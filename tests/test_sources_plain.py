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
