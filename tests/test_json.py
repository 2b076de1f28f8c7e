"""The public file of a report and of a reading."""

from __future__ import annotations

import dataclasses
import json as stdlib_json
from importlib import resources
from typing import Any

import jsonschema
import pytest

from retold.errors import FormatError
from retold.showing.export import json
from tests import stories


@pytest.fixture(scope="module")
def written() -> Any:
    return stdlib_json.loads(json.encode(stories.bridge()))


def test_a_report_comes_back_as_it_was() -> None:
    """decode(encode(x)) == x."""
    assert json.decode(json.encode(stories.bridge())) == stories.bridge()


def test_the_schema_that_ships_is_the_one_of_the_code() -> None:
    """`report.schema.json` is what `schema()` says; write it anew when the layout changes."""
    shipped = resources.files("retold.showing.export") / "report.schema.json"
    assert stdlib_json.loads(shipped.read_text(encoding="utf-8")) == json.schema()


@pytest.mark.parametrize("record", [stories.bridge(), stories.bridge_reading()])
def test_what_is_written_is_valid(record: Any) -> None:
    """Reports and readings keep to the schema."""
    jsonschema.Draft202012Validator(json.schema()).validate(stdlib_json.loads(json.encode(record)))


def test_offsets_give_the_characters(written: Any) -> None:
    """Offsets count code points of the text that the file itself holds."""
    texts = {a["id"]: a["text"] for a in written["articles"]}
    values = written["claims"][0]["differences"][0]["values"]
    assert [texts[v["article"]][v["start"] : v["end"]] for v in values] == [
        "12 million crowns",
        "14 million crowns",
        "14 million crowns",
    ]


def test_a_chain_runs_from_the_outermost_speaker_to_the_innermost(written: Any) -> None:
    """The mayor's words that the minister passed on name the minister first."""
    chains = [a["chain"] for a in written["attributions"] if a["parent"]]
    assert chains == [["s1", "s2"]]


def test_a_reading_holds_its_one_article() -> None:
    """`retold read --format json` writes the lists of one article."""
    written = stdlib_json.loads(json.encode(stories.bridge_reading()))
    assert (written["format"], [a["outlet"] for a in written["articles"]]) == (
        "retold-reading/1",
        ["Harbour Post"],
    )


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"format": "retold-report/9"}', '{"format": "retold-report/1"}']
)
def test_what_is_no_report_is_refused(text: str) -> None:
    """A file of another form is an error in the user's words."""
    with pytest.raises(FormatError):
        json.decode(text)


def test_a_report_with_a_span_that_cannot_be_is_refused(written: Any) -> None:
    """Records check themselves on the way in."""
    damaged = stdlib_json.loads(stdlib_json.dumps(written))
    damaged["passages"][0]["end"] = 0
    with pytest.raises(FormatError):
        json.decode(stdlib_json.dumps(damaged))


def test_a_reading_comes_back_without_its_vectors() -> None:
    """decode_reading(encode(x)) is x, but for the vectors, which no file holds."""
    held = stories.bridge_reading()
    assert json.decode_reading(json.encode(held)) == dataclasses.replace(held, vectors=b"")


def test_a_report_is_no_reading() -> None:
    """The file of the other kind is refused, and the message says what it should have been."""
    with pytest.raises(FormatError, match="retold-reading/1"):
        json.decode_reading(json.encode(stories.bridge()))
