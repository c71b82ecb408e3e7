"""Hours through the real intake and stores: once closed, neither the order of arrival nor a restart shows."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import StoreUnavailable
from bot.model import Source, Story
from bot.ports import Store
from bot.service.rules import Wish
from tests.contract.conftest import STORES
from tests.contract.store_samples import ALL, T0
from tests.fakes.desk import Desk, TurnedClock
from tests.fakes.rounds import HOUR, Press, follow, intaker, item

GOLDEN = Path(__file__).parent.parent.parent / "golden" / "stories"
ROWS = 22
"""Of the golden articles: six events in three languages, with copies and corrections."""
BEGIN = T0.replace(minute=0) - timedelta(days=3)


@dataclass(frozen=True)
class Item:
    key: str
    outlet: str
    language: str
    title: str
    lead: str

    def at(self, minute: int | None) -> str:
        """The feed's item, published so many minutes after `BEGIN`."""
        published = None if minute is None else BEGIN + timedelta(minutes=minute)
        return item(self.key, self.title, self.lead, published)


@cache
def golden() -> dict[str, Item]:
    """The leads of the golden articles: so short that what came before decides about many."""
    texts = [(GOLDEN / f"{name}.jsonl").read_text("utf8") for name in ("tune", "held")]
    rows = [json.loads(line) for text in texts for line in text.splitlines()]
    return {
        row["id"]: Item(row["id"], row["outlet"], row["lang"], row.get("title") or "", row["text"].split("\n\n")[0])
        for row in rows
    }


@asynccontextmanager
async def opened(kind: str) -> AsyncIterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = await STORES[kind](Path(folder))
        yield store
        await store.close()


async def follow_all(store: Store, press: Press) -> dict[str, Source]:
    outlets = sorted({(one.outlet, one.language) for one in golden().values()})
    press.feeds.update({Press.url(outlet): [] for outlet, _ in outlets})
    return {outlet: await follow(store, outlet, language) for outlet, language in outlets}


Shape = frozenset[tuple[tuple[str, str, str | None], ...]]


async def stories(store: Store) -> tuple[Story, ...]:
    return await store.recent_stories(BEGIN - timedelta(days=9), ALL, 999)


async def shape(store: Store) -> Shape:
    """The partition with its relations, without the names of stories: those are what people saw first."""
    return frozenset(
        tuple(sorted((one.article_id, one.relation, one.of) for one in story.members)) for story in await stories(store)
    )


async def lived(store: Store, order: Sequence[int], minutes: Sequence[int], restarts: Sequence[bool]) -> Shape:
    """Articles published two minutes apart come in this order, at these minutes; then their hour is closed."""
    clock, press, items = TurnedClock(BEGIN), Press(), list(golden().values())
    await follow_all(store, press)
    bot = intaker(store, press, clock)
    share = -(-len(order) // len(minutes))
    for part, (minute, restart) in enumerate(zip(sorted(minutes), restarts, strict=True)):
        for at in order[part * share : (part + 1) * share]:
            press.publish(items[at].outlet, items[at].at(2 * at))
        clock.moment = BEGIN + timedelta(minutes=minute)
        bot = intaker(store, press, clock) if restart else bot
        await bot.round(everything=True)
    clock.moment = BEGIN + 2 * HOUR
    await bot.round(everything=True)
    assert await store.open_articles() == ()
    return await shape(store)


@cache
def expected() -> Shape:
    """All at once, without a restart."""

    async def work() -> Shape:
        async with opened("memory") as store:
            return await lived(store, range(ROWS), [90], [False])

    return asyncio.run(work())


@pytest.mark.parametrize("kind", sorted(STORES))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    order=st.permutations(range(ROWS)),
    minutes=st.lists(st.integers(0, 119), min_size=4, max_size=4),
    restarts=st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_a_closed_hour_is_the_same(kind: str, order: list[int], minutes: list[int], restarts: list[bool]) -> None:
    async def work() -> Shape:
        async with opened(kind) as store:
            return await lived(store, order, minutes, restarts)

    assert asyncio.run(work()) == expected()


class World:
    """A desk with a digest at 10 and at 12 o'clock, fed by rounds. The feeds were polled once, empty."""

    def __init__(self) -> None:
        self.desk, self.press = Desk(), Press()
        self.desk.clock.moment = BEGIN
        self.intaker = intaker(self.desk.store, self.press, self.desk.clock)

    async def begin(self, *times: time) -> None:
        self.sources = await follow_all(self.desk.store, self.press)
        await self.intaker.round(everything=True)
        self.subscription = await self.desk.schedule(*times)

    async def come(self, key: str, published: int | None, after: int) -> None:
        """An article that was published so many minutes after `BEGIN` comes so many minutes after it."""
        one = golden()[key]
        self.press.publish(one.outlet, one.at(published))
        await self.turn(after)

    async def turn(self, after: int) -> None:
        self.desk.clock.moment = BEGIN + timedelta(minutes=after)
        await self.intaker.round(everything=True)

    async def parts(self) -> set[frozenset[str]]:
        """The partition, by titles."""
        held = {}
        for story in await stories(self.desk.store):
            readings = await self.desk.store.readings(story.article_ids)
            held[story.id] = frozenset(plain(reading.article.title) for reading in readings)
        return set(held.values())

    async def told(self) -> list[list[str]]:
        """What the digests said since the last question."""
        await self.desk.publisher.dispatch()
        await self.desk.deliverer.deliver()
        sent = [[item.title for item in delivery.post.items] for delivery in self.desk.messenger.sent]
        self.desk.messenger.sent.clear()
        return sent


def plain(title: str) -> str:
    return " ".join(title.split())


def titles(*keys: str) -> frozenset[str]:
    return frozenset(plain(golden()[key].title) for key in keys)


async def two_stories_told(world: World) -> tuple[Story, Story]:
    """One event in two stories, because the report between them came last; a digest has told both."""
    await world.begin(time(9), time(12))
    await world.come("h021", 0, 12)
    await world.come("h023", 20, 22)
    await world.come("h017", 10, 30)
    assert await world.parts() == {titles("h021", "h023"), titles("h017")}
    world.desk.clock.moment = BEGIN + timedelta(minutes=61)
    (digest,) = await world.told()
    assert len(digest) == 2
    first, second = sorted(await stories(world.desk.store), key=lambda story: story.number)
    return first, second


async def test_stories_that_prove_to_be_one_merge_and_are_not_told_again() -> None:
    world = World()
    first, second = await two_stories_told(world)
    await world.turn(120)
    assert await world.parts() == {titles("h021", "h017", "h023")}
    store = world.desk.store
    whole = await store.story(first.id)
    assert whole is not None
    assert whole.id == first.id
    assert await store.story(second.id) == await store.story_by_number(second.number) == whole
    assert await store.told(world.subscription.id) == {whole.id: whole.version}
    world.desk.clock.moment = BEGIN + timedelta(minutes=241)
    assert await world.told() == []
    (slot, _) = await store.slots(world.subscription.id)
    assert slot.outcome == "empty"
    (moved,) = second.article_ids
    assert "Its hour was closed" in (await store.read(moved))[-1].decision.reason


async def test_what_comes_after_a_merge_is_told_as_an_update_of_it() -> None:
    world = World()
    first, _ = await two_stories_told(world)
    await world.turn(120)
    await world.come("h020", 130, 135)
    world.desk.clock.moment = BEGIN + timedelta(minutes=241)
    (digest,) = await world.told()
    assert len(digest) == 1
    whole = await world.desk.store.story(first.id)
    assert whole is not None
    assert len(whole.members) == 4


async def test_nobody_is_alerted_again_for_a_merge() -> None:
    world = World()
    await world.begin(time(23))
    for keywords, outlets in (('"three weeks"', 1), ("", 3)):  # the second one matches only what the merge makes
        wish = Wish(countries=("IRN",), keywords=keywords, minimum_sources=outlets)
        await world.desk.rules.save(await world.desk.rules.draft("reader", "1", wish), armed=True)
    await world.come("h021", 0, 12)
    await world.come("h023", 20, 22)
    await world.come("h017", 10, 30)
    await world.desk.alerter.sweep()
    assert len(await world.told()) == 1
    await world.turn(120)
    assert await world.parts() == {titles("h021", "h017", "h023")}
    await world.desk.alerter.sweep()
    assert await world.told() == []


async def test_a_story_that_falls_apart_is_not_told_again() -> None:
    world = World()
    await world.begin(time(9), time(12))
    for key, published, after in (("h021", 0, 12), ("h017", 20, 22), ("h023", 10, 30)):
        await world.come(key, published, after)
    assert await world.parts() == {titles("h021", "h017", "h023")}
    world.desk.clock.moment = BEGIN + timedelta(minutes=61)
    assert len((await world.told())[0]) == 1
    await world.turn(120)
    assert await world.parts() == {titles("h021", "h023"), titles("h017")}
    numbers = {story.number for story in await stories(world.desk.store)}
    assert numbers == {1, 2}
    world.desk.clock.moment = BEGIN + timedelta(minutes=241)
    assert await world.told() == []


async def test_late_undated_and_early_items_land_in_the_right_story() -> None:
    world = World()
    await world.begin(time(9))
    await world.come("h021", 0, 10)
    await world.turn(125)
    await world.come("h017", 20, 200)  # three hours late
    await world.come("h023", None, 210)  # undated
    await world.turn(400)
    assert titles("h021", "h017", "h023") in await world.parts()
    (story,) = await stories(world.desk.store)
    assert [one.when for one in story.members] == [
        BEGIN, BEGIN + timedelta(minutes=20), BEGIN + timedelta(minutes=210)
    ]  # fmt: skip


async def test_a_failure_while_an_hour_is_closed_leaves_everything_as_it_was() -> None:
    world = World()
    first, second = await two_stories_told(world)
    before = await shape(world.desk.store)
    fails = ["hour.placed"]

    def probe(point: str) -> None:
        if point in fails:
            fails.remove(point)
            raise StoreUnavailable("The disk is full.", url="memory:")

    world.intaker = intaker(world.desk.store, world.press, world.desk.clock, probe)
    with pytest.raises(StoreUnavailable):
        await world.turn(120)
    assert await shape(world.desk.store) == before
    await world.turn(121)
    assert await world.parts() == {titles("h021", "h017", "h023")}
    assert second.id != first.id
