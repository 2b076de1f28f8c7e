"""retold: who said what, according to whom, and what changed in the retelling.

Five verbs on frozen records, each imported when first used: `load` makes articles, `read` looks at
one, `group` finds stories, `compare` reports on one, `retell` runs all; `Archive` keeps readings.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retold.archive.store import Archive
    from retold.errors import RetoldError
    from retold.pipeline import compare, group, read, retell
    from retold.sources import load
    from retold.types import *  # noqa: F403 all of it is records

__version__ = "0.1.0"
# fmt: off
__all__ = [  # noqa: F405, RUF022 the verbs in the order of use, then the records
    "load", "read", "group", "compare", "retell", "Archive", "RetoldError",
    "Article", "Attribution", "Change", "Claim", "Difference", "Event", "Failure", "Passage",
    "Place", "Reading", "Report", "Section", "Span", "Speaker", "Story", "Telling",
    "TimeExpression", "Value", "Variant", "Witness", "Wording",
]
# fmt: on

_HOMES = {
    "load": "retold.sources",
    "Archive": "retold.archive.store",
    "RetoldError": "retold.errors",
    **dict.fromkeys(("read", "group", "compare", "retell"), "retold.pipeline"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'retold' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "retold.types")), name)
