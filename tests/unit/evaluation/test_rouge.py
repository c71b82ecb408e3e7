"""ROUGE as the usual package computes it."""

import pytest

from bot.evaluation.porter import porter
from bot.evaluation.rouge import rouge, tokens


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("caresses", "caress"), ("ponies", "poni"), ("ties", "tie"), ("agreed", "agre"), ("plastered", "plaster"),
        ("motoring", "motor"), ("hopping", "hop"), ("falling", "fall"), ("filing", "file"), ("happy", "happi"),
        ("enjoy", "enjoy"), ("relational", "relat"), ("conditional", "condit"), ("generalization", "gener"),
        ("hopefulness", "hope"), ("formality", "formal"), ("electrical", "electr"), ("adoption", "adopt"),
        ("probate", "probat"), ("controlling", "control"), ("dying", "die"), ("news", "news"),
    ],
)  # fmt: skip
def test_stems_are_porters(word: str, stem: str) -> None:
    assert porter(word) == stem


def test_figures_by_hand() -> None:
    one, two = rouge(tokens("The ministers met in Paris."), [tokens("Ministers met in Rome")])
    assert one == pytest.approx(2 * 3 / (5 + 4))
    assert two == pytest.approx(2 * 2 / (4 + 3))
    assert rouge((), [tokens("Paris")]) == (0.0, 0.0)
