"""Phrases of English that name days."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from bot.understanding import dates_calendar as cal
from bot.understanding.dates_calendar import Around, Range

Handler = Callable[[re.Match[str], Around], Range | None]
Mark = Literal["month", "weekday", "year", "unit", "said"]
"""A word by which a phrase that names days is known; "said" are "today", "overnight", "last night"."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ABBREVIATED = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
WEEKDAYS = {name: number for number, name in enumerate(_DAYS)} | _ABBREVIATED
_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
} | {"a": 1, "an": 1}  # fmt: skip
_MOST_UNITS = 1_000
"""A longer count ("5,000 days") names no date."""

# Names of months and days are capitalised in running text; "may", "march", "sun" and "sat" are other words.
_MON = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_SURE_MON = _MON.replace("|March|", "|").replace("|May|", "|").replace("|MAY|", "|").replace("|MARCH|", "|")
_DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.)"
_NUM = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_DASH = r"\s?[-–—]\s?"
_TO = rf"(?:{_DASH}|\s+(?:to|through|until|till|thru)\s+)"
_LEAD = rf"(?:(?:{_DAY}),?\s+)?"
_UNITS = r"(?:day|week|month|year)s?"
_COUNT = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?)"
_STEP = r"this past|this coming|next|last|this|coming|upcoming|past|following|previous"
_SAID_WORDS = (
    r"(?:the )?day before yesterday|(?:the )?day after tomorrow|yesterday|today|tomorrow|tonight|overnight|last night|"
    r"this morning|this afternoon|this evening"
)
_PART_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night|noon))?"
_EDGE = r"the (?:beginning|start|middle|end) of"
_PART = r"(?:early|mid|late|the (?:beginning|start|middle|end) of|the first half of|the second half of)"


_NO_FIRST_NAME = r"(?!(?:(?<=[.!?]\s)|(?<=\n)|(?<!.))(?:Friday|Sunday|Monday|Wednesday)\s[A-Z][a-z]+\b(?!\s[A-Z]))"
"""A day that opens a sentence before one capitalised word is somebody's first name ("Friday Okello")."""

_NO_TITLE = (
    r"(?!\s(?:Movement|Street|Square|Brigades?|Agreement|Party|University|Bridge|Avenue|Road|Group|Coalition)\b)"
)
"""Nouns that make a name of a day: "the April 6 Movement"."""


def _mon(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _weekday(name: str) -> int:
    return WEEKDAYS[name.lower().rstrip(".")]


def _int(number: str | None) -> int | None:
    return int(re.sub(r"\D", "", number)) if number else None


def _sure(number: str | None) -> int:
    return _int(number) or 0


def _month_days(match: re.Match[str], around: Around) -> Range | None:
    """May 20-22, 2025; May 30-June 2; 20-22 May."""
    year = _int(match["year"])
    first = cal.month_day(around, _mon(match["m1"]), _sure(match["d1"]), year)
    other = match["m2"] if "m2" in match.re.groupindex else None
    if first is None:
        return None
    last = cal.month_day(Around(first[0], "future"), _mon(other or match["m1"]), _sure(match["d2"]), year)
    return (first[0], last[1]) if last and last[1] >= first[0] else None


def _split_days(match: re.Match[str], around: Around) -> Range | None:
    """30 May to 2 June."""
    return _month_days(match, around)


def _one_day(match: re.Match[str], around: Around) -> Range | None:
    return cal.month_day(around, _mon(match["m1"]), _sure(match["d1"]), _int(match["year"]))


def _iso(match: re.Match[str], around: Around) -> Range | None:
    if not 1 <= int(match["month"]) <= 12:
        return None
    return cal.month_day(around, int(match["month"]), int(match["day"]), int(match["year"]))


def _bounded(match: re.Match[str], around: Around) -> Range | None:
    """Through May 22, until Thursday, since Monday, by June."""
    word = match["bound"].lower()
    ahead = word in {"through", "until", "till", "thru"}
    inner = Around(around.base, "past" if word == "since" else "future" if ahead or word == "by" else around.direction)
    found = _point(match, inner)
    if found is None:
        return None
    if word == "since":
        return (found[0], around.base) if found[0] <= around.base else found
    if ahead and around.base <= found[1]:
        return around.base, found[1]
    return found


def _point(match: re.Match[str], around: Around) -> Range | None:
    if match["wd"]:
        return cal.weekday(around, _weekday(match["wd"]), _step(match["step"]))
    if match["m1"] and match["d1"]:
        return cal.month_day(around, _mon(match["m1"]), _sure(match["d1"]), _int(match["year"]))
    if match["m1"]:
        return cal.month_named(around, _mon(match["m1"]), _int(match["year"]))
    return cal.named_year(int(match["only"])) if match["only"] else None


_POINT = (
    rf"(?:(?:(?P<step>next|last|this)\s+)?(?P<wd>{_DAY})\b|(?P<m1>{_MON})(?:\s+(?P<d1>{_NUM}))?(?:,?\s+(?P<year>{_YEAR}))?|"
    rf"(?P<only>{_YEAR}))"
)


def _step(word: str | None) -> str:
    step = re.sub(r"\s+", " ", (word or "").lower().removeprefix("the ")).strip()
    if step in {"last", "past", "previous", "this past"}:
        return "last"
    if step in {"next", "following"}:
        return "next"
    return "this" if step in {"this", "this coming", "coming", "upcoming"} else ""


def _named_weekday(match: re.Match[str], around: Around) -> Range | None:
    return cal.weekday(around, _weekday(match["wd"]), _step(match["step"]))


def _weekdays(match: re.Match[str], around: Around) -> Range | None:
    """Monday to Thursday; Friday and Saturday."""
    first, last = _weekday(match["w1"]), _weekday(match["w2"])
    length = (last - first) % 7
    if around.direction == "future":
        start = cal.weekday(around, first)[0]
        running = start - timedelta(days=7)
        if running <= around.base <= running + timedelta(days=length):
            start = running
    else:
        start = cal.weekday(around, last)[0] - timedelta(days=length)
    return start, start + timedelta(days=length)


def _month_only(match: re.Match[str], around: Around) -> Range | None:
    step = _step(match["step"])
    inner = Around(around.base, {"last": "past", "next": "future"}.get(step, around.direction))  # type: ignore[arg-type]
    number = _mon(match["m1"])
    whole = cal.month_named(inner, number, _int(match["year"]))
    if step and whole and whole[0] <= around.base <= whole[1]:
        shift = {"last": -1, "next": 1}.get(step, 0)
        whole = cal.whole_month(whole[0].year + shift, number)
    return cal.third(whole, _part(match["part"])) if whole and match["part"] else whole


def _part(words: str) -> str:
    said = words.lower()
    if "half" in said:
        return "early" if "first" in said else "late"
    if "mid" in said:
        return "mid"
    return "late" if "late" in said or "end" in said else "early"


_UNIT = {"week": cal.week, "month": cal.month, "year": cal.year, "weekend": cal.weekend}


def _unit(match: re.Match[str], around: Around) -> Range | None:
    """This week, early next month, later this year, the end of the month."""
    unit, base = match["unit"].lower(), around.base
    offset = {"last": -1, "next": 1}.get(_step(match["step"]), 0)
    if unit == "quarter":
        first = cal.month(base, 3 * offset - (base.month - 1) % 3)[0]
        return first, cal.month(first, 2)[1]
    if unit == "weekend" and offset == -1 and base.weekday() == 6:
        return cal.weekend(base, -1)
    first, last = _UNIT[unit](base, offset)
    part = (match["part"] or "").lower()
    if part.startswith("earlier"):
        return (first, min(last, base)) if first <= base else (first, last)
    if part.startswith("later"):
        return (max(first, base), last) if base <= last else (first, last)
    return cal.third((first, last), _part(part)) if part else (first, last)


def _the_weekend(match: re.Match[str], around: Around) -> Range | None:
    """Over the weekend: the one to come, or the one that has begun last."""
    ahead = around.direction == "future" and not match[0].lower().startswith("spent")
    offset = 0 if ahead or around.base.weekday() >= _SATURDAY else -1
    return cal.weekend(around.base, offset)


_SATURDAY = 5


def _count(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]


def _shift(base: date, unit: str, count: int) -> date | None:
    if abs(count) > _MOST_UNITS:
        return None
    kind = unit.lower().rstrip("s")
    if kind == "day":
        return base + timedelta(days=count)
    if kind == "week":
        return base + timedelta(weeks=count)
    number = base.year * 12 + base.month - 1 + (count if kind == "month" else 12 * count)
    if not 1900 * 12 <= number < 2200 * 12:
        return None
    first, last = cal.whole_month(number // 12, number % 12 + 1)
    return first.replace(day=min(base.day, last.day))


def _ago(match: re.Match[str], around: Around) -> Range | None:
    found = _shift(around.base, match["unit"], -_count(match["count"]))
    return (found, found) if found else None


def _ahead(match: re.Match[str], around: Around) -> Range | None:
    found = _shift(around.base, match["unit"], _count(match["count"]))
    return (found, found) if found else None


def _ahead_if_future(match: re.Match[str], around: Around) -> Range | None:
    """In two weeks: in the past tense it says how long something took, or the first time since."""
    return _ahead(match, around) if around.direction == "future" else None


def _span_of(match: re.Match[str], around: Around) -> Range | None:
    """The past three days, the next two weeks."""
    back = match["way"].lower() in {"past", "last", "previous"}
    found = _shift(around.base, match["unit"], _count(match["count"]) * (-1 if back else 1))
    if found is None:
        return None
    return (found, around.base) if back else (around.base, found)


_SAID = {
    "day before yesterday": -2, "yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "this morning": 0,
    "this afternoon": 0, "this evening": 0, "tomorrow": 1, "day after tomorrow": 2,
}  # fmt: skip


def _said(match: re.Match[str], around: Around) -> Range | None:
    said = re.sub(r"\s+", " ", match["said"].lower()).removeprefix("the ")
    if said == "overnight":
        return around.base - timedelta(days=1), around.base
    return cal.day(around.base, _SAID[said])


def _in_year(match: re.Match[str], around: Around) -> Range | None:
    del around
    whole = cal.named_year(int(match["only"]))
    return cal.third(whole, _part(match["part"])) if whole and match["part"] else whole


def _i(pattern: str) -> str:
    return f"(?i:{pattern})"


_OPTIONAL = (_LEAD, rf"(?:,?\s+(?P<year>{_YEAR}))?")
_MARKED: tuple[tuple[str, Mark], ...] = (
    (_MON, "month"), (_SURE_MON, "month"), (_DAY, "weekday"), (_YEAR, "year"), (_UNITS, "unit"),
    ("week|month|year", "unit"), ("weekend", "unit"), (_SAID_WORDS, "said"),
)  # fmt: skip


def _needs(pattern: str) -> frozenset[Mark]:
    """The marks of which each match of `pattern` holds one, read off its parts."""
    for part in _OPTIONAL:
        pattern = pattern.replace(part, "")
    needs = frozenset(mark for part, mark in _MARKED if part in pattern)
    if not needs:
        raise ValueError(f"no word marks the phrases of {pattern}")
    return needs


DIGITS, YEAR = "#", "#year"
"""Stand for a word that begins with a digit, and for one that is a year, among what must stand near."""


class Rule(NamedTuple):
    """A phrase, what it means, and what it never stands without: one of the marks `needs` in it, and one of the words
    `cues` (empty: no word is sure).
    """

    pattern: re.Pattern[str]
    handler: Handler
    needs: frozenset[Mark]
    cues: frozenset[str]


RULES: tuple[Rule, ...] = tuple(
    Rule(re.compile(rf"(?<![\w-]){pattern}(?!\w)"), handler, _needs(pattern), frozenset(cues.split()))
    for pattern, handler, cues in (
        (rf"(?P<year>{_YEAR})-(?P<month>[01]\d)-(?P<day>[0-3]\d)", _iso, DIGITS),
        (rf"(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?P<year>{_YEAR})", _iso, DIGITS),
        (rf"(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/(?P<year>{_YEAR})", _iso, DIGITS),
        (rf"(?P<day>1[3-9]|2\d|3[01])/(?P<month>0?[1-9]|1[0-2])/(?P<year>{_YEAR})", _iso, DIGITS),
        (
            (rf"(?:{_i('from|between|on')}\s+)?{_LEAD}(?P<m1>{_MON})\s+(?P<d1>{_NUM})(?:(?:,\s+{_NUM}){{0,4}}(?:,?\s+and\s+)|{_TO}){_LEAD}"
            rf"(?:(?P<m2>{_MON})\s+)?(?P<d2>{_NUM})(?:,?\s+(?P<year>{_YEAR}))?"),
            _month_days, DIGITS,
        ),
        (
            (rf"(?:{_i('from|between|on')}\s+)?(?P<d1>{_NUM})(?:{_TO}|\s+and\s+)(?P<d2>{_NUM})\s+(?:of\s+)?(?P<m1>{_MON})"
            rf"(?:,?\s+(?P<year>{_YEAR}))?"),
            _month_days, DIGITS,
        ),
        (
            (rf"(?:{_i('from|between|on')}\s+)?{_LEAD}(?P<d1>{_NUM})\s+(?P<m1>{_MON})(?:{_TO}|\s+and\s+){_LEAD}"
            rf"(?P<d2>{_NUM})\s+(?P<m2>{_MON})(?:,?\s+(?P<year>{_YEAR}))?"),
            _split_days, DIGITS,
        ),
        (rf"(?P<bound>{_i('through|until|till|thru|since|by')})\s+{_POINT}{_PART_OF_DAY}",
         _bounded, "through until till thru since by"),
        (rf"(?:{_i('on')}\s+)?{_LEAD}(?P<m1>{_MON})\s+(?P<d1>{_NUM})(?:,?\s+(?P<year>{_YEAR}))?{_NO_TITLE}",
         _one_day, DIGITS),
        (
            rf"(?:{_i('on')}\s+)?{_LEAD}(?:{_i('the')}\s+)?(?P<d1>{_NUM})\s+(?:of\s+)?(?P<m1>{_MON})(?:,?\s+(?P<year>{_YEAR}))?",
            _one_day, DIGITS,
        ),
        (rf"(?:{_i('from|between')}\s+)?(?P<w1>{_DAY})(?:{_TO}|\s+and\s+)(?P<w2>{_DAY})", _weekdays, ""),
        (
            (rf"{_NO_FIRST_NAME}(?:{_i('on')}\s+)?(?:{_i('late|early')}\s+)?(?:{_i('the')}\s+)?(?:(?P<step>{_i(_STEP)})\s+)?"
            rf"(?P<wd>{_DAY}){_i(_PART_OF_DAY)}"),
            _named_weekday, "",
        ),
        (
            rf"(?P<part>{_i(_PART)})[\s-]+(?:(?P<step>{_i('next|last|this')})\s+)?(?P<m1>{_MON})(?:,?\s+(?P<year>{_YEAR}))?",
            _month_only, "early mid late of",
        ),
        (rf"(?P<part>{_i('end')})-(?P<step>(?!))?(?P<m1>{_MON})(?:,?\s+(?P<year>{_YEAR}))?", _month_only, "end"),
        (rf"(?P<part>(?!))?(?P<step>{_i('next|last|this')})\s+(?P<m1>{_MON})(?P<year>(?!))?",
         _month_only, "next last this"),
        (rf"(?P<part>(?!))?(?P<step>(?!))?(?:{_i('in')}\s+)?(?P<m1>{_MON}),?\s+(?P<year>{_YEAR})", _month_only, YEAR),
        (rf"(?P<part>(?!))?(?P<step>(?!))?{_i('in|during')}\s+(?P<m1>{_MON})(?P<year>(?!))?", _month_only, "in during"),
        (
            rf"(?P<part>(?!))?(?P<step>(?!))?{_i('for|of|around|before|after')}\s+(?P<m1>{_SURE_MON})(?![.\s]*\d{{1,2}}(?!\d))(?P<year>(?!))?",
            _month_only, "for of around before after",
        ),
        (
            (rf"(?:(?P<part>{_i('early|mid|late|earlier|later')})[\s-]+)?(?:{_i('the')}\s+)?"
            rf"(?P<step>{_i(_STEP)})\s+"
            rf"(?P<unit>{_i('weekend|week|month|year|quarter')})(?!['’]s\s+end)"),
            _unit, "next last this coming upcoming past following previous",
        ),
        (rf"(?P<part>{_i(_EDGE)})\s+{_i('the')}\s+(?P<step>(?!))?(?P<unit>{_i('week|month|year')})", _unit, "of"),
        (rf"(?P<part>{_i(_EDGE)})\s+(?P<step>{_i('this|next|last')})\s+(?P<unit>{_i('week|month|year')})", _unit, "of"),
        (rf"{_i('over|at|during|spent|through')}\s+the\s+(?P<unit>{_i('weekend')})(?!['’]s)",
         _the_weekend, "over at during spent through"),
        (rf"(?P<count>{_i(_COUNT)})\s+(?P<unit>{_i(_UNITS)})\s+{_i('ago|earlier today')}", _ago, "ago earlier"),
        (rf"(?P<count>{_i(_COUNT)})\s+(?P<unit>{_i(_UNITS)})\s+{_i('from (?:now|today)')}", _ahead, "from"),
        (rf"{_i('in')}\s+(?P<count>{_i(_COUNT)})\s+(?P<unit>{_i(_UNITS)})(?:['’]s?)?\s*{_i('time')}", _ahead, "in"),
        (rf"{_i('in')}\s+(?P<count>{_i(_COUNT)})\s+(?P<unit>{_i(_UNITS)})", _ahead_if_future, "in"),
        (
            rf"(?:{_i('the')}\s+)?(?P<way>{_i('past|last|previous|next|coming')})\s+(?P<count>{_i(_COUNT)})\s+(?P<unit>{_i(_UNITS)})",
            _span_of, "past last previous next coming",
        ),
        (rf"(?P<said>{_i(_SAID_WORDS)}){_PART_OF_DAY}", _said, ""),
        (rf"(?:(?P<part>{_i(_PART)})[\s-]+|{_i('in|during|of')}\s+)(?P<only>{_YEAR})(?![-/]\d)",
         _in_year, "early mid late of in during"),
    )
)  # fmt: skip
"""In order of trust; of two that overlap the one that starts first wins, then the longer one."""
