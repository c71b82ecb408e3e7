"""Golden pairs of `tests/golden/summaries`: what a key point must read like."""

import json
from pathlib import Path

import pytest

from bot.evaluation.languages import POINTS, covered, told
from bot.evaluation.readings import rows_of
from bot.ports import Budget
from bot.summarizing.anaphora import points_back
from bot.summarizing.extractive import summarize_article
from tests.unit.summarizing.build import NOTHING, article, is_subsequence

GOLDEN = Path(__file__).parents[2] / "golden" / "summaries"
ALONE = [json.loads(line) for line in (GOLDEN / "alone.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", ALONE, ids=[row["id"] for row in ALONE])
def test_a_key_point_reads_alone(row: dict[str, object]) -> None:
    text, language = str(row["text"]), str(row["language"])
    summary, decisions = summarize_article(article(text, language=language), NOTHING, Budget(points=2))
    said = "\n".join(point.text for point in summary.points)
    assert not [words for words in _strings(row["never"]) if words in said]
    everything, _ = summarize_article(article(text, language=language), NOTHING, Budget(points=12))
    shown = "\n".join(point.text for point in everything.points)
    assert [words for words in _strings(row["says"]) if words not in shown] == []
    if row["none"]:
        assert summary.points == ()
        assert summary.fallback
        assert decisions[-1].outcome == "dropped"
    else:
        assert summary.points
        assert summary.fallback is None
    for point in everything.points:
        assert all(text[one.start : one.end] == one.text for one in point.evidence)
        assert is_subsequence(point.text, " ".join(one.text for one in point.evidence))


def _strings(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(one) for one in value]


LANGUAGES = [*rows_of(GOLDEN / "languages.jsonl"), *rows_of(GOLDEN / "languages_varied.jsonl")]


@pytest.mark.parametrize("language", sorted({str(row["language"]) for row in LANGUAGES}))
def test_points_in_each_language_are_whole_and_its_own(language: str) -> None:
    rows = [row for row in LANGUAGES if row["language"] == language]
    assert len(rows) >= 10
    hit = of = 0
    for row in rows:
        points = told(row)
        assert len(points) == POINTS
        assert all(point.strip() for point in points)
        assert [point for point in points if points_back(point, language) or point.endswith((":", "："))] == []
        covers, asked = covered(row, "\n".join(points))
        hit, of = hit + covers, of + asked
    assert hit / of >= 0.75
