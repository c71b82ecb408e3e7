"""One SQLite file: a thread that writes, two that read, and time limits.

Durability: `synchronous=FULL`. In WAL mode NORMAL can lose acknowledged commits when the power fails (never when the
process dies), and a receipt that is lost so would send its message again. FULL costs one fsync a commit; a busy bot
commits a few hundred times an hour.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from bot.errors import StoreError, StoreUnavailable
from bot.ports import Probe
from bot.storage.sqlite.errors import explained, interrupted, missing
from bot.storage.sqlite.schema import inspect, migrate, require_present

T = TypeVar("T")
Row = tuple[Any, ...]
"""A row as sqlite3 answers it: what is in a column, the query knows."""

READERS = 2
"""Look-ups beside each other; on two cores a third would only wait."""
READ_SECONDS = 2.0
"""No look-up runs longer: Discord waits 3 s for an acknowledgement, and one slow question must not hold a reader."""
REBUILD_SECONDS = 60.0
"""For reads that a start needs whole (the grouping window: 20,000 articles take about 2 s)."""
BUSY_SECONDS = 5.0
"""How long to wait for a lock of another process (a backup, `attache sources add` beside a running bot)."""
STEPS = 4_000
"""Virtual machine steps between two looks at the clock: well under a millisecond."""
_WAL_BYTES = 64 * 1024 * 1024
"""The write-ahead log is cut back to this after a checkpoint."""


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,  # transactions are begun and ended by us, in words
        check_same_thread=False,  # closed from another thread than it worked in, never used by two at once
        timeout=BUSY_SECONDS,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _open_writer(path: Path) -> sqlite3.Connection:
    connection = _connect(path, "rwc")
    try:
        # Before WAL: so the first transaction also puts our mark into the file's own header.
        migrate(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
        require_present(connection, path)  # a read: else a writer that wrote nothing leaves the log's files behind
    except BaseException:
        connection.close()
        raise
    return connection


def _open_reader(path: Path) -> sqlite3.Connection:
    connection = _connect(path, "ro")
    try:
        connection.execute("PRAGMA query_only = ON")
        require_present(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def gather(cursor: sqlite3.Cursor) -> list[Row]:
    """All rows, or those found within the time limit; raises when it ended before the first."""
    rows: list[Row] = []
    try:
        for row in cursor:
            rows.append(row)  # noqa: PERF402 - list(cursor) would lose the rows found before the limit
    except sqlite3.OperationalError as error:
        if not interrupted(error) or not rows:
            raise
    return rows


class Database:
    """The connections of one file. Every method of a store is one call of `write` or `read`."""

    def __init__(self, path: Path, probe: Probe, read_seconds: float) -> None:
        self.path = path
        self._probe = probe
        self._read_seconds = read_seconds
        self._writer: sqlite3.Connection | None = None
        self._readers: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        self._write_thread = ThreadPoolExecutor(1, thread_name_prefix="store-write")
        self._read_threads = ThreadPoolExecutor(READERS, thread_name_prefix="store-read")
        self._closed = False
        self.trouble: str | None = None
        """See `bot.ports.StoreHealth`. A write that changes nothing proves nothing: a full disk lets it pass."""

    @classmethod
    async def open(
        cls, path: Path, *, probe: Probe, read_only: bool = False, read_seconds: float = READ_SECONDS
    ) -> "Database":
        """Open, begin a new file, or raise the StoreError that says why not."""
        database = cls(path, probe, read_seconds)
        try:
            await asyncio.get_running_loop().run_in_executor(database._write_thread, database._open, read_only)
        except BaseException:
            database._shut()
            raise
        return database

    def _open(self, read_only: bool) -> None:
        with self._explaining():
            there = inspect(self.path)
            if read_only and not there:
                raise missing(self.path)
            if not read_only:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._writer = _open_writer(self.path)
            for _ in range(READERS):
                self._readers.put(_open_reader(self.path))

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            told = explained(error, self.path)
            if told is None:
                raise
            raise told from error
        except OSError as error:
            raise explained(_as_sqlite(error), self.path) or error from error

    async def write(self, method: str, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do `work` in one transaction on the writing thread; committed when this returns, undone when it raises."""
        self._require_open()
        return await asyncio.get_running_loop().run_in_executor(self._write_thread, self._write, method, work)

    def _write(self, method: str, work: Callable[[sqlite3.Connection], T]) -> T:
        writer = self._writer
        if writer is None:
            raise StoreError(f"The store {self.path} was opened for reading only.", url=str(self.path))
        self._probe(f"store.{method}.begin")
        before = writer.total_changes
        try:
            with self._explaining():
                answer = self._transaction(writer, method, work)
        except StoreUnavailable as error:
            self.trouble = str(error).replace(f" {self.path}", "")  # it is told in public
            raise
        if writer.total_changes > before:
            self.trouble = None
        self._probe(f"store.{method}.committed")
        return answer

    def _transaction(self, writer: sqlite3.Connection, method: str, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            writer.execute("BEGIN IMMEDIATE")
            answer = work(writer)
            self._probe(f"store.{method}.before_commit")
            writer.execute("COMMIT")
        except BaseException:
            if writer.in_transaction:
                writer.execute("ROLLBACK")
            raise
        return answer

    async def read(self, work: Callable[[sqlite3.Connection], T], *, seconds: float | None = None) -> T:
        """Do `work` on one snapshot of the file, for `seconds` at most (the store's own limit unless told)."""
        self._require_open()
        limit = self._read_seconds if seconds is None else seconds
        return await asyncio.get_running_loop().run_in_executor(self._read_threads, self._read, work, limit)

    def _read(self, work: Callable[[sqlite3.Connection], T], seconds: float) -> T:
        reader = self._readers.get()
        deadline = time.monotonic() + seconds
        try:
            with self._explaining():
                reader.execute("BEGIN")
                reader.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
                return work(reader)
        finally:
            reader.set_progress_handler(None, 0)
            if reader.in_transaction:
                reader.execute("ROLLBACK")
            self._readers.put(reader)

    def _require_open(self) -> None:
        if self._closed:
            raise StoreError(f"The store {self.path} was closed already.", url=str(self.path))

    async def close(self) -> None:
        """Let what was begun end, then close. A second call does nothing."""
        if not self._closed:
            self._closed = True
            await asyncio.to_thread(self._shut)

    def _shut(self) -> None:
        self._closed = True
        self._write_thread.shutdown(wait=True)
        self._read_threads.shutdown(wait=True)
        while not self._readers.empty():
            self._readers.get().close()
        if self._writer is not None:
            self._writer.close()  # last: closing the last connection folds the write-ahead log into the file
            self._writer = None


def _as_sqlite(error: OSError) -> sqlite3.Error:
    """An error of the file system, met before SQLite saw the file, under SQLite's code for the same."""
    known = {PermissionError: sqlite3.SQLITE_PERM, FileExistsError: sqlite3.SQLITE_CANTOPEN}
    same = sqlite3.OperationalError(str(error))
    same.sqlite_errorcode = known.get(type(error), sqlite3.SQLITE_IOERR)
    return same


class Tables:
    """Base of the parts of `SqliteStore`: each holds the queries of some tables."""

    def __init__(self, database: Database) -> None:
        self._db = database
