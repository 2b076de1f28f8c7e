"""Time expressions: which words name a time, and what they mean on the calendar."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.reading import calendar, times
from retold.types import Article, Section, SectionKind, Span

# a Tuesday
PUBLISHED = dt.date(2015, 3, 31)


def article(text: str, published: dt.date | None = PUBLISHED) -> Article:
    section = Section(kind=SectionKind.BODY, span=Span(0, len(text)))
    return Article(id="a", text=text, sections=(section,), published=published)


def dated(text: str, published: dt.date | None = PUBLISHED) -> list[tuple[str, str | None]]:
    found = times.find(article(text, published))
    return [(text[x.span.start : x.span.end], x.date) for x in found]


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        ("The bridge opened in 2000.", "2000", "2000"),
        ("The bridge was planned in the early 1990s.", "the early 1990s", "1990/1993~"),
        ("It was built in the mid-1990s.", "the mid-1990s", "1994~/1996~"),
        ("It fell in the late 1970s.", "the late 1970s", "1977~/1979"),
        ("It closed in late November 2004.", "late November 2004", "2004-11-21~/2004-11-30"),
        ("It fell early on March 4, 2031.", "early on March 4, 2031", "2031-03-04"),
        ("It shut late Nov. 3, 2004.", "late Nov. 3, 2004", "2004-11-03"),
        ("It was sold around 2004.", "around 2004", "2004~"),
        ("In a November 2021 interview he wept.", "November 2021", "2021-11"),
        ("The attacks of Sept. 11, 2001, came first.", "Sept. 11, 2001", "2001-09-11"),
        ("The law of 5 November 2010 stands.", "5 November 2010", "2010-11-05"),
        ("Signed on Friday, Oct. 23, 1998, it held.", "Friday, Oct. 23, 1998", "1998-10-23"),
        ("The file says 2014-02-06.", "2014-02-06", "2014-02-06"),
        ("Received 04/13/2014 by post.", "04/13/2014", "2014-04-13"),
        ("Received 13/04/2014 by post.", "13/04/2014", "2014-04-13"),
        ("It grew in the third quarter of 2012.", "the third quarter of 2012", "2012-07/2012-09"),
        ("It fell in fiscal 2012.", "fiscal 2012", "2012~"),
        ("They met in the summer of 2011.", "the summer of 2011", "2011-22"),
        ("In the 1970s nobody cared.", "the 1970s", "1970/1979"),
        ("He grew up in the ’50s.", "the ’50s", "1950/1959"),
        ("It dates to the 19th century.", "the 19th century", "1801/1900"),
        ("The town fell in A.D. 476.", "A.D. 476", "0476"),
        ("Caesar died in 44 B.C. and Rome changed.", "44 B.C.", "-0043"),
        ("The sea will rise by 2150.", "2150", "2150"),
        ("It was built in the 1800s.", "the 1800s", "1801/1900"),
        ("The 2016 election drew nearer.", "2016", "2016"),
    ],
)
def test_absolute(text: str, words: str, date: str) -> None:
    """What names a place on the calendar has its date, no more precise than the words."""
    assert dated(text) == [(words, date)]


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        ("The mayor resigned on Thursday night.", "Thursday night", "2015-03-26"),
        ("The mayor resigned Tuesday.", "Tuesday", "2015-03-31"),
        ("The vote is scheduled for Thursday.", "Thursday", "2015-04-02"),
        ("The council will meet on Thursday.", "Thursday", "2015-04-02"),
        ("Bids will be opened Friday.", "Friday", "2015-04-03"),
        ("On Friday the council will meet.", "Friday", "2015-04-03"),
        ("She left last Friday.", "last Friday", "2015-03-27"),
        ("She leaves next Monday.", "next Monday", "2015-04-06"),
        ("He came yesterday.", "yesterday", "2015-03-30"),
        ("He comes tomorrow.", "tomorrow", "2015-04-01"),
        ("She said it this week.", "this week", "2015-03-30/2015-04-05"),
        ("She said it last week.", "last week", "2015-03-23/2015-03-29"),
        ("It burned over the weekend.", "over the weekend", "2015-03-28/2015-03-29"),
        ("It burned last month.", "last month", "2015-02"),
        ("It burned earlier this month.", "earlier this month", "2015-03"),
        ("It burned last year.", "last year", "2014"),
        ("It burned last summer.", "last summer", "2014-22"),
        ("It burned last November.", "last November", "2014-11"),
        ("It burned in December.", "December", "2014-12"),
        ("It was sold in June last year.", "June last year", "2014-06"),
        ("The trial will begin in May.", "May", "2015-05"),
        ("The film will be shown on the 12th of June.", "the 12th of June", "2015-06-12"),
        ("Taxes are due by the end of the year.", "the end of the year", "2015-12~"),
        ("He was hired two years ago.", "two years ago", "2013"),
        ("He was hired five weeks ago.", "five weeks ago", "2015-02-23/2015-03-01"),
        ("He was hired three days ago.", "three days ago", "2015-03-28"),
        ("He was hired a few weeks ago.", "a few weeks ago", "2015-03~"),
        ("It starts at 9 a.m. Thursday.", "9 a.m. Thursday", "2015-04-02"),
        ("They left after Christmas.", "Christmas", "2014-12-25"),
        ("She announced a speech of hers on April 7.", "April 7", "2015-04-07"),
    ],
)
def test_counted_from_publication(text: str, words: str, date: str) -> None:
    """What counts from the day of writing is anchored on the publication date, the past first."""
    assert dated(text) == [(words, date)]


def test_an_hour_leaves_its_day_to_the_date_that_follows() -> None:
    """ "6 p.m. on Nov. 9" is not 6 p.m. of the day named before."""
    assert dated("On Saturday she said that he rang at 6 p.m. on Nov. 9, 2012.")[1:] == [
        ("6 p.m.", None),
        ("Nov. 9, 2012", "2012-11-09"),
    ]


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        ("He fled on May 3, 2009. Two days later he was caught.", "Two days later", "2009-05-05"),
        ("He fled on May 3, 2009, and died the same year.", "the same year", "2009"),
        ("He fled on May 3, 2009, and was found that day.", "that day", "2009-05-03"),
        ("He fled on May 3, 2009, and rang the next morning.", "the next morning", "2009-05-04"),
        ("It opened in 2008. A year later it shut.", "A year later", "2009"),
        ("It opened in 2008. That March it shut.", "March", "2008-03"),
    ],
)
def test_counted_from_the_text(text: str, words: str, date: str) -> None:
    """What counts from a time in the text is anchored on the date last named."""
    assert dated(text)[-1] == (words, date)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A few months before the conversation, they met.", "A few months before"),
        ("Had they listened decades ago, all were well.", "decades ago"),
        ("Two days later the bridge fell.", "Two days later"),
        ("That day nobody came.", "That day"),
        ("It fell in 2008, and two weeks later again.", "two weeks later"),
    ],
)
def test_unanchored(text: str, words: str) -> None:
    """What cannot be anchored keeps no date and says that it is relative."""
    found = times.find(article(text))[-1]
    assert (text[found.span.start : found.span.end], found.date, found.is_relative) == (
        words,
        None,
        True,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Some 2,000 people marched, and 2000 soldiers watched.",
        "It runs on Windows 2000 and costs $1999.",
        "Flight 1776 left for 1600 Pennsylvania Avenue.",
        "She may march on the second try in a sunny mood.",
        "Theresa May said no, and April Ryan asked again.",
        "The world is a different place today.",
        "She told ABC’s “This Week” and “Fox News Sunday.”",
        "He served for two years and eats fish every Friday.",
        "The 32-year-old man waited for 14 days.",
        "They celebrate Christmas.",
        "The tide went out two thousand times.",
        "They fired on Bloody Sunday.",
        "The vote fell on Super Tuesday.",
    ],
)
def test_no_time(text: str) -> None:
    """Numbers, names, verbs, lengths and repetitions are no dates."""
    assert dated(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Received 03/04/2014 by post.",
        "The Sept. 11 parade was long.",
        "On the morning of May 30 they left.",
        "It was the summer of ’42.",
    ],
)
def test_ambiguous(text: str) -> None:
    """What can be read in two ways gets no date."""
    assert [date for _, date in dated(text)] == [None]


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        ("She led it from 1999 to 2003.", "from 1999 to 2003", "1999/2003"),
        ("She led it between 1999 and 2003.", "between 1999 and 2003", "1999/2003"),
        ("A March 27-March 29 poll says so.", "March 27-March 29", "2015-03-27/2015-03-29"),
        ("It has stood since 1954.", "since 1954", "1954/.."),
        ("The fair of March 5-7 was wet.", "March 5-7", "2015-03-05/2015-03-07"),
        ("It shut in the 2008–09 crisis.", "2008–09", "2008/2009"),
    ],
)
def test_ranges(text: str, words: str, date: str) -> None:
    """The two ends of a range are one interval, and "since" opens one."""
    assert dated(text) == [(words, date)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("It sank on 9 November 2011. He rang on 8 November.", "2011-11-08"),
        ("It sank on Nov. 9, 2011. He rang in August, on Friday and on Nov. 8.", "2011-11-08"),
        ("It sank on 9 November 2011. He rang on 8 December.", "2014-12-08"),
        ("It sank in November 2011. He rang on 8 November.", "2014-11-08"),
        ("The dam was begun on March 20, 2011. It broke on March 28.", "2015-03-28"),
    ],
    ids=["told", "told before", "another month", "no day", "lately"],
)
def test_a_day_of_the_month_that_was_told_with_its_year(text: str, date: str) -> None:
    """A day without a year is of the year in which a day of its month was told, but for the days
    just before the paper came out."""
    assert dated(text)[-1][1] == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("In 2008, he won in February.", "2008-02"),
        ("In 2008, he won on February 9.", "2008-02-09"),
        ("He left in 2008 and will be back in May.", "2015-05"),
        ("In 2008 he won; he left in January.", "2015-01"),
        ("He moved to the U.S. in 2008 and died in January.", "2015-01"),
        ("In 2008, of 2,000 who left in January, ten were back.", "2015-01"),
    ],
)
def test_the_year_with_which_a_sentence_begins(text: str, date: str) -> None:
    """It is that of the months that follow, up to another figure or clause."""
    assert dated(text)[-1][1] == date


def test_contradiction() -> None:
    """A range that ends before it begins is two dates, as the text has them."""
    assert dated("She led it from 2003 to 1999.") == [("2003", "2003"), ("1999", "1999")]


def test_impossible_day() -> None:
    """A day that the calendar does not have is not dated."""
    assert dated("It rained on 2014-02-30.") == []


def test_quoted_day() -> None:
    """ "Tomorrow" in a quotation counts from the day on which it was spoken."""
    text = "“Tomorrow he goes,” she said on Sunday."
    assert dated(text) == [("Tomorrow", "2015-03-30"), ("Sunday", "2015-03-29")]


def test_quotation_long_ago() -> None:
    """Words in a quotation beside a date long past do not count from the publication date."""
    text = "“I will resign next week,” he said in 1998."
    assert dated(text) == [("next week", None), ("1998", "1998")]


def test_weekday_and_date_agree() -> None:
    """The year of a day without one is that in which it falls on the weekday named."""
    assert dated("It burned on Saturday, April 4.") == [("Saturday, April 4", "2015-04-04")]


def test_without_publication_date() -> None:
    """Without a publication date what is relative stays relative, and a note says so."""
    text = "He resigned last Friday, a year after the flood of 2009, and left on Monday."
    found = times.find(article(text, None))
    assert [x.date for x in found] == [None, None, "2009", None]
    assert times.notes(article(text, None), found) == (
        "no publication date: “last Friday” and 2 more stay relative.",
    )
    assert times.notes(article(text, None), found[:1]) == (
        "no publication date: “last Friday” stays relative.",
    )


def test_note_only_where_needed() -> None:
    """There is no note where every expression has its date."""
    for published in (None, PUBLISHED):
        told = article("It opened in 2009.", published)
        assert times.notes(told, times.find(told)) == ()


def test_only_title_and_body() -> None:
    """Dates of comments and boilerplate are not the article's."""
    text = "It opened in 2009.\nPosted June 4, 2017"
    sections = (
        Section(kind=SectionKind.BODY, span=Span(0, 18)),
        Section(kind=SectionKind.COMMENT, span=Span(19, len(text))),
    )
    told = Article(id="a", text=text, sections=sections, published=PUBLISHED)
    assert [x.date for x in times.find(told)] == ["2009"]


VOCABULARY = """
in on the last next this early late May March Monday Friday 2000 1999 12 31 st of ago later two
a few weeks days years quarter third since from to - , . “ ” ’ today yesterday that same
Christmas summer week weekend 9 a.m. noon end year century 20th 1990s Sept. fiscal 03/04/2014
9999 0001 before after between and
"""
WORDS = st.sampled_from(VOCABULARY.split())


@settings(max_examples=150, deadline=None)
@given(
    st.lists(WORDS, max_size=40),
    st.one_of(st.none(), st.dates(), st.sampled_from([dt.date.min, dt.date.max, PUBLISHED])),
)
def test_every_date_is_one(words: list[str], published: dt.date | None) -> None:
    """Expressions lie in the text, in order and apart, and every date is EDTF that `days` reads."""
    text = " ".join(words) or "x"
    end = 0
    for found in times.find(article(text, published)):
        assert end <= found.span.start < found.span.end <= len(text)
        end = found.span.end
        if found.date and not found.date.startswith("-"):
            assert calendar.days(found.date)


@pytest.mark.parametrize(
    "unit", ["“Monday ", "from 1999 to ", "the early ", "two\n", "1", " ", "May ", "a number of "]
)
def test_one_thing_over_and_over(unit: str) -> None:
    """Forty thousand characters that begin a date again and again come to an end, in order."""
    text = (unit * 40_000)[:40_000] + "x"
    spans = [found.span for found in times.find(article(text))]
    assert spans == sorted(spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
