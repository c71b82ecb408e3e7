"""The hand-written sets: whole, split as they say, and counted as their README says."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from bot.evaluation import varied
from bot.evaluation.readings import Row, rows_of
from bot.evaluation.run import GOLDEN, MEASURES
from bot.model import PLOVER_TYPES, DateMention, Quote, Span, Understanding

KINDS = ("tense", "negation", "modes", "dates", "quotes", "provenance")
BLIND = ("tense", "negation", "modes", "dates", "quotes")
NOTHING = Understanding(diplomatic=False, relevance=0.0)


def path(kind: str) -> Path:
    return GOLDEN / "understanding" / f"{kind}_varied.jsonl"


@pytest.mark.parametrize("kind", KINDS)
def test_the_set_is_large_enough_and_a_third_by_hash_is_held(kind: str) -> None:
    rows = rows_of(path(kind))
    ids = [str(row["id"]) for row in rows]
    lowest = sorted(ids, key=lambda one: hashlib.sha256(one.encode()).hexdigest())[: len(ids) // 3]
    assert len(set(ids)) == len(ids) >= 130
    assert {str(row["id"]) for row in rows if row["split"] == "held"} == set(lowest)
    assert sum(bool(row["hard"]) for row in rows) >= len(rows) // 7


def blind(kind: str) -> Path:
    return GOLDEN / "understanding" / f"{kind}_blind.jsonl"


@pytest.mark.parametrize("kind", BLIND)
def test_a_blind_set_has_forty_rows_that_no_other_set_has(kind: str) -> None:
    texts = [str(row["text"]) for row in rows_of(blind(kind))]
    assert len(set(texts)) == len(texts) >= 40
    assert not set(texts) & {str(row["text"]) for row in rows_of(path(kind))}
    assert {row["split"] for row in rows_of(blind(kind))} == {"blind"}


@pytest.mark.parametrize("kind", ["dates", "quotes"])
def test_gold_offsets_quote_the_text(kind: str) -> None:
    for row in [*rows_of(path(kind)), *rows_of(blind(kind))]:
        for one in row[kind]:  # type: ignore[attr-defined]
            assert str(row["text"])[one["start"] : one["end"]] == one["text"], row["id"]


def test_every_set_is_measured_by_eval() -> None:
    measured = {one.file for one in MEASURES}
    assert {f"understanding/{kind}_varied.jsonl" for kind in KINDS} <= measured
    assert {f"understanding/{kind}_blind.jsonl" for kind in BLIND} <= measured


def test_the_headlines_have_every_type_and_a_third_of_each_is_held() -> None:
    halves = {split: rows_of(GOLDEN / "understanding" / f"headlines_varied_{split}.jsonl") for split in ("dev", "held")}
    assert {row["event"] for rows in halves.values() for row in rows} == {*PLOVER_TYPES, "NONE"}
    for event in (*PLOVER_TYPES, "NONE"):
        ids = [str(row["id"]) for rows in halves.values() for row in rows if row["event"] == event]
        lowest = sorted(ids, key=lambda one: hashlib.sha256(one.encode()).hexdigest())[: (len(ids) + 1) // 3]
        assert {str(row["id"]) for row in halves["held"] if row["event"] == event} == set(lowest)
        assert len(set(ids)) == len(ids) >= 11


def date_row(**more: object) -> Row:
    gold = {"text": "Friday", "start": 8, "end": 14, "from": "2026-06-12", "to": "2026-06-12"} | more
    return {"id": "d", "text": "Talks on Friday", "dates": [gold]}


def told(first: date, last: date, start: int = 5, end: int = 14) -> Understanding:
    mention = DateMention(span=Span(start=start, end=end), first=first, last=last)
    return Understanding(diplomatic=False, relevance=0.0, dates=(mention,))


@pytest.mark.parametrize(
    ("more", "first", "right"),
    [
        ({}, date(2026, 6, 12), True),
        ({}, date(2026, 6, 11), False),
        ({"or": [["2026-06-11", "2026-06-12"]]}, date(2026, 6, 11), True),
        ({"fuzzy": True}, date(2026, 6, 8), True),
        ({"fuzzy": True}, date(2026, 6, 6), False),
    ],
)
def test_days_are_right_when_equal_to_a_reading(more: dict[str, object], first: date, right: bool) -> None:
    row = date_row(**more)
    assert all(varied.dates(row, varied.article_of(row), told(first, date(2026, 6, 12))).values()) is right


def test_a_date_elsewhere_or_one_too_few_is_wrong() -> None:
    row = date_row()
    friday = date(2026, 6, 12)
    assert not any(varied.dates(row, varied.article_of(row), told(friday, friday, 0, 5)).values())
    assert not any(varied.dates(row, varied.article_of(row), NOTHING).values())


@pytest.mark.parametrize(
    ("speaker", "right"),
    [("Ana Berg", True), ("Minister Ana Berg", True), ("Berg", True), ("Lund", False), (None, False)],
)
def test_a_speaker_keeps_the_name_or_is_part_of_the_words(speaker: str | None, right: bool) -> None:
    speakers = [{"full": "Minister Ana Berg", "name": "Ana Berg"}]
    gold = {"text": "No", "start": 1, "end": 3, "speakers": speakers, "may_be_unnamed": False}
    row = {"id": "q", "text": "“No,” said Minister Ana Berg.", "quotes": [gold]}
    got = Understanding(diplomatic=False, relevance=0.0, quotes=(Quote(span=Span(start=1, end=4), speaker=speaker),))
    assert varied.quotes(row, varied.article_of(row), got) == {"words": True, "words and speakers": right}
