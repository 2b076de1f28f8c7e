"""Paragraphs set out as somebody’s words, and the turns of a broadcast. Texts are invented."""

from __future__ import annotations

import pytest

from retold import marked, text
from retold.reading import blocks, credited
from retold.types import Span, Triple

BLOCK = "We have waited for two years, and the bridge is no safer than it was."


def found(value: str) -> list[Triple]:
    return list(blocks.found(value, text.paragraphs(value, Span(0, len(value)))))


@pytest.mark.parametrize(
    "line",
    [
        "{s1 Ada Holm} {c1 wrote}:",
        "In her letter to the council, {s1 Ada Holm} {c1 wrote}:",
        "It rained. {s1 She} {c1 continued}:",
        "As {s1 the Courier} {c1 reported} on Monday:",
        "{s1 The Courier} {c1 also notes}:",
        "{s1 The statement} {c1 reads} in full:",
        "{s1 Ada Holm}, the mayor, {c1 said} in a statement Tuesday:",
        "{s1 Karl Lind} {c1 told} the Courier on Monday:",
    ],
)
def test_the_paragraph_below_a_line_is_of_whom_the_line_says(line: str) -> None:
    """The subject of the verb of saying is the source, the paragraph its words."""
    value = f"{line}\n\n{{q1 {BLOCK}}}\n\nThe council met."
    bare, _ = marked.parse(value)
    assert marked.mark(bare, found(bare)) == value


@pytest.mark.parametrize(
    "value",
    [
        f"Here is what Ada Holm said:\n\n{BLOCK}",
        f"Ada Holm said it was committed to:\n\n{BLOCK}",
        f"The council had three aims:\n\n{BLOCK}",
        "Ada Holm wrote:\n\nNo.",
        f"Ada Holm wrote:\n\n“{BLOCK}”",
        f"Ada Holm wrote:\n\n- {BLOCK}",
        f"Ada Holm retweeted and wrote:\n\n{BLOCK} — Karl Lind (@lind) May 6, 2031",
        f"Ada Holm wrote.\n\n{BLOCK}",
        f"Explained:\n\n{BLOCK}",
        f"It rained. Wrote:\n\n{BLOCK}",
        f"The council promised to:\n\n{BLOCK}",
        f"Ada Holm never said:\n\n{BLOCK}",
        f"If Ada Holm says:\n\n{BLOCK}",
    ],
)
def test_other_paragraphs_below_are_nobodys(value: str) -> None:
    """Lists, quotations, posts and what no verb of saying leads in are left to others."""
    assert found(value) == []


def test_the_turns_of_a_broadcast_are_of_their_labels() -> None:
    """A turn reaches to the next label, and not over what is noted between the turns."""
    value = (
        "News of today.\n\n{s1 ADA HOLM, HOST}{c1 :} {q1 Welcome.\n\nThe bridge fell.}\n\n"
        "(SOUNDBITE OF RECORDING)\n\n{s2 KARL LIND}{c2 :} {q2 It was safe.}\n\n"
        "{s3 HOLM}{c3 :} {q3 So he says.}\n\nAll rights reserved."
    )
    bare, _ = marked.parse(value)
    assert marked.mark(bare, found(bare)) == value


@pytest.mark.parametrize(
    ("one", "other"),
    [("BREAKING", "UPDATE"), ("NORHAVEN NEWS", "NEWS"), ("WATCH LIVE", "LIVE")],
)
def test_labels_that_name_nobody_make_no_broadcast(one: str, other: str) -> None:
    """Nobody is called by a last name who was not named in full before."""
    value = f"{one}: It fell.\n\n{other}: It is safe.\n\n{one}: It is not.\n\n{other}: It is."
    assert found(value) == []


def test_what_somebody_else_says_in_a_block_stands_within_it() -> None:
    """A statement that the labels find in the words of a block is its child; of his own mind whose
    words they are says nothing apart."""
    said = (
        "Oh, {s1 the guard} {c1 told} me {q1 that he had slept}, and {s2 I} {c2 hope} {q2 so}, and "
        "{s3 Lind} {c3 wants} {q3 it}."
    )
    bare, labelled = marked.parse(f"Ada Holm wrote:\n\n{said}")
    kept = credited.preferred(bare, labelled, found(bare))
    assert [t.parent for t in credited.within(bare, kept)] == [None, 0, 0]


def test_what_the_line_above_quotes_goes_on_in_the_paragraph_below() -> None:
    """Words with the same verb are one statement; those behind the dash of a post are not."""
    value = f"{{q1 “We knew,”}} {{s1 Holm}} {{c1 added}}:\n\n{BLOCK}\n\n{{q2 “Yes”}}"
    bare, labelled = marked.parse(value)
    whole, other = credited.preferred(bare, labelled, found(bare))
    assert [bare[s.start : s.end] for s in whole.content] == ["“We knew,”", BLOCK]
    assert other == labelled[1]
