"""Sources, their state and subscribers, and the queue of entries."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.model import Entry, JournalLine, Source, SourceState
from bot.ports import PollRecord
from bot.storage import rules
from bot.storage.codec import clean, decode, encode
from bot.storage.sqlite.database import Tables
from bot.storage.sqlite.journal import add_lines


def all_sources(connection: sqlite3.Connection) -> tuple[Source, ...]:
    """Every source, by name."""
    rows = connection.execute("SELECT data FROM source ORDER BY name, id")
    return tuple(decode(Source, data) for (data,) in rows)


def as_list(values: Iterable[str]) -> str:
    """Ids as one parameter for json_each: no limit on how many, nothing spliced into SQL."""
    return json.dumps([clean(value) for value in values])


def settle(connection: sqlite3.Connection, entry_id: str, fingerprint: str | None) -> None:
    """Mark an entry done and let go of its text. With a fingerprint, only that version of it."""
    connection.execute(
        "UPDATE entry SET data = NULL WHERE id = ?1 AND (?2 IS NULL OR fingerprint = ?2)", (entry_id, fingerprint)
    )


_KNOWN = "SELECT fingerprint, arrived, backlog, seen FROM entry WHERE id = ?"
_QUEUE = """
INSERT INTO entry (id, source_id, fingerprint, at, arrived, backlog, seen, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET source_id = excluded.source_id, fingerprint = excluded.fingerprint, at = excluded.at,
  seen = excluded.seen, data = excluded.data
"""


def _queue(connection: sqlite3.Connection, entry: Entry, seen: int) -> Entry | None:
    """Queue the entry when it is new or changed, and answer it as queued."""
    row = connection.execute(_KNOWN, (clean(entry.id),)).fetchone()
    if row is not None:
        fingerprint, arrived, backlog, last = row
        if fingerprint == rules.fingerprint(entry):
            if seen - last > rules.stamp_of(rules.SEEN_AGAIN):
                connection.execute("UPDATE entry SET seen = ? WHERE id = ?", (seen, clean(entry.id)))
            return None
        entry = rules.requeued(entry, datetime.fromisoformat(arrived), bool(backlog))
    connection.execute(
        _QUEUE,
        (
            clean(entry.id),
            entry.source_id,
            rules.fingerprint(entry),
            rules.stamp(rules.when(entry)),
            entry.arrived.isoformat(),
            entry.backlog,
            seen,
            encode(entry),
        ),
    )
    return entry


class SqliteSources(Tables):
    """Implements `bot.ports.SourceStore`."""

    async def put_source(self, source: Source) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO source (id, name, data) VALUES (?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET name = excluded.name, data = excluded.data",
                (source.id, clean(source.name), encode(source)),
            )

        await self._db.write("put_source", work)

    async def source(self, source_id: str) -> Source | None:
        def work(connection: sqlite3.Connection) -> Source | None:
            row = connection.execute("SELECT data FROM source WHERE id = ?", (clean(source_id),)).fetchone()
            return decode(Source, row[0]) if row else None

        return await self._db.read(work)

    async def sources(self) -> tuple[Source, ...]:
        return await self._db.read(all_sources)

    async def drop_source(self, source_id: str) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM source WHERE id = ?", (source_id,))

        await self._db.write("drop_source", work)

    async def source_state(self, source_id: str) -> SourceState:
        def work(connection: sqlite3.Connection) -> SourceState:
            row = connection.execute("SELECT data FROM source_state WHERE source_id = ?", (source_id,)).fetchone()
            return decode(SourceState, row[0]) if row else SourceState(source_id=source_id)

        return await self._db.read(work)

    async def source_states(self) -> tuple[SourceState, ...]:
        def work(connection: sqlite3.Connection) -> tuple[SourceState, ...]:
            rows = connection.execute(
                "SELECT source.id, source_state.data FROM source LEFT JOIN source_state ON source_id = source.id "
                "ORDER BY name, source.id"
            )
            return tuple(decode(SourceState, data) if data else SourceState(source_id=key) for key, data in rows)

        return await self._db.read(work)

    async def record_poll(self, record: PollRecord) -> tuple[Entry, ...]:
        state = record.state

        def work(connection: sqlite3.Connection) -> tuple[Entry, ...]:
            if connection.execute("SELECT 1 FROM source WHERE id = ?", (state.source_id,)).fetchone() is None:
                return ()
            connection.execute(
                "INSERT INTO source_state (source_id, data) VALUES (?, ?) "
                "ON CONFLICT (source_id) DO UPDATE SET data = excluded.data",
                (state.source_id, encode(state)),
            )
            queued: dict[str, Entry] = {}
            for entry in record.entries:
                found = _queue(connection, entry, rules.stamp(state.last_poll or entry.arrived))
                if found is not None:
                    queued[entry.id] = found
            add_lines(connection, record.decisions)
            return tuple(queued.values())

        return await self._db.write("record_poll", work)

    async def pending_entries(self, limit: int) -> tuple[Entry, ...]:
        def work(connection: sqlite3.Connection) -> tuple[Entry, ...]:
            rows = connection.execute(
                "SELECT data FROM entry WHERE data IS NOT NULL ORDER BY at, id LIMIT ?", (max(0, limit),)
            )
            return tuple(decode(Entry, data) for (data,) in rows)

        return await self._db.read(work)

    async def settle_entry(
        self, entry_id: str, lines: Sequence[JournalLine], *, fingerprint: str | None = None
    ) -> None:
        def work(connection: sqlite3.Connection) -> None:
            settle(connection, clean(entry_id), fingerprint)
            add_lines(connection, lines)

        await self._db.write("settle_entry", work)

    async def subscribe_source(self, guild_id: str, source_id: str) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO source_subscriber (guild_id, source_id) SELECT ?, id FROM source WHERE id = ? "
                "ON CONFLICT DO NOTHING",
                (guild_id, source_id),
            )

        await self._db.write("subscribe_source", work)

    async def unsubscribe_source(self, guild_id: str, source_id: str) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "DELETE FROM source_subscriber WHERE guild_id = ? AND source_id = ?", (guild_id, source_id)
            )

        await self._db.write("unsubscribe_source", work)

    async def subscribed_sources(self, guild_id: str) -> frozenset[str]:
        def work(connection: sqlite3.Connection) -> frozenset[str]:
            rows = connection.execute("SELECT source_id FROM source_subscriber WHERE guild_id = ?", (guild_id,))
            return frozenset(key for (key,) in rows)

        return await self._db.read(work)

    async def subscribers(self, source_id: str) -> frozenset[str]:
        def work(connection: sqlite3.Connection) -> frozenset[str]:
            rows = connection.execute("SELECT guild_id FROM source_subscriber WHERE source_id = ?", (source_id,))
            return frozenset(key for (key,) in rows)

        return await self._db.read(work)
