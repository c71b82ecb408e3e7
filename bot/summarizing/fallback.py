"""When the extractive points stand in for the language model's, and what readers are told about it.

The circuit: after three failures in a row the model is left alone for five minutes, so that an endpoint that is down
costs a digest no time at all. Sentences here are for readers; what exactly failed stands in the log and in `/status`.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.model import Summary

FAILURES = 3
"""One failure is chance and two are a restart; three in a row mean that the endpoint is down."""
PAUSE = timedelta(minutes=5)
"""Long enough for a server to start again, short enough that the next hourly digest has its model back."""
LONGEST_PAUSE = timedelta(hours=1)
"""An endpoint that asks for more patience than this is asked again all the same."""

OWN_SENTENCES = "these points are the articles' own sentences"


class Circuit:
    """Whether the model may be asked now. Failures and successes are reported to it; it keeps no clock of its own."""

    def __init__(self) -> None:
        self._failures = 0
        self.paused_until: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """True while the model is left alone."""
        return self.paused_until is not None and now < self.paused_until

    def succeeded(self) -> None:
        """A call was answered."""
        self._failures, self.paused_until = 0, None

    def failed(self, now: datetime, wait: timedelta | None = None) -> None:
        """A call was not. `wait` is how long the endpoint asked to be left alone: it is, at once."""
        self._failures += 1
        if self._failures >= FAILURES:
            self.paused_until = now + PAUSE
        if wait is not None and wait > timedelta(0):
            until = now + min(wait, LONGEST_PAUSE)
            self.paused_until = max(until, self.paused_until or until)


def stands_in(extractive: Summary, why: str) -> Summary:
    """The extractive summary, saying why it is one; `why` is one of the clauses below."""
    return replace(extractive, fallback=f"{why}: {OWN_SENTENCES}.")


# --- why: clauses for readers, which go on with what stands there instead -----------------------------------------


def late(seconds: float) -> str:
    """The model took too long."""
    return f"The language model took longer than {seconds:g} s"


def over_budget(*, money: bool = False) -> str:
    """The day's tokens, or its money, are used up."""
    what = "money for today is" if money else "tokens for today are"
    return f"The language model's {what} used up until midnight UTC"


def paused(until: datetime) -> str:
    """The circuit is open."""
    return f"The language model failed and is asked again after {until:%H:%M} UTC"


def failed() -> str:
    """The endpoint gave no answer."""
    return "The language model could not be asked"


def refused() -> str:
    """The model declined."""
    return "The language model would not write about this"


def malformed() -> str:
    """The answer was not in the form that was asked for."""
    return "The language model's answer could not be read"


def ungrounded() -> str:
    """No point passed the gate."""
    return "What the language model wrote did not hold to its sources"


def unfaithful() -> str:
    """No translation passed its gate."""
    return "What the language model translated did not hold to the original"


def unchecked() -> str:
    """The gate itself failed."""
    return "What the language model wrote could not be checked"


def partly(replaced: int, points: int) -> str:
    """Some points were replaced: a whole sentence."""
    verb = "is an article's own sentence" if replaced == 1 else "are the articles' own sentences"
    return f"{replaced} of {points} points {verb}: the language model's wording did not hold to its source."
