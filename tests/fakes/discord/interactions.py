"""One use of a command or a button, as the person in front of Discord sees it."""

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord.rules import COMPONENTS_V2, EPHEMERAL, Json, components_in
from tests.fakes.discord.world import MANAGE_GUILD, Channel, DiscordRefusal, Guild, User, World

DEADLINE = 3.0  # seconds; Receiving and Responding: "within 3 seconds", else the token is void
LOADING = 1 << 7


@dataclass
class Interaction:
    """`messages` are those that this interaction made, oldest first; `visible_to_all` leaves the ephemeral ones out."""

    id: str
    token: str
    kind: int
    channel: Channel
    guild: Guild | None
    user: User
    sent_at: float
    source: Json | None = None
    acknowledged_after: float | None = None
    late: bool = False
    response: Json | None = None
    original: Json | None = None
    messages: list[Json] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait_acknowledged(self, within: float = 200.0) -> None:
        """Until the first callback arrived."""
        await self._until(lambda: self.acknowledged_after is not None, within)

    async def wait_answer(self, within: float = 200.0) -> Json:
        """The first message with something in it (not "is thinking…"), or the edited message of a page turn."""
        await self._until(lambda: self.answer is not None, within)
        assert self.answer is not None
        return self.answer

    async def wait_messages(self, count: int, within: float = 200.0) -> list[Json]:
        """`count` messages that are not loading any more."""
        await self._until(lambda: len(self.answers) >= count, within)
        return self.answers

    @property
    def answers(self) -> list[Json]:
        return [message for message in self.messages if not message["flags"] & LOADING]

    @property
    def answer(self) -> Json | None:
        if self.answers:
            return self.answers[0]
        if self.source is not None and self.source.get("edited_by") == self.id:
            return self.source
        return None

    @property
    def choices(self) -> list[Json]:
        """What an autocompletion offered."""
        found: list[Json] = (self.response or {}).get("data", {}).get("choices", [])
        return found

    async def _until(self, done: Any, within: float) -> None:
        async with asyncio.timeout(within):
            while not done():
                self.changed.clear()
                await self.changed.wait()

    def touch(self) -> None:
        self.changed.set()


def text_of(message: Json) -> str:
    """All that a reader sees of a message: content, embeds, text displays, button labels."""
    parts = [message.get("content") or ""]
    for embed in message.get("embeds") or ():
        parts += [embed.get("title") or "", embed.get("description") or "", (embed.get("footer") or {}).get("text", "")]
        parts += [f"{one['name']}\n{one['value']}" for one in embed.get("fields") or ()]
    for component in components_in(message.get("components")):
        parts += [component.get("content") or "", component.get("label") or ""]
    return "\n".join(part for part in parts if part)


def buttons_of(message: Json) -> list[Json]:
    """The buttons of a message, in order."""
    return [component for component in components_in(message.get("components")) if component["type"] == 2]


class Interactions:
    """Makes interactions and does what the bot answers to them."""

    def __init__(self, world: World, ack_within: float) -> None:
        self.world = world
        self.ack_within = ack_within
        self.all: dict[str, Interaction] = {}
        self.missed: list[Interaction] = []

    def new(self, kind: int, channel: Channel, guild: Guild | None, user: User, source: Json | None) -> Interaction:
        token = secrets.token_urlsafe(32)
        made = Interaction(self.world.snowflake(), token, kind, channel, guild, user, self.world.now(), source)
        self.all[token] = made
        return made

    def payload(self, made: Interaction, data: Json, *, manager: bool) -> Json:
        payload: Json = {
            "id": made.id,
            "application_id": self.world.application_id,
            "type": made.kind,
            "data": data,
            "token": made.token,
            "version": 1,
            "channel_id": made.channel.id,
            "channel": made.channel.payload(),
            "locale": made.user.locale,
            "app_permissions": "2147483647",
            "entitlements": [],
            "authorizing_integration_owners": {"0": made.guild.id if made.guild else "0"},
            "attachment_size_limit": 10_485_760,
            "context": 0 if made.guild else 1,
        }
        if made.guild:
            permissions = (MANAGE_GUILD if manager else 0) | (1 << 10) | (1 << 11)
            payload |= {
                "guild_id": made.guild.id,
                "guild": {"id": made.guild.id, "locale": made.guild.locale, "features": []},
                "guild_locale": made.guild.locale,
                "member": {
                    "user": made.user.payload(),
                    "roles": [],
                    "joined_at": self.world.timestamp(),
                    "deaf": False,
                    "mute": False,
                    "flags": 0,
                    "nick": None,
                    "avatar": None,
                    "premium_since": None,
                    "pending": False,
                    "communication_disabled_until": None,
                    "permissions": str(permissions),
                },
            }
        else:
            payload["user"] = made.user.payload()
        if made.source is not None:
            payload["message"] = {key: value for key, value in made.source.items() if key != "edited_by"}
        return payload

    def command_data(self, path: str, options: Json, channel: Channel) -> Json:
        """The data of a slash command, only as the registered command allows it."""
        words = path.split()
        command = next((one for one in self.world.commands if one["name"] == words[0]), None)
        if command is None:
            raise LookupError(f"/{words[0]} is not registered")
        leaf, nest = command, []
        for word in words[1:]:
            leaf = next(option for option in leaf["options"] if option["name"] == word and option["type"] in (1, 2))
            nest.append({"type": leaf["type"], "name": word})
        known = {option["name"]: option for option in leaf.get("options") or ()}
        missing = [name for name, option in known.items() if option.get("required") and name not in options]
        if missing or options.keys() - known.keys():
            raise LookupError(f"/{path}: missing {missing}, unknown {sorted(options.keys() - known.keys())}")
        given = [{"type": known[name]["type"], "name": name, "value": value} for name, value in options.items()]
        resolved: Json = {"channels": {}}
        for option in given:
            _check_value(path, known[option["name"]], option["value"])
            if option["type"] == 7:
                chosen = self.world.channels[option["value"]]
                extra = {"permissions": "2147483647", "type": chosen.type, "name": chosen.name, "id": chosen.id}
                resolved["channels"][chosen.id] = {**extra, "parent_id": None, "flags": 0}
                if chosen.parent is not None:
                    resolved["channels"][chosen.id] |= chosen.thread()
        for one in reversed(nest):
            given = [{**one, "options": given}]
        data: Json = {"id": command["id"], "name": command["name"], "type": 1, "options": given}
        if resolved["channels"]:
            data["resolved"] = resolved
        return data

    # --- what the bot does ------------------------------------------------------------------------------------------

    def find(self, token: str) -> Interaction:
        if token not in self.all:
            raise DiscordRefusal(404, 10015, "Unknown Webhook")
        return self.all[token]

    def callback(self, interaction_id: str, token: str, body: Json) -> Json:
        made = self.find(token)
        if made.id != interaction_id:
            raise DiscordRefusal(404, 10062, "Unknown interaction")
        waited = self.world.now() - made.sent_at
        if waited > self.ack_within:
            made.late = True
            if made not in self.missed:
                self.missed.append(made)
            raise DiscordRefusal(404, 10062, "Unknown interaction")
        if made.acknowledged_after is not None:
            raise DiscordRefusal(400, 40060, "Interaction has already been acknowledged.")
        self._respond(made, body)
        made.acknowledged_after, made.response = waited, body
        made.touch()
        reply: Json = {"interaction": {"id": made.id, "type": made.kind}}
        if made.original is not None:
            reply["interaction"] |= {
                "response_message_id": made.original["id"],
                "response_message_loading": bool(made.original["flags"] & LOADING),
                "response_message_ephemeral": bool(made.original["flags"] & EPHEMERAL),
            }
            reply["resource"] = {"type": body["type"], "message": made.original}
        return reply

    def _respond(self, made: Interaction, body: Json) -> None:
        kind, data = body["type"], body.get("data") or {}
        allowed = {2: {4, 5, 9, 12}, 3: {4, 5, 6, 7, 9, 12}, 4: {8}}[made.kind]
        if kind not in allowed:
            raise DiscordRefusal(400, 50035, f"Response type {kind} does not fit an interaction of type {made.kind}")
        if kind in (4, 5):
            loading = LOADING if kind == 5 else 0
            made.original = self._make(made, {**data, "flags": (data.get("flags") or 0) | loading})
        elif kind in (6, 7):
            made.original = made.source
            if kind == 7 and made.source is not None:
                self.world.edit(made.source, data)["edited_by"] = made.id

    def _make(self, made: Interaction, body: Json) -> Json:
        metadata: Json = {
            "id": made.id,
            "type": made.kind,
            "user": made.user.payload(),
            "authorizing_integration_owners": {},
        }
        if made.source is not None:
            metadata["interacted_message_id"] = made.source["id"]
        extra = {"application_id": self.world.application_id, "interaction_metadata": metadata}
        message = self.world.message(made.channel.id, body, webhook_id=self.world.application_id, **extra)
        made.messages.append(message)
        if not message["flags"] & EPHEMERAL:
            made.channel.messages.append(message)
        return message

    def original(self, token: str) -> tuple[Interaction, Json]:
        made = self.find(token)
        if made.acknowledged_after is None:
            raise DiscordRefusal(404, 10015, "Unknown Webhook")
        if made.original is None:
            raise DiscordRefusal(404, 10008, "Unknown Message")
        return made, made.original

    def edit_original(self, token: str, body: Json) -> Json:
        made, message = self.original(token)
        if not message["flags"] & LOADING and message["flags"] & COMPONENTS_V2 and body.get("content"):
            raise DiscordRefusal(400, 50035, "A Components V2 message cannot go back")
        message["flags"] &= ~LOADING
        self.world.edit(message, body)
        if message is made.source:
            message["edited_by"] = made.id
        made.touch()
        return message

    def delete_original(self, token: str) -> None:
        made, message = self.original(token)
        made.original = None
        made.messages = [one for one in made.messages if one is not message]
        made.channel.messages = [one for one in made.channel.messages if one is not message]
        made.touch()

    def follow_up(self, token: str, body: Json) -> Json:
        """The first follow-up of a deferred answer becomes that answer, with the deferral's own visibility."""
        made = self.find(token)
        if made.acknowledged_after is None:
            raise DiscordRefusal(404, 10015, "Unknown Webhook")
        if made.original is not None and made.original["flags"] & LOADING:
            return self.edit_original(token, body)
        message = self._make(made, body)
        made.touch()
        return message


def _check_value(path: str, option: Json, value: object) -> None:
    """Discord's client lets nothing else through."""
    choices = [choice["value"] for choice in option.get("choices") or ()]
    low, high = option.get("min_value"), option.get("max_value")
    kinds: dict[int, type] = {3: str, 4: int, 5: bool, 7: str}
    if not isinstance(value, kinds[option["type"]]) or (choices and value not in choices):
        raise LookupError(f"/{path}: {value!r} is no value for {option['name']}")
    if isinstance(value, int) and ((low is not None and value < low) or (high is not None and value > high)):
        raise LookupError(f"/{path}: {value!r} is out of range for {option['name']}")
