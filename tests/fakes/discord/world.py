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
MANAGE_GUILD = 1 << 5
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
    archived: bool = False  # a thread; sending opens it again
    locked: bool = False  # a thread; sending is refused (160005)
    automod: tuple[str, ...] = ()  # words that the server's AutoMod refuses (200000)
    messages: list[Json] = field(default_factory=list)

    def payload(self) -> Json:
        if self.type == DM:
            assert self.recipient is not None
            return {"id": self.id, "type": DM, "flags": 0, "recipients": [self.recipient.payload()]}
        return {
            "id": self.id,
            "type": self.type,
            "guild_id": self.guild_id,
            "name": self.name,
            "position": 0,
            "permission_overwrites": self.overwrites(),
            "nsfw": False,
            "parent_id": None,
            "flags": 0,
            "topic": None,
            "rate_limit_per_user": 0,
        }

    def overwrites(self) -> list[Json]:
        """What @everyone (whose role has the server's id) may not do here."""
        denied = (0 if self.readable else READ_HISTORY) | (0 if self.writable else SEND_MESSAGES)
        return [{"id": self.guild_id, "type": 0, "allow": "0", "deny": str(denied)}] if denied else []


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
            "channels": [channel.payload() for channel in self.channels.values() if not channel.deleted],
            "threads": [],
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
