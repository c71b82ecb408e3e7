"""The language model that writes key points, where one is set up."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.ports import Clock, PreferenceStore
from bot.service import workers
from bot.service.clock import SystemClock
from bot.service.summaries import PooledSummarizer

if TYPE_CHECKING:
    from bot.summarizing.llm import LlmSummarizer, LlmTranslator


def language_model(
    settings: Settings, pool: workers.WorkerPool, preferences: PreferenceStore, clock: Clock
) -> "LlmSummarizer | None":
    """The language model that writes key points; None for the extractive backend. ConfigError without its package."""
    chosen = settings.summarizer
    if chosen.backend != "openai":
        return None
    from bot.service.desk import PooledDesk
    from bot.summarizing import llm

    llm.require_sdk()
    seconds = chosen.timeout.total_seconds()
    key = os.environ.get(chosen.api_key_env, "").strip() or None
    endpoint = llm.EndpointOptions(
        base_url=chosen.base_url or "",
        model=chosen.model or "",
        key=key,
        seconds=seconds,
        most_tokens=chosen.max_tokens,
    )
    prices = llm.Prices(question=chosen.price_input, answer=chosen.price_output, daily=chosen.daily_cost)
    options = llm.Options(
        endpoint=endpoint,
        seconds=seconds,
        daily_tokens=chosen.daily_tokens,
        prices=prices,
        concurrency=chosen.concurrency,
    )
    model = llm.Model(options, store=preferences, clock=clock)
    return llm.LlmSummarizer(model, extractive=PooledSummarizer(pool), desk=PooledDesk(pool))


def translator(summarizer: "LlmSummarizer | None", pool: workers.WorkerPool) -> "LlmTranslator | None":
    """The same model as a translator; None without one."""
    if summarizer is None:
        return None
    from bot.service.desk import PooledDesk
    from bot.summarizing import llm

    return llm.LlmTranslator(summarizer.model, desk=PooledDesk(pool))


@asynccontextmanager
async def story_writer(settings: Settings, pool: workers.WorkerPool) -> AsyncIterator["LlmSummarizer | None"]:
    """The language model for commands over single items, no more stories at once than it may be asked about; None for
    the extractive backend. Its day is counted with the bot's where there is a store; none is made.
    """
    if settings.summarizer.backend != "openai":
        yield None
        return
    from bot import storage

    path = storage.store_path(settings.store.url)
    preferences = await storage.open_preferences(settings.store.url if path and path.exists() else "memory:")
    model = language_model(settings, pool, preferences, SystemClock())
    try:
        yield model
    finally:
        if model is not None:
            await model.model.aclose()
        await preferences.close()
