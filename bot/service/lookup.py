"""Look-ups: what `/latest`, `/search`, `/brief`, `/story` and `/summarize` find. Answers values, not messages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.errors import InputError
from bot.grouping.story import phase_at, visible_part
from bot.model import DigestItem, Query, Scope, SourceLine, Story, StoryQuery
from bot.ports import ArticleStore, Budget, Clock, FetchFailed, Reading, SourceStore, StoryStore, Unreadable
from bot.service.evidence import Grounds
from bot.service.naming import countries_named
from bot.service.pages import Pages
from bot.service.provenance import outlet_names, outlet_of
from bot.service.relations import Ledger, ledger
from bot.service.stories import Stories
from bot.service.workers import URGENT

BRIEF_SPAN = timedelta(days=7)
"""How far `/brief` looks back when nobody says: a week is what a weekly meeting asks about."""

SHOWN = (Budget(), Budget(points=3))
"""How much look-ups and digests say of a story; first what `/story` says, so that points bear the same numbers."""

LATEST_SPAN = timedelta(days=3)
"""`/latest` looks back over a weekend."""


class LookupStore(SourceStore, ArticleStore, StoryStore, Protocol):
    """What look-ups read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of results; `total` counts up to 1,000. `items`: the readings as they are shown, those of one story as
    one, with the story's number.
    """

    readings: tuple[Reading, ...]
    total: int
    names: dict[str, str]
    items: tuple[DigestItem, ...] = ()


class Lookup:
    """Reads the archive within a scope."""

    def __init__(self, *, store: LookupStore, stories: Stories, pages: Pages, clock: Clock) -> None:
        self._store, self._stories, self._pages, self._clock = store, stories, pages, clock

    async def latest(
        self, scope: Scope, countries: Sequence[str], count: int, page: int, language: str | None = None
    ) -> tuple[tuple[DigestItem, ...], int]:
        """A page of the newest diplomatic stories about all of `countries`, and how many there are. Here and below:
        in `language` as far as that can be had.
        """
        since, first = self._clock.now() - LATEST_SPAN, (page - 1) * count
        asked = StoryQuery(since=since, named=tuple(countries), limit=count, offset=first)
        stories = await self._store.find_stories(asked, scope)
        return await self._items(stories, scope, language), await self._store.count_stories(asked, scope)

    async def search(self, query: Query, scope: Scope, language: str | None = None) -> Found:
        """A page of articles, newest first. InputError where the filters can never hold."""
        query = _by_own_name(query, scope)
        await self._sensible(query, scope)
        readings = await self._store.search(query, scope)
        total = await self._store.count(query, scope)
        names = outlet_names(scope.named(await self._store.sources()))
        items = await self._stories.previewed([preview(one, names) for one in readings], readings, language)
        stories = [await self._store.story_of(one.article.id) for one in readings]
        numbers = [story.number if story else 0 for story in stories]
        return Found(readings=readings, total=total, names=names, items=_by_story(items, numbers))

    async def brief(
        self,
        about: str,
        span: timedelta | None,
        scope: Scope,
        count: int,
        filters: Query | None = None,
        language: str | None = None,
    ) -> tuple[DigestItem, ...]:
        """The weightiest stories on a country (by name or code), a topic, or everything; of those with an article
        that has the topic and that `filters` admit, where given.
        """
        since = self._clock.now() - (span or BRIEF_SPAN)
        filters = _by_own_name(filters, scope) if filters is not None else None
        await self._sensible(replace(filters or Query(), text=about, since=since), scope)
        codes = countries_named(about) if about else ()
        topic = "" if codes else about
        article = replace(filters or Query(), text=topic, since=since, diplomatic_only=True)
        asked = StoryQuery(
            since=since,
            named=codes,
            article=article if topic or filters is not None else None,
            order="weightiest",
            limit=count,
        )
        return await self._items(await self._store.find_stories(asked, scope), scope, language)

    async def _sensible(self, query: Query, scope: Scope) -> None:
        """InputError says what no article can be."""
        if query.text.strip() and not any(map(str.isalnum, query.text)):
            raise InputError("There is no word in that to look for.")
        if "(" in query.text and "OR" in query.text.split():
            raise InputError("A search knows OR, but no parentheses: write iran tanker OR iraq tanker.")
        if query.since is not None and query.since > self._clock.now():
            raise InputError("since lies in the future: nothing is that new.")
        if query.since is not None and query.until is not None and query.until <= query.since:
            raise InputError("until must lie after since: nothing is between them.")
        if query.source is not None and not await self._names_source(query.source, scope):
            raise InputError(f"No source here is called “{query.source[:40]}”. /sources list shows their names.")

    async def _names_source(self, wanted: str, scope: Scope) -> bool:
        """Whether a source that may be seen is called that."""
        return any(
            source.is_called(wanted)
            for source in await self._store.sources()
            if scope.sources is None or source.id in scope.sources
        )

    async def ledger(
        self,
        scope: Scope,
        actor: str,
        other: str | None,
        since: datetime | None,
        *,
        language: str | None,
        first: int,
        count: int,
    ) -> Ledger:
        """What `actor` and `other` (None: anybody) did with each other, newest first, for a reader of `language`."""
        return await ledger(self._store, scope, actor, other, since, language=language, first=first, count=count)

    async def story(self, number: int, scope: Scope, language: str | None = None) -> tuple[Story, DigestItem]:
        """The story of that number, as the scope sees it, in `language` as far as that can be had."""
        story = await self._store.story_by_number(number)
        item = await self._stories.item(story, scope, language) if story else None
        if story is None or item is None:
            raise InputError(f"There is no story {number} here. /latest shows the newest ones with their numbers.")
        part = visible_part(story, {line.article_id for line in item.lines})
        part = replace(part, phase=phase_at(part, self._clock.now()))
        return part, (await self._stories.written([item], scope, language=language))[0]

    async def evidence(
        self, number: int, scope: Scope, language: str | None = None
    ) -> tuple[Story, tuple[Grounds, ...]]:
        """The story of that number, and what each of its points rests on, as digests and `/story` show them."""
        story = await self._store.story_by_number(number)
        found = await self._stories.grounds(story, scope, SHOWN, language=language) if story else ()
        if story is None or not found:
            raise InputError(f"There is no story {number} here. /latest shows the newest ones with their numbers.")
        return story, found

    async def summarize(self, url: str) -> Reading:
        """The article at `url`, read now; InputError says why it cannot be."""
        known = await self._pages.read_url(url, priority=URGENT)
        if isinstance(known, FetchFailed):
            raise InputError(f"I could not fetch that page. {known.message}")
        if isinstance(known, Unreadable):
            raise InputError(f"I could not read that page. {known.reason}")
        return replace(known, summary=await self._stories.summary((known,)))

    async def _items(self, stories: Sequence[Story], scope: Scope, language: str | None) -> tuple[DigestItem, ...]:
        items = [await self._stories.item(story, scope, language) for story in stories]
        return await self._stories.written([item for item in items if item is not None], scope, language=language)


def _by_own_name(query: Query, scope: Scope) -> Query:
    """A source by its id, where the asker's server has a name of its own for it."""
    wanted = (query.source or "").casefold()
    return replace(query, source=next((key for key, name in scope.names if name.casefold() == wanted), query.source))


def preview(reading: Reading, names: dict[str, str], *, points: int = 1) -> DigestItem:
    """An article on its own as it is shown in a list."""
    article = reading.article
    line = SourceLine(
        article_id=article.id, outlet=outlet_of(article, names), url=article.url, title=article.title, when=article.when
    )
    return DigestItem(
        story_id=article.id,
        number=0,
        version=1,
        headline=article.title,
        summary=replace(reading.summary, points=reading.summary.points[:points]),
        lines=(line,),
        independent=1,
    )


def _by_story(items: Sequence[DigestItem], numbers: Sequence[int]) -> tuple[DigestItem, ...]:
    """Articles of one story as one item, as the first of them is shown: the same news is not told again and again."""
    rows: dict[int, DigestItem] = {}
    for place, (item, number) in enumerate(zip(items, numbers, strict=True)):
        key = number or -place - 1
        first = rows.setdefault(key, replace(item, number=number))
        if first.story_id != item.story_id:
            rows[key] = replace(first, lines=(*first.lines, *item.lines))
    return tuple(rows.values())


def paged(query: Query, page: int) -> Query:
    """The query for page `page`, from 1."""
    return replace(query, offset=(page - 1) * query.limit)
