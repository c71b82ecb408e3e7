"""The sentences of an article as possible key points: text that stands alone, worth, and why one may not be used."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model import Article, Span, Understanding
from bot.summarizing.compress import Compressed, compress
from bot.summarizing.features import features_of
from bot.summarizing.names import speaker_before
from bot.summarizing.noise import refusal
from bot.summarizing.ranker import scores
from bot.summarizing.units import Unit, units_of
from bot.text.tokens import words as words_of

_FEWEST_WORDS = 4
"""Shorter sentences ("It was late.") never said a fact of their own in the gold summaries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence, what a reader would see of it, and how much it is worth.

    `before`, `before_texts`: the span of a name put in for a pronoun. `refused`: why it cannot be shown.
    """

    unit: Unit
    text: str
    words: tuple[str, ...]
    score: float = 0.0
    before: tuple[Span, ...] = ()
    before_texts: tuple[str, ...] = ()
    refused: str | None = None
    features: tuple[float, ...] = field(default=(), repr=False)


def candidates_of(article: Article, understanding: Understanding) -> tuple[Candidate, ...]:
    """All sentences of the article in reading order; those refused carry the reason and no score."""
    units = units_of(article.text, article.language)
    reasons = [refusal(unit.text) for unit in units]
    shown = [compress(unit.text) for unit in units]
    able = [place for place, reason in enumerate(reasons) if reason is None]
    rows = features_of(article, understanding, [units[i] for i in able], [shown[i] for i in able])
    worth = dict(zip(able, zip(scores(rows), rows, strict=True), strict=True))
    return tuple(
        _candidate(article, units, place, shown[place], reasons[place], *worth.get(place, (0.0, ())))
        for place in range(len(units))
    )


def _candidate(
    article: Article,
    units: Sequence[Unit],
    place: int,
    shown: Compressed,
    reason: str | None,
    score: float,
    row: Sequence[float],
) -> Candidate:
    unit = units[place]
    text = shown.text
    before: tuple[Span, ...] = ()
    if shown.dangling == "pronoun" and reason is None:
        text, before = speaker_before(article.text, units, place, shown.text)
    return Candidate(
        unit=unit,
        text=text,
        words=tuple(words_of(text)),
        score=score,
        before=before,
        before_texts=tuple(article.text[span.start : span.end] for span in before),
        refused=reason,
        features=tuple(row),
    )
