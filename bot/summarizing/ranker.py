"""The learned ranker, run without a library: a logistic model over words, small regression trees over sentences.

The weights (`data/ranker.json`) are written by `bot.evaluation.train_summarizer`, quantised: thresholds and leaves to
four digits. A tree is complete, of depth 3: seven splits in heap order, then eight leaves.
"""

import json
import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, reduce
from importlib import resources
from operator import and_, getitem

from bot.summarizing.features import WordTable

DEPTH = 3
SPLITS, LEAVES = 2**DEPTH - 1, 2**DEPTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """`features[i]` is compared with `thresholds[i]`: not above goes left. `leaves` from left to right."""

    features: tuple[int, ...]
    thresholds: tuple[float, ...]
    leaves: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """`coefficients` and `intercept` give a word's chance; `base` and `trees` a sentence's worth per word."""

    coefficients: tuple[float, ...]
    intercept: float
    base: float
    trees: tuple[Tree, ...]
    scorer: "_Scorer" = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "scorer", _Scorer(self.trees))

    def chances(self, table: WordTable) -> dict[str, float]:
        """The chance, 0 to 1, that each word stands in a summary of the article."""
        totals = [self.intercept] * len(table.words)
        for weight, column in zip(self.coefficients, table.columns, strict=True):
            totals = [total + weight * value for total, value in zip(totals, column, strict=True)]
        exp = math.exp
        # values are bounded: no exponent overflows
        return {word: 1 / (1 + exp(-total)) for word, total in zip(table.words, totals, strict=True)}

    def worth(self, row: Sequence[float]) -> float:
        """What share of a sentence's words, and of its pairs of words, a summary would share with it."""
        return self.base + self.scorer.total(row)


class _Scorer:
    """All trees walked at once (QuickScorer, Lucchese and others 2015): ten times as fast in CPython as one by one.

    A bit for each leaf of each tree, eight bits a tree, the leftmost leaf lowest. A split that a row exceeds rules out
    the leaves on its left; what is left lowest in each byte is the tree's leaf. For every feature, `masks[k]` rules out
    what the k smallest thresholds do together.
    """

    def __init__(self, trees: Sequence[Tree]) -> None:
        self._count = len(trees)
        splits: dict[int, list[tuple[float, int]]] = {}
        for number, tree in enumerate(trees):
            for at, (feature, threshold) in enumerate(zip(tree.features, tree.thresholds, strict=True)):
                splits.setdefault(feature, []).append((threshold, _LEFT_OF[at] << (LEAVES * number)))
        full = (1 << (LEAVES * self._count)) - 1
        self._full = full
        self._features = sorted(splits)
        self._thresholds: list[list[float]] = []
        self._masks: list[list[int]] = []
        for feature in self._features:
            found = sorted(splits[feature])
            masks = [full]
            for _, leaves in found:
                masks.append(masks[-1] & ~leaves)
            self._thresholds.append([threshold for threshold, _ in found])
            self._masks.append(masks)
        self._leaves = [tree.leaves for tree in trees]

    def total(self, row: Sequence[float]) -> float:
        """The sum of the leaves that `row` falls into."""
        exceeded = map(bisect_left, self._thresholds, map(row.__getitem__, self._features))
        left = reduce(and_, map(getitem, self._masks, exceeded), self._full)
        return sum(map(getitem, self._leaves, left.to_bytes(self._count, "little").translate(_LOWEST)))


def _left_of(at: int) -> int:
    """The leaves under the left branch of split `at`, as bits."""
    first = last = 2 * at + 1
    while first < SPLITS:
        first, last = 2 * first + 1, 2 * last + 2
    return sum(1 << (leaf - SPLITS) for leaf in range(first, last + 1))


_LEFT_OF = tuple(map(_left_of, range(SPLITS)))
_LOWEST = bytes((byte & -byte).bit_length() - 1 if byte else 0 for byte in range(2**LEAVES))
"""The lowest bit of each byte."""


@cache
def shipped() -> Ranker:
    """The weights of the package, read once."""
    return decode(resources.files("bot.summarizing").joinpath("data/ranker.json").read_text("utf-8"))


def decode(text: str) -> Ranker:
    """A ranker from its JSON form."""
    raw = json.loads(text)
    trees = tuple(
        Tree(features=tuple(features), thresholds=tuple(thresholds), leaves=tuple(leaf / 10_000 for leaf in leaves))
        for features, thresholds, leaves in raw["trees"]
    )
    return Ranker(coefficients=tuple(raw["coefficients"]), intercept=raw["intercept"], base=raw["base"], trees=trees)
