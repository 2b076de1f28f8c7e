"""The words of a quotation in the form in which wordings are compared, the text as written beside.

Typographic marks, capitals, contractions, and numbers in words or figures are one form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from retold import lexicons
from retold.comparing import facts, numbers
from retold.reading import calendar
from retold.types import Span

_TOKEN = re.compile(
    facts.LINK + r"|\.\s?\.\s?\.(?:\s?\.)?|…|[%&]|(?:[A-Za-z]\.){2,}(?:['’]s)?|\[[A-Za-z]\][a-z]*"
    r"|[^\W_]+(?:['’‘][^\W_]+)*|[\[\]()]|[.!?](?=[\s”\"'’)]|$)"
)
_LINK = re.compile(facts.LINK)
_OF_A_NUMBER = re.compile(r"\.\s?\d")
_BREAK = re.compile(r"\s?(?:-{2,}|[–—])")
_MASK = re.compile(r"[-–—*_]{2,}|[—*]")
_ABBREVIATIONS = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "dr",
        "sen",
        "sens",
        "rep",
        "reps",
        "gov",
        "gen",
        "col",
        "lt",
        "sgt",
        "st",
        "jr",
        "sr",
        "vs",
    )
)
_SENTENCE_END = frozenset(".!?")
HAD = "'d"  # "had" or "would": which, the words do not say
_CONTRACTIONS = {
    "n't": "not", "'re": "are", "'ll": "will", "'ve": "have", "'m": "am", "'d": HAD, "'s": "is",
}  # fmt: skip
_SPOKEN = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not",
    "gonna": "going to", "wanna": "want to", "gotta": "got to", "let's": "let us",
    "%": "percent", "&": "and", "ok": "okay", "'em": "them", "ain't": "is not",
    "till": "until", "til": "until",
    **{month[:3]: month for month in calendar.MONTHS}, "sept": "september",
    "sen": "senator", "rep": "representative", "gov": "governor", "one": "1",
}  # fmt: skip
_SHORT = {
    "EU": "european union", "UK": "united kingdom", "UN": "united nations", "US": "united states",
    "USA": "united states", "VP": "vice president",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word as it is compared (`form`) and where it stands; `piece` is the number of its piece.

    `opens` is True for the capitalised first word of a sentence, `ends` before a full stop,
    `breaks` before a dash, `elided` after an ellipsis, `is_edited` in brackets, `is_masked` before
    dashes or stars that hide letters.
    """

    form: str
    span: Span
    piece: int
    is_content: bool
    is_name: bool
    opens: bool = False
    ends: bool = False
    breaks: bool = False
    elided: bool = False
    is_edited: bool = False
    is_masked: bool = False


def turned(form: str) -> str:
    """The form by which a speech and a report of it are one: "I will" and "she would"."""
    return lexicons.table("reported_speech").get(form) or facts.stem(form)


def tokenise(text: str, pieces: Sequence[Span]) -> tuple[Token, ...]:
    """The words of the pieces in order, each as often as its contraction holds words."""
    out: list[Token] = []
    grammar = facts.function_words()
    for number, piece in enumerate(pieces):
        figures = _figures(text, piece)
        within = {n for start, (_, end) in figures.items() for n in range(start + 1, end)}
        elided = edited = False
        start_of_sentence = True
        for match in _TOKEN.finditer(text, piece.start, piece.end):
            written = match[0]
            if _LINK.match(written):
                continue
            if written in "[]()":
                edited = written in "[("
                continue
            if written == "…" or (written.startswith(".") and len(written) > 1):
                elided = True
                continue
            if written in _SENTENCE_END:
                if _OF_A_NUMBER.match(text, match.start()) and out and out[-1].form == "number":
                    continue
                if out and out[-1].piece == number and out[-1].form not in _ABBREVIATIONS:
                    out[-1] = replace(out[-1], ends=True)
                    start_of_sentence = True
                continue
            span = Span(*match.span())
            figure = figures.get(span.start)
            if figure is None and span.start in within:
                continue
            if written.casefold() == "no" and _OF_A_NUMBER.match(text, span.end, piece.end):
                written = "number"
            forms = (figure[0],) if figure else _forms(written)
            is_name = written[0].isupper() and not start_of_sentence and forms[0] not in _I
            for form in forms:
                out.append(
                    Token(
                        form=form,
                        span=Span(span.start, figure[1]) if figure else span,
                        piece=number,
                        is_content=form not in grammar,
                        is_name=is_name,
                        opens=start_of_sentence and written[0].isupper(),
                        breaks=bool(_BREAK.match(text, span.end, piece.end)),
                        elided=elided,
                        is_edited=edited,
                        is_masked=bool(_MASK.match(text, span.end, piece.end)),
                    )
                )
                elided = False
            start_of_sentence = False
    return tuple(out)


# --- inside ---------------------------------------------------------------------------------------

_I = frozenset(["i"])


@lru_cache(maxsize=65536)
def _forms(written: str) -> tuple[str, ...]:
    """The words of a written word: "don’t" is "do" and "not"."""
    if short := _SHORT.get(written.replace(".", "")):
        return tuple(short.split())
    form = re.sub(r"[.\[\]]", "", written.casefold()).replace("’", "'").replace("‘", "'")
    form = _ordinals().get(form, re.sub(r"s's$", "s", form))
    if form in _SPOKEN:
        return tuple(_SPOKEN[form].split())
    for ending, word in _CONTRACTIONS.items():
        if form.endswith(ending) and len(form) > len(ending):
            return form[: -len(ending)], word
    form = re.sub(r"is(e[ds]?|ing|ations?|ers?)$", r"iz\1", form)
    return (re.sub(r"our(s|ed|ing|able|ite)?$", r"or\1", form) if len(form) > 5 else form,)


@cache
def _ordinals() -> Mapping[str, str]:
    """The word of each ordinal in figures: "ninth" of "9th"."""
    endings = {"1": "st", "2": "nd", "3": "rd"}
    return {
        value + endings.get(value, "th"): word
        for word, value, role in lexicons.rows("number_words")
        if role == "ordinal"
    }


def _figures(text: str, piece: Span) -> dict[int, tuple[str, int]]:
    """Where numbers start in a piece: the form in which they are compared, and their end."""
    out = {}
    for number in numbers.find(text, piece):
        if number.bound is numbers.Bound.VAGUE or number.kind is numbers.NumberKind.ORDINAL:
            continue
        is_money = number.kind is numbers.NumberKind.MONEY
        end = number.unit_span.end if is_money and number.unit_span else number.digits.end
        start = number.digits.start + (text[number.digits.start] in "$£€¥")
        value = f"{number.low:g}" + (f"-{number.high:g}" if number.high != number.low else "")
        out[start] = (f"{value} {number.unit}" if is_money else value, end)
    return out
