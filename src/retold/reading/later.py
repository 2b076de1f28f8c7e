"""Who is described first and named only below: in a headline, in a lead, "his son" in passing."""

from __future__ import annotations

from retold.reading import asked, called, roles, sources
from retold.reading.antecedents import Character
from retold.reading.questions import people, question_of
from retold.reading.sources import Form, Source
from retold.reading.stage import Stage, words_in
from retold.types import Span, SpeakerKind

LEAD_PARAGRAPHS = 3
MAX_LEAD_CHARS = 3000
_NO_KEYS = frozenset("the a an one of in for at on and who whose from to with most".split())  # noqa: SIM905
# nouns by which a headline may mean anyone in office
_GENERIC_HEADS = frozenset(
    "democrat republican lawmaker leader official politician candidate contender hopeful".split()  # noqa: SIM905
)
_SAME_KEYS = {"dem": "democrat", "gop": "republican", "aide": "adviser", "ally": "adviser"}


def named(stage: Stage, index: int, form: Source) -> int | None:
    """The one whom the text names only later: "a spokesman said … the spokesman, Tom Reuter"."""
    if form.form is not Form.NOMINAL or form.core is None:
        return None
    at = form.core.end
    if form.owner is not None:
        return _kin_later(stage, index, form)
    if at <= stage.scene.paragraphs[0].end:
        return _of_headline(stage, form)
    found = [
        c.index
        for c in stage.characters
        if c.is_named and c.kind is SpeakerKind.PERSON and c.mentions[0].start > at
        for role in c.roles
        if role.span.start > at
        and role.span.end < c.mentions[0].start
        and words_in(stage.text, role.span) == ["the", form.head]
    ]
    return found[0] if len(set(found)) == 1 else None


def _of_headline(stage: Stage, form: Source) -> int | None:
    """The only person whom the article below calls all that its headline says: "Coast Governor"."""
    words = words_in(stage.text, form.core) if form.core else []
    keys = {roles.key(w) for w in words if w not in sources.DEFINITE}
    heads = roles.last_heads(words)
    found = [
        c.index
        for c in people(stage)
        if c.is_named
        and any(heads & r.heads for r in c.roles)
        and keys <= {k for r in c.roles for k in r.keys}
    ]
    return found[0] if len(found) == 1 else None


def introduced(stage: Stage, form: Source) -> int | None:
    """Who is named in the paragraphs below a headline or a lead that only describes him: "One of
    the fleet’s best captains said {so}. … {Captain Anna Holt} told the court".

    The text says of him at least two of the words of the description, three if he neither speaks
    under his name nor opens the paragraph below; of several the one of whom it says most of them.
    """
    words = _described(stage, form)
    keys = {roles.key(w) for w in words}
    # "the mayor’s son" is no mayor
    heads = roles.last_heads(words) if form.owner is not None else roles.heads_in(words)
    if not heads or len(keys) < 2 or form.span is None:
        return None
    at = form.span.end
    speak = {f.figure.index for f in stage.forms if f.figure is not None}
    speak |= _opening(stage, at)
    shared = {
        c.index: len(keys & _keys(c))
        for c in people(stage)
        if c.is_named
        and at < stage.scene.roster.figures[c.index].mentions[0].start < at + MAX_LEAD_CHARS
        and (heads & c.heads or (heads <= _GENERIC_HEADS and c.heads))
    }
    fitting = {i: n for i, n in shared.items() if n > (1 if i in speak else 2)}
    best = [i for i, n in fitting.items() if n == max(fitting.values())]
    return best[0] if len(best) == 1 else None


MAX_OPENING_CHARS = 60


def _opening(stage: Stage, at: int) -> set[int]:
    """Those whom the first words of the paragraph below `at` name."""
    below = stage.scene.paragraphs[stage.scene.paragraph(at) + 1 :][:1]
    heads = [Span(p.start, p.start + MAX_OPENING_CHARS) for p in below]
    return {figure.index for head in heads for _, figure in stage.scene.roster.within(head)}


# those of whom an article has one alone
_SINGLE_HEADS = frozenset({"attorney-general", "governor", "judge", "mayor", "prime-minister"})


def alone(stage: Stage, form: Source) -> int | None:
    """The only one of his office whom the text names, for a lead's "{A federal judge} ruled": he
    is named below and nobody else of that office is."""
    if form.form is not Form.NOMINAL or form.core is None or form.determiner not in {"a", "an"}:
        return None
    if form.owner is not None or stage.scene.paragraph(form.core.start) > LEAD_PARAGRAPHS:
        return None
    heads = roles.last_heads(words_in(stage.text, form.core)) & _SINGLE_HEADS
    held = [c for c in people(stage) if c.is_named and heads & c.heads]
    if len(held) != 1 or not form.core.end < held[0].mentions[0].start:
        return None
    is_near = held[0].mentions[0].start < form.core.end + MAX_LEAD_CHARS
    return held[0].index if is_near else None


def next_named(stage: Stage, form: Source) -> int | None:
    """Who is named first in the paragraph below a lead and speaks there, where the text calls him
    nothing: "{The harbour master} said {so}.\n\nAnna Holt, 58, told the Herald …"."""
    if form.form is not Form.NOMINAL or form.core is None or form.owner is not None:
        return None
    below = stage.scene.paragraph(form.core.start) + 1
    if below > LEAD_PARAGRAPHS or not roles.last_heads(words_in(stage.text, form.core)):
        return None
    speaking = [
        f.figure.index
        for f in stage.forms
        if f.figure and f.core and stage.scene.paragraph(f.core.start) == below
    ]
    if not speaking:
        return None
    character = stage.characters[speaking[0]]
    is_new = character.kind is SpeakerKind.PERSON and character.mentions[0].start > form.core.end
    heads = roles.last_heads(words_in(stage.text, form.core))
    is_other = bool(character.roles) and not heads & character.heads
    return character.index if is_new and not is_other and " " in character.name else None


def _described(stage: Stage, form: Source) -> list[str]:
    """The words by which a headline or lead describes one person, none elsewhere."""
    if form.form not in (Form.NOMINAL, Form.GROUP) or form.core is None or form.span is None:
        return []
    if stage.scene.paragraph(form.core.start) > LEAD_PARAGRAPHS:
        return []
    stop = called.ASIDE.search(stage.text, form.core.end, form.span.end)
    end = stop.start() if stop else form.span.end
    words = words_in(stage.text, Span(form.span.start, end))
    if form.form is Form.GROUP and words[:2] != ["one", "of"]:
        return []
    return [roles.singular(_SAME_KEYS.get(w, w)) for w in words if w not in _NO_KEYS]


def _keys(character: Character) -> set[str]:
    return {key for role in character.roles for key in role.keys}


def _kin_later(stage: Stage, index: int, form: Source) -> int | None:
    """The only person of whom the text says later what "his son" says now."""
    heads = roles.last_heads(words_in(stage.text, form.core)) if form.core else frozenset()
    question = question_of(stage, index, form)
    no_one = question.excluded if question else frozenset()
    held = [c for c in people(stage) if c.is_named and heads & c.heads]
    found = [c.index for c in held if not asked.is_of_another(stage, form, c)]
    return found[0] if len(found) == 1 and found[0] not in no_one else None
