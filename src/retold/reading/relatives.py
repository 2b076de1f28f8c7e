"""Whom "who", "which" and "that" mean: what is described or named right before them."""

from __future__ import annotations

import re
from collections.abc import Set

from retold import lexicons
from retold.reading import names, roles, sources
from retold.reading.descriptions import as_told, own
from retold.reading.names import Gender
from retold.reading.roster import Figure
from retold.reading.sources import Form, Source
from retold.reading.stage import Stage
from retold.types import Span, SpeakerKind

# what stands between a name and its relative clause: "Holt (D-Mass.), a former clerk, {who}"
_BESIDE = re.compile(
    r"(?:[\s,]|\([^()]*\)|[DRI]-[A-Z][\w.]*| in \d{4}|, (?:an?|the) [^,.;:“”]{2,60}|"
    r", (?!(?:and|as|but|he|if|it|or|she|so|that|they|when|while)\b)[^,.;:“”]{2,80}(?=,))*"
    r"[–—-]?\s*"
)


_PERSONS = frozenset({SpeakerKind.PERSON, SpeakerKind.GROUP})


def _may_be(form: Source, figure: Figure) -> bool:
    """True for persons where "who" stands, and for others where "which" does; of a lone name of
    which nothing tells that it is a person's either may be said."""
    if form.head == "who":
        return figure.kind in _PERSONS
    is_open = " " not in figure.name and figure.gender is Gender.EITHER and not figure.roles
    return figure.kind is not SpeakerKind.PERSON or is_open


def meant(stage: Stage, index: int, form: Source) -> tuple[int | None, float]:
    """ "who" and "which": those who are described or named directly before."""
    at = form.core.start if form.core else 0
    before = _phrase_before(stage, at)
    if before is None:
        return None, 0.0
    described = sources.of(stage.text, (before,), stage.scene.roster)
    first = stage.text[before.start : before.end].split()[0].lower()
    is_told_apart = form.head == "that" and first not in sources.INDEFINITE
    if described.form is Form.NAME and described.figure is not None and not is_told_apart:
        if _may_be(form, described.figure):
            return described.figure.index, 0.85
    elif (told := _told_at(stage, described)) is not None:
        return told, 0.7
    elif not (form.head == "who" and _is_no_person(stage.text, described)) and (
        described.form in (Form.NOMINAL, Form.GROUP, Form.ORGANISATION, Form.DOCUMENT)
    ):
        nouns = ("person_nouns", "group_nouns", "organisation_nouns", "document_nouns")
        head = roles.singular(described.head)
        if any(n in lexicons.words(x) for x in nouns for n in (head, described.head)):
            if described.form is Form.ORGANISATION and stage.text[at - 2 : at - 1] != ",":
                return own(stage, index, described), 0.6  # "the group that says so" is no other
            return as_told(stage, index, described)
    is_told_apart = form.head == "which" and stage.text[at - 2 : at - 1] != ","
    if form.head == "that" or is_told_apart:
        return None, 0.0  # "a shop in Westmere that refused": names need no telling which
    near = stage.scene.roster.within(Span(max(0, at - 80), at)) if at else []
    fitting = [
        f
        for mention, f in near
        if _may_be(form, f) and _BESIDE.fullmatch(stage.text, mention.end, at)
    ]
    if fitting:
        return fitting[-1].index, 0.6
    persons = _persons(stage, at) if form.head == "who" else None
    if persons is None:
        return None, 0.0
    return (persons.figure.index, 0.6) if persons.figure else as_told(stage, index, persons)


def _is_no_person(text: str, form: Source) -> bool:
    """True for the team of "a fan of the team {who}", not for "a group of clerks {who}"."""
    is_thing = form.form in (Form.ORGANISATION, Form.DOCUMENT) and form.core is not None
    return is_thing and not (form.core and text.startswith(" of ", form.core.end))


def _told_at(stage: Stage, form: Source) -> int | None:
    """Who is named and spoke at this very place: "{The clerk} {who} saw it denied that …"."""
    held = {
        i
        for n, (i, _) in stage.found.items()
        if i is not None and form.core is not None and stage.forms[n].core == form.core
    }
    return next(iter(held)) if len(held) == 1 else None


_PREPOSITION = re.compile(r"\b(?P<word>at|for|from|in|of|on|with) $")
MAX_PHRASES, MAX_WORDS = 3, 4


def _persons(stage: Stage, at: int) -> Source | None:
    """The persons on whom there hangs what stands before "who": "{a judge} in Norway, who",
    "the concerns of {parents} who"."""
    end, last, over = at, len(stage.text[:at].rstrip(" ,")), ""
    for _ in range(MAX_PHRASES):
        phrase = _phrase_before(stage, end, frozenset({"of", "in", "at", "on", "near", "despite"}))
        if phrase is None or stage.scene.sentence(phrase.start) != stage.scene.sentence(at):
            return None
        named = [m for m, _ in stage.scene.roster.within(phrase) if m.end == phrase.end]
        start = named[0].start if named else phrase.start
        held = Span(start, max(last, phrase.end))
        described = sources.of(stage.text, (held,), stage.scene.roster)
        is_long = len(stage.text[phrase.start : phrase.end].split()) > MAX_WORDS
        if is_long and described.figure is None:
            return None  # "{talks will likely please critics} of the plan, who"
        if _are_persons(described):
            is_with = described.figure is not None and over not in ("", "of")
            return None if is_with else described
        lead = _PREPOSITION.search(stage.text, max(0, phrase.start - len(" from ")), phrase.start)
        if lead is None:
            return None
        end, over = lead.start("word"), lead["word"]
    return None


def _are_persons(form: Source) -> bool:
    """True for the name of a person, and for a noun for one or several."""
    if form.form is Form.NAME:
        return form.figure is not None and form.figure.kind is SpeakerKind.PERSON
    nouns = {form.head, roles.singular(form.head)}
    is_noun = sources.is_speaking(nouns, ("person_nouns", "group_nouns"))
    return form.form in (Form.NOMINAL, Form.GROUP) and is_noun


def _phrase_before(stage: Stage, at: int, breaks: Set[str] = frozenset()) -> Span | None:
    """The noun phrase that ends where a relative clause starts, as far as its words show; it holds
    none of the words `breaks`."""
    sentence = stage.scene.sentence_at(max(0, at - 2))
    words = names.words_of(stage.text, Span(sentence.start, at)) if at > sentence.start else []
    taken: list[names.Word] = []
    for word in reversed(words):
        gap = stage.text[word.end : taken[-1].start if taken else at]
        if (
            (taken and gap.strip(" ") and not _owns(gap, taken[-1]))
            or word.low in lexicons.words("phrase_breaks") | breaks
            or len(taken) > 7
        ):
            break
        taken.append(word)
        if word.low in sources.DEFINITE | sources.INDEFINITE | sources.POSSESSIVE | {"other"}:
            break
    return Span(taken[-1].start, taken[0].end) if taken else None


def _owns(gap: str, after: names.Word) -> bool:
    """True for the apostrophe of "Holt’s aides"."""
    return gap in ("’", "'") and after.text == "s"
