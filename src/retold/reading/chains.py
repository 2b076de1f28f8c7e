"""Through whom words came: from the outermost reporter to the innermost speaker.

1. A statement within another came through the speaker of that other.
2. "He recalled Putin asking" puts one speaker above another within one clause.
3. "According to X" beside a statement with a speaker of its own puts X above it, and above what the
   same speaker goes on to say in that paragraph.
4. "In an interview recounted by X, Y told a story" puts X and Y above what follows, until the text
   leaves it: another account is opened, somebody who is not in the story speaks, or a paragraph
   passes without a word of it.
5. "Reportedly" puts the outlet that reported last above, if that was in this paragraph or the one
   before, and a share of those asked ("seven in ten said") speaks through the poll that spoke last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from retold import lexicons
from retold.reading import excerpts, polled, reporters, sources
from retold.reading.cues import is_reported, words_of
from retold.reading.scene import Scene
from retold.reading.stage import Stage
from retold.types import Span

Link = tuple[int, Span | None]
Report = tuple[Link, int]  # an outlet, and the paragraph in which it reported last

_STORY = re.compile(
    r"\b(?:told|tells|recalled|recalls|recounted|recounts|related|shared|repeated|gave|retold)\b"
    r"[^.;“”\"]{0,30}\b(?:story|anecdote|tale|account|episode|version|exchange|conversation)\b"
)
_LEAVES = re.compile(
    r"\b(?:sat for|in|during|at|gave|to) (?:an?|his|her|another) (?:[\w.’'-]+ ){0,3}"
    r"(?:interview|statement|speech|letter|book|memoir|conference)\b"
    r"|\b(?:months|years|weeks|days) (?:before|after|earlier|later)\b",
    re.IGNORECASE,
)
_VIA = re.compile(r"\b(?:to|told|with|on|for|in) (?:the )?$")
_OWNED = re.compile(r"^(?:his|her|its|their|our|my|your)\b|[’'](?:s|\s)", re.IGNORECASE)
_BY = re.compile(r"\bby (?:the |an? )?$")
_PICTURES = frozenset({"caption", "clip", "footage", "image", "photo", "picture", "video"})
MAX_QUIET_PARAGRAPHS = 1
MAX_REPORTED_PARAGRAPHS = 2


class Way(StrEnum):
    """How it is known who stands right above a speaker."""

    NOBODY = "nobody"
    AROUND = "the statement around it"
    CLAUSE = "its own clause"
    EXCERPT = "words set out"
    REPORT = "a report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The links of a triple, its own speaker last; empty where nobody is known. `around` is the
    triple whose speaker stands right above, where that is how it is known."""

    links: tuple[Link, ...]
    way: Way
    around: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Something told at length. `above` are its reporters, `narrator` tells it, `told` are those
    who speak in it. A mere "according to" ends with its paragraph."""

    above: tuple[Link, ...]
    narrator: Link | None
    paragraph: int
    is_story: bool
    told: frozenset[int] = field(default_factory=frozenset)


def draw(stage: Stage) -> list[Chain]:
    """The chain of each triple."""
    outer = _outer(stage)
    out = []
    for index in range(len(stage.triples)):
        path = _path(stage, index)
        told = [at for at in path if at == index or not _is_occasion(stage, stage.found[at][0])]
        links: list[Link] = []
        for at in told:
            links = _put(_own(stage, at), links)
        above, way = outer.get(path[-1], ((), Way.NOBODY))
        links = _put(list(above), links)
        others = (at for at in told[1:] if stage.found[at][0] not in (None, stage.found[index][0]))
        around = next(others, None)
        if len(links) < 2:
            way, around = Way.NOBODY, None
        elif len(_own(stage, index)) > 1:
            way, around = Way.CLAUSE, None
        elif around is not None:
            way = Way.AROUND
        out.append(Chain(links=tuple(links), way=way, around=around))
    return out


def _path(stage: Stage, index: int) -> list[int]:
    """The triple and those in whose contents it stands, up to one that answers another's claim."""
    path = [index]
    while len(path) <= len(stage.triples) and not _is_answered(stage, path[-1]):
        parent = stage.triples[path[-1]].parent
        if parent is None:
            break
        path.append(parent)
    return path


def _is_occasion(stage: Stage, speaker: int | None) -> bool:
    """True for "the hearing" or "a picture": where something was said or shown, not by whom."""
    if speaker is None or stage.characters[speaker].is_named:
        return False
    head = stage.characters[speaker].head
    return head in lexicons.words("venues") | _PICTURES and not sources.is_speaking({head})


def _is_answered(stage: Stage, index: int) -> bool:
    """True for a claim that the words around it are about: in "she disputed {Holt’s} {claim} that
    it was late" and "{claims raised} by {Holt} that …" Holt does not speak through her."""
    triple = stage.triples[index]
    if triple.parent is None or not (triple.source and triple.cue):
        return False
    source, cue = triple.source[0], triple.cue[0]
    words = words_of(stage.text, triple.cue)
    if source.start < cue.start:
        noun, owned = words[-1:], _OWNED.search(stage.text[source.start : cue.start])
    else:
        noun, owned = words[:1], _BY.search(stage.text[cue.end : source.start])
    head = min(source.start, cue.start)
    opens = min(abs(head - c.start) for c in stage.triples[triple.parent].content)
    is_noun = bool(set(noun) & lexicons.words("saying_nouns"))
    return opens <= len("that ") and is_noun and owned is not None


def _own(stage: Stage, index: int) -> list[Link]:
    """The speaker of one triple, with whom its own clause puts above."""
    speaker = stage.found[index][0]
    if speaker is None:
        return []
    source = stage.triples[index].source
    own: Link = (speaker, source[0] if source else None)
    link = stage.through.get(index)
    if link is None or _is_occasion(stage, link[0][0]):
        return [own]
    teller, place = link
    return [teller, (speaker, place)]


def _put(above: list[Link], chain: list[Link]) -> list[Link]:
    """`chain` with `above` before it; nobody stands twice in a row."""
    out = list(above)
    for link in chain:
        if not out or out[-1][0] != link[0]:
            out.append(link)
    return out


# --- across sentences -----------------------------------------------------------------------------


def _narrator(scene: Scene, sentence: Span) -> Link | None:
    """The person whom the main clause of a sentence is about."""
    for place, figure in scene.roster.within(sentence):
        if (
            figure.kind.value == "person"
            and place.start >= sentence.start
            and scene.quotation(place.start) is None
            and not scene.is_owned(place)
            and not scene.is_oblique(place)
        ):
            return figure.index, place
    return None


def _opened(scene: Scene, sentence: Span, paragraph: int) -> Account | None:
    """The account that a sentence opens for what follows."""
    story = _STORY.search(scene.text, sentence.start, sentence.end)
    reporter = reporters.named(scene, sentence)
    if story is None or scene.quotation(story.start()) is not None:
        return None
    narrator = _narrator(scene, sentence)
    if narrator is None or (reporter and reporter.speaker == narrator[0]):
        return None
    return Account(
        above=((reporter.speaker, reporter.span),) if reporter else (),
        narrator=narrator,
        paragraph=paragraph,
        is_story=True,
    )


def _outer(stage: Stage) -> dict[int, tuple[tuple[Link, ...], Way]]:
    """Who stands above each outermost triple from outside its own words, and how that is known."""
    scene = stage.scene
    openings = _openings(scene)
    nested = _nested(stage)
    held = excerpts.found(scene)
    out: dict[int, tuple[tuple[Link, ...], Way]] = {}
    account: Account | None = None
    outlet: Report | None = None
    before: int | None = None
    tops = _tops(stage)
    for number, index in enumerate(tops):
        place = _place(stage, index)
        if (excerpt := reporters.excerpted(stage, index, held)) is not None:
            out[index], before = (((excerpt.speaker, excerpt.span),), Way.EXCERPT), index
            continue
        opened = [a for at, a in openings if at <= place.start]
        if opened and (account is None or opened[-1].paragraph > account.paragraph):
            account = opened[-1] if _is_near(scene, opened[-1], place) else account
        account = _account_at(stage, index, account)
        if account is not None:
            out[index] = _above(stage, index, account), Way.REPORT
            told = account.told | nested.get(index, set()) | _through(stage, index)
            account = replace(account, paragraph=scene.paragraph(place.start), told=told)
            outlet = (account.above[0], account.paragraph) if account.above else outlet
        elif before in out and _goes_on(stage, before, index):
            out[index] = out[before]
        elif (poll := polled.by(stage, index, tops[:number])) is not None:
            out[index] = (poll,), Way.REPORT
        else:
            if outlet and _is_said_by(stage, index, outlet):
                out[index] = (outlet[0],), Way.REPORT
                outlet = (outlet[0], scene.paragraph(place.start))
            outlet = _outlet(stage, index) or outlet
            account = _of_outlet(stage, index)
        before = index
    return {index: (links, way) for index, (links, way) in out.items() if links}


def _tops(stage: Stage) -> list[int]:
    """The outermost triples, in text order."""
    tops = (i for i, t in enumerate(stage.triples) if t.parent is None)
    return sorted(tops, key=lambda i: _place(stage, i).start)


def _nested(stage: Stage) -> dict[int, set[int]]:
    """Who speaks within each triple."""
    nested: dict[int, set[int]] = {}
    for i, triple in enumerate(stage.triples):
        if triple.parent is not None and (who := stage.found[i][0]) is not None:
            nested.setdefault(triple.parent, set()).add(who)
    return nested


def _through(stage: Stage, index: int) -> set[int]:
    """Both of "he recalled Putin asking"."""
    through, speaker = stage.through.get(index), stage.found[index][0]
    return {speaker, through[0][0]} if through and speaker is not None else set()


def _goes_on(stage: Stage, before: int, index: int) -> bool:
    """True if a quotation without a source goes on with the one before it."""
    speaker = stage.found[index][0]
    return (
        not stage.triples[index].source
        and speaker is not None
        and speaker == stage.found[before][0]
        and stage.scene.quotation(_place(stage, index).start) is not None
    )


def _outlet(stage: Stage, index: int) -> Report | None:
    """The outlet that makes the statement itself or is said to report it, None if none does."""
    speaker, source = stage.found[index][0], stage.triples[index].source
    place = _place(stage, index)
    here = stage.scene.paragraph(place.start)
    if speaker is not None and source and reporters.is_outlet(stage, speaker):
        return (speaker, place), here
    reporter = reporters.named(stage.scene, stage.scene.sentence_at(place.start))
    if reporter is not None and reporters.is_outlet(stage, reporter.speaker):
        return (reporter.speaker, reporter.span), here
    return None


def _is_said_by(stage: Stage, index: int, outlet: Report) -> bool:
    """True if triple `index` is what `outlet`, named shortly before, is said to report."""
    (reporter, _), paragraph = outlet
    gap = stage.scene.paragraph(_place(stage, index).start) - paragraph
    is_other = stage.found[index][0] not in (None, reporter)
    is_near = gap <= MAX_REPORTED_PARAGRAPHS
    return is_other and is_near and is_reported(stage.scene, stage.triples[index])


def _of_outlet(stage: Stage, index: int) -> Account | None:
    """What an outlet tells of the subject of its sentence, in “Holt called it late, according to
    the Herald. “{…},” she said”: for the rest of the paragraph."""
    outlet = _outlet(stage, index)
    if outlet is None:
        return None
    (reporter, place), paragraph = outlet
    if place is None:
        return None
    narrator = _narrator(stage.scene, stage.scene.sentence_at(place.start))
    if narrator is None or narrator[0] == reporter:
        return None
    if narrator[1] is None or narrator[1].start > place.start:
        return None
    return Account(
        above=((reporter, place),), narrator=narrator, paragraph=paragraph, is_story=False
    )


def _place(stage: Stage, index: int) -> Span:
    """The source of a triple, or the first piece of its content."""
    triple = stage.triples[index]
    return (triple.source or triple.content)[0]


def _openings(scene: Scene) -> list[tuple[int, Account]]:
    """The places where an account is opened, in order."""
    out = []
    for sentence in scene.sentences:
        account = _opened(scene, sentence, scene.paragraph(sentence.start))
        if account:
            out.append((sentence.start, account))
    return out


def _is_near(scene: Scene, account: Account, place: Span) -> bool:
    return scene.paragraph(place.start) - account.paragraph <= MAX_QUIET_PARAGRAPHS + 1


def _account_at(stage: Stage, index: int, account: Account | None) -> Account | None:
    """The account that triple `index` belongs to: its own, the one before it, or none."""
    scene, speaker = stage.scene, stage.found[index][0]
    place = _place(stage, index)
    sentence = scene.sentence_at(place.start)
    paragraph = scene.paragraph(place.start)
    reporter = reporters.named(scene, sentence) or reporters.described(stage, index, sentence)
    if (
        reporter
        and speaker is not None
        and reporter.speaker != speaker
        and not reporters.is_within(stage, index, reporter)
    ):
        is_story = account is not None and account.is_story and account.paragraph == paragraph
        return Account(
            above=((reporter.speaker, reporter.span),),
            narrator=(speaker, place),
            paragraph=paragraph,
            is_story=is_story,
        )
    if account is None or speaker is None or account.narrator is None:
        return None
    quiet = paragraph - account.paragraph
    if quiet > (MAX_QUIET_PARAGRAPHS if account.is_story else 0):
        return None
    if _is_left(scene, sentence, account):
        return None
    who = {account.narrator[0], *account.told}
    through = stage.through.get(index)
    return account if speaker in who or (through and through[0][0] in who) else None


def _is_left(scene: Scene, sentence: Span, account: Account) -> bool:
    """True if a sentence goes to another outlet, statement or time than the account's own."""
    above = {index for index, _ in account.above}
    for place, figure in scene.roster.within(sentence):
        if figure.name not in lexicons.words("outlets") or figure.index in above:
            continue
        before = scene.text[max(sentence.start, place.start - 12) : place.start]
        if scene.quotation(place.start) is None and _VIA.search(before):
            return True
    return account.is_story and _LEAVES.search(scene.text, sentence.start, sentence.end) is not None


def _above(stage: Stage, index: int, account: Account) -> tuple[Link, ...]:
    """The links that `account` puts above triple `index`: its narrator too, unless he speaks."""
    speaker = stage.found[index][0]
    assert account.narrator is not None  # noqa: S101 - checked where the account is chosen
    through = stage.through.get(index)
    if speaker == account.narrator[0] or (through and through[0][0] == account.narrator[0]):
        return account.above
    return (*account.above, account.narrator)
