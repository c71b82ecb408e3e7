"""The one place that speaks HTTP: httpx over the aiohttp transport, with limits on everything a server can do.

httpx's own transport wedges after cancelled requests (encode/httpcore #1093); this one does not, and is faster.
"""

import asyncio
import socket
import ssl
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from bot.model import Validators
from bot.polling.address import Guard, guard_for, literal_address, refused_sentence
from bot.polling.headers import charset_of, fresh_for, retry_after
from bot.polling.inflate import ENCODINGS, Inflate
from bot.polling.resolver import AddressRefused, GuardedResolver
from bot.polling.turns import Turns, publisher_of
from bot.ports import Clock, Fetched, FetchFailed, FetchProblem, FetchResult, NotModified

_ANYTHING = Validators()
FEED_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WORTH_RETRYING = frozenset({408, 425, 429})
_LONGEST_URL = 4_096  # twice what sitemaps allow
_LONGEST_VALIDATOR = 1_024  # real ETags have some 40 characters
_LONGEST_HEADER = 16_384
_KEPT_ALIVE = 20.0  # seconds that an idle connection is kept
_NAMES_KEPT = 30  # seconds that a resolved name is kept; its addresses were judged when it was resolved


# All that the two libraries raise for what a network or server does; ValueError for addresses that one of them refuses.
_EXPECTED = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    aiohttp.ClientError,
    aiohttp.http_exceptions.HttpProcessingError,
    OSError,
    ValueError,
    zlib.error,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Limits of the client. Sizes in bytes, times in seconds.

    `total_seconds` covers one request with all redirects and its body, but not the polite wait for a turn.
    `max_bytes` holds before and after decompression. `allow_private` lists networks (CIDR) that sources may reach.
    """

    user_agent: str = "Attache/0.1 (news digests for Discord)"
    total_seconds: float = 20.0
    connect_seconds: float = 8.0
    max_bytes: int = 8_000_000
    max_redirects: int = 5
    max_connections: int = 50
    per_host_at_once: int = 2
    per_host_burst: int = 10
    per_host_spacing: float = 1.0
    allow_private: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        numbers = (self.total_seconds, self.connect_seconds, self.max_bytes, self.per_host_at_once, self.per_host_burst)
        if min(numbers) <= 0 or self.per_host_spacing <= 0 or self.max_redirects < 0:
            raise ValueError("limits of the client must be positive")
        guard_for(self.allow_private)


class HttpFetcher:
    """Fetcher over HTTP/1.1. One serves the whole process, within one event loop.

    Each hop: its text is judged, its name resolved, the addresses judged, and the connection made to one of those very
    addresses. No proxies, cookies, credentials or settings of the environment are used.
    """

    def __init__(self, options: Options, *, clock: Clock) -> None:
        self._options = options
        self._clock = clock
        self._guard = guard_for(options.allow_private)
        self._turns = Turns(
            at_once=options.per_host_at_once, burst=options.per_host_burst, spacing=options.per_host_spacing
        )
        self._client = _build_client(options, self._guard)

    async def aclose(self) -> None:
        """Close all connections. Requests under way fail."""
        await self._client.aclose()

    async def fetch(self, url: str, *, validators: Validators = _ANYTHING, accept: str = FEED_ACCEPT) -> FetchResult:
        """See `ports.Fetcher`."""
        trip = _Trip(url=url, left=self._options.total_seconds)
        while True:
            refusal = self._refusal(trip)
            if refusal is not None:
                return refusal
            answer = await self._hop(trip, validators, accept)
            if not isinstance(answer, str):
                return answer
            trip.follow(answer)

    def _refusal(self, trip: "_Trip") -> FetchFailed | None:
        if len(trip.url) > _LONGEST_URL:
            return _failed("address", "The address is too long.", retryable=False)
        reason = self._guard.refusal(trip.url) or _unreadable(trip.url)
        if reason is not None:
            problem: FetchProblem = "redirects" if trip.seen else "address"
            lead = "The server sends us on to an address that may not be used. " if trip.seen else ""
            return _failed(problem, lead + reason, retryable=False)
        if trip.url in trip.seen:
            return _failed("redirects", f"{trip.host} sends us round in a circle.")
        if len(trip.seen) > self._options.max_redirects:
            return _failed("redirects", f"There were more than {self._options.max_redirects} redirects.")
        return None

    async def _hop(self, trip: "_Trip", validators: Validators, accept: str) -> FetchResult | str:
        """Ask for `trip.url` in its publisher's turn; answers a result, or the address to go on to."""
        literal = literal_address(trip.host)
        own_network = literal is not None and literal.is_private
        async with self._turns.turn(publisher_of(trip.authority if own_network else trip.host), rated=not own_network):
            loop = asyncio.get_running_loop()
            started = loop.time()
            try:
                async with asyncio.timeout(trip.left):
                    return await self._ask(trip, validators, accept)
            except TimeoutError:
                return self._too_slow(trip)
            except _EXPECTED as error:
                return _explained(error, trip.host)
            finally:
                trip.left -= loop.time() - started

    def _too_slow(self, trip: "_Trip") -> FetchFailed:
        seconds = self._options.total_seconds
        limit = "a second" if seconds == 1 else f"{seconds:g} seconds"
        return _failed("timeout", f"{trip.host} did not finish its answer within {limit}.")

    async def _ask(self, trip: "_Trip", validators: Validators, accept: str) -> FetchResult | str:
        request = self._client.build_request("GET", trip.url, headers=_request_headers(validators, accept))
        response = await self._client.send(request, stream=True)
        try:
            return await self._take(response, trip, validators)
        finally:
            await response.aclose()

    async def _take(self, response: httpx.Response, trip: "_Trip", sent: Validators) -> FetchResult | str:
        status, headers, now = response.status_code, response.headers, self._clock.now()
        if status in _REDIRECTS and "location" in headers:
            trip.permanent = trip.permanent and status in _PERMANENT
            return str(httpx.URL(trip.url).join(headers["location"]))
        if status == 304 and sent != _ANYTHING:
            given = _validators(response)
            kept = Validators(etag=given.etag or sent.etag, last_modified=given.last_modified or sent.last_modified)
            return NotModified(validators=kept, fresh_for=fresh_for(headers, now))
        if not 200 <= status < 300:
            return _bad_status(trip.host, response, retry_after(headers.get("retry-after"), now))
        body = await _read(response, self._options.max_bytes)
        if isinstance(body, FetchFailed):
            return body
        content_type = headers.get("content-type", "")[:500]
        return Fetched(
            url=trip.url,
            status=status,
            body=body,
            content_type=content_type.partition(";")[0].strip().lower(),
            charset=charset_of(content_type),
            validators=_validators(response),
            fresh_for=fresh_for(headers, now),
            moved_to=trip.url if trip.seen and trip.permanent else None,
        )


@dataclass(slots=True)
class _Trip:
    """One fetch on its way over redirects: where it is, where it was, how many seconds are left."""

    url: str
    left: float
    seen: tuple[str, ...] = ()
    permanent: bool = True

    @property
    def host(self) -> str:
        return httpx.URL(self.url).host[:100]

    @property
    def authority(self) -> str:
        return httpx.URL(self.url).netloc.decode("ascii", "replace")

    def follow(self, url: str) -> None:
        self.seen = (*self.seen, self.url)
        self.url = url.partition("#")[0]


def _unreadable(url: str) -> str | None:
    """A sentence when the client's own parser takes `url` for no address; which host it means is judged later."""
    try:
        host = httpx.URL(url).host
    except (httpx.InvalidURL, ValueError):
        return _NO_ADDRESS
    return None if host else _NO_ADDRESS


_NO_ADDRESS = "The address cannot be read."


@cache
def tls() -> ssl.SSLContext:
    """The certificates that we trust. Read once a process: it costs 0.1 s, more than all else that a client needs."""
    return httpx.create_ssl_context(trust_env=False)


def _build_client(options: Options, guard: Guard) -> httpx.AsyncClient:
    def guarded_socket(info: tuple[Any, ...]) -> socket.socket:
        # The last word, whatever way the address came: literal, resolver or cache.
        family, kind, proto, _, address = info
        if not guard.permits_text(str(address[0])):
            raise AddressRefused(refused_sentence(str(address[0])))
        return socket.socket(family, kind, proto)

    def session() -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            resolver=GuardedResolver(guard),
            ssl=tls(),
            limit=options.max_connections,
            ttl_dns_cache=_NAMES_KEPT,
            keepalive_timeout=_KEPT_ALIVE,
            socket_factory=guarded_socket,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
        )

    return httpx.AsyncClient(
        transport=AiohttpTransport(client=session, verify=tls()),
        headers={"User-Agent": options.user_agent, "Accept-Encoding": "gzip, deflate"},
        timeout=httpx.Timeout(options.total_seconds, connect=options.connect_seconds),
        cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
        follow_redirects=False,
        trust_env=False,
    )


def _request_headers(validators: Validators, accept: str) -> httpx.Headers:
    headers = httpx.Headers({"Accept": accept}, encoding="utf-8")
    if validators.etag is not None:
        headers["If-None-Match"] = validators.etag
    if validators.last_modified is not None:
        headers["If-Modified-Since"] = validators.last_modified
    return headers


def _validators(response: httpx.Response) -> Validators:
    return Validators(etag=_exact(response, b"etag"), last_modified=_exact(response, b"last-modified"))


def _exact(response: httpx.Response, name: bytes) -> str | None:
    """The header as it came, byte for byte; None when it could not be sent back just so (it is not UTF-8)."""
    for key, value in response.headers.raw:
        if key.lower() == name and 0 < len(value) <= _LONGEST_VALIDATOR:
            try:
                return value.decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None


async def _read(response: httpx.Response, cap: int) -> bytes | FetchFailed:
    """The decoded body. The cap holds for what comes over the wire and for what it unpacks to."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", *ENCODINGS):
        return _failed("protocol", f"The server answered in an encoding that we did not ask for ({encoding[:40]}).")
    inflate = Inflate(encoding) if encoding in ENCODINGS else None
    parts: list[bytes] = []
    received = kept = 0
    async for chunk in response.aiter_raw():
        received += len(chunk)
        for piece in inflate.feed(chunk) if inflate else (chunk,):
            kept += len(piece)
            if kept > cap or received > cap:
                return _failed("too_large", f"The answer is larger than {_megabytes(cap)}.", retryable=False)
            parts.append(piece)
    if inflate:
        parts.extend(inflate.rest())
        if not inflate.complete:
            return _failed("protocol", "The compressed answer breaks off.")
    return b"".join(parts)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g} MB" if size >= 100_000 else f"{size:,} bytes"


def _failed(problem: FetchProblem, message: str, *, retryable: bool = True) -> FetchFailed:
    return FetchFailed(problem=problem, message=message, retryable=retryable)


_STATUS_SENTENCES = {
    401: "{host} wants a password (401).",
    403: "{host} refuses us (403); it may block bots.",
    404: "{host} has nothing at this address (404).",
    410: "{host} says that this was removed for good (410).",
    429: "{host} asks us to come less often (429).",
    503: "{host} is not available at the moment (503).",
}


def _bad_status(host: str, response: httpx.Response, wait: timedelta | None) -> FetchFailed:
    status = response.status_code
    sentence = _STATUS_SENTENCES.get(status, f"{{host}} answered with status {status}.").format(host=host)
    return FetchFailed(
        problem="status",
        message=sentence,
        status=status,
        retry_after=wait,
        retryable=status in _WORTH_RETRYING or status >= 500,
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what it was raised from, and what aiohttp's connector errors carry, nearest first."""
    at: BaseException | None = error
    for _ in range(8):
        if at is None:
            return
        yield at
        inner = getattr(at, "os_error", None) or getattr(at, "certificate_error", None)
        if isinstance(inner, BaseException) and inner is not at:
            yield inner
        at = at.__cause__ or at.__context__


def _explained(error: Exception, host: str) -> FetchFailed:
    """What went wrong, by the deepest cause that is known, as a sentence without the library's words."""
    causes = tuple(_causes(error))

    def among(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    if among(AddressRefused):
        return _failed("address", refused_sentence(host), retryable=False)
    if among(httpx.InvalidURL, aiohttp.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
        return _failed("address", _NO_ADDRESS, retryable=False)
    if among(socket.gaierror, aiohttp.ClientConnectorDNSError):
        return _failed("dns", f"There is no server named {host}, or its name cannot be looked up now.")
    if among(aiohttp.ClientSSLError, ssl.SSLError, ssl.CertificateError):
        return _failed("tls", f"{host} has no valid certificate, or the secure connection failed.")
    if among(aiohttp.ServerTimeoutError, TimeoutError):
        return _failed("timeout", f"{host} did not answer in time.")
    if among(aiohttp.ClientPayloadError, zlib.error):
        return _failed("protocol", f"The answer of {host} breaks off or is damaged.")
    if among(OSError, aiohttp.ServerDisconnectedError):
        return _failed("connect", f"{host} cannot be reached, or it dropped the connection.")
    return _failed("protocol", f"{host} does not answer in proper HTTP.")
