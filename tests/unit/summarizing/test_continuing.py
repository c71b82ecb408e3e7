"""A sentence that only its opening keeps out is shown behind the one that explains it."""

import pytest

from bot.ports import Budget
from bot.summarizing.extractive import summarize_article
from tests.unit.summarizing.build import NOTHING, article

FIRST = "Polen führt an der Grenze zu Litauen wieder Kontrollen ein."
BEHIND = "Sie beginnen am 12. Mai und gelten sechs Monate."
REST = "Spediteure erwarten lange Wartezeiten.\n\nPendler erhalten eine eigene Spur.\n\nAndere Staaten schweigen dazu."


def points(text: str, budget: Budget) -> list[str]:
    summary, _ = summarize_article(article(text, language="de"), NOTHING, budget)
    for point in summary.points:
        assert all(text[one.start : one.end] == one.text for one in point.evidence)
    return [point.text for point in summary.points]


@pytest.mark.parametrize("between", [" ", "\n\n"])  # the first sentence of all explains the next paragraph too
def test_the_sentence_behind_stands_in_one_point_with_what_explains_it(between: str) -> None:
    assert points(f"{FIRST}{between}{BEHIND}\n\n{REST}", Budget(points=3))[0] == f"{FIRST} {BEHIND}"


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        # another paragraph may speak of somebody else
        (f"Litauen baut einen Zaun.\n\n{FIRST}\n\n{BEHIND}\n\n{REST}", Budget(points=3)),
        (f"{FIRST} {BEHIND}\n\n{REST}", Budget(words=25)),  # a cap on words counts it
    ],
)
def test_else_it_is_left_out(text: str, budget: Budget) -> None:
    assert "Sie beginnen" not in "\n".join(points(text, budget))
