"""What users command of their alerts: only their own, understood or refused with a reason, tried beforehand."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from bot.bootstrap import App, build
from bot.chat.commands import Asker
from bot.chat.lines import parse_line
from bot.config import parse
from bot.errors import InputError
from bot.model import Post
from bot.ports import Intake, Json
from bot.service.rehearsal import Rehearsal
from bot.service.rules import STOPPED, Wish, parse_quiet
from tests.contract.store_samples import T0, at, reading, story
from tests.fakes.desk import Desk, ScriptedMessenger, TurnedClock

HERE = Asker(network="discord", user_id="reader", guild_id="1", channel_id="c")
DIRECT = replace(HERE, guild_id=None, channel_id="d")
CONSOLE = Asker(network="console", user_id="operator", may_manage=True)


async def test_commands_and_deliveries_at_once_undo_nothing(tmp_path: Path) -> None:
    settings = parse({"store": {"url": f"sqlite:///{tmp_path / 'store.db'}"}})
    async with build(settings, clock=TurnedClock()) as app:
        rules, store = app.rules, app.store
        rule = await rules.save(await rules.draft("reader", None, Wish(keywords="tea")), armed=True)
        refused = store.change_rule(rule.id, lambda one: replace(one, refusals=1))
        await asyncio.gather(rules.mute("reader", rule.id, timedelta(hours=1)), rules.stop("reader", rule.id), refused)
        stands = await store.rule(rule.id)
        assert stands is not None
        assert (stands.disabled, stands.muted_until, stands.refusals) == (STOPPED, T0 + timedelta(hours=1), 1)
        await asyncio.gather(rules.mute("reader", "all", timedelta(hours=2)), store.drop_user("reader"))
        assert await store.rules("reader") == ()


class Bot:
    """The whole bot over a store in memory, with a private source of server 1 and stories of the last days."""

    def __init__(self, app: App, clock: TurnedClock, messenger: ScriptedMessenger) -> None:
        self.app, self.clock, self.messenger = app, clock, messenger

    async def ask(self, line: str, asker: Asker = HERE) -> Post:
        return await self.app.answers.answer(parse_line(line, asker))

    async def publish(self, key: str, *, hours: float) -> int:
        """A story of the private source; its number."""
        own = next(source.id for source in await self.app.store.sources() if source.name == "The A")
        made = reading(
            key, of=own, hours=hours, title=f"Envoys meet over {key}", text=f"Envoys met over {key}.\n\n",
            actors=("JPN", "USA"), events=("CONSULT",),
        )  # fmt: skip
        told = replace(story(f"s-{key}", made, changed=hours), first_seen=at(hours), actors=("JPN", "USA"))
        return (await self.app.store.take_in(Intake(entry=None, reading=made, story=told))).number

    async def work(self) -> None:
        deliverer = replace(self.app.deliverer, between=timedelta(0))
        for _ in range(2):
            await deliverer.deliver()
            await self.app.alerter.sweep()
        await deliverer.deliver()


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    clock = TurnedClock()
    settings = parse({"store": {"url": "memory:"}, "sources": [{"url": "https://s.example/feed", "name": "Shared"}]})
    async with build(settings, clock=clock) as app:
        messenger = ScriptedMessenger(clock)
        app.messengers.register(messenger, "channel", "dm", "console")
        await app.subscriptions.add_source("1", "https://a.example/feed", "The A")
        yield Bot(app, clock, messenger)


def words(post: Post) -> str:
    return "\n".join([post.heading, post.intro or "", *(f"{row.title} {row.badge} {row.note}" for row in post.items)])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("/alerts add (tariffs OR steel", "here: “▶(tariffs OR steel”. This parenthesis is never closed."),
        ("/alerts add event:flood", "no kind of event “flood”"),
        ("/alerts add outlets:Teh-A", "Teh-A"),
        ("/alerts add pairs:Japan", "is no pair"),
        ("/alerts add country:Borduria", "no country or organisation called"),
        ("/alerts add sources:3", "Say what to watch for"),
        ("/alerts mute 1", "You have no alerts"),
        ("/alerts quiet 22:00-07:00", "time zone"),
        ("/alerts quiet hours:late zone:UTC", "22:00-07:00"),
        ("/follow 99", "There is no story 99 here"),
        ("/unfollow 99", "You do not follow"),
        ("/alerts more 99", "There is no story 99 here"),
    ],
)
async def test_what_cannot_be_understood_is_refused_with_a_reason(bot: Bot, line: str, reason: str) -> None:
    with pytest.raises(InputError, match=r".*") as caught:
        await bot.ask(line)
    assert reason in str(caught.value)


async def test_a_rule_with_everything_is_described_and_kept_once(bot: Bot) -> None:
    line = (
        '/alerts add "trade talk*" OR tariffs country:Japan pairs:Japan+USA,China+India event:consult,agree '
        'outlets:"The A" sources:2 breaking:3 within:30'
    )
    said = words(await bot.ask(line))
    assert (
        '“"trade talk*" OR tariffs”, about Japan, about Japan and United States or China and India, of type '
        "CONSULT (talks, meeting) or AGREE (agreement, deal), in The A, from at least 2 outlets, "
        "in 3 outlets within 30 minutes."
    ) in said
    with pytest.raises(InputError, match="number 1 in /alerts list"):
        await bot.ask(line)
    assert "not confirmed" in words(await bot.ask("/alerts list"))


async def test_nobody_reaches_another_users_alert(bot: Bot) -> None:
    await bot.ask("/alerts add tariffs")
    (rule,) = await bot.app.rules.alerts("reader")
    other = replace(HERE, user_id="other")
    for command in ("remove", "stop", "resume", "mute"):
        with pytest.raises(InputError, match="You have no alerts"):
            await bot.ask(f"/alerts {command} {rule.id}", other)
    with pytest.raises(InputError, match="do not follow"):
        await bot.ask(f"/unfollow {rule.id}", other)
    assert await bot.app.rules.alerts("reader") == (rule,)


async def test_the_buttons_of_an_alert_work_as_lines_in_direct_messages_also_for_a_servers_own_source(
    bot: Bot,
) -> None:
    await bot.ask("/alerts add envoys")
    await bot.work()
    await bot.publish("tea", hours=0)
    await bot.work()
    buttons = {button.label: button.action for button in bot.messenger.sent[-1].post.buttons}
    assert "Following story 1" in words(await bot.ask(buttons["Follow story"], DIRECT))
    assert "about Japan and United States, of type CONSULT" in words(await bot.ask(buttons["More like this"], DIRECT))
    assert "silent until" in words(await bot.ask(buttons["Mute 24 h"], DIRECT))
    assert "muted" in words(await bot.ask("/alerts list"))
    assert "Alert stopped" in words(await bot.ask(buttons["Stop"], DIRECT))
    assert "stopped" in words(await bot.ask("/alerts list"))
    assert "Your alerts and the stories that you follow" in words(await bot.ask("/alerts mute all"))
    assert "muted" in words(await bot.ask("/following"))
    assert "sent again" in words(await bot.ask("/alerts mute all hours:0"))
    assert "No longer following" in words(await bot.ask("/unfollow 1"))
    with pytest.raises(InputError, match="no story 1 here"):
        await bot.ask("/follow 1", replace(DIRECT, user_id="stranger"))  # has no alert in that server


async def test_the_console_needs_no_confirming_and_knows_every_command(bot: Bot) -> None:
    number = await bot.publish("tea", hours=0)
    for line in (
        "/alerts add steel", f"/alerts more {number}", "/alerts mute 1", "/alerts resume 1", "/alerts stop 1",
        "/alerts resume 1", "/alerts preview envoys", f"/follow {number}", "/following", f"/unfollow {number}",
        "/alerts quiet 22-7 zone:UTC", "/alerts quiet", "/alerts quiet off", "/alerts remove 2", "/alerts list",
    ):  # fmt: skip
        assert (await bot.ask(line, CONSOLE)).heading
    (rule,) = await bot.app.rules.alerts("operator")
    assert (rule.awaiting, rule.disabled, rule.asked) == (False, None, 0)
    assert bot.messenger.sent == []


async def test_a_preview_tells_what_would_have_been_sent_and_sends_nothing(bot: Bot) -> None:
    for n in range(12):
        await bot.publish(f"matter {n}", hours=n * 12)
    await bot.publish("steel", hours=150)
    bot.clock.turn(timedelta(hours=24 * 20))
    said = await bot.ask("/alerts preview matter country:Japan")
    assert "it would have told 12 stories: 0.4 a day, at most 2 on one day." in words(said)
    assert [row.title for row in said.items] == [f"Envoys meet over matter {n}" for n in (11, 10, 9, 8, 7)]
    assert "told nothing" in words(await bot.ask("/alerts preview football"))
    with pytest.raises(InputError, match="missing after AND"):
        await bot.ask("/alerts preview steel AND")
    added = await bot.ask("/alerts add steel")
    assert (added.intro or "").endswith("In the last 30 days it would have told 1 story.")
    assert [button.label for button in added.buttons] == ["Preview"]
    assert "it would have told 1 story" in words(await bot.ask(added.buttons[0].action))
    assert "it would have told 1 story" in words(await bot.ask("/alerts preview alert:1"))
    rule = await bot.app.rules.named("reader", "1")
    assert await bot.app.store.told(rule.id) == {}
    hurried = Rehearsal(stories=bot.app.stories, rules=bot.app.rules, clock=bot.clock, seconds=-1.0)
    done = await hurried.run(rule)
    assert (done.count, done.whole) == (0, False)


async def test_all_of_it_is_exported_and_deleted() -> None:
    desk = Desk()
    await desk.alert()
    await desk.subscriptions.add_source("1", "https://a.example/feed", "The A")
    own = next(iter(await desk.store.subscribed_sources("1")))
    made = reading("tea", of=own, title="Envoys meet over tea")
    await desk.take(made, story("s-tea", made))
    await desk.rules.follow("reader", "1", 1, armed=False)
    await desk.rules.readers.set_quiet("reader", parse_quiet("22:00-07:00", "Asia/Tokyo"))
    await desk.rules.mute("reader", "1", timedelta(hours=24))
    await desk.deliverer.deliver()
    kept = await desk.privacy.export("reader")
    (alert,), (follow,) = (cast("list[dict[str, object]]", kept[name]) for name in ("alerts", "follows"))
    assert alert["muted_until"] == at(24).isoformat()
    assert (follow["story"], follow["awaits_confirmation"]) == ("s-tea", True)
    assert kept["preferences"] == {"quiet": {"from": "22:00", "to": "07:00", "zone": "Asia/Tokyo"}}
    (message,) = cast("list[dict[str, object]]", kept["messages"])
    assert (message["heading"], message["state"]) == ("You follow a story", "sent")
    await desk.privacy.delete("reader")
    empty = await desk.privacy.export("reader")
    assert [empty[name] for name in ("alerts", "follows", "messages", "preferences")] == [[], [], [], None]
    assert await desk.store.outstanding() == 0


async def test_quiet_hours_that_are_damaged_count_as_none() -> None:
    desk = Desk()
    kinds: tuple[Json, ...] = (
        {"from": "22:00"},
        {"from": "x", "to": "y", "zone": "UTC"},
        {"from": "1:00", "to": "2:00"},
        "no",
    )
    for damaged in kinds:
        await desk.preferences.put("user", "reader", {"quiet": damaged})
        assert await desk.rules.readers.quiet("reader") is None


async def test_limits_are_said() -> None:
    desk = Desk()
    rule = await desk.rules.draft("reader", "1", Wish(keywords="tea"))
    for n in range(20):
        await desk.rules.save(replace(rule, id=str(n), keywords=f"tea {n}"), armed=True)
    with pytest.raises(InputError, match="You have 20 alerts"):
        await desk.rules.save(rule)
