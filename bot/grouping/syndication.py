"""Wire text that outlets republish, and articles that their outlet writes anew.

A text's sketch is the smallest hashes of its runs of words (Broder 1997, "On the resemblance and containment of
documents", bottom-k form): two sketches tell what share of the shorter text stands in the longer one, so that a copy
cut to a third is still known. Says nothing about meaning: a translation is no copy.
"""

import difflib
import hashlib
import re

from bot.grouping.terms import fold
from bot.model import Article, Change
from bot.text import clean

SKETCH_SIZE = 160
"""Hashes kept. A wire report of 250 words fits almost whole; beyond, the share is exact to about 4 points."""
RUN = 4
"""Words in a run: three repeat by chance in the trade's stock phrases, five lose too much at each edited word."""
RUN_CJK = 8
"""Characters in a run of Japanese or Chinese: about four words."""
MINIMUM_SHARED = 12
"""Fewer common runs than this are a shared quotation, not a republished text."""

_UNIT = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]|[^\W_]+")
_MAX_UNITS = 20_000
"""A longer text is an archive page: its beginning is enough to know it again."""


def sketch(text: str) -> tuple[int, ...]:
    """The smallest 32-bit hashes of the runs of `text`, in rising order; all of them when the text is short."""
    units = _UNIT.findall(fold(clean(text)))[:_MAX_UNITS]
    cjk = sum(not unit.isascii() and len(unit) == 1 for unit in units) * 2 > len(units)
    run = RUN_CJK if cjk else RUN
    hashes = {_hash(" ".join(units[i : i + run])) for i in range(max(0, len(units) - run + 1))}
    return tuple(sorted(hashes)[:SKETCH_SIZE])


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode("utf8", "replace"), digest_size=4).digest())


def shared(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, float, float]:
    """How many runs both have, the share of `a` that stands in `b`, and of `b` in `a` (estimated on full sketches)."""
    if not a or not b:
        return 0, 0.0, 0.0
    limit = min(a[-1] if len(a) >= SKETCH_SIZE else 2**32, b[-1] if len(b) >= SKETCH_SIZE else 2**32)
    left, right = {h for h in a if h <= limit}, {h for h in b if h <= limit}
    both = len(left & right)
    return both, both / max(1, len(left)), both / max(1, len(right))


_TOKEN = re.compile(r"\d[\d.,]*\s?(?:%|percent|per cent)?|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]")
_MAX_TOKENS = 4_000
"""What is compared of each text: about ten pages."""
_MAX_CHANGE = 12
"""Tokens in a change worth showing: a longer one is a rewritten passage, which readers find in the article."""
_MAX_CHANGES = 8


def what_changed(was: Article, now: Article) -> tuple[Change, ...]:
    """What `now` says differently from `was`, its earlier version: the title, then figures and words as they stand.

    Passages added or dropped whole are no changes. At most eight, in the order of the text.
    """
    changes = []
    if fold(was.title) != fold(now.title) and was.title and now.title:
        changes.append(Change(was=was.title, now=now.title))
    changes.extend(_text_changes(clean(was.text), clean(now.text)))
    return tuple(dict.fromkeys(changes))[:_MAX_CHANGES]


def _text_changes(was: str, now: str) -> list[Change]:
    """Sentences that were edited, paired by what they share; within each pair, the tokens that differ."""
    before, after = _spans(was), _spans(now)
    a, b = [was[s:e] for s, e in before], [now[s:e] for s, e in after]
    found = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=len(a) > 1000).get_opcodes():
        if tag == "replace" and j - i <= _MAX_CHANGE and m - k <= _MAX_CHANGE:
            found.append(Change(was=was[before[i][0] : before[j - 1][1]], now=now[after[k][0] : after[m - 1][1]]))
    return found


def _spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _TOKEN.finditer(text)][:_MAX_TOKENS]
