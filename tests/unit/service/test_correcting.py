"""What was posted is corrected where it stands, once, and only for those who see the correction."""

from dataclasses import replace
from datetime import time, timedelta

from bot.model import Change, Delivery, Post
from bot.service.correcting import Corrector
from tests.contract.store_samples import at
from tests.fakes.desk import Desk
from tests.unit.service.test_publishing import correct, write

HOUR = timedelta(hours=1)


def corrector(desk: Desk) -> Corrector:
    return Corrector(
        store=desk.store, stories=desk.stories, subscriptions=desk.subscriptions, messengers=desk.messengers,
        clock=desk.clock,
    )  # fmt: skip


async def edits(desk: Desk) -> list[tuple[str, Delivery]]:
    await corrector(desk).sweep()
    await desk.deliverer.deliver()
    done, desk.messenger.edited = desk.messenger.edited, []
    return done


async def test_the_posted_message_is_edited_once_and_the_next_digest_says_so() -> None:
    desk = Desk()
    await desk.schedule(time(9), time(11))
    made = await write(desk, "tea", hours=0.4)
    await write(desk, "salt", hours=0.5)
    await desk.tick(HOUR)
    assert await edits(desk) == []
    await correct(desk, made, hours=1.5)
    desk.clock.turn(HOUR)
    ((message_id, edit),) = await edits(desk)
    assert message_id == f"m-{desk.messenger.sent[0].key}"
    told = {item.title: item for item in edit.post.items}
    assert told["Envoys meet over tea"].badge == "corrected"
    assert told["Envoys meet over tea"].points[:1] == ("Changed: “6 things” is now “7 things”.",)
    assert told["Envoys meet over salt"] == next(
        item for item in desk.messenger.sent[0].post.items if item.title == "Envoys meet over salt"
    )
    assert await edits(desk) == []
    await desk.tick(HOUR)
    (item,) = desk.messenger.sent[1].post.items
    assert (item.badge, item.points[0]) == ("update", "Changed: “6 things” is now “7 things”.")
    assert await edits(desk) == []


async def test_a_second_correction_keeps_the_first() -> None:
    desk = Desk()
    await desk.schedule(time(9))
    made, other = await write(desk, "tea", hours=0.4), await write(desk, "salt", hours=0.5)
    await desk.tick(HOUR)
    await correct(desk, made, hours=1.1)
    await edits(desk)
    await correct(desk, other, hours=1.2)
    ((_, edit),) = await edits(desk)
    assert [item.badge for item in edit.post.items] == ["corrected", "corrected"]


async def test_a_story_that_was_told_after_its_correction_is_left_alone() -> None:
    desk = Desk()
    await desk.schedule(time(9))
    made = await write(desk, "tea", hours=0.2)
    corrected = await correct(desk, made, hours=0.4)
    await desk.tick(HOUR)
    await desk.take(made, replace(corrected, version=3, last_change=at(1.2)))
    assert await edits(desk) == []


async def test_old_messages_and_refused_ones_stay_as_they_are() -> None:
    desk = Desk()
    digest = await desk.schedule(time(9))
    made = await write(desk, "tea", hours=0.4)
    await desk.tick(HOUR)
    await correct(desk, made, hours=1.5)
    desk.clock.turn(timedelta(days=4))
    assert await edits(desk) == []
    desk.clock.turn(-timedelta(days=3))
    await desk.store.put_subscription(replace(digest, disabled="Its channel was deleted."))
    assert await edits(desk) == []


async def test_a_correction_that_would_not_fit_is_left_to_the_next_digest() -> None:
    desk = Desk()
    await desk.schedule(time(9))
    made = await write(desk, "tea", hours=0.4)
    await desk.tick(HOUR)
    await correct(desk, made, hours=1.5)
    (sent,) = desk.messenger.sent
    room = sum(len(point) for point in sent.post.items[0].points) + 10

    def pages(post: Post) -> tuple[Post, ...]:
        return (post,) if sum(len(point) for item in post.items for point in item.points) <= room else (post, post)

    desk.messenger.pages = pages  # type: ignore[method-assign]
    assert await edits(desk) == []


async def test_who_does_not_see_the_correction_gets_no_edit() -> None:
    desk = Desk()
    await desk.subscriptions.add_source("2", "https://b.example/feed", "B")
    await desk.schedule(time(9))
    made = await write(desk, "tea", hours=0.4)
    await desk.tick(HOUR)
    before = await desk.store.story_of(made.article.id)
    assert before is not None
    other = (await desk.store.subscribed_sources("2")).__iter__().__next__()
    theirs = replace(made, article=replace(made.article, id="theirs", source_id=other))
    member = replace(
        before.members[0], article_id="theirs", source_id=other, relation="updates", of="tea",
        changes=(Change(was="6 things", now="9 things"),), when=at(1.2),
    )  # fmt: skip
    await desk.take(theirs, replace(before, members=(*before.members, member), version=2, last_change=at(1.2)))
    assert await edits(desk) == []
