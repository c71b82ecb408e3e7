"""A place for messages behind the Messenger port, with faults of every kind by a seeded chance, and a world's clock.

What stands in it is what people saw. A message that arrives twice stands there twice: nothing here forgives.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.chat.discord.places import PUBLISHED_AN_HOUR, Publications
from bot.errors import ChatError
from bot.model import Delivery, Post, Receipt, Target
from bot.ports import Refused, SendOutcome, Sent, TryLater, Uncertain

CLOSED_DM, GONE = "Your direct messages are closed to me.", "The channel no longer exists."


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
    """Implements `bot.ports.Messenger`. `trouble`: the share of sends that meet a fault; `closed`: gone targets.

    In `forums` the first part of a slot begins a thread (an entry of `threads`: the keys of its messages), the others
    stand in that. In `news` a message is published after it was sent, and when it is found unpublished: ten an hour, by
    the bot's own count, which a new life begins anew (`begin`). `nearby`: what else can be written to near a target.
    """

    clock: HandClock
    chance: random.Random
    trouble: float = 0.0
    closed: set[str] = field(default_factory=set)
    forums: frozenset[str] = frozenset()
    news: frozenset[str] = frozenset()
    nearby: tuple[str, ...] = ()
    threads: defaultdict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    published: defaultdict[str, list[tuple[datetime, str]]] = field(default_factory=lambda: defaultdict(list))
    standing: defaultdict[str, list[tuple[str, Post]]] = field(default_factory=lambda: defaultdict(list))
    refused: set[str] = field(default_factory=set)
    met: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A new life remembers nothing of what it published."""
        self._publications = Publications()

    def near(self, target: Target) -> Sequence[Target]:
        """The same for every target."""
        return tuple(Target(kind="channel", id=one, guild_id=target.guild_id) for one in self.nearby)

    async def send(self, delivery: Delivery) -> SendOutcome:
        if delivery.target.id in self.closed:
            self.refused.add(delivery.key)
            return Refused(reason=CLOSED_DM if delivery.target.kind == "dm" else GONE, gone=True)
        if delivery.target.id in self.forums and delivery.part > 0 and self._thread(delivery) is None:
            self.refused.add(delivery.key)
            return Refused(reason="The forum's thread that it belongs to is no longer there.")
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
        if delivery.key not in keys:
            return None
        self._publish(delivery)
        return self._receipt(delivery)

    def pages(self, post: Post) -> tuple[Post, ...]:
        """Three stories a message."""
        parts = [post.items[start : start + 3] for start in range(0, len(post.items), 3)]
        return tuple(replace(post, items=part) for part in parts) or (post,)

    def _put(self, delivery: Delivery) -> Receipt:
        self.refused.discard(delivery.key)  # a life may end between a refusal and its record; the next one tries again
        self.standing[delivery.target.id].append((delivery.key, delivery.post))
        if delivery.target.id in self.forums:
            thread = self._thread(delivery) if delivery.part else None
            if thread is None:
                self.threads[delivery.target.id].append(thread := [])
            thread.append(delivery.key)
        if self.chance.random() >= self.trouble:
            self._publish(delivery)
        return self._receipt(delivery)

    def _thread(self, delivery: Delivery) -> list[str] | None:
        """The newest thread that the delivery's first part began."""
        first = f"{delivery.slot_id}:0"
        threads = self.threads[delivery.target.id]
        return next((thread for thread in reversed(threads) if thread[:1] == [first]), None)

    def _publish(self, delivery: Delivery) -> None:
        """Crosspost Message, where it was not yet: Discord takes ten an hour, and counts over our lives."""
        target, now = delivery.target.id, self.clock.now()
        done = self.published[target]
        if target not in self.news or delivery.key in [key for _, key in done]:
            return
        if self._publications.take(0, now.timestamp()):
            lately = [at for at, _ in done if at > now - timedelta(hours=1)]
            if len(lately) >= PUBLISHED_AN_HOUR:
                self.met["publication refused"] += 1
            else:
                done.append((now, delivery.key))

    def _receipt(self, delivery: Delivery) -> Receipt:
        return Receipt(message_id=delivery.key, at=self.clock.now())
