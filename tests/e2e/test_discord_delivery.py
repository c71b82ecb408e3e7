"""Deliveries through the real discord.py client: sent once, found again, and every failure told for what it is."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.discord.breaker import LIMIT
from bot.chat.discord.messenger import DiscordMessenger
from bot.errors import ChatError
from bot.model import Button, Delivery, Post, PostItem, Target, edit_of
from bot.ports import Refused, Sent, TryLater, Uncertain
from bot.service.faces import MadeWebhooks
from bot.storage.memory.preferences import MemoryPreferences
from tests.fakes.discord import Channel, FakeDiscord, User, text_of
from tests.fakes.discord.script import Bot, ChosenStyles, running
from tests.fakes.discord.world import FORUM, NEWS, THREAD

NOW = datetime(2026, 5, 20, 5, 5, tzinfo=UTC)
BARE = Post(heading="Digest", intro="Nothing to press and nothing to link.")
RICH = Post(
    heading="Digest",
    items=(PostItem(title="A story", url="https://wire.example/a", number=3, points=("One.",)),),
    buttons=(Button(label="Explain", action="/story 3"), Button(label="Site", action="https://x.example/", link=True)),
)


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as server:
        yield server
    assert server.violations == []
    for body in server.bodies("create_message"):
        assert body["allowed_mentions"] == {"parse": []}


@pytest.fixture
async def bot(fake: FakeDiscord) -> AsyncIterator[Bot]:
    fake.add_guild()
    async with running(fake) as started:
        yield started


@pytest.fixture
def channel(fake: FakeDiscord, bot: Bot) -> Channel:
    (guild,) = fake.world.guilds.values()
    return fake.channel(guild)


def delivery(target: Target, post: Post = RICH, key: str = "sub:2026-05-20T05:00:0") -> Delivery:
    return Delivery(
        key=key, owner_id="sub", slot_id="slot", part=0, parts=1, target=target, post=post, created=NOW, next_try=NOW
    )


def to_channel(channel: Channel) -> Target:
    return Target(kind="channel", id=channel.id, guild_id=channel.guild_id)


def to_user(user: User) -> Target:
    return Target(kind="dm", id=user.id)


async def test_a_delivery_is_sent_under_its_nonce(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    wanted = delivery(to_channel(channel))
    outcome = await bot.chat.messenger.send(wanted)
    (message,) = fake.messages(channel.id)
    assert isinstance(outcome, Sent)
    assert outcome.receipt.message_id == message["id"]
    assert outcome.receipt.at == datetime.fromisoformat(message["timestamp"]).replace(
        microsecond=outcome.receipt.at.microsecond
    )
    assert "[A story](https://wire.example/a)" in text_of(message)
    (body,) = fake.bodies("create_message")
    assert (body["nonce"], body["enforce_nonce"]) == (wanted.nonce, True)


async def test_a_repeat_answers_the_first_message(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    first = await bot.chat.messenger.send(delivery(to_channel(channel)))
    async with running(fake) as later:
        second = await later.chat.messenger.send(delivery(to_channel(channel)))
    assert first == second
    assert len(fake.messages(channel.id)) == 1


async def test_direct_messages_arrive(fake: FakeDiscord, bot: Bot) -> None:
    user = fake.add_user()
    for key in ("a", "b"):
        assert isinstance(await bot.chat.messenger.send(delivery(to_user(user), key=key)), Sent)
    assert len(fake.dms(user)) == 2
    assert len(fake.bodies("create_dm")) == 1
    assert await bot.chat.messenger.find(delivery(to_user(user), key="b")) is not None


@pytest.mark.parametrize("style", ["cards", "embeds"])
@pytest.mark.parametrize("post", [BARE, RICH, replace(RICH, buttons=()), replace(BARE, buttons=RICH.buttons)])
async def test_the_key_is_found_in_the_history(
    fake: FakeDiscord, bot: Bot, channel: Channel, style: Any, post: Post
) -> None:
    bot.styles.chosen[channel.guild_id] = style
    wanted = delivery(to_channel(channel), post)
    assert await bot.chat.messenger.find(wanted) is None
    outcome = await bot.chat.messenger.send(wanted)
    for n in range(20):
        await bot.chat.messenger.send(delivery(to_channel(channel), post, key=f"another {n}"))
    assert isinstance(outcome, Sent)
    async with running(fake) as later:
        assert await later.chat.messenger.find(wanted) == outcome.receipt
        assert await later.chat.messenger.find(replace(wanted, key="never sent")) is None


async def test_other_peoples_messages_are_not_ours(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    wanted = delivery(to_channel(channel))
    await bot.chat.messenger.send(wanted)
    channel.messages[0]["author"] = fake.add_user("copycat").payload()
    assert await bot.chat.messenger.find(wanted) is None


async def test_a_history_that_cannot_be_read_is_an_error(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    fake.fail_next("list_messages", status=503, times=2)
    assert await bot.chat.messenger.find(delivery(to_channel(channel))) is None
    fake.fail_next("list_messages", status=503, times=3)
    with pytest.raises(ChatError) as caught:
        await bot.chat.messenger.find(delivery(to_channel(channel)))
    assert caught.value.retryable


async def test_a_gone_channel_has_nothing_in_it(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    channel.deleted = True
    assert await bot.chat.messenger.find(delivery(to_channel(channel))) is None


async def test_an_unreadable_history_says_nothing(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    """Discord answers an empty list there: that is no proof that nothing stands in the channel."""
    channel.readable = False
    async with running(fake) as later:
        with pytest.raises(ChatError) as caught:
            await later.chat.messenger.find(delivery(to_channel(channel)))
    assert not caught.value.retryable
    fake.fail_next("list_messages", status=403, code=50013)
    with pytest.raises(ChatError) as caught:
        await bot.chat.messenger.find(delivery(to_channel(channel)))
    assert not caught.value.retryable


async def test_near_a_channel_are_those_that_can_be_written_to(fake: FakeDiscord) -> None:
    guild = fake.add_guild("Embassy", ("general", "rules", "lounge"))
    fake.channel(guild, "rules").writable = False
    async with running(fake) as bot:
        (near,) = bot.chat.messenger.near(to_channel(fake.channel(guild)))
    assert near == to_channel(fake.channel(guild, "lounge"))


async def test_an_archived_thread_opens_and_a_locked_one_does_not(fake: FakeDiscord, bot: Bot) -> None:
    (guild,) = fake.world.guilds.values()
    thread = fake.add_channel(guild, "thread", THREAD)
    thread.archived = True
    assert isinstance(await bot.chat.messenger.send(delivery(to_channel(thread))), Sent)
    assert not thread.archived
    thread.locked = True
    outcome = await bot.chat.messenger.send(delivery(to_channel(thread), key="next"))
    assert outcome == Refused(reason="The thread is locked.", gone=True)


async def test_an_edit_opens_an_archived_thread(fake: FakeDiscord, bot: Bot) -> None:
    (guild,) = fake.world.guilds.values()
    thread = fake.add_channel(guild, "thread", THREAD)
    sent = delivery(to_channel(thread))
    outcome = await bot.chat.messenger.send(sent)
    assert isinstance(outcome, Sent)
    thread.archived = True
    edit = edit_of(sent, BARE, "2", NOW)
    assert await bot.chat.messenger.edit(edit, replace(outcome.receipt)) == outcome
    assert not thread.archived
    thread.archived = thread.locked = True
    assert isinstance(await bot.chat.messenger.edit(edit, outcome.receipt), Refused)


# --- forums ----------------------------------------------------------------------------------------------------------

TAGS = (("Rules", True), ("World", False), ("Japan", False))


def forum_in(fake: FakeDiscord, **more: Any) -> Channel:
    guild = fake.add_guild("Academy", ())
    forum = fake.add_channel(guild, "forum", FORUM)
    for name, value in more.items():
        setattr(forum, name, value)
    return forum


def threads_of(fake: FakeDiscord, forum: Channel) -> list[Channel]:
    return [channel for channel in fake.world.channels.values() if channel.parent == forum.id]


@pytest.mark.parametrize("style", ["cards", "embeds"])
async def test_a_digest_in_a_forum_is_a_thread_of_its_own(fake: FakeDiscord, style: Any) -> None:
    forum = forum_in(fake)
    parts = [replace(delivery(to_channel(forum), key=f"sub@slot:{n}"), part=n, parts=3) for n in range(3)]
    async with running(fake) as bot:
        bot.styles.chosen[forum.guild_id] = style
        first, second = [await bot.chat.messenger.send(part) for part in parts[:2]]
        assert isinstance(await bot.chat.messenger.send(delivery(to_channel(forum), key="sub@next:0")), Sent)
    assert isinstance(first, Sent)
    assert isinstance(second, Sent)
    thread, following = threads_of(fake, forum)
    assert (thread.name, len(thread.messages), len(following.messages)) == ("Digest", 2, 1)
    thread.archived = True
    async with running(fake) as later:  # nothing is remembered: it is found by its key
        later.styles.chosen[forum.guild_id] = style
        assert await later.chat.messenger.find(parts[0]) == first.receipt
        assert await later.chat.messenger.find(parts[1]) == second.receipt
        assert await later.chat.messenger.find(parts[2]) is None
        assert isinstance(await later.chat.messenger.send(parts[2]), Sent)
        edit = edit_of(parts[1], BARE, "2", NOW)
        assert await later.chat.messenger.edit(edit, second.receipt) == second
        assert await later.chat.messenger.find(delivery(to_channel(forum), key="sub@never:0")) is None
    assert len(thread.messages) == 3


@pytest.mark.parametrize("fault", [{"status": 403, "code": 0, "effect": True}, {"reset": True, "effect": True}])
async def test_a_threads_lost_answer_is_looked_up(fake: FakeDiscord, fault: dict[str, Any]) -> None:
    forum = forum_in(fake)
    wanted = delivery(to_channel(forum), key="sub@slot:0")
    async with running(fake) as bot:
        fake.fail_next("create_thread", **fault)
        assert not isinstance(await bot.chat.messenger.send(wanted), Sent)
    async with running(fake) as later:
        assert await later.chat.messenger.find(wanted) is not None


@pytest.mark.parametrize(
    ("tags", "heading", "applied"),
    [(TAGS, "Digest", ("2",)), (TAGS, "Japan, weekly", ("3",)), (TAGS[2:], "Digest", ("1",))],
)
async def test_a_forum_that_requires_a_tag_gets_one(
    fake: FakeDiscord, tags: Any, heading: str, applied: tuple[str, ...]
) -> None:
    forum = forum_in(fake, tags=tags, tag_required=True)
    wanted = delivery(to_channel(forum), replace(RICH, heading=heading))
    async with running(fake) as bot:
        assert isinstance(await bot.chat.messenger.send(wanted), Sent)
    (thread,) = threads_of(fake, forum)
    assert thread.applied == applied


async def test_a_forum_whose_tags_are_the_moderators_takes_nothing(fake: FakeDiscord) -> None:
    forum = forum_in(fake, tags=TAGS[:1], tag_required=True)
    async with running(fake) as bot:
        outcome = await bot.chat.messenger.send(delivery(to_channel(forum)))
    assert isinstance(outcome, Refused)
    assert outcome.gone
    assert "requires a tag" in outcome.reason


# --- announcement channels -------------------------------------------------------------------------------------------


async def test_announcements_are_published_at_most_ten_an_hour(fake: FakeDiscord) -> None:
    guild = fake.add_guild("Academy", ())
    news = fake.add_channel(guild, "news", NEWS)
    async with running(fake) as bot:
        for n in range(12):
            assert isinstance(await bot.chat.messenger.send(delivery(to_channel(news), key=str(n))), Sent)
    assert len(news.messages) == 12
    assert news.published == [message["id"] for message in news.messages[:10]]
    assert len([one for one in fake.requests if one.operation == "crosspost_message"]) == 10


async def test_an_announcement_that_was_not_published_is_when_it_is_found(fake: FakeDiscord) -> None:
    guild = fake.add_guild("Academy", ())
    news = fake.add_channel(guild, "news", NEWS)
    wanted = delivery(to_channel(news))
    async with running(fake) as bot:
        fake.fail_next("crosspost_message", status=403, code=50013)
        assert isinstance(await bot.chat.messenger.send(wanted), Sent)
        assert news.published == []
        for _ in range(2):
            assert await bot.chat.messenger.find(wanted) is not None
    assert len(news.published) == 1
    assert len([one for one in fake.requests if one.operation == "crosspost_message"]) == 2


@pytest.mark.parametrize("code", [20016, 20028, 20029])
async def test_slow_mode_is_waited_for(fake: FakeDiscord, bot: Bot, channel: Channel, code: int) -> None:
    fake.fail_next("create_message", status=400, code=code)
    outcome = await bot.chat.messenger.send(delivery(to_channel(channel)))
    assert isinstance(outcome, TryLater)
    assert outcome.after == timedelta(minutes=1)


# --- edits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["cards", "embeds"])
async def test_an_edit_changes_the_message_and_keeps_its_key(
    fake: FakeDiscord, bot: Bot, channel: Channel, style: Any
) -> None:
    bot.styles.chosen[channel.guild_id] = style
    sent = delivery(to_channel(channel))
    outcome = await bot.chat.messenger.send(sent)
    assert isinstance(outcome, Sent)
    bot.styles.chosen[channel.guild_id] = "cards" if style == "embeds" else "embeds"  # the look was changed in between
    edit = edit_of(sent, replace(RICH, heading="CORRECTED"), "2", NOW)
    for _ in range(2):
        assert await bot.chat.messenger.edit(edit, outcome.receipt) == outcome
    (message,) = fake.messages(channel.id)
    assert text_of(message).splitlines()[0].endswith("CORRECTED")
    assert message["edited_timestamp"]
    assert await bot.chat.messenger.find(sent) == outcome.receipt
    for body in fake.bodies("update_message"):
        assert body["allowed_mentions"] == {"parse": []}


async def test_an_edit_that_cannot_be_made(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    user = fake.add_user()
    sent = delivery(to_user(user))
    outcome = await bot.chat.messenger.send(sent)
    assert isinstance(outcome, Sent)
    edit = edit_of(sent, BARE, "2", NOW)
    user.dms_open = False  # what stands there can be changed all the same
    assert isinstance(await bot.chat.messenger.edit(edit, outcome.receipt), Sent)
    fake.fail_next("update_message", status=400, code=30046)
    assert isinstance(await bot.chat.messenger.edit(edit, outcome.receipt), TryLater)
    fake.fail_next("update_message", reset=True, effect=True)
    assert isinstance(await bot.chat.messenger.edit(edit, outcome.receipt), Uncertain)
    fake.dms(user).clear()
    fake.world.dm_with(user).messages.clear()
    assert await bot.chat.messenger.edit(edit, outcome.receipt) == Refused(reason="The message is no longer there.")


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"deleted": True}, "no longer exists"),
        ({"access": False}, "View Channel"),
        ({"writable": False}, "Send Messages"),
    ],
)
async def test_a_target_that_is_gone(
    fake: FakeDiscord, bot: Bot, channel: Channel, change: dict[str, bool], words: str
) -> None:
    for name, value in change.items():
        setattr(channel, name, value)
    outcome = await bot.chat.messenger.send(delivery(to_channel(channel)))
    assert isinstance(outcome, Refused)
    assert outcome.gone
    assert words in outcome.reason


async def test_closed_direct_messages(fake: FakeDiscord, bot: Bot) -> None:
    outcome = await bot.chat.messenger.send(delivery(to_user(fake.add_user(dms_open=False))))
    assert isinstance(outcome, Refused)
    assert outcome.gone
    assert "direct messages are closed" in outcome.reason


async def test_an_unknown_user(fake: FakeDiscord, bot: Bot) -> None:
    outcome = await bot.chat.messenger.send(delivery(Target(kind="dm", id="123")))
    assert isinstance(outcome, Refused)
    assert outcome.gone


async def test_automod(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    channel.automod = ("A story",)
    outcome = await bot.chat.messenger.send(delivery(to_channel(channel)))
    assert outcome == Refused(reason="The server's AutoMod blocked the message.")


@pytest.mark.parametrize(
    ("status", "code", "kind", "gone"),
    [
        (400, 50035, Refused, False),
        (403, 0, Refused, True),
        (403, 50278, Refused, True),
        (404, 0, TryLater, False),
        (401, 0, TryLater, False),
        (400, 20028, TryLater, False),
        (400, 40003, TryLater, False),
        (503, 130000, Uncertain, False),
        (503, 0, Uncertain, False),
    ],
)
async def test_other_answers(
    fake: FakeDiscord, bot: Bot, channel: Channel, status: int, code: int, kind: type, gone: bool
) -> None:
    fake.fail_next("create_message", status=status, code=code)
    outcome = await bot.chat.messenger.send(delivery(to_channel(channel)))
    assert type(outcome) is kind
    assert getattr(outcome, "gone", False) == gone


# --- rate limits -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_short_limit_is_waited_for(fake: FakeDiscord, bot: Bot, channel: Channel, everywhere: bool) -> None:
    fake.fail_next("create_message", status=429, retry_after=0.05, everywhere=everywhere, times=2)
    assert isinstance(await bot.chat.messenger.send(delivery(to_channel(channel))), Sent)
    assert len(fake.bodies("create_message")) == 3


async def test_a_bucket_is_respected(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    fake.limit("create_message", 2, 0.3)
    for n in range(5):
        assert isinstance(await bot.chat.messenger.send(delivery(to_channel(channel), key=str(n))), Sent)
    assert [one.status for one in fake.requests if one.operation == "create_message"] == [200] * 5


async def test_an_hour_long_limit_is_an_outcome(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    fake.fail_next("create_message", status=429, retry_after=3600)
    outcome = await bot.chat.messenger.send(delivery(to_channel(channel)))
    assert outcome == TryLater(reason="Discord asked to wait.", after=timedelta(hours=1))


async def test_a_ban_by_what_stands_before_discord(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    fake.fail_next("create_message", status=429, retry_after=899.5, via=False)
    outcome = await bot.chat.messenger.send(delivery(to_channel(channel)))
    assert outcome == TryLater(reason="Discord asked to wait.", after=timedelta(minutes=15))


# --- lost answers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("effect", [False, True])
@pytest.mark.parametrize("fault", [{"status": 503}, {"reset": True}])
async def test_a_lost_answer_is_uncertain_and_can_be_looked_up(
    fake: FakeDiscord, bot: Bot, channel: Channel, fault: dict[str, Any], effect: bool
) -> None:
    fake.fail_next("create_message", effect=effect, **fault)
    wanted = delivery(to_channel(channel))
    assert isinstance(await bot.chat.messenger.send(wanted), Uncertain)
    assert (await bot.chat.messenger.find(wanted) is not None) == effect
    assert isinstance(await bot.chat.messenger.send(wanted), Sent)
    assert len(fake.messages(channel.id)) == 1


async def test_what_discord_py_retries_is_not_posted_twice(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    fake.fail_next("create_message", status=502, effect=True)
    assert isinstance(await bot.chat.messenger.send(delivery(to_channel(channel))), Sent)
    assert len(fake.messages(channel.id)) == 1


async def test_an_answer_that_does_not_come_is_uncertain(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    fake.fail_next("create_message", delay=60)
    assert isinstance(await bot.chat.messenger.send(delivery(to_channel(channel))), Uncertain)


async def test_failing_before_the_message_is_certain(fake: FakeDiscord, bot: Bot) -> None:
    fake.fail_next("create_dm", reset=True)
    assert isinstance(await bot.chat.messenger.send(delivery(to_user(fake.add_user()))), TryLater)


async def test_no_connection_means_later(fake: FakeDiscord) -> None:
    fake.add_guild()
    async with running(fake) as bot:
        messenger = bot.chat.messenger
        (guild,) = fake.world.guilds.values()
        await fake.stop()
        outcome = await messenger.send(delivery(to_channel(fake.channel(guild))))
        assert outcome == TryLater(reason="Discord could not be reached.")
    assert await messenger.send(delivery(to_channel(fake.channel(guild)))) == TryLater(
        reason="Discord is not connected."
    )


def test_pages_are_those_of_the_renderer() -> None:
    post = Post(heading="h", items=tuple(PostItem(title=str(n), points=("word " * 90,)) for n in range(30)))
    parts = DiscordMessenger(ChosenStyles(), MadeWebhooks(preferences=MemoryPreferences())).pages(post)
    assert len(parts) > 1
    assert tuple(item for part in parts for item in part.items) == post.items


async def test_too_many_refusals_make_the_bot_quiet(fake: FakeDiscord, bot: Bot, channel: Channel) -> None:
    fake.fail_next("create_message", status=403, code=50013, times=10_000)
    for _ in range(LIMIT):
        await bot.chat.messenger.send(delivery(to_channel(channel)))
    outcome = await bot.chat.messenger.send(delivery(to_channel(channel)))
    assert isinstance(outcome, TryLater)
    assert len(fake.bodies("create_message")) == LIMIT
