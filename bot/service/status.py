"""Why the bot is silent: the last poll, the next digest, what fails. What `/status` and `attache doctor` show."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.errors import StoreError
from bot.model import Delivery, Post, PostItem, SourceState, Subscription
from bot.ports import Clock, DeliveryStore, PreferenceStore, SourceStore, StoreHealth, SubscriptionStore
from bot.service.history import History
from bot.service.robots import silenced
from bot.service.schedules import moment
from bot.service.subscriptions import CONSOLE, Subscriptions

MOST_ROWS = 12
"""Failing sources and digests that a status names; it counts the rest."""

MOST_DEAD = 20
"""Messages that were given up, the newest first, that are listed."""

DEAD_SPAN = timedelta(days=7)
"""How long a message that was given up is shown: a digest a week has one at most."""


class StatusStore(SourceStore, SubscriptionStore, DeliveryStore, StoreHealth, Protocol):
    """What a status is read from."""


class Status:
    """How things stand, as one server may see them."""

    def __init__(
        self,
        *,
        store: StatusStore,
        subscriptions: Subscriptions,
        preferences: PreferenceStore,
        clock: Clock,
        model: Callable[[], Awaitable[str]] | None = None,
    ) -> None:
        self._store, self._subscriptions, self._clock = store, subscriptions, clock
        self._preferences = preferences
        self._model = model
        self._history = History(store=store)

    async def summarizer(self) -> str:
        """Who writes the key points and how that stands, as a sentence."""
        if self._model is None:
            return "Key points are the articles' own sentences; no language model is set up."
        try:
            return await self._model()
        except StoreError:
            return "Language model: its count of tokens cannot be read, so it is not asked."

    async def problems(self) -> dict[str, str]:
        """The sentence of each source that fails, by its id."""
        return {s.source_id: s.problem for s in await self._store.source_states() if s.problem}

    async def unread(self) -> dict[str, str]:
        """For each source whose pages are left alone for want of a robots.txt, by its id, the sentence that says so."""
        return await silenced(self._preferences, self._clock.now())

    async def last_poll(self, zone: str) -> str:
        """When any source was last polled, as a clause."""
        return _last_poll(await self._store.source_states(), zone)

    async def dead(self, guild_id: str | None) -> tuple[Delivery, ...]:
        """Messages of the last week that were given up: a server's, or (None) all."""
        return await self._store.dead(self._clock.now() - DEAD_SPAN, guild_id, MOST_DEAD)

    async def post(self, guild_id: str | None, zone: str) -> Post:
        """The whole of `/status`."""
        sources = await self._subscriptions.sources_of(guild_id)
        states = {state.source_id: state for state in await self._store.source_states()}
        mine = [states[source.id] for source in sources if source.id in states]
        digests = await self._subscriptions.digests(guild_id) if guild_id else ()
        failing = tuple(
            PostItem(title=source.name, url=source.url, badge="failing", note=states[source.id].problem)
            for source in sources
            if source.id in states and states[source.id].problem
        )
        unread = await self.unread()
        partly = tuple(
            PostItem(title=source.name, url=source.url, badge="pages not read", note=unread[source.id])
            for source in sources
            if source.id in unread
        )
        dead = await self.dead(guild_id) if guild_id else ()
        rows = (
            *[await self._digest_row(digest) for digest in digests],
            *[_dead_row(delivery, zone) for delivery in dead],
            *failing,
            *partly,
        )
        waiting = await self._waiting(guild_id)
        waiting += f" {await self.summarizer()}" if self._model else ""
        return Post(
            heading="Status",
            intro=self._standstill() + _intro(mine, len(sources), zone) + _next_digest(digests) + waiting,
            items=rows[:MOST_ROWS],
            footer=f"and {len(rows) - MOST_ROWS} more" if len(rows) > MOST_ROWS else None,
        )

    async def _waiting(self, guild_id: str | None) -> str:
        """How many messages wait for this server's channels; in the console, which is the operator's, for all."""
        count = await self._store.outstanding(None if guild_id == CONSOLE else guild_id) if guild_id else 0
        waits = "1 message waits" if count == 1 else f"{count} messages wait"
        return f" {waits} to be sent." if count else ""

    def _standstill(self) -> str:
        trouble = self._store.trouble()
        return f"I send nothing for now. {trouble} " if trouble else ""

    async def _digest_row(self, digest: Subscription) -> PostItem:
        zone = digest.schedule.zone
        last = next(iter(await self._history.slots(digest.id, 1)), None)
        told = "none sent yet"
        if last:
            told = f"last: {last.record.outcome} {moment(last.record.due, zone)} ({last.problem or last.record.reason})"
        missed = await self._history.missed(digest, self._clock.now())
        if missed:
            slots = "1 slot was" if len(missed) == 1 else f"{len(missed)} slots were"
            told += f" · {slots} missed in the last 7 days, last {moment(missed[0].due, zone)}: {missed[0].reason}"
        coming = "as it happens" if digest.schedule.live else f"next: {moment(digest.next_run, zone)}"
        return PostItem(
            title=f"Digest “{digest.name}”",
            badge="stopped" if digest.disabled else "slots missed" if missed else None,
            channel=digest.target.id if digest.target.kind == "channel" else None,
            note=digest.disabled or f"{coming} · {told}",
        )


def _dead_row(delivery: Delivery, zone: str) -> PostItem:
    return PostItem(
        title=delivery.post.heading or "A message",
        badge="not sent",
        channel=delivery.target.id if delivery.target.kind == "channel" else None,
        note=f"{moment(delivery.created, zone)}: {delivery.problem or 'it was given up.'}",
    )


def _last_poll(states: Sequence[SourceState], zone: str) -> str:
    polls = [state.last_poll for state in states if state.last_poll]
    return f"last poll {moment(max(polls), zone)}" if polls else "no source has been polled yet"


def _intro(states: Sequence[SourceState], sources: int, zone: str) -> str:
    if not sources:
        return "There are no sources here, so there is nothing to tell. Add one with /sources add."
    last = _last_poll(states, zone)
    last = last[0].upper() + last[1:] + "."
    failing = sum(1 for state in states if state.problem)
    health = f" {failing} of {sources} sources fail." if failing else f" {sources} sources, none failing."
    return last + health


def _next_digest(digests: Sequence[Subscription]) -> str:
    coming: list[tuple[datetime, Subscription]] = [
        (digest.next_run, digest)
        for digest in digests
        if digest.next_run and not digest.disabled and not digest.schedule.live
    ]
    if not coming and any(digest.schedule.live and not digest.disabled for digest in digests):
        return " News is told as it happens."
    if not coming:
        return " No digest is scheduled; /digest schedule sets one up." if not digests else " No digest is active."
    when, digest = min(coming, key=lambda pair: pair[0])
    return f" Next digest: “{digest.name}”, {moment(when, digest.schedule.zone)}."
