"""Seven simulated days of the bot at the Messenger port, on one store: the script, the subscriptions, the lives.

News comes late and out of order; lives end at random points; the bot is down for hours; channels and direct messages
close, and open again. `tests.e2e.test_week` compares what people then saw with a model of its own.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot.bootstrap import MessengerTable
from bot.model import (
    Actor,
    AlertRule,
    Article,
    Evidence,
    Filter,
    KeyPoint,
    Member,
    Schedule,
    Signature,
    Source,
    Story,
    Subscription,
    Summary,
    Target,
    Understanding,
)
from bot.ports import Budget, Intake, Reading, Store
from bot.service.alerting import Alerter
from bot.service.delivering import Deliverer
from bot.service.publishing import Publisher
from bot.service.rules import Rules
from bot.service.stories import Stories
from bot.service.subscriptions import Limits, Subscriptions
from bot.storage.memory import MemoryPreferences
from tests.fakes.place import HandClock, Killed, Place

TICK = {"memory": timedelta(minutes=15), "sqlite": timedelta(minutes=30)}
"""How often the bot looks; a commit to a disk takes its time."""
WEEK = timedelta(days=7)
QUIET = timedelta(days=2)
"""After the week nothing new comes and nothing fails: all that waits must arrive."""

SOURCES = ("a", "b", "c", "d")
COUNTRIES = ("JPN", "FRA", "BRA", "KEN")

# --- the script ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class News:
    """An article of the story `story`, published at `when`, that the bot can have from `there` on."""

    story: str
    source: str
    actors: tuple[str, ...]
    when: datetime
    there: datetime
    id: str


def script(start: datetime, chance: random.Random) -> list[News]:
    """Some 70 stories of one to four articles; each fifth article is hours late, so that stories come out of order."""
    news: list[News] = []
    for number in range(70):
        begins = start + chance.random() * (WEEK - timedelta(hours=12))
        actors = tuple(sorted(chance.sample(COUNTRIES, chance.randint(1, 2))))
        for part in range(chance.randint(1, 4)):
            when = begins + part * timedelta(minutes=chance.randint(5, 240))
            late = chance.random() * timedelta(hours=8) if chance.random() < 0.2 else timedelta(minutes=3)
            article = f"s{number}-{part}"
            news.append(News(f"s{number}", chance.choice(SOURCES), actors, when, when + late, article))
    return sorted(news, key=lambda one: (one.there, one.id))


def downtime(start: datetime, chance: random.Random) -> list[tuple[datetime, datetime]]:
    """Four times in the week the bot does not run: for two to eight hours, and once for long enough to miss slots."""
    begins = [start + chance.random() * (WEEK - timedelta(hours=14)) for _ in range(4)]
    return [(begin, begin + timedelta(hours=hours)) for begin, hours in zip(begins, (2, 5, 8, 13), strict=True)]


def digests(start: datetime) -> list[Subscription]:
    """Everything; one country, in a forum; two outlets at least; one whose channel is deleted in the middle of the
    week; one whose forum is, and who set it up takes no direct messages; every seven hours, in the announcement channel
    that
    everything goes to as well; and as it happens.
    """

    def of(name: str, schedule: Schedule, wanted: Filter) -> Subscription:
        target = Target(kind="channel", id=NEWS if name in ("all", "hourly") else f"to-{name}", guild_id="g")
        return Subscription(
            id=name, name=name, guild_id="g", target=target, schedule=schedule, filter=wanted, size=25, created=start,
            created_by=SHUT if name == "barred" else "u", next_run=start,
        )  # fmt: skip

    def one(name: str, zone: str, times: Sequence[tuple[int, int]], wanted: Filter) -> Subscription:
        return of(name, Schedule(times=tuple(time(*pair) for pair in times), zone=zone), wanted)

    return [
        one("all", "Europe/Berlin", [(2, 30), (8, 0), (18, 30)], Filter()),
        one("japan", "America/New_York", [(1, 30), (7, 0), (19, 0)], Filter(countries=("JPN",))),
        one("firm", "Europe/Berlin", [(9, 0), (21, 0)], Filter(minimum_sources=2)),
        one("doomed", "Europe/London", [(6, 0), (12, 0), (20, 0)], Filter()),
        one("barred", "Europe/London", [(10, 0)], Filter(countries=("KEN",))),
        of("hourly", Schedule(every=7, anchor=start, zone="Europe/Berlin"), Filter()),
        of("live", Schedule(live=True, per_hour=LIVE_CAP, per_day=30), Filter(countries=("FRA",))),
    ]


LIVE_CAP = 2

NEWS, SHUT = "to-news", "shut"
FORUMS = frozenset({"to-japan", "to-barred"})
NEARBY = ("to-cellar", "to-lobby")
"""Where else the server can be told that a digest has stopped; the bot may not write to the first of them."""

RULES = (("alert-japan", ("JPN",), 1), ("alert-france", ("FRA",), 2), ("alert-shut", ("BRA",), 1))
CLOSES, OPENS = WEEK * 3 / 7, WEEK * 5 / 7
"""When the owner of the last alert closes their direct messages, and when they open them and look."""
GOES = WEEK / 2
"""When the channel of one digest is deleted, and the forum of another."""


# --- the bot, under it -----------------------------------------------------------------------------------------------


class OneLine:
    """A Summarizer whose headline says which version of which story it saw."""

    async def summarize(self, readings: Sequence[Reading], budget: Budget = Budget()) -> Summary:
        story = readings[0].article.id.partition("-")[0]
        return Summary(headline=f"{story}#{len(readings)}", points=readings[0].summary.points)


def reading_of(news: News) -> Reading:
    point = KeyPoint(text="x", evidence=(Evidence(article=news.id, start=0, end=1, text="x"),))
    return Reading(
        article=Article(
            id=news.id, source_id=news.source, title=news.id, published=news.when, arrived=news.there, language="en",
            text="x",
        ),
        understanding=Understanding(
            diplomatic=True,
            relevance=0.9,
            actors=tuple(Actor(code=code, kind="country", name=code, mentions=1) for code in news.actors),
        ),
        signature=Signature(),
        summary=Summary(headline=f"{news.story}#1", points=(point,)),
    )  # fmt: skip


def story_of(known: Sequence[News]) -> Story:
    """The story as it stands after these articles, in the order of their events."""
    told = sorted(known, key=lambda news: (news.when, news.id))
    return Story(
        id=known[0].story,
        title=known[0].story,
        language="en",
        members=tuple(Member(article_id=n.id, source_id=n.source, relation="joins", when=n.when) for n in told),
        first_seen=told[0].when,
        last_change=told[-1].when,
        version=len(known),
        relevance=0.9,
        diplomatic=True,
        actors=known[0].actors,
    )


@dataclass
class Trap:
    """A probe that ends the life at a random point while it is set."""

    chance: random.Random
    share: float = 0.0

    def __call__(self, point: str) -> None:
        if self.share and self.chance.random() < self.share:
            raise Killed


@dataclass
class Week:
    """One simulated week on one store. `open_store` opens what an earlier life left."""

    start: datetime
    tick: timedelta
    chance: random.Random
    open_store: Callable[[Trap], Awaitable[Store]]
    applied: list[tuple[datetime, News]] = field(default_factory=list)
    dispatched: list[datetime] = field(default_factory=list)
    kills: int = 0
    said: list[str] = field(default_factory=list)
    resumed: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = HandClock(self.start)
        closed = {SHUT, NEARBY[0]}
        self.place = Place(self.clock, self.chance, closed=closed, forums=FORUMS, news=frozenset({NEWS}), nearby=NEARBY)
        self.trap = Trap(self.chance)
        self.preferences = MemoryPreferences()

    async def begin(self) -> None:
        """A new life: every object but the store's file is made anew."""
        store = self.store = await self.open_store(self.trap)
        self.place.begin()
        table = MessengerTable()
        table.register(self.place, "channel", "dm")
        subscriptions = Subscriptions(store=store, preferences=MemoryPreferences(), clock=self.clock, limits=Limits())
        stories = Stories(store=store, cache=self.preferences, summarizer=OneLine(), clock=self.clock)
        self.publisher = Publisher(
            store=store, stories=stories, subscriptions=subscriptions, messengers=table, clock=self.clock,
            probe=self.trap,
        )  # fmt: skip
        rules = self.rules = Rules(
            store=store,
            stories=stories,
            subscriptions=subscriptions,
            preferences=self.preferences,
            clock=self.clock,
            limits=Limits(),
        )
        self.alerter = Alerter(
            store=store, stories=stories, rules=rules, messengers=table, clock=self.clock, probe=self.trap,
            per_hour=1000,
        )  # fmt: skip
        self.deliverer = Deliverer(store=store, messengers=table, clock=self.clock, probe=self.trap)

    async def live(self) -> None:
        coming = script(self.start, self.chance)
        down = downtime(self.start, self.chance)
        await self.begin()
        for source in SOURCES:
            await self.store.put_source(Source(id=source, url=f"https://{source}.example/", name=source, shared=True))
        for digest in digests(self.start):
            await self.store.put_subscription(digest)
        for name, countries, outlets in RULES:
            await self.store.put_rule(
                AlertRule(id=name, user_id=f"to-{name}", guild_id="g", countries=countries, minimum_sources=outlets,
                          created=self.start)
            )  # fmt: skip
        while (now := self.clock.moment) <= self.start + WEEK + QUIET:
            if not any(begin <= now < end for begin, end in down):
                busy = now < self.start + WEEK
                self.place.trouble, self.trap.share = (0.25, 0.02) if busy else (0.0, 0.0)
                if now > self.start + GOES:
                    self.place.closed |= {"to-doomed", "to-barred"}
                await self._doors(now - self.start)
                while coming and coming[0].there <= now:
                    await self._take_in(coming.pop(0), now)
                await self._work()
            elif self.chance.random() < 0.2:
                await self._restart()
            self.clock.moment += self.tick
        assert not coming

    async def _doors(self, since: timedelta) -> None:
        """The owner of the last alert shuts their direct messages for two days; then opens them, gives a command now
        and then, reads what stands before its answer, and does what that says.
        """
        owner = f"to-{RULES[-1][0]}"
        if not CLOSES <= since < OPENS:
            self.place.closed.discard(owner)
        else:
            self.place.closed.add(owner)
        if since < OPENS or since > WEEK:
            return
        self.trap.share, share = 0.0, self.trap.share
        if notice := await self.rules.notice(owner):
            self.said.append(notice)
            await self.rules.resume(owner, "1")
            self.resumed.append(self.clock.moment)
        self.trap.share = share

    async def _take_in(self, news: News, now: datetime) -> None:
        """Not where lives end here: `test_faults` ends them at every point of the intake."""
        self.trap.share, share = 0.0, self.trap.share
        self.applied.append((now, news))
        known = [other for _, other in self.applied if other.story == news.story]
        await self.store.take_in(Intake(entry=None, reading=reading_of(news), story=story_of(known)))
        self.trap.share = share

    async def _work(self) -> None:
        """What the jobs of a running bot do, until the life ends."""
        try:
            await self.alerter.sweep()
            await self.publisher.dispatch()
            self.dispatched.append(self.clock.moment)
            await self.deliverer.deliver()
        except Killed:
            self.kills += 1
            await self._restart()

    async def _restart(self) -> None:
        """End all that is under way, then open the store anew."""
        mine = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not mine]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        self.trap.share = 0.0
        await self.store.close()
        await self.begin()
