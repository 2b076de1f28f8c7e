"""Who reports a sentence, beside whoever speaks in it. Texts are invented."""

from __future__ import annotations

import pytest

from tests.test_chains import chains_of


@pytest.mark.parametrize(
    "text",
    [
        "{q1 “It sank,”} {s1 Edda Holt} {c1 said}, per the Coastal Herald.",
        "{q1 “It sank,”} {s1 Edda Holt} {c1 said} at noon, per the Coastal Herald.",
        "{s1 Edda Holt} spoke, {c1 adding}, {q1 “It sank,”} the Coastal Herald reported.",
        "{q1 “It sank,”} {s1 Edda Holt} {c1 was quoted} by the Coastal Herald as saying.",
        "{q1 “It sank,”} {s1 Edda Holt} {c1 was quoted} by Coastal Herald news agency as saying.",
        "{q1 “It sank,”} {s1 Edda Holt} {c1 was quoted as saying} by the Coastal Herald.",
        "{q1 “It sank,”} Edda Holt {c1 was quoted} by {s1 the Coastal Herald} as saying.",
    ],
)
def test_whoever_reports_stands_above(text: str) -> None:
    """ "Per the Herald", "the Herald reported" and "was quoted by the Herald" say who reports."""
    assert chains_of(text) == [["Coastal Herald", "Edda Holt"]]


@pytest.mark.parametrize(
    "text",
    [
        "{s1 Edda Holt} {c1 said} {q1 it cost a crown per Norwegian}.",
        "{s1 Edda Holt} {c1 was quoted} by a Herald reader as saying {q1 no}.",
    ],
)
def test_what_is_no_report_is_no_link(text: str) -> None:
    """A price per head and a body’s man are not an outlet that reports."""
    assert chains_of(text) == [["Edda Holt"]]


def test_what_a_report_rests_on_may_stand_first() -> None:
    """ "Citing a clerk, the Post reported": the clerk speaks through the Post."""
    text = "It sank. Citing a port clerk, {s1 the Washington Post} {c1 reported} {q1 that it sank}."
    assert chains_of(text) == [["Washington Post", "port clerk"]]
