"""One bot for one store: a lock of the kernel's, gone with its process however that ends.

POSIX: a record lock (`fcntl.lockf`), which children of a fork do not inherit: a worker that outlives its killed parent
by a moment does not keep the store. Such a lock is lost when its process closes any descriptor of the file and does
not exclude its own process, so held paths are kept in a set here. Windows: `msvcrt.locking`.
"""

import os
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from bot.errors import StoreInUse, StoreUnavailable
from bot.storage.codec import encode

_HELD: dict[Path, str] = {}
_MAXIMUM = 4096
"""Bytes read of a lock file: ours hold about 100, and a stranger's may be anything."""
_LOCKED_BYTE = 1 << 30
"""Far behind the words in the file: on Windows a locked byte cannot be read."""

_SOMEBODY = "another process"
_LOOKS, _LOOK_SECONDS = 10, 0.05


class _Holder(msgspec.Struct):
    pid: int
    command: str
    since: datetime

    def __str__(self) -> str:
        return f"process {self.pid} ({self.command}, since {self.since:%Y-%m-%d %H:%M} UTC)"


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _LOCKED_BYTE)
        except (BlockingIOError, PermissionError):
            return False
        return True


def lock_path(store: Path) -> Path:
    """The lock's file, beside the store: locks on the database itself are SQLite's. It stays when nobody holds it."""
    return store.absolute().with_name(f"{store.name}.lock")


def _read_holder(descriptor: int) -> str | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        return str(msgspec.json.decode(os.read(descriptor, _MAXIMUM), type=_Holder))
    except (msgspec.DecodeError, OSError, ValueError):
        return None


def _take_soon(descriptor: int) -> bool:
    """Take the lock; wait a moment for one who has not put a name in: `holder` holds it for an instant to look."""
    for _ in range(_LOOKS):
        if _take(descriptor):
            return True
        if _read_holder(descriptor) is not None:
            return False
        time.sleep(_LOOK_SECONDS)
    return False


def holder(store: Path) -> str | None:
    """Who holds the store, in words; None when nobody does."""
    path = lock_path(store)
    if path in _HELD:
        return _HELD[path]
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        return None if _take(descriptor) else _read_holder(descriptor) or _SOMEBODY
    finally:
        os.close(descriptor)


class StoreLock:
    """Holds the store at `path` from `__enter__` (or `acquire`) to `__exit__` (or `release`).

    Raises StoreInUse, naming the process, when another holds it. Look-ups, backups and previews need no lock.
    """

    def __init__(self, path: Path, *, command: str, now: datetime) -> None:
        self._store = path
        self._path = lock_path(path)
        self._holder = _Holder(pid=os.getpid(), command=command, since=now)
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock, at once or not at all."""
        if self._path in _HELD:
            raise self._refusal(_HELD[self._path])
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise StoreUnavailable(
                f"The lock {self._path} cannot be written: let this user write in the folder of the store.",
                url=str(self._store),
            ) from error
        if not _take_soon(descriptor):
            named = _read_holder(descriptor) or _SOMEBODY
            os.close(descriptor)
            raise self._refusal(named)
        self._descriptor = descriptor
        _HELD[self._path] = str(self._holder)
        with suppress(OSError):  # a full disk costs the name only: the lock itself is the kernel's
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, encode(self._holder).encode())

    def _refusal(self, named: str) -> StoreInUse:
        return StoreInUse(
            f"The store {self._store} is in use by {named}: stop it first. Look-ups, previews, doctor and backup work "
            "beside it.",
            url=str(self._store),
            holder=named,
        )

    def release(self) -> None:
        """Let go. A second call does nothing."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None
            _HELD.pop(self._path, None)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
