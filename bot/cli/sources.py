"""Commands over sources: add, list, remove, test, import, export, catalog."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from bot.cli.common import BELOW, BOT, Config, flag, put_json, say, settings_from
from bot.config import Settings
from bot.errors import InputError
from bot.model import Source, normalize_url, source_id

sources = App(
    name="sources",
    help="Sources of the store: what is polled for everybody.",
    group=BOT,
    sort_key=4,
    group_commands=BELOW,
)


def add(app: App) -> None:
    """Add this family to the command line."""
    app.command(sources)


@sources.command(name="list")
def list_(
    *,
    json: Annotated[bool, flag("One JSON object for each source.")] = False,
    config: Config = None,
) -> int:
    """All sources of the store, and how polling them stands."""
    return asyncio.run(_list(settings_from(config), as_json=json))


async def _list(settings: Settings, *, as_json: bool) -> int:
    from bot.bootstrap import build

    async with build(settings) as app:
        for source in await app.store.sources():
            state = await app.store.source_state(source.id)
            if as_json:
                put_json({"source": source, "state": state})
            else:
                stands = state.problem or ("ok" if state.polled else "not polled yet")
                print(f"{source.id}  {source.name}  {source.url}  {stands}")
    return 0


@sources.command(name="add")
def add_source(
    url: Annotated[str, Parameter(help="The feed's address, or that of a page that names one.")],
    /,
    *,
    name: Annotated[str, Parameter(help="What to call it.")] = "",
    config: Config = None,
) -> int:
    """Add a source that is shared with every server."""
    return asyncio.run(_add(settings_from(config), url, name))


async def _add(settings: Settings, url: str, name: str) -> int:
    from bot.bootstrap import build

    async with build(settings) as app:
        found = await app.finder.find(url)
        url = normalize_url(found.url)
        source = Source(id=source_id(url), url=url, name=name or found.title, shared=True)
        if not await app.subscriptions.share(source):
            raise InputError(f"{url} is a source already, shared with every server.")
        print(f"{source.id}  {source.name}  {source.url}  ({found.items} items)")
    return 0


@sources.command
def remove(source: Annotated[str, Parameter(help="Its name, address or id.")], /, *, config: Config = None) -> int:
    """Forget a source; its articles stay until retention takes them."""
    return asyncio.run(_remove(settings_from(config), source))


async def _remove(settings: Settings, wanted: str) -> int:
    from bot.bootstrap import build

    async with build(settings) as app:
        for source in await app.store.sources():
            if source.is_called(wanted):
                if source.operator:
                    raise InputError(f"“{source.name}” stands in the configuration; take it out there.")
                await app.store.drop_source(source.id)
                print(f"removed {source.name}")
                return 0
    raise InputError(f"There is no source “{wanted}”. attache sources list shows them.")


@sources.command
def test(url: Annotated[str, Parameter(help="The feed's address.")], /, *, config: Config = None) -> int:
    """Fetch and read a feed once, and say what is there; nothing is stored."""
    return asyncio.run(_test(settings_from(config), url))


async def _test(settings: Settings, url: str) -> int:
    from bot.bootstrap import build

    memory = replace(settings, store=replace(settings.store, url="memory:"))
    async with build(memory) as app:
        found = await app.finder.find(url)
        print(f"{found.title}: {found.items} items at {found.url}")
    return 0


@sources.command(name="export")
def export_(*, config: Config = None) -> int:
    """All sources as OPML 2.0, on standard output."""
    return asyncio.run(_export(settings_from(config)))


async def _export(settings: Settings) -> int:
    from bot.bootstrap import build
    from bot.service.opml import to_opml

    async with build(settings) as app:
        print(to_opml(await app.store.sources()))
    return 0


@sources.command(name="import")
def import_(path: Annotated[Path, Parameter(help="An OPML file.")], /, *, config: Config = None) -> int:
    """Add every feed of an OPML file; those that are there already stay as they are."""
    return asyncio.run(_import(settings_from(config), path))


async def _import(settings: Settings, path: Path) -> int:
    from bot.bootstrap import build
    from bot.service.opml import from_opml

    try:
        text = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    async with build(settings) as app:
        known = {source.id for source in await app.store.sources()}
        found = from_opml(text)
        for source in found:
            if source.id not in known:
                await app.store.put_source(source)
        new = len({source.id for source in found} - known)
        say(f"{new} sources added, {len(found) - new} were there already.")
    return 0


@sources.command
def catalog(*, json: Annotated[bool, flag("One JSON object for each.")] = False) -> int:
    """The starter list that serves while the configuration names no source."""
    from bot.service.starter import starter_sources

    for source in starter_sources():
        if json:
            put_json(source)
        else:
            print(f"{source.name}  {source.url}")
    return 0
