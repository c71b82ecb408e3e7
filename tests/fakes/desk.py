"""The services over a store in memory, a clock that tests turn, and a messenger that answers by script.

Everything is the real thing but for time, the network and the worker process: summaries are computed right here.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot.bootstrap import MessengerTable
from bot.model import Delivery, Filter, Post, Receipt, Schedule, Scope, Story, Subscription, Summary, Target
from bot.ports import Budget, Intake, Reading, SendOutcome, Sent
from bot.service.alerting import Alerter
from bot.service.clock import no_probe
from bot.service.delivering import Deliverer
from bot.service.privacy import Privacy
from bot.service.publishing import Publisher
from bot.service.rules import Rules, Wish
from bot.service.status import Status
from bot.service.stories import LanguageModel, Stories
from bot.service.subscriptions import Limits, Subscriptions
from bot.storage.memory import MemoryPreferences, MemoryStore
from bot.summarizing.extractive import summarize_story
from tests.contract.store_samples import T0

CHANNEL = Target(kind="channel", id="100", guild_id="1")


class TurnedClock:
    """Stands still until it is turned."""

    def __init__(self, moment: datetime = T0) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def turn(self, by: timedelta) -> None:
        self.moment += by


class InProcess:
    """The shipped summarizer without a process of its own."""

    async def summarize(self, readings: Sequence[Reading], budget: Budget = Budget()) -> Summary:
        return summarize_story(readings, budget)


class Pondering(InProcess):
    """A language model that lets others go on before it answers."""

    name = "pondering"

    async def summarize(self, readings: Sequence[Reading], budget: Budget = Budget()) -> Summary:
        for _ in range(20):
            await asyncio.sleep(0)
        return await super().summarize(readings, budget)


@dataclass
class ScriptedMessenger:
    """Every message arrives unless `outcomes` has something else to say first; `standing` is what `find` finds."""

    clock: TurnedClock
    outcomes: list[SendOutcome | Exception] = field(default_factory=list)
    sent: list[Delivery] = field(default_factory=list)
    standing: set[str] = field(default_factory=set)
    looked_for: list[str] = field(default_factory=list)
    split: bool = False
    edited: list[tuple[str, Delivery]] = field(default_factory=list)

    async def send(self, delivery: Delivery) -> SendOutcome:
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if isinstance(outcome, Exception):
            raise outcome
        if outcome is not None and not isinstance(outcome, Sent):
            return outcome
        self.sent.append(delivery)
        return Sent(receipt=Receipt(message_id=f"m-{delivery.key}", at=self.clock.now()))

    async def edit(self, delivery: Delivery, receipt: Receipt) -> SendOutcome:
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if outcome is not None and not isinstance(outcome, Exception | Sent):
            return outcome
        self.edited.append((receipt.message_id, delivery))
        return Sent(receipt=receipt)

    async def find(self, delivery: Delivery) -> Receipt | None:
        self.looked_for.append(delivery.key)
        if delivery.key in self.standing:
            return Receipt(message_id=f"m-{delivery.key}", at=self.clock.now())
        return None

    def pages(self, post: Post) -> tuple[Post, ...]:
        if not self.split:
            return (post,)
        return tuple(Post(heading=post.heading, items=(item,)) for item in post.items)


class Desk:
    """All services, wired as bootstrap wires them."""

    def __init__(self, *, per_hour: int = 10, limits: Limits | None = None, model: LanguageModel | None = None) -> None:
        self.clock = TurnedClock()
        self.store, self.preferences = MemoryStore(), MemoryPreferences()
        self.messenger, self.messengers = ScriptedMessenger(self.clock), MessengerTable()
        self.messengers.register(self.messenger, "channel", "dm")
        self.subscriptions = Subscriptions(
            store=self.store, preferences=self.preferences, clock=self.clock, limits=limits or Limits()
        )
        self.stories = Stories(
            store=self.store, cache=self.preferences, summarizer=InProcess(), clock=self.clock, model=model
        )
        self.publisher = Publisher(
            store=self.store, stories=self.stories, subscriptions=self.subscriptions, messengers=self.messengers,
            clock=self.clock, probe=no_probe,
        )  # fmt: skip
        self.deliverer = Deliverer(store=self.store, messengers=self.messengers, clock=self.clock, probe=no_probe)
        self.rules = Rules(
            store=self.store,
            stories=self.stories,
            subscriptions=self.subscriptions,
            preferences=self.preferences,
            clock=self.clock,
            limits=limits or Limits(),
        )
        self.alerter = Alerter(
            store=self.store, stories=self.stories, rules=self.rules, messengers=self.messengers,
            clock=self.clock, probe=no_probe, per_hour=per_hour,
        )  # fmt: skip
        self.status = Status(
            store=self.store, subscriptions=self.subscriptions, preferences=self.preferences, clock=self.clock
        )
        self.privacy = Privacy(
            store=self.store, preferences=self.preferences, clock=self.clock, keep_removed=timedelta(days=30)
        )

    async def take(self, reading: Reading, story: Story) -> Story:
        """`reading` comes in, and `story` stands as given after it."""
        return await self.store.take_in(Intake(entry=None, reading=reading, story=story))

    async def schedule(
        self,
        *times: time,
        name: str = "Brief",
        guild: str = "1",
        target: Target = CHANNEL,
        wanted: Filter | None = None,
        size: int = 8,
    ) -> Subscription:
        """A digest at those times, UTC."""
        return await self.subscriptions.schedule(
            name=name, guild_id=guild, target=target, by="maker", schedule=Schedule(times=times),
            wanted=wanted or Filter(), size=size,
        )  # fmt: skip

    async def alert(
        self, *, user: str = "reader", guild: str | None = "1", keywords: str = "envoys", armed: bool = True
    ) -> str:
        """A rule of `user`, which no message has to confirm unless it is not `armed`; its id."""
        rule = await self.rules.draft(user, guild, Wish(keywords=keywords))
        return (await self.rules.save(rule, armed=armed)).id

    async def tick(self, by: timedelta = timedelta(0)) -> None:
        """Time passes, then the jobs of a running bot run once."""
        self.clock.turn(by)
        await self.alerter.sweep()
        await self.publisher.dispatch()
        await self.deliverer.deliver()

    @property
    def told(self) -> list[tuple[str, ...]]:
        """The titles in each message that was sent."""
        return [tuple(item.title for item in delivery.post.items) for delivery in self.messenger.sent]


EVERYTHING = Scope(sources=None)
