"""What is kept about people and servers: all of it shown, and gone when asked or when its time has come."""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.errors import StoreUnavailable
from bot.model import Filter, Schedule
from bot.service.housekeeping import Housekeeping
from bot.storage.memory import MemoryStore
from tests.fakes.desk import CHANNEL, Desk
from tests.unit.service.test_publishing import write


async def test_everything_is_exported_and_deleted() -> None:
    desk = Desk()
    rule = await desk.alert(keywords="envoys")
    digest = await desk.subscriptions.schedule(
        name="Mine", guild_id="1", target=CHANNEL, by="reader", schedule=Schedule(times=(time(8),)), wanted=Filter(),
        size=3,
    )  # fmt: skip
    await desk.preferences.put("user", "reader", {"locale": "fr"})
    await write(desk, "tea", hours=0)
    await desk.tick(timedelta(minutes=1))
    other = await desk.alert(user="other")
    kept = await desk.privacy.export("reader")
    text = json.dumps(kept)
    assert kept["user"] == "reader"
    assert "envoys" in text
    assert "s-tea" in text
    assert "Mine" in text
    assert '"fr"' in text
    await desk.privacy.delete("reader")
    assert await desk.store.rule(rule) is None
    assert await desk.store.deliveries(rule) == ()
    assert await desk.store.told(rule) == {}
    assert await desk.preferences.get("user", "reader") is None
    left = await desk.store.subscription(digest.id)
    assert left is not None  # the server's digest stays, and names nobody
    assert left.created_by == ""
    assert await desk.store.rule(other) is not None
    empty = await desk.privacy.export("reader")
    assert (empty["alerts"], empty["digests_set_up"], empty["preferences"]) == ([], [], None)


@dataclass
class Stubborn(MemoryStore):
    """Forgets no article."""

    def __post_init__(self) -> None:
        super().__init__()

    async def forget_before(self, articles: datetime, texts: datetime) -> int:
        raise StoreUnavailable("The store is locked by another program.")


async def test_a_part_of_housekeeping_that_fails_keeps_no_server_remembered() -> None:
    desk, days = Desk(), timedelta(days=30)
    await desk.privacy.server_joined("1")
    await desk.schedule(time(8), guild="1")
    await desk.privacy.server_removed("1")
    desk.clock.turn(days)
    keeping = Housekeeping(
        store=Stubborn(), privacy=desk.privacy, clock=desk.clock, articles=days, texts=days, journal=days,
    )  # fmt: skip
    await keeping.run()
    assert await desk.subscriptions.digests(None) == ()


async def test_a_server_that_left_is_forgotten_after_its_time_unless_it_comes_back() -> None:
    desk = Desk()
    for guild in "123":
        await desk.privacy.server_joined(guild)
        await desk.preferences.put("guild", guild, {"style": "embeds"})
        await desk.schedule(time(8), guild=guild)
    await desk.privacy.server_removed("1")
    await desk.privacy.server_removed("2")
    desk.clock.turn(timedelta(days=20))
    await desk.privacy.server_removed("1")  # said again: the time goes on from the first
    await desk.privacy.server_joined("2")
    desk.clock.turn(timedelta(days=9, hours=23))
    assert await desk.privacy.forget_servers() == 0
    desk.clock.turn(timedelta(hours=1))
    assert await desk.privacy.forget_servers() == 1
    assert {digest.guild_id for digest in await desk.subscriptions.digests(None)} == {"2", "3"}
    assert await desk.preferences.get("guild", "1") is None
    assert await desk.preferences.get("guild", "2") == {"style": "embeds"}
    assert await desk.privacy.forget_servers() == 0


async def test_a_damaged_note_of_one_server_keeps_no_other_remembered() -> None:
    desk, days = Desk(), timedelta(days=31)
    await desk.preferences.put("guild", "1", {"removed": "yesterday"})
    await desk.preferences.put("guild", "2", {"removed": "2026-10-05T08:00:00"})
    await desk.privacy.server_removed("3")
    desk.clock.turn(days)
    assert await desk.privacy.forget_servers() == 1
    assert await desk.preferences.get("guild", "3") is None
