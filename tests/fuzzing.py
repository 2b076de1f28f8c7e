"""Fuzzes what outsiders write, guided by what the code does with it.

    pip install atheris
    python -m tests.fuzzing page -max_total_time=600
    python -m tests.fuzzing text -max_total_time=600

`page` takes bytes for a file of any kind, and for what stands in a page: it must give articles
whose sections hold every character, or a reason. `text` takes them for the text of an article:
paragraphs, sentences, quotations and times must lie in it. What goes wrong is printed with the
bytes, and the exit code is not 0; options are those of libFuzzer.
"""

from __future__ import annotations

import logging
import sys

import atheris

with atheris.instrument_imports(include=["retold"]):
    from retold import sources, text
    from retold.errors import RetoldError
    from retold.reading import times
    from retold.spans import cut
    from retold.types import Span
    from tests.test_sources_fuzz import check, made


PAGE = b"<html><body><article><p>The harbour bridge was closed, said Mara Lind.</p>%s"


def page(data: bytes) -> None:
    """Bytes of a file that somebody else has written."""
    for each in (*made(data), *made(PAGE % data)):
        check(each)


def article(data: bytes) -> None:
    """The text of an article."""
    words = data.decode(errors="replace")
    try:
        held = sources.article(f"A title\n\n{words}")
    except RetoldError:
        return
    whole = Span(0, len(held.text))
    found = [
        *text.paragraphs(held.text, whole),
        *text.sentences(held.text, whole),
        *(quotation.span for quotation in text.quotations(held.text, whole)),
        *(time.span for time in times.find(held)),
    ]
    for span in found:
        assert span.end <= len(held.text)
        assert cut(held.text, span).strip()


TARGETS = {"page": page, "text": article}

if __name__ == "__main__":
    logging.disable()  # of the libraries, which say what they make of each page
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
