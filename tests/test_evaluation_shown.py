"""What a report says without being asked to find it all: silences and hearsay."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from evaluation import shown
from evaluation.figures import Share
from evaluation.metrics import case
from retold import spans
from retold.showing import view
from retold.showing.export import json as public
from tests import stories
from tests.test_evaluation import RETOLD, TOLD, attribution, report, spot, statement

THIRD = "They told nobody, said the mayor."


def silent_third(**point: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A report that calls a third article silent on what two tell, and a gold with one point."""
    passages = [
        {"article": "1", **spot(TOLD, "“We knew,”")},
        {"article": "2", **spot(RETOLD, "“We knew,”")},
    ]
    found = report(claims=[{"passages": passages, "silent": ["3"], "differences": []}])
    found["articles"].append({"id": "3", "path": "x/c.txt", "text": THIRD, "sections": []})
    return found, {"points": [{"differences": [], **point}]}


def evidence(*held: tuple[str, str]) -> list[dict[str, str]]:
    return [{"article": article, "text": text} for article, text in held]


def test_a_silence_is_right_where_the_gold_has_no_evidence() -> None:
    """Who is called silent and tells it in other words is called so wrongly."""
    both = (("a", "“We knew,”"), ("b", "“We knew,”"))
    for more, expected in (((), Share(1, 1)), ((("c", "They told nobody"),), Share(0, 1))):
        found, gold = silent_third(evidence=evidence(*both, *more))
        assert shown.figures(case(found, gold))["silences"] == expected


def test_a_silence_on_what_is_no_point_is_not_judged() -> None:
    """What the gold does not have as told by several says nothing of who is silent."""
    found, gold = silent_third(evidence=evidence(("a", "“We knew,”"), ("c", "They told nobody")))
    assert shown.figures(case(found, gold))["silences"] == Share(0, 0)


@pytest.mark.parametrize("is_told_elsewhere", [False, True])
def test_what_one_tells_is_right_where_the_gold_has_it_of_no_other(
    is_told_elsewhere: bool,
) -> None:
    """Each passage is judged; those of another program's report are not known."""
    report = stories.bridge()
    keys = {article.id: str(number) for number, article in enumerate(report.articles)}
    named = (dataclasses.replace(a, path=f"x/{keys[a.id]}.txt") for a in report.articles)
    report = dataclasses.replace(report, articles=tuple(named))
    lone = [p for told in view.of(report).lone.values() for p in told]
    texts = {article.id: article.text for article in report.articles}
    (sole, *_) = lone
    other = next(article for article in texts if article != sole.article_id)
    points = evidence(
        (keys[sole.article_id], spans.cut(texts[sole.article_id], sole.span)),
        (keys[other], texts[other][:40]),
    )
    gold = {"points": [{"differences": [], "evidence": points}] if is_told_elsewhere else []}
    found = shown.figures(case(json.loads(public.encode(report)), gold))["told by one"]
    assert found == Share(len(lone) - is_told_elsewhere, len(lone))
    assert shown.figures(case({"articles": []}, gold))["told by one"] == Share(0, 0)


def test_hearsay_is_right_with_the_last_two_names() -> None:
    """What is not sure is not counted, nor what nobody stands between."""
    gold = {"statements": [statement("“We knew,”", chain=["Bo Marsh", "Ann Lee"])]}
    held = [
        attribution("“We knew,”", chain=["s2", "s1"], chain_score=0.9),
        attribution("and we told them.", chain=["s1", "s2"], chain_score=0.9),
        attribution("denied it", chain=["s2", "s1"], score=0.9, chain_score=0.4),
        attribution("on Friday", chain=["s1"], chain_score=0.9),
    ]
    figures = shown.figures(case(report(attributions=held), gold))
    assert figures["hearsay, sure"] == Share(1, 2)
