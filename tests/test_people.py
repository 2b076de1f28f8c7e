"""One speaker across the articles of a story. All are invented."""

from __future__ import annotations

import itertools

import pytest

from retold.comparing import people
from retold.reading import speakers
from retold.types import Mention, MentionKind, Reading, Span, Speaker, SpeakerKind
from tests.test_speakers import article_of


def reading_of(id_: str, text: str, bodies: tuple[Span, ...] = ()) -> Reading:
    """A reading in which everyone whom `text` names may speak; `bodies` are the places where the
    model sees one."""
    article = article_of(text)
    article = type(article)(id=id_, text=text, sections=article.sections)
    mentions = tuple(Mention(kind=MentionKind.ORGANISATION, span=span) for span in bodies)
    cast = speakers.resolve(article, (), mentions)
    return Reading(
        article=article,
        model="",
        attributions=(),
        speakers=cast.speakers,
        mentions=(),
        times=(),
        passages=(),
        vectors=b"",
    )


def merged(*texts: str) -> list[str]:
    """The names of the merged speakers, sorted."""
    held = [reading_of(f"r{n}", text) for n, text in enumerate(texts)]
    return sorted(s.name for s in people.merge(held).speakers)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("So Karl Weiss left.", "So Mr. Weiss left."), ["Karl Weiss"]),
        (("So Bill Marsh left.", "So William T. Marsh left."), ["William T. “Bill” Marsh"]),
        (("So Rob Marsh left.", "So Robert Marsh left."), ["Robert “Rob” Marsh"]),
        (("So Rob T. Marsh left.", "So Robert Marsh left."), ["Robert T. “Rob” Marsh"]),
        (("So Bill Marsh left.", "So Helen Marsh left."), ["Bill Marsh", "Helen Marsh"]),
        (("So Helen Marsh left.", "So Mr. Marsh left."), ["Helen Marsh", "Marsh"]),
        (("So Don Reed Jr. left.", "So Don Reed left."), ["Don Reed", "Don Reed Jr."]),
        (
            (
                "So Don Reed Jr. left. Reed slept. Reed ate.",
                "So Don Reed left. Mr. Reed ate. Mr. Reed slept.",
            ),
            ["Don Reed Jr."],
        ),
        (
            (
                "So Don Reed Jr. left. Reed slept. Reed ate.",
                "So Don Reed left. Mr. Reed ate. Mr. Reed slept.",
                "So Don Reed Jr. met Don Reed.",
            ),
            ["Don Reed", "Don Reed Jr."],
        ),
        (("So Mr. Fox left.", "We saw Fox News there."), ["Fox", "Fox News"]),
        (
            ("We saw the Harbour Group Corp. there.", "We saw Harbour Group there."),
            ["Harbour Group Corp"],
        ),
        (
            ("We saw the Coastal Harbour Police there.", "We saw the CHP there."),
            ["Coastal Harbour Police (CHP)"],
        ),
        (
            ("So Bill Marsh met Paul Marsh.", "So Mr. Marsh left."),
            ["Bill Marsh", "Marsh", "Paul Marsh"],
        ),
        (
            (
                "We saw the Harbour Department there.",
                "We saw the U.S. Department of Harbour there.",
            ),
            ["U.S. Department of Harbour"],
        ),
        (("So Sergey Holtov left.", "So Sergei Holtov left."), ["Sergey Holtov"]),
        (("So Karl Fallwell left.", "So Karl Falwell left."), ["Karl Fallwell"]),
        (("So Maria Holden left.", "So Marie Holten left."), ["Maria Holden", "Marie Holten"]),
        (("So Karl Reuter left.", "So Carl Reuter left."), ["Carl Reuter", "Karl Reuter"]),
        (("So Paul Reuter left.", "So Paula Reuter left."), ["Paul Reuter", "Paula Reuter"]),
        (("So Maria Reuter met Marie Reuter.",), ["Maria Reuter", "Marie Reuter"]),
        (("So Kim Jun-ho left.", "So Kim Jun Ho left."), ["Kim Jun Ho"]),
        (("We saw the Al-Harun League there.", "We saw the Al Harun League."), ["Al Harun League"]),
    ],
)
def test_one_speaker_is_one_across_articles(texts: tuple[str, ...], expected: list[str]) -> None:
    """Forms of one name are merged; anything that contradicts keeps two apart."""
    assert merged(*texts) == expected


FAMILY = "So Karl Holt met Ann Holt. Mr. Holt left. Mr. Holt said no. Mr. Holt slept."


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("So Mr. Holt left.", ["Ann Holt", "Karl Holt"]),
        ("So Senator Holt left.", ["Ann Holt", "Karl Holt"]),
        ("So Holt met Karl Holt.", ["Ann Holt", "Karl Holt"]),
        ("So Ms. Holt left.", ["Ann Holt", "Karl Holt"]),
        ("So Tom Reuter left.", ["Ann Holt", "Karl Holt", "Tom Reuter"]),
    ],
)
def test_a_last_name_is_his_whom_other_accounts_call_by_it(last: str, expected: list[str]) -> None:
    """Of several of that name the one who goes by it alone elsewhere; "Ms. Holt" is no man."""
    assert merged(FAMILY, last) == expected


def test_a_last_name_by_which_two_are_called_is_nobody_s() -> None:
    """Where other accounts call both so, he stays apart."""
    second = "So Ann Holt left. Ms. Holt slept. Ms. Holt said no. Ms. Holt ate."
    assert "Holt" in merged(FAMILY, second, "So Senator Holt left.")


def test_the_reason_is_told() -> None:
    """A merged speaker says by what rule its members were found to be one."""
    held = [reading_of("r1", "So Karl Weiss left."), reading_of("r2", "So Mr. Weiss left.")]
    assert [s.why for s in people.merge(held).speakers] == [
        "the last name, which only one person in the story has"
    ]


def test_the_order_of_articles_does_not_matter() -> None:
    """The same people whatever comes first."""
    texts = ("So Karl Weiss met Anna Holt.", "So Mr. Weiss left.", "So Ms. Holt met Fox News.")
    held = [reading_of(f"r{n}", text) for n, text in enumerate(texts)]
    results = {str(people.merge(order)) for order in itertools.permutations(held)}
    assert len(results) == 1


def test_an_article_given_twice_changes_nothing() -> None:
    """The same reading again adds nobody."""
    reading = reading_of("r1", "So Karl Weiss met Anna Holt.")
    assert people.merge([reading, reading]) == people.merge([reading])


def test_every_speaker_of_a_reading_belongs_to_one() -> None:
    """`of` leads from each speaker of the readings to one of the story."""
    held = [reading_of("r1", "So Karl Weiss left."), reading_of("r2", "So Mr. Weiss left.")]
    found = people.merge(held)
    assert set(found.of) == {s.id for r in held for s in r.speakers}
    assert set(found.of.values()) == {s.id for s in found.speakers}


def test_the_unnamed_of_two_articles_are_two() -> None:
    """ "An official" here is not "an official" there."""
    held = []
    for id_ in ("r1", "r2"):
        reading = reading_of(id_, "So it was.")
        unnamed = Speaker(id=f"{id_}.s0", name="official", kind=SpeakerKind.UNNAMED, mentions=())
        held.append(
            Reading(
                article=reading.article,
                model="",
                attributions=(),
                speakers=(unnamed,),
                mentions=(),
                times=(),
                passages=(),
                vectors=b"",
            )
        )
    assert len(people.merge(held).speakers) == 2


def test_a_name_that_one_account_takes_for_a_body_is_whom_others_call_so() -> None:
    """ "Holt", which the model takes for a body in one account, is the Karl Holt whom the other
    calls by it; of one who is never called so alone it is not."""
    body = reading_of("r2", "So Holt fell. Holt rose.", (Span(3, 7), Span(14, 18)))
    known = reading_of("r1", "So Karl Holt left. Mr. Holt slept. Mr. Holt ate.")
    assert [s.name for s in people.merge([known, body]).speakers] == ["Karl Holt"]
    once = reading_of("r1", "So Karl Holt left.")
    assert sorted(s.name for s in people.merge([once, body]).speakers) == ["Holt", "Karl Holt"]


def test_a_name_that_opens_that_of_a_body_elsewhere_stays_a_body() -> None:
    """ "Holt" is not Karl Holt where another account tells of Holt Industries."""
    body = reading_of("r2", "So Holt fell. Holt rose.", (Span(3, 7), Span(14, 18)))
    known = reading_of("r1", "So Karl Holt left. Mr. Holt slept. Mr. Holt ate.")
    firm = reading_of("r3", "So Holt Industries fell.", (Span(3, 18),))
    found = sorted(s.name for s in people.merge([known, body, firm]).speakers)
    assert found == ["Holt", "Holt Industries", "Karl Holt"]
