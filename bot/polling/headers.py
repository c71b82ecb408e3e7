"""What response headers say about freshness, waiting and character sets. Pure; bad values count as absent."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST = timedelta(days=365)  # what RFC 9111 calls "a year" and nobody means to exceed
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NEVER_FRESH = re.compile(r"(?:^|[\s,])no-(?:cache|store)(?:$|[\s,=])", re.IGNORECASE)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:+-]{1,40})", re.IGNORECASE)


def http_date(value: str | None) -> datetime | None:
    """A date of RFC 9110, 5.6.7, in UTC; None when it is not one."""
    if not value or len(value) > 60:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the answer may be kept (RFC 9111, 4.2): max-age less Age, else Expires; None when nothing is said."""
    control = headers.get("cache-control", "")[:1000]
    if _NEVER_FRESH.search(control):
        return timedelta(0)
    found = _MAX_AGE.search(control)
    if found:
        age = headers.get("age", "")
        spent = int(age) if age.isascii() and age.isdigit() and len(age) <= 9 else 0
        return _bounded(timedelta(seconds=max(0, min(int(found[1]), 10**9) - spent)))
    if "expires" not in headers:
        return None
    expires = http_date(headers["expires"])
    # RFC 9111, 5.3: an Expires that cannot be read, "0" above all, means "already stale".
    return timedelta(0) if expires is None else _bounded(expires - (http_date(headers.get("date")) or now))


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """The wait that Retry-After asks for, in either form (RFC 9110, 10.2.3); None when there is none to read."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return _bounded(timedelta(seconds=int(text)))
    moment = http_date(text)
    return None if moment is None else _bounded(moment - now)


def charset_of(content_type: str) -> str | None:
    """The charset parameter of a Content-Type, lower-case; None when it names none."""
    found = _CHARSET.search(content_type[:500])
    return found[1].lower() if found else None


def _bounded(span: timedelta) -> timedelta:
    return max(timedelta(0), min(span, _LONGEST))
