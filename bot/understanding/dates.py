"""When things happen: phrases of the text that name days, resolved against dateline and publication.

Own rules, for a general parser finds days in ordinary words ("We" is no Wednesday). Only phrases of the text are
answered, each at its exact place; a phrase that names no day that exists is left out.
"""

import re
from collections.abc import Iterator
from datetime import date

from bot.model import Article, DateMention, Span
from bot.understanding.dates_base import base_day
from bot.understanding.dates_calendar import Around, Range
from bot.understanding.dates_english import Handler
from bot.understanding.dates_near import english_matches
from bot.understanding.dates_other import rules_of
from bot.understanding.dates_tense import direction

_READ = 100_000
"""Code points of the text that are read, as for actors: four times the longest article in our sets."""

_MOST = 200
"""Mentions kept for one article: a bound on what hostile text can make us store, not measured."""


def find_dates(article: Article) -> tuple[DateMention, ...]:
    """The days that `article.text` names, in order of the text, never overlapping.

    "this week" is Monday to Sunday of the week of writing; "through Thursday" runs from the day of writing; a bare
    weekday follows the tense of its clause. Texts longer than 100,000 code points are read up to there.
    """
    text = article.text[:_READ]
    base = base_day(article)
    found: list[tuple[int, int, Range]] = []
    for match, handler in _matches(text, article.language):
        start, end = match.span()
        around = Around(base, direction(text, start, end, article.language))
        days = _safe(handler(match, around))
        if days is not None:
            found.append((start, end, days))
    return tuple(_mentions(found))


def _matches(text: str, language: str) -> Iterator[tuple[re.Match[str], Handler]]:
    """By the rules of the language; one without a table of its own is read by those of English."""
    rules = rules_of(language)
    if not rules:
        yield from english_matches(text)
    for pattern, handler in rules:
        yield from ((match, handler) for match in pattern.finditer(text))


def _safe(days: Range | None) -> tuple[date, date] | None:
    return days if days is not None and days[0] <= days[1] else None


def _mentions(found: list[tuple[int, int, Range]]) -> list[DateMention]:
    """Leftmost first, then longest; what overlaps a kept one goes."""
    kept: list[DateMention] = []
    last = 0
    for start, end, (first, final) in sorted(found, key=lambda f: (f[0], -f[1])):
        if start >= last and len(kept) < _MOST:
            kept.append(DateMention(span=Span(start=start, end=end), first=first, last=final))
            last = end
    return kept
