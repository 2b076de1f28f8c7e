"""The quotation checker: every account in an archive that gives a wording, or comes near to it.

    wording ──index of words──▶ articles with its rarest runs ──asked.find──▶ Check

Runs of three words find the articles, since rare words alone stand in many; each is then lined up
with the wording. What was only reported, without quotation marks, is found too, and said to be.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retold import spans
from retold.archive import people
from retold.archive.database import ARTICLES
from retold.archive.store import Archive
from retold.archive.words import Near, Term
from retold.comparing import asked, credits
from retold.comparing.asked import Asked, Match, Outcome
from retold.types import Attribution, Reading, SectionKind, Speaker

RUN_WORDS = 3
MOST_RUNS = 12  # looked up: the rarest
STRETCH_WORDS = 10  # of each the rarest run is looked up besides
NEAR_WORDS = 6  # apart stand at most two rare words that are looked up as a pair
MOST_OF_A_RUN = 500  # articles that have it; a run that more have tells next to nothing
MOST_ARTICLES = 100  # lined up with a wording
FIRST_ARTICLES = 24  # lined up in any case, then as many again while so many of them have it:
OFTEN = 0.2
# of the most asked words that any of them has together, for a closer look: the least that a right
# account has is 0.51 (`python -m evaluation.checking --part choose`)
WORTHWHILE = 0.4
NEAREST = 3  # shown where no account has the wording
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One article's wording. `statement` is the attribution that it stands in, and `speakers` the
    names through whom it came, the innermost last; both are empty where nobody is credited.

    `is_aside` is True for words that stand in a reader's comment or another part that is not the
    article.
    """

    reading: Reading
    match: Match
    statement: Attribution | None
    speakers: tuple[str, ...]
    is_credited: bool
    is_aside: bool

    @property
    def speaker(self) -> str | None:
        return self.speakers[-1] if self.speakers else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A speaker whom accounts credit with the words, and which of them do, by their index."""

    name: str
    accounts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What an archive has of a wording: the accounts that give it, the nearest wording first, then
    the earliest; where there are none, the nearest that are something else.

    `credits` has an entry for each speaker whom the accounts name clearly, so that more than one
    means that the same words are credited to different speakers. `left` counts accounts beyond the
    limit.
    """

    asked: Asked
    accounts: tuple[Account, ...]
    nearest: tuple[Account, ...]
    credits: tuple[Credit, ...]
    left: int


def check(archive: Archive, wording: str, *, speaker: str | None = None, most: int = 20) -> Check:
    """Every account of a wording in the archive, at most `most` of them.

    With `speaker`, those that credit somebody of that name come first; the others stay, for that
    they credit somebody else is what one wants to know.

    Raises:
        FormatError: the wording is too short to be known again, or longer than any quotation.
    """
    one = asked.of(wording)
    found = _matches(archive, one)
    same = [(id, match) for id, match in found if match.outcome is not Outcome.UNLIKE]
    chosen = sorted(same or found[:NEAREST], key=lambda each: -each[1].score)
    matches = dict(chosen[: max(most, NEAREST)])
    accounts = [_account(r, matches[r.article.id]) for r in archive.readings(list(matches))]
    accounts.sort(key=lambda account: _order(account, speaker))
    shown = tuple(accounts[:most])
    return Check(
        asked=one,
        accounts=shown if same else (),
        nearest=() if same else shown,
        credits=_credits(shown) if same else (),
        left=len(same) - len(shown) if same else 0,
    )


def is_of(account: Account, speaker: str) -> bool:
    """True if the account credits somebody of that name."""
    return account.speaker is not None and people.is_same(speaker, account.speaker)


# --- which articles to look at --------------------------------------------------------------------


def _matches(archive: Archive, one: Asked) -> list[tuple[str, Match]]:
    """Articles by id with their match, the best first, from the likeliest on while many match."""
    numbers = _likely(archive, one)
    found: list[tuple[str, Match]] = []
    for start in range(0, len(numbers), FIRST_ARTICLES):
        more = _matching(archive, one, numbers[start : start + FIRST_ARTICLES])
        found += more
        having = sum(match.outcome is not Outcome.UNLIKE for _, match in more)
        if having < OFTEN * FIRST_ARTICLES:
            break
    return sorted(found, key=lambda each: (each[1].outcome is Outcome.UNLIKE, -each[1].score))


def _likely(archive: Archive, one: Asked) -> list[int]:
    """The numbers of the articles that have most of the wording's rare runs, the rarer the better.

    Each run is asked for by itself: to rank by all at once, the index would count each of them in
    the whole archive.
    """
    worth: dict[int, float] = defaultdict(float)
    for query in _queries(one):
        matching = archive.database.matching(ARTICLES, (query,))
        found = archive.database.rows(
            f"SELECT w.rowid FROM article_words w WHERE {matching.where} LIMIT ?",  # noqa: S608
            (*matching.values, MOST_OF_A_RUN),
        )
        for row in found:
            worth[row[0]] += math.log((2 + MOST_OF_A_RUN) / (1 + len(found)))
    return sorted(worth, key=lambda number: (-worth[number], number))[:MOST_ARTICLES]


def _matching(archive: Archive, one: Asked, numbers: Sequence[int]) -> list[tuple[str, Match]]:
    """The match of each article in which enough of the words stand together."""
    held = archive.database.rows(
        f"SELECT id, text FROM articles WHERE number IN ({', '.join('?' * len(numbers))})",  # noqa: S608
        numbers,
    )
    gathered = [(row, found) for row in held if (found := asked.gather(one, row["text"]))]
    least = WORTHWHILE * max((found.weight for _, found in gathered), default=0.0)
    return [
        (row["id"], match)
        for row, found in gathered
        if found.weight >= least and (match := asked.find(one, row["text"], found))
    ]


def _queries(one: Asked) -> list[Term | Near]:
    """The rarest runs of the wording and pairs of its rare words, any of which finds an article.

    A run of every stretch is among them, for an account may give a sentence of a whole speech.
    """
    words = [word.casefold() for word in _WORD.findall(one.text)]
    each = list(zip(*(words[n:] for n in range(RUN_WORDS)), strict=False))
    telling = [word for word in words if asked.weight(word) > asked.GRAMMAR_WEIGHT]
    # grammar alone stands in so many articles that to look it up takes longest and tells nothing
    runs = [run for run in each if not set(run).isdisjoint(telling)] or each
    stretches = (runs[n : n + STRETCH_WORDS] for n in range(0, len(runs), STRETCH_WORDS))
    everywhere = [max(stretch, key=_weight) for stretch in stretches]
    pairs = (pair for pair in itertools.pairwise(telling) if pair[0] != pair[1])
    return [
        *(Term(" ".join(run)) for run in dict.fromkeys((*_rarest(runs), *everywhere))),
        *(Near(a, b, NEAR_WORDS) for a, b in _rarest(pairs)),
    ]


def _rarest(groups: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return sorted(dict.fromkeys(groups), key=_weight, reverse=True)[:MOST_RUNS]


def _weight(words: Iterable[str]) -> float:
    return sum(map(asked.weight, words))


# --- who is credited ------------------------------------------------------------------------------


def _account(reading: Reading, match: Match) -> Account:
    statement = _statement(reading, match)
    named: dict[str, Speaker] = {speaker.id: speaker for speaker in reading.speakers}
    hops = [hop.speaker_id for hop in statement.chain] if statement else []
    if statement and statement.speaker_id and statement.speaker_id not in hops:
        hops.append(statement.speaker_id)
    return Account(
        reading=reading,
        match=match,
        statement=statement,
        speakers=tuple(named[id].name for id in hops),
        is_credited=bool(statement and credits.is_clear(statement, reading.article.text)),
        is_aside=any(
            section.kind not in (SectionKind.TITLE, SectionKind.BODY)
            and spans.contains(section.span, match.pieces[0])
            for section in reading.article.sections
        ),
    )


def _statement(reading: Reading, match: Match) -> Attribution | None:
    """The attribution with the most of the words in its content, the innermost of several."""

    def shared(statement: Attribution) -> int:
        return sum(spans.shared(a, b) for a in statement.content for b in match.pieces)

    holding = [statement for statement in reading.attributions if shared(statement)]
    return max(holding, key=lambda s: (shared(s), -sum(map(len, s.content))), default=None)


def _credits(accounts: Sequence[Account]) -> tuple[Credit, ...]:
    """The speakers whom accounts name clearly; who stands in the other's chain is no other."""
    groups: list[tuple[str, list[int]]] = []
    for index, account in enumerate(accounts):
        if not account.is_credited or account.speaker is None:
            continue
        for name, members in groups:
            chain = {name, *(n for m in members for n in accounts[m].speakers)}
            if any(people.is_same(a, b) for a in chain for b in account.speakers):
                members.append(index)
                break
        else:
            groups.append((account.speaker, [index]))
    return tuple(
        Credit(
            name=max((accounts[m].speaker or "" for m in members), key=lambda n: len(n.split())),
            accounts=tuple(members),
        )
        for _, members in groups
    )


def _order(account: Account, speaker: str | None) -> tuple[bool, bool, float, str, str]:
    article = account.reading.article
    return (
        speaker is not None and not is_of(account, speaker),
        account.is_aside,
        -account.match.score,
        article.published.isoformat() if article.published else "9999",
        article.id,
    )
