"""Alerts: once a story, never backlog, at most so many an hour and none lost to that."""

from datetime import timedelta

from tests.fakes.desk import Desk
from tests.unit.service.test_publishing import correct, write

MINUTES = timedelta(minutes=5)


async def test_a_story_alerts_once_also_when_it_changes() -> None:
    desk = Desk()
    await desk.alert()
    made = await write(desk, "tea", hours=0)
    await desk.tick(MINUTES)
    await correct(desk, made, hours=0.2)
    await desk.tick(MINUTES)
    assert desk.told == [("Envoys meet over tea",)]
    assert desk.messenger.sent[0].target.kind == "dm"
    assert desk.messenger.sent[0].target.id == "reader"


async def test_what_was_there_is_no_news_and_backlog_never() -> None:
    desk = Desk()
    await write(desk, "before", hours=-1)
    await desk.alert()
    await write(desk, "backlog", hours=-0.5, backlog=True)
    await write(desk, "late", hours=-1)  # published before the rule, seen after it
    await desk.tick(MINUTES)
    assert desk.told == [("Envoys meet over late",)]


async def test_only_what_matches() -> None:
    desk = Desk()
    await desk.alert(keywords="tea")
    await write(desk, "salt", hours=0)
    await write(desk, "tea", hours=0)
    await desk.tick(MINUTES)
    assert desk.told == [("Envoys meet over tea",)]


async def test_the_hour_has_room_for_so_many_and_the_rest_comes_later() -> None:
    desk = Desk(per_hour=2)
    await desk.alert()
    for n in range(5):
        await write(desk, f"matter {n}", hours=n / 100)
    counts = []
    for _ in range(4):
        await desk.tick(timedelta(minutes=61))
        counts.append(len(desk.told))
    assert counts == [2, 4, 5, 5]
    assert len(set(desk.told)) == 5
