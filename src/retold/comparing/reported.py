"""What a speaker is quoted with here and reported to have said there, in the same words.

    “I didn’t trust the board at the time.” | she said {she did not trust the board}

Only words in which the person changes as it does from one speech to the other (“I” here, “she”
there) are surely one statement; an account that quotes the words as well reports nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from retold import lexicons, spans
from retold.comparing import facts, partings, quoted, variants
from retold.comparing.partings import Parting
from retold.comparing.quoted import Token
from retold.types import Attribution, Difference, DifferenceKind, Facet, Reading, Span, Value

# all of five that it found in 574 stories were one statement
SCORE = 0.5  # a rule without a measure of its own: no surer than even
KEY_WORDS = 4  # by which a statement is found
MIN_WORDS = 5
MIN_SHARE = 0.8  # of the shorter, for a run with one word of meaning alone
MIN_CONTENT_WORDS = 2
MIN_SPEAKER_SCORE = 0.6
YOU = frozenset({"you", "your", "yours", "yourself"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of a speaker in one kind of speech, and the forms by which both kinds are compared."""

    article_id: str
    speaker_id: str
    tokens: tuple[Token, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The same words in both kinds of speech: where they stand, and how many they are."""

    quotation: Value
    report: Value
    words: int


Index = Mapping[tuple[str, ...], Sequence[tuple[Said, int]]]
"""By a speaker and a few words in a row who is quoted with them, and from which word on."""


def find(
    readings: Sequence[Reading], attributions: Mapping[str, Attribution]
) -> tuple[Parting, ...]:
    """What some accounts quote and another reports, in the order of the reports.

    Args:
        attributions: by id, with the speakers of the report.
    """
    index: dict[tuple[str, ...], list[tuple[Said, int]]] = defaultdict(list)
    for reading in readings:
        for said in _quoted(reading, attributions):
            for at, key in _keys(said):
                index[key].append((said, at))
    held = {r.article.id: r for r in readings}
    found = (
        _parting(_runs(said, index), held)
        for reading in readings
        for said in _reported(reading, attributions)
    )
    return tuple(one for one in found if one)


# --- inside ---------------------------------------------------------------------------------------


def _quoted(reading: Reading, attributions: Mapping[str, Attribution]) -> Iterator[Said]:
    """What the article quotes, by the innermost attribution."""
    for wording in variants.of(reading):
        said = _said(attributions[wording.witness.attribution_id], wording.tokens)
        if said:
            yield said


def _reported(reading: Reading, attributions: Mapping[str, Attribution]) -> Iterator[Said]:
    """What the article reports without a quotation mark, by the innermost attribution."""
    marked = spans.finder(facts.quoted_parts(reading), key=lambda part: part)
    inner = variants.children(reading.attributions)
    for attribution in reading.attributions:
        for piece in attribution.content:
            others = inner.get(attribution.id, ())
            if marked(piece) or any(spans.overlaps(piece, other) for other in others):
                continue
            tokens = quoted.tokenise(reading.article.text, (piece,))
            if said := _said(attributions[attribution.id], tokens):
                yield said


def _said(one: Attribution, tokens: Sequence[Token]) -> Said | None:
    if not one.speaker_id or one.speaker_score < MIN_SPEAKER_SCORE:
        return None
    return Said(
        article_id=one.article_id,
        speaker_id=one.speaker_id,
        tokens=tuple(tokens),
        forms=tuple(quoted.turned(token.form) for token in tokens),
    )


def _keys(said: Said) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The words by which a statement is found, each few in a row, and where they begin."""
    for at in range(len(said.forms) - KEY_WORDS + 1):
        yield at, (said.speaker_id, *said.forms[at : at + KEY_WORDS])


def _runs(report: Said, index: Index) -> list[Run]:
    """The longest run of the report that each other article quotes; none if its own does too."""
    best: dict[str, Run] = {}
    for at, key in _keys(report):
        for quotation, n in index.get(key, ()):
            run = _run(quotation, n, report, at)
            known = best.get(quotation.article_id)
            if run and (known is None or run.words > known.words):
                best[quotation.article_id] = run
    return [] if report.article_id in best else list(best.values())


def _run(quotation: Said, n: int, report: Said, at: int) -> Run | None:
    """The run around the words where both meet, None if it may be of two statements."""
    back, ahead = 0, KEY_WORDS
    while _go_on(quotation, n - back - 1, report, at - back - 1):
        back += 1
    while _go_on(quotation, n + ahead, report, at + ahead):
        ahead += 1
    first = quotation.tokens[n - back : n + ahead]
    other = report.tokens[at - back : at + ahead]
    content = sum(token.is_content for token in first)
    share = len(first) / min(len(quotation.forms), len(report.forms))
    is_told = content >= MIN_CONTENT_WORDS or (content > 0 and share >= MIN_SHARE)
    if len(first) < MIN_WORDS or not is_told or not _turns(first, other) or _is_cut(first):
        return None
    form = " ".join(report.forms[at - back : at + ahead])
    return Run(
        quotation=_value(quotation, first, form),
        report=_value(report, other, form),
        words=len(first),
    )


def _go_on(quotation: Said, n: int, report: Said, at: int) -> bool:
    """True if both have the same word there."""
    are_within = 0 <= n < len(quotation.forms) and 0 <= at < len(report.forms)
    return are_within and quotation.forms[n] == report.forms[at]


def _turns(quotation: Sequence[Token], report: Sequence[Token]) -> bool:
    """True if "I" or "you" is somebody else in the report."""
    speaking = lexicons.words("first_persons") | YOU
    return any(
        one.form in speaking and other.form not in speaking
        for one, other in zip(quotation, report, strict=True)
    )


def _is_cut(run: Sequence[Token]) -> bool:
    """True for words of two sentences or of two pieces of a quotation."""
    return any(token.ends for token in run[:-1]) or len({token.piece for token in run}) > 1


def _value(said: Said, run: Sequence[Token], form: str) -> Value:
    span = Span(run[0].span.start, run[-1].span.end)
    return Value(article_id=said.article_id, span=span, value=form)


def _parting(runs: Sequence[Run], readings: Mapping[str, Reading]) -> Parting | None:
    """The report beside the quotations of it, in the order of article and place."""
    if not runs:
        return None
    longest = max(runs, key=lambda run: run.words)
    shown = sorted(
        (longest.report, *(run.quotation for run in runs)), key=lambda v: (v.article_id, v.span)
    )
    passages = [partings.widest(readings[value.article_id], value.span) for value in shown]
    held = tuple(passage for passage in passages if passage)
    if len(held) < len(shown):
        return None
    difference = Difference(
        facet=Facet.WORDING, kind=DifferenceKind.VARIATION, values=tuple(shown), score=SCORE
    )
    return Parting(passages=held, difference=difference)
