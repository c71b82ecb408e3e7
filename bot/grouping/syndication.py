"""Wire text that outlets republish: sketches that know a text again, whole or shortened.

A text's sketch is the smallest hashes of its runs of words (Broder 1997, "On the resemblance and containment of
documents", bottom-k form): two sketches tell what share of the shorter text stands in the longer one, so that a copy
cut to a third is still known. Says nothing about meaning: a translation is no copy.
"""

from collections.abc import Iterable
from hashlib import blake2b

from bot.grouping.terms import fold
from bot.text.quick import Quick

SKETCH_SIZE = 160
"""Hashes kept. A wire report of 250 words fits almost whole; beyond, the share is exact to about 4 points."""
RUN = 4
"""Words in a run: three repeat by chance in the trade's stock phrases, five lose too much at each edited word."""
RUN_CJK = 8
"""Characters in a run of Japanese or Chinese: about four words."""
MINIMUM_SHARED = 12
"""Fewer common runs than this are a shared quotation, not a republished text."""

_UNIT = Quick(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]|[^\W_]+")
_MAX_UNITS = 20_000
"""A longer text is an archive page: its beginning is enough to know it again."""


def sketch(text: str) -> tuple[int, ...]:
    """The smallest 32-bit hashes of the runs of a `clean` text, in rising order; all of them when it is short."""
    folded = fold(text)
    units = _UNIT.on(folded).findall(folded)[:_MAX_UNITS]
    run = RUN_CJK if not folded.isascii() and _mostly_cjk(units) else RUN
    coded = "\0".join(units).encode().split(b"\0")  # no unit holds a zero, nor half of a character
    runs = map(b" ".join, zip(*(coded[i:] for i in range(run)), strict=False))
    return tuple(sorted(_hashes(runs))[:SKETCH_SIZE])


def _mostly_cjk(units: list[str]) -> bool:
    return sum(not unit.isascii() and len(unit) == 1 for unit in units) * 2 > len(units)


_EMPTY = blake2b(digest_size=4)
"""To copy it takes half of the time of making one."""


def _hashes(runs: Iterable[bytes]) -> set[int]:
    found = set()
    for run in runs:
        state = _EMPTY.copy()
        state.update(run)
        found.add(int.from_bytes(state.digest()))
    return found


def shared(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, float, float]:
    """How many runs both have, the share of `a` that stands in `b`, and of `b` in `a` (estimated on full sketches)."""
    if not a or not b:
        return 0, 0.0, 0.0
    limit = min(a[-1] if len(a) >= SKETCH_SIZE else 2**32, b[-1] if len(b) >= SKETCH_SIZE else 2**32)
    left, right = {h for h in a if h <= limit}, {h for h in b if h <= limit}
    both = len(left & right)
    return both, both / max(1, len(left)), both / max(1, len(right))
