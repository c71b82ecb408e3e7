"""The command line as people run it: each command in a process of its own, in a folder of the test's.

`start` is `python -m bot`. `attache` forks a parent that has imported the same (`tests.fakes.preloaded`), for starting
sixty interpreters takes longer than all that they are asked to do.
"""

import asyncio
import atexit
import contextlib
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.thin_worker import READER

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and all that it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The test's own environment without any setting of a bot that its user may run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ATTACHE_")}
    return {**kept, "PYTHONPATH": str(ROOT), **(more or {})}


async def start(*words: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> asyncio.subprocess.Process:
    """`attache WORDS…`, with pipes on all sides."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *map(str, words),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=cwd,
        env=environment(env),
        limit=1 << 22,
    )  # fmt: skip


async def attache(
    *words: str | Path, cwd: Path, stdin: str | bytes = b"", env: Mapping[str, str] | None = None, fresh: bool = False
) -> Ended:
    """Run `attache WORDS…` to its end; `fresh`: in an interpreter of its own."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    if not fresh and sys.platform != "win32":
        return await _forked([str(word) for word in words], cwd, given, env)
    process = await start(*words, cwd=cwd, env=env)
    out, err = await process.communicate(given)
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


# --- without the start of an interpreter ------------------------------------------------------------------------------


@functools.cache
def _preloaded() -> Path:
    """The socket of the parent that this test process shares among its commands."""
    folder = Path(tempfile.mkdtemp(prefix="attache-"))  # not pytest's: a socket's path has a hundred bytes
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.preloaded", str(folder / "door")],
        stdin=subprocess.PIPE, cwd=ROOT, env=environment({READER: str(folder / "reader")}),
    )  # fmt: skip

    def end() -> None:
        assert parent.stdin is not None
        parent.stdin.close()
        parent.wait()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end)
    return folder / "door"


async def _forked(words: Sequence[str], cwd: Path, given: bytes, env: Mapping[str, str] | None) -> Ended:
    door = _preloaded()
    (from_in, to_in), (from_out, to_out), (from_err, to_err) = os.pipe(), os.pipe(), os.pipe()
    known = environment({READER: str(door.with_name("reader")), **(env or {})})
    order = {"words": words, "cwd": str(cwd), "env": known}
    with socket.socket(socket.AF_UNIX) as caller:
        try:
            await _connect(caller, door)
            line = json.dumps(order).encode() + b"\n"
            sent = socket.send_fds(caller, [line], [from_in, to_out, to_err])
            caller.sendall(line[sent:])
        finally:
            for stream in (from_in, to_out, to_err):
                os.close(stream)
        caller.setblocking(False)
        news, _ = await asyncio.open_connection(sock=caller)
        pid = int(await news.readline())
        try:
            threading.Thread(target=_give, args=(to_in, given), daemon=True).start()
            out, err, status = await asyncio.gather(_all(from_out), _all(from_err), news.readline())
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            raise
    return Ended(int(status), out.decode(), err.decode())


async def _connect(caller: socket.socket, door: Path) -> None:
    """Once the parent has loaded; pytest's own limit ends the wait."""
    while True:
        with contextlib.suppress(FileNotFoundError, ConnectionRefusedError):
            caller.connect(str(door))
            return
        await asyncio.sleep(0.02)


def _give(stream: int, given: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), os.fdopen(stream, "wb") as pipe:
        pipe.write(given)


async def _all(stream: int) -> bytes:
    reader = asyncio.StreamReader()
    pipe = os.fdopen(stream, "rb")
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    return await reader.read()
