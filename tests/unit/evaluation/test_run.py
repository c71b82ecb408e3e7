"""`attache eval`: figures against floors, on small sets made up here."""

import json
from pathlib import Path

import pytest

from bot.evaluation.floors import FLOORS, Figure, figures_of
from bot.evaluation.run import GOLDEN, MEASURES, run
from tests.shared import shared

HEADLINES: list[dict[str, object]] = [
    {"title": "Japan, India foreign ministers meet in Tokyo", "actors": ["JPN", "IND"], "relevance": 2},
    {"title": "France recalls its ambassador from Mali", "actors": ["FRA", "MLI"], "relevance": 2},
    {"title": "Local bakery wins prize for its bread", "actors": [], "relevance": 0},
]


def put(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    (folder / name).write_text("\n".join(json.dumps(row) for row in rows), "utf8")


def evaluated(data: Path, golden: Path) -> tuple[int, list[str]]:
    lines: list[str] = []
    return run(data, golden=golden, say=lines.append), lines


def line(lines: list[str], *words: str) -> str:
    return next(one for one in lines if all(word in one for word in words))


def headline_rows(event: str) -> list[dict[str, object]]:
    rows = [{"id": str(at), "lead": "", "event": event, **row} for at, row in enumerate(HEADLINES)]
    return [*rows, {"id": "t", "title": "Talks", "lead": "", "event": None, "actors": [], "relevance": None}]


def test_without_sets_nothing_is_measured_and_nothing_fails(tmp_path: Path) -> None:
    status, lines = evaluated(tmp_path, tmp_path)
    assert status == 0
    figures = [one for one in lines if "floor" in one][:-1]
    assert len(figures) == sum(map(len, FLOORS.values()))
    assert all("not measured" in one for one in figures)


def test_each_floor_belongs_to_a_measured_set() -> None:
    assert sorted(name for one in MEASURES for name in one.sets) == sorted(FLOORS)


def test_a_set_that_is_there_is_measured(tmp_path: Path) -> None:
    put(tmp_path, "headlines_labelled_dev.jsonl", headline_rows("CONSULT"))
    lines = evaluated(tmp_path, tmp_path)[1]
    assert "1.000" in line(lines, "actors, headlines", "recall")
    assert "1.000" in line(lines, "relevance, headlines", "AP level 2")
    assert "not measured" in line(lines, "stories, titles")


def test_a_figure_below_its_floor_fails_the_whole(tmp_path: Path) -> None:
    wrong = [row | {"actors": ["BRA"]} for row in headline_rows("CONSULT")]
    put(tmp_path, "headlines_labelled_dev.jsonl", wrong)
    status, lines = evaluated(tmp_path, tmp_path)
    assert status == 1
    assert "BELOW ITS FLOOR" in line(lines, "actors, headlines", "recall")
    assert "below the floor" in lines[-1]


def test_articles_are_judged_by_furniture_points_and_stories(tmp_path: Path) -> None:
    body = (
        "GENEVA (Harbour Wire) - Chile and Norway agreed on Monday to share data on 40 fishing grounds in the Pacific."
        "\n\nThe ministers signed the accord after two days of talks in Geneva, their offices said."
        "\n\nShare this article"
    )
    article: dict[str, object] = {
        "id": "a",
        "title": "Chile, Norway sign fishing accord",
        "text": body,
        "story": "s",
        "lang": "en",
    }
    put(tmp_path, "stories_dev.jsonl", [article | {"furniture": ["Share this article"], "copy_of": None},
                                        article | {"id": "b", "copy_of": "a"}])  # fmt: skip
    fact = {"must": True, "keywords": ["chile", "accord|agreed"]}
    put(tmp_path, "points_dev.jsonl", [{"id": "a", "facts": [fact], "forbidden": ["share this"]}])
    lines = evaluated(tmp_path, tmp_path)[1]
    for words in (
        ("furniture", "dropped"), ("evidence", "offsets exact"), ("must-facts",), ("clean",), ("articles", "BCubed"),
        ("articles", "copies"),
    ):  # fmt: skip
        assert "1.000" in line(lines, *words), words


def test_a_floor_that_nothing_measures_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="nothing measures"):
        figures_of("stories, titles", {"something else": 1.0})


def test_values_are_compared_as_they_are_shown() -> None:
    assert not Figure(set="s", name="n", value=0.94999999, floor=0.95).fell
    assert Figure(set="s", name="n", value=0.949, floor=0.95).fell
    assert not Figure(set="s", name="n", value=None, floor=0.95).fell


def test_our_own_sets_and_the_founders_traps_hold(tmp_path: Path) -> None:
    name = "actors_gold_dev.jsonl"
    (tmp_path / name).write_bytes(shared(f"data/{name}").read_bytes())
    status, lines = evaluated(tmp_path, GOLDEN)
    assert status == 0, lines
    assert "not measured" not in line(lines, "actors, traps", "F1")
    assert "not measured" not in line(lines, "stories, ours held out", "changes kept")
