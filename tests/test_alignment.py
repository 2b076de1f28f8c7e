"""What two accounts or more tell. All are invented; no model is loaded but the pair scorer."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold import spans
from retold.comparing import (
    alignment,
    candidates,
    facts,
    grouping,
    likeness,
    report,
    trees,
    units,
)
from retold.comparing.alignment import Told
from retold.types import Reading
from tests import readings


def align(held: Sequence[Reading]) -> tuple[Told, ...]:
    return alignment.align(alignment.judge(held, [facts.of(reading) for reading in held]))


def words(told: Told, held: Sequence[Reading]) -> list[str]:
    text = {r.article.id: r.article.text for r in held}
    return [spans.cut(text[p.article_id], p.span) for p in told.passages]


def test_the_same_thing_told_twice() -> None:
    """Sentences that tell one thing with two numbers, years and times are found to be one."""
    held = readings.fire()
    told = [" ".join(words(t, held)) for t in align(held)]
    assert any("14 passengers" in t and "Seventeen passengers" in t for t in told)
    assert any("1994" in t and "1996" in t for t in told)
    assert any("within a week" in t and "within a month" in t for t in told)


def test_what_two_accounts_tell_is_less_sure_than_what_three_do() -> None:
    """The same mean of pairs is worth more where a third account tells it too; never quite sure."""
    third = readings.dated("Nobody came.", "Gazette")
    held = [reading.passages[0] for reading in (*readings.fire(), third)]
    two, three = (Told(passages=tuple(held[:count]), score=0.6) for count in (2, 3))
    assert alignment.sureness(two) < 0.6 < alignment.sureness(three)
    scores = [alignment.sureness(Told(passages=two.passages, score=n / 10)) for n in range(11)]
    assert scores == sorted(scores)
    assert 0 < scores[0] < scores[-1] < 1


def test_what_is_surely_like_no_other_passage_is_doubtful() -> None:
    """Of three accounts one may tell something else; of two both tell it or neither."""
    third = readings.dated("A fire closed the ferry terminal.", "Gazette")
    held = (*readings.fire(), third)
    judged = alignment.judge(held, [facts.of(reading) for reading in held])
    rows = [int(np.flatnonzero(judged.units.article == n)[1]) for n in range(3)]
    scored = ((rows[0], rows[1], 0.9), (rows[0], rows[2], 0.5), (rows[1], rows[2], 0.6))
    for count, expected in ((3, {judged.units.passages[rows[2]].id}), (2, set())):
        pairs = [pair for pair in scored if max(pair[:2]) in rows[:count]]
        left, right, scores = (np.array(column) for column in zip(*pairs, strict=True))
        given = dataclasses.replace(judged, left=left, right=right, scores=scores)
        kept = np.ones(len(pairs), bool)
        assert alignment._doubtful(given, rows[:count], kept) == expected


def test_nothing_in_common() -> None:
    """What one account alone tells is in nothing that is told in common."""
    held = readings.fire()
    told = " ".join(" ".join(words(t, held)) for t in align(held))
    assert "Insurers" not in told
    assert "Lindhaven" not in told


def test_a_passage_once() -> None:
    """No passage is told twice, and no claim holds two passages of an article that share words."""
    held = readings.fire()
    told = align(held)
    ids = [p.id for t in told for p in t.passages]
    assert len(ids) == len(set(ids))
    for t in told:
        for at, one in enumerate(t.passages):
            for other in t.passages[at + 1 :]:
                same = one.article_id == other.article_id
                assert not (same and spans.overlaps(one.span, other.span))


def test_one_article() -> None:
    """One account has nothing in common with others."""
    assert align(readings.fire()[:1]) == ()


def test_no_word_at_all() -> None:
    """Accounts without a word that carries meaning tell nothing in common, and break nothing."""
    held = [readings.read(text, outlet=text) for text in ("x\n\nx", "y\n\n*")]
    assert report.compile(held).claims == ()


def test_silent_when_long_enough() -> None:
    """An account is silent on what it had the room to tell, and not when it is too short."""
    courier, herald = readings.fire()
    note = readings.read("Ferries\n\nThe Ostrel terminal burned.", outlet="Note")
    long = "\n\n".join(
        f"On day {n} the council of Varn spoke of wheat and of rain." for n in range(9)
    )
    other = readings.read(f"Council\n\n{long}", outlet="Gazette")
    held = (courier, herald, note, other)
    fire = next(t for t in align((courier, herald)) if "14" in " ".join(words(t, held)))
    assert alignment.silent(held, fire) == (other.article.id,)


def test_not_silent_when_in_doubt() -> None:
    """Nobody is called silent who may tell it, nor on what is hardly told by several."""
    held = [
        readings.read(f"Title {n}\n\n" + "The boat was old. " * 20, outlet=str(n)) for n in range(3)
    ]
    passages = (held[0].passages[-1], held[1].passages[-1])
    last = held[2].article.id
    told = [
        Told(passages=passages, score=0.9),
        Told(passages=passages, score=0.9, may_tell=frozenset((last,))),
        Told(passages=passages, score=0.3),
    ]
    assert [alignment.silent(held, one) for one in told] == [(last,), (), ()]


def story(rows: int) -> units.Units:
    """Sentences of articles of two sentences each, of which nothing but the places matters."""
    held = [
        readings.read(f"Title {n} here\n\nThe boat number {n} sank there.")
        for n in range(rows // 2)
    ]
    return units.gather(held, [facts.of(r) for r in held])


def grouped(held: units.Units, scores: dict[tuple[int, int], float]) -> set[tuple[int, ...]]:
    pairs = np.array(sorted(scores), np.int32).reshape(-1, 2)
    judged = np.array([scores[a, b] for a, b in sorted(scores)], np.float32)
    return set(grouping.group(held, pairs[:, 0], pairs[:, 1], judged, least=0.3))


def test_no_chaining() -> None:
    """One link, sure as it is, does not make one of two groups that have nothing else in common."""
    held = story(16)
    scores = {(0, 2): 0.9, (4, 6): 0.9, (2, 4): 0.5}
    assert grouped(held, scores) == {(0, 2), (4, 6)}


def test_joined_when_all_agree() -> None:
    """Three passages that all go together are one group."""
    held = story(16)
    assert grouped(held, {(0, 2): 0.9, (2, 4): 0.8, (0, 4): 0.4}) == {(0, 2, 4)}


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 15), st.integers(0, 15)), st.floats(0, 1)))
def test_groups_are_apart(drawn: dict[tuple[int, int], float]) -> None:
    """Whatever the judgements: a row is in one group at most, each group over several articles."""
    held = story(16)
    scores = {
        (min(a, b), max(a, b)): p
        for (a, b), p in drawn.items()
        if held.article[a] != held.article[b]
    }
    found = grouped(held, scores)
    rows = [row for group in found for row in group]
    assert len(rows) == len(set(rows))
    assert all(len({int(held.article[row]) for row in group}) > 1 for group in found)


def test_candidates_of_different_articles() -> None:
    """Every pair worth a look is of two articles, the lower row first, and comes once."""
    held = readings.fire()
    found = units.gather(held, [facts.of(r) for r in held])
    left, right = candidates.find(found)
    assert (left < right).all()
    assert (found.article[left] != found.article[right]).all()
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    assert pairs == sorted(set(pairs))


def test_landmarks_find_what_all_pairs_find(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked up through landmarks, the nearest passage of another article is still found."""
    held = readings.fire()
    found = units.gather(held, [facts.of(r) for r in held])
    everything = set(zip(*(side.tolist() for side in candidates.find(found)), strict=True))
    monkeypatch.setattr(candidates, "SMALL_STORY", 0)
    through = set(zip(*(side.tolist() for side in candidates.find(found)), strict=True))
    assert len(through & everything) > 0.5 * len(everything)


def test_measurements_have_names() -> None:
    """A measured pair has a column for each name, and the scorer was trained on just these."""
    held = readings.fire()
    found = units.gather(held, [facts.of(r) for r in held])
    left, right = candidates.find(found)
    rows = likeness.measure(found, left, right)
    assert rows.shape == (len(left), len(likeness.NAMES))
    assert np.isfinite(rows).all()
    assert trees.load(alignment.SCORER).feature.max() < len(likeness.NAMES)


def test_a_pair_alone_is_measured_as_among_others() -> None:
    """What is measured of the words of a pair does not hang on which others are measured."""
    held = readings.fire()
    found = units.gather(held, [facts.of(r) for r in held])
    left, right = candidates.find(found)
    together = likeness.measure(found, left, right)
    alone = likeness.measure(found, left[:1], right[:1])
    own = len(likeness.PAIR_NAMES)
    assert np.allclose(together[0, :own], alone[0, :own], atol=1e-4)


def test_who_speaks_and_when_is_no_claim() -> None:
    """Passages that only name a source are told in common by nobody, titles apart."""
    held = [
        readings.dated(
            "{s1 Mayor Ann Ode of Brigg} {c1 said} on Monday, {q1 “and that is that.”}", "A"
        ),
        readings.dated("{q1 “Rain came to Varn,”} {c1 said} {s1 Mayor Ann Ode} on Monday.", "B"),
    ]
    found = units.gather(held, [facts.of(r) for r in held])
    text = {r.article.id: r.article.text for r in held}
    forms = [spans.cut(text[p.article_id], p.span) for p in found.passages]
    one, other = (n for n, form in enumerate(forms) if "Mayor" in form and "“" not in form)
    titles = (n for n, form in enumerate(forms) if form == "News")
    scores = {(one, other): 0.9, tuple(titles): 0.9}
    assert grouped(found, scores) == {tuple(n for n, form in enumerate(forms) if form == "News")}


def test_a_tail_takes_no_quotation_away() -> None:
    """Sentences that tell the same stay a group where a third account shares their end alone."""
    said = "{q1 “Each street has paid for the wall twice,”} {s1 Ann Ode} {c1 told} the court"
    held = [
        readings.read(f"Title {n} here\n\n{text}")
        for n, text in enumerate(
            (
                f"{said}, and then she wept.",
                f"{said}, and then she wept.",
                "Then she wept in Brigg.",
            )
        )
    ]
    found = units.gather(held, [facts.of(r) for r in held])
    text = {r.article.id: r.article.text for r in held}
    forms = [spans.cut(text[p.article_id], p.span) for p in found.passages]
    wholes = [n for n, form in enumerate(forms) if form.startswith("“Each") and "wept" in form]
    ends = [
        n
        for n, form in enumerate(forms)
        if form in ("and then she wept.", "Then she wept in Brigg.")
    ]
    a, b, c = ends
    scores = {(wholes[0], wholes[1]): 0.9, (a, b): 0.8, (a, c): 0.8, (b, c): 0.8}
    assert grouped(found, scores) == {tuple(wholes), (a, b, c)}
