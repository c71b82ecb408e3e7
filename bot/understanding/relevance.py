"""Diplomatic or not: a small linear model over actors, concepts and words, with the reasons that weighed most.

Weights are integers in `data/relevance.json`, trained by `bot.evaluation.train_relevance`; plain Python at run time.
The score is a squashed sum, good for ranking; it is not a calibrated probability. A long article is judged passage by
passage, each with the title, and gets the mean: reportage often opens far from its subject. Events are taken so that
callers need not change when the model learns from them; today only actors and words count.
"""

import json
import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from bot.model import Actor, Article, Decision, Event
from bot.understanding.explaining import named, relevance_word
from bot.understanding.relevance_features import features, passages

_THRESHOLD = 0.5
"""The training shifts the bias so that one half is the cut with the best F1.5 for level 2."""


@dataclass(frozen=True, slots=True)
class _Weights:
    scale: int
    bias: int
    by_feature: dict[str, int]


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    raw = json.loads((resources.files("bot.understanding") / "data" / "relevance.json").read_text(encoding="utf8"))
    by_feature: dict[str, int] = raw["weights"]
    return _Weights(scale=raw["scale"], bias=by_feature.pop("", 0), by_feature=by_feature)


def feature_names() -> tuple[str, ...]:
    """Every feature that has a weight."""
    return tuple(_weights().by_feature)


def relevance(article: Article, actors: tuple[Actor, ...], events: tuple[Event, ...]) -> tuple[float, bool, Decision]:
    """How diplomatic `article` is, 0..1, whether that passes the threshold, and why."""
    del events
    weights = _weights()
    weighed: Counter[str] = Counter()
    starts = passages(article)
    for start in starts:
        for name in features(article, actors, start):
            if weight := weights.by_feature.get(name):
                weighed[name] += weight
    total = (weights.bias + sum(weighed.values()) / len(starts)) / weights.scale
    score = round(1 / (1 + math.exp(-total)), 4)
    diplomatic = score >= _THRESHOLD
    shares = {name: weighed[name] / len(starts) / weights.scale for name in weighed}
    reason = f"relevance {score:.2f}, diplomatic from {_THRESHOLD} on: {named(shares, relevance_word)}"
    return (
        score,
        diplomatic,
        Decision(stage="understanding", outcome="kept" if diplomatic else "dropped", reason=reason),
    )
