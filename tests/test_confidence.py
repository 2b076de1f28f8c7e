"""What the confidence of an attribution goes by."""

from __future__ import annotations

import pytest

from retold.reading import confidence
from retold.reading.encoder import Encoder


def within(
    source: str, cue: str, *, content: str = "that it was late", lead: str = ""
) -> dict[str, float]:
    """By name, what counts within a content and not elsewhere."""
    found = confidence.within(
        confidence.Inside(
            source=source,
            cue=cue,
            content=content,
            lead=lead,
            margins=(2.0, 3.0),
            share=0.5,
            around=0.9,
            is_second=True,
            is_first=False,
            is_quoted=True,
        )
    )
    return dict(zip(confidence.WITHIN[len(confidence.NAMES) :], found, strict=True))


@pytest.mark.model
def test_each_feature_has_a_name_and_a_weight() -> None:
    """The weights of the model that ships are as many as the names, in articles and within."""
    features = confidence.features(content=["“No,”"], cue="said", logs={})
    assert len(features) == len(confidence.NAMES)
    config = Encoder.default().config
    assert len(config["confidence"]) == len(confidence.NAMES)
    assert len(config["confidence_within"]) == len(confidence.WITHIN)


def test_within_a_content_it_counts_who_speaks() -> None:
    """Who speaks himself and whom a noun describes are told apart from the rest."""
    seen = ("by the one who speaks", "by one person described")
    held = {name: within(name, "said") for name in ("I", "the doctor", "Holt", "")}
    assert {name: tuple(each[key] for key in seen) for name, each in held.items()} == {
        "I": (1.0, 0.0),
        "the doctor": (0.0, 1.0),
        "Holt": (0.0, 0.0),
        "": (0.0, 0.0),
    }


def test_within_a_content_it_counts_what_the_cue_does() -> None:
    """A thought, speech, and what no list has."""
    seen = ("cue is a thought", "cue is no known act")
    held = {cue: within("Holt", cue) for cue in ("thinks", "said", "the colour of", "")}
    assert {cue: tuple(each[key] for key in seen) for cue, each in held.items()} == {
        "thinks": (1.0, 0.0),
        "said": (0.0, 0.0),
        "the colour of": (0.0, 1.0),
        "": (0.0, 1.0),
    }


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("nobody", "by nobody or anybody"),
        ("the letter", "by something written"),
        ("who", "by a relative pronoun"),
        ("Holt", None),
        ("", None),
    ],
)
def test_within_a_content_it_counts_what_kind_of_source_it_is(
    source: str, seen: str | None
) -> None:
    """Nobody, a paper and a relative pronoun are told apart, each from the others."""
    kinds = ("by nobody or anybody", "by something written", "by a relative pronoun")
    held = within(source, "said")
    assert [kind for kind in kinds if held[kind]] == ([seen] if seen else [])


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        ("that it was late", "begins with “that”"),
        ("“No,”", "begins with a mark"),
        ("to leave", "begins with “to”, “for”, “of” …"),
        ("it was late", None),
        ("—", None),
    ],
)
def test_within_a_content_it_counts_how_the_words_begin(content: str, seen: str | None) -> None:
    """With "that", with a quotation mark, or with no clause at all."""
    kinds = ("begins with “that”", "begins with a mark", "begins with “to”, “for”, “of” …")
    held = within("Holt", "said", content=content)
    assert [kind for kind in kinds if held[kind]] == ([seen] if seen else [])


@pytest.mark.parametrize(
    ("lead", "cue", "is_open"),
    [
        ("if he ", "says", 1.0),
        ("", "would say", 1.0),
        ("", "didn’t say", 1.0),
        ("he ", "said", 0.0),
    ],
)
def test_within_a_content_it_counts_what_may_not_have_been_said(
    lead: str, cue: str, is_open: float
) -> None:
    """Conditions, wishes and denials, in the cue or right before it."""
    assert within("Holt", cue, lead=lead)["may not have been said"] == is_open


def test_the_score_is_a_probability() -> None:
    """No evidence is an even chance, and more of it is never past certainty."""
    weights = [1.0] * 3
    assert confidence.score([0.0] * 3, weights) == 0.5
    assert confidence.score([1e9] * 3, weights) <= 1.0
    assert confidence.score([-1e9] * 3, weights) >= 0.0
