"""The outbox: what each outcome of a send leads to."""

from datetime import time, timedelta

import pytest

from bot.model import DeliveryState, Subscription
from bot.ports import Refused, SendOutcome, TryLater, Uncertain
from bot.service.delivering import FIRST_PAUSE, LEASE, LONGEST_PAUSE, MOST_ATTEMPTS
from tests.fakes.desk import Desk
from tests.unit.service.test_publishing import write

HOUR = timedelta(hours=1)


async def planned(
    *outcomes: SendOutcome | Exception, stories: int = 1, split: bool = False
) -> tuple[Desk, Subscription]:
    """A digest in the outbox, and what the network will say to it."""
    desk = Desk()
    digest = await desk.schedule(time(9))
    for n in range(stories):
        await write(desk, f"matter {n}", hours=0.5 + n / 10)
    desk.messenger.split = split
    desk.clock.turn(HOUR)
    await desk.publisher.dispatch()
    desk.messenger.outcomes += outcomes
    return desk, digest


async def states(desk: Desk, digest: Subscription) -> list[DeliveryState]:
    found = await desk.store.deliveries(digest.id)
    return [delivery.state for delivery in sorted(found, key=lambda delivery: delivery.part)]


async def test_what_arrives_is_settled_with_its_receipt() -> None:
    desk, digest = await planned()
    assert await desk.deliverer.deliver() == 1
    (delivery,) = await desk.store.deliveries(digest.id)
    assert delivery.state == "sent"
    assert delivery.receipt is not None
    assert delivery.receipt.message_id == f"m-{delivery.key}"
    assert await desk.deliverer.deliver() == 0


async def test_what_must_wait_waits_as_long_as_asked() -> None:
    desk, digest = await planned(TryLater(reason="a rate limit", after=timedelta(minutes=7)))
    assert await desk.deliverer.deliver() == 0
    assert await states(desk, digest) == ["failed"]
    desk.clock.turn(timedelta(minutes=6))
    assert await desk.deliverer.deliver() == 0
    desk.clock.turn(timedelta(minutes=1))
    assert await desk.deliverer.deliver() == 1
    assert desk.messenger.looked_for == []


async def test_pauses_grow_to_an_hour_and_end() -> None:
    desk, digest = await planned(*[TryLater(reason="down")] * (MOST_ATTEMPTS + 1))
    pauses = []
    while await states(desk, digest) != ["dead"]:
        await desk.deliverer.deliver()
        (delivery,) = await desk.store.deliveries(digest.id)
        pauses.append(delivery.next_try - desk.clock.now())
        desk.clock.moment = max(desk.clock.now(), delivery.next_try)
    assert len(pauses) == MOST_ATTEMPTS
    assert pauses[0] == FIRST_PAUSE
    assert max(pauses) == LONGEST_PAUSE
    assert pauses[:-1] == sorted(pauses[:-1])
    assert len(desk.messenger.outcomes) == 1
    (line, *_) = await desk.store.read(delivery.key)
    assert "too long" in line.decision.reason


@pytest.mark.parametrize("standing", [True, False])
async def test_what_may_stand_there_is_looked_for_before_a_second_send(standing: bool) -> None:
    desk, digest = await planned(Uncertain(reason="a lost answer"))
    await desk.deliverer.deliver()
    assert await states(desk, digest) == ["unknown"]
    (delivery,) = await desk.store.deliveries(digest.id)
    if standing:
        desk.messenger.standing.add(delivery.key)
    desk.clock.turn(HOUR)
    assert await desk.deliverer.deliver() == 1
    assert desk.messenger.looked_for == [delivery.key]
    assert len(desk.messenger.sent) == (0 if standing else 1)
    assert await states(desk, digest) == ["sent"]


async def test_a_fault_of_ours_with_one_message_is_looked_for_after_its_lease() -> None:
    desk, digest = await planned(ZeroDivisionError("a defect"))
    assert await desk.deliverer.deliver() == 0
    assert await states(desk, digest) == ["claimed"]
    desk.clock.turn(LEASE + timedelta(seconds=1))
    assert await desk.deliverer.deliver() == 1
    assert len(desk.messenger.looked_for) == 1


async def test_a_target_that_is_gone_stops_its_digest_and_status_says_so() -> None:
    desk, digest = await planned(Refused(reason="I may not write there any more.", gone=True))
    await desk.deliverer.deliver()
    stopped = await desk.store.subscription(digest.id)
    assert stopped is not None
    assert stopped.disabled == "I may not write there any more."
    assert "dead" in await states(desk, digest)
    assert [delivery.target.id for delivery in desk.messenger.sent] == ["maker"]  # who set it up is told
    assert "I may not write there any more." in repr(await desk.status.post("1", "UTC"))


async def test_a_message_that_is_refused_does_not_stop_its_digest() -> None:
    desk, digest = await planned(Refused(reason="Automatic moderation blocked it."))
    await desk.deliverer.deliver()
    still = await desk.store.subscription(digest.id)
    assert still is not None
    assert still.disabled is None
    assert await states(desk, digest) == ["dead"]


async def test_parts_go_in_order_and_wait_for_those_before() -> None:
    desk, digest = await planned(TryLater(reason="not now"), stories=3, split=True)
    await desk.deliverer.deliver()
    assert desk.messenger.sent == []
    desk.clock.turn(HOUR)
    await desk.deliverer.deliver()
    assert [delivery.part for delivery in desk.messenger.sent] == [0, 1, 2]
    assert await states(desk, digest) == ["sent"] * 3


async def test_an_alert_rule_is_switched_off_at_the_second_closed_door() -> None:
    desk = Desk()
    await write(desk, "old", hours=-1)
    rule = await desk.alert()
    closed = Refused(reason="Your direct messages are closed.", gone=True)
    desk.messenger.outcomes += [closed, closed]
    for n in (1, 2):
        before = await desk.store.rule(rule)
        assert before is not None
        assert before.disabled is None
        await write(desk, f"matter {n}", hours=n / 10)
        await desk.tick(timedelta(minutes=10))
    after = await desk.store.rule(rule)
    assert after is not None
    assert after.disabled == "Your direct messages are closed."
    await write(desk, "matter 3", hours=0.5)
    await desk.tick(timedelta(minutes=10))
    assert desk.messenger.sent == []
