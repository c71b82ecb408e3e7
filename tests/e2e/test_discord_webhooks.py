"""Digests under a name of their own, over the real discord.py client: posted, found, edited, or the bot's own."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.discord.pages import pages
from bot.errors import ChatError
from bot.model import Delivery, Face, Post, PostItem, Target, edit_of
from bot.ports import Refused, SendOutcome, Sent, TryLater, Uncertain
from bot.service.faces import MadeWebhooks
from bot.storage.memory.preferences import MemoryPreferences
from tests.fakes.discord import Channel, FakeDiscord, text_of
from tests.fakes.discord.script import Bot, running
from tests.fakes.discord.world import FORUM, NEWS, THREAD

NOW = datetime(2026, 5, 20, 5, 5, tzinfo=UTC)
FACE = Face(name="Asia desk", picture="https://desk.example/face.png")
POST = Post(
    heading="Digest",
    items=(PostItem(title="A story", url="https://wire.example/a", number=3, points=("One.",)),),
    face=FACE,
)
OWN = "I post this under my own name"


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as server:
        yield server
    assert server.violations == []
    for body in server.bodies("create_message", "execute_webhook", "update_webhook_message"):
        assert body["allowed_mentions"] == {"parse": []}


@pytest.fixture
def channel(fake: FakeDiscord) -> Channel:
    place = fake.channel(fake.add_guild())
    place.webhooks = True
    return place


def to(channel: Channel, key: str = "sub:slot:0", post: Post = POST) -> Delivery:
    target = Target(kind="channel", id=channel.id, guild_id=channel.guild_id)
    return Delivery(
        key=key, owner_id="sub", slot_id="slot", part=0, parts=1, target=target, post=post, created=NOW, next_try=NOW
    )


def count(fake: FakeDiscord, operation: str) -> int:
    return len([one for one in fake.requests if one.operation == operation])


@pytest.mark.parametrize("style", ["cards", "embeds"])
async def test_it_stands_under_its_name_is_found_and_edited(fake: FakeDiscord, channel: Channel, style: Any) -> None:
    wanted = to(channel)
    async with running(fake) as bot:
        bot.styles.chosen[channel.guild_id] = style
        assert await bot.chat.messenger.find(wanted) is None
        outcome = await bot.chat.messenger.send(wanted)
        assert isinstance(await bot.chat.messenger.send(to(channel, "another")), Sent)
    assert isinstance(outcome, Sent)
    first, _ = fake.messages(channel.id)
    assert (first["author"]["username"], first["author"]["avatar"]) == (FACE.name, FACE.picture)
    assert "[A story](https://wire.example/a" in text_of(first)
    assert outcome.receipt.by == first["webhook_id"]
    assert (count(fake, "list_channel_webhooks"), count(fake, "create_webhook")) == (1, 1)
    async with running(fake) as later:
        assert await later.chat.messenger.find(wanted) == outcome.receipt
        later.styles.chosen[channel.guild_id] = "cards" if style == "embeds" else "embeds"
        edit = edit_of(wanted, replace(POST, heading="CORRECTED"), "2", NOW)
        for _ in range(2):
            assert await later.chat.messenger.edit(edit, outcome.receipt) == outcome
        assert await later.chat.messenger.find(wanted) == outcome.receipt
        assert isinstance(await later.chat.messenger.send(to(channel, "third")), Sent)
    assert "CORRECTED" in text_of(fake.messages(channel.id)[0])
    assert count(fake, "create_webhook") == 1  # the next life is told of it
    assert count(fake, "create_message") == 0


async def test_a_webhook_with_our_words_that_another_made_is_not_ours(fake: FakeDiscord, channel: Channel) -> None:
    stranger = fake.webhooks.add(channel, application="12345")
    async with running(fake) as bot:
        await bot.chat.messenger.send(to(channel))
        (message,) = channel.messages
        assert message["webhook_id"] != stranger.id  # nor is another's ever used
        for application in ({"application_id": "12345"}, {}):
            forged = {key: value for key, value in message.items() if key != "application_id"} | application
            channel.messages[0] = {**forged, "webhook_id": stranger.id}
            assert await bot.chat.messenger.find(to(channel)) is None


async def test_it_stands_in_a_thread_that_opens(fake: FakeDiscord, channel: Channel) -> None:
    (guild,) = fake.world.guilds.values()
    thread = fake.add_channel(guild, "thread", THREAD)
    thread.parent = channel.id
    async with running(fake) as bot:
        thread.archived = True
        outcome = await bot.chat.messenger.send(to(thread))
        assert isinstance(outcome, Sent)
        assert not thread.archived
        assert await bot.chat.messenger.find(to(thread)) == outcome.receipt
        thread.archived = True
        edit = edit_of(to(thread), replace(POST, heading="CORRECTED"), "2", NOW)
        assert await bot.chat.messenger.edit(edit, outcome.receipt) == outcome
    assert "CORRECTED" in text_of(thread.messages[0])
    assert channel.messages == []


async def test_it_begins_a_thread_in_a_forum(fake: FakeDiscord) -> None:
    forum = fake.add_channel(fake.add_guild("Academy", ()), "forum", FORUM)
    forum.webhooks, forum.tags, forum.tag_required = True, (("Rules", True), ("World", False)), True
    parts = [replace(to(forum, f"sub@slot:{n}"), part=n, parts=3) for n in range(3)]
    async with running(fake) as bot:
        first, second = [await bot.chat.messenger.send(part) for part in parts[:2]]
    assert isinstance(first, Sent)
    assert isinstance(second, Sent)
    (thread,) = [one for one in fake.world.channels.values() if one.parent == forum.id]
    assert (thread.name, thread.applied, len(thread.messages)) == ("Digest", ("2",), 2)
    async with running(fake) as later:  # nothing is remembered: it is found by its key
        assert await later.chat.messenger.find(parts[0]) == first.receipt
        assert await later.chat.messenger.find(parts[1]) == second.receipt
        assert isinstance(await later.chat.messenger.send(parts[2]), Sent)
        edit = edit_of(parts[1], replace(POST, heading="CORRECTED"), "2", NOW)
        assert await later.chat.messenger.edit(edit, second.receipt) == second
    assert [one["author"]["username"] for one in thread.messages] == [FACE.name] * 3


async def test_an_announcement_under_another_name_stands_unpublished_without_manage_messages(fake: FakeDiscord) -> None:
    news = fake.add_channel(fake.add_guild("Academy", ()), "news", NEWS)
    news.webhooks = True
    async with running(fake) as bot:
        assert isinstance(await bot.chat.messenger.send(to(news)), Sent)
    assert len(news.messages) == 1
    assert news.published == []


# --- in its place ----------------------------------------------------------------------------------------------------


async def test_without_leave_it_is_the_bots_own_and_says_so(fake: FakeDiscord, channel: Channel) -> None:
    channel.webhooks = False
    async with running(fake) as bot:
        assert "Manage Webhooks" in (bot.chat.messenger.faceless(to(channel).target) or "")
        outcome = await bot.chat.messenger.send(to(channel))
        assert count(fake, "list_channel_webhooks") == 0  # what the gateway told is enough
        channel.webhooks = True
    assert isinstance(outcome, Sent)
    assert outcome.receipt.by is None
    (message,) = fake.messages(channel.id)
    assert message["author"]["id"] == fake.world.bot.id
    assert f"{OWN}: I may not manage webhooks" in text_of(message)
    async with running(fake) as later:
        assert later.chat.messenger.faceless(to(channel).target) is None
        assert await later.chat.messenger.find(to(channel)) == outcome.receipt


async def test_leave_that_was_taken_just_now(fake: FakeDiscord, channel: Channel) -> None:
    async with running(fake) as bot:
        channel.webhooks = False
        assert isinstance(await bot.chat.messenger.send(to(channel)), Sent)
    assert OWN in text_of(fake.messages(channel.id)[0])


async def test_a_channel_that_is_full_of_webhooks(fake: FakeDiscord, channel: Channel) -> None:
    for _ in range(15):
        fake.webhooks.add(channel)
    async with running(fake) as bot:
        assert isinstance(await bot.chat.messenger.send(to(channel)), Sent)
    assert f"{OWN}: This channel has as many webhooks" in text_of(fake.messages(channel.id)[0])


async def test_a_name_that_discord_does_not_take(fake: FakeDiscord, channel: Channel) -> None:
    async with running(fake) as bot:
        post = replace(POST, face=Face(name="Discord desk"))
        assert isinstance(await bot.chat.messenger.send(to(channel, post=post)), Sent)
    assert f"{OWN}: Discord does not take that name" in text_of(fake.messages(channel.id)[0])


async def test_one_that_is_deleted_is_made_anew_once(fake: FakeDiscord, channel: Channel) -> None:
    async with running(fake) as bot:
        receipts = []
        for n in range(3):
            sent = await bot.chat.messenger.send(to(channel, str(n)))
            assert isinstance(sent, Sent)
            receipts.append(sent.receipt)
            fake.webhooks.all.clear()
        refused = await bot.chat.messenger.edit(edit_of(to(channel, "0"), POST, "2", NOW), receipts[0])
    assert isinstance(refused, Refused)
    assert not refused.gone
    assert count(fake, "create_webhook") == 2
    assert [one.get("webhook_id") is not None for one in fake.messages(channel.id)] == [True, True, False]
    assert f"{OWN}: My webhook in this channel was deleted, twice" in text_of(fake.messages(channel.id)[2])


async def test_a_restart_forgets_no_deletion(fake: FakeDiscord, channel: Channel) -> None:
    """Deleted while the bot runs or while it is away, over three lives: two were made in all."""
    kept = MemoryPreferences()
    for n in range(3):
        async with running(fake, kept=kept) as bot:
            assert isinstance(await bot.chat.messenger.send(to(channel, f"{n}")), Sent)
            fake.webhooks.all.clear()
            assert isinstance(await bot.chat.messenger.send(to(channel, f"{n} again")), Sent)
        fake.webhooks.all.clear()
    posed = [one.get("webhook_id") is not None for one in fake.messages(channel.id)]
    assert posed == [True, True, False, False, False, False]
    assert count(fake, "create_webhook") == 2


async def test_asking_for_a_name_anew_makes_it_again(fake: FakeDiscord, channel: Channel) -> None:
    kept, guild = MemoryPreferences(), channel.guild_id or ""
    made = MadeWebhooks(preferences=kept)
    await kept.put("guild", guild, {"zone": "Asia/Tokyo", "webhooks": {channel.id: 2}})
    async with running(fake, kept=kept) as bot:
        assert isinstance(await bot.chat.messenger.send(to(channel, "before")), Sent)
        await made.forgive(guild)
        assert isinstance(await bot.chat.messenger.send(to(channel, "after")), Sent)
    assert [one.get("webhook_id") is not None for one in fake.messages(channel.id)] == [False, True]
    assert await kept.get("guild", guild) == {"zone": "Asia/Tokyo", "webhooks": {channel.id: 1}}


async def test_one_deletion_met_by_two_messages_counts_once(fake: FakeDiscord, channel: Channel) -> None:
    kept = MemoryPreferences()
    async with running(fake, kept=kept) as bot:
        assert isinstance(await bot.chat.messenger.send(to(channel)), Sent)
        fake.webhooks.all.clear()
        await asyncio.gather(*[bot.chat.messenger.send(to(channel, key)) for key in ("one", "two")])
    assert all(one.get("webhook_id") is not None for one in fake.messages(channel.id))
    assert count(fake, "create_webhook") == 2


def test_a_full_message_has_room_for_the_excuse() -> None:
    items = tuple(PostItem(title=f"Story {n}", points=("word " * 100,)) for n in range(30))
    for part in pages(replace(POST, items=items, footer="f" * 500)):
        assert len(pages(replace(part, face=None, footer=f"{part.footer or ''} {'x' * 150}"))) == 1


# --- faults ----------------------------------------------------------------------------------------------------------


async def sent_after(bot: Bot, wanted: Delivery, outcome: SendOutcome) -> None:
    """What the outbox does with an uncertain one: it looks before it sends again."""
    assert isinstance(outcome, Uncertain)
    if await bot.chat.messenger.find(wanted) is None:
        assert isinstance(await bot.chat.messenger.send(wanted), Sent)


@pytest.mark.parametrize("effect", [False, True])
@pytest.mark.parametrize("fault", [{"status": 502}, {"status": 503}, {"reset": True}])
async def test_a_lost_answer_is_looked_up_and_nothing_stands_twice(
    fake: FakeDiscord, channel: Channel, fault: dict[str, Any], effect: bool
) -> None:
    """Also where discord.py repeats by itself (502): there is no nonce to keep that from posting twice."""
    async with running(fake) as bot:
        fake.fail_next("execute_webhook", effect=effect, **fault)
        outcome = await bot.chat.messenger.send(to(channel))
        await sent_after(bot, to(channel), outcome)
    assert len(fake.messages(channel.id)) == 1


async def test_an_answer_that_does_not_come_is_uncertain(fake: FakeDiscord, channel: Channel) -> None:
    async with running(fake) as bot:
        fake.fail_next("execute_webhook", delay=60)
        await sent_after(bot, to(channel), await bot.chat.messenger.send(to(channel)))
    assert len(fake.messages(channel.id)) == 1


async def test_an_unreadable_history_says_nothing(fake: FakeDiscord, channel: Channel) -> None:
    """The outbox then sends it again, marked as one that may be a repeat: at least once."""
    channel.readable = False
    async with running(fake) as bot:
        fake.fail_next("execute_webhook", status=503, effect=True)
        assert isinstance(await bot.chat.messenger.send(to(channel)), Uncertain)
        with pytest.raises(ChatError) as caught:
            await bot.chat.messenger.find(to(channel))
    assert not caught.value.retryable
    assert len(channel.messages) == 1


@pytest.mark.parametrize(
    ("fault", "after"),
    [
        ({"retry_after": 1800}, timedelta(seconds=1801)),
        ({"retry_after": 0.5, "everywhere": True}, timedelta(seconds=1)),
        ({"retry_after": 899.5, "via": False}, timedelta(seconds=900)),
    ],
)
async def test_a_limit_is_waited_for_by_the_outbox(
    fake: FakeDiscord, channel: Channel, fault: dict[str, Any], after: timedelta
) -> None:
    async with running(fake) as bot:
        fake.fail_next("execute_webhook", status=429, **fault)
        outcome = await bot.chat.messenger.send(to(channel))
    assert outcome == TryLater(reason="Discord asked to wait.", after=after)
    assert channel.messages == []


@pytest.mark.parametrize(
    ("operation", "fault"), [("list_channel_webhooks", {"status": 503}), ("create_webhook", {"reset": True})]
)
async def test_failing_before_the_message_is_certain(
    fake: FakeDiscord, channel: Channel, operation: str, fault: dict[str, Any]
) -> None:
    async with running(fake) as bot:
        fake.fail_next(operation, **fault)
        assert isinstance(await bot.chat.messenger.send(to(channel)), TryLater)
        assert isinstance(await bot.chat.messenger.send(to(channel)), Sent)
    assert len(fake.messages(channel.id)) == 1


async def test_a_webhook_whose_making_was_not_told_is_used(fake: FakeDiscord, channel: Channel) -> None:
    async with running(fake) as bot:
        fake.fail_next("create_webhook", reset=True, effect=True)
        assert isinstance(await bot.chat.messenger.send(to(channel)), TryLater)
        assert isinstance(await bot.chat.messenger.send(to(channel)), Sent)
    assert count(fake, "create_webhook") == 1


@pytest.mark.parametrize(
    ("change", "words"), [({"deleted": True}, "no longer exists"), ({"automod": ("A story",)}, "AutoMod")]
)
async def test_refusals(fake: FakeDiscord, channel: Channel, change: dict[str, Any], words: str) -> None:
    async with running(fake) as bot:
        before = to(channel, "before", Post(heading="Before", face=FACE))
        assert isinstance(await bot.chat.messenger.send(before), Sent)
        for name, value in change.items():
            setattr(channel, name, value)
        outcome = await bot.chat.messenger.send(to(channel))
    assert isinstance(outcome, Refused)
    assert words in outcome.reason


async def test_the_token_is_in_no_log_and_no_word(
    fake: FakeDiscord, channel: Channel, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async with running(fake) as bot:
        with caplog.at_level("WARNING"):
            outcomes = [await bot.chat.messenger.send(to(channel))]
            for fault in ({"status": 429, "retry_after": 60}, {"status": 500}, {"status": 400}, {"reset": True}):
                fake.fail_next("execute_webhook", **fault)
                outcomes.append(await bot.chat.messenger.send(to(channel)))
        hooks = repr(bot.chat.messenger._hooks)
    (hook,) = fake.webhooks.all.values()
    said = capfd.readouterr()
    assert hook.token not in repr(outcomes) + said.out + said.err + caplog.text + hooks
    assert len(outcomes) == 5
