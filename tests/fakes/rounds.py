"""Rounds over any store with everything real but the network and the worker process: feeds are bytes that a test sets,
and what a worker would compute is computed here, once for each question.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from bot.bootstrap import WINDOW
from bot.grouping.cluster import Window
from bot.model import Source, Validators, source_id
from bot.ports import Fetched, Fetcher, FetchFailed, FetchResult, Probe, Reading, Store
from bot.service.clock import no_probe
from bot.service.closing import Hours
from bot.service.intake import Intaker, Options
from bot.service.pages import Pages
from bot.service.request import ReadRequest
from bot.service.robots import Robots
from bot.service.subscriptions import Limits, Subscriptions
from bot.service.tasks import answer, pack, unpack
from bot.service.workers import Options as PoolOptions
from bot.service.workers import WorkerPool
from bot.storage.memory import MemoryPreferences
from tests.fakes.desk import TurnedClock

_ANSWERED: dict[bytes, bytes] = {}
_ONCE = datetime(2027, 1, 1, tzinfo=UTC)


class Here(WorkerPool):
    """A pool without processes. The answers are pure, so that they are remembered from test to test."""

    def __init__(self) -> None:
        super().__init__(PoolOptions(processes=0))

    async def run(self, request: object, answers: Any, *, priority: int = 1) -> Any:
        if isinstance(request, ReadRequest) and request.page.published is not None:
            page = replace(request.page, arrived=_ONCE)  # of a dated page nothing depends on its arrival
            found = _answered(replace(request, page=page))
            if isinstance(found, Reading):
                found = replace(found, article=replace(found.article, arrived=request.page.arrived))
        else:
            found = _answered(request)
        assert isinstance(found, answers), found
        return found


def _answered(request: object) -> object:
    frame = pack(request)
    if frame not in _ANSWERED:
        _ANSWERED[frame] = answer(frame)
    return unpack(_ANSWERED[frame])


def item(key: str, title: str, text: str, published: datetime | None) -> str:
    """One item of a feed, with its whole text in it and no page to fetch."""
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
    stamp = f"<pubDate>{published:%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if published else ""
    return (
        f"<item><title>{escape(title)}</title><guid isPermaLink='false'>{key}</guid>{stamp}"
        f"<description>{escape(paragraphs)}</description></item>"
    )


class Press:
    """Outlets with a feed each. Implements `bot.ports.Fetcher`."""

    def __init__(self) -> None:
        self.feeds: dict[str, list[str]] = {}

    def publish(self, outlet: str, item: str) -> None:
        self.feeds.setdefault(self.url(outlet), []).append(item)

    @staticmethod
    def url(outlet: str) -> str:
        return f"https://{outlet.lower().replace(' ', '-')}.example/feed"

    async def fetch(self, url: str, *, validators: Validators = Validators(), accept: str = "*/*") -> FetchResult:
        if url not in self.feeds:
            return FetchFailed(problem="status", message="Not found.", status=404, retryable=False)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{"".join(self.feeds[url])}'
        return Fetched(url=url, status=200, body=f"{body}</channel></rss>".encode(), content_type="text/xml")


async def follow(store: Store, outlet: str, language: str = "en") -> Source:
    """The operator reads this outlet, and everybody may."""
    url = Press.url(outlet)
    source = Source(id=source_id(url), url=url, name=outlet, language=language, shared=True, operator=True)
    await store.put_source(source)
    return source


def pages_of(fetcher: Fetcher, pool: WorkerPool, clock: TurnedClock) -> Pages:
    """How pages are read, with preferences of its own."""
    robots = Robots(fetcher=fetcher, preferences=MemoryPreferences(), clock=clock, user_agent="Attaché")
    return Pages(fetcher=fetcher, pool=pool, clock=clock, robots=robots)


def intaker(store: Store, press: Press, clock: TurnedClock, probe: Probe = no_probe) -> Intaker:
    """What a started bot takes news in with; another one over the same store is a restart."""
    subscriptions = Subscriptions(store=store, preferences=MemoryPreferences(), clock=clock, limits=Limits())
    hours = Hours(store=store, subscriptions=subscriptions, window=Window(), clock=clock, probe=probe, span=WINDOW)
    pool = Here()
    return Intaker(
        store=store, fetcher=press, pages=pages_of(press, pool, clock), pool=pool, hours=hours, clock=clock,
        random=Random(0), probe=probe, options=Options(),
    )  # fmt: skip


HOUR = timedelta(hours=1)
