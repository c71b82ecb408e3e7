"""When a digest is due: wall-clock times in a zone, as moments in UTC.

A time that the zone skips (clocks go forward) runs at the first valid instant after; one that it has twice (clocks go
back) runs the first time only. A day that the zone skips whole (Apia had no 30 December 2011) has no slots. Slots that
fall together on one instant are one slot.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model import Schedule

_SEARCH_DAYS = 17
"""Two weeks and the day on either side: a weekly slot whose one day the zone skipped is found the week after."""
_DAY = timedelta(days=1)


def next_slot(schedule: Schedule, after: datetime) -> datetime:
    """The first slot later than `after`, in UTC. Raises ZoneInfoNotFoundError for an unknown zone."""
    for slot in _slots_from(schedule, after, _SEARCH_DAYS):
        if slot > after:
            return slot
    raise ValueError(f"no slot within {_SEARCH_DAYS} days of {after.isoformat()}")


def slots_between(schedule: Schedule, after: datetime, until: datetime) -> tuple[datetime, ...]:
    """All slots later than `after` and not later than `until`, in UTC, rising."""
    days = max(0, (until - after) // _DAY) + 3
    return tuple(slot for slot in _slots_from(schedule, after, days) if after < slot <= until)


def slot_id(subscription_id: str, due: datetime) -> str:
    """The name of one slot of one subscription, for ever: nothing is sent twice under it."""
    return f"{subscription_id}@{due.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _slots_from(schedule: Schedule, after: datetime, days: int) -> Iterator[datetime]:
    """Slots from the local day before `after` on, rising, without repeats."""
    zone = ZoneInfo(schedule.zone)
    first = after.astimezone(zone).date() - _DAY
    last = None
    for day in (first + i * _DAY for i in range(days)):
        if day.weekday() not in schedule.weekdays or not _exists(day, zone):
            continue
        for slot in sorted({_instant(datetime.combine(day, time), zone) for time in schedule.times}):
            if last is None or slot > last:
                yield slot
                last = slot


def _exists(day: date, zone: ZoneInfo) -> bool:
    """Whether the zone has any instant of `day`: its noon either stands, or is moved by less than a day."""
    noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - a wall-clock time, zone given beside it
    return _instant(noon, zone).astimezone(zone).date() == day


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the zone's clocks first show `wall`, or the first valid one after."""
    moment = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall.replace(fold=0):
        return moment
    # In a gap, fold 0 reckons with the offset before it and lands after, fold 1 the other way round (PEP 495).
    low, high = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), moment
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        middle -= timedelta(microseconds=middle.microsecond)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high
