"""What is about to be told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.model.story import Change
from bot.model.summary import Summary
from bot.model.telling import AlertStatus, Telling

LeftOutAt = Literal["visible", "diplomatic", "filter", "told", "old", "room"]
SlotOutcome = Literal["sent", "merged", "empty", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One article behind a story line. `outlet` is what readers call the publisher."""

    article_id: str
    outlet: str
    url: str | None
    title: str
    when: datetime
    relation: str = "joins"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """A story as it is told. `independent` and `copies` count visible outlets only; `update`: told before.

    `changes` and `newer` say what is new in an update: what was corrected, and the reports that came since;
    `known`: all corrections that the points follow.
    `differ`: what outlets put in different numbers, as clauses; `countries`: those of the outlets, where known.
    `aside`: why it stands there although it is about others, as a clause.
    `into`: the language that any of it was translated into; `original`: the headline before that, where it was.
    """

    story_id: str
    number: int
    version: int
    headline: str
    summary: Summary
    lines: tuple[SourceLine, ...]
    independent: int
    copies: int = 0
    update: bool = False
    changes: tuple[Change, ...] = ()
    newer: tuple[SourceLine, ...] = ()
    known: tuple[Change, ...] = ()
    actors: tuple[str, ...] = ()
    event: str | None = None
    differ: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    aside: str | None = None
    into: str | None = None
    original: str | None = None

    @property
    def url(self) -> str | None:
        """Where the headline leads: the article that it is the title of, else the first with an address."""
        linked = [line for line in self.lines if line.url]
        titled = [line for line in linked if (self.original or self.headline) in line.title]
        return next((line.url for line in titled + linked), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A story that the digest does not tell, why, and `at` which step of its way that was decided."""

    story_id: str
    number: int
    headline: str
    reason: str
    at: LeftOutAt = "filter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The stories of one slot, in order of telling. `since` and `until` only word the header.

    `missed`: earlier slots that nothing was told at and that this digest stands in for, with the reason in `why`;
    `late`: how long after its slot it comes. `notice`: a sentence on what readers should know of it.
    """

    subscription_id: str
    name: str
    slot_id: str
    zone: str
    since: datetime | None
    until: datetime
    items: tuple[DigestItem, ...]
    left_out: tuple[LeftOut, ...] = ()
    missed: tuple[datetime, ...] = ()
    why: str | None = None
    late: timedelta | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRecord:
    """How a slot ended: every slot of every subscription has exactly one. `tellings`: of an alert, how its stories
    stood.
    """

    subscription_id: str
    slot_id: str
    due: datetime
    outcome: SlotOutcome
    reason: str
    at: datetime
    stories: tuple[str, ...] = ()
    tellings: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A story that a rule asked for. `follows`: the rule follows this one story."""

    rule_id: str
    user_id: str
    item: DigestItem
    status: AlertStatus = "plain"
    follows: bool = False
