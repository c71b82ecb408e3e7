"""Preferences, drafts and caches: sqlitedict in a file of its own beside the store.

JSON and never pickle (CVE-2024-35515 is about sqlitedict's default). WAL, autocommit and `synchronous=NORMAL`:
sqlitedict would choose DELETE and OFF, where a failed commit kills its thread and a power cut can destroy the file.
A dictionary runs a thread of its own and waits for it without a limit; so every call is made on one thread of ours
that can be left behind, and the caller waits for seconds at most.
"""

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

import sqlitedict
import structlog

from bot.errors import StoreError, StoreUnavailable
from bot.ports import Json
from bot.storage.codec import clean, decode_json, encode
from bot.storage.sqlite.errors import explained
from bot.storage.sqlite.schema import header_of

T = TypeVar("T")

APPLICATION_ID = 0x41747470
"""The letters "Attp"."""
SPACES = ("guild", "channel", "user", "draft", "summary", "site")
KEPT = {"draft": 2_000, "summary": 20_000, "site": 2_000}
"""Of these the newest so many outlive a restart: they can be made again, and about 40 MB of them are enough."""
SECONDS = 8.0
"""A call waits no longer: SQLite itself waits 5 s for another process's lock."""

_log = structlog.get_logger(__name__)
logging.getLogger("sqlitedict").setLevel(logging.CRITICAL)  # it prints stacks; what failed is raised and logged here


class _Abandonable:
    """A thread that does one thing after another, and that nobody has to wait for: not even the end of the process."""

    def __init__(self) -> None:
        self._work: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        threading.Thread(target=self._run, name="store-preferences", daemon=True).start()

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            work()

    def stop(self) -> None:
        """End after what was given already."""
        self._work.put(None)

    async def do(self, work: Callable[[], T], seconds: float) -> T:
        """What `work` answers or raises; TimeoutError when it takes longer, and it then goes on unheard."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()

        def tell(set_: Callable[[], None]) -> None:
            if not done.done():
                set_()

        def run() -> None:
            try:
                answer = work()
            except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to the caller
                _tell(loop, lambda error=error: tell(lambda: done.set_exception(error)))  # type: ignore[misc]
            else:
                _tell(loop, lambda: tell(lambda: done.set_result(answer)))

        self._work.put(run)
        return await asyncio.wait_for(done, seconds)


def _tell(loop: asyncio.AbstractEventLoop, call: Callable[[], object]) -> None:
    try:
        loop.call_soon_threadsafe(call)
    except RuntimeError:
        return  # the loop was closed: nobody listens any more


def preferences_path(store: Path) -> Path:
    """The preferences' file of a store: `attache.db` -> `attache.preferences.db`."""
    return store.with_name(f"{store.stem}.preferences{store.suffix or '.db'}")


def _begin(path: Path) -> None:
    """Make the file what it should be, in one transaction; raises sqlite3.DatabaseError when it is damaged."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        for space in SPACES:
            connection.execute(f'CREATE TABLE IF NOT EXISTS "{space}" (key TEXT PRIMARY KEY, value BLOB)')
        for space, kept in KEPT.items():  # every put gives a new rowid, so the smallest are the oldest
            last = f'SELECT max(rowid) FROM "{space}"'  # noqa: S608 - names of ours
            connection.execute(f'DELETE FROM "{space}" WHERE rowid <= ({last}) - ?', (kept,))  # noqa: S608
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
        problem = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if problem != "ok":
            raise sqlite3.DatabaseError(problem)
    finally:
        connection.close()


def _ours(path: Path) -> bool:
    header = header_of(path)
    return header is None or header.application_id == APPLICATION_ID


def _move_aside(path: Path, why: str) -> None:
    """Keep the file under another name, its log with it, and say so."""
    number = 1
    while (aside := path.with_name(f"{path.name}.aside-{number}")).exists():
        number += 1
    for suffix in ("", "-wal", "-shm", "-journal"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    _log.warning("preferences_moved_aside", file=str(path), to=str(aside), reason=why)


def _prepare(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not (path.is_file() and _ours(path)):
        _move_aside(path, "something else wrote it")
    try:
        _begin(path)
    except sqlite3.DatabaseError as error:
        told = explained(error, path)
        if isinstance(told, StoreUnavailable):
            raise told from error
        _move_aside(path, f"it is damaged: {error}")
        _begin(path)


def _open(path: Path) -> dict[str, sqlitedict.SqliteDict]:
    tables = {}
    for space in SPACES:
        table = sqlitedict.SqliteDict(
            str(path), tablename=space, autocommit=True, journal_mode="WAL", outer_stack=False,
            encode=encode, decode=decode_json,
        )  # fmt: skip
        table.conn.execute("PRAGMA synchronous = NORMAL")  # sqlitedict itself says OFF
        tables[space] = table
    return tables


def _damaged(path: Path, space: str) -> None:
    _log.warning("preference_damaged", file=str(path), space=space)


def _changed(path: Path, space: str, key: str, change: Callable[[Json], Json]) -> None:
    """Read, change and write one value in one transaction: sqlitedict commits after each statement, so that this has a
    connection of its own, and waits as long as sqlitedict's would for another process.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        row = connection.execute(f'SELECT value FROM "{space}" WHERE key = ?', (key,)).fetchone()  # noqa: S608
        try:
            held: Json = decode_json(row[0]) if row else None
        except StoreError:
            _damaged(path, space)
            held = None
        value = encode(change(held))
        connection.execute(f'REPLACE INTO "{space}" (key, value) VALUES (?, ?)', (key, value))  # noqa: S608
        connection.execute("COMMIT")
    finally:
        connection.close()


class SqlitedictPreferences:
    """Implements `bot.ports.PreferenceStore`."""

    def __init__(self, path: Path, seconds: float) -> None:
        self.path = path
        self._seconds = seconds
        self._thread = _Abandonable()
        self._tables: dict[str, sqlitedict.SqliteDict] | None = None
        self._closed = False

    @classmethod
    async def open(cls, path: Path, *, seconds: float = SECONDS) -> "SqlitedictPreferences":
        """Open or begin the file. One that is damaged or not ours is moved aside, with a warning, and a new one begun:
        losing it costs preferences only. Raises StoreUnavailable when it is locked or cannot be written.
        """
        made = cls(path, seconds)
        await made._do(lambda tables: _prepare(path) if tables is None else None)
        return made

    async def _do(self, work: Callable[[dict[str, sqlitedict.SqliteDict] | None], T]) -> T:
        """Run `work` on the thread. When it takes too long the thread is left behind and the next call opens anew."""
        if self._closed:
            raise StoreError(f"The preferences {self.path} were closed already.", url=str(self.path))
        try:
            return await self._thread.do(lambda: work(self._tables), self._seconds)
        except TimeoutError as error:
            self._thread, self._tables = _Abandonable(), None
            raise self._unavailable(f"did not answer within {self._seconds:g} s") from error
        except sqlite3.Error as error:
            raise self._unavailable(f"cannot be used ({error})") from error
        except OSError as error:
            raise self._unavailable(f"cannot be used ({error.strerror})") from error

    def _unavailable(self, what: str) -> StoreUnavailable:
        return StoreUnavailable(
            f"The preferences {self.path} {what}: see that the disk has room and works; try again later.",
            url=str(self.path),
        )

    async def _with(self, space: str, work: Callable[[sqlitedict.SqliteDict], T]) -> T:
        if space not in SPACES:
            raise ValueError(f"not a space of preferences: {space!r}")

        def on_thread(tables: dict[str, sqlitedict.SqliteDict] | None) -> T:
            if tables is None:
                tables = self._tables = _open(self.path)
            return work(tables[space])

        return await self._do(on_thread)

    async def get(self, space: str, key: str) -> Json:
        def work(table: sqlitedict.SqliteDict) -> Json:
            try:
                value: Json = table[clean(key)]
            except KeyError:
                return None
            except (StoreError, sqlite3.DatabaseError) as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                _damaged(self.path, space)
                return None
            return value

        return await self._with(space, work)

    async def put(self, space: str, key: str, value: Json) -> None:
        await self._with(space, lambda table: table.__setitem__(clean(key), value))

    async def change(self, space: str, key: str, change: Callable[[Json], Json]) -> None:
        await self._with(space, lambda table: _changed(self.path, table.tablename, clean(key), change))

    async def drop(self, space: str, key: str) -> None:
        def work(table: sqlitedict.SqliteDict) -> None:
            if clean(key) in table:  # not `pop`, which would read the value, damaged or not
                del table[clean(key)]

        await self._with(space, work)

    async def keys(self, space: str) -> tuple[str, ...]:
        return await self._with(space, lambda table: tuple(sorted(table.keys())))

    async def close(self) -> None:
        """Close the file; a thread that hangs is left behind. A second call does nothing."""
        if self._closed:
            return

        def work(tables: dict[str, sqlitedict.SqliteDict] | None) -> None:
            for table in (tables or {}).values():
                table.close()

        try:
            await self._do(work)
        except StoreUnavailable as error:
            _log.warning("preferences_not_closed", file=str(self.path), reason=str(error))
        finally:
            self._closed = True
            self._tables = None
            self._thread.stop()
