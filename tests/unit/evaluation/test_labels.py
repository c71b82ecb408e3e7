"""The labels of headlines: well formed, and their README tells their agreement truly."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from importlib import resources
from typing import Any

import pytest

from bot.model import PLOVER_TYPES

LABELS = resources.files("bot.evaluation") / "labels"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (LABELS / f"{name}.jsonl").read_text("utf8").splitlines()]


def kappa(pairs: Sequence[tuple[object, object]]) -> float:
    """Cohen's kappa of two readers."""
    first, second = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    chance = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return (sum(one == two for one, two in pairs) / len(pairs) - chance) / (1 - chance)


@pytest.mark.parametrize(
    ("name", "field", "allowed"),
    [("relevance", "relevance", {0, 1, 2}), ("events", "event", {*PLOVER_TYPES, "NONE"})],
)
def test_labels_are_of_the_guide_and_agreement_is_as_told(name: str, field: str, allowed: set[object]) -> None:
    found = rows(name)
    assert len({row["id"] for row in found}) == len(found)
    assert all(re.fullmatch(r"[0-9a-f]{64}", row["sha256"]) and row[field] in allowed for row in found)
    twice = [row for row in found if "second" in row]
    assert all(row[field] == row["first"] for row in twice if row["first"] == row["second"] and "third" not in row)
    told = f"{kappa([(row['first'], row['second']) for row in twice]):.3f}".lstrip("0")
    assert told in (LABELS / "README.md").read_text("utf8")
