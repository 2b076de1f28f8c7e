"""What is less surely a statement is shown as such."""

from __future__ import annotations

import dataclasses

from retold.showing import annotated, matrix, terminal, terminal_reading, view
from retold.types import Report
from tests import stories


def doubting(score: float) -> Report:
    """The report with one account's only spoken statement as sure as that."""
    report = stories.bridge()
    first = next(a for a in report.attributions if len(a.chain) == 1)
    held = (dataclasses.replace(a, score=score) if a is first else a for a in report.attributions)
    return dataclasses.replace(report, attributions=tuple(held))


def test_what_may_be_no_statement_is_only_faintly_marked() -> None:
    """Its source and cue are the text's, its words have a class of their own, and no one is named
    beside the paragraph."""
    for score, kinds in ((0.6, {"content", "source", "cue"}), (0.4, {"perhaps-said"})):
        report = doubting(score)
        (one,) = (a for a in report.attributions if a.score == score)
        article = next(a for a in report.articles if a.id == one.article_id)
        alone = dataclasses.replace(report, attributions=(one,), claims=())
        page = annotated.page(view.of(alone), article, ())
        held = " ".join(str(paragraph.words) for paragraph in page.paragraphs)
        assert {
            kind for kind in ("content", "source", "cue", "perhaps-said") if f'"{kind}"' in held
        } == kinds
        assert any(paragraph.chains for paragraph in page.paragraphs) is (score > 0.5)


def test_nobody_is_counted_as_having_said_it() -> None:
    """Neither in the table of speakers nor among who told it."""
    heard = [sum(one.total for one in matrix.speakers(view.of(doubting(s)))) for s in (0.6, 0.4)]
    assert heard[0] == heard[1] + 1
    speaker = next(a for a in doubting(0.4).attributions if a.score == 0.4).speaker_id
    name = next(s.name for s in stories.bridge().speakers if s.id == speaker)
    sure, unsure = (terminal.render(doubting(s)).rpartition("WHO TOLD IT")[2] for s in (0.6, 0.4))
    assert sure.count(name) == unsure.count(name) + 1


def test_a_reading_keeps_it_back_and_says_so() -> None:
    """Until everything is asked for."""
    reading = stories.bridge_reading()
    first, *others = reading.attributions
    held = (dataclasses.replace(first, score=0.4), *others)
    reading = dataclasses.replace(reading, attributions=held)
    words = terminal_reading.render(reading), terminal_reading.render(reading, all=True)
    assert ["score 0.40" in shown for shown in words] == [False, True]
    assert ["… 1 less sure (--all)" in shown for shown in words] == [True, False]
