"""Alerts over a Discord of sockets, with the real client: confirmed, told, edited where they stand, silenced."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.bootstrap import App
from bot.config import Settings, parse
from bot.model import Story
from bot.ports import Intake, Reading
from tests.contract.store_samples import at, member, reading, story
from tests.e2e.test_run import bot_at
from tests.fakes.desk import TurnedClock
from tests.fakes.discord import EPHEMERAL, FakeDiscord, Guild, User, buttons_of, text_of

OUTLETS = ("https://a.example/feed", "https://b.example/feed")


def settings_for(fake: FakeDiscord, folder: Path) -> Settings:
    return parse(
        {
            "store": {"url": f"sqlite:///{folder / 'store.sqlite'}"},
            "discord": {"api_url": fake.api_url, "gateway_url": fake.gateway_url},
            "sources": [{"url": url, "name": url[8], "shared": True} for url in OUTLETS],
        }
    )


async def publish(app: App, key: str, *, hours: float, outlet: int = 0, joins: Story | None = None) -> Story:
    """An article of an outlet, which starts a story or joins one."""
    own = sorted(await app.store.sources(), key=lambda source: source.url)[outlet]
    made: Reading = reading(
        key, of=own.id, hours=hours, title=f"Envoys meet over {key}", text=f"Envoys met over {key}.\n\n",
        actors=("JPN", "USA"), events=("CONSULT",),
    )  # fmt: skip
    told = story(f"s-{key}", made, changed=hours)
    if joins is not None:
        told = replace(joins, members=(*joins.members, member(made)), version=joins.version + 1, last_change=at(hours))
    return await app.store.take_in(Intake(entry=None, reading=made, story=told))


async def work(app: App) -> None:
    """What the jobs do, without the pause between direct messages: deliver, look, deliver."""
    deliverer = replace(app.deliverer, between=timedelta(0))
    await deliverer.deliver()
    await app.alerter.sweep()
    await deliverer.deliver()


async def ask(fake: FakeDiscord, guild: Guild | None, user: User, path: str, **options: Any) -> list[str]:
    channel = fake.channel(guild) if guild else None
    used = await fake.slash(guild, channel, user, path, options)
    await used.wait_answer()
    return [text_of(message) for message in used.answers]


async def press(fake: FakeDiscord, message: dict[str, Any], user: User, label: str) -> str:
    button = next(one for one in buttons_of(message) if one["label"] == label)
    answer = await (await fake.click(message, user, button["custom_id"])).wait_answer()
    assert answer["flags"] & EPHEMERAL
    return text_of(answer)


async def test_an_alert_from_its_command_to_silence_over_restarts(tmp_path: Path) -> None:
    clock = TurnedClock()
    async with FakeDiscord() as fake:
        guild, user, stranger = fake.add_guild(), fake.add_user(), fake.add_user("stranger")
        settings = settings_for(fake, tmp_path)
        async with bot_at(fake, settings, clock=clock) as app:
            (said,) = await ask(fake, guild, user, "alerts add", keywords='"envoys meet" -football')
            assert "it begins when that has arrived" in said
            await work(app)
            tea = await publish(app, "tea", hours=0)
            await work(app)
            confirming, alert = fake.dms(user)
            assert "Your alert is set" in text_of(confirming)
            assert "UNCONFIRMED · Alert" in text_of(alert)
        async with bot_at(fake, settings, clock=clock) as app:
            await publish(app, "tea again", hours=0.2, outlet=1, joins=tea)
            await work(app)
            _, edited = fake.dms(user)
            assert edited["id"] == alert["id"]
            assert "CONFIRMED · Alert" in text_of(edited)
            assert "UNCONFIRMED" not in text_of(edited)
            assert "You have no alerts" in await press(fake, edited, stranger, "Mute 24 h")
            assert "silent until" in await press(fake, edited, user, "Mute 24 h")
            await publish(app, "salt", hours=0.3)
            await work(app)
            assert len(fake.dms(user)) == 2
        clock.turn(timedelta(hours=25))
        async with bot_at(fake, settings, clock=clock) as app:
            await publish(app, "coffee", hours=25)
            await work(app)
            _, _, third = fake.dms(user)
            assert "coffee" in text_of(third)
            assert "Following story" in await press(fake, third, user, "Follow story")
            assert "about Japan, of type CONSULT" in await press(fake, third, user, "More like this")
            assert "Alert stopped" in await press(fake, third, user, "Stop")
            await publish(app, "milk", hours=25.1)
            await work(app)  # the alert that was just made tells it; the one that was stopped does not
            assert [text_of(message).count("milk") > 0 for message in fake.dms(user)] == [False] * 3 + [True]
        assert fake.violations == []


async def test_closed_messages_are_said_with_the_next_answer(tmp_path: Path) -> None:
    clock = TurnedClock()
    async with FakeDiscord() as fake:
        guild, user = fake.add_guild(), fake.add_user(dms_open=False)
        async with bot_at(fake, settings_for(fake, tmp_path), clock=clock) as app:
            await ask(fake, guild, user, "alerts add", keywords="envoys")
            await work(app)
            (said,) = await ask(fake, guild, user, "alerts list")
            first, _, rest = said.partition("switched off")
            assert "An alert of yours is" in first
            assert "direct messages are closed to me" in rest
            await ask(fake, guild, user, "alerts resume", alert="1")
            await work(app)
            used = await fake.slash(guild, fake.channel(guild), user, "latest")
            public, notice = await used.wait_messages(2)
            assert not public["flags"] & EPHEMERAL
            assert notice["flags"] & EPHEMERAL
            assert "switched off" in text_of(notice)
            user.dms_open = True
            await ask(fake, guild, user, "alerts resume", alert="1")
            await work(app)
            assert "Your alert is set" in text_of(fake.dms(user)[0])
            assert "stopped" not in (await ask(fake, guild, user, "alerts list"))[0]
        assert fake.violations == []


async def test_what_an_alert_told_of_a_servers_own_source_is_seen_in_direct_messages(tmp_path: Path) -> None:
    clock = TurnedClock()
    async with FakeDiscord() as fake:
        guild, other = fake.add_guild(), fake.add_guild("Embassy")
        user, stranger = fake.add_user(), fake.add_user("stranger")
        async with bot_at(fake, settings_for(fake, tmp_path), clock=clock) as app:
            await app.subscriptions.add_source(guild.id, "https://own.example/feed", "own")
            await app.subscriptions.add_source(other.id, "https://theirs.example/feed", "theirs")
            await ask(fake, guild, user, "alerts add", keywords="tea")
            await ask(fake, other, stranger, "alerts add", keywords="coffee")
            await work(app)
            tea = await publish(app, "tea", hours=0, outlet=2)
            salt = await publish(app, "salt", hours=0, outlet=2)
            await work(app)
            _, alert = fake.dms(user)
            tea = await publish(app, "tea of theirs", hours=0.1, outlet=3, joins=tea)
            shown = await press(fake, alert, user, "More")
            assert "Envoys meet over tea" in shown
            assert "theirs" not in shown  # what another server's own source says of it
            assert "»Envoys met over tea.«" in await press(fake, alert, user, "Evidence")
            assert "What happened to" in (await ask(fake, None, user, "explain", item=str(tea.number)))[0]
            # Nobody else, nowhere else, and nothing else of that server.
            none = f"no story {tea.number} here"
            assert none in await press(fake, alert, stranger, "More")
            assert none in await press(fake, alert, stranger, "Evidence")
            assert none in await press(fake, alert, stranger, "Follow story")
            assert none in await press(fake, alert, stranger, "More like this")
            for path in ("story", "evidence", "explain", "follow"):
                option = {"explain": "item", "follow": "story"}.get(path, "number")
                value = str(salt.number) if path == "explain" else salt.number
                (said,) = await ask(fake, None, user, path, **{option: value})
                assert f"no story {salt.number} here" in said
            assert "Following story" in await press(fake, alert, user, "Follow story")
            assert "Alert added" in await press(fake, alert, user, "More like this")
            assert [rule.guild_id for rule in await app.store.rules(user.id)] == [guild.id] * 3
            await ask(fake, guild, user, "sources remove", source="own")  # refused: not a manager
            await app.subscriptions.remove_source(guild.id, "own")
            assert none in await press(fake, alert, user, "More")
        assert fake.violations == []


async def test_what_an_alert_told_goes_with_the_alert(tmp_path: Path) -> None:
    async with FakeDiscord() as fake:
        guild, user = fake.add_guild(), fake.add_user()
        async with bot_at(fake, settings_for(fake, tmp_path), clock=TurnedClock()) as app:
            await app.subscriptions.add_source(guild.id, "https://own.example/feed", "own")
            await ask(fake, guild, user, "alerts add", keywords="tea")
            await work(app)
            await publish(app, "tea", hours=0, outlet=2)
            await work(app)
            _, alert = fake.dms(user)
            await press(fake, alert, user, "Stop")
            assert "Envoys meet" in await press(fake, alert, user, "More")
            await ask(fake, guild, user, "alerts remove", alert="1")
            assert "no story" in await press(fake, alert, user, "More")
