"""Stories as they stand, and redirects from those that were absorbed."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.model import Scope, Story, StoryQuery
from bot.ports import Closing
from bot.storage import rules
from bot.storage.codec import clean, decode, encode
from bot.storage.sqlite import story_search
from bot.storage.sqlite.database import Tables
from bot.storage.sqlite.journal import add_lines
from bot.storage.sqlite.sources import as_list

_BY_ID = """
SELECT shown.data FROM story asked JOIN story shown ON shown.id = coalesce(asked.absorbed_by, asked.id)
WHERE asked.id = ?
"""
_BY_NUMBER = """
SELECT shown.data FROM story asked JOIN story shown ON shown.id = coalesce(asked.absorbed_by, asked.id)
WHERE asked.number = ?
"""
_PUT = """
INSERT INTO story (id, number, version, changed, diplomatic, relevance, first_seen, absorbed_by, data)
VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?)
ON CONFLICT (id) DO UPDATE SET number = excluded.number, version = excluded.version, changed = excluded.changed,
  diplomatic = excluded.diplomatic, relevance = excluded.relevance, first_seen = excluded.first_seen,
  absorbed_by = NULL, data = excluded.data
"""
_PUT_MEMBER = """
INSERT INTO story_member (article_id, story_id, source_id, copied) SELECT id, ?2, ?3, ?4 FROM article WHERE id = ?1
ON CONFLICT (article_id) DO UPDATE SET story_id = excluded.story_id, source_id = excluded.source_id,
  copied = excluded.copied
"""
"""Only of articles that are in the archive: a story may still name some that retention took."""
_LARGEST = 2**63 - 1


def _one(connection: sqlite3.Connection, query: str, key: str | int) -> Story | None:
    row = connection.execute(query, (key,)).fetchone()
    return decode(Story, row[0]) if row and row[0] is not None else None


def story_by_id(connection: sqlite3.Connection, story_id: str) -> Story | None:
    """The story, or the one that took it in."""
    return _one(connection, _BY_ID, clean(story_id))


def _number(connection: sqlite3.Connection, story: Story) -> int:
    """The number the story has, or the next: numbers are given once and never again."""
    row = connection.execute("SELECT number FROM story WHERE id = ?", (story.id,)).fetchone()
    if row is not None and row[0] is not None:
        known: int = row[0]
        return known
    connection.execute("UPDATE counter SET value = value + 1 WHERE name = 'story'")
    given: int = connection.execute("SELECT value FROM counter WHERE name = 'story'").fetchone()[0]
    return given


def _absorb(connection: sqlite3.Connection, story: Story, absorbed: str) -> None:
    """Redirect `absorbed`, its members and what was told of it to `story`."""
    connection.execute(
        "INSERT INTO story (id, number, version, changed, absorbed_by, data) VALUES (?1, NULL, 0, 0, ?2, NULL) "
        "ON CONFLICT (id) DO UPDATE SET absorbed_by = ?2, data = NULL",
        (absorbed, story.id),
    )
    connection.execute("UPDATE story SET absorbed_by = ? WHERE absorbed_by = ?", (story.id, absorbed))
    connection.execute("UPDATE story_member SET story_id = ? WHERE story_id = ?", (story.id, absorbed))
    # Version 0: this owner knows a part of the story, and no version of the whole.
    connection.execute(
        "INSERT INTO told (owner_id, story_id, version) SELECT owner_id, ?, 0 FROM told WHERE story_id = ? "
        "ON CONFLICT DO NOTHING",
        (story.id, absorbed),
    )
    connection.execute("DELETE FROM told WHERE story_id = ?", (absorbed,))


def put_story(connection: sqlite3.Connection, story: Story, absorbed: Sequence[str]) -> Story:
    """Write the story with its members and redirects, in the caller's transaction. Answers it with its number."""
    story = replace(story, number=_number(connection, story))
    changed, first = rules.stamp(story.last_change), rules.stamp(story.first_seen)
    weight = (story.diplomatic, story.relevance, first)
    connection.execute(_PUT, (story.id, story.number, story.version, changed, *weight, encode(story)))
    for other in absorbed:
        if other != story.id:
            _absorb(connection, story, clean(other))
    connection.executemany(
        _PUT_MEMBER,
        [(clean(one.article_id), story.id, one.source_id, one.relation == "copy") for one in story.members],
    )
    return story


def _close_hour(connection: sqlite3.Connection, closing: Closing) -> None:
    touched = {*(story.id for story in closing.stories), *(old for old, _ in closing.absorbed)}
    before = [story for key in sorted(touched) if (story := story_by_id(connection, key)) and story.id in touched]
    told = _told_of(connection, touched)
    for story in closing.stories:
        put_story(connection, story, [old for old, new in closing.absorbed if new == story.id])
    for old, new in closing.absorbed:
        if new not in touched and (story := story_by_id(connection, new)):
            _absorb(connection, story, clean(old))
    for owner, known in told.items():
        for key, version in rules.retold(known, before, closing.stories, closing.scopes.get(owner)).items():
            connection.execute(
                "INSERT INTO told (owner_id, story_id, version) VALUES (?, ?, ?) "
                "ON CONFLICT (owner_id, story_id) DO UPDATE SET version = excluded.version",
                (owner, key, version),
            )
    settled = as_list(closing.settled)
    connection.execute("DELETE FROM open_article WHERE article_id IN (SELECT value FROM json_each(?))", (settled,))
    add_lines(connection, closing.lines)


def _told_of(connection: sqlite3.Connection, stories: Collection[str]) -> dict[str, dict[str, int]]:
    """What each owner was told of these stories."""
    query = "SELECT owner_id, story_id, version FROM told WHERE story_id IN (SELECT value FROM json_each(?))"
    told: dict[str, dict[str, int]] = {}
    for owner, story, version in connection.execute(query, (as_list(stories),)).fetchall():
        told.setdefault(owner, {})[story] = version
    return told


_RECENT = """
SELECT data FROM story WHERE absorbed_by IS NULL AND changed >= ? {visible} ORDER BY changed DESC, number DESC LIMIT ?
"""
_VISIBLE = """
 AND EXISTS (SELECT 1 FROM story_member WHERE story_id = story.id AND source_id IN (SELECT value FROM json_each(?)))
"""


class SqliteStories(Tables):
    """Implements `bot.ports.StoryStore`."""

    async def close_hour(self, closing: Closing) -> None:
        await self._db.write("close_hour", lambda connection: _close_hour(connection, closing))

    async def story(self, story_id: str) -> Story | None:
        return await self._db.read(lambda connection: story_by_id(connection, story_id))

    async def story_by_number(self, number: int) -> Story | None:
        if not 0 < number <= _LARGEST:
            return None
        return await self._db.read(lambda connection: _one(connection, _BY_NUMBER, number))

    async def story_of(self, article_id: str) -> Story | None:
        query = "SELECT data FROM story JOIN story_member ON story_id = story.id WHERE article_id = ?"
        return await self._db.read(lambda connection: _one(connection, query, clean(article_id)))

    async def recent_stories(self, since: datetime, scope: Scope, limit: int = rules.STORIES) -> tuple[Story, ...]:
        seen = scope.sources
        query = _RECENT.format(visible="" if seen is None else _VISIBLE)
        values = [rules.stamp(since), *([] if seen is None else [as_list(seen)]), max(0, limit)]

        def work(connection: sqlite3.Connection) -> tuple[Story, ...]:
            return tuple(decode(Story, data) for (data,) in connection.execute(query, values))

        return await self._db.read(work)

    async def find_stories(self, asked: StoryQuery, scope: Scope) -> tuple[Story, ...]:
        def work(connection: sqlite3.Connection) -> tuple[Story, ...]:
            keys = story_search.find(connection, asked, scope)
            connection.set_progress_handler(None, 0)  # what was found in time is read whole
            found = (story_by_id(connection, key) for key in keys)
            return tuple(story for story in found if story is not None)

        return await self._db.read(work)

    async def count_stories(self, asked: StoryQuery, scope: Scope) -> int:
        return await self._db.read(lambda connection: story_search.count(connection, asked, scope))
