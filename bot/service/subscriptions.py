"""Who follows which sources and digests: the rules of `/sources` and `/digest`, without a network.

A Source is global, by normalized address; a server subscribes to it. What a server sees rests on its own
subscriptions and the sources that the operator shares; direct messages see shared ones only.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfoNotFoundError

from bot.digests.compose import ASKED_FOR
from bot.digests.slots import next_slot, slot_id, slots_between
from bot.errors import InputError
from bot.model import (
    Face,
    Filter,
    Schedule,
    Scope,
    SlotRecord,
    Source,
    Subscription,
    Target,
    Validators,
    normalize_url,
    source_id,
)
from bot.ports import (
    Clock,
    DeliveryStore,
    Plan,
    PollRecord,
    PreferenceStore,
    SourceStore,
    StoryStore,
    SubscriptionStore,
)
from bot.service.kept import name_source, source_names_of
from bot.service.provenance import described

CONSOLE = "console"
"""The console acts as a server of its own that sees every source."""


def personal_owner(user_id: str) -> str:
    """In the place of a server's id: a user's own digests by direct message, which see shared sources."""
    return f"dm:{user_id}"


AWAY = "The bot is not in this server any more."
"""Why the digests of a server that removed the bot rest."""

ALERT_SPAN = timedelta(hours=24)
"""A story older than a day is no alert."""

LONGEST_LOOK_BACK = timedelta(days=15)
"""After a longer silence a digest begins anew: two-week-old news is no news."""

FRESH = timedelta(hours=24)
"""What a digest tells that begins again after it was stopped: the last day, and not all that it missed."""

MOST_SKIPPED = 400
"""Slots that are recorded as skipped when a digest goes on: two weeks of an hourly one."""

MOST_STORIES = 2000
"""Stories that are looked at at once: several days of some hundred sources."""


class SubscriptionsStore(SourceStore, SubscriptionStore, StoryStore, DeliveryStore, Protocol):
    """What these rules read and write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one server or user may ask for."""

    sources_per_server: int = 50
    digests_per_server: int = 20
    alerts_per_user: int = 20
    follows_per_user: int = 50


class Subscriptions:
    """Sources of servers, and digests. InputError is what the asker reads."""

    def __init__(
        self, *, store: SubscriptionsStore, preferences: PreferenceStore, clock: Clock, limits: Limits
    ) -> None:
        self._store, self._preferences, self._clock, self._limits = store, preferences, clock, limits

    # --- sources ------------------------------------------------------------------------------------------------

    async def declare(self, sources: Sequence[Source]) -> None:
        """The operator's sources, at every start; one that left the configuration is no longer theirs, not deleted."""
        named = {source.id for source in sources}
        for source in sources:
            known = await self._store.source(source.id)
            if known is not None and not known.operator:  # theirs goes on as it stands, failing or not
                await self._poll_again(known)
            await self._store.put_source(described(source))
        for source in await self._store.sources():
            left = source.operator and source.id not in named
            now = described(replace(source, operator=False, shared=False) if left else source)
            if now != source:
                await self._store.put_source(now)

    async def share(self, source: Source) -> bool:
        """Let every server see the source, whoever follows it already; False when they do."""
        known = await self._store.source(source.id)
        if known is not None and known.shared:
            return False
        if known is not None:
            await self._poll_again(known)
        await self._store.put_source(described(replace(known or source, name=source.name, shared=True)))
        return True

    async def scope(self, guild_id: str | None) -> Scope:
        """What a server, or (None) a direct message, may see."""
        shared = frozenset(source.id for source in await self._store.sources() if source.shared)
        own = await self._store.subscribed_sources(guild_id) if guild_id else frozenset()
        return Scope(sources=shared | own, names=await source_names_of(self._preferences, guild_id))

    async def console(self) -> Scope:
        """What the console sees: every source."""
        return Scope(sources=None, names=await source_names_of(self._preferences, CONSOLE))

    async def scope_of(self, subscription: Subscription) -> Scope:
        """What a digest may tell of: what its server sees, and everything in the console."""
        if subscription.target.kind == "console":
            return await self.console()
        return await self.scope(subscription.guild_id)

    async def add_source(self, guild_id: str, url: str, title: str, latest: int = 0, name: str = "") -> Source:
        """Subscribe the server to the feed at `url`, which is known to be one and calls itself `title`; `name`: what it
        is called in this server alone. What it has published so far is not posted, but for the `latest` so many items.
        """
        identity = source_id(url)
        own = await self._store.subscribed_sources(guild_id)
        if identity in own:
            raise InputError("This server follows that source already.")
        if len(own) >= self._limits.sources_per_server:
            raise InputError(
                f"This server follows {len(own)} sources, which is the most it may. Remove one with /sources remove."
            )
        known = await self._store.source(identity)
        source = known or Source(
            id=identity, url=normalize_url(url), name=title[:80] or normalize_url(url)[:80], opening=latest
        )
        if known is None:
            await self._store.put_source(described(source))
        else:
            await self._poll_again(known, latest)
        before = await self.scope(guild_id)
        await self._store.subscribe_source(guild_id, identity)
        await self._nothing_old(guild_id, before, identity, latest)
        if not name:
            return source
        await name_source(self._preferences, guild_id, identity, name[:80])
        return replace(source, name=name[:80])

    async def _poll_again(self, source: Source, latest: int = 0) -> None:
        """Somebody wants a known source. Where nobody did for a while it was not polled: what it published meanwhile is
        as old to everybody as the items of a first poll. One that was given up, or fails, is asked at once.
        """
        state = await self._store.source_state(source.id)
        rested = not (source.shared or source.operator or await self._store.subscribers(source.id))
        if rested:
            await self._store.put_source(replace(source, opening=latest))
            state = replace(state, polled=False, validators=Validators())
        elif not state.problem:
            return
        await self._store.record_poll(PollRecord(state=replace(state, next_poll=None, problem=None, failures=0)))

    async def _nothing_old(self, guild_id: str, before: Scope, source: str, latest: int) -> None:
        """Another server may have followed the source for weeks: what only it tells so far is no news here."""
        horizon = self._clock.now() - LONGEST_LOOK_BACK
        stories = await self._store.recent_stories(horizon, Scope(sources=frozenset({source})), MOST_STORIES)
        sources = before.sources or frozenset()
        fresh = [story for story in stories if not any(member.source_id in sources for member in story.members)]
        scope = Scope(sources=sources | {source})
        marks = [(s.id, ASKED_FOR if n < latest else s.version_for(scope.sources)) for n, s in enumerate(fresh)]
        owners = [digest.id for digest in await self._store.subscriptions(guild_id)]
        owners += [rule.id for rule in await self._store.rules() if rule.guild_id == guild_id]
        for owner in owners if marks else ():
            await self._store.mark_told(owner, marks)

    async def sources_of(self, guild_id: str | None) -> tuple[Source, ...]:
        """What the server (None: a direct message) sees, by name."""
        scope = await self.scope(guild_id)
        named = scope.named(one for one in await self._store.sources() if one.id in (scope.sources or ()))
        return tuple(sorted(named, key=lambda source: (source.name, source.id)))

    async def source_names(self, guild_id: str | None, ids: Collection[str]) -> dict[str, str]:
        """What these sources are called in the server (None: a direct message)."""
        if not ids:
            return {}
        scope = await self.scope(guild_id)
        return {source.id: source.name for source in scope.named(await self._store.sources()) if source.id in ids}

    async def remove_source(self, guild_id: str, wanted: str) -> Source:
        """Unsubscribe the server from the source of that name or address."""
        own = await self._store.subscribed_sources(guild_id)
        for source in sorted(await self.sources_of(guild_id), key=lambda one: one.id not in own):  # its own ones first
            if source.is_called(wanted):
                if source.id not in own:
                    raise InputError(f"“{source.name}” is shared by the bot's operator and cannot be removed here.")
                await self._store.unsubscribe_source(guild_id, source.id)
                await name_source(self._preferences, guild_id, source.id, None)
                return source
        raise InputError(f"This server follows no source called “{wanted[:80]}”. See /sources list.")

    # --- digests ------------------------------------------------------------------------------------------------

    async def schedule(
        self,
        *,
        name: str,
        guild_id: str | None,
        target: Target,
        by: str,
        schedule: Schedule,
        wanted: Filter,
        size: int,
        language: str | None = None,
        say_empty: bool = False,
        face: Face | None = None,
    ) -> Subscription:
        """A new digest with its next slot. A live one begins with what comes from now on."""
        existing = await self._store.subscriptions(guild_id) if guild_id else ()
        if len(existing) >= self._limits.digests_per_server:
            raise InputError(f"This server has {len(existing)} digests, which is the most it may.")
        taken = _names(existing)
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
            language=language,
            say_empty=say_empty,
            face=face,
            created=now,
            created_by=by,
            next_run=next_slot(schedule, now),
        )
        if schedule.live:
            await self._forget_missed(subscription, now)
        await self._store.put_subscription(subscription)
        return subscription

    async def revise(self, before: Subscription, after: Subscription) -> Subscription:
        """Put `after` in the place of `before`. Slots that a stopped digest missed, or that are due while its times
        change, are recorded as skipped; one that goes on tells the last day, and not all that it missed.
        """
        others = [one for one in await self._store.subscriptions(after.guild_id) if one.id != after.id]
        if after.name.casefold() in _names(others):
            raise InputError(f"There is a digest called “{after.name}” already; choose another name.")
        now = self._clock.now()
        goes_on = before.disabled is not None and after.disabled is None
        moved = goes_on or after.schedule != before.schedule
        if moved:
            why = f"The digest was stopped. {before.disabled}" if before.disabled else "Its times were changed."
            await self._skip_slots(before, now, why)
            after = replace(after, next_run=next_slot(after.schedule, now))
        if goes_on or (after.schedule.live and not before.schedule.live):
            await self._forget_missed(after, now)

        def revised(stands: Subscription) -> Subscription:
            """What others write of it stays: its next slot, that it was stopped, that its maker is forgotten."""
            return replace(
                after,
                next_run=after.next_run if moved else stands.next_run,
                disabled=after.disabled if after.disabled != before.disabled else stands.disabled,
                created_by=stands.created_by,
            )

        kept = await self._store.change_subscription(after.id, revised)
        if kept is None:
            raise InputError(f"The digest “{before.name}” was removed meanwhile.")
        return kept

    async def _skip_slots(self, subscription: Subscription, now: datetime, why: str) -> None:
        first = subscription.next_run
        if subscription.schedule.live or first is None or first > now:
            return
        missed = [first, *slots_between(subscription.schedule, first, now)]
        for due in missed[-MOST_SKIPPED:]:
            identity = slot_id(subscription.id, due)
            record = SlotRecord(
                subscription_id=subscription.id, slot_id=identity, due=due, outcome="skipped", reason=why, at=now
            )
            await self._store.plan(Plan(owner_id=subscription.id, slot_id=identity, record=record))

    async def _forget_missed(self, subscription: Subscription, now: datetime) -> None:
        """Older stories count as told: of a live digest all that is there."""
        scope = await self.scope_of(subscription)
        stories = await self._store.recent_stories(now - LONGEST_LOOK_BACK, scope, MOST_STORIES)
        since = now if subscription.schedule.live else now - FRESH
        old = [(story.id, story.version_for(scope.sources)) for story in stories if story.last_change <= since]
        await self._store.mark_told(subscription.id, old)

    async def reckon(self) -> int:
        """Next slots that cannot be right are reckoned anew: those by a zone's older rules, and those beyond the next
        regular one, where a clock that ran ahead left them. How many there were.
        """
        now, moved = self._clock.now(), 0
        for one in await self._store.subscriptions():
            waits = one.disabled is None and not one.schedule.live
            if waits and one.next_run is not None and one.next_run > now and _is_wrong(one.schedule, one.next_run, now):
                await self._store.change_subscription(one.id, _next_from(one.next_run, now))
                moved += 1
        return moved

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
                await self._store.change_subscription(subscription.id, _stopping(reason))
                stopped += 1
        return stopped

    async def rest(self, guild_id: str, *, resting: bool) -> None:
        """While the bot is not in a server its digests rest; back again, they go on with their next slot."""
        for subscription in await self._store.subscriptions(guild_id):
            if resting and subscription.disabled is None:
                await self._store.change_subscription(subscription.id, _stopping(AWAY))
            elif not resting and subscription.disabled == AWAY:
                await self.revise(subscription, replace(subscription, disabled=None))


def _is_wrong(schedule: Schedule, planned: datetime, now: datetime) -> bool:
    """Whether the next slot after `now` is another one. A zone that this machine does not know is its digest's trouble:
    it says so when its slot has come.
    """
    try:
        return planned != next_slot(schedule, now)
    except (ZoneInfoNotFoundError, ValueError):
        return False


def _next_from(known: datetime, now: datetime) -> Callable[[Subscription], Subscription]:
    """The next slot after `now`, unless somebody else has moved it from `known` meanwhile."""
    return lambda one: replace(one, next_run=next_slot(one.schedule, now)) if one.next_run == known else one


def _stopping(reason: str) -> Callable[[Subscription], Subscription]:
    """Stops a digest, unless it was stopped for another reason meanwhile."""
    return lambda one: replace(one, disabled=one.disabled or reason)


def _names(subscriptions: Iterable[Subscription]) -> set[str]:
    return {subscription.name.casefold() for subscription in subscriptions}


def _identity(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _free_name(taken: set[str]) -> str:
    numbered = (f"digest {number}" for number in range(2, len(taken) + 3))
    return next(name for name in ("digest", *numbered) if name not in taken)
