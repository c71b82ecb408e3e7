"""When a person has been told enough: decisions only, the ledger is the store's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`hourly` alerts a person within `hour`, over all rules; `cooldown` between two alerts on one story."""

    hourly: int = 10
    hour: timedelta = timedelta(hours=1)
    cooldown: timedelta = timedelta(hours=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`send` now, `wait` until a moment (the alert is kept), or `drop`; the reason is a sentence."""

    action: Literal["send", "wait", "drop"]
    reason: str
    until: datetime | None = None


def verdict(
    *,
    story_id: str,
    version: int,
    now: datetime,
    told: Mapping[str, int],
    last_told: Mapping[str, datetime],
    recent: Sequence[datetime],
    options: Options | None = None,
) -> Verdict:
    """Whether an alert on `version` of a story may go out `now`.

    `told` and `last_told` are what this person heard of which story and when, over all rules: two rules that match one
    story tell it once. `recent` are the moments of alerts to this person; those older than the hour do not count.
    """
    o = options or Options()
    if told.get(story_id, 0) >= version:
        return Verdict(action="drop", reason="This version of the story was told already.")
    heard = last_told.get(story_id)
    if heard is not None and now - heard < o.cooldown:
        return Verdict(action="wait", until=heard + o.cooldown, reason="The story was told a short while ago.")
    within = sorted(moment for moment in recent if now - moment < o.hour)
    if len(within) >= o.hourly:
        # As soon as enough of them are an hour old that one more fits.
        free = within[len(within) - o.hourly] + o.hour
        return Verdict(action="wait", until=free, reason=f"{o.hourly} alerts went out within the hour.")
    return Verdict(action="send", reason="New to this person, and within the hourly number.")
