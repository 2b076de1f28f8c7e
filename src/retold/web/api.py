"""The same as the pages for programs: every address with `.json`, told by `/openapi.json`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from retold.comparing import labels
from retold.correcting import drafts, file, overlay
from retold.correcting.overlay import Standing
from retold.correcting.records import Correction
from retold.errors import FormatError
from retold.showing.export import json
from retold.sources.metadata import Metadata
from retold.web import forms
from retold.web.comparing import Task
from retold.web.jobs import Job
from retold.web.pages import desk_of, story_of
from retold.web.received import Address, Pasted, Received
from retold.web.shelf import Held

JSON = "application/json"
REPORT = {"type": "object", "description": "retold-report/1; `retold compare --format json` too."}
CORRECTIONS = {"type": "object", "description": "retold-corrections/1."}


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Problem(_Model):
    """What went wrong, and what to do."""

    error: str
    hint: str = ""


class ArticleSent(_Model):
    """An article: its text, plain or HTML, and what it does not say itself."""

    text: str = Field(min_length=1)
    outlet: str = ""
    title: str = ""
    published: dt.date | None = None
    url: str = ""


class Sent(_Model):
    """What is to be compared: articles, and addresses from which to fetch them."""

    articles: list[ArticleSent] = Field(default=[], max_length=100)
    addresses: list[str] = Field(default=[], max_length=100)
    together: bool = False


class FailureTold(_Model):
    """A source that gave no article."""

    source: str
    message: str
    hint: str


class JobTold(_Model):
    """How far a comparison has come; `story` is there once it is done."""

    id: str
    state: Literal["waiting", "running", "done", "failed"]
    doing: str
    done: int
    of: int | None
    story: str | None
    failures: list[FailureTold]
    notes: list[str]
    error: str
    hint: str


class StoryTold(_Model):
    """A story in a list; its report is at `address`."""

    id: str
    address: str
    articles: list[str]
    outlets: list[str]
    tellings: int
    differences: int
    compared: dt.datetime


class CorrectionSent(_Model):
    """A correction as in an export, its id and time left to the server."""

    who: str = Field(min_length=1, max_length=200)
    kind: Literal["speaker", "span", "date", "split", "join", "difference", "note", "undo"]
    deed: dict[str, Any]


class CorrectionTold(_Model):
    """A correction that was kept."""

    id: str


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem} for status in (400, 401, 403, 404, 413, 421, 422, 429, 503)
}
router = APIRouter(responses=PROBLEMS)
StoryId = Annotated[str, Path(description="The id of a story.", max_length=64)]


@router.get("/stories.json")
def stories(request: Request) -> list[StoryTold]:
    """The stories at hand, the newest first."""
    return [_story_told(held) for held in desk_of(request).shelf.stories()]


@router.post("/stories.json", status_code=202)
def compare(request: Request, sent: Sent) -> JobTold:
    """Compare articles. The answer is a job; ask for it until it is done."""
    desk = desk_of(request)
    received: tuple[Received, ...] = (
        *(Pasted(text=each.text, known=_known(each)) for each in sent.articles),
        *(Address(url=url) for url in sent.addresses),
    )
    if not received:
        raise FormatError("there is nothing to compare.", hint="Give articles or addresses.")
    if len(sent.addresses) > desk.settings.limits.addresses:
        raise FormatError(f"at most {desk.settings.limits.addresses} addresses at once.")
    return _job_told(desk.jobs.submit(Task(received=received, together=sent.together)))


def _known(sent: ArticleSent) -> Metadata:
    published = sent.published.isoformat() if sent.published else ""
    return forms.known(outlet=sent.outlet, url=sent.url, title=sent.title, published=published)


@router.get("/jobs/{id}.json")
def job(request: Request, id: Annotated[str, Path(max_length=64)]) -> JobTold:
    """How far a comparison has come."""
    found = desk_of(request).jobs.get(id)
    if found is None:
        raise HTTPException(404, "There is no such comparison, or it is long over.")
    return _job_told(found)


@router.get(
    "/stories/{id}.json",
    response_class=Response,
    responses={200: {"content": {JSON: {"schema": REPORT}}}},
)
def story(
    request: Request,
    id: StoryId,
    by: Annotated[
        Literal["reader", "machine"], Query(description="With the reader's corrections, or not.")
    ] = "reader",
) -> Response:
    """The report of a story."""
    held = story_of(request, id)
    report = held.machine if by == "machine" else held.report
    return Response(json.encode(report), media_type=JSON)


@router.get(
    "/stories/{id}/corrections.json",
    response_class=Response,
    responses={200: {"content": {JSON: {"schema": CORRECTIONS}}}},
)
def corrections(request: Request, id: StoryId) -> Response:
    """The corrections of a story, apart from it."""
    return Response(file.encode(story_of(request, id).log), media_type=JSON)


@router.post("/stories/{id}/corrections.json", status_code=201)
def correct(request: Request, id: StoryId, sent: CorrectionSent) -> CorrectionTold:
    """Keep a correction of a story; it must find its words in it."""
    held = story_of(request, id)
    now = dt.datetime.now(dt.UTC)
    told = file.of_entry({"id": "new", "at": now.isoformat(), **sent.model_dump()})
    made = drafts.record(told.deed, who=told.who, at=now)
    if sent.kind == "undo":
        if sent.deed.get("correction_id") not in {known.id for known in held.log}:
            raise HTTPException(404, "This story has no such correction.")
    elif not _finds_its_place(held, made):
        raise HTTPException(422, "This correction does not find its words in the story.")
    desk_of(request).shelf.correct((made,))
    return CorrectionTold(id=made.id)


def _finds_its_place(held: Held, made: Correction) -> bool:
    laid = overlay.apply(held.report, (made,)).laid
    return any(each.standing is Standing.HOLDS for each in laid)


@router.get(
    "/corrections.json",
    response_class=Response,
    responses={200: {"content": {JSON: {"schema": CORRECTIONS}}}},
)
def export(request: Request) -> Response:
    """All corrections that the server holds."""
    return Response(
        file.encode(desk_of(request).shelf.corrections()),
        media_type=JSON,
        headers={"Content-Disposition": 'attachment; filename="corrections.json"'},
    )


def _story_told(held: Held) -> StoryTold:
    report = held.report
    return StoryTold(
        id=held.id,
        address=f"/stories/{held.id}.json",
        articles=[article.id for article in report.articles],
        outlets=list(labels.of(report.articles).values()),
        tellings=len(report.tellings),
        differences=sum(len(claim.differences) for claim in report.claims),
        compared=held.at,
    )


def _job_told(job: Job) -> JobTold:
    return JobTold(
        id=job.id,
        state=job.state.value,
        doing=job.step.doing,
        done=job.step.done,
        of=job.step.of,
        story=job.story_id or None,
        failures=[
            FailureTold(source=f.source, message=f.message, hint=f.hint) for f in job.failures
        ],
        notes=list(job.notes),
        error=job.message,
        hint=job.hint,
    )
