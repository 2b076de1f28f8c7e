"""A page of plain or coloured lines: headings, labelled rows, wrapped text with marks in it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from retold import spans
from retold.showing import segments
from retold.types import Article, Span

LABEL_WIDTH = 19
# Characters that move the cursor, colour the screen or turn the direction of a line.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Page:
    """Lines that grow from top to bottom; `text()` gives them."""

    def __init__(self, *, width: int = 80, colour: bool = False) -> None:
        self._file = io.StringIO()
        self._console = Console(
            file=self._file,
            width=width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
        self.width = width

    def text(self) -> str:
        """The page, with no blanks at the ends of its lines."""
        lines = self._file.getvalue().splitlines()
        return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"

    def title(self, words: str) -> None:
        """The first line of the page."""
        self._console.print(Text(words, style="bold"))

    def heading(self, words: str, aside: str = "") -> None:
        """A heading with a rule to the right edge, and what it counts after it, where it fits."""
        self._console.print()
        head = Text(words.upper(), style="bold")
        is_beside = len(words) + len(aside) + 4 <= self.width
        if aside and is_beside:
            head.append(f"  {aside}", style="not bold")
        self._console.print(Rule(head, align="left", characters="─", style="dim"))
        if aside and not is_beside:
            self.line(aside, indent=2)

    def blank(self) -> None:
        """An empty line."""
        self._console.print()

    def line(self, words: str | Text, *, indent: int = 0, style: str = "") -> None:
        """Wrapped text, every line indented."""
        shown = words if isinstance(words, Text) else Text(words)
        if style:
            shown.stylize(style)
        self._console.print(Padding(shown, (0, 0, 0, indent)))

    def row(
        self,
        label: str | Text,
        words: Text | str,
        *,
        indent: int = 4,
        label_width: int = LABEL_WIDTH,
    ) -> None:
        """A label and, beside it, wrapped text; labels line up."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=min(label_width, self.width // 4), overflow="fold")
        grid.add_column(ratio=1, overflow="fold")
        grid.add_row(label, words if isinstance(words, Text) else Text(words))
        self._console.print(Padding(grid, (0, 0, 0, indent)))

    def more(self, left: int, less_sure: int = 0) -> None:
        """What a limit kept back, and what is not sure enough to be shown unasked."""
        kept = [f"and {left} more"] * (left > 0) + [f"{less_sure} less sure"] * (less_sure > 0)
        if kept:
            self.line(f"… {', '.join(kept)} (--all)", indent=4, style="dim")


def printable(words: str) -> str:
    """The words with line breaks as blanks and what a terminal would obey made visible."""
    return UNPRINTABLE.sub(_escape, words.replace("\n", " ").replace("\t", " "))


def _escape(found: re.Match[str]) -> str:
    return f"⟨U+{ord(found.group()):04X}⟩"


def passage(
    article: Article,
    span: Span,
    focus: Iterable[Span] = (),
    *,
    common: Sequence[Span] = (),
    whole: Span | None = None,
) -> Text:
    """`text[span]`, every focus between ‹ and ›, what is not `common` in it bold, with … on each
    side on which `whole` goes on."""
    return excerpt(article.text, span, focus, common=common, whole=whole)


def excerpt(
    text: str,
    span: Span,
    focus: Iterable[Span] = (),
    *,
    common: Sequence[Span] = (),
    whole: Span | None = None,
) -> Text:
    """The same of any text."""
    out = Text()
    if whole and span.start > whole.start:
        out.append("…")
    marks = [(f, "focus") for f in _apart(focus)]
    marks += [(u, "unseen") for u in segments.unseen(text, span)]
    for segment in segments.flatten(span, marks):
        if "unseen" in segment.keys:
            out.append(" …" if "unseen" in segment.opens else "")
            continue
        if not segment.keys:
            out.append(printable(spans.cut(text, segment.span)))
            continue
        out.append("‹", style="bold")
        for part in segments.flatten(segment.span, [(c, "common") for c in common]):
            out.append(printable(spans.cut(text, part.span)), style="" if part.keys else "bold")
        out.append("›", style="bold")
    if whole and span.end < whole.end:
        out.append("…")
    return out


def _apart(focus: Iterable[Span]) -> list[Span]:
    """The spans without those that overlap an earlier one."""
    out: list[Span] = []
    for span in sorted(focus):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return out


def breadcrumb(names: Sequence[str]) -> Text:
    """`outlet › speaker › quoted speaker`."""
    return Text(" › ").join(Text(printable(name), style="italic") for name in names)


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 article`, `2 articles`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
