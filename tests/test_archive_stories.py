"""The stories of an archive, and what one speaker told differently over the years."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable

import pytest

from retold.archive import accounts, corrections, counts, people, stories
from retold.archive.store import Archive
from retold.comparing import report
from retold.correcting import drafts
from retold.errors import StoreError
from retold.showing import terminal_archive
from retold.spans import cut
from retold.types import Reading, Span
from tests import readings

BAKERY = """Bakery opens in Lindhaven

The first bakery in Lindhaven since the war opened its doors to a long line of customers. Its oven \
was built of brick by two sisters, who bake rye bread before dawn."""

OFFER = """{title}

{{q1 “The minister offered me {sum} crowns to sign the harbour permit,”}} {{s1 Dana Holm}} {{c1 \
said}}. She was harbour master at the time. {{q2 “I never signed it,”}} {{s2 Holm}} {{c2 said}}."""


def dated(reading: Reading, year: int, month: int, day: int) -> Reading:
    published = dt.date(year, month, day)
    article = dataclasses.replace(reading.article, published=published)
    return dataclasses.replace(reading, article=article)


def at(url: str, reading: Reading) -> Reading:
    """The reading as that of another article, which stands at that address."""
    new = hashlib.sha256(url.encode()).hexdigest()[:12]
    old = reading.article.id
    return dataclasses.replace(
        reading,
        article=dataclasses.replace(reading.article, id=new, url=url),
        passages=tuple(dataclasses.replace(p, article_id=new) for p in reading.passages),
        attributions=tuple(
            dataclasses.replace(a, id=a.id.replace(old, new), article_id=new)
            for a in reading.attributions
        ),
    )


@pytest.fixture
def archive(new_archive: Callable[[], Archive]) -> Archive:
    archive = new_archive()
    courier, herald = readings.fire()
    archive.keep_all((courier, herald, readings.read(BAKERY, outlet="Gazette", day=7)))
    return archive


def outlets(story: stories.Held) -> list[str | None]:
    return [entry.outlet for entry in story.articles]


def test_accounts_of_one_event_are_a_story(archive: Archive) -> None:
    """Two accounts of one fire are a story, named by the first; the bakery is none."""
    (story,) = stories.find(archive)
    assert outlets(story) == ["Courier", "Herald"]
    assert (story.id, story.newest) == (story.articles[0].id, dt.date(2031, 5, 7))


def test_a_story_is_found_by_any_of_its_articles(archive: Archive) -> None:
    """Each article leads to the same story, and one that stands alone to itself."""
    (story,) = stories.find(archive)
    assert [stories.around(archive, e.id) for e in story.articles] == [story, story]
    (bakery,) = archive.articles(outlet="Gazette")
    assert outlets(stories.around(archive, bakery.id)) == ["Gazette"]


def test_days_limit_the_stories(archive: Archive, new_archive: Callable[[], Archive]) -> None:
    """Days without two accounts have no story, and an empty archive has none."""
    assert stories.find(archive, since=dt.date(2031, 5, 7)) == ()
    assert stories.find(archive, until=dt.date(2031, 5, 6)) == ()
    assert stories.find(new_archive()) == ()


def test_windows_of_days_are_put_together(archive: Archive) -> None:
    """A long time is looked at in windows, and a story in two of them is one story."""
    (story,) = stories.find(archive)
    held = stories.find(archive, since=dt.date(2031, 4, 1), until=dt.date(2031, 6, 1))
    assert held == (story,)


def test_a_text_counts_in_its_last_version(new_archive: Callable[[], Archive]) -> None:
    """Two versions of one address are not two accounts."""
    courier, herald = readings.fire()
    other = new_archive()
    other.keep_all(
        (at("https://one.example/fire", courier), at("https://one.example/fire?", herald))
    )
    assert stories.find(other) == ()


@pytest.mark.parametrize("apart", range(12))
def test_a_story_is_the_same_for_who_asks_for_days_and_for_an_article(
    new_archive: Callable[[], Archive], apart: int
) -> None:
    """However many days lie between its articles, and though one of them has no date."""
    courier, herald = readings.fire()
    undated = dataclasses.replace(
        herald, article=dataclasses.replace(herald.article, published=None)
    )
    archive = new_archive()
    archive.keep(dated(courier, 2031, 5, 5))
    added = dt.datetime(2031, 5, 5, tzinfo=dt.UTC) + dt.timedelta(days=apart)
    archive.keep(undated, at=added)
    days = dt.date(2031, 4, 1), dt.date(2031, 6, 1)
    held = stories.find(archive, since=days[0], until=days[1], least=1)
    asked = {stories.around(archive, e.id) for story in held for e in story.articles}
    assert asked == set(held)


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_ends_of_the_calendar(new_archive: Callable[[], Archive], day: dt.date) -> None:
    """A date that is surely wrong stops nobody from being told of the story."""
    archive = new_archive()
    archive.keep_all(dated(each, day.year, day.month, day.day) for each in readings.fire())
    (story,) = stories.find(archive, since=day, until=day)
    assert stories.around(archive, story.id) == story


# --- what comparing came to -----------------------------------------------------------------------


def ids(story: stories.Held) -> list[str]:
    return [entry.id for entry in story.articles]


def test_what_a_comparison_finds_is_counted_and_kept(archive: Archive) -> None:
    """Tellings and sure differences, conflicts among them; before it there is nothing to know."""
    (story,) = stories.find(archive)
    assert counts.known(archive, ids(story)) is None
    found = counts.keep(archive, report.compile(stories.readings(archive, story)))
    assert (found.tellings, found.conflicts) == (2, 0)
    assert found.differences >= 1
    assert counts.known(archive, reversed(ids(story))) == found


def test_conflicts_are_counted(new_archive: Callable[[], Archive]) -> None:
    """Of two sums of one offer one is counted as a conflict."""
    names = ("Dana Holm", "Dana Holm")
    held = [
        readings.read(OFFER.format(title=title, sum=paid), speakers=names)
        for title, paid in (("Holm leaves", "40,000"), ("Holm looks back", "90,000"))
    ]
    archive = new_archive()
    archive.keep_all(held)
    assert counts.keep(archive, report.compile(held)).conflicts == 1


def test_what_was_counted_is_of_those_articles_alone(archive: Archive) -> None:
    """Another article, a correction or a forgotten article, and nobody knows any more."""
    (story,) = stories.find(archive)
    held = stories.readings(archive, story)
    found = counts.keep(archive, report.compile(held))
    assert counts.known(archive, ids(story)[:1]) is None
    remark = drafts.remark(held[0].article, Span(0, 5), "a remark")
    noon = dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC)
    corrections.add(archive, (drafts.record(remark, who="Ada", at=noon),))
    assert counts.known(archive, ids(story)) is None
    assert counts.keep(archive, report.compile(held)) == found
    archive.forget(ids(story)[0])
    assert counts.known(archive, ids(story)) is None
    assert archive.database.rows("SELECT * FROM counts WHERE article = ?", ids(story)[:1]) == []


def test_articles_that_are_not_held_are_counted_and_not_kept(archive: Archive) -> None:
    """A report on other articles leaves nothing in the archive."""
    held = tuple(archive.readings())
    archive.forget(held[0].article.id)
    counts.keep(archive, report.compile(held[:2]))
    assert archive.database.value("SELECT count(*) FROM counts") == 0


def test_an_unknown_story_is_said_to_be_unknown(archive: Archive) -> None:
    """An id that the archive does not hold is an error that says what lists them."""
    with pytest.raises(StoreError, match="no such article"):
        stories.around(archive, "nothing")


# --- one speaker over time ------------------------------------------------------------------------


def test_an_account_that_changed_over_the_years_is_shown(
    new_archive: Callable[[], Archive],
) -> None:
    """The same woman tells of the same offer twice, six years apart, with another sum."""
    names = ("Dana Holm", "Dana Holm")
    early = readings.read(OFFER.format(title="Holm leaves", sum="40,000"), speakers=names)
    late = readings.read(OFFER.format(title="Holm looks back", sum="90,000"), speakers=names)
    archive = new_archive()
    archive.keep_all((dated(late, 2037, 5, 1), early))
    (holm,) = people.find(archive, "holm")
    (changed,) = accounts.changed(archive, holm.forms)
    texts = {r.article.id: r.article.text for r in changed.readings}
    shown = [cut(texts[v.article_id], v.span) for v in changed.differences[0].values]
    assert (changed.days, sorted(shown)) == (2192, ["40,000 crowns", "90,000 crowns"])
    assert [p.article_id for p in changed.passages] == [early.article.id, late.article.id]


def test_what_was_told_again_alike_is_shown_to_who_asks(
    new_archive: Callable[[], Archive],
) -> None:
    """The same account given twice, years apart, is no change; with `show_all` it is there, and
    parts in nothing."""
    names = ("Dana Holm", "Dana Holm")
    titles = ("Holm leaves", "Holm looks back")
    early, late = (
        readings.read(OFFER.format(title=title, sum="40,000"), speakers=names) for title in titles
    )
    archive = new_archive()
    archive.keep_all((dated(late, 2037, 5, 1), early))
    (holm,) = people.find(archive, "holm")
    assert accounts.changed(archive, holm.forms) == ()
    found = accounts.changed(archive, holm.forms, show_all=True)
    assert [(one.days, one.differences) for one in found] == [(2192, ())] * len(found) != []


def test_tellings_of_one_week_are_no_change_over_time(archive: Archive) -> None:
    """Two outlets that report one statement within days do not show an account that changed."""
    (holm,) = people.find(archive, "holm")
    assert accounts.changed(archive, holm.forms) == ()


def test_statements_come_in_the_order_of_their_reports(archive: Archive) -> None:
    """All that one person is reported to have said, the earliest report first."""
    (holm,) = people.find(archive, "Dana Holm")
    said = accounts.statements(archive, holm.forms, most=10)
    assert [one.article.outlet for one in said] == ["Courier", "Courier", "Herald", "Herald"]
    assert len(accounts.statements(archive, holm.forms, most=3)) == 3


def test_nobody_has_said_nothing(archive: Archive) -> None:
    """Names that nobody has give nothing."""
    assert accounts.statements(archive, ("nobody",), most=3) == ()
    assert accounts.changed(archive, ("nobody",)) == ()


@pytest.mark.parametrize(
    ("differences", "conflicts", "expected"),
    [
        (0, 0, "2 tellings; no sure difference:"),
        (2, 0, "2 tellings; 2 differences:"),
        (2, 1, "2 tellings; 2 differences, 1 conflict among them:"),
    ],
)
def test_a_list_says_what_was_found_and_not_what_was_not(
    archive: Archive, differences: int, conflicts: int, expected: str
) -> None:
    """Where nothing is sure that is said; conflicts are named where there are some."""
    (story,) = stories.find(archive)
    held = counts.Counts(tellings=2, differences=differences, conflicts=conflicts)
    assert expected in terminal_archive.stories([(story, held)])
