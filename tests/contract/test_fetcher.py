"""What `ports.Fetcher` promises, held against the HTTP client over real sockets, and against servers that misbehave."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Validators
from bot.polling.client import HttpFetcher, Options
from bot.ports import Fetched, Fetcher, FetchFailed, NotModified
from tests.fakes import web as fake
from tests.fakes.web import Site

LOOPBACK = ("127.0.0.0/8", "::1/128")
NOW = datetime(2025, 5, 20, 12, 0, tzinfo=UTC)


class StillClock:
    def now(self) -> datetime:
        return NOW


def options(**changes: object) -> Options:
    values: dict[str, object] = {"total_seconds": 5.0, "max_bytes": 1_000_000, "allow_private": LOOPBACK}
    return Options(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with fake.web() as running:
        yield running


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    built = HttpFetcher(options(), clock=StillClock())
    yield built
    await built.aclose()


def failure(result: object, problem: str) -> FetchFailed:
    assert isinstance(result, FetchFailed), result
    assert result.problem == problem
    assert result.message.endswith(".")
    return result


# --- what goes well -----------------------------------------------------------------------------------------------


async def test_brings_the_body_and_what_the_headers_say(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = fake.conditional(
        b"<rss/>",
        etag='W/"a b"',
        last_modified="Tue, 20 May 2025 01:00:00 GMT",
        content_type='text/XML; Charset="GB18030"',
        headers={"Cache-Control": "public, max-age=600", "Age": "60"},
    )
    result = await fetcher.fetch(site.url("/feed#part"))
    assert result == Fetched(
        url=site.url("/feed#part"),
        status=200,
        body=b"<rss/>",
        content_type="text/xml",
        charset="gb18030",
        validators=Validators(etag='W/"a b"', last_modified="Tue, 20 May 2025 01:00:00 GMT"),
        fresh_for=timedelta(seconds=540),
    )


@pytest.mark.parametrize("etag", ['"1"', "bare", 'W/"x"', '"ünï"', '"  inner  "', '"' + "x" * 900 + '"'])
async def test_validators_go_back_byte_for_byte(site: Site, fetcher: Fetcher, etag: str) -> None:
    modified = "tuesday some time"  # not a date, and not ours to mend
    site.answers["/feed"] = fake.conditional(b"body", etag=etag, last_modified=modified)
    first = await fetcher.fetch(site.url("/feed"))
    assert isinstance(first, Fetched)
    second = await fetcher.fetch(site.url("/feed"), validators=first.validators)
    assert second == NotModified(validators=first.validators)


async def test_a_validator_that_cannot_be_sent_back_exactly_is_not_kept(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = fake.conditional(b"body", etag=b'"\xe9"')
    result = await fetcher.fetch(site.url("/feed"))
    assert isinstance(result, Fetched)
    assert result.validators == Validators()


async def test_304_to_a_question_never_asked_is_a_failure(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = fake.reply(status=304)
    assert failure(await fetcher.fetch(site.url("/feed")), "status").status == 304


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw"])
async def test_unpacks_what_servers_pack(site: Site, fetcher: Fetcher, encoding: str) -> None:
    body = b"<rss>" + b"news " * 50_000 + b"</rss>"
    site.answers["/feed"] = fake.gzipped(body, encoding=encoding)
    result = await fetcher.fetch(site.url("/feed"))
    assert isinstance(result, Fetched)
    assert result.body == body


async def test_asks_politely_and_in_its_own_name(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = fake.reply(b"x", headers={"Set-Cookie": "track=1; Path=/"})
    await fetcher.fetch(site.url("/feed"), accept="text/html")
    await fetcher.fetch(site.url("/feed"), accept="text/html")
    for request in site.asked("/feed"):
        assert request.headers["user-agent"] == Options().user_agent
        assert request.headers["accept"] == "text/html"
        assert "cookie" not in request.headers
        assert len(request.headers) <= 6


# --- redirects ----------------------------------------------------------------------------------------------------


async def test_follows_redirects_and_reports_a_permanent_move(site: Site, fetcher: Fetcher) -> None:
    site.answers["/old"] = fake.redirect("/older", status=301)
    site.answers["/older"] = fake.redirect(site.url("/new"), status=308)
    site.answers["/new"] = fake.reply(b"here")
    result = await fetcher.fetch(site.url("/old"))
    assert isinstance(result, Fetched)
    assert (result.url, result.moved_to) == (site.url("/new"), site.url("/new"))


async def test_one_temporary_hop_makes_the_move_temporary(site: Site, fetcher: Fetcher) -> None:
    site.answers["/old"] = fake.redirect("/now", status=301)
    site.answers["/now"] = fake.redirect("/new", status=302)
    site.answers["/new"] = fake.reply(b"here")
    result = await fetcher.fetch(site.url("/old"))
    assert isinstance(result, Fetched)
    assert result.moved_to is None


async def test_a_circle_and_a_long_way_end(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = fake.redirect("/b")
    site.answers["/b"] = fake.redirect("/a")
    for step in range(9):
        site.answers[f"/{step}"] = fake.redirect(f"/{step + 1}")
    failure(await fetcher.fetch(site.url("/a")), "redirects")
    failure(await fetcher.fetch(site.url("/0")), "redirects")
    assert len(site.requests) == 2 + 6


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "gopher://x/", "http://[fec0::1]/",
     "http://user@127.0.0.1/", "//0x0a000001/", "http://[::1", "javascript:alert(1)"],
)  # fmt: skip
async def test_a_redirect_to_a_refused_address_is_not_followed(site: Site, fetcher: Fetcher, target: str) -> None:
    site.answers["/feed"] = fake.redirect(target)
    result = await fetcher.fetch(site.url("/feed"))
    assert isinstance(result, FetchFailed)
    assert result.problem in ("redirects", "address")
    assert len(site.requests) == 1


# --- addresses ----------------------------------------------------------------------------------------------------

SPELLINGS = (
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "127.0.0.1.", "localhost", "LOCALHOST",
    "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "0.0.0.0", "0", "[::]",
    "①②⑦.0.0.1", "127。0。0。1", "[fe80::1]", "[fec0::1]", "user@127.0.0.1", "example.com@127.0.0.1",
    "127.0.0.1%00.example.com",
)  # fmt: skip


@pytest.mark.parametrize("host", SPELLINGS)
async def test_loopback_is_not_reached_in_any_spelling(site: Site, host: str) -> None:
    closed = HttpFetcher(options(allow_private=()), clock=StillClock())
    try:
        result = await closed.fetch(site.url("/", host=host))
        assert isinstance(result, FetchFailed)
        assert result.problem == ("dns" if "%" in host else "address")
        assert site.requests == []
    finally:
        await closed.aclose()


async def test_an_allowed_network_opens_only_itself(site: Site) -> None:
    narrow = HttpFetcher(options(allow_private=("127.0.0.1/32",)), clock=StillClock())
    site.answers["/"] = fake.reply(b"in")
    try:
        assert isinstance(await narrow.fetch(site.url("/")), Fetched)
        failure(await narrow.fetch(site.url("/", host="127.0.0.2")), "address")
    finally:
        await narrow.aclose()


async def test_what_is_judged_is_what_is_connected_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a name that resolves to an open address and a closed one, or to one after the other."""
    found = {"both.example": ["127.0.0.9", "127.0.0.1"], "closed.example": ["127.0.0.1", "::1"]}
    asked: list[str] = []

    async def resolve(loop: object, host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found[host]]

    # 127.0.0.9 stands for the public internet; nobody listens there.
    narrow = HttpFetcher(options(allow_private=("127.0.0.9/32",)), clock=StillClock())
    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", resolve)
    try:
        failure(await narrow.fetch(site.url("/", host="both.example")), "connect")
        failure(await narrow.fetch(site.url("/", host="closed.example")), "address")
        found["both.example"] = ["127.0.0.1"]
        assert isinstance(await narrow.fetch(site.url("/", host="both.example")), FetchFailed)
    finally:
        await narrow.aclose()
    assert asked[:2] == ["both.example", "closed.example"]
    assert site.requests == []


async def test_settings_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.answers["/feed"] = fake.reply(b"here")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    direct = HttpFetcher(options(), clock=StillClock())
    try:
        assert isinstance(await direct.fetch(site.url("/feed")), Fetched)
    finally:
        await direct.aclose()


# --- trouble ------------------------------------------------------------------------------------------------------


async def test_a_slow_drip_ends_at_the_deadline(site: Site) -> None:
    hasty = HttpFetcher(options(total_seconds=1.0), clock=StillClock())
    site.answers["/drip"] = fake.drip()
    site.answers["/silence"] = fake.silence()
    site.answers["/fine"] = fake.reply(b"fine")
    try:
        for result in await asyncio.gather(*(hasty.fetch(site.url(path)) for path in ("/drip", "/silence"))):
            assert "1 seconds" not in failure(result, "timeout").message
        assert isinstance(await hasty.fetch(site.url("/fine")), Fetched)
    finally:
        await hasty.aclose()


async def test_bombs_and_endless_bodies_end_at_the_cap(site: Site, fetcher: Fetcher) -> None:
    site.answers["/bomb"] = fake.bomb(50)
    site.answers["/endless"] = fake.endless()
    site.answers["/fits"] = fake.reply(b"x" * 1_000_000)
    site.answers["/over"] = fake.reply(b"x" * 1_000_001)
    for path in ("/bomb", "/endless", "/over"):
        assert "1 MB" in failure(await fetcher.fetch(site.url(path)), "too_large").message
    assert isinstance(await fetcher.fetch(site.url("/fits")), Fetched)


async def test_a_body_shorter_than_announced_is_no_body(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = fake.broken_off(b"<rss>", announced=5_000)
    site.answers["/packed"] = fake.reply(b"\x1f\x8b\x08broken", headers={"Content-Encoding": "gzip"})
    site.answers["/odd"] = fake.reply(b"x", headers={"Content-Encoding": "br"})
    for path in ("/feed", "/packed", "/odd"):
        failure(await fetcher.fetch(site.url(path)), "protocol")


async def test_dropped_connections_and_strangers(site: Site, fetcher: Fetcher) -> None:
    site.answers["/reset"] = fake.reset()
    site.answers["/ssh"] = fake.garbage()
    failure(await fetcher.fetch(site.url("/reset")), "connect")
    failure(await fetcher.fetch(site.url("/ssh")), "protocol")
    failure(await fetcher.fetch(site.url("/").replace("http:", "https:")), "tls")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        failure(await fetcher.fetch(f"http://127.0.0.1:{probe.getsockname()[1]}/"), "connect")


async def test_a_name_that_does_not_exist(fetcher: Fetcher) -> None:
    failure(await fetcher.fetch("http://no-such-name.invalid/"), "dns")


@pytest.mark.parametrize("url", ["", "feed", "ftp://example.com/", "http://", "http://[", "http://a b/", "http://x:99999/", "http://" + "a" * 300 + ".com/", "http://x/" + "y" * 5000, "http://\ud800/", "http://.../"])  # fmt: skip  # noqa: E501
async def test_what_is_no_address_is_a_sentence(fetcher: Fetcher, url: str) -> None:
    result = await fetcher.fetch(url)
    assert isinstance(result, FetchFailed)
    assert result.problem in ("address", "dns")


@pytest.mark.parametrize(
    ("asked", "wait"),
    [("120", timedelta(seconds=120)), ("Tue, 20 May 2025 12:05:00 GMT", timedelta(minutes=5)), ("soon", None),
     ("-5", None), ("Tue, 20 May 2025 11:00:00 GMT", timedelta(0)), (None, None), ("9" * 50, None)],
)  # fmt: skip
async def test_retry_after_in_both_forms(
    site: Site, fetcher: Fetcher, asked: str | None, wait: timedelta | None
) -> None:
    site.answers["/feed"] = fake.too_many(asked)
    failed = failure(await fetcher.fetch(site.url("/feed")), "status")
    assert (failed.status, failed.retry_after, failed.retryable) == (429, wait, True)


@pytest.mark.parametrize(("status", "retryable"), [(404, False), (410, False), (403, False), (500, True), (503, True)])
async def test_statuses(site: Site, fetcher: Fetcher, status: int, retryable: bool) -> None:
    site.answers["/feed"] = fake.reply(b"no", status=status)
    failed = failure(await fetcher.fetch(site.url("/feed")), "status")
    assert (failed.status, failed.retryable) == (status, retryable)
    assert str(status) in failed.message


# --- many at once -------------------------------------------------------------------------------------------------


async def test_two_at_a_time_for_one_publisher(site: Site, fetcher: Fetcher) -> None:
    site.fallback = fake.reply(b"page")
    results = await asyncio.gather(*(fetcher.fetch(site.url(f"/{page}")) for page in range(30)))
    assert all(isinstance(result, Fetched) for result in results)
    assert 1 <= site.most_at_once <= 2


async def test_no_wedge_after_a_thousand_cancellations(site: Site) -> None:
    """httpx's own pool answers nothing after this (encode/httpcore #1093)."""
    wide = HttpFetcher(options(max_connections=10, per_host_at_once=20), clock=StillClock())
    site.answers["/silence"] = fake.silence()
    site.answers["/drip"] = fake.drip()
    site.answers["/fine"] = fake.reply(b"fine")
    try:
        for turn in range(25):
            path = "/silence" if turn % 2 else "/drip"
            tasks = [asyncio.create_task(wide.fetch(site.url(path))) for _ in range(40)]
            for _ in range(turn % 7 * 3):
                await asyncio.sleep(0)
            if turn % 5 == 0:
                await asyncio.sleep(0.005)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        results = await asyncio.gather(*(wide.fetch(site.url("/fine")) for _ in range(12)))
        assert all(isinstance(result, Fetched) for result in results)
    finally:
        await wide.aclose()


async def test_after_aclose_nothing_is_left_open(site: Site) -> None:
    closing = HttpFetcher(options(), clock=StillClock())
    site.answers["/fine"] = fake.reply(b"fine")
    await closing.fetch(site.url("/fine"))
    await closing.aclose()
    await closing.aclose()
    assert [task for task in asyncio.all_tasks() if "aiohttp" in repr(task.get_coro())] == []
