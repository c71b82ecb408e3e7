"""Letting go of what is old, a batch at a time."""

import sqlite3

from bot.storage import rules
from bot.storage.codec import encode
from bot.storage.sqlite import search
from bot.storage.sqlite.rows import BODY, first_number, to_reading

BATCH = 100
"""Articles in one transaction: 0.2 s on two busy cores, so that a digest never waits long for the writer."""

_OLD = "SELECT number, id FROM article WHERE number < ? AND at < ? ORDER BY number LIMIT ?"
_WORDY = f"""
SELECT article.number, {BODY} FROM article_body JOIN article USING (number)
WHERE text <> '' AND number < ? AND at < ? ORDER BY number LIMIT ?
"""  # noqa: S608 - column names of ours
_SECOND = 1_000_000


def _forget_story_if_empty(connection: sqlite3.Connection, story_id: str) -> None:
    """Delete a story without articles, what was told of it, and the redirects to it."""
    if connection.execute("SELECT 1 FROM story_member WHERE story_id = ? LIMIT 1", (story_id,)).fetchone():
        return
    connection.execute("DELETE FROM told WHERE story_id = ?", (story_id,))
    connection.execute("DELETE FROM story WHERE id = ?1 OR absorbed_by = ?1", (story_id,))


def forget_articles(connection: sqlite3.Connection, before: int) -> int:
    """Delete up to `BATCH` articles of event time before `before` (microseconds). Answers how many."""
    rows = connection.execute(_OLD, (first_number(before + _SECOND), before, BATCH)).fetchall()
    stories: set[str] = set()
    for number, article_id in rows:
        search.forget(connection, number)
        connection.execute("DELETE FROM article WHERE number = ?", (number,))
        of = connection.execute("SELECT story_id FROM story_member WHERE article_id = ?", (article_id,))
        stories.update(story_id for (story_id,) in of.fetchall())
        connection.execute("DELETE FROM story_member WHERE article_id = ?", (article_id,))
    for story_id in sorted(stories):
        _forget_story_if_empty(connection, story_id)
    return len(rows)


def forget_texts(connection: sqlite3.Connection, before: int) -> int:
    """Empty the texts of up to `BATCH` articles of event time before `before`: the points stay, and are found."""
    rows = connection.execute(_WORDY, (first_number(before + _SECOND), before, BATCH)).fetchall()
    for number, *columns in rows:
        reading = rules.without_text(to_reading(tuple(columns)))
        connection.execute(
            "UPDATE article_body SET article = ?, text = '' WHERE number = ?",
            (encode(reading.article), number),
        )
        search.forget(connection, number)
        search.remember(connection, number, reading)
    return len(rows)


def forget_rest(connection: sqlite3.Connection, before: int) -> None:
    """What ended before `before`: marks of entries that no feed lists any more, slots, finished deliveries."""
    connection.execute("DELETE FROM entry WHERE data IS NULL AND seen < ?", (before,))
    connection.execute("DELETE FROM delivery WHERE state IN ('sent', 'dead') AND created < ?", (before,))
    connection.execute("DELETE FROM slot WHERE planned < ?", (before,))
