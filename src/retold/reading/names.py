"""The parts of a name, and what they tell: gender, kind, and who may be one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
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
class Parts:
    """The parts of a person's name, folded: no case, no accents. `given` may be an initial."""

    given: str
    middle: tuple[str, ...]
    family: str
    suffix: str

    @property
    def is_heir(self) -> bool:
        """True for "Romney Jr.": the suffix tells him from the one who is called "Romney"."""
        return bool(self.suffix) and not self.given


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
        return self.text[0].isupper() and not self.is_compound

    @property
    def is_compound(self) -> bool:
        """True for "Holt-backed", which names nobody but says what somebody is."""
        return self.text[0].isupper() and _COMPOUND.fullmatch(self.text) is not None


_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:(?:[&\-–.]|[’'](?!s\b))(?=[^\W_])[^\W_]+)*")


_MORE = r" (?:[A-Z][\w’'.-]* |\([A-Z][\w’'-]*\) ){0,4}(?P=family)"
_TWICE = (
    re.compile(
        rf"(?P<name>(?:[A-Z][\w’'.-]* ){{1,3}}(?P<family>[A-Z][\w’'-]+)){_MORE}(?=[A-Z\d “‘'\"])"
    ),
    re.compile(rf"(?P<name>(?P<family>[A-Z][\w’'-]+)){_MORE}(?=[A-Z])"),
)
_COMPOUND = re.compile(
    r".+-(?:affiliated|aligned|appointed|backed|based|born|controlled|dominated|endorsed|era|"
    r"friendly|funded|inspired|led|like|linked|loving|nominated|owned|run|style|supporting)"
)


SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


PARTICLES = frozenset(
    "de del della la le van von der den bin ibn al el da di du dos ten ter".split()  # noqa: SIM905
)


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper() and word != "I"


def words_of(text: str, bounds: Span) -> list[Word]:
    """The words within `bounds`, in order."""
    out = []
    for found in _WORD.finditer(text, bounds.start, bounds.end):
        word, start, end = found.group(), found.start(), found.end()
        if word[:5].lower() == "then-" and word[5:6].isupper():
            word, start = word[5:], start + 5  # "then-Secretary of Tides"
        if (
            end < bounds.end
            and text[end] == "."
            and (
                word.lower() in lexicons.words("dotted_titles")
                or (len(word) == 1 and word.isupper() and word != "I")
            )
        ):
            word, end = word + ".", end + 1
        out.append(Word(word, start, end))
    return out


_ARTICLE = re.compile(r"^[ae]l-(?=\w{3})")  # "al-Marshi", who is "Marshi" too


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """`word` without case, accents, dots and an Arabic article: the form that is compared."""
    plain = unicodedata.normalize("NFKD", word.replace("’", "'").replace(".", ""))
    bare = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return _ARTICLE.sub("", bare)


# "Jong-un", "Ing-wen": how given names of two syllables are written where the family's comes first
_TWO_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{1,6}")
_MAX_SYLLABLE = 5
# family names of Korea
_FAMILIES_FIRST = frozenset(
    "Chae Cho Choe Choi Chon Chong Chung Hwang Hyon Jang Jo Kang Kim Kwon Moon Oh Pak Park Ri Roh "  # noqa: SIM905
    "Ryu Seo Shin Suh Sung Yang Yi Yoo Yoon Yun".split()
)


def _is_family_first(words: tuple[str, ...]) -> bool:
    """True for "Kim Jong-un", "Kim Jong-Un", "Kim Jong Un" and "Tsai Ing-wen", not for "Kim Ann
    Holt"."""
    if len(words) == 2:
        given = words[1].capitalize() if words[0] in _FAMILIES_FIRST else words[1]
        return _TWO_SYLLABLES.fullmatch(given) is not None
    return (
        len(words) == 3
        and words[0] in _FAMILIES_FIRST
        and all(w.isalpha() and w[0].isupper() and len(w) <= _MAX_SYLLABLE for w in words[1:])
        and not any(fold(w) in lexicons.words("first_names") for w in words[1:])
    )


@lru_cache(maxsize=4096)
def parts(words: tuple[str, ...]) -> Parts:
    """The parts of a person's name. A single word is a family name."""
    folded = [fold(word) for word in words]
    if _is_family_first(words):
        return Parts(given="-".join(folded[1:]), middle=(), family=folded[0], suffix="")
    suffix = folded.pop() if len(folded) > 1 and folded[-1] in SUFFIXES else ""
    at = len(folded) - 1
    while at > 1 and folded[at - 1] in PARTICLES:
        at -= 1
    return Parts(
        given=folded[0] if at > 0 else "",
        middle=tuple(folded[1:at]),
        family=" ".join(folded[at:]) if at > 0 else " ".join(folded),
        suffix=suffix,
    )


def gender_of(given: str) -> Gender:
    """The gender that a first name mostly has; an unlisted one in -a is taken for a woman's."""
    unlisted = Gender.FEMALE if len(given) > 3 and given.endswith("a") else Gender.EITHER
    return Gender(lexicons.table("first_names").get(given, unlisted))


# "Holt, 54, said {he} would go", "Holt told the board that {she} had": whoever speaks, again
_TAKEN_UP = re.compile(
    r"(?:, \d\d,)?(?: (?:has|had|have|also|later|then|\w+ly))* (?P<cue>[a-z]+)"
    r"(?P<to>(?: [a-z]+){1,2}?)?(?: that)? (?P<who>he|she)\b"
)


def gender_taken_up(text: str, end: int) -> Gender:
    """The gender of a name that ends at `end`, told by the pronoun that takes it up behind a verb
    of saying."""
    found = _TAKEN_UP.match(text, end, end + 80)
    if not found or found["cue"] not in lexicons.words("reporting"):
        return Gender.EITHER
    if found["to"] and found["cue"] not in ("told", "tells"):
        return Gender.EITHER
    return Gender.MALE if found["who"] == "he" else Gender.FEMALE


@lru_cache(maxsize=4096)
def formal(given: str) -> frozenset[str]:
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
    return bool(formal(a) & formal(b))


def may_be_one(a: Parts, b: Parts) -> bool:
    """True if nothing in two persons' names speaks against their being one person.

    A middle name counts as a first name, as in "W. Mitt Romney"; a suffix must stand in both of two
    full names, and "Romney Jr." is none but a Romney Jr.
    """
    if a.family != b.family:
        return False
    if not a.given or not b.given:
        return a.suffix == b.suffix or not (a.is_heir or b.is_heir)
    if a.suffix != b.suffix:
        return False
    firsts = same_given(a.given, b.given)
    crossed = any(len(m) > 1 and same_given(m, b.given) for m in a.middle) or any(
        len(m) > 1 and same_given(a.given, m) for m in b.middle
    )
    return firsts or crossed


def usual(forms: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Of a person's full names the longest with the first name that most of them have; "Berman
    Holt" has that of the longer "Amy Berman Holt"."""
    middle = {name: parts(form).given for form in forms for name in parts(form).middle}
    given = [middle.get(first, first) for first in (parts(form).given for form in forms)]
    counts = Counter(given)
    most = max(counts.values())
    held = [form for form, first in zip(forms, given, strict=True) if counts[first] == most]
    return max(held, key=lambda form: (len(form), len(" ".join(form)), form))


def is_acronym_of(short: str, words: tuple[str, ...]) -> bool:
    """True if `short` ("FP", "N.A.A.C.P.") is made of the first letters of `words`."""
    letters = short.replace(".", "")
    if len(letters) < 2 or not letters.isupper():
        return False
    content = [w for w in words if w[0].isupper() or w[0].isdigit()]
    every = "".join(w[0] for w in words if w.lower() not in ("the",)).upper()
    return letters in ("".join(w[0] for w in content).upper(), every)


# the legal form of a company, which its name may go without
_LEGAL = frozenset({"ag", "co", "company", "corp", "corporation", "inc", "limited", "llc", "ltd"})


def bare_body(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a body's name, folded, without "the" and the legal form: "Holt Corp." is
    "Holt"."""
    held = [fold(word).strip(",") for word in words if word.lower() != "the"]
    while len(held) > 1 and held[-1] in _LEGAL:
        held.pop()
    return tuple(held)


_OF_A_STATE = frozenset({"department", "ministry"})
_LEFT_OUT = frozenset({"of", "for", "the", "us", "united", "states"})
_OF_A_COURT = frozenset({"appeals", "court"})


def is_turned(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True for "Justice Department" and "U.S. Department of Justice", "NBC" and "NBC News", "8th
    Circuit" and "8th U.S. Circuit Court of Appeals"."""
    one, other = ({fold(w) for w in words} - _LEFT_OUT for words in (a, b))
    if one == other and one & _OF_A_STATE and len(one) > 1:
        return True
    circuit = one - _OF_A_COURT
    if circuit == other - _OF_A_COURT and "circuit" in circuit and len(circuit) > 1:
        return True
    short, long = sorted((a, b), key=len)
    is_outlet = len(short) == 1 and short[0].isupper() and len(short[0]) > 1
    return is_outlet and long == (*short, "News")


def again(text: str, start: int, end: int) -> re.Match[str] | None:
    """The name at `start` and all up to where it ends once more: pages hide headlines behind a name
    as in "Anna Holt Anna Maria HoltCouncil says no"."""
    return next((m for a in _TWICE if (m := a.match(text, start, end)) is not None), None)


_BODIES = frozenset(
    "administration agency association board bureau campaign commission committee company council "  # noqa: SIM905
    "department group ministry office organisation organization panel union".split()
)


def office(word: str) -> str | None:
    """The office of a short form: "attorney-general" of "AG" and "A.G."."""
    return lexicons.table("short_offices").get(word.replace(".", ""))


def is_common(name: Name) -> bool:
    """True for a lone word that heads a description rather than a name, though it has a capital:
    "Critics", "Spokesman", "Committee". It is a name all the same where somebody of that name is
    known."""
    if len(name.words) > 1 or name.titles:
        return False
    low = name.words[0].lower()
    if low in _BODIES:
        return True
    lists = ("group_nouns", "titles", "person_nouns", "document_nouns")
    return low not in lexicons.words("first_names") and any(
        low in lexicons.words(x) or low.removesuffix("s") in lexicons.words(x) for x in lists
    )


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
    if len(words) > 1 and fold(words[-1]) in lexicons.words("group_nouns"):
        return MentionKind.ORGANISATION  # the Aurelia Families
    places = lexicons.words("places")
    if words[0] == "Fort" and len(words) > 1:
        return MentionKind.PLACE  # though named for somebody
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
