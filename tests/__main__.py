"""All checks: `python -m tests`. Arguments go to pytest.

What takes a second goes first. What takes a minute on one core runs beside pytest, whose tests wait for sockets and
children as often as they compute; its output is shown when it has ended.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.shared import ROOT

QUICK = (
    ("lint", ["ruff", "check", "."]),
    ("format", ["ruff", "format", "--check", "."]),
    ("import rules", ["lint-imports"]),
    ("dependencies", ["deptry", "bot"]),
)
BESIDE = (
    ("types", ["mypy"]),
    ("dead code", ["vulture"]),
)
TESTS_A_CORE = 3
"""pytest processes; more of them gain nothing, for each loads the bot for itself."""


@dataclass
class Check:
    """A command that runs, its output kept in a file: a pipe would stop it when it is full."""

    name: str
    command: Sequence[str]
    output: IO[bytes] = field(default_factory=tempfile.TemporaryFile)

    def __post_init__(self) -> None:
        self._process = subprocess.Popen(self.command, stdout=self.output, stderr=subprocess.STDOUT)

    def passed(self) -> bool:
        """Wait for its end and show what it said."""
        status = self._process.wait()
        self.output.seek(0)
        words = self.output.read().decode("utf-8", "replace")
        print(f"== {self.name}: {' '.join(self.command)}\n{words}", flush=True)
        return status == 0


def beside() -> list[Check]:
    """The slow checks, begun; with the quality figures where there is evaluation data beside this clone."""
    commands = list(BESIDE)
    data = ROOT / "data"
    if data.is_dir():
        commands.append(("figures", [sys.executable, "-m", "bot", "eval", "--data", str(data)]))
    else:
        print("== figures: left out, no evaluation data lies beside this clone", flush=True)
    return [Check(name, command) for name, command in commands]


def tests(arguments: Sequence[str]) -> bool:
    """pytest, its output as it comes."""
    processes = str(TESTS_A_CORE * max(2, os.cpu_count() or 2))
    # The end of a long file is taken over by whoever is free.
    command = [sys.executable, "-m", "pytest", "-n", processes, "--dist", "worksteal", *arguments]
    print(f"== tests: {' '.join(command)}", flush=True)
    return subprocess.run(command, check=False).returncode == 0


def keep_bytecode(folder: str) -> None:
    """Where Python is kept from leaving bytecode beside the sources, let our children share some in `folder`: else each
    of a thousand processes compiles all that it imports, half of what it does.
    """
    if sys.dont_write_bytecode:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder


def failures(arguments: Sequence[str]) -> list[str]:
    """The names of the checks that failed; `arguments` go to pytest."""
    failed = [name for name, command in QUICK if not Check(name, command).passed()]
    slow = beside()
    if not tests(arguments):
        failed.append("tests")
    return failed + [check.name for check in slow if not check.passed()]


def main() -> int:
    """Run everything, however early something fails, and say at the end what failed."""
    scripts = str(Path(sys.executable).parent)
    os.environ["PATH"] = scripts + os.pathsep + os.environ.get("PATH", "")
    with tempfile.TemporaryDirectory() as folder:
        keep_bytecode(folder)
        failed = failures(sys.argv[1:])
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
