"""What a page is made of: citations, tables, the matrix, wordings in columns, the first screen."""

from __future__ import annotations

import csv
import dataclasses
import io
import itertools
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold import marked, spans
from retold.comparing import labels
from retold.showing import annotated, citation, collation, foremost, html, matrix, tables, view
from retold.types import (
    Act,
    Article,
    Attribution,
    Change,
    ChangeKind,
    DifferenceKind,
    Event,
    Facet,
    Report,
    Section,
    SectionKind,
    Span,
    SpeakerKind,
    Variant,
    Witness,
)
from tests import crowds, stories

ROOT = Path(__file__).resolve().parent.parent
WORDS = ["a", "b", "c", "d", "—", "x,", "Y."]


def seen(report: Report | None = None) -> view.View:
    return view.of(report or stories.bridge())


# --- citations ---


def test_a_citation_has_words_chain_and_place() -> None:
    """The mayor's words as the Post has them from the minister, with the characters they are."""
    report = stories.bridge()
    post = next(a for a in report.articles if a.outlet == "Harbour Post")
    mayor = next(a for a in report.attributions if a.article_id == post.id and len(a.chain) > 1)
    (piece,) = mayor.content
    cited = citation.Cited(post.id, mayor.content, mayor)
    assert citation.of(seen(report), [cited]) == (
        "“a good bridge, before winter”\n"
        "— Harbour Post › Jon Aske › Orsolya Tarn, "
        f"characters {piece.start}–{piece.end}\n"
        "Harbour Post: “A bridge for Veldmoor”, Harbour Post, 2031-05-06"
    )


def test_the_citation_in_the_documentation_is_one() -> None:
    """The how-to shows what the page gives for the price in the Post, to the character."""
    report = stories.bridge()
    post = next(a for a in report.articles if a.outlet == "Harbour Post")
    cited = citation.at(seen(report), post.id, stories.find(post, "12 million crowns"))
    page = (ROOT / "docs" / "how-to" / "read-the-page.md").read_text(encoding="utf-8")
    assert f"```\n{citation.of(seen(report), [cited])}\n```" in page


def test_a_citation_names_what_is_not_known() -> None:
    """An article without a day says so, and one without a title is named by its file."""
    post = stories.bridge_articles()[0]
    bare = dataclasses.replace(
        post, title=None, published=None, path="a/post.txt", sections=post.sections[1:]
    )
    assert citation.source(bare) == "“post.txt”, Harbour Post, no date"


def test_every_side_of_a_difference_is_cited() -> None:
    """Three accounts give the price, three lines say where, and each article is named once."""
    first = view.differences(seen())[0].difference
    lines = citation.difference(seen(), first).split("\n")
    assert (lines[0], [line.split(" › ")[0] for line in lines[2:7:2]]) == (
        "number, conflict",
        ["— Northern Wire", "— Evening Ledger", "— Harbour Post"],
    )
    assert [line.split(":")[0] for line in lines[7:]] == [
        "Northern Wire",
        "Evening Ledger",
        "Harbour Post",
    ]


# --- tables ---


def rows(report: Report, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(tables.of(seen(report))[name])))


def test_every_list_gives_places_that_hold_its_words() -> None:
    """In every list `text[start:end]` is what stands in the column of words."""
    report = stories.bridge()
    texts = {labels.of(report.articles)[a.id]: a.text for a in report.articles}
    for name in ("differences", "quotations", "timeline", "wording"):
        held = rows(report, name)
        assert held
        for row in held:
            words = texts[row["article"]][int(row["start"]) : int(row["end"])]
            assert row["words"].removeprefix("'") == words


def test_the_matrix_as_a_table_says_how_each_article_tells_a_claim() -> None:
    """`differs`, `agrees` or `silent`, with the characters where it does."""
    report = stories.bridge()
    wire = next(a for a in report.articles if a.outlet == "Northern Wire")
    place = stories.find(wire, "Work begins in 2032, the ministry’s crowing planners announced.")
    (row,) = (r for r in rows(report, "claims") if r["Evening Ledger"] == "silent")
    assert (row["facets"], row["tellings"], row["Northern Wire"]) == (
        "date",
        "2",
        f"differs, characters {place.start}–{place.end}",
    )


def test_speakers_are_counted_by_article() -> None:
    """The mayor is heard once in each, in the Post through the minister."""
    (mayor,) = (r for r in rows(stories.bridge(), "speakers") if r["speaker"] == "Orsolya Tarn")
    assert mayor == {
        "speaker": "Orsolya Tarn",
        "kind": "person",
        "through": "Jon Aske 1",
        "Northern Wire": "1",
        "Harbour Post": "1",
        "Evening Ledger": "1",
    }


def test_no_cell_is_a_formula() -> None:
    """Words that a spreadsheet would compute get an apostrophe in front, figures do not."""
    article = stories.article("T\n\n=1+1 in 2031.", outlet="@x", published=None)
    event = Event(article_id=article.id, span=Span(3, 15), date="2031", claim_id=None)
    report = dataclasses.replace(
        stories.bare(), articles=(article,), attributions=(), passages=(), timeline=(event,)
    )
    (row,) = rows(report, "timeline")
    assert (row["words"], row["article"], row["start"]) == ("'=1+1 in 2031", "'@x", "3")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
@settings(deadline=None)
def test_a_table_survives_as_an_address(table: str) -> None:
    """What a browser takes out of the link is the table, whatever stands in it."""
    head, _, held = tables.link(table).partition(",")
    assert (head, unquote(held)) == ("data:text/csv;charset=utf-8", "\ufeff" + table)
    assert not any(c in held for c in "\n\r\t#\0")


# --- beside an article ---


@pytest.mark.parametrize(
    ("score", "is_doubtful", "expected"),
    [(0.8, False, "agrees"), (0.8, True, "may agree"), (0.3, False, "may agree")],
)
def test_what_may_be_two_things_is_not_said_to_agree(
    score: float, is_doubtful: bool, expected: str
) -> None:
    """A claim that is rather several things than one "may agree", and so may an account whose
    passage may tell another: beside the article, in the table and in the table's file."""
    report = stories.bridge()
    plain = dataclasses.replace(report.claims[2], differences=(), variants=(), score=score)
    doubtful = tuple(p.id for p in plain.passages) if is_doubtful else ()
    plain = dataclasses.replace(plain, doubtful=doubtful)
    report = dataclasses.replace(report, claims=(plain,))
    article = report.articles[0]
    found = annotated.page(seen(report), article, ())
    kinds = {note.kind.value for each in found.paragraphs for note in each.notes if note.beside}
    (row,) = rows(report, "claims")
    told = row[labels.of(report.articles)[article.id]]
    assert (kinds - {"missing here"}, told.split(",")[0]) == ({expected}, expected)
    assert f'aria-label="{expected}">{html.SIGNS[expected]}</a>' in html.render(report)


# --- the matrix ---


def test_claims_that_conflict_stand_first() -> None:
    """Conflicts, then variations, then agreement; and each claim has its number in that order."""
    found = matrix.rows(seen())
    assert [(row.number, row.facets) for row in found] == [
        (1, ("number",)),
        (2, ("date",)),
        (3, ("wording",)),
    ]


def test_rows_are_sorted_by_coverage_and_by_place() -> None:
    """What three tell goes before what two tell; an account's own order is that of its text."""
    found = matrix.rows(seen())
    ledger = next(a for a in stories.bridge().articles if a.outlet == "Evening Ledger")
    starts = [row.told[ledger.id].span.start for row in matrix.by_place(found, ledger.id)]
    told = [len(row.told) for row in matrix.by_coverage(found)]
    assert (told, starts, len(starts)) == ([3, 3, 2], sorted(starts), 2)


def test_rows_know_who_is_heard_in_them() -> None:
    """The claims by speaker, the most heard first, the chain's hops among them."""
    held = matrix.by_speaker(matrix.rows(seen()))
    assert {name: [row.number for row in of] for name, of in held.items()} == {
        "Jon Aske": [1, 3],
        "Orsolya Tarn": [3],
    }


# --- wordings in columns ---


def variant(*wordings: str, changes: tuple[tuple[ChangeKind, str, str], ...] = ()) -> Variant:
    """Wordings, each an article of its own; changes between the first and the second."""
    return Variant(
        witnesses=tuple(
            Witness(article_id=f"a{n}", attribution_id="", pieces=(Span(0, len(w)),), date=None)
            for n, w in enumerate(wordings)
        ),
        changes=tuple(
            Change(
                kind=kind,
                witness=1,
                base=_at(wordings[0], base),
                other=_at(wordings[1], other),
                is_substantive=True,
            )
            for kind, base, other in changes
        ),
    )


def _at(text: str, words: str) -> Span | None:
    return Span(text.index(words), text.index(words) + len(words)) if words else None


def articles(*wordings: str) -> list[Article]:
    return [
        Article(
            id=f"a{n}", text=w, sections=(Section(kind=SectionKind.BODY, span=Span(0, len(w))),)
        )
        for n, w in enumerate(wordings)
    ]


def columns(
    *wordings: str, changes: tuple[tuple[ChangeKind, str, str], ...] = ()
) -> list[list[str]]:
    """The cells of each column, `—` where words are left out."""
    return [
        [
            " / ".join(spans.cut(text, piece) for piece in cell.pieces) or "—" * cell.is_cut
            for text, cell in zip(wordings, column.cells, strict=True)
        ]
        for column in collation.columns(variant(*wordings, changes=changes), articles(*wordings))
    ]


def test_a_changed_word_has_a_column() -> None:
    """What stands before and after it in both is one column each."""
    assert columns(
        "Give him a good bridge, before winter.",
        "give him a new bridge before winter",
        changes=((ChangeKind.SUBSTITUTION, "good", "new"),),
    ) == [
        ["Give him a", "give him a"],
        ["good", "new"],
        ["bridge, before winter.", "bridge before winter"],
    ]


def test_words_left_out_leave_a_gap_and_words_not_quoted_do_not() -> None:
    """A wording that ends early is not cut; one that skips words within is."""
    assert columns(
        "the whole truth, however late",
        "the truth",
        changes=((ChangeKind.CUT, "whole", ""),),
    ) == [["the", "the"], ["whole", "—"], ["truth,", "truth"], ["however late", ""]]


def test_a_dash_of_its_own_belongs_to_the_word_before() -> None:
    """Punctuation alone never makes a column."""
    assert columns("we call it — Iraq", "we call it Iraq") == [
        ["we call it — Iraq", "we call it Iraq"]
    ]


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1), min_size=2))
@settings(deadline=None, max_examples=60)
def test_every_word_of_every_wording_stands_in_one_column(wordings: list[list[str]]) -> None:
    """Read down the columns, each wording is there whole and in its order."""
    texts = [" ".join(words) for words in wordings]
    found = columns(*texts)
    assert [
        " ".join(column[n] for column in found if column[n] not in ("", "—")).split()
        for n in range(len(texts))
        if "—" not in texts[n]
    ] == [text.split() for text in texts if "—" not in text]


def test_lines_of_columns_are_no_wider_than_a_page() -> None:
    """A long quotation with many changes breaks into lines that hold all its columns."""
    base = " ".join(f"word{n} same{n}" for n in range(40))
    other = " ".join(f"other{n} same{n}" for n in range(40))
    changed = tuple((ChangeKind.SUBSTITUTION, f"word{n}", f"other{n}") for n in range(10, 40))
    found = variant(base, other, changes=changed)
    held = collation.lines(found, articles(base, other))
    assert sum(map(len, held)) == len(collation.columns(found, articles(base, other)))
    assert len(held) > 1


# --- the first screen ---


def test_words_about_whom_several_name_come_first() -> None:
    """Of what one account alone tells, what names the story's people goes before the rest."""
    report = stories.bridge()
    post = next(a for a in report.articles if a.outlet == "Harbour Post")
    told = stories.passages(
        post,
        [
            "“Nobody asked the ferrymen,” read a banner on the quay.",
            "Mayor Orsolya Tarn promised him “a good bridge, before winter”",
        ],
        {},
    )
    assert foremost.Actors(seen(report)).passages(told) == (told[1], told[0])


def test_a_way_is_shown_by_what_it_tells_of_others() -> None:
    """A statement that names another of the story goes before a longer one that does not."""
    text = (
        "{s1 Jon Aske} {c1 said} {q1 that the ferry had been full for as long as anyone knew}. "
        "{s2 He} {c2 said} {q2 that Orsolya Tarn was against it}."
    )
    plain = marked.parse(text)[0]
    one = stories.article("T\n\n" + plain, outlet="One", published=None)
    two = stories.article("U\n\n" + plain, outlet="Two", published=None)
    said: dict[str, tuple[Attribution, ...]] = {
        a.id: stories.attributions(a, "T\n\n" + text, [("s1",), ("s1",)]) for a in (one, two)
    }
    report = dataclasses.replace(
        stories.bridge(),
        articles=(one, two),
        attributions=(*said[one.id], *said[two.id]),
        speakers=tuple(
            stories.speaker(id, name, SpeakerKind.PERSON, (one, name), (two, name))
            for id, name in (("s1", "Jon Aske"), ("s2", "Orsolya Tarn"))
        ),
        passages=(),
        claims=(),
        timeline=(),
        wording=(),
        tellings=(),
    )
    looked = seen(report)
    (first, _) = view.routes(looked)
    shown = foremost.Actors(looked).statement(first)
    assert "Orsolya Tarn" in spans.cut(looked.articles[shown.article_id].text, shown.content[0])


def test_each_account_shows_whom_it_has_from_the_storys_people() -> None:
    """The first ways of the first screen: each account's own way to somebody whom several name."""
    looked = seen()
    first = foremost.of(looked, view.differences(looked), view.routes(looked))
    own = [looked.labels[route.article_id] for route, _ in first.routes[:3]]
    assert sorted(own) == ["Evening Ledger", "Harbour Post", "Northern Wire"]


@pytest.mark.parametrize(
    ("act", "kind", "words", "expected"),
    [
        (Act.STATED, SpeakerKind.PERSON, "the old bridge would stand", ["Aske › Tarn", "Tarn"]),
        (Act.THOUGHT, SpeakerKind.PERSON, "the old bridge would stand", ["Tarn", "Aske › Tarn"]),
        (Act.STATED, SpeakerKind.UNNAMED, "the old bridge would stand", ["Tarn", "Aske › Tarn"]),
        (Act.STATED, SpeakerKind.PERSON, "it", ["Tarn", "Aske › Tarn"]),
    ],
    ids=["a chain", "a thought", "through a noun", "a scrap"],
)
def test_the_first_way_is_a_told_one_through_named_people(
    act: Act, kind: SpeakerKind, words: str, expected: list[str]
) -> None:
    """A chain goes before what is told outright, but for thoughts, for what "a clerk" tells and for
    a word or two."""
    text = (
        f"T\n\n{{s1 Aske}} {{c1 said}} {{q1 {{s2 Tarn}} {{c2 held}} {{q2 that {words}}}}}. "
        "{s3 Tarn} {c3 said} {q3 that it fell into the river}."
    )
    plain = marked.parse(text)[0]
    held = [stories.article(t + plain[1:], outlet=t, published=None) for t in ("T", "U")]
    own = stories.attributions(held[0], text, [("s1",), ("s1", "s2"), ("s2",)])
    report = dataclasses.replace(
        stories.bare(),
        articles=tuple(held),
        attributions=(dataclasses.replace(own[1], act=act), own[2]),
        speakers=tuple(
            stories.speaker(id, name, of, *((article, name) for article in held))
            for id, name, of in (("s1", "Aske", kind), ("s2", "Tarn", SpeakerKind.PERSON))
        ),
    )
    looked = seen(report)
    first = foremost.of(looked, (), view.routes(looked))
    assert [
        " › ".join(view.name(looked, id) for id in route.speakers) for route, _ in first.routes
    ] == expected


def test_each_way_through_named_people_is_one_of_its_own() -> None:
    """Whom two people quote stands with each of them, before somebody whom nobody else quotes."""
    text = (
        "T\n\n{s1 Aske} {c1 said} {q1 {s2 Tarn} {c2 held} {q2 that the old bridge would stand}}. "
        "{s3 Ito} {c3 said} {q3 {s4 Tarn} {c4 held} {q4 that the old bridge had fallen}}. "
        "{s5 Holm} {c5 said} {q5 that it rained upon the river}."
    )
    plain = marked.parse(text)[0]
    held = [stories.article(t + plain[1:], outlet=t, published=None) for t in ("T", "U")]
    chains = [("s1",), ("s1", "s2"), ("s3",), ("s3", "s2"), ("s4",)]
    own = stories.attributions(held[0], text, chains)
    people = (("s1", "Aske"), ("s2", "Tarn"), ("s3", "Ito"), ("s4", "Holm"))
    report = dataclasses.replace(
        stories.bare(),
        articles=tuple(held),
        attributions=(own[1], own[3], own[4]),
        speakers=tuple(
            stories.speaker(id, name, SpeakerKind.PERSON, *((article, name) for article in held))
            for id, name in people
        ),
    )
    looked = seen(report)
    first = foremost.of(looked, (), view.routes(looked))
    assert [route.speakers for route, _ in first.routes] == [("s1", "s2"), ("s3", "s2"), ("s4",)]


def test_what_several_tell_is_shown_of_several() -> None:
    """Where all accounts of a claim are one telling, each of them is shown."""
    report = stories.bridge()
    one = tuple(dict.fromkeys(a.id for a in report.articles))
    claims = tuple(dataclasses.replace(claim, tellings=(one,)) for claim in report.claims)
    looked = seen(dataclasses.replace(report, claims=claims))
    told = [one.told for one in foremost.agreed(looked)]
    assert [len({p.article_id for p in held}) > 1 for held in told] == [True] * len(told)
    assert len(told) > 0


def test_what_is_surely_one_thing_is_told_first() -> None:
    """However many tell it, what may be two things waits behind what is one."""
    report = stories.bridge()
    scores = [0.6 if number % 2 == 0 else 0.9 for number in range(len(report.claims))]
    held = zip(report.claims, scores, strict=True)
    claims = tuple(dataclasses.replace(claim, score=score) for claim, score in held)
    looked = seen(dataclasses.replace(report, claims=claims))
    told = [one.claim.score for one in foremost.agreed(looked)]
    assert told == sorted(told, reverse=True)
    assert len(set(told)) == 2


def test_thirty_accounts_leave_room_for_the_differences() -> None:
    """However many tell it, the first screen shows a difference and ways, and no account that tells
    nothing alone."""
    looked = seen(crowds.crowd(accounts=30, paragraphs=3))
    first = foremost.of(looked, view.differences(looked), view.routes(looked))
    assert (len(first.found) > 0, len(first.routes) > 0, len(first.lone)) == (True, True, 0)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((0.9, 0.4, 0.2), [0.4]),
        ((0.4, 0.35, 0.31, 0.3), [0.4, 0.35]),
        ((0.9, 0.8, 0.4), []),
        ((0.9,), []),
    ],
)
def test_where_few_differences_are_sure_the_likeliest_stand_apart(
    scores: tuple[float, ...], expected: list[float]
) -> None:
    """Two in all, of a claim each, and none that is hardly one."""
    assert [at.difference.score for at in foremost.perhaps(_variations(scores))] == expected


def test_what_only_says_more_is_not_shown_as_perhaps() -> None:
    """It waits to be asked for, however likely it is."""
    detail, wording = _variations((0.4, 0.35), (Facet.DETAIL, Facet.WORDING))
    assert foremost.perhaps((detail, wording)) == (wording,)


def _variations(
    scores: Sequence[float], facets: Sequence[Facet] = (Facet.WORDING,)
) -> list[view.Found]:
    """A difference of each score, of a claim each; the facets in turn."""
    claim = next(c for c in stories.bridge().claims if c.differences)
    return [
        view.Found(
            dataclasses.replace(claim, id=f"c{n}"),
            dataclasses.replace(
                claim.differences[0], kind=DifferenceKind.VARIATION, score=score, facet=facet
            ),
        )
        for n, (score, facet) in enumerate(zip(scores, itertools.cycle(facets), strict=False))
    ]


def test_a_story_without_anything_has_an_empty_first_screen() -> None:
    """No difference, no speaker: nothing is made up."""
    looked = seen(stories.bare())
    first = foremost.of(looked, view.differences(looked), view.routes(looked))
    assert (first.found, first.routes) == ((), ())
