"""Digests from subscription to outbox: what a slot says, and its one recorded outcome.

Order of events for a slot: candidates are read, the digest is composed, then one transaction records the slot's
outcome, what the subscription has thereby been told, the messages to send and the next slot. Sending is
`bot.service.delivering`'s work. A crash before the transaction repeats the slot; one after it repeats nothing.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from bot.digests.candidate import Candidate
from bot.digests.compose import ASKED_FOR, compose
from bot.digests.post import digest_post
from bot.digests.slots import next_slot, slot_id, slots_between
from bot.errors import AttacheError, InputError
from bot.model import (
    Change,
    Digest,
    Post,
    SlotOutcome,
    SlotRecord,
    Subscription,
)
from bot.ports import Budget, Clock, DeliveryStore, JournalStore, Plan, Probe, SubscriptionStore
from bot.service.left_out import left_out_items, left_out_words
from bot.service.naming import actor_name
from bot.service.outbox import Messengers, deliveries
from bot.service.slot_words import (
    Went,
    cap_words,
    coming_words,
    counted,
    journal_lines,
    room_left,
)
from bot.service.stories import LOOK_UP_SECONDS, Stories
from bot.service.subscriptions import LONGEST_LOOK_BACK, Subscriptions

_log = structlog.get_logger(__name__)

LATE = timedelta(hours=36)
"""Candidates reach this far behind the slot before: what was told decides, so an item that came late is not lost."""

NOW_LOOK_BACK = timedelta(hours=24)
"""`/digest now` tells the last day, with what the first poll of a source found in it."""

DIGEST_BUDGET = Budget(points=3)
"""Three points tell a story in a digest of eight; `/story` shows the rest."""

ROUND_SECONDS = 60.0
"""How long a language model may hold up all digests of one moment together; after that they go out with the articles'
own sentences. A digest that is a minute late is on time for its readers, one that is ten minutes late is not."""

LATE_AFTER = timedelta(minutes=10)
"""From here a digest says that it is late: a look comes every ten seconds, a model may hold it up by a minute."""

LOOK_PAUSE = timedelta(minutes=1)
"""How often a live digest is looked at: a poll brings news every few minutes at most."""

NOT_RUNNING = "The bot was not running then."

MOST_SLOTS = 200
"""Slots that are looked back at: more than a live digest fills in a day, and than a week of hourly ones."""

MOST_POSTS = 60
"""Messages that are looked back at for what they said: a week's."""

NEVER_NEWS = "It was there before this digest began, or while it was stopped, and nothing has changed since."


class PublishingStore(SubscriptionStore, DeliveryStore, JournalStore, Protocol):
    """What publishing reads and writes."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a publisher remembers of its own run, for metrics and for the words of a missed slot.

    `outcomes`: slots by how they ended; `problems`: why the last try of a digest failed; `looked`: when a live digest
    was last looked at; `began`: the first look of this run, `newest` the last one.
    """

    outcomes: Counter[SlotOutcome] = field(default_factory=Counter)
    problems: dict[str, str] = field(default_factory=dict)
    looked: dict[str, datetime] = field(default_factory=dict)
    began: datetime | None = None
    newest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Composes digests and puts them in the outbox. One subscription that fails never stops another."""

    store: PublishingStore
    stories: Stories
    subscriptions: Subscriptions
    messengers: Messengers
    clock: Clock
    probe: Probe
    tally: Tally = field(default_factory=Tally)
    _one: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock), init=False)
    """For each digest: two that are written at once would tell the same stories."""

    async def dispatch(self) -> int:
        """Settle every slot that is due, and look at live digests; how many digests went to the outbox."""
        now = self.clock.now()
        self.tally.began = self.tally.began or now
        if self.tally.newest is not None and now < self.tally.newest:  # the clock was set back
            await self.subscriptions.reckon()
        self.tally.newest = now
        sent = 0
        until = asyncio.get_running_loop().time() + ROUND_SECONDS
        for subscription in await self.store.due_subscriptions(now):
            if self.messengers.of(subscription.target.kind) is None:
                continue
            try:
                async with self._one[subscription.id]:
                    sent += await self._due(subscription.id, now, until)
                self.tally.problems.pop(subscription.id, None)
            except Exception as error:  # noqa: BLE001 - one digest that fails never stops the others
                self.tally.problems[subscription.id] = _why_not(error)
                _log.exception("digest_failed", digest=subscription.name, guild=subscription.guild_id)
        return sent

    async def _due(self, subscription_id: str, now: datetime, until: float) -> int:
        """The digest as it is when its turn comes: a round of many takes time, in which people change theirs."""
        current = await self.store.subscription(subscription_id)
        if current is None or current.disabled is not None or current.next_run is None or current.next_run > now:
            return 0
        settle = self._look if current.schedule.live else self._settle_slots
        return await settle(current, now, until)

    async def _settle_slots(self, subscription: Subscription, now: datetime, until: float) -> int:
        """The latest due slot is told; earlier ones that were missed are merged into it. `until`: the moment, on the
        loop's clock, up to which a language model may take its time.
        """
        first = subscription.next_run or now
        due = [first, *slots_between(subscription.schedule, first, now)]
        for missed in due[:-1]:
            await self._merge(subscription, missed, now)
        last = due[-1]
        identity = await self._free(subscription, last, now)
        if identity is None:  # told already: clocks went back; the next slot is reckoned from now
            await self.store.change_subscription(
                subscription.id, lambda one: replace(one, next_run=next_slot(one.schedule, now))
            )
            return 0
        digest = await self._compose(subscription, identity, now, include_backlog=False)
        digest = await self._with_missed(digest, subscription, now - last if now - last > LATE_AFTER else None)
        digest = await self._written(digest, subscription, until - asyncio.get_running_loop().time())
        return int(await self._plan(subscription, digest, last, now))

    async def _free(self, subscription: Subscription, due: datetime, now: datetime) -> str | None:
        """The name of the slot, None when it has its outcome. One that was recorded by a clock that ran ahead, and was
        set back since, was not what its readers waited for: it is told once more, under a name of its own.
        """
        identity = slot_id(subscription.id, due)
        for name in (identity, f"{identity}:again"):
            record = await self.store.slot(subscription.id, name)
            if record is None:
                return name
            if record.at <= now:
                return None
        return None

    async def _merge(self, subscription: Subscription, missed: datetime, now: datetime) -> None:
        identity = slot_id(subscription.id, missed)
        reason = f"{self._why_missed(subscription, missed)} The next digest covers it."
        record = SlotRecord(
            subscription_id=subscription.id, slot_id=identity, due=missed, outcome="merged", reason=reason, at=now
        )
        if await self.store.plan(Plan(owner_id=subscription.id, slot_id=identity, record=record)):
            self.tally.outcomes["merged"] += 1
            _log.warning("slot_missed", digest=subscription.name, slot=identity, reason=reason)

    def _why_missed(self, subscription: Subscription, missed: datetime) -> str:
        if self.tally.began is None or missed < self.tally.began:
            return NOT_RUNNING
        problem = self.tally.problems.get(subscription.id)
        return problem or "The bot could not look at it in time."

    async def _with_missed(self, digest: Digest, subscription: Subscription, late: timedelta | None) -> Digest:
        """With a word on the slots before it that nothing was told at."""
        missed: list[SlotRecord] = []
        for record in await self.store.slots(subscription.id, MOST_SLOTS):
            if record.outcome == "merged":
                missed.append(record)
            elif record.outcome == "sent" or (record.outcome == "empty" and subscription.say_empty):
                break
        why = missed[0].reason.removesuffix(" The next digest covers it.") if missed else None
        return replace(digest, missed=tuple(record.due for record in reversed(missed)), why=why, late=late)

    # --- as it happens ------------------------------------------------------------------------------------------

    async def _look(self, subscription: Subscription, now: datetime, until: float) -> int:
        """Tell what is new since the last look, as far as the caps have room; what has none is told later."""
        schedule, looked = subscription.schedule, self.tally.looked.get(subscription.id)
        if looked is not None and timedelta(0) <= now - looked < LOOK_PAUSE:  # a look ahead of now: clocks went back
            return 0
        self.tally.looked[subscription.id] = now
        if now.astimezone(ZoneInfo(schedule.zone)).weekday() not in schedule.weekdays:
            return 0
        records = await self.store.slots(subscription.id, MOST_SLOTS)
        room, frees = room_left(records, schedule, now)
        if room <= 0:
            return 0
        asked = replace(subscription, size=min(subscription.size, room))
        identity = f"{subscription.id}:live:{now:%Y%m%dT%H%M%S.%f}"
        digest = await self._compose(asked, identity, now, include_backlog=False)
        if not digest.items:
            return 0
        full = len(digest.items) >= room
        notice = cap_words(schedule, records, digest, frees or now + timedelta(hours=1)) if full else None
        digest = await self._written(
            replace(digest, since=None, notice=notice), subscription, until - asyncio.get_running_loop().time()
        )
        return int(await self._plan(subscription, digest, None, now))

    async def digest_now(self, subscription: Subscription) -> Digest:
        """A slot of its own, at once: what it tells is not told again. InputError when this process cannot send it."""
        async with self._one[subscription.id]:
            return await self._digest_now(subscription)

    async def _digest_now(self, subscription: Subscription) -> Digest:
        if self.messengers.of(subscription.target.kind) is None:
            why = "is posted on Discord, which only the running bot can do. /digest preview shows it here."
            raise InputError(f"“{subscription.name}” {why}")
        now = self.clock.now()
        identity = f"{subscription.id}:now:{now:%Y%m%dT%H%M%S.%f}"
        digest = await self._compose(subscription, identity, now, include_backlog=True)
        digest = await self._with_missed(digest, subscription, None)
        digest = await self._written(digest, subscription, LOOK_UP_SECONDS)
        if digest.items:
            await self._plan(subscription, digest, None, now)
        return digest

    async def preview(self, subscription: Subscription) -> Post:
        """What the next digest would say and what it leaves out; nothing is told or recorded."""
        digest = await self.draft(subscription)
        post = digest_post(digest)
        counted = Counter(story.at for story in digest.left_out)
        counted["diplomatic"] += await self._not_diplomatic(subscription)
        footer = f"{left_out_words(counted)} Preview: nothing was sent. {coming_words(subscription)}".lstrip()
        return replace(post, items=(*post.items, *left_out_items(digest.left_out)), footer=footer)

    async def draft(self, subscription: Subscription) -> Digest:
        """The next digest as it stands now."""
        return await self._written(await self._outline(subscription), subscription, LOOK_UP_SECONDS)

    async def _outline(self, subscription: Subscription) -> Digest:
        """The next digest before anybody writes it; what the ledger holds and was never posted is called so."""
        digest = await self._compose(subscription, "preview", self.clock.now(), include_backlog=False)
        posted = {story for record in await self.store.slots(subscription.id, MOST_SLOTS) for story in record.stories}
        left = (
            replace(story, reason=NEVER_NEWS) if story.at == "told" and story.story_id not in posted else story
            for story in digest.left_out
        )
        return replace(digest, left_out=tuple(left))

    async def outlook(self, subscription: Subscription, story_id: str) -> tuple[str, Went, str]:
        """What becomes of one story at the digest's next slot, as things stand: the stage, how it fares, in words."""
        digest = await self._outline(subscription)
        if any(item.story_id == story_id for item in digest.items):
            return "window", "waits", f"It is in the next digest as it stands now. {coming_words(subscription)}"
        left = next((story for story in digest.left_out if story.story_id == story_id), None)
        if left is not None:
            stage = "window" if left.at in ("told", "old", "room") else "filters"
            return stage, "stopped", left.reason
        if (await self.store.told(subscription.id)).get(story_id, ASKED_FOR) != ASKED_FOR:
            return "window", "stopped", "It was told before, or was there before this digest began."
        _, span = await self._span(subscription, self.clock.now())
        hours = round(span.total_seconds() / 3600)
        return "window", "stopped", f"It last changed before the {hours} hours that the next digest looks back over."

    async def _not_diplomatic(self, subscription: Subscription) -> int:
        now, scope = self.clock.now(), await self.subscriptions.scope_of(subscription)
        _, span = await self._span(subscription, now)
        return await self.stories.undiplomatic(scope, span)

    async def _written(self, digest: Digest, subscription: Subscription, seconds: float) -> Digest:
        """With points by the language model, where there is one and as far as it gets in `seconds`."""
        scope = await self.subscriptions.scope_of(subscription)
        items = await self.stories.written(
            digest.items, scope, budget=DIGEST_BUDGET, seconds=seconds, language=subscription.language
        )
        return replace(digest, items=items)

    async def _compose(
        self, subscription: Subscription, identity: str, now: datetime, *, include_backlog: bool
    ) -> Digest:
        since, span = await self._span(subscription, now)
        if include_backlog:
            since, span = now - NOW_LOOK_BACK, NOW_LOOK_BACK
        told = await self.store.told(subscription.id)
        candidates = await self._candidates(subscription, span, told)
        if include_backlog:
            candidates = tuple(replace(c, story=replace(c.story, backlog=False)) for c in candidates)
        digest = compose(subscription, candidates, told, slot_id=identity, since=since, until=now, name_of=actor_name)
        scope = await self.subscriptions.scope_of(subscription)
        items = await self.stories.renewed(digest.items, scope, budget=DIGEST_BUDGET, language=subscription.language)
        self.probe("digest.composed")
        return replace(digest, items=items)

    async def _span(self, subscription: Subscription, now: datetime) -> tuple[datetime, timedelta]:
        """Since when a digest tells, and how far back it looks for that: to the last slot that looked at all stories,
        and behind it for what came late. A new digest tells the last day.
        """
        for record in await self.store.slots(subscription.id, MOST_SLOTS):
            if record.due < now and record.outcome in ("sent", "empty"):
                return record.due, min(now - record.due + LATE, LONGEST_LOOK_BACK)
        return now - NOW_LOOK_BACK, NOW_LOOK_BACK

    async def _candidates(
        self, subscription: Subscription, span: timedelta, told: Mapping[str, int]
    ) -> tuple[Candidate, ...]:
        """What the digest may look at; a live one looks at what it has not told alone, for it looks every minute."""
        scope, live = await self.subscriptions.scope_of(subscription), subscription.schedule.live
        found: list[Candidate] = []
        for story in await self.stories.recent(scope, span):
            if live and (story.backlog or told.get(story.id, 0) >= story.version):
                continue
            candidate = await self.stories.candidate(story, scope, budget=DIGEST_BUDGET, language=subscription.language)
            if candidate is not None:
                found.append(candidate)
        if any(candidate.changes for candidate in found):
            said = await self._said(subscription)
            found = [replace(c, changes=tuple(x for x in c.changes if (c.story.number, x) not in said)) for c in found]
        if live:  # that one more outlet reports it is no news at once
            found = [c for c in found if c.changes or told.get(c.story.id, ASKED_FOR) == ASKED_FOR]
        return tuple(found)

    async def _said(self, subscription: Subscription) -> set[tuple[int, Change]]:
        """Which corrections its digests have followed lately, by the story's number: they are told once. That a
        message was edited is no digest.
        """
        posted = await self.store.deliveries(subscription.id, MOST_POSTS)
        items = [item for one in posted if one.edits is None for item in one.post.items if item.number]
        return {(item.number or 0, change) for item in items for change in item.known}

    async def _plan(self, subscription: Subscription, digest: Digest, due: datetime | None, now: datetime) -> bool:
        """Record the slot with all it entails; False when there is nothing to send or it is recorded already."""
        outcome: SlotOutcome = "sent" if digest.items else "empty"
        record = SlotRecord(
            subscription_id=subscription.id,
            slot_id=digest.slot_id,
            due=due or now,
            outcome=outcome,
            reason=counted(digest),
            at=now,
            stories=tuple(item.story_id for item in digest.items),
        )
        messenger = self.messengers.of(subscription.target.kind)
        said = bool(digest.items) or subscription.say_empty
        post = replace(digest_post(digest), face=subscription.face)
        posts = messenger.pages(post) if messenger and said else ()
        plan = Plan(
            owner_id=subscription.id,
            slot_id=digest.slot_id,
            record=record,
            deliveries=deliveries(subscription.id, digest.slot_id, subscription.target, posts, now),
            told=tuple((item.story_id, item.version) for item in digest.items),
            next_run=next_slot(subscription.schedule, now) if due else None,
            lines=journal_lines(digest, subscription, now),
        )
        self.probe("digest.planned")
        if await self.store.subscription(subscription.id) is None:  # removed while it was written
            return False
        written = await self.store.plan(plan)
        self.probe("digest.recorded")
        self.tally.outcomes[outcome] += written
        _log.info("digest", digest=subscription.name, outcome=outcome, stories=len(digest.items), slot=digest.slot_id)
        return written and bool(posts)


def _why_not(error: Exception) -> str:
    """For readers: what an error of ours says in its class, and never a stranger's text."""
    return str(error) if isinstance(error, AttacheError) else "It could not be composed; the log says why."
