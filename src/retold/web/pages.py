"""The pages: what to compare, how it goes on, the story. They work without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from retold.comparing import labels
from retold.showing import html
from retold.web import answers, forms, gate
from retold.web.comparing import Task
from retold.web.desk import Desk
from retold.web.forms import FormOf
from retold.web.jobs import State
from retold.web.keys import SESSION_SECONDS
from retold.web.shelf import Held

BOXES = 6  # for articles, two of them open
TYPES = {"css": "text/css", "js": "text/javascript"}

router = APIRouter(include_in_schema=False)


def desk_of(request: Request) -> Desk:
    desk = request.app.state.desk
    assert isinstance(desk, Desk)  # noqa: S101 it is put there when the app is made
    return desk


def story_of(request: Request, id: str) -> Held:
    """The story, if the server has it at hand."""
    held = desk_of(request).shelf.get(id)
    if held is None:
        raise HTTPException(404, "There is no such story here, or it was let go.")
    return held


@router.get("/")
def home(request: Request) -> Response:
    """What to compare."""
    stories = desk_of(request).shelf.stories()
    return answers.page(request, "home.html", boxes=BOXES, stories=list(map(_listed, stories[:8])))


@router.post("/stories")
def compare(request: Request, form: FormOf) -> Response:
    """Take what was sent, and show how it goes on."""
    desk = desk_of(request)
    task = Task(
        received=forms.received(form, desk.settings.limits), together=bool(form.one("together"))
    )
    job = desk.jobs.submit(task)
    return RedirectResponse(f"/jobs/{job.id}", 303)


@router.get("/jobs/{id}")
def job(request: Request, id: str) -> Response:
    """How far it has come; the story, when there is nothing to say but that."""
    jobs = desk_of(request).jobs
    found = jobs.get(id)
    if found is None:
        raise HTTPException(404, "There is no such comparison, or it is long over.")
    if found.state is State.DONE and not found.failures and not found.notes:
        return RedirectResponse(f"/stories/{found.story_id}", 303)
    return answers.page(request, "job.html", job=found, ahead=jobs.ahead(found))


@router.get("/stories")
def stories(request: Request) -> Response:
    """The stories at hand."""
    found = desk_of(request).shelf.stories()
    return answers.page(request, "stories.html", stories=list(map(_listed, found)))


@router.get("/stories/{id}")
def story(request: Request, id: str) -> Response:
    """The page of a story, the very one that `retold compare` writes."""
    held = story_of(request, id)
    policy = f"{html.policy()}; frame-ancestors 'none'"
    return HTMLResponse(held.page, headers={"Content-Security-Policy": policy})


def _listed(held: Held) -> Mapping[str, object]:
    """A story as a list shows it."""
    report = held.report
    return {
        "id": held.id,
        "labels": labels.of(report.articles),
        "articles": report.articles,
        "tellings": len(report.tellings),
        "differences": sum(len(claim.differences) for claim in report.claims),
        "at": held.at,
    }


# --- the door ------------------------------------------------------------------------------------


@router.get("/login")
def login(request: Request) -> Response:
    """Ask for the token or password."""
    if desk_of(request).keys.is_open:
        return RedirectResponse("/", 303)
    return answers.page(request, "login.html", is_wrong=False)


@router.post("/login")
def enter(request: Request, form: FormOf) -> Response:
    """A session for whoever has it."""
    keys = desk_of(request).keys
    if not keys.opens(form.one("secret")):
        return answers.page(request, "login.html", 403, is_wrong=True)
    answer = RedirectResponse("/", 303)
    answers.set_cookie(request, answer, gate.SESSION, keys.session(), seconds=SESSION_SECONDS)
    return answer


@router.post("/logout")
def leave(form: FormOf) -> Response:
    """Forget the session in this browser."""
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(gate.SESSION)
    return answer


@router.get("/favicon.ico")
def icon() -> Response:
    """None; browsers ask for one unasked."""
    return Response(status_code=204)


@router.get("/static/{name}")
def static(name: str) -> Response:
    """The style and the script of the pages."""
    text = answers.static(name)
    if text is None:
        raise HTTPException(404, "There is no such file.")
    media = TYPES[name.rsplit(".", 1)[-1]]
    return Response(text, media_type=media, headers={"Cache-Control": "max-age=3600"})
