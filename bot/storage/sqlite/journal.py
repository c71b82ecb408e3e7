"""Why items are where they are."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.model import JournalLine
from bot.storage import rules
from bot.storage.codec import clean, decode, encode
from bot.storage.sqlite.database import Tables

_KEEP_NEWEST = """
DELETE FROM journal WHERE subject = ?1 AND number NOT IN
  (SELECT number FROM journal WHERE subject = ?1 ORDER BY at DESC, number DESC LIMIT ?2)
"""


def add_lines(connection: sqlite3.Connection, lines: Sequence[JournalLine]) -> None:
    """Journal, in the caller's transaction. A line that stands there already is not repeated."""
    for line in lines:
        connection.execute(
            "INSERT INTO journal (subject, at, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (clean(line.subject), rules.stamp(line.at), encode(line)),
        )
    for subject in {clean(line.subject) for line in lines}:
        connection.execute(_KEEP_NEWEST, (subject, rules.LINES))


class SqliteJournal(Tables):
    """Implements `bot.ports.JournalStore`."""

    async def append(self, lines: Sequence[JournalLine]) -> None:
        await self._db.write("append", lambda connection: add_lines(connection, lines))

    async def read(self, subject: str) -> tuple[JournalLine, ...]:
        def work(connection: sqlite3.Connection) -> tuple[JournalLine, ...]:
            rows = connection.execute(
                "SELECT data FROM journal WHERE subject = ? ORDER BY at, number", (clean(subject),)
            )
            return tuple(decode(JournalLine, data) for (data,) in rows)

        return await self._db.read(work)

    async def forget_journal(self, before: datetime) -> int:
        def work(connection: sqlite3.Connection) -> int:
            return connection.execute("DELETE FROM journal WHERE at < ?", (rules.stamp(before),)).rowcount

        return await self._db.write("forget_journal", work)
