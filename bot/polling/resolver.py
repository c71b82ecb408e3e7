"""Names to addresses, of which only those are used that may be reached."""

import asyncio
import socket

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.polling.address import Guard, refused_sentence


class AddressRefused(OSError):
    """A name resolved to addresses that may not be reached, all of them."""


class GuardedResolver(AbstractResolver):
    """Resolves names and keeps only the addresses that may be reached, so that what is judged is what is used."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        kept = [entry for entry in found if self._guard.permits_text(str(entry[4][0]))]
        if not kept:
            raise AddressRefused(refused_sentence(host))
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=port,
                family=int(kind),
                proto=proto,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, proto, _, address in kept
        ]

    async def close(self) -> None:
        """Nothing is held."""
