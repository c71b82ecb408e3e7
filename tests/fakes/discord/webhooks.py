"""The pretended Discord's webhooks: made in a channel, executed by whoever has the token, gone when deleted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord.rules import COMPONENTS_V2, Json
from tests.fakes.discord.world import FORUM, THREAD, Channel, DiscordRefusal, World

MOST = 15  # of a channel (30007)
_NEVER = ("clyde", "discord")  # Webhook resource, Create Webhook


@dataclass
class Webhook:
    id: str
    token: str
    channel: str
    name: str
    application: str | None

    def payload(self, guild: str | None) -> Json:
        """`token` is told to the application that made it."""
        secret = {"token": self.token} if self.application else {}
        return {
            "id": self.id,
            "type": 1,
            "channel_id": self.channel,
            "guild_id": guild,
            "name": self.name,
            "avatar": None,
            "application_id": self.application,
            **secret,
        }


@dataclass
class Webhooks:
    """All of them, by id."""

    world: World
    all: dict[str, Webhook] = field(default_factory=dict)

    def add(self, channel: Channel, name: str = "Somebody's", application: str | None = None) -> Webhook:
        """One that a person made, or an application."""
        identity = self.world.snowflake()
        made = Webhook(identity, f"token-of-{identity}", channel.id, name, application)
        self.all[made.id] = made
        return made

    def listed(self, channel_id: str) -> list[Json]:
        channel = self._managed(channel_id)
        return [one.payload(channel.guild_id) for one in self.all.values() if one.channel == channel.id]

    def make(self, channel_id: str, body: Json) -> Json:
        channel = self._managed(channel_id)
        if len(self.listed(channel_id)) >= MOST:
            raise DiscordRefusal(400, 30007, "Maximum number of webhooks reached (15)")
        _named(body["name"], "name")
        return self.add(channel, body["name"], self.world.application_id).payload(channel.guild_id)

    def execute(self, webhook_id: str, token: str, body: Json, query: Mapping[str, str]) -> tuple[int, object]:
        hook = self._known(webhook_id, token)
        if body.get("username"):
            _named(body["username"], "username")
        channel, thread = self.world.channel_for_reading(hook.channel), query.get("thread_id")
        if channel.type == FORUM and bool(thread) == bool(body.get("thread_name")):
            raise DiscordRefusal(400, 220001, "Webhooks posted to forum channels must have a thread_name or thread_id")
        if channel.type != FORUM and body.get("thread_name"):
            raise DiscordRefusal(400, 220003, "Webhooks can only create threads in forum channels")
        if any(word in str(body) for word in channel.automod):
            raise DiscordRefusal(400, 200000, "Message was blocked by automatic moderation")
        place = self._place(channel, thread) if channel.type != FORUM or thread else self._thread(channel, body)
        message = self.world.message(place.id, body, webhook_id=hook.id, author=_author(hook, body))
        if hook.application:
            message["application_id"] = hook.application
        if place.parent == channel.id and not place.messages:
            message["id"] = place.id
        place.archived = False
        place.messages.append(message)
        return (200, message) if query.get("wait") in ("true", "1") else (204, None)

    def edit(self, path: list[str], body: Json, query: Mapping[str, str]) -> Json:
        """`path`: webhooks, id, token, messages, message id."""
        hook = self._known(path[1], path[2])
        place = self._place(self.world.channel_for_reading(hook.channel), query.get("thread_id"))
        message = next((one for one in place.messages if one["id"] == path[4]), None)
        if message is None or message.get("webhook_id") != hook.id:
            raise DiscordRefusal(404, 10008, "Unknown Message")
        if place.archived:
            raise DiscordRefusal(400, 50083, "Thread is archived")
        if message["flags"] & COMPONENTS_V2 and (body.get("content") or body.get("embeds")):
            raise DiscordRefusal(400, 50035, "A Components V2 message cannot go back")
        return self.world.edit(message, body)

    def _managed(self, channel_id: str) -> Channel:
        channel = self.world.channel_for_reading(channel_id)
        if channel.type == THREAD:
            raise DiscordRefusal(400, 50024, "Cannot execute action on this channel type")
        if not channel.webhooks:
            raise DiscordRefusal(403, 50013, "Missing Permissions")
        return channel

    def _known(self, webhook_id: str, token: str) -> Webhook:
        if webhook_id not in self.all:
            raise DiscordRefusal(404, 10015, "Unknown Webhook")
        if self.all[webhook_id].token != token:
            raise DiscordRefusal(401, 50027, "Invalid Webhook Token")
        return self.all[webhook_id]

    def _place(self, channel: Channel, thread_id: str | None) -> Channel:
        if thread_id is None:
            return channel
        thread = self.world.channel_for_reading(thread_id)
        if thread.parent != channel.id:
            raise DiscordRefusal(404, 10003, "Unknown Channel")
        return thread

    def _thread(self, forum: Channel, body: Json) -> Channel:
        applied = tuple(body.get("applied_tags") or ())
        if forum.tag_required and not applied:
            raise DiscordRefusal(400, 40067, "A tag is required to create a forum post in this channel")
        assert forum.guild_id is not None
        thread = self.world.add_channel(self.world.guilds[forum.guild_id], body["thread_name"], THREAD)
        thread.parent, thread.applied = forum.id, applied
        return thread


def _named(name: str, field_name: str) -> None:
    for word in _NEVER:
        if word in name.casefold():
            problem = {"code": "USERNAME_INVALID_CONTAINS", "message": f'Username cannot contain "{word}"'}
            raise DiscordRefusal(400, 50035, "Invalid Form Body", errors={field_name: {"_errors": [problem]}})


def _author(hook: Webhook, body: Json) -> dict[str, Any]:
    return {
        "id": hook.id,
        "username": body.get("username") or hook.name,
        "discriminator": "0000",
        "global_name": None,
        "avatar": body.get("avatar_url"),
        "primary_guild": None,
        "bot": True,
        "public_flags": 0,
        "flags": 0,
    }
