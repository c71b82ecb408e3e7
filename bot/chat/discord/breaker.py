"""Stops sending long before Discord would ban the address: at 10,000 invalid requests (401, 403, 429) in 10 minutes.

<https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>
"""

from collections import deque
from datetime import timedelta

WINDOW = timedelta(minutes=10)
LIMIT = 500
"""A twentieth of what Discord bears: other processes behind the same address count too."""
INVALID = frozenset({401, 403, 429})


class Breaker:
    """Counts invalid requests; times are a monotonic clock's seconds."""

    def __init__(self, limit: int = LIMIT, window: timedelta = WINDOW) -> None:
        self._window = window.total_seconds()
        self._marks: deque[float] = deque(maxlen=limit)

    def note(self, status: int, now: float) -> None:
        """A request was answered with `status`."""
        if status in INVALID:
            self._marks.append(now)

    def wait(self, now: float) -> timedelta | None:
        """How long nothing may be sent; None while all is well."""
        if len(self._marks) < (self._marks.maxlen or 0):
            return None
        left = self._marks[0] + self._window - now
        return timedelta(seconds=left) if left > 0 else None
