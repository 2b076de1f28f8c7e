"""The measure of judged pairs on corpora of others."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from evaluation import pairs_elsewhere


@pytest.mark.parametrize(
    ("values", "alike", "expected"),
    [
        ([0.9, 0.8, 0.1], [True, True, False], 1.0),
        ([0.9, 0.8, 0.1], [False, True, False], 0.5),
        ([0.9, 0.8], [False, False], 0.0),
    ],
    ids=["all first", "second", "none"],
)
def test_average_precision(values: list[float], alike: list[bool], expected: float) -> None:
    """The mean of the precision at each positive."""
    assert pairs_elsewhere.average_precision(values, alike) == expected


DOCUMENT = """<Document>
<token t_id="1" sentence="0">The</token><token t_id="2" sentence="0">ferry</token>
<token t_id="3" sentence="0">sank</token>
<token t_id="4" sentence="1">Nobody</token><token t_id="5" sentence="1">drowned</token>
<Markables><ACTION_OCCURRENCE m_id="7"><token_anchor t_id="3"/></ACTION_OCCURRENCE></Markables>
<Relations><CROSS_DOC_COREF note="ACT1"><source m_id="7"/><target m_id="9"/></CROSS_DOC_COREF>
<CROSS_DOC_COREF note="LOC2"><source m_id="7"/></CROSS_DOC_COREF></Relations></Document>"""


def test_a_sentence_holds_the_happenings_that_are_known_across_articles() -> None:
    """Each sentence with its place in the text and the marks of its tokens."""
    text, found = pairs_elsewhere._sentences(ET.fromstring(DOCUMENT))  # noqa: S314
    assert [(text[slice(*span)], set(events)) for span, events in found] == [
        ("The ferry sank", {"ACT1"}),
        ("Nobody drowned", set()),
    ]
