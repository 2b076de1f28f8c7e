"""How far a job is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a stage of a job is: `done` of `total`, in what it counts."""

    stage: str
    done: int
    total: int
    counted: str
