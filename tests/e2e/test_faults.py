"""kill -9 at every named point of a round: no article is lost, no message repeated.

A first life polls what there is (a backlog, never posted) and sets up two digests of several messages and two alerts.
Then more is published; a second life tells it, corrects by an edit all that it told, and is killed at the point. A
third goes on, after the leases have run out. What the channel then shows and what the store then holds must be what an
undisturbed second life leaves. The same with `attache run` itself on a fake Discord: there nothing but what stands in
the channels is looked at.
"""

import asyncio
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.demo.content import SampleNews, sample_news
from bot.demo.outlets import SampleOutlets
from bot.model import Face
from bot.service.clock import SystemClock, no_probe
from bot.storage.sqlite import SqliteStore
from tests.fakes.discord import Channel, FakeDiscord, Guild, User, text_of
from tests.fakes.life import CHANNEL, READER, read_channel
from tests.fakes.nursery import Nursery

NOW = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
LEASES_OVER = timedelta(minutes=10)

OUTLETS = ("harbour-wire", "northern-ledger", "toyo-nippo")
"""Three of the sample's six: ten articles in two languages, of which six are new and some tell one event."""
AGE = timedelta(hours=9)

PASSINGS: Mapping[str, int] = {
    "store.put_source.begin": 3,
    "store.put_source.before_commit": 3,
    "store.put_source.committed": 3,
    "hour.placed": 1,
    "store.close_hour.begin": 1,
    "store.close_hour.before_commit": 1,
    "store.close_hour.committed": 1,
    "hour.closed": 1,
    "intake.fetched": 3,
    "store.record_poll.begin": 3,
    "store.record_poll.before_commit": 3,
    "store.record_poll.committed": 3,
    "intake.polled": 3,
    "intake.read": 6,
    "intake.placed": 6,
    "store.take_in.begin": 6,
    "store.take_in.before_commit": 6,
    "store.take_in.committed": 6,
    "intake.committed": 6,
    "alert.matched": 2,
    "alert.recorded": 2,
    "digest.composed": 2,
    "digest.planned": 2,
    "digest.recorded": 2,
    "store.plan.begin": 10,
    "store.plan.before_commit": 10,
    "store.plan.committed": 10,
    "store.claim.begin": 5,
    "store.claim.before_commit": 5,
    "store.claim.committed": 5,
    "delivery.claimed": 3,
    "delivery.sending": 12,
    "delivery.sent": 12,
    "store.settle.begin": 12,
    "store.settle.before_commit": 12,
    "store.settle.committed": 12,
    "delivery.settled": 12,
}
"""How often an undisturbed second life passes each point; each passing is a case."""
CASES = [(point, n) for point, passings in PASSINGS.items() for n in range(1, passings + 1)]

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="lives are forked, and killed with kill -9"),
    pytest.mark.asyncio(loop_scope="module"),
]


def few_articles(now: datetime) -> SampleNews:
    """What `OUTLETS` wrote in the last `AGE`."""
    news = sample_news(now)
    return SampleNews(
        outlets=tuple(outlet for outlet in news.outlets if outlet.key in OUTLETS),
        articles=tuple(a for a in news.articles if a.outlet in OUTLETS and a.published >= now - AGE),
    )


@dataclass(frozen=True)
class World:
    """Outlets that are running, and the store after the first life."""

    nursery: Nursery
    sources: list[dict[str, object]]
    first: Path

    def plan(self, folder: Path, now: datetime, **more: object) -> dict[str, object]:
        return {"folder": str(folder), "sources": self.sources, "now": now.isoformat(), **more}

    async def live(self, folder: Path, now: datetime, **more: object) -> int:
        return await self.nursery.live(self.plan(folder, now, **more))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def nursery(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Nursery]:
    async with Nursery(tmp_path_factory.mktemp("nursery")) as started:
        yield started


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder = tmp_path_factory.mktemp("first")
    async with SampleOutlets(few_articles(LATER), now=LATER) as outlets:
        outlets.publish(NOW - timedelta(hours=4))
        made = World(nursery, sources_of(outlets), folder)
        assert await made.live(folder, NOW, first=True) == 0
        outlets.publish(None)
        yield made


def sources_of(outlets: SampleOutlets) -> list[dict[str, object]]:
    return [{"url": s.url, "name": s.name, "country": s.country, "language": s.language} for s in outlets.sources]


def shown(folder: Path) -> tuple[list[tuple[str, ...]], set[tuple[str, str]]]:
    """What people saw: the keys and titles of all messages, and what they read after an edit. The same edit made
    twice changes nothing.
    """
    lines: list[dict[str, Any]] = read_channel(folder / "channel.jsonl")
    messages = sorted((line["key"], *line["titles"]) for line in lines if "titles" in line)
    return messages, {(line["key"], line["edited"]) for line in lines if "edited" in line}


def stored(folder: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]], int]:
    """Articles, stories with their sizes, and entries still to be read."""
    with sqlite3.connect(folder / "store.sqlite") as connection:
        articles = connection.execute("SELECT id FROM article ORDER BY id").fetchall()
        stories = connection.execute(
            "SELECT story_id, count(*) FROM story_member GROUP BY story_id ORDER BY story_id"
        ).fetchall()
        (pending,) = connection.execute("SELECT count(*) FROM entry WHERE data IS NOT NULL").fetchone()
    return articles, stories, pending


def passed(folder: Path) -> dict[str, int]:
    """The points that a life passed, with how often."""
    counts: dict[str, int] = json.loads((folder / "passed.json").read_text())
    return counts


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def undisturbed(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed") / "life"
    shutil.copytree(world.first, folder)
    assert await world.live(folder, LATER) == 0
    return folder


async def killed_and_going_on(world: World, undisturbed: Path, folder: Path, point: str, passing: int) -> None:
    shutil.copytree(world.first, folder)
    assert await world.live(folder, LATER, point=point, passing=passing) == -signal.SIGKILL
    assert await world.live(folder, LATER + LEASES_OVER) == 0
    assert stored(folder) == stored(undisturbed)
    assert shown(folder) == shown(undisturbed)


async def test_an_undisturbed_life_tells_a_digest_in_parts_and_alerts(undisturbed: Path) -> None:
    targets = [line.get("target") for line in read_channel(undisturbed / "channel.jsonl") if "titles" in line]
    messages, edited = shown(undisturbed)
    assert targets.count("channel") >= 2
    assert targets.count("dm") >= 2
    assert len({key for key, *_ in messages}) == len(targets) == len(edited)
    counts = passed(undisturbed)
    assert {point: counts.get(point, 0) for point in PASSINGS if counts.get(point, 0) < PASSINGS[point]} == {}


@pytest.mark.parametrize(("point", "passing"), CASES)
async def test_killed_there_nothing_is_lost_and_nothing_told_twice(
    world: World, undisturbed: Path, tmp_path: Path, point: str, passing: int
) -> None:
    await killed_and_going_on(world, undisturbed, tmp_path / "life", point, passing)


async def test_killed_at_points_that_have_no_case_yet(world: World, undisturbed: Path, tmp_path: Path) -> None:
    """A point that is new in the bot is tried at its first passing, before anybody names it above."""
    for point in sorted(passed(undisturbed).keys() - PASSINGS.keys()):
        await killed_and_going_on(world, undisturbed, tmp_path / point, point, 1)


LIVES_AT_ONCE = 6
"""A life waits for its reader, its outlets and the disk: so many keep two cores busy."""


@pytest.mark.long
@pytest.mark.timeout(7200)
async def test_killed_two_thousand_times_at_random(world: World, undisturbed: Path, tmp_path: Path) -> None:
    """Also several times in a row, and while it recovers. Says how far it came when it is stopped, too."""
    passings = sum(passed(undisturbed).values())
    kills, runs = 0, 0

    async def stores(number: int) -> None:
        nonlocal kills, runs
        chance, folder = random.Random(number), tmp_path / str(number)
        while kills < 2_000:
            shutil.copytree(world.first, folder)
            now = LATER
            while await world.live(folder, now, point="*", passing=chance.randint(1, passings)) != 0:
                kills, now = kills + 1, now + LEASES_OVER
                if chance.random() < 0.5:
                    assert await world.live(folder, now + LEASES_OVER) == 0
                    break
            assert stored(folder) == stored(undisturbed)
            assert shown(folder) == shown(undisturbed)
            shutil.rmtree(folder)
            runs += 1

    try:
        async with asyncio.TaskGroup() as group:
            for number in range(LIVES_AT_ONCE):
                group.create_task(stores(number))
    finally:
        print(f"{kills} kills, {runs} stores as an undisturbed life leaves them")


# --- attache run -----------------------------------------------------------------------------------------------------

RUN_CASES = (
    # point, passing, whether Discord still knows the nonce when the message could be sent again
    ("alert.recorded", 1, True),
    ("digest.composed", 1, True),
    ("store.plan.committed", 1, True),
    ("digest.recorded", 1, True),
    ("delivery.claimed", 1, True),
    ("delivery.sending", 1, True),
    ("delivery.sending", 2, False),
    ("delivery.sent", 1, True),
    ("delivery.sent", 1, False),
    ("delivery.sent", 2, True),
    ("delivery.sent", 3, False),
    ("store.settle.before_commit", 1, True),
    ("store.settle.before_commit", 2, False),
    ("delivery.settled", 2, False),
)

POSED_CASES = (("delivery.sending", 1), ("delivery.sent", 1), ("delivery.sent", 2), ("delivery.sent", 3))
"""The same where the digest stands under a name of its own: a webhook takes no nonce, and one of the three messages
that were sent is the digest's.
"""


SIDE_BY_SIDE = 7


@dataclass(frozen=True)
class Stage:
    """A store that has news to tell, as of `now`, and what an undisturbed run tells."""

    world: World
    now: datetime

    async def run(self, fake: FakeDiscord, folder: Path, now: datetime, **more: object) -> int:
        """`attache run`, ended like a service when everything has arrived: kill -9 or SIGTERM."""
        addresses = [fake.api_url, fake.gateway_url, fake.token]
        life = await self.world.nursery.begin(self.world.plan(folder, now, discord=addresses, **more))
        while not life.status.done() and not settled(folder):  # noqa: ASYNC110 - another process settles it
            await asyncio.sleep(0.1)
        if not life.status.done():
            os.kill(life.pid.result(), signal.SIGTERM)
        return await self.world.nursery.end(life)


def settled(folder: Path) -> bool:
    """Whether the digest and both alerts were decided, and all their messages sent."""
    with sqlite3.connect(folder / "store.sqlite") as connection:
        (slots,) = connection.execute("SELECT count(*) FROM slot").fetchone()
        (waiting,) = connection.execute("SELECT count(*) FROM delivery WHERE state <> 'sent'").fetchone()
    return int(slots) >= 3 and int(waiting) == 0


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    folder = tmp_path_factory.mktemp("stage")
    now = SystemClock().now().replace(microsecond=0)
    async with SampleOutlets(few_articles(now), now=now) as outlets:
        outlets.publish(now - timedelta(hours=7))
        world = World(nursery, sources_of(outlets), folder)
        assert await world.live(folder, now - timedelta(hours=3), first=True, one_digest=True) == 0
        outlets.publish(None)
        assert await world.live(folder, now - timedelta(minutes=1), only_intake=True) == 0
        yield Stage(world, now)


async def rename(folder: Path) -> None:
    """Let the digest of the store be posted under a name of its own."""
    store = await SqliteStore.open(folder / "store.sqlite", probe=no_probe)
    for digest in await store.subscriptions():
        await store.put_subscription(replace(digest, face=Face(name="Desk")))
    await store.close()


def stand_in() -> FakeDiscord:
    """A Discord with the channel and the reader that the lives write to."""
    fake = FakeDiscord()
    guild = fake.world.guilds["1"] = Guild("1", "Ministry")
    guild.channels[CHANNEL.id] = fake.world.channels[CHANNEL.id] = Channel(CHANNEL.id, "general", "1", webhooks=True)
    fake.world.users[READER] = User(READER, "reader")
    return fake


def visible(fake: FakeDiscord) -> Counter[str]:
    """Every message that somebody sees, without the lines that name when it was made and how late that is."""
    messages = [*fake.messages(CHANNEL.id), *fake.dms(fake.world.users[READER])]
    lines = [text_of(message).splitlines() for message in messages]
    return Counter("\n".join(line for line in one if not line.endswith((" UTC", " late."))) for one in lines)


@pytest.mark.timeout(240)
async def test_attache_run_killed_tells_everything_once(stage: Stage, tmp_path: Path) -> None:
    """The cases side by side: most of the time of each is waiting for the outbox's next look."""
    room = asyncio.Semaphore(SIDE_BY_SIDE)
    async with stand_in() as fake:
        (tmp_path / "undisturbed").mkdir()
        shutil.copytree(stage.world.first, tmp_path / "undisturbed", dirs_exist_ok=True)
        assert await stage.run(fake, tmp_path / "undisturbed", stage.now) == 0
        told, commands = visible(fake), fake.world.commands
    assert len(told) == told.total() == 3

    async def case(number: int, point: str, passing: int, known: bool, posed: bool) -> None:
        folder = tmp_path / str(number)
        shutil.copytree(stage.world.first, folder)
        if posed:
            await rename(folder)
        async with room, stand_in() as fake:
            fake.world.commands = commands  # registering them anew is not what is tried here
            status = await stage.run(fake, folder, stage.now, point=point, passing=passing)
            if not known:
                fake.world.nonce_window = 0.0
            assert (point, status) == (point, -signal.SIGKILL)
            assert await stage.run(fake, folder, stage.now + LEASES_OVER) == 0
            again, missing = visible(fake) - told, told - visible(fake)
            assert not again | missing, (point, passing, known, list(again), list(missing))
            assert {"webhook_id" in message for message in fake.messages(CHANNEL.id)} == {posed}
            assert fake.violations == []

    cases = [(*one, False) for one in RUN_CASES] + [(*one, False, True) for one in POSED_CASES]
    await asyncio.gather(*(case(number, *one) for number, one in enumerate(cases)))
