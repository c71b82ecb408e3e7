"""The pool of worker processes: CPU work off the event loop, with a deadline that kills.

`run(request)` answers what `bot.service.tasks` computes. Requests that people wait for go before those of a round.
A worker that hangs is killed at the deadline and the item fails with WorkerTimeout; one that dies fails its item
with WorkerCrashed; the next item gets a fresh process. Where none can be started the item fails with WorkerAbsent,
and the next one tries again. Never more than `processes` at once; all end with the pool.
"""

import asyncio
import contextlib
import itertools
import sys
from asyncio.subprocess import Process
from dataclasses import dataclass, field
from typing import Self, TypeVar, overload

import msgspec
import structlog

from bot.errors import WorkerAbsent, WorkerCrashed, WorkerError, WorkerTimeout
from bot.service.tasks import pack, unpack
from bot.service.worker import HEADER

T = TypeVar("T")
U = TypeVar("U")
_log = structlog.get_logger(__name__)

START_SECONDS = 60.0
"""A cold disk needs about 10 s to import trafilatura and lxml; more than this means that it cannot start."""

URGENT, ROUND = 0, 1
"""Priorities: somebody waits for it; a round does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`deadline` in seconds for each item; `memory` in megabytes; a process is replaced after `recycle` items,
    for lxml and the C libraries under it do not give all memory back. `gate`: the tables that a language model's points
    are judged by are loaded before the first item, whose time they would take.
    """

    processes: int = 1
    deadline: float = 20.0
    memory: int = 1024
    recycle: int = 1000
    gate: bool = False
    module: str = "bot.service.worker"


@dataclass(order=True, slots=True)
class _Job:
    priority: int
    number: int
    frame: bytes = field(compare=False)
    answer: asyncio.Future[object] = field(compare=False)


class WorkerPool:
    """Use as `async with WorkerPool(options) as pool: await pool.run(request, Answer)`."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._queue: asyncio.PriorityQueue[_Job] = asyncio.PriorityQueue()
        self._numbers = itertools.count()
        self._slots: list[asyncio.Task[None]] = []
        self.killed = 0
        self.processes: set[Process] = set()

    async def __aenter__(self) -> Self:
        self._slots = [asyncio.create_task(self._serve()) for _ in range(self._options.processes)]
        return self

    async def __aexit__(self, *error: object) -> None:
        for slot in self._slots:
            slot.cancel()
        await asyncio.gather(*self._slots, return_exceptions=True)
        while not self._queue.empty():
            self._queue.get_nowait().answer.cancel()

    @overload
    async def run(self, request: object, answers: type[T], *, priority: int = ...) -> T: ...
    @overload
    async def run(self, request: object, answers: tuple[type[T], type[U]], *, priority: int = ...) -> T | U: ...
    async def run(self, request: object, answers: type[T] | tuple[type[T], type[U]], *, priority: int = ROUND) -> T | U:
        """The answer, of one of the types `answers`. WorkerError when the item cannot be done."""
        job = _Job(priority, next(self._numbers), pack(request), asyncio.get_running_loop().create_future())
        await self._queue.put(job)
        answer = await job.answer
        if not isinstance(answer, answers):
            raise WorkerCrashed(f"The worker failed: {answer}")
        return answer

    async def _serve(self) -> None:
        """One slot: a process at a time, jobs one after the other."""
        process: Process | None = None
        done = 0
        try:
            while True:
                job = await self._queue.get()
                if job.answer.done():
                    continue
                try:
                    process = process or await self._start()
                    answer = await self._ask(process, job.frame)
                except WorkerError as error:
                    if process is not None:
                        await self._end(process)
                    process, done = None, 0
                    if not job.answer.done():
                        job.answer.set_exception(error)
                    continue
                if not job.answer.done():
                    job.answer.set_result(answer)
                done += 1
                if done >= self._options.recycle:
                    await self._end(process)
                    process, done = None, 0
        finally:
            if process is not None:
                await self._end(process)

    async def _start(self) -> Process:
        options = self._options
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", options.module, str(int(options.deadline) + 1), str(options.memory),
                *(["gate"] if options.gate else []),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
        except OSError as error:  # no memory or no descriptors left for one more process: later there may be
            _log.exception("worker_not_started")
            raise WorkerAbsent("The worker process could not be started; the log says why.") from error
        self.processes.add(process)
        try:
            async with asyncio.timeout(START_SECONDS):
                await _receive(process)
        except (TimeoutError, asyncio.IncompleteReadError) as error:
            await self._end(process)
            raise WorkerAbsent("The worker process did not start; the log above says why.") from error
        except asyncio.CancelledError:
            await self._end(process)
            raise
        return process

    async def _end(self, process: Process) -> None:
        """Kill and reap: the kill is immediate, whoever is cancelled meanwhile."""
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()
        self.processes.discard(process)

    async def _ask(self, process: Process, frame: bytes) -> object:
        try:
            async with asyncio.timeout(self._options.deadline):
                await _send(process, frame)
                return unpack(await _receive(process))
        except TimeoutError as error:
            self.killed += 1
            _log.warning("worker_killed", reason="deadline", seconds=self._options.deadline)
            raise WorkerTimeout(
                f"Reading took longer than {self._options.deadline:g} seconds and was stopped."
            ) from error
        except (asyncio.IncompleteReadError, ConnectionError, BrokenPipeError) as error:
            self.killed += 1
            _log.warning("worker_killed", reason="died")
            raise WorkerCrashed("The worker process died on this item.") from error
        except (msgspec.DecodeError, KeyError) as error:
            self.killed += 1
            _log.exception("worker_not_understood")
            raise WorkerCrashed("The worker process gave an answer that cannot be read.") from error


async def _send(process: Process, frame: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - created with a pipe
    process.stdin.write(HEADER.pack(len(frame)) + frame)
    await process.stdin.drain()


async def _receive(process: Process) -> bytes:
    assert process.stdout is not None  # noqa: S101 - created with a pipe
    (length,) = HEADER.unpack(await process.stdout.readexactly(HEADER.size))
    return await process.stdout.readexactly(length)
