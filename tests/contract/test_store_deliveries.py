"""The contract of SubscriptionStore and DeliveryStore."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Delivery, Post, Receipt, Target, edit_of
from bot.ports import Plan, Store

from .store_samples import HOUR, at, delivery, intake, line, plan, reading, record, rule, source, subscription

DM = Target(kind="dm", id="u")


async def test_subscriptions(store: Store) -> None:
    two, one = subscription("2", guild="h", name="B"), subscription("1", name="C")
    three = subscription("3", name="A")
    for made in (two, one, three):
        await store.put_subscription(made)
    assert await store.subscriptions() == (three, two, one)
    assert await store.subscriptions("g") == (three, one)
    assert await store.subscriptions("nowhere") == ()
    assert await store.subscription("2") == two
    assert await store.subscription("x") is None
    await store.put_subscription(replace(two, size=3))
    assert await store.subscription("2") == replace(two, size=3)


async def test_due_subscriptions(store: Store) -> None:
    await store.put_subscription(subscription("later", next_run=2))
    await store.put_subscription(subscription("second", next_run=1))
    await store.put_subscription(subscription("first", next_run=0.5))
    await store.put_subscription(subscription("never"))
    await store.put_subscription(subscription("off", next_run=0, disabled="The channel is gone."))
    assert [one.id for one in await store.due_subscriptions(at(1))] == ["first", "second"]
    assert await store.due_subscriptions(at(0)) == ()


async def test_rules(store: Store) -> None:
    late, early, other = rule("1", hours=2), rule("2", hours=1), rule("3", user="v")
    for made in (late, early, other):
        await store.put_rule(made)
    assert await store.rules() == (other, early, late)
    assert await store.rules("u") == (early, late)
    assert await store.rule("3") == other
    await store.drop_rule("3")
    assert await store.rule("3") is None
    await store.put_rule(replace(late, refusals=2))
    assert await store.rule("1") == replace(late, refusals=2)


async def test_changes_side_by_side_undo_nothing(store: Store) -> None:
    await store.put_rule(rule("r"))
    await store.put_subscription(subscription("s"))
    for _ in range(5):
        await asyncio.gather(
            *(store.change_rule("r", lambda one: replace(one, refusals=one.refusals + 1)) for _ in range(4)),
            *(store.change_subscription("s", lambda one: replace(one, size=one.size + 1)) for _ in range(4)),
        )
    known, digest = await store.rule("r"), await store.subscription("s")
    assert known == replace(rule("r"), refusals=rule("r").refusals + 20)
    assert digest == replace(subscription("s"), size=subscription("s").size + 20)


async def test_what_is_gone_is_not_changed(store: Store) -> None:
    await store.put_rule(rule("r"))
    await store.drop_rule("r")
    assert await store.change_rule("r", lambda one: replace(one, refusals=1)) is None
    assert await store.change_subscription("s", lambda one: replace(one, size=1)) is None
    assert (await store.rules(), await store.subscriptions()) == ((), ())


async def test_what_was_told_only_grows(store: Store) -> None:
    await store.mark_told("s", (("a", 2), ("b", 1)))
    await store.mark_told("s", (("a", 1), ("b", 3)))
    assert await store.told("s") == {"a": 2, "b": 3}
    assert await store.told("t") == {}


async def test_a_plan_is_written_whole(store: Store) -> None:
    await store.put_subscription(subscription("s", next_run=0))
    planned = replace(plan(delivery("k1"), delivery("k2", part=2), told=(("a", 1),)), next_run=at(24))
    assert await store.plan(planned)
    assert await store.slot("s", "1") == planned.record
    assert await store.slots("s") == (planned.record,)
    assert await store.delivery("k1") == planned.deliveries[0]
    assert await store.deliveries("s") == planned.deliveries[::-1]
    assert await store.told("s") == {"a": 1}
    assert await store.read("s") == planned.lines
    assert await store.outstanding() == 2
    changed = await store.subscription("s")
    assert changed == subscription("s", next_run=24)
    assert await store.due_subscriptions(at(1)) == ()


async def test_a_slot_is_planned_once(store: Store) -> None:
    await store.put_subscription(subscription("s", next_run=0))
    assert await store.plan(plan(delivery("k1")))
    again = replace(plan(delivery("k2"), told=(("a", 1),)), next_run=at(5), lines=(line("s", "again"),))
    assert not await store.plan(again)
    assert await store.delivery("k2") is None
    assert await store.told("s") == {}
    assert await store.read("s") == plan().lines
    assert (await store.subscriptions())[0].next_run == at(0)
    assert await store.plan(plan(delivery("k3", slot="2"), slot="2"))
    assert await store.plan(plan(delivery("k4", owner="t"), owner="t"))


async def test_an_alert_is_planned_once_without_a_record(store: Store) -> None:
    alert = Plan(owner_id="r", slot_id="story:1", record=None, deliveries=(delivery("k", owner="r"),))
    assert await store.plan(alert)
    assert not await store.plan(replace(alert, deliveries=(delivery("l", owner="r"),)))
    assert await store.slot("r", "story:1") is None
    assert await store.slots("r") == ()
    assert await store.outstanding() == 1


async def test_a_known_key_is_not_written_again(store: Store) -> None:
    assert await store.plan(plan(delivery("k")))
    await store.settle(replace(delivery("k"), state="sent"))
    assert await store.plan(plan(delivery("k", slot="2"), slot="2"))
    found = await store.delivery("k")
    assert found is not None
    assert (found.state, found.slot_id) == ("sent", "1")


async def test_slots_and_deliveries_newest_first(store: Store) -> None:
    for number in range(25):
        slot = f"{number}"
        planned = replace(plan(delivery(slot, slot=slot, hours=number), slot=slot), record=record("s", slot, number))
        await store.plan(planned)
    assert [one.slot_id for one in await store.slots("s", 2)] == ["24", "23"]
    assert [one.key for one in await store.deliveries("s", 2)] == ["24", "23"]
    assert len(await store.slots("s")) == 20
    assert len(await store.deliveries("s")) == 20


def claimed(made: Delivery, hours: float) -> Delivery:
    return replace(made, state="claimed", lease_until=at(hours))


async def test_claiming_leases_what_is_due(store: Store) -> None:
    one, two, later = delivery("1", hours=0), delivery("2", slot="2", hours=1), delivery("3", slot="3", hours=9)
    for made in (later, two, one):
        await store.plan(plan(made, slot=made.slot_id))
    assert await store.claim(at(2), HOUR, 0) == ()
    assert await store.claim(at(2), HOUR, 9) == (claimed(one, 3), claimed(two, 3))
    assert await store.claim(at(2), HOUR, 9) == ()
    assert await store.delivery("1") == claimed(one, 3)


async def test_claiming_up_to_a_limit_oldest_first(store: Store) -> None:
    made = [delivery(f"{number}", slot=f"{number}", hours=5 - number) for number in range(5)]
    for one in made:
        await store.plan(plan(one, slot=one.slot_id))
    assert [one.key for one in await store.claim(at(9), HOUR, 2)] == ["4", "3"]
    assert [one.key for one in await store.claim(at(9), HOUR, 9)] == ["2", "1", "0"]


async def test_a_lease_that_ran_out_is_unknown(store: Store) -> None:
    await store.plan(plan(delivery("k")))
    await store.claim(at(0), HOUR, 9)
    assert await store.claim(at(1) - timedelta(microseconds=1), HOUR, 9) == ()
    unknown = replace(delivery("k"), state="unknown", lease_until=at(2))
    assert await store.claim(at(1), HOUR, 9) == (unknown,)
    assert await store.claim(at(1.5), HOUR, 9) == ()
    assert await store.claim(at(2), HOUR, 9) == (replace(unknown, lease_until=at(3)),)


async def test_what_was_settled_unknown_comes_back_as_such(store: Store) -> None:
    await store.plan(plan(delivery("k")))
    (held,) = await store.claim(at(0), HOUR, 9)
    await store.settle(replace(held, state="unknown", attempts=1, next_try=at(0.5), problem="The answer was lost."))
    assert await store.claim(at(0.4), HOUR, 9) == ()
    (again,) = await store.claim(at(0.5), HOUR, 9)
    assert (again.state, again.lease_until, again.attempts) == ("unknown", at(1.5), 1)


async def test_what_failed_is_tried_again_at_its_time(store: Store) -> None:
    await store.plan(plan(delivery("k")))
    (held,) = await store.claim(at(0), HOUR, 9)
    failed = replace(held, state="failed", attempts=1, next_try=at(3), problem="Discord is down.")
    await store.settle(failed)
    assert await store.delivery("k") == replace(failed, lease_until=None)
    assert await store.claim(at(2), HOUR, 9) == ()
    assert await store.claim(at(3), HOUR, 9) == (replace(failed, state="claimed", lease_until=at(4)),)


async def test_a_claim_can_be_renewed(store: Store) -> None:
    await store.plan(plan(delivery("k")))
    (held,) = await store.claim(at(0), HOUR, 9)
    await store.settle(replace(held, lease_until=at(5)))
    assert await store.claim(at(4), HOUR, 9) == ()


async def test_parts_go_in_order(store: Store) -> None:
    parts = [delivery(f"p{part}", part=part, parts=3) for part in (1, 2, 3)]
    await store.plan(plan(*reversed(parts)))
    for part in parts:
        held = await store.claim(at(1), HOUR, 9)
        assert [one.key for one in held] == [part.key]
        assert await store.claim(at(1), HOUR, 9) == ()
        await store.settle(replace(held[0], state="sent"))
    assert await store.outstanding() == 0


@pytest.mark.parametrize("state", ["failed", "unknown"])
async def test_a_part_waits_for_the_one_before(store: Store, state: str) -> None:
    await store.plan(plan(delivery("p1", part=1, parts=2), delivery("p2", part=2, parts=2)))
    (held,) = await store.claim(at(0), HOUR, 9)
    await store.settle(replace(held, state=state, next_try=at(5)))  # type: ignore[arg-type]
    assert await store.claim(at(1), HOUR, 9) == ()
    assert [one.key for one in await store.claim(at(5), HOUR, 9)] == ["p1"]


async def test_parts_of_other_slots_do_not_wait(store: Store) -> None:
    await store.plan(plan(delivery("1", slot="1", part=1, parts=2, hours=9), slot="1"))
    await store.plan(plan(delivery("2", slot="2", part=2, parts=2), slot="2"))
    assert [one.key for one in await store.claim(at(0), HOUR, 9)] == ["2"]


async def test_a_dead_part_ends_those_after_it(store: Store) -> None:
    await store.plan(plan(*[delivery(f"p{part}", part=part, parts=3) for part in (1, 2, 3)]))
    (first,) = await store.claim(at(0), HOUR, 9)
    await store.settle(replace(first, state="sent"))
    (second,) = await store.claim(at(0), HOUR, 9)
    await store.settle(replace(second, state="dead", problem="The channel is gone."))
    assert await store.outstanding() == 0
    third = await store.delivery("p3")
    assert third is not None
    assert third.state == "dead"
    assert third.problem == "Part 2 could not be sent: The channel is gone."
    assert (await store.delivery("p1")) == replace(first, state="sent", lease_until=None)


async def test_sent_is_final(store: Store) -> None:
    await store.plan(plan(delivery("k")))
    (held,) = await store.claim(at(0), HOUR, 9)
    sent = replace(held, state="sent", attempts=1, receipt=Receipt(message_id="9", at=at(0.1)))
    await store.settle(sent)
    assert await store.delivery("k") == replace(sent, lease_until=None)
    for late in ("failed", "dead", "unknown", "claimed"):
        await store.settle(replace(held, state=late))
    assert await store.delivery("k") == replace(sent, lease_until=None)
    assert await store.claim(at(99), HOUR, 9) == ()
    assert await store.outstanding() == 0


async def test_dead_yields_only_to_sent(store: Store) -> None:
    await store.plan(plan(delivery("k")))
    dead = replace(delivery("k"), state="dead", problem="Closed.")
    await store.settle(dead)
    await store.settle(replace(dead, state="failed"))
    assert await store.delivery("k") == dead
    await store.settle(replace(dead, state="sent", problem=None))
    assert await store.delivery("k") == replace(delivery("k"), state="sent")


async def test_settling_what_is_not_there(store: Store) -> None:
    await store.settle(delivery("nowhere"))
    assert await store.delivery("nowhere") is None
    assert await store.outstanding() == 0


async def test_claiming_for_one_kind_of_target(store: Store) -> None:
    await store.plan(plan(delivery("c"), slot="1"))
    await store.plan(plan(delivery("d", slot="2", target=DM), slot="2"))
    assert await store.claim(at(1), HOUR, 9, kinds=()) == ()
    assert [one.key for one in await store.claim(at(1), HOUR, 9, kinds=("dm", "console"))] == ["d"]
    assert [one.key for one in await store.claim(at(1), HOUR, 9)] == ["c"]


async def test_dropping_a_subscription_drops_what_hangs_on_it(store: Store) -> None:
    for key in ("s", "t"):
        await store.put_subscription(subscription(key))
        await store.plan(plan(delivery(f"k{key}", owner=key), owner=key, told=(("a", 1),)))
        await store.append((line(f"k{key}"),))
    await store.drop_subscription("s")
    await store.drop_subscription("nowhere")
    assert [one.id for one in await store.subscriptions()] == ["t"]
    assert await store.told("s") == {}
    assert await store.slots("s") == ()
    assert await store.deliveries("s") == ()
    assert await store.read("s") == await store.read("ks") == ()
    assert await store.told("t") == {"a": 1}
    assert (len(await store.slots("t")), len(await store.deliveries("t")), len(await store.read("kt"))) == (1, 1, 1)
    assert await store.plan(plan(delivery("ks")))


async def test_dropping_a_server(store: Store) -> None:
    await store.put_source(source())
    elsewhere = Target(kind="channel", id="x", guild_id="h")
    for guild, key, target in (("g", "s", plan(delivery("k")).deliveries[0].target), ("h", "t", elsewhere)):
        await store.subscribe_source(guild, "a")
        await store.put_subscription(subscription(key, guild=guild))
        await store.plan(plan(delivery(f"k{key}", owner=key, target=target), owner=key, told=(("a", 1),)))
    await store.plan(plan(delivery("loose", owner="now"), owner="now"))
    await store.put_rule(rule("r"))
    await store.drop_guild("g")
    assert [one.id for one in await store.subscriptions()] == ["t"]
    assert await store.subscribers("a") == {"h"}
    for owner in ("s", "now"):
        assert await store.deliveries(owner) == ()
    assert await store.told("s") == {}
    assert await store.slots("s") == ()
    assert await store.read("s") == ()
    assert await store.rule("r") == rule("r")
    assert await store.source("a") == source()
    assert (await store.told("t"), len(await store.deliveries("t"))) == ({"a": 1}, 1)


async def test_dropping_a_user(store: Store) -> None:
    await store.put_rule(rule("mine"))
    await store.put_rule(rule("theirs", user="v"))
    for owner, user in (("mine", "u"), ("theirs", "v")):
        made = delivery(f"k{owner}", owner=owner, target=Target(kind="dm", id=user))
        await store.plan(replace(plan(made, owner=owner, told=(("a", 1),)), record=None))
        await store.append((line(made.key),))
    personal = replace(subscription("personal", guild=None), target=DM, created_by="v")
    await store.put_subscription(personal)
    await store.put_subscription(subscription("server", by="u"))
    await store.plan(plan(delivery("loose", owner="other", target=DM), owner="other"))
    await store.drop_user("u")
    assert await store.rules() == (rule("theirs", user="v"),)
    assert await store.told("mine") == {}
    assert await store.deliveries("mine") == await store.deliveries("other") == ()
    assert await store.read("kmine") == ()
    assert await store.subscriptions() == (subscription("server", by=""),)
    assert (await store.told("theirs"), len(await store.deliveries("theirs"))) == ({"a": 1}, 1)
    assert await store.read("ktheirs") == (line("ktheirs"),)


async def test_retention_forgets_what_ended(store: Store) -> None:
    await store.take_in(intake("s", reading("1")))
    for slot, state in (("sent", "sent"), ("dead", "dead"), ("due", "due"), ("new", "sent")):
        hours = 5 if slot == "new" else 0
        made = delivery(slot, slot=slot, hours=hours)
        await store.plan(replace(plan(made, slot=slot), record=record("s", slot, hours)))
        await store.settle(replace(made, state=state))  # type: ignore[arg-type]
    await store.plan(Plan(owner_id="r", slot_id="old", record=None, deliveries=()))
    await store.forget_before(at(5), at(5))
    assert {one.key for one in await store.deliveries("s")} == {"due", "new"}
    assert [one.slot_id for one in await store.slots("s")] == ["new"]
    assert not await store.plan(Plan(owner_id="r", slot_id="old", record=None))


async def test_the_newest_edit_of_a_message(store: Store) -> None:
    first = delivery("k")
    edits = [edit_of(first, Post(heading=str(n)), str(n), at(n)) for n in (1, 2)]
    again = edit_of(edits[1], Post(heading="2 again"), "2", at(3))
    for made in (first, *edits, again):
        await store.plan(Plan(owner_id=made.owner_id, slot_id=made.slot_id, record=None, deliveries=(made,)))
    assert await store.newest_edit("k") == edits[1]
    assert await store.newest_edit(edits[1].key) is None
    assert {edit.nonce for edit in edits} == {first.nonce}


async def test_what_was_given_up(store: Store) -> None:
    here, elsewhere = Target(kind="channel", id="c", guild_id="g"), Target(kind="channel", id="d", guild_id="h")
    old, new = replace(delivery("old"), target=here), replace(delivery("new"), target=here, created=at(2))
    other, sent = replace(delivery("other"), target=elsewhere, created=at(1)), replace(delivery("sent"), target=here)
    edit = edit_of(sent, Post(heading="new"), "1", at(3))
    await store.plan(plan(old, new, other, sent, edit))
    assert [await store.outstanding(where) for where in ("g", "h", "nowhere", None)] == [4, 1, 0, 5]
    for one in (old, new, other, edit):
        await store.settle(replace(one, state="dead", problem="Refused."))
    await store.settle(replace(sent, state="sent"))
    assert [one.key for one in await store.dead(at(0))] == ["new", "other", "old"]
    assert [one.key for one in await store.dead(at(0), "g")] == ["new", "old"]
    assert [one.key for one in await store.dead(at(1), "g")] == ["new"]
    assert [one.key for one in await store.dead(at(0), limit=1)] == ["new"]
