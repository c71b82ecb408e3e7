"""Days, weeks, months and years around a base day. Weeks run from Monday to Sunday (ISO 8601)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Direction = Literal["past", "future", "unknown"]
Range = tuple[date, date]

_YEARS = range(1900, 2200)
"""Years that news names; beyond them a number is a number."""

_DECIDED = timedelta(days=45)
"""A month and day this near to the base are taken for the nearest year whatever the tense says."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a phrase is resolved against: the day of writing, and whether its clause tells past or future."""

    base: date
    direction: Direction


def day(base: date, offset: int) -> Range:
    """One day, `offset` days from `base`."""
    found = base + timedelta(days=offset)
    return found, found


def week(base: date, offset: int) -> Range:
    """Monday to Sunday, `offset` weeks from the week of `base`."""
    monday = base - timedelta(days=base.weekday()) + timedelta(weeks=offset)
    return monday, monday + timedelta(days=6)


def weekend(base: date, offset: int) -> Range:
    """Saturday and Sunday, `offset` weeks from the week of `base`."""
    _, sunday = week(base, offset)
    return sunday - timedelta(days=1), sunday


def month(base: date, offset: int) -> Range:
    """The whole month, `offset` months from that of `base`."""
    number = base.year * 12 + base.month - 1 + offset
    return whole_month(number // 12, number % 12 + 1)


def whole_month(year: int, number: int) -> Range:
    """The first and last day of a month."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def year(base: date, offset: int) -> Range:
    """January 1 to December 31, `offset` years from that of `base`."""
    return date(base.year + offset, 1, 1), date(base.year + offset, 12, 31)


def named_year(number: int) -> Range | None:
    """A year as written; None when no year of news."""
    return (date(number, 1, 1), date(number, 12, 31)) if number in _YEARS else None


_LONGEST_QUARTER = 100
"""Days; a range longer than this is a year, whose thirds are four months each."""


def third(whole: Range, part: str) -> Range:
    """The part of a month: days 1-10 are "early", 11-20 "mid", the rest "late"; a year and a week have thirds."""
    first, last = whole
    length = (last - first).days + 1
    if length > _LONGEST_QUARTER:
        months = {"early": (1, 4), "mid": (5, 8)}.get(part, (9, 12))
        return date(first.year, months[0], 1), whole_month(first.year, months[1])[1]
    cut = 10 if 28 <= length <= 31 else length // 3
    if part == "early":
        return first, first + timedelta(days=cut - 1)
    if part == "mid":
        return first + timedelta(days=cut), first + timedelta(days=2 * cut - 1)
    return first + timedelta(days=2 * cut), last


def weekday(around: Around, number: int, step: str = "") -> Range:
    """The day of the week 0..6 that `step` ("last", "next", "coming", "this" or none) and the direction name.

    None: past tense names the latest one up to today, future tense the first one from today on, an unknown tense the
    latest, for news tells what happened. "next" is the one of the next calendar week,
    "coming" the first one after today.
    """
    base = around.base
    back = (base.weekday() - number) % 7
    ahead = (number - base.weekday()) % 7
    if step == "last":
        return day(base, -(back or 7))
    if step == "coming":
        return day(base, ahead or 7)
    if step == "next":
        return day(week(base, 1)[0], number)
    if step == "this" or around.direction == "future":
        return day(base, ahead)
    return day(base, -back)


def month_day(around: Around, number: int, of_month: int, in_year: int | None) -> Range | None:
    """A day of a month; without a year the nearest, unless the tense clearly says the other. None: no such day."""
    years = (in_year,) if in_year else (around.base.year - 1, around.base.year, around.base.year + 1)
    found = [date(y, number, of_month) for y in years if y in _YEARS and 1 <= of_month <= monthrange(y, number)[1]]
    return _nearest([(d, d) for d in found], around)


def month_named(around: Around, number: int, in_year: int | None) -> Range | None:
    """A whole month; without a year the nearest, as for a day."""
    years = (in_year,) if in_year else (around.base.year - 1, around.base.year, around.base.year + 1)
    return _nearest([whole_month(y, number) for y in years if y in _YEARS], around)


def day_of_month(around: Around, number: int) -> Range | None:
    """A bare day number, as East Asian news writes: this month's, last month's or next month's nearest one."""
    found: list[Range] = []
    for offset in (-1, 0, 1):
        first, last = month(around.base, offset)
        if 1 <= number <= last.day:
            found.append((first.replace(day=number), first.replace(day=number)))
    fitting = [r for r in found if _fits(r, around)]
    return min(fitting or found, key=lambda r: abs((r[0] - around.base).days), default=None)


def _nearest(ranges: list[Range], around: Around) -> Range | None:
    if not ranges:
        return None
    nearest = min(ranges, key=lambda r: _gap(r, around.base))
    if _fits(nearest, around) or _gap(nearest, around.base) <= _DECIDED:
        return nearest
    return min((r for r in ranges if _fits(r, around)), key=lambda r: _gap(r, around.base), default=nearest)


def _gap(found: Range, base: date) -> timedelta:
    if found[0] <= base <= found[1]:
        return timedelta(0)
    return min(abs(found[0] - base), abs(found[1] - base))


def _fits(found: Range, around: Around) -> bool:
    if around.direction == "future":
        return found[1] >= around.base
    if around.direction == "past":
        return found[0] <= around.base
    return True
