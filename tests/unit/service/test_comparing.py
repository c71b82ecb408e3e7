"""The gate for translations, over what the understanding stage finds: golden pairs, changed ones, and any text."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.ports import Original
from bot.service.comparing import compared, side
from bot.summarizing.translation.gate import problems_of
from bot.summarizing.translation.prompt import Rendering

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "golden" / "translations.jsonl").read_text(encoding="utf-8").splitlines()
]
HELD = [row for row in ROWS if row["id"].startswith("t") and int(row["id"][1:]) % 3 == 0]
TUNED = [row for row in ROWS if row not in HELD]


def refused(row: dict[str, Any], text: str) -> tuple[str, ...]:
    return problems_of(side(row["original"], row["from"]), side(text, row["into"]))


def share(rows: list[dict[str, Any]]) -> tuple[float, float]:
    """Of faithful translations that pass, and of changed ones that do not."""
    passed = [not refused(row, row["faithful"]) for row in rows]
    caught = [
        bool(refused(row, row["faithful"].replace(was, now, 1))) for row in rows for was, now in row["swaps"].values()
    ]
    return sum(passed) / len(passed), sum(caught) / len(caught)


def test_pairs_that_it_was_tuned_on() -> None:
    passed, caught = share(TUNED)
    assert passed >= 0.97
    assert caught >= 0.98


def test_pairs_that_it_was_not_tuned_on() -> None:
    passed, caught = share(HELD)
    assert passed >= 0.85
    assert caught >= 0.93


def test_a_second_one_in_the_original_language_is_no_translation() -> None:
    for row in ROWS:
        assert refused(row, row["original"]), row["id"]


def test_the_translation_of_another_line_is_refused() -> None:
    for row, other in pairwise(ROWS):
        if row["into"] == other["into"]:
            assert refused(row, other["faithful"]), row["id"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([row for row in ROWS if re.search(r"\d", row["faithful"])]), st.integers(11, 9_999))
def test_no_number_can_be_exchanged(row: dict[str, Any], number: int) -> None:
    match = re.search(r"\d+(?:[.,]\d+)*", row["faithful"])
    assert match
    assume(match[0] != str(number))
    changed = row["faithful"][: match.start()] + str(number) + row["faithful"][match.end() :]
    assert refused(row, changed), changed


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(TUNED), st.sampled_from(["Kiribati", "Paraguay", "Bhutan", "OPEC"]))
def test_no_actor_can_be_added(row: dict[str, Any], name: str) -> None:
    assert refused(row, f"{row['faithful']} ({name})")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(ROWS))
def test_any_answer_is_judged(text: str, row: dict[str, Any]) -> None:
    one = Rendering(line=1, original=Original(text=row["original"], language=row["from"]), text=text)
    (judged,) = compared([one], row["into"])
    assert judged.problems or judged.text == row["faithful"]


@pytest.mark.parametrize(
    "said",
    [
        "Egypt and Jordan signed a 30 million dollar agreement on Monday to exchange power: https://x.example",
        "@everyone Egypt and Jordan signed a 30 million dollar agreement on Monday to exchange electricity.",
        "Egypt and Jordan “signed” a 30 million dollar agreement on Monday to exchange electricity.",
        "Egypt and Jordan signed it.",
        "Egypt and Jordan signed a 30 million dollar agreement on Monday " + "to exchange electricity " * 12,
        "L'Égypte et la Jordanie ont signé lundi un accord de 30 millions de dollars sur l'échange d'électricité.",
        "Egypt and Jordan signed a 30 million dollar اتفاق on Monday to exchange electricity.",
    ],
)
def test_form(said: str) -> None:
    row = next(row for row in ROWS if row["id"] == "t20")
    assert not refused(row, row["faithful"])
    assert refused(row, said)


def test_what_cannot_be_checked_at_all_is_refused() -> None:
    original = side("外相は協議の継続を求めた。", "ja")
    assert problems_of(original, side("The foreign minister called for the talks to go on.", "en"))
