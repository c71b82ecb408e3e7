"""Beside the bot: its health, and the care of its store."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot import storage
from bot.config import Settings
from bot.errors import ConfigError, StoreError
from bot.model import SourceState
from bot.ports import Clock
from bot.service.clock import SystemClock
from bot.web.health import Vitals, serve

if TYPE_CHECKING:
    from bot.summarizing.budget import Usage

from bot.bootstrap.app import App

STALE = timedelta(hours=1)
"""A source that is due for this long means that the poller is stuck: it looks for due ones several times a minute."""


async def vitals(app: App, *, connected: bool) -> Vitals:
    """How the bot stands, for `/health` and `/metrics`."""
    states = await app.store.source_states()
    polls = [state.last_poll for state in states if state.last_poll]
    age = app.clock.now() - max(polls) if polls else None
    problem = None if connected else "Discord is not connected."
    trouble = app.store.trouble()
    if trouble is not None:
        problem = f"Nothing is sent. {trouble}"
    elif await _stuck(app, states):
        problem = "A source that is due has not been polled for too long."
    usage = await _model_usage(app)
    return Vitals(
        connected=connected,
        sources=len(await app.store.sources()),
        sources_failing=sum(1 for state in states if state.problem),
        outbox_waiting=await app.store.outstanding(),
        seconds_since_poll=age.total_seconds() if age is not None else None,
        workers_killed=app.pool.killed,
        digests_failing=len(app.publisher.tally.problems),
        slots={str(outcome): count for outcome, count in app.publisher.tally.outcomes.items()},
        sending_stopped=trouble is not None,
        model_tokens=usage.tokens if usage else 0,
        model_cost=usage.money if usage else 0.0,
        model_paused=app.model.model.paused if app.model else False,
        problem=problem,
    )


async def _stuck(app: App, states: Sequence[SourceState]) -> bool:
    """Whether a source that somebody wants has been due for too long. That the last poll is long ago says nothing: the
    only source may have asked to be left alone for a day.
    """
    late = app.clock.now() - max(STALE, 2 * app.settings.polling.maximum)
    overdue = {state.source_id for state in states if state.next_poll is not None and state.next_poll < late}
    for source in await app.store.sources() if overdue else ():
        if source.id in overdue and (source.shared or source.operator or await app.store.subscribers(source.id)):
            return True
    return False


async def _model_usage(app: App) -> "Usage | None":
    """The language model's day; None without one, or where its count cannot be read."""
    try:
        return await app.model.model.usage() if app.model else None
    except StoreError:
        return None


@asynccontextmanager
async def health(app: App, connected: Callable[[], bool]) -> AsyncIterator[None]:
    """Serve health and metrics while the context is open; nothing when `web.port` is 0."""
    web = app.settings.web
    if not web.port:
        yield
        return
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(serve(lambda: vitals(app, connected=connected()), web.host, web.port))
        except OSError as error:
            raise ConfigError([f"web.port {web.port} cannot be used: {error.strerror}"]) from error
        yield


def store_holder(settings: Settings) -> str | None:
    """Which process holds the store, in words; None when nobody does."""
    path = storage.store_path(settings.store.url)
    return storage.holder(path) if path is not None else None


async def backup_store(settings: Settings, folder: Path) -> None:
    """Copy store and preferences into a new folder, also beside a running bot."""
    await storage.backup(settings.store.url, folder)


async def restore_store(settings: Settings, folder: Path, clock: Clock | None = None) -> Path | None:
    """Put a backup in the place of the store; answers where what was there is kept. StoreInUse beside a bot."""
    path = storage.store_path(settings.store.url)
    if path is None:
        return None
    with storage.StoreLock(path, command="attache restore", now=(clock or SystemClock()).now()):
        return await storage.restore(settings.store.url, folder)
