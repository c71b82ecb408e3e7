"""Marks that survive translation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grouping.marks import names, numbers, round_of
from bot.grouping.terms import terms


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.2 billion euros", "1200000000"),
        ("1,2 milliard d'euros", "1200000000"),
        ("12億円", "1200000000"),
        ("900,000 tonnes", "900000"),
        ("900 000 tonnes", "900000"),
        ("900.000 toneladas", "900000"),
        ("90万トン", "900000"),
        ("3.900 millones de dólares", "3900000000"),
        ("18.90 dollars", "18.9"),
    ],
)
def test_numbers_are_the_same_in_every_language(text: str, number: str) -> None:
    assert numbers(text) == [number]


def test_years_and_small_counts_are_no_marks() -> None:
    assert numbers("In 2026 three ministers met for 4 hours.") == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Third round of talks ends", 3),
        ("the 4th round", 4),
        ("end third trade round with customs chapter", 3),
        ("la tercera ronda de negociaciones", 3),
        ("nach der dritten Verhandlungsrunde", 3),
        ("第十九轮战略安全磋商", None),
        ("第十次磋商", 10),
        ("第12回日中韓外相会議", 12),
        ("الجولة الثالثة من المحادثات", 3),
        ("the first day of the fourth round", 4),
        ("for the third time this week", None),
        ("第14次", None),
    ],
)
def test_rounds_are_read_in_several_languages(text: str, number: int | None) -> None:
    assert round_of(text) == number


def test_german_nouns_are_no_names() -> None:
    text = "Gestern traf der Minister Davor Lončar in Zagreb die Delegation aus Bosnien."
    assert names(text, nouns=True) == ["davor", "loncar"]
    assert "delegation" in names(text)


def test_names_are_words_with_a_capital_inside_a_sentence() -> None:
    assert names("Yesterday the envoy Ramiro Ocaranza met Ocaranza's brother on Monday. Nobody spoke.") == [
        "ocaranza",
        "ramiro",
    ]


def test_terms_are_stems_and_pairs() -> None:
    assert list(terms("The negotiators were negotiating")) == ["negotia", "negotia"]
    assert list(terms("日中韓")) == ["日中", "中韓"]
    assert list(terms("한국과")) == ["한국", "국과"]


@given(st.text(max_size=2_000))
def test_any_text_is_read(text: str) -> None:
    names(text), numbers(text), round_of(text), list(terms(text))
