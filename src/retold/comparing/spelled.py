"""Where two accounts spell the name of a person otherwise.

    Karl {Hallman}, the president of the growers | Growers' President Karl {Halman}

Only full names of which all words but one are the same, and that one but for a letter or two, are
surely of one person, and only where neither account has the other's spelling as well. Which letters
of ours stand for the sounds of another language ("Sergei", "Sergey") is a matter of house style.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from retold.comparing import partings
from retold.comparing.partings import Parting
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.reading import names
from retold.spans import overlaps
from retold.types import Facet, MentionKind, Reading

# of 24 that it found in 575 stories 21 were a slip in one of the accounts
SCORE = 0.6
WORDS = (2, 3, 4)  # of a full name
MIN_LETTERS = 5
MAX_EDITS = 2
LONG = 7  # letters of a word in which two may differ
_ENDINGS = ("s", "n", "an", "ns", "r")  # "Korea", "Koreans": another word
# what is written otherwise for one sound of another language: "Sergey", "Mohamed", "Løvik"
_SOUNDS = (
    (re.compile(r"i?[yj]i?"), "i"), (re.compile(r"oo|ou|u|ø"), "o"), (re.compile(r"e"), "a"),
    (re.compile(r"([aioums])\1"), r"\1"), (re.compile(r"(?<=.)h"), ""),
    (re.compile(r"q|ck"), "k"), (re.compile(r"w"), "v"),
)  # fmt: skip

_AGE = re.compile(r",? \(?(?:aged |age )?(\d{1,3})\b")

Words = tuple[str, ...]
Named = Mapping[Words, Slot]
"""By its words in the form that is compared where a name stands first."""


def find(
    readings: Sequence[Reading], sentences: Mapping[str, Sequence[Sentence]]
) -> tuple[Parting, ...]:
    """The names that part, in order of article and place; of each two spellings one."""
    named = {r.article.id: _named(r, sentences.get(r.article.id, ())) for r in readings}
    told = {
        article: {names.fold(word.form) for sentence in held for word in sentence.words}
        for article, held in sentences.items()
    }
    texts = {r.article.id: r for r in readings}
    out: dict[frozenset[Words], list[Slot]] = {}
    for one, other, (x, y) in _alike(named):
        for first, second in itertools.product(*(_having(named, words) for words in (one, other))):
            if first == second or x in told[second] or y in told[first]:
                continue
            pair = (named[first][one], named[second][other])
            if len({_age(slot, texts[slot.article_id]) for slot in pair} - {""}) > 1:
                continue
            shown = out.setdefault(frozenset((one, other)), [])
            given = {slot.article_id for slot in shown}
            shown += [slot for slot in pair if slot.article_id not in given]
    parted = (
        partings.varying(shown, texts, facet=Facet.PERSON, score=SCORE) for shown in out.values()
    )
    return tuple(filter(None, parted))


# --- inside ---------------------------------------------------------------------------------------


def _named(reading: Reading, sentences: Sequence[Sentence]) -> Named:
    """The full names of persons."""
    persons = [m.span for m in reading.mentions if m.kind is MentionKind.PERSON]
    out: dict[Words, Slot] = {}
    for sentence in sentences:
        for slot in sentence.slots:
            words = tuple(map(names.fold, slot.form.removesuffix("'s").split()))
            is_new = slot.kind is SlotKind.NAME and len(words) in WORDS and words not in out
            if is_new and any(overlaps(span, slot.span) for span in persons):
                out[words] = slot
    return out


def _alike(named: Mapping[str, Named]) -> Iterator[tuple[Words, Words, tuple[str, str]]]:
    """Two names that are the same but for the spelling of one word, and the two words."""
    places: dict[tuple[Words, Words], dict[str, Words]] = defaultdict(dict)
    for words in (words for held in named.values() for words in held):
        for at, word in enumerate(words):
            places[words[:at], words[at + 1 :]][word] = words
    for held in places.values():
        for (x, one), (y, other) in itertools.combinations(held.items(), 2):
            if _is_misspelt(x, y):
                yield one, other, (x, y)


def _having(named: Mapping[str, Named], words: Words) -> list[str]:
    return [article_id for article_id, held in named.items() if words in held]


def _is_misspelt(a: str, b: str) -> bool:
    """True for two words of one name that differ by a letter or two, as a slip does."""
    short, long = sorted((a, b), key=len)
    if a == b or a[:1] != b[:1] or len(short) < MIN_LETTERS or not (a + b).isalpha():
        return False
    is_other_word = long.startswith(short) and long[len(short) :] in _ENDINGS
    if is_other_word or names.same_given(a, b) or _sounds(a) == _sounds(b):
        return False
    return OSA.distance(a, b) <= (MAX_EDITS if len(short) >= LONG else 1)


def _sounds(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _age(slot: Slot, reading: Reading) -> str:
    """The age right behind a name, "" where there is none: of another age is another person."""
    found = _AGE.match(reading.article.text, slot.span.end)
    return found[1] if found else ""
