"""What the sides of a difference have in common, and what is the own of each."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from retold import spans
from retold.showing import annotated, common, html, terminal, view
from retold.types import Claim, Difference, DifferenceKind, Facet, Report, Span, Telling, Value
from tests import stories


def parted(*bracketed: str, sure: int | None = None) -> Report:
    """A report with one difference between the bracketed words of articles of one line; only the
    first `sure` sides surely belong."""
    values, articles = [], []
    for n, line in enumerate(bracketed):
        start, end = line.index("["), line.index("]") - 1
        plain = f"News\n\n{line.replace('[', '').replace(']', '')}"
        article = stories.article(plain, outlet=f"Post {n}", published=dt.date(2031, 5, 1 + n))
        span = Span(start + 6, end + 6)
        score = 1.0 if sure is None or n < sure else 0.1
        values.append(
            Value(
                article_id=article.id, span=span, value=spans.cut(plain, span).lower(), score=score
            )
        )
        articles.append(article)
    passages = tuple(
        passage for a in articles for passage in stories.passages(a, [a.text.split("\n")[-1]], {})
    )
    difference = Difference(
        facet=Facet.WORDING, kind=DifferenceKind.VARIATION, values=tuple(values), score=0.8
    )
    claim = Claim(
        id="c1",
        passages=passages,
        tellings=tuple((a.id,) for a in articles),
        silent=(),
        differences=(difference,),
        variants=(),
        score=0.9,
    )
    return Report(
        articles=tuple(articles),
        speakers=(),
        attributions=(),
        passages=passages,
        claims=(claim,),
        timeline=(),
        wording=(),
        tellings=tuple(
            Telling(id=f"t{n}", article_ids=(a.id,), why="") for n, a in enumerate(articles)
        ),
        notes=(),
    )


def told(report: Report) -> list[str]:
    """The words of each side, what is common in braces."""
    seen = view.of(report)
    (at,) = view.differences(seen)
    out = []
    for value, faint in common.words(seen, at.difference).items():
        text = seen.articles[value.article_id].text
        cuts = {at for span in faint for at in (span.start, span.end)} | {
            value.span.start,
            value.span.end,
        }
        edges = sorted(cuts)
        pieces = [Span(a, b) for a, b in itertools.pairwise(edges)]
        out.append(
            "".join(
                f"{{{spans.cut(text, p)}}}" if p in faint else spans.cut(text, p) for p in pieces
            )
        )
    return out


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["His going [was unrelated to the fire]", "It [was not related to the fire]"],
            ["{was }unrelated{ to the fire}", "{was }not related{ to the fire}"],
            id="words",
        ),
        pytest.param(
            ["They [met in secret on Friday] there.", "They [met on Friday] there."],
            ["{met in }secret{ on Friday}", "{met on Friday}"],
            id="one side has nothing of its own",
        ),
        pytest.param(
            ["She [sang and wept] there.", "She [wept and sang] there."],
            ["sang and wept", "wept and sang"],
            id="none has",
        ),
        pytest.param(
            ["It cost [$2.3 million].", "It cost [$2.6 million].", "So it cost [$2.6 million]."],
            ["$2.3 million", "$2.6 million", "$2.6 million"],
            id="a figure is one word",
        ),
        pytest.param(
            ["It cost [near the end $140 million].", "In the end it cost near [$138 million]."],
            ["{near the end }$140 million", "$138 million"],
            id="with its sign",
        ),
        pytest.param(
            ["The [harbour burned], then the mill.", "The mill [burned], then the quay."],
            ["harbour{ burned}", "{burned}"],
            id="the sentence counts",
        ),
    ],
)
def test_what_is_own_is_told_from_what_is_common(lines: list[str], expected: list[str]) -> None:
    """Common is what stands in the sentences of all other sides."""
    assert told(parted(*lines)) == expected


def test_a_side_that_may_not_belong_is_no_measure() -> None:
    """Of what perhaps tells of something else nothing is missed."""
    report = parted(
        "Ode [spoke in the harbour].", "Ode [spoke in the tower].", "Falk [slept].", sure=2
    )
    assert told(report)[:2] == ["{spoke in the }harbour", "{spoke in the }tower"]


def test_own_words_alone_are_underlined() -> None:
    """Page and article have the whole stretch as a mark, and what is common in it faint."""
    report = parted("It [was unrelated to the fire].", "It [was not related to the fire].")
    page = html.render(report)
    assert '<mark class="value common">was </mark><mark class="value">unrelated</mark>' in page
    seen = view.of(report)
    found = [(at, common.words(seen, at.difference)) for at in view.differences(seen)]
    words = annotated.page(seen, report.articles[0], found).paragraphs[-1].words
    assert 'class="value common"' in words


def test_a_terminal_has_own_words_bold() -> None:
    """Signs stand around the whole stretch, whatever is bold in it."""
    report = parted("It [was unrelated to the fire].", "It [was not related to the fire].")
    assert "‹was unrelated to the fire›" in terminal.render(report)
    assert "\x1b[1m‹\x1b[0mwas \x1b[1munrelated\x1b[0m" in terminal.render(report, colour=True)
