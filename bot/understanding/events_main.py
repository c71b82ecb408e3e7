"""Title and first sentences of an article weighed together: its main event's type, or none."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bot.model import PLOVER_TYPES, EventType
from bot.understanding.events_features import Sentence, features_of, read
from bot.understanding.events_model import (
    NO_SCORES,
    Scores,
    Weights,
    gate_shares,
    sentence_weights,
    type_scores,
    type_shares,
)
from bot.understanding.events_triggers import Worded
from bot.understanding.explaining import event_word, named

FIRST = 3
"""Sentences of the text that are weighed with the title: the lead tells the event."""

SHARES = (1.0, 1.0, 0.4, 0.15)
"""Weight of the title and of the first three sentences: .606 macro F1 on four folds of our own headlines where 1, 0.7
and 0.25 give .592.
"""

_MANY = 3
"""More actors than this count as this many."""


@dataclass(frozen=True)
class Passage:
    """A title or sentence as the model sees it. Of most sentences only the triggers are asked for: the rest is worked
    out when it is.
    """

    text: str
    model: Weights | None
    alone: bool

    @cached_property
    def _sentence(self) -> Sentence:
        return read(self.text)

    @property
    def triggers(self) -> list[Worded]:
        """The listed words that tell an event."""
        return self._sentence.triggers

    @cached_property
    def features(self) -> list[str]:
        """What the model looks at."""
        return features_of(self._sentence, placed=self.alone)

    @cached_property
    def scores(self) -> Scores:
        """How well each type fits."""
        return type_scores(self.features, self.model)


def passage(text: str, model: Weights | None = None, *, alone: bool = False) -> Passage:
    """Read one English sentence or title; `alone`: a text without a headline, by the model of sentences."""
    return Passage(text, model or (sentence_weights() if alone else None), alone)


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


def gate_features(
    title: Passage | None, sentences: list[Passage], actors: int, context: frozenset[str] = frozenset()
) -> set[str]:
    """What decides whether an event is told at all; `context` holds the actors and concepts that relevance looks at."""
    kept = {f"t:{name}" for name in title.features} if title else set()
    kept.update(f"about {name}" for name in context)
    for sentence in sentences[:2]:
        kept.update(sentence.features)
    total = sorted(weigh(title, sentences), reverse=True)
    kept.add(f"actors={min(actors, _MANY)}")
    kept.update(f"top>{step / 10}" for step in range(-10, 8) if total[0] > step / 10)
    kept.update(f"lead>{step / 10}" for step in range(10) if total[0] - total[1] > step / 10)
    return kept


def why_event(features: Iterable[str]) -> str:
    """What spoke most for and against an event, in words: the same whatever the order of `features`."""
    shares: dict[str, float] = {}
    for name, value in sorted(gate_shares(features).items()):  # a sum of floats hangs on its order, and a set has none
        scale = name.partition(">")[0] + ">" if ">" in name else name  # the steps of one scale are one reason
        shares[scale] = shares.get(scale, 0.0) + value
    return named(shares, event_word)


def why_type(kind: EventType, title: Passage, sentences: list[Passage], *, alone: bool = False) -> str:
    """What spoke most for and against this type in the title and the first sentence, in words."""
    at = PLOVER_TYPES.index(kind)
    shares: dict[str, float] = {}
    for share, part in zip(SHARES, [title, *sentences[:1]], strict=False):
        for name, value in type_shares(part.features, at, sentence_weights() if alone else None).items():
            shares[name] = shares.get(name, 0.0) + share * value
    return named(shares, event_word)
