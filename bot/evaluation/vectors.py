"""Words as points: words that news use alike lie close together, so that what is learned of one holds for its kin.

The table (vectors/news.npz, made by `bot.evaluation.build_vectors`) is looked at in training alone: a linear model over
the mean of a text's points is one number for each word, and those numbers are what is shipped.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TABLE = Path(__file__).parent / "vectors" / "news.npz"
DIMENSIONS = 100

Points = NDArray[np.float64]
"""Rows of DIMENSIONS numbers."""


@cache
def table() -> tuple[dict[str, int], Points]:
    """The place of each stem, and the points, each of length 1."""
    with np.load(TABLE, allow_pickle=False) as found:
        words, points = found["words"], found["points"].astype(np.float64)
    lengths = np.sqrt((points * points).sum(axis=1, keepdims=True))
    return {str(word): at for at, word in enumerate(words)}, points / lengths


def means(texts: Sequence[Iterable[str]]) -> Points:
    """For each text, given by its features, the mean of the points of its words; zeros where none is known."""
    place, points = table()
    found = np.zeros((len(texts), DIMENSIONS))
    for at, names in enumerate(texts):
        known = sorted(place[name] for name in names if name in place)
        if known:
            found[at] = points[known].mean(axis=0)
    return found


def folded(coefficients: Points) -> dict[str, tuple[int, ...]]:
    """What a linear model over `means` adds for each word: rounded, a number for each row of `coefficients`."""
    place, points = table()
    shares = np.rint(points @ coefficients.T).astype(int)
    return {word: tuple(shares[at].tolist()) for word, at in place.items()}
