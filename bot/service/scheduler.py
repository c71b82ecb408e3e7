"""The clock of the system: a handful of jobs in UTC, kept by APScheduler.

Digests are not jobs: each is a row with its next slot, looked at by the dispatch job, so that a missed tick, a
restart or a changed clock loses none (see choices in docs/design.md).
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`run` every `every`, the first time at once with `soon`; never twice at a time."""

    name: str
    run: Callable[[], Awaitable[object]]
    every: timedelta
    soon: bool = True


class Scheduler:
    """Runs jobs until stopped. A job that fails is logged and runs again at its next time."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_listener(_report, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        self._running: set[asyncio.Task[object]] = set()

    def start(self, jobs: tuple[Job, ...], *, now: Callable[[], datetime]) -> None:
        """Begin. A tick that comes late runs once, however late: jobs look at what is due, not at the tick."""
        for job in jobs:
            first = {"next_run_time": now()} if job.soon else {}
            self._scheduler.add_job(
                self._tick, "interval", args=(job.run,), seconds=job.every.total_seconds(), id=job.name, name=job.name,
                max_instances=1, coalesce=True, misfire_grace_time=None, **first,
            )  # fmt: skip
        self._scheduler.start()

    async def _tick(self, run: Callable[[], Awaitable[object]]) -> None:
        """APScheduler cancels what runs when it stops: the work itself is ours, and is given time to end."""
        task = asyncio.ensure_future(run())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.shield(task)

    async def stop(self, patience: timedelta) -> None:
        """No new tick; what runs may end within `patience` and is then cancelled."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        running = set(self._running)
        if running:
            await asyncio.wait(running, timeout=patience.total_seconds())
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


def _report(event: JobExecutionEvent) -> None:
    _log.error("job_failed", job=event.job_id, error=str(event.exception), exc_info=event.exception)
