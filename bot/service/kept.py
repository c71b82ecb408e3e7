"""What is kept of a server or a person, one small document each, among the preferences."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from bot.errors import StoreError
from bot.ports import Json, PreferenceStore


async def document(preferences: PreferenceStore, space: str, key: str | None) -> dict[str, Json]:
    """All of it; empty where nothing (or nothing that can be read) is kept, and for no key."""
    kept = await preferences.get(space, key) if key else None
    return kept if isinstance(kept, dict) else {}


async def keep(preferences: PreferenceStore, space: str, key: str, **changes: Json) -> None:
    """Put `changes` into the document; what is None is kept no more, the rest stays."""
    await revise(preferences, space, key, lambda kept: {**kept, **changes})


async def revise(
    preferences: PreferenceStore, space: str, key: str, change: Callable[[dict[str, Json]], dict[str, Json]]
) -> None:
    """Put what `change` makes of the document, as it stands, in its place; what is None is kept no more. One step: two
    commands at once both leave their mark.
    """

    def whole(kept: Json) -> Json:
        made = change(kept if isinstance(kept, dict) else {})
        return {name: value for name, value in made.items() if value is not None}

    await preferences.change(space, key, whole)


async def source_names_of(preferences: PreferenceStore, guild_id: str | None) -> tuple[tuple[str, str], ...]:
    """What a server calls sources, by their ids; nothing where that cannot be read: they have names of their own."""
    with suppress(StoreError):
        return tuple(sorted(_names((await document(preferences, "guild", guild_id)).get("names")).items()))
    return ()


async def name_source(preferences: PreferenceStore, guild_id: str, source_id: str, name: str | None) -> None:
    """In this server the source is called `name`; None: as it calls itself."""

    def named(kept: dict[str, Json]) -> dict[str, Json]:
        names = {**_names(kept.get("names")), **({source_id: name} if name else {})}
        left: dict[str, Json] = {key: value for key, value in names.items() if name or key != source_id}
        return {**kept, "names": left or None}

    if name or source_id in dict(await source_names_of(preferences, guild_id)):
        await revise(preferences, "guild", guild_id, named)


def _names(kept: Json) -> dict[str, str]:
    return {key: name for key, name in kept.items() if isinstance(name, str)} if isinstance(kept, dict) else {}


def moment(kept: Json) -> datetime | None:
    """A moment that a document holds; None for what is none (any more), or names no zone."""
    try:
        found = datetime.fromisoformat(kept) if isinstance(kept, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


async def zone_in(preferences: PreferenceStore, guild_id: str | None, default: str) -> str:
    """The time zone that a server chose with /settings, else `default`."""
    zone = (await document(preferences, "guild", guild_id)).get("zone")
    return zone if isinstance(zone, str) else default
