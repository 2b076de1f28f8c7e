"""Attributions as brat standoff, both ways: a text, and beside it a file of lines about it.

    T1	Content 0 12;30 41	“We knew,” a new bridge
    T2	Source 13 25	the minister
    T3	Cue 26 30	said
    R1	SaidBy Arg1:T1 Arg2:T2
    R2	CuedBy Arg1:T1 Arg2:T3

Offsets count code points. A content is one text-bound annotation in as many fragments as it has
pieces; relations lead from it to its sources and cues. brat has no fragment over a line break, and
takes every line and paragraph separator for one: a piece over wrapped lines is cut at each, and put
together again when read; over paragraphs it stays in pieces. Lines of other kinds are the
annotator's own and are let pass.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from retold import spans
from retold.errors import FormatError
from retold.marked import Marks, with_parents
from retold.types import Span, Triple

CONTENT, SOURCE, CUE = "Content", "Source", "Cue"
SAID_BY, CUED_BY = "SaidBy", "CuedBy"
ROLES = (CONTENT, SOURCE, CUE)

CONFIGURATION = f"""\
[entities]
{CONTENT}
{SOURCE}
{CUE}

[relations]
{SAID_BY}\tArg1:{CONTENT}, Arg2:{SOURCE}
{CUED_BY}\tArg1:{CONTENT}, Arg2:{CUE}
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
"""

_BREAKS = "\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # where brat, and `str.splitlines`, end a line
_LINE = re.compile(f"[^{_BREAKS}]+")
_BOUND = re.compile(r"(T\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)\t")
_RELATION = re.compile(r"R\d+\t(\w+) Arg1:(T\d+) Arg2:(T\d+)\s*")


def write(text: str, attributions: Iterable[Marks]) -> str:
    """The lines about `text`, attribution by attribution."""
    bounds, relations = count(1), count(1)
    return "".join(
        line
        for attribution in attributions
        for line in _written(text, attribution, bounds, relations)
    )


def parse(text: str, lines: str) -> tuple[Triple, ...]:
    """The attributions that the lines tell, in text order of their contents, each with score 1.

    A parent is not written: it is the attribution with the least content that holds every span of
    the child and more.

    Raises:
        FormatError: a line is damaged, leads nowhere, or does not fit the text.
    """
    held: dict[str, tuple[str, tuple[Span, ...]]] = {}
    told: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    relations = []
    for number, line in enumerate(lines.split("\n"), start=1):
        if line.startswith("T"):
            name, role, pieces = _bound(text, line, number)
            held[name] = role, pieces
        elif line.startswith("R"):
            relations.append((number, _related(line, number)))
    for number, (kind, content, other) in relations:
        if kind in (SAID_BY, CUED_BY):
            wanted = SOURCE if kind == SAID_BY else CUE
            for name, role in ((content, CONTENT), (other, wanted)):
                if held.get(name, ("nothing", ()))[0] != role:
                    raise FormatError(f"line {number}: {name} is no {role}.", hint=_MEND)
            told[content][wanted] += held[other][1]
    triples = [
        Triple(
            source=spans.merge(told[name][SOURCE]),
            cue=spans.merge(told[name][CUE]),
            content=pieces,
            score=1.0,
        )
        for name, (role, pieces) in held.items()
        if role == CONTENT
    ]
    return with_parents(sorted(triples, key=lambda triple: (triple.content, triple.source)))


_MEND = "Open the text in brat and mend it there."


# --- out -----------------------------------------------------------------------------------------


def _written(
    text: str, attribution: Marks, bounds: Iterator[int], relations: Iterator[int]
) -> Iterator[str]:
    content = f"T{next(bounds)}"
    yield _bound_line(text, content, CONTENT, attribution.content)
    for kind, role, pieces in (
        (SAID_BY, SOURCE, attribution.source),
        (CUED_BY, CUE, attribution.cue),
    ):
        if pieces:
            other = f"T{next(bounds)}"
            yield _bound_line(text, other, role, pieces)
            yield f"R{next(relations)}\t{kind} Arg1:{content} Arg2:{other}\n"


def _bound_line(text: str, name: str, role: str, pieces: Sequence[Span]) -> str:
    fragments = [fragment for piece in pieces for fragment in _fragments(text, piece)]
    offsets = ";".join(f"{f.start} {f.end}" for f in fragments)
    words = " ".join(spans.cut(text, fragment) for fragment in fragments)
    return f"{name}\t{role} {offsets}\t{words}\n"


def _fragments(text: str, piece: Span) -> list[Span]:
    """The lines of a piece, without the blanks at their ends."""
    lines = [Span(*m.span()) for m in _LINE.finditer(text, piece.start, piece.end)]
    if lines == [piece]:
        return [piece]
    return [kept for line in lines if (kept := spans.snap(text, line))] or [piece]


# --- in ------------------------------------------------------------------------------------------


def _bound(text: str, line: str, number: int) -> tuple[str, str, tuple[Span, ...]]:
    found = _BOUND.match(line)
    if found is None:
        raise FormatError(f"line {number}: this is no text-bound annotation: {line!r}.", hint=_MEND)
    pairs = [tuple(map(int, pair.split())) for pair in found[3].split(";")]
    if any(not start < end <= len(text) for start, end in pairs):
        raise FormatError(f"line {number}: {found[3]} does not lie in the text.", hint=_MEND)
    fragments = sorted(Span(start, end) for start, end in pairs)
    words = " ".join(spans.cut(text, Span(start, end)) for start, end in pairs)
    if line[found.end() :].rstrip() != words.replace("\n", " ").rstrip():
        raise FormatError(
            f"line {number}: the text at {found[3]} is {words!r}.",
            hint="The annotations belong to another version of the text.",
        )
    return found[1], found[2], _joined(text, fragments)


def _joined(text: str, fragments: Sequence[Span]) -> tuple[Span, ...]:
    """The pieces: fragments with nothing but one line break between them are one."""
    out: list[Span] = []
    for fragment in fragments:
        between = text[out[-1].end : fragment.start] if out else ""
        is_wrapped = not between.strip() and sum(map(between.count, _BREAKS)) == 1
        if out and (is_wrapped or out[-1].end >= fragment.start):
            out[-1] = spans.hull((out[-1], fragment))
        else:
            out.append(fragment)
    return tuple(out)


def _related(line: str, number: int) -> tuple[str, str, str]:
    found = _RELATION.fullmatch(line)
    if found is None:
        raise FormatError(f"line {number}: this is no relation: {line!r}.", hint=_MEND)
    return found[1], found[2], found[3]
