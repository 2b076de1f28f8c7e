"""How well speakers and chains are told, the statements themselves given by the gold.

    python -m evaluation.speakers                 the scored stories, on which nothing was tuned
    python -m evaluation.speakers --part apart    those of gold_train that no weight was trained on
    python -m evaluation.speakers --part tuned    the others
    python -m evaluation.speakers --errors 20     and the errors, in marked text

The triples are built from the gold's excerpts, so that only speakers and chains are measured, and
without the model: whom descriptions mean is told without its states. Which
stories are kept apart is told by the hash of their names.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation import excerpts, naming, stories
from evaluation.matching import find, is_same_name
from retold import spans
from retold.comparing import people
from retold.reading import speakers
from retold.reading.roster import find as find_figures
from retold.text import normalise, paragraphs
from retold.types import Article, Mention, Reading, Section, SectionKind, Span, SpeakerKind, Triple

MAX_CUE_CHARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An article, its triples as the gold has them, and the gold statement of each."""

    story: str
    article: Article
    triples: tuple[Triple, ...]
    golds: tuple[Any, ...]


def is_kept_apart(story: str) -> bool:
    """True for the stories that no weight was trained on; rules were written with all at hand."""
    return hashlib.sha256(story.encode()).digest()[0] % 3 == 0


def article_of(path: Path) -> Article:
    """The plain text of `path`: its first paragraph the title, the rest the body."""
    text = normalise(path.read_text(encoding="utf-8"))
    first = paragraphs(text, Span(0, len(text)))[0]
    sections = [Section(kind=SectionKind.TITLE, span=first)]
    if rest := spans.snap(text, Span(first.end, len(text))) if first.end < len(text) else None:
        sections.append(Section(kind=SectionKind.BODY, span=rest))
    name = f"{path.parent.name}-{path.stem}"
    return Article(id=name, text=text, sections=tuple(sections), path=str(path))


# --- triples from the gold ------------------------------------------------------------------------


def _source(text: str, source: str | None, content: Span) -> Span | None:
    """The place of the source words that is nearest to the content."""
    if not source:
        return None
    words = re.escape(source)
    places = [m.span() for m in re.finditer(rf"(?<!\w){words}(?!\w)", text)]
    if not places:
        return None
    distance = lambda p: max(p[0] - content.end, content.start - p[1], 0)  # noqa: E731
    outside = [p for p in places if p[1] <= content.start or p[0] >= content.end]
    return Span(*min(outside or places, key=distance))


def _cue(text: str, source: Span | None, content: Span) -> tuple[Span, ...]:
    """What stands between source and content, or follows the source, as far as a cue may reach."""
    if source is None:
        return ()
    start, end = sorted((source, content))[0].end, sorted((source, content))[1].start
    if not start < end <= start + MAX_CUE_CHARS:
        start, end = source.end, min(source.end + 20, len(text))
    between = spans.snap(text, Span(start, end)) if start < end else None
    return (between,) if between else ()


def cases(part: str) -> Iterator[Case]:
    """The articles of `data/<part>` with their gold statements as triples."""
    for told in stories.scored(part):
        gold = told.read_gold()
        by_article: dict[str, list[Any]] = {}
        for statement in gold["statements"]:
            by_article.setdefault(statement["article"], []).append(statement)
        for name, statements in by_article.items():
            article = article_of(told.folder / f"{name}.txt")
            yield _case(told.name, article, statements)


def _case(story: str, article: Article, statements: Sequence[Any]) -> Case:
    text = article.text
    rows: list[tuple[Span, Span | None, Any]] = []
    for statement in statements:
        place = find(text, statement["content"])
        if place:
            content = Span(*place)
            rows.append((content, _source(text, statement.get("source"), content), statement))
    triples = []
    for i, (content, source, _) in enumerate(rows):
        around = [
            (len(other), j)
            for j, (other, _, _) in enumerate(rows)
            if j != i and len(other) > len(content) and spans.contains(other, content)
        ]
        triples.append(
            Triple(
                source=(source,) if source else (),
                cue=_cue(text, source, content),
                content=(content,),
                score=1.0,
                parent=min(around)[1] if around else None,
            )
        )
    return Case(
        story=story,
        article=article,
        triples=tuple(triples),
        golds=tuple(statement for _, _, statement in rows),
    )


# --- figures --------------------------------------------------------------------------------------


def nearest_person(case: Case, mentions: Sequence[Mention] = ()) -> list[str | None]:
    """The plain rule: the person named nearest before the source, or in it."""
    figures = find_figures(case.article, mentions)
    out: list[str | None] = []
    for triple in case.triples:
        at = (triple.source or triple.content)[0].end
        before = [
            figures.figures[i]
            for place, i in figures.places
            if place.start < at and figures.figures[i].kind is SpeakerKind.PERSON
        ]
        out.append(before[-1].name if before else None)
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A speaker or chain that is not the gold's, in marked text, and how sure it was."""

    score: float
    line: str


@dataclass(slots=True)
class Tally:
    """Right and asked, by kind of source, and by depth of chain."""

    right: Counter[str]
    plain: Counter[str]
    asked: Counter[str]
    unresolved: Counter[str]
    chains: Counter[int]
    chains_asked: Counter[int]
    chains_given: Counter[int]
    chains_held: Counter[int]
    errors: list[Fault]


def measure(held: Sequence[Case]) -> Tally:
    """The tally over all statements with a known speaker; marginal ones left out.

    A speaker has the name that the story's articles together give him, as in a report.
    """
    tally = Tally(*(Counter() for _ in range(8)), [])  # type: ignore[arg-type]
    for story in dict.fromkeys(case.story for case in held):
        told = [case for case in held if case.story == story]
        casts = [speakers.resolve(case.article, case.triples, ()) for case in told]
        merged = people.merge([bare(c.article, cast) for c, cast in zip(told, casts, strict=True)])
        named = {s.id: s.name for s in merged.speakers}
        name = {member: named[one] for member, one in merged.of.items()}
        for case, cast in zip(told, casts, strict=True):
            _count(tally, case, cast, name)
    return tally


def bare(article: Article, cast: speakers.Cast) -> Reading:
    """What is needed of a reading to merge its speakers with those of others."""
    return Reading(
        article=article,
        model="",
        attributions=(),
        speakers=cast.speakers,
        mentions=(),
        times=(),
        passages=(),
        vectors=b"",
    )


def _count(tally: Tally, case: Case, cast: speakers.Cast, name: Mapping[str, str]) -> None:
    """The statements of one article, counted."""
    plain = nearest_person(case)
    for i, (triple, gold) in enumerate(zip(case.triples, case.golds, strict=True)):
        if gold.get("marginal"):
            continue
        found = cast.resolutions[i]
        chain = [name[h.speaker_id] for h in found.chain]
        if not _chain(tally, chain, gold):
            wanted = " › ".join(gold.get("chain") or [gold["speaker"]])
            told = " › ".join(chain)
            tally.errors.append(_marked(case, triple, told, found.score, wanted))
        if gold["speaker"].casefold() == "unknown":
            continue
        kind = naming.kind_of_source(gold)
        told = name.get(found.speaker_id or "")
        right = is_same_name(told, gold["speaker"])
        tally.asked[kind] += 1
        tally.right[kind] += right
        tally.unresolved[kind] += told is None
        tally.plain[kind] += is_same_name(plain[i], gold["speaker"])
        if not right:
            tally.errors.append(_marked(case, triple, told, found.score, gold["speaker"]))


def _chain(tally: Tally, found: list[str], gold: Any) -> bool:
    """True if the chain is the gold's, which has none where nobody stands between."""
    wanted = gold.get("chain") or []
    right = min(len(found), len(wanted)) >= 2 and all(
        is_same_name(a, b) for a, b in zip(found[-2:], wanted[-2:], strict=True)
    )
    if len(wanted) >= 2:
        tally.chains_asked[len(wanted)] += 1
        tally.chains[len(wanted)] += right
    if len(found) >= 2:
        tally.chains_given[len(found)] += 1
        tally.chains_held[len(found)] += right
    return right or len(found) < 2 > len(wanted)


def _marked(case: Case, triple: Triple, told: str | None, score: float, wanted: str) -> Fault:
    roles = ([(s.start, s.end) for s in r] for r in (triple.content, triple.source, triple.cue))
    line = excerpts.line(case.article.text, *roles)
    return Fault(score=score, line=f"{case.article.id}: {told} ({score}) for {wanted}: {line}")


def worst(faults: Sequence[Fault], limit: int) -> list[str]:
    """The most instructive errors in marked text: the surest first, the same words once."""
    surest = sorted(faults, key=lambda fault: -fault.score)
    return list(dict.fromkeys(fault.line for fault in surest))[:limit]


def table(tally: Tally) -> str:
    """The figures as lines of text."""
    lines = [f"{'source':14}{'asked':>7}{'right':>8}{'nearest':>9}{'unresolved':>12}"]
    for kind in [*sorted(tally.asked), "all"]:
        asked, right, plain, open_ = (
            sum(c.values()) if kind == "all" else c[kind]
            for c in (tally.asked, tally.right, tally.plain, tally.unresolved)
        )
        if asked:
            lines.append(f"{kind:14}{asked:7}{right / asked:8.3f}{plain / asked:9.3f}{open_:12}")
    lines += ["", f"{'depth of chain':14}{'asked':>7}{'recall':>8}{'given':>9}{'precision':>12}"]
    for depth in [*sorted({*tally.chains_asked, *tally.chains_given}), 0]:
        asked, right, given, held = (
            c[depth] if depth else sum(c.values())
            for c in (tally.chains_asked, tally.chains, tally.chains_given, tally.chains_held)
        )
        recall, precision = right / max(asked, 1), held / max(given, 1)
        lines.append(f"{depth or 'all':<14}{asked:7}{recall:8.3f}{given:9}{precision:12.3f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=("scored", "apart", "tuned"), default="scored")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    held = list(cases("gold" if options.part == "scored" else "gold_train"))
    if options.part != "scored":
        held = [c for c in held if is_kept_apart(c.story) == (options.part == "apart")]
    tally = measure(held)
    print(table(tally))
    for line in worst(tally.errors, options.errors):
        print("-", line)


if __name__ == "__main__":
    main()
