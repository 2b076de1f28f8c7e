"""What several accounts tell: each point once, its words well chosen, the news itself first."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from retold import spans
from retold.showing import foremost, html, matrix, segments, shared, terminal, view
from retold.showing.view import View
from retold.types import Passage, Span
from tests import stories
from tests.points import CALM, SANK, SHUT, story


def words(seen: View, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The words of passages."""
    return tuple(spans.cut(seen.articles[p.article_id].text, p.span) for p in passages)


def test_what_stands_in_the_same_sentences_is_shown_with_what_is_surest() -> None:
    """Two sentences that tell two things alike are one point, and none of both is lost."""
    seen = view.of(story(SANK, CALM, SHUT))
    found = shared.of(seen)
    assert [[c.id for c in one.claims] for one in found] == [["c2", "c0"], ["c1"]]
    assert [c.id for c in shared.claims(seen)] == ["c2", "c1", "c0"]


def test_the_sentence_that_tells_both_is_read() -> None:
    """The row of a clause shows the short sentence that is a claim with the others too, and the
    terminal does not show it again."""
    sentences = (
        "The quay is shut, and two boats sank there on Monday.",
        "Two boats sank at the quay on Monday, so the quay is shut.",
    )
    report = story(SHUT, (sentences, 0.7))
    seen = view.of(report)
    (one,) = shared.of(seen)
    assert (one.claim.id, words(seen, one.told)) == ("c0", sentences)
    assert "in the same sentences" not in terminal.render(report, all=True)


def test_one_sentence_in_common_is_another_point() -> None:
    """What an account tells of a sentence, another may tell elsewhere of its rest."""
    other = (("two boats sank there on Monday", "It was a calm night in Varn."), 0.6)
    assert len(shared.of(view.of(story(SHUT, other)))) == 2


def test_of_several_passages_that_is_read_that_says_what_others_say() -> None:
    """Not the longest, nor the one with most names."""
    hurt = "No one was hurt, the harbour master said in a short statement."
    long = "The mayor will speak on Friday in the town hall of Varn."
    seen = view.of(story((("Nobody was hurt.", long, hurt), 0.9)))
    (one,) = shared.of(seen)
    assert words(seen, one.told) == ("Nobody was hurt.", hurt)


def test_what_may_tell_something_else_is_no_row() -> None:
    """But where fewer than two would be left."""
    held = (("The quay is shut", "the quay is shut", "Two boats sank at the quay"), 0.9)
    report = story(held)
    (claim,) = report.claims
    *same, other = claim.passages
    for doubtful, expected in (((other.id,), same), ((same[0].id, other.id), [*same, other])):
        doubted = dataclasses.replace(
            claim,
            doubtful=doubtful,
            tellings=tuple((p.article_id,) for p in claim.passages),
        )
        seen = view.of(dataclasses.replace(report, claims=(doubted,)))
        assert {p.id for p in shared.told(seen, doubted)} <= {p.id for p in expected}


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("The quay is shut", (False, True)),
        ("two boats sank there on Monday", (True, False)),
        ("two boats sank there", (True, True)),
        ("Anna Holt called it a calm night.", (False, False)),
        ("The quay at Varn", (False, False)),
    ],
)
def test_it_is_shown_where_a_sentence_goes_on(part: str, expected: tuple[bool, bool]) -> None:
    """Before a small letter and behind a word, not at the end of a sentence or of a line."""
    report = story()
    article = report.articles[0]
    span = stories.find(article, part)
    whole = segments.whole_of(article.text, span)
    assert (whole.start < span.start, whole.end > span.end) == expected


@pytest.mark.parametrize("end", [".", ",” said Holt.", '," Holt said.', "?”"])
def test_what_ends_with_what_is_quoted_does_not_go_on(end: str) -> None:
    """A mark of the end right behind it, or behind a comma, ends it."""
    text = f"“The quay is shut{end} More."
    span = Span(0, text.index("shut") + 4)
    assert segments.whole_of(text, span) == span


def test_words_that_were_read_before_come_last() -> None:
    """Of what as many tell that is first which repeats no account's words."""
    again = (("Anna Holt called it a calm night.", "so the quay is shut"), 0.95)
    fresh = (("Nobody was hurt.", "The mayor is silent."), 0.9)
    seen = view.of(story(SHUT, again, fresh))
    assert [one.claim.id for one in foremost.agreed(seen)] == ["c0", "c2", "c1"]


@pytest.mark.parametrize(("tellings", "expected"), [(3, ["c0", "c1"]), (2, ["c1", "c0"])])
def test_the_news_itself_comes_first(tellings: int, expected: list[str]) -> None:
    """What many tell at the head of their accounts, though it is less sure than what is told far
    below; of what two tell the surer is first."""
    far_below = (CALM[0], 0.9)
    report = story((("The quay is shut", "Two boats sank at the quay"), 0.6), far_below)
    first, second = report.claims
    first = dataclasses.replace(first, tellings=(*first.tellings, ("another",))[:tellings])
    seen = view.of(dataclasses.replace(report, claims=(first, second)))
    assert [one.claim.id for one in foremost.agreed(seen)] == expected


def test_the_less_sure_are_folded_behind_the_table() -> None:
    """The rows to read are those that are rather one thing; what stands in the same sentences
    opens below its row and keeps its place."""
    doubtful = (("Nobody was hurt.", "The mayor is silent."), 0.3)
    page = html.render(story(SHUT, SANK, doubtful))
    table, _, rest = page[page.index('<section id="claims"') :].partition('class="unsure"')
    assert ('<tr id="claim-c0"' in table, '<li id="claim-c1"' in table) == (True, True)
    assert ('<tr id="claim-c2"' in table, '<tr id="claim-c2"' in rest) == (False, True)
    assert "1 more in these sentences" in table
    assert "1 less sure one" in rest


def test_the_terminal_names_what_it_folds() -> None:
    """What stands in the same sentences is counted, and shown with `--all`."""
    report = story(SHUT, SANK)
    few, whole = terminal.render(report), terminal.render(report, all=True)
    assert "… 1 more in these sentences (--all)" in few
    assert "Two boats sank at" not in few
    assert "in the same sentences\n    Varn Post           …two boats sank" in whole


def test_the_words_of_a_row_are_a_whole_sentence() -> None:
    """Where one of the accounts has one, whichever comes first."""
    report = story((("two boats sank there on Monday", "It was a calm night in Varn."), 0.9))
    seen = view.of(report)
    best = matrix.best(seen, shared.told(seen, report.claims[0]))
    assert words(seen, [best]) == ("It was a calm night in Varn.",)


def test_parts_of_sentences_come_last_of_what_one_tells() -> None:
    """A whole sentence says more than a part that begins in the middle."""
    report = story()
    article = report.articles[0]
    parts = ["and two boats sank there on Monday in", "Nobody was hurt in Varn that calm night."]
    text = f"Varn\n\nThe quay is shut, {parts[0]} Varn. {parts[1]}"
    article = stories.article(text, outlet="Varn Post", published=None)
    told = stories.passages(article, parts, {})
    seen = view.of(dataclasses.replace(report, articles=(article,), passages=told))
    assert words(seen, foremost.Actors(seen).passages(told)) == (parts[1], parts[0])
