"""Slots: one outcome each, nothing told twice, catch-up merged, backlog never posted."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.bootstrap import MessengerTable
from bot.errors import InputError
from bot.model import Change, Filter, Member, Schedule, Story
from bot.ports import Reading
from bot.service.publishing import Tally
from tests.contract.store_samples import at, reading, story
from tests.fakes.desk import CHANNEL, Desk, Pondering

HOUR = timedelta(hours=1)


async def write(desk: Desk, key: str, *, hours: float, backlog: bool = False) -> Reading:
    """An article of a shared source that starts a story of its own."""
    if not await desk.store.subscribed_sources("1"):
        await desk.subscriptions.add_source("1", "https://a.example/feed", "The A")
    own = next(iter(await desk.store.subscribed_sources("1")))
    made = reading(key, of=own, hours=hours, title=f"Envoys meet over {key}", text=f"Envoys met over {key}.\n\n")
    await desk.take(made, replace(story(f"s-{key}", made, changed=hours), backlog=backlog))
    return made


async def correct(desk: Desk, made: Reading, *, hours: float) -> Story:
    """The outlet changes the article: its story has a second version."""
    changed = replace(made, article=replace(made.article, text="Envoys met over 7 things.\n\n"))
    before = await desk.store.story_of(made.article.id)
    assert before is not None
    member = Member(
        article_id=made.article.id, source_id=made.article.source_id, relation="updates", of=made.article.id,
        changes=(Change(was="6 things", now="7 things"),), when=at(hours),
    )  # fmt: skip
    return await desk.take(
        changed, replace(before, members=(member,), version=before.version + 1, last_change=at(hours))
    )


async def test_each_slot_has_one_outcome_and_nothing_is_told_twice() -> None:
    desk = Desk()
    digest = await desk.schedule(time(9), time(10), time(11))
    await write(desk, "tea", hours=0.5)
    await desk.tick(HOUR)
    await desk.tick()
    await desk.tick(HOUR)
    await write(desk, "salt", hours=2.5)
    await desk.tick(HOUR)
    assert desk.told == [("Envoys meet over tea",), ("Envoys meet over salt",)]
    slots = await desk.store.slots(digest.id)
    assert [(slot.outcome, slot.due) for slot in slots] == [("sent", at(3)), ("empty", at(2)), ("sent", at(1))]
    assert all(slot.reason for slot in slots)
    renewed = await desk.store.subscription(digest.id)
    assert renewed is not None
    assert renewed.next_run == at(25)


async def test_slots_that_were_missed_are_merged_into_one_catch_up() -> None:
    desk = Desk()
    digest = await desk.schedule(time(9), time(12), time(18))
    for n in range(3):
        await write(desk, f"matter {n}", hours=1.5 + n)
    await desk.tick(timedelta(hours=11))
    slots = await desk.store.slots(digest.id)
    assert [slot.outcome for slot in slots] == ["sent", "merged", "merged"]
    assert "not running" in slots[1].reason
    assert len(desk.told) == 1
    assert len(desk.told[0]) == 3
    await desk.tick()
    assert len(desk.told) == 1


async def test_an_update_is_told_as_one_with_its_changes() -> None:
    desk = Desk()
    await desk.schedule(time(9), time(10))
    made = await write(desk, "tea", hours=0.5)
    await desk.tick(HOUR)
    await correct(desk, made, hours=1.5)
    await desk.tick(HOUR)
    first, second = (delivery.post.items[0] for delivery in desk.messenger.sent)
    assert first.badge is None
    assert second.badge == "update"
    assert "Changed: “6 things” is now “7 things”." in second.points


async def test_a_first_poll_posts_no_backlog_but_now_admits_it() -> None:
    desk = Desk()
    digest = await desk.schedule(time(9))
    await write(desk, "old", hours=-2, backlog=True)
    await desk.tick(HOUR)
    assert desk.told == []
    assert [slot.outcome for slot in await desk.store.slots(digest.id)] == ["empty"]
    assert [left.reason for left in (await desk.publisher.draft(digest)).left_out] == [
        "It was already there when its source was first read."
    ]
    assert len((await desk.publisher.digest_now(digest)).items) == 1
    assert len((await desk.publisher.digest_now(digest)).items) == 0
    await desk.deliverer.deliver()
    assert desk.told == [("Envoys meet over old",)]


async def test_what_now_and_a_slot_tell_at_once_is_told_once() -> None:
    desk = Desk(model=Pondering())
    digest = await desk.schedule(time(9))
    await write(desk, "tea", hours=0.5)
    desk.clock.turn(HOUR)
    publisher = desk.publisher
    await asyncio.gather(publisher.dispatch(), publisher.digest_now(digest), publisher.digest_now(digest))
    await desk.deliverer.deliver()
    assert desk.told == [("Envoys meet over tea",)]


async def test_a_digest_that_is_removed_while_it_is_written_leaves_nothing() -> None:
    desk = Desk(model=Pondering())
    digest = await desk.schedule(time(9))
    await write(desk, "tea", hours=0.5)
    desk.clock.turn(HOUR)
    writing = asyncio.create_task(desk.publisher.dispatch())
    await asyncio.sleep(0)  # it has come as far as the language model
    await desk.store.drop_subscription(digest.id)
    await writing
    assert await desk.store.deliveries(digest.id) == ()
    assert await desk.store.told(digest.id) == {}


async def test_a_preview_tells_and_records_nothing() -> None:
    desk = Desk()
    digest = await desk.schedule(time(9), size=1)
    await write(desk, "tea", hours=0.5)
    await write(desk, "salt", hours=0.6)
    desk.clock.turn(HOUR / 2)
    post = await desk.publisher.preview(digest)
    assert sorted(item.badge or "" for item in post.items) == ["", "left out"]
    assert post.items[-1].title == "For lack of room"
    assert post.items[-1].note == "There was room for one story, and this one came in place 2."
    assert "nothing was sent" in (post.footer or "")
    assert await desk.store.slots(digest.id) == ()
    assert await desk.store.told(digest.id) == {}


async def test_a_target_that_nobody_here_serves_waits() -> None:
    desk = Desk()
    digest = await desk.schedule(time(9))
    await write(desk, "tea", hours=0.5)
    elsewhere = replace(desk.publisher, messengers=MessengerTable())
    desk.clock.turn(HOUR)
    assert await elsewhere.dispatch() == 0
    assert await desk.store.slots(digest.id) == ()
    with pytest.raises(InputError, match="only the running bot"):
        await elsewhere.digest_now(digest)
    await desk.tick()
    assert len(desk.told) == 1


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_clock_that_ran_ahead_and_was_set_back_silences_no_digest(restarted: bool) -> None:
    desk = Desk()
    digest = await desk.schedule(time(9))
    await write(desk, "tea", hours=0.5)
    desk.clock.turn(HOUR)
    await desk.tick()
    told = [("Envoys meet over tea",)]
    assert desk.told == told
    desk.clock.turn(timedelta(days=10))
    await desk.tick()  # nine slots are merged into the tenth, which finds nothing new
    desk.clock.turn(timedelta(days=-10))
    if restarted:
        desk.publisher = replace(desk.publisher, tally=Tally())
        assert await desk.subscriptions.reckon() == 1
    await desk.tick()
    assert desk.told == told
    for day, topic in enumerate(("salt", "coal", "rice"), 1):  # of days whose slots were all recorded in advance
        await write(desk, topic, hours=24 * day + 0.5)
        desk.clock.turn(timedelta(days=1))
        await desk.tick()
        await desk.tick()
        told.append((f"Envoys meet over {topic}",))
        assert desk.told == told
    kept = await desk.store.subscription(digest.id)
    assert kept is not None
    assert kept.next_run == at(24 * 4 + 1)


async def test_what_a_clock_that_ran_ahead_told_leaves_a_live_digest_its_caps() -> None:
    desk = Desk()
    await desk.subscriptions.schedule(
        name="Live", guild_id="1", target=CHANNEL, by="maker", wanted=Filter(), size=5,
        schedule=Schedule(live=True, per_hour=1, per_day=1),
    )  # fmt: skip
    desk.clock.turn(timedelta(days=10))
    await write(desk, "tea", hours=239.5)
    await desk.tick()
    desk.clock.turn(timedelta(days=-10) + HOUR)
    await write(desk, "salt", hours=0.5)
    await desk.tick()
    assert desk.told == [("Envoys meet over tea",), ("Envoys meet over salt",)]


async def test_a_stopped_digest_is_silent() -> None:
    desk = Desk()
    await desk.schedule(time(9))
    await write(desk, "tea", hours=0.5)
    assert await desk.subscriptions.stop_channel("100", "Its channel was deleted.") == 1
    await desk.tick(HOUR)
    assert desk.told == []
    (row,) = (await desk.status.post("1", "UTC")).items
    assert (row.badge, row.note) == ("stopped", "Its channel was deleted.")
