"""The day on which an article was written, in its own zone: what "today" means in it."""

import re
from datetime import UTC, date, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.model import Article

# Times beside the headline name their zone: "10:52 JST, May 20, 2025". Hours from UTC (IANA names of the letters).
_HOURS = {
    "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "PHT": 8, "WIB": 7, "ICT": 7, "PKT": 5, "GST": 4, "MSK": 3, "AST": 3,
    "EAT": 3, "EEST": 3, "EET": 2, "SAST": 2, "CEST": 2, "CET": 1, "WAT": 1, "BST": 1, "GMT": 0, "UTC": 0, "BRT": -3,
    "ART": -3, "EDT": -4, "EST": -5, "CDT": -5, "PDT": -7, "PST": -8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
_ZONE_LETTERS = re.compile(rf"\b\d{{1,2}}[:.]\d\d\s*(?:[ap]\.?m\.?\s*)?\(?({'|'.join(_HOURS)})\b", re.IGNORECASE)

_TOP_LEVEL = {
    "jp": "Asia/Tokyo", "kr": "Asia/Seoul", "cn": "Asia/Shanghai", "tw": "Asia/Taipei", "hk": "Asia/Hong_Kong",
    "sg": "Asia/Singapore", "ph": "Asia/Manila", "vn": "Asia/Ho_Chi_Minh", "th": "Asia/Bangkok", "id": "Asia/Jakarta",
    "my": "Asia/Kuala_Lumpur", "in": "Asia/Kolkata", "pk": "Asia/Karachi", "ir": "Asia/Tehran", "il": "Asia/Jerusalem",
    "tr": "Europe/Istanbul", "ru": "Europe/Moscow", "ua": "Europe/Kyiv", "pl": "Europe/Warsaw", "de": "Europe/Berlin",
    "fr": "Europe/Paris", "it": "Europe/Rome", "es": "Europe/Madrid", "uk": "Europe/London", "ie": "Europe/Dublin",
    "ca": "America/Toronto", "br": "America/Sao_Paulo", "ar": "America/Argentina/Buenos_Aires",
    "mx": "America/Mexico_City",
    "au": "Australia/Sydney", "nz": "Pacific/Auckland", "za": "Africa/Johannesburg", "ke": "Africa/Nairobi",
    "ng": "Africa/Lagos", "eg": "Africa/Cairo", "sa": "Asia/Riyadh", "ae": "Asia/Dubai", "qa": "Asia/Qatar",
}  # fmt: skip
_LANGUAGES = {"ja": "Asia/Tokyo", "ko": "Asia/Seoul", "zh": "Asia/Shanghai"}
"""Languages that are read in one zone. The others are spread too far to say."""

_PLACES = {
    "washington": "America/New_York", "new york": "America/New_York", "united nations": "America/New_York",
    "ottawa": "America/Toronto", "mexico city": "America/Mexico_City", "tokyo": "Asia/Tokyo", "seoul": "Asia/Seoul",
    "beijing": "Asia/Shanghai", "shanghai": "Asia/Shanghai", "hong kong": "Asia/Hong_Kong", "taipei": "Asia/Taipei",
    "manila": "Asia/Manila", "singapore": "Asia/Singapore", "jakarta": "Asia/Jakarta", "bangkok": "Asia/Bangkok",
    "hanoi": "Asia/Ho_Chi_Minh", "new delhi": "Asia/Kolkata", "islamabad": "Asia/Karachi",
    "canberra": "Australia/Sydney",
    "sydney": "Australia/Sydney", "wellington": "Pacific/Auckland", "brasilia": "America/Sao_Paulo",
    "buenos aires": "America/Argentina/Buenos_Aires", "los angeles": "America/Los_Angeles",
}  # fmt: skip
"""Datelines far from UTC, where the day of writing may differ from the day in UTC."""

_NEAR = timedelta(days=10)
"""A dateline further than this from the publication is a misread number."""


def base_day(article: Article) -> date:
    """The dateline's day, else the day of publication (or arrival) in the zone that the article shows."""
    written = article.when.astimezone(_zone(article)).date()
    if article.dateline is not None and article.dateline.date is not None:
        told = article.dateline.date
        if article.published is None or abs(told - written) <= _NEAR:
            return told
    return written


def _zone(article: Article) -> tzinfo:
    """A zone beside the time of day, else the outlet's country by its address, the language's, the place's."""
    for line in article.furniture[:40]:
        match = _ZONE_LETTERS.search(line[:200])
        if match:
            return timezone(timedelta(hours=_HOURS[match[1].upper()]))
    name = _TOP_LEVEL.get(_top_level(article.url)) or _LANGUAGES.get(article.language)
    if name is None and article.dateline is not None:
        name = _PLACES.get(article.dateline.place.casefold().split(",")[0].strip())
    return _named(name) if name else UTC


def _top_level(url: str | None) -> str:
    match = re.match(r"https?://[^/:?#]*\.([a-z]{2})(?=[:/?#]|$)", url or "", re.IGNORECASE)
    return match[1].lower() if match else ""


@cache
def _named(name: str) -> tzinfo:
    """The zone, or UTC where the machine has no zone data."""
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return UTC
