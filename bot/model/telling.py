"""What a person was told of a story by an alert: enough to see later whether it still holds."""

from dataclasses import dataclass
from typing import Literal

from bot.model.story import Change, Phase

AlertStatus = Literal["plain", "unconfirmed", "confirmed", "corrected", "retracted"]
"""`plain`: two outlets or more reported it when it was first told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a story stands for somebody: `version` is the whole story's, the rest counts what that person may see.

    `corrections` are what outlets changed in articles of their own, `developments` what later articles say
    differently; `retracted`: every outlet has taken its report back.
    """

    version: int
    independent: int
    events: tuple[str, ...] = ()
    phase: Phase = "breaking"
    corrections: tuple[Change, ...] = ()
    developments: tuple[Change, ...] = ()
    retracted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A story in an alert. `delivery` is the key of the message, "" for what was known before any; `number` the
    story's handle at that time; `rule` the alert that it matched, where that may be another than the one whose message
    it is (a bundle tells what several matched).
    """

    story_id: str
    number: int
    status: AlertStatus
    standing: Standing
    delivery: str = ""
    rule: str = ""
