"""The form of a source: whether it names, points back, describes, or stands for a paper or a group.

`of` looks at the words of one source only; who is meant is decided in `speakers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from retold import lexicons, spans
from retold.reading import datelines, joint, names, roles, titled
from retold.reading.roster import Figure, Roster
from retold.types import Span, SpeakerKind


class Form(StrEnum):
    NONE = "none"
    NAME = "name"
    PRONOUN = "pronoun"
    NOMINAL = "nominal"  # one person: "the senator", "her lawyer"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    GROUP = "group"
    JOINT = "joint"  # several by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the words of a source tell by themselves.

    `core` is the source without what hangs on it ("a spokesman" of "a spokesman for the mayor, who
    …"); `determiner` its first word where that is one; `head` its noun; `figure` whom it names,
    None for a name that several people share; `figures` those whom it names side by side;
    `owner` is the span of a possessive before the noun.
    """

    form: Form
    span: Span | None
    core: Span | None = None
    determiner: str = ""
    head: str = ""
    figure: Figure | None = None
    owner: Span | None = None
    figures: tuple[Figure, ...] = ()


DEFINITE = frozenset({"the", "this", "that", "these", "those", "said", "both"})
INDEFINITE = frozenset({"a", "an", "one", "another", "some", "any", "every", "each"})
POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our", "your", "whose"})
_TAIL = re.compile(
    r"(?<=[\w”\"]),?\s+(?:\w+ed\s+(?:by|to|in|on|for|at|from|with|last|this|\w+day)|who|whom|that|which|with|of|for|from|in|at|on|to|by|about|during|after|before|"
    r"including|inside|outside|familiar|close|briefed|involved|like|such|told|speaking|representing|"
    r"seeking|running|whose|and)\b|,|\s?\(|\s(?:[–—-]|--)\s|;",
    re.IGNORECASE,
)
# "the senator {vying for …}", "aides {advising Holt}"
_DOING = re.compile(
    r"\b(?P<noun>[\w’-]{1,40}) [a-z]{1,20}ing "
    r"(?:for|to|into|in|on|at|with|from|by|about|of|the|an?|his|her|their|[A-Z][\w’.-]*)\b"
)
_SENTENCE_END = re.compile(r"\b(?P<last>\w*[a-z]{3})[.!?]”? (?=[A-Z])(?!.*[a-z]{3}[.!?]”? [A-Z])")
# "Holt {last year} had vowed", "news reports {Thursday} said"
_WHEN = re.compile(
    r"(?<=\w) (?:(?:(?:late|early|earlier) )?(?:last|this|next) (?:\w+)|yesterday|today|recently|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?)[,.]?$"
)
_WORD = re.compile(r"[^\W_]+(?:[’'.\-](?=[^\W_])[^\W_]+)*")
_SELF = re.compile(r"\s+(?:himself|herself|itself|themselves|alone)$")
_OWNED = re.compile(
    r"(?:’s|'s|(?<=s)’|(?<=s)'|\b(?:his|her|its|their|my|our|whose))\s+", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?:and|but|as|when|what|even|then|while|only|by|from|to|according to|one by one,?)\s+",
    re.IGNORECASE,
)


_PAPER = re.compile(r"(?P<noun>[a-z]+) (?=(?:the|an?|his|her|its|their) )")


# "In {a letter to the board, Mayor Anna Holt} said", "In an account by {the Herald, Anna Holt}
# said": the subject stands after the comma
_OPENS = re.compile(
    r"(?:^|[.!?”\"]\s|\n)(?:In|At|On|During|After|Before|With|From)"
    r"(?: [^,.;:“”\"\n]{1,80}? (?:at|by|for|from|in|of|on|to|with))? $"
)
MAX_OPENING_CHARS = 100
# "{At the Tide Office, Mayor Anna Holt} said"
_OPENING = re.compile(r"(?:In|At|On|During|From) [^,;:“”\"\n]{3,60}(?=, [A-Z])")


_SHORT = {"US": "u.s", "WHO": "w.h.o"}  # no pronouns
_BRACKET = re.compile(r" ?[(\[](?P<who>[A-Z][\w .’-]+)[)\]]")


_MESSAGE = re.compile(
    r"(?:(?:an?|another|one|the|that|this)\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:(?:comments?|e-?mails?|letters?|memos?|messages?|notes?|op-eds?|posts?|"
    r"(?:press )?releases?|remarks?|statements?|texts?|tweets?)(?:\s+(?:sent|signed|written))?|"
    r"statements?\s+(?:issued|posted|published|released))\s+(?:by|from)\s+",
    re.IGNORECASE,
)


def core_of(text: str, span: Span, roster: Roster) -> Span:
    """`span` up to the first thing that hangs on its noun, without a leading conjunction."""
    start = span.start
    if lead := _LEAD.match(text, span.start, span.end):
        start = lead.end()
    paper = _PAPER.match(text, start, span.end)
    if paper and paper["noun"] in lexicons.words("document_nouns"):
        start = paper.end()  # "documents {the office} says it has"
    comma = text.find(", ", start, span.end)
    opens = _OPENS.search(text, max(0, span.start - MAX_OPENING_CHARS), span.start)
    if comma > 0 and (opens or _OPENING.match(text, start, span.end)):
        start = comma + len(", ")
    sentence = _SENTENCE_END.search(text, start, span.end)
    if sentence and sentence["last"].lower() not in lexicons.words("dotted_titles"):
        start = sentence.end()  # "… was the attorney Karl Weiss. {Holt} said"
    end = span.end
    for found in _TAIL.finditer(text, start + 1, span.end):
        before = Span(start, found.start() or 1)
        if not _is_inside_title(text, before, found, roster) and not _is_between(
            text, Span(start, span.end), found
        ):
            end = found.start()
            break
    for found in _DOING.finditer(text, start, span.end):
        noun = found["noun"].lower()
        if roles.singular(noun) in lexicons.words("person_nouns") or any(
            noun in lexicons.words(held) for held in ("organisation_nouns", "document_nouns")
        ):
            end = min(end, found.end("noun"))
    if when := _WHEN.search(text, start + 1, end):
        end = when.start()
    return spans.snap(text, Span(start, max(end, start + 1))) or span


_PAIRED = frozenset(
    "active business civil current domestic federal foreign former international local military "  # noqa: SIM905
    "national past political present private public religious retired state".split()
)


def _is_inside_title(text: str, before: Span, found: re.Match[str], roster: Roster) -> bool:
    """True for the "of" of "Secretary of State", the "and" of "Oversight and Reform Panel" and of
    "two current and former clerks"."""
    words = text[before.start : before.end].split()
    joint, follows = found.group().strip().lower(), text[found.end() :].lstrip()[:1]
    if joint == "and" and words and words[-1].lower() in _PAIRED:
        behind = _WORD.search(text, found.end())
        return behind is not None and behind.group().lower() in _PAIRED
    if not words or not follows.isupper():
        return False
    if joint in ("of", "for"):
        return words[-1].rstrip(".") in ("Secretary", "Minister", "Chief", "Director")
    if joint == "and" and words[-1][:1].isupper():
        named = [f for _, f in roster.within(before)]
        return (
            all(f.kind is not SpeakerKind.PERSON for f in named)
            and not (lexicons.words("group_nouns") & {words[-1].lower()})
            and any(f.kind is SpeakerKind.ORGANISATION for f in named)
        )
    return False


_ONE = ("person_nouns", "organisation_nouns", "document_nouns")  # "young" is a noun for many
_ADJECTIVES = re.compile(r" (?:[a-z][\w-]* ){0,2}(?P<noun>[a-z][\w-]*)")


def _is_between(text: str, span: Span, found: re.Match[str]) -> bool:
    """True for the comma of "the young, ambitious lawyer"."""
    first, *others = text[span.start : found.start()].split() or [""]
    after = _ADJECTIVES.match(text, found.end(), span.end)
    if found.group() != "," or not others or after is None:
        return False
    nouns = [roles.singular(word) for word in after.group().split()]
    return (
        (first.lower() in DEFINITE | INDEFINITE | POSSESSIVE or first.endswith(("’s", "'s")))
        and len(others) < 3
        and not is_speaking({others[-1], roles.singular(others[-1])}, _ONE)
        and all(word.isalpha() and word.islower() for word in others)
        and not {*nouns} & (lexicons.words("function_words") | lexicons.words("phrase_breaks"))
        and is_speaking({nouns[-1]})
    )


def _owner(text: str, core: Span) -> Span:
    """ "The mayor" of "{The mayor’s} claim"."""
    is_owner = len(core) > 2 and text[core.end - 2 : core.end] in ("’s", "'s")
    return Span(core.start, core.end - 2) if is_owner else core


def of(text: str, pieces: Sequence[Span], roster: Roster) -> Source:
    """The form of the source that stands in `pieces`."""
    if not pieces:
        return Source(form=Form.NONE, span=None)
    span = pieces[0]
    span = datelines.without(text, span)
    core = _owner(text, core_of(text, span, roster))
    plain = text[core.start : core.end].replace("[", "").replace("]", "")
    words = [_written_out(w) for w in _WORD.findall(plain)]
    if not words:
        return Source(form=Form.NONE, span=span)
    if found := _sender(text, span, roster):
        return found
    if together := joint.persons(text, span, roster) or joint.bodies(text, span, roster):
        head = joint.noun(text, span, roster)
        return Source(form=Form.JOINT, span=span, core=core, head=head, figures=together)
    if found := _named_at_end(text, span, core, words, roster):
        return found
    if (at_end := titled.named(text, span, roster)) is not None:
        return _with_figure(span, core, at_end[1])
    if words[0] in lexicons.words("pronouns") and (bracket := _BRACKET.match(text, core.end)):
        for mention, figure in roster.within(Span(*bracket.span("who"))):
            return _with_figure(span, mention, figure)  # "he (Anna Holt) said"
    is_initial = _INITIAL.match(text, core.start, core.end) is not None
    is_lone = len(words) == 1 or words[0] not in POSSESSIVE | {"that"} or _is_relative(words)
    if words[0] == "whose" and (len(words) == 1 or len(words) > MAX_OWNED_WORDS):
        return Source(form=Form.PRONOUN, span=span, core=core, head="who")  # a clause of its own
    if words[0] in lexicons.words("pronouns") and is_lone and not is_initial:
        return Source(form=Form.PRONOUN, span=span, core=core, head=words[0])
    if found := _named(text, span, core, roster):
        return found
    return _described(text, span, core, words)


_INITIAL = re.compile(r"I\. [A-Z]")  # "I. Anna Holt"


def _is_relative(words: list[str]) -> bool:
    """True for "that ring through the port", which is no "that clerk"."""
    others = {form for word in words[1:] for form in (word, roles.singular(word))}
    return words[0] == "that" and not is_speaking(others)


def _sender(text: str, span: Span, roster: Roster) -> Source | None:
    """Whose words "a statement from the mayor’s lawyer, William Marsh," are: his."""
    message = _MESSAGE.match(text, span.start, span.end)
    if message is None or message.end() >= span.end:
        return None
    when = _WHEN.search(text, message.end(), span.end)
    found = of(text, (Span(message.end(), when.start() if when else span.end),), roster)
    return found if may_speak(found, *SENDERS) else None


MAX_OWNED_WORDS = 3
SENDERS = ("person_nouns", "organisation_nouns", "group_nouns")
SAYING = (*SENDERS, "document_nouns")


def may_speak(form: Source, *nouns: str) -> bool:
    """True for a name, and for a description by one of the nouns of these lexicons."""
    if form.form in (Form.NAME, Form.JOINT):
        return True
    return is_speaking({form.head, roles.singular(form.head)}, nouns)


def is_speaking(words: AbstractSet[str], nouns: Iterable[str] = SAYING) -> bool:
    """True if one of the words is a noun of these lexicons: for persons, groups, bodies, papers."""
    return any(words & lexicons.words(held) for held in nouns)


def _written_out(word: str) -> str:
    return names.office(word) or _SHORT.get(word, word.lower())


def _named_at_end(
    text: str, span: Span, core: Span, words: list[str], roster: Roster
) -> Source | None:
    """The name in "That group of Republicans, Mr. Corker": not beside what it follows, but in a
    clause of its own ("Mr. Corker said")."""
    is_other = words[0] in lexicons.words("pronouns") or words[0] in {"that", "this", "these"}
    is_other = is_other or _form(words[-1], words, "") is Form.GROUP
    named = [(m, f) for m, f in roster.within(span) if m.end >= span.end - 1]
    if not is_other or not named or named[-1][1].kind is not SpeakerKind.PERSON:
        return None
    mention, figure = named[-1]
    comma = text.rfind(", ", core.end - 1, mention.start)
    if comma < 0 or not _are_titles(text[comma + 2 : mention.start]):
        return None
    return _with_figure(span, mention, figure)


def _named(text: str, span: Span, core: Span, roster: Roster) -> Source | None:
    """The source as a name: its core ends with one, or one stands beside it between commas."""
    if any(spans.overlaps(core, a) and core.end - a.end <= 1 for a in roster.ambiguous):
        return Source(form=Form.NAME, span=span, core=core)
    inside = roster.within(core)
    named = _SELF.sub("", text[core.start : core.end])
    end = core.start + len(named)
    for mention, figure in reversed(inside):
        rest = text[mention.end : end] if mention.end < end else ""
        if not _WORD.search(rest) or rest.strip() in ("’s", "'s"):
            if " and " in text[core.start : mention.start]:
                break
            return _with_figure(span, core, figure)
        if _is_outlet_noun(rest) and figure.kind is not SpeakerKind.PERSON:
            return _with_figure(span, core, figure)  # "the Harbour Daily newspaper"
        owned = _OWNED.match(rest)
        if owned and (nouns := _WORD.findall(rest[owned.end() :])):
            after = _WORD.match(text, span.end + 1) if span.end == core.end else None
            last = {nouns[-1].lower(), after.group().lower() if after else ""}
            if last & lexicons.words("saying_nouns"):
                return _with_figure(span, core, figure)
            break
    return _beside(text, span, core, roster)


def _is_outlet_noun(words: str) -> bool:
    return words.strip() in lexicons.words("outlet_nouns")


def _beside(text: str, span: Span, core: Span, roster: Roster) -> Source | None:
    """The name between commas after a description: "the developer, Sharif el-Gamal, …", and after
    "another possible swing vote", whatever its noun."""
    words = [w.lower() for w in _WORD.findall(text[core.start : core.end])]
    head = words[-1].removeprefix("ex-")
    if head in lexicons.words("person_nouns") or _is_somebody(words):
        kind = SpeakerKind.PERSON
    elif head in lexicons.words("organisation_nouns"):
        kind = SpeakerKind.ORGANISATION
    else:
        return None
    comma = text.find(", ", core.end, min(len(text), span.end + 2))
    while comma >= 0:
        for mention, figure in roster.within(Span(comma + 2, comma + 40)):
            titles = text[comma + 2 : max(mention.start, comma + 2)]
            if not (figure.kind is kind or not figure.is_certain) or not _are_titles(titles):
                continue
            if mention.end <= span.end or text[mention.end : mention.end + 1] in ",.":
                return _with_figure(span, core, figure)
        comma = text.find(", ", comma + 2, min(len(text), span.end + 2))
    return None


def _is_somebody(words: list[str]) -> bool:
    """True for "one possible defector": one of a kind that names no body, paper or group."""
    lists = ("organisation_nouns", "document_nouns", "group_nouns", "saying_nouns")
    return (
        words[0] in {"a", "an", "one", "another", "the"}
        and len(words) > 1
        and not any(words[-1] in lexicons.words(held) for held in lists)
    )


def _are_titles(words: str) -> bool:
    """True for nothing, or for titles alone: "Representative", "Ohio Gov.", "North Dakota’s", "the
    Rev."."""
    words = words.removeprefix("the ") or words
    known = lexicons.words("titles") | lexicons.words("title_adjectives") | _BEFORE_TITLES
    state = _OWNER.match(words)
    if state and state["state"] in lexicons.table("states").values():
        words = words[state.end() :]
    return all(w.rstrip(".").lower() in known for w in words.split())


_BEFORE_TITLES = frozenset({"army", "freshman", "navy", "rear", "u.s", "us"})  # "Rear Adm."
_OWNER = re.compile(r"(?P<state>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?:[’']s)? ")


def _with_figure(span: Span, core: Span, figure: Figure) -> Source:
    return Source(form=Form.NAME, span=span, core=core, figure=figure)


def _described(text: str, span: Span, core: Span, words: list[str]) -> Source:
    """The source as a description, by its noun."""
    determiner = words[0] if words[0] in DEFINITE | INDEFINITE | POSSESSIVE else ""
    owner = None
    if words[0] in POSSESSIVE:
        owner = Span(core.start, core.start + len(words[0]))
    elif owned := list(_OWNED.finditer(text, core.start + 1, core.end)):
        owner = Span(core.start, owned[-1].start())
    head = words[-1]
    form = _form(head, words, determiner)
    return Source(form=form, span=span, core=core, determiner=determiner, head=head, owner=owner)


def _form(head: str, words: list[str], determiner: str) -> Form:
    people = lexicons.words("person_nouns")
    if head in people and determiner not in {"some", "these", "those", "both"}:
        return Form.NOMINAL
    if roles.singular(head) in people or head in lexicons.words("group_nouns"):
        return Form.GROUP
    if head in lexicons.words("document_nouns"):
        return Form.DOCUMENT
    if head in lexicons.words("organisation_nouns"):
        return Form.ORGANISATION
    is_group = head.endswith("s") or words[0] in lexicons.words("group_nouns")
    return Form.GROUP if is_group else Form.NOMINAL
