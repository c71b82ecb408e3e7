"""How good key points are: ROUGE against human summaries, beside Lead, the first sentences of the article.

The protocol is that of the shared scorer: the printed text of the points, one a line; at a budget of words, points are
taken until the next would not fit.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.evaluation.rouge import rouge, tokens
from bot.model import Article, Signature, Summary, Understanding
from bot.ports import Budget, Reading
from bot.summarizing.extractive import summarize_article, summarize_story
from bot.text.sentences import sentences

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_NOTHING = Understanding(diplomatic=True, relevance=1.0)
BUDGETS: dict[str, Budget] = {
    "1 point": Budget(points=1),
    "2 points": Budget(points=2),
    "3 points": Budget(points=3),
    "50 words": Budget(words=50),
}
STORY_BUDGET = Budget(words=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Articles about one thing and what people wrote of them."""

    id: str
    set: str
    texts: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """ROUGE-1 and ROUGE-2 F1 × 100 and the mean number of words, over `rows` rows."""

    rouge_1: float
    rouge_2: float
    words: float
    rows: int

    def __str__(self) -> str:
        return f"{self.rouge_1:.2f}/{self.rouge_2:.2f} ({self.words:.0f} words, {self.rows} rows)"


def read_rows(path: Path) -> tuple[Row, ...]:
    """The rows of a summaries or multi-document file of the shared data."""
    rows = []
    for line in path.read_text("utf-8").splitlines():
        raw = json.loads(line)
        rows.append(
            Row(
                id=str(raw["id"]),
                set=raw.get("set", "multidoc"),
                texts=tuple(raw.get("docs") or (raw["text"],)),
                references=tuple(raw["references"]),
            )
        )
    return tuple(rows)


def as_reading(text: str, name: str) -> Reading:
    """A bare text as the summarizer takes it: nothing understood, no title."""
    article = Article(id=name, title="", arrived=_EPOCH, language="en", text=text)
    return Reading(
        article=article,
        understanding=_NOTHING,
        signature=Signature(),
        summary=Summary(headline="", points=()),
    )


def key_points(row: Row, budget: Budget) -> tuple[str, ...]:
    """What the product would print for the row."""
    readings = [as_reading(text, f"{row.id}:{at}") for at, text in enumerate(row.texts)]
    if len(readings) == 1:
        summary, _ = summarize_article(readings[0].article, readings[0].understanding, budget)
    else:
        summary = summarize_story(readings, budget)
    return tuple(point.text for point in summary.points)


def lead(row: Row, _: Budget) -> tuple[str, ...]:
    """The first sentences of the article; of several articles in turn."""
    parts = [[text[span.start : span.end] for span in sentences(text, "en")] for text in row.texts]
    deepest = max(map(len, parts), default=0)
    return tuple(part[at] for at in range(min(deepest, 30)) for part in parts if at < len(part))


def within(points: Sequence[str], budget: Budget) -> tuple[str, ...]:
    """The points that the scorer looks at."""
    kept: list[str] = []
    for point in points[: budget.points]:
        words = sum(len(one.split()) for one in kept) + len(point.split())
        if budget.words and kept and words > budget.words:
            break
        kept.append(point)
    return tuple(kept)


def figure(rows: Iterable[Row], budget: Budget, method: Callable[[Row, Budget], Sequence[str]]) -> Figure:
    """The mean over `rows` of what `method` prints under `budget`."""
    first = second = words = 0.0
    count = 0
    for row in rows:
        points = within(method(row, budget), budget)
        one, two = rouge(tokens("\n".join(points)), [tokens(reference) for reference in row.references])
        first, second, words = first + one, second + two, words + sum(len(point.split()) for point in points)
        count += 1
    count = max(1, count)
    return Figure(rouge_1=100 * first / count, rouge_2=100 * second / count, words=words / count, rows=count)
