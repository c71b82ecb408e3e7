"""What keeps two reports apart however alike they read. A veto needs evidence from both sides: silence never splits."""

from collections.abc import Iterable
from datetime import timedelta

from bot.grouping.index import Group, Item

APART = timedelta(hours=18)
"""Reports this far apart are of different days; a report of the next morning still tells of the evening."""


def other_round(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Both name a round of talks, and none is the same."""
    ours, others = set(mine), set(theirs)
    return bool(ours and others) and not ours & others


def other_actors(mine: frozenset[str], theirs: Iterable[frozenset[str]]) -> bool:
    """A meets X is not A meets Y: two parties on each side, at most one of them shared, neither within the other.

    Holds against most of a story's reports that name two parties, so that one report with a wide lead changes nothing.
    """
    pairs = [actors for actors in theirs if len(actors) >= 2]
    if len(mine) < 2 or not pairs:
        return False
    against = sum(len(mine & actors) <= 1 and bool(mine - actors) and bool(actors - mine) for actors in pairs)
    return against * 2 > len(pairs)


def forbids(item: Item, group: Group) -> bool:
    """Whether round or actors keep `item` out of the story."""
    if other_round(item.facet("round"), group.facet("round")):
        return True
    return other_actors(item.facet("main"), (other.facet("main") for other in group.items.values()))


def parts(one: Group, two: Group) -> bool:
    """Whether round, actors, or place, day and kind of event together keep two stories apart."""
    return other_round(one.facet("round"), two.facet("round")) or any(
        forbids(item, theirs) or (other_event(item, theirs) and elsewhere(item, theirs))
        for mine, theirs in ((one, two), (two, one))
        for item in mine.items.values()
    )


def elsewhere(item: Item, group: Group) -> bool:
    """Written from a place of which the story has not heard, on another day than all its reports."""
    places = item.facet("place")
    if not places or not any(other.facet("place") for other in group.items.values()):
        return False
    if any(abs(item.when - other.when) < APART for other in group.items.values()):
        return False
    heard = {word for place in group.facet("place") for word in place.split()}
    return not any(word in heard or f"w:{word}" in group.anchors for place in places for word in place.split())


def other_event(item: Item, group: Group) -> bool:
    """Another kind of event: both sides are sure of theirs, and none is the same."""
    types = group.facet("type")
    return bool(item.facet("type") and types) and not any(kind in types for kind in item.facet("type"))
