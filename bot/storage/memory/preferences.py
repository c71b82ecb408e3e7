"""Small keyed documents, in memory."""

from collections.abc import Callable

from bot.ports import Json
from bot.storage.codec import decode_json, encode


class MemoryPreferences:
    """Implements `bot.ports.PreferenceStore` in memory."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], str] = {}

    async def get(self, space: str, key: str) -> Json:
        held = self._values.get((space, key))
        return None if held is None else decode_json(held)

    async def put(self, space: str, key: str, value: Json) -> None:
        self._values[space, key] = encode(value)

    async def change(self, space: str, key: str, change: Callable[[Json], Json]) -> None:
        await self.put(space, key, change(await self.get(space, key)))  # neither lets anybody else run in between

    async def drop(self, space: str, key: str) -> None:
        self._values.pop((space, key), None)

    async def keys(self, space: str) -> tuple[str, ...]:
        return tuple(sorted(key for held, key in self._values if held == space))

    async def close(self) -> None:
        """Nothing to close: the values go with the object."""
