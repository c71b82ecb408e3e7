"""A worker process: reads requests from its standard input, answers on its standard output, one at a time.

Run as `python -m bot.service.worker DEADLINE MEMORY [gate]`; with "gate" it loads what a language model's points are
judged by before it is ready. It lowers its own priority, limits its memory, kills itself when an item takes too long
even if the parent is gone, and ends with its parent. Frames: 4 bytes of length, big endian, then an Envelope
(`bot.service.tasks`). The first frame out is empty: ready.
"""

import ctypes
import gc
import os
import signal
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO

HEADER = struct.Struct(">I")
GRACE = 3
"""Seconds that a worker outlives its item's deadline: the parent kills first, this is for orphans."""


_COLLECTED_AFTER = 50_000
"""New containers after which cycles are looked for. Reading leaves next to none, and to look after every 700, as Python
does by itself, takes 3 to 6 % of the time after extraction."""


def collect_seldom() -> None:
    """Look for cycles as seldom as reading makes them."""
    gc.set_threshold(_COLLECTED_AFTER)


def _limit(memory: int) -> None:
    """Lower priority, cap the address space (megabytes), and die with the parent, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(10)
    size = memory * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    if sys.platform == "linux":
        pr_set_pdeathsig = 1  # prctl(2)
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _alarm(seconds: int) -> None:
    """The kernel's default for SIGALRM ends the process, whatever Python is doing; 0 switches it off."""
    if sys.platform != "win32":
        signal.alarm(seconds)


def _read_frame(stream: BinaryIO) -> bytes | None:
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    return stream.read(HEADER.unpack(header)[0])


def _write_frame(stream: BinaryIO, frame: bytes) -> None:
    stream.write(HEADER.pack(len(frame)) + frame)
    stream.flush()


def main(respond: Callable[[bytes], bytes] | None = None) -> None:
    """Serve until the parent closes our input. `respond` stands in for the tasks' own answers in tests."""
    deadline, memory = int(sys.argv[1]), int(sys.argv[2])
    # Libraries may print: only frames go to the parent, all else to standard error.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit(memory)
    collect_seldom()
    from bot.service import reading  # before we are ready: loading it takes a second that is no article's
    from bot.service.tasks import answer, pack_error

    del reading
    if "gate" in sys.argv[3:]:
        from bot.summarizing.claims import load_tables

        load_tables()
    _write_frame(out, b"")
    while (frame := _read_frame(sys.stdin.buffer)) is not None:
        _alarm(deadline + GRACE)
        try:
            reply = (respond or answer)(frame)
        except Exception as error:  # noqa: BLE001 - whatever one item does, the next one is served
            reply = pack_error(f"{type(error).__name__}: {error}"[:500])
        _alarm(0)
        _write_frame(out, reply)


if __name__ == "__main__":
    main()
