"""Who wants to be told what, where and when."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

TargetKind = Literal["channel", "dm", "console"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where messages go: a channel or thread by id, a user's direct messages by user id, or the console."""

    kind: TargetKind
    id: str
    guild_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which stories a digest admits; an empty tuple admits all. `countries`: any of these actors."""

    countries: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    minimum_relevance: float = 0.0
    minimum_sources: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Wall-clock slots in an IANA zone: every one of `times` on each of `weekdays` (0 Monday … 6 Sunday)."""

    times: tuple[time, ...]
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if not self.times or not self.weekdays or not set(self.weekdays) <= set(range(7)):
            raise ValueError("a schedule needs a time of day and weekdays 0..6")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One digest: its name, target, filter, size (stories at most) and slots.

    `next_run` is the next slot in UTC. `disabled` says, as a sentence, why nothing is sent any more.
    """

    id: str
    name: str
    guild_id: str | None
    target: Target
    schedule: Schedule
    filter: Filter = Filter()
    size: int = 8
    created: datetime
    created_by: str
    next_run: datetime | None = None
    disabled: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule:
    """A user's wish to be told by direct message as soon as a story matches.

    `keywords` is a query as in `/search`; `guild_id` is the server where the rule was made, whose sources it sees.
    """

    id: str
    user_id: str
    guild_id: str | None
    countries: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    keywords: str = ""
    minimum_sources: int = 1
    created: datetime
    disabled: str | None = None
    refusals: int = 0
