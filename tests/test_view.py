"""What a report shows, in which order, and where things stand in its drawings."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest

from retold import spans
from retold.showing import alone, drawing, shared, view
from retold.types import (
    Act,
    Difference,
    DifferenceKind,
    Echo,
    Event,
    Facet,
    Report,
    SectionKind,
    Span,
)
from tests import crowds, readings, stories


def seen(report: Report | None = None) -> view.View:
    return view.of(report or stories.bridge())


def test_conflicts_come_before_variations() -> None:
    """An editor reads first what cannot both be right."""
    kinds = [at.difference.kind.value for at in view.differences(seen())]
    assert kinds == ["conflict", "conflict", "variation"]


def test_what_is_sure_and_of_fact_stands_first() -> None:
    """Conflicts, then variations, of both first those of fact; then what no word of meaning shows,
    and last what is not sure, by its score alone."""
    claim = stories.bridge().claims[0]
    expected = [
        ("conflict", "date", 0.6, "may"),
        ("conflict", "wording", 0.9, "visit"),
        ("variation", "number", 0.5, "12"),
        ("variation", "detail", 0.9, "visit"),
        ("conflict", "wording", 0.9, "and"),
        ("variation", "wording", 0.4, "visit"),
        ("variation", "number", 0.3, "12"),
    ]
    found = []
    for kind, facet, score, word in reversed(expected):
        values = tuple(dataclasses.replace(v, value=word) for v in claim.differences[0].values)
        one = Difference(facet=Facet(facet), kind=DifferenceKind(kind), values=values, score=score)
        found.append(view.Found(claim, one))
    ordered = [at.difference for at in sorted(found, key=view._order)]
    assert [(d.kind, d.facet, d.score, d.values[0].value) for d in ordered] == expected


def test_the_same_value_is_one_side() -> None:
    """Three accounts of which two give the same number are two sides,
    in the order of the articles."""
    first = view.differences(seen())[0].difference
    assert [(side.value, len(side.given)) for side in view.sides(seen(), first)] == [
        ("14000000", 2),
        ("12000000", 1),
    ]


def test_a_side_that_may_not_belong_comes_last() -> None:
    """Of three sides the surest two are shown as sure whatever their scores; one under the bound
    comes after them."""
    first = view.differences(seen())[0].difference
    one, other = (side.given[0] for side in view.sides(seen(), first))
    third = dataclasses.replace(one, value="9000000", score=0.65)
    scores = [(third, 0.65), (dataclasses.replace(one, score=0.9), 0.9), (other, 0.6)]
    held = dataclasses.replace(
        first, values=tuple(dataclasses.replace(value, score=s) for value, s in scores)
    )
    assert [(side.value, side.is_sure) for side in view.sides(seen(), held)] == [
        ("9000000", True),
        ("14000000", True),
        ("12000000", False),
    ]


def test_what_one_account_tells_touches_no_claim() -> None:
    """Lone passages of an article overlap nothing that it shares, nor each other."""
    report = stories.bridge()
    for article in report.articles:
        own = seen(report).lone[article.id]
        claimed = [p for c in report.claims for p in c.passages if p.article_id == article.id]
        assert not any(spans.overlaps(a.span, b.span) for a in own for b in claimed)
        assert not any(spans.overlaps(a.span, b.span) for a, b in combinations(own, 2))


def test_what_others_may_tell_is_only_perhaps_told_by_one() -> None:
    """Words of which it is not sure that nobody else tells them stand apart, with their place."""
    report = stories.bridge()
    lone = seen(report).lone
    post, other, *_ = sorted(lone, key=lambda article: -len(lone[article]))
    (sole, *_) = lone[post]
    echo = Echo(article_id=post, span=sole.span, article_ids=(other,))
    held = seen(dataclasses.replace(report, echoes=(echo,)))
    assert sole not in held.lone[post]
    assert held.echoed[post] == (sole,)
    assert set(view.unclaimed(held, post)) == set(lone[post])


def test_who_said_it_is_nothing_that_one_tells_alone() -> None:
    """Of a sentence whose content others tell too, "Jon Aske said" tells nothing of its own."""
    report = stories.bridge()
    wire = report.articles[0]
    told = stories.passages(
        wire, ["Minister Jon Aske said", "Minister Jon Aske said on Monday"], {}
    )
    found = [
        alone.told(dataclasses.replace(report, claims=(), passages=(one,)), wire.id) for one in told
    ]
    assert [one.surely for one in found] == [(), (told[1],)]


def lone(text: str, claimed: str = "") -> list[str]:
    """What one article alone tells, where the words `claimed` are told by others too."""
    reading = readings.read(f"News\n\n{text}")
    article = reading.article
    shared = [p for p in reading.passages if spans.cut(article.text, p.span) == claimed]
    claim = stories.bridge().claims[0]
    report = dataclasses.replace(
        stories.bridge(),
        articles=(article,),
        attributions=reading.attributions,
        passages=reading.passages,
        claims=tuple(dataclasses.replace(claim, passages=(p,)) for p in shared),
    )
    told = alone.told(report, article.id).surely
    return [spans.cut(article.text, p.span) for p in told if p.span.start > len("News")]


def test_who_signs_a_post_is_no_news() -> None:
    """Neither the name under a post nor an address tells anything."""
    post = "The quay is shut. https://t.co/aX3bQ — Ada Holm (@adaholm) May 6, 2031"
    assert lone(post) == ["The quay is shut."]
    assert lone("https://t.co/aX3bQ\n\nThe quay is shut.") == ["The quay is shut."]


def test_a_heading_is_no_news() -> None:
    """What stands over a part of the article is told below it; a list of figures is told there."""
    text = "Back at the quay\n\nFerries lay idle.\n\nWhat comes next?\n\nRoof: 14 million crowns"
    assert lone(text) == ["Ferries lay idle.", "Roof: 14 million crowns"]


def test_a_scrap_of_a_shared_sentence_is_no_news() -> None:
    """Where others tell the rest of a sentence, a few words of it tell nothing by themselves."""
    told = "The port shut the quay on Monday,"
    assert lone(f"{told} before the winter storms.", told) == []
    more = "after a ferry struck the northern pier and sank"
    assert lone(f"{told} {more}.", told) == [f"{more}."]


def test_the_longest_way_comes_first() -> None:
    """Words that came through somebody stand before those that did not."""
    assert [view.name(seen(), s) for s in view.routes(seen())[0].speakers] == [
        "Jon Aske",
        "Orsolya Tarn",
    ]


def test_hearsay_that_is_not_sure_comes_last_and_is_not_drawn() -> None:
    """A way of which no statement is sure is no longer the first, nor in the drawing."""
    report = stories.bridge()
    through = view.routes(seen())[0].attributions
    doubtful = tuple(
        dataclasses.replace(a, chain_score=0.3) if a in through else a for a in report.attributions
    )
    looked = seen(dataclasses.replace(report, attributions=doubtful))
    graph = drawing.hearsay(looked)
    assert not view.routes(looked)[-1].is_sure
    assert graph is not None
    assert max(node.column for node in graph.nodes) == 1


def test_a_sure_way_brings_no_doubtful_statement_along() -> None:
    """What came less surely by the same way is a way of its own, not shown for the others."""
    report = stories.bridge()
    through = next(a for a in report.attributions if len(a.chain) > 1)
    doubtful = dataclasses.replace(through, id=f"{through.id}-again", chain_score=0.3)
    looked = seen(dataclasses.replace(report, attributions=(*report.attributions, doubtful)))
    found = [route for route in view.routes(looked) if route.is_through]
    assert [(route.is_sure, route.attributions) for route in found] == [
        (True, (through,)),
        (False, (doubtful,)),
    ]


def test_how_it_was_said_stands_with_what_was_not_stated() -> None:
    """A denial is told apart from a statement, and so is what is said with "if"."""
    stated = stories.bridge().attributions[0]
    forms = (
        stated,
        dataclasses.replace(stated, act=Act.DENIED),
        dataclasses.replace(stated, is_asserted=False),
    )
    assert [view.manner(form) for form in forms] == [None, "denied", "not asserted"]


def test_a_speaker_that_cannot_be_told_is_unresolved() -> None:
    """No name is made up."""
    post = stories.bridge_articles()[0]
    (unnamed,) = stories.attributions(post, "{q1 The}" + post.text[3:], [()])
    assert view.chain(seen(), post.id, unnamed) == ("Harbour Post", "unresolved")


def test_sections_set_aside_are_counted() -> None:
    """The plea and the comment of the Ledger are counted, by kind."""
    ledger = stories.bridge_articles()[2]
    assert view.set_aside(ledger) == {SectionKind.COMMENT: 1, SectionKind.BOILERPLATE: 1}


def test_bars_of_a_lane_do_not_cover_each_other() -> None:
    """Events of one article at the same time stand below each other."""
    report = stories.bridge()
    post = next(a for a in report.articles if a.outlet == "Harbour Post")
    dates = ("2030", "2030-05", "2030-05-01/2030-07-01", "2031")
    many = tuple(
        Event(article_id=post.id, span=Span(n, n + 1), date=date, claim_id=None)
        for n, date in enumerate(dates)
    )
    drawn = drawing.timeline(seen(dataclasses.replace(report, timeline=many)))
    assert drawn is not None
    boxes = [(bar.x, bar.x + bar.width, bar.y) for bar in drawn.bars]
    assert not any(a[2] == b[2] and a[0] < b[1] and b[0] < a[1] for a, b in combinations(boxes, 2))


def drawn(*dates: str) -> drawing.Timeline:
    """The timeline of events with these dates, in the Post's account."""
    report = stories.bridge()
    post = next(a for a in report.articles if a.outlet == "Harbour Post")
    events = tuple(
        Event(article_id=post.id, span=Span(n, n + 1), date=date, claim_id=None)
        for n, date in enumerate(dates)
    )
    found = drawing.timeline(seen(dataclasses.replace(report, timeline=events)))
    assert found is not None
    return found


def test_a_far_date_does_not_squeeze_the_near_ones() -> None:
    """Days of one week keep room beside a year long ago, in their order."""
    bars = {bar.date: bar.x for bar in drawn("1954", "2031-05-01", "2031-05-04").bars}
    assert bars["1954"] < bars["2031-05-01"] < bars["2031-05-04"]
    assert bars["2031-05-04"] - bars["2031-05-01"] > 20


def test_a_time_without_an_end_ends_with_what_is_known() -> None:
    """Open times reach to the last date that some account gives, and no further."""
    found = drawn("2029/..", "../2030", "2031-05-01")
    assert all(
        bar.x >= drawing.LEFT and bar.x + bar.width <= drawing.WIDTH - drawing.RIGHT + 6
        for bar in found.bars
    )


def test_labels_of_the_axis_keep_apart() -> None:
    """Of dates that lie close only the first is labelled."""
    places = [tick.x for tick in drawn(*(f"2031-05-{day:02}" for day in range(1, 28))).ticks]
    assert min(b - a for a, b in pairwise(places)) >= drawing.TICK_GAP


def test_the_last_label_of_the_axis_covers_no_other() -> None:
    """It ends at its date, others stand in the middle of theirs: both have their room."""
    for far in range(1, 9):
        old = (f"{1900 + 9 * year}" for year in range(far))
        middles = [tick.middle for tick in drawn(*old, "2030-01-01", "2031-05-04").ticks]
        assert min(b - a for a, b in pairwise(middles)) >= drawing.TICK_GAP


def test_lines_of_a_drawing_end_apart() -> None:
    """Lines that leave one outlet do not lie on each other, and less heard speakers are counted."""
    graph = drawing.hearsay(seen(crowds.crowd(accounts=3, paragraphs=30)), most=5)
    assert graph is not None
    begins = [edge.path.split(" C")[0] for edge in graph.edges]
    assert (len(set(begins)), graph.left_out) == (len(begins), 15)


def test_no_date_no_drawing() -> None:
    """A story without dates has no timeline to draw, and one without speakers no graph."""
    bare = seen(stories.bare())
    assert (drawing.timeline(bare), drawing.hearsay(bare)) == (None, None)


def test_hearsay_runs_from_left_to_right() -> None:
    """Outlets stand on the left, the quoted to the right of those who quote them."""
    graph = drawing.hearsay(seen())
    assert graph is not None
    assert [(n.name, n.column) for n in graph.nodes if n.column] == [
        ("Jon Aske", 1),
        ("Orsolya Tarn", 1),
        ("Orsolya Tarn", 2),
    ]


def test_a_difference_is_shown_once() -> None:
    """The same words in two claims are one difference."""
    report = stories.bridge()
    twice = dataclasses.replace(report, claims=report.claims * 2)
    assert view.differences(seen(twice)) == view.differences(seen(report))


def test_the_surer_of_two_comes_first() -> None:
    """Of two conflicts the one with the higher score leads, wherever it stands."""
    report = stories.bridge()
    (first, second, _) = view.differences(seen(report))
    for scores, order in (((0.7, 0.6), ["number", "date"]), ((0.6, 0.7), ["date", "number"])):
        differences = tuple(
            dataclasses.replace(found.difference, score=score)
            for found, score in zip((first, second), scores, strict=True)
        )
        claim = dataclasses.replace(first.claim, differences=differences)
        found = view.differences(seen(dataclasses.replace(report, claims=(claim,))))
        assert [at.difference.facet.value for at in found] == order


@pytest.mark.parametrize(
    "words", [("has", "had", "has"), ("bridge", "quay", "pier")], ids=["grammar", "meaning"]
)
def test_a_conflict_of_wording_comes_after_one_of_fact(words: tuple[str, ...]) -> None:
    """However sure it is, a quotation with another word waits behind another date."""
    report = stories.bridge()
    (number, date, _) = view.differences(seen(report))
    worded = _worded(number.difference, words)
    claim = dataclasses.replace(number.claim, differences=(worded, date.difference))
    found = view.differences(seen(dataclasses.replace(report, claims=(claim,))))
    assert [at.difference.facet for at in found] == [Facet.DATE, Facet.WORDING]


def test_a_conflict_in_words_of_grammar_comes_after_the_others() -> None:
    """ "Has" against "had" waits behind "bridge" against "quay", however sure it is."""
    report = stories.bridge()
    (number, date, _) = view.differences(seen(report))
    slight = _worded(number.difference, ("has", "had", "has"))
    plain = dataclasses.replace(_worded(date.difference, ("bridge", "quay", "pier")), score=0.6)
    claim = dataclasses.replace(number.claim, differences=(slight, plain))
    found = view.differences(seen(dataclasses.replace(report, claims=(claim,))))
    assert [at.difference.score for at in found] == [0.6, 1.0]


def _worded(difference: Difference, words: Sequence[str]) -> Difference:
    """A sure difference of wording at the places of another."""
    values = tuple(
        dataclasses.replace(value, value=word)
        for value, word in zip(difference.values, words, strict=False)
    )
    return dataclasses.replace(difference, facet=Facet.WORDING, values=values, score=1.0)


def test_what_few_words_show_is_sharp() -> None:
    """A sure variation is for the first screen where its values are short, a conflict always."""
    first, _, variation = view.differences(seen())
    sure = dataclasses.replace(variation.difference, score=0.7)
    text = "x" * 100
    long = tuple(dataclasses.replace(v, span=Span(0, len(text))) for v in sure.values)
    sharp = [first, dataclasses.replace(variation, difference=sure)]
    blunt = dataclasses.replace(variation, difference=dataclasses.replace(sure, values=long))
    assert [view.is_sharp(at) for at in (*sharp, blunt)] == [True, True, False]


def test_a_doubtful_variation_is_not_shown_unasked() -> None:
    """Under the score from which it is rather one than not, a variation waits to be asked for."""
    first, _, variation = view.differences(seen())
    doubtful = dataclasses.replace(
        variation, difference=dataclasses.replace(variation.difference, score=0.3)
    )
    assert [view.is_sure(at) for at in (first, variation, doubtful)] == [True, True, False]


def test_what_else_parts_in_the_passages_of_a_claim_stands_beside_its_first() -> None:
    """A reader gets each point once; a conflict stands by itself, and so does what is not sure."""
    conflict, _, variation = view.differences(seen())

    def at(score: float, found: view.Found, claim: str) -> view.Found:
        return view.Found(
            dataclasses.replace(found.claim, id=claim),
            dataclasses.replace(found.difference, score=score),
        )

    found = [
        at(0.9, conflict, "c1"),
        at(0.8, variation, "c1"),
        at(0.7, variation, "c2"),
        at(0.6, variation, "c1"),
        at(0.4, variation, "c1"),
    ]
    scores = [
        [one.difference.score for one in (point.first, *point.beside)]
        for point in view.points(found)
    ]
    assert scores == [[0.9], [0.8, 0.6], [0.7], [0.4]]


def test_other_words_of_one_quotation_stand_beside_each_other() -> None:
    """Conflicts in wording are one point in a claim; one of fact stands by itself."""
    claim = next(c for c in stories.bridge().claims if c.differences)
    found = [
        view.Found(claim, dataclasses.replace(claim.differences[0], facet=facet, score=score))
        for facet, score in ((Facet.NUMBER, 0.9), (Facet.WORDING, 0.8), (Facet.WORDING, 0.7))
    ]
    told = [
        [one.difference.score for one in (point.first, *point.beside)]
        for point in view.points(found)
    ]
    assert told == [[0.9], [0.8, 0.7]]


def test_what_is_surely_one_thing_comes_before_what_many_tell() -> None:
    """A claim that may be several things waits behind one that is not, however many tell it."""
    report = stories.bridge()
    claim = report.claims[0]
    doubtful = dataclasses.replace(claim, id="doubtful", score=0.4)
    sure = dataclasses.replace(claim, id="sure", tellings=claim.tellings[:1], score=0.8)
    found = shared.claims(seen(dataclasses.replace(report, claims=(doubtful, sure))))
    assert [(one.id, view.is_one(one)) for one in found] == [("sure", True), ("doubtful", False)]


def test_copies_that_differ_alike_make_one_difference() -> None:
    """What two reprints set against the same words of a third account is shown once."""
    report = stories.bridge()
    claim = report.claims[0]
    (whole,) = claim.differences
    post, wire, ledger = whole.values
    apart = tuple(
        dataclasses.replace(claim, differences=(dataclasses.replace(whole, values=values),))
        for values in ((post, wire), (post, ledger))
    )
    (found,) = view.differences(seen(dataclasses.replace(report, claims=apart)))
    assert found.difference.values == (post, wire, ledger)


def test_what_another_is_said_to_think_is_the_teller_s() -> None:
    """Words in a thought that a statement tells of are credited to the statement; words that it
    surely quotes to whom it quotes."""
    report = stories.bridge()
    outer = next(a for a in report.attributions if a.parent is None and len(a.content[0]) > 8)
    span = Span(outer.content[0].start + 2, outer.content[0].start + 6)
    found = []
    for act, score in ((Act.THOUGHT, 0.9), (Act.STATED, 0.4), (Act.STATED, 0.9)):
        inner = dataclasses.replace(
            outer, id="inner", parent=outer.id, act=act, content=(span,), chain_score=score
        )
        held = seen(dataclasses.replace(report, attributions=(outer, inner)))
        statement = view.statement_of(held, outer.article_id, span)
        found.append(statement and statement.id)
    assert found == [outer.id, outer.id, "inner"]
