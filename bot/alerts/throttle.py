"""When a person has been told enough: decisions only, the ledger is the store's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bot.alerts.standing import Move

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`hourly` messages a person within `hour`, over all rules; `cooldown`: how long a story rests once it was told."""

    hourly: int = 10
    hour: timedelta = timedelta(hours=1)
    cooldown: timedelta = timedelta(hours=3)


def rests(move: Move, heard: datetime, now: datetime, options: Options) -> bool:
    """Whether a story that was told at `heard` has nothing to say now: a weak move waits for the end of the cooldown,
    a strong one breaks it.
    """
    return move == "none" or (move == "weak" and now - heard < options.cooldown)


def room(recent: Sequence[datetime], now: datetime, options: Options) -> int:
    """How many messages more this hour has room for; `recent` are the moments of those that went out."""
    return max(0, options.hourly - sum(now - moment < options.hour for moment in recent))


def parted(slept: Sequence[T], awake: Sequence[T], room: int) -> tuple[tuple[T, ...], ...]:
    """Which alerts go together in one message, within `room` messages: all that was held back in quiet hours is one
    bundle; the rest goes one by one, and in one bundle where the room ends. () means: later.
    """
    if room <= 0:
        return ()
    groups = [tuple(slept)] if slept else []
    if not awake:
        return tuple(groups)
    left = room - len(groups)
    if left <= 0:
        return ((*slept, *awake),)
    single = len(awake) if len(awake) <= left else left - 1
    groups += [(one,) for one in awake[:single]]
    return tuple([*groups, tuple(awake[single:])] if single < len(awake) else groups)
