"""The Discord side of the bot: connects, registers the commands, hands interactions to `Replies`.

Reconnecting and resuming are discord.py's. What it lacks is added here: an event that its parser cannot read ends its
client (2.7.1), so the connection is then made anew; and a connection that Discord ends for good is told as an error.
"""

import asyncio
import contextlib
import sys
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import structlog
from discord import app_commands

from bot.chat.commands import COMMANDS
from bot.chat.discord import endpoints, registry
from bot.chat.discord.messenger import DiscordMessenger, Patience
from bot.chat.discord.ports import Answers, Events, MadeWebhooks, Styles, Suggestions
from bot.chat.discord.registry import Interaction
from bot.chat.discord.replies import Replies
from bot.errors import ChatError, LoginRefused

log = structlog.get_logger(__name__)

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # the bot has no voice: nothing to warn of

BAD_TOKEN = 4004  # Gateway close codes: "Authentication failed"
_OUTDATED = "This command has changed since Discord last looked. Please reload Discord (Ctrl+R) and try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`api_url` and `gateway_url`: a proxy's addresses, None for Discord's own."""

    api_url: str | None = None
    gateway_url: str | None = None
    drain: timedelta = timedelta(seconds=8)
    """How long running commands may go on after `close`: orchestrators kill after 10 s, and closing takes some."""
    connect_within: timedelta = timedelta(seconds=60)
    """How long `start` waits for the first READY before it leaves the reconnecting to go on behind it."""
    ratelimit_wait: float = 60.0
    """Seconds that a request may sleep over a 429 (discord.py takes at least 30); longer ones are an outcome."""
    guilds_within: timedelta = timedelta(seconds=2)
    """How long after the last server of READY discord.py waits for another before it says that all are there."""
    reconnect_after: float = 5.0
    """Seconds before connecting anew after an event that discord.py could not read."""
    patience: Patience = Patience()


class _Client(discord.Client):
    """discord.py's client with our handlers; no cache of members or messages, for nothing asks for them."""

    def __init__(self, options: Options, replies: Replies, events: Events) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=options.ratelimit_wait,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=options.guilds_within.total_seconds(),
        )
        self._options, self._replies, self._events = options, replies, events
        self.tree: registry.Tree = app_commands.CommandTree(self)
        self.tree.error(self._command_error)
        registry.register(self.tree, COMMANDS, replies.command, replies.complete)

    async def on_connect(self) -> None:
        endpoints.pin_gateway(self, self._options.gateway_url)

    async def on_ready(self) -> None:
        log.info("connected to Discord", servers=len(self.guilds), user=str(self.user))
        await _told(self._events.guilds_present([str(guild.id) for guild in self.guilds]))

    async def on_interaction(self, interaction: Interaction) -> None:
        if interaction.type is discord.InteractionType.component:
            await self._replies.press(interaction)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await _told(self._events.guild_joined(str(guild.id)))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        await _told(self._events.guild_removed(str(guild.id)))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        await _told(self._events.channel_deleted(str(channel.id)))

    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        await _told(self._events.channel_deleted(str(event.thread_id)))

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        log.error("an event handler failed", event=event_method, exc_info=sys.exc_info()[1])

    async def _command_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """Only what discord.py itself refuses comes here: a command that Discord still knows in an older form."""
        log.warning("discord.py refused a command", error=repr(error))
        await self._replies.refuse(interaction, _OUTDATED)


async def _told(hook: Awaitable[None]) -> None:
    try:
        await hook
    except Exception:  # the boundary: a store that fails must not end the client
        log.exception("an event could not be recorded")


class DiscordChat:
    """The whole Discord side. `start`, then `messenger` sends and `wait` tells when it is over; `close` ends it."""

    def __init__(
        self,
        answers: Answers,
        events: Events,
        styles: Styles,
        made: MadeWebhooks,
        options: Options = Options(),
        suggestions: Suggestions | None = None,
    ) -> None:
        self._options = options
        self._styles = styles
        self._replies = Replies(answers, styles, suggestions)
        self._events = events
        self._client: _Client | None = None
        self._connection: asyncio.Task[None] | None = None
        self._messenger = DiscordMessenger(styles, made, options.patience)

    @property
    def messenger(self) -> DiscordMessenger:
        """Sends; before `start` and after `close` it answers TryLater."""
        return self._messenger

    @property
    def connected(self) -> bool:
        """Whether the gateway is up now."""
        return self._client is not None and self._client.is_ready() and not self._client.is_closed()

    @property
    def invite_url(self) -> str | None:
        """Where a server's owner adds the bot; None before `start`."""
        if self._client is None or self._client.application_id is None:
            return None
        return invite_url(self._client.application_id)

    async def start(self, token: str) -> None:
        """Log in, register the commands if Discord holds others, connect, wait for the first READY.

        LoginRefused when the token is wrong; ChatError (retryable) when Discord cannot be reached.
        """
        endpoints.use(self._options.api_url, self._options.gateway_url)
        client = self._client = _Client(self._options, self._replies, self._events)
        try:
            await self._log_in(client, token)
        except BaseException:
            await client.close()
            raise
        await self._register(client)
        self._messenger.attach(client)
        self._connection = asyncio.create_task(self._stay_connected(client), name="discord")
        await self._first_ready(client, self._connection)

    async def wait(self) -> None:
        """Until the connection is over: returns after `close`; LoginRefused or ChatError when Discord ended it."""
        if self._connection is not None:
            await asyncio.wait({self._connection})
            if not self._connection.cancelled():
                self._connection.result()

    async def close(self) -> None:
        """Let running commands end (at most `drain`), then leave."""
        await self._replies.drain(self._options.drain)
        self._messenger.detach()
        if self._client is not None:
            await self._client.close()
        if self._connection is not None:
            self._connection.cancel()
            await asyncio.gather(self._connection, return_exceptions=True)

    async def _log_in(self, client: _Client, token: str) -> None:
        try:
            await client.login(token)
        except discord.LoginFailure as error:
            raise LoginRefused(
                "Discord refused the token. Copy it anew from the Bot page of https://discord.com/developers/applications."
            ) from error
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            failure = ChatError(_trouble(error))
            failure.retryable = True
            raise failure from error

    async def _register(self, client: _Client) -> None:
        """Failing here is no reason to keep digests back: the commands that Discord holds still work."""
        try:
            await sync_commands(client)
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError):
            log.exception("the commands could not be registered; those that Discord knows stay")

    async def _first_ready(self, client: _Client, connection: asyncio.Task[None]) -> None:
        ready = asyncio.create_task(client.wait_until_ready())
        within = self._options.connect_within.total_seconds()
        await asyncio.wait({ready, connection}, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if connection.done():
            await client.close()
            await connection
        elif not client.is_ready():
            log.warning("no connection to Discord's gateway yet; trying on")

    async def _stay_connected(self, client: _Client) -> None:
        while not client.is_closed():
            try:
                await client.connect(reconnect=True)
            except discord.ConnectionClosed as error:
                raise _ended(error) from error
            except discord.PrivilegedIntentsRequired as error:
                raise ChatError("Discord refuses the intents that I ask for.") from error
            except Exception:  # the boundary: an event that discord.py cannot read raises anything at all
                log.exception("the gateway connection broke; connecting anew")
                with contextlib.suppress(Exception):
                    await client.ws.close(4000)
                await asyncio.sleep(self._options.reconnect_after)


def _ended(error: discord.ConnectionClosed) -> ChatError:
    if error.code == BAD_TOKEN:
        return LoginRefused("Discord no longer accepts the token. Copy it anew and start me again.")
    return ChatError(f"Discord ended the connection for good (code {error.code}).")


def _trouble(error: BaseException) -> str:
    """Why there is no login, for whoever started the bot."""
    if isinstance(error, discord.HTTPException):
        return f"Discord answers with HTTP {error.status}, so I cannot start. Start me again in some minutes."
    if isinstance(error, TimeoutError):
        return "Discord did not answer in time. Check this machine's network, and start me again."
    return "Discord cannot be reached. Check this machine's network and name server, and start me again."


async def sync_commands(client: _Client) -> bool:
    """Register the commands when Discord holds others than ours; whether that was needed. Discord counts
    registrations (200 a day), and a changed command is unusable in open clients until they reload.
    """
    application = client.application_id
    if application is None:
        raise ChatError("Discord did not say which application this is.")
    ours = [command.to_dict(client.tree) for command in client.tree.get_commands()]
    theirs: list[Any] = list(await client.http.get_global_commands(application))
    if registry.same(ours, theirs):
        return False
    await client.tree.sync()
    log.info("commands registered", count=len(ours))
    return True


def invite_url(application_id: int) -> str:
    """The invite: slash commands, and leave to see, write and read back in channels and threads."""
    permissions = discord.Permissions(
        view_channel=True,
        send_messages=True,
        send_messages_in_threads=True,
        embed_links=True,
        read_message_history=True,
    )
    return discord.utils.oauth_url(application_id, permissions=permissions, scopes=("bot", "applications.commands"))
