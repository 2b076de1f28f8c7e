"""Trains the weights that tell whom a description means, beside what rules say.

    python -m training.meant                  writes src/retold/models/descriptions.json
    python -m training.meant --kept FOLDER    what the model finds is kept there
    python -m training.meant --check          what it brings in folds of stories, nothing written

A conditional logit for each form of description, fitted together: weights that all forms share and
what each has of its own, small ones preferred. It learns from what readers said of descriptions
(`descriptions.jsonl` and `descriptions_news.jsonl`, without the third that is held out) and from
the training stories, where the shown description is right too if it is what the gold calls the
speaker. Whom a rule tells is one of the numbers, another for each rule. The speakers before a
description are those of the labels, as far as they tell them. It is fitted twice: with what the
states of the model tell, and without.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from evaluation.matching import is_same_name, name_words
from evaluation.speakers import cases
from retold import spans
from retold.reading import (
    asked,
    called,
    descriptions,
    evidence,
    introduced,
    likeness,
    meant,
    speakers,
)
from retold.reading import stage as stages
from retold.reading.antecedents import Character
from retold.reading.encoder import Encoder
from retold.reading.sources import Form
from retold.reading.stage import Answer, Stage
from retold.types import SpeakerKind
from training import descriptions as labelled
from training.descriptions import Found, Story

OUT = Path(__file__).resolve().parent.parent / "src" / "retold" / "models" / "descriptions.json"
RIDGE, RIDGE_OWN = 0.001, 0.002  # of shared weights, and of each form's own
OF_GOLD = 0.2  # what a statement of the training stories weighs beside a label
STEPS = 1000
FOLDS = 6
RATE = 0.3

Wanted = Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A description: its story and form, the numbers of its candidates, nobody last, and which are
    right."""

    story: str
    form: str
    table: np.ndarray
    right: tuple[int, ...]
    weight: float


def of_labels(story: Story) -> Iterator[tuple[Found, Wanted]]:
    """The articles of a story with the names of whom each labelled triple's source means, none for
    nobody who is named; left out is what the reader was not sure of, and words that are no source.
    """
    for number, found in enumerate(story.told):
        wanted: dict[int, tuple[str, ...]] = {}
        for label in story.labels:
            if label.article != number or not label.is_sure or label.kind == "none":
                continue
            names = tuple(spans.cut(story.told[n].article.text, s) for n, s in label.named)
            for index, triple in enumerate(found.triples):
                if any(spans.overlaps(source, label.span) for source in triple.source):
                    wanted[index] = names
        yield found, wanted


def of_gold() -> Iterator[tuple[str, Found, Wanted]]:
    """The articles of the training stories with their speakers, as far as the gold knows them."""
    encoder = Encoder.default()
    for case in cases("gold_train"):
        wanted = {
            index: (gold["speaker"],)
            for index, gold in enumerate(case.golds)
            if gold["speaker"].casefold() != "unknown"
        }
        states = encoder.encode(case.article)
        found = Found(article=case.article, triples=case.triples, mentions=(), states=states)
        yield case.story, found, wanted


def questions(story: str, found: Found, wanted: Wanted, weight: float) -> Iterator[Asked]:
    """Every description of an article of which it is known whom it means."""
    alike = likeness.of(found.states) if found.states else None
    stage = stages.open_stage(found.article, found.triples, found.mentions, alike)
    introduced.add(stage)
    for index in stages.in_order(found.triples):
        right = _right(stage, wanted.get(index, ()))
        is_description = stage.forms[index].form in meant.FORMS
        if is_description and index in wanted:
            one = _asked(stage, index, wanted[index], right)
            if one is not None:
                yield replace(one, story=story, weight=weight)
        answer = (_as_told if is_description else speakers.answer)(stage, index)
        if right and answer[0] not in right:
            answer = (right[0], 0.9)
        if index in wanted and not wanted[index] and is_description:
            answer = (descriptions.own(stage, index, stage.forms[index]), 0.9)
        stages.settle(stage, index, answer)


def _asked(stage: Stage, index: int, names: tuple[str, ...], right: Sequence[int]) -> Asked | None:
    """The description of triple `index`, None for one that needs no weighing."""
    form = stage.forms[index]
    told = descriptions.by_rules(stage, index, form)
    if told is not None and told.rule in meant.OUTRIGHT:
        return None
    question = asked.of(stage, index, form)
    held = meant.candidates(stage, question, told)
    rows = [number for number, character in enumerate(held) if character.index in right]
    own = called.name(stage, index, form)
    if not rows or any(is_same_name(own, name) for name in names):
        rows.append(len(held))
    return Asked(
        story="",
        form=form.form.value,
        table=np.array(evidence.table(stage, question, held, told)),
        right=tuple(rows),
        weight=1.0,
    )


def _as_told(stage: Stage, index: int) -> Answer:
    """Who speaks as rules tell, without the weights that are to be fitted."""
    return descriptions.as_told(stage, index, stage.forms[index])


def _right(stage: Stage, names: tuple[str, ...]) -> list[int]:
    """The characters with one of the names, those with all of it alone where there are any."""
    found = [c for c in stage.characters if c.is_named and any(_is_called(c, n) for n in names)]
    whole = [c for c in found if name_words(c.name) in [name_words(name) for name in names]]
    is_person = any(c.kind is SpeakerKind.PERSON for c in found)
    return [c.index for c in (whole if whole and is_person else found)]


def _is_called(character: Character, name: str) -> bool:
    """True if a character has the name; a body not for "Harbour Party members" if it is the
    Harbour Party."""
    if not is_same_name(character.name, name):
        return False
    is_whole = name_words(name) <= name_words(character.name)
    is_end = character.name.split()[-1].casefold() == name.split()[-1].casefold()
    return character.kind is SpeakerKind.PERSON or is_whole or is_end


def fit(held: Sequence[Asked]) -> dict[str, np.ndarray]:
    """The weights of each form that make the right candidates likeliest."""
    forms = [form.value for form in meant.FORMS]
    rows = np.concatenate([one.table for one in held])
    sizes = [len(one.table) for one in held]
    starts = np.cumsum([0, *sizes[:-1]])
    owner = np.repeat(np.arange(len(held)), sizes)
    right = np.zeros(len(rows))
    for start, one in zip(starts, held, strict=True):
        right[start + np.array(one.right)] = 1
    share = np.array([one.weight for one in held])
    share = (share / share.sum())[owner]
    form_of = np.array([forms.index(one.form) for one in held])[owner]
    of_form = [np.flatnonzero(form_of == number) for number in range(len(forms))]
    weights = np.zeros((1 + len(forms), rows.shape[1]))  # shared, then each form's own
    momentum = np.zeros_like(weights)
    ridge = np.array([RIDGE, *[RIDGE_OWN] * len(forms)])[:, None]
    for step in range(STEPS):
        sums = (rows * (weights[0] + weights[1 + form_of])).sum(axis=1)
        shares = np.exp(sums - np.maximum.reduceat(sums, starts)[owner])
        odds = shares / np.add.reduceat(shares, starts)[owner]
        among = shares * right
        pull = (among / np.add.reduceat(among, starts)[owner] - odds) * share
        gradient = -ridge * weights
        gradient[0] += pull @ rows
        for number, chosen in enumerate(of_form):
            gradient[1 + number] += pull[chosen] @ rows[chosen]
        momentum = 0.9 * momentum + gradient
        weights = weights + RATE / (1 + step / 1000) * momentum
    return {form: weights[0] + weights[1 + n] for n, form in enumerate(forms)}


def without_states(one: Asked) -> Asked:
    """A description as it is where the states of the model are not there."""
    table = one.table.copy()
    table[:, [number for number, name in enumerate(evidence.FEATURES) if "alike" in name]] = 0
    return replace(one, table=table)


def check(held: Sequence[Asked]) -> Counter[str]:
    """What is right, wrong and invented where each story is told by the weights of the others."""
    counts: Counter[str] = Counter()
    for fold in range(FOLDS):
        weights = fit([one for one in held if _fold(one) != fold])
        for one in held:
            if _fold(one) == fold:
                counts[_outcome(one, _chosen(one, weights))] += 1
    return counts


def _fold(one: Asked) -> int:
    return hashlib.sha256(one.story.encode()).digest()[1] % FOLDS


def _chosen(one: Asked, weights: Mapping[str, np.ndarray]) -> int:
    """The candidate that is shown, as in `meant.weighed`."""
    sums = one.table @ weights[one.form]
    shares = np.exp(sums - sums.max())
    chosen = meant.choice(Form(one.form), (shares / shares.sum()).tolist())
    return len(shares) - 1 if chosen is None else chosen


def _outcome(one: Asked, chosen: int) -> str:
    nobody = len(one.table) - 1
    if chosen in one.right:
        return "right"
    if chosen == nobody:
        return "silent"
    return "invented" if one.right == (nobody,) else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    stories = [
        *labelled.stories(options.kept, held_out=False),
        *labelled.single(options.kept, held_out=False),
    ]
    told = [
        one
        for story in stories
        for pair in of_labels(story)
        for one in questions(story.name, *pair, 1.0)
    ]
    gold = [one for held in of_gold() for one in questions(*held, OF_GOLD)]
    held = [*told, *gold]
    blind = [without_states(one) for one in held]
    print(f"{len(told)} labels, {len(gold)} of gold_train")
    if options.check:
        print("with states:", dict(check(held)))
        print("without:", dict(check(blind)))
        return
    record = {
        "origin": "python -m training.meant",
        "data": f"{len(stories)} labelled stories, and gold_train",
        "questions": {"labels": len(told), "gold_train": len(gold)},
        "licence": "Apache-2.0",
        "weights": _record(fit(held)),
        "weights_without_states": _record(fit(blind)),
    }
    OUT.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _record(weights: Mapping[str, np.ndarray]) -> dict[str, dict[str, float]]:
    return {
        form: {n: round(float(w), 3) for n, w in zip(evidence.FEATURES, held, strict=True)}
        for form, held in weights.items()
    }


if __name__ == "__main__":
    main()
