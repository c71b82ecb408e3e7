"""Commands over the archive: search, explain and digest preview. They work beside a running bot."""

import asyncio
from datetime import datetime
from typing import Annotated, get_args

from cyclopts import App, Parameter
from cyclopts.validators import Number

from bot.cli.common import ARCHIVE, BELOW, Config, flag, put_json, settings_from
from bot.config import Settings
from bot.errors import InputError
from bot.model import OutletKind, Query


def add(app: App) -> None:
    """Add this family to the command line."""
    app.command(search, group=ARCHIVE, sort_key=1)
    app.command(story, group=ARCHIVE, sort_key=2)
    app.command(explain, group=ARCHIVE, sort_key=3)
    what = "Digests: what the next one would say."
    digest = App(name="digest", help=what, group=ARCHIVE, sort_key=4, group_commands=BELOW)
    digest.command(preview)
    app.command(digest)


def search(
    query: Annotated[str, Parameter(help='Words, "a phrase", -not, OR; may be empty with options.')] = "",
    /,
    *,
    json: Annotated[bool, flag("One JSON object for each article.")] = False,
    country: Annotated[
        list[str] | None, Parameter(negative="", help="A country or organisation; twice: the pair.")
    ] = None,
    event: Annotated[str | None, Parameter(help="What happened: sanctions, talks …, or a PLOVER type.")] = None,
    source: Annotated[str | None, Parameter(help="A source's name or id.")] = None,
    kind: Annotated[str | None, Parameter(help="Kind of outlet: wire, newspaper, government …")] = None,
    lang: Annotated[str | None, Parameter(help="Language, ISO 639-1.")] = None,
    since: Annotated[str | None, Parameter(help="24h, 3d, 2w, or a day.")] = None,
    until: Annotated[str | None, Parameter(help="24h, 3d, 2w, or a day.")] = None,
    limit: Annotated[int, Parameter(validator=Number(gte=1, lte=1000), help="Articles at most.")] = 10,
    config: Config = None,
) -> int:
    """Search the archive, newest first."""
    from bot.service.naming import countries_of, language_of
    from bot.service.schedules import parse_event

    if kind and kind not in get_args(OutletKind):
        raise InputError(f"There is no kind of outlet {kind[:20]}. The kinds are: {', '.join(get_args(OutletKind))}.")
    wanted = Query(
        text=query,
        countries=countries_of(",".join(country or [])),
        event=parse_event(event) if event else None,
        source=source,
        kind=kind,
        language=language_of(lang or ""),
        limit=limit,
    )
    return asyncio.run(_search(settings_from(config), wanted, since, until, as_json=json))


async def _search(settings: Settings, query: Query, since: str | None, until: str | None, *, as_json: bool) -> int:
    from dataclasses import replace

    from bot.bootstrap import build
    from bot.cli.show import show_found
    from bot.model import Scope
    from bot.service.report import reading_json
    from bot.service.stories import parse_since

    async with build(settings) as app:
        moments: list[datetime | None] = []
        for name, text in (("since", since), ("until", until)):
            moments.append(parse_since(text, app.clock.now()) if text else None)
            if text and moments[-1] is None:
                raise InputError(f"--{name} must look like 24h, 3d, 2w, yesterday, or a day such as 2026-10-05.")
        if query.source:
            named = {source.name.casefold(): source.id for source in await app.store.sources()}
            query = replace(query, source=named.get(query.source.casefold(), query.source))
        found = await app.lookup.search(replace(query, since=moments[0], until=moments[1]), Scope(sources=None))
        if as_json:
            for reading in found.readings:
                story = await app.store.story_of(reading.article.id)
                put_json(reading_json(reading) | {"story": story.number if story else None})
        else:
            empty = not found.total and not await app.store.count(Query(), Scope(sources=None))
            show_found(found, query, settings.zone, empty=empty)
    return 0


def explain(
    item: Annotated[str, Parameter(help="An article's address, or a story's number.")],
    /,
    *,
    json: Annotated[bool, flag("The steps as JSON.")] = False,
    config: Config = None,
) -> int:
    """What happened to an article or story at every stage, or where it stopped and why."""
    return asyncio.run(_explain(settings_from(config), item, as_json=json))


async def _explain(settings: Settings, item: str, *, as_json: bool) -> int:
    from bot.bootstrap import build
    from bot.chat import words
    from bot.cli.show import show_post
    from bot.model import Post, Scope
    from bot.service.explaining import Viewer

    async with build(settings) as app:
        digests = await app.subscriptions.digests(None)
        found = await app.explainer.explain(item, Viewer(scope=Scope(sources=None), digests=digests, operator=True))
        if as_json:
            put_json(found)
        else:
            rows = words.explained(found, settings.zone)
            intro = "\n".join(filter(None, (found.title, found.url)))
            show_post(Post(heading=f"What happened to {found.subject}", intro=intro, items=rows, zone=settings.zone))
    return 0


def story(
    number: Annotated[int, Parameter(validator=Number(gte=1), help="Its number, as digests and look-ups show it.")],
    /,
    *,
    json: Annotated[bool, flag("The story as JSON.")] = False,
    config: Config = None,
) -> int:
    """One story as it stands: key points, outlets, how it grew, what they put differently."""
    return asyncio.run(_story(settings_from(config), number, as_json=json))


async def _story(settings: Settings, number: int, *, as_json: bool) -> int:
    from bot.bootstrap import build
    from bot.chat.commands import Asker
    from bot.chat.lines import parse_line
    from bot.cli.show import show_post
    from bot.model import Scope
    from bot.service.report import story_json

    async with build(settings) as app:
        if as_json:
            put_json(story_json(*await app.lookup.story(number, Scope(sources=None))))
        else:
            asker = Asker(network="console", user_id="operator", may_manage=True)
            show_post(await app.answers.answer(parse_line(f"/story {number}", asker)))
    return 0


def preview(
    name: Annotated[str, Parameter(help="The digest's name.")],
    /,
    *,
    json: Annotated[bool, flag("The digest as JSON.")] = False,
    config: Config = None,
) -> int:
    """What the next digest would say, and what it leaves out and why."""
    return asyncio.run(_preview(settings_from(config), name, as_json=json))


async def _preview(settings: Settings, name: str, *, as_json: bool) -> int:
    from bot.bootstrap import build
    from bot.cli.show import show_post

    async with build(settings) as app:
        subscription = await app.subscriptions.digest_named(None, name)
        if as_json:
            put_json(await app.publisher.draft(subscription))
        else:
            show_post(await app.publisher.preview(subscription))
    return 0
