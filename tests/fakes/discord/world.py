"""What the pretended Discord holds: servers, channels, people, messages, commands. No sockets here."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.fakes.discord.rules import EPHEMERAL, Json

EPOCH_MS = 1_420_070_400_000  # Discord's snowflakes count from 2015-01-01
TEXT, DM, NEWS, THREAD, FORUM = 0, 1, 5, 11, 15
REQUIRE_TAG = 1 << 4
CROSSPOSTED = 1 << 0
MANAGE_GUILD = 1 << 5
MANAGE_WEBHOOKS = 1 << 29
SEND_MESSAGES, READ_HISTORY = 1 << 11, 1 << 16
EVERYDAY = (1 << 10) | SEND_MESSAGES | READ_HISTORY  # 1 << 10: view channel


class DiscordRefusal(Exception):
    """An answer in Discord's error form."""

    def __init__(self, status: int, code: int, message: str, **extra: object) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.extra = status, code, message, extra


@dataclass
class User:
    id: str
    name: str
    bot: bool = False
    dms_open: bool = True
    locale: str = "en-US"

    def payload(self) -> Json:
        return {
            "id": self.id,
            "username": self.name,
            "discriminator": "0",
            "global_name": None,
            "avatar": None,
            "primary_guild": None,
            "bot": self.bot,
            "public_flags": 0,
            "flags": 0,
        }


@dataclass
class Channel:
    id: str
    name: str
    guild_id: str | None
    type: int = TEXT
    recipient: User | None = None
    deleted: bool = False
    access: bool = True  # False: the bot may not even see it (50001)
    writable: bool = True  # False: it may not write there (50013)
    readable: bool = True  # False: it may not read what stands there, and its history is empty
    webhooks: bool = False  # whether the bot may manage them here
    archived: bool = False  # a thread; sending opens it again
    locked: bool = False  # a thread; sending is refused (160005)
    tags: tuple[tuple[str, bool], ...] = ()  # a forum's, each with whether only moderators may give it
    tag_required: bool = False  # a forum takes no thread without one (40067)
    parent: str | None = None  # a forum's thread: that forum
    applied: tuple[str, ...] = ()  # ids of its tags
    published: list[str] = field(default_factory=list)  # an announcement channel: messages that went on to followers
    automod: tuple[str, ...] = ()  # words that the server's AutoMod refuses (200000)
    messages: list[Json] = field(default_factory=list)

    def payload(self) -> Json:
        if self.type == DM:
            assert self.recipient is not None
            return {"id": self.id, "type": DM, "flags": 0, "recipients": [self.recipient.payload()]}
        if self.parent is not None:
            return self.thread()
        forum = {"available_tags": self.available_tags()} if self.type == FORUM else {}
        return {
            **forum,
            "id": self.id,
            "type": self.type,
            "guild_id": self.guild_id,
            "name": self.name,
            "position": 0,
            "permission_overwrites": self.overwrites(),
            "nsfw": False,
            "parent_id": None,
            "flags": REQUIRE_TAG if self.tag_required else 0,
            "topic": None,
            "rate_limit_per_user": 0,
        }

    def available_tags(self) -> list[Json]:
        return [
            {"id": str(number), "name": name, "moderated": moderated, "emoji_id": None, "emoji_name": None}
            for number, (name, moderated) in enumerate(self.tags, 1)
        ]

    def thread(self) -> Json:
        """A forum's thread, whose first message has its id."""
        return {
            "id": self.id,
            "type": THREAD,
            "guild_id": self.guild_id,
            "parent_id": self.parent or self.guild_id,
            "name": self.name,
            "flags": 0,
            "owner_id": self.messages[0]["author"]["id"] if self.messages else "1",
            "thread_metadata": {
                "archived": self.archived,
                "archive_timestamp": "2026-01-01T00:00:00+00:00",
                "auto_archive_duration": 1440,
                "locked": self.locked,
            },
            "message_count": len(self.messages),
            "member_count": 1,
            "total_message_sent": len(self.messages),
            "applied_tags": list(self.applied),
        }

    def overwrites(self) -> list[Json]:
        """What @everyone (whose role has the server's id) may not do here, or may do besides."""
        denied = (0 if self.readable else READ_HISTORY) | (0 if self.writable else SEND_MESSAGES)
        allowed = MANAGE_WEBHOOKS if self.webhooks else 0
        rule = {"id": self.guild_id, "type": 0, "allow": str(allowed), "deny": str(denied)}
        return [rule] if denied or allowed else []


@dataclass
class Guild:
    id: str
    name: str
    channels: dict[str, Channel] = field(default_factory=dict)
    locale: str = "en-US"

    def payload(self) -> Json:
        return {
            "id": self.id,
            "name": self.name,
            "icon": None,
            "splash": None,
            "owner_id": "1",
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "preferred_locale": self.locale,
            "features": [],
            "emojis": [],
            "stickers": [],
            "roles": [
                {
                    "id": self.id,
                    "name": "@everyone",
                    "permissions": str(EVERYDAY),
                    "position": 0,
                    "color": 0,
                    "hoist": False,
                    "managed": False,
                    "mentionable": False,
                    "flags": 0,
                }
            ],
            "system_channel_flags": 0,
            "unavailable": False,
            "member_count": 3,
            "large": False,
            "members": [],
            "channels": [one.payload() for one in self.channels.values() if not one.deleted and one.parent is None],
            "threads": [
                one.payload()
                for one in self.channels.values()
                if not one.deleted and one.parent is not None and not one.archived
            ],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
        }


class World:
    """The whole state. `now` is seconds since 1970 and may be a test's own clock."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self._serial = itertools.count(1)
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.users: dict[str, User] = {}
        self.commands: list[Json] = []
        self.application_id = self.snowflake()
        self.bot = self.add_user("Attaché", bot=True)
        self.nonces: dict[tuple[str, str], tuple[float, Json]] = {}
        self.nonce_window = 300.0  # "the past few minutes"

    def snowflake(self) -> str:
        """Ids grow with time, as Discord's do."""
        milliseconds = int(self.now() * 1000) - EPOCH_MS
        return str((milliseconds << 22) | next(self._serial) & 0x3FFFFF)

    def timestamp(self) -> str:
        return datetime.fromtimestamp(self.now(), UTC).isoformat()

    def add_user(self, name: str, *, bot: bool = False, dms_open: bool = True, locale: str = "en-US") -> User:
        user = User(self.snowflake(), name, bot, dms_open, locale)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str) -> Guild:
        guild = Guild(self.snowflake(), name)
        self.guilds[guild.id] = guild
        return guild

    def add_channel(self, guild: Guild, name: str, kind: int = TEXT) -> Channel:
        channel = Channel(self.snowflake(), name, guild.id, kind)
        guild.channels[channel.id] = self.channels[channel.id] = channel
        return channel

    def dm_with(self, user: User) -> Channel:
        for channel in self.channels.values():
            if channel.type == DM and channel.recipient is user:
                return channel
        channel = Channel(self.snowflake(), user.name, None, DM, user)
        self.channels[channel.id] = channel
        return channel

    # --- messages ---------------------------------------------------------------------------------------------------

    def channel_for_reading(self, channel_id: str) -> Channel:
        channel = self.channels.get(channel_id)
        if channel is None or channel.deleted:
            raise DiscordRefusal(404, 10003, "Unknown Channel")
        if not channel.access:
            raise DiscordRefusal(403, 50001, "Missing Access")
        return channel

    def channel_for_writing(self, channel_id: str, body: Json) -> Channel:
        channel = self.channel_for_reading(channel_id)
        if not channel.writable:
            raise DiscordRefusal(403, 50013, "Missing Permissions")
        if channel.type == FORUM:
            raise DiscordRefusal(400, 40058, "Cannot send a message in a forum channel")
        if channel.locked:
            raise DiscordRefusal(403, 160005, "Thread is locked")
        if channel.recipient is not None and not channel.recipient.dms_open:
            raise DiscordRefusal(403, 50007, "Cannot send messages to this user")
        if any(word in str(body) for word in channel.automod):
            raise DiscordRefusal(400, 200000, "Message was blocked by automatic moderation")
        return channel

    def post(self, channel_id: str, body: Json) -> Json:
        """Create Message: with `enforce_nonce`, a nonce that this author used lately answers the message it made."""
        channel = self.channel_for_writing(channel_id, body)
        nonce = body.get("nonce")
        key = (channel_id, str(nonce))
        if body.get("enforce_nonce") and key in self.nonces:
            at, earlier = self.nonces[key]
            if self.now() - at < self.nonce_window:
                return earlier
        message = self.message(channel_id, body)
        if nonce is not None:
            message["nonce"] = nonce
            self.nonces[key] = (self.now(), message)
        channel.archived = False
        channel.messages.append(message)
        return message

    def begin_thread(self, forum_id: str, body: Json) -> Json:
        """Start Thread in Forum or Media Channel."""
        forum = self.channel_for_reading(forum_id)
        if not forum.writable:
            raise DiscordRefusal(403, 50013, "Missing Permissions")
        applied = tuple(body.get("applied_tags") or ())
        if forum.tag_required and not applied:
            raise DiscordRefusal(400, 40067, "A tag is required to create a forum post in this channel")
        closed = {str(number) for number, (_, moderated) in enumerate(forum.tags, 1) if moderated}
        if closed & set(applied):
            raise DiscordRefusal(403, 50013, "Missing Permissions")
        assert forum.guild_id is not None
        thread = self.add_channel(self.guilds[forum.guild_id], body["name"], THREAD)
        thread.parent, thread.applied = forum.id, applied
        message = {**self.message(thread.id, body["message"]), "id": thread.id}
        thread.messages.append(message)
        return {**thread.payload(), "message": message}

    def publish(self, channel_id: str, message: Json) -> Json:
        """Crosspost Message: ten an hour."""
        channel = self.channel_for_reading(channel_id)
        if channel.type != NEWS:
            raise DiscordRefusal(400, 50024, "Cannot execute action on this channel type")
        if message["author"]["id"] != self.bot.id:  # needs Manage Messages
            raise DiscordRefusal(403, 50013, "Missing Permissions")
        if message["flags"] & CROSSPOSTED:
            raise DiscordRefusal(400, 40033, "This message has already been crossposted")
        if len(channel.published) >= 10:
            raise DiscordRefusal(429, 0, "The resource is being rate limited.", retry_after=3000.0)
        channel.published.append(message["id"])
        message["flags"] |= CROSSPOSTED
        return message

    def archived_threads(self, forum_id: str) -> Json:
        forum = self.channel_for_reading(forum_id)
        threads = [one.payload() for one in self.channels.values() if one.parent == forum.id and one.archived]
        return {"threads": threads[::-1], "members": [], "has_more": False}

    def message(self, channel_id: str, body: Json, **extra: Any) -> Json:
        return {
            "id": self.snowflake(),
            "type": 0,
            "channel_id": channel_id,
            "author": self.bot.payload(),
            "content": body.get("content") or "",
            "timestamp": self.timestamp(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [{"type": "rich", **embed} for embed in body.get("embeds") or []],
            "components": numbered(body.get("components") or []),
            "flags": body.get("flags") or 0,
            "pinned": False,
            **extra,
        }

    def edit(self, message: Json, body: Json) -> Json:
        """Keys that are absent stay; null empties, as for Discord."""
        for key in ("content", "embeds", "components"):
            if key in body:
                empty: str | list[Json] = "" if key == "content" else []
                message[key] = body[key] if body[key] is not None else empty
        message["components"] = numbered(message["components"])
        message["embeds"] = [{"type": "rich", **embed} for embed in message["embeds"]]
        if body.get("flags") is not None:
            message["flags"] = body["flags"] | (message["flags"] & EPHEMERAL)
        message["edited_timestamp"] = self.timestamp()
        return message


def numbered(components: list[Json]) -> list[Json]:
    """As Discord answers: every component has an `id`, counted where the sender gave none (0 counts as none)."""
    counter = itertools.count(1)

    def walk(component: Json) -> Json:
        result = {**component, "id": component.get("id") or next(counter)}
        if "components" in component:
            result["components"] = [walk(child) for child in component["components"]]
        if "accessory" in component:
            result["accessory"] = walk(component["accessory"])
        return result

    return [walk(component) for component in components]
