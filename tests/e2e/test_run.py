"""`attache run`: the bot as a process, against a Discord and outlets on loopback, used as people would."""

import asyncio
import json
import re
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.bootstrap import App, build, discord_chat
from bot.chat.commands import COMMANDS
from bot.config import Settings, parse
from bot.demo import settings as sample
from bot.demo.content import sample_news
from bot.demo.outlets import SampleOutlets
from bot.service.clock import SystemClock
from tests.fakes.command import attache, start
from tests.fakes.desk import TurnedClock
from tests.fakes.discord import EPHEMERAL, FakeDiscord, Guild, Interaction, User, buttons_of, text_of
from tests.fakes.discord.rules import COMPONENTS_V2
from tests.fakes.web import Site, reply, web

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM is a POSIX thing"),
]

HELD_BACK = timedelta(hours=6)
"""News of the last hours is published while the bot runs; what is older is its backlog."""

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Extra Gazette</title><link>{base}/</link>{items}
</channel></rss>"""
ITEM = "<item><title>{title}</title><link>{base}/{name}</link><guid>{name}</guid></item>"
PAGE = (
    "<html><head><title>Borduria and Syldavia</title></head><body><article><h1>Japan and Peru sign squid accord</h1>"
    "<p>Japan and Peru signed an accord on squid fishing in Lima on Monday, their foreign ministries said.</p>"
    "<p>The accord lets 40 Japanese vessels fish off Callao until March under the eyes of Peruvian inspectors.</p>"
    "<p>{extra} Peruvian Foreign Minister Ximena Huarcaya called it a fair deal for both countries.</p>"
    "</article></body></html>"
)


def configuration(fake: FakeDiscord, outlets: SampleOutlets, folder: Path, *, seconds: int = 2) -> str:
    """config.toml of a bot that polls every few seconds."""
    tree: dict[str, Any] = dict(sample.settings(outlets, folder))
    tree["polling"] = {"interval": seconds, "minimum": seconds, "maximum": seconds + 1}
    tree["discord"] = {"api_url": fake.api_url, "gateway_url": fake.gateway_url}
    return sample.toml_text(tree)


async def until(done: Callable[[], object], within: float = 250.0) -> None:
    """Wait for what another process does; the test fails when it never does."""

    async def answer() -> object:
        return done()

    await until_told(answer, within)


async def until_told(done: Callable[[], Awaitable[object]], within: float = 250.0) -> None:
    """The same for what has to be asked for."""
    async with asyncio.timeout(within):
        while not await done():  # noqa: ASYNC110 - nothing in this process changes when that one does
            await asyncio.sleep(0.05)


@dataclass
class Place:
    """A running bot and what stands around it."""

    fake: FakeDiscord
    outlets: SampleOutlets
    site: Site
    folder: Path
    pid: int

    async def ask(
        self, guild: Guild | None, user: User, path: str, manager: bool = True, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """The answer to a slash command: its text, and the message."""
        channel = self.fake.channel(guild) if guild else None
        used = await self.fake.slash(guild, channel, user, path, options, manager=manager)
        message = await used.wait_answer()
        return text_of(message), message

    async def status_says(self, guild: Guild, user: User, words: str) -> str:
        async with asyncio.timeout(60):
            while True:
                said, _ = await self.ask(guild, user, "status")
                if words in said:
                    return said
                await asyncio.sleep(0.2)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    folder = tmp_path_factory.mktemp("run")
    now = datetime.now(UTC)
    async with (
        FakeDiscord(ack_within=60) as fake,
        SampleOutlets(sample_news(now), now=now) as outlets,
        web() as site,
    ):
        fake.add_guild("First")
        outlets.publish(now - HELD_BACK)
        (folder / "config.toml").write_text(configuration(fake, outlets, folder), encoding="utf-8")
        process = await start("run", cwd=folder, env={"ATTACHE_DISCORD_TOKEN": fake.token})
        assert process.stdin is not None
        assert process.stderr is not None
        told: list[str] = []
        reader = asyncio.create_task(_listen(process.stderr, told))
        try:
            await until(lambda: reader.done() or any("Attaché is connected" in line for line in told))
            assert not reader.done(), told
            site.answers["/feed"] = reply(
                FEED.format(base=site.url(""), items=ITEM.format(base=site.url(""), name="a", title="Squid"))
                .encode(), content_type="application/rss+xml",
            )  # fmt: skip
            site.answers["/a"] = reply(PAGE.format(extra="").encode(), content_type="text/html; charset=utf-8")
            yield Place(fake, outlets, site, folder, process.pid)
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), 60)
            await reader
        assert process.returncode == 0, told[-20:]
        assert fake.violations == []
        assert fake.missed == []
        assert not any("Traceback" in line for line in told), told


async def _listen(stream: asyncio.StreamReader, told: list[str]) -> None:
    async for line in stream:
        told.append(line.decode())  # noqa: PERF401 - whoever waits looks at the list meanwhile


@pytest_asyncio.fixture(loop_scope="module")
async def guild(place: Place) -> Guild:
    """A server of the test's own, in a bot that has polled at least once."""
    made = await place.fake.join_guild("Ministry")
    reader = place.fake.add_user()
    await place.status_says(made, reader, "Last poll")
    await until(lambda: place.outlets.answers["toyo-nippo", "/articles/20455", 200] > 0)

    async def stored() -> bool:
        """The last page has been asked for; what was read of the batch is stored a moment later."""
        said, _ = await place.ask(made, reader, "search", query="Norway Moldova")
        return "Nothing in the archive" not in said

    await until_told(stored)
    return made


async def test_commands_are_registered_as_they_are_defined(place: Place, guild: Guild) -> None:
    names = set()
    for command in place.fake.world.commands:
        subs = [option["name"] for option in command.get("options") or () if option["type"] == 1]
        names |= {f"{command['name']} {sub}" for sub in subs} or {command["name"]}
    assert names == {command.name for command in COMMANDS if not command.hidden}


async def test_look_ups_answer(place: Place, guild: Guild) -> None:
    user = place.fake.add_user()
    said, message = await place.ask(guild, user, "latest", count=3)
    assert "Latest diplomatic stories" in said
    assert message["flags"] & COMPONENTS_V2
    assert "http://127.0.0.1" in said
    assert "<t:" in said or "UTC" in said
    said, _ = await place.ask(guild, user, "brief", about="japan")
    assert "Brief: Japan" in said
    number = place_number((await place.ask(guild, user, "latest", count=1))[1])
    said, _ = await place.ask(guild, user, "story", number=number)
    assert f"Story {number}" in said
    said, message = await place.ask(guild, user, "story", number=99_999)
    assert "There is no story 99999" in said
    assert message["flags"] & EPHEMERAL
    said, _ = await place.ask(guild, user, "summarize", url=place.site.url("/a"))
    assert "Japan and Peru sign" in said
    assert "40 Japanese vessels" in said
    said, _ = await place.ask(guild, user, "summarize", url=place.site.url("/absent"))
    assert "could not fetch" in said
    said, _ = await place.ask(guild, user, "help")
    assert "/digest schedule" in said
    said, _ = await place.ask(None, user, "latest")
    assert "Latest diplomatic stories" in said


def place_number(message: dict[str, Any]) -> int:
    """The number of the first story that a message has a button or a mark for."""
    for word in text_of(message).replace("#", " ").replace("*", " ").replace(".", " ").split():
        if word.isdecimal():
            return int(word)
    raise AssertionError(text_of(message))


async def test_search_turns_pages_with_buttons(place: Place, guild: Guild) -> None:
    user = place.fake.add_user()
    first, message = await place.ask(guild, user, "search", query="minister")
    assert "page 1 of" in first
    older = next(button for button in buttons_of(message) if button["label"] == "Older")
    pressed = await place.fake.click(message, user, older["custom_id"], guild)
    second = text_of(await pressed.wait_answer())
    assert "page 2 of" in second
    assert first != second


async def test_a_digest_from_its_set_up_to_its_end(place: Place, guild: Guild) -> None:
    user, general = place.fake.add_user(), place.fake.channel(guild)
    said, _ = await place.ask(guild, user, "digest schedule", times="08:00", zone="asia/tokyo", name="Morning", size=3)
    assert "Morning" in said
    assert "Asia/Tokyo" in said
    assert "Morning" in (await place.ask(guild, user, "digest list"))[0]
    said, message = await place.ask(guild, user, "digest preview", name="Morning")
    assert "left out" in said
    assert message["flags"] & EPHEMERAL
    before = len(place.fake.messages(general.id))
    said, _ = await place.ask(guild, user, "digest now", name="Morning")
    assert "3 stories sent" in said
    posted = [text_of(one) for one in place.fake.messages(general.id)]
    assert any("Morning" in text and "stories from" in text for text in posted[before:])
    first = posted[-1]
    await place.ask(guild, user, "digest now", name="Morning")
    again = [text_of(one) for one in place.fake.messages(general.id)][-1]
    titles = [line for line in first.splitlines() if line.startswith("**") or "](" in line]
    assert titles
    assert not set(titles) & set(again.splitlines())
    assert "stopped" in (await place.ask(guild, user, "digest remove", name="Morning"))[0]
    assert "none yet" in (await place.ask(guild, user, "digest list"))[0]
    said, _ = await place.ask(guild, user, "digest schedule", times="25:00", zone="UTC")
    assert "not a time of day" in said


async def test_a_digest_is_completed_changed_explained_and_its_history_told(place: Place, guild: Guild) -> None:
    user, general = place.fake.add_user(), place.fake.channel(guild)
    said, _ = await place.ask(
        guild, user, "digest schedule", every=6, countries="Japan", pairs="Norway+Moldova", say_empty=True, name="Six"
    )
    assert "Up to 8 stories about Japan or Norway with Moldova; every 6 hours, every day" in said
    for path, option, typed, choice in (
        ("digest edit", "name", "si", "Six"), ("digest schedule", "zone", "tokyo", "Asia/Tokyo"),
    ):  # fmt: skip
        used = await place.fake.autocomplete(guild, general, user, path, option, typed)
        await used.wait_acknowledged()
        assert [found["value"] for found in used.choices] == [choice]
    said, _ = await place.ask(guild, user, "digest now", name="Six")
    assert "sent" in said
    said, _ = await place.ask(guild, user, "digest edit", name="Six", live=True, per_hour=2, countries="all")
    assert "as it happens, every day, at most 2 stories an hour" in said
    assert "sent" in (await place.ask(guild, user, "digest history", name="Six"))[0]
    posted = repr([buttons_of(one) for one in place.fake.messages(general.id)])
    number = re.findall(r"/story (\d+)", posted)[0]
    said, message = await place.ask(guild, user, "explain", item=number)
    assert "Relevance" in said
    assert "It was told in channel" in said
    assert message["flags"] & EPHEMERAL
    said, _ = await place.ask(guild, user, "explain", item=place.site.url("/never"))
    assert "No source that is followed here has listed this address" in said
    await place.ask(guild, user, "digest remove", name="Six")
    said, _ = await place.ask(None, user, "digest schedule", times="08:00", zone="UTC", name="Mine")
    assert "by direct message" in said
    assert "Mine" not in (await place.ask(guild, user, "digest list"))[0]
    assert "Mine" in (await place.ask(None, user, "digest list"))[0]


async def test_sources_of_a_server(place: Place, guild: Guild) -> None:
    user = place.fake.add_user()
    said, _ = await place.ask(guild, user, "sources add", url=place.site.url("/feed"))
    assert "Following “Extra Gazette”" in said
    assert "Extra Gazette" in (await place.ask(guild, user, "sources list"))[0]

    async def found() -> bool:
        return "Lima" in (await place.ask(guild, user, "search", query="squid"))[0]

    await until_told(found)
    other = await place.fake.join_guild("Elsewhere")
    assert "Nothing in the archive" in (await place.ask(other, user, "search", query="squid"))[0]
    assert "No longer following" in (await place.ask(guild, user, "sources remove", source="Extra Gazette"))[0]
    assert "Nothing in the archive" in (await place.ask(guild, user, "search", query="squid"))[0]
    said, _ = await place.ask(guild, user, "sources add", url=place.site.url("/a"))
    assert "not a feed" in said


async def test_news_that_comes_later_alerts_once_by_direct_message(place: Place, guild: Guild) -> None:
    reader, closed = place.fake.add_user("reader"), place.fake.add_user("closed", dms_open=False)
    for user in (reader, closed):
        _, message = await place.ask(guild, user, "alerts add", manager=False, keywords='"patrol ships"')
        assert message["flags"] & EPHEMERAL
    assert "patrol ships" in (await place.ask(guild, reader, "alerts list", manager=False))[0]
    await until(lambda: place.fake.dms(reader))
    assert "Your alert is set" in text_of(place.fake.dms(reader)[0])

    async def switched_off() -> bool:
        return "switched off" in (await place.ask(guild, closed, "alerts list", manager=False))[0]

    await until_told(switched_off)
    place.outlets.publish(None)
    await until(lambda: place.fake.dms(reader)[1:])
    await until(lambda: place.outlets.answers["toyo-nippo", "/articles/20481", 200] > 0)
    polls = sum(place.outlets.answers.values())
    await until(lambda: sum(place.outlets.answers.values()) > polls + 12)  # two more rounds
    told = [text_of(one) for one in place.fake.dms(reader)[1:]]
    assert "patrol ships" in told[0]
    # Outlets that give another sum and come a round later, as they do on a busy machine, are a new fact: an update.
    assert [text.splitlines()[0].split()[-1] for text in told] == ["Alert"] + ["Update"] * (len(told) - 1), told
    assert "removed" in (await place.ask(guild, reader, "alerts remove", manager=False, alert="1"))[0]


async def test_privacy_and_settings(place: Place, guild: Guild) -> None:
    user = place.fake.add_user()
    await place.ask(guild, user, "alerts add", keywords="nothing of the kind")
    said, message = await place.ask(guild, user, "privacy")
    assert "1 alert" in said
    assert message["flags"] & EPHEMERAL
    assert "nothing of the kind" in (await place.ask(guild, user, "privacy", action="export"))[0]
    await place.ask(guild, user, "privacy", action="delete")
    assert "I keep nothing about you" in (await place.ask(guild, user, "privacy"))[0]
    said, _ = await place.ask(guild, user, "settings", style="embeds", zone="Asia/Tokyo")
    assert "embeds" in said
    _, message = await place.ask(guild, user, "latest")
    assert message["embeds"]
    assert not message["flags"] & COMPONENTS_V2


async def test_what_changes_a_server_needs_manage_server(place: Place, guild: Guild) -> None:
    user = place.fake.add_user()
    for path, options in (
        ("digest schedule", {"times": "08:00", "zone": "UTC"}),
        ("digest remove", {"name": "x"}),
        ("digest now", {}),
        ("sources add", {"url": place.site.url("/feed")}),
        ("sources remove", {"source": "x"}),
        ("settings", {"style": "embeds"}),
    ):
        said, message = await place.ask(guild, user, path, manager=False, **options)
        assert "Manage Server" in said, path
        assert message["flags"] & EPHEMERAL
    assert "none yet" in (await place.ask(guild, user, "digest list"))[0]


async def test_a_deleted_channel_stops_its_digests(place: Place, guild: Guild) -> None:
    user = place.fake.add_user()
    doomed = place.fake.add_channel(guild, "doomed")
    await place.fake.gateway.dispatch("CHANNEL_CREATE", doomed.payload())
    await place.ask(guild, user, "digest schedule", times="08:00", zone="UTC", name="Doomed", channel=doomed.id)
    await place.fake.delete_channel(doomed)
    said = await place.status_says(guild, user, "channel was deleted")
    assert "Doomed" in said
    assert "No digest is active" in said
    await until(lambda: place.fake.dms(user))
    (notice,) = place.fake.dms(user)
    assert "“Doomed” is not sent any more. Its channel was deleted." in text_of(notice)


async def test_other_commands_stand_beside_a_running_bot(place: Place, guild: Guild) -> None:
    user = place.fake.add_user()
    await place.ask(guild, user, "digest schedule", times="08:00", zone="UTC", name="Beside")
    second, poll, console, search, preview, doctor, backup = await asyncio.gather(
        attache("run", cwd=place.folder, env={"ATTACHE_DISCORD_TOKEN": place.fake.token}),
        attache("poll", cwd=place.folder),
        attache("console", cwd=place.folder, stdin="/latest\n/status\nquit\n"),
        attache("search", "minister", "--json", cwd=place.folder),
        attache("digest", "preview", "Beside", cwd=place.folder),
        attache("doctor", cwd=place.folder),
        attache("backup", f"saved-{guild.id}", cwd=place.folder),
    )
    for refused in (second, poll):
        assert refused.status == 1
        assert refused.err.startswith("attache: ")
        assert str(place.pid) in refused.err
        assert "attache run" in refused.err
    assert console.status == search.status == preview.status == backup.status == 0
    assert "Latest diplomatic stories" in console.out
    assert search.lines
    assert "Preview: nothing was sent" in preview.out
    assert str(place.pid) in doctor.out
    assert "store.db" in {path.name for path in files_of(place.folder / f"saved-{guild.id}")}
    assert "Latest" in (await place.ask(guild, user, "latest"))[0]


def files_of(folder: Path) -> list[Path]:
    return list(folder.iterdir())


# --- ends ----------------------------------------------------------------------------------------------------------


async def test_a_wrong_token_is_a_sentence(tmp_path: Path) -> None:
    async with FakeDiscord() as fake:
        (tmp_path / "config.toml").write_text(
            f'[discord]\napi_url = "{fake.api_url}"\ngateway_url = "{fake.gateway_url}"\n'
            '[[sources]]\nurl = "http://127.0.0.1:9/feed"\n'
        )
        ended = await attache("run", cwd=tmp_path, env={"ATTACHE_DISCORD_TOKEN": "not.the.token"})
    assert ended.status == 1
    sentence = [line for line in ended.err.splitlines() if line.startswith("attache: ")]
    assert len(sentence) == 1
    assert "token" in sentence[0]
    assert "Traceback" not in ended.err
    assert "not.the.token" not in ended.err + ended.out


async def test_sigterm_ends_it_soon_and_loses_nothing(tmp_path: Path) -> None:
    """In the midst of its first round: a second life finishes what the first one left."""
    now = datetime.now(UTC)
    async with FakeDiscord() as fake, SampleOutlets(sample_news(now), now=now) as outlets:
        fake.add_guild()
        (tmp_path / "config.toml").write_text(configuration(fake, outlets, tmp_path, seconds=600), encoding="utf-8")
        process = await start("run", cwd=tmp_path, env={"ATTACHE_DISCORD_TOKEN": fake.token})
        await until(lambda: any("japan" in path for _, path, status in outlets.answers if status == 200))
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(60):
            _, err = await process.communicate()
        assert process.returncode == 0, err.decode()
        assert "Traceback" not in err.decode()
        polled = await attache("poll", cwd=tmp_path)
        assert polled.status == 0, polled.err
        found = await attache("search", "--limit", "100", "--json", cwd=tmp_path)
        assert len(found.lines) == len(sample_news(now).articles)
        assert fake.violations == []


# --- in this process, where time and the worker can be arranged ----------------------------------------------------


@asynccontextmanager
async def bot_at(fake: FakeDiscord, settings: Settings, **options: Any) -> AsyncIterator[App]:
    """The whole bot but for its scheduler."""
    async with build(settings, exclusive="attache run", **options) as app:
        chat = discord_chat(app)
        await chat.start(fake.token)
        app.messengers.register(chat.messenger, "channel", "dm")
        try:
            yield app
        finally:
            await chat.close()


async def test_a_hundred_look_ups_at_once_while_a_page_hangs(tmp_path: Path) -> None:
    now = SystemClock().now()
    async with (
        FakeDiscord(ack_within=60) as fake,
        SampleOutlets(sample_news(now), now=now) as outlets,
        web() as site,
    ):
        guild = fake.add_guild()
        channel = fake.channel(guild)
        base = site.url("").removesuffix("/")
        tree: dict[str, Any] = dict(sample.settings(outlets, tmp_path))
        tree["sources"] = [*tree["sources"], {"url": site.url("/feed"), "name": "Hanging"}]
        tree["worker"] = {"deadline": 100}
        tree["discord"] = {"api_url": fake.api_url, "gateway_url": fake.gateway_url}
        async with bot_at(fake, parse(tree), worker="tests.fakes.worker") as app:
            await app.intaker.round(everything=True)
            items = "".join(ITEM.format(base=base, name=f"p{n}", title=f"Squid {n}") for n in range(2))
            site.answers["/feed"] = reply(FEED.format(base=base, items=items).encode(), content_type="text/xml")
            hangs = tmp_path / "hangs"
            hanging = PAGE.format(extra=f"HANG-AT({hangs})").encode()
            site.answers["/p0"] = reply(hanging, content_type="text/html")
            site.answers["/p1"] = reply(PAGE.format(extra="").encode(), content_type="text/html")
            under_way = asyncio.create_task(app.intaker.round(everything=True))
            await until(hangs.exists)
            used: list[Interaction] = []
            for n in range(100):
                path, options = LOOK_UPS[n % len(LOOK_UPS)]
                used.append(await fake.slash(guild, channel, fake.add_user(f"u{n}"), path, options))
            await asyncio.gather(*(one.wait_acknowledged() for one in used))
            assert not under_way.done()  # the page still hangs, and all have been acknowledged
            for process in app.pool.processes:
                process.kill()  # as its deadline would; tests/unit/service/test_workers.py waits for that
            for one in used:
                assert text_of(await one.wait_answer())
            report = await under_way
        assert app.pool.killed == 1
        assert report.articles == 1  # what came after the page that hangs was read
        assert report.dropped == 1
        assert fake.missed == []
        assert fake.violations == []


LOOK_UPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("latest", {}),
    ("search", {"query": "minister"}),
    ("brief", {"about": "japan"}),
    ("story", {"number": 1}),
    ("status", {}),
    ("brief", {}),
    ("latest", {"country": "Japan"}),
    ("help", {}),
)


async def test_a_removed_servers_data_goes_after_thirty_days(tmp_path: Path) -> None:
    clock = TurnedClock()
    async with FakeDiscord() as fake:
        leaving, staying = fake.add_guild("Leaving"), fake.add_guild("Staying")
        user = fake.add_user()
        settings = parse(
            {
                "store": {"url": f"sqlite:///{tmp_path / 's.sqlite'}"},
                "discord": {"api_url": fake.api_url, "gateway_url": fake.gateway_url},
                "sources": [{"url": "http://127.0.0.1:9/feed", "name": "Dead"}],
            }
        )
        async with bot_at(fake, settings, clock=clock) as app:
            for guild in (leaving, staying):
                options = {"times": "08:00", "zone": "UTC", "name": f"Of {guild.name}"}
                used = await fake.slash(guild, fake.channel(guild), user, "digest schedule", options, manager=True)
                await used.wait_answer()
            await fake.remove_guild(leaving)

            async def marked() -> bool:
                return "removed" in json.dumps(await app.preferences.get("guild", leaving.id))

            await until_told(marked)
            clock.turn(timedelta(days=29))
            await app.housekeeping.run()
            assert {s.name for s in await app.store.subscriptions()} == {"Of Leaving", "Of Staying"}
            clock.turn(timedelta(days=1, minutes=1))
            await app.housekeeping.run()
            assert {s.name for s in await app.store.subscriptions()} == {"Of Staying"}
            assert await app.preferences.get("guild", leaving.id) is None
        assert fake.violations == []
