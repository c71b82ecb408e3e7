"""Dates as feeds write them. Pure.

A date that cannot be read is None, never a guess: a library that reads 2025/05/20 as November, or 10:52 JST as UTC,
puts an article into the wrong digest. Where several readings are possible (03/04/2025, zone "AST") the answer is None.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_LONGEST = 80  # characters; the longest date seen in the wild, with weekday, zone and comment, has some 50

_ZONES = {
    # RFC 822, 5.1
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420,
    # in use in feeds, with one meaning there; BST and IST are the British and the Indian one
    "JST": 540, "KST": 540, "HKT": 480, "SGT": 480, "PHT": 480, "MYT": 480, "AWST": 480, "WIB": 420, "WITA": 480,
    "WIT": 540, "ICT": 420, "MMT": 390, "NPT": 345, "IST": 330, "PKT": 300, "UZT": 300, "AFT": 270, "IRST": 210,
    "MSK": 180, "TRT": 180, "EAT": 180, "EET": 120, "EEST": 180, "SAST": 120, "CAT": 120, "IDT": 180, "CET": 60,
    "CEST": 120, "MET": 60, "MEST": 120, "WAT": 60, "BST": 60, "WET": 0, "WEST": 60, "BRT": -180, "ART": -180,
    "UYT": -180, "COT": -300, "PET": -300, "AKST": -540, "AKDT": -480, "HST": -600, "ACST": 570, "ACDT": 630,
    "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
"""Minutes east of UTC."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier ene enero januar jänner gennaio gen janeiro янв января",
            "feb february févr février fev fevrier febr febrero februar febbraio fevereiro фев февраля",
            "mar march mars marzo märz mär marz março мар марта",
            "apr april avr avril abr abril aprile апр апреля",
            "may mai mayo maggio mag maio мая май",
            "jun june juin junio juni giugno giu junho июн июня",
            "jul july juil juillet julio juli luglio lug julho июл июля",
            "aug august août aout ago agosto авг августа",
            "sep sept september septembre septiembre settembre set setembro сен сентября",
            "oct october octobre octubre oktober okt ottobre ott out outubro окт октября",
            "nov november novembre noviembre novembro ноя ноября",
            "dec december déc décembre decembre dic diciembre dezember dez dicembre dezembro дек декабря",
        ),
        start=1,
    )
    for name in names.split()
}

_TIME = (
    r"(?:[T\s,]+(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?)?"
)
_ZONE = r"\s*(?P<zone>[+-]\d{1,2}(?::?\d{2})?|[A-Z]{1,5}(?:[+-]\d{1,2}(?::?\d{2})?)?)?(?:\s*\([^()]*\))?"
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?(?:\s*,\s*|\s+))?"
_MONTH = r"(?P<name>[^\W\d_]{3,10})\.?"
_FORMS = tuple(
    re.compile(form + r"\s*$", re.IGNORECASE)
    for form in (
        # 2025-05-20T10:52:00+09:00, 2025/05/20, 2025.5.20 10:52 (W3CDTF and its cousins: year first is unambiguous)
        r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})" + _TIME + _ZONE,
        # 20250520T105200Z
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        r"(?:T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?" + _ZONE,
        # Tue, 20 May 2025 10:52:00 JST; 20-May-25
        _WEEKDAY + r"(?P<day>\d{1,2})[\s\-./]+(?:de\s+)?" + _MONTH + r"[\s\-./]+(?:de\s+)?(?P<year>\d{4}|\d{2}),?"
        + _TIME + _ZONE,
        # May 20, 2025 10:52 AM
        _WEEKDAY + _MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + _TIME + _ZONE,
        # Tue May 20 10:52:00 UTC 2025 (asctime, date(1))
        _WEEKDAY + _MONTH + r"\s+(?P<day>\d{1,2})" + _TIME + _ZONE + r"\s+(?P<year>\d{4})",
        # 2025年5月20日 10:52
        r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日" + _TIME + _ZONE,
    )
)  # fmt: skip
_SLASHED = re.compile(r"(?P<one>\d{1,2})(?P<sep>[/.])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{4})(?P<rest>\D.*)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDate:
    """A moment in UTC. `zoned` False: the text names no zone, and UTC was assumed, as feed readers do."""

    moment: datetime
    zoned: bool


def read_date(text: str) -> ReadDate | None:
    """The moment that `text` names; None when it names none or more than one."""
    text = " ".join(text.split())
    if not 6 <= len(text) <= _LONGEST:
        return None
    text = _day_first(text)
    for form in _FORMS:
        found = form.match(text)
        if found:
            return _moment(found.groupdict())
    return None


def _day_first(text: str) -> str:
    """20/05/2025 turned year first where only one order of day and month is possible; else unreadable as it was."""
    found = _SLASHED.match(text)
    if found is None:
        return text
    one, two = int(found["one"]), int(found["two"])
    rest = found["rest"] or ""
    if one > 12 >= two:
        return f"{found['year']}-{two}-{one}{rest}"
    if two > 12 >= one or one == two:
        return f"{found['year']}-{one}-{two}{rest}"
    return text


def _moment(parts: dict[str, str | None]) -> ReadDate | None:
    month = _MONTHS.get((parts.get("name") or "").lower()) if parts.get("name") else int(parts["month"] or 0)
    offset = _offset(parts.get("zone"))
    hour = _hour(int(parts.get("hour") or 0), parts.get("half"))
    if month is None or offset is None or hour is None:
        return None
    year = int(parts["year"] or 0)
    if year < 100:
        year += 2000 if year < 70 else 1900  # RFC 2822, 4.3, narrowed: there are no feeds from before 1970
    # A leap second, and midnight written as 24:00, belong to the next minute and day.
    second, minute = int(parts.get("second") or 0), int(parts.get("minute") or 0)
    if minute > 59 or second > 60 or hour > 24 or (hour == 24 and (minute or second)):
        return None
    try:
        day = datetime(year, month, int(parts["day"] or 0), tzinfo=UTC)
        moment = day + timedelta(hours=hour, minutes=minute - (offset.minutes), seconds=second)
    except (ValueError, OverflowError):
        return None
    return ReadDate(moment=moment, zoned=offset.named)


@dataclass(frozen=True, slots=True)
class _Offset:
    minutes: int
    named: bool


def _offset(zone: str | None) -> _Offset | None:
    """Minutes east of UTC; None when the zone is not known to have one meaning."""
    if not zone:
        return _Offset(0, named=False)
    found = re.fullmatch(r"([A-Z]*)(?:([+-])(\d{1,2}):?(\d{2})?)?", zone.upper())
    if found is None:
        return None
    name, sign, hours, minutes = found.groups()
    if sign is None:
        return _Offset(_ZONES[name], named=True) if name in _ZONES else None
    if name not in ("", "GMT", "UTC"):
        return None
    span = int(hours) * 60 + int(minutes or 0)
    if span > 14 * 60 or int(minutes or 0) > 59:  # the largest offset in use is +14:00
        return None
    return _Offset(-span if sign == "-" else span, named=True)


def _hour(hour: int, half: str | None) -> int | None:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half.lower() == "p" else 0)
