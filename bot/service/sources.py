"""Finding the feed behind an address that a person gives to `/sources add`."""

from dataclasses import dataclass

from bot.errors import InputError, WorkerError
from bot.model import source_id
from bot.polling.feed import FeedProblem, ParsedFeed
from bot.ports import Clock, Fetched, Fetcher, FetchFailed
from bot.service.tasks import FeedLinks, FeedRequest, LinksRequest
from bot.service.workers import URGENT, WorkerPool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that works: its address, its title, and how many items it holds now."""

    url: str
    title: str
    items: int


class SourceFinder:
    """Tries an address as a feed, else as a page that names one. InputError says what is there instead."""

    def __init__(self, *, fetcher: Fetcher, pool: WorkerPool, clock: Clock) -> None:
        self._fetcher, self._pool, self._clock = fetcher, pool, clock

    async def find(self, url: str) -> FoundFeed:
        """The feed at `url`, or the first one that the page at `url` names."""
        address = url if "://" in url else f"https://{url}"
        fetched = await self._fetched(address)
        found = await self._feed(fetched, address)
        if isinstance(found, FoundFeed):
            return found
        why = found.message
        for link in await self._links(fetched):
            try:
                named = await self._feed(await self._fetched(link), link)
            except InputError as error:  # a page may name feeds that are no more beside those that are
                why = str(error)
                continue
            if isinstance(named, FoundFeed):
                return named
        raise InputError(f"That address is not a feed, and the page names none that works. {why}")

    async def _fetched(self, url: str) -> Fetched:
        result = await self._fetcher.fetch(url)
        if isinstance(result, Fetched):
            return result
        why = result.message if isinstance(result, FetchFailed) else "It answered nothing."
        raise InputError(f"I could not fetch {url[:200]}. {why}")

    async def _feed(self, fetched: Fetched, asked: str) -> FoundFeed | FeedProblem:
        """Known by the address that was asked for, unless it moved for good: what a server redirects to for now may
        be another one tomorrow, or signed for an hour.
        """
        request = FeedRequest(
            body=fetched.body,
            url=fetched.url,
            charset=fetched.charset,
            source_id=source_id(fetched.url),
            arrived=self._clock.now(),
        )
        try:
            parsed = await self._pool.run(request, (ParsedFeed, FeedProblem), priority=URGENT)
        except WorkerError as error:
            return FeedProblem(message=str(error))
        if isinstance(parsed, FeedProblem):
            return parsed
        url = fetched.moved_to or asked
        return FoundFeed(url=url, title=parsed.title or url, items=len(parsed.entries))

    async def _links(self, fetched: Fetched) -> tuple[str, ...]:
        try:
            links = await self._pool.run(LinksRequest(body=fetched.body, url=fetched.url), FeedLinks, priority=URGENT)
        except WorkerError:
            return ()
        return tuple(link.url for link in links.links[:3])
