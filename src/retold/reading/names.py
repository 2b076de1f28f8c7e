"""Names as the text writes them: where they stand, their parts, and what the parts tell.

Found by their capitals and by the titles before them, so that a speaker can be told even where the
model saw no mention.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from retold import lexicons
from retold.types import MentionKind, Span


class Gender(StrEnum):
    MALE = "male"
    FEMALE = "female"
    EITHER = "either"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in the text. `span` is the name alone, `whole` has the titles before it too.

    `words` are those of `span`; `titles` the lower-case roles before it ("senator"); `kind` is None
    where the form alone does not tell.
    """

    span: Span
    whole: Span
    words: tuple[str, ...]
    kind: MentionKind | None
    titles: tuple[str, ...] = ()
    gender: Gender = Gender.EITHER

    @property
    def parts(self) -> Parts:
        return parts(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a person's name, folded: no case, no accents. `given` may be an initial."""

    given: str
    middle: tuple[str, ...]
    family: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text with its place; its final dot belongs to an abbreviation only."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.rstrip(".").lower()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:(?:[&\-–.]|[’'](?!s\b))(?=[^\W_])[^\W_]+)*")
_DOTTED = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sen",
        "sens",
        "rep",
        "reps",
        "gov",
        "govs",
        "lt",
        "gen",
        "col",
        "capt",
        "sgt",
        "maj",
        "adm",
        "rev",
        "hon",
        "st",
        "jr",
        "sr",
    ]
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ibn",
        "al",
        "el",
        "da",
        "di",
        "du",
        "dos",
        "ten",
        "ter",
    ]
)
# words before a name that say nothing without another: "Majority Leader", never "Majority Smith"
_HALF_TITLES = frozenset(
    [
        "first",
        "press",
        "majority",
        "minority",
        "foreign",
        "defense",
        "interior",
        "finance",
        "campaign",
        "lead",
        "senior",
        "former",
        "acting",
        "prime",
        "vice",
        "deputy",
        "general",
        "major",
        "chair",
        "democratic",
        "republican",
        "democrat",
        "gop",
        "attorney",
        "executive",
        "principal",
        "host",
        "king",
        "prince",
        "lord",
    ]
)
_OFFICES = {("attorney", "general"), ("pro", "tem"), ("pro", "tempore")}
_NEVER_NAMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "republican",
        "republicans",
        "democrat",
        "democrats",
        "democratic",
        "gop",
        "american",
        "americans",
        "russian",
        "russians",
        "israeli",
        "israelis",
        "british",
        "english",
        "french",
        "german",
        "germans",
        "chinese",
        "japanese",
        "iranian",
        "arab",
        "arabs",
        "muslim",
        "muslims",
        "christian",
        "christians",
        "jewish",
        "jew",
        "jews",
        "catholic",
        "catholics",
        "european",
        "europeans",
        "soviet",
        "soviets",
        "islam",
        "islamic",
        "bible",
        "internet",
        "christmas",
        "easter",
        "ramadan",
        "thanksgiving",
        "english",
        "spanish",
        "latino",
        "hispanic",
        "african",
        "asian",
        "western",
        "god",
        "yes",
        "no",
        "oh",
        "well",
        "read",
        "click",
        "photo",
        "video",
        "updated",
        "update",
        "i",
        "i’m",
        "i’ve",
        "i’ll",
        "i'm",
        "i've",
        "i'll",
        "ok",
        "however",
        "meanwhile",
        "asked",
        "according",
        "after",
        "also",
        "still",
        "later",
        "earlier",
        "today",
        "yesterday",
        "tomorrow",
        "like",
        "unlike",
        "despite",
        "although",
        "since",
        "instead",
        "because",
        "perhaps",
        "maybe",
        "let",
        "let’s",
        "let's",
    ]
)


def words_of(text: str, bounds: Span) -> list[Word]:
    """The words within `bounds`, in order."""
    out = []
    for found in _WORD.finditer(text, bounds.start, bounds.end):
        word, start, end = found.group(), found.start(), found.end()
        if (
            end < bounds.end
            and text[end] == "."
            and (word.lower() in _DOTTED or (len(word) == 1 and word.isupper() and word != "I"))
        ):
            word, end = word + ".", end + 1
        out.append(Word(word, start, end))
    return out


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """`word` without case, accents and dots: the form that is compared."""
    plain = unicodedata.normalize("NFKD", word.replace("’", "'").replace(".", ""))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=4096)
def parts(words: tuple[str, ...]) -> Parts:
    """The parts of a person's name. A single word is a family name."""
    folded = [fold(word) for word in words]
    suffix = folded.pop() if len(folded) > 1 and folded[-1] in _SUFFIXES else ""
    at = len(folded) - 1
    while at > 1 and folded[at - 1] in _PARTICLES:
        at -= 1
    return Parts(
        given=folded[0] if at > 0 else "",
        middle=tuple(folded[1:at]),
        family=" ".join(folded[at:]) if at > 0 else " ".join(folded),
        suffix=suffix,
    )


# --- what a name tells ----------------------------------------------------------------------------


def gender_of(given: str) -> Gender:
    """The gender that a first name mostly has."""
    return Gender(lexicons.table("first_names").get(given, Gender.EITHER))


def _formal(given: str) -> frozenset[str]:
    """The names that `given` may stand for, itself included."""
    return frozenset(
        {given, *(long for short, long in lexicons.rows("nicknames") if short == given)}
    )


def same_given(a: str, b: str) -> bool:
    """True if two first names may be one person's: alike, an initial, or a short form."""
    if not a or not b or a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return bool(_formal(a) & _formal(b))


def may_be_one(a: Parts, b: Parts) -> bool:
    """True if nothing in two persons' names speaks against their being one person.

    A middle name counts as a first name, as in "W. Mitt Romney"; a suffix must stand in both of two
    full names.
    """
    if a.family != b.family:
        return False
    if not a.given or not b.given:
        return True
    if a.suffix != b.suffix:
        return False
    firsts = same_given(a.given, b.given)
    crossed = any(len(m) > 1 and same_given(m, b.given) for m in a.middle) or any(
        len(m) > 1 and same_given(a.given, m) for m in b.middle
    )
    return firsts or crossed


def is_acronym_of(short: str, words: tuple[str, ...]) -> bool:
    """True if `short` ("FP", "N.A.A.C.P.") is made of the first letters of `words`."""
    letters = short.replace(".", "")
    if len(letters) < 2 or not letters.isupper():
        return False
    content = [w for w in words if w[0].isupper() or w[0].isdigit()]
    every = "".join(w[0] for w in words if w.lower() not in ("the",)).upper()
    return letters in ("".join(w[0] for w in content).upper(), every)


# --- finding --------------------------------------------------------------------------------------


def _starts_sentence(text: str, word: Word, bounds: Span) -> bool:
    before = text[bounds.start : word.start].rstrip(" ")
    return not before or before[-1] in '.!?:;“”"‘\n—–•(' or before[-1].isspace()


MAX_HEADING_WORDS = 30


def is_heading(text: str, words: list[Word]) -> bool:
    """True for words set in headline case, where a capital tells nothing; no sentence is one."""
    long = [w for w in words if len(w.text) > 3]
    if not 3 <= len(long) <= MAX_HEADING_WORDS or text[words[-1].end : words[-1].end + 1] == ".":
        return False
    return sum(w.is_capital for w in long) >= 0.75 * len(long)


def _runs(text: str, words: list[Word], bounds: Span) -> Iterator[list[Word]]:
    """Capitalised words side by side, with the particles between them."""
    run: list[Word] = []
    function = lexicons.words("function_words")
    named = lexicons.words("titles") | lexicons.words("first_names")
    for i, word in enumerate(words):
        joined = (
            bool(run)
            and text[run[-1].end : word.start] in (" ", " ", ", ")
            and (text[run[-1].end : word.start] != ", " or word.low in _SUFFIXES)
        )
        if run and not joined:
            yield run
            run = []
        if word.is_capital:
            nexts = words[i + 1] if i + 1 < len(words) else None
            opens = not run and nexts is not None and nexts.is_capital and word.low in named
            dropped = (
                not run
                and not opens
                and (
                    word.text == "I"
                    or (word.low in function and not (word.low == "us" and word.text.isupper()))
                )
            )
            if not dropped:
                run.append(word)
            continue
        nexts = words[i + 1] if i + 1 < len(words) else None
        office = (
            bool(run) and run[-1].low in {"secretary", "minister"} and word.low in {"of", "for"}
        )
        if (run and (office or word.low in _PARTICLES) and nexts and nexts.is_capital) or (
            run and re.match(r"(?:el|al|ul|ud)-[A-Z]", word.text)
        ):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _strip_titles(run: list[Word]) -> int:
    """The index of the first word of the name: what stands before it are titles."""
    titles = lexicons.words("titles")
    last = 0
    for i, word in enumerate(run[:-1]):
        if (word.low in titles and word.low not in _HALF_TITLES) or (
            (i and (run[i - 1].low, word.low) in _OFFICES)
            or (i and run[i - 1].low in ("of", "for"))
        ):
            last = i + 1
    return last


def is_common(name: Name) -> bool:
    """True for a lone word that heads a description rather than a name, though it has a capital:
    "Critics", "Spokesman". It is a name all the same where somebody of that name is known."""
    if len(name.words) > 1 or name.titles:
        return False
    low = name.words[0].lower()
    lists = ("group_nouns", "titles", "person_nouns", "document_nouns")
    return low not in lexicons.words("first_names") and any(
        low in lexicons.words(x) or low.removesuffix("s") in lexicons.words(x) for x in lists
    )


def _is_body(name: list[Word]) -> bool:
    """True for "American Federation": a word that names nothing alone opens a body's name."""
    bodies = lexicons.words("organisation_nouns")
    return len(name) > 1 and any(fold(w.text) in bodies for w in name[1:])


def _is_place(name: list[Word]) -> bool:
    return " ".join(w.text for w in name) in lexicons.words("places")


def kind_of(words: tuple[str, ...], *, titled: bool) -> MentionKind | None:
    """What the words alone tell about whom they name."""
    joined = " ".join(words)
    if joined in lexicons.words("outlets") and not titled:
        return MentionKind.ORGANISATION
    if any(fold(w) in lexicons.words("organisation_nouns") for w in words[-1:] + words[:1]) and (
        len(words) > 1
    ):
        return MentionKind.ORGANISATION
    if titled:
        return MentionKind.PERSON
    places = lexicons.words("places")
    if joined in places or joined.rstrip(".") in places or joined.title() in places:
        return MentionKind.PLACE
    if {joined, joined + "."} & lexicons.words("states"):
        return MentionKind.PLACE
    if len(words) == 1:
        letters = words[0].replace(".", "")
        return MentionKind.ORGANISATION if 2 < len(letters) < 7 and letters.isupper() else None
    first = fold(words[0])
    if first in lexicons.words("first_names") or (len(first) == 1 and len(words) < 4):
        return MentionKind.PERSON
    return None


def _join_organisation(text: str, words: list[Word], run: list[Word]) -> list[Word]:
    """`run` with what follows by "of", "for", "on": "Center for Arizona Policy"."""
    index = words.index(run[-1]) + 1
    out, linked = list(run), False
    while index + 1 < len(words):
        link = words[index]
        if link.low not in {"of", "for", "on"} and not (linked and link.low == "and"):
            break
        index += 1
        if words[index].low == "the" and index + 1 < len(words):
            index += 1
        tail = []
        while (
            index < len(words)
            and words[index].is_capital
            and (text[(tail[-1] if tail else words[index - 1]).end : words[index].start] == " ")
        ):
            tail.append(words[index])
            index += 1
        if not tail or tail[0].low in _NEVER_NAMES:
            break
        out, linked = out + [link, *tail], True
    return out


_ADJECTIVES = frozenset(
    [
        "former",
        "top",
        "senior",
        "longtime",
        "veteran",
        "fellow",
        "chief",
        "deputy",
        "acting",
        "late",
        "current",
        "outgoing",
        "incoming",
        "then-senior",
        "one-time",
        "onetime",
        "retired",
        "national",
        "real",
        "estate",
        "reality",
        "tv",
        "conservative",
        "liberal",
    ]
)
MAX_TITLE_WORDS = 7


def _whole(text: str, words: list[Word], run: list[Word]) -> tuple[int, tuple[str, ...]]:
    """Where the titles directly before `run` start, and the lower-case ones of them.

    Before the first title stand what it is of and the like: "longtime White House spokesman".
    """
    index, start = words.index(run[0]), run[0].start
    found: list[str] = []
    nouns = lexicons.words("person_nouns")
    while index and len(found) < MAX_TITLE_WORDS:
        before = words[index - 1]
        if text[before.end : start] != " ":
            break
        is_title = before.low in nouns and before.low != "one"
        is_more = (bool(found) or _strip_titles(run) > 0) and (
            before.low in _ADJECTIVES
            or (before.is_capital and before.low not in lexicons.words("function_words"))
        )
        if not (is_title or is_more):
            break
        found.append(before.low)
        start, index = before.start, index - 1
    return start, tuple(reversed(found))


def find(text: str, bounds: Span) -> list[Name]:
    """The names within `bounds` (a paragraph), in order, none within another.

    In a headline only what follows a title is taken: there every word has a capital.
    """
    words = words_of(text, bounds)
    heading = is_heading(text, words)
    genders = {row[0]: row[1:] for row in lexicons.rows("titles")}
    out: list[Name] = []
    for run in _runs(text, words, bounds):
        first = _strip_titles(run)
        if {w.low for w in run[first:]} & lexicons.words("organisation_nouns") and len(run) > 1:
            first = first if first and len(run) - first > 2 else 0
        name = run[first:]
        while name and name[0].low in _NEVER_NAMES and not (_is_place(name) or _is_body(name)):
            name = name[1:]
        if not name or name[-1].low in _NEVER_NAMES or heading:
            continue
        if len(name) > 1 and name[-1].low in lexicons.words("titles") and not first:
            continue  # "White House Press Secretary": a role alone
        start, lower = _whole(text, words, run)
        titles = lower + tuple(w.low for w in run[:first])
        texts = tuple(w.text for w in name)
        kind = kind_of(texts, titled=bool(titles))
        if kind is MentionKind.ORGANISATION:
            name = _join_organisation(text, words, name)
            texts = tuple(w.text for w in name)
            titles = ()
        gender = next((g for t in titles if (g := genders.get(t, ("either",))[0]) != "either"), "")
        if not gender and kind is not MentionKind.ORGANISATION and len(texts) > 1:
            gender = gender_of(fold(texts[0]))
        out.append(
            Name(
                span=Span(name[0].start, name[-1].end),
                whole=Span(min(start, run[0].start if titles else start), name[-1].end),
                words=texts,
                kind=kind,
                titles=tuple(genders[t][1] if t in genders else t for t in titles),
                gender=Gender(gender or "either"),
            )
        )
    return out
