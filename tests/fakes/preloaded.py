"""A parent that has imported the whole command line, and forks a child for each command: 30 ms instead of seconds.

`python -m tests.fakes.preloaded SOCKET` (started by `tests.fakes.command`) forks a reader for the workers, as
`tests.fakes.nursery` does, and then takes orders on the socket: arguments, folder and environment as a JSON line, with
the command's standard streams as file descriptors. It answers with the process id and the exit status, a line each.
It ends when its standard input does. What a command does is the bot's own code; only the interpreter's start and the
imports, in the command and in its worker process, are spared.
"""

import json
import os
import random
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from tests.fakes.nursery import fork, serve
from tests.fakes.thin_worker import READER

STREAMS = 3


def command(order: dict[str, Any], streams: list[int]) -> int:
    """Be `attache WORDS…`; its exit status."""
    from bot.cli import main

    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8")  # noqa: SIM115 - as long as we live
    sys.stderr = open(2, "w", encoding="utf-8", buffering=1)  # noqa: SIM115
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    sys.argv = ["attache", *order["words"]]
    random.seed()  # every child would go on from the parent's state
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def quick_workers() -> None:
    """Worker processes ask the reader from now on."""
    from bot.bootstrap import build
    from bot.service.workers import Options

    made: Any = Options.__init__
    built: Any = build.__wrapped__  # type: ignore[attr-defined]  # beneath asynccontextmanager
    made.__kwdefaults__["module"] = built.__kwdefaults__["worker"] = "tests.fakes.thin_worker"


def attend(caller: socket.socket) -> None:
    """One order: start it, tell its process id and how it ended."""
    with caller:
        raw, streams, _, _ = socket.recv_fds(caller, 1 << 20, STREAMS)
        while not raw.endswith(b"\n"):
            raw += caller.recv(1 << 20)
        order = json.loads(raw)
        if (pid := os.fork()) == 0:
            run(order, streams)
        for stream in streams:
            os.close(stream)
        caller.sendall(b"%d\n" % pid)
        _, status = os.waitpid(pid, 0)
        caller.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


def run(order: dict[str, Any], streams: list[int]) -> None:
    """The child: ends here, whatever happens."""
    status = 1
    try:
        status = command(order, streams)
    except BaseException:  # noqa: BLE001 - as the interpreter does at the end of a program
        import traceback

        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            if not stream.closed:
                stream.flush()
        os._exit(status)


def load() -> None:
    """Import what any command needs."""
    from bot import bootstrap
    from bot.chat.console import messenger, progress, shell
    from bot.chat.discord import client
    from bot.cli import archive, items, jsonl, running, sources, upkeep
    from bot.demo import outlets
    from bot.polling.client import tls
    from bot.service import scheduler

    tls()
    del bootstrap, messenger, progress, shell, client, outlets, scheduler
    del archive, items, jsonl, running, sources, upkeep


def main() -> None:
    from bot.service.tasks import answer

    load()
    quick_workers()
    reader = fork(lambda: serve(os.environ[READER], answer), os.environ[READER] + ".log")
    while not Path(os.environ[READER]).exists():
        time.sleep(0.01)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who attend
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(sys.argv[1])
        door.listen()
        try:
            while sys.stdin not in select.select([door, sys.stdin], [], [])[0]:
                caller, _ = door.accept()
                with caller:
                    fork(lambda caller=caller: attend(caller))  # type: ignore[misc]
        finally:
            os.kill(reader, signal.SIGKILL)


if __name__ == "__main__":
    main()
