"""What a cue does with its content. Texts are invented."""

from __future__ import annotations

import pytest

from retold import marked
from retold.reading import cues, roster
from retold.reading.scene import Scene
from retold.types import Act, Triple
from tests.test_speakers import article_of


def scene_of(text: str) -> tuple[Scene, Triple]:
    bare, triples = marked.parse(text)
    article = article_of(bare)
    return Scene(article, roster.find(article, ())), triples[0]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("{s1 Holt} {c1 said} {q1 it was late}.", Act.STATED),
        ("{s1 Holt} {c1 asked} {q1 whether it was late}.", Act.ASKED),
        ("{q1 “Is it late?”} {s1 Holt} {c1 said}.", Act.ASKED),
        ("{s1 Holt} {c1 ordered} {q1 the bridge closed}.", Act.ORDERED),
        ("{s1 Holt} {c1 called on} {q1 the council to act}.", Act.ORDERED),
        ("{s1 Holt} {c1 called} {q1 it “a shame”}.", Act.STATED),
        ("{s1 Holt} {c1 denied} {q1 that it was late}.", Act.DENIED),
        ("{s1 Holt} {c1 hoped} {q1 for rain}.", Act.WISHED),
        ("{s1 Holt} {c1 believes} {q1 it was late}.", Act.THOUGHT),
        ("{s1 The town} soon {c1 learned} {q1 that it was late}.", Act.THOUGHT),
        ("{s1 Holt’s} {c1 denial} {q1 that it was late} was noted.", Act.DENIED),
        ("{s1 Holt} {c1 told} Reuter {q1 it was late}.", Act.STATED),
        ("{s1 Holt} {c1 warned} him {q1 that it was late}.", Act.STATED),
        ("{s1 Holt} {c1 warned} {q1 him to go}.", Act.ORDERED),
        ("{s1 Holt} {c1 insisted} {q1 it was late}.", Act.STATED),
        ("{s1 Holt} {c1 insisted} {q1 that the bridge be closed}.", Act.ORDERED),
    ],
)
def test_the_act_is_read_from_the_cue(text: str, act: Act) -> None:
    """Verbs and nouns tell the act; a lone question in quotation marks is asked."""
    scene, triple = scene_of(text)
    assert cues.act(scene.text, triple) is act


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("{s1 Holt} {c1 allegedly said} {q1 it was late}.", True),
        ("{s1 Holt} reportedly {c1 said} {q1 it was late}.", True),
        ("{s1 Holt} {c1 claimed} {q1 it was late}.", True),
        ("{s1 Holt} {c1 may have said} {q1 it was late}.", True),
        ("{s1 Holt} {c1 said} {q1 it was late}.", False),
        ("{s1 Holt} {c1 said} {q1 the allegedly stolen boat was hers}.", False),
    ],
)
def test_a_hedge_counts_outside_the_content(text: str, hedged: bool) -> None:
    """The reporter's distance is in the words around, never in what is said."""
    assert cues.is_hedged(*scene_of(text)) is hedged


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("“If {s1 he} {c1 had said} {q1 yes}, it would have begun.”", False),
        ("{s1 Holt} {c1 did not say} {q1 that it was late}.", False),
        ("{s1 Holt} {c1 never told} us {q1 that it was late}.", False),
        ("{s1 Holt} {c1 would say} {q1 that it was late}.", False),
        ("{s1 Holt} {c1 said} {q1 that it was not late}.", True),
        ("{s1 Holt} {c1 would later say} {q1 that it was late}.", True),
        ("{s1 Holt} {c1 could hardly hide} {q1 that it was late}.", True),
    ],
)
def test_what_nobody_said_is_not_asserted(text: str, asserted: bool) -> None:
    """ "If", a negation before the verb and a mere "would" take the saying back."""
    assert cues.is_asserted(*scene_of(text)) is asserted
