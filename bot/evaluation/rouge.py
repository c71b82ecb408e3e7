"""ROUGE-1 and ROUGE-2 F1 (Lin 2004), token for token as the usual `rouge-score` package computes them with stemming.

Without that package: `attache eval` runs where only the product is installed. English only; other scripts have no
tokens here.
"""

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise

from bot.evaluation.porter import porter

Tokens = tuple[str, ...]
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def tokens(text: str) -> Tokens:
    """Lower-case stems; words of up to three letters stay as they are."""
    words = _NOT_WORD.sub(" ", text.lower()).split()
    return tuple(porter(word) if len(word) > 3 else word for word in words)


def pairs(words: Tokens) -> tuple[tuple[str, str], ...]:
    """Neighbouring words."""
    return tuple(pairwise(words))


def matches(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """How many items they share, each counted as often as the poorer one has it."""
    return sum((Counter(one) & Counter(other)).values())


def f1(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Twice the shared items over all items; 0 when nothing is shared."""
    shared = matches(one, other)
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


def rouge(summary: Tokens, references: Sequence[Tokens]) -> tuple[float, float]:
    """ROUGE-1 and ROUGE-2 F1, each against the reference that it fits best; 0 to 1."""
    return (
        max((f1(summary, reference) for reference in references), default=0.0),
        max((f1(pairs(summary), pairs(reference)) for reference in references), default=0.0),
    )
