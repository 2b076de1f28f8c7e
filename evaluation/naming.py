"""What kind of words a gold statement gives for its source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

PRONOUNS = frozenset(
    "i we you he she it they who him her them his their its one that this which".split()  # noqa: SIM905
)
ORGANISATION = re.compile(
    r"\b(?:the|agency|army|association|bank|board|bureau|campaign|centre|center|church|club|"
    r"coalition|college|commission|committee|company|conference|congress|council|court|"
    r"department|embassy|families|foundation|government|group|house|inquiry|institute|league|"
    r"ministry|network|news|office|organi[sz]ation|party|police|post|press|project|senate|"
    r"service|society|times|trust|union|university|white)\b",
    re.IGNORECASE,
)
CAPITAL = re.compile(r"\b[A-Z][\w’'-]*")


def kind_of_source(gold: Mapping[str, Any]) -> str:
    """One of name, organisation, pronoun, nominal, none.

    A source is a name if it shares a capitalised word with the speaker ("Mr. Holt" for Edda
    Holt); if that speaker is named like a body, it is an organisation.
    """
    source = (gold.get("source") or "").strip()
    if not source:
        return "none"
    if source.casefold() in PRONOUNS:
        return "pronoun"
    speaker = gold.get("speaker") or ""
    if not set(CAPITAL.findall(source)) & set(CAPITAL.findall(speaker)):
        return "nominal"
    return "organisation" if ORGANISATION.search(speaker) else "name"
