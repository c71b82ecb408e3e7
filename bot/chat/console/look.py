"""What the terminal can show, and text made fit for it."""

import os
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO
from urllib.parse import quote, urlsplit

from rich.console import Console

from bot.text.clean import visible

WIDEST = 100
"""Columns of running text at most: longer lines are hard to read."""

NARROWEST = 30
"""Columns that are always drawn: numbers, indents and ten columns of text need as many."""

PIPE_WIDTH = 88
"""Columns where there is no terminal to ask."""

LONGEST_LINK = 2000
"""Characters of an address at most: terminals drop longer ones (the OSC 8 description names 2083)."""

NO_LINKS = frozenset({"Apple_Terminal"})
"""Terminals that colour text but show no OSC 8 links, by the name that they give themselves. A dumb one (`TERM=dumb`)
has no colours either.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How to draw: `fancy` admits line drawing, `linking` links behind words; without it addresses are written out.
    `now` None leaves ages out.
    """

    width: int = PIPE_WIDTH
    fancy: bool = False
    linking: bool = False
    encoding: str = "utf-8"
    now: datetime | None = None

    @property
    def rule(self) -> str:
        """The line beside a heading."""
        return "━" if self.fancy else "-"

    @property
    def bullet(self) -> str:
        """Before a key point."""
        return "•" if self.fancy else "-"

    @property
    def dot(self) -> str:
        """Between outlets."""
        return " · " if self.fancy else "; "

    def line(self, text: str) -> str:
        """`text` on one line, safe for this terminal."""
        return fit(_LINE_ENDS.sub(" ", visible(text)).strip(), self.encoding)

    def lines(self, text: str) -> list[str]:
        """`text` with its own line ends, each line safe."""
        return [self.line(part) for part in visible(text).strip().split("\n")]

    def link(self, url: str | None) -> str | None:
        """The address for a hyperlink; None where there should be none."""
        return safe_link(url) if self.linking else None


class _Console(Console):
    """Rich ends the program when the reader of a pipe goes away; whoever prints shall decide that."""

    def on_broken_pipe(self) -> None:
        raise  # noqa: PLE0704 - called while the BrokenPipeError is being handled


def make_console(file: TextIO | None = None, *, stderr: bool = False) -> Console:
    """A rich console that takes nothing in a text for markup; without a terminal it is plain and `PIPE_WIDTH` wide.

    Printing to a pipe that nobody reads any more raises BrokenPipeError.
    """
    console = _Console(file=file, stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    return console


def look_of(console: Console, now: datetime | None = None) -> Look:
    """What `console` can do: line drawing needs a terminal and an encoding that has it, links one that knows them."""
    encoding = console.encoding
    fancy = console.is_terminal and not console.legacy_windows and _has(encoding, "━•·…")
    linking = fancy and console.color_system is not None and os.environ.get("TERM_PROGRAM") not in NO_LINKS
    width = max(NARROWEST, min(console.width, WIDEST))
    return Look(width=width, fancy=fancy, linking=linking, encoding=encoding, now=now)


_LINE_ENDS = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")

# Typography that has an ASCII form everybody reads; the rest becomes a question mark where the encoding lacks it.
_PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "--",
        "…": "...",
        "•": "*",
        "·": "-",
        "→": "->",
        "\xa0": " ",
    }
)


def fit(text: str, encoding: str) -> str:
    """`text` in characters that `encoding` has."""
    if _has(encoding, text):
        return text
    return text.translate(_PLAIN).encode(encoding, errors="replace").decode(encoding)


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def safe_link(url: str | None) -> str | None:
    """`url` in printable ASCII when it is http(s) with a host; None otherwise. A link never carries a control code."""
    if not url or len(url) > LONGEST_LINK:
        return None
    quoted = quote(url.strip(), safe="!#$%&'()*+,/:;=?@[]~", errors="replace")
    try:
        parts = urlsplit(quoted)
    except ValueError:
        return None
    return quoted if parts.scheme.lower() in ("http", "https") and parts.netloc else None
