"""When a digest is due: wall-clock times in a zone, as moments in UTC.

A time that the zone skips (clocks go forward) runs at the first valid instant after; one that it has twice (clocks go
back) runs the first time only. A day that the zone skips whole (Apia had no 30 December 2011) has no slots. Slots that
fall together on one instant are one slot.

"Every six hours" counts hours that really pass: over a clock change the pause stays six hours, and the time of day
moves. A live digest has no slots of its own: it is looked at whenever there is news.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model import Schedule

_SEARCH_DAYS = 17
"""Two weeks and the day on either side: a weekly slot whose one day the zone skipped is found the week after."""
_DAY = timedelta(days=1)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Where hours are counted from when nobody says: a midnight."""


def next_slot(schedule: Schedule, after: datetime) -> datetime:
    """The first slot later than `after`, in UTC; `after` itself for a live one, which is due at any time.

    Raises ZoneInfoNotFoundError for an unknown zone.
    """
    if schedule.live:
        return after
    for slot in _slots_from(schedule, after, _SEARCH_DAYS):
        if slot > after:
            return slot
    raise ValueError(f"no slot within {_SEARCH_DAYS} days of {after.isoformat()}")


def slots_between(schedule: Schedule, after: datetime, until: datetime) -> tuple[datetime, ...]:
    """All slots later than `after` and not later than `until`, in UTC, rising; () for a live schedule."""
    if schedule.live:
        return ()
    days = max(0, (until - after) // _DAY) + 3
    return tuple(slot for slot in _slots_from(schedule, after, days) if after < slot <= until)


def slot_id(subscription_id: str, due: datetime) -> str:
    """The name of one slot of one subscription, for ever: nothing is sent twice under it."""
    return f"{subscription_id}@{due.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _slots_from(schedule: Schedule, after: datetime, days: int) -> Iterator[datetime]:
    """Slots of about `days` days, from before `after` or just behind it on, rising, without repeats."""
    if schedule.every is not None:
        yield from _hourly(schedule, schedule.every, after, days)
        return
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


def _hourly(schedule: Schedule, hours: int, after: datetime, days: int) -> Iterator[datetime]:
    zone, step, anchor = ZoneInfo(schedule.zone), timedelta(hours=hours), schedule.anchor or _EPOCH
    slot = anchor + ((after - anchor) // step + 1) * step
    for _ in range(days * _DAY // step + 1):
        if slot.astimezone(zone).weekday() in schedule.weekdays:
            yield slot
        slot += step


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
