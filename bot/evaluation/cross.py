"""Key points over folds: each article is chosen from by weights that never saw it, over several partitions.

One partition of 494 articles says little: their own spread alone gives ROUGE-2 a standard error of .5, and another
partition, or another seed of the trees, moves it by .1 to .2. So a gain below that is none, whatever one run prints.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import sqrt
from statistics import fmean, pvariance

from bot.evaluation.rouge import rouge, tokens
from bot.evaluation.summaries import BUDGETS, Row, within
from bot.ports import PageInput, Reading, Unreadable
from bot.service.reading import read
from bot.service.request import ReadRequest
from bot.summarizing.candidates import candidates_of
from bot.summarizing.extractive import chosen_for
from bot.summarizing.ranker import Ranker

ARRIVED = datetime(2030, 1, 1, tzinfo=UTC)
"""After every row, so that no date lies ahead."""
Score = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Mean ROUGE-1 and ROUGE-2 F1 × 100 over articles, each the mean of its partitions, with standard errors."""

    mean: Score
    error: Score
    rows: int

    def __str__(self) -> str:
        one, two = (f"{mean:.2f} ± {error:.2f}" for mean, error in zip(self.mean, self.error, strict=True))
        return f"{one} / {two} ({self.rows} rows)"


def spread(scores: Sequence[Sequence[Score]]) -> Spread:
    """Of each article's scores, one for each partition."""
    means = [tuple(100 * fmean(column) for column in zip(*one, strict=True)) for one in scores]
    first, second = zip(*means, strict=True)
    return Spread(
        mean=(fmean(first), fmean(second)),
        error=(sqrt(pvariance(first) / len(first)), sqrt(pvariance(second) / len(second))),
        rows=len(means),
    )


def cross_validated(
    rows: Sequence[Row], trained: Callable[[Sequence[int]], Ranker], *, folds: int, partitions: int, seed: int
) -> dict[str, Spread]:
    """Figures by budget over the CNN rows, `trained` giving weights from the rows at the places that it is given.

    Rows are read as `attache read` reads them, once; what cannot be read scores 0.
    """
    readings = {at: _reading(row) for at, row in enumerate(rows) if row.set == "cnn"}
    found: dict[str, dict[int, list[Score]]] = {name: {at: [] for at in readings} for name in BUDGETS}
    for partition in range(partitions):
        order = list(range(len(rows)))
        random.Random(seed + partition).shuffle(order)  # noqa: S311 - order of folds, not a secret
        for fold in range(folds):
            tested = [at for at in order[fold::folds] if at in readings]
            ranker = trained([at for place, at in enumerate(order) if place % folds != fold])
            for at in tested:
                for name, score in _scores(rows[at], readings[at], ranker).items():
                    found[name][at].append(score)
    return {name: spread(list(by_row.values())) for name, by_row in found.items()}


def _reading(row: Row) -> Reading | Unreadable:
    return read(ReadRequest(page=PageInput(id=row.id, text=row.texts[0], arrived=ARRIVED)))


def _scores(row: Row, reading: Reading | Unreadable, ranker: Ranker) -> dict[str, Score]:
    if isinstance(reading, Unreadable):
        return dict.fromkeys(BUDGETS, (0.0, 0.0))
    found = candidates_of(reading.article, reading.understanding, ranker)
    references = [tokens(one) for one in row.references]
    return {
        name: rouge(tokens("\n".join(within([one.text for one in chosen_for(found, budget)], budget))), references)
        for name, budget in BUDGETS.items()
    }
