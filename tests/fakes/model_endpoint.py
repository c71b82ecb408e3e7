"""A language model's endpoint on loopback that says what it is told to, in the OpenAI style.

    async with model_endpoint(points("Japan agreed.", [1])) as served:
        ... served.base_url ...
        assert served.asked[0]["model"] == "scripted"

Answers are given one after the other; the last one stays. `asked` keeps the JSON of each request, `headers` its
headers. An answer is any `async (Asked, StreamWriter) -> None`; those below cover what endpoints do.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.listening import listening

Answer = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]
MOST_BODY = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def sentences(self) -> dict[int, str]:
        """The numbered sentences that the model was shown."""
        shown = "\n".join(message["content"] for message in self.body["messages"][:2])
        return {int(number): text for number, text in re.findall(r"^\[(\d+)\] (.*)$", shown, re.MULTILINE)}

    @property
    def prompt(self) -> str:
        """All messages as one text."""
        return "\n".join(message["content"] for message in self.body["messages"])


@dataclass
class Served:
    """The running endpoint."""

    port: int = 0
    answers: list[Answer] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (asked := await _read(reader)) is not None:
                self.asked.append(asked)
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
                answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                try:
                    await answer(asked, writer)
                finally:
                    self.at_once -= 1
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    length = min(int(headers.get("content-length", "0")), MOST_BODY)
    body = json.loads(await reader.readexactly(length)) if length else {}
    return Asked(path=first.split(" ")[1], headers=headers, body=body)


@asynccontextmanager
async def model_endpoint(*answers: Answer) -> AsyncIterator[Served]:
    """An endpoint on a free port; it and all its connections end with the block."""
    served = Served(answers=list(answers) or [status(500)])
    async with listening(served.serve) as served.port:
        yield served


async def _send(writer: asyncio.StreamWriter, code: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
    lines = {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    writer.write(f"HTTP/1.1 {code} Status\r\n{head}\r\n".encode() + body)
    await writer.drain()


def completion(content: str | None, *, tokens: int | None = 900, refusal: str | None = None) -> bytes:
    """The body of an answer."""
    message = {"role": "assistant", "content": content} | ({"refusal": refusal} if refusal else {})
    body: dict[str, Any] = {
        "id": "c1", "object": "chat.completion", "created": 0, "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
    }  # fmt: skip
    if tokens is not None:
        body["usage"] = {"prompt_tokens": tokens - 100, "completion_tokens": 100, "total_tokens": tokens}
    return json.dumps(body).encode()


def says(content: str | None, *, tokens: int | None = 900, refusal: str | None = None) -> Answer:
    """The model says exactly this."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await _send(writer, 200, completion(content, tokens=tokens, refusal=refusal))

    return answer


def points(*pairs: tuple[str, Sequence[int]]) -> Answer:
    """The model gives these points, well formed."""
    return says(written(*pairs))


def written(*pairs: tuple[str, Sequence[int]]) -> str:
    """These points as the JSON that is asked for."""
    return json.dumps({"points": [{"text": text, "sentences": list(cited)} for text, cited in pairs]})


def thinks(write: Callable[[Asked], str]) -> Answer:
    """The model says what `write` makes of the request."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await _send(writer, 200, completion(write(asked)))

    return answer


def status(code: int, said: str = "no", headers: Mapping[str, str] | None = None) -> Answer:
    """An error of the endpoint's."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await _send(writer, code, json.dumps({"error": {"message": said}}).encode(), headers)

    return answer


def knows_not(*parts: str, then: Answer) -> Answer:
    """400 while the request holds one of `parts`, named in the error; else `then`."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        wrong = next((part for part in parts if part in asked.body), None)
        await (status(400, f"Unsupported parameter: '{wrong}'") if wrong else then)(asked, writer)

    return answer


def hangs() -> Answer:
    """Takes the request and says nothing."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    return answer


def in_pairs(then: Answer) -> Answer:
    """Answers a request when another one waits beside it."""
    pair = asyncio.Barrier(2)

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await pair.wait()
        await then(asked, writer)

    return answer


def endless(code: int = 200) -> Answer:
    """A body that never ends."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {code} OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n".encode())
        while True:
            writer.write(b'{"choices": [' + b" " * 65_536)
            await writer.drain()

    return answer


def raw(body: bytes, code: int = 200) -> Answer:
    """A body that is no completion."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await _send(writer, code, body)

    return answer


def breaks_off() -> Answer:
    """Announces more than it sends."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"choices"')
        await writer.drain()
        writer.transport.abort()

    return answer
