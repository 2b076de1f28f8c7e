"""Whom "the senator", "her lawyer", "the letter" and "two officials" mean.

A description goes to whom the text has described so; else it is a speaker of its own, named by the
words of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold import lexicons
from retold.reading import antecedents, authors, called, joint, later, roles, sources
from retold.reading.antecedents import Character, Question
from retold.reading.questions import ask, candidates, frame_of, question_of
from retold.reading.roster import Figure
from retold.reading.sources import Form, Source
from retold.reading.stage import Stage, latest, words_in
from retold.types import Span, SpeakerKind

MIN_SCORE = 0.5  # "the minister" may be any: under it, rather nobody


Answer = tuple[int | None, float]


def description(stage: Stage, index: int, form: Source) -> Answer:
    """A description goes to whom the text has described so, else it is a speaker of its own."""
    for look in (_before, _asked, _thing, _later, _himself):
        if (found := look(stage, index, form)) is not None:
            return found
    return own(stage, index, form), 0.6


def _before(stage: Stage, index: int, form: Source) -> Answer | None:
    """Whom the words before say: a name set off by a comma, a list, the same noun."""
    if (named := _apposed(stage, form)) is not None:
        return named, 0.85
    if (several := _listed(stage, form)) is not None:
        return several, 0.75
    known = _described_so(stage, form)
    return (known, 0.65) if known is not None and not _is_of_headline(stage, known) else None


def _asked(stage: Stage, index: int, form: Source) -> Answer | None:
    """The likeliest of those named, nobody where two are; None if it is rather somebody new."""
    question = question_of(stage, index, form)
    if question is None:
        return None
    best, score, is_clear = ask(stage, question)
    if best is not None and is_clear and score >= MIN_SCORE:
        return best.index, score
    is_open = best is not None and not _is_rather_new(stage, question)
    return (None, score) if is_open else None


def _thing(stage: Stage, index: int, form: Source) -> Answer | None:
    """The body or paper that a noun points back to, the author of a letter."""
    if form.form in (Form.ORGANISATION, Form.DOCUMENT) and form.determiner in sources.DEFINITE:
        body = _body(stage, index, form)
        if body is not None:
            return body, 0.65
    if form.form is Form.DOCUMENT and (writer := _author(stage, index, form)) is not None:
        return writer, 0.6
    return None


def _later(stage: Stage, index: int, form: Source) -> Answer | None:
    """Whom only the words below name, else whom the headline has described so."""
    if (named := later.named(stage, index, form)) is not None:
        return named, 0.7
    if (named := later.introduced(stage, form)) is not None:
        return named, 0.6
    known = _described_so(stage, form)
    return (known, 0.65) if known is not None else None


def _himself(stage: Stage, index: int, form: Source) -> Answer | None:
    """Who speaks of himself by his office: “{The governor} understands that …,” Governor Holt
    said."""
    if form.form is not Form.NOMINAL or form.determiner != "the" or form.core != form.span:
        return None
    frame = frame_of(stage, index)[0]
    if frame is None or not stage.characters[frame].is_named:
        return None
    held = roles.head_of(form.head) in stage.characters[frame].heads
    return (frame, 0.6) if held else None


def _described_so(stage: Stage, form: Source) -> int | None:
    return same_head(stage, form) if form.determiner not in sources.INDEFINITE else None


def _is_of_headline(stage: Stage, index: int) -> bool:
    """True for one whom only the headline has described."""
    return stage.characters[index].mentions[0].end <= stage.scene.paragraphs[0].end


def _is_rather_new(stage: Stage, question: Question) -> bool:
    """True if somebody new is the likeliest beside the best candidate."""
    kept, table = candidates(stage, question)
    odds = sorted(zip(antecedents.odds(question, table), kept, strict=True), key=lambda o: -o[0])
    return len(odds) > 1 and odds[1][1] is None


def _apposed(stage: Stage, form: Source) -> int | None:
    """Who is named right before a description set off by a comma: "the Harbour League, {a union
    group} that …"."""
    if form.core is None or form.determiner not in sources.INDEFINITE | {"the"}:
        return None
    at = form.core.start
    if stage.text[at - 2 : at] != ", ":
        return None
    kinds = _KINDS_OF_FORM.get(form.form, ())
    for mention, figure in stage.scene.roster.within(Span(max(0, at - 3), at)):
        if form.determiner == "the" and stage.scene.is_oblique(mention):
            continue  # "After the loss to Tom Reuter, {the mayor} said"
        if mention.end == at - 2 and figure.is_certain and figure.kind in kinds:
            return figure.index
    return None


_KINDS_OF_FORM = {
    Form.NOMINAL: (SpeakerKind.PERSON,),
    Form.ORGANISATION: (SpeakerKind.ORGANISATION,),
    Form.GROUP: (SpeakerKind.ORGANISATION,),
}


def together(stage: Stage, figures: Sequence[Figure], span: Span, head: str) -> int:
    """The group of those who are named side by side, one and the same each time."""
    name = joint.name(figures)
    known = [c.index for c in stage.characters if c.kind is SpeakerKind.GROUP and c.name == name]
    if known:
        return known[0]
    return stage.add(name, SpeakerKind.GROUP, span, plural=True, head=head)


MAX_LIST_CHARS = 1500
_COUNTS = {"two": 2, "both": 2, "pair": 2, "couple": 2, "duo": 2, "three": 3, "trio": 3, "four": 4}
_ALL = frozenset({"men", "women", "leaders", "rivals", "colleagues", "lawmakers", "candidates"})


def _listed(stage: Stage, form: Source) -> int | None:
    """The persons named side by side whom "the senators", "both" or "the two men" mean."""
    if form.form is not Form.GROUP or form.core is None:
        return None
    words = words_in(stage.text, form.core)
    counts = {_COUNTS[w] for w in words if w in _COUNTS}
    if form.determiner not in sources.DEFINITE and words != ["both"]:
        return None
    plain = [w for w in words if w not in sources.DEFINITE and w not in _COUNTS]
    found = joint.before(stage.text, form.core.start, stage.scene.roster, MAX_LIST_CHARS)
    if found is None or len(plain) > 1 or not (counts or plain):
        return None
    place, figures = found
    if counts and counts != {len(figures)}:
        return None
    noun = roles.head_of(plain[0]) if plain else ""
    lead = words_in(stage.text, Span(max(0, place.start - 60), place.start)) if place.start else []
    is_said = plain and (plain[0] in lead or all(noun in figure.heads for figure in figures))
    if not (is_said or (counts and (not plain or plain[0] in _ALL))):
        return None
    return together(stage, figures, place, plain[0] if plain else "")


_WORD = re.compile(r"\w+")


def _author(stage: Stage, index: int, form: Source) -> int | None:
    """Who speaks in a paper that somebody wrote."""
    return authors.author(stage, form, lambda meant: description(stage, index, meant)[0])


def same_head(stage: Stage, form: Source) -> int | None:
    """The last character that was described by the same noun: "the aides" after "aides with …"."""
    at = form.core.start if form.core else 0
    alike = [
        c
        for c in stage.characters
        if not c.is_named
        and roles.singular(c.head) == roles.singular(form.head)
        and _is_shorter(stage, form, c)
    ]
    return latest(stage, at, alike, 6000)


def _is_shorter(stage: Stage, form: Source, character: Character) -> bool:
    """True if a description says nothing more than an earlier one: it may be the same."""
    assert form.core is not None  # noqa: S101
    skip = sources.DEFINITE | sources.INDEFINITE | sources.POSSESSIVE
    words = {w for w in words_in(stage.text, form.core) if w not in skip}
    said = {w for m in character.mentions[:1] for w in words_in(stage.text, m)}
    said |= {w.lower() for w in character.name.split()}
    if form.determiner in sources.DEFINITE:
        return words <= said | {form.head}
    return words == {w for w in said if w not in skip}


_GENERAL = frozenset(
    {
        "agency",
        "airline",
        "body",
        "carrier",
        "company",
        "firm",
        "group",
        "maker",
        "manufacturer",
        "network",
        "organisation",
        "organization",
        "retailer",
        "union",
    }
)
_PAPERS = frozenset({"magazine", "newspaper", "outlet", "paper", "site", "website"})


def body_of(stage: Stage, index: int) -> int | None:
    """The organisation for which a person speaks, as his roles say; None for none or several."""
    bodies = {
        figure.index
        for role in stage.characters[index].roles
        for _, figure in stage.scene.roster.within(role.span)
        if figure.kind is SpeakerKind.ORGANISATION
    }
    return bodies.pop() if len(bodies) == 1 else None


_TELLS_WHICH = re.compile(r" (?:that|who|which)\b")


def _body(stage: Stage, index: int, form: Source) -> int | None:
    """The organisation or paper that a noun points back to: "the committee", "the paper"."""
    at = form.core.start if form.core else 0
    if form.core and _TELLS_WHICH.match(stage.text, form.core.end):
        return None
    bodies = [c for c in stage.characters if c.is_named and c.kind is SpeakerKind.ORGANISATION]
    named = [c for c in bodies if form.head in c.name.lower().split()]
    if (best := latest(stage, at, named, 6000)) is not None:
        return best
    if form.head in _PAPERS:
        outlets = [c for c in bodies if _is_outlet(c.name)]
        return latest(stage, at, outlets, 3000)
    if form.head in _GENERAL:
        spoke = {i for i, _ in stage.history}
        skip = sources.DEFINITE | {form.head}
        said = {w for w in words_in(stage.text, form.core) if w not in skip} if form.core else set()
        if said:
            bodies = [c for c in bodies if said <= set(_WORD.findall(c.name.lower()))]
            return latest(stage, at, bodies, 6000)
        frame = frame_of(stage, index)[0]
        if frame is not None and (own_body := body_of(stage, frame)) is not None:
            return own_body  # "Holt, the Nordwing chief, said {the company} would pay"
        if (here := latest(stage, at, bodies, at - stage.scene.sentence_at(at).start)) is not None:
            return here
        speaking = [c for c in bodies if c.index in spoke]
        return latest(stage, at, speaking or bodies, 1500)
    return None


def _is_outlet(name: str) -> bool:
    """True for a newspaper or station that is known, or named like one: "the Coastal Courier"."""
    last = name.split()[-1].lower()
    is_like = last in lexicons.words("outlet_nouns") and " " in name
    return is_like or name.removeprefix("The ") in lexicons.words("outlets")


_KIND_OF_FORM = {
    Form.NOMINAL: SpeakerKind.UNNAMED,
    Form.ORGANISATION: SpeakerKind.ORGANISATION,
    Form.DOCUMENT: SpeakerKind.DOCUMENT,
    Form.GROUP: SpeakerKind.GROUP,
}


def own(stage: Stage, index: int, form: Source) -> int:
    """A speaker of its own, named by the description as it stands, without its article."""
    assert form.core is not None  # noqa: S101 - a description has words
    name = called.name(stage, index, form)
    for known in stage.characters:
        if known.is_named or known.head != form.head:
            continue
        if known.mentions[0].start == form.core.start:  # brought in here
            known.name = name
            return known.index
        if form.owner is not None and known.name == name:
            return known.index
    return stage.add(
        name,
        _KIND_OF_FORM.get(form.form, SpeakerKind.UNNAMED),
        form.core,
        plural=form.form is Form.GROUP,
        head=form.head,
    )
