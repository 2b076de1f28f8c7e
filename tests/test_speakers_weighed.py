"""Whom descriptions mean: all who are named are weighed, beside nobody."""

from __future__ import annotations

import re

import numpy as np
import pytest

from retold import marked
from retold.reading import (
    asked,
    descriptions,
    evidence,
    likeness,
    makers,
    meant,
    profiles,
    roster,
)
from retold.reading import stage as stages
from retold.reading.encoder import States
from retold.reading.sources import Form
from retold.reading.tokens import Tokens
from retold.reading.told import Rule
from retold.types import Article, Section, SectionKind, Span
from training import meant as trained


def _article(text: str) -> Article:
    body = Section(kind=SectionKind.BODY, span=Span(0, len(text)))
    return Article(id="a", text=text, sections=(body,))


def _stage(text: str) -> stages.Stage:
    plain, triples = marked.parse(text)
    return stages.open_stage(_article(plain), triples, ())


def _held(text: str) -> tuple[list[str], list[dict[str, float]]]:
    """The candidates for the last source of `text`, and what speaks for each, nobody last."""
    stage = _stage(text)
    index = len(stage.triples) - 1
    question = asked.of(stage, index, stage.forms[index])
    held = meant.candidates(stage, question)
    rows = evidence.table(stage, question, held, None)
    return [c.name for c in held], [dict(zip(evidence.FEATURES, row, strict=True)) for row in rows]


def test_there_is_a_weight_for_all_that_is_weighed() -> None:
    """Of each form of description; none of them is of something else."""
    for form in meant.FORMS:
        for has_states in (True, False):
            held = meant.weights(form, has_states=has_states)
            assert len(held) == len(evidence.FEATURES)


def test_each_candidate_has_a_row_and_nobody_the_last() -> None:
    """With a number for each feature; only nobody has those of nobody."""
    names, rows = _held(
        "Anna Holt runs Open Harbour. The Tide Party met. {s1 The charity} {c1 said} {q1 so}."
    )
    assert len(rows) == len(names) + 1
    assert [row["nobody"] for row in rows] == [0.0] * len(names) + [1.0]


def test_the_odds_are_shares() -> None:
    """Of candidates and nobody together, for any numbers."""
    rows = [[float(n == m) for n in range(len(evidence.FEATURES))] for m in range(4)]
    for form in meant.FORMS:
        assert sum(meant.odds(form, rows, has_states=True)) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{s1 Anna Holt’s lawyer} {c1 said} {q1 so}.", []),
        ("Anna Holt met Karl Weiss. {s1 The officials} {c1 said} {q1 so}.", []),
        ("Anna Holt spoke. {s1 The poll} {c1 found} {q1 so}.", []),
        ("Anna Holt spoke. {s1 The letter} {c1 said} {q1 so}.", []),
        ("Anna Holt sent a letter. {s1 The letter} {c1 said} {q1 so}.", []),
        ("Anna Holt’s letter came. {s1 The letter} {c1 said} {q1 so}.", ["Anna Holt"]),
        ("Anna Holt saw it. {s1 A letter seen by Karl Weiss} {c1 said} {q1 so}.", []),
        ("A letter to Anna Holt came. {s1 The letter} {c1 said} {q1 so}.", []),
        ("Mayor Anna Holt left. {s1 A senator} {c1 said} {q1 so}.", []),
        ("Anna Holt left. {s1 A lawyer} {c1 said} {q1 so}.", []),
        ("Anna Holt, a lawyer, left. {s1 A lawyer} {c1 said} {q1 so}.", []),
        ("Anna Holt, a lawyer, left. {s1 The lawyer} {c1 said} {q1 so}.", ["Anna Holt"]),
        ("Anna Holt, a lawyer, left. {s1 The other lawyer} {c1 said} {q1 so}.", []),
        ("Anna Holt, a lawyer, left. {s1 The second lawyer} {c1 said} {q1 so}.", []),
        ("Minister Anna Holt left. {s1 The then-minister} {c1 said} {q1 so}.", []),
        ("President Anna Holt left. {s1 The Mexican president} {c1 said} {q1 so}.", []),
        ("Anna Holt left. {s1 The source} {c1 said} {q1 so}.", []),
        ("Anna Holt left. {s1 The clerk} {c1 said} {q1 so}.", []),
        ("Anna Holt left. {s1 The rapper} {c1 said} {q1 so}.", ["Anna Holt"]),
        ("The Harbour Union met. {s1 The unions} {c1 said} {q1 so}.", []),
        ("The Harbour Board met. {s1 Its board} {c1 said} {q1 so}.", []),
        ("The Harbour Board met. {s1 The Westmere board} {c1 said} {q1 so}.", []),
    ],
)
def test_only_those_who_may_be_meant_are_weighed(text: str, expected: list[str]) -> None:
    """Nobody whom the words name, to whom the paper is, or who is called something else; no person
    for a group, nor for a paper that nothing says he made."""
    assert _held(text)[0] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("the union", True),
        ("another union", False),
        ("some officials", False),
        ("a panel of judges", False),
        ("a letter of the union", True),
        ("Anna Holt", False),
        ("she", False),
    ],
)
def test_what_says_that_it_is_another_is_not_weighed(source: str, expected: bool) -> None:
    """Nor what tells itself which one it is, nor what is no description."""
    stage = _stage(f"Anna Holt came. {{s1 {source}}} {{c1 said}} {{q1 so}}.")
    assert meant.is_weighed(stage.text, stage.forms[0]) is expected


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("A Herald report came.", "beside"),
        ("The Herald’s new report came.", "owned"),
        ("The Herald printed a report.", "made"),
        ("A report by the Herald came.", "by"),
        ("A report to the Herald came.", "to"),
    ],
)
def test_a_text_says_in_many_ways_who_made_a_paper(text: str, way: str) -> None:
    """Where the paper was named before."""
    stage = _stage(f"{text} {{s1 The report}} {{c1 said}} {{q1 it was late}}.")
    found = makers.of(stage, stage.forms[0])
    named = {
        key for key, held in found.items() for i in held if "Herald" in stage.characters[i].name
    }
    assert named == {way}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Holt told the Guardian so. {s1 The newspaper} {c1 said} {q1 it was late}.", Rule.OUTLET),
        ("Holt told the Guardian so. {s1 The agency} {c1 said} {q1 it was late}.", None),
    ],
)
def test_the_newspaper_is_the_one_named_last(text: str, expected: Rule | None) -> None:
    """Whatever the weights say of the noun; no newspaper is an agency."""
    stage = _stage(text)
    found = descriptions.by_rules(stage, 0, stage.forms[0])
    assert (found and found.rule) == expected
    assert Rule.OUTLET in meant.OUTRIGHT


def test_no_paper_has_no_maker() -> None:
    """A person is nobody's work."""
    stage = _stage("Holt’s lawyer came. {s1 The lawyer} {c1 said} {q1 it was late}.")
    assert stage.forms[0].form is Form.NOMINAL
    assert set(makers.of(stage, stage.forms[0]).values()) == {frozenset()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Open Harbour, a charity with nine members, met.", {"charity"}),
        ("The charity Open Harbour met.", {"charity"}),
        ("A small charity, Open Harbour, met.", {"charity"}),
        ("Then Open Harbour met.", set()),
    ],
)
def test_a_text_says_what_a_body_is(text: str, expected: set[str]) -> None:
    """Before its name, or set off after it."""
    figures = roster.find(_article(text), ()).figures
    harbour = next(figure for figure in figures if figure.name == "Open Harbour")
    assert set(profiles.of(text, harbour).called) == expected


def test_whom_a_body_is_known_as_is_general_knowledge() -> None:
    """With or without its article; an unknown body is known as nothing."""
    assert "magazine" in profiles.known_as("The New Yorker")
    assert profiles.known_as("New Yorker") == profiles.known_as("The New Yorker")
    assert profiles.known_as("Open Harbour") == frozenset()


def test_the_weights_are_those_that_tell_the_right_ones() -> None:
    """Fitted to descriptions whose right candidate is told by one number alone."""
    width = len(evidence.FEATURES)
    mine, nobody = evidence.FEATURES.index("head_called"), evidence.FEATURES.index("nobody")

    def asked(right: int) -> trained.Asked:
        rows = [[0.0] * width for _ in range(3)]
        rows[0][mine], rows[2][nobody] = float(right == 0), 1.0
        return trained.Asked(
            story="",
            form=Form.GROUP.value,
            table=trained.np.array(rows),
            right=(right,),
            weight=1.0,
        )

    weights = trained.fit([asked(0), asked(0), asked(2), asked(2)])[Form.GROUP.value]
    assert weights[mine] > weights[nobody] > 0.0


def test_a_body_is_not_its_members() -> None:
    """In what is learned from: a person by any part of the name, a body by its whole."""
    stage = _stage("Harbour Party members met Anna Holt of the Harbour Party. {q1 So}.")
    names = {c.name: c.index for c in stage.characters}
    assert trained._right(stage, ("Holt",)) == [names["Anna Holt"]]
    assert trained._right(stage, ("Harbour Party members",)) == []


@pytest.mark.parametrize(
    ("form", "shares", "expected"),
    [
        (Form.NOMINAL, [0.75, 0.05, 0.2], 0),
        (Form.NOMINAL, [0.3, 0.1, 0.6], None),
        (Form.NOMINAL, [0.45, 0.45, 0.1], None),
        (Form.DOCUMENT, [0.75, 0.05, 0.2], None),
        (Form.DOCUMENT, [0.9, 0.1, 0.0], 0),
        (Form.NOMINAL, [1.0], None),
    ],
)
def test_only_who_is_likely_enough_is_chosen(
    form: Form, shares: list[float], expected: int | None
) -> None:
    """Not nobody, who is the last, and none with less than the least share, which is higher for a
    paper."""
    assert meant.choice(form, shares) == expected


def _states(text: str, alike: tuple[str, ...]) -> States:
    """States of which those of the words `alike` point one way and all others another."""
    found = [m.span() for m in re.finditer(r"\w+", text)]
    zeros = np.zeros(len(found), dtype=np.int64)
    tokens = Tokens(
        ids=zeros,
        shapes=zeros,
        starts=np.array([start for start, _ in found]),
        ends=np.array([end for _, end in found]),
        paragraph=zeros,
    )
    rows = [[1.0, 0.0] if text[a:b] in alike else [0.0, 1.0] for a, b in found]
    nothing = np.zeros((len(found), 0), dtype=np.float32)
    passages = np.array(rows, dtype=np.float32)
    return States(tokens=tokens, labels=nothing, mentions=nothing, links=nothing, passages=passages)


def test_the_states_tell_how_alike_a_noun_and_a_name_are() -> None:
    """Of every candidate, at its nearest; the most alike is marked, and nobody has the highest."""
    text = "Open Harbour and the Tide Party met. {s1 The charity} {c1 said} {q1 so}."
    plain, triples = marked.parse(text)
    alike = likeness.of(_states(plain, ("charity", "Open", "Harbour")))
    stage = stages.open_stage(_article(plain), triples, (), alike)
    question = asked.of(stage, 0, stage.forms[0])
    held = meant.candidates(stage, question)
    rows = evidence.table(stage, question, held, None)
    told = [dict(zip(evidence.FEATURES, row, strict=True)) for row in rows]
    assert [
        (c.name, row["alike"], row["most_alike"]) for c, row in zip(held, told, strict=False)
    ] == [
        ("Open Harbour", 1.0, 1.0),
        ("Tide Party", 0.0, 0.0),
    ]
    assert told[-1]["nobody_alike"] == 1.0


def test_a_stretch_without_a_token_is_like_nothing() -> None:
    """Its likeness to any other is 0."""
    alike = likeness.of(_states("Holt left.", ("Holt",)))
    assert alike.of(Span(9, 10), [Span(0, 4)]) == [0.0]
    assert alike.of(Span(0, 4), []) == []


@pytest.mark.parametrize(
    ("text", "feature", "expected"),
    [
        ("Norway and Texas met. {s1 The country} {c1 said} {q1 so}.", "is_country", ["Norway"]),
        (
            "The Supreme Court met the Tide Party. {s1 The ruling} {c1 said} {q1 so}.",
            "makes_such",
            ["Supreme Court"],
        ),
        (
            "The Supreme Court met the Tide Party. {s1 The justices} {c1 said} {q1 so}.",
            "has_such",
            ["Supreme Court"],
        ),
        (
            "Former mayor Anna Holt met Mayor Karl Weiss. {s1 The mayor} {c1 said} {q1 so}.",
            "was_once",
            ["Anna Holt"],
        ),
        (
            "Anna Holt came.\n\nKarl Weiss left. {s1 The retired captain} {c1 said} {q1 so}.",
            "varied_subject",
            ["Karl Weiss"],
        ),
    ],
)
def test_what_a_noun_is_mostly_said_of_speaks_for_it(
    text: str, feature: str, expected: list[str]
) -> None:
    """A country of "the country", a court of its ruling and its justices; against one who was it
    once; for whom the sentence before is about under new words."""
    names, rows = _held(text)
    assert [name for name, row in zip(names, rows, strict=False) if row[feature]] == expected


def test_a_letter_that_grows_in_small_print_moves_no_place() -> None:
    """The capital İ is two code points when it is small; the noun after it is found where it is."""
    plain, triples = marked.parse("İİİİ. Open Harbour met. {s1 The charity} {c1 said} {q1 so}.")
    alike = likeness.of(_states(plain, ("charity", "Open", "Harbour")))
    stage = stages.open_stage(_article(plain), triples, (), alike)
    question = asked.of(stage, 0, stage.forms[0])
    held = [c for c in meant.candidates(stage, question) if c.name == "Open Harbour"]
    rows = evidence.table(stage, question, held, None)
    assert rows[0][evidence.FEATURES.index("alike")] == 1.0


def test_who_is_named_in_the_words_of_a_host_is_not_the_host() -> None:
    """ "The host challenged Holt": somebody else did."""
    held, _ = _held(
        "Anna Holt met Tom Reuter. {s1 The famed host} {c1 challenged} {q1 Holt’s aim}."
    )
    assert held == ["Tom Reuter"]
