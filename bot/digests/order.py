"""What a reader should see first: importance of each story, then variety among those chosen."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.digests.candidate import Candidate
from bot.digests.regions import region_of
from bot.model import OutletKind

_EVENT_WEIGHT = {
    "ASSAULT": 1.0, "MOBILIZE": 0.9, "AGREE": 0.9, "SANCTION": 0.9, "THREATEN": 0.8, "RETREAT": 0.8, "COERCE": 0.7,
    "CONCEDE": 0.7, "REJECT": 0.6, "CONSULT": 0.6, "PROTEST": 0.5, "ACCUSE": 0.5, "COOPERATE": 0.5, "AID": 0.5,
    "SUPPORT": 0.4, "REQUEST": 0.4,
}  # fmt: skip
"""How much a change between states an event is: force and binding acts before words, words before courtesies."""
_NO_EVENT = 0.2
_MANY_OUTLETS = 8
"""Independent outlets from which more say no more about importance."""
_MANY_ACTORS = 4
_STANDING: dict[OutletKind, float] = {
    "wire": 1.0, "newspaper": 1.0, "broadcaster": 1.0, "organisation": 0.7, "government": 0.7, "state_media": 0.5,
    "think_tank": 0.5,
}  # fmt: skip
"""Who tells it: a press that chose to report it, before those who tell of their own deeds, before those who speak for
somebody and those who comment. The best of a story's outlets counts, so a second one never lowers it.
"""
_UNKNOWN = 0.8
"""Of outlets that nobody described most are press, and some are not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Shares of the parts of importance, which sum to 1, and how much a repeat of the same ground costs."""

    outlets: float = 0.35
    event: float = 0.25
    actors: float = 0.10
    relevance: float = 0.20
    provenance: float = 0.10
    told_before: float = 0.7
    same_region: float = 0.06
    same_actors: float = 0.12


def importance(candidate: Candidate, *, update: bool = False, options: Options | None = None) -> float:
    """0..1: how many outlets report it in their own words, what happened, between how many, how surely diplomatic,
    and what kind of outlet tells it. How far a reader should trust it is another question, and not answered here.

    What was told before and only grew counts for less, unless the update corrects something.
    """
    o = options or Options()
    outlets = min(1.0, math.log2(1 + candidate.independent) / math.log2(1 + _MANY_OUTLETS))
    events = [_EVENT_WEIGHT.get(event, _NO_EVENT) for event in candidate.story.events]
    actors = min(1.0, len(candidate.story.actors) / _MANY_ACTORS)
    value = (
        o.outlets * outlets
        + o.event * max(events, default=_NO_EVENT)
        + o.actors * actors
        + o.relevance * candidate.story.relevance
        + o.provenance * max((_standing(kind) for kind in candidate.kinds), default=_UNKNOWN)
    )
    return value * (o.told_before if update and not candidate.changes else 1.0)


def _standing(kind: OutletKind | None) -> float:
    return _UNKNOWN if kind is None else _STANDING[kind]


@dataclass(frozen=True, slots=True, eq=False)
class _Ranked:
    """A candidate with what is compared of it, worked out once. `place`: among those that weigh the same."""

    candidate: Candidate
    value: float
    place: int
    actors: frozenset[str]
    regions: frozenset[str]


def ordered(
    candidates: Sequence[Candidate], updates: frozenset[str] = frozenset(), options: Options | None = None
) -> tuple[Candidate, ...]:
    """All candidates in order of telling: each time the most important of the rest, less what it repeats.

    `updates` names stories told before. Ties fall to the newer story, then to the smaller id. Behind the first
    `VARIED` what is repeated no longer counts.
    """
    o = options or Options()
    rest = _ranked(candidates, updates, o)
    chosen: list[_Ranked] = []
    while rest and len(chosen) < VARIED:
        best = _best(rest, chosen[-_LOOK_BACK:], o)
        rest.remove(best)
        chosen.append(best)
    return tuple(one.candidate for one in (*chosen, *rest))


VARIED = 30
"""Twice the longest digest: variety there costs time in line with the candidates; over all of a thousand it took 16 s
of CPU time, and the event loop waited.
"""
_LOOK_BACK = 10
"""Stories above that variety looks at: a screenful."""


def _ranked(candidates: Sequence[Candidate], updates: frozenset[str], options: Options) -> list[_Ranked]:
    """The most important first."""
    newest = sorted(candidates, key=lambda c: (-c.story.last_change.timestamp(), c.story.id))
    ranked = [
        _Ranked(
            candidate=one,
            value=importance(one, update=one.story.id in updates, options=options),
            place=place,
            actors=frozenset(one.story.actors),
            regions=frozenset(region for code in one.story.actors[:2] if (region := region_of(code))),
        )
        for place, one in enumerate(newest)
    ]
    return sorted(ranked, key=lambda one: (-round(one.value, 9), one.place))


def _best(rest: Sequence[_Ranked], chosen: Sequence[_Ranked], options: Options) -> _Ranked:
    """The best of `rest`, which comes in falling importance: what weighs less than the best so far cannot be it."""
    best, most = rest[0], -math.inf
    for one in rest:
        if round(one.value, 9) < most:
            break
        worth = round(one.value - _repeats(one, chosen, options), 9)
        if (worth, -one.place) > (most, -best.place):
            best, most = one, worth
    return best


def _repeats(one: _Ranked, chosen: Sequence[_Ranked], options: Options) -> float:
    """What it loses for ground that the chosen ones cover; the second repeat costs half of the first."""
    loss = 0.0
    same_actors = sum(len(one.actors & other.actors) >= min(2, len(one.actors)) > 0 for other in chosen)
    same_region = sum(not one.regions.isdisjoint(other.regions) for other in chosen)
    for count, cost in ((same_actors, options.same_actors), (same_region, options.same_region)):
        loss += cost * (2 - 2 ** (1 - count)) if count else 0.0
    return loss
