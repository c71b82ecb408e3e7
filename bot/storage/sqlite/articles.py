"""The archive: articles with what was understood of them."""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model import Article, Event, Query, Scope, Signature, Story, Understanding
from bot.ports import Happened, Intake, Reading
from bot.storage import rules
from bot.storage.codec import clean, decode, encode
from bot.storage.sqlite import search
from bot.storage.sqlite.database import REBUILD_SECONDS, Row, Tables
from bot.storage.sqlite.journal import add_lines
from bot.storage.sqlite.retention import BATCH, forget_articles, forget_rest, forget_texts
from bot.storage.sqlite.rows import BITS, BODY, body, first_number, to_reading
from bot.storage.sqlite.sources import settle
from bot.storage.sqlite.stories import put_story, story_by_id

_PUT_ARTICLE = """
INSERT INTO article (number, id, source_id, page, at, language, diplomatic, intake) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET number = excluded.number, source_id = excluded.source_id, page = excluded.page,
  at = excluded.at, language = excluded.language, diplomatic = excluded.diplomatic, intake = excluded.intake
"""
_PUT_BODY = f"""
INSERT INTO article_body (number, {BODY}) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (number) DO UPDATE SET article = excluded.article, understanding = excluded.understanding,
  signature = excluded.signature, summary = excluded.summary, decisions = excluded.decisions, text = excluded.text
"""  # noqa: S608 - column names of ours


def _free_number(connection: sqlite3.Connection, at: int) -> int:
    first = first_number(at)
    query = "SELECT max(number) FROM article WHERE number BETWEEN ? AND ?"
    last = connection.execute(query, (first, first + (1 << BITS) - 1)).fetchone()[0]
    number: int = first if last is None else last + 1
    while connection.execute("SELECT 1 FROM article WHERE number = ?", (number,)).fetchone():
        number += 1  # more than 16,384 in one millisecond: they run over into the next
    return number


def _put_reading(connection: sqlite3.Connection, reading: Reading, mark: str) -> None:
    article, understanding = reading.article, reading.understanding
    at = rules.stamp(article.when)
    row = connection.execute("SELECT number, at FROM article WHERE id = ?", (clean(article.id),)).fetchone()
    if row is not None:
        search.forget(connection, row[0])
        connection.execute("DELETE FROM article_actor WHERE article = ?", (row[0],))
        connection.execute("DELETE FROM article_event WHERE article = ?", (row[0],))
    stays = row is not None and row[1] // 1000 == at // 1000
    number = row[0] if stays else _free_number(connection, at)
    page = rules.page_key(clean(article.url)) if article.url else None
    columns = (number, clean(article.id), article.source_id, page, at)
    connection.execute(_PUT_ARTICLE, (*columns, article.language, understanding.diplomatic, mark))
    connection.execute(_PUT_BODY, (number, *body(reading)))
    connection.executemany(
        "INSERT INTO article_actor (code, article) VALUES (?, ?)",
        sorted({(actor.code, number) for actor in understanding.actors}),
    )
    connection.executemany(
        "INSERT INTO article_event (type, article) VALUES (?, ?)",
        sorted({(event.type, number) for event in understanding.events}),
    )
    search.remember(connection, number, reading)


def _mark(intake: Intake) -> str:
    """The same for the same intake: how a repeat is known."""
    return hashlib.sha256(encode(intake).encode()).hexdigest()


def _take_in(connection: sqlite3.Connection, intake: Intake, mark: str) -> Story:
    article_id = intake.reading.article.id
    row = connection.execute("SELECT intake FROM article WHERE id = ?", (clean(article_id),)).fetchone()
    if row is not None and row[0] == mark:
        story = story_by_id(connection, intake.story.id)
        if story is not None:
            return story
    _put_reading(connection, intake.reading, mark)
    if row is None:
        connection.execute("INSERT INTO open_article (article_id) VALUES (?)", (clean(article_id),))
    story = put_story(connection, intake.story, intake.absorbed)
    if intake.entry is not None:
        settle(connection, clean(intake.entry.id), rules.fingerprint(intake.entry))
    add_lines(connection, intake.lines)
    return story


_BY_ID = f"SELECT id, {BODY} FROM article JOIN article_body USING (number)"  # noqa: S608 - ours


def readings_of(connection: sqlite3.Connection, where: str, value: str) -> list[tuple[str, Reading]]:
    """(article id, reading) of every article for which the condition `where` (ours, never a user's) holds."""
    return [(row[0], to_reading(row[1:])) for row in connection.execute(f"{_BY_ID} WHERE {where}", (value,))]


class SqliteArticles(Tables):
    """Implements `bot.ports.ArticleStore`."""

    async def take_in(self, intake: Intake) -> Story:
        mark = _mark(intake)
        return await self._db.write("take_in", lambda connection: _take_in(connection, intake, mark))

    async def reading(self, article_id: str) -> Reading | None:
        found = await self.readings((article_id,))
        return found[0] if found else None

    async def readings(self, article_ids: Sequence[str]) -> tuple[Reading, ...]:
        def work(connection: sqlite3.Connection) -> tuple[Reading, ...]:
            found: dict[str, Reading] = {}
            for key in dict.fromkeys(article_ids):
                found.update((key, one) for _, one in readings_of(connection, "id = ?", clean(key)))
            return rules.in_order(article_ids, found)

        return await self._db.read(work)

    async def article_by_url(self, url: str) -> Reading | None:
        def work(connection: sqlite3.Connection) -> Reading | None:
            page = rules.page_key(clean(url))
            rows = readings_of(connection, "page = ? ORDER BY number DESC LIMIT 1", page)
            return rows[0][1] if rows else None

        return await self._db.read(work)

    async def search(self, query: Query, scope: Scope) -> tuple[Reading, ...]:
        def work(connection: sqlite3.Connection) -> tuple[Reading, ...]:
            numbers = _numbers(connection, query, scope)
            rows = readings_of(connection, "number IN (SELECT value FROM json_each(?)) ORDER BY number DESC", numbers)
            return tuple(reading for _, reading in rows)

        return await self._db.read(work)

    async def happened(self, query: Query, scope: Scope) -> tuple[Happened, ...]:
        def work(connection: sqlite3.Connection) -> tuple[Happened, ...]:
            numbers = _numbers(connection, query, scope)
            return tuple(_happened(row) for row in connection.execute(_HAPPENED, (numbers,)))

        return await self._db.read(work)

    async def count(self, query: Query, scope: Scope) -> int:
        def work(connection: sqlite3.Connection) -> int:
            return len(search.find(connection, query, search.visible_to(connection, query, scope), rules.COUNTED, 0))

        return await self._db.read(work)

    async def signatures(self, since: datetime) -> tuple[tuple[str, str, Signature, Article, Understanding], ...]:
        where = "WHERE number >= ? AND at >= ?"
        return await self._signatures(where, first_number(rules.stamp(since)), rules.stamp(since))

    async def open_articles(self) -> tuple[tuple[str, str, Signature, Article, Understanding], ...]:
        return await self._signatures("WHERE article.id IN (SELECT article_id FROM open_article)")

    async def _signatures(
        self, where: str, *values: int
    ) -> tuple[tuple[str, str, Signature, Article, Understanding], ...]:
        def work(connection: sqlite3.Connection) -> tuple[tuple[str, str, Signature, Article, Understanding], ...]:
            rows = connection.execute(_SIGNATURES.format(where=where), values)
            return tuple(
                (article_id, story_id, decode(Signature, one), decode(Article, two), decode(Understanding, three))
                for article_id, story_id, one, two, three in rows
            )

        return await self._db.read(work, seconds=REBUILD_SECONDS)

    async def forget_before(self, articles: datetime, texts: datetime) -> int:
        """In transactions of `BATCH` articles, so that no other writer waits for the whole of it."""
        old, older = rules.stamp(texts), rules.stamp(articles)
        total = 0
        while done := await self._db.write("forget_before", lambda connection: forget_articles(connection, older)):
            total += done
            if done < BATCH:
                break
        while done := await self._db.write("forget_before", lambda connection: forget_texts(connection, old)):
            total += done
            if done < BATCH:
                break
        await self._db.write("forget_before", lambda connection: forget_rest(connection, older))
        return total


_HAPPENED = """
SELECT article.id, article.language, at, understanding, story_id, story.number
FROM article JOIN article_body USING (number) LEFT JOIN story_member ON article_id = article.id
  LEFT JOIN story ON story.id = story_id
WHERE article.number IN (SELECT value FROM json_each(?)) ORDER BY article.number DESC
"""


@dataclass(frozen=True, slots=True)
class _Events:
    """Of an understanding its events alone: the rest is passed over."""

    events: tuple[Event, ...] = ()


def _happened(row: Row) -> Happened:
    article_id, language, at, understanding, story_id, number = row
    return Happened(
        article_id=str(article_id),
        language=str(language),
        when=rules.moment(int(at or 0)),
        events=decode(_Events, str(understanding)).events,
        story=str(story_id or article_id),
        number=int(number or 0),
    )


_SIGNATURES = """
SELECT article.id, coalesce(story_id, ''), signature, body.article, understanding
FROM article JOIN article_body body USING (number) LEFT JOIN story_member ON article_id = article.id
{where} ORDER BY number
"""


def _numbers(connection: sqlite3.Connection, query: Query, scope: Scope) -> str:
    """The numbers of the articles that a look-up answers, as a JSON list."""
    limit, offset = max(0, query.limit), max(0, query.offset)
    rows = search.find(connection, query, search.visible_to(connection, query, scope), limit, offset)
    connection.set_progress_handler(None, 0)  # what was found in time is read whole
    return "[" + ",".join(str(row[0]) for row in rows) + "]"
