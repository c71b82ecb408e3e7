"""SQLite's result codes as sentences for the person who runs the bot."""

import sqlite3
from pathlib import Path

from bot.errors import StoreError, StoreForeign, StoreUnavailable

_LATER: dict[int, str] = {
    sqlite3.SQLITE_BUSY: "is locked by another program: close that program, or wait and try again",
    sqlite3.SQLITE_LOCKED: "is locked by another program: close that program, or wait and try again",
    sqlite3.SQLITE_FULL: "cannot grow, for the disk is full: make room, then work goes on by itself",
    sqlite3.SQLITE_READONLY: "cannot be written: let this user write the file and the folder that it is in",
    sqlite3.SQLITE_PERM: "cannot be used: let this user read and write the file and the folder that it is in",
    sqlite3.SQLITE_AUTH: "cannot be used: let this user read and write the file and the folder that it is in",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: see that the folder exists and that this user may read and write in it",
    sqlite3.SQLITE_IOERR: "cannot be read or written, for the disk gave an error: see that it has room and is healthy",
    sqlite3.SQLITE_NOMEM: "cannot be used, for the machine is out of memory: close other programs and try again",
    sqlite3.SQLITE_PROTOCOL: "is locked by another program: close that program, or wait and try again",
    sqlite3.SQLITE_INTERRUPT: "took too long for a look-up, which was stopped: ask for rarer words or a shorter time",
}
_BROKEN: dict[int, str] = {
    sqlite3.SQLITE_CORRUPT: "is damaged: stop the bot and restore a backup with `attache restore`",
    sqlite3.SQLITE_NOTADB: "is damaged: stop the bot and restore a backup with `attache restore`",
    sqlite3.SQLITE_TOOBIG: "cannot hold so large a value: this item was left out",
}


def primary_code(error: sqlite3.Error) -> int:
    """The primary result code (https://www.sqlite.org/rescode.html), 0 where the error carries none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def interrupted(error: sqlite3.Error) -> bool:
    """Whether the time limit of a look-up stopped it."""
    return primary_code(error) == sqlite3.SQLITE_INTERRUPT


def explained(error: sqlite3.Error, path: Path) -> StoreError | None:
    """The store's error for SQLite's, or None for what only a mistake of ours can cause."""
    code = primary_code(error)
    if code in _LATER:
        return StoreUnavailable(f"The store {path} {_LATER[code]}. Nothing was lost.", url=str(path))
    if code in _BROKEN:
        return StoreError(f"The store {path} {_BROKEN[code]}.", url=str(path))
    return None


def foreign(path: Path) -> StoreForeign:
    """For a file that something else wrote."""
    return StoreForeign(
        f"{path} is not a store of Attaché; it was left untouched. Name another file in `store.url`.", url=str(path)
    )


def newer(path: Path, found: int, known: int) -> StoreForeign:
    """For a file of a later version."""
    return StoreForeign(
        f"The store {path} was written by a newer Attaché (format {found}, this one knows {known}); it was left "
        "untouched. Install that version, or name another file in `store.url`.",
        url=str(path),
    )


def older(path: Path, found: int, known: int) -> StoreUnavailable:
    """For a file that must be migrated, opened only to be read."""
    return StoreUnavailable(
        f"The store {path} has format {found}, this Attaché reads {known}: run `attache migrate` first.", url=str(path)
    )


def missing(path: Path) -> StoreUnavailable:
    """For a look-up in a store that was never begun."""
    return StoreUnavailable(
        f"There is no store at {path} yet: run `attache poll` or `attache run` first, or correct `store.url`.",
        url=str(path),
    )
