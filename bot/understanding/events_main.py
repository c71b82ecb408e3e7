"""Title and first sentences of an article weighed together: its main event's type, or none."""

from dataclasses import dataclass

from bot.model import PLOVER_TYPES, EventType
from bot.understanding.events_features import features
from bot.understanding.events_model import NO_SCORES, Scores, Weights, gate_score, type_scores
from bot.understanding.events_triggers import Trigger

FIRST = 3
"""Sentences of the text that are weighed with the title: the lead tells the event."""

SHARES = (1.0, 0.7, 0.25, 0.15)
"""Weight of the title and of the first three sentences. A first guess: six others gave the same within noise."""

_MANY = 3
"""More actors than this count as this many."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A title or sentence as the model sees it."""

    text: str
    features: list[str]
    triggers: list[Trigger]
    scores: Scores


def passage(text: str, model: Weights | None = None) -> Passage:
    """Read one English sentence or title."""
    found, triggers = features(text)
    return Passage(text, found, triggers, type_scores(found, model))


def weigh(title: Passage | None, sentences: list[Passage]) -> Scores:
    """The scores of the article: the title's and the first sentences', each with its share."""
    parts = [title.scores if title else NO_SCORES, *(s.scores for s in sentences[:FIRST])]
    shares = SHARES if title else SHARES[1:2] + SHARES[1:]
    parts = parts if title else parts[1:]
    if not parts:
        return NO_SCORES
    return tuple(
        sum(share * part[k] for share, part in zip(shares, parts, strict=False)) for k in range(len(PLOVER_TYPES))
    )


def best(scores: Scores) -> EventType:
    """The type with the highest score; the earlier one of equals."""
    return PLOVER_TYPES[max(range(len(scores)), key=lambda k: (scores[k], -k))]


def gate_features(title: Passage | None, sentences: list[Passage], actors: int) -> set[str]:
    """What decides whether an event is told at all."""
    kept = {f"t:{name}" for name in title.features} if title else set()
    for sentence in sentences[:2]:
        kept.update(sentence.features)
    total = sorted(weigh(title, sentences), reverse=True)
    kept.add(f"actors={min(actors, _MANY)}")
    kept.update(f"top>{step / 10}" for step in range(-10, 8) if total[0] > step / 10)
    kept.update(f"lead>{step / 10}" for step in range(10) if total[0] - total[1] > step / 10)
    return kept


def tells_event(title: Passage | None, sentences: list[Passage], actors: int) -> float:
    """Above 0: an event is told."""
    return gate_score(gate_features(title, sentences, actors))
