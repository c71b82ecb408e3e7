"""How a round is going, as it goes: "polling 6 sources … 31 articles, 24 diplomatic, 14 stories"."""

from collections.abc import Collection
from typing import Protocol, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from bot.chat.console.look import look_of

DONE = "done"
"""The step that a round ends with."""


class Report(Protocol):
    """What a round has done so far: `bot.service.intake.RoundReport`."""

    @property
    def sources(self) -> int: ...
    @property
    def unchanged(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def entries(self) -> int: ...
    @property
    def articles(self) -> int: ...
    @property
    def diplomatic(self) -> int: ...
    @property
    def stories(self) -> Collection[str]: ...


class Progress:
    """Called with each step of a round. On a terminal one line keeps changing; elsewhere each step is a line.

    A context manager, so that a round which fails leaves the terminal in order.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live: Live | None = None
        self._step = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def say(self, sentence: str) -> None:
        """A line of its own, that stays."""
        self._stop()
        for line in look_of(self._console).lines(sentence):
            self._console.print(Text(line, style="dim"))

    def __call__(self, step: str, report: Report) -> None:
        """Show that the round is at `step`; "done" ends it with its summary."""
        if step == DONE:
            self._step = ""
            self.say(summary(report))
        elif self._console.is_terminal:
            self._update(running(step, report))
        elif step != self._step:
            self._step = step
            self.say(running(step, report, counts=False))  # what was read by now is a matter of chance

    def _update(self, sentence: str) -> None:
        text = Text(look_of(self._console).line(sentence), style="dim", no_wrap=True, overflow="ellipsis")
        if self._live is None:
            # Refreshed by us alone: rich would start a thread for it.
            self._live = Live(text, console=self._console, auto_refresh=False, transient=True)
            self._live.start()
        self._live.update(text, refresh=True)

    def _stop(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None


def running(step: str, report: Report, *, counts: bool = True) -> str:
    """While it runs: "polling 6 sources …", "reading … 31 articles, 24 diplomatic, 14 stories"."""
    words = f"{step} {_count(report.sources, 'source')} …" if step == "polling" else f"{step} …"
    return f"{words} {_counts(report)}" if counts and report.articles else words


def summary(report: Report) -> str:
    """At the end: what was polled, what came of it, what failed."""
    parts = [f"polled {_count(report.sources, 'source')}: {_counts(report)}"]
    if report.unchanged:
        parts.append(f"{report.unchanged} unchanged")
    if report.failed:
        parts.append(f"{report.failed} failed (see /status)")
    return "; ".join(parts)


def _counts(report: Report) -> str:
    stories = _count(len(report.stories), "story", "stories")
    return f"{_count(report.articles, 'article')}, {report.diplomatic} diplomatic, {stories}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
