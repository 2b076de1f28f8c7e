"""The example stories: whole, verbatim, and with everything planted that the page promises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evaluation import planted
from evaluation.figures import Share
from evaluation.metrics import case, score
from evaluation.stories import Told, examples
from retold import load

PROMISED = {
    "number",
    "date",
    "place",
    "person",
    "wording",
    "polarity",
    "attribution",
    "modality",
    "detail",
}
FINDS = {"difference", "omission", "chain", "telling", "same"}
NAMES = [story.name for story in examples()]


def story(name: str) -> Told:
    return next(s for s in examples() if s.name == name)


@cache
def texts(name: str) -> dict[str, str]:
    """The texts as retold loads them, by the stem of their file."""
    loaded = load([story(name).folder])
    assert loaded.failures == ()
    return {Path(article.path or "").stem: article.text for article in loaded.articles}


def excerpts(name: str) -> Iterator[tuple[str, str]]:
    """Every excerpt that must stand in an article: all but what is not the article."""
    gold = story(name).read_gold()
    for statement in gold["statements"]:
        yield statement["article"], statement["content"]
        if statement["source"] is not None:
            yield statement["article"], statement["source"]
    for point in gold["points"]:
        for told in point["evidence"]:
            yield told["article"], told["text"]
        for value in values(point["differences"]):
            yield value["article"], value["text"]
    for told in (*gold["timeline"], *gold["only_in"]):
        yield told["article"], told["text"]


def values(differences: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (value for difference in differences for value in difference["values"])


@pytest.mark.parametrize("name", NAMES)
def test_every_excerpt_of_the_gold_is_verbatim(name: str) -> None:
    """It stands in the text that retold loads, character for character."""
    told = texts(name)
    assert [(key, words) for key, words in excerpts(name) if words not in told[key]] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_planted_excerpt_is_in_its_file(name: str) -> None:
    """Plants lie in the article as it comes from the web, bylines included."""
    folder = story(name).folder
    files = {
        Path(entry["file"]).stem: (folder / entry["file"]).read_text(encoding="utf-8")
        for entry in json.loads((folder / "articles.json").read_text(encoding="utf-8"))
    }
    lost = [v for v in values(story(name).read_planted()) if v["text"] not in files[v["article"]]]
    assert lost == []


@pytest.mark.parametrize("name", NAMES)
def test_every_article_of_the_folder_is_loaded_and_nothing_else(name: str) -> None:
    """`gold.json` and `planted.json` are no articles; outlet, title and date come with each."""
    loaded = load([story(name).folder])
    named = json.loads((story(name).folder / "articles.json").read_text(encoding="utf-8"))
    assert [Path(a.path or "").name for a in loaded.articles] == [e["file"] for e in named]
    assert [(a.outlet, str(a.published), a.title) for a in loaded.articles] == [
        (e["outlet"], e["published"], e["title"]) for e in named
    ]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_planted_names_one_find_and_a_facet_each(name: str) -> None:
    """Ids are unique; a chain names its speakers, an omission who is silent."""
    planted = story(name).read_planted()
    assert len({p["id"] for p in planted}) == len(planted)
    assert {p["is"] for p in planted} <= FINDS
    assert {p["facet"] for p in planted} <= PROMISED
    assert all(len(p["chain"]) >= 2 for p in planted if p["is"] == "chain")
    assert all(p["silent"] for p in planted if p["is"] == "omission")
    assert all(len(p["values"]) >= 2 for p in planted if p["is"] in ("difference", "same"))


@pytest.mark.parametrize("name", NAMES)
def test_every_planted_difference_between_articles_is_in_the_gold(name: str) -> None:
    """A plant that the careful reader does not see would be a trick."""
    gold = [
        [(v["article"], v["text"]) for v in difference["values"]]
        for point in story(name).read_gold()["points"]
        for difference in point["differences"]
    ]

    def touches(plant: dict[str, Any], difference: list[tuple[str, str]]) -> bool:
        met = {
            v["article"]
            for v in plant["values"]
            for key, text in difference
            if v["article"] == key and (v["text"] in text or text in v["text"])
        }
        return len(met) >= 2

    across = [
        p
        for p in story(name).read_planted()
        if p["is"] == "difference" and len({v["article"] for v in p["values"]}) > 1
    ]
    assert [p["id"] for p in across if not any(touches(p, d) for d in gold)] == []


def test_the_examples_hold_every_kind_that_their_page_promises() -> None:
    """All facets, omissions, chains, tellings and traps, over the three stories."""
    planted = [p for name in NAMES for p in story(name).read_planted()]
    assert {p["facet"] for p in planted if p["is"] == "difference"} == PROMISED - {"detail"}
    assert {p["is"] for p in planted} == FINDS
    assert any(len(p["chain"]) == 3 for p in planted if p["is"] == "chain")
    within = [p for p in planted if p["is"] == "difference"]
    assert any(len({v["article"] for v in p["values"]}) == 1 for p in within)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_the_article_is_in_no_body_section(name: str) -> None:
    """Cookie bars, forms, pleas, captions, disclaimers and readers' comments."""
    bodies = {
        Path(article.path or "").stem: [
            article.text[s.span.start : s.span.end] for s in article.sections if s.kind == "body"
        ]
        for article in load([story(name).folder]).articles
    }
    stray = [
        (excerpt["article"], excerpt["text"])
        for excerpt in story(name).read_gold()["not_body"]
        if any(excerpt["text"] in body for body in bodies[excerpt["article"]])
    ]
    assert stray == []


def report_of_the_gold(name: str) -> dict[str, Any]:
    """The report of a reader who finds just what the gold holds."""
    gold, told = story(name).read_gold(), texts(name)
    names = sorted(
        {n for s in gold["statements"] for n in (s["speaker"], *s.get("chain", ()))} - {"unknown"}
    )

    def spot(key: str, words: str, **more: Any) -> dict[str, Any]:
        start = told[key].index(words)
        return {"article": key, "start": start, "end": start + len(words), **more}

    return {
        "articles": [
            {"id": key, "path": f"{key}.txt", "text": text, "sections": []}
            for key, text in told.items()
        ],
        "speakers": [{"id": n, "name": n} for n in names],
        "attributions": [
            {
                "article": s["article"],
                "content": [spot(s["article"], s["content"])],
                "speaker": s["speaker"],
                "chain": s.get("chain", ()),
            }
            for s in gold["statements"]
        ],
        "claims": [
            {
                "passages": [spot(e["article"], e["text"]) for e in point["evidence"]],
                "silent": sorted(set(told) - {e["article"] for e in point["evidence"]}),
                "differences": [
                    {**d, "values": [spot(v["article"], v["text"]) for v in d["values"]]}
                    for d in point["differences"]
                ],
            }
            for point in (*gold["points"], *map(as_point, gold["only_in"]))
        ],
        "timeline": [spot(e["article"], e["text"], date=e["date"]) for e in gold["timeline"]],
        "tellings": [
            {"articles": [v["article"] for v in plant["values"]]}
            for plant in story(name).read_planted()
            if plant["is"] == "telling"
        ],
    }


def as_point(only: dict[str, Any]) -> dict[str, Any]:
    return {"evidence": [only], "differences": []}


@pytest.mark.parametrize("name", NAMES)
def test_a_report_that_says_what_the_gold_says_is_right_in_everything(name: str) -> None:
    """The gold contradicts neither itself nor the measures; no figure is out of reach."""
    figures = score(report_of_the_gold(name), story(name).read_gold()).figures
    wrong = [title for title, figure in figures.items() if title != "not body" and figure.value < 1]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_report_that_says_what_the_gold_says_finds_all_plants_and_no_trap(name: str) -> None:
    """What is planted is there to be read, and no trap lies on a true difference."""
    it = case(report_of_the_gold(name), story(name).read_gold())
    plants = story(name).read_planted()
    failed = [p["id"] for p in plants if planted.is_found(it, p) == (p["is"] == "same")]
    assert failed == []
    assert planted.figures(it, plants)["conflicts not invented"] in (
        Share(n, n) for n in range(1, 99)
    )
