"""Who dealt with whom: the dated ledger of events between actors, each line resting on an article of the archive.

Reads what understanding found when the articles came in: an event counts between A and B when one is its source and
the other its target, or both are named together in a mutual one (talks, agreements, cooperation). One line for each
story, kind and direction, by its first report, as far as its reports agree; newest first. Says nothing that no article
says.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.model import Event, EventType, Query, Scope
from bot.ports import ArticleStore, Reading, SourceStore
from bot.service.provenance import outlet_names

MOST_ARTICLES = 300
"""Newest articles that name the actors and are looked through: a ledger answers within milliseconds."""

SAME_NEWS = timedelta(hours=3)
"""Reports of one story within this time tell the same news: an answer to it takes longer, its echo does not."""

ENGLISH = "en"
"""What whoever reads nothing else here reads: the words around the lines are English."""

_MUTUAL: frozenset[EventType] = frozenset({"CONSULT", "AGREE", "COOPERATE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealing:
    """One line of the ledger. `source` did it to `target`, as `article_id` says in `language`; it was first reported at
    `when`. `story` is a number, 0 without one.
    """

    when: datetime
    event: Event
    source: str
    target: str
    article_id: str
    language: str
    story: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A page of the dealings, newest first, each with its article; how many there are; outlets by source id."""

    page: tuple[tuple[Dealing, Reading], ...]
    total: int
    names: dict[str, str]


class RelationsStore(SourceStore, ArticleStore, Protocol):
    """What ledgers are read from."""


async def ledger(
    store: RelationsStore,
    scope: Scope,
    actor: str,
    other: str | None = None,
    since: datetime | None = None,
    *,
    language: str | None = None,
    first: int = 0,
    count: int = 10,
) -> Ledger:
    """`count` dealings from the `first` on, for somebody who reads `language` (None: English)."""
    found = await dealings(store, scope, actor, other, since, language=language or ENGLISH)
    shown = found[first : first + count]
    readings = {one.article.id: one for one in await store.readings([dealing.article_id for dealing in shown])}
    page = tuple((dealing, readings[dealing.article_id]) for dealing in shown if dealing.article_id in readings)
    return Ledger(page=page, total=len(found), names=outlet_names(scope.named(await store.sources())))


async def dealings(
    store: ArticleStore,
    scope: Scope,
    actor: str,
    other: str | None = None,
    since: datetime | None = None,
    *,
    language: str = ENGLISH,
) -> tuple[Dealing, ...]:
    """The dealings of `actor` with `other`, or (None) with anybody, in articles that `scope` may see."""
    countries = (actor,) if other is None else (actor, other)
    query = Query(countries=countries, since=since, diplomatic_only=True, limit=MOST_ARTICLES)
    told: defaultdict[tuple[str, frozenset[str]], list[Dealing]] = defaultdict(list)
    for said in await store.happened(query, scope):
        for event in said.events:
            for source, target in pairs(event, actor, other):
                told[said.story, frozenset((source, target))].append(
                    Dealing(
                        when=said.when,
                        event=event,
                        source=source,
                        target=target,
                        article_id=said.article_id,
                        language=said.language,
                        story=said.number,
                    )
                )
    lines = [line for reports in told.values() for line in _lines(_believed(reports), language)]
    return tuple(sorted(lines, key=lambda one: one.when, reverse=True))


def _believed(reports: Sequence[Dealing]) -> list[Dealing]:
    """What a story's reports on the same two agree on. What one alone says happened, when others tell something else
    within hours of it, is more often misread than news; where no two agree, the first report is believed.
    """
    tellers: defaultdict[EventType, set[str]] = defaultdict(set)
    for one in reports:
        tellers[one.event.type].add(one.article_id)
    kept = [one for one in reports if len(tellers[one.event.type]) > 1]
    alone = [one for one in reports if len(tellers[one.event.type]) == 1]
    for one in sorted(alone, key=lambda report: report.when):
        others = (other for other in kept if other.article_id != one.article_id)
        if all(abs(one.when - other.when) > SAME_NEWS for other in others):
            kept.append(one)
    return kept


def _lines(reports: Iterable[Dealing], language: str) -> Iterable[Dealing]:
    """One for each kind and direction, by the report that its reader reads most easily: the first among equals."""
    alike: defaultdict[tuple[object, ...], list[Dealing]] = defaultdict(list)
    for one in sorted(reports, key=lambda report: report.when):
        alike[one.event.type, one.event.negated, one.source, one.target].append(one)
    for same in alike.values():
        told = min(same, key=lambda report: (report.language != language, report.language != ENGLISH))
        yield replace(told, when=same[0].when)


def pairs(event: Event, actor: str, other: str | None) -> Iterable[tuple[str, str]]:
    """Who did the event to whom, as far as `actor` (and `other`) are concerned."""
    wanted = {actor} if other is None else {actor, other}
    directed = [(one, two) for one in event.source for two in event.target if one != two]
    if not directed and event.type in _MUTUAL:
        together = tuple(dict.fromkeys((*event.source, *event.target)))
        directed = [(one, two) for at, one in enumerate(together) for two in together[at + 1 :]]
    return [pair for pair in directed if wanted <= set(pair)]
