"""retold: who said what, according to whom, and what changed in the retelling."""

from __future__ import annotations

__version__ = "0.1.0"
