"""Which feed `/sources add` finds behind an address, over real HTTP."""

from collections.abc import AsyncIterator

import pytest

from bot.errors import InputError
from bot.polling.client import HttpFetcher, Options
from bot.service.sources import SourceFinder
from tests.fakes.desk import TurnedClock
from tests.fakes.rounds import Here
from tests.fakes.web import redirect, reply, web

FEED = reply(
    b"<rss><channel><title>Gazette</title><item><title>Talks</title><guid>1</guid></item></channel></rss>",
    content_type="application/rss+xml",
)


def home(*paths: str) -> bytes:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in paths)
    return f"<html><head>{links}</head><body>News</body></html>".encode()


@pytest.fixture
async def finder() -> AsyncIterator[SourceFinder]:
    clock = TurnedClock()
    fetcher = HttpFetcher(Options(allow_private=("127.0.0.0/8",)), clock=clock)
    yield SourceFinder(fetcher=fetcher, pool=Here(), clock=clock)
    await fetcher.aclose()


async def test_a_feed_that_is_no_more_does_not_hide_the_next_one(finder: SourceFinder) -> None:
    async with web() as site:
        site.answers |= {"/": reply(home("/old", "/page", "/feed")), "/feed": FEED, "/page": reply(home())}
        assert (await finder.find(site.url("/"))).url == site.url("/feed")
        site.answers["/"] = reply(home("/page", "/old"))
        with pytest.raises(InputError, match=r"names none that works.*could not fetch.*404"):
            await finder.find(site.url("/"))


async def test_only_a_move_for_good_changes_the_address(finder: SourceFinder) -> None:
    async with web() as site:
        site.answers |= {"/signed": FEED, "/feed": redirect("/signed", status=302)}
        assert (await finder.find(site.url("/feed"))).url == site.url("/feed")
        site.answers["/feed"] = redirect("/signed", status=301)
        found = await finder.find(site.url("/feed"))
        assert (found.url, found.title, found.items) == (site.url("/signed"), "Gazette", 1)
