"""How sure it is that words came the way that is shown. Texts are invented."""

from __future__ import annotations

import pytest

from retold import marked
from retold.reading import chains, confidence_chains, speakers
from tests.test_speakers import article_of


def measured(text: str) -> dict[str, float]:
    """By name what is measured of the chain of the last triple of the marked text."""
    bare, triples = marked.parse(text)
    stage = speakers.settled(article_of(bare), triples, ())
    last = len(triples) - 1
    held = confidence_chains.features(stage, last, chains.draw(stage)[last])
    return dict(zip(confidence_chains.NAMES, held, strict=True))


def scores(text: str) -> list[float]:
    """How sure the chain of each triple of the marked text is."""
    bare, triples = marked.parse(text)
    return [
        each.chain_score for each in speakers.resolve(article_of(bare), triples, ()).resolutions
    ]


def test_every_number_has_a_weight() -> None:
    """The weights that ship are as many as the names."""
    assert len(confidence_chains.weights()) == len(confidence_chains.NAMES)


@pytest.mark.parametrize(
    ("outer", "inner", "name"),
    [
        (
            "{c1 believed}",
            "{s2 Karl Weiss} {c2 said}",
            "cue of the statement around it is of speech",
        ),
        ("{c1 said}", "{s2 Karl Weiss} {c2 painted}", "cue is no known act"),
        ("{c1 said}", "if {s2 Karl Weiss} {c2 said}", "may not have been said"),
        ("{c1 said}", "{s2 he} {c2 said}", "by “he” or “she”"),
    ],
)
def test_what_tells_is_measured(outer: str, inner: str, name: str) -> None:
    """Each of these differs from a plain saying within a saying."""
    plain = "Karl Weiss came. {s1 Anna Holt} {c1 said} {q1 that {s2 Karl Weiss} {c2 said} {q2 no}}."
    told = f"Karl Weiss came. {{s1 Anna Holt}} {outer} {{q1 that {inner} {{q2 no}}}}."
    assert measured(plain)[name] != measured(told)[name]


def test_what_is_reported_is_measured() -> None:
    """ "According to" puts another above from outside the words."""
    text = "{s1 Anna Holt}, according to the Coastal Herald, {c1 said} {q1 she was late}."
    assert measured(text)["through a report"] == 1.0


def test_a_lone_speaker_is_as_sure_as_he_is() -> None:
    """Where nobody stands between it is the speaker alone that may be wrong; where nobody is known
    nothing is sure."""
    assert scores("{s1 Karl Weiss} {c1 said} {q1 so}.") == [0.97]
    assert scores("{c1 It was said} {q1 that it was so}.") == [0.0]


def test_if_makes_a_chain_less_sure() -> None:
    """What may not have been said is less surely somebody's words."""
    outer = "{s1 Anna Holt} {c1 said} {q1 that"
    inner = "{s2 Karl Weiss} {c2 said} {q2 that it was late}}."
    told, open_ = scores(f"{outer} {inner}")[1], scores(f"{outer} if {inner}")[1]
    assert open_ < told
