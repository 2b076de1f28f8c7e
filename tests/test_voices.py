"""Whose a statement is, as a reader is told it, and when it says “perhaps”."""

from __future__ import annotations

import dataclasses

import pytest

from retold.showing import citation, html, terminal, terminal_reading, view, voices
from retold.types import Attribution, Report
from tests import stories


@pytest.mark.parametrize(
    ("score", "name", "source", "expected"),
    [
        (0.7, "Orsolya Tarn", "she", True),
        (0.7, "Orsolya Tarn", "the mayor", True),
        (0.7, "Orsolya Tarn", "", True),
        (0.8, "Orsolya Tarn", "she", False),
        (0.6, "Tarn", "Mayor Tarn", False),
        (0.6, "two officials", "Two officials", False),
    ],
)
def test_a_speaker_is_doubtful(score: float, name: str, source: str, expected: bool) -> None:
    """Who is not sure to be meant is doubtful, but not where the source's own words name him."""
    assert voices.is_doubtful(score, name=name, source=source) is expected


def doubted() -> tuple[Report, Attribution]:
    """The bridge story, in which a statement that “she” makes is perhaps the mayor's."""
    report = stories.bridge()
    held = next(
        a for a in report.attributions if view.name(view.of(report), a.speaker_id) == "Orsolya Tarn"
    )
    one = dataclasses.replace(held, source=(), speaker_score=0.6)
    attributions = tuple(one if a is held else a for a in report.attributions)
    return dataclasses.replace(report, attributions=attributions), one


def test_perhaps_stands_before_a_doubtful_speaker_alone() -> None:
    """The chain before him stays as it is, and so does who is sure."""
    report, one = doubted()
    seen = view.of(report)
    assert voices.chain(seen, one.article_id, one)[-1] == "perhaps Orsolya Tarn"
    for other in (a for a in report.attributions if a is not one):
        assert voices.chain(seen, other.article_id, other) == view.chain(
            seen, other.article_id, other
        )


def test_every_view_says_perhaps() -> None:
    """The terminal, the page and a citation say it; data keep the plain name and its score."""
    report, one = doubted()
    cited = citation.Cited(one.article_id, one.content, one)
    assert "perhaps Orsolya Tarn" in terminal.render(report, all=True)
    assert 'perhaps</span> <a href="#h-' in html.render(report)
    assert "perhaps Orsolya Tarn" in citation.of(view.of(report), [cited])
    reading = stories.bridge_reading()
    said = tuple(
        dataclasses.replace(a, source=(), speaker_score=0.6) if a.speaker_id == "s2" else a
        for a in reading.attributions
    )
    shown = terminal_reading.render(dataclasses.replace(reading, attributions=said))
    assert "perhaps Orsolya Tarn" in shown
