"""How fast understanding is, beside scikit-learn in the same run: python tests/bench/understanding.py DIR.

Headlines come from `headlines_unlabelled.jsonl` in DIR. CPU seconds of one process, after one item to load what is
lazy. The peer is tf-idf over words and pairs with a linear SVM, scikit-learn's plain way to sort sentences into types,
one at a time as news arrives and in one batch; it only names a type, finds no evidence, tense or party. Prints figures
and judges nothing: machines differ. scikit-learn is optional.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.evaluation.actors import article_of
from bot.model import Article
from bot.text import sentences
from bot.understanding.actors import find_actors
from bot.understanding.article import understand
from bot.understanding.events import find_events
from bot.understanding.events_main import best, passage

T = TypeVar("T")

ITEMS = 600
PEER_SINGLY = 300
"""The peer takes most of a millisecond for each call."""


def items(folder: Path) -> list[Article]:
    lines = (folder / "headlines_unlabelled.jsonl").read_text("utf8").splitlines()[:ITEMS]
    return [article_of(json.loads(line)) for line in lines]


def rate(method: Callable[[T], object], things: Sequence[T], count: int) -> float:
    """`count` by the CPU seconds that all things take."""
    method(things[0])
    start = time.process_time()
    for thing in things:
        method(thing)
    return count / (time.process_time() - start)


def peer(texts: list[str]) -> dict[str, float]:
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline
        from sklearn.svm import LinearSVC
    except ImportError:
        return {}
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LinearSVC())
    model.fit(texts, [best(passage(text).scores) for text in texts])
    few = texts[:PEER_SINGLY]
    return {
        "scikit-learn, one at a time": rate(lambda text: model.predict([text]), few, len(few)),
        "scikit-learn, one batch": rate(model.predict, [texts], len(texts)),
    }


def main(folder: Path) -> None:
    articles = items(folder)
    actors = {article.id: find_actors(article)[0] for article in articles}
    texts = [
        text
        for article in articles
        for text in (article.title, *(article.text[s.start : s.end] for s in sentences(article.text, "en")))
    ]
    figures = {
        "types in headlines": rate(passage, texts, len(texts)),
        "types of sentences alone": rate(partial(passage, alone=True), texts, len(texts)),
        "events of articles": rate(lambda article: find_events(article, actors[article.id]), articles, len(texts)),
        "whole understanding": rate(understand, articles, len(texts)),
    } | peer(texts)
    base = figures.get("scikit-learn, one at a time")
    for name, value in figures.items():
        ratio = f"  {value / base:6.2f} times scikit-learn one at a time" if base else ""
        sys.stdout.write(f"{name:<30} {value:8.0f} sentences a CPU second{ratio}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
