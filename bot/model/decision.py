"""Why an item is where it is: what `--explain` and `/explain` read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.model.span import Span

Stage = Literal["polling", "extraction", "understanding", "grouping", "summarizing", "digests", "alerts", "delivery"]
Outcome = Literal["kept", "dropped", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One stage's word on one item: kept, dropped or changed, the reason as a sentence, and where in the text."""

    stage: Stage
    outcome: Outcome
    reason: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """A decision about `subject` (the id of an entry, article, story or delivery) and when it fell."""

    subject: str
    at: datetime
    decision: Decision
