"""retold as tools for a language model (Model Context Protocol), so that it can cite and not guess.

Every tool reads and none writes; what they answer are words of articles with their places.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, ParamSpec

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp_types import ToolAnnotations
from pydantic import Field

from retold import __version__, pipeline
from retold.archive import accounts, people, quotations
from retold.archive import meaning as passages
from retold.archive import search as searching
from retold.archive.said import Filters
from retold.errors import FormatError, RetoldError, StoreError
from retold.mcp import answers as answering
from retold.mcp.given import Access, Given, day, readings
from retold.showing.export import answers
from retold.types import Reading, Story

INSTRUCTIONS = (
    "Who said what in news articles, according to whom, and what changed in the retelling. "
    "Answers are words of the articles with article, start, end (code points, half-open) and a "
    "citation: quote them as they are and give the citation. retold never says who is right, and "
    "neither does a difference: it says that accounts are not the same. A speaker that is null or "
    "`unresolved` could not be told; do not supply one."
)
READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

Json = dict[str, Any]
Parameters = ParamSpec("Parameters")
Most = Annotated[int, Field(ge=1, le=200, description="At most so many of each list.")]


def build(access: Access) -> MCPServer:
    """The server with its tools; those that ask an archive are there where there is one."""
    made = [_compare, _read, *((_search, _quote, _speaker) if access.archive else ())]
    tools = [_tool(each(access)) for each in made]
    return MCPServer("retold", version=__version__, instructions=INSTRUCTIONS, tools=tools)


def _tool(made: Callable[..., Json]) -> Tool:
    """The function as a tool that refuses what it does not know: a filter under another name would
    be left out without a word, and the answer be that to another question."""
    tool = Tool.from_function(_told(made), name=made.__name__, annotations=READ_ONLY)
    arguments = tool.fn_metadata.arg_model
    arguments.model_config["extra"] = "forbid"
    arguments.model_rebuild(force=True)
    tool.parameters["additionalProperties"] = False
    return tool


def _told(tool: Callable[Parameters, Json]) -> Callable[Parameters, Json]:
    """The tool, whose own errors reach the model as their message and hint."""

    @functools.wraps(tool)
    def told(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Json:
        try:
            return tool(*args, **kwargs)
        except RetoldError as error:
            raise ToolError(str(error)) from error

    return told


# --- on what is handed in ------------------------------------------------------------------------


def _compare(access: Access) -> Callable[..., Json]:
    def compare(articles: list[Given], most: Most = 20) -> Json:
        """Compare several accounts of one event: where they differ, what several of them tell, who
        is silent, how one quotation is worded in each, and what only one tells."""
        held = readings(articles, access)
        if len(held) < 2:
            raise FormatError("two different articles or more are needed to compare.")
        return answering.compared(pipeline.compare(held), _events(held), most=most)

    return compare


def _events(held: Sequence[Reading]) -> tuple[Story, ...]:
    """The articles by the event that they seem to tell, which may be told again after years."""
    found = (pipeline.group(held, dated=dated) for dated in (True, False))
    return min(found, key=len)


def _read(access: Access) -> Callable[..., Json]:
    def read(article: Given, most: Most = 100) -> Json:
        """Read one article: every statement with its speaker, the chain of people through whom it
        came, and the exact words; and its dated passages."""
        return answering.told(pipeline.compare(readings([article], access)), most=most)

    return read


# --- on the archive ------------------------------------------------------------------------------


def _search(access: Access) -> Callable[..., Json]:
    def search(
        words: str = "",
        speaker: str = "",
        about: str = "",
        outlet: str = "",
        since: str = "",
        until: str = "",
        meaning: bool = False,
        most: Most = 20,
    ) -> Json:
        """Find statements and articles in the archive that have all of the words, in any form. A
        "phrase" in quotation marks must stand as it is; elect* finds all that begins so. With a
        speaker, only what they are reported to have said; `about` are words that the article must
        have too; since and until are days of publication, as 2031-05-06. With meaning, also
        `alike`: passages that say much the same in other words, which does not make them true or
        the same; `left_out` counts articles that cannot be asked so."""
        with access.opened() as archive:
            filters = Filters(
                forms=_forms(people.find(archive, speaker), speaker) if speaker else None,
                about=searching.terms(about) if about else None,
                outlet=outlet or None,
                since=day(since),
                until=day(until),
            )
            found = searching.find(archive, words, filters=filters, most=most)
            meant = (
                passages.ask(archive, words, access.encoder, filters=filters, most=most)
                if meaning and words.strip()
                else None
            )
            return _decoded(answers.results(found, meant))

    return search


def _quote(access: Access) -> Callable[..., Json]:
    def quote(wording: str, speaker: str = "", most: Most = 20) -> Json:
        """Check a quotation against the archive: who gives it, in which words, credited to whom;
        exact, truncated or altered with every change, or the nearest where nobody gives it."""
        with access.opened() as archive:
            found = quotations.check(archive, wording, speaker=speaker or None, most=most)
            return _decoded(answers.check(found))

    return quote


def _speaker(access: Access) -> Callable[..., Json]:
    def speaker(name: str, most: Most = 50) -> Json:
        """All that somebody is reported to have said in the archive, the earliest report first:
        by which outlet, through whom, in which words; and what the same person told otherwise at
        another time. A name may mean several people: all whom it may mean are named."""
        with access.opened() as archive:
            found = people.find(archive, name)
            said = accounts.statements(archive, _forms(found, name), most=most)
            changed = [one for person in found for one in accounts.changed(archive, person.forms)]
            named = [person.name for person in found]
            return _decoded(answers.speaker(named, said, changed[:most]))

    return speaker


def _forms(found: tuple[people.Person, ...], name: str) -> tuple[str, ...]:
    """The names by which articles know those who were found."""
    if not name.strip():
        raise FormatError("there is no name to look for.", hint="Give one.")
    if not found:
        raise StoreError(
            f"nobody called {name} speaks in the archive.", hint="Try the last name alone."
        )
    return tuple(form for person in found for form in person.forms)


def _decoded(text: str) -> Json:
    held: Json = json.loads(text)
    return held
