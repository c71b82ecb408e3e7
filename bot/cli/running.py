"""Commands that run the bot: demo, run, console, poll."""

import asyncio
import contextlib
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from bot.cli.common import BOT, START, Config, flag, say, set_up_logging, settings_from
from bot.config import Settings, discord_token, parse
from bot.ports import Probe
from bot.service.clock import no_probe

if TYPE_CHECKING:
    from rich.console import Console

    from bot import bootstrap
    from bot.service.scheduler import Job


def add(app: App) -> None:
    """Add this family to the command line."""
    app.command(demo, group=START, sort_key=1)
    app.command(run, group=BOT, sort_key=1)
    app.command(console, group=BOT, sort_key=2)
    app.command(poll, group=BOT, sort_key=3)


def demo(
    *,
    once: Annotated[bool, flag("End after the digest.")] = False,
    keep: Annotated[Path | None, Parameter(help="Leave pages and configuration in this folder.")] = None,
) -> int:
    """The main job with nothing set up: sample outlets on loopback, a digest, then slash commands at a prompt."""
    say("Starting sample outlets on this machine. The events in their news are invented.")
    with tempfile.TemporaryDirectory(prefix="attache-demo-") as folder:
        return asyncio.run(_demo(Path(folder), once=once, keep=keep))


async def _demo(folder: Path, *, once: bool, keep: Path | None) -> int:
    from bot.bootstrap import build
    from bot.config import LogSettings
    from bot.demo import settings as sample
    from bot.demo.content import sample_news
    from bot.demo.outlets import SampleOutlets
    from bot.service.clock import SystemClock

    set_up_logging(LogSettings(level="error"))
    now = SystemClock().now()
    async with SampleOutlets(sample_news(now), now=now) as outlets:
        if keep is not None:
            config = sample.keep(outlets, keep)
            say(f"Pages and configuration are left in {keep}. To repeat this round: attache poll --config {config}")
        async with build(parse(sample.settings(outlets, folder)), exclusive="attache demo") as app:
            screen = _screen(app)
            await _show_round(app)
            await _first_digest(app)
            if not once:
                await _shell(app, screen, app.jobs())
    return 0


def _screen(app: "bootstrap.App") -> "Console":
    """The console, and its messenger in the app's table."""
    from bot.chat.console.look import make_console
    from bot.chat.console.messenger import ConsoleMessenger

    screen = make_console()
    app.messengers.register(ConsoleMessenger(screen, app.clock), "console")
    return screen


async def _show_round(app: "bootstrap.App") -> None:
    from bot.chat.console.look import make_console
    from bot.chat.console.progress import Progress

    with Progress(make_console(stderr=True)) as progress:
        await app.intaker.round(everything=True, progress=progress)


async def _first_digest(app: "bootstrap.App") -> None:
    """A digest like any other, set up for the console and told at once."""
    from bot.model import Filter, Schedule, Target

    subscription = await app.subscriptions.schedule(
        name="Morning digest",
        guild_id="console",
        target=Target(kind="console", id="console", guild_id="console"),
        by="console",
        schedule=Schedule(times=(time(7, 0),), zone=app.settings.zone),
        wanted=Filter(),
        size=8,
    )
    await app.publisher.digest_now(subscription)
    await app.deliverer.deliver()


async def _shell(app: "bootstrap.App", screen: "Console", jobs: Sequence["Job"]) -> None:
    from bot.chat.commands import Asker
    from bot.chat.console.shell import Shell
    from bot.service.scheduler import Scheduler

    scheduler = Scheduler()
    scheduler.start(tuple(jobs), now=app.clock.now)
    asker = Asker(network="console", user_id="console", may_manage=True)
    try:
        await Shell(app.answers, asker, console=screen, clock=app.clock).run()
    finally:
        await scheduler.stop(timedelta(seconds=2))


def console(*, config: Config = None) -> int:
    """The same slash commands in a terminal, on the configured store, beside a running bot or alone. No token."""
    return asyncio.run(_console(settings_from(config)))


async def _console(settings: Settings) -> int:
    from bot.bootstrap import build

    async with build(settings) as app:
        # What was set up in the console is told in it while it is open; polling is the running bot's.
        await _shell(app, _screen(app), app.telling())
    return 0


def poll(*, config: Config = None) -> int:
    """One round now: poll every source, read what is new, form stories. Refused while a bot runs on the store."""
    settings = settings_from(config)
    if settings.log.level in ("info", "warning"):  # what fails is said at the end, by name: not twice
        set_up_logging(replace(settings.log, level="error"))
    return asyncio.run(_poll(settings))


async def _poll(settings: Settings) -> int:
    from bot.bootstrap import build

    async with build(settings, exclusive="attache poll") as app:
        await _show_round(app)
        for source_id, problem in (await app.status.problems()).items():
            source = await app.store.source(source_id)
            say(f"{source.name if source else source_id}: {problem}")
    return 0


def run(*, config: Config = None) -> int:
    """The bot. Its token is in ATTACHE_DISCORD_TOKEN or ATTACHE_DISCORD_TOKEN_FILE."""
    settings = settings_from(config)
    token = discord_token()
    return asyncio.run(_run(settings, token))


async def _run(settings: Settings, token: str, probe: Probe = no_probe) -> int:
    from bot.bootstrap import DRAIN, build, discord_chat, health
    from bot.service.scheduler import Scheduler

    async with build(settings, exclusive="attache run", probe=probe) as app, _stop_signal() as stop:
        chat = discord_chat(app)
        await chat.start(token)
        app.messengers.register(chat.messenger, "channel", "dm")
        say(f"Attaché is connected. Invite it to a server: {chat.invite_url}")
        scheduler = Scheduler()
        scheduler.start(app.jobs(), now=app.clock.now)
        async with health(app, lambda: chat.connected):
            over = asyncio.create_task(chat.wait())
            stopped = asyncio.create_task(stop.wait())
            try:
                await asyncio.wait({over, stopped}, return_when=asyncio.FIRST_COMPLETED)
                if over.done():
                    over.result()
            finally:
                stopped.cancel()
                say("Stopping: what is under way may end, nothing new begins.")
                await asyncio.gather(scheduler.stop(DRAIN), chat.close())
                over.cancel()
                await asyncio.gather(over, stopped, return_exceptions=True)
    return 0


@contextlib.asynccontextmanager
async def _stop_signal() -> AsyncIterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set; a second SIGINT interrupts as usual."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    if sys.platform == "win32":
        before = signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(stop.set))
        try:
            yield stop
        finally:
            signal.signal(signal.SIGINT, before)
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
