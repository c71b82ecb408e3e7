"""Web servers on loopback: each has its own port and answers what a mapping of paths holds, politely conditional."""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Self

from aiohttp import web

from bot.demo.pages import Resource

HOST = "127.0.0.1"

Pages = Callable[[], Mapping[str, Resource]]
Heard = Callable[[str, int], None]


class Sites:
    """Servers that stop together. `async with Sites() as sites: port = await sites.open(pages)`."""

    def __init__(self) -> None:
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def open(self, pages: Pages, *, port: int = 0, heard: Heard | None = None) -> int:
        """Serve `pages()` on `port` (0: any free one) and return the port. OSError when it is taken.

        `pages` is asked at each request; `heard` is told path and status of each answer.
        """

        async def answer(request: web.Request) -> web.Response:
            response = respond(pages().get(request.path), request)
            if heard is not None:
                heard(request.path, response.status)
            return response

        app = web.Application()
        app.router.add_get("/{path:.*}", answer)
        # Nobody waits for idle connections of a sample: the default would hold the end for a minute.
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, HOST, port)
        await site.start()
        bound: int = runner.addresses[0][1]
        return bound


def respond(resource: Resource | None, request: web.Request) -> web.Response:
    """200 with both validators, 304 when the request's still hold (RFC 9110, 13.2.2), 404 for None."""
    if resource is None:
        return web.Response(status=404, text="There is no such page here.")
    etag = f'"{hashlib.sha256(resource.body).hexdigest()[:20]}"'
    modified = resource.modified.astimezone(UTC).replace(microsecond=0)
    headers = {
        "ETag": etag,
        "Last-Modified": format_datetime(modified, usegmt=True),
        "Cache-Control": "no-cache",
    }
    if _still_holds(request, etag, modified):
        return web.Response(status=304, headers=headers)
    return web.Response(body=resource.body, headers={**headers, "Content-Type": resource.content_type})


def _still_holds(request: web.Request, etag: str, modified: datetime) -> bool:
    asked = request.headers.get("If-None-Match")
    if asked is not None:
        return asked.strip() == "*" or etag in (part.strip().removeprefix("W/") for part in asked.split(","))
    since = request.if_modified_since
    return since is not None and modified <= since
