"""The extractive summarizer behind its port: computed in a worker process, never on the event loop."""

from collections.abc import Sequence

from bot.errors import WorkerError
from bot.model import Summary
from bot.ports import Budget, Reading
from bot.service.tasks import StoryRequest
from bot.service.workers import URGENT, WorkerPool


class PooledSummarizer:
    """ports.Summarizer over the worker pool. When a worker fails on a story, its first article's points stand in."""

    def __init__(self, pool: WorkerPool) -> None:
        self._pool = pool

    async def summarize(self, readings: Sequence[Reading], budget: Budget = Budget()) -> Summary:
        """See ports.Summarizer."""
        try:
            return await self._pool.run(StoryRequest(readings=tuple(readings), budget=budget), Summary, priority=URGENT)
        except WorkerError:
            return readings[0].summary
