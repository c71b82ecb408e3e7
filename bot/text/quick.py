r"""Patterns over words, in the form that the engine finds fastest in the text at hand.

`[^\W_]`, a letter or digit of any script, asks Unicode's tables for each character; the same letters listed are one
look at a bitmap, which takes half of the time. All of them are too many to list, those of Latin script are few, and
most news holds no other. Both forms find the same.
"""

import re

_LATIN = 0x250
"""The first code point behind Latin script with its extensions A and B."""

_BEYOND = re.compile(rf"[^\0-{chr(_LATIN - 1)}\u2000-\u206f\u20a0-\u20cf]")
"""What a text of Latin script does not hold: beside the letters it has dashes, quotation marks, spaces and currencies,
blocks that hold no letter."""


def _listed(kind: str) -> str:
    """The characters before `_LATIN` that the class `kind` holds, as a class that lists them."""
    whole = "".join(map(chr, range(_LATIN)))
    return f"[{''.join(re.findall(kind, whole))}]"


_CLASSES = {kind: _listed(kind) for kind in (r"[^\W_]", r"[^\W\d_]", r"[^\W\d_a-z]")}


class Quick:
    r"""A pattern of which `[^\W_]`, `[^\W\d_]` and `[^\W\d_a-z]` are the classes that match words."""

    def __init__(self, pattern: str) -> None:
        self._any = re.compile(pattern)
        for kind, listed in _CLASSES.items():
            pattern = pattern.replace(kind, listed)
        self._latin = re.compile(pattern)

    def on(self, text: str) -> re.Pattern[str]:
        """The pattern for searching `text`."""
        return self._latin if text.isascii() or _BEYOND.search(text) is None else self._any


def small(text: str) -> str:
    """A text in small letters, every code point in its place: a pattern that ignores case takes twice as long."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one.lower()[:1] for one in text)
