"""Figures on our own sentences about tense, negation, modes, dates and quotes (tests/golden/understanding).

Shares of rows in which everything asked for is right; rows marked `held` are counted apart. The rows come from
templates (see the folder's README): these figures guard against regressions and say little of unseen prose.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.evaluation.readings import Row, rows_of
from bot.model import Article, Understanding
from bot.understanding.article import understand

Judge = Callable[[Row, Article, Understanding], bool]


def figures(path: Path, judge: Judge) -> dict[str, float]:
    """The share of rows that `judge` passes: the open ones, and the held-out ones."""
    passed: defaultdict[str, list[bool]] = defaultdict(list)
    for row in rows_of(path):
        written = str(row.get("written") or "2025-05-20")
        when = datetime.fromisoformat(written).replace(hour=12, tzinfo=UTC)
        article = Article(
            id="x", title="", text=str(row["text"]), published=when, arrived=when,
            language=str(row.get("language") or "en"),
        )  # fmt: skip
        passed["held out" if row["held"] else "open"].append(judge(row, article, understand(article).understanding))
    return {name: sum(hits) / len(hits) for name, hits in passed.items()}


def tense(row: Row, _: Article, got: Understanding) -> bool:
    """The tense of the main event."""
    return bool(got.events) and got.events[0].tense == row["tense"]


def negation_and_mode(row: Row, _: Article, got: Understanding) -> bool:
    """Negation of the main event, and its mode where the row names one."""
    if not got.events or got.events[0].negated != row["negated"]:
        return False
    return row.get("mode") is None or got.events[0].mode == row["mode"]


def dates(row: Row, article: Article, got: Understanding) -> bool:
    """Exactly the phrases of the row, each resolved to its days."""
    found = {(article.text[d.span.start : d.span.end], d.first.isoformat(), d.last.isoformat()) for d in got.dates}
    return found == {(str(one["text"]), str(one["from"]), str(one["to"])) for one in _objects(row, "dates")}


def quotes(row: Row, article: Article, got: Understanding) -> bool:
    """As many quotations as the row has, each with its beginning and, where named, its speaker."""
    found = [(article.text[q.span.start : q.span.end], q.speaker) for q in got.quotes]
    wanted = _objects(row, "quotes")
    return len(found) == len(wanted) and all(
        text.startswith(str(one["starts"])) and one.get("speaker") in (None, speaker)
        for (text, speaker), one in zip(found, wanted, strict=True)
    )


def _objects(row: Row, key: str) -> list[Mapping[str, object]]:
    values = row.get(key)
    return values if isinstance(values, list) else []
