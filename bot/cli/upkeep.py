"""Commands that look after the store and the figures: doctor, config, backup, restore, migrate, eval."""

import asyncio
import os
import re
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import App, Parameter

from bot.cli.common import PROGRAMS, UPKEEP, Config, put_json, say, settings_from
from bot.config import Settings, discord_token
from bot.errors import AttacheError, ConfigError, InputError


def add(app: App) -> None:
    """Add this family to the command line."""
    app.command(doctor, group=UPKEEP, sort_key=1)
    app.command(config_, name="config", group=UPKEEP, sort_key=2)
    app.command(backup, group=UPKEEP, sort_key=3)
    app.command(restore, group=UPKEEP, sort_key=4)
    app.command(migrate, group=UPKEEP, sort_key=5)
    app.command(evaluate, name="eval", group=PROGRAMS, sort_key=4)


def doctor(*, config: Config = None) -> int:
    """Check configuration, store, sources and outbox; works beside a running bot. 1 when something needs attention."""
    return asyncio.run(_doctor(settings_from(config)))


async def _doctor(settings: Settings) -> int:
    from bot.bootstrap import build, store_holder

    try:
        async with build(settings) as app:
            problems = await app.status.problems()
            sources = await app.store.sources()
            token, sound = _token()
            print(f"store      {settings.store.url}: in order")
            print(f"running    {store_holder(settings) or 'no bot runs on this store'}")
            print(f"token      {token}")
            print(f"sources    {len(sources)}, {len(problems)} failing; {await app.status.last_poll(settings.zone)}")
            for source in sources:
                if source.id in problems:
                    print(f"           {source.name}: {problems[source.id]}")
            unread = await app.status.unread()
            print(f"pages      {len(unread)} sources whose pages are not read for want of a robots.txt")
            for source in sources:
                if source.id in unread:
                    print(f"           {source.name}: {unread[source.id]}")
            print(f"points     {await app.status.summarizer()}")
            print(f"digests    {len(await app.subscriptions.digests(None))}")
            dead = await app.status.dead(None)
            print(f"outbox     {await app.store.outstanding()} messages wait to be sent")
            print(f"given up   {_count(len(dead))} in the last week")
            for delivery in dead:
                print(f"           {delivery.created:%Y-%m-%d %H:%M} {delivery.key}: {delivery.problem}")
            return 0 if sound and not problems and not unread and not dead else 1
    except AttacheError as error:
        print(f"store      {error}")
        return 1


def _token() -> tuple[str, bool]:
    """How the Discord token stands, in words, and whether that is as it should be. That Discord takes it, only `run`
    finds out; and that there is none is no fault: only `run` needs one.
    """
    try:
        discord_token()
    except ConfigError as error:
        named = any(os.environ.get(f"ATTACHE_DISCORD_TOKEN{end}") for end in ("", "_FILE"))
        return (error.problems[0], False) if named else ("none is set; only attache run needs one", True)
    return "one is set", True


def _count(found: int) -> str:
    """As far as they are listed."""
    from bot.service.status import MOST_DEAD

    return f"{found} messages or more" if found >= MOST_DEAD else f"{found} message{'' if found == 1 else 's'}"


def config_(*, config: Config = None) -> int:
    """The effective configuration as JSON, without secrets."""
    put_json(_without_passwords(msgspec.to_builtins(settings_from(config))), pretty=True)
    return 0


_PASSWORD = re.compile(r"(?<=://)[^/?#\s]*@")


def _without_passwords(value: object) -> object:
    """Addresses may carry a name and password before the host (RFC 3986, 3.2.1): neither is shown, nor what stands
    behind an @ of the password's own.
    """
    if isinstance(value, dict):
        return {key: _without_passwords(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_without_passwords(held) for held in value]
    return _PASSWORD.sub("…@", value) if isinstance(value, str) else value


def backup(target: Annotated[Path, Parameter(help="A new folder for the copies.")], /, *, config: Config = None) -> int:
    """Copy the store and the preferences, also while the bot runs."""
    from bot.bootstrap import backup_store

    settings = settings_from(config)
    asyncio.run(backup_store(settings, target))
    say(f"Copied to {target}.")
    return 0


def restore(
    source: Annotated[Path, Parameter(help="A folder that attache backup made.")],
    /,
    *,
    config: Config = None,
) -> int:
    """Put a backup in the place of the store. Refused while a bot runs on it; what was there is kept beside it."""
    from bot.bootstrap import restore_store

    kept = asyncio.run(restore_store(settings_from(config), source))
    say(f"Restored from {source}." + (f" What was there before is {kept}." if kept else ""))
    return 0


def migrate(*, config: Config = None) -> int:
    """Bring the store to this version's form. Opening it does the same; this says what was done."""
    return asyncio.run(_migrate(settings_from(config)))


async def _migrate(settings: Settings) -> int:
    from bot.bootstrap import build

    async with build(settings, exclusive="attache migrate"):
        print(f"{settings.store.url}: in the form of this version.")
    return 0


def evaluate(
    *,
    data: Annotated[Path, Parameter(name="--data", help="The folder with the evaluation sets.")],
) -> int:
    """Every quality figure with its floor; sets that are absent are not measured. 1 when one is below its floor."""
    if not data.is_dir():
        raise InputError(f"{data} is not a folder.")
    from bot.evaluation.run import run

    return run(data)
