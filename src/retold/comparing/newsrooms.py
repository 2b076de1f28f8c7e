"""Which outlets an account names, under one name each: "the Journal", "Fox & Friends", "AP".

    {The Wall Street Journal} reported Friday … according to {the Journal} · BEIJING ({AP}) —

A short name stands for the outlet that the account called in full before, else for its own. What is
not in the lists is an outlet where its name ends like that of a newspaper or an agency.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from retold import lexicons
from retold import text as texts
from retold.types import Reading, SectionKind, Span

MIN_LAST_WORD = 5
DATELINE_CHARS = 90  # within the first of an article stands "BEIJING (AP) —"

# what stands in the list of outlets and is a platform, or is a plain word too often
_NOT_ALONE = frozenset(
    "Facebook|Twitter|YouTube|Time|Times|The Times|Today|This Week|The Week|"  # noqa: SIM905
    "State of the Union|Independent".split("|")
)
_SHORT = (
    "Times|Post|Journal|Herald|Tribune|Examiner|Observer|Star|Register|Sun|Chronicle|Inquirer|"
    "Globe|Beast|Caller|Gazette|Telegraph|Courier|Sentinel|Review-Journal"
)
_LIKE_ONE = (
    r"(?!The\s)(?:[A-Z][\w-]+\s(?:(?:&|of)\s)?){1,3}"
    rf"(?:{_SHORT}|Free\sPress|Dispatch|[Nn]ews\s[Aa]gency)"
)
_DATELINE = re.compile(r"^[A-Z][^()\n]{1,60}\((?P<name>[A-Z][\w ]+)\)\s?[—–-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsrooms:
    """The outlets that the accounts of a story may credit: `called` gives the name that stands for
    a name as written, `own` those of each article's own newsroom, with the agency that it
    prints."""

    called: Mapping[str, str]
    own: Mapping[str, frozenset[str]]
    written: re.Pattern[str]


def of(readings: Sequence[Reading]) -> Newsrooms:
    """The outlets of the lists and those of the story itself."""
    called = dict(_listed())
    labels = {r.article.id: r.article.outlet for r in readings if r.article.outlet}
    names = {key: _known(label) for key, label in labels.items()}
    last = Counter(name.split()[-1] for name in set(names.values()))
    for name in sorted(set(names.values())):
        called[_folded(name)] = name
        word = name.split()[-1]
        if last[word] == 1 and len(word) >= MIN_LAST_WORD and word not in _NOT_ALONE:
            called.setdefault(_folded(word), name)
    own = {
        r.article.id: frozenset(
            filter(None, (names.get(r.article.id), _agency(r.article.text, called)))
        )
        for r in readings
    }
    return Newsrooms(called=called, own=own, written=_pattern(tuple(sorted(called))))


def named(reading: Reading, rooms: Newsrooms) -> Iterator[tuple[Span, str]]:
    """The places in title and body where an outlet is named, with the name that stands for it."""
    text = reading.article.text
    own = sorted(rooms.own[reading.article.id])
    full: dict[str, str] = {name.split()[-1]: name for name in own}
    for paragraph in texts.paragraphs_of(reading.article, (SectionKind.TITLE, SectionKind.BODY)):
        for match in rooms.written.finditer(text, paragraph.start, paragraph.end):
            words = match.group()
            name = full.get(words) or rooms.called.get(_folded(words))
            if name is None and not match["short"]:
                name = words
            if " " in words and name:
                full[name.split()[-1]] = name
            if name:
                yield Span(*match.span()), name


# --- inside ---------------------------------------------------------------------------------------


@cache
def _listed() -> dict[str, str]:
    """Folded names of the lists, with those that stand for them."""
    table = lexicons.table("newsrooms")
    plain = (name for name in lexicons.entries("outlets") if name not in _NOT_ALONE)
    return {
        **{_folded(name): table.get(name, name) for name in sorted(plain)},
        **{_folded(name): stands for name, stands in table.items()},
    }


def _known(label: str) -> str:
    """The longest listed name whose words stand in this order in an outlet's label, so that "Fox
    Online News" is Fox News; the label itself where there is none."""
    words = re.findall(r"[\w.&’'-]+", _folded(label).removesuffix(".com"))
    held = [(len(n), n) for n in _listed() if _in_order(n.split(), words)]
    return _listed()[max(held)[1]] if held else label.strip().removeprefix("The ") or label


def _in_order(few: Sequence[str], words: Sequence[str]) -> bool:
    rest = iter(words)
    return few[:1] == words[:1] and all(word in rest for word in few)


def _agency(text: str, called: Mapping[str, str]) -> str | None:
    """The agency in the dateline of an article."""
    for line in text[: 4 * DATELINE_CHARS].split("\n"):
        match = _DATELINE.match(line[:DATELINE_CHARS])
        if match and _folded(match["name"]) in called:
            return called[_folded(match["name"])]
    return None


@lru_cache(maxsize=8)  # one for the outlets of each story
def _pattern(folded: tuple[str, ...]) -> re.Pattern[str]:
    """Matches the names as written: with capitals, the longest first, then short and unknown
    ones."""
    known = "|".join(
        r"\s".join(map(re.escape, name.split())) for name in sorted(folded, key=len, reverse=True)
    )
    return re.compile(
        rf"(?<![\w@#/.])(?=[A-Z\d])(?:(?i:{known})|{_LIKE_ONE}|(?<=[Tt]he\s)(?P<short>{_SHORT}))"
        r"(?![\w@]|[-/][A-Za-z])"
    )


def _folded(name: str) -> str:
    return re.sub(r"[’']s?$", "", name.casefold().removeprefix("the ").strip())
