"""The floors of the evaluation, the plants of the examples, and what is listed of both."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from evaluation import changes, excerpts, faults, floors, planted
from evaluation.floors import Floors
from evaluation.metrics import Case, case
from evaluation.stories import Told

A = "Ten people died on Friday, she said. “He rang,” Ann Lee said. The mayor was fired."
B = "Twelve people died on Friday. He never rang, the mayor says. The mayor stepped down."
HELD = Floors("f1", {"pairs": 0.5, "speaker": 0.8})


def spot(key: str, words: str, **more: Any) -> dict[str, Any]:
    start = {"a": A, "b": B}[key].index(words)
    return {"article": key, "start": start, "end": start + len(words), **more}


def difference(facet: str, kind: str, *values: tuple[str, str]) -> dict[str, Any]:
    told = [spot(key, words, value=words) for key, words in values]
    return {"facet": facet, "kind": kind, "values": told}


def told(*differences: dict[str, Any], **more: Any) -> Case:
    """A report of the two articles with one claim that holds the differences."""
    articles = [
        {"id": key, "path": f"{key}.txt", "text": text, "sections": []}
        for key, text in (("a", A), ("b", B))
    ]
    claim = {
        "passages": [spot("a", "Ten people died")],
        "silent": ["b"],
        "differences": differences,
    }
    report = {
        "articles": articles,
        "speakers": [{"id": "s1", "name": "Ann Lee"}, {"id": "s2", "name": "the mayor"}],
        "attributions": [],
        "claims": [claim],
        "tellings": [],
        **more,
    }
    return case(report, {"points": []})


def plant(is_: str, *values: tuple[str, str], facet: str = "number", **more: Any) -> dict[str, Any]:
    texts = [{"article": key, "text": text} for key, text in values]
    return {"id": "x", "is": is_, "what": "", "facet": facet, "values": texts, **more}


DEAD = plant("difference", ("a", "Ten people"), ("b", "Twelve people"))


def test_a_plant_is_found_when_two_of_its_values_are_touched() -> None:
    """One side alone is not the difference."""
    both = told(difference("number", "conflict", ("a", "Ten"), ("b", "Twelve")))
    one = told(difference("number", "conflict", ("a", "Ten"), ("b", "Friday")))
    assert planted.is_found(both, DEAD)
    assert not planted.is_found(one, DEAD)


def test_a_conflict_that_was_neither_planted_nor_read_is_invented() -> None:
    """A variation is no invention, a conflict that was planted is none either."""
    it = told(
        difference("number", "conflict", ("a", "Ten"), ("b", "Twelve")),
        difference("date", "conflict", ("a", "on Friday"), ("b", "on Friday")),
        difference("wording", "variation", ("a", "fired"), ("b", "stepped down")),
    )
    assert [d["facet"] for d in planted.inventions(it, [DEAD])] == ["date"]
    shown = planted.figures(it, [DEAD])
    assert (shown["planted"].value, shown["conflicts not invented"].value) == (1.0, 0.5)


def test_a_trap_is_stepped_into_by_a_conflict_of_its_facet_alone() -> None:
    """A variation, another facet there, or a third value to conflict with are no invention."""
    trap = plant("same", ("a", "on Friday"), ("b", "on Friday"), facet="date")
    values = (("a", "on Friday"), ("b", "on Friday"))
    assert planted.is_found(told(difference("date", "conflict", *values)), trap)
    assert not planted.is_found(told(difference("date", "variation", *values)), trap)
    assert not planted.is_found(told(difference("number", "conflict", *values)), trap)
    third = ("b", "Twelve")
    assert not planted.is_found(told(difference("date", "conflict", *values, third)), trap)


def test_an_omission_is_found_when_the_article_is_silent() -> None:
    """The claim holds the text and names the article that does not tell it."""
    assert planted.is_found(told(), plant("omission", ("a", "Ten people died"), silent=["b"]))
    assert not planted.is_found(told(), plant("omission", ("a", "Ten people died"), silent=["a"]))
    assert not planted.is_found(told(), plant("omission", ("a", "The mayor"), silent=["b"]))


def test_a_chain_and_a_telling_are_found_by_their_names_and_articles() -> None:
    """The last two names of the chain; two of the articles in one telling."""
    statement = {**spot("a", "“He rang,”"), "content": [spot("a", "“He rang,”")]}
    it = told(
        attributions=[{**statement, "chain": ["s2", "s1"]}],
        tellings=[{"id": "t1", "articles": ["a", "b"], "why": ""}],
    )
    chain = plant("chain", ("a", "“He rang,”"), chain=["mayor", "Ann Lee"])
    assert planted.is_found(it, chain)
    assert not planted.is_found(it, {**chain, "chain": ["Ann Lee", "mayor"]})
    assert planted.is_found(it, plant("telling", ("a", "Ten"), ("b", "Twelve")))
    assert not planted.is_found(told(), plant("telling", ("a", "Ten"), ("b", "Twelve")))


def test_the_gate_names_what_fell_what_is_gone_and_what_changed() -> None:
    """One line each; none when all stand and the examples are the same."""
    assert floors.failures(HELD, {"pairs": 0.5, "speaker": 0.9}, "f1") == []
    fallen = floors.failures(HELD, {"pairs": 0.499}, "f2")
    assert [line.split(":")[0] for line in fallen] == [
        "the examples have changed (fingerprint f2, floors are of f1)",
        "pairs",
        "speaker",
    ]


def test_raising_never_lowers() -> None:
    """A figure within the slack above its floor leaves the floor where it is."""
    got = floors.raised(HELD, {"pairs": 0.7, "speaker": 0.81, "new": 0.3}, "f2")
    assert dict(got.floors) == {"pairs": 0.68, "speaker": 0.8, "new": 0.28}
    assert got.fingerprint == "f2"


def test_raising_refuses_while_a_figure_is_below_its_floor() -> None:
    """Else a change of the examples would lower it in silence."""
    with pytest.raises(ValueError, match="below their floors: pairs"):
        floors.raised(HELD, {"pairs": 0.4, "speaker": 0.9}, "f2")


def test_lowering_needs_a_reason_and_writes_it_down() -> None:
    """The record stays in the file with the old and the new floor."""
    with pytest.raises(ValueError, match="with a reason"):
        floors.lowered(HELD, "pairs", {"pairs": 0.4}, because=" ", on="2031-05-05")
    with pytest.raises(ValueError, match="can stay"):
        floors.lowered(HELD, "pairs", {"pairs": 0.6}, because="x", on="2031-05-05")
    with pytest.raises(ValueError, match="no floor is called"):
        floors.lowered(HELD, "pears", {"pairs": 0.6}, because="x", on="2031-05-05")
    got = floors.lowered(HELD, "pairs", {"pairs": 0.4}, because="gold corrected", on="2031-05-05")
    assert got.floors == {"pairs": 0.38, "speaker": 0.8}
    assert got.lowered == (
        {
            "floor": "pairs",
            "from": 0.5,
            "to": 0.38,
            "because": "gold corrected",
            "on": "2031-05-05",
        },
    )


def test_floors_are_the_same_after_writing_and_reading(tmp_path: Path) -> None:
    """The record of lowerings too; no file is no floors."""
    file = tmp_path / "floors.json"
    assert floors.load(file) == Floors("", {})
    kept = Floors("f1", {"pairs": 0.5}, ({"floor": "pairs", "because": "“so”"},))
    floors.save(kept, file)
    assert floors.load(file) == kept


def test_the_fingerprint_changes_with_any_byte_of_a_story(tmp_path: Path) -> None:
    """Articles, gold and plants alike."""
    (tmp_path / "a.txt").write_text("ten", encoding="utf-8")
    story = Told("x", tmp_path, tmp_path / "gold.json")
    before = floors.fingerprint([story])
    (tmp_path / "a.txt").write_text("ten ", encoding="utf-8")
    assert floors.fingerprint([story]) != before


def test_an_excerpt_is_the_line_with_its_words_marked() -> None:
    """Content, source and cue, in the form that tests are written in."""
    text = "First.\n“No,” she said.\nLast."
    assert (
        excerpts.line(text, [(7, 12)], [(13, 16)], [(17, 21)]) == "{q1 “No,”} {s1 she} {c1 said}."
    )


def test_a_change_of_speaker_is_a_loss_and_a_gain() -> None:
    """The same words by another speaker are another statement, right or wrong by the gold."""
    words = {"article": "a", "content": [spot("a", "“He rang,”")], "source": [], "cue": []}
    gold = {"article": "a", "content": "“He rang,”", "speaker": "Ann Lee", "kind": "direct"}
    before, now = (
        case({**it.report, "attributions": [{**words, "speaker": speaker}]}, {"statements": [gold]})
        for it, speaker in ((told(), "s2"), (told(), "s1"))
    )
    shown = changes.render([before], [now])
    assert (
        shown.splitlines()[0] == "statements: 1 gained (1 of them right), 1 lost (0 of them right)"
    )
    assert changes.render([now], [copy.deepcopy(now)]).count("0 gained") == 3


def test_the_worst_errors_come_one_of_each_kind_in_turn() -> None:
    """A wrong speaker first, then what was invented, then what was missed."""
    words = {"article": "a", "content": [spot("a", "“He rang,”")], "source": [], "cue": []}
    gold = {"article": "a", "content": "“He rang,”", "speaker": "Ann Lee", "kind": "direct"}
    conflict = difference("date", "conflict", ("a", "on Friday"), ("b", "on Friday"))
    report = {**told(conflict).report, "attributions": [{**words, "speaker": "s2"}]}
    it = case(report, {"statements": [gold], "points": []})
    listed = faults.worst([("x", it, [DEAD])], limit=9)
    assert [fault.splitlines()[0].split(":")[0] for fault in listed] == [
        "x · wrong speaker",
        "x · conflict that is not in the gold",
        "x · planted difference missed",
    ]
    assert len(faults.worst([("x", it, [DEAD])], limit=2)) == 2


@pytest.mark.parametrize(
    ("chain", "why"),
    [
        ([], "its speaker is not told"),
        (["s1"], "nobody above"),
        (["s2"], "another speaks"),
        (["s2", "s1"], "another above"),
        (None, "the statement is not found"),
    ],
)
def test_a_wrong_chain_says_where_it_parts(chain: list[str] | None, why: str) -> None:
    """Whether the statement, its speaker or the one above it is what is missed."""
    words = {"article": "a", "content": [spot("a", "“He rang,”")], "source": [], "cue": []}
    gold = {"article": "a", "content": "“He rang,”", "speaker": "unknown"}
    found = [] if chain is None else [{**words, "speaker": None, "chain": chain}]
    it = case(
        {**told().report, "attributions": found},
        {"statements": [{**gold, "chain": ["Cy Dorn", "Ann Lee"]}]},
    )
    titles = [fault.splitlines()[0] for fault in faults.worst([("x", it, [])], limit=9)]
    assert [title.endswith(f"({why})") for title in titles if " · chain " in title] == [True]
