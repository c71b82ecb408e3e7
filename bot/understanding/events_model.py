"""Which PLOVER type a sentence tells, and whether a story tells an event at all: two linear models, pure Python.

Weights are whole numbers in data/events.json, and for a sentence that stands alone, without a headline, in
data/events_sentences.json; both are trained by `bot.evaluation.train_events`. A feature has weights of its own ("rows",
"gate"), a word also what its kin among the words of news lets expect ("kin", "gate_kin": see `bot.evaluation.vectors`).

All numbers of a feature stand side by side in one large whole number, so that the sums over a sentence's features, one
for each type, are one sum.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import repeat
from math import sqrt
from struct import Struct
from typing import Any

from bot.model import PLOVER_TYPES

Scores = tuple[float, ...]
"""One number a type, in the order of PLOVER_TYPES; above 0 the model would say yes to that type alone."""

GATE_SCALE = 100
"""The gate's weights are hundredths."""

KIN_SCALE = 100
"""So are those of a word's kin."""

_TYPES = len(PLOVER_TYPES)
NO_SCORES: Scores = (0.0,) * _TYPES

_HALF = 1 << 31
_LANE = (1 << 32) - 1
"""A packed number has 32 bits and a sign: sums over a sentence stay far below."""


class _Lanes:
    """Whole numbers side by side in one, so that adding two of them adds all at once."""

    def __init__(self, count: int) -> None:
        self._struct = Struct(f"<{count}I")
        self._zero = int.from_bytes(self._struct.pack(*[_HALF] * count), "little")

    def pack(self, numbers: Sequence[int]) -> int:
        return int.from_bytes(self._struct.pack(*[number + _HALF for number in numbers]), "little") - self._zero

    def unpack(self, packed: int) -> list[int]:
        raw = (packed + self._zero).to_bytes(self._struct.size, "little")
        return [number - _HALF for number in self._struct.unpack(raw)]

    def two(self, packed: int, first: int, second: int) -> tuple[int, int]:
        """Two of them alone: for two numbers of many features."""
        whole = packed + self._zero
        return (whole >> (32 * first) & _LANE) - _HALF, (whole >> (32 * second) & _LANE) - _HALF


_TYPE_LANES = _Lanes(2 + 2 * _TYPES)
"""The square of a feature's idf, its weight for each type; 1 for a word with kin, and for each type what they add."""

_GATE_LANES = _Lanes(5)
"""A feature's weight; 1 for a word of the title with kin, and what they add; the same for a word of the text."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Both models as they are computed with; a feature's numbers are packed."""

    scale: float
    bias: tuple[int, ...]
    rows: dict[str, int]
    gate_bias: int
    gate: dict[str, int]


def weights_of(document: Mapping[str, Any]) -> Weights:
    """The weights that stand in one file: rows of idf and a weight a type, all times `scale`, and their kin."""
    rows, kin = document["rows"], document["kin"]
    gate, gate_kin = document.get("gate", {}), document.get("gate_kin", {})
    none = [0] * (_TYPES + 1)
    return Weights(
        scale=float(document["scale"]),
        bias=tuple(document["bias"]),
        rows={name: _type_row(rows.get(name, none), kin.get(name)) for name in rows.keys() | kin.keys()},
        gate_bias=int(document.get("gate_bias", 0)),
        gate={name: _gate_row(name, gate.get(name, 0), gate_kin.get(name)) for name in gate.keys() | gate_kin.keys()},
    )


def _type_row(row: Sequence[int], kin: Sequence[int] | None) -> int:
    return _TYPE_LANES.pack([row[0] * row[0], *row[1:], *([1, *kin] if kin else [0] * (_TYPES + 1))])


def _gate_row(name: str, weight: int, kin: int | None) -> int:
    added = [0, 0] if kin is None else [1, kin]
    return _GATE_LANES.pack([weight, *added, 0, 0] if name.startswith("t:") else [weight, 0, 0, *added])


@cache
def weights() -> Weights:
    """The shipped weights, read once."""
    return _shipped("events.json")


@cache
def sentence_weights() -> Weights:
    """The types as a sentence alone tells them; there is no gate for one."""
    return _shipped("events_sentences.json")


def _shipped(name: str) -> Weights:
    return weights_of(json.loads((files("bot.understanding") / "data" / name).read_text("utf-8")))


def type_scores(features: Iterable[str], model: Weights | None = None) -> Scores:
    """How well each type fits a sentence of these features."""
    model = model or weights()
    total = sum(map(model.rows.get, features, repeat(0)))
    if not total:
        return NO_SCORES
    sums = _TYPE_LANES.unpack(total)
    norm, kin, scale = _norms(sums, model)
    return tuple(
        own / norm + added / kin + bias / scale
        for own, added, bias in zip(sums[1 : _TYPES + 1], sums[_TYPES + 2 :], model.bias, strict=True)
    )


def _norms(sums: Sequence[int], model: Weights) -> tuple[float, int, float]:
    """By what a feature's own weights, those of its kin, and the bias are divided."""
    return sqrt(sums[0]) or 1.0, (sums[_TYPES + 1] or 1) * KIN_SCALE, model.scale


def type_shares(features: Iterable[str], at: int, model: Weights | None = None) -> dict[str, float]:
    """What each feature of a sentence adds to the score of the type PLOVER_TYPES[at]."""
    model = model or weights()
    known = {name: model.rows[name] for name in features if name in model.rows}
    norm, kin, _ = _norms(_TYPE_LANES.unpack(sum(known.values())), model)
    own, added = at + 1, _TYPES + 2 + at
    pairs = {name: _TYPE_LANES.two(row, own, added) for name, row in known.items()}
    return {name: one / norm + other / kin for name, (one, other) in pairs.items()}


def gate_shares(features: Iterable[str]) -> dict[str, float]:
    """What each feature adds to the score of "an event is told"."""
    gate = weights().gate
    known = {name: gate[name] for name in features if name in gate}
    words = {name: _GATE_LANES.unpack(packed) for name, packed in known.items() if abs(packed) >= _HALF}
    titled, lead = (sum(row[at] for row in words.values()) or 1 for at in (1, 3))
    shares = {name: packed / GATE_SCALE for name, packed in known.items()}  # no word with kin: its weight is all
    shares.update((name, (row[0] + row[2] / titled + row[4] / lead) / GATE_SCALE) for name, row in words.items())
    return shares


def gate_score(features: Iterable[str], model: Weights | None = None) -> float:
    """Above 0: a headline and lead of these features tell an event; below: analysis, polls, other news."""
    model = model or weights()
    total = sum(map(model.gate.get, features, repeat(0)))
    weight, titled, by_title, lead, by_lead = _GATE_LANES.unpack(total)
    return (model.gate_bias + weight + by_title / (titled or 1) + by_lead / (lead or 1)) / GATE_SCALE
