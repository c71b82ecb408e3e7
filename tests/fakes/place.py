"""A place for messages behind the Messenger port, with faults of every kind by a seeded chance, and a world's clock.

What stands in it is what people saw. A message that arrives twice stands there twice: nothing here forgives.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.errors import ChatError
from bot.model import Delivery, Post, Receipt
from bot.ports import Refused, SendOutcome, Sent, TryLater, Uncertain


class Killed(BaseException):
    """The process ends here, as with kill -9: nothing of ours may catch it."""


@dataclass
class HandClock:
    """A clock that stands still until it is set."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass
class Place:
    """Implements `bot.ports.Messenger`. `trouble`: the share of sends that meet a fault; `closed`: gone targets."""

    clock: HandClock
    chance: random.Random
    trouble: float = 0.0
    closed: set[str] = field(default_factory=set)
    standing: defaultdict[str, list[tuple[str, Post]]] = field(default_factory=lambda: defaultdict(list))
    refused: set[str] = field(default_factory=set)
    met: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def send(self, delivery: Delivery) -> SendOutcome:
        if delivery.target.id in self.closed:
            self.refused.add(delivery.key)
            return Refused(reason="The channel no longer exists.", gone=True)
        if self.chance.random() >= self.trouble:
            return Sent(receipt=self._put(delivery))
        return self._trouble(delivery, self.chance.randrange(10))

    def _trouble(self, delivery: Delivery, kind: int) -> SendOutcome:
        self.met[f"fault {kind}"] += 1
        match kind:
            case 0:
                raise Killed
            case 1:
                self._put(delivery)
                raise Killed
            case 2:
                return Uncertain(reason="The connection broke.")
            case 3:
                self._put(delivery)
                return Uncertain(reason="The connection broke.")
            case 4:
                return TryLater(reason="Not connected.")
            case 5:
                return TryLater(reason="A limit.", after=timedelta(minutes=1))
            case 6:
                return TryLater(reason="An hour-long limit.", after=timedelta(hours=1))
            case 7:
                raise RuntimeError("a mistake of ours before sending")
            case 8:
                self._put(delivery)
                raise RuntimeError("a mistake of ours after sending")
            case _:
                self.refused.add(delivery.key)
                return Refused(reason="The server's AutoMod blocked the message.")

    async def edit(self, delivery: Delivery, receipt: Receipt) -> SendOutcome:
        """What stands there has new words; where it does not stand any more nothing changes."""
        there = self.standing[delivery.target.id]
        if receipt.message_id not in [key for key, _ in there]:
            return Refused(reason="The message is no longer there.")
        trouble = self.chance.randrange(5) if self.chance.random() < self.trouble else None
        if trouble == 0:
            raise Killed
        if trouble not in (1, 4):
            there[:] = [(key, delivery.post if key == receipt.message_id else post) for key, post in there]
        if trouble == 2:
            raise Killed
        if trouble in (1, 3):
            return Uncertain(reason="The connection broke.")
        return TryLater(reason="A limit.") if trouble == 4 else Sent(receipt=receipt)

    async def find(self, delivery: Delivery) -> Receipt | None:
        if self.chance.random() < self.trouble:
            self.met["find"] += 1
            if self.chance.random() < 0.3:
                raise Killed
            unclear = ChatError("The history cannot be read now.")
            unclear.retryable = True
            raise unclear
        keys = [key for key, _ in self.standing[delivery.target.id]]
        return self._receipt(delivery) if delivery.key in keys else None

    def pages(self, post: Post) -> tuple[Post, ...]:
        """Three stories a message."""
        parts = [post.items[start : start + 3] for start in range(0, len(post.items), 3)]
        return tuple(replace(post, items=part) for part in parts) or (post,)

    def _put(self, delivery: Delivery) -> Receipt:
        self.refused.discard(delivery.key)  # a life may end between a refusal and its record; the next one tries again
        self.standing[delivery.target.id].append((delivery.key, delivery.post))
        return self._receipt(delivery)

    def _receipt(self, delivery: Delivery) -> Receipt:
        return Receipt(message_id=delivery.key, at=self.clock.now())
