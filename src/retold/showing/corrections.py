"""What a reader corrected, as a page says it: what kind, what was there, what is there now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from retold.correcting.overlay import Laid, Standing
from retold.correcting.records import (
    Anchor,
    DateFix,
    Deed,
    Join,
    Remark,
    Ruling,
    SpanFix,
    SpeakerFix,
    Split,
    anchors,
)

PIECES = " … "
NOBODY = "unresolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A correction in words: `what` names its kind; `was` is empty where nothing stood before."""

    laid: Laid
    what: str
    was: str = ""
    now: str = ""

    @property
    def id(self) -> str:
        return self.laid.correction.id

    @property
    def who(self) -> str:
        return self.laid.correction.who

    @property
    def day(self) -> str:
        return self.laid.correction.at.date().isoformat()

    @property
    def holds(self) -> bool:
        return self.laid.standing is Standing.HOLDS

    @property
    def facet(self) -> str:
        """Of the difference that it confirms or dismisses; empty if it does neither."""
        deed = self.laid.correction.deed
        return deed.facet.value if isinstance(deed, Ruling) else ""

    @property
    def about(self) -> tuple[Anchor, ...]:
        return anchors(self.laid.correction.deed)


def told(laid: Iterable[Laid]) -> tuple[Told, ...]:
    """Each correction in words, in the order given."""
    return tuple(_told(each) for each in laid)


def beside(found: Iterable[Told], article_id: str) -> tuple[Told, ...]:
    """Those that stand beside words of the article: the ones that hold."""
    return tuple(
        each for each in found if each.holds and any(a.article_id == article_id for a in each.about)
    )


def _told(laid: Laid) -> Told:
    what, was, now = _words(laid.correction.deed)
    return Told(laid=laid, what=what, was=was, now=now)


def _words(deed: Deed) -> tuple[str, str, str]:
    match deed:
        case SpeakerFix():
            return "speaker", deed.was or NOBODY, deed.now or NOBODY
        case SpanFix():
            return deed.part.value, _joined(deed.was), _joined(deed.now)
        case DateFix():
            what = "date" if deed.passage else "date of the article"
            return what, deed.was or "no date", deed.now or "no date"
        case Split():
            apart = set(deed.apart)
            rest = tuple(a for a in deed.claim if a not in apart)
            return "not the same claim", "", f"{_joined(deed.apart)} ≠ {_joined(rest)}"
        case Join():
            return "the same claim", "", f"{_joined(deed.claim)} = {_joined(deed.other)}"
        case Ruling():
            verb = "confirmed" if deed.is_difference else "dismissed"
            return f"{deed.facet.value}: difference {verb}", "", _joined(deed.values)
        case Remark():
            return "note", "", deed.note
        case _:
            return "undone", "", ""


def _joined(held: tuple[Anchor, ...]) -> str:
    return PIECES.join(dict.fromkeys(" ".join(a.words.split()) for a in held)) or "nothing"
