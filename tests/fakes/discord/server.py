"""The pretended Discord on loopback: REST and gateway on one port."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

from tests.fakes.discord import rules
from tests.fakes.discord.faults import Bucket, Fault
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.interactions import DEADLINE, Interaction, Interactions
from tests.fakes.discord.payloads import application, history, known_user, registered
from tests.fakes.discord.rules import Json
from tests.fakes.discord.webhooks import Webhooks
from tests.fakes.discord.world import TEXT, Channel, DiscordRefusal, Guild, User, World

_UNDESCRIBED = frozenset({"create_interaction_response"})
"""Its `resource` is described for two of the six kinds of callback; a deferral's is only in the documentation."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One REST request as it came in."""

    operation: str
    method: str
    path: str
    body: Any
    status: int


class FakeDiscord:
    """Use as `async with FakeDiscord() as fake`. `violations` holds everything that Discord would have refused;
    `requests` every REST request; `missed` interactions that were not acknowledged within `ack_within` seconds: a
    test whose machine may be slow gives more than Discord does, and shows by other means that nothing is waited for.
    """

    def __init__(
        self, token: str = "a.fake.token", *, now: Callable[[], float] = time.time, ack_within: float = DEADLINE
    ) -> None:
        self.token = token
        self.world = World(now)
        self.gateway = Gateway(self.world, token, lambda: self.gateway_url)
        self.interactions = Interactions(self.world, ack_within)
        self.webhooks = Webhooks(self.world)
        self.violations: list[str] = []
        self.requests: list[Recorded] = []
        self.faults: list[Fault] = []
        self.limits: dict[str, Bucket] = {}
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self._runner: web.AppRunner | None = None
        self.port = 0

    # --- life -------------------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 25)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/gateway/", self.gateway.handle)
        app.router.add_route("*", "/api/v10/{rest:.*}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Close everything; the port then refuses connections."""
        await self.gateway.disconnect(1001)
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    @property
    def missed(self) -> list[Interaction]:
        return self.interactions.missed

    # --- what tests arrange -----------------------------------------------------------------------------------------

    def add_user(self, name: str = "reader", **kwargs: Any) -> User:
        return self.world.add_user(name, **kwargs)

    def add_guild(self, name: str = "Ministry", channels: tuple[str, ...] = ("general",)) -> Guild:
        """A server that the bot is in; before it connects (later: `join_guild`)."""
        guild = self.world.add_guild(name)
        for channel in channels:
            self.world.add_channel(guild, channel)
        return guild

    def channel(self, guild: Guild, name: str = "general") -> Channel:
        return next(channel for channel in guild.channels.values() if channel.name == name)

    def add_channel(self, guild: Guild, name: str, kind: int = TEXT) -> Channel:
        return self.world.add_channel(guild, name, kind)

    async def join_guild(self, name: str = "Embassy") -> Guild:
        guild = self.add_guild(name)
        payload = {key: value for key, value in guild.payload().items() if key != "unavailable"}
        await self.gateway.dispatch("GUILD_CREATE", payload)  # the key stands only where a server was announced before
        return guild

    async def remove_guild(self, guild: Guild) -> None:
        self.world.guilds.pop(guild.id)
        for channel in guild.channels.values():
            channel.access = False
        await self.gateway.dispatch("GUILD_DELETE", {"id": guild.id})

    async def delete_channel(self, channel: Channel) -> None:
        channel.deleted = True
        await self.gateway.dispatch("CHANNEL_DELETE", channel.payload())

    def fail_next(self, operation: str, **kwargs: Any) -> Fault:
        """The next request(s) of `operation` meet a `Fault`; see there for what can be ordered."""
        fault = Fault(operation, **kwargs)
        self.faults.append(fault)
        return fault

    def limit(self, operation: str, limit: int, per: float) -> None:
        """A rate limit for every channel of one operation."""
        self.limits[operation] = Bucket(limit, per)

    def messages(self, channel_id: str) -> list[Json]:
        """What stands in the channel, oldest first; ephemeral answers do not."""
        return list(self.world.channels[channel_id].messages)

    def dms(self, user: User) -> list[Json]:
        return list(self.world.dm_with(user).messages)

    def bodies(self, *operations: str) -> list[Any]:
        return [one.body for one in self.requests if not operations or one.operation in operations]

    # --- what people do ---------------------------------------------------------------------------------------------

    async def slash(
        self,
        guild: Guild | None,
        channel: Channel | None,
        user: User,
        path: str,
        options: Json | None = None,
        *,
        manager: bool = False,
    ) -> Interaction:
        """`user` runs a slash command ("digest now"); `guild` None: in direct messages."""
        place = channel or self.world.dm_with(user)
        made = self.interactions.new(2, place, guild, user, None)
        data = self.interactions.command_data(path, options or {}, place)
        await self.gateway.dispatch("INTERACTION_CREATE", self.interactions.payload(made, data, manager=manager))
        return made

    async def click(
        self, message: Json, user: User, custom_id: str, guild: Guild | None = None, *, manager: bool = False
    ) -> Interaction:
        """`user` presses the button of `message`."""
        place = self.world.channels[message["channel_id"]]
        guild = guild or self.world.guilds.get(place.guild_id or "")
        made = self.interactions.new(3, place, guild, user, message)
        data = {"custom_id": custom_id, "component_type": 2, "id": 1}
        await self.gateway.dispatch("INTERACTION_CREATE", self.interactions.payload(made, data, manager=manager))
        return made

    async def autocomplete(
        self, guild: Guild | None, channel: Channel | None, user: User, path: str, option: str, typed: str
    ) -> Interaction:
        """`user` types into an option."""
        place = channel or self.world.dm_with(user)
        made = self.interactions.new(4, place, guild, user, None)
        first, *rest = path.split()
        given: list[Json] = [{"type": 3, "name": option, "value": typed, "focused": True}]
        for word in reversed(rest):
            given = [{"type": 1, "name": word, "options": given}]
        data: Json = {"id": "1", "name": first, "type": 1, "options": given}
        await self.gateway.dispatch("INTERACTION_CREATE", self.interactions.payload(made, data, manager=False))
        return made

    # --- REST -------------------------------------------------------------------------------------------------------

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["rest"]
        operation = rules.operation_of(request.method, path)
        body, problem = await _body(request)
        if operation is None:
            self.violations.append(f"no such endpoint: {request.method} {path}")
            return _json({"message": "404: Not Found", "code": 0}, 404)
        fault = next((one for one in self.faults if one.takes(operation.id, path)), None)
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault is None or fault.effect or (fault.status is None and not fault.reset):
            status, reply, headers = await self._do(request, operation, path, body, problem)
        else:
            status, reply, headers = 0, None, {}
        if fault and (fault.status is not None or fault.reset):
            self._record(operation.id, request, path, body, fault.status or 0)
            return _faulty(request, fault)
        self._record(operation.id, request, path, body, status)
        return _json(reply, status, headers)

    def _record(self, operation: str, request: web.Request, path: str, body: object, status: int) -> None:
        self.requests.append(Recorded(operation, request.method, path, body, status))

    async def _do(
        self, request: web.Request, operation: rules.Operation, path: str, body: Any, problem: str | None
    ) -> tuple[int, object, dict[str, str]]:
        secret = "callback" in path or path.startswith("/webhooks/")
        if not secret and request.headers.get("Authorization") != f"Bot {self.token}":
            return 401, {"message": "401: Unauthorized", "code": 0}, {}
        major = path.split("/")[2] if path.count("/") > 1 else ""
        bucket = self._bucket(operation.id, major)
        fits = bucket.take(time.monotonic())
        headers = _limit_headers(bucket, operation.id)
        if not fits:
            after = max(0.0, bucket.resets - time.monotonic())
            limited = {"message": "You are being rate limited.", "retry_after": round(after, 3), "global": False}
            return 429, limited, {**headers, "Via": "1.1 google", "Retry-After": str(int(after) + 1)}
        if operation.id == "create_dm" and isinstance(body, dict) and isinstance(body.get("recipient_id"), int):
            body = {**body, "recipient_id": str(body["recipient_id"])}  # so discord.py sends it, and Discord takes it
        found = [problem] if problem else rules.problems(operation, body)
        if found:
            self.violations += found
            return (
                400,
                {
                    "code": 50035,
                    "message": "Invalid Form Body",
                    "errors": {"_errors": [{"code": "FAKE", "message": line} for line in found]},
                },
                headers,
            )
        try:
            status, reply = self._answer(operation.id, path.split("/")[1:], body, request)
        except DiscordRefusal as refusal:
            return refusal.status, {"code": refusal.code, "message": refusal.message, **refusal.extra}, headers
        if reply is not None and operation.id not in _UNDESCRIBED:
            self.violations += [f"the fake: {line}" for line in rules.reply_problems(operation.id, reply)]
        return status, reply, headers

    def _bucket(self, operation: str, major: str) -> Bucket:
        if (operation, major) not in self._buckets:
            pattern = self.limits.get(operation, Bucket())
            self._buckets[operation, major] = Bucket(pattern.limit, pattern.per)
        return self._buckets[operation, major]

    def _answer(self, operation: str, path: list[str], body: Any, request: web.Request) -> tuple[int, object]:
        world, interactions = self.world, self.interactions
        match operation:
            case "get_my_user":
                return 200, {**world.bot.payload(), "mfa_enabled": False, "locale": "en-US"}
            case "get_my_application" | "get_my_oauth2_application":
                return 200, application(world)
            case "get_gateway":
                return 200, {"url": self.gateway_url}
            case "get_bot_gateway":
                start = {"total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1}
                return 200, {"url": self.gateway_url, "shards": 1, "session_start_limit": start}
            case "list_application_commands":
                return 200, world.commands
            case "bulk_set_application_commands":
                world.commands = [registered(world, command) for command in body]
                return 200, world.commands
            case "create_dm":
                return 200, world.dm_with(known_user(world, str(body["recipient_id"]))).payload()
            case "get_channel":
                return 200, world.channel_for_reading(path[1]).payload()
            case "update_channel":
                channel = world.channel_for_reading(path[1])
                if channel.locked:
                    raise DiscordRefusal(403, 160005, "Thread is locked")
                channel.archived = body["archived"]
                return 200, channel.thread()
            case "create_thread":
                return 201, world.begin_thread(path[1], body)
            case "list_public_archived_threads":
                return 200, world.archived_threads(path[1])
            case "create_message":
                return 200, world.post(path[1], body)
            case "list_messages":
                return 200, history(world.channel_for_reading(path[1]), request)
            case "get_message" | "update_message" | "delete_message" | "crosspost_message":
                return self._one_message(operation, path, body)
            case "create_interaction_response":
                reply = interactions.callback(path[1], path[2], body)
                asked = request.query.get("with_response") in ("1", "true")
                return (200, _public(reply)) if asked else (204, None)
            case "list_channel_webhooks":
                return 200, self.webhooks.listed(path[1])
            case "create_webhook":
                return 200, self.webhooks.make(path[1], body)
            case "execute_webhook" if path[1] != world.application_id:
                return self.webhooks.execute(path[1], path[2], body, request.query)
            case "update_webhook_message":
                return 200, self.webhooks.edit(path, body, request.query)
            case "execute_webhook":
                return 200, _public(interactions.follow_up(path[2], body))
            case "update_original_webhook_message":
                return 200, _public(interactions.edit_original(path[2], body))
            case "get_original_webhook_message":
                return 200, _public(interactions.original(path[2])[1])
            case "delete_original_webhook_message":
                interactions.delete_original(path[2])
                return 204, None
        raise DiscordRefusal(501, 0, f"the fake cannot do {operation}")

    def _one_message(self, operation: str, path: list[str], body: Any) -> tuple[int, object]:
        channel = self.world.channel_for_reading(path[1])
        message = next((one for one in channel.messages if one["id"] == path[3]), None)
        if message is None:
            raise DiscordRefusal(404, 10008, "Unknown Message")
        if operation == "crosspost_message":
            return 200, self.world.publish(path[1], message)
        if operation == "update_message" and channel.archived:
            raise DiscordRefusal(400, 50083, "Thread is archived")
        if operation == "delete_message":
            channel.messages.remove(message)
            return 204, None
        if operation == "get_message":
            return 200, message
        if message["flags"] & rules.COMPONENTS_V2 and (body.get("content") or body.get("embeds")):
            raise DiscordRefusal(400, 50035, "A Components V2 message cannot go back")
        return 200, self.world.edit(message, body)


def _public(reply: Json) -> Json:
    """Without what the fake notes for itself."""
    return {key: value for key, value in reply.items() if key != "edited_by"}


async def _body(request: web.Request) -> tuple[Any, str | None]:
    if not request.can_read_body:
        return None, None
    raw = await request.read()
    if request.content_type != "application/json":
        return None, f"a body of type {request.content_type}"
    try:
        return json.loads(raw), None
    except ValueError:
        return None, "a body that is not JSON"


def _limit_headers(bucket: Bucket, operation: str) -> dict[str, str]:
    after = max(0.0, bucket.resets - time.monotonic())
    return {
        "X-RateLimit-Limit": str(bucket.limit),
        "X-RateLimit-Remaining": str(bucket.limit - bucket.used),
        "X-RateLimit-Reset": f"{time.time() + after:.3f}",
        "X-RateLimit-Reset-After": f"{after:.3f}",
        "X-RateLimit-Bucket": f"bucket-{operation}",
    }


def _faulty(request: web.Request, fault: Fault) -> web.StreamResponse:
    if fault.reset:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)
    status = fault.status or 500
    if status == 429:
        after = fault.retry_after if fault.retry_after is not None else 0.1
        headers = {"Retry-After": str(int(after) + 1), "X-RateLimit-Scope": "global" if fault.everywhere else "user"}
        if fault.everywhere:
            headers["X-RateLimit-Global"] = "true"
        if fault.via:
            headers["Via"] = "1.1 google"
        reply = {"message": "You are being rate limited.", "retry_after": after, "global": fault.everywhere}
        return _json(reply, 429, headers)
    if status >= 500 and not fault.code:
        return web.Response(status=status, text="<html>upstream connect error</html>", content_type="text/html")
    return _json({"code": fault.code, "message": fault.message or "scripted"}, status)


def _json(reply: object, status: int, headers: dict[str, str] | None = None) -> web.Response:
    """discord.py parses only a content type of exactly `application/json`: no charset."""
    if reply is None:
        return web.Response(status=status, headers=headers)
    raw = json.dumps(reply).encode()
    return web.Response(status=status, body=raw, headers={**(headers or {}), "Content-Type": "application/json"})
