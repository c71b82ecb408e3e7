"""Who follows which sources and digests: the rules of `/sources`, `/digest` and `/alerts`, without a network.

A Source is global, by normalized address; a server subscribes to it. What a server sees rests on its own
subscriptions and the sources that the operator shares; direct messages see shared ones only.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones

from bot.digests.slots import next_slot
from bot.errors import InputError
from bot.model import AlertRule, Filter, Schedule, Scope, Source, Subscription, Target, normalize_url, source_id
from bot.ports import Clock, SourceStore, StoryStore, SubscriptionStore
from bot.service.provenance import described

CONSOLE = "console"
"""The console acts as a server of its own that sees every source."""

AWAY = "The bot is not in this server any more."
"""Why the digests of a server that removed the bot rest."""

ALERT_SPAN = timedelta(hours=24)
"""A story older than a day is no alert."""

MOST_STORIES = 2000
"""Stories that are looked at at once: several days of some hundred sources."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_SETS = {"daily": tuple(range(7)), "weekdays": (0, 1, 2, 3, 4), "weekends": (5, 6)}


class SubscriptionsStore(SourceStore, SubscriptionStore, StoryStore, Protocol):
    """What these rules read and write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one server or user may ask for."""

    sources_per_server: int = 50
    digests_per_server: int = 20
    alerts_per_user: int = 20


class Subscriptions:
    """Sources of servers, digests and alert rules. InputError is what the asker reads."""

    def __init__(self, *, store: SubscriptionsStore, clock: Clock, limits: Limits) -> None:
        self._store, self._clock, self._limits = store, clock, limits

    # --- sources ------------------------------------------------------------------------------------------------

    async def declare(self, sources: Sequence[Source]) -> None:
        """The operator's sources, at every start; one that left the configuration is no longer theirs, not deleted."""
        named = {source.id for source in sources}
        for source in sources:
            await self._store.put_source(described(source))
        for source in await self._store.sources():
            left = source.operator and source.id not in named
            now = described(replace(source, operator=False, shared=False) if left else source)
            if now != source:
                await self._store.put_source(now)

    async def scope(self, guild_id: str | None) -> Scope:
        """What a server, or (None) a direct message, may see."""
        shared = frozenset(source.id for source in await self._store.sources() if source.shared)
        own = await self._store.subscribed_sources(guild_id) if guild_id else frozenset()
        return Scope(sources=shared | own)

    async def add_source(self, guild_id: str, url: str, name: str) -> Source:
        """Subscribe the server to the feed at `url`, which is known to be one."""
        identity = source_id(url)
        own = await self._store.subscribed_sources(guild_id)
        if identity in own:
            raise InputError("This server follows that source already.")
        if len(own) >= self._limits.sources_per_server:
            raise InputError(
                f"This server follows {len(own)} sources, which is the most it may. Remove one with /sources remove."
            )
        known = await self._store.source(identity)
        source = known or Source(id=identity, url=normalize_url(url), name=name[:80] or normalize_url(url)[:80])
        if known is None:
            await self._store.put_source(described(source))
        await self._store.subscribe_source(guild_id, identity)
        return source

    async def sources_of(self, guild_id: str | None) -> tuple[Source, ...]:
        """What the server (None: a direct message) sees, by name."""
        visible = (await self.scope(guild_id)).sources or frozenset()
        return tuple(source for source in await self._store.sources() if source.id in visible)

    async def remove_source(self, guild_id: str, wanted: str) -> Source:
        """Unsubscribe the server from the source of that name or address."""
        own = await self._store.subscribed_sources(guild_id)
        for source in await self.sources_of(guild_id):
            if wanted.casefold() in {source.name.casefold(), source.url.casefold(), source.id}:
                if source.id not in own:
                    raise InputError(f"“{source.name}” is shared by the bot's operator and cannot be removed here.")
                await self._store.unsubscribe_source(guild_id, source.id)
                return source
        raise InputError(f"This server follows no source called “{wanted[:80]}”. See /sources list.")

    # --- digests ------------------------------------------------------------------------------------------------

    async def schedule(
        self, *, name: str, guild_id: str | None, target: Target, by: str, schedule: Schedule, wanted: Filter, size: int
    ) -> Subscription:
        """A new digest with its next slot."""
        existing = await self._store.subscriptions(guild_id) if guild_id else ()
        if len(existing) >= self._limits.digests_per_server:
            raise InputError(f"This server has {len(existing)} digests, which is the most it may.")
        taken = {subscription.name.casefold() for subscription in existing}
        if name and name.casefold() in taken:
            raise InputError(f"There is a digest called “{name}” already; remove it first, or choose another name.")
        now = self._clock.now()
        chosen = name or _free_name(taken)
        subscription = Subscription(
            id=_identity("digest", guild_id or "", target.id, now.isoformat(), chosen),
            name=chosen,
            guild_id=guild_id,
            target=target,
            schedule=schedule,
            filter=wanted,
            size=size,
            created=now,
            created_by=by,
            next_run=next_slot(schedule, now),
        )
        await self._store.put_subscription(subscription)
        return subscription

    async def digests(self, guild_id: str | None) -> tuple[Subscription, ...]:
        """The server's digests, by name; all of them for None."""
        return await self._store.subscriptions(guild_id)

    async def digest_named(self, guild_id: str | None, name: str) -> Subscription:
        """The digest of that name; the first one for "". InputError lists the names."""
        digests = await self._store.subscriptions(guild_id)
        if not digests:
            raise InputError("There is no digest yet. Set one up with /digest schedule.")
        for subscription in digests:
            if not name or subscription.name.casefold() == name.casefold():
                return subscription
        names = ", ".join(f"“{subscription.name}”" for subscription in digests)
        raise InputError(f"There is no digest called “{name[:60]}”. There is {names}.")

    async def remove_digest(self, guild_id: str | None, name: str) -> Subscription:
        """Stop a digest."""
        subscription = await self.digest_named(guild_id, name)
        await self._store.drop_subscription(subscription.id)
        return subscription

    async def stop_channel(self, channel_id: str, reason: str) -> int:
        """A channel is gone: its digests stop, and `/status` says so."""
        stopped = 0
        for subscription in await self._store.subscriptions():
            if subscription.target.id == channel_id and subscription.disabled is None:
                await self._store.put_subscription(replace(subscription, disabled=reason))
                stopped += 1
        return stopped

    async def rest(self, guild_id: str, *, resting: bool) -> None:
        """While the bot is not in a server its digests rest; back again, they go on with their next slot."""
        for subscription in await self._store.subscriptions(guild_id):
            if resting and subscription.disabled is None:
                await self._store.put_subscription(replace(subscription, disabled=AWAY))
            elif not resting and subscription.disabled == AWAY:
                coming = next_slot(subscription.schedule, self._clock.now())
                await self._store.put_subscription(replace(subscription, disabled=None, next_run=coming))

    # --- alerts -------------------------------------------------------------------------------------------------

    async def add_rule(
        self,
        *,
        user_id: str,
        guild_id: str | None,
        countries: tuple[str, ...],
        events: tuple[str, ...],
        keywords: str,
        minimum_sources: int,
    ) -> AlertRule:
        """A new alert rule of a user."""
        if not (countries or events or keywords.strip()):
            raise InputError("Say what to watch for: keywords, a country, or an event type.")
        mine = await self._store.rules(user_id)
        if len(mine) >= self._limits.alerts_per_user:
            raise InputError(f"You have {len(mine)} alerts, which is the most you may. Remove one with /alerts remove.")
        now = self._clock.now()
        rule = AlertRule(
            id=_identity("rule", user_id, now.isoformat(), keywords, *countries, *events),
            user_id=user_id,
            guild_id=guild_id,
            countries=countries,
            events=events,
            keywords=keywords[:200],
            minimum_sources=minimum_sources,
            created=now,
        )
        # What is there already is no news to the rule, whenever it was published: what comes from now on is.
        scope = Scope(sources=None) if guild_id == CONSOLE else await self.scope(guild_id)
        there = await self._store.recent_stories(now - ALERT_SPAN, scope, MOST_STORIES)
        await self._store.mark_told(rule.id, [(story.id, story.version) for story in there])
        await self._store.put_rule(rule)
        return rule

    async def rules(self, user_id: str) -> tuple[AlertRule, ...]:
        """The user's rules, oldest first: their numbers in `/alerts list`."""
        return await self._store.rules(user_id)

    async def remove_rule(self, user_id: str, wanted: str) -> AlertRule:
        """Stop the user's rule of that number in the list, or of that id."""
        mine = await self._store.rules(user_id)
        for number, rule in enumerate(mine, 1):
            if wanted.removeprefix("#") in {str(number), rule.id}:
                await self._store.drop_rule(rule.id)
                return rule
        if not mine:
            raise InputError("You have no alerts.")
        raise InputError(
            f"You have {len(mine)} alert{'' if len(mine) == 1 else 's'}, and no “{wanted[:20]}” among them."
        )


def parse_schedule(times: str, days: str, zone: str) -> Schedule:
    """A Schedule from what people type: "08:00,18:30", "weekdays" or "mon,fri", "Asia/Tokyo"."""
    return Schedule(times=_times(times), weekdays=_weekdays(days), zone=parse_zone(zone))


def parse_zone(zone: str) -> str:
    """An IANA zone by its name, whatever the case; InputError suggests some."""
    wanted = zone.strip().replace(" ", "_").casefold()
    for name in available_timezones():
        if name.casefold() == wanted:
            ZoneInfo(name)
            return name
    near = sorted(name for name in available_timezones() if name.casefold().endswith("/" + wanted))
    hint = f" Did you mean {near[0]}?" if near else " Use a name such as Europe/Paris or Asia/Tokyo."
    raise InputError(f"“{zone[:40]}” is not an IANA time zone.{hint}")


def _times(text: str) -> tuple[time, ...]:
    found: set[time] = set()
    for part in text.replace(";", ",").split(","):
        hour, colon, minute = part.strip().partition(":")
        if not (hour.isdecimal() and (minute.isdecimal() if colon else True)):
            raise InputError(f"“{part.strip()[:20]}” is not a time of day; write 08:00 or 08:00,18:30.")
        if int(hour) > 23 or int(minute or 0) > 59:
            raise InputError(f"“{part.strip()[:20]}” is not a time of day between 00:00 and 23:59.")
        found.add(time(int(hour), int(minute or 0)))
    if len(found) > 24:
        raise InputError("A digest has at most 24 times a day.")
    return tuple(sorted(found))


def _weekdays(text: str) -> tuple[int, ...]:
    wanted = text.strip().lower() or "daily"
    if wanted in _DAY_SETS:
        return _DAY_SETS[wanted]
    chosen: set[int] = set()
    for part in wanted.replace(";", ",").split(","):
        day = part.strip()[:3]
        if day not in DAYS:
            raise InputError(f"“{part.strip()[:20]}” is not a day; write daily, weekdays, weekends, or mon,wed,fri.")
        chosen.add(DAYS.index(day))
    return tuple(sorted(chosen))


def _identity(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _free_name(taken: set[str]) -> str:
    numbered = (f"digest {number}" for number in range(2, len(taken) + 3))
    return next(name for name in ("digest", *numbered) if name not in taken)


def moment(text: datetime | None, zone: str) -> str:
    """A moment as people read it in their zone: "Mon 5 Oct, 08:00 JST"; "never" for None."""
    if text is None:
        return "never"
    local = text.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b, %H:%M %Z}"
