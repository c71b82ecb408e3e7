"""Subscriptions, rules, the ledger, slots and deliveries, in memory."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model import AlertRule, Delivery, SlotRecord, Subscription, TargetKind
from bot.ports import Plan
from bot.storage.memory.sources import MemorySources
from bot.storage.rules import ALL_KINDS, ROWS, abandoned, claimable_from, claimed, settled


class MemoryOwners(MemorySources):
    """Implements `bot.ports.SubscriptionStore` and `bot.ports.DeliveryStore`."""

    def __init__(self) -> None:
        super().__init__()
        self._subscriptions: dict[str, Subscription] = {}
        self._rules: dict[str, AlertRule] = {}
        self._told: dict[str, dict[str, int]] = defaultdict(dict)
        self._slots: dict[tuple[str, str], Plan] = {}
        self._deliveries: dict[str, Delivery] = {}
        self._absorbed: dict[str, str] = {}

    async def put_subscription(self, subscription: Subscription) -> None:
        self._subscriptions[subscription.id] = subscription

    async def change_subscription(
        self, subscription_id: str, change: Callable[[Subscription], Subscription]
    ) -> Subscription | None:
        known = self._subscriptions.get(subscription_id)
        if known is not None:
            known = self._subscriptions[subscription_id] = change(known)
        return known

    async def subscription(self, subscription_id: str) -> Subscription | None:
        return self._subscriptions.get(subscription_id)

    async def subscriptions(self, guild_id: str | None = None) -> tuple[Subscription, ...]:
        found = [one for one in self._subscriptions.values() if guild_id in (None, one.guild_id)]
        return tuple(sorted(found, key=lambda one: (one.name, one.id)))

    async def due_subscriptions(self, now: datetime) -> tuple[Subscription, ...]:
        enabled = [(one.next_run, one.id, one) for one in self._subscriptions.values() if one.disabled is None]
        due = [(run, key, one) for run, key, one in enabled if run is not None and run <= now]
        return tuple(one for _, _, one in sorted(due, key=lambda row: row[:2]))

    async def drop_subscription(self, subscription_id: str) -> None:
        self._drop_owner(subscription_id)

    async def put_rule(self, rule: AlertRule) -> None:
        self._rules[rule.id] = rule

    async def change_rule(self, rule_id: str, change: Callable[[AlertRule], AlertRule]) -> AlertRule | None:
        known = self._rules.get(rule_id)
        if known is not None:
            known = self._rules[rule_id] = change(known)
        return known

    async def rule(self, rule_id: str) -> AlertRule | None:
        return self._rules.get(rule_id)

    async def rules(self, user_id: str | None = None) -> tuple[AlertRule, ...]:
        found = [rule for rule in self._rules.values() if user_id in (None, rule.user_id)]
        return tuple(sorted(found, key=lambda rule: (rule.created, rule.id)))

    async def drop_rule(self, rule_id: str) -> None:
        self._drop_owner(rule_id)

    async def told(self, owner_id: str) -> Mapping[str, int]:
        return dict(self._told.get(owner_id, {}))

    async def mark_told(self, owner_id: str, stories: Sequence[tuple[str, int]]) -> None:
        told = self._told[owner_id]
        for story_id, version in stories:
            into = self._absorbed.get(story_id)
            key, known = (story_id, version) if into is None else (into, 0)
            told[key] = max(known, told.get(key, known))

    async def slot(self, owner_id: str, slot_id: str) -> SlotRecord | None:
        plan = self._slots.get((owner_id, slot_id))
        return plan.record if plan else None

    async def slots(self, owner_id: str, limit: int = ROWS) -> tuple[SlotRecord, ...]:
        found = [plan.record for (owner, _), plan in self._slots.items() if owner == owner_id and plan.record]
        return tuple(reversed(found))[: max(0, limit)]

    def _drop_deliveries(self, keys: Iterable[str]) -> None:
        for key in list(keys):
            del self._deliveries[key]
            self._lines.pop(key, None)

    def _drop_owner(self, owner_id: str) -> None:
        for table in (self._subscriptions, self._rules, self._told, self._lines):
            table.pop(owner_id, None)
        for subject in [subject for subject in self._lines if subject.startswith(f"{owner_id}:")]:
            del self._lines[subject]
        self._slots = {key: plan for key, plan in self._slots.items() if key[0] != owner_id}
        self._drop_deliveries(key for key, one in self._deliveries.items() if one.owner_id == owner_id)

    async def drop_guild(self, guild_id: str) -> None:
        for subscription in await self.subscriptions(guild_id):
            self._drop_owner(subscription.id)
        self._subscribers = {pair for pair in self._subscribers if pair[0] != guild_id}
        self._drop_deliveries(key for key, one in self._deliveries.items() if one.target.guild_id == guild_id)

    async def drop_user(self, user_id: str) -> None:
        for rule in await self.rules(user_id):
            self._drop_owner(rule.id)
        for one in await self.subscriptions():
            if (one.target.kind, one.target.id) == ("dm", user_id):
                self._drop_owner(one.id)
            elif one.created_by == user_id:
                self._subscriptions[one.id] = replace(one, created_by="")
        mine = ("dm", user_id)
        self._drop_deliveries(key for key, one in self._deliveries.items() if (one.target.kind, one.target.id) == mine)

    async def plan(self, plan: Plan) -> bool:
        if (plan.owner_id, plan.slot_id) in self._slots:
            return False
        self._slots[plan.owner_id, plan.slot_id] = plan
        for delivery in plan.deliveries:
            self._deliveries.setdefault(delivery.key, delivery)
        await self.mark_told(plan.owner_id, plan.told)
        subscription = self._subscriptions.get(plan.owner_id)
        if subscription is not None and plan.next_run is not None:
            self._subscriptions[plan.owner_id] = replace(subscription, next_run=plan.next_run)
        await self.append(plan.lines)
        return True

    def _before(self, delivery: Delivery) -> list[Delivery]:
        slot = (delivery.owner_id, delivery.slot_id)
        same = [one for one in self._deliveries.values() if (one.owner_id, one.slot_id) == slot]
        return [one for one in same if one.part < delivery.part]

    async def claim(
        self, now: datetime, lease: timedelta, limit: int, kinds: Sequence[TargetKind] = ALL_KINDS
    ) -> tuple[Delivery, ...]:
        handed: list[Delivery] = []
        for delivery in sorted(self._deliveries.values(), key=lambda one: one.created):
            free = claimable_from(delivery)
            ready = free is not None and free <= now and delivery.target.kind in kinds
            if ready and len(handed) < limit and all(one.state == "sent" for one in self._before(delivery)):
                handed.append(claimed(delivery, now + lease))
        self._deliveries.update({delivery.key: delivery for delivery in handed})
        return tuple(handed)

    async def settle(self, delivery: Delivery) -> None:
        known = self._deliveries.get(delivery.key)
        if known is None:
            return
        now = self._deliveries[known.key] = settled(known, delivery)
        if now.state != "dead":
            return
        for other in list(self._deliveries.values()):
            if (other.owner_id, other.slot_id) == (now.owner_id, now.slot_id) and other.part > now.part:
                self._deliveries[other.key] = abandoned(other, now)

    async def delivery(self, key: str) -> Delivery | None:
        return self._deliveries.get(key)

    async def deliveries(self, owner_id: str, limit: int = ROWS) -> tuple[Delivery, ...]:
        mine = [one for one in self._deliveries.values() if one.owner_id == owner_id]
        mine.sort(key=lambda one: one.created)
        return tuple(mine[::-1][: max(0, limit)])

    async def newest_edit(self, key: str) -> Delivery | None:
        edits = [one for one in self._deliveries.values() if one.edits == key]
        return max(reversed(edits), key=lambda one: one.created, default=None)

    async def dead(self, since: datetime, guild_id: str | None = None, limit: int = ROWS) -> tuple[Delivery, ...]:
        found = [
            one
            for one in self._deliveries.values()
            if one.state == "dead"
            and one.edits is None
            and one.created >= since
            and guild_id in (None, one.target.guild_id)
        ]
        found.sort(key=lambda one: one.created)
        return tuple(found[::-1][: max(0, limit)])

    async def outstanding(self, guild_id: str | None = None) -> int:
        here = [one for one in self._deliveries.values() if guild_id in (None, one.target.guild_id)]
        return sum(one.state not in ("sent", "dead") for one in here)
