"""The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, events and every way of breaking off."""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.discord.rules import Json
from tests.fakes.discord.world import World

HEARTBEAT_MS = 41_250  # what Discord says today


@dataclass
class Session:
    """One identified connection; it outlives its socket, so that RESUME can replay what was missed."""

    id: str
    intents: int
    socket: web.WebSocketResponse | None
    sent: list[Json] = field(default_factory=list)

    async def dispatch(self, event: str, data: Json) -> None:
        packet = {"op": 0, "t": event, "s": len(self.sent) + 1, "d": data}
        self.sent.append(packet)
        await self.push(packet)

    async def push(self, packet: Json) -> None:
        if self.socket is not None and not self.socket.closed:
            with contextlib.suppress(ConnectionError):
                await self.socket.send_str(json.dumps(packet))


class Gateway:
    """All sessions of one token."""

    def __init__(self, world: World, token: str, url: Callable[[], str]) -> None:
        self.world, self.token, self.url = world, token, url
        self.sessions: dict[str, Session] = {}
        self.identified: list[Json] = []
        self.resumed: list[Json] = []
        self.heartbeats = 0
        self.heartbeat_ms = HEARTBEAT_MS
        self.acknowledge = True
        self.refuse_with: int | None = None
        self.ready = asyncio.Event()

    # --- what tests order -------------------------------------------------------------------------------------------

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event to every session; kept for those whose socket is gone."""
        for session in list(self.sessions.values()):
            await session.dispatch(event, data)

    async def disconnect(self, code: int | None = 4000) -> None:
        """Close every socket with `code`; None cuts the line without a word."""
        self.ready.clear()
        for session in self.sessions.values():
            socket, session.socket = session.socket, None
            if socket is not None and not socket.closed:
                if code is None:
                    _cut(socket)
                else:
                    await socket.close(code=code)

    async def request_reconnect(self) -> None:
        """Opcode 7."""
        self.ready.clear()
        for session in self.sessions.values():
            await session.push({"op": 7, "d": None})

    async def invalidate(self) -> None:
        """Opcode 9: forget every session, so that the client must identify anew."""
        self.ready.clear()
        for session in self.sessions.values():
            await session.push({"op": 9, "d": False})
        self.sessions.clear()

    # --- the protocol -----------------------------------------------------------------------------------------------

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.refuse_with is not None:
            await socket.close(code=self.refuse_with)
            return socket
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": self.heartbeat_ms}}))
        async for packet in socket:
            if packet.type is WSMsgType.TEXT:
                await self._receive(socket, json.loads(packet.data))
        return socket

    async def _receive(self, socket: web.WebSocketResponse, packet: Json) -> None:
        match packet["op"]:
            case 1:
                self.heartbeats += 1
                if self.acknowledge:
                    await socket.send_str(json.dumps({"op": 11, "d": None}))
            case 2:
                await self._identify(socket, packet["d"])
            case 6:
                await self._resume(socket, packet["d"])

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> None:
        self.identified.append(data)
        if data["token"] != self.token:
            await socket.close(code=4004, message=b"Authentication failed.")
            return
        session = Session(secrets.token_hex(16), data["intents"], socket)
        self.sessions[session.id] = session
        await session.dispatch("READY", self._ready_payload(session, data))
        for guild in list(self.world.guilds.values()):
            await session.dispatch("GUILD_CREATE", guild.payload())
        self.ready.set()

    def _ready_payload(self, session: Session, data: Json) -> Json:
        return {
            "v": 10,
            "user": {**self.world.bot.payload(), "mfa_enabled": False, "locale": "en-US"},
            "guilds": [{"id": guild.id, "unavailable": True} for guild in self.world.guilds.values()],
            "session_id": session.id,
            "resume_gateway_url": self.url(),
            "session_type": "normal",
            "application": {"id": self.world.application_id, "flags": 0},
            **({"shard": data["shard"]} if "shard" in data else {}),
        }

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self.token:
            await socket.send_str(json.dumps({"op": 9, "d": False}))
            return
        session.socket = socket
        self.resumed.append(data)
        for packet in session.sent[data["seq"] :]:
            await session.push(packet)
        await session.dispatch("RESUMED", {"_trace": []})
        self.ready.set()


def _cut(socket: web.WebSocketResponse) -> None:
    """End the TCP connection as a lost line does: no close frame."""
    request: Any = socket._req
    if request is not None and request.transport is not None:
        request.transport.abort()
