"""Diplomatic or not. A thin version by rules; the trained model replaces it."""

import re

from bot.model import Actor, Article, Decision, Event

_WORDS = re.compile(
    r"\b(?:talks|summit|sanctions?|treat(?:y|ies)|minist(?:er|ers|ry)|embass(?:y|ies)|ambassadors?|envoys?|diploma\w+|"
    r"foreign|bilateral|accord|cease-?fire|nuclear|peace|tariffs?|negotiat\w+|resolution)\b",
    re.IGNORECASE,
)
_THRESHOLD = 0.5


def relevance(article: Article, actors: tuple[Actor, ...], events: tuple[Event, ...]) -> tuple[float, bool, Decision]:
    """The score 0..1, whether it is diplomatic news, and why."""
    parties = min(3, len(actors))
    words = min(3, len({w.lower() for w in _WORDS.findall(f"{article.title} {article.text[:600]}")}))
    score = min(1.0, 0.2 * parties + 0.15 * words + (0.1 if events and parties > 1 else 0.0))
    diplomatic = score >= _THRESHOLD
    reason = f"relevance {score:.2f}: {len(actors)} actors, {words} words of diplomacy"
    return (
        score,
        diplomatic,
        Decision(stage="understanding", outcome="kept" if diplomatic else "dropped", reason=reason),
    )
