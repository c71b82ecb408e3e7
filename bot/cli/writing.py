"""Key points for commands over single items: by the language model where one is set up, else by extraction."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.bootstrap import story_writer
from bot.config import Settings
from bot.model import Summary
from bot.ports import Budget, Reading, Summarizer
from bot.service.tasks import StoryRequest
from bot.service.workers import WorkerPool


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes key points; `turns` lets none wait for the model behind more than it works on."""

    pool: WorkerPool
    model: Summarizer | None
    turns: asyncio.Semaphore

    async def reading(self, reading: Reading, budget: Budget) -> Reading:
        """The reading with points by the model; as it is without one."""
        if self.model is None or not reading.summary.points:
            return reading
        return replace(reading, summary=await self.summary([reading], budget))

    async def summary(self, readings: Sequence[Reading], budget: Budget) -> Summary:
        """Points of one story; the extractive ones say why they stand in for the model's."""
        if self.model is None:
            return await self.pool.run(StoryRequest(readings=tuple(readings), budget=budget), Summary)
        async with self.turns:
            return await self.model.summarize(readings, budget)


@asynccontextmanager
async def writing(settings: Settings, pool: WorkerPool) -> AsyncIterator[Writer]:
    """A writer while the context is open."""
    async with story_writer(settings, pool) as model:
        yield Writer(pool=pool, model=model, turns=asyncio.Semaphore(max(1, settings.summarizer.concurrency)))
