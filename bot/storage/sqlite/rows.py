"""How an article rests in its row."""

from dataclasses import replace

from bot.model import Article, Decision, Signature, Summary, Understanding
from bot.ports import Reading
from bot.storage.codec import clean, decode, encode
from bot.storage.sqlite.database import Row

BITS = 14
"""Of an article's number, for those of one millisecond: feeds without dates give thousands of items one arrival."""
BODY = "article, understanding, signature, summary, decisions, text"
"""The columns of `article_body` in the order of `body` and `to_reading`."""


def first_number(at: int) -> int:
    """The smallest number of an article whose event time is `at` (microseconds)."""
    return (at // 1000) << BITS


def to_reading(row: Row) -> Reading:
    """A reading from the columns of `BODY`."""
    article, understanding, signature, summary, decisions, text = (str(column) for column in row)
    return Reading(
        article=replace(decode(Article, article), text=text),
        understanding=decode(Understanding, understanding),
        signature=decode(Signature, signature),
        summary=decode(Summary, summary),
        decisions=decode(tuple[Decision, ...], decisions),
    )


def body(reading: Reading) -> tuple[str, ...]:
    """The columns of `BODY` for a reading."""
    return (
        encode(replace(reading.article, text="")),
        encode(reading.understanding),
        encode(reading.signature),
        encode(reading.summary),
        encode(reading.decisions),
        clean(reading.article.text),
    )
