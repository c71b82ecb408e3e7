"""Progress of a round."""

import io
import re
import threading
from dataclasses import dataclass, field

import pytest
from rich.console import Console

from bot.chat.console.look import make_console
from bot.chat.console.progress import Progress, summary


@dataclass
class Round:
    """A round's figures."""

    sources: int = 6
    unchanged: int = 0
    failed: int = 0
    entries: int = 34
    articles: int = 0
    diplomatic: int = 0
    stories: set[str] = field(default_factory=set)


def test_in_a_pipe_each_step_is_a_line_and_the_end_a_summary() -> None:
    file = io.StringIO()
    progress = Progress(make_console(file))
    report = Round()
    progress("polling", report)
    progress("polling", report)
    report.articles, report.diplomatic, report.stories = 1, 1, {"a"}
    progress("reading", report)
    report.articles = 31
    progress("reading", report)
    progress("done", report)
    assert file.getvalue().splitlines() == [
        "polling 6 sources …",
        "reading …",
        "polled 6 sources: 31 articles, 1 diplomatic, 1 story",
    ]


def test_the_summary_names_what_was_unchanged_or_failed() -> None:
    assert summary(Round(unchanged=2, failed=1)) == (
        "polled 6 sources: 0 articles, 0 diplomatic, 0 stories; 2 unchanged; 1 failed (see /status)"
    )


def test_on_a_terminal_one_line_changes_without_a_thread_and_is_cleared_on_failure() -> None:
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, width=80, legacy_windows=False, _environ={"TERM": "xterm"})
    threads = threading.active_count()

    def fails() -> None:
        with Progress(console) as progress:
            progress("polling", Round())
            assert threading.active_count() <= threads  # those of tests before may end meanwhile
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    shown = file.getvalue()
    assert "polling 6 sources …" in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")  # the cursor is back
