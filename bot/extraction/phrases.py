"""What furniture says, in the languages whose news we meet most: `data/phrases.txt`, read once.

A section holds fragments of regular expressions, matched with case ignored. `furniture` says how each is used.
"""

import re
from functools import cache
from importlib import resources


@cache
def section(name: str) -> tuple[str, ...]:
    """The fragments of a section, in order. Raises KeyError when there is none such."""
    return _sections()[name]


def pattern(*names: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """One pattern over all fragments of the sections, between `before` and `after`."""
    fragments = "|".join(fragment for name in names for fragment in section(name))
    return re.compile(f"{before}(?:{fragments}){after}", re.IGNORECASE)


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    text = resources.files("bot.extraction").joinpath("data/phrases.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.split("\n"):
        if line.startswith("[") and line.endswith("]") and line[1:-1].replace("_", "").isalpha():
            current = found.setdefault(line[1:-1], [])
        elif line and not line.startswith("# "):
            current.append(line)
    return {name: tuple(fragments) for name, fragments in found.items()}
