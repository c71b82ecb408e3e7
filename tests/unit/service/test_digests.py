"""What became of slots, in words and figures: missed, late, empty, skipped; live digests; beginnings without floods."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
import structlog

from bot.errors import InputError, StoreUnavailable
from bot.model import Filter, Member, Schedule, Subscription, source_id
from bot.service.history import History
from bot.service.schedules import (
    filter_words,
    parse_events,
    parse_languages,
    parse_pairs,
    parse_schedule,
    parse_sources,
    schedule_words,
)
from tests.contract.store_samples import T0, at, reading, story
from tests.fakes.desk import CHANNEL, Desk
from tests.unit.service.test_publishing import correct, write

HOUR = timedelta(hours=1)


async def digest_of(desk: Desk, schedule: Schedule, **more: object) -> Subscription:
    given: dict[str, object] = {"name": "Brief", "guild_id": "1", "wanted": Filter(), "size": 8, **more}
    return await desk.subscriptions.schedule(target=CHANNEL, by="maker", schedule=schedule, **given)  # type: ignore[arg-type]


def intros(desk: Desk) -> list[str]:
    return [delivery.post.intro or "" for delivery in desk.messenger.sent]


# --- loud slots ------------------------------------------------------------------------------------------------------


async def test_a_missed_slot_is_said_in_the_channel_the_status_the_log_and_the_count() -> None:
    desk = Desk()
    digest = await desk.schedule(time(9), time(12), time(18))
    await write(desk, "tea", hours=1.5)
    with structlog.testing.capture_logs() as logged:
        await desk.tick(timedelta(hours=10))
    assert [entry["event"] for entry in logged if entry["log_level"] == "warning"] == ["slot_missed"] * 2
    assert "This also covers the digests of Mon 09:00 and Mon 12:00. The bot was not running then." in intros(desk)[0]
    assert desk.publisher.tally.outcomes["merged"] == 2
    (row,) = (await desk.status.post("1", "UTC")).items
    assert row.badge == "slots missed"
    assert "2 slots were missed in the last 7 days, last Mon 5 Oct, 12:00 UTC: The bot was not running" in (
        row.note or ""
    )
    await write(desk, "salt", hours=11)
    await desk.tick(timedelta(hours=15))
    assert "covers" not in intros(desk)[1]
    assert [slot.record.outcome for slot in await History(store=desk.store).slots(digest.id)][-3:] == [
        "sent", "merged", "merged",
    ]  # fmt: skip


async def test_a_missed_slot_is_said_by_the_next_digest_that_has_something_to_say() -> None:
    desk = Desk()
    await desk.schedule(time(9), time(12), time(18))
    await desk.tick(timedelta(hours=5))  # 09:00 is missed, and 12:00 has nothing new
    assert desk.told == []
    await write(desk, "tea", hours=6)
    await desk.tick(timedelta(hours=5))
    assert "This also covers the digest of Mon 09:00." in intros(desk)[0]


async def test_a_digest_that_fails_says_so_when_it_comes() -> None:
    desk = Desk()
    digest = await desk.schedule(time(9), time(10))
    await write(desk, "tea", hours=0.5)
    await desk.tick()

    class Broken:
        async def recent(self, *_: object, **__: object) -> None:
            raise StoreUnavailable("The store is locked by another program.")

    works = desk.publisher.stories
    desk.publisher = replace(desk.publisher, stories=Broken())  # type: ignore[arg-type]
    with structlog.testing.capture_logs():
        await desk.tick(HOUR)
    assert desk.publisher.tally.problems == {digest.id: "The store is locked by another program."}
    desk.publisher = replace(desk.publisher, stories=works)
    await desk.tick(HOUR)
    assert "the digest of Mon 09:00. The store is locked by another program." in intros(desk)[0]
    assert desk.publisher.tally.problems == {}


async def test_a_late_digest_says_how_late() -> None:
    desk = Desk()
    await desk.schedule(time(9))
    await write(desk, "tea", hours=0.5)
    await desk.tick(HOUR + timedelta(minutes=40))
    assert "It comes 40 minutes late." in intros(desk)[0]


async def test_after_days_of_downtime_the_news_of_all_of_them_is_told() -> None:
    desk = Desk()
    await desk.schedule(time(9))
    await desk.tick(HOUR)
    await write(desk, "early", hours=30)
    await write(desk, "late", hours=110)
    await desk.tick(timedelta(days=5))
    assert sorted(desk.told[0]) == ["Envoys meet over early", "Envoys meet over late"]


@pytest.mark.parametrize("said", [False, True])
async def test_an_empty_slot_is_said_where_the_channel_chose_so(said: bool) -> None:
    desk = Desk()
    digest = await digest_of(desk, Schedule(times=(time(9),)), say_empty=said)
    await desk.tick(HOUR)
    assert [slot.outcome for slot in await desk.store.slots(digest.id)] == ["empty"]
    assert [intro.split(" · ")[0] for intro in intros(desk)] == (["Nothing new"] if said else [])


async def test_a_message_that_was_refused_shows_in_the_history() -> None:
    from bot.ports import Refused

    desk = Desk()
    digest = await desk.schedule(time(9))
    await write(desk, "tea", hours=0.5)
    desk.messenger.outcomes.append(Refused(reason="The server's AutoMod blocked the message."))
    with structlog.testing.capture_logs():
        await desk.tick(HOUR)
    (slot,) = await History(store=desk.store).slots(digest.id)
    assert slot.record.outcome == "sent"
    assert slot.problem == "It was not delivered. The server's AutoMod blocked the message."


# --- every so many hours, as it happens ------------------------------------------------------------------------------


async def test_a_digest_every_three_hours() -> None:
    desk = Desk()
    desk.clock.turn(timedelta(minutes=20))
    schedule = parse_schedule("", "", "UTC", every=3, now=desk.clock.now())
    digest = await digest_of(desk, schedule)
    assert digest.next_run == at(1)
    for n in range(12):
        await write(desk, f"tea {n}", hours=n)
        await desk.tick(HOUR)
    slots = await desk.store.slots(digest.id)
    assert [slot.due for slot in slots] == [at(10), at(7), at(4), at(1)]
    assert {slot.outcome for slot in slots} == {"sent"}


async def test_a_live_digest_tells_what_is_new_and_says_when_its_cap_is_reached() -> None:
    desk = Desk()
    await write(desk, "old", hours=-1)
    digest = await digest_of(desk, Schedule(live=True, per_hour=3, per_day=4))
    await desk.tick(timedelta(minutes=2))
    assert desk.told == []  # what was there when it began is no news
    for n in range(5):
        await write(desk, f"tea {n}", hours=0.1 + n / 100)
    await desk.tick(timedelta(minutes=10))
    assert [len(titles) for titles in desk.told] == [3]
    assert (
        "This reaches the cap of 3 an hour: what comes next is told from Mon 5 Oct, 09:12 UTC on. 2 more wait."
        in (intros(desk)[0])
    )
    await desk.tick(timedelta(minutes=30))
    assert len(desk.told) == 1
    await desk.tick(timedelta(minutes=40))
    assert [len(titles) for titles in desk.told] == [3, 1]
    assert "cap of 4 a day" in intros(desk)[1]
    await desk.tick(timedelta(hours=23))
    assert [len(titles) for titles in desk.told] == [3, 1, 1]
    assert len({title for titles in desk.told for title in titles}) == 5
    assert all(slot.outcome == "sent" for slot in await desk.store.slots(digest.id))


async def test_a_live_digest_tells_a_correction_once_and_no_mere_growth() -> None:
    desk = Desk()
    await digest_of(desk, Schedule(live=True))
    await desk.tick()
    made = await write(desk, "tea", hours=0.1)
    await desk.tick(timedelta(minutes=10))
    grown = await desk.store.story_of(made.article.id)
    assert grown is not None
    await desk.take(made, replace(grown, version=2, last_change=at(0.2)))
    await desk.tick(timedelta(minutes=10))
    assert len(desk.told) == 1
    await correct(desk, made, hours=0.4)
    await desk.tick(timedelta(minutes=10))
    await desk.tick(timedelta(minutes=10))
    assert [delivery.post.items[0].badge for delivery in desk.messenger.sent] == [None, "update"]


async def test_a_correction_is_told_in_one_digest_and_not_in_the_next_update() -> None:
    desk = Desk()
    await desk.schedule(time(9), time(10), time(11))
    made = await write(desk, "tea", hours=0.5)
    await desk.tick(HOUR)
    corrected = await correct(desk, made, hours=1.5)
    await desk.tick(HOUR)
    await desk.take(made, replace(corrected, version=3, last_change=at(2.5)))
    await desk.tick(HOUR)
    points = [delivery.post.items[0].points for delivery in desk.messenger.sent]
    assert [any(point.startswith("Changed:") for point in one) for one in points] == [False, True, False]
    assert "1 correction of what was told before" in intros(desk)[1]


# --- beginnings ------------------------------------------------------------------------------------------------------


async def test_a_source_that_another_server_follows_for_long_posts_nothing_old_here() -> None:
    desk = Desk()
    await write(desk, "tea", hours=0.1)
    await write(desk, "salt", hours=0.2)
    url = "https://a.example/feed"
    await desk.subscriptions.add_source("2", "https://b.example/feed", "The B")
    theirs = await desk.schedule(time(10), name="Two", guild="2")
    await desk.subscriptions.add_source("2", url, "The A", latest=1)
    await desk.schedule(time(10), name="One", guild="1")
    new = reading("new", of=source_id(url), hours=1.5, title="Envoys meet over rice")
    desk.clock.turn(HOUR)
    await desk.take(new, story("s-new", new, changed=1.5))
    await desk.tick(HOUR)
    by_owner = {delivery.owner_id: sorted(i.title for i in delivery.post.items) for delivery in desk.messenger.sent}
    assert by_owner.pop(theirs.id) == ["Envoys meet over rice", "Envoys meet over salt"]
    assert list(by_owner.values()) == [
        ["Envoys meet over rice", "Envoys meet over salt", "Envoys meet over tea"],
    ]
    (sent,) = [delivery for delivery in desk.messenger.sent if delivery.owner_id == theirs.id]
    assert {item.badge for item in sent.post.items} == {None}


async def test_two_channels_at_different_paces_both_tell_every_story_that_they_admit() -> None:
    desk = Desk()
    fast = await digest_of(desk, Schedule(every=1), name="fast", size=15)
    slow = await digest_of(desk, Schedule(times=(time(8),)), name="slow", size=15, wanted=Filter(keywords=("tea",)))
    for n in range(22):
        await write(desk, f"{'tea' if n % 2 else 'salt'} {n}", hours=n + 0.5)
        await desk.tick(HOUR)
    await desk.tick(timedelta(hours=3))
    told = {fast.id: 0, slow.id: 0}
    for delivery in desk.messenger.sent:
        told[delivery.owner_id] += len(delivery.post.items)
    assert told == {fast.id: 22, slow.id: 11}


async def test_a_digest_that_goes_on_after_a_stop_tells_the_last_day_and_records_the_rest() -> None:
    desk = Desk()
    digest = await desk.schedule(time(9), size=15)
    await desk.tick(HOUR)
    await desk.subscriptions.stop_channel("100", "Its channel was deleted.")
    for day in range(1, 6):
        await write(desk, f"day {day}", hours=24 * day)
    desk.clock.turn(timedelta(days=5))
    before = await desk.subscriptions.digest_named("1", "Brief")
    await desk.subscriptions.revise(before, replace(before, disabled=None))
    await desk.tick(timedelta(days=1))
    assert desk.told == [("Envoys meet over day 5",)]
    slots = await desk.store.slots(digest.id)
    assert [slot.outcome for slot in slots] == ["sent", *["skipped"] * 5, "empty"]
    assert slots[1].reason == "The digest was stopped. Its channel was deleted."


async def test_a_slot_that_is_due_while_the_times_change_is_skipped_and_names_stay_apart() -> None:
    desk = Desk()
    digest = await desk.schedule(time(9))
    await desk.schedule(time(9), name="Other")
    desk.clock.turn(HOUR)
    with pytest.raises(InputError, match="called “other” already"):
        await desk.subscriptions.revise(digest, replace(digest, name="other"))
    after = await desk.subscriptions.revise(digest, replace(digest, schedule=Schedule(times=(time(12),))))
    assert after.next_run == at(4)
    assert [(s.outcome, s.reason) for s in await desk.store.slots(digest.id)] == [
        ("skipped", "Its times were changed.")
    ]


async def test_a_slot_that_a_zones_new_rules_moved_is_reckoned_anew() -> None:
    desk = Desk()
    digest = await desk.schedule(time(9))
    await desk.store.put_subscription(replace(digest, next_run=at(0.5)))  # as an older table of zones had it
    assert await desk.subscriptions.reckon() == 1
    assert await desk.subscriptions.reckon() == 0
    mended = await desk.store.subscription(digest.id)
    assert mended is not None
    assert mended.next_run == at(1)


async def test_a_slot_that_comes_again_is_not_told_again_and_the_next_one_is_awaited() -> None:
    desk = Desk()
    digest = await desk.schedule(time(9), time(12))
    await write(desk, "tea", hours=0.5)
    await desk.tick(timedelta(hours=1))
    await desk.store.put_subscription(digest)  # as somebody who writes what they read before the slot
    await write(desk, "salt", hours=0.9)
    await desk.tick()
    again = await desk.store.subscription(digest.id)
    assert again is not None
    assert again.next_run == at(4)
    assert desk.told == [("Envoys meet over tea",)]


async def test_a_live_digest_goes_on_when_the_clock_is_set_back() -> None:
    desk = Desk()
    await desk.subscriptions.schedule(
        name="Live", guild_id="1", target=CHANNEL, by="maker", schedule=Schedule(live=True), wanted=Filter(), size=8
    )
    desk.clock.turn(timedelta(hours=5))
    await desk.tick()
    desk.clock.turn(timedelta(hours=-4))
    await write(desk, "tea", hours=1)
    await desk.tick()
    assert desk.told == [("Envoys meet over tea",)]


async def test_an_edit_undoes_nothing_that_happened_to_the_digest_meanwhile() -> None:
    desk = Desk()
    before = await desk.schedule(time(9), time(12))
    await desk.tick(timedelta(hours=1))  # its next slot is now the one at 12
    await desk.privacy.delete("maker")
    after = await desk.subscriptions.revise(before, replace(before, size=3))
    assert (after.size, after.next_run, after.created_by) == (3, at(4), "")
    await desk.store.drop_subscription(before.id)
    with pytest.raises(InputError, match="removed meanwhile"):
        await desk.subscriptions.revise(before, replace(before, size=4))
    assert await desk.store.subscriptions() == ()


# --- the preview's first reason --------------------------------------------------------------------------------------


async def test_a_preview_names_the_filter_before_what_was_told_or_old() -> None:
    desk = Desk()
    digest = await desk.schedule(time(9), wanted=Filter(countries=("KEN",)))
    await write(desk, "old", hours=-2, backlog=True)
    await write(desk, "new", hours=0.1)
    post = await desk.publisher.preview(digest)
    assert {item.note for item in post.items} == {"It has none of the countries that were asked for (Kenya)."}
    assert (post.footer or "").startswith("Left out: 2 by its filter. Preview: nothing was sent.")


async def test_a_preview_tells_what_was_told_from_what_was_never_news() -> None:
    desk = Desk()
    await write(desk, "old", hours=-1)
    live = await digest_of(desk, Schedule(live=True), name="live")
    assert live.next_run == T0
    before = await desk.schedule(time(9), name="Slow")
    changed = await desk.subscriptions.revise(before, replace(before, schedule=Schedule(live=True)))
    back = await desk.subscriptions.revise(changed, replace(changed, schedule=Schedule(times=(time(9),))))
    (left,) = (await desk.publisher.draft(back)).left_out
    assert left.reason.startswith("It was there before this digest began")


# --- words -----------------------------------------------------------------------------------------------------------


def test_schedules_in_words() -> None:
    assert schedule_words(parse_schedule("08:00,18:30", "weekdays", "Asia/Tokyo")) == (
        "at 08:00, 18:30 Asia/Tokyo, Monday to Friday"
    )
    assert schedule_words(parse_schedule(zone="UTC", every=6)) == "every 6 hours, every day (UTC)"
    assert schedule_words(parse_schedule(zone="UTC", live=True, per_hour=1, days="mon,tue")) == (
        "as it happens, Mon, Tue, at most 1 story an hour and 30 a day (UTC)"
    )


def test_every_counts_from_a_time_of_day_or_the_next_full_hour() -> None:
    now = at(0.6)
    assert parse_schedule("", "", "Asia/Kathmandu", every=6, now=now).anchor == at(1.25)  # 14:21 there; 15:00
    assert parse_schedule("07:00", "", "Europe/Berlin", every=6, now=now).anchor == at(-3)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"times": "08:00", "live": True}, "Choose one way"),
        ({"every": 6, "live": True}, "Choose one way"),
        ({"every": 25}, "1 to 24 hours"),
        ({"every": 3, "times": "08:00,09:00", "now": T0}, "one time of day"),
        ({"times": "08:00", "per_hour": 3}, "live:true"),
        ({"live": True, "per_hour": 9, "per_day": 3}, "no less than per_hour"),
    ],
)
def test_ways_that_do_not_go_together(given: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        parse_schedule(**given)  # type: ignore[arg-type]


def test_wishes_as_people_write_them_and_in_words() -> None:
    asked = Filter(
        countries=("JPN",), pairs=parse_pairs("China + India"), events=parse_events("sanction, Agree"),
        languages=parse_languages("en, Japanese"), minimum_relevance=0.6, minimum_sources=2, sources=("x", "y"),
    )  # fmt: skip
    assert filter_words(asked, {"x": "The X"}) == (
        "about Japan or China with India, of type SANCTION (sanctions, cut ties) or AGREE (agreement, deal), "
        "from The X or a source that is gone, in English or Japanese, of relevance 60% or more, "
        "with 2 independent outlets or more"
    )
    assert filter_words(Filter(), {}) == ""
    for read, wrong in (
        (parse_pairs, "Japan"),
        (parse_pairs, "Japan+JPN"),
        (parse_events, "flood"),
        (parse_languages, "Klingon"),
    ):
        with pytest.raises(InputError):
            read(wrong)
    with pytest.raises(InputError, match="There is no source called “Nowhere”"):
        parse_sources("Nowhere", ())


async def test_a_story_told_before_is_told_by_what_is_new_and_a_line_of_background() -> None:
    desk = Desk()
    await desk.schedule(time(9), time(10))
    first = await write(desk, "the tea quota of 4 tonnes in Lisbon", hours=0.5)
    await desk.tick(HOUR)
    news = "Growers in Assam rejected the ceiling on Tuesday and called a strike for next week.\n\n"
    later = reading("later", of=first.article.source_id, hours=1.5, title="Growers call strike", text=news)
    before = await desk.store.story_of(first.article.id)
    assert before is not None
    member = Member(article_id="later", source_id=later.article.source_id, relation="joins", when=at(1.5))
    members = (*before.members, member)
    await desk.take(later, replace(before, members=members, version=before.version + 1, last_change=at(1.5)))
    await desk.tick(HOUR)
    (item,) = desk.messenger.sent[-1].post.items
    points = [point for point in item.points if not point.startswith("New since")]
    assert points == [news.strip(), "Background: Envoys met over the tea quota of 4 tonnes in Lisbon."]
