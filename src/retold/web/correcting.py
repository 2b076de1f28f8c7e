"""Correcting: a page for each thing that can be corrected, and the log of what was."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Path, Request
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from retold import spans
from retold.comparing import labels
from retold.correcting import drafts, places
from retold.correcting.records import Deed, Part, Undo
from retold.errors import FormatError
from retold.showing import corrections, markup, segments, view
from retold.showing.markup import Mark
from retold.types import (
    Article,
    Attribution,
    Claim,
    Difference,
    Event,
    Passage,
    Report,
    Span,
    SpeakerKind,
    Value,
)
from retold.web import answers, forms
from retold.web.forms import Form, FormOf
from retold.web.pages import desk_of, story_of
from retold.web.shelf import Held

router = APIRouter(include_in_schema=False)
Target = Article | Attribution | Claim | Difference | Event
KINDS = tuple(kind for kind in SpeakerKind if kind is not SpeakerKind.UNNAMED)
What = Annotated[str, Path(pattern="^(articles|statements|claims|differences|events)$")]


@router.get("/stories/{id}/correct/{what}/{item}")
def form(request: Request, id: str, what: What, item: str) -> Response:
    """What there is to correct in one thing."""
    held = story_of(request, id)
    return _form(request, held, what, item, 200)


@router.post("/stories/{id}/correct/{what}/{item}")
def correct(request: Request, id: str, what: What, item: str, form: FormOf) -> Response:
    """Keep a correction, unless somebody else has corrected the same thing meanwhile."""
    with desk_of(request).shelf.turn():
        return _corrected(request, story_of(request, id), what, item, form)


def _corrected(request: Request, held: Held, what: str, item: str, form: Form) -> Response:
    target = _target(held.report, what, item)
    if target is None or form.one("seen") != _state(target):
        said = "Somebody has corrected this meanwhile. Look at it as it is now."
        return _form(request, held, what, item, 409, said)
    try:
        deeds = tuple(_deeds(held, target, form))
        if not deeds:
            raise FormatError("nothing was changed.")
        now, who = dt.datetime.now(dt.UTC), forms.signed(form)
        made = tuple(drafts.record(deed, who=who, at=now) for deed in deeds)
    except FormatError as error:
        return _form(request, held, what, item, 400, str(error))
    desk_of(request).shelf.correct(made)
    answer = RedirectResponse(f"/stories/{held.id}#c-{made[-1].id}", 303)
    answers.set_cookie(request, answer, answers.WHO_COOKIE, forms.who_cookie(who))
    return answer


@router.get("/stories/{id}/corrections")
def log(request: Request, id: str) -> Response:
    """All corrections of a story, each with what undoes it."""
    held = story_of(request, id)
    told = corrections.told(held.corrected.laid)
    return answers.page(
        request,
        "corrections.html",
        story=held,
        labels=labels.of(held.report.articles),
        corrections=told,
        turns={each.id: _last_word(held, each.id) for each in told},
        who=forms.who(request),
    )


@router.post("/stories/{id}/corrections/{correction_id}/undo")
def undo(request: Request, id: str, correction_id: str, form: FormOf) -> Response:
    """A record that undoes a correction, or that undoes its undo."""
    shelf = desk_of(request).shelf
    with shelf.turn():
        held = story_of(request, id)
        target = _last_word(held, correction_id)
        if target is None:
            raise HTTPException(404, "This story has no such correction.")
        if form.one("about") != target:
            raise HTTPException(409, "Somebody was quicker. Look at it as it is now.")
        deed, now = Undo(correction_id=target), dt.datetime.now(dt.UTC)
        shelf.correct((drafts.record(deed, who=forms.signed(form), at=now),))
    return RedirectResponse(f"/stories/{held.id}/corrections#c-{correction_id}", 303)


def _last_word(held: Held, correction_id: str) -> str | None:
    """The correction, or the last undo on the way from it: what the next undo is about."""
    known = {correction.id for correction in held.log}
    at = correction_id if correction_id in known else None
    for correction in held.log:
        if isinstance(correction.deed, Undo) and correction.deed.correction_id == at:
            at = correction.id
    return at


# --- what is corrected ---------------------------------------------------------------------------


def _target(report: Report, what: str, item: str) -> Target | None:
    """The record that an address names."""
    match what:
        case "articles":
            return next((a for a in report.articles if a.id == item), None)
        case "statements":
            return next((a for a in report.attributions if a.id == item), None)
        case "claims":
            return next((c for c in report.claims if c.id == item), None)
        case "differences":
            found = (f.difference for f in view.differences(view.of(report)))
            return next((d for d in found if places.key(d) == item), None)
        case _:
            return next((e for e in report.timeline if places.key(e) == item), None)


def _state(target: Target) -> str:
    """The same as long as nobody has corrected it."""
    return hashlib.sha256(repr(target).encode()).hexdigest()[:16]


def _deeds(held: Held, target: Target, form: Form) -> Iterable[Deed]:
    """What the form wants done.

    Raises:
        FormatError: it cannot be done.
    """
    report, do = held.report, form.one("do")
    if do == "note":
        article, span = _place(report, target)
        yield drafts.remark(article, span, form.one("note").replace("\r\n", "\n"))
        return
    match target:
        case Article() if do == "date":
            yield drafts.published(target, form.one("date"))
        case Attribution() if do == "speaker":
            kind = form.one("kind")
            chosen = SpeakerKind(kind) if kind in KINDS else SpeakerKind.PERSON
            name, original = form.one("speaker"), _original(held, target)
            yield drafts.speaker(report, target, name, kind=chosen, original=original)
        case Attribution() if do == "words":
            yield from _words(held, target, form)
        case Claim() if do == "split":
            yield drafts.split(report, target, set(form.all("apart")))
        case Claim() if do == "join":
            other = next((c for c in report.claims if c.id == form.one("other")), target)
            yield drafts.join(report, target, other)
        case Difference() if do in ("confirm", "dismiss"):
            yield drafts.ruling(report, target, is_difference=do == "confirm")
        case Event() if do == "date":
            yield drafts.date(report, target, form.one("date"))
        case _:
            raise FormatError("this cannot be corrected so.")


def _original(held: Held, target: Attribution) -> Attribution:
    """The statement as the machine has it."""
    return next(a for a in held.machine.attributions if a.id == target.id)


def _words(held: Held, target: Attribution, form: Form) -> Iterable[Deed]:
    """The parts of a statement that were changed."""
    for part in Part:
        pieces = [line.strip() for line in form.one(part.value).splitlines() if line.strip()]
        if pieces != _pieces(held.report, target, part):
            original = _original(held, target)
            yield drafts.span(held.report, target, part, pieces, original=original)


def _pieces(report: Report, target: Attribution, part: Part) -> list[str]:
    """The words of a part of a statement, each piece on one line."""
    text = next(a.text for a in report.articles if a.id == target.article_id)
    return [" ".join(spans.cut(text, span).split()) for span in drafts.parts(target)[part]]


def _place(report: Report, target: Target) -> tuple[Article, Span]:
    """Where a note about the target stands."""
    articles = {article.id: article for article in report.articles}
    match target:
        case Article():
            return target, target.sections[0].span
        case Attribution():
            return articles[target.article_id], target.content[0]
        case Claim():
            return articles[target.passages[0].article_id], target.passages[0].span
        case Difference():
            return articles[target.values[0].article_id], target.values[0].span
        case Event():
            return articles[target.article_id], target.span


# --- the page of a thing -------------------------------------------------------------------------


class _Showing:
    """What the page calls to show records of the report."""

    def __init__(self, report: Report) -> None:
        self._articles = {article.id: article for article in report.articles}
        self._labels = labels.of(report.articles)
        self._report = report

    def label(self, article_id: str) -> str:
        return self._labels[article_id]

    def passage(self, item: Passage | Value | Event, length: int = 320) -> Markup:
        return markup.beginning(self._articles[item.article_id], item.span, length=length)

    def value(self, value: Value) -> Markup:
        article = self._articles[value.article_id]
        return markup.in_context(
            article, value.span, segments.line_of(article.text, value.span), reach=120
        )

    def statement(self, attribution: Attribution) -> Markup:
        """The line of a statement, its parts marked."""
        article = self._articles[attribution.article_id]
        pieces = drafts.parts(attribution)
        line = segments.line_of(article.text, spans.hull(attribution.content))
        marks = [(span, Mark(part.value)) for part, held in pieces.items() for span in held]
        return markup.marked(article, line, sorted(marks, key=lambda m: m[0]))

    def content(self, attribution: Attribution) -> Markup:
        article = self._articles[attribution.article_id]
        return markup.beginning(article, attribution.content[0], length=140)

    def pieces(self, attribution: Attribution, part: Part) -> list[str]:
        return _pieces(self._report, attribution, part)

    def speaker(self, attribution: Attribution) -> str:
        return drafts.speaker_name(self._report, attribution) or ""


def _form(
    request: Request, held: Held, what: str, item: str, status: int, said: str = ""
) -> Response:
    target = _target(held.report, what, item)
    if target is None:
        message = said or "This is not in the story, or no longer."
        raise HTTPException(409 if said else 404, message)
    report = held.report
    spoken = [a for a in report.attributions if isinstance(target, Article)]
    return answers.page(
        request,
        "correct.html",
        status,
        story=held,
        what=what,
        item=item,
        target=target,
        seen=_state(target),
        said=said,
        who=forms.who(request),
        show=_Showing(report),
        statements=[a for a in spoken if a.article_id == item],
        claims=[c for c in report.claims if c is not target] if what == "claims" else [],
        speakers=sorted({" ".join(s.name.split()) for s in report.speakers}),
        kinds=KINDS,
        parts=tuple(Part),
        statement=target.id if isinstance(target, Attribution) else "",
    )
