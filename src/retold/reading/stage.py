"""What is known while the sources of one article are taken in order.

The stage starts with everyone whom the article names; each settled source adds what it tells: who
spoke last, one more place that names him, what he was called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from retold import lexicons, spans
from retold.reading import incumbents, nearest, roles, roster, sources
from retold.reading.antecedents import Character
from retold.reading.likeness import Likeness
from retold.reading.names import Gender
from retold.reading.profiles import Profile
from retold.reading.scene import Scene
from retold.reading.sources import Form, Source
from retold.types import Article, Mention, Span, SpeakerKind, Triple

Answer = tuple[int | None, float]  # who speaks, None where it cannot be told, and how sure it is
HEARD = 0.8  # how sure it is who is quoted as saying something where it is not told by whom


@dataclass(slots=True)
class Stage:
    """What is known while the sources of one article are taken in order.

    `president` is the character who is the president of the article's time; `through` has, for a
    triple, who it came through and where he is named, and where its speaker is; `profiles` what is
    known of characters, once it was asked for; `likeness` how alike stretches are to the model,
    where its states are there.
    """

    scene: Scene
    triples: Sequence[Triple]
    forms: list[Source]
    characters: list[Character]
    history: list[tuple[int, int]] = field(default_factory=list)
    found: dict[int, tuple[int | None, float]] = field(default_factory=dict)
    president: int | None = None
    through: dict[int, tuple[tuple[int, Span | None], Span]] = field(default_factory=dict)
    profiles: dict[int, Profile] = field(default_factory=dict)
    likeness: Likeness | None = None

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


_OFFICE = re.compile(r"\b[Tt]he (?P<first>[A-Za-z-]+)(?=(?: (?P<second>[A-Za-z]+)\b)?)")
_NO_OFFICE = re.compile(r" (?:of|for)\b| [A-Z]|’s [a-z]+ (?:and|or)\b")


def _offices(
    scene: Scene, characters: list[Character], president: Character | None
) -> tuple[tuple[Span, int], ...]:
    """Where "the mayor" names whoever alone in the article is called a mayor, "the president" the
    one of its time; these places are theirs from now on."""
    out = []
    holders: dict[str, list[Character]] = {}
    for character in characters:
        if character.kind is SpeakerKind.PERSON:
            for head in character.heads:
                holders.setdefault(head, []).append(character)
    if president is not None:
        holders[incumbents.OFFICE] = [president]
    nouns = lexicons.words("person_nouns")
    for paragraph in scene.paragraphs:
        for found in _OFFICE.finditer(scene.text, paragraph.start, paragraph.end):
            words = found["first"].lower(), (found["second"] or "").lower()
            is_joined = "-".join(words) in nouns
            noun = "-".join(words) if is_joined else words[0]
            place = Span(found.start(), found.end("second" if is_joined else "first"))
            if noun not in nouns or _NO_OFFICE.match(scene.text, place.end):
                continue
            held = holders.get(roles.head_of(noun), [])
            if (
                len(held) == 1
                and held[0].mentions[0].start < place.start
                and not (any(spans.overlaps(place, r.span) for r in held[0].roles))
            ):
                held[0].mentions = sorted([*held[0].mentions, place])
                out.append((place, held[0].index))
    return tuple(out)


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


def open_stage(
    article: Article,
    triples: Sequence[Triple],
    mentions: Sequence[Mention],
    likeness: Likeness | None = None,
) -> Stage:
    """The stage before anyone has spoken."""
    scene = Scene(article, roster.find(article, mentions))
    told = [nearest.source(article.text, triple) for triple in triples]
    characters = [_character(f) for f in scene.roster.figures]
    president = incumbents.among(characters, article.published)
    offices = _offices(scene, characters, president)
    return Stage(
        scene=replace(scene, offices=offices),
        triples=told,
        forms=[sources.of(article.text, triple.source, scene.roster) for triple in told],
        characters=characters,
        president=president.index if president else None,
        likeness=likeness,
    )


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


def settle(
    stage: Stage,
    index: int,
    answer: Answer,
    heard: tuple[Span, int] | None = None,
) -> None:
    """`answer` is who speaks in triple `index`, and how sure that is, for all that follows.

    "He recalled Putin asking" makes Putin, `heard` at a place, the speaker, and the one who
    recalled it the one through whom it came.
    """
    speaker, score = answer
    _remember(stage, index, speaker)
    if heard is not None and heard[1] != speaker:
        source = stage.triples[index].source
        if speaker is not None:
            stage.through[index] = ((speaker, source[0] if source else None), heard[0])
        speaker, score = heard[1], score or HEARD
    stage.found[index] = (speaker, score)


def _remember(stage: Stage, index: int, speaker: int | None) -> None:
    """A resolved source is one more place that names its speaker."""
    form = stage.forms[index]
    if speaker is None:
        return
    if stage.triples[index].parent is None and not (form.span and signs(stage.text, form.span)):
        stage.history.append((speaker, start(stage.triples[index])))
    character = stage.characters[speaker]
    if form.core is None or any(spans.overlaps(form.core, m) for m in character.mentions):
        return
    character.mentions.append(form.core)
    character.mentions.sort()
    if form.form is Form.NOMINAL and character.is_named and form.owner is None:
        words = words_in(stage.text, form.core)
        character.roles.append(roles.of_words(form.core, words))


def signs(text: str, place: Span) -> bool:
    """True for the name under a post that is shown between the paragraphs: nobody goes on with it,
    and no pronoun points back to it."""
    return text.startswith(" (@", place.end)


def latest(stage: Stage, at: int, wanted: Sequence[Character], back: int) -> int | None:
    """The character of `wanted` that was named last before `at`, within `back` characters."""
    named = max(((c.last_before(at), c.index) for c in wanted), default=(-1, -1))
    return named[1] if named[0] > at - back and named[0] >= 0 else None


def words_in(text: str, span: Span) -> list[str]:
    return [w.lower() for w in roles.words_of(text, span.start, span.end)]
