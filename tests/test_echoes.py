"""What stands in no claim and may be told by others all the same. All accounts are invented."""

from __future__ import annotations

import dataclasses

import numpy as np

from retold import spans
from retold.comparing import alignment, echoes, facts
from retold.comparing.alignment import Judged
from retold.showing import annotated, html, terminal, view
from retold.types import Claim, Echo, Reading
from tests import readings, stories


def judged(held: tuple[Reading, ...], scores: dict[tuple[int, int], float]) -> Judged:
    """The passages of the story with these judgements of pairs, by their rows."""
    plain = alignment.judge(held, [facts.of(reading) for reading in held])
    pairs = np.array(sorted(scores), np.int32).reshape(-1, 2)
    return dataclasses.replace(
        plain,
        left=pairs[:, 0],
        right=pairs[:, 1],
        keys=pairs[:, 0].astype(np.int64) * len(plain.units) + pairs[:, 1],
        scores=np.array([scores[a, b] for a, b in sorted(scores)], np.float32),
    )


def test_what_is_likened_to_another_account_may_be_told_there() -> None:
    """Both sides, from a likeness far below that of a claim; not what is likened to nothing."""
    held = readings.fire()
    first = len(held[0].passages)
    near, far = (1, first + 2), (3, first + 4)
    found = echoes.find(judged(held, {near: 0.2, far: 0.1}), (), (), held)
    units = [passage for reading in held for passage in reading.passages]
    expected = [
        (units[row].article_id, units[row].span, (units[other].article_id,))
        for row, other in (near, near[::-1])
    ]
    assert [(one.article_id, one.span, one.article_ids) for one in found] == expected


def test_what_a_claim_holds_is_no_echo() -> None:
    """All of it, that is: of a sentence one half may be told surely and the other perhaps."""
    held = readings.fire()
    row, other = 1, len(held[0].passages) + 2
    units = [passage for reading in held for passage in reading.passages]
    claim = Claim(
        id="c1",
        passages=(units[row],),
        tellings=(),
        silent=(),
        differences=(),
        variants=(),
        score=0.9,
    )
    (found,) = echoes.find(judged(held, {(row, other): 0.2}), (claim,), (), held)
    assert found.article_id == units[other].article_id


def test_no_two_share_a_character() -> None:
    """What nests is one, with all the others that may tell any of it."""
    held = (*readings.fire(), readings.dated("A fire closed the ferry terminal.", "Gazette"))
    found = echoes.find(
        alignment.judge(held, [facts.of(reading) for reading in held]), (), (), held
    )
    assert found
    assert not any(
        one.article_id == other.article_id and spans.overlaps(one.span, other.span)
        for one in found
        for other in found
        if one is not other
    )
    assert all(one.article_id not in one.article_ids for one in found)


def test_it_is_shown_as_less_sure() -> None:
    """Beside the article with a sign of its own, in the terminal only when asked."""
    report = stories.bridge()
    lone = view.of(report).lone
    post, other, *_ = sorted(report.articles, key=lambda article: -len(lone[article.id]))
    (sole, *_) = lone[post.id]
    echo = Echo(article_id=post.id, span=sole.span, article_ids=(other.id,))
    report = dataclasses.replace(report, echoes=(echo,))
    page = annotated.page(view.of(report), post, ())
    notes = {note.kind.value: note.own for part in page.paragraphs for note in part.notes}
    assert notes["may be only here"] == (sole,)
    shown = html.render(report).partition('class="note may-be-only-here"')[2].partition("<pre")[0]
    assert f"{other.outlet} may tell it too" in shown
    words = " ".join(spans.cut(post.text, sole.span).split()[:3])

    def sole_part(shown: str) -> str:
        return shown.partition("TOLD BY ONE ONLY")[2].partition("WHO TOLD IT")[0]

    assert words not in sole_part(terminal.render(report))
    assert words in sole_part(terminal.render(report, all=True))
