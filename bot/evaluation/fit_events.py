"""Fit the event models to labelled sentences and headlines: whole numbers that are the same on every run.

A sentence's features weigh by their idf; beside them stands the mean of its words' points (`vectors`), so that a word
that no labelled row holds counts as its kin do. scikit-learn is a development dependency only.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.evaluation.vectors import DIMENSIONS, folded, means
from bot.model import PLOVER_TYPES
from bot.understanding.events_main import Passage, gate_features, passage
from bot.understanding.events_model import GATE_SCALE, KIN_SCALE, Weights

SCALE = 25
"""Weights are stored as 25ths: tenths lose half a point on PLOVER sentences. Features that weigh little are kept: our
own headlines lose two to three points of macro F1 without them.
"""

Document = dict[str, Any]
"""Weights as they are stored; `events_model.weights_of` reads them."""

_ROWS_AT_LEAST = 2
"""Rows in which a feature must stand: 1 loses 1.5 points of macro F1 and trebles the file."""


@dataclass(frozen=True, slots=True)
class Strength:
    """`c`: inverse strength of the L2 penalty. `balance`: power of the inverse class frequency as class weight: rare
    types count more, not fully. `points`: how much the mean of the words' points counts beside features of length 1.
    """

    c: float
    balance: float
    points: float


FOR_HEADLINES = Strength(c=1.0, balance=0.8, points=3.0)
"""Over 840 headlines that tell an event, in five folds, macro F1 of the types is .621 without points (c 3, balance
0.5), .656 with them, .660 with balance 0.8; points of 5, and a penalty half as strong or twice, give no more.
"""

FOR_SENTENCES = Strength(c=3.0, balance=0.5, points=0.0)
"""PLOVER sentences, in five folds: .774 without points, .774 and .771 with points of 2 and 3 (c 1): they add none."""

_GATE_C = 0.1
"""Inverse strength of the L2 penalty of the gate: area under its curve .951 with .3, .953 with .1."""

_GATE_POINTS = 5.0
"""The same in the gate, for title and lead: area .941 without, .948 with 2, .951 with 5."""

_GATE_LEAST = 3
"""Hundredths from which a weight of the gate is kept: less moves nothing, and is half of its features."""

_GATE_SHIFT = 0.9
"""Added to the gate: a quarter of our rows tell events, of world news about half. Over five folds of our rows, NONE
weighing as much as all events, macro F1 is .613, .615, .618, .623 and .621 with 0, 0.3, 0.6, 0.9 and 1.2.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence by its features, its PLOVER type, and how much it counts."""

    features: list[str]
    event: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Headline:
    """A labelled headline with its lead's sentences: `event` may be NONE."""

    title: str
    sentences: tuple[str, ...]
    actors: int
    context: frozenset[str]
    event: str
    weight: float = 1.0


def fit_types(examples: Sequence[Example], strength: Strength) -> Document:
    """A linear SVM, one type against the rest, over idf-weighted sentences of length one and the words' points."""
    counts = Counter(name for example in examples for name in example.features)
    idf = {
        name: max(1, round(SCALE * math.log(len(examples) / count)))
        for name, count in counts.items()
        if count >= _ROWS_AT_LEAST
    }
    names = sorted(idf)
    model = _svm(examples, names, idf, strength)
    order = [list(model.classes_).index(kind) for kind in PLOVER_TYPES]
    own, kin = model.coef_[order, : len(names)], model.coef_[order, len(names) :]
    rows = {
        name: (idf[name], *(round(float(value) * idf[name]) for value in column))
        for name, column in zip(names, own.T, strict=True)
    }
    bias = [round(float(value) * SCALE) for value in model.intercept_[order]]
    return {
        "scale": SCALE,
        "bias": bias,
        "rows": rows,
        "kin": folded(kin * strength.points * KIN_SCALE) if strength.points else {},
    }


def _svm(examples: Sequence[Example], names: Sequence[str], idf: Mapping[str, int], strength: Strength) -> LinearSVC:
    events = [example.event for example in examples]
    balance = {kind: (len(events) / 16 / count) ** strength.balance for kind, count in Counter(events).items()}
    features = [example.features for example in examples]
    matrix = _matrix(features, {name: at for at, name in enumerate(names)}, idf)
    model = LinearSVC(C=strength.c, class_weight=balance, random_state=0)
    return model.fit(
        hstack([matrix, csr_matrix(strength.points * means(features))]).tocsr(),
        events,
        sample_weight=[example.weight for example in examples],
    )


def _matrix(rows: Sequence[Iterable[str]], place: Mapping[str, int], idf: Mapping[str, int]) -> csr_matrix:
    by_place = {at: idf[name] for name, at in place.items()}
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for row in rows:
        known = sorted({place[name] for name in row if name in place})
        weights = [by_place[at] for at in known]
        norm = math.sqrt(sum(value * value for value in weights)) or 1.0
        values.extend(value / norm for value in weights)
        columns.extend(known)
        ends.append(len(columns))
    return _sparse(values, columns, ends, len(place))


def _sparse(values: Sequence[float], columns: Sequence[int], ends: Sequence[int], width: int) -> csr_matrix:
    parts = (np.array(values), np.array(columns, dtype=np.int32), np.array(ends, dtype=np.int32))
    return csr_matrix(parts, shape=(len(ends) - 1, width))


def read_with(row: Headline, model: Weights) -> tuple[Passage, list[Passage]]:
    """A headline as the model sees it."""
    return passage(row.title, model), [passage(text, model) for text in row.sentences]


def fit_gate(rows: Sequence[Headline], out_of_fold: Sequence[Weights]) -> Document:
    """A logistic regression: event or none. Each headline is read by a type model that has not seen it."""
    seen = [
        gate_features(*read_with(row, model), row.actors, row.context)
        for row, model in zip(rows, out_of_fold, strict=True)
    ]
    counts = Counter(name for row in seen for name in row)
    names = sorted(name for name, count in counts.items() if count >= _ROWS_AT_LEAST + 1)
    model = LogisticRegression(C=_GATE_C, class_weight="balanced", max_iter=2_000, random_state=0)
    model.fit(_gate_matrix(seen, names), [row.event != "NONE" for row in rows])
    gate = {name: round(float(value) * GATE_SCALE) for name, value in zip(names, model.coef_[0], strict=False)}
    kin = folded(model.coef_[0, len(names) :].reshape(2, DIMENSIONS) * _GATE_POINTS * GATE_SCALE)
    return {
        "gate_bias": round((float(model.intercept_[0]) + _GATE_SHIFT) * GATE_SCALE),
        "gate": {name: value for name, value in gate.items() if abs(value) >= _GATE_LEAST},
        "gate_kin": {f"t:{word}": titled for word, (titled, _) in kin.items()}
        | {word: lead for word, (_, lead) in kin.items()},
    }


def _gate_matrix(rows: Sequence[set[str]], names: Sequence[str]) -> csr_matrix:
    place = {name: at for at, name in enumerate(names)}
    columns = [[place[name] for name in sorted(row) if name in place] for row in rows]
    ends = np.cumsum([0, *(len(row) for row in columns)]).tolist()
    flat = [at for row in columns for at in row]
    titles = means([[name[2:] for name in row if name.startswith("t:")] for row in rows])
    texts = means([[name for name in row if not name.startswith("t:")] for row in rows])
    points = np.hstack([titles, texts]) * _GATE_POINTS
    return hstack([_sparse([1.0] * len(flat), flat, ends, len(names)), csr_matrix(points)]).tocsr()
