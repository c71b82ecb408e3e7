"""What the outbox does when a target is gone, a history cannot be read, or the store cannot be written."""

import asyncio
import random
import socket
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.bootstrap import MessengerTable, build, health, vitals
from bot.config import parse
from bot.errors import ChatError, ConfigError, StoreUnavailable
from bot.model import (
    AlertRule,
    Decision,
    Delivery,
    JournalLine,
    Post,
    Receipt,
    Schedule,
    Source,
    SourceState,
    Subscription,
    Target,
    edit_of,
    source_id,
)
from bot.ports import Plan, PollRecord, SendOutcome, Store
from bot.service.clock import no_probe
from bot.service.delivering import LEASE, MAY_REPEAT, NOT_DIRECT, UNWANTED, Deliverer
from bot.service.status import Status
from bot.service.subscriptions import Limits, Subscriptions
from bot.storage.memory import MemoryPreferences, MemoryStore
from bot.storage.sqlite import SqliteStore
from bot.web.health import exposition
from tests.fakes.place import HandClock, Killed, Place

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)
CHANNEL = Target(kind="channel", id="news", guild_id="g")
LOBBY = Target(kind="channel", id="lobby", guild_id="g")
DIGEST = Subscription(
    id="s", name="Morning", guild_id="g", target=CHANNEL, schedule=Schedule(times=(time(8),)), created=NOW,
    created_by="maker", next_run=NOW,
)  # fmt: skip


KEPT = Decision(stage="delivery", outcome="kept", reason="x")


@dataclass
class Town(Place):
    """A place with neighbours, where reading back may be forbidden."""

    readable: bool = True

    def near(self, target: Target) -> Sequence[Target]:
        return (LOBBY,)

    async def find(self, delivery: Delivery) -> Receipt | None:
        if not self.readable:
            raise ChatError("I may not read there.")
        return await super().find(delivery)


def of(number: int, target: Target = CHANNEL) -> Delivery:
    return Delivery(
        key=f"s@{number}:0", owner_id="s", slot_id=f"s@{number}", part=0, parts=1, target=target,
        post=Post(heading=str(number)), created=NOW, next_try=NOW,
    )  # fmt: skip


async def outbox(store: Store, town: Place, *deliveries: Delivery) -> Deliverer:
    await store.put_subscription(DIGEST)
    for delivery in deliveries:
        await store.plan(
            Plan(owner_id=delivery.owner_id, slot_id=delivery.slot_id, record=None, deliveries=(delivery,))
        )
    table = MessengerTable()
    table.register(town, "channel", "dm")
    return Deliverer(store=store, messengers=table, clock=town.clock, probe=no_probe)


def town() -> Town:
    return Town(HandClock(NOW), random.Random(0))


@dataclass
class Slow(Town):
    """Each message takes three minutes, longer than a claim lasts."""

    looked_for: list[str] = field(default_factory=list)

    async def send(self, delivery: Delivery) -> SendOutcome:
        outcome = await super().send(delivery)
        self.clock.moment += timedelta(minutes=3)
        return outcome

    async def find(self, delivery: Delivery) -> Receipt | None:
        self.looked_for.append(delivery.key)
        return await super().find(delivery)


async def test_a_message_whose_claim_ran_out_while_others_were_sent_is_looked_for_first() -> None:
    slow, store = Slow(HandClock(NOW), random.Random(0)), MemoryStore()
    deliverer = await outbox(store, slow, of(1), of(2), of(3))
    assert await deliverer.deliver() == 3
    assert [key for key, _ in slow.standing["news"]] == ["s@1:0", "s@2:0", "s@3:0"]
    assert set(slow.looked_for) == {"s@2:0", "s@3:0"}


# --- a target that is gone -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("closed", "told_in"),
    [({"news"}, ["maker"]), ({"news", "maker"}, ["lobby"]), ({"news", "maker", "lobby"}, [])],
)
async def test_who_set_a_digest_up_is_told_once_in_the_nearest_place_that_works(
    closed: set[str], told_in: list[str]
) -> None:
    place, store = town(), MemoryStore()
    place.closed = closed
    deliverer = await outbox(store, place, of(1), of(2))
    with capture_logs() as logs:
        for _ in range(3):
            await deliverer.deliver()
    assert [where for where, messages in place.standing.items() for _ in messages] == told_in
    digest = await store.subscription("s")
    assert digest is not None
    assert digest.disabled == "The channel no longer exists."
    for where in told_in:
        ((_, post),) = place.standing[where]
        assert post.intro == "“Morning” is not sent any more. The channel no longer exists."
    assert any(log["event"] == "owner_not_told" for log in logs) == (not told_in)


# --- a history that nobody may read ----------------------------------------------------------------------------------


async def test_what_cannot_be_looked_up_is_sent_again_and_says_so() -> None:
    place, store = town(), MemoryStore()
    place.readable = False
    deliverer = await outbox(store, place, of(1))
    await store.claim(NOW, LEASE, 10)  # an earlier life ended here
    place.clock.moment += LEASE
    assert await deliverer.deliver() == 1
    ((_, post),) = place.standing["news"]
    assert post.footer == MAY_REPEAT


# --- a store that cannot be written ----------------------------------------------------------------------------------


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """No file of this process grows beyond the store's write-ahead log."""
    import resource  # not on Windows

    size = (folder / "store.sqlite-wal").stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@dataclass
class FillsDisk(Place):
    """The disk is full from the first message on, until `disk` is closed."""

    folder: Path = Path()
    disk: ExitStack = field(default_factory=ExitStack)

    async def send(self, delivery: Delivery) -> SendOutcome:
        if not self.standing:
            self.disk.enter_context(full(self.folder))
        return await super().send(delivery)


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as Linux does")
async def test_a_full_disk_stops_sending_until_there_is_room(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "store.sqlite", probe=no_probe)
    place = FillsDisk(HandClock(NOW), random.Random(0), folder=tmp_path)
    deliverer = await outbox(store, place, *(of(number) for number in range(5)))
    try:
        with capture_logs() as logs:
            for _ in range(3):
                with pytest.raises(StoreUnavailable):  # the scheduler logs it, and looks again five seconds later
                    await deliverer.deliver()
                place.clock.moment += LEASE
        said = [log["reason"] for log in logs if log["event"] == "sending_stopped"]
        assert ["disk" in one for one in said] == [True] * 3
        told = await status_of(store, place.clock)
        assert told.startswith("I send nothing for now. The store cannot")
        assert str(tmp_path) not in told
    finally:
        place.disk.close()
    assert len(place.standing["news"]) == 1
    assert await deliverer.deliver() == 5
    assert "I send nothing" not in await status_of(store, place.clock)
    assert sorted(key for key, _ in place.standing["news"]) == [f"s@{number}:0" for number in range(5)]
    assert await store.outstanding() == 0
    await store.close()


async def status_of(store: Store, clock: HandClock) -> str:
    subscriptions = Subscriptions(store=store, preferences=MemoryPreferences(), clock=clock, limits=Limits())
    status = Status(store=store, subscriptions=subscriptions, preferences=MemoryPreferences(), clock=clock)
    return (await status.post("g", "UTC")).intro or ""


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as Linux does")
async def test_a_full_disk_with_nothing_to_send_is_known_until_there_is_room(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "store.sqlite", probe=no_probe)
    deliverer = await outbox(store, town())
    with full(tmp_path):
        with pytest.raises(StoreUnavailable):
            await store.append([JournalLine(subject="x", at=NOW, decision=KEPT)])
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                await deliverer.deliver()
    assert await deliverer.deliver() == 0
    assert store.trouble() is None
    await store.close()


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as Linux does")
async def test_health_and_metrics_say_that_nothing_is_sent(tmp_path: Path) -> None:
    settings = parse({"store": {"url": f"sqlite:///{tmp_path / 'store.sqlite'}"}})
    async with build(settings, exclusive="attache run") as app:
        with full(tmp_path), pytest.raises(StoreUnavailable):
            await app.store.append([JournalLine(subject="x", at=NOW, decision=KEPT)])
        ill = await vitals(app, connected=True)
        await app.deliverer.deliver()
        well = await vitals(app, connected=True)
    assert ill.problem is not None
    assert ill.problem.startswith("Nothing is sent. The store cannot")
    assert b"attache_sending_stopped 1.0" in exposition(ill)
    assert well.problem is None
    assert b"attache_sending_stopped 0.0" in exposition(well)


async def test_a_source_that_asked_to_be_left_alone_is_no_problem_of_the_bots() -> None:
    clock, hour = HandClock(NOW), timedelta(hours=1)
    wanted, unwanted = (
        Source(id=source_id(url), url=url, name=url) for url in ("https://a.example/", "https://b.example/")
    )
    async with build(parse({"store": {"url": "memory:"}, "sources": [{"url": wanted.url}]}), clock=clock) as app:
        await app.store.put_source(unwanted)
        for source, pause in ((wanted, 24 * hour), (unwanted, hour)):
            state = SourceState(source_id=source.id, polled=True, last_poll=NOW, next_poll=NOW + pause)
            await app.store.record_poll(PollRecord(state=state))
        problems = []
        for moved in (20 * hour, 17 * hour):
            clock.moment += moved
            problems.append((await vitals(app, connected=True)).problem)
        assert problems == [None, "A source that is due has not been polled for too long."]


async def test_a_failure_of_the_bot_is_not_told_as_one_of_the_health_port() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        settings = parse({"store": {"url": "memory:"}, "web": {"port": server.getsockname()[1]}})
        async with build(settings) as app:
            with pytest.raises(ConfigError, match="cannot be used"):
                async with health(app, lambda: True):
                    pass
            server.close()
            with pytest.raises(ConnectionResetError, match="Discord went away"):
                async with health(app, lambda: True):
                    raise ConnectionResetError("Discord went away")


async def test_what_is_refused_in_its_old_channel_does_not_stop_a_digest_that_has_moved() -> None:
    place, store = town(), MemoryStore()
    place.closed = {"news", "maker"}
    deliverer = await outbox(store, place, of(1))
    await store.put_subscription(replace(DIGEST, target=LOBBY))
    await deliverer.deliver()
    digest = await store.subscription("s")
    assert digest is not None
    assert digest.disabled is None
    assert await store.outstanding() == 0
    assert not any(place.standing.values())


async def test_a_notice_that_is_refused_stops_nothing() -> None:
    place, store = town(), MemoryStore()
    deliverer = await outbox(store, place)
    await deliverer.stopped(DIGEST, "Its channel was deleted.")
    await store.put_subscription(replace(DIGEST, target=LOBBY))  # set right before the notice went out
    place.closed = {"maker"}
    await deliverer.deliver(["dm"])
    digest = await store.subscription("s")
    assert digest is not None
    assert digest.disabled is None


async def test_a_message_whose_digest_was_removed_is_not_sent() -> None:
    place, store = town(), MemoryStore()
    orphan = replace(of(2), owner_id="removed", key="removed@2:0")
    deliverer = await outbox(store, place, of(1), orphan)
    assert await deliverer.deliver() == 1
    assert [key for key, _ in place.standing["news"]] == ["s@1:0"]
    assert await reason_of(store, orphan) == ("dead", UNWANTED)


async def test_a_message_that_was_given_up_is_shown_to_its_server_alone() -> None:
    place, store = town(), MemoryStore()
    place.closed = {"news"}
    deliverer = await outbox(store, place, of(1))
    await deliverer.deliver()
    subscriptions = Subscriptions(store=store, preferences=MemoryPreferences(), clock=place.clock, limits=Limits())
    status = Status(store=store, subscriptions=subscriptions, preferences=MemoryPreferences(), clock=place.clock)
    mine, other = await status.post("g", "UTC"), await status.post("h", "UTC")
    assert [item.note for item in mine.items if item.badge == "not sent"] == [
        "Mon 5 Oct, 08:00 UTC: The channel no longer exists."
    ]
    assert not [item for item in other.items if item.badge == "not sent"]
    place.clock.moment += timedelta(days=8)
    assert not [item for item in (await status.post("g", "UTC")).items if item.badge == "not sent"]


async def test_a_locked_store_stops_sending_until_it_is_free(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "store.sqlite", probe=no_probe)
    place = town()
    deliverer = await outbox(store, place, of(1))
    other = sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable) as caught:  # after the store's own patience of 5 s
        await deliverer.deliver()
    assert "locked" in str(caught.value)
    assert not place.standing
    other.close()
    assert await deliverer.deliver() == 1
    await store.close()


# --- edits -----------------------------------------------------------------------------------------------------------


async def planned(store: Store, delivery: Delivery) -> Delivery:
    await store.plan(Plan(owner_id=delivery.owner_id, slot_id=delivery.slot_id, record=None, deliveries=(delivery,)))
    return delivery


async def reason_of(store: Store, delivery: Delivery) -> tuple[str, str | None]:
    found = await store.delivery(delivery.key)
    assert found is not None
    return found.state, found.problem


async def test_an_edit_waits_for_its_message_and_yields_to_a_later_one() -> None:
    place, store = town(), MemoryStore()
    deliverer = await outbox(store, place)
    later = replace(of(1), next_try=NOW + timedelta(minutes=5))
    await planned(store, later)
    first = await planned(store, edit_of(later, Post(heading="first"), "1", NOW))
    second = await planned(store, edit_of(later, Post(heading="second"), "2", NOW + timedelta(seconds=1)))
    await deliverer.deliver()
    assert place.standing["news"] == []
    assert await reason_of(store, first) == ("dead", "A later edit took its place.")
    place.clock.moment += timedelta(minutes=6)
    await deliverer.deliver()
    await deliverer.deliver()
    assert [post.heading for _, post in place.standing["news"]] == ["second"]
    assert (await reason_of(store, second))[0] == "sent"


async def test_an_edit_of_what_is_gone_is_dropped_and_harms_nothing() -> None:
    place, store = town(), MemoryStore()
    deliverer = await outbox(store, place, of(1), of(2))
    await deliverer.deliver()
    place.standing["news"].clear()
    deleted = await planned(store, edit_of(of(1), Post(heading="new"), "1", NOW))
    never = await planned(store, edit_of(of(3), Post(heading="new"), "1", NOW))
    await deliverer.deliver()
    assert await reason_of(store, deleted) == ("dead", "The message is no longer there.")
    assert await reason_of(store, never) == ("dead", "The message that it changes was never sent.")
    digest = await store.subscription("s")
    assert digest is not None
    assert digest.disabled is None


@pytest.mark.parametrize("seed", range(8))
async def test_an_edit_is_made_again_until_it_stands(seed: int) -> None:
    place, store = Town(HandClock(NOW), random.Random(seed)), MemoryStore()
    deliverer = await outbox(store, place, of(1))
    await deliverer.deliver()
    edit = await planned(store, edit_of(of(1), Post(heading="new"), "1", NOW))
    place.trouble = 0.7
    while (await reason_of(store, edit))[0] != "sent":
        with suppress(Killed):
            await deliverer.deliver()
        place.clock.moment += timedelta(hours=1)
    assert [post.heading for _, post in place.standing["news"]] == ["new"]


# --- direct messages -------------------------------------------------------------------------------------------------


@dataclass
class Busy(Town):
    """Notes how many sends are under way at once."""

    under_way: int = 0
    most: dict[str, int] = field(default_factory=dict)

    async def send(self, delivery: Delivery) -> SendOutcome:
        self.under_way += 1
        kind = delivery.target.kind
        self.most[kind] = max(self.under_way, self.most.get(kind, 0))
        await asyncio.sleep(0)
        self.under_way -= 1
        return await super().send(delivery)


async def test_direct_messages_stand_in_one_queue_and_no_channel_waits_for_it() -> None:
    place, store = Busy(HandClock(NOW), random.Random(0)), MemoryStore()
    people = [of(n, Target(kind="dm", id=f"reader {n}")) for n in range(25)]
    rooms = [of(100 + n, Target(kind="channel", id=f"room {n}", guild_id="g")) for n in range(5)]
    deliverer = await outbox(store, place, *people, *rooms)
    assert await deliverer.deliver(NOT_DIRECT) == 5
    assert sum(await asyncio.gather(*(deliverer.deliver(["dm"]) for _ in range(3)))) == 25
    assert place.most == {"channel": 5, "dm": 1}


async def test_what_waits_when_an_alert_is_stopped_is_not_sent() -> None:
    place, store = town(), MemoryStore()
    waiting = replace(of(1, Target(kind="dm", id="reader")), owner_id="rule")
    deliverer = await outbox(store, place, waiting)
    await store.put_rule(AlertRule(id="rule", user_id="reader", guild_id=None, created=NOW, disabled="You stopped it."))
    await deliverer.deliver()
    assert place.standing["reader"] == []
    assert (await reason_of(store, waiting))[0] == "dead"
