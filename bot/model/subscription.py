"""Who wants to be told what, where and when."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from bot.model.message import Face

TargetKind = Literal["channel", "dm", "console"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where messages go: a channel or thread by id, a user's direct messages by user id, or the console."""

    kind: TargetKind
    id: str
    guild_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which stories a digest admits; an empty tuple admits all.

    `countries` asks for any of these actors, `pairs` for both of two; one that fits of either is enough. `sources`
    are source ids. Every other field that is given must hold too.
    """

    countries: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    events: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    minimum_relevance: float = 0.0
    minimum_sources: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a digest comes, in one of three ways; `zone` (IANA) is also that of its header.

    `times`: every one of these wall-clock times on each of `weekdays` (0 Monday … 6 Sunday).
    `every`: each so many hours that really pass, counted from `anchor`, where the day in the zone is of `weekdays`.
    `live`: as it happens, at most `per_hour` stories in any hour and `per_day` in any 24.
    """

    times: tuple[time, ...] = ()
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    zone: str = "UTC"
    every: int | None = None
    anchor: datetime | None = None
    live: bool = False
    per_hour: int = 6
    per_day: int = 30

    def __post_init__(self) -> None:
        if bool(self.times) + (self.every is not None) + self.live != 1:
            raise ValueError("a schedule has times of day, or a number of hours, or comes as it happens")
        if not self.weekdays or not set(self.weekdays) <= set(range(7)):
            raise ValueError("a schedule needs weekdays 0..6")
        if self.every is not None and not 1 <= self.every <= MOST_HOURS:
            raise ValueError(f"every {self.every} hours is not between 1 and {MOST_HOURS}")
        if self.live and not 1 <= self.per_hour <= self.per_day:
            raise ValueError("a cap of an hour is at least 1 and at most that of a day")


MOST_HOURS = 24
"""With longer pauses some weekdays would never come; "mon,thu" at a time of day says that better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One digest: its name, target, filter, size (stories at most) and slots.

    `next_run` is the next slot in UTC. `disabled` says, as a sentence, why nothing is sent any more. `say_empty`: a
    slot without news posts that there is none. `language` (ISO 639-1): the one that its readers would rather read.
    `face`: the name that it is posted under, None for the bot's own.
    """

    id: str
    name: str
    guild_id: str | None
    target: Target
    schedule: Schedule
    filter: Filter = Filter()
    size: int = 8
    language: str | None = None
    say_empty: bool = False
    face: Face | None = None
    created: datetime
    created_by: str
    next_run: datetime | None = None
    disabled: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule:
    """A user's wish to be told by direct message as soon as a story matches.

    `countries` must all be in the story, and all of at least one of `pairs` (groups of actors); one of its event types
    must be in `events`, one of its sources in `outlets`. `keywords` is a query (`bot.text.expression`). `breaking`
    outlets must have reported it within `within` minutes; 0: that does not matter. A rule with a `story` follows that
    story, and asks for nothing else. `guild_id` is the server where the rule was made, whose sources it sees.

    `asked` counts the confirming messages; `awaiting`: the last of them has not arrived, so that nothing is sent yet.
    `refusals` counts messages refused in a row; `disabled` says why nothing is sent any more, and `noticed` that the
    user was told so.
    """

    id: str
    user_id: str
    guild_id: str | None
    countries: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    keywords: str = ""
    pairs: tuple[tuple[str, ...], ...] = ()
    outlets: tuple[str, ...] = ()
    minimum_sources: int = 1
    breaking: int = 0
    within: int = 60
    story: str | None = None
    created: datetime
    asked: int = 0
    awaiting: bool = False
    muted_until: datetime | None = None
    disabled: str | None = None
    noticed: bool = False
    refusals: int = 0
