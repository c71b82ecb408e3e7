"""The prompt: a scripted session over a pipe, real standard input, and commands that fail."""

import asyncio
import io
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.chat.commands import Asker, Call
from bot.chat.console.lines import Lines, StdinLines
from bot.chat.console.look import make_console
from bot.chat.console.shell import Shell
from bot.errors import InputError, StoreUnavailable
from bot.model import Post
from tests.unit.chat.console.posts import DIGEST, FixedClock

ASKER = Asker(network="console", user_id="me", may_manage=True)


class Echo:
    """Answers with what it was asked."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    async def answer(self, call: Call) -> Post:
        self.calls.append(call)
        if call.command.name == "status":
            raise StoreUnavailable("The disk is full.")
        if call.command.name == "privacy":
            raise RuntimeError("a mistake of ours")
        if call.command.name == "latest":
            return DIGEST
        return Post(heading=call.command.name, intro=str(dict(call.options)))


async def session(script: str, lines: Lines | None = None) -> tuple[str, Echo]:
    """What a session prints whose input is `script`, over a real pipe."""
    out, answers = io.StringIO(), Echo()
    if lines is None:
        reading, writing = os.pipe()
        os.write(writing, script.encode())
        os.close(writing)
        lines = StdinLines(os.fdopen(reading, encoding="utf-8"))
    shell = Shell(answers, ASKER, console=make_console(out), clock=FixedClock(), lines=lines)
    await shell.run()
    return out.getvalue(), answers


async def test_a_session_over_a_pipe() -> None:
    out, answers = await session("# a comment\n\n/latest\nsearch tariff talks country:JPN\n/story 3\nquit\n/help\n")
    assert [call.command.name for call in answers.calls] == ["latest", "search", "story"]
    assert answers.calls[1].options == {"query": "tariff talks", "country": "JPN"}
    assert answers.calls[2].options == {"number": 3}
    assert answers.calls[0].asker == ASKER
    assert "> /latest\n-- Morning brief -" in out
    assert "comment" not in out


async def test_it_ends_with_its_input_even_without_a_last_line_end() -> None:
    _, answers = await session("?")
    assert [call.command.name for call in answers.calls] == ["help"]


@pytest.mark.parametrize("word", ["quit", "exit", "/quit", "q", "Quit"])
async def test_words_that_end_it(word: str) -> None:
    _, answers = await session(f"{word}\n/latest\n")
    assert answers.calls == []


async def test_a_command_that_is_none_gets_a_hint_and_the_session_goes_on() -> None:
    out, answers = await session("/lastest\n/serch x\n/story\n/digest\n/qwxyz\ntariff talks\n/latest\n")
    assert "There is no command /lastest. Type /help for the list. Did you mean /latest?" in out
    assert "Did you mean /search?" in out
    assert "number is missing. Usage: /story number" in out
    assert "/digest needs one of: " in out
    assert out.count("Did you mean") == 2
    assert " ".join(out.split()).count("To look words up: /search tariff talks") == 1
    assert [call.command.name for call in answers.calls] == ["latest"]


async def test_what_fails_is_said_and_the_session_goes_on() -> None:
    out, answers = await session("/status\n/privacy\n/latest\n")
    assert "The disk is full." in out
    assert "Something went wrong inside" in out
    assert "a mistake of ours" not in out
    assert answers.calls[-1].command.name == "latest"


async def test_what_is_typed_cannot_act_on_the_terminal() -> None:
    out, _ = await session("/\x1b[2Jx\x07\n/latest \x9b31m\n")
    assert not {"\x1b", "\x07", "\x9b"} & set(out)


async def test_bytes_that_are_no_text_and_endless_lines_do_not_end_it() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"/sear\xff\xfe\n" + b"/search " + b"x" * 9000 + b"\n/latest\n")
    os.close(writing)
    out, answers = await session("", StdinLines(os.fdopen(reading, encoding="utf-8")))
    assert answers.calls[-1].command.name == "latest"
    assert "There is no command" in out


async def test_the_loop_goes_on_while_a_line_is_awaited_and_a_cancelled_read_lets_go() -> None:
    reading, writing = os.pipe()
    lines = StdinLines(os.fdopen(reading, encoding="utf-8"))
    waiting = asyncio.create_task(lines.read("> "))
    for _ in range(100):
        await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    os.close(writing)


async def test_a_closed_input_ends_it() -> None:
    reading, writing = os.pipe()
    stream = os.fdopen(reading, encoding="utf-8")
    stream.close()
    os.close(writing)
    assert await StdinLines(stream).read("> ") is None


_PROGRAM = """
import asyncio
from bot.chat.console.look import make_console
from bot.chat.console.shell import Shell
from tests.unit.chat.console.posts import FixedClock
from tests.unit.chat.console.test_shell import ASKER, Echo
asyncio.run(Shell(Echo(), ASKER, console=make_console(), clock=FixedClock()).run())
"""
_ROOT = Path(__file__).parents[4]


def test_a_scripted_session_through_standard_input() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        input="/latest\n/brief japan\n",
        capture_output=True,
        encoding="utf-8",
        cwd=_ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "> /brief japan\n-- brief --" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a Unix thing")
def test_a_person_at_a_terminal() -> None:
    import pty

    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM], stdin=theirs, stdout=theirs, stderr=theirs, cwd=_ROOT,
        env={**os.environ, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", "COLUMNS": "90"},
    )  # fmt: skip
    os.close(theirs)
    seen = b""

    def until(wanted: bytes) -> None:
        nonlocal seen
        while wanted not in seen:
            seen += os.read(ours, 4096)

    until(b"attache> ")
    os.write(ours, b"/late\t\n" if find_spec("readline") else b"/latest\n")  # a tab completes
    until("━━".encode())
    until(b"try: ")
    os.write(ours, b"quit\n")
    assert program.wait(timeout=30) == 0
    os.close(ours)
    assert b"> /latest" not in seen.replace(b"attache> /latest", b"")


class _Fails:
    """Answers nothing but a sentence."""

    async def answer(self, call: Call) -> Post:
        raise InputError("No.")


async def test_errors_are_red_on_a_terminal_alone() -> None:
    from rich.console import Console

    file = io.StringIO()
    console = Console(file=file, force_terminal=True, color_system="standard", width=80, _environ={"TERM": "xterm"})
    shell = Shell(_Fails(), ASKER, console=console, clock=FixedClock(), lines=StdinLines(io.StringIO("/help\n")))
    await shell.run()
    assert "\x1b[31mNo.\x1b[0m" in file.getvalue()
