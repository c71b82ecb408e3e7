"""Alerts: once a story, never backlog, so many an hour and none lost to that, and kept true where they stand."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.digests.candidate import Candidate
from bot.errors import InputError
from bot.model import Change, Scope, Story
from bot.ports import Intake, Reading, Refused, TryLater
from bot.service.rules import Wish, parse_quiet
from tests.contract.store_samples import at, member, reading, story
from tests.fakes.desk import Desk, Pondering
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


async def join(desk: Desk, made: Reading, key: str, *, hours: float, events: Sequence[str] = ()) -> Story:
    """Another outlet reports the same story in its own words."""
    before = await desk.store.story_of(made.article.id)
    assert before is not None
    if key not in {source.name for source in await desk.store.sources()}:
        await desk.subscriptions.add_source("1", f"https://{key}.example/feed", key)
    own = next(source.id for source in await desk.store.sources() if source.name == key)
    other = reading(key, of=own, hours=hours, title=f"{made.article.title}, says {key}", events=events)
    grown = replace(
        before, members=(*before.members, member(other)), version=before.version + 1, last_change=at(hours),
        events=(*before.events, *events),
    )  # fmt: skip
    return await desk.take(other, grown)


def headings(desk: Desk) -> list[str]:
    return [delivery.post.heading for delivery in desk.messenger.sent]


def edits(desk: Desk) -> list[tuple[str, str]]:
    return [(message, delivery.post.heading) for message, delivery in desk.messenger.edited]


async def test_past_the_hours_number_the_rest_comes_in_one_message() -> None:
    desk = Desk(per_hour=2)
    await desk.alert()
    for n in range(5):
        await write(desk, f"matter {n}", hours=n / 100)
    await desk.tick(timedelta(minutes=61))
    assert headings(desk) == ["UNCONFIRMED · Alert", "4 alerts"]
    for n in range(5, 8):
        await write(desk, f"matter {n}", hours=1.1 + n / 100)
    await desk.tick(MINUTES)
    assert len(desk.told) == 2
    await desk.tick(timedelta(minutes=60))
    assert headings(desk)[2:] == ["UNCONFIRMED · Alert", "2 alerts"]
    every = [title for message in desk.told for title in message]
    assert len(every) == len(set(every)) == 8


async def test_two_sweeps_at_once_tell_a_story_once() -> None:
    desk = Desk(per_hour=2, model=Pondering())
    await desk.alert()
    for n in range(3):
        await write(desk, f"matter {n}", hours=n / 100)
    desk.clock.turn(MINUTES)
    first = asyncio.create_task(desk.alerter.sweep())
    await asyncio.sleep(0)  # it has come as far as the language model
    await write(desk, "matter 3", hours=0.05)
    await asyncio.gather(first, desk.alerter.sweep())
    await desk.deliverer.deliver()
    every = [title for message in desk.told for title in message]
    assert len(every) == len(set(every)) >= 3


async def test_an_alert_that_is_removed_while_it_is_written_leaves_nothing() -> None:
    desk = Desk(model=Pondering())
    rule = await desk.alert()
    await write(desk, "tea", hours=0)
    desk.clock.turn(MINUTES)
    sweep = asyncio.create_task(desk.alerter.sweep())
    await asyncio.sleep(0)
    await desk.privacy.delete("reader")
    await sweep
    assert await desk.store.deliveries(rule) == ()
    assert await desk.store.told(rule) == {}


# --- confirming ------------------------------------------------------------------------------------------------------


async def test_a_rule_is_armed_when_its_message_has_arrived_and_misses_nothing() -> None:
    desk = Desk()
    rule = await desk.alert(armed=False)
    await write(desk, "tea", hours=0)
    desk.messenger.outcomes.append(TryLater(reason="Not connected."))
    await desk.tick(MINUTES)
    await desk.tick(timedelta(seconds=1))
    assert headings(desk) == []
    await desk.tick(MINUTES)
    assert headings(desk) == ["Your alert is set"]
    await desk.tick(MINUTES)
    assert headings(desk) == ["Your alert is set", "UNCONFIRMED · Alert"]
    stands = await desk.store.rule(rule)
    assert stands is not None
    assert not stands.awaiting


async def test_a_confirmation_that_was_not_written_is_made_up_for() -> None:
    desk = Desk()
    rule = await desk.rules.draft("reader", "1", Wish(keywords="tea"))
    await desk.store.put_rule(replace(rule, asked=1, awaiting=True))  # the process ended right there
    for _ in range(2):
        await desk.tick(MINUTES)
    assert headings(desk) == ["Your alert is set"]
    stands = await desk.store.rule(rule.id)
    assert stands is not None
    assert not stands.awaiting


async def test_closed_messages_switch_it_off_say_so_once_and_resuming_confirms_anew() -> None:
    desk = Desk()
    rule = await desk.alert(armed=False)
    desk.messenger.outcomes.append(Refused(reason="Your direct messages are closed to me.", gone=True))
    for _ in range(2):
        await desk.tick(MINUTES)
    said = await desk.rules.notice("reader")
    assert said is not None
    assert said.startswith("An alert of yours is switched off (“envoys”). Your direct messages are closed to me.")
    assert await desk.rules.notice("reader") is None
    await write(desk, "meanwhile", hours=0.1)
    resumed = await desk.rules.resume("reader", "1")
    assert resumed.awaiting
    await write(desk, "after", hours=0.2)
    for _ in range(2):
        await desk.tick(MINUTES)
    assert headings(desk) == ["Your alert is set", "UNCONFIRMED · Alert"]
    assert desk.told[-1] == ("Envoys meet over after",)
    stands = await desk.store.rule(rule)
    assert stands is not None
    assert (stands.disabled, stands.refusals, stands.asked) == (None, 0, 2)


async def test_refusals_count_in_a_row() -> None:
    desk = Desk()
    rule = await desk.alert()
    closed = Refused(reason="Closed.", gone=True)
    for n, outcome in enumerate((closed, None, closed, None)):
        desk.messenger.outcomes += [outcome] if outcome else []
        await write(desk, f"matter {n}", hours=n / 10)
        await desk.tick(MINUTES)
    stands = await desk.store.rule(rule)
    assert stands is not None
    assert (stands.disabled, stands.refusals) == (None, 0)


# --- what stands there is kept true ----------------------------------------------------------------------------------


async def test_unconfirmed_becomes_confirmed_and_corrected_in_the_same_message() -> None:
    desk = Desk()
    await desk.alert()
    made = await write(desk, "tea", hours=0)
    await desk.tick(MINUTES)
    assert headings(desk) == ["UNCONFIRMED · Alert"]
    await join(desk, made, "second", hours=0.1)
    await desk.tick(MINUTES)
    await join(desk, made, "third", hours=0.2)
    await desk.tick(MINUTES)
    await correct(desk, made, hours=0.3)
    await desk.tick(MINUTES)
    await desk.tick(MINUTES)
    assert len(desk.told) == 1
    message = f"m-{desk.messenger.sent[0].key}"
    assert edits(desk) == [(message, "CONFIRMED · Alert"), (message, "CORRECTED · Alert")]
    last = desk.messenger.edited[-1][1].post
    assert last.items[0].points[0] == "Changed: “6 things” is now “7 things”."


async def test_a_report_that_is_taken_back_is_retracted_where_it_stands() -> None:
    desk = Desk()
    await desk.alert()
    made = await write(desk, "tea", hours=0)
    await desk.tick(MINUTES)
    before = await desk.store.story_of(made.article.id)
    assert before is not None
    gone = replace(made, article=replace(made.article, title="RETRACTED: Envoys meet over tea"))
    update = replace(before.members[0], relation="updates", of=made.article.id)
    await desk.take(gone, replace(before, members=(update,), version=2))
    await desk.tick(MINUTES)
    assert [heading for _, heading in edits(desk)] == ["RETRACTED · Alert"]


async def test_a_story_in_a_bundle_is_edited_there() -> None:
    desk = Desk(per_hour=1)
    await desk.alert()
    made = [await write(desk, f"matter {n}", hours=n / 100) for n in range(3)]
    await desk.tick(MINUTES)
    for n in (0, 2):
        await join(desk, made[n], f"second {n}", hours=0.2)
    await desk.tick(MINUTES)
    assert headings(desk) == ["3 alerts"]
    assert [item.badge for item in desk.messenger.edited[-1][1].post.items] == ["confirmed", "unconfirmed", "confirmed"]


async def test_a_new_fact_is_told_anew_and_more_outlets_are_not() -> None:
    desk = Desk()
    await desk.alert()
    made = await write(desk, "tea", hours=0)
    await desk.tick(MINUTES)
    for n in range(3):
        await join(desk, made, f"outlet {n}", hours=0.1 + n / 10)
        await desk.tick(timedelta(hours=2))
    assert len(desk.told) == 1
    await join(desk, made, "agreed", hours=6, events=("AGREE",))
    for _ in range(3):
        await desk.tick(MINUTES)
    assert headings(desk) == ["UNCONFIRMED · Alert", "Update"]


async def test_two_rules_tell_a_story_once_also_when_the_first_is_removed() -> None:
    desk = Desk()
    first, _ = await desk.alert(), await desk.alert(keywords="tea")
    await write(desk, "tea", hours=0)
    await desk.tick(MINUTES)
    await desk.rules.remove("reader", first)
    await desk.tick(MINUTES)
    assert len(desk.told) == 1


# --- silence ---------------------------------------------------------------------------------------------------------


async def test_what_comes_in_quiet_hours_is_one_message_on_waking() -> None:
    desk = Desk()  # 08:00 UTC is 17:00 in Tokyo
    await desk.alert()
    await desk.rules.readers.set_quiet("reader", parse_quiet("18-7", "Asia/Tokyo"))
    await write(desk, "early", hours=0)
    await desk.tick(MINUTES)
    for n in range(3):
        await write(desk, f"night {n}", hours=2 + n)
        await desk.tick(timedelta(hours=3))
    assert len(desk.told) == 1
    desk.clock.moment = at(14)  # 07:00 in Tokyo
    await write(desk, "morning", hours=14)
    await desk.tick()
    assert headings(desk) == ["UNCONFIRMED · Alert", "3 alerts", "UNCONFIRMED · Alert"]
    bundle = desk.messenger.sent[1].post
    assert bundle.zone == "Asia/Tokyo"
    assert bundle.intro == "These came during your quiet hours."
    await desk.rules.readers.set_quiet("reader", None)
    assert await desk.rules.readers.quiet("reader") is None


async def test_what_a_muted_rule_would_have_told_is_dropped() -> None:
    desk = Desk()
    await desk.alert()
    await desk.rules.mute("reader", "1", timedelta(hours=24))
    await write(desk, "tea", hours=0)
    await desk.tick(timedelta(hours=23, minutes=50))
    desk.clock.turn(timedelta(minutes=20))
    await write(desk, "salt", hours=24.1)
    await desk.tick()
    assert desk.told == [("Envoys meet over salt",)]


async def test_a_bundle_of_two_servers_alerts_shows_each_story_as_its_server_sees_it() -> None:
    desk = Desk(per_hour=1)
    sources = {}
    for guild, outlet in (("1", "one"), ("2", "two")):
        sources[guild] = (await desk.subscriptions.add_source(guild, f"https://{outlet}.example/feed", outlet)).id
        await desk.alert(guild=guild, keywords=f"envoys {outlet}")
    made = {}
    for n, (guild, outlet) in enumerate((("1", "one"), ("1", "one"), ("2", "two"))):
        made[n] = reading(f"{outlet}{n}", of=sources[guild], hours=n / 100, title=f"Envoys {outlet} {n}")
        await desk.take(made[n], story(f"s{n}", made[n], changed=n / 100))
    await desk.tick(MINUTES)
    (bundle,) = desk.messenger.sent
    assert bundle.post.heading == "3 alerts"
    numbers = [item.number or 0 for item in bundle.post.items]
    seen = [(await desk.rules.sight.direct("reader", number)).sources for number in numbers]
    assert seen == [frozenset({sources[guild]}) for guild in ("1", "1", "2")]
    assert (await desk.rules.sight.direct("stranger", numbers[0])).sources == frozenset()
    await join(desk, made[2], "four", hours=0.2)  # a source of server 1: not what server 2 sees
    await desk.tick(MINUTES)
    assert desk.messenger.edited == []
    await desk.subscriptions.add_source("2", "https://three.example/feed", "three")
    await join(desk, made[2], "three", hours=0.3)
    await desk.tick(MINUTES)
    ((_, edit),) = desk.messenger.edited
    assert [item.badge for item in edit.post.items] == ["unconfirmed", "unconfirmed", "confirmed"]


# --- following -------------------------------------------------------------------------------------------------------


async def test_a_followed_story_tells_each_change_and_goes_with_a_merge() -> None:
    desk = Desk()
    made = await write(desk, "tea", hours=0)
    other = await write(desk, "coffee", hours=0.1)
    story = await desk.store.story_of(made.article.id)
    assert story is not None
    await desk.rules.follow("reader", "1", story.number, armed=True)
    with pytest.raises(InputError, match="already"):
        await desk.rules.follow("reader", "1", story.number, armed=True)
    await desk.tick(MINUTES)
    assert desk.told == []
    await join(desk, made, "second", hours=0.2)
    await desk.tick(MINUTES)
    await join(desk, made, "third", hours=0.3)
    await desk.tick(MINUTES)
    before = await desk.store.story_of(made.article.id)
    assert before is not None
    right = replace(before.members[0], relation="updates", of=made.article.id, changes=(Change(was="6", now="7"),))
    changed = replace(made, article=replace(made.article, text="Envoys met over 7 things.\n\n"))
    await desk.take(changed, replace(before, members=(right, *before.members[1:]), version=before.version + 1))
    await desk.tick(MINUTES)
    assert headings(desk) == ["A story that you follow"] * 2
    assert edits(desk) == [(f"m-{desk.messenger.sent[0].key}", "CORRECTED · A story that you follow")]
    into, absorbed = await desk.store.story_of(other.article.id), await desk.store.story_of(made.article.id)
    assert into is not None
    assert absorbed is not None
    both = replace(into, members=(*absorbed.members, *into.members), version=9, last_change=at(0.5))
    await desk.store.take_in(Intake(entry=None, reading=other, story=both, absorbed=(absorbed.id,)))
    for _ in range(2):
        await desk.tick(MINUTES)
    assert len(desk.told) == 3
    (follow,) = await desk.rules.follows("reader")
    assert follow.story == into.id
    await join(desk, other, "fourth", hours=0.6, events=("AGREE",))
    for _ in range(2):
        await desk.tick(MINUTES)
    assert len(desk.told) == 4
    await desk.rules.unfollow("reader", str(into.number))
    assert await desk.rules.follows("reader") == ()


async def test_a_merge_is_no_news_to_a_rule() -> None:
    desk = Desk()
    await desk.alert()
    made, other = await write(desk, "tea", hours=0), await write(desk, "coffee", hours=0.1)
    await desk.tick(MINUTES)
    into, absorbed = await desk.store.story_of(other.article.id), await desk.store.story_of(made.article.id)
    assert into is not None
    assert absorbed is not None
    both = replace(
        into, members=(*absorbed.members, *into.members), version=9, last_change=at(0.5), events=("CONSULT", "AGREE")
    )
    await desk.store.take_in(Intake(entry=None, reading=other, story=both, absorbed=(absorbed.id,)))
    for _ in range(3):
        await desk.tick(MINUTES)
    assert len(desk.told) == 2


async def test_one_story_that_cannot_be_read_stops_no_other() -> None:
    desk = Desk()
    await desk.alert()
    await write(desk, "salt", hours=0)
    await write(desk, "tea", hours=0.1)
    whole = desk.stories.candidate

    async def broken(story: Story, scope: Scope, **how: Any) -> Candidate | None:
        if story.id == "s-tea":
            raise ZeroDivisionError("a defect")
        return await whole(story, scope, **how)

    desk.stories.candidate = broken  # type: ignore[method-assign]
    await desk.tick(MINUTES)
    assert desk.told == [("Envoys meet over salt",)]


async def test_a_copy_from_an_outlet_that_was_asked_for_counts() -> None:
    desk = Desk()
    made = await write(desk, "tea", hours=0)
    await desk.subscriptions.add_source("1", "https://b.example/feed", "The B")
    rule = await desk.rules.draft("reader", "1", Wish(outlets="the b"))
    await desk.store.put_rule(rule)  # without marking what is there as known
    await desk.tick(MINUTES)
    assert desk.told == []
    before = await desk.store.story_of(made.article.id)
    assert before is not None
    copied = reading("copied", of=rule.outlets[0], hours=0.1, title="Envoys meet over tea")
    copy = replace(member(copied), relation="copy", of=made.article.id)
    await desk.take(copied, replace(before, members=(*before.members, copy)))
    await desk.tick(MINUTES)
    assert desk.told == [("Envoys meet over tea",)]


async def test_what_came_while_a_followed_story_was_stopped_is_not_told_when_it_is_resumed() -> None:
    desk = Desk()
    made = await write(desk, "tea", hours=0)
    number = (await desk.store.recent_stories(at(-1), Scope(sources=None)))[0].number
    rule = await desk.rules.follow("reader", "1", number, armed=True)
    await desk.rules.stop("reader", rule.id)
    await join(desk, made, "B", hours=0.2)
    desk.clock.turn(timedelta(minutes=20))
    await desk.rules.resume("reader", rule.id)
    for _ in range(3):
        await desk.tick(MINUTES)
    assert headings(desk) == ["You follow a story"]
    await join(desk, made, "C", hours=0.6, events=("SANCTION",))
    await desk.tick(MINUTES)
    assert headings(desk)[1:] == ["A story that you follow"]
