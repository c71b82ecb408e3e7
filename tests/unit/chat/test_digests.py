"""What commands of digests do, over the whole bot with a messenger that answers by script."""

from collections.abc import AsyncIterator

import pytest

from bot.bootstrap import App, build
from bot.chat.commands import Asker
from bot.chat.lines import parse_line
from bot.config import parse
from bot.model import Post, source_id
from bot.ports import Intake
from tests.contract.store_samples import reading, story
from tests.fakes.desk import ScriptedMessenger, TurnedClock

CHIEF = Asker(network="discord", user_id="chief", guild_id="1", channel_id="c", may_manage=True)
FEED = "https://s.example/feed"


@pytest.fixture
async def app() -> AsyncIterator[App]:
    clock = TurnedClock()
    settings = parse({"store": {"url": "memory:"}, "sources": [{"url": FEED, "name": "Shared"}]})
    async with build(settings, clock=clock) as made:
        made.messengers.register(ScriptedMessenger(clock), "channel", "dm")
        yield made


async def ask(app: App, line: str) -> Post:
    return await app.answers.answer(parse_line(line, CHIEF))


async def test_a_digest_at_once_waits_for_nobodys_direct_messages(app: App) -> None:
    await ask(app, "/alerts add tea")  # the message that confirms it waits in the queue
    await ask(app, "/digest schedule times:09:00 zone:UTC")
    made = reading("tea", of=source_id(FEED), hours=-1, title="Envoys meet over tea", text="Envoys met over tea.\n\n")
    await app.store.take_in(Intake(entry=None, reading=made, story=story("s", made)))
    assert (await ask(app, "/digest now")).intro == "1 story sent."
    (digest,) = await app.subscriptions.digests("1")
    assert [one.state for one in await app.store.deliveries(digest.id)] == ["sent"]
    assert await app.store.outstanding() == 1


async def test_a_digests_buttons_name_it_however_it_was_typed(app: App) -> None:
    long = "Asia" + " x" * 40
    for name in ('"Asia   desk"', f'"{long}"'):
        post = await ask(app, f"/digest schedule times:09:00 zone:UTC name:{name}")
        (button,) = post.buttons
        assert (await ask(app, button.action)).heading in [one.name for one in await app.subscriptions.digests("1")]
