"""Slash commands at a prompt: the same definitions and the same answers as on Discord."""

from contextlib import suppress
from typing import Protocol

import structlog
from rich.console import Console
from rich.text import Text

from bot.chat.commands import COMMANDS, Asker, Call
from bot.chat.console.lines import Lines, StdinLines
from bot.chat.console.look import look_of
from bot.chat.console.render import show
from bot.chat.helping import meant
from bot.chat.lines import parse_line
from bot.errors import AttacheError, InputError
from bot.model import Post
from bot.ports import Clock

_log = structlog.get_logger(__name__)

PROMPT = "attache> "
_ENDS = frozenset({"quit", "exit", "q", "bye"})
_NAMES = tuple(f"/{command.name}" for command in COMMANDS if not command.hidden)


class Answers(Protocol):
    """What answers commands: `bot.chat.answers.Answers`."""

    async def answer(self, call: Call) -> Post:
        """The Post to show; AttacheError is the sentence to show instead."""


class Shell:
    """Reads lines until `quit` or the end of input, and prints what `answers` says to each.

    From a pipe, blank lines and lines that begin with # are passed over and commands are repeated before their
    answers, so that the output reads as a session.
    """

    def __init__(
        self, answers: Answers, asker: Asker, *, console: Console, clock: Clock, lines: Lines | None = None
    ) -> None:
        self._answers, self._asker, self._console, self._clock = answers, asker, console, clock
        self._lines: Lines = lines if lines is not None else StdinLines(words=_NAMES)

    async def run(self) -> None:
        """Until the person or the input ends it, or nobody reads the output any more."""
        with suppress(BrokenPipeError):
            if self._lines.interactive:
                self._say("Type /help for the commands, quit to end.", "dim")
            while (line := await self._lines.read(PROMPT)) is not None:
                if not await self.handle(line):
                    return
            if self._lines.interactive:
                self._console.print()

    async def handle(self, line: str) -> bool:
        """Do what one line says; False when it ends the session."""
        words = line.split()
        if not words or words[0].startswith("#"):
            return True
        if not self._lines.interactive:
            self._say(f"> {line.strip()}", "bold")
        if len(words) == 1 and words[0].lower().removeprefix("/") in _ENDS:
            return False
        await self._answer("/help" if line.strip() == "?" else line)
        return True

    async def _answer(self, line: str) -> None:
        try:
            post = await self._answers.answer(parse_line(line, self._asker))
        except InputError as error:
            self._say(str(error) + hint(line), "red")
        except AttacheError as error:
            self._say(str(error), "red")
        except Exception:  # noqa: BLE001 - the prompt must survive whatever one command does
            _log.exception("command failed", line=line[:200])
            self._say("Something went wrong inside; the log says what. The next command may well work.", "red")
        else:
            if post.notice:
                self._say(post.notice, "yellow")
            show(self._console, post, self._clock.now())

    def _say(self, sentence: str, style: str) -> None:
        for line in look_of(self._console).lines(sentence):
            self._console.print(Text(line, style=style))


def hint(line: str) -> str:
    """Names the command that was probably meant, when the first word is none; words without a slash may be a topic."""
    word = line.split(maxsplit=1)[0].lower()
    near = meant(word.removeprefix("/"))
    if near or word.startswith("/") or word in {command.path[0] for command in COMMANDS}:
        return near
    return f" To look words up: /search {line.strip()[:40]}"
