"""A real HTTP server on loopback that behaves as badly as it is told to.

    async with web() as site:
        site.answers["/feed"] = conditional(b"<rss/>", etag='"1"')
        await fetcher.fetch(site.url("/feed"))
        assert site.requests[0].path == "/feed"

An answer is any `async (Request, Line) -> None`; those below cover the usual misdeeds. `sequence` gives one after the
other. What has no answer is 404.
"""

import asyncio
import gzip
import io
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from tests.fakes.listening import listening


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client asked for. Header names are lower-case."""

    method: str
    path: str
    headers: Mapping[str, str]


class Line:
    """The server's end of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.open = True

    async def send(self, data: bytes) -> None:
        """Send raw bytes."""
        self.writer.write(data)
        await self.writer.drain()

    async def head(self, status: int, headers: Mapping[str, str | bytes]) -> None:
        """Send a status line and headers; values may be raw bytes."""
        lines = [f"HTTP/1.1 {status} Status".encode()]
        for name, value in headers.items():
            lines.append(name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()))
        await self.send(b"\r\n".join(lines) + b"\r\n\r\n")

    async def respond(self, status: int, body: bytes = b"", headers: Mapping[str, str | bytes] | None = None) -> None:
        """Send a whole, honest answer."""
        await self.head(status, {"Content-Length": str(len(body)), **(headers or {})})
        await self.send(body)

    def end(self) -> None:
        """Say nothing more on this connection."""
        self.open = False

    def abort(self) -> None:
        """Cut the connection with a reset."""
        self.open = False
        self.writer.transport.abort()


Answer = Callable[[Request, Line], Awaitable[None]]


@dataclass
class Site:
    """A running server. `answers` maps paths (with query) to answers; `requests` keeps what was asked, in order."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    fallback: Answer | None = None
    at_once: int = 0
    most_at_once: int = 0

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of `path` on this server."""
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        """The requests for `path`."""
        return [request for request in self.requests if request.path == path]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection until either side ends it."""
        line = Line(reader, writer)
        try:
            while line.open:
                request = await _read_request(reader)
                if request is None:
                    await line.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    break
                await self._answer(request, line)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, request: Request, line: Line) -> None:
        self.requests.append(request)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.answers.get(request.path, self.fallback or reply(b"nothing here", status=404))(request, line)
        finally:
            self.at_once -= 1


async def _read_request(reader: asyncio.StreamReader) -> Request | None:
    start = await reader.read(1)
    if not start.isalpha():  # the end, or somebody who speaks TLS to a plain server
        if start:
            await reader.read(65_536)
        return None
    head = start + await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("utf-8", "surrogateescape").split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines if line)
    return Request(method=method, path=path, headers={name.lower(): value.strip() for name, _, value in pairs})


@asynccontextmanager
async def web(host: str = "127.0.0.1") -> AsyncIterator[Site]:
    """A site on a free port of `host`; it and all its connections end with the block."""
    site = Site()
    async with listening(site.serve, host) as site.port:
        yield site


# --- honest answers -----------------------------------------------------------------------------------------------


def reply(
    body: bytes = b"",
    *,
    status: int = 200,
    content_type: str = "text/plain",
    headers: Mapping[str, str | bytes] | None = None,
) -> Answer:
    """A plain answer."""

    async def answer(request: Request, line: Line) -> None:
        await line.respond(status, body, {"Content-Type": content_type, **(headers or {})})

    return answer


def conditional(
    body: bytes,
    *,
    etag: str | bytes | None = None,
    last_modified: str | None = None,
    content_type: str = "application/rss+xml",
    headers: Mapping[str, str | bytes] | None = None,
) -> Answer:
    """304 when the client sends back exactly the validators that it was given, else the body."""
    given: dict[str, str | bytes] = dict(headers or {})
    given |= {"ETag": etag} if etag is not None else {}
    given |= {"Last-Modified": last_modified} if last_modified is not None else {}
    tag = etag.decode("utf-8", "surrogateescape") if isinstance(etag, bytes) else etag

    async def answer(request: Request, line: Line) -> None:
        sent = (request.headers.get("if-none-match"), request.headers.get("if-modified-since"))
        if sent == (tag, last_modified) and sent != (None, None):
            await line.head(304, given)
        else:
            await line.respond(200, body, {"Content-Type": content_type, **given})

    return answer


def redirect(to: str, *, status: int = 302) -> Answer:
    """Send the client on to `to`."""
    return reply(b"elsewhere", status=status, headers={"Location": to})


def too_many(retry_after: str | None, *, status: int = 429) -> Answer:
    """Ask the client to wait."""
    return reply(b"slow down", status=status, headers={"Retry-After": retry_after} if retry_after else None)


def gzipped(body: bytes, *, content_type: str = "application/rss+xml", encoding: str = "gzip") -> Answer:
    """The body, compressed: "gzip", "deflate" (with zlib header) or "raw" (deflate without, as some servers do)."""
    if encoding == "gzip":
        packed = gzip.compress(body)
    else:
        engine = zlib.compressobj(wbits=-15 if encoding == "raw" else 15)
        packed = engine.compress(body) + engine.flush()
    header = "gzip" if encoding == "gzip" else "deflate"
    return reply(packed, content_type=content_type, headers={"Content-Encoding": header})


def sequence(*answers: Answer) -> Answer:
    """One answer after the other; the last one stays."""
    left = list(answers)

    async def answer(request: Request, line: Line) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(request, line)

    return answer


def held(release: asyncio.Event, then: Answer) -> Answer:
    """Wait for `release`, then answer."""

    async def answer(request: Request, line: Line) -> None:
        await release.wait()
        await then(request, line)

    return answer


# --- misdeeds -----------------------------------------------------------------------------------------------------


def bomb(megabytes: int = 100) -> Answer:
    """Gzip that unpacks to that many megabytes of nothing: a thousandth of that goes over the wire."""
    store = io.BytesIO()
    with gzip.GzipFile(fileobj=store, mode="wb") as packed:
        for _ in range(megabytes):
            packed.write(bytes(1_000_000))
    return reply(store.getvalue(), headers={"Content-Encoding": "gzip"})


def endless(chunk: bytes = b"x" * 65_536) -> Answer:
    """A body without end or length."""

    async def answer(request: Request, line: Line) -> None:
        await line.head(200, {"Content-Type": "text/plain", "Connection": "close"})
        while True:
            await line.send(chunk)

    return answer


def drip(seconds: float = 0.02) -> Answer:
    """A byte now and then, for ever: every read succeeds, the whole never comes."""

    async def answer(request: Request, line: Line) -> None:
        await line.head(200, {"Content-Type": "text/plain", "Connection": "close"})
        while True:
            await line.send(b".")
            await asyncio.sleep(seconds)

    return answer


def silence() -> Answer:
    """Take the request and say nothing."""

    async def answer(request: Request, line: Line) -> None:
        await line.reader.read()
        line.end()

    return answer


def broken_off(body: bytes, *, announced: int, content_type: str = "application/rss+xml") -> Answer:
    """Announce more bytes than come, then close."""

    async def answer(request: Request, line: Line) -> None:
        await line.head(200, {"Content-Type": content_type, "Content-Length": str(announced)})
        await line.send(body)
        line.end()

    return answer


def reset() -> Answer:
    """Cut the connection instead of answering."""

    async def answer(request: Request, line: Line) -> None:
        line.abort()

    return answer


def garbage(data: bytes = b"SSH-2.0-OpenSSH_9.6\r\n\r\n") -> Answer:
    """Something that is not HTTP."""

    async def answer(request: Request, line: Line) -> None:
        await line.send(data)
        line.end()

    return answer
