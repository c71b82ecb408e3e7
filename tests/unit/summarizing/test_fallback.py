"""The circuit: three failures in a row keep the model out of the way for five minutes."""

from datetime import UTC, datetime, timedelta

from bot.model import Summary
from bot.summarizing import fallback
from bot.summarizing.fallback import FAILURES, LONGEST_PAUSE, PAUSE, Circuit

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def test_three_failures_in_a_row_open_it() -> None:
    circuit = Circuit()
    for _ in range(FAILURES - 1):
        circuit.failed(NOON)
    assert not circuit.is_open(NOON)
    circuit.failed(NOON)
    assert circuit.is_open(NOON)
    assert circuit.is_open(NOON + PAUSE - timedelta(seconds=1))
    assert not circuit.is_open(NOON + PAUSE)


def test_an_answer_in_between_starts_the_count_anew() -> None:
    circuit = Circuit()
    for _ in range(5):
        circuit.failed(NOON)
        circuit.failed(NOON)
        circuit.succeeded()
    assert not circuit.is_open(NOON)


def test_one_failure_after_the_pause_opens_it_again() -> None:
    circuit = Circuit()
    for _ in range(FAILURES):
        circuit.failed(NOON)
    later = NOON + PAUSE
    circuit.failed(later)
    assert circuit.is_open(later)


def test_who_asks_for_patience_gets_it_at_once_but_not_for_ever() -> None:
    circuit = Circuit()
    circuit.failed(NOON, timedelta(minutes=2))
    assert circuit.is_open(NOON + timedelta(minutes=1))
    circuit.failed(NOON, timedelta(days=3))
    assert not circuit.is_open(NOON + LONGEST_PAUSE)


def test_the_points_stay_and_say_why() -> None:
    summary = Summary(headline="h", points=())
    assert fallback.stands_in(summary, fallback.over_budget()).headline == "h"
    assert "midnight UTC" in (fallback.stands_in(summary, fallback.over_budget()).fallback or "")
    assert fallback.partly(1, 3).startswith("1 of 3 points is ")
    assert fallback.partly(2, 3).startswith("2 of 3 points are ")
