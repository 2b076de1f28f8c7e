"""The commands that ask an archive: what they print, and how they end."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from retold.archive.store import Archive
from retold.cli import main
from tests import readings

GATE = """Gate row

{{q1 “No tanker {verb} pass the northern gate while I hold this office,”}} {{s1 {name}}} \
{{c1 said}}."""


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    """An archive of two accounts of a fire, and two of one quotation."""
    place = new_place()
    courier, herald = readings.fire()
    with Archive.open(place) as archive:
        archive.keep_all(
            (
                courier,
                herald,
                _gate("will", "Ines Varga", outlet="Post", day=25),
                _gate("shall", "Karl Brandt", outlet="Sun", day=2),
            )
        )
    return place


def _gate(verb: str, name: str, *, outlet: str, day: int) -> readings.Reading:
    reading = readings.read(GATE.format(verb=verb, name=name), outlet=outlet, speakers=(name,))
    article = dataclasses.replace(reading.article, published=dt.date(2030, 1, day))
    return dataclasses.replace(reading, article=article)


def run(place: str | Path, *words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [*words, "--archive", str(place)], input=given)


def answer(place: str, *words: str) -> Any:
    return json.loads(run(place, *words, "--format", "json").stdout)


def test_a_quotation_is_found_and_what_differs_is_shown(place: str) -> None:
    """Both accounts are shown, with the changed word and the two speakers."""
    done = run(place, "quote", "no tanker will pass the northern gate")
    assert done.exit_code == 0
    for words in ("1 exact, 1 altered", "‹shall›", "CREDITED TO", "Ines Varga", "Karl Brandt"):
        assert words in done.stdout


def test_of_long_missing_words_the_middle_is_left_out(place: str) -> None:
    """A sentence of a speech finds who gives it; the rest is told by its ends and its length."""
    beyond = " ".join(f"word{n}" for n in range(80))
    asked = f"no tanker will pass the northern gate while I hold this office {beyond}"
    done = run(place, "quote", asked)
    shown = " ".join(done.stdout.split())
    assert "not here: word0 word1" in shown
    assert "word79 (80 words)" in shown.split("not here:")[1]
    assert "word40" not in shown.split("not here:")[1]


def test_a_quotation_comes_from_standard_input(place: str) -> None:
    """`-` reads the wording from a pipe."""
    done = run(place, "quote", "-", given="“No tanker will pass the northern gate.”\n")
    assert (done.exit_code, "exact" in done.stdout) == (0, True)


def test_what_is_not_found_is_said_so(place: str) -> None:
    """The exit code of a quotation that is not found is 1, and so says the answer."""
    done = run(place, "quote", "elephants dance sideways at midnight")
    assert (done.exit_code, "NOT FOUND" in done.stdout) == (1, True)


def test_a_speaker_whom_nobody_credits_is_told(place: str) -> None:
    """When all accounts credit others, a note says that."""
    done = run(place, "quote", "no tanker will pass the northern gate", "--speaker", "Dana Holm")
    assert "no account credits Dana Holm" in done.stderr


def test_the_example_of_the_reference_is_true(place: str) -> None:
    """The change that the page on answers shows is what the command gives."""
    page = Path(__file__).parents[1] / "docs" / "reference" / "archive-answers.md"
    shown = json.loads(page.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0])
    found = answer(place, "quote", "No tanker will pass the northern gate")
    (change,) = found["accounts"][1]["changes"]
    assert change == shown


def test_search_finds_statements_and_articles(place: str) -> None:
    """Words find both, the words are marked, and filters hold."""
    done = run(place, "search", "kiosk")
    assert done.exit_code == 0
    assert "STATEMENTS  2" in done.stdout
    assert "‹kiosk›" in done.stdout
    found = answer(place, "search", "kiosk", "--outlet", "Herald", "--from", "2031-05-07")
    assert [hit["article"]["outlet"] for hit in found["articles"]] == ["Herald"]


def test_search_by_speaker_needs_no_words(place: str) -> None:
    """What one person said, narrowed to articles on a subject."""
    found = answer(place, "search", "--speaker", "HOLM", "--about", "dispute")
    assert {said["article"]["outlet"] for said in found["statements"]} == {"Herald"}


@pytest.mark.model
def test_search_goes_by_meaning(tmp_path: Path) -> None:
    """What is said in other words is found, in JSON with its place."""
    place, text = tmp_path / "archive.sqlite", tmp_path / "ferry.txt"
    text.write_text(
        "Ferry row\n\nThe harbour master said that the ship left in spite of the storm. Bread "
        "became cheaper in the market of Lindhaven.\n",
        encoding="utf-8",
    )
    run(place, "add", str(text), "--jobs", "1")
    (first, *_) = answer(place, "search", "the vessel sailed despite the gale", "--meaning")[
        "alike"
    ]
    assert "left in spite of the storm" in first["text"]


def test_nothing_found_says_what_to_try(place: str) -> None:
    """An empty result is an exit code of 1 and advice on stderr; JSON is still JSON."""
    done = run(place, "search", "kiosk", "--outlet", "Nowhere", "--format", "json")
    assert (done.exit_code, json.loads(done.stdout)["statements"]) == (1, [])
    assert "without --outlet" in done.stderr


@pytest.mark.parametrize("verb", ["search", "quote", "speaker", "stories"])
def test_an_empty_archive_and_none_at_all_are_errors(tmp_path: Path, verb: str) -> None:
    """What cannot answer says how to fill it."""
    words = {"search": ["fire"], "quote": ["one two three four"], "speaker": ["Holm"]}
    missing = run(tmp_path / "none.sqlite", verb, *words.get(verb, []))
    Archive.open(tmp_path / "empty.sqlite").close()
    empty = run(tmp_path / "empty.sqlite", verb, *words.get(verb, []))
    for done in (missing, empty):
        assert (done.exit_code, "retold add" in done.stderr, done.stdout) == (1, True, "")


def test_words_or_a_speaker_are_needed(place: str) -> None:
    """A search for nothing is a wrong command line."""
    assert run(place, "search").exit_code == 2


@pytest.mark.parametrize(
    ("verb", "option"), [("search", "--from"), ("search", "--to"), ("stories", "--since")]
)
def test_a_wrong_day_names_its_option(place: str, verb: str, option: str) -> None:
    """What is no day is a wrong command line, and says which option it was."""
    done = run(place, verb, *(["fire"] if verb == "search" else []), option, "yesterday")
    assert (done.exit_code, option in done.stderr, "yesterday" in done.stderr) == (2, True, True)


def test_an_unknown_speaker_is_an_error(place: str) -> None:
    """Nobody of a name is said so, with what to try."""
    done = run(place, "speaker", "Zoltan")
    assert (done.exit_code, "nobody called Zoltan" in done.stderr) == (1, True)


def test_a_speaker_s_statements_come_in_time(place: str) -> None:
    """All that somebody said, in JSON and in text, the earliest first."""
    found = answer(place, "speaker", "holm")
    days = [said["article"]["published"] for said in found["statements"]]
    assert (found["names"], days) == (["Dana Holm"], sorted(days))
    assert "STATEMENTS  4 in 2 articles" in run(place, "speaker", "holm").stdout


def test_who_has_the_last_name_alone_is_noted(place: str) -> None:
    """Whoever asks for a whole name is told of those whom articles give the last name alone."""
    with Archive.open(place) as archive:
        names = ("Rolf Varga", "Varga")
        archive.keep_all(_gate("must", name, outlet=name, day=3) for name in names)
    assert "Varga alone, who may be somebody else, speaks in 1 more" in (
        run(place, "speaker", "Ines Varga").stderr
    )


def test_stories_are_listed_and_compared(place: str) -> None:
    """A story of the list is what `compare --story` compares; what it came to is known from then
    on."""
    quick = "stories", "--since", "2031-05-01", "--quick"
    assert "not compared yet" in run(place, *quick).stdout
    (story,) = answer(place, "stories", "--since", "2031-05-01")["stories"]
    assert (story["tellings"], len(story["articles"])) == (2, 2)
    done = run(place, "compare", "--story", story["id"], "--format", "json")
    report = json.loads(done.stdout)
    assert [a["id"] for a in report["articles"]] == [a["id"] for a in story["articles"]]
    assert answer(place, *quick)["stories"] == [story]


def test_days_without_a_story_are_said_so(place: str) -> None:
    """No story is an exit code of 1."""
    done = run(place, "stories", "--since", "2031-05-07", "--quick")
    assert (done.exit_code, "earlier --since" in done.stderr) == (1, True)


def test_a_story_needs_a_second_account(place: str) -> None:
    """An article that nobody else tells of has nothing to be compared with."""
    (hit,) = answer(place, "search", "tanker", "--outlet", "Post")["articles"]
    done = run(place, "compare", "--story", hit["article"]["id"])
    assert (done.exit_code, "no other account" in done.stderr) == (1, True)
