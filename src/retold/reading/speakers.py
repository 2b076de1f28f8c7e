"""Who speaks: every source of an article resolved to a speaker, or to nobody where it is even.

1. Everyone whom the article names is on the roster.
2. Sources are taken in the order of the text, an outer statement before those within it.
3. A name is looked up; a pronoun goes to the best of its candidates; a description to whom the text
   has described so, else it is a speaker of its own; a quotation without a source continues the
   speaker before it.
4. Chains are drawn from what was resolved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from retold import lexicons, spans
from retold.reading import antecedents, chains, names, roles, roster, sources
from retold.reading.antecedents import Character, Kind, Question
from retold.reading.names import Gender
from retold.reading.scene import Scene
from retold.reading.sources import Form, Source
from retold.types import Article, Hop, Mention, Place, Span, Speaker, SpeakerKind, Triple

# Two candidates whose odds are nearer than this are equally good: nobody is named.
# Found by evaluation/speakers.py: wider margins lose more right answers than wrong ones.
EVEN = 0.06
EVEN_NAMESAKES = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Whom one triple's source resolves to: None where it cannot be told."""

    speaker_id: str | None
    score: float
    chain: tuple[Hop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The speakers of an article, and one resolution for each triple, in its order."""

    speakers: tuple[Speaker, ...]
    resolutions: tuple[Resolution, ...]


@dataclass(slots=True)
class Stage:
    """What is known while the sources of one article are taken in order."""

    scene: Scene
    triples: Sequence[Triple]
    forms: list[Source]
    characters: list[Character]
    history: list[tuple[int, int]] = field(default_factory=list)
    found: dict[int, tuple[int | None, float]] = field(default_factory=dict)
    through: dict[int, tuple[int, Span]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.scene.article.text

    def add(self, name: str, kind: SpeakerKind, span: Span, *, plural: bool, head: str) -> int:
        """The index of a new character that is described rather than named."""
        nouns = lexicons.table("person_nouns")
        self.characters.append(
            Character(
                index=len(self.characters),
                name=name,
                kind=kind,
                gender=Gender(nouns.get(head, "either")),
                is_plural=plural,
                mentions=[span],
                is_named=False,
                head=head,
            )
        )
        return len(self.characters) - 1


def resolve(article: Article, triples: Sequence[Triple], mentions: Sequence[Mention]) -> Cast:
    """Every triple's speaker, with its chain; the cast holds all who are named or speak."""
    stage = open_stage(article, triples, mentions)
    for index in in_order(triples):
        settle(stage, index, *answer(stage, index))
    hops = chains.draw(stage)
    return _cast(stage, hops)


def open_stage(article: Article, triples: Sequence[Triple], mentions: Sequence[Mention]) -> Stage:
    """The stage before anyone has spoken."""
    scene = Scene(article, roster.find(article, mentions))
    characters = [_character(f) for f in scene.roster.figures]
    _offices(scene, characters)
    return Stage(
        scene=scene,
        triples=triples,
        forms=[sources.of(article.text, told_by(article.text, t), scene.roster) for t in triples],
        characters=characters,
    )


_BEFORE_CUE = re.compile(
    r"\b(?P<who>I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey) (?:\w+ly |also |had |has |have |then )?$"
)


def told_by(text: str, triple: Triple) -> tuple[Span, ...]:
    """The source of a triple, unless a pronoun stands right before the cue and the source comes only
    after it: in "{I} asked him: ‘Will you?’ He said" the question is not his."""
    if not (triple.source and triple.cue) or triple.source[0].start < triple.cue[0].end:
        return triple.source
    at = triple.cue[0].start
    found = _BEFORE_CUE.search(text, max(0, at - 24), at)
    return (Span(*found.span("who")),) if found else triple.source


_WORDS = re.compile(r"\w+")
_OFFICE = re.compile(
    r"\b[Tt]he ((?:[\w’-]+ ){0,2}?)([a-z-]+)\b(?! of\b| for\b|’s [a-z]+ (?:and|or)\b)"
)


def _offices(scene: Scene, characters: list[Character]) -> None:
    """ "The president" names whoever alone in the article is called a president."""
    holders: dict[str, list[Character]] = {}
    for character in characters:
        if character.kind is SpeakerKind.PERSON:
            for head in {h for role in character.roles for h in role.heads}:
                holders.setdefault(head, []).append(character)
    nouns = lexicons.words("person_nouns")
    for paragraph in scene.paragraphs:
        for found in _OFFICE.finditer(scene.text, paragraph.start, paragraph.end):
            noun = found[2]
            if noun not in nouns or found[1]:
                continue
            held = holders.get(roles.head_of(noun), [])
            place = Span(*found.span())
            if (
                len(held) == 1
                and held[0].mentions[0].start < place.start
                and not (any(spans.overlaps(place, r.span) for r in held[0].roles))
            ):
                held[0].mentions = sorted([*held[0].mentions, place])


def settle(stage: Stage, index: int, speaker: int | None, score: float) -> None:
    """`speaker` is who speaks in triple `index`, for all that follows.

    "He recalled Putin asking" makes Putin the speaker, and the one who recalled it the one through
    whom it came.
    """
    _remember(stage, index, speaker)
    source = stage.triples[index].source
    if speaker is not None and source and (heard := chains.embedded(stage.scene, source[0])):
        place, inner = heard
        if inner != speaker:
            stage.through[index] = (speaker, place)
            speaker = inner
    stage.found[index] = (speaker, score)


def _character(figure: roster.Figure) -> Character:
    return Character(
        index=figure.index,
        name=figure.name,
        kind=figure.kind,
        gender=figure.gender,
        is_plural=False,
        mentions=list(figure.mentions),
        roles=list(figure.roles),
    )


# --- the order of things ----------------------------------------------------------------------------


def depth(triples: Sequence[Triple], index: int) -> int:
    """How many triples lie around triple `index`."""
    count, parent = 0, triples[index].parent
    while parent is not None and count <= len(triples):
        count, parent = count + 1, triples[parent].parent
    return count


def root(triples: Sequence[Triple], index: int) -> int:
    """The outermost triple around triple `index`, itself if there is none."""
    for _ in triples:
        parent = triples[index].parent
        if parent is None:
            break
        index = parent
    return index


def start(triple: Triple) -> int:
    return min(s.start for s in (*triple.source, *triple.cue, *triple.content))


def in_order(triples: Sequence[Triple]) -> list[int]:
    """The triples in text order, an outer one before those within it."""
    return sorted(
        range(len(triples)),
        key=lambda i: (start(triples[root(triples, i)]), depth(triples, i), start(triples[i])),
    )


def _remember(stage: Stage, index: int, speaker: int | None) -> None:
    """A resolved source is one more place that names its speaker."""
    form = stage.forms[index]
    if speaker is None:
        return
    if stage.triples[index].parent is None:
        stage.history.append((speaker, start(stage.triples[index])))
    character = stage.characters[speaker]
    if form.core is None or any(spans.overlaps(form.core, m) for m in character.mentions):
        return
    character.mentions.append(form.core)
    character.mentions.sort()
    if form.form is Form.NOMINAL and character.is_named and form.owner is None:
        words = _words(stage.text, form.core)
        character.roles.append(roles.of_words(form.core, words))


# --- one source ---------------------------------------------------------------------------------------


def answer(stage: Stage, index: int) -> tuple[int | None, float]:
    """The character who speaks in triple `index`, and how sure that is."""
    form = stage.forms[index]
    if form.form is Form.NAME:
        return _namesake(stage, index, form)
    if form.form is Form.PRONOUN:
        return _pronoun(stage, index, form)
    if form.form is Form.NONE:
        return _floating(stage, index)
    return _description(stage, index, form)


def _namesake(stage: Stage, index: int, form: Source) -> tuple[int | None, float]:
    """The figure that a source names; of several with that last name, the likeliest."""
    question = question_of(stage, index, form)
    if question is None:
        figure = form.figure
        return (figure.index, 0.97 if figure.is_certain else 0.85) if figure else (None, 0.0)
    kept, table = candidates(stage, question)
    best, score, is_clear = _best(kept, antecedents.odds(question, table), EVEN_NAMESAKES)
    is_clear = is_clear and not _are_even(stage, question, [c for c in kept if c is not None])
    return (best.index if best is not None and is_clear else None), score


def _are_even(stage: Stage, question: Question, sharing: Sequence[Character]) -> bool:
    """True if nobody of them has spoken and one sentence named them last: nothing tells them apart."""
    spoke = {i for i, _ in question.history}
    last = [max(m.start for m in c.mentions if m.start < question.at) for c in sharing]
    sentences = {stage.scene.sentence(at) for at in last}
    counts = {sum(m.start < question.at for m in c.mentions) for c in sharing}
    return len(sentences) == len(counts) == 1 and not any(c.index in spoke for c in sharing)


def _family(stage: Stage, form: Source) -> tuple[str, Gender]:
    """The last name that is all the name a source gives, with the gender of its title."""
    figure = form.figure
    if form.core is None or (figure is not None and figure.kind is not SpeakerKind.PERSON):
        return "", Gender.EITHER
    words = [w for w in names.words_of(stage.text, form.core) if w.is_capital]
    bare = [w for w in words if w.low not in lexicons.words("titles")]
    if len(bare) != 1 or (len(words) > 1 and words[0].low not in ("mr", "mrs", "ms", "miss")):
        return "", Gender.EITHER
    family = names.fold(bare[0].text)
    if figure is not None and names.parts(tuple(figure.name.split())).family != family:
        return "", Gender.EITHER
    return family, _noun_gender_of(words[0].low)


def _noun_gender_of(title: str) -> Gender:
    """The gender that a title tells: "Mrs." does, "Senator" does not."""
    return Gender(lexicons.table("titles").get(title, "either"))


def _frame(stage: Stage, index: int) -> tuple[int | None, bool]:
    """Who speaks the statement around triple `index`, and whether its words are quoted there."""
    parent = stage.triples[index].parent
    if parent is None:
        return None, False
    inner = stage.triples[index].source or stage.triples[index].content
    return stage.found.get(parent, (None, 0.0))[0], stage.scene.quotation(
        inner[0].start
    ) is not None


_MALE, _FEMALE = (
    frozenset({"he", "him", "his", "himself"}),
    frozenset({"she", "her", "hers", "herself"}),
)
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_FIRST = frozenset({"i", "me", "my", "we", "us", "our"})


def _pronoun(stage: Stage, index: int, form: Source) -> tuple[int | None, float]:
    word = form.head
    frame, is_quoted = _frame(stage, index)
    if word in {"we", "us", "our"} and frame is not None:
        body = _body_of(stage, frame)
        return (body, 0.55) if body is not None else (frame, 0.5)
    if word in _FIRST:
        return (
            (frame, 0.9 if word in {"i", "me", "my"} else 0.5) if frame is not None else (None, 0.0)
        )
    if word in _MALE | _FEMALE:
        return _person(stage, index, form)
    if word in {"who", "which"}:
        return _relative(stage, index, form)
    if word in _PLURAL:
        return _plural(stage, form)
    if word in {"it", "its", "itself"}:
        return _thing(stage, form)
    return None, 0.0


def _body_of(stage: Stage, index: int) -> int | None:
    """The organisation for which a person speaks, as his roles say; None for none or several."""
    bodies = {
        figure.index
        for role in stage.characters[index].roles
        for _, figure in stage.scene.roster.within(role.span)
        if figure.kind is SpeakerKind.ORGANISATION
    }
    return bodies.pop() if len(bodies) == 1 else None


def _blank(stage: Stage, index: int, form: Source) -> Question:
    """What is known around a source that points back, whomever it may mean."""
    triple = stage.triples[index]
    frame, is_quoted = _frame(stage, index)
    excluded = {f.index for c in triple.cue for _, f in stage.scene.roster.within(c)}
    if is_quoted and frame is not None:
        excluded.add(frame)
    return Question(
        at=form.core.start if form.core else triple.content[0].start,
        content=triple.content,
        history=tuple(stage.history),
        frame=frame,
        excluded=frozenset(excluded),
        gender=Gender.EITHER,
    )


def question_of(stage: Stage, index: int, form: Source) -> Question | None:
    """The question put by a source that points back to one person, None if it does not."""
    if form.core is None:
        return None
    if form.form is Form.NAME:
        family, gender = _family(stage, form)
        question = replace(
            _blank(stage, index, form), gender=gender, kind=Kind.NAMESAKE, family=family
        )
        return question if family and len(candidates(stage, question)[0]) > 1 else None
    if form.form is Form.PRONOUN and form.head in _MALE | _FEMALE:
        gender = Gender.MALE if form.head in _MALE else Gender.FEMALE
        return replace(_blank(stage, index, form), gender=gender)
    if form.form is not Form.NOMINAL or form.determiner in sources.INDEFINITE:
        return None
    words = _words(stage.text, form.core)
    return replace(
        _blank(stage, index, form),
        gender=_noun_gender(form.head),
        heads=roles.heads_in(words[-1:]),
        keys=frozenset(roles.key(w) for w in words if w not in _DETERMINERS),
        is_owned=form.owner is not None,
        kind=Kind.DESCRIPTION,
    )


_DETERMINERS = sources.DEFINITE | sources.INDEFINITE | sources.POSSESSIVE


def people(stage: Stage) -> list[Character]:
    """The characters that "he" or "she" may mean: persons named for certain, and those described by
    a noun for one person."""
    figures, nouns = stage.scene.roster.figures, lexicons.words("person_nouns")
    return [
        c
        for c in stage.characters
        if not c.is_plural
        and c.kind in (SpeakerKind.PERSON, SpeakerKind.UNNAMED)
        and (figures[c.index].is_certain if c.is_named else roles.singular(c.head) in nouns)
    ]


def candidates(
    stage: Stage, question: Question
) -> tuple[list[Character | None], list[list[float]]]:
    """Who may answer `question`, with the features of each; None is somebody new."""
    held = people(stage)
    if question.kind is not Kind.PRONOUN:
        held = [c for c in held if c.is_named]
    if question.kind is Kind.NAMESAKE:
        held = [c for c in held if names.parts(tuple(c.name.split())).family == question.family]
    return antecedents.rows(stage.scene, question, held)


def _ask(stage: Stage, question: Question) -> tuple[Character | None, float, bool]:
    """The likeliest candidate with its odds, and whether it is clear of the next one."""
    kept, table = candidates(stage, question)
    return _best(kept, antecedents.odds(question, table))


def _best(
    kept: Sequence[Character | None], odds: Sequence[float], even: float = EVEN
) -> tuple[Character | None, float, bool]:
    if not kept:
        return None, 0.0, False
    order = sorted(range(len(kept)), key=lambda i: odds[i], reverse=True)
    is_clear = len(order) < 2 or odds[order[0]] - odds[order[1]] >= even
    return kept[order[0]], round(odds[order[0]], 3), is_clear


_IN_WHICH = re.compile(r"\b(?:in|at|during|on) which $")


def _person(stage: Stage, index: int, form: Source) -> tuple[int | None, float]:
    """Whom "he" or "she" means, None if two are equally likely.

    In "Putin sat for an interview with Frost in which he said" it is the one who sat for it.
    """
    question = question_of(stage, index, form)
    if question is None:
        return None, 0.0
    scene = stage.scene
    if _IN_WHICH.search(stage.text, max(0, question.at - 16), question.at):
        subject = scene.last_free(scene.sentence(question.at), question.at)
        if subject is not None and antecedents.may_be(stage.characters[subject], question):
            return subject, 0.85
    best, score, is_clear = _ask(stage, question)
    return (best.index if best is not None and is_clear else None), score


_BREAKS = frozenset(
    "by from for to with against and but that as in on at than said says told is was were are has had "
    "have upset".split()
)


def _relative(stage: Stage, index: int, form: Source) -> tuple[int | None, float]:
    """ "who" and "which": those who are described or named directly before."""
    at = form.core.start if form.core else 0
    before = _phrase_before(stage, at)
    if before is None:
        return None, 0.0
    described = sources.of(stage.text, (before,), stage.scene.roster)
    wanted = (SpeakerKind.PERSON, SpeakerKind.GROUP) if form.head == "who" else None
    if described.form is Form.NAME and described.figure is not None:
        if wanted is None or described.figure.kind in wanted:
            return described.figure.index, 0.85
    elif described.form in (Form.NOMINAL, Form.GROUP, Form.ORGANISATION, Form.DOCUMENT):
        nouns = ("person_nouns", "group_nouns", "organisation_nouns", "document_nouns")
        head = roles.singular(described.head)
        if any(n in lexicons.words(x) for x in nouns for n in (head, described.head)):
            return _description(stage, index, described)
    near = stage.scene.roster.within(Span(max(0, at - 80), at)) if at else []
    fitting = [f for _, f in near if wanted is None or f.kind in wanted]
    return (fitting[-1].index, 0.6) if fitting else (None, 0.0)


def _phrase_before(stage: Stage, at: int) -> Span | None:
    """The noun phrase that ends where a relative clause starts, as far as its words show."""
    sentence = stage.scene.sentence_at(max(0, at - 2))
    words = names.words_of(stage.text, Span(sentence.start, at)) if at > sentence.start else []
    taken: list[names.Word] = []
    for word in reversed(words):
        gap = stage.text[word.end : taken[-1].start if taken else at]
        if (taken and gap.strip(" ")) or word.low in _BREAKS or len(taken) > 7:
            break
        taken.append(word)
        if word.low in sources.DEFINITE | sources.INDEFINITE | sources.POSSESSIVE | {"other"}:
            break
    return Span(taken[-1].start, taken[0].end) if taken else None


def _latest(stage: Stage, at: int, wanted: list[Character], back: int) -> int | None:
    """The character of `wanted` that was named last before `at`, within `back` characters."""
    named = [
        (max(m.start for m in c.mentions if m.start < at), c.index)
        for c in wanted
        if any(at - back < m.start < at for m in c.mentions)
    ]
    return max(named)[1] if named else None


_GROUP = re.compile(
    r"(?P<before>(?:[A-Za-z][\w’.-]* ){0,3})(?P<noun>[A-Za-z]+s|people|men|women)\b"
)


def _plural(stage: Stage, form: Source) -> tuple[int | None, float]:
    """ "they": the people named last in the sentence or the one before, else the last group that
    spoke, else the last organisation that did."""
    at = form.core.start if form.core else 0
    groups = [c for c in stage.characters if c.is_plural]
    best = _latest(stage, at, groups, 900)
    sentence = stage.scene.sentence_at(at)
    here = _group_in(stage, Span(sentence.start, at)) if at > sentence.start else None
    if here is not None and (best is None or here.start > _last_place(stage, best, at)):
        return _introduced(stage, here), 0.6
    if best is not None:
        return best, 0.7
    spoke = {i for i, _ in stage.history}
    bodies = [
        c for c in stage.characters if c.kind is SpeakerKind.ORGANISATION and c.index in spoke
    ]
    best = _latest(stage, at, bodies, 600)
    return (best, 0.5) if best is not None else (None, 0.0)


def _last_place(stage: Stage, index: int, at: int) -> int:
    return max(m.start for m in stage.characters[index].mentions if m.start < at)


def _group_in(stage: Stage, bounds: Span) -> Span | None:
    """The last words within `bounds` that name several people: "US officials"."""
    function, last = lexicons.words("function_words"), None
    for found in _GROUP.finditer(stage.text, bounds.start, bounds.end):
        noun = found["noun"].lower()
        one = roles.singular(noun)
        if one == noun and noun not in ("people", "men", "women"):
            continue
        if one not in lexicons.words("person_nouns") and noun not in lexicons.words("group_nouns"):
            continue
        start = found.start("noun")
        for word in reversed(found["before"].split(" ")[:-1]):
            is_name = word[:1].isupper() and start - len(word) - 1 > bounds.start
            if not is_name and word.lower() in function | lexicons.words("cues"):
                break
            start -= len(word) + 1
        last = Span(start, found.end("noun"))
    return last


def _introduced(stage: Stage, place: Span) -> int:
    """The group that stands at `place`, as a character."""
    words = stage.text[place.start : place.end]
    known = [c.index for c in stage.characters if c.is_plural and place in c.mentions]
    if known:
        return known[0]
    head = words.split()[-1].lower()
    return stage.add(words, SpeakerKind.GROUP, place, plural=True, head=head)


def _thing(stage: Stage, form: Source) -> tuple[int | None, float]:
    """ "it": the last document, organisation or place that spoke, else one that opens a sentence."""
    at = form.core.start if form.core else 0
    kinds = (SpeakerKind.ORGANISATION, SpeakerKind.DOCUMENT, SpeakerKind.PLACE)
    spoke = {i for i, _ in stage.history[-4:]}
    things = [c for c in stage.characters if c.kind in kinds and c.index in spoke]
    best = _latest(stage, at, things, 900)
    if best is not None:
        return best, 0.7
    subject = stage.scene.subject(stage.scene.sentence(at) - 1)
    if subject is not None and stage.characters[subject].kind in kinds:
        return subject, 0.5
    return None, 0.0


def _floating(stage: Stage, index: int) -> tuple[int | None, float]:
    """A statement without a source is the last speaker's if it stands in quotation marks in his
    paragraph or opens the next; otherwise nobody's."""
    triple = stage.triples[index]
    if triple.parent is not None or not stage.history:
        return None, 0.0
    first = triple.content[0].start
    speaker, at = stage.history[-1]
    gap = stage.scene.paragraph(first) - stage.scene.paragraph(at)
    quotation = stage.scene.quotation(first)
    if quotation is None or gap > 1 or gap < 0:
        return None, 0.0
    if gap == 0:
        return speaker, 0.85
    opens = stage.scene.paragraphs[stage.scene.paragraph(first)].start >= first - 1
    return (speaker, 0.7) if opens else (None, 0.0)


# --- descriptions ---------------------------------------------------------------------------------------


def _words(text: str, span: Span) -> list[str]:
    return [w.lower() for w in roles._WORD.findall(text[span.start : span.end])]


def _description(stage: Stage, index: int, form: Source) -> tuple[int | None, float]:
    """A description goes to whom the text has described so, else it is a speaker of its own."""
    is_definite = form.determiner not in sources.INDEFINITE
    if is_definite and (known := _same_head(stage, form)) is not None:
        return known, 0.75
    if question := question_of(stage, index, form):
        best, score, is_clear = _ask(stage, question)
        if best is not None:
            return (best.index if is_clear else None), score
    if form.form in (Form.ORGANISATION, Form.DOCUMENT) and form.determiner in sources.DEFINITE:
        body = _body(stage, form)
        if body is not None:
            return body, 0.65
    if form.form is Form.DOCUMENT and (author := _author(stage, form)) is not None:
        return author, 0.6
    if (named := _named_later(stage, form)) is not None:
        return named, 0.7
    return _own(stage, form), 0.8


def _named_later(stage: Stage, form: Source) -> int | None:
    """The one whom the text names only afterwards: "a spokesman said … the spokesman, Nick Merrill"."""
    if form.form is not Form.NOMINAL or form.core is None:
        return None
    at = form.core.end
    if form.owner is not None:
        return _kin_later(stage, form)
    found = [
        c.index
        for c in stage.characters
        if c.is_named and c.kind is SpeakerKind.PERSON and c.mentions[0].start > at
        for role in c.roles
        if role.span.start > at
        and role.span.end < c.mentions[0].start
        and _words(stage.text, role.span) == ["the", form.head]
    ]
    return found[0] if len(set(found)) == 1 else None


def _kin_later(stage: Stage, form: Source) -> int | None:
    """The only person of whom the text says later what "his son" says now."""
    head = roles.head_of(form.head)
    found = [
        c.index for c in people(stage) if c.is_named and any(head in role.heads for role in c.roles)
    ]
    return found[0] if len(found) == 1 else None


_WRITTEN_BY = re.compile(r"\s+(?:from|by|of|written by|signed by|sent by|released by|issued by)\s+")


def _author(stage: Stage, form: Source) -> int | None:
    """Who speaks in a letter, a statement, a release: the one whom the source names as its author,
    or the last who was said to have made one."""
    if form.head not in lexicons.words("authored_nouns") or form.core is None or form.span is None:
        return None
    text = stage.text
    if found := _WRITTEN_BY.match(text, form.core.end):
        named = stage.scene.roster.within(Span(found.end(), max(form.span.end, found.end() + 1)))
        if named and not stage.scene.is_owned(named[0][0]):
            return named[0][1].index
        return None
    if form.determiner not in sources.DEFINITE:
        return None
    noun = re.compile(rf"\b{re.escape(form.head.removesuffix('s'))}s?\b", re.IGNORECASE)
    for speaker, at in reversed(stage.history):
        sentence = stage.scene.sentence_at(at)
        if at < form.core.start and noun.search(text, sentence.start, sentence.end):
            return speaker
    return None


def _noun_gender(noun: str) -> Gender:
    return Gender(lexicons.table("person_nouns").get(noun, "either"))


def _same_head(stage: Stage, form: Source) -> int | None:
    """The last character that was described by the same noun: "the aides" after "aides with …"."""
    at = form.core.start if form.core else 0
    alike = [
        c
        for c in stage.characters
        if not c.is_named
        and roles.singular(c.head) == roles.singular(form.head)
        and _is_shorter(stage, form, c)
    ]
    return _latest(stage, at, alike, 6000)


def _is_shorter(stage: Stage, form: Source, character: Character) -> bool:
    """True if a description says nothing more than an earlier one: it may be the same."""
    assert form.core is not None  # noqa: S101
    skip = sources.DEFINITE | sources.INDEFINITE | sources.POSSESSIVE
    words = {w for w in _words(stage.text, form.core) if w not in skip}
    said = {w for m in character.mentions[:1] for w in _words(stage.text, m)}
    said |= {w.lower() for w in character.name.split()}
    if form.determiner in sources.DEFINITE:
        return words <= said | {form.head}
    return words == {w for w in said if w not in skip}


def _body(stage: Stage, form: Source) -> int | None:
    """The organisation or paper that a noun points back to: "the committee", "the paper"."""
    at = form.core.start if form.core else 0
    bodies = [c for c in stage.characters if c.is_named and c.kind is SpeakerKind.ORGANISATION]
    named = [c for c in bodies if form.head in c.name.lower().split()]
    if (best := _latest(stage, at, named, 6000)) is not None:
        return best
    general = {"group", "organization", "organisation", "company", "agency", "network", "body"}
    papers = {"paper", "newspaper", "magazine", "outlet", "site", "website"}
    if form.head in papers:
        outlets = [c for c in bodies if c.name.removeprefix("The ") in lexicons.words("outlets")]
        return _latest(stage, at, outlets, 3000)
    if form.head in general:
        spoke = {i for i, _ in stage.history}
        skip = sources.DEFINITE | {form.head}
        said = {w for w in _words(stage.text, form.core) if w not in skip} if form.core else set()
        if said:
            bodies = [c for c in bodies if said <= set(_WORDS.findall(c.name.lower()))]
            return _latest(stage, at, bodies, 6000)
        speaking = [c for c in bodies if c.index in spoke]
        return _latest(stage, at, speaking or bodies, 1500)
    return None


_KIND_OF_FORM = {
    Form.NOMINAL: SpeakerKind.UNNAMED,
    Form.ORGANISATION: SpeakerKind.ORGANISATION,
    Form.DOCUMENT: SpeakerKind.DOCUMENT,
    Form.GROUP: SpeakerKind.GROUP,
}


def _own(stage: Stage, form: Source) -> int:
    """A speaker of its own, named by the description as it stands, without its article."""
    assert form.core is not None and form.span is not None  # noqa: S101 - a description has words
    name = _description_name(stage, form)
    return stage.add(
        name,
        _KIND_OF_FORM.get(form.form, SpeakerKind.UNNAMED),
        form.core,
        plural=form.form is Form.GROUP,
        head=form.head,
    )


MAX_NAME_CHARS = 90


def _description_name(stage: Stage, form: Source) -> str:
    """The description without its article; an owner is named where "his" can be told."""
    assert form.core is not None and form.span is not None  # noqa: S101
    text = stage.text
    whole = text[form.core.start : form.span.end]
    stop = whole.find(", ")
    name = " ".join((whole[:stop] if stop > 0 else whole).split())[:MAX_NAME_CHARS].rstrip()
    first, _, rest = name.partition(" ")
    if rest.split(" ")[0] in {"who", "that", "which", "of", "in", "with"}:
        return name
    if first.lower() in {"the", "a", "an", "this", "that", "these", "those"} and rest:
        return rest
    if first.lower() in sources.POSSESSIVE and rest:
        owner = _owner(stage, form, first.lower())
        return f"{owner}’s {rest}" if owner else rest
    return name


def _owner(stage: Stage, form: Source, pronoun: str) -> str | None:
    """The name of the one whom "his" or "her" means before a noun."""
    if pronoun not in _MALE | _FEMALE or form.core is None:
        return None
    question = Question(
        at=form.core.start,
        content=(),
        history=tuple(stage.history),
        frame=None,
        excluded=frozenset(),
        gender=Gender.MALE if pronoun in _MALE else Gender.FEMALE,
    )
    best, _, is_clear = _ask(stage, question)
    return best.name if best is not None and is_clear else None


# --- the cast -------------------------------------------------------------------------------------------


def _cast(stage: Stage, hops: Sequence[Sequence[tuple[int, Span | None]]]) -> Cast:
    """Ids for all who speak, stand in a chain, or are named for certain."""
    used = {i for i, _ in stage.found.values() if i is not None}
    used |= {i for chain in hops for i, _ in chain}
    figures = stage.scene.roster.figures
    kept = [
        c
        for c in stage.characters
        if c.index in used
        or (c.is_named and figures[c.index].is_certain and c.kind is not SpeakerKind.PLACE)
    ]
    kept.sort(key=lambda c: (c.mentions[0], c.index))
    article = stage.scene.article.id
    ids = {c.index: f"{article}.s{n}" for n, c in enumerate(kept)}
    speakers = tuple(
        Speaker(
            id=ids[c.index],
            name=c.name,
            kind=c.kind,
            mentions=tuple(Place(article, m) for m in c.mentions),
            roles=tuple(dict.fromkeys(Place(article, r.span) for r in c.roles)),
        )
        for c in kept
    )
    resolutions = tuple(
        Resolution(
            speaker_id=ids[found[0]] if found[0] is not None else None,
            score=found[1],
            chain=tuple(Hop(speaker_id=ids[i], span=span) for i, span in hops[n]),
        )
        for n, found in ((n, stage.found[n]) for n in range(len(stage.triples)))
    )
    return Cast(speakers=speakers, resolutions=resolutions)
