"""Through whom words came."""
from __future__ import annotations
from retold.types import Span

def draw(stage) -> list[list[tuple[int, Span | None]]]:
    out = []
    for n, t in enumerate(stage.triples):
        chain = []
        i = n
        while i is not None:
            who = stage.found[i][0]
            if who is not None and (not chain or chain[0][0] != who):
                chain.insert(0, (who, stage.triples[i].source[0] if stage.triples[i].source else None))
            i = stage.triples[i].parent
        out.append(chain)
    return out
