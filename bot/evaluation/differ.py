"""How well it is seen that outlets put different numbers to one thing: precision and recall on pairs of texts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.metrics import Score
from bot.grouping.facts import Report, disagreements


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts, and the numbers in which they differ; none: they do not."""

    values: tuple[str, ...]
    texts: tuple[str, str]

    @property
    def shown(self) -> tuple[str, ...]:
        """What is found to differ, as readers see it."""
        reports = [Report(outlet=str(at), text=text) for at, text in enumerate(self.texts)]
        return tuple(str(found) for found in disagreements(reports))

    @property
    def right(self) -> bool:
        """Whether exactly the one disagreement is found that there is."""
        return len(self.shown) == 1 and all(_number(value) in self.shown[0] for value in self.values)


def _number(value: str) -> str:
    """The number in what an outlet writes, in figures or in words."""
    found = re.search(r"\d[\d,.]*", value)
    return found[0] if found else value.split(maxsplit=1)[0]


def read_pairs(path: Path, part: str) -> tuple[Pair, ...]:
    """The pairs of one part ("open" or "held") of a file with columns part, value, value, text, text."""
    rows = [line.split("\t") for line in path.read_text("utf8").splitlines() if line and not line.startswith("#")]
    return tuple(
        Pair(values=() if one == "-" else (one, two), texts=(first, second))
        for of, one, two, first, second in rows
        if of == part
    )


def score(pairs: Sequence[Pair]) -> Score:
    """Precision: of the disagreements shown, those that are there; recall: of those that are there, the ones shown."""
    right = sum(bool(pair.values) and pair.right for pair in pairs)
    shown = sum(len(pair.shown) for pair in pairs)
    there = sum(bool(pair.values) for pair in pairs)
    return Score(precision=right / shown if shown else 1.0, recall=right / there if there else 1.0)
