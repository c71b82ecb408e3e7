"""Where in an English text a phrase can name days: near a word without which no such phrase stands.

Two dozen patterns over every article cost more than all else in understanding. One pass over the words finds the few
that matter, and each pattern is asked near its own alone, and where one of its other words stands too. The answers are
those of a search through the whole text.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from bot.text.quick import Quick
from bot.understanding.dates_english import DIGITS, MONTHS, RULES, WEEKDAYS, YEAR, Handler, Mark

_WORD = Quick(r"([^\W_]+)")
_BEFORE, _AFTER = 6, 7
"""Words of a phrase before and behind the one that marks it: the longest have five ("between 20th and 22nd of May") and
six ("May 20th through Monday, 22nd, 2025 evening" has five), and a pattern looks one word further."""

_KNOWN_WORDS = 16_384
"""Words whose mark is kept: looking one up takes a fifth of the time of finding out."""

_NAMES: dict[str, Mark] = {
    **{form: "month" for name in MONTHS for form in (name.title(), name.upper())},
    **{name.title(): "weekday" for name in WEEKDAYS},
}
"""Written so; "may", "march", "sun" and "sat" are other words."""

_ANY_CASE: dict[str, Mark] = {
    **{word + end: "unit" for word in ("day", "week", "month", "year") for end in ("", "s")},
    **dict.fromkeys(("weekend", "quarter"), "unit"),
    **dict.fromkeys(
        ("yesterday", "today", "tomorrow", "tonight", "overnight", "night", "morning", "afternoon", "evening"), "said"
    ),
}


class _Marked(NamedTuple):
    """A word that marks a phrase, by its number in the text, and the words around it, as the rules name them."""

    at: int
    mark: Mark
    near: frozenset[str]


def english_matches(text: str) -> Iterator[tuple[re.Match[str], Handler]]:
    """Each place where a rule of English finds a phrase, rule by rule, in the order of the text."""
    pieces = _WORD.on(text).split(text)  # what stands between words, and the words
    words = pieces[1::2]
    marked = [
        _Marked(at, mark, frozenset(map(_cue, words[max(0, at - _BEFORE) : at + _AFTER])))
        for at, word in enumerate(words)
        if (mark := _mark(word)) is not None
    ]
    if not marked:
        return
    starts = list(accumulate(map(len, pieces)))[::2]
    for pattern, handler, needs, cues in RULES:
        places = [at for at, mark, near in marked if mark in needs and not (cues and cues.isdisjoint(near))]
        for start, end in _passages(starts, places):
            yield from ((match, handler) for match in pattern.finditer(text, start, end))


@lru_cache(maxsize=_KNOWN_WORDS)
def _mark(word: str) -> Mark | None:
    known = _NAMES.get(word) or _ANY_CASE.get(word.casefold())
    if known is None and len(word) == 4 and word.isdigit() and word.startswith(("19", "20")):
        return "year"
    return known


@lru_cache(maxsize=_KNOWN_WORDS)
def _cue(word: str) -> str:
    """A word as the rules name what must stand near: in small letters, numbers by their kind."""
    if not word[0].isdigit():
        return word.casefold()
    return YEAR if _mark(word) == "year" else DIGITS


def _passages(starts: list[int], places: list[int]) -> list[tuple[int, int]]:
    """The text around the words at `places`; what overlaps is one passage. The last of `starts` is the text's end."""
    found: list[tuple[int, int]] = []
    for at in places:
        start = starts[max(0, at - _BEFORE)]
        end = starts[min(at + _AFTER, len(starts) - 1)]
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found
