"""The sections of real articles, from the research data beside the repository."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from retold import sources
from retold.types import Article, SectionKind

SHARED = Path(os.environ.get("RETOLD_SHARED", Path(__file__).parents[2] / "shared")) / "data"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not SHARED.is_dir(), reason="needs the research data beside the repository"),
]


def own_words(article: Article) -> str:
    """The words of the title and the body."""
    return "\n".join(
        article.text[s.span.start : s.span.end]
        for s in article.sections
        if s.kind in (SectionKind.TITLE, SectionKind.BODY)
    )


def test_forms_pleas_and_comments_of_the_case_are_apart() -> None:
    """The case of the project: both articles end where their authors ended them."""
    first, second = sources.load(SHARED / "stories" / "nato-2000").articles
    assert own_words(first).endswith("refusing their proposal.")
    assert own_words(second).endswith("who has come out on top.")
    assert [s.kind for s in first.sections] == ["title", "body", "boilerplate"]


def test_what_careful_readers_quoted_is_the_article() -> None:
    """No statement that a reader found in 40 stories is lost to boilerplate."""
    lost = []
    for path in sorted((SHARED / "gold_train").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        found = sources.load(SHARED / "stories" / gold["story"]).articles
        words = {Path(a.path or "").stem: own_words(a) for a in found}
        lost += [
            (gold["story"], said["article"], said["content"])
            for said in gold["statements"]
            if said["content"] not in words[said["article"]]
        ]
    assert lost == []
