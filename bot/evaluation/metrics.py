"""Figures by which quality is judged. Pure; what is compared comes from the caller."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision, recall and their harmonic mean, each 0..1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def bcubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Score:
    """BCubed (Bagga and Baldwin 1998) of a partition against the gold one, both as item -> cluster.

    An item that `found` lacks counts as alone in a cluster of its own.
    """
    if not gold:
        return Score(precision=1.0, recall=1.0)
    got: dict[str, Hashable] = {item: found.get(item, ("alone", item)) for item in gold}
    want, have = Counter(gold.values()), Counter(got.values())
    both = Counter((gold[item], got[item]) for item in gold)
    precision = sum(both[gold[item], got[item]] / have[got[item]] for item in gold) / len(gold)
    recall = sum(both[gold[item], got[item]] / want[gold[item]] for item in gold) / len(gold)
    return Score(precision=precision, recall=recall)


def overlap(gold: set[Hashable], found: set[Hashable]) -> Score:
    """Precision and recall of a set; what is empty on both sides is perfect."""
    hit = len(gold & found)
    return Score(precision=hit / len(found) if found else 1.0, recall=hit / len(gold) if gold else 1.0)


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean F1 of the classes that occur as gold, of (gold, found) pairs; 0 without any."""
    scores = []
    for label in sorted({want for want, _ in pairs}):
        hit = sum(want == label == got for want, got in pairs)
        scores.append(2 * hit / (sum(want == label for want, _ in pairs) + sum(got == label for _, got in pairs)))
    return sum(scores) / len(scores) if scores else 0.0


def average_precision(wanted: Sequence[bool], scores: Sequence[float]) -> float:
    """The mean precision at each wanted item, highest score first; equal scores keep their order. 0 without any."""
    ranked = sorted(range(len(scores)), key=lambda at: -scores[at])
    hits, total = 0, 0.0
    for rank, at in enumerate(ranked, 1):
        if wanted[at]:
            hits += 1
            total += hits / rank
    return total / max(1, hits)


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """How often a positive scores above a negative, ties half; 0 without a pair. Time grows with n log n."""
    ranked = sorted([(score, 0) for score in negative] + [(score, 1) for score in positive])
    below = at = 0
    wins = 0.0
    while at < len(ranked):
        tied = [kind for score, kind in ranked[at : at + _run(ranked, at)]]
        losers = tied.count(0)
        wins += tied.count(1) * (below + losers / 2)
        below, at = below + losers, at + len(tied)
    return wins / max(1, len(positive) * len(negative))


def _run(ranked: Sequence[tuple[float, int]], start: int) -> int:
    """How many items from `start` on share its score."""
    end = start
    while end < len(ranked) and ranked[end][0] == ranked[start][0]:
        end += 1
    return end - start
