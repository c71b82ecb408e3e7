"""Looking things up: one query, newest first, by whichever index fits.

An article's number follows its event time, so the index of words and the tables of actors and events already hold
"newest first": the walk ends with the last row that is asked for. Ranking by relevance would walk all of them (bm25
on a common word took 9.6 s at a million articles).
"""

import json
import sqlite3

from bot.model import Query, Scope
from bot.ports import Reading
from bot.storage import rules, words
from bot.storage.codec import clean
from bot.storage.sqlite.database import Row, gather
from bot.storage.sqlite.rows import first_number
from bot.storage.sqlite.sources import all_sources

_SECOND = 1_000_000


def remember(connection: sqlite3.Connection, number: int, reading: Reading) -> None:
    """Index an article's words under its number."""
    title, body = (words.tokens(clean(field)) for field in rules.searchable(reading))
    columns = (" ".join(tokens) for tokens in (title, body, words.singles([*title, *body])))
    connection.execute(
        "INSERT INTO article_words (rowid, title, body, singles) VALUES (?, ?, ?, ?)", (number, *columns)
    )


def forget(connection: sqlite3.Connection, number: int) -> None:
    """Take an article's words out of the index."""
    connection.execute("DELETE FROM article_words WHERE rowid = ?", (number,))


def match_expression(ways: tuple[words.Asked, ...]) -> str:
    """A question in FTS5's language. Tokens hold letters, marks and digits only, so no quoting can go wrong."""
    return " OR ".join(f"({_way(way)})" for way in ways)


def _way(way: words.Asked) -> str:
    present = " AND ".join(map(_matching, way.present))
    return f"({present}) NOT ({' OR '.join(map(_matching, way.absent))})" if way.absent else present


def _matching(term: words.Term) -> str:
    if term.single:
        return f'singles : "{term.tokens[0]}"'
    return f'{{title body}} : "{" ".join(term.tokens)}"{" *" if term.prefix else ""}'


class Conditions:
    """The WHERE clause as it grows: SQL of ours, every value a parameter."""

    def __init__(self) -> None:
        self.sql: list[str] = []
        self.values: list[str | int] = []

    def add(self, sql: str, *values: str | int) -> None:
        self.sql.append(sql)
        self.values.extend(values)

    def __str__(self) -> str:
        return " AND ".join(self.sql)


def _drive(query: Query, conditions: Conditions, match: str) -> tuple[str, str]:
    """The FROM clause and the column in whose order it walks. CROSS JOIN fixes the order of the loops in SQLite."""
    if match:
        conditions.add("article_words MATCH ?", match)
        source, order = "article_words w CROSS JOIN article a ON a.number = w.rowid", "w.rowid"
    elif query.countries:
        conditions.add("x.code = ?", clean(query.countries[0]))
        source, order = "article_actor x CROSS JOIN article a ON a.number = x.article", "x.article"
    elif query.event is not None:
        conditions.add("x.type = ?", clean(query.event))
        source, order = "article_event x CROSS JOIN article a ON a.number = x.article", "x.article"
    else:
        source, order = "article a", "a.number"
    return source, order


def _limit_time(query: Query, conditions: Conditions, order: str) -> None:
    """`at` decides; the number only keeps the walk short, with a second's room for what ran over."""
    if query.since is not None:
        since = rules.stamp(query.since)
        conditions.add(f"{order} >= ? AND a.at >= ?", first_number(since), since)
    if query.until is not None:
        until = rules.stamp(query.until)
        conditions.add(f"{order} < ? AND a.at < ?", first_number(until + _SECOND), until)


def _limit_sources(visible: frozenset[str] | None, conditions: Conditions) -> None:
    if visible is None:
        return
    if len(visible) == 1:
        conditions.add("a.source_id = ?", clean(next(iter(visible))))
    else:  # the plus keeps SQLite from sorting all articles of these sources instead of walking newest first
        listed = json.dumps([clean(source) for source in sorted(visible)])
        conditions.add("+a.source_id IN (SELECT value FROM json_each(?))", listed)


def visible_to(connection: sqlite3.Connection, query: Query, scope: Scope) -> frozenset[str] | None:
    """The sources that a look-up of articles may answer from; None: all."""
    asked = query.source is not None or query.kind is not None
    return rules.visible_sources(query, scope, all_sources(connection) if asked else ())


def find(
    connection: sqlite3.Connection, query: Query, visible: frozenset[str] | None, limit: int, offset: int
) -> list[Row]:
    """(number,) of the articles that match, newest first: all within the time limit, or those found until then."""
    chosen = numbers_of(query, visible)
    if chosen is None:
        return []
    sql, order, values = chosen
    return gather(connection.execute(f"{sql}ORDER BY {order} DESC LIMIT ? OFFSET ?", [*values, limit, offset]))


def numbers_of(query: Query, visible: frozenset[str] | None) -> tuple[str, str, list[str | int]] | None:
    """The query for the numbers of all articles that match, the column in whose order it walks, and its values; None
    where the words asked for hold no letter and no digit.
    """
    asked = words.asked(query.text)
    if query.text.strip() and not asked:
        return None
    conditions = Conditions()
    source, order = _drive(query, conditions, match_expression(asked))
    _limit_time(query, conditions, order)
    _limit_sources(visible, conditions)
    for code in query.countries:
        conditions.add("EXISTS (SELECT 1 FROM article_actor WHERE code = ? AND article = a.number)", clean(code))
    if query.event is not None:
        event = "EXISTS (SELECT 1 FROM article_event WHERE type = ? AND article = a.number)"
        conditions.add(event, clean(query.event))
    if query.language is not None:
        conditions.add("+a.language = ?", clean(query.language))
    if query.diplomatic_only:
        conditions.add("+a.diplomatic = 1")
    where = f"WHERE {conditions} " if conditions.sql else ""
    return f"SELECT a.number FROM {source} {where}", order, conditions.values  # noqa: S608 - ours
