"""JSON lines in, JSON lines out: one answer for each line, in order, always."""

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec
import structlog

from bot.bootstrap import worker_options
from bot.cli.common import put_json
from bot.config import Settings
from bot.errors import AttacheError, InputError, WorkerCrashed, WorkerTimeout
from bot.ports import Json
from bot.service.workers import WorkerPool

_log = structlog.get_logger(__name__)

Answer = dict[str, Json]
T = TypeVar("T")

OUR_FAULT = "A mistake of mine kept me from doing this line; standard error says which."

AHEAD = 32
"""Lines under way at once: enough to keep every worker busy, answered in order."""


async def each_line(
    lines: Iterable[tuple[int, bytes]],
    ask: Callable[[bytes], Awaitable[T]],
    finish: Callable[[T], Answer],
    put: Callable[[Answer], None] = put_json,
) -> int:
    """One line out for each line in, in order, whatever becomes of it.

    `ask` runs for many lines side by side; `finish` and `put` strictly in the order of the lines.
    """
    under_way: deque[tuple[int, bytes, asyncio.Task[T | _Failed]]] = deque()

    async def put_next() -> None:
        number, line, task = under_way.popleft()
        asked = await task
        if isinstance(asked, _Failed):
            put(asked.line)
            return
        answer: T = asked

        async def finished(_line: bytes) -> Answer:
            return finish(answer)

        told = await _answered(number, line, finished)
        put(told.line if isinstance(told, _Failed) else told)

    for number, line in lines:
        under_way.append((number, line, asyncio.create_task(_answered(number, line, ask))))
        if len(under_way) >= AHEAD:
            await put_next()
    while under_way:
        await put_next()
    return 0


@dataclass(frozen=True, slots=True)
class _Failed:
    """A line that cannot be done, as it is answered."""

    line: Answer


async def _answered(number: int, line: bytes, ask: Callable[[bytes], Awaitable[T]]) -> "T | _Failed":
    """The answer, or why there is none, with the line's id where it has one."""
    try:
        return await ask(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _error(_id_of(line, number), "bad_line", f"The line is not what is asked for: {error}")
    except InputError as error:
        return _error(_id_of(line, number), "bad_input", str(error))
    except WorkerTimeout as error:
        return _error(_id_of(line, number), "timeout", str(error))
    except WorkerCrashed as error:
        return _error(_id_of(line, number), "crashed", str(error))
    except AttacheError as error:
        return _error(_id_of(line, number), "failed", str(error))
    except Exception:  # noqa: BLE001 - the boundary: a mistake of ours with one line never takes the others along
        _log.exception("line_failed", line=number)
        return _error(_id_of(line, number), "failed", OUR_FAULT)


def _error(identity: Json, code: str, message: str) -> _Failed:
    return _Failed({"id": identity, "error": {"code": code, "message": message}})


def _id_of(line: bytes, number: int) -> Json:
    """The line's id if it can be made out, else its number."""
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return f"line {number}"
    identity = found.get("id") if isinstance(found, dict) else None
    return identity if isinstance(identity, str | int) else f"line {number}"


@asynccontextmanager
async def many_workers(settings: Settings) -> AsyncIterator[WorkerPool]:
    """As many workers as there are cores: nothing else runs beside a batch."""
    options = replace(worker_options(settings), processes=max(settings.worker.processes, os.cpu_count() or 1))
    async with WorkerPool(options) as pool:
        yield pool
