"""A name means everybody whom it may mean, and nobody is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from retold.archive import people, search
from retold.archive.check import check
from retold.archive.said import Filters
from retold.archive.store import Archive
from retold.types import SpeakerKind
from tests import readings

TEXT = "Ferries\n\n{s1 X} {c1 said} {q1 that the ferry number %d will not sail}."


@pytest.fixture
def archive(new_archive: Callable[[], Archive]) -> Archive:
    return new_archive()


def kept(archive: Archive, *names: str) -> Archive:
    """The archive with an article for each name, in which somebody of that name speaks."""
    archive.keep_all(readings.read(TEXT % n, speakers=(name,)) for n, name in enumerate(names))
    return archive


@pytest.mark.parametrize("asked", ["Zoë Brandt", "zoe brandt", "BRANDT", "Ms. Brandt", "Zoë"])
def test_case_accents_titles_and_a_part_of_the_name_find_a_person(
    archive: Archive, asked: str
) -> None:
    """A person is found by the whole name, the last or the first, however it is written."""
    kept(archive, "Zoë Brandt", "Brandt", "Ivo Brandtner")
    (found,) = people.find(archive, asked)
    assert (found.name, found.forms[-1]) == ("Zoë Brandt", "zoe brandt")


def test_two_of_one_name_are_both_given(archive: Archive) -> None:
    """Who has the same last name is another person, and the bare name is nobody's alone."""
    kept(archive, "Zoë Brandt", "Zoë Brandt", "Karl Brandt", "Brandt")
    found = [(person.name, person.articles) for person in people.find(archive, "Brandt")]
    assert found == [("Zoë Brandt", 2), ("Brandt", 1), ("Karl Brandt", 1)]


def test_a_person_has_the_name_that_most_articles_give(archive: Archive) -> None:
    """The longest may be a mistake; a last name alone is the most common one and no whole name."""
    kept(archive, "Zoë Brandt", "Zoë Brandt", "Zoë Mira Brandt", *["Brandt"] * 3)
    (found,) = people.find(archive, "Brandt")
    assert (found.name, found.articles) == ("Zoë Brandt", 6)


def test_a_first_name_parts_those_of_one_last_name(archive: Archive) -> None:
    """With the first name only one is meant, and a bare last name that fits two is not theirs."""
    kept(archive, "Zoë Brandt", "Karl Brandt", "Brandt")
    (karl,) = people.find(archive, "Karl Brandt")
    assert (karl.name, karl.forms) == ("Karl Brandt", ("karl brandt",))


def test_who_has_the_last_name_alone_is_told(archive: Archive) -> None:
    """Whoever asks for a whole name hears of those with the last name alone, unless they are taken
    for the one who is asked for, or were asked for."""
    kept(archive, "Zoë Brandt", "Brandt")
    assert people.by_last_name_alone(archive, "Zoë Brandt") is None
    kept(archive, "Karl Brandt", "Karl Brandt", "Karl Brandt")
    alone = people.by_last_name_alone(archive, "Zoë Brandt")
    assert alone is not None
    assert (alone.name, alone.articles) == ("Brandt", 1)
    assert people.by_last_name_alone(archive, "Brandt") is None


def test_a_bare_name_is_rather_the_last(archive: Archive) -> None:
    """Who has the name for a first name does not keep it from the one who has it for a last."""
    kept(archive, "Zoë Brandt", "Brandt", "Brandt Ostrel")
    found = [(person.name, person.articles) for person in people.find(archive, "Brandt")]
    assert found == [("Zoë Brandt", 2), ("Brandt Ostrel", 1)]


def test_a_name_of_two_kinds_is_given_once(archive: Archive) -> None:
    """Whom one article takes for a person and another for a body is one entry, and what is said
    under the name is listed once."""
    kept(archive, "Brandt", "Brandt")
    body = readings.read(TEXT % 7, speakers=("Brandt",))
    (speaker,) = body.speakers
    archive.keep(replace(body, speakers=(replace(speaker, kind=SpeakerKind.ORGANISATION),)))
    (found,) = people.find(archive, "Brandt")
    assert (found.kind, found.articles) == (SpeakerKind.PERSON, 3)
    said = search.find(archive, "", filters=Filters(forms=found.forms * 2)).statements
    assert len({one.id for one in said}) == len(said) == 3


def test_a_bare_name_is_all_there_may_be(archive: Archive) -> None:
    """Where articles give the last name alone, it may be whoever is asked for."""
    (found,) = people.find(kept(archive, "Brandt"), "Karl Brandt")
    assert found.name == "Brandt"


def test_names_go_with_their_last_article(archive: Archive) -> None:
    """Forgetting an article takes its speakers out of the list of names, and no one else."""
    kept(archive, "Zoë Brandt", "Zoë Brandt", "Karl Brandt")
    _, second, third = (reading.article.id for reading in archive.readings())
    archive.forget(second, third)
    found = [(person.name, person.articles) for person in people.find(archive, "Brandt")]
    assert found == [("Zoë Brandt", 1)]
    assert list(check(archive)) == []


def test_of_very_many_names_the_rarest_are_left_out(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A last name that more have than are looked at finds those most articles name; who has all
    the words that are asked for is found, however rare."""
    monkeypatch.setattr(people, "MOST_NAMES", 2)
    kept(archive, "Zoë Brandt", "Zoë Brandt", "Karl Brandt", "Karl Brandt", "Ivo Brandt")
    assert [one.name for one in people.find(archive, "Brandt")] == ["Karl Brandt", "Zoë Brandt"]
    assert [one.name for one in people.find(archive, "Ivo Brandt")] == ["Ivo Brandt"]


@pytest.mark.parametrize("asked", ["", "  ", "'", '"', "nobody", "Brandt OR Zoë", "bran*"])
def test_nobody_is_found_by_what_is_no_name(archive: Archive, asked: str) -> None:
    """An empty or unknown name, or a query in its guise, finds nobody and harms nothing."""
    assert people.find(kept(archive, "Karl Brandt"), asked) == ()


@pytest.mark.parametrize(
    ("asked", "held", "kind", "expected"),
    [
        ("Foreign Ministry", "Norland Foreign Ministry", SpeakerKind.ORGANISATION, True),
        ("ministry", "Norland Foreign Ministry", SpeakerKind.ORGANISATION, True),
        ("the Kremlin", "Kremlin", SpeakerKind.ORGANISATION, True),
        ("Foreign Office", "Norland Foreign Ministry", SpeakerKind.ORGANISATION, False),
        ("Bill Norris", "William Norris", SpeakerKind.PERSON, True),
        ("Hilda Norris", "William Norris", SpeakerKind.PERSON, False),
        ("Lord Norris", "George Norris", SpeakerKind.PERSON, True),
    ],
)
def test_who_may_be_meant(asked: str, held: str, kind: SpeakerKind, expected: bool) -> None:
    """Short forms, titles and parts of a body's name fit; another first name does not."""
    assert people.may_be(people.bare(asked), people.bare(held), kind) is expected
