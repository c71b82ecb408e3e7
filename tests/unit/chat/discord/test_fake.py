"""The pretended Discord refuses what the real one would; otherwise the tests upon it could not fail."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.rules import COMPONENTS_V2, operation_of, problems

V2 = {"flags": COMPONENTS_V2}


def text(content: str = "words") -> dict[str, Any]:
    return {"type": 10, "content": content}


def button(**more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": "x", "custom_id": "c:/help", **more}


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(buttons)}


def command(**more: Any) -> dict[str, Any]:
    return {"name": "latest", "description": "d", "type": 1, **more}


def option(name: str = "o", **more: Any) -> dict[str, Any]:
    return {"name": name, "description": "d", "type": 3, **more}


MESSAGE = ("POST", "/channels/1/messages")
CALLBACK = ("POST", "/interactions/1/t/callback")
BULK = ("PUT", "/applications/1/commands")
ORIGINAL = ("PATCH", "/webhooks/1/t/messages/@original")

GOOD: list[tuple[tuple[str, str], Any]] = [
    (MESSAGE, {"content": "x" * 2000, "nonce": "n" * 25, "enforce_nonce": True}),
    (MESSAGE, {**V2, "components": [{"type": 17, "components": [text(), row(button())]}]}),
    (MESSAGE, {**V2, "components": [{"type": 9, "components": [text()], "accessory": button()}]}),
    (MESSAGE, {"embeds": [{"title": "t", "description": "d" * 4096}], "components": [row(button())]}),
    (CALLBACK, {"type": 5, "data": {"flags": 64}}),
    (CALLBACK, {"type": 6}),
    (BULK, [command(options=[option(required=True), option("p")])]),
    (ORIGINAL, {"content": None, "embeds": [], "components": []}),
]

BAD: list[tuple[tuple[str, str], Any, str]] = [
    (MESSAGE, {"content": "x" * 2001}, "2001 characters"),
    (MESSAGE, {}, "empty message"),
    (MESSAGE, {"content": ""}, "empty message"),
    (MESSAGE, {"content": "x", "colour": 1}, "unknown key $.colour"),
    (MESSAGE, {"embeds": [{"title": "t", "colour": 1}]}, "unknown key $.embeds[0].colour"),
    (MESSAGE, {"content": "x", "nonce": "n" * 26}, "nonce"),
    (MESSAGE, {"content": "x", "enforce_nonce": True}, "without a nonce"),
    (MESSAGE, {"content": 5}, "content"),
    (MESSAGE, {"embeds": [{"title": "t" * 257}]}, "title"),
    (MESSAGE, {"embeds": [{"description": "d" * 4000}, {"description": "d" * 2001}]}, "6001 characters"),
    (MESSAGE, {"embeds": [{"title": "t"}] * 11}, "embeds"),
    (MESSAGE, {**V2, "content": "x", "components": [text()]}, "goes with neither"),
    (MESSAGE, {**V2, "embeds": [{"title": "t"}], "components": [text()]}, "goes with neither"),
    (MESSAGE, {"components": [text()]}, "without the Components V2 flag"),
    (MESSAGE, {**V2, "components": [{"type": 17, "components": [text("a")] * 40}]}, "41 components"),
    (MESSAGE, {**V2, "components": [text("x" * 2001), text("y" * 2000)]}, "4001 characters together"),
    (MESSAGE, {**V2, "components": [text(" ")]}, "empty text display"),
    (MESSAGE, {"components": [row(button(custom_id="c" * 101))]}, "custom_id"),
    (MESSAGE, {"components": [row(button(), button())]}, "custom_id used twice"),
    (MESSAGE, {"components": [row(button(label="l" * 81))]}, "label"),
    (MESSAGE, {"components": [row(button(style=5))]}, "link style"),
    (MESSAGE, {"components": [row(*(button(custom_id=str(n)) for n in range(6)))]}, "components"),
    (MESSAGE, {"components": [row(button(custom_id=str(n))) for n in range(6)]}, "more than 5 action rows"),
    (MESSAGE, {**V2, "components": [{**text(), "id": 7}, {**text(), "id": 7}]}, "component id used twice"),
    (CALLBACK, {"type": 4, "data": {}}, "empty message"),
    (CALLBACK, {"type": 4, "data": {"content": "x" * 2001}}, "2001 characters"),
    (CALLBACK, {"type": 8, "data": {"choices": [{"name": "n", "value": "v"}] * 26}}, "choices"),
    (CALLBACK, {"type": 99}, "$"),
    (BULK, [command(name="Latest")], "lower case"),
    (BULK, [command(name="two words")], "lower case"),
    (BULK, [command(description="")], "1 to 100"),
    (BULK, [command(description="d" * 101)], "1 to 100"),
    (BULK, [command(), command()], "used twice"),
    (BULK, [command(options=[option(str(n)) for n in range(26)])], "more than 25"),
    (BULK, [command(options=[option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])])], "more than 25"),
    (BULK, [command(options=[option("a"), option("b", required=True)])], "required options stand first"),
    (BULK, [command(options=[option("a"), {"type": 1, "name": "s", "description": "d"}])], "side by side"),
    (BULK, [command(surprise=1)], "unknown key $[0].surprise"),
    (ORIGINAL, {"content": "x" * 2001}, "2001 characters"),
]


def found(where: tuple[str, str], body: Any) -> list[str]:
    operation = operation_of(*where)
    assert operation is not None
    return problems(operation, body)


@pytest.mark.parametrize(("where", "body"), GOOD)
def test_what_discord_takes(where: tuple[str, str], body: Any) -> None:
    assert found(where, body) == []


@pytest.mark.parametrize(("where", "body", "words"), BAD)
def test_what_discord_refuses(where: tuple[str, str], body: Any, words: str) -> None:
    assert words in "\n".join(found(where, body))


# --- over sockets ----------------------------------------------------------------------------------------------------


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as server:
        yield server


@pytest.fixture
async def http(fake: FakeDiscord) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {fake.token}"}) as session:
        yield session


async def test_a_violation_is_recorded_and_refused(fake: FakeDiscord, http: aiohttp.ClientSession) -> None:
    channel = fake.channel(fake.add_guild())
    async with http.post(f"{fake.api_url}/channels/{channel.id}/messages", json={"content": "x" * 2001}) as reply:
        assert reply.status == 400
        assert reply.headers["Content-Type"] == "application/json"
        assert (await reply.json())["code"] == 50035
    assert len(fake.violations) == 1
    assert fake.messages(channel.id) == []


async def test_an_unknown_endpoint_is_a_violation(fake: FakeDiscord, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{fake.api_url}/no/such/thing") as reply:
        assert reply.status == 404
    assert fake.violations == ["no such endpoint: GET /no/such/thing"]


async def test_a_nonce_is_remembered_for_its_window(fake: FakeDiscord, http: aiohttp.ClientSession) -> None:
    channel = fake.channel(fake.add_guild())
    url, body = f"{fake.api_url}/channels/{channel.id}/messages", {"content": "x", "nonce": "n", "enforce_nonce": True}
    ids = []
    for _ in range(2):
        async with http.post(url, json=body) as reply:
            ids.append((await reply.json())["id"])
    assert ids[0] == ids[1]
    fake.world.nonce_window = 0
    async with http.post(url, json=body) as reply:
        assert (await reply.json())["id"] != ids[0]
    async with http.post(url, json={"content": "y", "nonce": "n"}) as reply:
        assert reply.status == 200
    assert len(fake.messages(channel.id)) == 3


async def test_the_bucket_runs_out(fake: FakeDiscord, http: aiohttp.ClientSession) -> None:
    channel = fake.channel(fake.add_guild())
    fake.limit("create_message", 1, 60)
    seen = []
    for _ in range(2):
        async with http.post(f"{fake.api_url}/channels/{channel.id}/messages", json={"content": "x"}) as reply:
            seen.append((reply.status, reply.headers["X-RateLimit-Remaining"], "Via" in reply.headers))
    assert seen == [(200, "0", False), (429, "0", True)]


async def test_an_interaction_that_waits_too_long_is_void() -> None:
    now = 1_780_000_000.0
    async with FakeDiscord(now=lambda: now) as fake, aiohttp.ClientSession() as session:
        guild = fake.add_guild()
        fake.world.commands = [{**command(), "id": "1"}]
        used = await fake.slash(guild, fake.channel(guild), fake.add_user(), "latest")
        now += 3.1
        url = f"{fake.api_url}/interactions/{used.id}/{used.token}/callback?with_response=1"
        async with session.post(url, json={"type": 5}) as reply:
            assert (reply.status, (await reply.json())["code"]) == (404, 10062)
        assert fake.missed == [used]


async def test_interactions_follow_their_order(fake: FakeDiscord, http: aiohttp.ClientSession) -> None:
    guild = fake.add_guild()
    channel = fake.channel(guild)
    fake.world.commands = [{**command(), "id": "1"}]
    used = await fake.slash(guild, channel, fake.add_user(), "latest")
    hook = f"{fake.api_url}/webhooks/{fake.world.application_id}/{used.token}"
    callback = f"{fake.api_url}/interactions/{used.id}/{used.token}/callback"

    async def status(method: str, url: str, body: Any = None) -> int:
        async with http.request(method, url, json=body) as reply:
            return reply.status

    assert await status("POST", hook, {"content": "too early"}) == 404
    assert await status("POST", callback, {"type": 5, "data": {"flags": 64}}) == 204
    assert await status("POST", callback, {"type": 5}) == 400
    assert await status("POST", hook, {"content": "first"}) == 200
    assert await status("POST", hook, {"content": "second"}) == 200
    assert [message["content"] for message in used.messages] == ["first", "second"]
    assert [message["content"] for message in fake.messages(channel.id)] == ["second"]
    assert await status("DELETE", f"{hook}/messages/@original") == 204
    assert [message["content"] for message in used.answers] == ["second"]


async def test_only_what_is_registered_can_be_used(fake: FakeDiscord) -> None:
    guild = fake.add_guild()
    fake.world.commands = [{**command(options=[option(choices=[{"name": "a", "value": "a"}])]), "id": "1"}]
    for path, options in (("nosuch", {}), ("latest", {"other": "x"}), ("latest", {"o": "b"})):
        with pytest.raises(LookupError):
            await fake.slash(guild, fake.channel(guild), fake.add_user(), path, options)


async def test_a_wrong_token_is_refused_everywhere(fake: FakeDiscord) -> None:
    async with aiohttp.ClientSession(headers={"Authorization": "Bot wrong"}) as session:
        async with session.get(f"{fake.api_url}/users/@me") as reply:
            assert reply.status == 401
        async with session.ws_connect(fake.gateway_url) as socket:
            assert (await socket.receive_json())["op"] == 10
            await socket.send_str(json.dumps({"op": 2, "d": {"token": "wrong", "intents": 1}}))
            assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
            assert socket.close_code == 4004


async def test_the_gateway_acknowledges_and_resumes(fake: FakeDiscord) -> None:
    guild = fake.add_guild()
    identify = {"op": 2, "d": {"token": fake.token, "intents": 1}}
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(fake.gateway_url) as socket:
            await socket.receive_json()
            await socket.send_json({"op": 1, "d": None})
            assert (await socket.receive_json())["op"] == 11
            await socket.send_json(identify)
            ready = await socket.receive_json()
            assert (await socket.receive_json())["t"] == "GUILD_CREATE"
        await asyncio.sleep(0)
        await fake.delete_channel(fake.channel(guild))
        async with session.ws_connect(fake.gateway_url) as socket:
            await socket.receive_json()
            data = {"token": fake.token, "session_id": ready["d"]["session_id"], "seq": 2}
            await socket.send_json({"op": 6, "d": data})
            assert [(await socket.receive_json())["t"] for _ in range(2)] == ["CHANNEL_DELETE", "RESUMED"]
            await socket.send_json({"op": 6, "d": {**data, "session_id": "unknown"}})
            assert (await socket.receive_json())["op"] == 9
