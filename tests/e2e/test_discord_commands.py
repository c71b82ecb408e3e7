"""Commands and buttons with the real discord.py client over sockets."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.chat.commands import COMMANDS, Call, Command
from bot.chat.discord.client import DiscordChat
from bot.errors import ChatError, InputError, LoginRefused, StoreUnavailable
from bot.model import Button, Post, PostItem
from bot.service.faces import MadeWebhooks
from bot.storage.memory.preferences import MemoryPreferences
from tests.fakes.discord import EPHEMERAL, FakeDiscord, buttons_of, text_of
from tests.fakes.discord.rules import COMPONENTS_V2
from tests.fakes.discord.script import ChosenStyles, ScriptedAnswers, WrittenEvents, echo, options_for, running


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    """Every test ends with nothing that Discord would have refused, no missed deadline and no mention allowed."""
    async with FakeDiscord(ack_within=60) as server:
        yield server
    assert server.violations == []
    assert server.missed == []
    bodies = server.bodies("create_message", "execute_webhook", "update_original_webhook_message")
    bodies += [body["data"] for body in server.bodies("create_interaction_response") if body["type"] == 4]
    for body in bodies:
        assert body["allowed_mentions"] == {"parse": []}, body


SAMPLES: dict[str, Any] = {"text": "Borduria talks", "integer": 2, "boolean": True}


def sample_options(command: Command, channel_id: str) -> dict[str, Any]:
    """A value that Discord's client would let through for every option."""
    given: dict[str, Any] = {}
    for option in command.options:
        given[option.name] = SAMPLES.get(option.kind, channel_id)
        if option.kind == "integer":
            given[option.name] = max(2, option.minimum or 0)
        if option.choices:
            given[option.name] = option.choices[0]
    return given


@pytest.mark.parametrize("style", ["cards", "embeds"])
async def test_every_command_makes_its_round_trip(fake: FakeDiscord, style: Any) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    channel = fake.channel(guild)
    async with running(fake) as bot:
        bot.styles.chosen[guild.id] = style
        for command in COMMANDS:
            options = sample_options(command, channel.id)
            used = await fake.slash(guild, channel, user, command.name, options, manager=True)
            message = await used.wait_answer()
            call = bot.answers.calls[-1]
            assert call.command is command
            assert dict(call.options) == options
            assert (call.asker.guild_id, call.asker.channel_id, call.asker.user_id) == (guild.id, channel.id, user.id)
            assert call.asker.may_manage
            assert f"answer to {command.name}" in text_of(message)
            assert bool(message["flags"] & EPHEMERAL) == command.private
            assert bool(message["flags"] & COMPONENTS_V2) == (style == "cards")


async def test_commands_work_in_direct_messages(fake: FakeDiscord) -> None:
    user = fake.add_user()
    async with running(fake) as bot:
        await (await fake.slash(None, None, user, "latest")).wait_answer()
        assert bot.answers.calls[-1].asker.guild_id is None
        refused = await fake.slash(None, None, user, "sources remove", {"source": "x"})
        assert "works only in a server" in text_of(await refused.wait_answer())
        assert len(bot.answers.calls) == 1


async def test_admin_commands_are_checked_again_when_run(fake: FakeDiscord) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    async with running(fake) as bot:
        used = await fake.slash(guild, fake.channel(guild), user, "sources remove", {"source": "x"}, manager=False)
        message = await used.wait_answer()
        assert "needs the Manage Server permission" in text_of(message)
        assert message["flags"] & EPHEMERAL
        assert bot.answers.calls == []


async def test_a_hundred_commands_at_once_are_all_acknowledged(fake: FakeDiscord) -> None:
    guild = fake.add_guild()
    channel, users = fake.channel(guild), [fake.add_user(f"reader{n}") for n in range(100)]
    async with running(fake) as bot:
        bot.answers.gate = asyncio.Event()
        used = [await fake.slash(guild, channel, user, "latest") for user in users]
        await asyncio.gather(*(one.wait_acknowledged() for one in used))
        assert [one.answer for one in used] == [None] * 100  # acknowledged, and nothing has been answered yet
        bot.answers.gate.set()
        for one in used:
            assert "answer to latest" in text_of(await one.wait_answer())
        assert len(bot.answers.calls) == 100


def _unavailable(call: Call) -> Post:
    raise StoreUnavailable("The disk is full; nothing was lost. Please try again later.")


def _broken(call: Call) -> Post:
    raise ZeroDivisionError("a defect")


@pytest.mark.parametrize(("script", "sentence"), [(_unavailable, "The disk is full"), (_broken, "on my side")])
@pytest.mark.parametrize("path", ["latest", "status"])
async def test_failures_are_told_to_the_asker_alone(fake: FakeDiscord, path: str, script: Any, sentence: str) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    channel = fake.channel(guild)
    async with running(fake, script) as bot:
        message = await (await fake.slash(guild, channel, user, path)).wait_answer()
        assert sentence in text_of(message)
        assert message["flags"] & EPHEMERAL
        assert fake.messages(channel.id) == []
        bot.answers.script = echo
        assert "answer to" in text_of(await (await fake.slash(guild, channel, user, path)).wait_answer())


async def test_a_private_answer_to_a_public_command_is_private(fake: FakeDiscord) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    channel = fake.channel(guild)
    async with running(fake, lambda call: replace(echo(call), private=True)):
        message = await (await fake.slash(guild, channel, user, "latest")).wait_answer()
        assert message["flags"] & EPHEMERAL
        assert fake.messages(channel.id) == []


async def test_a_long_answer_comes_in_parts(fake: FakeDiscord) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    items = tuple(PostItem(title=f"story {n}", points=("word " * 100,)) for n in range(20))
    async with running(fake, lambda call: Post(heading="long", items=items)):
        used = await fake.slash(guild, fake.channel(guild), user, "latest")
        messages = await used.wait_messages(3)
        shown = "\n".join(text_of(message) for message in messages)
        assert [shown.count(f"**story {n}**") for n in range(20)] == [1] * 20


def _paged(call: Call) -> Post:
    page = call.number("page", 1)
    buttons = (Button(label="Next", action=f"/latest page:{page + 1}"), Button(label="Story", action="/story 3"))
    return Post(heading=f"{call.command.name} page {page}", buttons=buttons)


@pytest.mark.parametrize("style", ["cards", "embeds"])
async def test_a_page_turns_in_place_also_after_a_restart(fake: FakeDiscord, style: Any) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    channel = fake.channel(guild)
    async with running(fake, _paged) as bot:
        bot.styles.chosen[guild.id] = style
        message = await (await fake.slash(guild, channel, user, "latest")).wait_answer()
    async with running(fake, _paged) as bot:
        for page in (2, 3):
            turn = next(button for button in buttons_of(message) if button["label"] == "Next")
            pressed = await fake.click(message, user, turn["custom_id"])
            assert (await pressed.wait_answer())["id"] == message["id"]
            assert f"latest page {page}" in text_of(message)
    assert len(fake.messages(channel.id)) == 1


async def test_other_peoples_presses_leave_the_message_alone(fake: FakeDiscord) -> None:
    guild, asker, other = fake.add_guild(), fake.add_user("asker"), fake.add_user("other")
    channel = fake.channel(guild)
    async with running(fake, _paged):
        message = await (await fake.slash(guild, channel, asker, "latest")).wait_answer()
        turn, story = (button["custom_id"] for button in buttons_of(message))
        copy = await (await fake.click(message, other, turn)).wait_answer()
        assert "latest page 2" in text_of(copy)
        assert copy["flags"] & EPHEMERAL
        answer = await (await fake.click(message, asker, story)).wait_answer()
        assert "story page 1" in text_of(answer)
        assert answer["flags"] & EPHEMERAL
        assert "latest page 1" in text_of(message)
        assert len(fake.messages(channel.id)) == 1


@pytest.mark.parametrize("custom_id", ["old:button", "c:/nosuch", "c:/story", "c:/story x", "p:", "k:|", "c:/settings"])
async def test_a_button_that_cannot_work_says_so(fake: FakeDiscord, custom_id: str) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    channel = fake.channel(guild)
    async with running(fake, _paged):
        message = await (await fake.slash(guild, channel, user, "latest")).wait_answer()
        answer = await (await fake.click(message, user, custom_id)).wait_answer()
        assert answer["flags"] & EPHEMERAL
        assert text_of(answer)


async def test_bad_options_are_refused_before_the_work(fake: FakeDiscord) -> None:
    guild, user = fake.add_guild(), fake.add_user()

    def picky(call: Call) -> Post:
        raise InputError("“Atlantis” is no country that I know. *Really*.")

    async with running(fake, picky):
        message = await (await fake.slash(guild, fake.channel(guild), user, "latest")).wait_answer()
        assert message["content"] == "“Atlantis” is no country that I know. \\*Really\\*."


# --- a Discord that has its troubles ---------------------------------------------------------------------------------


@pytest.mark.parametrize("effect", [False, True])
@pytest.mark.parametrize("operation", ["create_interaction_response", "update_original_webhook_message"])
async def test_a_broken_connection_costs_nobody_an_answer(fake: FakeDiscord, operation: str, effect: bool) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    channel = fake.channel(guild)
    async with running(fake):
        fake.fail_next(operation, reset=True, effect=effect)
        used = await fake.slash(guild, channel, user, "latest")
        assert "answer to latest" in text_of(await used.wait_answer())
        assert len(fake.messages(channel.id)) == 1


@pytest.mark.parametrize(
    "fault", [{"reset": True, "times": 2}, {"status": 404, "code": 10062}, {"status": 403, "code": 50001}]
)
@pytest.mark.parametrize("operation", ["create_interaction_response", "update_original_webhook_message"])
async def test_one_failed_answer_does_not_end_the_bot(fake: FakeDiscord, operation: str, fault: dict[str, Any]) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    channel = fake.channel(guild)
    async with running(fake):
        ordered = fake.fail_next(operation, **fault)
        await fake.slash(guild, channel, user, "latest")
        async with asyncio.timeout(60):
            await ordered.hit.wait()
        assert "answer" in text_of(await (await fake.slash(guild, channel, user, "help")).wait_answer())


async def test_a_limited_answer_comes_later(fake: FakeDiscord) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    async with running(fake):
        fake.fail_next("update_original_webhook_message", status=429, retry_after=0.1, times=2)
        used = await fake.slash(guild, fake.channel(guild), user, "latest")
        assert "answer to latest" in text_of(await used.wait_answer())


async def test_commands_that_cannot_be_registered_stop_nothing(fake: FakeDiscord) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    async with running(fake):
        pass
    fake.fail_next("list_application_commands", status=503)
    async with running(fake):
        used = await fake.slash(guild, fake.channel(guild), user, "latest")
        assert "answer to latest" in text_of(await used.wait_answer())


async def test_a_command_that_discord_knows_in_an_older_form(fake: FakeDiscord) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    async with running(fake):
        fake.world.commands[0] = {**fake.world.commands[0], "name": "retired", "options": []}
        used = await fake.slash(guild, fake.channel(guild), user, "retired")
        assert "reload Discord" in text_of(await used.wait_answer())


# --- connection ------------------------------------------------------------------------------------------------------


async def test_commands_are_registered_once(fake: FakeDiscord) -> None:
    async with running(fake):
        assert {command["name"] for command in fake.world.commands} == {command.path[0] for command in COMMANDS}
    async with running(fake):
        pass
    assert len(fake.bodies("bulk_set_application_commands")) == 1
    fake.world.commands.pop()
    async with running(fake):
        pass
    assert len(fake.bodies("bulk_set_application_commands")) == 2


async def test_only_the_guilds_intent_is_asked_for(fake: FakeDiscord) -> None:
    async with running(fake) as bot:
        assert fake.gateway.identified[-1]["intents"] == 1
        assert bot.chat.invite_url is not None
        assert "scope=bot+applications.commands" in bot.chat.invite_url
        assert bot.chat.connected


@pytest.mark.parametrize("code", [4000, 1001, None])
async def test_a_lost_connection_is_resumed_and_misses_nothing(fake: FakeDiscord, code: int | None) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    channel = fake.channel(guild)
    async with running(fake):
        await fake.gateway.disconnect(code)
        missed = await fake.slash(guild, channel, user, "latest")
        assert "answer to latest" in text_of(await missed.wait_answer())
        assert len(fake.gateway.resumed) == 1
        assert len(fake.gateway.identified) == 1


async def test_an_invalid_session_identifies_anew(fake: FakeDiscord) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    async with running(fake):
        await fake.gateway.request_reconnect()
        async with asyncio.timeout(60):
            await fake.gateway.ready.wait()
        await fake.gateway.invalidate()
        async with asyncio.timeout(15):
            await fake.gateway.ready.wait()
        assert len(fake.gateway.identified) == 2
        assert "answer" in text_of(await (await fake.slash(guild, fake.channel(guild), user, "help")).wait_answer())


async def test_an_event_that_discord_py_cannot_read_does_not_end_the_bot(fake: FakeDiscord) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    async with running(fake):
        fake.gateway.ready.clear()
        await fake.gateway.dispatch("CHANNEL_CREATE", {"nonsense": True})
        async with asyncio.timeout(15):
            await fake.gateway.ready.wait()
        assert "answer" in text_of(await (await fake.slash(guild, fake.channel(guild), user, "help")).wait_answer())


async def test_servers_and_channels_come_and_go(fake: FakeDiscord) -> None:
    guild = fake.add_guild(channels=("general", "news"))
    async with running(fake) as bot:
        await bot.events.until("present", guild.id)
        other = await fake.join_guild()
        await bot.events.until("joined", other.id)
        await fake.delete_channel(fake.channel(guild, "news"))
        await bot.events.until("channel", fake.channel(guild, "news").id)
        await fake.remove_guild(other)
        await bot.events.until("removed", other.id)


NOTHING_MADE = MadeWebhooks(preferences=MemoryPreferences())


def unstarted(fake: FakeDiscord) -> DiscordChat:
    return DiscordChat(ScriptedAnswers(), WrittenEvents(), ChosenStyles(), NOTHING_MADE, options_for(fake))


async def test_a_wrong_token_is_said_in_a_sentence(fake: FakeDiscord) -> None:
    with pytest.raises(LoginRefused, match="Discord refused the token"):
        await unstarted(fake).start("not.the.token")


async def test_a_token_that_only_the_gateway_refuses_is_said_too(fake: FakeDiscord) -> None:
    fake.gateway.token = "changed.in.between"
    with pytest.raises(LoginRefused, match="no longer accepts the token"):
        await unstarted(fake).start(fake.token)


async def test_an_ended_connection_is_told_to_whoever_waits(fake: FakeDiscord) -> None:
    chat = unstarted(fake)
    await chat.start(fake.token)
    await fake.gateway.disconnect(4012)
    with pytest.raises(ChatError, match="4012"):
        await chat.wait()
    await chat.close()


async def test_discord_out_of_reach_is_an_error_that_may_pass() -> None:
    async with FakeDiscord() as gone:
        chat = unstarted(gone)
    with pytest.raises(ChatError) as caught:
        await chat.start(gone.token)
    assert caught.value.retryable


async def test_running_commands_end_before_the_bot_does(fake: FakeDiscord) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    channel = fake.channel(guild)
    async with running(fake) as bot:
        bot.answers.gate = asyncio.Event()
        running_one = await fake.slash(guild, channel, user, "latest")
        await running_one.wait_acknowledged()
        closing = asyncio.create_task(bot.chat.close())
        await asyncio.sleep(0)
        late = await fake.slash(guild, channel, user, "latest")
        assert "restarting" in text_of(await late.wait_answer())
        bot.answers.gate.set()
        await closing
        assert "answer to latest" in text_of(await running_one.wait_answer())


async def test_a_resume_goes_through_the_proxy_too(fake: FakeDiscord) -> None:
    guild, user = fake.add_guild(), fake.add_user()
    fake.gateway.url = lambda: "ws://127.0.0.1:1/elsewhere"
    async with running(fake):
        await fake.gateway.disconnect(4000)
        used = await fake.slash(guild, fake.channel(guild), user, "latest")
        assert "answer to latest" in text_of(await used.wait_answer())
        assert len(fake.gateway.resumed) == 1
