"""The outbox: what was decided, recorded before it is sent."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model import Delivery, TargetKind
from bot.ports import Plan
from bot.storage import rules
from bot.storage.codec import clean, decode, encode
from bot.storage.sqlite.database import Tables
from bot.storage.sqlite.journal import add_lines
from bot.storage.sqlite.sources import as_list
from bot.storage.sqlite.subscriptions import mark_told, put_subscription, subscription_by_id

_ADD = """
INSERT INTO delivery (key, owner_id, slot_id, part, guild_id, target_kind, target_id, state, created, claimable, data)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING
"""
_WAITING = """
SELECT data FROM delivery d WHERE claimable <= ? AND target_kind IN (SELECT value FROM json_each(?)) AND NOT EXISTS (
  SELECT 1 FROM delivery before
  WHERE before.owner_id = d.owner_id AND before.slot_id = d.slot_id AND before.part < d.part AND before.state <> 'sent')
ORDER BY created, number LIMIT ?
"""
_EDITS = """
SELECT data FROM delivery WHERE owner_id = (SELECT owner_id FROM delivery WHERE key = ?)
AND json_extract(data, '$.edits') = ? ORDER BY created DESC, number DESC LIMIT 1
"""
"""Of the owner's messages alone, which an index finds."""
_DEAD_OF_ALL = """
SELECT data FROM delivery WHERE state = 'dead' AND created >= ? AND json_extract(data, '$.edits') IS NULL
ORDER BY created DESC, number DESC LIMIT ?
"""
"""A scan: only an operator asks for all, and can wait."""
_DEAD_OF_ONE = _DEAD_OF_ALL.replace("WHERE", "WHERE guild_id = ? AND", 1)


def _state(delivery: Delivery) -> tuple[str, int, int | None, str]:
    """The columns that change."""
    free = rules.claimable_from(delivery)
    return delivery.state, rules.stamp(delivery.created), rules.stamp(free) if free else None, encode(delivery)


def _add(connection: sqlite3.Connection, delivery: Delivery) -> None:
    target = delivery.target
    where = (target.guild_id, target.kind, target.id)
    key = (delivery.key, delivery.owner_id, delivery.slot_id, delivery.part)
    connection.execute(_ADD, (*key, *where, *_state(delivery)))


def _update(connection: sqlite3.Connection, delivery: Delivery) -> None:
    changed = "UPDATE delivery SET state = ?, created = ?, claimable = ?, data = ? WHERE key = ?"
    connection.execute(changed, (*_state(delivery), delivery.key))


def _plan(connection: sqlite3.Connection, plan: Plan) -> bool:
    planned = rules.planned_at(plan)
    taken = connection.execute(
        "INSERT INTO slot (owner_id, slot_id, planned, data) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (plan.owner_id, plan.slot_id, rules.stamp(planned) if planned else None, _record(plan)),
    )
    if taken.rowcount == 0:
        return False
    for delivery in plan.deliveries:
        _add(connection, delivery)
    mark_told(connection, plan.owner_id, plan.told)
    subscription = subscription_by_id(connection, plan.owner_id) if plan.next_run else None
    if subscription is not None:
        put_subscription(connection, replace(subscription, next_run=plan.next_run))
    add_lines(connection, plan.lines)
    return True


def _record(plan: Plan) -> str | None:
    return encode(plan.record) if plan.record else None


def _claim(
    connection: sqlite3.Connection, now: datetime, lease: timedelta, limit: int, kinds: Sequence[str]
) -> tuple[Delivery, ...]:
    rows = connection.execute(_WAITING, (rules.stamp(now), as_list(kinds), limit)).fetchall()
    claimed = tuple(rules.claimed(decode(Delivery, data), now + lease) for (data,) in rows)
    for delivery in claimed:
        _update(connection, delivery)
    return claimed


def _settle(connection: sqlite3.Connection, told: Delivery) -> None:
    row = connection.execute("SELECT data FROM delivery WHERE key = ?", (clean(told.key),)).fetchone()
    if row is None:
        return
    delivery = rules.settled(decode(Delivery, row[0]), told)
    _update(connection, delivery)
    if delivery.state == "dead":
        later = "SELECT data FROM delivery WHERE owner_id = ? AND slot_id = ? AND part > ? AND state <> 'sent'"
        rows = connection.execute(later, (delivery.owner_id, delivery.slot_id, delivery.part)).fetchall()
        for (data,) in rows:
            _update(connection, rules.abandoned(decode(Delivery, data), delivery))


def _deliveries(connection: sqlite3.Connection, query: str, values: Sequence[str | int]) -> tuple[Delivery, ...]:
    return tuple(decode(Delivery, data) for (data,) in connection.execute(query, values))


class SqliteDeliveries(Tables):
    """Implements `bot.ports.DeliveryStore`."""

    async def plan(self, plan: Plan) -> bool:
        return await self._db.write("plan", lambda connection: _plan(connection, plan))

    async def claim(
        self, now: datetime, lease: timedelta, limit: int, kinds: Sequence[TargetKind] = rules.ALL_KINDS
    ) -> tuple[Delivery, ...]:
        if limit <= 0:
            return ()
        return await self._db.write("claim", lambda connection: _claim(connection, now, lease, limit, kinds))

    async def settle(self, delivery: Delivery) -> None:
        await self._db.write("settle", lambda connection: _settle(connection, delivery))

    async def delivery(self, key: str) -> Delivery | None:
        query = "SELECT data FROM delivery WHERE key = ?"
        found = await self._db.read(lambda connection: _deliveries(connection, query, (clean(key),)))
        return found[0] if found else None

    async def deliveries(self, owner_id: str, limit: int = rules.ROWS) -> tuple[Delivery, ...]:
        query = "SELECT data FROM delivery WHERE owner_id = ? ORDER BY created DESC, number DESC LIMIT ?"
        return await self._db.read(lambda connection: _deliveries(connection, query, (owner_id, max(0, limit))))

    async def newest_edit(self, key: str) -> Delivery | None:
        return await self._db.read(
            lambda connection: next(iter(_deliveries(connection, _EDITS, (clean(key),) * 2)), None)
        )

    async def dead(self, since: datetime, guild_id: str | None = None, limit: int = rules.ROWS) -> tuple[Delivery, ...]:
        query, whose = (_DEAD_OF_ALL, ()) if guild_id is None else (_DEAD_OF_ONE, (guild_id,))
        values = (*whose, rules.stamp(since), max(0, limit))
        return await self._db.read(lambda connection: _deliveries(connection, query, values))

    async def outstanding(self, guild_id: str | None = None) -> int:
        query = "SELECT count(*) FROM delivery WHERE claimable IS NOT NULL AND (?1 IS NULL OR guild_id = ?1)"

        def work(connection: sqlite3.Connection) -> int:
            count: int = connection.execute(query, (guild_id,)).fetchone()[0]
            return count

        return await self._db.read(work)
