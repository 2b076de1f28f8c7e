"""Which accounts of one claim confirm each other, and which have it from the same words.

    … {told} Fox News Radio ⟷ … in an interview {on Fox News Radio}        same interview
    … said Nielsen {in a statement} ⟷ … Nielsen said {in a statement}      same statement
    … {according to the Journal} ⟷ the Journal’s own account               same report
    twelve words in a row, outside quotation marks, in both                same words

Two accounts that are independent on the whole are one telling of a claim where both say so of its
passages, or where one says so and the other quotes the same words of the same person. It is better
to leave them apart than to join them on a hunch.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from retold import spans
from retold.comparing import facts, newsrooms, origins
from retold.comparing.newsrooms import Newsrooms
from retold.comparing.origins import Credit
from retold.comparing.people import People
from retold.types import (
    Attribution,
    Claim,
    Origin,
    Passage,
    Place,
    QuotationKind,
    Reading,
    Span,
)

# set by reading 40 stories of their own, not fitted
MIN_TOLD = 0.6  # a claim less sure may hold two things
MIN_SHARED_STEMS = 3
SHARED_STEMS_OF_NEWSROOM = 5  # with the outlet's own account, which need not say whence it has it
SAME_WORDS = 12
MIN_PLAIN_WORDS = 4  # a long office is the same in all: “director of the National Institute of …”
SAME_QUOTED_WORDS = 8
MAX_CARRIED_CHARS = 700  # from the words that name a statement to a later quotation out of it

OUTLET, DOCUMENT = "outlet", "document"
# what speaks for itself, and of which a story mostly has one of a kind
_DOCUMENTS = frozenset(
    {"affidavit", "complaint", "dossier", "filing", "indictment", "lawsuit", "memo", "transcript"}
)
Runs = Mapping[tuple[str, ...], Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Root:
    """Where a statement says that it comes from: `key` is OUTLET and its name, DOCUMENT and what it
    is, or the kind of a paper and whose it is; `who` speaks, "" if that is unknown."""

    key: tuple[str, str]
    kind: str
    name: str
    who: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A statement, who speaks ("" if that is unknown), and whence it says that it comes."""

    statement: Attribution
    who: str
    roots: tuple[_Root, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """An article, its newsroom, and what is quoted and stated at a place of it."""

    text: str
    newsroom: frozenset[str]
    quoted: Callable[[Span], list[Span]]
    said: Callable[[Span], list[tuple[Span, _Said]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Witness:
    """A passage with all by which it may be tied to another: where its statements come from, who
    makes them, its words, and its long runs of words outside and inside quotation marks."""

    passage: Passage
    newsroom: frozenset[str]
    roots: tuple[_Root, ...]
    speakers: frozenset[str]
    stems: frozenset[str]
    own_runs: Runs
    quoted_runs: Runs

    def at(self, span: Span) -> Place:
        return Place(article_id=self.passage.article_id, span=span)


def count(claims: Sequence[Claim], readings: Sequence[Reading], cast: People) -> tuple[Claim, ...]:
    """The claims, those accounts of each joined to one telling that have it from the same words;
    `origins` says why."""
    rooms = newsrooms.of(readings)
    pages = {r.article.id: _page(r, rooms, cast) for r in readings}
    order = {r.article.id: number for number, r in enumerate(readings)}
    return tuple(_counted(claim, pages, order) for claim in claims)


# --- inside: a claim ------------------------------------------------------------------------------


def _counted(claim: Claim, pages: Mapping[str, _Page], order: Mapping[str, int]) -> Claim:
    """The claim with its tellings joined as far as its passages tie them, in the order of the
    articles."""
    if claim.score < MIN_TOLD:
        return claim
    groups = [list(group) for group in claim.tellings]
    home = {article: group for group in groups for article in group}
    ties: list[Origin] = []
    witnesses = [_witness(passage, pages[passage.article_id]) for passage in claim.passages]
    for one, other in itertools.combinations(_found_out(witnesses), 2):
        first, second = home[one.passage.article_id], home[other.passage.article_id]
        tie = _tie(one, other) if first is not second else None
        if tie:
            ties.append(tie)
            first += second
            home.update(dict.fromkeys(second, first))
    if not ties:
        return claim
    joined = {tuple(sorted(home[group[0]], key=lambda a: order[a])) for group in claim.tellings}
    tellings = tuple(sorted(joined, key=lambda group: order[group[0]]))
    found = [_origin(group, [t for t in ties if t.article_ids[0] in group]) for group in tellings]
    return dataclasses.replace(claim, tellings=tellings, origins=tuple(filter(None, found)))


def _found_out(witnesses: Sequence[_Witness]) -> list[_Witness]:
    """The witnesses; those of an account that was told it itself ("told Reuters", in Reuters) rest
    on no other outlet, whomever they name."""
    asked = {
        witness.passage.article_id
        for witness in witnesses
        if any(root.key[0] == OUTLET and root.name in witness.newsroom for root in witness.roots)
    }
    return [
        dataclasses.replace(
            witness,
            roots=tuple(
                root
                for root in witness.roots
                if root.key[0] != OUTLET or root.name in witness.newsroom
            ),
        )
        if witness.passage.article_id in asked
        else witness
        for witness in witnesses
    ]


def _origin(group: tuple[str, ...], ties: Sequence[Origin]) -> Origin | None:
    """Why the articles of a group are one, in the words of all that ties them."""
    if not ties:
        return None
    return Origin(
        article_ids=group,
        why="; ".join(dict.fromkeys(tie.why for tie in ties)),
        evidence=tuple(dict.fromkeys(place for tie in ties for place in tie.evidence)),
    )


def _tie(one: _Witness, other: _Witness) -> Origin | None:
    """What makes two passages one telling, None if nothing does."""
    copied = _shared(one.own_runs, other.own_runs)
    if copied:
        return _because("same words", one.at(copied[0]), other.at(copied[1]))
    if len(one.stems & other.stems) < MIN_SHARED_STEMS:
        return None
    for mine, theirs in itertools.product(one.roots, other.roots):
        is_of_one = mine.who == theirs.who or not (mine.who and theirs.who)
        if mine.key == theirs.key and (is_of_one or "report" in (mine.kind, theirs.kind)):
            kind = mine.kind if mine.kind == theirs.kind else "report"
            return _because(f"same {kind}: {mine.name}", mine.place, theirs.place)
    if one.roots and other.roots:
        return None
    return _tie_to_bare(one, other) or _tie_to_bare(other, one)


def _tie_to_bare(one: _Witness, bare: _Witness) -> Origin | None:
    """What makes a passage one telling with another that does not say where it comes from: it
    quotes the same person in the same words, or is of the newsroom that the first names."""
    again = _shared(one.quoted_runs, bare.quoted_runs)
    for root in one.roots:
        why = f"same {root.kind}: {root.name}"
        if again and root.kind != "report" and root.who in bare.speakers:
            return _because(why, root.place, bare.at(again[1]))
        is_of_newsroom = root.key[0] == OUTLET and root.name in bare.newsroom
        if is_of_newsroom and len(one.stems & bare.stems) >= SHARED_STEMS_OF_NEWSROOM:
            return _because(why, root.place, bare.at(bare.passage.span))
    return None


def _because(why: str, *places: Place) -> Origin:
    return Origin(article_ids=tuple(p.article_id for p in places), why=why, evidence=places)


# --- inside: a passage ----------------------------------------------------------------------------


def _witness(passage: Passage, page: _Page) -> _Witness:
    held = [
        said
        for part, said in page.said(passage.span)
        if said.statement.id == passage.attribution_id or spans.contains(passage.span, part)
    ]
    words = list(_words(passage.span, page))
    forms = [word.casefold() for word, _, _ in words]
    return _Witness(
        passage=passage,
        newsroom=page.newsroom,
        roots=tuple(dict.fromkeys(root for said in held for root in said.roots)),
        speakers=frozenset(said.who for said in held if said.who),
        stems=frozenset(facts.stem(form) for form in forms if form not in facts.function_words()),
        own_runs=_runs(words, SAME_WORDS, quoted=False),
        quoted_runs=_runs(words, SAME_QUOTED_WORDS, quoted=True),
    )


def _words(span: Span, page: _Page) -> Iterator[tuple[str, Span, bool]]:
    """The words of a span, each with its place and whether it is quoted."""
    quoted = page.quoted(span)
    for match in re.finditer(r"\w+", page.text[span.start : span.end]):
        at = Span(span.start + match.start(), span.start + match.end())
        yield match.group(), at, any(spans.overlaps(q, at) for q in quoted)


def _runs(words: Sequence[tuple[str, Span, bool]], length: int, *, quoted: bool) -> Runs:
    """Each run of `length` words that all are quoted, or all are not, with where it stands."""
    out = {}
    for at in range(len(words) - length + 1):
        run = words[at : at + length]
        if all(is_quoted is quoted for _, _, is_quoted in run) and (quoted or _is_plain(run)):
            form = tuple(word.casefold() for word, _, _ in run)
            out[form] = Span(run[0][1].start, run[-1][1].end)
    return out


def _is_plain(run: Sequence[tuple[str, Span, bool]]) -> bool:
    """True if words enough of a run carry meaning and are no names."""
    plain = [w for w, _, _ in run if w.islower() and w not in facts.function_words()]
    return len(plain) >= MIN_PLAIN_WORDS


def _shared(mine: Runs, theirs: Runs) -> tuple[Span, Span] | None:
    """Where each has the first stretch of words that both have, None if there is none."""
    common = [run for run in mine if run in theirs]
    if not common:
        return None
    return (
        spans.merge(mine[run] for run in common)[0],
        spans.merge(theirs[run] for run in common)[0],
    )


# --- inside: an article ---------------------------------------------------------------------------


def _page(reading: Reading, rooms: Newsrooms, cast: People) -> _Page:
    held = _sourced(reading, origins.find(reading, rooms), cast)
    parts = ((part, said) for said in held for part in said.statement.content)
    return _Page(
        text=reading.article.text,
        newsroom=rooms.own[reading.article.id],
        quoted=spans.finder(facts.quoted_parts(reading), key=lambda span: span),
        said=spans.finder(parts, key=lambda row: row[0]),
    )


def _sourced(reading: Reading, credits: Sequence[Credit], cast: People) -> Iterator[_Said]:
    """The statements in text order; a quotation that goes on comes from where the one before it
    came."""
    names = {speaker.id: speaker.name for speaker in cast.speakers}
    credited = spans.finder(credits, key=lambda credit: credit.home)
    parts = ((part, said) for said in reading.attributions for part in _introduction(said))
    introduced = spans.finder(parts, key=lambda row: row[0])
    last: dict[str, tuple[Attribution, tuple[_Root, ...]]] = {}
    for said in sorted(reading.attributions, key=lambda a: (a.content[0], a.id)):
        who = cast.of.get(said.speaker_id or "", "")
        roots = tuple(
            _root(credit, who, names)
            for credit in dict.fromkeys(c for part in _named(said) for c in credited(part))
            if (credit.name or who)
            and _is_for(said, (other for _, other in introduced(credit.place.span)))
            and not any(spans.overlaps(credit.place.span, part) for part in said.content)
        )
        roots = roots or tuple(_document(said, reading))
        before = last.pop(who, None)
        if not roots and who and before and _goes_on(before[0], said):
            roots = before[1]
        if roots and who:
            last[who] = said, roots
        yield _Said(statement=said, who=who, roots=roots)


def _root(credit: Credit, who: str, names: Mapping[str, str]) -> _Root:
    return _Root(
        key=(OUTLET, credit.name) if credit.name else (credit.kind, who),
        kind=credit.kind,
        name=credit.name or names[who],
        who=who,
        place=credit.place,
    )


def _document(said: Attribution, reading: Reading) -> Iterator[_Root]:
    """The document that a statement has for its source: "the indictment"."""
    for span in said.source[:1]:
        noun = spans.cut(reading.article.text, span).casefold().split()[-1]
        if noun in _DOCUMENTS:
            place = Place(article_id=reading.article.id, span=span)
            yield _Root(key=(DOCUMENT, noun), kind=DOCUMENT, name=noun, who="", place=place)


def _goes_on(before: Attribution, said: Attribution) -> bool:
    """True if `said` quotes on from the words of `before`, and names no other place."""
    gap = said.content[0].start - before.content[-1].end
    is_quoted = said.quotation is not QuotationKind.INDIRECT
    return is_quoted and said.venue is None and 0 <= gap <= MAX_CARRIED_CHARS


def _named(said: Attribution) -> tuple[Span, ...]:
    return (*said.source, *said.cue)


def _introduction(said: Attribution) -> tuple[Span, ...]:
    return (*_named(said), *filter(None, (said.venue, said.addressee)))


def _is_for(said: Attribution, introduced: Iterable[Attribution]) -> bool:
    """True unless the words introduce another statement, of the same sentence, and not this one."""
    held = list(introduced)
    others = [a for a in held if a.id not in (said.id, said.parent) and a.parent != said.id]
    return said in held or not others
