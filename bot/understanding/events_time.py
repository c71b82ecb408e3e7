"""When an English event falls, and whether it happened at all: two small linear models over the cues around it.

Weights are whole numbers in data/event_time.json, trained by `bot.evaluation.train_tense`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from bot.model import EventType, Tense
from bot.understanding.events_cues import Telling, denial_cues, tense_cues

TENSES: tuple[Tense, ...] = ("past", "ongoing", "future", "hypothetical")
"""In the order of the weights."""


@dataclass(frozen=True, slots=True)
class TimeWeights:
    """For each cue a weight for each tense, and one for "did not, does not or will not happen"."""

    tense_bias: tuple[int, ...]
    tense: dict[str, tuple[int, ...]]
    denial_bias: int
    denial: dict[str, int]


@cache
def weights() -> TimeWeights:
    """The shipped weights, read once."""
    raw = json.loads((files("bot.understanding") / "data" / "event_time.json").read_text("utf-8"))
    return TimeWeights(
        tense_bias=tuple(raw["tense_bias"]),
        tense={name: tuple(row) for name, row in raw["tense"].items()},
        denial_bias=raw["denial_bias"],
        denial=cast("dict[str, int]", raw["denial"]),
    )


def tense_of(said: Sequence[tuple[str, Telling]], kind: EventType, model: TimeWeights | None = None) -> Tense:
    """The tense of an event of `kind` that title ("T") and sentence ("S") tell; the headline's present is past."""
    model = model or weights()
    rows = [model.tense[cue] for cue in tense_cues(said, kind) if cue in model.tense]
    totals = [sum(column) for column in zip(model.tense_bias, *rows, strict=True)]
    return TENSES[totals.index(max(totals))]


def denied(said: Sequence[tuple[str, Telling]], kind: EventType, model: TimeWeights | None = None) -> bool:
    """Whether they say that the event did not, does not or will not happen. A refusal is an event of its own."""
    model = model or weights()
    return model.denial_bias + sum(model.denial.get(cue, 0) for cue in denial_cues(said, kind)) > 0
