"""Sends deliveries to Discord and finds them again."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import aiohttp
import discord
import structlog

from bot.chat.discord import webhooks
from bot.chat.discord.breaker import Breaker
from bot.chat.discord.places import (
    ARCHIVED,
    Done,
    Place,
    Publications,
    TagsClosed,
    Threads,
    announces,
    begin_thread,
    channel_of,
    forum_of,
    is_ours,
    opened,
    place_of,
    publish,
)
from bot.chat.discord.ports import MadeWebhooks, Style, Styles
from bot.chat.discord.render import Look, cards, carries, embeds, pages
from bot.chat.discord.webhooks import Faceless, Hooks
from bot.errors import ChatError
from bot.model import Delivery, Post, Receipt, Target
from bot.ports import Refused, SendOutcome, Sent, TryLater, Uncertain

log = structlog.get_logger(__name__)

HISTORY = 50
"""Messages looked at for a delivery that may stand there: one request, and more than a channel gets in a retry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to try. `request`: one request of discord.py's, which may sleep 60 s over a 429 and retry a 5xx for
    25 s; longer means that something hangs. Reading the history is tried `tries` times, the first pause doubling.
    """

    request: timedelta = timedelta(seconds=120)
    tries: int = 3
    pause: timedelta = timedelta(seconds=1)


_UNKNOWN_CHANNEL, _UNKNOWN_USER, _UNKNOWN_GUILD = 10003, 10013, 10004
_MISSING_ACCESS, _MISSING_PERMISSIONS = 50001, 50013
_UNKNOWN_MESSAGE = 10008
_CLOSED_DM, _NO_COMMON_SERVER = 50007, 50278

TAGS_CLOSED = "The forum requires a tag, and only moderators may give one. Add a tag for everybody."

_GONE: Mapping[int, str] = {
    _UNKNOWN_CHANNEL: "The channel no longer exists.",
    _UNKNOWN_GUILD: "The server no longer exists.",
    _UNKNOWN_USER: "The user no longer exists.",
    _MISSING_ACCESS: "I can no longer see the channel. Give me View Channel there, or choose another one.",
    _MISSING_PERMISSIONS: "I may not write in the channel. Give me Send Messages there, or choose another one.",
    _CLOSED_DM: "Your direct messages are closed to me. Allow direct messages from members of a server that we share.",
    _NO_COMMON_SERVER: "We no longer share a server, so Discord does not let me write to you.",
    50008: "Messages cannot be sent in a channel of this kind.",
    50024: "That cannot be done in a channel of this kind.",
    40058: "This is a forum that I do not see as one. Give me View Channel there, or choose a thread in it.",
    40067: TAGS_CLOSED,
    ARCHIVED: "The thread is archived, and I may not open it.",
    160005: "The thread is locked.",
}
"""Discord's JSON error codes after which this target will take no message of ours until somebody acts."""

_BLOCKED = {200000: "The server's AutoMod blocked the message.", 200001: "The server's AutoMod blocked the message."}
_LATER = {
    20016: timedelta(minutes=1),  # slow mode
    20022: timedelta(minutes=10),  # announcement edits
    20028: timedelta(minutes=1),  # the channel's write limit
    20029: timedelta(minutes=1),  # the server's write limit
    30046: timedelta(minutes=10),  # edits of messages that are older than an hour
    40003: timedelta(minutes=5),  # direct messages opened too fast
    40004: timedelta(minutes=5),  # sending is switched off for a while
    130000: timedelta(minutes=1),  # overloaded
}
_UNAUTHORIZED_PAUSE = timedelta(minutes=15)


_NO_THREAD = "The forum's thread that it belongs to is no longer there."
_NO_MESSAGE = "The message is no longer there."
_UNREADABLE = "I may not read what stands in the channel. Give me Read Message History there."


class Unreached(Exception):
    """What stands before sending failed: `str()` is the kind of failure."""


class DiscordMessenger:
    """`bot.ports.Messenger` over a logged-in client. `attach` gives it the client; without one it says TryLater."""

    def __init__(self, styles: Styles, made: MadeWebhooks, patience: Patience = Patience()) -> None:
        self._styles, self._patience = styles, patience
        self._client: discord.Client | None = None
        self._breaker = Breaker()
        self._publications = Publications()
        self._threads = Threads()
        self._hooks = Hooks(made)

    def attach(self, client: discord.Client) -> None:
        """Send through this client from now on."""
        self._client = client

    def detach(self) -> None:
        """Send nothing any more."""
        self._client = None

    def pages(self, post: Post) -> tuple[Post, ...]:
        """See `bot.chat.discord.pages`: the same parts for either look."""
        return pages(post)

    async def send(self, delivery: Delivery) -> SendOutcome:
        """Once, under the delivery's nonce: Discord answers a repeat within some minutes with the first message."""
        return await self._guarded(delivery, lambda client: self._try(client, delivery))

    async def edit(self, delivery: Delivery, receipt: Receipt) -> SendOutcome:
        """In the look that the message has: a card can never become an embed again."""
        return await self._guarded(delivery, lambda client: self._try_edit(client, delivery, receipt))

    async def _guarded(
        self, delivery: Delivery, work: Callable[[discord.Client], Awaitable[SendOutcome]]
    ) -> SendOutcome:
        client = self._client
        if client is None or client.is_closed():
            return TryLater(reason="Discord is not connected.")
        clock = asyncio.get_running_loop().time
        if (wait := self._breaker.wait(clock())) is not None:
            return TryLater(reason="Discord refused too much lately; I stay quiet for a while.", after=wait)
        try:
            return await work(client)
        except Exception as error:  # noqa: BLE001 - the boundary: a messenger answers outcomes
            self._breaker.note(getattr(error, "status", 0), clock())
            return _outcome(error, delivery)

    async def _try(self, client: discord.Client, delivery: Delivery) -> SendOutcome:
        style = await self._style(delivery.target.guild_id)
        if delivery.post.face is not None and delivery.target.kind == "channel":
            try:
                return await self._pose(client, delivery, style)
            except Faceless as why:
                delivery = _unposed(delivery, why)
        forum = forum_of(client, delivery.target)
        if forum is not None and delivery.part == 0:
            async with self._limit():
                message = await begin_thread(forum, delivery, style)
            self._threads.remember(delivery, message.channel.id)
            return Sent(receipt=_receipt(message))
        place = await self._before(place_of(client, delivery, self._threads))
        if place is None:
            return Refused(reason=_NO_THREAD)
        async with self._limit():
            message = await opened(client, place, lambda: _post(place, delivery, style))
        await self._published(client, delivery, message)
        return Sent(receipt=_receipt(message))

    async def _pose(self, client: discord.Client, delivery: Delivery, style: Style) -> SendOutcome:
        """Under the name that the delivery wears. Faceless where that cannot be, and nothing was sent."""
        begins = delivery.part == 0 and forum_of(client, delivery.target) is not None
        place = None if begins else await self._before(place_of(client, delivery, self._threads))
        if place is None and not begins:
            return Refused(reason=_NO_THREAD)
        await self._before(self._hooks.of(client, delivery.target))
        async with self._limit():
            receipt = await webhooks.post(client, self._hooks, delivery, style, place)
        if place is None:  # a forum's thread has the id of its first message
            self._threads.remember(delivery, int(receipt.message_id))
        else:
            stands = client.get_partial_messageable(place.id).get_partial_message(int(receipt.message_id))
            await self._published(client, delivery, stands)
        return Sent(receipt=receipt)

    async def _before(self, work: Awaitable[Done]) -> Done:
        """What is done before anything is sent: that failing is certain not to have posted it."""
        try:
            async with self._limit():
                return await work
        except (aiohttp.ClientError, OSError, TimeoutError, discord.DiscordServerError) as error:
            raise Unreached(type(error).__name__) from error

    async def _published(
        self, client: discord.Client, delivery: Delivery, message: discord.Message | discord.PartialMessage
    ) -> None:
        """In an announcement channel: what stands there goes on to the servers that follow it."""
        if not announces(client, delivery.target):
            return
        with contextlib.suppress(TimeoutError):
            async with self._limit():
                await publish(message, self._publications, asyncio.get_running_loop().time())

    async def _try_edit(self, client: discord.Client, delivery: Delivery, receipt: Receipt) -> SendOutcome:
        style = receipt.look or await self._style(delivery.target.guild_id)
        async with self._limit():
            place = await place_of(client, delivery, self._threads)
            if place is None:
                return Refused(reason=_NO_MESSAGE)
            number = int(receipt.message_id)
            if receipt.by is not None:
                hook = await self._hooks.named(client, delivery.target, int(receipt.by))
                changed = await opened(client, place, lambda: webhooks.edit(client, hook, delivery, receipt, place))
                return Sent(receipt=changed)
            message = await opened(client, place, lambda: _change(place, delivery, number, style))
        return Sent(receipt=_receipt(message))

    async def find(self, delivery: Delivery) -> Receipt | None:
        """Looks through the last messages of the target. None too when the target is gone.

        ChatError when nobody knows, and sending again might repeat: retryable when Discord cannot say now, not
        retryable when we may not read there.
        """
        for attempt in range(self._patience.tries):
            if attempt:
                await asyncio.sleep(self._patience.pause.total_seconds() * 2 ** (attempt - 1))
            if self._client is None:
                break
            try:
                async with self._limit():
                    found = await _search(self._client, delivery, self._threads)
                if found is not None:
                    await self._published(self._client, delivery, found)
                return _receipt(found) if found is not None else None
            except discord.NotFound:
                return None
            except discord.Forbidden as error:
                raise ChatError(_UNREADABLE) from error
            except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
                log.warning("the channel's history could not be read", key=delivery.key, error=repr(error))
        failure = ChatError("Discord could not say whether the message already stands there.")
        failure.retryable = True
        raise failure

    def near(self, target: Target) -> tuple[Target, ...]:
        """Text channels of the same server that we may write to: the one for system messages, then from the top."""
        guild = self._client.get_guild(int(target.guild_id)) if self._client and target.guild_id else None
        if guild is None:
            return ()
        system = [guild.system_channel] if guild.system_channel else []
        channels = dict.fromkeys([*system, *sorted(guild.text_channels, key=lambda channel: channel.position)])
        role = guild.me or guild.default_role
        return tuple(
            Target(kind="channel", id=str(channel.id), guild_id=target.guild_id)
            for channel in channels
            if str(channel.id) != target.id and _writable(channel.permissions_for(role))
        )

    def faceless(self, target: Target) -> str | None:
        """Why nothing can stand there under another name than the bot's; None where it can, or nobody knows yet."""
        return webhooks.faceless(self._client, target) if self._client is not None else None

    def _limit(self) -> asyncio.Timeout:
        return asyncio.timeout(self._patience.request.total_seconds())

    async def _style(self, guild_id: str | None) -> Style:
        with contextlib.suppress(Exception):
            return await self._styles.style(guild_id)
        return "cards"


def _unposed(delivery: Delivery, why: Faceless) -> Delivery:
    """The same message as the bot's own, with a word on why."""
    words = " ".join(filter(None, (delivery.post.footer, f"I post this under my own name: {why}")))
    return replace(delivery, post=replace(delivery.post, face=None, footer=words))


def _writable(permissions: discord.Permissions) -> bool:
    return permissions.view_channel and permissions.send_messages


async def _post(place: discord.abc.Messageable, delivery: Delivery, style: Style) -> discord.Message:
    look = Look(nonce=delivery.nonce)
    if style == "cards":
        return await place.send(view=cards(delivery.post, look), nonce=delivery.nonce)
    embed, view = embeds(delivery.post, look)
    if view is None:
        return await place.send(embed=embed, nonce=delivery.nonce)
    return await place.send(embed=embed, view=view, nonce=delivery.nonce)


async def _change(place: Place, delivery: Delivery, message_id: int, style: str) -> discord.Message:
    message, look = place.get_partial_message(message_id), Look(nonce=delivery.nonce)
    nobody = discord.AllowedMentions.none()  # an edit does not take the client's own
    if style == "cards":
        return await message.edit(view=cards(delivery.post, look), allowed_mentions=nobody)
    embed, view = embeds(delivery.post, look)
    return await message.edit(embed=embed, view=view, allowed_mentions=nobody)


async def _search(client: discord.Client, delivery: Delivery, threads: Threads) -> discord.Message | None:
    place = await place_of(client, delivery, threads)
    if place is None:
        return None
    seen = 0
    async for message in place.history(limit=HISTORY):
        seen += 1
        if is_ours(client, message) and carries(message, delivery.nonce):
            return message
    if not seen and not _readable(client, delivery.target):
        raise ChatError(_UNREADABLE)
    return None


def _readable(client: discord.Client, target: Target) -> bool:
    """Whether an empty history means an empty channel: Discord answers without messages where we may not read them
    (Get Channel Messages). Asks nobody; what is not known counts as readable.
    """
    channel = channel_of(client, target)
    if channel is None:
        return True
    try:
        return channel.permissions_for(channel.guild.me or channel.guild.default_role).read_message_history
    except discord.ClientException:  # a thread whose channel we do not know
        return True


def _receipt(message: discord.Message) -> Receipt:
    """Discord's own time: that of the first message when this send repeated it."""
    look: Style = "cards" if message.flags.components_v2 else "embeds"
    by = str(message.webhook_id) if message.webhook_id is not None else None
    return Receipt(message_id=str(message.id), at=message.created_at, look=look, by=by)


# --- what a failure means --------------------------------------------------------------------------------------------


def _outcome(error: Exception, delivery: Delivery) -> SendOutcome:
    match error:
        case discord.RateLimited():
            return TryLater(reason="Discord asked to wait.", after=timedelta(seconds=error.retry_after))
        case discord.DiscordServerError():
            return Uncertain(reason=f"Discord failed ({error.status}) and may have posted it.")
        case discord.HTTPException():
            return _refusal(error, delivery)
        case Unreached():
            return TryLater(reason=f"The place for it could not be opened ({error}).")
        case Faceless():  # an edit: a message goes out as the bot's own instead
            return Refused(reason=str(error))
        case TagsClosed():
            return Refused(reason=TAGS_CLOSED, gone=True)
        case aiohttp.ClientConnectorError():
            return TryLater(reason="Discord could not be reached.")
        case OSError() | aiohttp.ClientError() | TimeoutError():
            return Uncertain(reason=f"The connection broke while sending ({type(error).__name__}).")
        case ValueError():
            log.error("a delivery could not be made into a message", key=delivery.key, exc_info=error)
            return Refused(reason="This message cannot be shown on Discord.")
    log.error("sending failed in an unknown way", key=delivery.key, exc_info=error)
    return Uncertain(reason=f"Sending failed in an unknown way ({type(error).__name__}).")


def _refusal(error: discord.HTTPException, delivery: Delivery) -> SendOutcome:
    if error.code in _GONE:
        return Refused(reason=_GONE[error.code], gone=True)
    if error.code == _UNKNOWN_MESSAGE:
        return Refused(reason=_NO_MESSAGE)
    if error.code in _BLOCKED:
        return Refused(reason=_BLOCKED[error.code])
    if error.code in _LATER:
        return TryLater(reason=f"Discord asked to wait ({error.code}).", after=_LATER[error.code])
    if error.status == 429:
        return TryLater(reason="Discord asked to wait.", after=_retry_after(error))
    if error.status == 401:
        return TryLater(reason="Discord no longer accepts the token.", after=_UNAUTHORIZED_PAUSE)
    if error.status == 404:  # from something in between, for Discord's own 404s carry a code
        return TryLater(reason="The address was not found.", after=timedelta(minutes=1))
    if error.status == 403:
        return Refused(reason=f"Discord forbids it ({error.code}): {error.text[:200]}", gone=True)
    log.error(
        "Discord refused a message", key=delivery.key, status=error.status, code=error.code, text=error.text[:1000]
    )
    return Refused(reason=f"Discord refused the message ({error.code}).")


def _retry_after(error: discord.HTTPException) -> timedelta:
    """What the answer's header asks for, a minute where it says nothing that can be read."""
    try:
        return timedelta(seconds=min(86_400.0, max(1.0, float(error.response.headers.get("Retry-After", "60")))))
    except (ValueError, AttributeError):
        return timedelta(minutes=1)
