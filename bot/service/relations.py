"""Who dealt with whom: the dated ledger of events between actors, each line resting on an article of the archive.

Reads what understanding found when the articles came in: an event counts between A and B when one is its source and
the other its target, or both are named together in a mutual one (talks, agreements, cooperation). One line for each
story, kind and direction, by its first report; newest first. Says nothing that no article says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model import Event, EventType, Query, Scope
from bot.ports import ArticleStore, Reading, SourceStore, StoryStore
from bot.service.provenance import outlet_names

MOST_ARTICLES = 300
"""Newest articles that name the actors and are looked through: a ledger answers within milliseconds."""

_MUTUAL: frozenset[EventType] = frozenset({"CONSULT", "AGREE", "COOPERATE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealing:
    """One line of the ledger. `source` did it to `target`; `story` is its number, 0 without one."""

    when: datetime
    event: Event
    source: str
    target: str
    reading: Reading
    story: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Dealings, newest first, and the names of outlets by source id."""

    dealings: tuple[Dealing, ...]
    names: dict[str, str]


class RelationsStore(SourceStore, ArticleStore, StoryStore, Protocol):
    """What ledgers are read from."""


async def ledger(
    store: RelationsStore, scope: Scope, actor: str, other: str | None = None, since: datetime | None = None
) -> Ledger:
    """The dealings of `actor` with `other`, or (None) with anybody, in articles that `scope` may see."""
    countries = (actor,) if other is None else (actor, other)
    query = Query(countries=countries, since=since, diplomatic_only=True, limit=MOST_ARTICLES)
    kept: dict[tuple[object, ...], Dealing] = {}
    for reading in await store.search(query, scope):  # newest first, so that the first report stays
        found = [(event, pair) for event in reading.understanding.events for pair in pairs(event, actor, other)]
        story = await store.story_of(reading.article.id) if found else None
        for event, (source, target) in found:
            key = (story.id if story else reading.article.id, event.type, event.negated, source, target)
            kept[key] = Dealing(
                when=reading.article.when,
                event=event,
                source=source,
                target=target,
                reading=reading,
                story=story.number if story else 0,
            )
    dealings = sorted(kept.values(), key=lambda one: one.when, reverse=True)
    return Ledger(dealings=tuple(dealings), names=outlet_names(await store.sources()))


def pairs(event: Event, actor: str, other: str | None) -> Iterable[tuple[str, str]]:
    """Who did the event to whom, as far as `actor` (and `other`) are concerned."""
    wanted = {actor} if other is None else {actor, other}
    directed = [(one, two) for one in event.source for two in event.target if one != two]
    if not directed and event.type in _MUTUAL:
        together = tuple(dict.fromkeys((*event.source, *event.target)))
        directed = [(one, two) for at, one in enumerate(together) for two in together[at + 1 :]]
    return [pair for pair in directed if wanted <= set(pair)]
