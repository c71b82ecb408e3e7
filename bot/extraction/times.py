"""Times as pages print them: "10:52 JST, May 20, 2025", "Publié le 3 mai 2025 à 10h30", "2025年5月20日 10時52分".

Only whole dates with a year count. A time without a zone is taken as UTC; the caller is told so by `zoned`.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from datetime import date as Day
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from bot.extraction.months import MONTHS, REGIONAL_ZONES, ZONES

_WORD = r"[^\W\d_]{3,12}"
_MONTH_FIRST = re.compile(rf"\b({_WORD})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.IGNORECASE)
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?[ -](?:de |of )?({_WORD})\.?,?[ -](?:de |del )?(\d{{4}})\b", re.IGNORECASE
)
_CJK_DAY = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_ISO_DAY = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_DOTTED_DAY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_SLASHED_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_CLOCK = re.compile(
    r"(?<![\d.,])(\d{1,2})(?:[:h]|時|点|시 ?|\.(?=\d\d ?[ap]\.?m))(\d{2})?(?:[:분](\d{2}))?[분分]?"
    r"\s?(a\.?m\b\.?|p\.?m\b\.?)?(?:\s?(?:Uhr|heures))?"
    r"(?:,?\s?\(?([A-ZА-Я]{1,5})\b\)?)?(?:\s?([+-]\d{1,2}):?(\d{2})?\b)?",
    re.IGNORECASE,
)
_KANA, _HANGUL, _HAN = re.compile("[ぁ-ヺ]"), re.compile("[가-힣]"), re.compile("[一-鿿]")
_EARLIEST, _LATEST = 1990, 2100
"""News on the web; other years in a line are numbers, not dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTime:
    """A time that a line states. `exact` False: a day only (its midnight); `zoned` False: no zone, taken as UTC."""

    at: datetime
    exact: bool
    zoned: bool


def day_of(year: int, month: int, day: int) -> Day | None:
    """The date, or None where there is none such or the year is out of the web's time."""
    try:
        return Day(year, month, day) if _EARLIEST <= year <= _LATEST else None
    except ValueError:
        return None


def find_day(text: str) -> Day | None:
    """The first whole date in a short text, in the order of the forms below; None when there is none."""
    if m := _CJK_DAY.search(text) or _ISO_DAY.search(text):
        return day_of(int(m[1]), int(m[2]), int(m[3]))
    if (m := _MONTH_FIRST.search(text)) and (month := MONTHS.get(m[1].lower())):
        return day_of(int(m[3]), month, int(m[2]))
    for m in _DAY_FIRST.finditer(text):
        if month := MONTHS.get(m[2].lower()):
            return day_of(int(m[3]), month, int(m[1]))
    if m := _DOTTED_DAY.search(text):
        return day_of(int(m[3]), int(m[2]), int(m[1]))
    if m := _SLASHED_DAY.search(text):
        first, second, year = int(m[1]), int(m[2]), int(m[3])
        return day_of(year, second, first) if first > 12 else day_of(year, first, second)
    return None


def find_time(text: str) -> PrintedTime | None:
    """The first date of a short line with its time of day; None when it holds no whole date."""
    day = find_day(text)
    if day is None:
        return None
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for m in _CLOCK.finditer(text):
        if at := _on_clock(midnight, m):
            return at
    return PrintedTime(at=midnight, exact=False, zoned=False)


def _on_clock(midnight: datetime, m: re.Match[str]) -> PrintedTime | None:
    hour, minute, second = int(m[1]), int(m[2] or 0), int(m[3] or 0)
    half = (m[4] or "").lower().replace(".", "")
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        local = midnight.replace(hour=hour, minute=minute, second=second)
        zone = _zone((m[5] or "").lower(), m[6], m[7])
        at = local if zone is None else local.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return PrintedTime(at=at, exact=True, zoned=zone is not None)


def _zone(name: str, hours: str | None, minutes: str | None) -> timezone | ZoneInfo | None:
    if hours is not None and name in ("", "utc", "gmt"):
        sign = -1 if hours.startswith("-") else 1
        return timezone(sign * timedelta(hours=abs(int(hours)), minutes=int(minutes or 0)))
    if name in REGIONAL_ZONES:
        return ZoneInfo(REGIONAL_ZONES[name])
    return timezone(ZONES[name]) if name in ZONES else None


def parse_stamp(value: str) -> datetime | None:
    """A machine's time stamp (ISO 8601, RFC 2822, else as printed) in UTC; None when it is none."""
    value = value.strip()[:60]
    try:
        return _utc(datetime.fromisoformat(value))
    except (ValueError, OverflowError):
        pass
    try:
        return _utc(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    found = find_time(value)
    return found.at if found else None


def _utc(at: datetime) -> datetime | None:
    if not _EARLIEST <= at.year <= _LATEST:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def local_zone(text: str) -> timedelta | None:
    """The offset that a time without a zone has when the text's script tells: Japanese, Korean, Chinese; else None.

    Each is written mostly in one zone; Chinese stands for UTC+8 (mainland, Taiwan, Hong Kong, Singapore).
    """
    kana = len(_KANA.findall(text))
    hangul = len(_HANGUL.findall(text))
    if max(kana, hangul) * 20 > len(text):
        return timedelta(hours=9)
    return timedelta(hours=8) if len(_HAN.findall(text)) * 4 > len(text) else None
