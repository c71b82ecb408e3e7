"""The one rule about time: values hold aware datetimes in UTC."""

from datetime import UTC, datetime


def require_utc(moment: datetime, name: str) -> datetime:
    """Return `moment` in UTC; raise ValueError when it has no zone, for a naive time is a guess."""
    if moment.tzinfo is None:
        raise ValueError(f"{name} has no time zone: {moment!r}")
    return moment.astimezone(UTC)
