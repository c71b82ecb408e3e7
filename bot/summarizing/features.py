"""What is measured on a sentence before it is ranked. Cheap counts only; no model, no list of names."""

from collections.abc import Sequence

from bot.model import Article, Understanding
from bot.summarizing.compress import Compressed
from bot.summarizing.units import Unit
from bot.text.tokens import words as words_of

NAMES = ("lead", "early", "headline", "length", "dangling", "number", "quoted")


def features_of(
    article: Article, understanding: Understanding, units: Sequence[Unit], shown: Sequence[Compressed]
) -> list[list[float]]:
    """One row of `NAMES` for each unit."""
    title = set(words_of(article.title))
    rows = []
    for place, (unit, text) in enumerate(zip(units, shown, strict=True)):
        own = set(unit.words)
        rows.append(
            [
                float(place == 0),
                1 / (1 + place),
                len(own & title) / max(1, len(title)),
                min(len(unit.words), 40) / 40,
                float(text.dangling != "none"),
                float(any(word[0].isdigit() for word in unit.words)),
                float(unit.text[:1] in '"“«„「'),
            ]
        )
    return rows
