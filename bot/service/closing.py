"""What grouping remembers while the bot runs, and hours as they are closed.

Articles are placed as they come. When their hour is closed (`bot.grouping.closing`), they are placed once more among
settled articles alone, and what then stands elsewhere is moved in the store in one transaction. Memory follows the
store, never the other way: after a failure it is rebuilt from there, as after a restart.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.errors import StoreUnavailable
from bot.grouping.changes import what_changed
from bot.grouping.closing import Arrival, Settlement, closing_time, in_order, named
from bot.grouping.cluster import Window
from bot.grouping.story import rebuilt
from bot.model import Article, Decision, JournalLine, Member, Placement, Scope, Signature, Story, Understanding
from bot.ports import ArticleStore, Clock, Closing, Probe, Reading, SourceStore, StoryStore, SubscriptionStore
from bot.service.request import without_text
from bot.service.subscriptions import CONSOLE, Subscriptions

_log = structlog.get_logger(__name__)

Row = tuple[str, str, Signature, Article, Understanding]


class ClosingStore(SourceStore, ArticleStore, StoryStore, SubscriptionStore, Protocol):
    """What closing an hour reads and writes."""


class Hours:
    """The window that new articles are placed in, with the hours that are still open. For one task at a time."""

    def __init__(
        self,
        *,
        store: ClosingStore,
        subscriptions: Subscriptions,
        window: Window,
        clock: Clock,
        probe: Probe,
        span: timedelta,
    ) -> None:
        self._store, self._subscriptions, self._window = store, subscriptions, window
        self._clock, self._probe, self._span = clock, probe, span
        self._open: dict[str, Arrival] = {}
        self._loaded = False

    # --- as articles come ---------------------------------------------------------------------------------------

    async def begin(self) -> None:
        """Before a round: remember what there is, close the hours that are due, let go of what is old."""
        if not self._loaded:
            await self._load()
        try:
            await self._close_due()
        except StoreUnavailable:
            raise
        except Exception:  # noqa: BLE001 - an hour that cannot be closed never stops the news: it stays open
            _log.exception("hour_not_closed")
            await self._load()
        self._window.forget_before(self._from(), but=self._open)

    def place(self, reading: Reading) -> Placement:
        """Where the article goes as things stand."""
        return self._window.place(reading.article, reading.understanding, reading.signature)

    def remember(self, reading: Reading, story_id: str, absorbed: Iterable[str], *, new: bool) -> None:
        """The article stands in that story now, which took others in; `new`: it was not in the archive before."""
        for old in absorbed:
            self._window.rename(old, story_id)
        light = without_text(reading).article
        arrival = Arrival(article=light, understanding=reading.understanding, signature=reading.signature)
        if new or light.id in self._open:
            self._open[light.id] = arrival
        self._add(arrival, story_id)

    async def rebuild(self) -> None:
        """After something that went wrong half way: memory is made anew from the store."""
        self._forget()
        await self._load()

    def _forget(self) -> None:
        self._window.clear()
        self._open, self._loaded = {}, False

    def _add(self, arrival: Arrival, story_id: str) -> None:
        article = arrival.article
        self._window.add(article.id, story_id, arrival.signature, article, arrival.understanding)

    async def _load(self) -> None:
        """The same as before a restart: settled articles of the window's time, and all open ones."""
        still_open = await self._store.open_articles()
        self._open = {row[0]: _arrival(row) for row in still_open}
        for row in (*await self._store.signatures(self._from()), *still_open):
            self._add(_arrival(row), row[1])
        self._loaded = True

    def _from(self) -> datetime:
        """From which event time on articles are remembered: an hour that is closed late asks for as much as in time."""
        moments = (closing_time(arrival.article) for arrival in self._open.values())
        return min((self._clock.now(), *moments)) - self._span

    # --- as hours are closed ------------------------------------------------------------------------------------

    async def _close_due(self) -> None:
        now = self._clock.now()
        due: defaultdict[datetime, list[Arrival]] = defaultdict(list)
        for arrival in self._open.values():
            if (moment := closing_time(arrival.article)) <= now:
                due[moment].append(arrival)
        try:
            for moment in sorted(due):
                await self._close(moment, in_order(due[moment]), now)
        except BaseException:  # whatever it was: memory is rebuilt from the store before the next round
            self._forget()
            raise

    async def _close(self, moment: datetime, arrivals: Sequence[Arrival], now: datetime) -> None:
        live = {key: self._window.story_of(key) or key for key in self._open}
        self._window.forget(self._open)
        self._window.forget_before(moment - self._span)
        settlement = Settlement(self._window)
        for arrival in arrivals:
            settlement.place(arrival)
            await asyncio.sleep(0)  # an hour of a busy day takes a second: others may go on
        gone, before = await self._name(settlement, {one.article.id: live[one.article.id] for one in arrivals})
        closing = await self._closing(settlement, gone, before, now)
        self._probe("hour.placed")
        await self._store.close_hour(closing)
        self._probe("hour.closed")
        for arrival in arrivals:
            del self._open[arrival.article.id]
        for key, arrival in self._open.items():
            self._add(arrival, gone.get(live[key], live[key]))
        if closing.stories or closing.absorbed:
            _log.info("hour_closed", articles=len(arrivals), stories=len(closing.stories), merged=len(closing.absorbed))

    async def _name(
        self, settlement: Settlement, live: Mapping[str, str]
    ) -> tuple[Mapping[str, str], dict[str, Story]]:
        """Give the hour's stories their names. Answers which stories are gone, and all touched ones as they stood."""
        before = await self._stories({*live.values(), *settlement.stories.values(), *settlement.absorbed})
        borne = await self._stories(live)

        def rank(name: str) -> tuple[object, ...]:
            story = before.get(name)
            return (story is None, story.first_seen if story else None, story.number if story else 0, name)

        names = named(
            settlement,
            live,
            fixed=lambda name: name in self._window,
            rank=rank,
            free=lambda name: name not in borne and name not in self._window,
        )
        settlement.rename(names.names)
        return names.gone, before

    async def _stories(self, names: Iterable[str]) -> dict[str, Story]:
        """Those of the names that a story bears, without redirects."""
        found = [(name, await self._store.story(name)) for name in sorted(set(names))]
        return {name: story for name, story in found if story is not None and story.id == name}

    async def _closing(
        self, settlement: Settlement, gone: Mapping[str, str], before: Mapping[str, Story], now: datetime
    ) -> Closing:
        stories, placements = settlement.stories, settlement.placements
        members: defaultdict[str, list[Member]] = defaultdict(list)
        lines = []
        for story in before.values():
            for member in story.members:
                key = member.article_id
                target = stories.get(key) or gone.get(story.id, story.id)
                placement = placements.get(key)
                members[target].append(await self._settled(member, placement) if placement else member)
                if target != story.id:
                    lines.append(_moved(key, before.get(target), now))
        changed = {
            name: tuple(kept)
            for name, kept in members.items()
            if name not in before or set(kept) != set(before[name].members)
        }
        return Closing(
            settled=tuple(stories),
            stories=tuple([await self._rebuilt(name, changed[name], before) for name in sorted(changed)]),
            absorbed=tuple(sorted(gone.items())),
            scopes=await self._scopes() if changed else {},
            lines=tuple(lines),
        )

    async def _settled(self, member: Member, placement: Placement) -> Member:
        """The article's place for good. What its outlet changed in it stays told."""
        if (member.relation, member.of) == (placement.relation, placement.of) or member.of == member.article_id:
            return member
        changes = placement.changes
        if placement.relation == "updates" and placement.of:
            pair = await self._store.readings((placement.of, member.article_id))
            changes = what_changed(pair[0].article, pair[1].article) if len(pair) == 2 else ()
        return replace(member, relation=placement.relation, of=placement.of, changes=changes)

    async def _rebuilt(self, name: str, members: Sequence[Member], before: Mapping[str, Story]) -> Story:
        readings = await self._store.readings([member.article_id for member in members])
        known = {one.article.id: (one.article, one.understanding) for one in readings}
        return rebuilt(name, members, known, before)

    async def _scopes(self) -> dict[str, Scope]:
        """What each digest and each alert rule may tell of."""
        guilds = {one.id: one.guild_id for one in await self._store.rules()}
        guilds |= {
            one.id: CONSOLE if one.target.kind == "console" else one.guild_id
            for one in await self._store.subscriptions()
        }
        scopes = {guild: await self._scope(guild) for guild in set(guilds.values())}
        return {owner: scopes[guild] for owner, guild in guilds.items()}

    async def _scope(self, guild: str | None) -> Scope:
        return Scope(sources=None) if guild == CONSOLE else await self._subscriptions.scope(guild)


def _arrival(row: Row) -> Arrival:
    _, _, signature, article, understanding = row
    return Arrival(article=article, understanding=understanding, signature=signature)


def _moved(article_id: str, into: Story | None, now: datetime) -> JournalLine:
    where = f"the story “{into.title[:120]}”" if into else "a story of its own"
    reason = f"Its hour was closed: among all of that hour's articles it belongs to {where}."
    return JournalLine(
        subject=article_id, at=now, decision=Decision(stage="grouping", outcome="changed", reason=reason)
    )
