"""The measures of `evaluation/`, on small invented cases."""

from __future__ import annotations

import importlib.util
import json
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation import stories, table
from evaluation.figures import Score, Share, Tally, as_json, pool
from evaluation.matching import find, is_same_date, is_same_name, is_same_passage
from evaluation.metrics import case, matched_statements, missing, score
from evaluation.naming import kind_of_source

TOLD = "“We knew,” the minister said, “and we told them.” The mayor denied it on Friday."
RETOLD = "The minister said they knew. “We knew,” he said, “and we told them on Monday.”"


def report(**parts: Any) -> dict[str, Any]:
    """A report of two articles, `a` and `b`, with nothing found but what is given."""
    articles = [
        {"id": "1", "path": "x/a.txt", "text": TOLD, "sections": [section(TOLD)]},
        {"id": "2", "path": "x/b.txt", "text": RETOLD, "sections": [section(RETOLD)]},
    ]
    speakers = [{"id": "s1", "name": "Ann Lee"}, {"id": "s2", "name": "Bo Marsh"}]
    empty = {"attributions": [], "claims": [], "timeline": []}
    return {"articles": articles, "speakers": speakers, **empty, **parts}


def section(text: str, kind: str = "body") -> dict[str, Any]:
    return {"kind": kind, "start": 0, "end": len(text)}


def spot(text: str, words: str, **more: Any) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), **more}


def attribution(*content: str, speaker: str | None = None, **more: Any) -> dict[str, Any]:
    pieces = [spot(TOLD, words) for words in content]
    return {"article": "1", "content": pieces, "speaker": speaker, "chain": [], **more}


def statement(content: str, speaker: str = "Ann Lee", **more: Any) -> dict[str, Any]:
    return {"article": "a", "content": content, "source": None, "speaker": speaker, **more}


def figures(found: dict[str, Any], gold: dict[str, Any]) -> dict[str, Any]:
    return as_json(score(found, gold))


def test_a_content_in_two_pieces_stands_for_both_gold_statements() -> None:
    """The gold splits a quotation at "he said"; one attribution with both pieces is right twice."""
    gold = {"statements": [statement("“We knew,”"), statement("“and we told them.”")]}
    found = report(attributions=[attribution("“We knew,”", "“and we told them.”", speaker="s1")])
    got = figures(found, gold)
    assert got["statements"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "predicted": 1, "gold": 2}
    assert got["speaker"] == {"share": 1.0, "of": 2}


def test_two_attributions_do_not_share_one_gold_statement() -> None:
    """Matching is one to one: the second is not right."""
    gold = {"statements": [statement("“We knew,”")]}
    found = report(attributions=[attribution("“We knew,”"), attribution("We knew")])
    assert figures(found, gold)["statements"]["p"] == 0.5


def test_a_marginal_statement_is_neither_asked_for_nor_punished() -> None:
    """Finding it changes nothing, missing it changes nothing."""
    gold = {"statements": [statement("“We knew,”"), statement("denied it", marginal=True)]}
    without = report(attributions=[attribution("“We knew,”")])
    with_it = report(attributions=[attribution("“We knew,”"), attribution("denied it")])
    assert figures(without, gold)["statements"] == figures(with_it, gold)["statements"]


def test_half_of_the_words_are_enough_and_less_is_not() -> None:
    """A content matches at a Jaccard index of one half."""
    gold = {"statements": [statement("“and we told them.”")]}  # four words
    half = report(attributions=[attribution("told them")])
    less = report(attributions=[attribution("them")])
    assert figures(half, gold)["statements"]["r"] == 1.0
    assert figures(less, gold)["statements"]["r"] == 0.0


def test_an_unknown_speaker_is_not_asked_for() -> None:
    """Only statements whose speaker the gold knows count for the speakers."""
    gold = {"statements": [statement("“We knew,”", speaker="unknown")]}
    found = report(attributions=[attribution("“We knew,”", speaker="s1")])
    assert figures(found, gold)["speaker"] == {"share": None, "of": 0}


def test_a_chain_is_right_when_its_last_two_names_are() -> None:
    """What stands further out may be missing; the order may not be turned."""
    gold = {"statements": [statement("“We knew,”", chain=["The Post", "Bo Marsh", "Ann Lee"])]}
    right = report(attributions=[attribution("“We knew,”", chain=["s2", "s1"])])
    turned = report(attributions=[attribution("“We knew,”", chain=["s1", "s2"])])
    assert figures(right, gold)["chains"] == {"share": 1.0, "of": 1}
    assert figures(turned, gold)["chains: depth 3 and more"] == {"share": 0.0, "of": 1}


def test_statements_within_others_are_those_with_a_chain() -> None:
    """They are counted as found or not whoever is told to have made them, marginal ones too."""
    chain = ["Bo Marsh", "Ann Lee"]
    gold = {
        "statements": [
            statement("“We knew,”", chain=chain, marginal=True),
            statement("“and we told them.”", chain=chain),
            statement("the minister", speaker="Ann Lee"),
        ]
    }
    found = report(attributions=[attribution("“We knew,”", chain=["s1"])])
    assert figures(found, gold)["statements: within others"] == {"share": 0.5, "of": 2}


def test_pairs_are_of_different_articles_in_either_order() -> None:
    """A claim of three passages in two articles has two pairs."""
    passages = [
        spot(TOLD, "“We knew,”", article="1"),
        spot(RETOLD, "“We knew,”", article="2"),
        spot(RETOLD, "they knew", article="2"),
    ]
    evidence = [
        {"article": "b", "text": "“We knew,”"},
        {"article": "a", "text": "“We knew,” the"},
    ]
    got = figures(
        report(claims=[{"id": "c1", "passages": passages}]),
        {"points": [{"id": "p1", "evidence": evidence}]},
    )
    assert got["pairs"] == {"p": 0.5, "r": 1.0, "f1": 0.667, "predicted": 2, "gold": 1}


def planted_pair(facet: str, kind: str = "conflict") -> tuple[dict[str, Any], dict[str, Any]]:
    """The same difference as the report and as the gold tell it."""
    values = [
        spot(TOLD, "Friday", article="1", value="Friday"),
        spot(RETOLD, "Monday", article="2", value="Monday"),
    ]
    found = report(
        claims=[{"passages": [], "differences": [{"facet": facet, "kind": kind, "values": values}]}]
    )
    texts = [{"article": "a", "text": "on Friday"}, {"article": "b", "text": "on Monday"}]
    gold = {"facet": "date", "kind": "conflict", "values": texts}
    return found, {"points": [{"id": "p1", "evidence": [], "differences": [gold]}]}


def test_a_difference_of_another_facet_is_found_but_not_strictly() -> None:
    """Its values touch the gold's in both articles, its facet is another."""
    got = figures(*planted_pair("detail"))
    assert got["differences"]["f1"] == 1.0
    assert got["differences, same facet"]["f1"] == 0.0
    assert got["conflicts found"] == {"share": 1.0, "of": 1}
    assert got["differences: date"]["r"] == 1.0
    assert got["differences: detail"]["p"] == 1.0


def test_a_difference_inside_one_article_is_not_scored() -> None:
    """Both sides look at two articles or more."""
    found, gold = planted_pair("date")
    found["claims"][0]["differences"][0]["values"].pop()
    assert figures(found, gold)["differences"]["predicted"] == 0


def test_a_value_too_long_to_show_is_not_counted() -> None:
    """A value of a whole article would touch everything."""
    found, gold = planted_pair("date")
    values = found["claims"][0]["differences"][0]["values"]
    for article, value in zip(found["articles"], values, strict=True):
        article["text"] = article["text"] + " " * 400
        value["start"], value["end"] = 0, 301
    assert figures(found, gold)["differences"]["predicted"] == 0


@pytest.mark.parametrize(
    ("found", "gold", "expected"),
    [
        ("2021-11-09", "2021-11-09", True),
        ("2021-11-09", "2021", True),
        ("2021-11", "2021-11-09", True),
        ("2021", "2021-11-09", False),
        ("2021-11~", "2021-11", True),
        ("1990/1995", "1990", True),
        ("2022-11", "2021-11", False),
    ],
)
def test_a_date_counts_at_the_precision_of_the_gold(found: str, gold: str, expected: bool) -> None:
    """More precise is right; a month stands for its day; a year does not."""
    assert is_same_date(found, gold) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Mr. Sorrel", "Conrad Sorrel", True),
        ("the White House", "White House", True),
        ("Ann Lee", "Ann Bell", False),
        ("the", "a", False),
        (None, "Ann Lee", False),
    ],
)
def test_a_name_is_the_same_when_it_holds_the_other(
    one: str | None, other: str, expected: bool
) -> None:
    """Titles and articles aside; a name of nothing but titles is nobody's."""
    assert is_same_name(one, other) is expected


def test_an_excerpt_is_found_whatever_its_quotation_marks_and_blanks() -> None:
    """A page may straighten marks and break lines that the gold does not."""
    assert find('He said:\n"No –\n no."', "said: “No - no.”") == (3, 20)
    assert find("nothing", "something") is None


def test_a_passage_may_be_longer_than_the_gold_but_not_by_four_times() -> None:
    """It must hold half of the gold passage and a quarter of it must lie there."""
    assert is_same_passage((0, 40), (0, 10))
    assert not is_same_passage((0, 41), (0, 10))
    assert not is_same_passage((6, 10), (0, 10))


def test_comments_in_the_body_cost_their_characters() -> None:
    """Half of what is no article stands in a body section."""
    found = report()
    found["articles"][0]["sections"] = [{"kind": "body", "start": 0, "end": 5}]
    gold = {"not_body": [{"article": "a", "text": TOLD[:10]}]}
    assert figures(found, gold)["not body"] == {"share": 0.5, "of": 10}


def test_what_a_page_dropped_is_not_missing_but_a_lost_statement_is() -> None:
    """A cookie bar need not be in the text; what the article says must be."""
    gold = {
        "not_body": [{"article": "a", "text": "We use cookies"}],
        "statements": [statement("“We forgot”")],
    }
    assert list(missing(case(report(), gold))) == ["a: “We forgot”"]


def test_nothing_found_and_nothing_asked_scores_nothing() -> None:
    """Empty stories divide by no zero."""
    assert figures(report(), {})["statements"]["f1"] == 0.0
    assert matched_statements(case(report(), {})) == ((), ())


@pytest.mark.parametrize(
    ("source", "speaker", "kind"),
    [
        (None, "Ann Lee", "none"),
        ("she", "Ann Lee", "pronoun"),
        ("Mrs. Lee", "Ann Lee", "name"),
        ("the Foreign Ministry", "Foreign Ministry", "organisation"),
        ("the harbour master", "Ann Lee", "nominal"),
    ],
)
def test_a_source_is_of_one_kind(source: str | None, speaker: str, kind: str) -> None:
    """By its words, and by whether it shares one with the speaker."""
    assert kind_of_source({"source": source, "speaker": speaker}) == kind


COUNTS = st.integers(min_value=0, max_value=50)
TALLIES = st.builds(Tally, COUNTS, COUNTS, COUNTS, COUNTS)


@given(st.lists(TALLIES, max_size=5))
def test_pooling_adds_counts(tallies: list[Tally]) -> None:
    """Figures over stories are of the sums, in any order."""
    scores = [Score({"x": tally}) for tally in tallies]
    assert pool(scores) == pool(reversed(scores))
    assert pool(scores).figures.get("x", Tally()) == sum(tallies, Tally())


def test_the_table_shows_each_figure_once_with_its_parts_below() -> None:
    """`speaker: name` stands indented under `speaker`."""
    shown = table.render({"all": Score({"speaker: name": Share(1, 2), "speaker": Share(3, 4)})})
    assert [line.split() for line in shown.splitlines()[2:]] == [
        ["speaker", ".75", "4"],
        ["name", ".50", "2"],
    ]


def scorer_of_the_research_data() -> ModuleType:
    data = stories.research_data()
    if data is None or not (data / "score" / "score_story.py").exists():
        pytest.skip("no research data beside the repository")
    spec = importlib.util.spec_from_file_location("score_story", data / "score" / "score_story.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.corpus
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # open files there
def test_the_figures_are_those_of_the_research_scorer(tmp_path: Any) -> None:
    """The same definitions, checked on a report with something right and something wrong."""
    theirs = scorer_of_the_research_data()
    found, gold = planted_pair("detail")
    found["attributions"] = [
        attribution("“We knew,”", "“and we told them.”", speaker="s1", chain=["s2", "s1"]),
        attribution("denied it", speaker="s1"),
    ]
    found["timeline"] = [spot(TOLD, "Friday", article="1", date="2024-05-03")]
    gold["statements"] = [
        statement("“We knew,”", chain=["Bo Marsh", "Ann Lee"]),
        statement("“and we told them.”", speaker="Bo Marsh"),
        statement("on Friday", marginal=True),
    ]
    gold["timeline"] = [{"article": "a", "text": "on Friday", "date": "2024-05-03"}]
    gold["not_body"] = [{"article": "b", "text": "they knew"}]
    (tmp_path / "report.json").write_text(json.dumps(found), encoding="utf-8")
    (tmp_path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    expected = theirs.score([(str(tmp_path / "report.json"), str(tmp_path / "gold.json"))])
    got = figures(found, gold)
    for name in ("statements", "pairs", "differences", "timeline"):
        assert got[name] == expected[name]
    assert got["differences, same facet"] == expected["differences_strict"]
    assert got["speaker"]["share"] == expected["speaker"]["accuracy"]
    assert got["chains"]["share"] == expected["chains"]["recall"]
    assert got["conflicts found"]["share"] == expected["conflicts_found"]["recall"]
    assert got["not body"]["share"] == expected["not_body"]
