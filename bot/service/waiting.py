"""Entries whose page could not be had: when each is tried again. Kept in memory: after a restart all are tried."""

from datetime import datetime, timedelta

FIRST = timedelta(minutes=2)
"""After the first failure. A round looks at what is pending every 20 seconds: without a pause one page would be asked
for a thousand times while it is waited for."""

LONGEST = timedelta(minutes=30)
"""The pause doubles up to this: a page is waited for six hours."""

FORGOTTEN = timedelta(hours=12)
"""After its last try an entry is no longer pending, or its source is gone."""


class Waiting:
    """Remembers how often each entry was tried in vain."""

    def __init__(self) -> None:
        self._tries: dict[str, tuple[int, datetime]] = {}

    def at(self, now: datetime) -> set[str]:
        """The entries that are not to be tried yet. A clock that was set back keeps none waiting."""
        self._tries = {
            entry: (count, last) for entry, (count, last) in self._tries.items() if abs(now - last) < FORGOTTEN
        }
        return {entry for entry, (count, last) in self._tries.items() if timedelta(0) <= now - last < _pause(count)}

    def failed(self, entry_id: str, now: datetime) -> None:
        """It was tried in vain once more."""
        count, _ = self._tries.get(entry_id, (0, now))
        self._tries[entry_id] = (count + 1, now)

    def done(self, entry_id: str) -> None:
        """It needs no more tries."""
        self._tries.pop(entry_id, None)


def _pause(count: int) -> timedelta:
    doubled: timedelta = FIRST * (1 << min(count - 1, 16))
    return min(doubled, LONGEST)
