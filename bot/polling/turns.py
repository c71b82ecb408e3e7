"""Politeness: each publisher is asked by a few requests at a time, at a steady rate after a first burst."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiolimiter import AsyncLimiter

# Labels under which registries of two-letter domains sell names: bbc.co.uk is a publisher, co.uk is not.
_SECOND_LEVEL = frozenset(
    ("ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "gub", "gv", "mil", "ne", "net", "nom", "or", "org")
)
_REMEMBERED = 2_000  # publishers whose last requests we remember; idle ones are forgotten beyond that


def publisher_of(host: str) -> str:
    """The registrable domain of `host`, near enough to be polite by; addresses stand for themselves.

    Not the Public Suffix List: two labels, or three under a second-level label of a country.
    """
    labels = host.rstrip(".").lower().split(".")
    if ":" in host or labels[-1].isdigit() or len(labels) <= 2:
        return host.lower()
    wide = len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if wide else labels[-2:])


@dataclass(slots=True)
class _Queue:
    places: asyncio.Semaphore
    rate: AsyncLimiter
    users: int = 0


class Turns:
    """Hands out turns to ask a publisher. Bound to one event loop; holds no task and needs no closing."""

    def __init__(self, *, at_once: int, burst: int, spacing: float) -> None:
        """At most `at_once` requests in flight; after `burst` quick ones, one every `spacing` seconds."""
        self._at_once, self._burst, self._spacing = at_once, burst, spacing
        self._queues: dict[str, _Queue] = {}

    def __len__(self) -> int:
        return len(self._queues)

    def __contains__(self, publisher: str) -> bool:
        return publisher in self._queues

    @asynccontextmanager
    async def turn(self, publisher: str, *, rated: bool = True) -> AsyncIterator[None]:
        """Wait for a turn and hold it. `rated` False skips the rate, for servers of the operator's own."""
        queue = self._queue(publisher)
        queue.users += 1
        try:
            async with queue.places:
                if rated:
                    await queue.rate.acquire()
                yield
        finally:
            queue.users -= 1

    def _queue(self, publisher: str) -> _Queue:
        queue = self._queues.pop(publisher, None)
        if queue is None:
            rate = AsyncLimiter(self._burst, self._burst * self._spacing)
            queue = _Queue(places=asyncio.Semaphore(self._at_once), rate=rate)
        self._queues[publisher] = queue  # last in, so that the first ones are the longest unused
        if len(self._queues) > _REMEMBERED:
            self._forget()
        return queue

    def _forget(self) -> None:
        idle = [name for name, queue in self._queues.items() if not queue.users]
        for name in idle[: len(self._queues) // 4]:
            del self._queues[name]
