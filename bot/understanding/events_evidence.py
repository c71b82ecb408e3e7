"""Which sentence states the main event, and which of its words tells it."""

from bot.model import PLOVER_TYPES, EventType
from bot.understanding.events_cues import Telling
from bot.understanding.events_main import Passage
from bot.understanding.events_triggers import Worded, placed

_STATES = -0.6
"""Score from which a sentence without a listed word still states an event of the type."""

_LATER = 0.15
"""Taken off a sentence's score for each one before it: of two that state the event, the earlier is the evidence."""


def evidence(kind: EventType, title: Passage, body: list[Passage]) -> int | None:
    """The index of the sentence that states the event, or None."""
    at = PLOVER_TYPES.index(kind)
    headline = set(title.features)

    def fit(i: int) -> float:
        shared = len(headline.intersection(body[i].features)) / max(1, len(headline))
        return body[i].scores[at] - _LATER * i + shared

    listed = [i for i, part in enumerate(body) if trigger_of(kind, part)]
    if listed:
        return max(listed, key=fit) if len(listed) > 1 else listed[0]
    stating = [i for i, part in enumerate(body) if part.scores[at] > _STATES]
    if stating:
        return max(stating, key=fit)
    shared = headline & set(body[0].features) if body else set()
    return 0 if len(shared) * 3 >= len(title.features) > 0 else None


def trigger_of(kind: EventType, part: Passage) -> Worded | None:
    """The word that tells the event: the first phrase of its type, else the first word."""
    ours = [trigger for trigger in part.triggers if trigger.type == kind]
    return min(ours, key=lambda t: (t.first, -t.words), default=None)


def told(kind: EventType, part: Passage) -> Telling:
    """A passage with the word that tells the event; where the model saw the type in words that no list has, the first
    listed word of another type stands for its verb.
    """
    trigger = trigger_of(kind, part) or next(iter(part.triggers), None)
    if trigger is None:
        return Telling(part.text)
    _, start, end = placed(part.text, trigger)
    return Telling(part.text, start, end)


def tellings(kind: EventType, title: Passage, body: list[Passage], at: int | None) -> tuple[tuple[str, Telling], ...]:
    """Title and stating sentence, as far as there are any, for what they say of time and denial."""
    found = [("T", told(kind, title))] if title.text.strip() else []
    return (*found, ("S", told(kind, body[at]))) if at is not None else tuple(found)
