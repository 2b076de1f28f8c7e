"""What a text says that somebody is: "the secretary-general of NATO from 1999 to 2003".

A role stands before a name, after it between commas or in brackets, or after "is", "was", "as".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from retold import lexicons
from retold.reading import names
from retold.reading.names import Name, fold
from retold.types import Span

MAX_ROLE_CHARS = 140
HEAD_WITHIN_WORDS = 9
_KEY_CHARS = 6  # "Israel" and "Israeli", "spokesman" and "spokeswoman" are alike in their first six

_AFTER = re.compile(
    r"(?: of [A-Z][\w.]+(?: [A-Z]\w+)?)?"
    r"(?P<lead>,? \((?=[DRI][-,])|, (?=[DRI]-)"
    r"|, (?:\d\d, )?(?:(?:who|which) (?:is|was|has been|had been|became|served as|serves as)"
    r" (?:also )?)?"
    r"| (?:is|was|became|as) )"
    r"(?P<role>[^,;:—–\n“”\"()]+(?:, R-[^,]+)?)"
)
_ABBREVIATED_STOP = re.compile(
    r"(?<!\b[A-Z])(?<!Gov)(?<!Sen)(?<!Rep)(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)\.(?=\s|$)"
)
_PARTY = re.compile(r"(?P<party>[DRI])(?!\w)(?:-(?P<state>[A-Z][\w.]*(?: [A-Z]\w+)*))?")
_WORD = re.compile(r"\b[A-Z]\.[A-Z]\b(?!\.[A-Z])|[^\W_]+(?:-[^\W_]+)*")
_DETERMINERS = frozenset(["a", "an", "the", "his", "her", "their", "its", "one", "another"])
_NO_ROLES = frozenset(["honorific", "knightly"])  # what "Mr." and "Sir" stand for
_NO_ROLE = frozenset(
    "said says told saying and but or as with by in on for from through who".split()  # noqa: SIM905
)
_RELATIVE_STOP = re.compile(
    r" (?:who|whom|whose|which|that|when|where|and (?:has|is|was)|told|said|says) "
)
_PARTIES = {"D": "democrat", "R": "republican", "I": "independent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A span that says what somebody is. `heads` are its nouns for a person, `keys` all its words,
    shortened so that kin words are one."""

    span: Span
    heads: frozenset[str]
    keys: frozenset[str]


def words_of(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """The words of `text`, the short forms of offices written out: "AG" and "A.G." are
    "attorney-general", but no hour ("5 PM") is an office."""
    out: list[str] = []
    for found in _WORD.finditer(text, start, len(text) if end is None else end):
        is_hour = text[max(0, found.start() - 2) : found.start()].strip().isdigit()
        office = None if is_hour else names.office(found.group())
        out += [office] if office else found.group().split(".")
    return out


def singular(noun: str) -> str:
    """The singular of a noun for persons, or `noun` itself."""
    known = lexicons.words("person_nouns")
    for one in (noun, noun.removesuffix("s"), noun.removesuffix("es")):
        if one in known:
            return one
    if noun.endswith("men") and noun[:-3] + "man" in known:
        return noun[:-3] + "man"
    if noun.endswith("women") and noun[:-5] + "woman" in known:
        return noun[:-5] + "woman"
    if noun.endswith("ies") and noun[:-3] + "y" in known:
        return noun[:-3] + "y"
    return noun


def key(word: str) -> str:
    """`word` shortened: "Israel", "Israeli" and "Israel’s" have one key."""
    return fold(word)[:_KEY_CHARS]


_SAME_HEADS = {
    "congressman": "representative",
    "congresswoman": "representative",
    "chairwoman": "chairman",
    "chair": "chairman",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "attorney": "lawyer",
    "counsel": "lawyer",
    "press-secretary": "spokesman",
    "advisor": "adviser",
    "premier": "prime-minister",
    "film-maker": "filmmaker",
    "co-founder": "founder",
    "dictator": "leader",
    "boss": "leader",
    "strongman": "leader",
    "autocrat": "leader",
}


def head_of(noun: str) -> str:
    """The noun that stands for `noun` and its synonyms."""
    one = singular(noun).removeprefix("ex-")
    return _SAME_HEADS.get(one, one)


@cache
def _full_roles() -> dict[str, str]:
    """Titles and the roles that they stand for: "gov" is "governor"."""
    return {row[0]: row[2] for row in lexicons.rows("titles")}


def heads_in(words: Sequence[str]) -> frozenset[str]:
    """The nouns for one person among `words`; a prime minister is not "the minister"."""
    written: list[str] = []
    for word in words:
        full = _full_roles().get(word.lower(), word.lower())
        joined = f"{written[-1]}-{full}" if written else full
        if joined in lexicons.words("person_nouns"):
            written[-1:] = [joined]
        else:
            written.append(full)
    return frozenset(head_of(w) for w in written if w in lexicons.words("person_nouns"))


def last_heads(words: Sequence[str]) -> frozenset[str]:
    """The noun for one person that ends `words`: "senator" of "Republican senator", but "attorney
    general" whole."""
    joined = "-".join(words[-2:])
    is_one = len(words) > 1 and joined in lexicons.words("person_nouns")
    return heads_in(words[-2:] if is_one else words[-1:])


def of_words(span: Span, words: Sequence[str]) -> Role:
    """The role that `words` make, with short forms written out ("Gov." is "governor").

    Whose it is says nothing of him: "President Reuter’s nominee" is no president.
    """
    written = [_full_roles().get(w.lower(), w.lower()) for w in words]
    return Role(
        span=span,
        heads=heads_in(_after_owner(written)),
        keys=frozenset(key(w) for w in written if w not in _DETERMINERS | _NO_ROLES),
    )


def before(text: str, name: Name) -> Role | None:
    """The role in the titles before a name, None for none or a mere "Mr."."""
    if name.whole.start == name.span.start:
        return None
    span = Span(name.whole.start, len(text[: name.span.start].rstrip()))
    words = words_of(text, span.start, span.end)
    if of := _OF.match(text, name.span.end):
        words = [*words_of(of[1]), *words]  # "Gov. Holt of Westmere"
    role = of_words(span, words)
    return role if role.heads else None


def _after_owner(words: Sequence[str]) -> Sequence[str]:
    """What stands after an owner: "nominee" of "President", "Reuter", "s", "nominee"."""
    return words[max((i + 1 for i, word in enumerate(words[:-1]) if word == "s"), default=0) :]


_OF = re.compile(r" of ([A-Z][\w.]+(?: [A-Z]\w+)?)")
_AHEAD = re.compile(
    r"(?:\b(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Aa]n?|[Oo]ne of (?:his|her|the))|[\w]+[’']s?)"
    r"(?P<role>(?: [\w’'-]+){1,7}), $"
)


def ahead(text: str, name: Name, start: int) -> Role | None:
    """The role before a name and a comma: "the House majority leader, Eric Cantor, …".

    `start` is where the paragraph starts.
    """
    window = text[max(start, name.whole.start - 90) : name.whole.start]
    found = _AHEAD.search(window)
    if not found:
        return None
    words = words_of(found["role"])
    if words[-1].lower() not in lexicons.words("person_nouns"):
        return None
    offset = name.whole.start - len(window)
    return of_words(Span(offset + found.start(), offset + found.end("role")), words)


def _party(text: str, name_end: int, lead_end: int) -> Role | None:
    """The role in "(D-Nev.)" or ", R-N.Y."."""
    found = _PARTY.match(text, lead_end)
    if not found or lead_end - name_end > 3:
        return None
    states = lexicons.table("states")
    raw = found["state"] or ""
    state = states.get(raw) or states.get(raw + ".") or raw
    words = [_PARTIES[found["party"]], *words_of(state)]
    return of_words(Span(*found.span()), words)


def after(text: str, name: Name, end: int) -> tuple[Role, ...]:
    """The roles after a name, up to `end` of its paragraph."""
    out: list[Role] = []
    at = name.span.end
    for _ in range(3):
        found = _AFTER.match(text, at, min(end, at + MAX_ROLE_CHARS))
        if not found:
            break
        if role := _party(text, at, found.start("role")):
            out.append(role)
            at = role.span.end + (text[role.span.end : role.span.end + 1] == ")")
            continue
        raw = found["role"]
        if found["lead"] == ", " and _speaks(raw):
            break  # "after the loss to Holt, the mayor said": another than Holt
        for stop in (_ABBREVIATED_STOP, _RELATIVE_STOP):
            if cut := stop.search(raw):
                raw = raw[: cut.start()]
        raw = raw.rstrip()
        role = _apposition(raw, found.start("role"), is_bare=found["lead"].strip() in ("as", ","))
        if role is None:
            break
        out.append(role)
        at = role.span.end
        if not text.startswith(",", at):
            break
    return tuple(out)


def _speaks(raw: str) -> bool:
    """True for "the mayor said it was": a clause, no apposition."""
    words = raw.split()
    if words[0] not in _DETERMINERS:
        return False
    nouns = [i for i, w in enumerate(words[:5]) if w in lexicons.words("person_nouns")]
    rest = words[nouns[0] + 1 :] if nouns else []
    rest = [w for w in rest[:2] if not (w.endswith("ly") or w in ("also", "then"))]
    return bool(rest) and rest[0] in lexicons.words("cues") and rest[1:] not in (["by"], ["as"])


def _apposition(raw: str, start: int, *, is_bare: bool) -> Role | None:
    """The role that `raw` tells, None if it is no description of one person.

    It opens with a determiner, or with a word that leads to a title ("chief economist for …").
    """
    words = words_of(raw)
    if not words:
        return None
    determined = words[0].lower() in _DETERMINERS
    if not determined and (not is_bare or words[0].endswith("ed") or words[0] in _NO_ROLE):
        return None
    if not determined and words[-1].lower() in lexicons.words("reporting"):
        return None  # "Rep. Holt, lawyer says"
    window = words[:HEAD_WITHIN_WORDS]
    cut = next(
        (
            i
            for i, w in enumerate(window)
            if w.lower() in {"of", "for", "at", "in", "from", "to", "with", "and"}
        ),
        None,
    )
    heads = heads_in(_after_owner(window[: cut if cut is not None else len(window)]))
    if not heads or (not determined and words[0][0].islower() and len(window[: cut or 9]) > 5):
        return None
    role = of_words(Span(start, start + len(raw)), words)
    return Role(span=role.span, heads=heads, keys=role.keys)
