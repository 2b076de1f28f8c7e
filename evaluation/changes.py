"""What this working tree finds and a git ref does not, and the other way round.

The ref is checked out beside in a temporary folder and its own retold makes the reports; both are
then scored here. A thing is the same in both by its words, not by its offsets.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation import excerpts, reports
from evaluation.metrics import (
    Case,
    agree,
    found_differences,
    found_pairs,
    gold_differences,
    gold_pairs,
    has_right_speaker,
    is_same_pair,
    matched_statements,
    stretches,
)
from evaluation.stories import REPOSITORY


@dataclass(frozen=True, slots=True)
class Item:
    """One thing found, as it is shown, and whether the gold has it."""

    shown: str
    is_right: bool


def reports_of(ref: str, folders: Sequence[Path]) -> list[Any]:
    """The reports that the retold of a git ref makes of the folders."""
    with checked_out(ref) as tree, tempfile.TemporaryDirectory() as out:
        command = [sys.executable, reports.__file__, out, *map(str, folders)]
        source = {**os.environ, "PYTHONPATH": str(tree / "src")}
        done = subprocess.run(command, env=source, capture_output=True, text=True, check=False)  # noqa: S603 our own script
        if done.returncode:
            told = done.stderr.strip().splitlines()
            raise SystemExit(f"retold at {ref} could not make the reports: {told[-1]}")
        files = [Path(out) / f"{number}.json" for number in range(len(folders))]
        return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def render(before: Sequence[Case], now: Sequence[Case]) -> str:
    """Gains and losses by kind; `+` gained, `-` lost, `!` where the gold says otherwise."""
    return "".join(
        shown(title, [(items(old), items(new)) for old, new in zip(before, now, strict=True)])
        for title, items in (
            ("statements", statements),
            ("pairs", pairs),
            ("differences", differences),
        )
    )


def shown(title: str, both: Iterable[tuple[Mapping[object, Item], Mapping[object, Item]]]) -> str:
    """The gains and losses of one kind: for each story what was found before and what is now."""
    gained: list[Item] = []
    lost: list[Item] = []
    for was, is_now in both:
        gained += [is_now[key] for key in is_now if key not in was]
        lost += [was[key] for key in was if key not in is_now]
    out = [
        f"{title}: {len(gained)} gained ({sum(i.is_right for i in gained)} of them right), "
        f"{len(lost)} lost ({sum(i.is_right for i in lost)} of them right)"
    ]
    out += [f"  + {'  ' if item.is_right else '! '}{item.shown}" for item in gained]
    out += [f"  - {'! ' if item.is_right else '  '}{item.shown}" for item in lost]
    return "\n".join(out) + "\n"


def statements(it: Case) -> Mapping[object, Item]:
    """By article, words and speaker; right if in the gold, with its speaker where it has one."""
    matches, _ = matched_statements(it)
    right = {
        id(m.attribution)
        for m in matches
        if m.attribution and (has_right_speaker(it, m) or not m.gold.get("speaker"))
    }
    out: dict[object, Item] = {}
    for attribution in it.report.get("attributions", ()):
        key = it.keys[attribution["article"]]
        words = [it.texts[key][s:e] for s, e in stretches(attribution["content"])]
        speaker = it.names.get(attribution.get("speaker") or "", "unresolved")
        out[key, tuple(words), speaker] = Item(
            f"{excerpts.statement(it, attribution)}   [{speaker}]", id(attribution) in right
        )
    return out


def pairs(it: Case) -> Mapping[object, Item]:
    """By the words of both passages."""
    gold = gold_pairs(it)
    out: dict[object, Item] = {}
    for pair in found_pairs(it):
        told = [(key, it.texts[key][s:e]) for key, (s, e) in pair]
        shown = "  =  ".join(f"{key}: {words}" for key, words in told)
        is_right = any(is_same_pair(pair, g) for g in gold)
        out[frozenset(told)] = Item(shown.replace("\n", " "), is_right)
    return out


def differences(it: Case) -> Mapping[object, Item]:
    """By facet, kind and the words of all values."""
    gold = gold_differences(it)
    out: dict[object, Item] = {}
    for found in found_differences(it):
        told = frozenset(
            (key, it.texts[key][s:e]) for key, places in found.places.items() for s, e in places
        )
        shown = "\n        ".join([f"{found.facet}, {found.kind}", *excerpts.difference(it, found)])
        out[found.facet, found.kind, told] = Item(shown, any(agree(found, g) for g in gold))
    return out


@contextmanager
def checked_out(ref: str) -> Iterator[Path]:
    """The tree of a git ref, in a folder that goes away."""
    with tempfile.TemporaryDirectory() as parent:
        tree = Path(parent) / "tree"
        _git("worktree", "add", "--detach", "--quiet", str(tree), ref)
        try:
            yield tree
        finally:
            _git("worktree", "remove", "--force", str(tree))


def _git(*words: str) -> None:
    done = subprocess.run(  # noqa: S603 git with our own words
        ["git", *words],  # noqa: S607 the git of the PATH
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"git {' '.join(words)}: {done.stderr.strip()}")
