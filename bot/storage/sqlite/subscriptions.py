"""Digests and alert rules, what each owner was told, and how each slot ended."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.model import AlertRule, SlotRecord, Subscription
from bot.storage.codec import clean, decode, encode
from bot.storage.rules import ROWS, stamp
from bot.storage.sqlite.database import Tables

T = TypeVar("T")

_PUT = """
INSERT INTO subscription (id, guild_id, name, next_run, enabled, data) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET guild_id = excluded.guild_id, name = excluded.name, next_run = excluded.next_run,
  enabled = excluded.enabled, data = excluded.data
"""


def put_subscription(connection: sqlite3.Connection, subscription: Subscription) -> None:
    """Insert or replace, in the caller's transaction."""
    connection.execute(
        _PUT,
        (
            subscription.id,
            subscription.guild_id,
            clean(subscription.name),
            stamp(subscription.next_run) if subscription.next_run else None,
            subscription.disabled is None,
            encode(subscription),
        ),
    )


def subscription_by_id(connection: sqlite3.Connection, subscription_id: str) -> Subscription | None:
    """The subscription, if it is there."""
    row = connection.execute("SELECT data FROM subscription WHERE id = ?", (subscription_id,)).fetchone()
    return decode(Subscription, row[0]) if row else None


def _put_rule(connection: sqlite3.Connection, rule: AlertRule) -> None:
    connection.execute(
        "INSERT INTO alert_rule (id, user_id, created, data) VALUES (?, ?, ?, ?) ON CONFLICT (id) "
        "DO UPDATE SET user_id = excluded.user_id, created = excluded.created, data = excluded.data",
        (rule.id, rule.user_id, stamp(rule.created), encode(rule)),
    )


def _rule_by_id(connection: sqlite3.Connection, rule_id: str) -> AlertRule | None:
    row = connection.execute("SELECT data FROM alert_rule WHERE id = ?", (rule_id,)).fetchone()
    return decode(AlertRule, row[0]) if row else None


def _changed(
    connection: sqlite3.Connection,
    known: T | None,
    change: Callable[[T], T],
    put: Callable[[sqlite3.Connection, T], None],
) -> T | None:
    """What `change` makes of a row as it stands, put in its place; None where there is none."""
    if known is None:
        return None
    changed = change(known)
    put(connection, changed)
    return changed


def mark_told(connection: sqlite3.Connection, owner_id: str, stories: Sequence[tuple[str, int]]) -> None:
    """Promise story versions to an owner, in the caller's transaction. An absorbed story counts as its new one."""
    connection.executemany(
        "INSERT INTO told (owner_id, story_id, version) "
        "VALUES (?1, coalesce((SELECT absorbed_by FROM story WHERE id = ?2), ?2), "
        "  iif(EXISTS (SELECT 1 FROM story WHERE id = ?2 AND absorbed_by IS NOT NULL), 0, ?3)) "
        "ON CONFLICT (owner_id, story_id) DO UPDATE SET version = max(version, excluded.version)",
        [(owner_id, story_id, version) for story_id, version in stories],
    )


def drop_deliveries(connection: sqlite3.Connection, where: str, values: Sequence[str]) -> None:
    """Delete deliveries and their journal; `where` is SQL of ours."""
    subjects = f"subject IN (SELECT key FROM delivery WHERE {where})"  # noqa: S608 - ours
    connection.execute(f"DELETE FROM journal WHERE {subjects}", values)  # noqa: S608 - ours
    connection.execute(f"DELETE FROM delivery WHERE {where}", values)  # noqa: S608 - ours


def drop_owner(connection: sqlite3.Connection, owner_id: str) -> None:
    """Delete a subscription or rule with its ledger, slots, deliveries and journal."""
    for table, column in (("subscription", "id"), ("alert_rule", "id"), ("told", "owner_id"), ("slot", "owner_id")):
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (owner_id,))  # noqa: S608 - names of ours
    parts = (owner_id, f"{owner_id}:", f"{owner_id};")  # the owner's own, and those that begin with "owner:"
    connection.execute("DELETE FROM journal WHERE subject = ? OR (subject >= ? AND subject < ?)", parts)
    drop_deliveries(connection, "owner_id = ?", (owner_id,))


def _drop_guild(connection: sqlite3.Connection, guild_id: str) -> None:
    for (owner_id,) in connection.execute("SELECT id FROM subscription WHERE guild_id = ?", (guild_id,)).fetchall():
        drop_owner(connection, owner_id)
    connection.execute("DELETE FROM source_subscriber WHERE guild_id = ?", (guild_id,))
    drop_deliveries(connection, "guild_id = ?", (guild_id,))


_PERSONAL = """
SELECT id FROM alert_rule WHERE user_id = ?1 UNION
SELECT id FROM subscription WHERE json_extract(data, '$.target.kind') = 'dm' AND json_extract(data, '$.target.id') = ?1
"""

_MADE = "SELECT data FROM subscription WHERE json_extract(data, '$.created_by') = ?"


def _drop_user(connection: sqlite3.Connection, user_id: str) -> None:
    for (owner_id,) in connection.execute(_PERSONAL, (user_id,)).fetchall():
        drop_owner(connection, owner_id)
    drop_deliveries(connection, "target_kind = 'dm' AND target_id = ?", (user_id,))
    made = connection.execute(_MADE, (user_id,)).fetchall()
    for (data,) in made:
        put_subscription(connection, replace(decode(Subscription, data), created_by=""))


class SqliteSubscriptions(Tables):
    """Implements `bot.ports.SubscriptionStore`."""

    async def put_subscription(self, subscription: Subscription) -> None:
        await self._db.write("put_subscription", lambda connection: put_subscription(connection, subscription))

    async def change_subscription(
        self, subscription_id: str, change: Callable[[Subscription], Subscription]
    ) -> Subscription | None:
        def work(connection: sqlite3.Connection) -> Subscription | None:
            return _changed(connection, subscription_by_id(connection, subscription_id), change, put_subscription)

        return await self._db.write("change_subscription", work)

    async def subscription(self, subscription_id: str) -> Subscription | None:
        return await self._db.read(lambda connection: subscription_by_id(connection, subscription_id))

    async def subscriptions(self, guild_id: str | None = None) -> tuple[Subscription, ...]:
        def work(connection: sqlite3.Connection) -> tuple[Subscription, ...]:
            rows = connection.execute(
                "SELECT data FROM subscription WHERE ?1 IS NULL OR guild_id = ?1 ORDER BY name, id", (guild_id,)
            )
            return tuple(decode(Subscription, data) for (data,) in rows)

        return await self._db.read(work)

    async def due_subscriptions(self, now: datetime) -> tuple[Subscription, ...]:
        def work(connection: sqlite3.Connection) -> tuple[Subscription, ...]:
            rows = connection.execute(
                "SELECT data FROM subscription WHERE enabled = 1 AND next_run <= ? ORDER BY next_run, id",
                (stamp(now),),
            )
            return tuple(decode(Subscription, data) for (data,) in rows)

        return await self._db.read(work)

    async def drop_subscription(self, subscription_id: str) -> None:
        await self._db.write("drop_subscription", lambda connection: drop_owner(connection, subscription_id))

    async def put_rule(self, rule: AlertRule) -> None:
        await self._db.write("put_rule", lambda connection: _put_rule(connection, rule))

    async def change_rule(self, rule_id: str, change: Callable[[AlertRule], AlertRule]) -> AlertRule | None:
        def work(connection: sqlite3.Connection) -> AlertRule | None:
            return _changed(connection, _rule_by_id(connection, rule_id), change, _put_rule)

        return await self._db.write("change_rule", work)

    async def rule(self, rule_id: str) -> AlertRule | None:
        return await self._db.read(lambda connection: _rule_by_id(connection, rule_id))

    async def rules(self, user_id: str | None = None) -> tuple[AlertRule, ...]:
        def work(connection: sqlite3.Connection) -> tuple[AlertRule, ...]:
            rows = connection.execute(
                "SELECT data FROM alert_rule WHERE ?1 IS NULL OR user_id = ?1 ORDER BY created, id", (user_id,)
            )
            return tuple(decode(AlertRule, data) for (data,) in rows)

        return await self._db.read(work)

    async def drop_rule(self, rule_id: str) -> None:
        await self._db.write("drop_rule", lambda connection: drop_owner(connection, rule_id))

    async def told(self, owner_id: str) -> Mapping[str, int]:
        def work(connection: sqlite3.Connection) -> Mapping[str, int]:
            return dict(connection.execute("SELECT story_id, version FROM told WHERE owner_id = ?", (owner_id,)))

        return await self._db.read(work)

    async def mark_told(self, owner_id: str, stories: Sequence[tuple[str, int]]) -> None:
        await self._db.write("mark_told", lambda connection: mark_told(connection, owner_id, stories))

    async def slot(self, owner_id: str, slot_id: str) -> SlotRecord | None:
        def work(connection: sqlite3.Connection) -> SlotRecord | None:
            query = "SELECT data FROM slot WHERE owner_id = ? AND slot_id = ? AND data IS NOT NULL"
            row = connection.execute(query, (owner_id, slot_id)).fetchone()
            return decode(SlotRecord, row[0]) if row else None

        return await self._db.read(work)

    async def slots(self, owner_id: str, limit: int = ROWS) -> tuple[SlotRecord, ...]:
        def work(connection: sqlite3.Connection) -> tuple[SlotRecord, ...]:
            rows = connection.execute(
                "SELECT data FROM slot WHERE owner_id = ? AND data IS NOT NULL ORDER BY number DESC LIMIT ?",
                (owner_id, max(0, limit)),
            )
            return tuple(decode(SlotRecord, data) for (data,) in rows)

        return await self._db.read(work)

    async def drop_guild(self, guild_id: str) -> None:
        await self._db.write("drop_guild", lambda connection: _drop_guild(connection, guild_id))

    async def drop_user(self, user_id: str) -> None:
        await self._db.write("drop_user", lambda connection: _drop_user(connection, user_id))
