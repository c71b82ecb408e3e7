"""Looking for stories: chosen and ordered by columns and indexes, so that only those that are shown are decoded."""

import sqlite3

from bot.model import Scope, StoryQuery
from bot.storage import rules
from bot.storage.codec import clean
from bot.storage.sqlite.database import gather
from bot.storage.sqlite.search import Conditions, numbers_of, visible_to
from bot.storage.sqlite.sources import as_list

_NEWEST = "s.changed DESC, s.number DESC"
_WEIGHT = """
(SELECT count(DISTINCT coalesce(m.source_id, '')) FROM story_member m
 WHERE m.story_id = s.id AND NOT m.copied {visible}) DESC, s.relevance DESC, s.first_seen
"""
_SEEN = "EXISTS (SELECT 1 FROM story_member m WHERE m.story_id = s.id {visible})"
_NAMED = """
EXISTS (SELECT 1 FROM story_member m JOIN article a ON a.id = m.article_id
  JOIN article_actor x ON x.article = a.number WHERE m.story_id = s.id AND x.code = ? {visible})
"""
_ANSWERED = """
s.id IN (SELECT m.story_id FROM story_member m JOIN article a ON a.id = m.article_id WHERE a.number IN ({numbers}))
"""
_VISIBLE = "AND m.source_id IN (SELECT value FROM json_each(?))"


def find(connection: sqlite3.Connection, asked: StoryQuery, scope: Scope) -> list[str]:
    """The ids of the stories that match, in their order: all within the time limit, or those found until then."""
    conditions = _conditions(connection, asked, scope)
    if conditions is None:
        return []
    visible, seen = _visible(scope)
    weighs = asked.order == "weightiest"
    order = f"{_WEIGHT.format(visible=visible)}, {_NEWEST}" if weighs else _NEWEST
    sql = f"SELECT s.id FROM story s WHERE {conditions} ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608 - ours
    values = [*conditions.values, *(seen if weighs else ()), max(0, asked.limit), max(0, asked.offset)]
    return [str(row[0]) for row in gather(connection.execute(sql, values))]


def count(connection: sqlite3.Connection, asked: StoryQuery, scope: Scope) -> int:
    """How many match, counted up to `rules.COUNTED`."""
    conditions = _conditions(connection, asked, scope)
    if conditions is None:
        return 0
    sql = f"SELECT s.id FROM story s WHERE {conditions} LIMIT ?"  # noqa: S608 - ours
    return len(gather(connection.execute(sql, [*conditions.values, rules.COUNTED])))


def _visible(scope: Scope) -> tuple[str, list[str]]:
    """What holds of a member that may be seen, and its values."""
    return ("", []) if scope.sources is None else (_VISIBLE, [as_list(scope.sources)])


def _conditions(connection: sqlite3.Connection, asked: StoryQuery, scope: Scope) -> Conditions | None:
    """What holds of the stories; None where none can match."""
    visible, seen = _visible(scope)
    conditions = Conditions()
    conditions.add("s.absorbed_by IS NULL AND s.changed >= ? AND s.diplomatic", rules.stamp(asked.since))
    for code in asked.named:
        conditions.add(_NAMED.format(visible=visible), clean(code), *seen)
    if asked.article is None:
        conditions.add(_SEEN.format(visible=visible), *seen)
    else:
        chosen = numbers_of(asked.article, visible_to(connection, asked.article, scope))
        if chosen is None:
            return None
        sql, _, values = chosen
        conditions.add(_ANSWERED.format(numbers=sql), *values)
    return conditions
