"""Attributions put together. Texts are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retold import marked
from retold.reading import roster, speakers, statements
from retold.reading.scene import Scene
from retold.types import Attribution, QuotationKind, Span
from tests.test_speakers import article_of


def assembled(text: str) -> tuple[Attribution, ...]:
    bare, triples = marked.parse(text)
    article = article_of(bare)
    return statements.assemble(article, triples, speakers.resolve(article, triples, ()), ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{q1 “It was late,”} {s1 Holt} {c1 said}.", QuotationKind.DIRECT),
        ("{s1 Holt} {c1 said} {q1 it was late}.", QuotationKind.INDIRECT),
        ("{s1 Holt} {c1 said} {q1 it was “far too late” for that}.", QuotationKind.MIXED),
        ("{q1 “It was late},” {s1 Holt} {c1 said}, {q1 “too late}.”", QuotationKind.DIRECT),
        ("{q1 “Never closed} {s1 Holt} {c1 said}.", QuotationKind.DIRECT),
    ],
)
def test_quotation_marks_tell_the_kind(text: str, kind: QuotationKind) -> None:
    """All, some or none of the content's words stand in quotation marks of its own."""
    assert assembled(text)[0].quotation is kind


def test_words_reported_within_a_quotation_are_not_quoted_again() -> None:
    """What "he" said in “He said he would go” is indirect, though marks stand around it all."""
    outer, inner = assembled(
        "{q1 “{s2 He} {c2 said} {q2 he would go}, and left,”} {s1 she} {c1 said}."
    )
    assert (outer.quotation, inner.quotation) == (QuotationKind.DIRECT, QuotationKind.INDIRECT)


def test_ids_follow_the_triples_and_name_the_parent() -> None:
    """The n-th triple is `<article>.a<n>`, and a child names the attribution around it."""
    outer, inner = assembled("{q1 “{s2 Reuter} {c2 said} {q2 yes},”} {s1 Anna Holt} {c1 said}.")
    assert (outer.id, inner.id, inner.parent) == ("a.a0", "a.a1", "a.a0")


def test_an_outlet_by_its_acronym_is_a_venue() -> None:
    """ "Told FP" is where it was said if the text spells FP out as an outlet."""
    text = "{s1 Karl Weiss} {c1 told} FP {q1 it was late}. He also wrote for Foreign Policy (FP)."
    attribution = assembled(text)[0]
    assert attribution.addressee is None
    assert attribution.venue is not None


def test_what_stands_around_a_statement_is_not_where_another_within_it_was_made() -> None:
    """ "In a tweet" is where she said it, not where he did whom she quotes; whom he told is his."""
    outer, inner = assembled(
        "In a tweet, {s1 Anna Holt} {c1 said} {q1 that {s2 Reuter} {c2 told} the council {q2 no}}."
    )
    assert (outer.venue, inner.venue) == (Span(0, len("In a tweet")), None)
    assert (outer.addressee is None, inner.addressee is None) == (True, False)


def test_no_triples_make_no_attributions() -> None:
    """An article in which nobody says anything has none."""
    article = article_of("It rained.")
    assert statements.assemble(article, (), speakers.resolve(article, (), ()), ()) == ()


def test_a_scene_without_sentences_answers() -> None:
    """An article with nothing in its body does not break the questions put to it."""
    article = article_of(" ")
    scene = Scene(article, roster.find(article, ()))
    assert (scene.paragraph(0), scene.sentence(0), scene.subject(0)) == (0, 0, None)


def test_the_speakers_own_mind_is_no_statement_within_his_statement() -> None:
    """ "She was sure" within what she said is left out; what another told her is kept."""
    bare, triples = marked.parse(
        "{q1 “{s2 I} {c2 was sure} {q2 that {s3 Karl Weiss} {c3 told} me {q3 the truth}},”} "
        "{s1 Anna Holt} {c1 said}. {s4 Tom Reuter} {c4 believes} {q4 it}."
    )
    article = article_of(bare)
    cast = speakers.resolve(article, triples, ())
    kept, told = statements.without_own_minds(article, triples, cast)
    names = {speaker.id: speaker.name for speaker in told.speakers}
    assert [
        (names[r.speaker_id or ""], t.parent) for t, r in zip(kept, told.resolutions, strict=True)
    ] == [
        ("Anna Holt", None),
        ("Karl Weiss", 0),
        ("Tom Reuter", None),
    ]
    assert [hop.speaker_id for hop in told.resolutions[1].chain] == [
        told.resolutions[0].speaker_id,
        told.resolutions[1].speaker_id,
    ]


@pytest.mark.parametrize(("who", "count"), [("this court", 1), ("that court", 2)])
def test_who_speaks_for_his_office_speaks_himself(who: str, count: int) -> None:
    """ "This court holds" within a judge's words is no word of another's."""
    bare, triples = marked.parse(
        f"{{s1 Judge Anna Holt}} {{c1 wrote}} {{q1 that {{s2 {who}}} {{c2 says}} {{q2 no}}}}."
    )
    article = article_of(bare)
    cast = speakers.resolve(article, triples, ())
    assert len(statements.without_own_minds(article, triples, cast)[0]) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Karl Holt was held for {s1 his} {c1 alleged} {q1 ties to a harbour gang}.", 0),
        ("It led to {s1 the mayor’s} {c1 reported} {q1 illness in the harbour}.", 0),
        ("{s1 Karl Holt} {c1 alleged} {q1 ties to a harbour gang}.", 1),
        ("{s1 His} {c1 stated} {q1 reason was the harbour}.", 1),
    ],
)
def test_what_is_alleged_of_somebody_is_not_his_to_say(text: str, count: int) -> None:
    """ "His alleged ties" are told by others."""
    bare, triples = marked.parse(text)
    article = article_of(bare)
    cast = speakers.resolve(article, triples, ())
    assert len(statements.without_own_minds(article, triples, cast)[0]) == count


@pytest.mark.parametrize(("score", "is_kept"), [(0.29, False), (0.3, True)])
def test_what_somebody_says_he_says_is_kept_where_it_is_sure(score: float, is_kept: bool) -> None:
    """ "He would ask for it" within what he said is left out unless the model is sure of it."""
    bare, (outer, inner) = marked.parse(
        "{s1 Karl Holt} {c1 said} {q1 {s2 he} {c2 would ask} {q2 for the keys of the harbour}}."
    )
    article = article_of(bare)
    triples = (outer, replace(inner, score=score))
    cast = speakers.resolve(article, triples, ())
    kept, told = statements.without_own_minds(article, triples, cast)
    assert len(kept) == len(told.resolutions) == (2 if is_kept else 1)


@pytest.mark.parametrize(
    ("inner", "count"),
    [
        ("{s2 Karl Weiss} {c2 shows} {q2 that it is late}", 1),
        ("{s2 the report} {c2 shows} {q2 that it is late}", 2),
        ("{s2 no clerk} {c2 says} {q2 that it is late}", 1),
        ("{s2 Why} not {c2 ask} {q2 whether it is late}", 1),
        ("{s2 Karl Weiss’s} {c2 claim} {q2 that dates from May}", 1),
        ("{s2 Karl Weiss’s} {c2 claim} {q2 that it is late}", 2),
    ],
)
def test_what_nobody_says_is_no_statement_within_another(inner: str, count: int) -> None:
    """What a paper shows it says; what somebody shows, "no clerk" says, or a relative clause tells
    of a claim, nobody does."""
    bare, triples = marked.parse(f"{{s1 Anna Holt}} {{c1 said}} {{q1 {inner}}}.")
    article = article_of(bare)
    cast = speakers.resolve(article, triples, ())
    assert len(statements.without_own_minds(article, triples, cast)[0]) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("{s1 The New York Times}, {c1 citing} {q1 two aides}, was late.", 0),
        ("{s1 The New York Times} {c1 cited} {q1 two late ferries}.", 1),
        ("So said one {s1 who} {c1 asked for} {q1 anonymity because it was late}.", 0),
        ("So said one {s1 who} {c1 spoke on} {q1 condition of anonymity}.", 0),
        ("So said one {s1 who} {c1 denounced} {q1 anonymous letters}.", 1),
    ],
)
def test_what_tells_of_the_source_alone_is_no_statement(text: str, count: int) -> None:
    """Whom a paper cites says something; that he is cited, or unnamed, is nobody's words."""
    bare, triples = marked.parse(text)
    cast = speakers.resolve(article_of(bare), triples, ())
    kept, _ = statements.without_own_minds(article_of(bare), triples, cast)
    assert len(kept) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("{s1 The port} set up a plan {c1 called} {q1 “Quick Return”}.", 0),
        ("{s1 Holt’s bill}, {c1 dubbed} {q1 “For the Many”}, passed.", 0),
        ("{s1 Holt} {c1 called} {q1 “Quick Return” a trick}.", 1),
        ("{s1 Holt}, the mayor, {c1 called} {q1 “Quick Return” a trick}.", 1),
        ("Holt came and {c1 called} {q1 “Quick Return” a trick}.", 1),
    ],
)
def test_what_something_is_called_is_nobodys_statement(text: str, count: int) -> None:
    """A plan called so and a bill dubbed so have a name; who calls it so is not told."""
    bare, triples = marked.parse(text.replace("{s1 The port}", "The port"))
    cast = speakers.resolve(article_of(bare), triples, ())
    kept, _ = statements.without_own_minds(article_of(bare), triples, cast)
    assert len(kept) == count
