"""Where an account says that it has something from: another outlet, or what one person gave out.

    {The Journal}, citing a person familiar with it, reported … · {told} CNN · (via the Hill)
    Quill said {in a statement} … · Holm {tweeted} … · according to {the affidavit}

Only what the words say. An outlet that is just mentioned is no origin, nor are its polls, and what
many heard themselves (a speech, a press conference) is none either.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from retold import spans
from retold import text as texts
from retold.comparing import newsrooms
from retold.comparing.newsrooms import Newsrooms
from retold.types import Place, Reading, SectionKind, Span

REACH_CHARS = 110  # how far before and after an outlet's name the words stand that credit it


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Words that say where an account has something from: `kind` is "report", "interview" or that
    of a paper ("statement"), `name` the outlet's ("" for a paper, which is its author's), `home`
    the sentence."""

    kind: str
    name: str
    place: Place
    home: Span


_LATELY = r"(?:(?:has|have|had|first|also|exclusively|since|previously|later|earlier|\w+ly)\s)*"
_REPORTS = (
    rf"{_LATELY}(?:report(?:s|ed|ing)?|is\sreporting|reveal(?:s|ed)|quot(?:es|ed)|"
    r"broke\sthe\s(?:story|news))"
)
# what stands between an outlet and its verb: a reporter's name, sources in commas
_BETWEEN = (
    r"(?:['’]s?(?:\s[A-Z][\w.’'-]+){0,3})?(?:\s\([A-Z]+\))?(?:,\s(?:citing|quoting)\s[^,.;]{3,80},)?"
    r"(?:\s(?:magazine|newspaper|website|[Nn]ews\s[Aa]gency))?(?:,\swhich)?"
)
_DETERMINED = r"(?:[Tt]he\s|an?\s|its\s)?"
# "the Islamic republic’s quasi-official Tasnim", "the conservative site TheBlaze"
_DESCRIBED = r"(?:(?!(?:with|at|of|from|on|in|and|who|that|to|as|by|for)\b)[\w’'-]+\s){0,4}?"
_PIECE = r"(?:report|story|article|investigation|exclusive|scoop|piece|column)"

_REPORT_AFTER = re.compile(
    rf"{_BETWEEN}\s{_REPORTS}\b(?!\s(?:to\b|for\b))|(?:['’]s?)?\s{_PIECE}\b(?!\sfor\b)"
)
_REPORT_BEFORE = re.compile(
    rf"(?:\b(?:[Aa]ccording\sto|[Pp]er|citing|cited\sby|credited\sto|"
    rf"(?:was|were|been|as|first)\s(?:first\s)?(?:reported|published|revealed|quoted)\s(?:\w+\s)?(?:by|in)|"
    rf"reported\s(?:first\s)?(?:by|in)|(?:reports?|story|stories|article)\s(?:\w+\s)?(?:by|in|from)|"
    rf"(?:obtained|reviewed|seen)\s(?:\w+\s)?by|(?:shared|provided|given|leaked)\s(?:\w+\s)?(?:with|to))|"
    rf"[(,]\s?(?:[Vv]ia|h/t|[Ff]rom))\s"
    rf"(?:an?\s(?:\w+\s)?{_PIECE}\s(?:\w+\s){{0,3}}?(?:by|in|from)\s)?{_DETERMINED}{_DESCRIBED}$"
)
_INTERVIEW_BEFORE = re.compile(
    r"\b(?:told|tells|telling|spoke\s(?:to|with)|speaking\s(?:to|with|on)|"
    r"said\s(?:\w+\s)?on|appear(?:ed|ing|ance|ances)\s(?:\w+\s)?on|"
    r"(?:interviews?|interviewed|sit-down|conversation|statement|e-?mail|comments?)\s"
    r"(?:\w+\s){0,3}?(?:with|by|on|to|in|for))\s"
    r"(?:[Tt]he\s|an?\s)?(?:[\w’'.-]+\s)?[“\"]?$"
)
_INTERVIEW_AFTER = re.compile(
    r"(?:['’]s?)?(?:\s[“\"][^”\"]{2,40}[”\"])?(?:\s\w+){0,2}\sinterview\b"
)
_NO_ORIGIN = re.compile(
    r"(?:['’]s?)?(?:/|\s(?:\w+\s)?(?:polls?|polling|surveys?|affiliates?|contributors?|analysts?|"
    r"columnists?|editorials?|op-ed|headlines?|estimates?|reporters?\s(?:that|in|at)|projections?)\b)"
)

# what one gives out in writing: one for all who quote it
_PAPERS = {
    "statement": r"\bin\s(?:an?|the|his|her|its|their|another)\s(?:[\w-]+\s){0,3}?statements?\b|"
    r"\b(?:news|press)\sreleases?\b|"
    r"\b(?:issued|released)\s(?:an?|the|this|the\sfollowing)\s(?:[\w-]+\s){0,2}?statement\b|"
    r"\bstatement\s(?:issued|released|posted|from|by|read)\b|\bstatement\s(?:said|read|says|reads)\b",
    "tweet": r"\b(?:re|quote-)?tweet(?:s|ed|ing)?\b|\b(?:on|to|via|over)\sTwitter\b",
    "letter": r"\b(?:in|wrote)\s(?:an?|the|his|her|its|their)\s(?:[\w-]+\s){0,3}?letter\b",
    "e-mail": r"\bin\san?\s(?:[\w-]+\s){0,2}?e-?mail\b(?!ed\b)",
    "memo": r"\bin\s(?:an?|the|his|her)\s(?:[\w-]+\s){0,3}?memo(?:randum)?\b",
    "op-ed": r"\bin\san?\s(?:[\w-]+\s){0,4}?(?:op-ed|essay|blog\spost)\b",
    "Facebook post": r"\b(?:on|to|in\sa)\sFacebook\b",
    "filing": r"\bin\s(?:an?|the|his|her|its|their)\s(?:[\w-]+\s){0,3}?(?:complaint|indictment|"
    r"affidavit|lawsuit|filing|brief)\b",
}
_PAPER = re.compile(
    "|".join(f"(?P<p{n}>{form})" for n, form in enumerate(_PAPERS.values())), re.IGNORECASE
)
_PAPER_KINDS = tuple(_PAPERS)


def find(reading: Reading, rooms: Newsrooms) -> tuple[Credit, ...]:
    """The outlets that an account credits, in text order, and the papers that it names as such;
    what stands in quotation marks credits nothing."""
    text = reading.article.text
    homes = _sentences(reading)
    starts = [home.start for home in homes]
    quoted = spans.finder(_quoted(reading), key=lambda q: q)

    def credit(kind: str, name: str, span: Span) -> Credit | None:
        home = homes[max(0, bisect.bisect_right(starts, span.start) - 1)]
        if not spans.contains(home, span) or any(spans.contains(q, span) for q in quoted(span)):
            return None
        place = Place(article_id=reading.article.id, span=span)
        return Credit(kind=kind, name=name, place=place, home=home)

    found = []
    for span, name in newsrooms.named(reading, rooms):
        home = homes[max(0, bisect.bisect_right(starts, span.start) - 1)]
        before = text[max(home.start, span.start - REACH_CHARS) : span.start]
        after = text[span.end : min(home.end, span.end + REACH_CHARS)]
        kind = _kind(before, after)
        found.append(credit(kind, name, span) if kind else None)
    for home in homes:
        for match in _PAPER.finditer(text, home.start, home.end):
            kind = _PAPER_KINDS[int((match.lastgroup or "p0")[1:])]
            found.append(credit(kind, "", Span(*match.span())))
    return tuple(sorted(filter(None, found), key=lambda c: (c.place, c.kind)))


def _kind(before: str, after: str) -> str | None:
    """As what an outlet between these words is credited, None if it is not."""
    if _NO_ORIGIN.match(after):
        return None
    if _INTERVIEW_BEFORE.search(before) or _INTERVIEW_AFTER.match(after):
        return "interview"
    if _REPORT_BEFORE.search(before) or _REPORT_AFTER.match(after):
        return "report"
    return None


def _sentences(reading: Reading) -> tuple[Span, ...]:
    text = reading.article.text
    return tuple(
        sentence
        for paragraph in texts.paragraphs_of(reading.article, (SectionKind.TITLE, SectionKind.BODY))
        for sentence in texts.sentences(text, paragraph)
    )


def _quoted(reading: Reading) -> Sequence[Span]:
    text = reading.article.text
    return [
        q.inner
        for section in reading.article.sections
        if section.kind in (SectionKind.TITLE, SectionKind.BODY)
        for q in texts.quotations(text, section.span)
        if q.depth == 0 and len(q.inner) > 40  # a programme's name stands in marks too
    ]
