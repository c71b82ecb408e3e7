"""What is kept of a server or a person, one small document each, among the preferences."""

from bot.ports import Json, PreferenceStore


async def document(preferences: PreferenceStore, space: str, key: str | None) -> dict[str, Json]:
    """All of it; empty where nothing (or nothing that can be read) is kept, and for no key."""
    kept = await preferences.get(space, key) if key else None
    return kept if isinstance(kept, dict) else {}


async def keep(preferences: PreferenceStore, space: str, key: str, **changes: Json) -> None:
    """Put `changes` into the document; what is None is kept no more, the rest stays."""
    whole = {**await document(preferences, space, key), **changes}
    await preferences.put(space, key, {name: value for name, value in whole.items() if value is not None})


async def zone_in(preferences: PreferenceStore, guild_id: str | None, default: str) -> str:
    """The time zone that a server chose with /settings, else `default`."""
    zone = (await document(preferences, "guild", guild_id)).get("zone")
    return zone if isinstance(zone, str) else default
