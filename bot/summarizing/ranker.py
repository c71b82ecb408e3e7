"""The learned ranker, run without a library: a logistic model over words, small regression trees over sentences.

The weights (`data/ranker.json`) are written by `bot.evaluation.train_summarizer`, quantised: thresholds and leaves to
four digits. A tree is complete, of depth 3: seven splits in heap order, then eight leaves.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

DEPTH = 3
SPLITS, LEAVES = 2**DEPTH - 1, 2**DEPTH


Low = tuple[int, float, float, float]
Mid = tuple[int, float, Low, Low]
Root = tuple[int, float, Mid, Mid]


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
    nested: tuple[Root, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "nested", tuple(map(_nest, self.trees)))

    def chances(self, rows: Mapping[str, Sequence[float]]) -> dict[str, float]:
        """The chance, 0 to 1, that each word stands in a summary of the article."""
        weights, intercept = self.coefficients, self.intercept
        return {
            word: 1 / (1 + math.exp(-max(-30.0, min(30.0, intercept + sum(map(_times, weights, row))))))
            for word, row in rows.items()
        }

    def worth(self, row: Sequence[float]) -> float:
        """What share of a sentence's words, and of its pairs of words, a summary would share with it."""
        total = self.base
        for feature, threshold, low, high in self.nested:
            second, second_threshold, lower, upper = low if row[feature] <= threshold else high
            third, third_threshold, least, most = lower if row[second] <= second_threshold else upper
            total += least if row[third] <= third_threshold else most
        return total


def _nest(tree: Tree) -> Root:
    """The tree as nested pairs, which CPython walks twice as fast as it indexes a heap."""

    def low(at: int) -> Low:
        first = 2 * (at - SPLITS // 2)
        return tree.features[at], tree.thresholds[at], tree.leaves[first], tree.leaves[first + 1]

    def mid(at: int) -> Mid:
        return tree.features[at], tree.thresholds[at], low(2 * at + 1), low(2 * at + 2)

    return tree.features[0], tree.thresholds[0], mid(1), mid(2)


def _times(weight: float, value: float) -> float:
    return weight * value


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
