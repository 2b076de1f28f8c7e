"""Corrections: what each changes, how they are undone, how they hold on to their words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold import spans
from retold.correcting import drafts, file, overlay, places
from retold.correcting.overlay import Standing
from retold.correcting.records import Anchor, Correction, Deed, Part, Split, Undo
from retold.errors import FormatError
from retold.types import Attribution, DifferenceKind, Facet, Report, Span, SpeakerKind
from tests import stories

REPORT = stories.bridge()
WIRE, POST, LEDGER = REPORT.articles
NOON = dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC)


def made(*deeds: Deed) -> tuple[Correction, ...]:
    """The deeds as corrections, a minute apart."""
    return tuple(
        drafts.record(deed, who="Ada", at=NOON + dt.timedelta(minutes=n))
        for n, deed in enumerate(deeds)
    )


def laid(*deeds: Deed, on: Report = REPORT) -> Report:
    return overlay.apply(on, made(*deeds)).report


def standings(corrections: Sequence[Correction], on: Report = REPORT) -> list[Standing]:
    return [each.standing for each in overlay.apply(on, corrections).laid]


def said(report: Report, words: str, article_id: str) -> Attribution:
    """The innermost statement of the article in which the words stand."""
    text = next(a.text for a in report.articles if a.id == article_id)
    at = text.index(words)
    span = Span(at, at + len(words))
    found = [
        a
        for a in report.attributions
        if a.article_id == article_id and any(spans.contains(c, span) for c in a.content)
    ]
    return min(found, key=lambda a: sum(map(len, a.content)))


def name(report: Report, attribution: Attribution) -> str | None:
    return drafts.speaker_name(report, attribution)


COST = said(REPORT, "14 million", WIRE.id)
PROMISE = said(REPORT, "a good bridge", POST.id)
PARENT = next(a for a in REPORT.attributions if a.id == PROMISE.parent)


# --- what each kind changes ----------------------------------------------------------------------


def test_a_speaker_of_the_report_takes_over() -> None:
    """A name that the report knows leads to that speaker, in whatever case it is written."""
    report = laid(drafts.speaker(REPORT, COST, "orsolya  tarn"))
    assert said(report, "14 million", WIRE.id).speaker_id == "s2"


def test_a_new_name_makes_a_speaker_without_mentions() -> None:
    """Nobody is said to be named in the text who is not."""
    report = laid(drafts.speaker(REPORT, COST, "The Ministry", kind=SpeakerKind.ORGANISATION))
    new = report.speakers[-1]
    assert (new.name, new.kind, new.mentions) == ("The Ministry", SpeakerKind.ORGANISATION, ())


def test_a_speaker_whom_the_reader_names_is_sure() -> None:
    """Through whom the words came is as sure as before, where somebody stands between."""
    cost = said(laid(drafts.speaker(REPORT, COST, "Lena Voss")), "14 million", WIRE.id)
    promise = said(laid(drafts.speaker(REPORT, PROMISE, "Lena Voss")), "a good bridge", POST.id)
    assert (cost.chain_score, promise.chain_score) == (1.0, PROMISE.chain_score)


def test_no_name_leaves_a_statement_unresolved() -> None:
    """A reader may hold that it cannot be told who speaks."""
    report = laid(drafts.speaker(REPORT, COST, "  "))
    fixed = said(report, "14 million", WIRE.id)
    assert (fixed.speaker_id, fixed.chain) == (None, ())


def test_what_stands_in_a_statement_comes_through_its_new_speaker() -> None:
    """The chain of what a statement reports begins with whom the reader named."""
    report = laid(drafts.speaker(REPORT, PARENT, "Lena Voss"))
    chain = said(report, "a good bridge", POST.id).chain
    names = [next(s.name for s in report.speakers if s.id == hop.speaker_id) for hop in chain]
    assert names == ["Lena Voss", "Orsolya Tarn"]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part.SOURCE, ["Jon Aske"]),
        (Part.CUE, ["said", "on Monday"]),
        (Part.CONTENT, ["will cost 14 million crowns"]),
    ],
)
def test_a_part_of_a_statement_is_the_words_given(part: Part, words: list[str]) -> None:
    """The words are found in the article, each at the place nearest to what was there."""
    report = laid(drafts.span(REPORT, COST, part, words))
    fixed = next(a for a in report.attributions if a.id == COST.id)
    assert [spans.cut(WIRE.text, s) for s in drafts.parts(fixed)[part]] == words


def test_words_that_do_not_stand_in_the_article_are_refused() -> None:
    """A span is characters of the article, or nothing."""
    with pytest.raises(FormatError, match="does not stand"):
        drafts.span(REPORT, COST, Part.SOURCE, ["the Minister for Bridges"])


def test_the_nearest_of_several_places_is_taken() -> None:
    """The same words elsewhere in the article are not meant."""
    assert [places.nearest("la la la", "la", to=at) for at in (0, 3, 4, 8)] == [
        Span(0, 2),
        Span(3, 5),
        Span(3, 5),
        Span(6, 8),
    ]


def test_a_date_on_the_timeline_is_the_readers() -> None:
    """The event keeps its words and moves to its date."""
    event = REPORT.timeline[0]
    report = laid(drafts.date(REPORT, event, "2029-04"))
    assert report.timeline[0] == replace(event, date="2029-04")


def test_an_event_without_a_date_leaves_the_timeline() -> None:
    """What a reader holds to have no date is on no timeline."""
    assert laid(drafts.date(REPORT, REPORT.timeline[0], None)).timeline == REPORT.timeline[1:]


@pytest.mark.parametrize("date", ["soon", "2031-13", "31/05/2031"])
def test_what_is_no_edtf_is_refused(date: str) -> None:
    """The message shows how a date is written."""
    with pytest.raises(FormatError, match="2004~"):
        drafts.date(REPORT, REPORT.timeline[0], date)


def test_the_day_of_an_article_is_the_readers() -> None:
    """The text stays as it is; the day is another."""
    report = laid(drafts.published(WIRE, "2031-05-04"))
    assert report.articles[0] == replace(WIRE, published=dt.date(2031, 5, 4))


def test_a_split_claim_is_two() -> None:
    """Each side keeps the passages, tellings and differences that it has all sides of."""
    claim = REPORT.claims[0]
    report = laid(drafts.split(REPORT, claim, {claim.passages[0].id}))
    (kept,) = [c for c in report.claims if c.id == claim.id]
    assert (kept.passages, kept.tellings, kept.differences) == (
        claim.passages[1:],
        ((WIRE.id, LEDGER.id),),
        (),
    )


def test_a_passage_split_off_alone_is_no_claim() -> None:
    """What one account alone tells stands in no claim."""
    claim = REPORT.claims[2]
    report = laid(drafts.split(REPORT, claim, {claim.passages[0].id}))
    assert [c.id for c in report.claims] == ["c1", "c2"]
    assert [e.claim_id for e in report.timeline] == [None, None, None]


@pytest.mark.parametrize("chosen", [(), (0, 1)])
def test_a_split_parts_something(chosen: tuple[int, ...]) -> None:
    """None or all of the passages is no split."""
    claim = REPORT.claims[2]
    with pytest.raises(FormatError, match="parts nothing"):
        drafts.split(REPORT, claim, {claim.passages[n].id for n in chosen})


def test_joined_claims_are_one() -> None:
    """Its passages, differences and tellings are those of both, and no teller is silent."""
    first, _, third = REPORT.claims
    joined = laid(drafts.join(REPORT, third, first)).claims[-1]
    assert (set(joined.passages), joined.silent, joined.tellings) == (
        {*first.passages, *third.passages},
        (),
        ((POST.id,), (WIRE.id, LEDGER.id)),
    )
    assert set(joined.differences) == {*first.differences, *third.differences}


def test_a_claim_is_not_joined_with_itself() -> None:
    """A choice that says nothing is refused."""
    with pytest.raises(FormatError, match="itself"):
        drafts.join(REPORT, REPORT.claims[0], REPORT.claims[0])


def test_a_dismissed_difference_is_none() -> None:
    """It is gone from its claim, and nothing else is."""
    (difference,) = REPORT.claims[0].differences
    report = laid(drafts.ruling(REPORT, difference, is_difference=False))
    assert [len(c.differences) for c in report.claims] == [0, 1, 1]


def test_a_confirmed_difference_is_sure() -> None:
    """Its score says that nobody doubts it."""
    (difference,) = REPORT.claims[2].differences
    report = laid(drafts.ruling(REPORT, difference, is_difference=True))
    assert report.claims[2].differences == (replace(difference, score=1.0),)


def test_a_note_changes_nothing() -> None:
    """It stands beside the words."""
    assert laid(drafts.remark(WIRE, Span(0, 8), "Ask the mayor.")) == REPORT


# --- the log ------------------------------------------------------------------------------------


def test_the_last_word_holds() -> None:
    """Two readers correct one speaker: the later one is shown, both are kept."""
    both = made(drafts.speaker(REPORT, COST, "Ida Voss"), drafts.speaker(REPORT, COST, "Jo Lund"))
    corrected = overlay.apply(REPORT, reversed(both))
    report = corrected.report
    assert name(report, said(report, "14 million", WIRE.id)) == "Jo Lund"
    assert [each.correction for each in corrected.laid] == list(both)


def test_a_later_correction_holds_without_an_earlier_one() -> None:
    """A speaker named after the words were corrected stays when the words are the machine's."""
    words = drafts.span(REPORT, COST, Part.CONTENT, ["14 million crowns"])
    after = said(laid(words), "14 million", WIRE.id)
    speaker = drafts.speaker(laid(words), after, "Ida Voss", original=COST)
    log = made(words, speaker)
    undo = drafts.record(Undo(correction_id=log[0].id), who="Ben", at=NOON + dt.timedelta(hours=1))
    assert [
        [each.standing for each in overlay.apply(REPORT, held).laid] for held in (log, (*log, undo))
    ] == [[Standing.HOLDS, Standing.HOLDS], [Standing.UNDONE, Standing.HOLDS]]


def test_a_later_date_holds_without_an_earlier_one() -> None:
    """The passage says which event is meant, whatever date it had."""
    first = drafts.date(REPORT, REPORT.timeline[0], "2029-04")
    second = drafts.date(laid(first), laid(first).timeline[0], "2029-05")
    assert laid(second).timeline[0].date == "2029-05"


def test_an_undone_correction_does_not_hold() -> None:
    """The report is the machine's again, and the correction is still to be seen."""
    (fix,) = made(drafts.speaker(REPORT, COST, "Ida Voss"))
    undo = drafts.record(Undo(correction_id=fix.id), who="Ben", at=NOON + dt.timedelta(hours=1))
    corrected = overlay.apply(REPORT, (fix, undo))
    assert (corrected.report, corrected.laid[0].standing) == (REPORT, Standing.UNDONE)


@given(st.integers(min_value=0, max_value=6))
def test_an_undo_can_be_undone(times: int) -> None:
    """A correction holds after an even number of undos, each of the one before."""
    log = list(made(drafts.speaker(REPORT, COST, "Ida Voss")))
    for n in range(times):
        at = NOON + dt.timedelta(hours=n + 1)
        log.append(drafts.record(Undo(correction_id=log[-1].id), who="Ben", at=at))
    assert (log[0].id in overlay.cancelled(log)) is bool(times % 2)


def test_corrections_of_other_articles_stay_away() -> None:
    """A report shows what is about its articles; what lies between articles needs two of them."""
    ruling = drafts.ruling(REPORT, REPORT.claims[2].differences[0], is_difference=True)
    log = made(drafts.speaker(REPORT, COST, "Ida Voss"), ruling)
    alone = replace(REPORT, articles=(WIRE,), claims=())
    other = replace(REPORT, articles=(LEDGER,), claims=())
    assert [
        [each.correction.id for each in overlay.apply(report, log).laid]
        for report in (alone, other)
    ] == [[log[0].id], []]


# --- the machine's part run again ----------------------------------------------------------------


def redrawn(report: Report, shift: int) -> Report:
    """The statements of the report, numbered anew, each content `shift` characters shorter."""
    return replace(
        report,
        attributions=tuple(
            replace(
                a,
                id=f"again.{n}",
                parent=None,
                content=(*a.content[:-1], Span(a.content[-1].start, a.content[-1].end - shift)),
            )
            for n, a in enumerate(report.attributions)
        ),
    )


def test_a_correction_finds_its_words_again() -> None:
    """Other ids and a span drawn a little otherwise: the same statement."""
    report = laid(drafts.speaker(REPORT, COST, "Ida Voss"), on=redrawn(REPORT, 2))
    assert name(report, said(report, "14 million", WIRE.id)) == "Ida Voss"


def test_a_correction_that_finds_no_place_is_shown() -> None:
    """It changes nothing, and it is not dropped."""
    log = made(drafts.speaker(REPORT, COST, "Ida Voss"))
    again = redrawn(REPORT, 20)
    corrected = overlay.apply(again, log)
    assert (corrected.report, [each.standing for each in corrected.laid]) == (
        again,
        [Standing.LOST],
    )


def test_words_that_are_no_longer_there_are_lost() -> None:
    """The text of an article says whether the correction is about it."""
    other = replace(REPORT, articles=(replace(WIRE, text=WIRE.text.upper()), POST, LEDGER))
    assert standings(made(drafts.speaker(REPORT, COST, "Ida Voss")), other) == [Standing.LOST]


def test_a_split_that_the_machine_makes_itself_holds() -> None:
    """Nothing is left to do, and nothing is lost."""
    claim = REPORT.claims[2]
    log = made(drafts.split(REPORT, claim, {claim.passages[0].id}))
    assert standings(log, replace(REPORT, claims=REPORT.claims[:2])) == [Standing.HOLDS]


def test_a_split_of_passages_that_are_gone_is_lost() -> None:
    """It cannot be told whether the two sides still stand as one."""
    claim = REPORT.claims[2]
    log = made(drafts.split(REPORT, claim, {claim.passages[0].id}))
    gone = replace(REPORT, claims=(), passages=())
    assert standings(log, gone) == [Standing.LOST]


# --- the file ------------------------------------------------------------------------------------


def every_kind() -> tuple[Correction, ...]:
    first, _, third = REPORT.claims
    return made(
        drafts.speaker(REPORT, COST, "Ida Voss"),
        drafts.span(REPORT, COST, Part.CUE, ["said"]),
        drafts.date(REPORT, REPORT.timeline[0], "2029-04"),
        drafts.published(WIRE, None),
        drafts.split(REPORT, first, {first.passages[0].id}),
        drafts.join(REPORT, first, third),
        drafts.ruling(REPORT, third.differences[0], is_difference=False),
        drafts.remark(WIRE, Span(0, 8), "Ask “the mayor”.\nThen ask again. 🌉"),
        Undo(correction_id="0123456789ab"),
    )


def test_a_file_of_corrections_comes_back_whole() -> None:
    """Every kind of correction is the same after writing and reading."""
    assert file.decode(file.encode(every_kind())) == every_kind()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": "retold-report/1"}',
        '{"format": "retold-corrections/1"}',
        '{"format": "retold-corrections/1", "corrections": [1]}',
        '{"format": "retold-corrections/1", "corrections": [{"id": "a", "kind": "x", "who": "A",'
        ' "at": "2031-05-05T00:00:00Z", "deed": {}}]}',
        '{"format": "retold-corrections/1", "corrections": [{"id": "a", "kind": "undo",'
        ' "who": "A", "at": "2031-05-05T00:00:00", "deed": {"correction_id": "b"}}]}',
        '{"format": "retold-corrections/1", "corrections": [{"id": "a", "kind": "speaker",'
        ' "who": "A", "at": "2031-05-05T00:00:00Z", "deed": {"statement": [], "was": null,'
        ' "now": "B"}}]}',
        '{"format": "retold-corrections/1", "corrections": [{"id": "a", "kind": "note",'
        ' "who": "A", "at": "2031-05-05T00:00:00Z", "deed": {"about": {"article_id": "x",'
        ' "span": {"start": 5, "end": 1}, "words": ""}, "note": "n"}}]}',
    ],
)
def test_what_is_no_file_of_corrections_is_refused(text: str) -> None:
    """A clear error, whatever is wrong with the file."""
    with pytest.raises(FormatError):
        file.decode(text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_record_is_sound_or_refused(who: str, note: str) -> None:
    """A name that cannot be printed or an empty note never becomes a record; others come back."""
    try:
        made_here = drafts.record(drafts.remark(WIRE, Span(0, 8), note), who=who, at=NOON)
    except FormatError:
        return
    assert file.decode(file.encode((made_here,))) == (made_here,)


def test_an_anchor_quotes_as_many_characters_as_its_span() -> None:
    """A record whose words and place cannot both be right is refused."""
    with pytest.raises(FormatError, match="3 characters"):
        Anchor(article_id="a", span=Span(0, 4), words="abc")


def test_a_split_needs_words_on_both_sides() -> None:
    """The passages that go are some of the claim's."""
    anchor = Anchor(article_id="a", span=Span(0, 3), words="abc")
    with pytest.raises(FormatError):
        Split(claim=(anchor,), apart=(anchor,))


def test_the_machines_report_is_left_as_it_was() -> None:
    """Laying corrections over a report makes another one."""
    before = stories.bridge()
    overlay.apply(REPORT, every_kind())
    assert before == REPORT
    assert {d.facet for c in REPORT.claims for d in c.differences} == {
        Facet.NUMBER,
        Facet.WORDING,
        Facet.DATE,
    }
    assert REPORT.claims[0].differences[0].kind is DifferenceKind.CONFLICT
