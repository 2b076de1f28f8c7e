"""Short texts that are read alone, made to teach what whole articles of PolNeAR do not.

Contents are read again as texts of their own, and PolNeAR marks nothing inside them. Here are the
contents of stories that a careful reader has gone through, sentences of PolNeAR written as somebody
may repeat them, and its quotations credited as a list, a transcript or a headline credits them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tokenizers import Tokenizer

from retold import spans, text
from retold.reading import nesting
from retold.types import Span
from training.examples import OPEN, Example, example
from training.polnear import ROLES, Annotated
from training.stories import Read

Roles = dict[str, tuple[Span, ...]]
PRONOUNS = ("I", "he", "she", "they", "we", "you", "people", "my father", "the doctor")
SINGLE = str.maketrans('“”"', "‘’'")
AFTER_TOKENS = 4  # "…," Mr. Blumenthal said to them: how far after its source a cue may end


def _within(outer: Span, roles: Roles) -> Roles:
    """The spans counted from the start of `outer`."""
    return {
        role: tuple(Span(s.start - outer.start, s.end - outer.start) for s in roles[role])
        for role in ROLES
    }


def _all(roles: Roles) -> list[Span]:
    return [span for role in ROLES for span in roles[role]]


# --- contents of stories -------------------------------------------------------------------------


def _children(read: Read, parent: Span) -> list[Roles]:
    """What somebody says within `parent`, the outermost of it; cues are not known."""
    inside = [
        (statement, span)
        for statement, span in zip(read.statements, read.spans, strict=True)
        if span != parent and spans.contains(parent, span) and len(span) < 0.95 * len(parent)
    ]
    out = []
    for statement, span in inside:
        if any(other != span and spans.contains(other, span) for _, other in inside):
            continue
        name = statement.get("source") or ""
        places = []
        at = read.article.text.find(name, parent.start, parent.end) if name else -1
        while at >= 0:
            places.append(Span(at, at + len(name)))
            at = read.article.text.find(name, at + 1, parent.end)
        free = [place for place in places if not spans.overlaps(place, span)]
        near = min(free, key=lambda place: abs(place.start - span.start), default=None)
        out.append({"source": (near,) if near else (), "cue": (), "content": (span,)})
    return out


def contents(read: Read, tokenizer: Tokenizer) -> Iterator[tuple[Example, bool]]:
    """Each content of an article read alone, and whether somebody else speaks in it."""
    for span in sorted(set(read.spans)):
        piece = nesting.inner(read.article.text, span)
        if len(piece) < nesting.MIN_CHARS:
            continue
        found = _children(read, piece)
        made = example(
            Annotated(
                name=f"{read.article.id}:{span.start}",
                text=spans.cut(read.article.text, piece),
                attributions=tuple(_within(piece, roles) for roles in found),
                discarded=(),
            ),
            tokenizer,
            mentions=None,
            is_alone=True,
        )
        for link in made.links:
            stretches = link["content"] + link["source"]
            if not stretches:
                continue
            first, last = min(a for a, _ in stretches), max(b for _, b in stretches)
            if not link["source"]:
                first, last = 0, len(made.labels)
            elif link["source"][0] > link["content"][0]:
                last = min(last + AFTER_TOKENS, len(made.labels))
            gap = made.labels[first:last]
            gap[gap == 0] = OPEN
        made.links.clear()
        yield made, bool(found)


# --- sentences as somebody repeats them ----------------------------------------------------------


def _spoken(article: Annotated, shuffle: random.Random) -> Annotated:
    """A text with one attribution whose source may have become a pronoun, its marks single."""
    source = article.text
    if shuffle.random() < 0.5:
        source = source.translate(SINGLE)
    roles = article.attributions[0]
    if len(article.attributions) > 1 or len(roles["source"]) != 1 or shuffle.random() < 0.5:
        return replace(article, text=source)
    old, new = roles["source"][0], shuffle.choice(PRONOUNS)
    shift = len(new) - len(old)

    def moved(span: Span) -> Span:
        by = shift if span.start >= old.end else 0
        return Span(span.start + by, span.end + by)

    return replace(
        article,
        text=source[: old.start] + new + source[old.end :],
        attributions=(
            {
                role: tuple(map(moved, roles[role])) if role != "source"
                else (Span(old.start, old.start + len(new)),)
                for role in ROLES
            },
        ),
    )  # fmt: skip


def sentences(article: Annotated) -> Iterator[Annotated]:
    """The sentences of an article that hold all of an attribution, and no part of another."""
    for sentence in text.sentences(article.text, Span(0, len(article.text))):
        whole, is_clear = [], True
        for roles in article.attributions:
            held = [spans.contains(sentence, span) for span in _all(roles)]
            if all(held):
                whole.append(roles)
            elif any(spans.overlaps(sentence, span) for span in _all(roles)):
                is_clear = False
        if whole and is_clear and article.text[sentence.end - 1] == ".":
            end = max(sentence.end - 1, *(s.end for roles in whole for s in _all(roles)))
            bare = Span(sentence.start, end)
            yield Annotated(
                name=f"{article.name}:{bare.start}",
                text=spans.cut(article.text, bare),
                attributions=tuple(_within(bare, roles) for roles in whole),
                discarded=(),
            )


# --- quotations as lists, transcripts and headlines credit them ----------------------------------

# Q the words, M with their marks, S the source, the rest as it stands; the cue is what is in braces
LAYOUTS = (
    "M\n{―} S", "M\n{—} S", "M\n{–} S", "M\n{--} S", "M\n{-} S", "M {—} S", "M {–} S", "M {--} S",
    "S{:} M", "S{:} Q", "S{:} Q", "S{:}\nM",
)  # fmt: skip


def quoted(article: Annotated) -> Iterator[tuple[str, str]]:
    """The names and the words of direct quotations in one piece."""
    for roles in article.attributions:
        if len(roles["source"]) == len(roles["content"]) == 1:
            name = spans.cut(article.text, roles["source"][0])
            words = spans.cut(article.text, roles["content"][0])
            marked = words[:1] in '“"' and words[-1:] in '”"'
            if marked and name[0].isupper() and "\n" not in words and 4 < len(name) < 60:
                yield name, words[1:-1].strip()


def credited(said: Sequence[tuple[str, str]], shuffle: random.Random, *, number: int) -> Annotated:
    """Some quotations under one another, all credited in the same way."""
    layout, gap = shuffle.choice(LAYOUTS), shuffle.choice(("\n", "\n\n"))
    marks = shuffle.choice(("“”", '""'))
    is_shouted = layout.endswith("Q") and shuffle.random() < 0.3
    out, attributions = "", []
    for name, words in said:
        ended = words[:-1] + "." if words.endswith(",") else words
        parts = {
            "S": name.upper() if is_shouted else name,
            "Q": ended,
            "M": marks[0] + ended + marks[1],
        }
        roles: Roles = {}
        for at, sign in enumerate(layout):
            role = {"S": "source", "Q": "content", "M": "content"}.get(sign)
            if sign == "{":
                end = layout.index("}") - at - 1
                roles["cue"] = (Span(len(out), len(out) + end),)
            elif role:
                roles[role] = (Span(len(out), len(out) + len(parts[sign])),)
            if sign not in "{}":
                out += parts.get(sign, sign)
        attributions.append(roles)
        out += gap
    return Annotated(
        name=f"credited-{number}", text=out, attributions=tuple(attributions), discarded=()
    )


# --- what is added to an epoch -------------------------------------------------------------------

CREDITED, QUOTATIONS_EACH = 60, (2, 6)
SENTENCES = 1500
REPEATED = 2  # how often an epoch meets each content in which somebody else speaks
PLAIN = 300  # contents in which nobody else does


class Pieces:
    """The pools from which each epoch draws."""

    def __init__(
        self, articles: Sequence[Annotated], read: Sequence[Read], tokenizer: Tokenizer
    ) -> None:
        self.tokenizer = tokenizer
        held = [found for each in read for found in contents(each, tokenizer)]
        self.nested = [made for made, is_nested in held if is_nested]
        self.plain = [made for made, is_nested in held if not is_nested]
        self.sentences = [found for each in articles for found in sentences(each)]
        self.quoted = [found for each in articles for found in quoted(each)]

    def draw(self, shuffle: random.Random) -> list[Example]:
        """Those of one epoch."""
        spoken = [
            _spoken(each, shuffle)
            for each in shuffle.sample(self.sentences, min(SENTENCES, len(self.sentences)))
        ]
        lists = [
            credited(
                shuffle.sample(self.quoted, shuffle.randint(*QUOTATIONS_EACH)),
                shuffle,
                number=number,
            )
            for number in range(CREDITED)
        ]
        return [
            *self.nested * REPEATED,
            *shuffle.sample(self.plain, min(PLAIN, len(self.plain))),
            *(example(each, self.tokenizer, mentions=None, is_alone=True) for each in spoken),
            *(example(each, self.tokenizer, mentions=None) for each in lists),
        ]
