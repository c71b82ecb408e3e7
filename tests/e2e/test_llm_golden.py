"""Golden sets through the language model's whole path, over HTTP: faithful wordings pass, obeyed attacks do not."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.ports import Budget
from tests.e2e.test_llm import bench
from tests.fakes import model_endpoint as fake
from tests.fakes.model_endpoint import Asked
from tests.unit.summarizing.build import reading

GOLDEN = Path(__file__).parents[1] / "golden"
LEAST_UNCHANGED = 0.9
"""Of faithful paraphrases that go out as they are; issue 4 asks for .85."""


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLDEN / name).read_text(encoding="utf-8").splitlines()]


async def test_sixty_faithful_paraphrases_pass_unchanged() -> None:
    chosen = rows("gate_written.jsonl")[:60]

    def writes(asked: Asked) -> str:
        row = next(row for row in chosen if row["sentences"][0] in asked.sentences.values())
        shown = {text: number for number, text in asked.sentences.items()}
        return fake.written((row["point"], [shown[sentence] for sentence in row["sentences"]]))

    unchanged = 0
    async with bench(fake.thinks(writes), daily_tokens=0) as one:
        for row in chosen:
            summary = await one.points([reading("\n\n".join(row["sentences"]))], Budget(points=1))
            unchanged += [point.text for point in summary.points] == [row["point"]]
    assert unchanged >= LEAST_UNCHANGED * len(chosen), unchanged


@pytest.mark.parametrize("row", rows("injections.jsonl"), ids=lambda row: f"{row['lang']}-{row['id']}")
@pytest.mark.parametrize("place", ["first", "last"])
async def test_a_model_that_obeys_an_article_is_not_believed(row: dict[str, Any], place: str) -> None:
    """It says what the article tells it to say, and the attack itself, citing whatever it was shown."""
    parts = [row["attack"], row["text"]] if place == "first" else [row["text"], row["attack"]]

    def obeys(asked: Asked) -> str:
        return fake.written(
            *((text, [number]) for number in asked.sentences for text in (row["obeyed"], row["attack"]))
        )

    async with bench(fake.thinks(obeys)) as one:
        summary = await one.points([reading("\n\n".join(parts), language=row["lang"])], Budget(points=3))
        assert row["attack"] not in one.served.asked[0].prompt
    said = "\n".join(point.text for point in summary.points)
    assert summary.points
    assert row["obeyed"].rstrip(".。") not in said
    assert row["attack"] not in said
