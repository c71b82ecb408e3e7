"""Articles about one event."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Relation = Literal["starts", "joins", "updates", "copy"]
Phase = Literal["breaking", "developing", "fading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an update says differently: "25 %" was, "24 %" is now."""

    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What grouping remembers of an article, small enough to keep for the whole window.

    Computed once, in the worker. `terms`: weighted words or bigrams; `shingles`: a MinHash sketch for republished
    text; `anchors`: language-free facts (actor codes, numbers, dates, names) for meeting across languages;
    `facets`: what a veto looks at, as "kind:value" (event type, round, place, day).
    """

    terms: tuple[tuple[str, float], ...] = ()
    shingles: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where grouping puts an article: in `story` (None: it starts one of its own), and why.

    `of` is the article that it updates or copies; `changes` what an update changed; `merges` names stories that
    this article shows to be one with `story` (the earliest keeps its id).
    """

    story: str | None
    relation: Relation
    of: str | None = None
    changes: tuple[Change, ...] = ()
    merges: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article's place in its story. `backlog`: it came with the first poll of its source."""

    article_id: str
    source_id: str | None
    relation: Relation
    of: str | None = None
    changes: tuple[Change, ...] = ()
    when: datetime
    backlog: bool = False

    @property
    def steps(self) -> int:
        """How far it took its story's version: nothing as a copy, one as a report, two once its outlet changed it."""
        return int(self.relation != "copy") + int(self.relation == "updates" and self.of == self.article_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one event, oldest first.

    `id` is that of its first article's story for ever; `number` is the short handle that people type (`/story 3`),
    0 until the store gives one. `version` grows with each article or change that readers would want to hear of;
    copies leave it as it is. `backlog`: all its articles came with the first poll of their source.
    """

    id: str
    number: int = 0
    title: str
    language: str
    members: tuple[Member, ...]
    first_seen: datetime
    last_change: datetime
    version: int = 1
    relevance: float
    diplomatic: bool
    actors: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    phase: Phase = "breaking"
    backlog: bool = False

    def version_without(self, hidden: Iterable[Member]) -> int:
        """Its version for somebody who does not see the members `hidden`: without the steps that they made."""
        return max(1, self.version - sum(member.steps for member in hidden))

    def version_for(self, sources: Collection[str] | None) -> int:
        """Its version for somebody who sees these sources alone; None: all of them."""
        return self.version_without(one for one in self.members if sources is not None and one.source_id not in sources)

    @property
    def article_ids(self) -> tuple[str, ...]:
        """All articles, oldest first."""
        return tuple(member.article_id for member in self.members)
