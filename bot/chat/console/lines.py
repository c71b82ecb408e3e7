"""Typed lines for an event loop: from a terminal with editing, history and completion, or from a pipe.

A daemon thread does the blocking read. Python has no other way that also works on Windows and keeps the line editor
(`connect_read_pipe` does neither), and an executor's thread would hold the end of the program until the next Enter.
"""

import asyncio
import io
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol, TextIO

LONGEST_LINE = 4000
"""Characters of a line from a pipe: a command's options hold 500 each."""


class Lines(Protocol):
    """Where commands come from."""

    @property
    def interactive(self) -> bool:
        """Whether a person sees what is typed; otherwise the shell repeats it."""

    async def read(self, prompt: str) -> str | None:
        """The next line without its end; None when there is none any more."""


class StdinLines:
    """Lines of `stream` (standard input by default). One `read` at a time; one that is cancelled ends the input."""

    def __init__(self, stream: TextIO | None = None, *, words: Sequence[str] = ()) -> None:
        self._stream = stream if stream is not None else sys.stdin
        self._interactive = self._stream is sys.stdin and self._stream.isatty() and sys.stdout.isatty()
        if self._interactive:
            _prepare_editor(words)
        elif isinstance(self._stream, io.TextIOWrapper):
            with suppress(ValueError):  # closed: the first read says so
                self._stream.reconfigure(errors="replace")

    @property
    def interactive(self) -> bool:
        """See Lines."""
        return self._interactive

    async def read(self, prompt: str) -> str | None:
        """See Lines."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[str | None] = loop.create_future()

        def give(line: str | None) -> None:
            if not answer.done():
                answer.set_result(line)

        def work() -> None:
            line = self._blocking(prompt)
            with suppress(RuntimeError):  # the loop was closed meanwhile: nobody waits
                loop.call_soon_threadsafe(give, line)

        restore = _terminal_state() if self._interactive else None
        threading.Thread(target=work, name="attache-prompt", daemon=True).start()
        try:
            return await answer
        finally:
            if restore is not None:
                restore()

    def _blocking(self, prompt: str) -> str | None:
        try:
            if self._interactive:
                return input(prompt)
            line = self._stream.readline(LONGEST_LINE)
        except (EOFError, OSError, ValueError):  # closed, or gone with its terminal
            return None
        return line.rstrip("\r\n") if line else None


def _prepare_editor(words: Sequence[str]) -> None:
    """History and completion where Python has readline; the plain prompt elsewhere (Windows)."""
    try:
        import readline
    except ImportError:
        return

    def complete(text: str, state: int) -> str | None:
        matches = [word for word in words if word.startswith(text)]
        return matches[state] if state < len(matches) else None

    readline.set_completer(complete)
    readline.set_completer_delims("\n")
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")


def _terminal_state() -> Callable[[], None]:
    """Puts the terminal back as it is now: the editor changes it, and is left in mid-line when a read is cancelled."""
    if sys.platform == "win32":
        return lambda: None
    import termios

    try:
        descriptor = sys.stdin.fileno()
        state = termios.tcgetattr(descriptor)
    except (OSError, ValueError, termios.error):
        return lambda: None

    def restore() -> None:
        with suppress(OSError, termios.error):
            termios.tcsetattr(descriptor, termios.TCSADRAIN, state)

    return restore
