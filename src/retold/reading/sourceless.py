"""Who speaks where no words say so: the subject of the verb, or who spoke on before.

Holt spoke in May and warned {…} · “We knew,” Holt said. {“We told nobody.”}
"""

from __future__ import annotations

import re

from retold import lexicons, spans
from retold.reading import cues, nearest
from retold.reading.roster import Figure
from retold.reading.stage import Stage, start
from retold.types import Span, SpeakerKind, Triple


def floating(stage: Stage, index: int) -> tuple[int | None, float]:
    """A statement without a source is that of the subject of its verb; if it stands in quotation
    marks, the last speaker's in his paragraph or where it opens the next; otherwise nobody's."""
    triple = stage.triples[index]
    if _is_nobodys(stage, triple):
        return None, 0.0
    if triple.cue and (subject := _subject_of(stage, triple)) is not None:
        return subject, 0.7
    if triple.parent is not None or not stage.history:
        return None, 0.0
    first = triple.content[0].start
    speaker, at = stage.history[-1]
    gap = stage.scene.paragraph(first) - stage.scene.paragraph(at)
    quotation = stage.scene.quotation(first)
    if quotation is None or gap > 1 or gap < 0 or _IS_SUBJECT.match(stage.text, quotation.span.end):
        return None, 0.0
    if (introduced := _led_in(stage, quotation.span.start)) is not None:
        return introduced, 0.7
    if not _is_quoted_on(stage, triple, quotation.span):
        return None, 0.0
    if gap == 0:
        return speaker, 0.85
    opens = stage.scene.paragraphs[stage.scene.paragraph(first)].start >= first - 1
    return (speaker, 0.7) if opens else (None, 0.0)


def _is_quoted_on(stage: Stage, triple: Triple, quotation: Span) -> bool:
    """False for mere words in marks ("the “shameful” delay of the port"), and after what several
    people say or think who were not quoted: "Some fear it. “{We knew}.”"."""
    is_whole = triple.content[0].end <= quotation.end + 1
    speaker, at = stage.history[-1]
    several = stage.characters[speaker].kind is SpeakerKind.GROUP
    quoted = any(stage.scene.quotation(t.content[0].start) for t in stage.triples if start(t) == at)
    return is_whole and (quoted or not several)


# "“Free the Quay” {has} won many over"
_IS_SUBJECT = re.compile(r" (?:ha(?:s|ve|d)|is|are|was|were|will|would|told)\b")
_PRONOUN_OPENS = re.compile(r"(?:(?:and|but|then) )?(?:he|she|they|it|I|we)\b", re.IGNORECASE)


def _led_in(stage: Stage, at: int) -> int | None:
    """Whom the line before is about, where it ends in a colon: "Holt put it so: ¶ “…”"."""
    scene, text = stage.scene, stage.text
    end = len(text[:at].rstrip())
    line = scene.sentence_at(max(0, end - 1))
    is_led_in = text[end - 1 : end] == ":" and "\n" in text[end:at]
    if not is_led_in or _PRONOUN_OPENS.match(text, line.start):
        return None
    return scene.subject(scene.sentence(end - 1))


_NOUN_AT_HEAD = re.compile(r"[“\"‘]?(?:that )?(?:the |any |such |these |those )?(?:[\w-]+ )?$")


def _is_nobodys(stage: Stage, triple: Triple) -> bool:
    """True for "Holt rejected {claims} {that …}": whose they are is not said."""
    if triple.parent is None or triple.source or not triple.cue:
        return False
    at = triple.cue[0].start
    words = cues.words_of(stage.text, triple.cue)
    is_noun = words[-1:] != [] and words[-1] in lexicons.words("saying_nouns")
    starts = [c.start for c in stage.triples[triple.parent].content if c.start <= at]
    return is_noun and any(_NOUN_AT_HEAD.fullmatch(stage.text, a, at) for a in starts)


_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b(?! \w+ing\b)")
# "Holt’s {claim} that …", "amid {reports} of …"
_OF_NOUN = re.compile(
    r"(?:[’']s|s[’']|\b(?:an?|the|this|that|these|those|any|such|no|his|her|its|their|about|amid|"
    r"despite|of|on|with|to \w+)) (?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
# "Holt spoke in May {and then} warned …", "Holt declined {to} say …"
_JOINS = re.compile(
    r"(?:,|—|–|\b(?:and|but|or|nor|then|yet|to))"
    r"(?: (?:\w+ly|also|again|then|later|now|even|once|has|have|had|did|not|never))* $"
)
_BESIDE = re.compile(r"(?: (?:\w+ly|also|again|then|later|has|have|had|on \w+day))* ")
_OWNS = re.compile(r"(?:[’']s|(?<=s)[’']) (?:[\w-]+ ){0,2}")  # "Holt’s apparent claim"
MAX_BESIDE_CHARS = 40


def _subject_of(stage: Stage, triple: Triple) -> int | None:
    """Who does what a cue without a source tells: in "Holt said no, adding {…}" and in "Holt spoke
    in May and warned {…}" the one who stands before it in the sentence."""
    scene, cue = stage.scene, triple.cue[0]
    if scene.quotation(cue.start) is not None:
        return None
    if _is_noun(stage.text, cue):
        is_other = set(cues.words_of(stage.text, (cue,))) & lexicons.words("function_words")
        return None if is_other else _beside(stage, cue, _OWNS)  # "Holt’s day {with a warning}"
    if not _is_of_subject(stage.text, cue):
        return None
    sentence = scene.sentence_at(cue.start)
    if not _goes_on(stage.text, cue):
        return _beside(stage, cue, _BESIDE)
    spoke = [i for i, at in stage.history if sentence.start <= at < cue.start]
    if spoke:
        return spoke[-1]
    subject = scene.subject(scene.sentence(cue.start))
    if subject is None or not _may_speak(scene.roster.figures[subject]):
        return None
    places = stage.characters[subject].mentions
    return subject if any(sentence.start <= m.start < cue.start for m in places) else None


def _beside(stage: Stage, cue: Span, between: re.Pattern[str]) -> int | None:
    """Who is named right before a verb or a noun, but for the words `between`."""
    near = stage.scene.roster.within(Span(max(0, cue.start - MAX_BESIDE_CHARS), cue.start + 1))
    beside = (f for m, f in near if between.fullmatch(stage.text, m.end, cue.start))
    return next((f.index for f in beside if _may_speak(f)), None)


def _may_speak(figure: Figure) -> bool:
    return figure.is_certain and figure.kind is not SpeakerKind.PLACE


def _is_noun(text: str, cue: Span) -> bool:
    """True for "Holt’s {recent claim}" and "amid {reports} of"."""
    *before, noun = cues.words_of(text, (cue,)) or [""]
    is_verb = bool(set(before) & lexicons.words("reporting"))  # "voiced fears"
    is_noun = noun in lexicons.words("saying_nouns") and not is_verb
    return is_noun and _OF_NOUN.search(text, max(0, cue.start - 60), cue.start) is not None


def _is_of_subject(text: str, cue: Span) -> bool:
    """True for a verb of reporting that says what its subject does: not where he is asked, accused
    or told of."""
    words = cues.words_of(text, (cue,))
    if nearest.is_asked(text, cue) or nearest.is_met(text, cue):
        return False
    is_passive = _PASSIVE.search(spans.cut(text, cue)) is not None
    return not is_passive and bool(set(words) & lexicons.words("reporting"))


def _goes_on(text: str, cue: Span) -> bool:
    """True for a verb that goes on with the subject of its sentence; any other has one of its own
    right before it: "the decision {indicates} that …"."""
    first = cues.words_of(text, (cue,))[:2]
    is_joined = _JOINS.search(text, max(0, cue.start - 60), cue.start) is not None
    return is_joined or first[:1] == ["to"] or any(word.endswith("ing") for word in first)
