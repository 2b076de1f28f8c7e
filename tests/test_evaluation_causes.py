"""Why an attribution of the corpus is missed, by parts, and against another commit."""

from __future__ import annotations

import re

import pytest

from evaluation import polnear_causes, polnear_changes, polnear_parts
from evaluation.polnear_gold import Scored, Side
from retold import marked

ROLES = ("source", "cue", "content")
WORD = re.compile(r"\w+")


def side(value: str) -> tuple[str, Side]:
    """The bare text, and one side of it, as the scorer would hand it over."""
    text, triples = marked.parse(value)
    records = [
        {role: tuple((s.start, s.end) for s in getattr(triple, role)) for role in ROLES}
        for triple in triples
    ]
    words = [
        {
            role: {m.span() for s, e in record[role] for m in WORD.finditer(text, s, e)}
            for role in ROLES
        }
        for record in records
    ]
    direct = [text[record["content"][0][0]] == "“" for record in records]
    return text, Side(records, words, direct)


def scored(gold: str, found: str, pairs: dict[int, int] | None = None) -> Scored:
    """An invented article in which `found` was found; both are marked texts of the same words."""
    text, ours = side(gold)
    again, theirs = side(found)
    assert text == again
    return Scored("beacon_2021-05-04_ferry", text, ours, theirs, pairs or {})


@pytest.mark.parametrize(
    ("gold", "found", "cause"),
    [
        (
            "{q1 “We were never asked, not one of us.”} {c1 ―} {s1 Ada Holm}",
            "{q1 “We were never asked, not one of us.”} ― Ada Holm",
            "credited by a dash or a colon alone",
        ),
        (
            "{q1 “No,”} {s1 she} {c1 said}, turning to the old harbour wall.",
            "{q1 “No,”} {s1 she} {c1 said}, {q1 turning to the old harbour wall}.",
            "joined with what is another's or nobody's",
        ),
        (
            "{q1 “No,”} {s1 she} {c1 said}. {q1 “We have no boat, no crew and no money.”}",
            "{q1 “No,”} {s1 she} {c1 said}. “We have no boat, no crew and no money.”",
            "pieces not joined",
        ),
        (
            "{s1 She} {c1 said} {q1 that it was over for the ferry}.",
            "{s1 She} {c1 said} that {q1 it} was over for the ferry.",
            "another end of the content",
        ),
        (
            "{q1 “We knew,”} {s1 Holm} {c1 said} after he left.",
            "{q1 “We knew,”} Holm {c1 said} after {s1 he} left.",
            "wrong source",
        ),
        (
            "{q1 “We knew,”} {s1 Holm} {c1 said}.",
            "{q1 “We knew,”} Holm {c1 said}.",
            "no source found",
        ),
        (
            "{q1 “We knew,”} {c1 said} {s1 Ada Holm, who runs the ferry}.",
            "{q1 “We knew,”} {c1 said} {s1 Ada} Holm, who runs the ferry.",
            "another end of the source",
        ),
        ("{s1 Holm} {c1 said} {q1 it was over}.", "Holm said it was over.", "not seen: speech"),
        (
            "{s1 Holm} {c1 hoped} {q1 to leave}.",
            "Holm hoped to leave.",
            "not seen: thought or wish",
        ),
        ("They call it the “{q1 flood}.”", "They call it the “flood.”", "not seen: no cue"),
    ],
)
def test_a_missed_attribution_has_one_cause(gold: str, found: str, cause: str) -> None:
    """The first cause that fits is the one that is counted."""
    [fault] = [f for f in polnear_causes.faults([scored(gold, found)]) if f.gold]
    assert fault.cause == cause


def test_what_is_right_has_no_cause() -> None:
    """A pair of gold and found is no error on either side."""
    same = "{s1 Holm} {c1 said} {q1 it was over}."
    assert polnear_causes.faults([scored(same, same, {0: 0})]) == []


def test_scare_quotes_are_told_from_invented_speech() -> None:
    """A few words in marks that nobody says are one cause, a made-up statement another."""
    gold = "The “green wave” rose. {s1 Holm} {c1 left}, {q1 she said}. It hoped to rise."
    found = "The {q1 “green wave”} rose. Holm left, she said. {s2 It} {c2 hoped} {q2 to rise}."
    causes = [f.cause for f in polnear_causes.faults([scored(gold, found)]) if not f.gold]
    assert causes == ["scare quotes or a title taken for speech", "nobody's: thought or wish"]


def test_errors_are_shown_in_marked_text() -> None:
    """Each with what the gold has and what was found."""
    gold = "{q1 “We knew,”} {s1 Holm} {c1 said}."
    held = polnear_causes.faults([scored(gold, "{q1 “We knew,”} Holm {c1 said}.")])
    assert polnear_causes.shown(held, limit=5) == [
        "polnear · no source found\n"
        "    gold   {q1 “We knew,”} {s1 Holm} {c1 said}.\n"
        "    found  {q1 “We knew,”} Holm {c1 said}."
    ]


def test_the_table_counts_direct_quotations_apart() -> None:
    """A row a cause, the most frequent first."""
    gold = "{q1 “We knew,”} {s1 Holm} {c1 said}. {s2 She} {c2 said} {q2 so}."
    held = polnear_causes.faults([scored(gold, gold.replace("{s1 Holm}", "Holm"), {1: 1})])
    rows = [line.split() for line in polnear_causes.render(held).splitlines()]
    assert rows == [
        ["missed", "all", "direct"],
        ["no", "source", "found", "1", "1"],
        ["found", "where", "the", "gold", "has", "nothing", "all", "direct"],
    ]


def test_parts_are_kinds_outlets_and_lengths() -> None:
    """Precision counts what was found, recall what the gold has."""
    gold = "{q1 “We knew,”} {s1 Holm} {c1 said}. {s2 She} {c2 said} {q2 so}."
    found = "{q1 “We knew,”} {s1 Holm} {c1 said}. She said so."
    lines = polnear_parts.render([scored(gold, found, {0: 0})]).splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["all", "100.0", "50.0", "66.7", "66.7–66.7", "2"],
        ["direct", "100.0", "100.0", "100.0", "100.0–100.0", "1"],
        ["indirect", "0.0", "0.0", "0.0", "0.0–0.0", "1"],
        ["beacon", "100.0", "50.0", "66.7", "66.7–66.7", "2"],
        ["of", "1", "to", "9", "words", "100.0", "50.0", "66.7", "66.7–66.7", "2"],
    ]


def test_what_another_commit_found_is_set_against_what_is_found_now() -> None:
    """What is the same in both is not shown; `!` marks what the gold says otherwise."""
    gold = "{q1 “We knew,”} {s1 Holm} {c1 said}."
    before = scored(gold, "{q1 “We knew,”} Holm {c1 said}.")
    now = scored(gold, gold, {0: 0})
    name = "beacon_2021-05-04_ferry"
    assert polnear_changes.render([before], [now]) == (
        "polnear attributions: 1 gained (1 of them right), 1 lost (0 of them right)\n"
        f"  +   {name}: {{q1 “We knew,”}} {{s1 Holm}} {{c1 said}}.\n"
        f"  -   {name}: {{q1 “We knew,”}} Holm {{c1 said}}.\n"
    )
    assert polnear_changes.render([now], [now]) == (
        "polnear attributions: 0 gained (0 of them right), 0 lost (0 of them right)\n"
    )
