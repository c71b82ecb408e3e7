"""Which PLOVER type a sentence tells, and whether a story tells an event at all: two linear models, pure Python.

Weights are whole numbers in data/events.json, and for a sentence that stands alone, without a headline, in
data/events_sentences.json; both are trained by `bot.evaluation.train_events`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt

from bot.model import PLOVER_TYPES

Scores = tuple[float, ...]
"""One number a type, in the order of PLOVER_TYPES; above 0 the model would say yes to that type alone."""

GATE_SCALE = 100
"""The gate's weights are hundredths."""

NO_SCORES: Scores = (0.0,) * len(PLOVER_TYPES)


@dataclass(frozen=True, slots=True)
class Weights:
    """`rows`: for each feature its inverse document frequency, then a weight for each type, all times `scale`."""

    scale: float
    bias: tuple[int, ...]
    rows: dict[str, tuple[int, ...]]
    gate_bias: int
    gate: dict[str, int]


@cache
def weights() -> Weights:
    """The shipped weights, read once."""
    raw = json.loads((files("bot.understanding") / "data" / "events.json").read_text("utf-8"))
    return Weights(
        scale=float(raw["scale"]),
        bias=tuple(raw["bias"]),
        rows={name: tuple(row) for name, row in raw["rows"].items()},
        gate_bias=int(raw["gate_bias"]),
        gate=raw["gate"],
    )


@cache
def sentence_weights() -> Weights:
    """The types as a sentence alone tells them; there is no gate for one."""
    raw = json.loads((files("bot.understanding") / "data" / "events_sentences.json").read_text("utf-8"))
    rows = {name: tuple(row) for name, row in raw["rows"].items()}
    return Weights(scale=float(raw["scale"]), bias=tuple(raw["bias"]), rows=rows, gate_bias=0, gate={})


def type_scores(features: Iterable[str], model: Weights | None = None) -> Scores:
    """How well each type fits a sentence of these features."""
    model = model or weights()
    known = model.rows
    rows = [known[name] for name in features if name in known]
    if not rows:
        return NO_SCORES
    columns = zip(*rows, strict=True)
    norm = sqrt(sum(idf * idf for idf in next(columns)))
    scale = model.scale
    return tuple((sum(column) / norm + bias / scale) for column, bias in zip(columns, model.bias, strict=True))


def type_shares(features: Iterable[str], at: int, model: Weights | None = None) -> dict[str, float]:
    """What each feature of a sentence adds to the score of the type PLOVER_TYPES[at]."""
    model = model or weights()
    known = {name: model.rows[name] for name in features if name in model.rows}
    norm = sqrt(sum(row[0] * row[0] for row in known.values())) or 1.0
    return {name: row[at + 1] / norm for name, row in known.items()}


def gate_shares(features: Iterable[str]) -> dict[str, float]:
    """What each feature adds to the score of "an event is told"."""
    gate = weights().gate
    return {name: gate[name] / GATE_SCALE for name in features if name in gate}


def gate_score(features: Iterable[str], model: Weights | None = None) -> float:
    """Above 0: a headline and lead of these features tell an event; below: analysis, polls, other news."""
    model = model or weights()
    return (model.gate_bias + sum(model.gate.get(name, 0) for name in features)) / GATE_SCALE
