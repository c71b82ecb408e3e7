"""Quiet hours: when a person is asleep, by the clock on their wall."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """From `start` to `end` on every day in the IANA zone; over midnight where `start` is the later one."""

    start: time
    end: time
    zone: str

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise ValueError("quiet hours need an end")

    def holds(self, now: datetime) -> bool:
        """Whether `now` lies in them. A clock change makes the night longer or shorter, as for the sleeper."""
        local = now.astimezone(ZoneInfo(self.zone)).time()
        if self.start < self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end

    def woke(self, now: datetime) -> datetime:
        """When they last ended, at or before `now` (outside of them)."""
        local = now.astimezone(ZoneInfo(self.zone))
        day = local.date() if local.time() >= self.end else local.date() - timedelta(days=1)
        return datetime.combine(day, self.end, ZoneInfo(self.zone)).astimezone(UTC)
