"""Seven days at the Messenger port with the clock in hand: faults of every kind, restarts, downtime, clock changes.

News comes late and out of order. What people then saw is compared with a model that is worked out here from the script
alone, minute by minute, and shares no code with the bot: every version of a story that a subscription admits is told
once, at the slot where it was due; every slot has one outcome; nothing stands anywhere twice.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import structlog

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
    SlotRecord,
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
from bot.storage.memory import MemoryPreferences, MemoryStore
from bot.storage.sqlite import SqliteStore
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
    """Everything; one country; two outlets at least; one whose channel is deleted in the middle of the week; every
    seven hours; and as it happens.
    """

    def of(name: str, schedule: Schedule, wanted: Filter) -> Subscription:
        return Subscription(
            id=name, name=name, guild_id="g", target=Target(kind="channel", id=f"to-{name}", guild_id="g"),
            schedule=schedule, filter=wanted, size=25, created=start, created_by="u", next_run=start,
        )  # fmt: skip

    def one(name: str, zone: str, times: Sequence[tuple[int, int]], wanted: Filter) -> Subscription:
        return of(name, Schedule(times=tuple(time(*pair) for pair in times), zone=zone), wanted)

    return [
        one("all", "Europe/Berlin", [(2, 30), (8, 0), (18, 30)], Filter()),
        one("japan", "America/New_York", [(1, 30), (7, 0), (19, 0)], Filter(countries=("JPN",))),
        one("firm", "Europe/Berlin", [(9, 0), (21, 0)], Filter(minimum_sources=2)),
        one("doomed", "Europe/London", [(6, 0), (12, 0), (20, 0)], Filter()),
        of("hourly", Schedule(every=7, anchor=start, zone="Europe/Berlin"), Filter()),
        of("live", Schedule(live=True, per_hour=LIVE_CAP, per_day=30), Filter(countries=("FRA",))),
    ]


LIVE_CAP = 2


RULES = (("alert-japan", ("JPN",), 1), ("alert-france", ("FRA",), 2))


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

    def __post_init__(self) -> None:
        self.clock = HandClock(self.start)
        self.place = Place(self.clock, self.chance)
        self.trap = Trap(self.chance)
        self.preferences = MemoryPreferences()

    async def begin(self) -> None:
        """A new life: every object but the store's file is made anew."""
        store = self.store = await self.open_store(self.trap)
        table = MessengerTable()
        table.register(self.place, "channel", "dm")
        subscriptions = Subscriptions(store=store, clock=self.clock, limits=Limits())
        stories = Stories(store=store, cache=self.preferences, summarizer=OneLine(), clock=self.clock)
        self.publisher = Publisher(
            store=store, stories=stories, subscriptions=subscriptions, messengers=table, clock=self.clock,
            probe=self.trap,
        )  # fmt: skip
        rules = Rules(
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
                if now > self.start + WEEK / 2:
                    self.place.closed.add("to-doomed")
                while coming and coming[0].there <= now:
                    await self._take_in(coming.pop(0), now)
                await self._work()
            elif self.chance.random() < 0.2:
                await self._restart()
            self.clock.moment += self.tick
        assert not coming

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


# --- the model, apart ------------------------------------------------------------------------------------------------


def slots(schedule: Schedule, start: datetime, end: datetime) -> Iterator[datetime]:
    """Walk the minutes: a slot is when the zone's wall clock first shows its time, or is past it, on its day; or when
    so many hours have passed.
    """
    if schedule.every is not None:
        anchor = schedule.anchor or start
        minutes = int((end - start) / timedelta(minutes=1))
        moments = (start + timedelta(minutes=n) for n in range(minutes + 1))
        yield from (m for m in moments if (m - anchor) % timedelta(hours=schedule.every) == timedelta(0))
        return
    zone = ZoneInfo(schedule.zone)
    before = (start - timedelta(minutes=1)).astimezone(zone).replace(tzinfo=None)
    latest, moment = before, start
    while moment <= end:
        shown = moment.astimezone(zone).replace(tzinfo=None)
        if any(latest < datetime.combine(shown.date(), wall) <= shown for wall in schedule.times):
            yield moment
        latest = max(latest, shown)
        moment += timedelta(minutes=1)


def admits(name: str, known: Sequence[News]) -> bool:
    if not known:
        return False
    wants = {
        "all": "",
        "doomed": "",
        "firm": "",
        "hourly": "",
        "live": "FRA",
        "japan": "JPN",
        "alert-japan": "JPN",
        "alert-france": "FRA",
    }[name]
    enough = 2 if name in ("firm", "alert-france") else 1
    return (not wants or wants in known[0].actors) and len({news.source for news in known}) >= enough


def at(applied: Sequence[tuple[datetime, News]], moment: datetime) -> dict[str, list[News]]:
    """The stories as they stood then."""
    stories: dict[str, list[News]] = {}
    for when, news in applied:
        if when <= moment:
            stories.setdefault(news.story, []).append(news)
    return stories


def check_slots(week: Week, digest: Subscription, records: Sequence[SlotRecord], until: datetime) -> None:
    """Each slot up to `until` has one outcome, at the first look after it; merged where the next was due by then."""
    due = [week.start, *slots(digest.schedule, week.start + timedelta(minutes=1), until)]
    assert [record.due for record in records] == due
    for record, following in zip(records, [*due[1:], None], strict=True):
        missed = following is not None and following <= record.at
        assert (record.outcome == "merged") == missed
        assert not [look for look in week.dispatched if record.due <= look < record.at]


def check_digest(week: Week, digest: Subscription, records: Sequence[SlotRecord]) -> Counter[str]:
    """What each slot told is what was new and admitted at that moment, in the version of that moment."""
    told: dict[str, int] = {}
    outcomes: Counter[str] = Counter()
    stood = dict(week.place.standing[digest.target.id])
    for record in records:
        outcomes[record.outcome] += 1
        if record.outcome == "merged":
            continue
        stories = at(week.applied, record.at)
        new = {
            s: len(known) for s, known in stories.items() if admits(digest.id, known) and len(known) > told.get(s, 0)
        }
        assert sorted(record.stories) == sorted(new)
        assert record.outcome == ("sent" if new else "empty")
        told |= new
        parts = [(key, post) for key, post in stood.items() if key.startswith(f"{record.slot_id}:")]
        lost = [key for key in week.place.refused if key.startswith(f"{record.slot_id}:")]
        seen = [item.title for _, post in parts for item in post.items]
        assert [key for key, _ in parts] == [f"{record.slot_id}:{n}" for n in range(len(parts))]
        wanted = {f"{story}#{version}" for story, version in new.items()}
        assert len(seen) == len(set(seen))
        assert set(seen) == wanted if not lost else set(seen) < wanted
        outcomes["lost"] += len(wanted) - len(seen)
        outcomes["told"] += len(seen)
    if digest.id != "doomed":
        final = at(week.applied, week.clock.moment)
        assert told == {story: len(known) for story, known in final.items() if admits(digest.id, known)}
    return outcomes


async def check_live(week: Week, digest: Subscription) -> None:
    """Each story that it admits is told once, as soon as the cap allows, and never more than that in an hour."""
    records = await week.store.slots(digest.id, 1000)
    told = [story for record in records for story in record.stories]
    final = at(week.applied, week.clock.moment)
    assert sorted(told) == sorted(story for story, known in final.items() if admits(digest.id, known))
    for record in records:
        hour = [r for r in records if record.at - timedelta(hours=1) < r.at <= record.at]
        assert sum(len(r.stories) for r in hour) <= LIVE_CAP
    seen = [item.title.partition("#")[0] for _, post in week.place.standing[digest.target.id] for item in post.items]
    assert len(seen) == len(set(seen))
    assert set(seen) == set(told) or week.place.refused


def check_alerts(week: Week, rule: str) -> None:
    """Each story that the rule admits is told in one message, or was refused."""
    stood = [key for key, _ in week.place.standing[f"to-{rule}"]]
    lost = [key for key in week.place.refused if key.startswith(f"{rule}:")]
    final = at(week.applied, week.clock.moment)
    wanted = [f"{rule}:{story}:0" for story, known in final.items() if admits(rule, known)]
    assert wanted
    assert sorted(stood + lost) == sorted(wanted)


AUTUMN = datetime(2026, 10, 22, 5, 0, tzinfo=UTC)
"""Berlin and London set their clocks back on 25 October: 02:30 comes twice in Berlin."""
NEW_YORK = datetime(2026, 10, 29, 5, 0, tzinfo=UTC)
"""New York does on 1 November: 01:30 comes twice."""
SPRING = datetime(2026, 3, 26, 5, 0, tzinfo=UTC)
"""Berlin sets its clocks forward on 29 March: there is no 02:30."""


WEEKS = [("memory", AUTUMN, 1), ("memory", SPRING, 2), ("memory", NEW_YORK, 3), ("sqlite", AUTUMN, 4)]


@pytest.mark.parametrize(("kind", "start", "seed"), WEEKS)
async def test_a_week_loses_nothing_and_repeats_nothing(kind: str, start: datetime, seed: int, tmp_path: Path) -> None:
    memory = MemoryStore()

    async def open_store(trap: Trap) -> Store:
        return memory if kind == "memory" else await SqliteStore.open(tmp_path / "store.sqlite", probe=trap)

    week = Week(start, TICK[kind], random.Random(seed), open_store)
    with structlog.testing.capture_logs():  # hundreds of failures on purpose, which nobody wants to read
        await week.live()
    outcomes: Counter[str] = Counter()
    for digest in digests(start):
        stands = await week.store.subscription(digest.id)
        assert stands is not None
        assert (stands.disabled is not None) == (digest.id == "doomed")
        if digest.schedule.live:
            await check_live(week, digest)
            continue
        records = sorted(await week.store.slots(digest.id, 1000), key=lambda record: record.due)
        check_slots(
            week, digest, records, week.clock.moment - week.tick if stands.disabled is None else records[-1].due
        )
        outcomes += check_digest(week, digest, records)
    for rule, _, _ in RULES:
        check_alerts(week, rule)
    assert await week.store.outstanding() == 0
    notices = [key for key, _ in week.place.standing["u"]] + [key for key in week.place.refused if ":stopped:" in key]
    assert notices == ["doomed:stopped:0:0"]
    every = [key for messages in week.place.standing.values() for key, _ in messages]
    assert len(every) == len(set(every))
    assert week.kills >= 10
    assert len(week.place.met) >= 10, week.place.met
    assert outcomes["merged"] >= 1
    assert outcomes["told"] > 4 * outcomes["lost"]  # refusals are one fault of ten, and take the parts after them along
    await week.store.close()
