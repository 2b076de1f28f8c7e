"""Stories that a careful reader has gone through: articles, and the statements found in them."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from retold import sources
from retold.types import Article, Span

# the encoder must not learn from the 1st, 6th, 11th … story in order of name: they choose the model
KEPT_OUT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An article and its gold statements; `spans` are where their contents stand."""

    story: str
    article: Article
    statements: tuple[dict[str, Any], ...]
    spans: tuple[Span, ...]


def scorer(shared: Path) -> ModuleType:
    """The scorer that lies with the data: it knows how an excerpt is found in a text."""
    spec = importlib.util.spec_from_file_location("score_story", shared / "score/score_story.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared / "score/score_story.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def stories(shared: Path, *, gold: str = "gold_train") -> Iterator[Read]:
    """The articles of all stories under `gold`, in order of story and path."""
    find = scorer(shared).find
    for path in sorted((shared / "data" / gold).glob("*.json")):
        held = json.loads(path.read_text("utf8"))
        loaded = sources.load([shared / "data" / "stories" / path.stem])
        for article in loaded.articles:
            key = Path(article.path or "").stem
            found = [
                (statement, Span(*place))
                for statement in held["statements"]
                if statement["article"] == key
                and (place := find(article.text, statement["content"]))
            ]
            yield Read(
                story=path.stem,
                article=article,
                statements=tuple(statement for statement, _ in found),
                spans=tuple(span for _, span in found),
            )


def kept_out(shared: Path) -> frozenset[str]:
    """The stories that the encoder must not learn from, so that it can be chosen by them."""
    names = sorted(path.stem for path in (shared / "data" / "gold_train").glob("*.json"))
    return frozenset(names[::KEPT_OUT])
