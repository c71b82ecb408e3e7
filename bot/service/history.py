"""How the slots of a digest ended: what was recorded, and what became of its messages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.model import SlotRecord, Subscription
from bot.ports import DeliveryStore, SubscriptionStore

MOST_SLOTS = 400
"""Slots that are shown: two weeks of an hourly digest."""

RECENT = timedelta(days=7)
"""Missed slots are told of for a week: longer than a holiday weekend."""


class HistoryStore(SubscriptionStore, DeliveryStore, Protocol):
    """What a history is read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotSeen:
    """A slot with its recorded outcome. `problem`: why a message of it did not arrive, or has not yet."""

    record: SlotRecord
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Reads what digests did."""

    store: HistoryStore

    async def slots(self, subscription_id: str, limit: int = MOST_SLOTS) -> tuple[SlotSeen, ...]:
        """Newest first."""
        records = await self.store.slots(subscription_id, limit)
        problems: dict[str, str] = {}
        for delivery in await self.store.deliveries(subscription_id, 2 * limit + 20):
            if delivery.state == "dead":
                problems[delivery.slot_id] = f"It was not delivered. {delivery.problem or ''}".rstrip()
            elif delivery.state != "sent":
                waits = f"It waits to be sent. {delivery.problem or ''}".rstrip()
                problems.setdefault(delivery.slot_id, waits)
        return tuple(SlotSeen(record=record, problem=problems.get(record.slot_id)) for record in records)

    async def missed(self, subscription: Subscription, now: datetime) -> tuple[SlotRecord, ...]:
        """Slots of the last week at which nothing could be told, newest first."""
        records = await self.store.slots(subscription.id, MOST_SLOTS)
        return tuple(one for one in records if one.outcome == "merged" and one.due > now - RECENT)
