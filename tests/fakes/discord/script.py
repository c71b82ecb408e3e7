"""What stands behind the Discord side in its tests: answers by script, events written down, a running client."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bot.chat.commands import Call
from bot.chat.discord.client import DiscordChat, Options
from bot.chat.discord.messenger import Patience
from bot.chat.discord.ports import Style
from bot.model import Post
from bot.ports import PreferenceStore
from bot.service.faces import MadeWebhooks
from bot.storage.memory.preferences import MemoryPreferences
from tests.fakes.discord.server import FakeDiscord


def echo(call: Call) -> Post:
    """Says what it was asked."""
    options = "; ".join(f"{name}={value}" for name, value in call.options.items())
    return Post(heading=f"answer to {call.command.name}", intro=options or None, private=call.command.private)


@dataclass
class ScriptedAnswers:
    """Answers by `script`, which may raise; waits for `gate` first when there is one."""

    script: Callable[[Call], Post] = echo
    gate: asyncio.Event | None = None
    calls: list[Call] = field(default_factory=list)

    async def answer(self, call: Call) -> Post:
        self.calls.append(call)
        if self.gate is not None:
            await self.gate.wait()
        return self.script(call)


@dataclass
class WrittenEvents:
    """Every event as (what, id), in order."""

    seen: list[tuple[str, str]] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def _note(self, what: str, about: str) -> None:
        self.seen.append((what, about))
        self.changed.set()

    async def guilds_present(self, guild_ids: Sequence[str]) -> None:
        self._note("present", ",".join(guild_ids))

    async def guild_joined(self, guild_id: str) -> None:
        self._note("joined", guild_id)

    async def guild_removed(self, guild_id: str) -> None:
        self._note("removed", guild_id)

    async def channel_deleted(self, channel_id: str) -> None:
        self._note("channel", channel_id)

    async def until(self, what: str, about: str, within: float = 10.0) -> None:
        async with asyncio.timeout(within):
            while (what, about) not in self.seen:
                self.changed.clear()
                await self.changed.wait()


@dataclass
class ChosenStyles:
    """The look by server; cards unless chosen."""

    chosen: dict[str | None, Style] = field(default_factory=dict)

    async def style(self, guild_id: str | None) -> Style:
        return self.chosen.get(guild_id, "cards")


@dataclass
class Bot:
    """A started DiscordChat and what stands behind it."""

    chat: DiscordChat
    answers: ScriptedAnswers
    events: WrittenEvents
    styles: ChosenStyles


def options_for(fake: FakeDiscord) -> Options:
    """Quick, and at the fake's addresses."""
    return Options(
        api_url=fake.api_url,
        gateway_url=fake.gateway_url,
        drain=timedelta(seconds=5),
        guilds_within=timedelta(milliseconds=30),
        reconnect_after=0.05,
        patience=Patience(request=timedelta(seconds=3), pause=timedelta(milliseconds=5)),
    )


@asynccontextmanager
async def running(
    fake: FakeDiscord,
    script: Callable[[Call], Post] = echo,
    *,
    options: Options | None = None,
    kept: PreferenceStore | None = None,
) -> AsyncIterator[Bot]:
    """The real client, connected to `fake`; what it keeps over restarts is in `kept`."""
    made = MadeWebhooks(preferences=kept or MemoryPreferences())
    answers, events, styles = ScriptedAnswers(script), WrittenEvents(), ChosenStyles()
    chat = DiscordChat(answers, events, styles, made, options or options_for(fake))
    await chat.start(fake.token)
    try:
        yield Bot(chat, answers, events, styles)
    finally:
        await chat.close()
