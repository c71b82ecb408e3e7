"""From an entry to a reading: its page is fetched and read in a worker; the feed's own text is the fallback."""

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.errors import WorkerAbsent, WorkerError
from bot.model import Decision, Entry, Source
from bot.polling.robots import allowed
from bot.ports import Clock, Fetched, Fetcher, FetchFailed, PageInput, Reading, Unreadable
from bot.service.request import ReadRequest
from bot.service.workers import ROUND, WorkerPool

FULL_TEXT = 1500
"""Characters of markup from which a feed's content is the article itself rather than a teaser."""

PATIENCE = timedelta(hours=6)
"""How long a page that cannot be had just now is waited for before the feed's own text has to do."""

ROBOTS_KEPT = 500
"""Hosts whose robots.txt is remembered at once."""

ROBOTS_FRESH = timedelta(hours=24)
"""RFC 9309, 2.4: a robots.txt should not be used for longer than 24 hours."""


class Pages:
    """Reads entries and addresses. Never raises for what a page holds or a server does."""

    def __init__(self, *, fetcher: Fetcher, pool: WorkerPool, clock: Clock, user_agent: str) -> None:
        self._fetcher, self._pool, self._clock, self._agent = fetcher, pool, clock, user_agent
        self._robots: OrderedDict[str, tuple[datetime, str]] = OrderedDict()

    async def read(self, entry: Entry, source: Source | None) -> Reading | Unreadable | None:
        """What the entry says; None when it should be tried again in a later round."""
        note: str | None = None
        if entry.url and len(entry.content) < FULL_TEXT:
            fetched = await self._fetch(entry.url)
            if isinstance(fetched, Fetched):
                page = _input(entry, source, html=fetched.body, charset=fetched.charset, url=fetched.url)
                reading = await self._read(page)
                if reading is None or isinstance(reading, Reading) or not _own_text(entry):
                    return reading
                note = reading.reason
            else:
                waited = self._clock.now() - entry.arrived
                if fetched.retryable and fetched.problem != "robots" and waited < PATIENCE and not _own_text(entry):
                    return None
                note = fetched.message
        html = _own_text(entry)
        if html is None:
            return Unreadable(id=entry.id, reason=note or "The feed gives neither text nor a link.")
        reading = await self._read(_input(entry, source, html=html.encode(), charset="utf-8"))
        if note and isinstance(reading, Reading):
            said = Decision(stage="extraction", outcome="changed", reason=f"The feed's own text is used: {note}")
            return _with(reading, said)
        return reading

    async def read_url(self, url: str, *, priority: int = ROUND) -> Reading | Unreadable | FetchFailed:
        """The article at `url`, for a person who asks."""
        fetched = await self._fetch(url)
        if isinstance(fetched, FetchFailed):
            return fetched
        page = PageInput(id=url, html=fetched.body, charset=fetched.charset, url=fetched.url, arrived=self._clock.now())
        absent = Unreadable(id=url, reason="Nothing here can read it just now. Please try again in a minute.")
        return await self._read(page, priority=priority) or absent

    async def _read(self, page: PageInput, *, priority: int = ROUND) -> Reading | Unreadable | None:
        """None where no process could be started to read it, which says nothing of the page."""
        try:
            return await self._pool.run(ReadRequest(page=page), (Reading, Unreadable), priority=priority)
        except WorkerAbsent:
            return None
        except WorkerError as error:
            return Unreadable(id=page.id, reason=str(error))

    async def _fetch(self, url: str) -> Fetched | FetchFailed:
        if not await self._welcome(url):
            message = "The site's robots.txt asks programs not to read this page."
            return FetchFailed(problem="robots", message=message, retryable=False)
        result = await self._fetcher.fetch(url, accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.5")
        if isinstance(result, Fetched | FetchFailed):
            return result
        return FetchFailed(problem="protocol", message="The server says “not modified” to a question never asked.")

    async def _welcome(self, url: str) -> bool:
        """Whether robots.txt lets us. A site without one does (RFC 9309, 2.3.1.3), and so does one whose file cannot be
        had just now: there 2.3.1.4 would have us wait, and a server that fails at this one file would never be read.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        now = self._clock.now()
        known = self._robots.get(site)
        if known is None or now - known[0] > ROBOTS_FRESH:
            result = await self._fetcher.fetch(f"{site}/robots.txt", accept="text/plain")
            text = result.body[:500_000].decode("utf-8", "replace") if isinstance(result, Fetched) else ""
            known = (now, text)
            self._robots[site] = known
            if len(self._robots) > ROBOTS_KEPT:
                self._robots.popitem(last=False)
        return allowed(known[1], self._agent, url)


def _own_text(entry: Entry) -> str | None:
    """The feed's own markup for the entry, as a small page."""
    body = entry.content or entry.summary
    return f"<html><body><article>{body}</article></body></html>" if body.strip() else None


def _input(
    entry: Entry, source: Source | None, *, html: bytes, charset: str | None, url: str | None = None
) -> PageInput:
    return PageInput(
        id=entry.id,
        html=html,
        charset=charset,
        title=entry.title or None,
        url=entry.url or url,
        source_id=entry.source_id,
        outlet=source.name if source else None,
        language=entry.language or (source.language if source else None),
        published=entry.published,
        arrived=entry.arrived,
    )


def _with(reading: Reading, decision: Decision) -> Reading:
    return replace(reading, decisions=(*reading.decisions, decision))
