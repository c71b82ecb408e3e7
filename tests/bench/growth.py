"""What an article costs as the archive grows: python tests/bench/growth.py [ARTICLES].

Invented news at a steady pace, 200 articles a day in events of about five, through the window that the bot groups
with. CPU milliseconds for each article around the 1,000th, the 10,000th and the last, and the memory then. Between
these, articles are put into their stories without being asked where they belong, which saves minutes and fills the
window all the same. Beside it, in the same run: a plain scan that compares an article's title with all before it, as a
grouping without an index and a window does. Prints figures and judges nothing: machines differ.
"""

import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from bot.grouping.cluster import Window
from bot.grouping.similarity import signature
from bot.model import Article, Understanding

ARTICLES, A_DAY, AROUND = 50_000, 200, 200
SPAN = timedelta(days=5)
BEGIN = datetime(2027, 1, 1, tzinfo=UTC)
NOTHING = Understanding(diplomatic=True, relevance=0.9)
_LETTERS = "bcdfghjklmnprstvz"


def vocabulary(chance: Random, size: int = 30_000) -> list[str]:
    """Invented words; the earlier ones are used more often, as in any language."""

    def word() -> str:
        return "".join(chance.choice(_LETTERS) + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))

    return [word() for _ in range(size)]


def news(count: int) -> Iterator[tuple[str, Article]]:
    """Articles in order of publication, each with its event. Those of an event share half of their words."""
    chance = Random(7)
    words = vocabulary(chance)
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    events: list[tuple[str, list[str]]] = []
    for number in range(count):
        if not events or chance.random() < 0.2:
            events = [*events[-40:], (f"event {number}", chance.choices(words, cum_weights=weights, k=60))]
        event, shared = chance.choice(events)
        text = [*shared, *chance.choices(words, cum_weights=weights, k=60)]
        chance.shuffle(text)
        when = BEGIN + number * timedelta(days=1) / A_DAY
        yield event, Article(
            id=str(number), title=" ".join(text[:8]), text=" ".join(text), language="en",
            outlet=f"Outlet {number % 40}", published=when, arrived=when,
        )  # fmt: skip


def scan(title: str, others: list[frozenset[str]]) -> int:
    """How many earlier titles share a third of the words: one comparison for each of them."""
    words = frozenset(title.split())
    return sum(len(words & other) * 3 >= len(words) for other in others)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    marks = sorted({1_000, 10_000, count})
    window, before = Window(), list[frozenset[str]]()
    ours, theirs = dict.fromkeys(marks, 0.0), dict.fromkeys(marks, 0.0)
    for number, (event, article) in enumerate(news(count), start=1):
        mark = next((mark for mark in marks if mark - AROUND < number <= mark), None)
        sketch = signature(article, NOTHING)
        if mark is not None:
            start = time.process_time()
            window.place(article, NOTHING, sketch)
            ours[mark] += time.process_time() - start
            start = time.process_time()
            scan(article.title, before)
            theirs[mark] += time.process_time() - start
        window.add(article.id, event, sketch, article, NOTHING)
        before.append(frozenset(article.title.split()))
        if number % 50 == 0:
            window.forget_before(article.when - SPAN)
        if number in marks:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"article {number}: window {1000 * ours[number] / AROUND:.2f} ms, x{ours[number] / ours[1_000]:.2f};"
                f" scan {1000 * theirs[number] / AROUND:6.2f} ms, x{theirs[number] / theirs[1_000]:.2f};"
                f" {len(window)} articles in the window; {memory} MB, the scan's titles among them",
                flush=True,
            )


if __name__ == "__main__":
    main()
