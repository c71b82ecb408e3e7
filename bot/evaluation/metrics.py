"""Figures by which quality is judged. Pure; what is compared comes from the caller."""

from collections import Counter
from collections.abc import Hashable, Mapping
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
