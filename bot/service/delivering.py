"""The outbox: recorded messages go out, each once.

A delivery is claimed (a lease), sent, and settled with its receipt. When the process dies in between, the lease runs
out and the delivery comes back as `unknown`: the target's history is searched for its key before anything is sent
again, and the nonce makes Discord drop a repeat within its window. What cannot be sent for now is tried again with
growing pauses; what never can ends as `dead`, and its owner is told why. Where nobody can ever say whether a message
stands there (no leave to read the history), it is sent again and says that it may be a repeat.

An edit (`Delivery.edits`) goes the same way, but for two things: made twice it changes nothing, so nobody has to look
first; and it waits until its message was sent. Where that message is gone, or a later edit is planned, it is dropped.

While the store cannot be written (disk full, locked) nothing is sent: a message that could not be recorded would come
twice. The next look tries again.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol, get_args, runtime_checkable

import structlog

from bot.errors import ChatError, StoreError
from bot.model import AlertRule, Decision, Delivery, JournalLine, Post, Receipt, Subscription, Target, TargetKind
from bot.ports import (
    Clock,
    DeliveryStore,
    JournalStore,
    Messenger,
    Plan,
    Probe,
    Refused,
    SendOutcome,
    Sent,
    StoreHealth,
    SubscriptionStore,
    TryLater,
    Uncertain,
)
from bot.service.outbox import Messengers

_log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=2)
"""Longer than discord.py's own retries of one send (about 25 s) with a rate limit of a minute on top."""

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 40
"""About a day and a half of hourly tries: older news is not worth a late ping."""

CLOSED_AFTER = 2
"""Refusals after which an alert rule is switched off: one may be a slip of the user's settings."""

BATCH = 50

DIRECT_BATCH = 10
"""Direct messages claimed at once: with a pause after each they are sent well within the lease."""

NOT_DIRECT: tuple[TargetKind, ...] = tuple(kind for kind in get_args(TargetKind) if kind != "dm")

MAY_REPEAT = "This may repeat an earlier message: I cannot read here what I wrote."

UNWANTED = "It was removed before this message was sent."

OUTBOX = "outbox"
"""The journal's subject for what concerns all messages."""

STOPPED = "stopped"
"""Names the slot of the notice that a digest has stopped, so that it is written once."""

MOST_PLACES = 4
"""Places that are tried for that notice: the person who set the digest up, and some channels of the server."""


class DeliveringStore(DeliveryStore, SubscriptionStore, JournalStore, StoreHealth, Protocol):
    """What delivering reads and writes."""


@runtime_checkable
class Neighbours(Messenger, Protocol):
    """A messenger that knows what else can be written to near a target."""

    def near(self, target: Target) -> Sequence[Target]:
        """Other places that the same people read, nearest first; () where there is none. Asks nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverer:
    """Sends what is due. Targets go side by side, the messages of one target one after the other. Direct messages stand
    in one queue, with `between` after each: who writes to many people at once looks like a spammer to Discord.
    """

    store: DeliveringStore
    messengers: Messengers
    clock: Clock
    probe: Probe
    between: timedelta = timedelta(0)
    _queue: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def deliver(self, kinds: Sequence[TargetKind] = get_args(TargetKind)) -> int:
        """Send everything that is due now to targets of `kinds`; how many messages arrived. StoreError when the store
        cannot be written.
        """
        try:
            await self._try_the_store()
            served = tuple(kind for kind in kinds if self.messengers.of(kind) is not None)
            arrived = await self._deliver([kind for kind in served if kind != "dm"])
            return arrived + (await self._deliver_directly() if "dm" in served else 0)
        except StoreError as error:
            _log.error("sending_stopped", reason=str(error))
            raise

    async def _try_the_store(self) -> None:
        """After a write that failed: nothing is sent before one succeeds. It needs room, as a receipt does."""
        if self.store.trouble() is None:
            return
        decision = Decision(stage="delivery", outcome="kept", reason="The store can be written again: sending goes on.")
        await self.store.append([JournalLine(subject=OUTBOX, at=self.clock.now(), decision=decision)])
        _log.warning("sending_goes_on")

    async def _deliver_directly(self) -> int:
        arrived = 0
        while True:
            async with self._queue:
                claimed = await self.store.claim(self.clock.now(), LEASE, DIRECT_BATCH, ["dm"])
                if not claimed:
                    return arrived
                self.probe("delivery.claimed")
                for delivery in claimed:
                    count = await self._send_all([delivery])
                    if isinstance(count, StoreError):
                        raise count
                    arrived += count
                    await asyncio.sleep(self.between.total_seconds())

    async def _deliver(self, kinds: Sequence[TargetKind]) -> int:
        arrived = 0
        while True:
            claimed = await self.store.claim(self.clock.now(), LEASE, BATCH, kinds)
            if not claimed:
                return arrived
            self.probe("delivery.claimed")
            by_target: defaultdict[str, list[Delivery]] = defaultdict(list)
            for delivery in claimed:
                by_target[delivery.target.id].append(delivery)
            counts = await asyncio.gather(*(self._send_all(batch) for batch in by_target.values()))
            arrived += sum(count for count in counts if isinstance(count, int))
            failed = next((count for count in counts if isinstance(count, StoreError)), None)
            if failed is not None:
                raise failed

    async def _send_all(self, batch: Sequence[Delivery]) -> int | StoreError:
        """How many arrived; the store's error when it failed, so that nothing more may be sent now."""
        arrived = 0
        for delivery in batch:
            messenger = self.messengers.of(delivery.target.kind)
            if messenger is None or _lapsed(delivery, self.clock.now()):
                continue  # whoever has claimed it by now looks for it first
            try:
                arrived += await self._send(delivery, messenger)
            except StoreError as error:
                return error
            except Exception:  # noqa: BLE001 - one message that fails never stops the others
                # A fault of ours with one message: its lease runs out, and it is looked for before another try.
                _log.exception("delivery_failed", key=delivery.key)
        return arrived

    async def _send(self, delivery: Delivery, messenger: Messenger) -> bool:
        if not await self._wanted(delivery):
            await self.store.settle(replace(delivery, state="dead", problem=UNWANTED))
            return False
        if delivery.edits is not None:
            await self._edit(delivery, delivery.edits, messenger)
            return False
        if delivery.state == "unknown":
            try:
                receipt = await messenger.find(delivery)
            except ChatError as error:
                if error.retryable:  # the history cannot be read now: sending again might repeat it
                    await self._not_arrived(delivery, Uncertain(reason=str(error)))
                    return False
                receipt, delivery = None, _marked(delivery)
            if receipt is not None:
                await self._arrived(delivery, receipt)
                return True
        self.probe("delivery.sending")
        outcome = await messenger.send(delivery)
        self.probe("delivery.sent")
        if isinstance(outcome, Sent):
            await self._arrived(delivery, outcome.receipt)
            return True
        await self._not_arrived(delivery, outcome)
        return False

    async def _wanted(self, delivery: Delivery) -> bool:
        """Whether the digest or alert that it belongs to still exists: it may be removed while its message waits, or
        after it was claimed. Of an alert that was stopped only what stands already is kept true.
        """
        if await self.store.subscription(delivery.owner_id) is not None:
            return True
        rule = await self.store.rule(delivery.owner_id)
        return rule is not None and (rule.disabled is None or delivery.edits is not None)

    async def _edit(self, delivery: Delivery, key: str, messenger: Messenger) -> None:
        sent, newest = await self.store.delivery(key), await self.store.newest_edit(key)
        if newest is not None and newest.key != delivery.key:
            return await self._drop(delivery, "A later edit took its place.")
        if sent is None or sent.state == "dead":
            return await self._drop(delivery, "The message that it changes was never sent.")
        if sent.receipt is None:
            soon = self.clock.now() + FIRST_PAUSE
            waits = replace(delivery, state="failed", next_try=soon, problem="The message is not sent yet.")
            return await self.store.settle(waits)
        self.probe("delivery.sending")
        outcome = await messenger.edit(delivery, sent.receipt)
        self.probe("delivery.sent")
        if isinstance(outcome, Sent):
            return await self._arrived(delivery, outcome.receipt)
        if isinstance(outcome, Refused):
            return await self._drop(delivery, outcome.reason)
        if isinstance(outcome, Uncertain):
            outcome = TryLater(reason=outcome.reason)
        return await self._not_arrived(delivery, outcome)

    async def _drop(self, edit: Delivery, reason: str) -> None:
        """An edit that has nothing to change: its target is no worse for it."""
        await self.store.settle(replace(edit, state="dead", attempts=edit.attempts + 1, problem=reason))
        decision = Decision(stage="delivery", outcome="dropped", reason=reason)
        await self.store.append([JournalLine(subject=edit.key, at=self.clock.now(), decision=decision)])
        _log.info("edit_dropped", key=edit.key, reason=reason)

    async def _arrived(self, delivery: Delivery, receipt: Receipt) -> None:
        sent = replace(delivery, state="sent", attempts=delivery.attempts + 1, receipt=receipt, lease_until=None)
        await self.store.settle(sent)
        self.probe("delivery.settled")
        rule = await self.store.rule(delivery.owner_id)
        if rule is not None and rule.refusals and delivery.edits is None:
            await self.store.change_rule(rule.id, lambda now: replace(now, refusals=0))  # those in a row count

    async def _not_arrived(self, delivery: Delivery, outcome: SendOutcome) -> None:
        now = self.clock.now()
        attempts = delivery.attempts + 1
        tried = replace(delivery, attempts=attempts, lease_until=None)
        if isinstance(outcome, TryLater | Uncertain) and attempts < MOST_ATTEMPTS:
            asked = outcome.after if isinstance(outcome, TryLater) else None
            pause = max(asked or timedelta(0), min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE))
            later = replace(tried, next_try=now + pause, problem=outcome.reason)
            certain = isinstance(outcome, TryLater)
            await self.store.settle(replace(later, state="failed") if certain else replace(later, state="unknown"))
            _log.warning("delivery_postponed", key=delivery.key, reason=outcome.reason, seconds=pause.total_seconds())
            return
        reason = "It could not be sent for too long." if not isinstance(outcome, Refused) else outcome.reason
        if isinstance(outcome, Refused) and outcome.gone:
            # First: after a life that ended here the message is tried, and refused, again, and nobody is left untold.
            await self._target_gone(delivery, reason)
        await self.store.settle(replace(tried, state="dead", problem=reason))
        decision = Decision(stage="delivery", outcome="dropped", reason=reason)
        await self.store.append([JournalLine(subject=delivery.key, at=now, decision=decision)])
        _log.error("delivery_dead", key=delivery.key, target=delivery.target.id, reason=reason)

    async def _target_gone(self, delivery: Delivery, reason: str) -> None:
        """Nothing can reach the target any more: its subscription stops, an alert rule at the second refusal."""
        subscription = await self.store.subscription(delivery.owner_id)
        if subscription is None:
            await self.store.change_rule(delivery.owner_id, lambda rule: _refused(rule, reason))
        elif f":{STOPPED}:" in delivery.slot_id:  # the notice that it has stopped was refused: that stops nothing
            await self._tell_owner(subscription, delivery, reason)
        elif delivery.target == subscription.target:  # else it has moved to another place, and goes on there
            await self._tell_owner(subscription, delivery, reason)
            # After the notice: a life that ends here is refused again, and goes on.
            await self.store.change_subscription(
                subscription.id, lambda now: replace(now, disabled=now.disabled or reason)
            )

    async def stopped(self, subscription: Subscription, reason: str) -> None:
        """Tell whoever set the digest up that it stops, once. Stopping it is the caller's, afterwards."""
        await self._tell_owner(subscription, None, reason)

    async def _tell_owner(self, subscription: Subscription, refused: Delivery | None, reason: str) -> None:
        """A notice that the digest has stopped, to whoever set it up; where that is refused too, the next place.

        It is a delivery like any other, under one slot for each place: told once over crashes and messages refused.
        """
        _, _, place = refused.slot_id.partition(f":{STOPPED}:") if refused else ("", "", "")
        number = int(place) + 1 if place else 0
        places = self._places(subscription)
        if number >= len(places):
            _log.warning("owner_not_told", digest=subscription.name, guild=subscription.guild_id, reason=reason)
            return
        now, slot = self.clock.now(), f"{subscription.id}:{STOPPED}:{number}"
        notice = Delivery(
            key=f"{slot}:0",
            owner_id=subscription.id,
            slot_id=slot,
            part=0,
            parts=1,
            target=places[number],
            post=_notice(subscription, subscription.disabled or reason),
            created=now,
            next_try=now,
        )
        await self.store.plan(Plan(owner_id=subscription.id, slot_id=slot, record=None, deliveries=(notice,)))

    def _places(self, subscription: Subscription) -> tuple[Target, ...]:
        target = subscription.target
        maker = Target(kind="dm", id=subscription.created_by)
        places = [maker] if subscription.created_by and target.kind == "channel" else []
        messenger = self.messengers.of(target.kind)
        if isinstance(messenger, Neighbours):
            places += messenger.near(target)
        return tuple(places[:MOST_PLACES])


def _lapsed(delivery: Delivery, now: datetime) -> bool:
    """Whether the claim ran out while messages before it were sent."""
    return delivery.lease_until is not None and delivery.lease_until <= now


def _marked(delivery: Delivery) -> Delivery:
    """The same message with a word that it may stand there already."""
    footer = f"{delivery.post.footer} {MAY_REPEAT}" if delivery.post.footer else MAY_REPEAT
    return replace(delivery, post=replace(delivery.post, footer=footer))


def _refused(rule: AlertRule, reason: str) -> AlertRule:
    refusals = rule.refusals + 1
    stopped = reason if refusals >= CLOSED_AFTER else rule.disabled
    return replace(rule, refusals=refusals, disabled=stopped, noticed=rule.noticed and stopped == rule.disabled)


def _notice(subscription: Subscription, reason: str) -> Post:
    return Post(
        heading="A digest has stopped",
        intro=f"“{subscription.name}” is not sent any more. {reason}",
        footer="When that is put right, /digest edit with its channel lets it go on.",
        zone=subscription.schedule.zone,
    )
