"""Summaries behind their ports: computed in a worker process, never on the event loop."""

from collections.abc import Sequence
from dataclasses import replace

from bot.errors import WorkerError
from bot.model import Summary
from bot.ports import Budget, Reading
from bot.service.tasks import StoryRequest
from bot.service.workers import URGENT, WorkerPool

ONE_ARTICLE = "The story as a whole could not be summarized just now; these are the points of its first article."
"""For readers: what the other articles add is missing."""


class PooledSummarizer:
    """ports.Summarizer over the worker pool. When a worker fails on a story, its first article's points stand in, and
    say so: what says so is shown once and kept by nobody.
    """

    def __init__(self, pool: WorkerPool) -> None:
        self._pool = pool

    async def summarize(self, readings: Sequence[Reading], budget: Budget = Budget()) -> Summary:
        """See ports.Summarizer."""
        try:
            return await self._pool.run(StoryRequest(readings=tuple(readings), budget=budget), Summary, priority=URGENT)
        except WorkerError:
            first = readings[0].summary
            return first if len(readings) == 1 else replace(first, fallback=ONE_ARTICLE)
