"""Articles and readings for these tests."""

import re
from datetime import UTC, datetime

from bot.model import Article, Signature, Summary, Understanding
from bot.ports import Reading

NOTHING = Understanding(diplomatic=True, relevance=1.0)


def article(text: str, *, title: str = "", language: str = "en", name: str = "a1") -> Article:
    return Article(id=name, title=title, arrived=datetime(2025, 5, 20, tzinfo=UTC), language=language, text=text)


def reading(text: str, *, title: str = "", language: str = "en", name: str = "a1") -> Reading:
    return Reading(
        article=article(text, title=title, language=language, name=name),
        understanding=NOTHING,
        signature=Signature(),
        summary=Summary(headline=title, points=()),
    )


def is_subsequence(short: str, long: str) -> bool:
    words = iter(re.findall(r"\w+", long.casefold()))
    return all(word in words for word in re.findall(r"\w+", short.casefold()))
