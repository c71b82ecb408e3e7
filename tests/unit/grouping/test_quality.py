"""Floors that refuse to drop, on our own invented news and, beside the founders' data, on theirs."""

import json
from functools import cache
from pathlib import Path

import pytest

from bot.evaluation.clusters import Row, changes_of, relation_score, run, stories_score
from bot.model import Placement
from tests.shared import shared

GOLDEN = Path(__file__).parent.parent.parent / "golden" / "stories"


def rows_of(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf8").splitlines()]


@cache
def placed(path: Path) -> tuple[list[Row], dict[str, tuple[str, Placement]]]:
    rows = rows_of(path)
    return rows, run(rows)


@pytest.mark.parametrize(("name", "floor"), [("tune", 0.97), ("held", 0.92)])
def test_whole_articles(name: str, floor: float) -> None:
    rows, found = placed(GOLDEN / f"{name}.jsonl")
    assert stories_score(rows, found).f1 >= floor


@pytest.mark.parametrize("name", ["tune", "held"])
@pytest.mark.parametrize(("relation", "key"), [("copy", "copy_of"), ("updates", "correction_of")])
def test_copies_and_corrections(name: str, relation: str, key: str) -> None:
    score = relation_score(*placed(GOLDEN / f"{name}.jsonl"), relation, key)
    assert score.precision >= 0.95
    assert score.recall >= 0.95


@pytest.mark.parametrize("name", ["tune", "held"])
def test_what_a_correction_changed_is_kept(name: str) -> None:
    rows, found = placed(GOLDEN / f"{name}.jsonl")
    shown = changes_of(rows, found)
    wanted = [(str(row["id"]), change) for row in rows for change in row["changes"]]  # type: ignore[attr-defined]
    kept = [
        any(was in change["was"] and now in change["now"] for was, now in shown.get(key, ())) for key, change in wanted
    ]
    assert sum(kept) >= 0.85 * len(kept)


def test_the_founders_whole_articles() -> None:
    rows, found = placed(shared("data/stories_dev.jsonl"))
    assert stories_score(rows, found).f1 >= 0.92


def test_the_sources_of_the_golden_rows_are_in_step() -> None:
    import runpy

    make = runpy.run_path(str(GOLDEN / "make.py"))
    for name in ("tune", "held"):
        assert make["rows"]((GOLDEN / f"{name}.txt").read_text("utf8")) == rows_of(GOLDEN / f"{name}.jsonl")
