"""Triples set right by the words around them."""

from __future__ import annotations

from retold import marked
from retold.reading import amended
from retold.types import Span, Triple


def test_a_blank_cue_amends_nothing() -> None:
    """A cue without a letter, as odd text may have, leaves the triple as it is."""
    given = Triple(source=(Span(7, 8),), cue=(Span(11, 12),), content=(Span(13, 14),), score=1.0)
    assert amended._without_addressee("x he “ that he x", given) == given


def test_an_article_alone_is_no_source() -> None:
    """Of "the requested copies" nobody speaks."""
    bare, triples = marked.parse("{s1 the} {c1 requested} {q1 copies of the emails}.")
    (told,) = amended.amend(bare, triples)
    assert told.source == ()
