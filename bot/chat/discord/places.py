"""Where a delivery stands on Discord: a channel, a thread, a user's direct messages, or a thread of its own in a forum.

What kind of channel a target is comes from the gateway's cache; one that is not known counts as a plain channel. In a
forum every digest or alert is a thread: its first part begins it, the others follow in it. Discord takes no nonce
there, so a thread whose answer was lost is looked for among the forum's newest, by the key in its first message.
"""

from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import discord
import structlog

from bot.chat.discord.render import Look, cards, carries, embeds
from bot.model import Delivery, Target, nonce_of

log = structlog.get_logger(__name__)

MOST_THREADS = 10
"""Threads of a forum that are looked into for a digest, newest first: each costs a request."""

MOST_REMEMBERED = 200
"""Threads that may still get parts or edits: far more than are on their way at once."""

PUBLISHED_AN_HOUR = 10
"""Discord publishes no more of a channel's messages (Crosspost Message); what is over would be refused for an hour."""
ARCHIVED = 50083
"""Discord's code for what an archived thread does not take; a message opens it by itself, an edit does not."""
_HOUR = timedelta(hours=1).total_seconds()

Done = TypeVar("Done")
Place = discord.DMChannel | discord.PartialMessageable | discord.Thread


class TagsClosed(Exception):
    """The forum requires a tag, and has none that the bot may give."""


class Publications:
    """How many messages of each announcement channel were published lately; times are a monotonic clock's seconds."""

    def __init__(self) -> None:
        self._published: defaultdict[int, deque[float]] = defaultdict(deque)

    def take(self, channel_id: int, now: float) -> bool:
        """Count one more; False when the hour is full."""
        times = self._published[channel_id]
        while times and times[0] <= now - _HOUR:
            times.popleft()
        if len(times) >= PUBLISHED_AN_HOUR:
            return False
        times.append(now)
        return True


def channel_of(client: discord.Client, target: Target) -> discord.abc.GuildChannel | discord.Thread | None:
    """The target as the gateway told of it; None for direct messages and what is not known."""
    guild = client.get_guild(int(target.guild_id)) if target.guild_id and target.kind == "channel" else None
    return guild.get_channel_or_thread(int(target.id)) if guild else None


def forum_of(client: discord.Client, target: Target) -> discord.ForumChannel | None:
    """The target, where it is a forum."""
    channel = channel_of(client, target)
    return channel if isinstance(channel, discord.ForumChannel) else None


def announces(client: discord.Client, target: Target) -> bool:
    """Whether other servers may follow the channel, so that a message in it is published to them."""
    channel = channel_of(client, target)
    return isinstance(channel, discord.TextChannel) and channel.is_news()


class Threads:
    """Threads of forums by the key of their first part: the gateway tells of a new or opened one a moment later."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}

    def known(self, delivery: Delivery) -> int | None:
        """The thread of the digest or alert that the delivery is part of."""
        return self._ids.get(first_part(delivery))

    def remember(self, delivery: Delivery, thread_id: int) -> None:
        """Until many others came."""
        self._ids[first_part(delivery)] = thread_id
        while len(self._ids) > MOST_REMEMBERED:
            del self._ids[next(iter(self._ids))]


async def place_of(client: discord.Client, delivery: Delivery, threads: Threads) -> Place | None:
    """Where the delivery's message stands or would: an address only (no request), direct messages (opened when new),
    or the thread in a forum; None while that is not begun.
    """
    target = delivery.target
    if target.kind == "dm":
        return await client.create_dm(discord.Object(int(target.id)))
    forum = forum_of(client, target)
    if forum is None:
        return client.get_partial_messageable(int(target.id))
    if (known := threads.known(delivery)) is not None:
        return client.get_partial_messageable(known)
    thread = await _thread_of(client, forum, delivery)
    if thread is not None:
        threads.remember(delivery, thread.id)
    return thread


async def _thread_of(client: discord.Client, forum: discord.ForumChannel, delivery: Delivery) -> discord.Thread | None:
    beginning = nonce_of(first_part(delivery))
    looked = 0
    async for thread in _newest(forum):
        if looked == MOST_THREADS:
            break
        if client.user is None or (thread.owner_id != client.user.id and delivery.post.face is None):
            continue
        looked += 1
        try:
            first = await thread.fetch_message(thread.id)  # a forum's thread and its first message share their id
        except discord.NotFound:
            continue
        if is_ours(client, first) and carries(first, beginning):
            return thread
    return None


async def _newest(forum: discord.ForumChannel) -> AsyncIterator[discord.Thread]:
    """Open threads, then closed ones; each newest first."""
    for thread in sorted(forum.threads, key=lambda thread: thread.id, reverse=True):
        yield thread
    async for thread in forum.archived_threads(limit=MOST_THREADS):
        yield thread


def is_ours(client: discord.Client, message: discord.Message) -> bool:
    """Whether we wrote it, ourselves or through a webhook of ours: Discord names the application that made one."""
    if message.webhook_id is not None:
        return message.application_id is not None and message.application_id == client.application_id
    return client.user is not None and message.author.id == client.user.id


def first_part(delivery: Delivery) -> str:
    """The key of the first part of the message that the delivery is part of (or changes)."""
    return f"{(delivery.edits or delivery.key).rpartition(':')[0]}:0"


async def begin_thread(forum: discord.ForumChannel, delivery: Delivery, style: str) -> discord.Message:
    """A thread whose first message is the delivery. TagsClosed when its forum asks for a tag that we cannot give."""
    look, post = Look(nonce=delivery.nonce), delivery.post
    name = thread_name(delivery)
    tags = tags_for(forum, name)
    if style == "cards":
        return (await forum.create_thread(name=name, view=cards(post, look), applied_tags=tags)).message
    embed, view = embeds(post, look)
    if view is None:
        return (await forum.create_thread(name=name, embed=embed, applied_tags=tags)).message
    return (await forum.create_thread(name=name, embed=embed, view=view, applied_tags=tags)).message


def thread_name(delivery: Delivery) -> str:
    """Discord takes 100 characters."""
    return (delivery.post.heading or "News")[:100]


def tags_for(forum: discord.ForumChannel, name: str) -> list[discord.ForumTag]:
    """The tag that the message's name holds ("Japan" for “Japan, weekly”); else the first, where one is required.
    TagsClosed where none may be given.
    """
    free = [tag for tag in forum.available_tags if not tag.moderated]
    named = [tag for tag in free if tag.name and tag.name.casefold() in name.casefold()]
    if named or not forum.flags.require_tag:
        return named[:1]
    if not free:
        raise TagsClosed
    return free[:1]


async def publish(message: discord.Message | discord.PartialMessage, publications: Publications, now: float) -> None:
    """To the servers that follow the channel. Best effort: the message stands where it was sent, published or not."""
    if isinstance(message, discord.Message) and message.flags.crossposted:
        return
    if not publications.take(message.channel.id, now):
        log.warning("not_published", channel=str(message.channel.id), reason="ten messages in an hour")
        return
    try:
        await message.publish()
    except (discord.DiscordException, OSError) as error:
        log.warning("not_published", channel=str(message.channel.id), reason=repr(error))


async def opened(client: discord.Client, place: Place, work: Callable[[], Awaitable[Done]]) -> Done:
    """`work` in a thread that may be archived: it is opened, and the work done again, where Discord asks for that."""
    try:
        return await work()
    except discord.HTTPException as error:
        if error.code != ARCHIVED:
            raise
    await client.http.edit_channel(place.id, archived=False)
    return await work()
