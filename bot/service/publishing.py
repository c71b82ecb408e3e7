"""Digests from subscription to outbox: what a slot says, and its one recorded outcome.

Order of events for a slot: candidates are read, the digest is composed, then one transaction records the slot's
outcome, what the subscription has thereby been told, the messages to send and the next slot. Sending is
`bot.service.delivering`'s work. A crash before the transaction repeats the slot; one after it repeats nothing.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.digests.candidate import Candidate
from bot.digests.compose import compose
from bot.digests.post import digest_post
from bot.digests.slots import next_slot, slot_id, slots_between
from bot.errors import InputError
from bot.model import (
    Decision,
    Delivery,
    Digest,
    JournalLine,
    Outcome,
    Post,
    PostItem,
    Scope,
    SlotRecord,
    Subscription,
    Target,
    TargetKind,
)
from bot.ports import Budget, Clock, DeliveryStore, JournalStore, Messenger, Plan, Probe, SubscriptionStore
from bot.service.stories import LOOK_UP_SECONDS, Stories
from bot.service.subscriptions import Subscriptions, moment

_log = structlog.get_logger(__name__)

LATE = timedelta(hours=36)
"""Candidates reach this far behind the slot before: what was told decides, so an item that came late is not lost."""

LONGEST_LOOK_BACK = timedelta(days=15)
"""After a longer silence a digest begins anew: two-week-old news is no news."""

NOW_LOOK_BACK = timedelta(hours=24)
"""`/digest now` tells the last day, with what the first poll of a source found in it."""


DIGEST_BUDGET = Budget(points=3)
"""Three points tell a story in a digest of eight; `/story` shows the rest."""

ROUND_SECONDS = 60.0
"""How long a language model may hold up all digests of one moment together; after that they go out with the articles'
own sentences. A digest that is a minute late is on time for its readers, one that is ten minutes late is not."""

MOST_EXPLAINED = 100
"""Stories left out that the journal names: beyond these nobody asks."""


class PublishingStore(SubscriptionStore, DeliveryStore, JournalStore, Protocol):
    """What publishing reads and writes."""


class Messengers(Protocol):
    """The messenger of each kind of target; None for one that this process does not serve."""

    def of(self, kind: TargetKind) -> Messenger | None:
        """By the target's kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Composes digests and puts them in the outbox. One subscription that fails never stops another."""

    store: PublishingStore
    stories: Stories
    subscriptions: Subscriptions
    messengers: Messengers
    clock: Clock
    probe: Probe

    async def dispatch(self) -> int:
        """Settle every slot that is due; how many digests went to the outbox."""
        now = self.clock.now()
        sent = 0
        until = asyncio.get_running_loop().time() + ROUND_SECONDS
        for subscription in await self.store.due_subscriptions(now):
            if self.messengers.of(subscription.target.kind) is None:
                continue
            try:
                sent += await self._settle_slots(subscription, now, until)
            except Exception:  # noqa: BLE001 - one digest that fails never stops the others
                _log.exception("digest_failed", digest=subscription.name, guild=subscription.guild_id)
        return sent

    async def _settle_slots(self, subscription: Subscription, now: datetime, until: float) -> int:
        """The latest due slot is told; earlier ones that were missed are merged into it. `until`: the moment, on the
        loop's clock, up to which a language model may take its time.
        """
        first = subscription.next_run or now
        due = [first, *slots_between(subscription.schedule, first, now)]
        for missed in due[:-1]:
            await self._merge(subscription, missed, now)
        last = due[-1]
        digest = await self._compose(subscription, slot_id(subscription.id, last), now, include_backlog=False)
        digest = await self._written(digest, subscription, until - asyncio.get_running_loop().time())
        return int(await self._plan(subscription, digest, last, now))

    async def _merge(self, subscription: Subscription, missed: datetime, now: datetime) -> None:
        identity = slot_id(subscription.id, missed)
        reason = "The bot was not running at this time; the next digest covers it."
        record = SlotRecord(
            subscription_id=subscription.id, slot_id=identity, due=missed, outcome="merged", reason=reason, at=now
        )
        _log.warning("slot_missed", digest=subscription.name, slot=identity)
        await self.store.plan(Plan(owner_id=subscription.id, slot_id=identity, record=record))

    async def digest_now(self, subscription: Subscription) -> Digest:
        """A slot of its own, at once: what it tells is not told again. InputError when this process cannot send it."""
        if self.messengers.of(subscription.target.kind) is None:
            why = "is posted on Discord, which only the running bot can do. /digest preview shows it here."
            raise InputError(f"“{subscription.name}” {why}")
        now = self.clock.now()
        identity = f"{subscription.id}:now:{now:%Y%m%dT%H%M%S.%f}"
        digest = await self._compose(subscription, identity, now, include_backlog=True)
        digest = await self._written(digest, subscription, LOOK_UP_SECONDS)
        if digest.items:
            await self._plan(subscription, digest, None, now)
        return digest

    async def preview(self, subscription: Subscription) -> Post:
        """What the next digest would say and what it leaves out; nothing is told or recorded."""
        digest = await self.draft(subscription)
        post = digest_post(digest)
        left = tuple(
            PostItem(title=story.headline, number=story.number or None, badge="left out", note=story.reason)
            for story in digest.left_out[:10]
        )
        coming = moment(subscription.next_run, subscription.schedule.zone)
        more = len(digest.left_out) - len(left)
        footer = f"Preview: nothing was sent. The next digest comes {coming}."
        if more > 0:
            footer = f"{more} more stories are left out. {footer}"
        return replace(post, items=(*post.items, *left), footer=footer)

    async def draft(self, subscription: Subscription) -> Digest:
        """The next digest as it stands now."""
        digest = await self._compose(subscription, "preview", self.clock.now(), include_backlog=False)
        return await self._written(digest, subscription, LOOK_UP_SECONDS)

    async def _written(self, digest: Digest, subscription: Subscription, seconds: float) -> Digest:
        """With points by the language model, where there is one and as far as it gets in `seconds`."""
        scope = await self._scope(subscription)
        items = await self.stories.written(digest.items, scope, budget=DIGEST_BUDGET, seconds=seconds)
        return replace(digest, items=items)

    async def _compose(
        self, subscription: Subscription, identity: str, now: datetime, *, include_backlog: bool
    ) -> Digest:
        scope = await self._scope(subscription)
        since = now - NOW_LOOK_BACK if include_backlog else await self._last_slot(subscription, now)
        told = await self.store.told(subscription.id)
        span = NOW_LOOK_BACK if include_backlog else min(now - since + LATE, LONGEST_LOOK_BACK)
        candidates = await self._candidates(scope, span)
        if include_backlog:
            candidates = tuple(replace(c, story=replace(c.story, backlog=False)) for c in candidates)
        digest = compose(subscription, candidates, told, slot_id=identity, since=since, until=now)
        self.probe("digest.composed")
        return digest

    async def _last_slot(self, subscription: Subscription, now: datetime) -> datetime:
        """When the slot before this one was due; a day ago for a new digest."""
        last = next((record.due for record in await self.store.slots(subscription.id, 1) if record.due < now), None)
        return last or now - NOW_LOOK_BACK

    async def _scope(self, subscription: Subscription) -> Scope:
        if subscription.target.kind == "console":
            return Scope(sources=None)
        return await self.subscriptions.scope(subscription.guild_id)

    async def _candidates(self, scope: Scope, span: timedelta) -> tuple[Candidate, ...]:
        stories = await self.stories.recent(scope, span)
        candidates = [await self.stories.candidate(story, scope, budget=DIGEST_BUDGET) for story in stories]
        return tuple(candidate for candidate in candidates if candidate is not None)

    async def _plan(self, subscription: Subscription, digest: Digest, due: datetime | None, now: datetime) -> bool:
        """Record the slot with all it entails; False when there is nothing to send or it is recorded already."""
        outcome = "sent" if digest.items else "empty"
        reason = f"{len(digest.items)} stories" if digest.items else "No story that it had not told already."
        record = SlotRecord(
            subscription_id=subscription.id,
            slot_id=digest.slot_id,
            due=due or now,
            outcome="sent" if digest.items else "empty",
            reason=reason,
            at=now,
            stories=tuple(item.story_id for item in digest.items),
        )
        messenger = self.messengers.of(subscription.target.kind)
        posts = messenger.pages(digest_post(digest)) if messenger and digest.items else ()
        plan = Plan(
            owner_id=subscription.id,
            slot_id=digest.slot_id,
            record=record,
            deliveries=deliveries(subscription.id, digest.slot_id, subscription.target, posts, now),
            told=tuple((item.story_id, item.version) for item in digest.items),
            next_run=next_slot(subscription.schedule, now) if due else None,
            lines=_lines(digest, subscription, now),
        )
        self.probe("digest.planned")
        written = await self.store.plan(plan)
        self.probe("digest.recorded")
        _log.info("digest", digest=subscription.name, outcome=outcome, stories=len(digest.items), slot=digest.slot_id)
        return written and bool(posts)


def deliveries(owner: str, slot: str, target: Target, posts: Sequence[Post], now: datetime) -> tuple[Delivery, ...]:
    """The messages of one slot or alert, each under its own key."""
    return tuple(
        Delivery(
            key=f"{slot}:{part}",
            owner_id=owner,
            slot_id=slot,
            part=part,
            parts=len(posts),
            target=target,
            post=post,
            created=now,
            next_try=now,
        )
        for part, post in enumerate(posts)
    )


def _lines(digest: Digest, subscription: Subscription, now: datetime) -> tuple[JournalLine, ...]:
    """What the journal keeps of each story that was told or left out."""

    def line(subject: str, outcome: Outcome, reason: str) -> JournalLine:
        return JournalLine(subject=subject, at=now, decision=Decision(stage="digests", outcome=outcome, reason=reason))

    name = subscription.name
    told = [line(item.story_id, "kept", f"Told in the digest “{name}”.") for item in digest.items]
    left = digest.left_out[:MOST_EXPLAINED]
    return (*told, *(line(s.story_id, "dropped", f"Left out of the digest “{name}”: {s.reason}") for s in left))
