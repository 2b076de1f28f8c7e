"""Names found by their capitals and by the titles before them.

So a speaker can be told even where the model saw no mention.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from retold import lexicons
from retold.reading import names
from retold.reading.names import Gender, Name, Word
from retold.types import MentionKind, Span

_OFFICES = {
    ("attorney", "general"),
    ("district", "attorney"),
    ("pro", "tem"),
    ("pro", "tempore"),
    ("u.s", "attorney"),
}


MAX_HEADING_WORDS = 30
_PARTY = re.compile(r"[DRI]-[A-Z]")  # "R-Wis." is no name


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
            and (text[run[-1].end : word.start] != ", " or word.low in names.SUFFIXES)
        )
        if run and not joined:
            yield run
            run = []
        if word.is_compound:
            run = []  # "Anna Holt-backed"
        nexts = words[i + 1] if i + 1 < len(words) else None
        if not run and _is_counted(text, word, nexts):
            run.append(word)
            continue
        if word.is_capital and not _PARTY.match(word.text):
            opens = not run and nexts is not None and nexts.is_capital and word.low in named
            dropped = (
                not run
                and not opens
                and (word.text == "I" or (word.low in function and not _is_short_name(word, nexts)))
            )
            if not dropped:
                run.append(word)
            continue
        office = (
            bool(run) and run[-1].low in {"secretary", "minister"} and word.low in {"of", "for"}
        )
        if (run and (office or word.low in names.PARTICLES) and _leads_on(words, i)) or (
            run and re.match(r"(?:el|al|ul|ud)-[A-Z]", word.text)
        ):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")


def _is_counted(text: str, word: Word, after: Word | None) -> bool:
    """True for the "8th" of "the 8th Circuit Court"."""
    return (
        _ORDINAL.fullmatch(word.text) is not None
        and text[max(0, word.start - 4) : word.start].lower() == "the "
        and after is not None
        and after.is_capital
        and text[word.end : after.start] == " "
    )


def _is_short_name(word: Word, after: Word | None) -> bool:
    """True for "US", and for "WHO" where the words around it are not all in capitals."""
    if word.text not in {"US", "WHO"}:
        return False
    return word.text == "US" or after is None or not after.text.isupper()


def _leads_on(words: list[Word], at: int) -> bool:
    """True if a capital follows the particle at `at`, perhaps after another particle."""
    follow = words[at + 1 : at + 3]
    if follow and follow[0].low in names.PARTICLES and not follow[0].is_capital:
        follow = follow[1:]
    return bool(follow) and follow[0].is_capital


def _strip_titles(run: list[Word]) -> int:
    """The index of the first word of the name: what stands before it are titles."""
    titles = lexicons.words("titles")
    last = 0
    for i, word in enumerate(run[:-1]):
        if (word.low in titles and word.low not in lexicons.words("half_titles")) or (
            (i and (run[i - 1].low, word.low) in _OFFICES)
            or (i and run[i - 1].low in ("of", "for"))
            or (word.low in titles and _is_of_body(run, i))
            or _is_noun_before(run, i)
            or names.office(word.text) is not None
        ):
            last = i + 1
    return last


def _is_of_body(run: list[Word], at: int) -> bool:
    """True for the "Chair" of "Harbour Committee Chair Anna Holt"."""
    bodies = lexicons.words("organisation_nouns")
    is_named = run[at + 1].low in lexicons.words("first_names")
    return at > 0 and is_named and names.fold(run[at - 1].text) in bodies


def _is_noun_before(run: list[Word], at: int) -> bool:
    """True for the "Entrepreneur" of "Entrepreneur Anna Holt", the "Counselor" of "White House
    Counselor Anna Holt"."""
    given = lexicons.words("first_names")
    is_noun = run[at].low in lexicons.words("person_nouns") and run[at].low not in given
    return is_noun and at + 2 < len(run) and run[at + 1].low in given


def _is_body(name: list[Word]) -> bool:
    """True for "American Federation": a word that names nothing alone opens a body's name."""
    bodies = lexicons.words("organisation_nouns")
    return len(name) > 1 and any(names.fold(w.text) in bodies for w in name[1:])


def _is_league(name: list[Word]) -> bool:
    """True for "United Daughters", as of "United Daughters of the Harbour": a body of persons."""
    last = names.fold(name[-1].text)
    nouns = lexicons.words("person_nouns")
    return len(name) > 1 and last not in nouns and last.removesuffix("s") in nouns


def _is_place(name: list[Word]) -> bool:
    return " ".join(w.text for w in name) in lexicons.words("places")


_ON_SOMETHING = frozenset(
    "board bureau caucus center centre coalition commission committee conference convention "  # noqa: SIM905
    "council foundation force group institute office panel project service society subcommittee "
    "summit university".split()
)


def _place(words: list[Word], word: Word) -> int:
    """Which of the words it is; looking at each takes an hour where a book is one paragraph."""
    return bisect_left(words, word.start, key=lambda each: each.start)


def _join_organisation(text: str, words: list[Word], run: list[Word]) -> list[Word]:
    """`run` with what follows by "of", "for", "on": "Center for Arizona Policy"."""
    index = _place(words, run[-1]) + 1
    out, linked = list(run), False
    while index + 1 < len(words):
        link = words[index]
        if link.low not in {"of", "for", "on"} and not (linked and link.low == "and"):
            break
        if link.low == "on" and names.fold(words[index - 1].text) not in _ON_SOMETHING:
            break  # "the {White House} on the Supreme Court"
        index += 1
        article: list[Word] = []
        if words[index].low == "the" and index + 1 < len(words):
            if link.low == "and":
                break  # "the Department of Justice and the Harbour Police"
            article = [words[index]]
            index += 1
        tail: list[Word] = []
        while (
            index < len(words)
            and words[index].is_capital
            and (text[(tail[-1] if tail else words[index - 1]).end : words[index].start] == " ")
        ):
            tail.append(words[index])
            index += 1
        if at := _office_in(tail):
            return [*out, link, *article, *tail[:at]]
        if not tail or (tail[0].low in lexicons.words("no_names") and len(tail) < 2):
            break
        if office := _after_office(text, tail):
            return [*out, link, *article, *tail[: office[0]]]
        out, linked = [*out, link, *article, *tail], True
    return out


def _office_in(run: list[Word]) -> int:
    """Where in `run` the office begins of a person who is named after it, 0 if none does:
    "University of Norhaven {Professor} Anna Holt"."""
    titles, given = lexicons.words("titles"), lexicons.words("first_names")
    offices = [w.low in titles for w in run]
    for i in range(1, len(run) - 1):
        if offices[i] and (run[i + 1].low in given or (offices[i + 1] and i + 2 < len(run))):
            return i
    return 0


MAX_OFFICE_CHARS = 90
_OFFICE = re.compile(
    r"\b(?=(?P<noun>[^\W_]+) (?:of|to|for|at) (?:the )?"
    r"(?P<body>(?:(?:[A-Z][\w’&-]*|of|for|and|the|on) )*)$)"
)


def _after_office(text: str, run: list[Word]) -> tuple[int, Word] | None:
    """Where in `run` a person's name begins that follows what an office is of, and that office:
    "envoy to {Norway} Karl Weiss", "director of the Centre for Tides and {Currents} Anna Holt"."""
    given, bodies = lexicons.words("first_names"), lexicons.words("organisation_nouns")
    if run[0].low in given or names.fold(run[-1].text) in bodies:
        return None
    first = next((i for i in range(1, len(run) - 1) if run[i].low in given), 0)
    low = max(0, run[0].start - MAX_OFFICE_CHARS)
    held = _OFFICE.finditer(text[low : run[0].start]) if first else ()
    nouns = lexicons.words("person_nouns")
    office = next((o for o in held if o["noun"].lower() in nouns), None)
    if office is None:
        return None
    of = [*office["body"].split(), *(w.text for w in run[:first])]
    is_body = any({w.lower(), w.lower().removesuffix("s")} & bodies for w in of)
    if not (is_body or _is_place(run[:first])):
        return None
    start = low + office.start("noun")
    return first, Word(office["noun"], start, start + len(office["noun"]))


def _opens_with_no_name(name: list[Word]) -> bool:
    """True if the first word belongs to the sentence: "Perhaps Holt", "Hopefully Anna"."""
    if name[0].low in lexicons.words("no_names"):
        return name[0].low == "fellow" or not (_is_place(name) or _is_body(name))
    given = lexicons.words("first_names")
    others = given | lexicons.words("organisation_nouns")
    is_adverb = name[0].low.endswith("ly") and name[0].low not in others
    return is_adverb and len(name) > 1 and name[1].low in given


_COURTESY = frozenset({"dame", "dr", "lady", "lord", "miss", "mr", "mrs", "ms", "sir"})


def _is_no_name(word: Word) -> bool:
    return word.low in lexicons.words("no_names")


MAX_TITLE_WORDS = 7


def _whole(text: str, words: list[Word], run: list[Word]) -> tuple[int, tuple[str, ...]]:
    """Where the titles directly before `run` start, and the lower-case ones of them.

    Before the first title stand what it is of and the like: "longtime White House spokesman".
    """
    index, start = _place(words, run[0]), run[0].start
    found: list[str] = []
    nouns = lexicons.words("person_nouns")
    while index and len(found) < MAX_TITLE_WORDS:
        before = words[index - 1]
        if text[before.end : start] != " ":
            break
        is_title = before.low in nouns and before.low != "one"
        is_more = (bool(found) or _strip_titles(run) > 0) and (
            before.low in lexicons.words("title_adjectives")
            or before.low.startswith("ex-")
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
    words = names.words_of(text, bounds)
    heading = is_heading(text, words)
    genders = {row[0]: row[1:] for row in lexicons.rows("titles")}
    out: list[Name] = []
    hidden = 0
    for whole in _runs(text, words, bounds):
        office = _after_office(text, whole)
        found = whole[office[0] :] if office else whole
        first = _strip_titles(found)
        is_of = first < len(found) and found[first].low in {"of", "for"}
        # "Prime Minister of {Singapore}" is no person's name
        run, first = (found[first + 1 :], 0) if is_of else (found, first)
        if {w.low for w in run[first:]} & lexicons.words("organisation_nouns") and len(run) > 1:
            first = first if first and len(run) - first > 2 else 0
        name = run[first:]
        is_called = first > 0 and run[first - 1].low in _COURTESY  # "Mrs. May"
        while name and not is_called and _opens_with_no_name(name):
            name = name[1:]
        if name and _ORDINAL.fullmatch(name[0].text) and not _is_body(name):
            name = name[1:]  # "the 25th {Amendment}" says things, and is nobody
        if name and name[0].start < hidden:
            continue
        if name and (again := names.again(text, name[0].start, bounds.end)) is not None:
            name, hidden = [w for w in name if w.end <= again.end("name")], again.end()
        if not name or heading or (_is_no_name(name[-1]) and not is_called):
            continue
        if len(name) > 1 and name[-1].low in lexicons.words("titles") and not first:
            continue  # "White House Press Secretary": a role alone
        start, lower = _whole(text, words, run)
        if office:
            start, lower = office[1].start, (office[1].low, *lower)
        titles = lower + tuple(names.office(w.text) or w.low for w in run[:first])
        texts = tuple(w.text for w in name)
        kind = names.kind_of(texts, titled=bool(titles))
        if out and name[0].start < out[-1].span.end:
            continue  # the end of a body's name that was joined: "of {Divers}"
        joined = _join_organisation(text, words, name)
        is_body = names.fold(texts[-1]) in lexicons.words("organisation_nouns") or _is_league(name)
        is_body = is_body and not titles
        if kind is MentionKind.ORGANISATION or (is_body and len(joined) > len(name)):
            kind, name = MentionKind.ORGANISATION, joined
            texts = tuple(w.text for w in name)
            titles = ()
        gender = next((g for t in titles if (g := genders.get(t, ("either",))[0]) != "either"), "")
        if not gender and kind is not MentionKind.ORGANISATION and len(texts) > 1:
            gender = names.gender_of(names.fold(texts[0]))
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
