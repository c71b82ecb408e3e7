"""Digests over a Discord of sockets, with the whole bot: set up by command, posted, corrected where they stand."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.bootstrap import App
from bot.model import Change, Member, Story
from bot.ports import Intake
from bot.service.delivering import MAY_REPEAT
from tests.contract.store_samples import at
from tests.e2e.test_alerts import publish, settings_for
from tests.e2e.test_run import bot_at
from tests.fakes.desk import TurnedClock
from tests.fakes.discord import Channel, FakeDiscord, Guild, User, buttons_of, text_of
from tests.fakes.discord.world import FORUM, THREAD

NAME = "Asia desk"


async def manage(fake: FakeDiscord, guild: Guild | None, user: User, path: str, **options: Any) -> str:
    channel = next(iter(guild.channels.values())) if guild else None
    used = await fake.slash(guild, channel, user, path, options, manager=True)
    return text_of(await used.wait_answer())


async def put_right(app: App, told: Story, was: str, now: str, hours: float) -> Story:
    """The outlet changes a figure in its article."""
    before = await app.store.story(told.id)
    assert before is not None
    (found,) = await app.store.readings([before.members[0].article_id])
    changed = replace(found, article=replace(found.article, text=f"Envoys met over {now} things.\n\n"))
    member = Member(
        article_id=found.article.id, source_id=found.article.source_id, relation="updates", of=found.article.id,
        changes=(Change(was=f"{was} things", now=f"{now} things"),), when=at(hours),
    )  # fmt: skip
    grown = replace(before, members=(member,), version=before.version + 1, last_change=at(hours))
    return await app.store.take_in(Intake(entry=None, reading=changed, story=grown))


def places(fake: FakeDiscord, guild: Guild) -> dict[str, Channel]:
    """A channel, a thread in it and a forum; and the first and the last under another name."""
    text = fake.channel(guild)
    thread, forum = fake.add_channel(guild, "thread", THREAD), fake.add_channel(guild, "forum", FORUM)
    thread.parent = text.id
    text.webhooks = forum.webhooks = True
    return {"channel": text, "thread": thread, "forum": forum, "named": text, "named forum": forum}


def standing(fake: FakeDiscord, guild: Guild) -> list[dict[str, Any]]:
    """All messages of the server's channels and threads."""
    channels = [one for one in fake.world.channels.values() if one.guild_id == guild.id]
    return [message for channel in channels for message in channel.messages if "interaction_metadata" not in message]


def named(message: dict[str, Any]) -> str:
    """Which of the digests it is."""
    return text_of(message).splitlines()[0].removeprefix("## ").strip()


async def sweep(app: App) -> None:
    await app.corrector.sweep()
    await app.deliverer.deliver()


async def test_a_correction_is_made_where_each_digest_stands(tmp_path: Path) -> None:
    """Cards and embeds; in a channel, a thread that was archived since and a forum's post; ours and under a name."""
    clock = TurnedClock()
    async with FakeDiscord() as fake:
        user = fake.add_user()
        guilds = {style: fake.add_guild(style) for style in ("cards", "embeds")}
        targets = {style: places(fake, guild) for style, guild in guilds.items()}
        settings = settings_for(fake, tmp_path)
        async with bot_at(fake, settings, clock=clock) as app:
            tea = await publish(app, "tea", hours=-0.2)
            await publish(app, "salt", hours=-0.1)
            for style, guild in guilds.items():
                await manage(fake, guild, user, "settings", style=style)
                for name, target in targets[style].items():
                    face = {"post_as": NAME} if name.startswith("named") else {}
                    said = await manage(
                        fake, guild, user, "digest schedule", times="08:00", channel=target.id, name=name, **face
                    )
                    assert f"Digest “{name}” is set up" in said
                    assert (f"posted as “{NAME}”" in said) == bool(face)
                    assert "2 stories sent" in await manage(fake, guild, user, "digest now", name=name)
        before = {style: {named(m): text_of(m) for m in standing(fake, guild)} for style, guild in guilds.items()}
        clock.turn(timedelta(hours=1))
        async with bot_at(fake, settings, clock=clock) as app:  # a later life, which remembers nothing
            await put_right(app, tea, "6", "7", 0.9)
            for style in guilds:
                targets[style]["thread"].archived = True
            await sweep(app)
            await sweep(app)
        for style, guild in guilds.items():
            messages = standing(fake, guild)
            assert {named(message) for message in messages} == set(before[style]) == set(targets[style])
            assert len(messages) == len(targets[style])
            for message in messages:
                said = text_of(message)
                assert "Changed: “6 things” is now “7 things”." in said
                assert "Envoys meet over salt" in said
                assert message["edited_timestamp"]
                assert bool(message["components"][0]["type"] == 17) == (style == "cards")
                ours = message["author"]["id"] == fake.world.bot.id
                assert (ours, message["author"]["username"] == NAME) == (
                    not named(message).startswith("named"), named(message).startswith("named")
                )  # fmt: skip
        edits = [one for one in fake.requests if one.operation in ("update_message", "update_webhook_message")]
        assert len([one for one in edits if one.status == 200]) == 10
        clock.turn(timedelta(hours=1))
        async with bot_at(fake, settings, clock=clock) as app:
            await put_right(app, tea, "7", "8", 1.9)
            await sweep(app)
            assert "1 story sent" in await manage(fake, guilds["cards"], user, "digest now", name="channel")
        first, *_, last = [m for m in standing(fake, guilds["cards"]) if named(m) == "channel"]
        assert "“7 things” is now “8 things”" in text_of(first)
        assert "1 correction of what was told before" in text_of(last)
        assert fake.violations == []


async def test_under_another_name_buttons_work_and_a_repeat_says_that_it_may_be_one(tmp_path: Path) -> None:
    """Where the bot may not read what stands in the channel: at least once, and marked."""
    clock = TurnedClock()
    async with FakeDiscord() as fake:
        guild, user = fake.add_guild(), fake.add_user()
        channel = fake.channel(guild)
        channel.webhooks, channel.readable = True, False
        async with bot_at(fake, settings_for(fake, tmp_path), clock=clock) as app:
            await manage(fake, guild, user, "digest schedule", times="08:00", name="Brief", post_as=NAME)
            tea = await publish(app, "tea", hours=-0.2)
            fake.fail_next("execute_webhook", status=503, effect=True)
            await manage(fake, guild, user, "digest now", name="Brief")
            assert len(standing(fake, guild)) == 1
            clock.turn(timedelta(minutes=2))
            await app.deliverer.deliver()
            first, second = standing(fake, guild)
            assert MAY_REPEAT not in text_of(first)
            assert MAY_REPEAT in text_of(second)
            assert [one["author"]["username"] for one in (first, second)] == [NAME, NAME]
            more = next(one for one in buttons_of(second) if one["label"] == "More")
            answer = await (await fake.click(second, user, more["custom_id"], guild)).wait_answer()
            assert f"Story {tea.number}" in text_of(answer)
        assert fake.violations == []


async def test_a_webhook_deleted_twice_comes_back_when_somebody_asks_for_the_name(tmp_path: Path) -> None:
    """Through lives of the whole bot, each with a new digest of the same channel."""
    clock = TurnedClock()
    async with FakeDiscord() as fake:
        guild, user = fake.add_guild(), fake.add_user()
        fake.channel(guild).webhooks = True
        settings = settings_for(fake, tmp_path)
        for life in range(3):
            async with bot_at(fake, settings, clock=clock) as app:
                if not life:
                    await manage(fake, guild, user, "digest schedule", times="08:00", name="Brief", post_as=NAME)
                await publish(app, f"{life}", hours=-0.1)
                await manage(fake, guild, user, "digest now", name="Brief")
                fake.webhooks.all.clear()
            clock.turn(timedelta(minutes=5))
        async with bot_at(fake, settings, clock=clock) as app:
            await manage(fake, guild, user, "digest edit", name="Brief", post_as=NAME)
            await publish(app, "asked", hours=-0.1)
            await manage(fake, guild, user, "digest now", name="Brief")
        worn = [message["author"]["username"] == NAME for message in standing(fake, guild)]
        assert worn == [True, True, False, True]
        assert fake.violations == []


async def test_a_name_of_its_own_in_words(tmp_path: Path) -> None:
    async with FakeDiscord() as fake:
        guild, user = fake.add_guild(), fake.add_user()
        async with bot_at(fake, settings_for(fake, tmp_path), clock=TurnedClock()) as app:
            picture = "https://desk.example/face.png"
            said = await manage(
                fake, guild, user, "digest schedule", times="08:00", name="Brief", post_as=NAME, picture=picture
            )
            assert "posted under my own name. I may not manage webhooks in this channel." in said
            await publish(app, "tea", hours=-0.2)
            await manage(fake, guild, user, "digest now", name="Brief")
            assert "I post this under my own name" in text_of(standing(fake, guild)[0])
            assert "my own name" not in await manage(fake, guild, user, "digest edit", name="Brief", post_as="-")
            (digest,) = await app.subscriptions.digests(guild.id)
            assert digest.face is None
            for options, words in (
                ({"post_as": "The Discord desk"}, "Discord allows no"),
                ({"post_as": "x" * 81}, "at most 80 characters"),
                ({"picture": picture}, "needs a name beside it"),
                ({"post_as": NAME, "picture": "http://desk.example/"}, "https address"),
            ):
                assert words in await manage(fake, guild, user, "digest edit", name="Brief", **options)
            own = await manage(fake, None, user, "digest schedule", times="08:00", post_as=NAME)
            assert "Only a digest in a server's channel" in own
        assert fake.violations == []
