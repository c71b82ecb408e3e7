"""What outlets put in different numbers."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.differ import read_pairs, score
from bot.grouping.facts import Report, contested, disagreements

GOLDEN = Path(__file__).parent.parent.parent / "golden" / "stories"


def said(*texts: str) -> list[str]:
    reports = [Report(outlet=f"Outlet {at}", text=text) for at, text in enumerate(texts, 1)]
    return [str(found) for found in disagreements(reports)]


def test_a_number_is_contested_unless_most_outlets_give_it() -> None:
    one = "Japan pledged 42 billion yen in loans for the port in Colombo on Monday."
    other = "The loans for the port in Colombo that Japan pledged come to 38 billion yen."
    two = disagreements([Report(outlet="A", text=one), Report(outlet="B", text=other)])
    assert contested(one, two)
    assert contested(other, two)
    three = disagreements([Report(outlet=name, text=text) for name, text in (("A", one), ("B", other), ("C", one))])
    assert not contested(one, three)
    assert contested(other, three)
    assert not contested("Japan pledged loans for 42 ports, most of them in 38 years.", two)
    assert not contested(other, ())


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        (
            "Japan pledged 42 billion yen in loans for the port in Colombo on Monday.",
            "The loans for the port in Colombo that Japan pledged come to 38 billion yen.",
            "outlets differ: 42 billion yen (Outlet 1), 38 billion yen (Outlet 2)",
        ),
        (
            "The blast at the border crossing killed 17 soldiers, the army said.",
            "At least 23 soldiers were killed by the blast at the border crossing.",
            "outlets differ: 17 soldiers killed (Outlet 1), 23 soldiers killed (Outlet 2)",
        ),
        (
            "Brussels will cut tariffs on imported steel by 25% from March.",
            "Tariffs on imported steel fall by 15% when Brussels cuts them.",
            "outlets differ: 25% (Outlet 1), 15% (Outlet 2)",
        ),
    ],
)
def test_numbers_that_differ_are_named(one: str, two: str, wanted: str) -> None:
    assert said(one, two) == [wanted]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Japan pledged 42 billion yen for the port.", "Japan pledged 42 billion yen for the port."),
        ("Japan pledged 42.1 billion yen for the port in Colombo.", "Japan pledged 42 billion yen for Colombo's port."),
        ("The blast killed 17 soldiers at the border.", "The parade honoured 23 soldiers in the capital."),
        ("Ministers met on 5 October in Geneva for talks.", "Ministers met on 6 October in Geneva for talks."),
        (
            "The blast at the border killed 17 soldiers, the army said.",
            "The blast at the border killed 23 soldiers, the army said, after 17 soldiers had been counted dead first.",
        ),
        ("Talks begin at 10:30 in Geneva for envoys.", "Talks begin at 11:45 in Geneva for envoys."),
    ],
)
def test_what_is_no_disagreement(one: str, two: str) -> None:
    assert said(one, two) == []


def test_outlets_that_agree_stand_together_and_come_first() -> None:
    low = "The blast at the border crossing killed 17 soldiers."
    high = "The blast at the border crossing killed 23 soldiers."
    assert said(low, high, high) == [
        "outlets differ: 23 soldiers killed (Outlet 2, Outlet 3), 17 soldiers killed (Outlet 1)"
    ]


def test_one_outlet_does_not_differ_from_itself() -> None:
    reports = [
        Report(outlet="A", text=f"The blast at the border crossing killed {count} soldiers.") for count in (17, 23)
    ]
    assert disagreements(reports) == ()


@pytest.mark.parametrize("part", ["open", "held"])
def test_our_own_pairs(part: str) -> None:
    found = score(read_pairs(GOLDEN / "differ.tsv", part))
    assert found.precision >= 0.95
    assert found.recall >= 0.9


@pytest.mark.parametrize("text", ["1" * 300_000, "17 " * 100_000, "soldiers killed " * 20_000, "$" * 100_000])
def test_hostile_text_takes_no_time(text: str) -> None:
    assert said(text, text) == []


@given(st.lists(st.text(max_size=400), max_size=4))
def test_any_text(texts: list[str]) -> None:
    said(*texts)
