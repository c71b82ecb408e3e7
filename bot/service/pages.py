"""From an entry to a reading: its page is fetched and read in a worker; the feed's own text is the fallback."""

from dataclasses import replace
from datetime import timedelta

from bot.errors import WorkerAbsent, WorkerError
from bot.model import Decision, Entry, Source
from bot.polling.feed import is_full
from bot.ports import Clock, Fetched, Fetcher, FetchFailed, PageInput, Reading, Unreadable
from bot.service.request import ReadRequest
from bot.service.robots import Robots
from bot.service.workers import ROUND, WorkerPool

PATIENCE = timedelta(hours=6)
"""How long a page that cannot be had just now is waited for before the feed's own text has to do."""


class Pages:
    """Reads entries and addresses. Never raises for what a page holds or a server does."""

    def __init__(self, *, fetcher: Fetcher, pool: WorkerPool, clock: Clock, robots: Robots) -> None:
        self._fetcher, self._pool, self._clock, self._robots = fetcher, pool, clock, robots

    async def read(self, entry: Entry, source: Source | None) -> Reading | Unreadable | None:
        """What the entry says; None when it should be tried again in a later round."""
        note: str | None = None
        if entry.url and not is_full(entry.content):
            fetched = await self._fetch(entry.url, entry.source_id)
            if isinstance(fetched, Fetched):
                page = _input(entry, source, html=fetched.body, charset=fetched.charset, url=fetched.url)
                reading = await self._read(page)
                if reading is None or isinstance(reading, Reading) or not _own_text(entry):
                    return reading
                note = reading.reason
            else:
                waited = self._clock.now() - entry.arrived
                if fetched.retryable and waited < PATIENCE and not _own_text(entry):
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

    async def _fetch(self, url: str, source_id: str | None = None) -> Fetched | FetchFailed:
        if refused := await self._robots.refusal(url, source_id):
            return refused
        result = await self._fetcher.fetch(url, accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.5")
        if isinstance(result, Fetched | FetchFailed):
            return result
        return FetchFailed(problem="protocol", message="The server says “not modified” to a question never asked.")


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
