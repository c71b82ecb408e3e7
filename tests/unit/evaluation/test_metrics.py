"""Figures against cases worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.metrics import auc, average_precision, bcubed, macro_f1, overlap


def test_bcubed_by_hand() -> None:
    # Gold {a, b, c}, {d}; found {a, b}, {c, d}. Precision (1 + 1 + 1/2 + 1/2) / 4, recall (2/3 + 2/3 + 1/3 + 1) / 4.
    score = bcubed({"a": 1, "b": 1, "c": 1, "d": 2}, {"a": "x", "b": "x", "c": "y", "d": "y"})
    assert score.precision == pytest.approx(0.75)
    assert score.recall == pytest.approx(2 / 3)
    assert score.f1 == pytest.approx(2 * 0.75 * (2 / 3) / (0.75 + 2 / 3))


def test_an_item_without_a_place_is_alone() -> None:
    assert bcubed({"a": 1, "b": 1}, {"a": "x"}).recall == 0.5


def test_overlap_by_hand() -> None:
    score = overlap({1, 2, 3, 4}, {3, 4, 5})
    assert (score.precision, score.recall) == (2 / 3, 0.5)
    assert overlap(set(), set()).f1 == 1.0
    assert overlap({1}, set()).f1 == 0.0


@given(st.dictionaries(st.text(max_size=2), st.integers(0, 3), max_size=9))
def test_a_partition_agrees_with_itself_under_other_names(gold: dict[str, int]) -> None:
    score = bcubed(gold, {item: f"c{cluster}" for item, cluster in gold.items()})
    assert score.f1 == pytest.approx(1.0)


def test_average_precision_by_hand() -> None:
    assert average_precision([True, False, True], [0.9, 0.8, 0.7]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([False], [1.0]) == 0.0


@given(st.lists(st.integers(0, 5), min_size=1), st.lists(st.integers(0, 5), min_size=1))
def test_auc_counts_pairs(positive: list[int], negative: list[int]) -> None:
    pairs = [(p, n) for p in positive for n in negative]
    wins = sum((p > n) + (p == n) / 2 for p, n in pairs)
    assert auc(positive, negative) == pytest.approx(wins / len(pairs))


def test_macro_f1_means_over_the_gold_classes() -> None:
    assert macro_f1([("A", "A"), ("A", "B"), ("B", "B")]) == pytest.approx((2 / 3 + 2 / 3) / 2)
    assert macro_f1([]) == 0.0
