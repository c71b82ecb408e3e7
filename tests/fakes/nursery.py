"""A parent that has imported the whole bot, and forks a child for each life: 30 ms instead of seconds.

    async with Nursery(folder) as nursery:
        status = await nursery.live(plan)     # 0, or minus the signal that ended the life

Run as `python -m tests.fakes.nursery SOCKET` it first forks a reader, which answers what workers are asked: reading
is a pure function, so it remembers what it answered. Then it forks a life for each order (a JSON line on its standard
input), minded by a fork between, and writes its process id and its end. It starts no thread: a fork is a clean copy.
"""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

from tests.fakes.command import environment
from tests.fakes.thin_worker import HEADER, READER, receive


class Life:
    """One life that goes on: its process id, and how it ended."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.pid: asyncio.Future[int] = loop.create_future()
        self.status: asyncio.Future[int] = loop.create_future()


class Nursery:
    """The parent's parent. Lives go side by side where the caller lets them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self._news: asyncio.Task[None] | None = None
        self._lives: list[Life] = []

    async def __aenter__(self) -> Self:
        reader = str(self._folder / "reader")
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.fakes.nursery", reader,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=environment({READER: reader}),
        )  # fmt: skip
        self._news = asyncio.create_task(self._listen(self._process))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._news is not None
        self._process.stdin.close()
        await self._process.wait()
        await self._news

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            number, what, value = line.split()
            told = self._lives[int(number)]
            future = told.pid if what == b"pid" else told.status
            if not future.done():  # cancelled, when a run is interrupted
                future.set_result(int(value))

    async def begin(self, plan: Mapping[str, object]) -> Life:
        """A life by `plan` (see `tests.fakes.life`) that goes on; answers once it has a process."""
        assert self._process is not None
        assert self._process.stdin is not None
        life, number = Life(), len(self._lives)
        self._lives.append(life)
        log = str(self._folder / f"log{number}")
        self._process.stdin.write(json.dumps({"number": number, "log": log, "plan": plan}).encode() + b"\n")
        await life.pid
        return life

    async def live(self, plan: Mapping[str, object]) -> int:
        """A whole life; AssertionError with its log when it failed on its own."""
        return await self.end(await self.begin(plan))

    async def end(self, life: Life) -> int:
        """Wait for the end of a life."""
        status = await life.status
        log = self._folder / f"log{self._lives.index(life)}"
        if status not in (0, -signal.SIGKILL):
            raise AssertionError(f"a life ended with {status}:\n{log.read_text()[-4000:]}")
        log.unlink()
        return status


def serve(path: str, answer: Callable[[bytes], bytes]) -> None:
    """The reader: a thread for each worker that connects, the same question computed once."""
    import threading

    known: dict[bytes, bytes] = {}
    busy = threading.Lock()

    def attend(worker: socket.socket) -> None:
        with worker, contextlib.suppress(OSError):
            questions = worker.makefile("rb")
            while (frame := receive(questions)) is not None:
                with busy:
                    if frame not in known:
                        known[frame] = answer(frame)
                worker.sendall(HEADER.pack(len(known[frame])) + known[frame])

    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        while True:
            threading.Thread(target=attend, args=(door.accept()[0],), daemon=True).start()


def fork(work: Callable[[], object], log: str | None = None) -> int:
    """A child that does `work` and ends, its words in the file `log`; the child's process id."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        if log is not None:
            words = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(words, 1)
            os.dup2(words, 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        work()
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it is, it must not run on into the parent's code
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def mind(order: Mapping[str, Any]) -> None:
    """Fork a life, and tell its process id and its end."""
    from tests.fakes import life

    number, plan = order["number"], order["plan"]
    pid = fork(lambda: asyncio.run(life.of(plan)), order["log"])
    os.write(1, f"{number} pid {pid}\n".encode())
    _, status = os.waitpid(pid, 0)
    os.write(1, f"{number} status {os.waitstatus_to_exitcode(status)}\n".encode())


def main() -> None:
    from bot.chat.discord import client
    from bot.cli import running
    from bot.polling.client import tls
    from bot.service.tasks import answer
    from tests.fakes import life

    tls()  # half of a short life's time, when each reads the certificates itself
    del client, running, life  # loaded once, for every life
    reader = fork(lambda: serve(sys.argv[1], answer), sys.argv[1] + ".log")
    while not Path(sys.argv[1]).exists():
        time.sleep(0.01)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the minders
    try:
        for line in sys.stdin:
            order = json.loads(line)
            fork(lambda order=order: mind(order))  # type: ignore[misc]
    finally:
        os.kill(reader, signal.SIGKILL)


if __name__ == "__main__":
    main()
