"""Which files are ours, and bringing them to the present format.

The header says whose a file is: `application_id` and `user_version` (https://www.sqlite.org/fileformat.html, 1.3).
It is read before SQLite opens the file, for opening alone may write (a journal left behind is rolled back).
"""

import sqlite3
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from bot.storage.sqlite.errors import foreign, newer, older

APPLICATION_ID = 0x41747461
"""The letters "Atta"; `file` then calls a store of ours by it."""
MIGRATIONS = ("0001_first.sql", "0002_open_articles.sql", "0003_story_weight.sql")
FORMAT = len(MIGRATIONS)

_MAGIC = b"SQLite format 3\0"
_HEADER = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a file says of itself."""

    application_id: int
    version: int


def header_of(path: Path) -> Header | None:
    """The header of the file at `path`; None where nothing is yet; application id -1 where no database is.

    An empty file counts as nothing: `touch` and a crash before the first commit leave one.
    """
    if not path.exists():
        return None
    if not path.is_file():
        return Header(application_id=-1, version=0)
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header:
        return None
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        return Header(application_id=-1, version=0)
    return Header(application_id=int.from_bytes(header[68:72]), version=int.from_bytes(header[60:64]))


def inspect(path: Path) -> bool:
    """Whether there is a store of ours at `path`; False: nothing there yet. Raises StoreForeign for anything else."""
    header = header_of(path)
    if header is None:
        return False
    if header.application_id != APPLICATION_ID:
        raise foreign(path)
    if header.version > FORMAT:
        raise newer(path, header.version, FORMAT)
    return True


def version_of(connection: sqlite3.Connection) -> int:
    """The format of the opened file, with what its write-ahead log holds."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def require_present(connection: sqlite3.Connection, path: Path) -> None:
    """Raise unless the file has exactly the format that this version reads."""
    version = version_of(connection)
    if version > FORMAT:
        raise newer(path, version, FORMAT)
    if version < FORMAT:
        raise older(path, version, FORMAT)


def statements(script: str) -> list[str]:
    """The single statements of an SQL script (`executescript` would end the transaction that they belong in)."""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found


def migrate(connection: sqlite3.Connection, path: Path) -> int:
    """Apply what is missing, each step in a transaction that also writes its number. Answers how many steps."""
    version = version_of(connection)
    if version > FORMAT:
        raise newer(path, version, FORMAT)
    folder = files("bot.storage.sqlite") / "migrations"
    for number, name in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version_of(connection) < number:  # another process may have been faster
                for statement in statements((folder / name).read_text(encoding="utf-8")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return FORMAT - version
