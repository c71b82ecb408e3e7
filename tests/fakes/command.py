"""The command line as people run it: `python -m bot` in a process of its own, in a folder of the test's."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and all that it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The test's own environment without any setting of a bot that its user may run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ATTACHE_")}
    return {**kept, "PYTHONPATH": str(ROOT), **(more or {})}


async def start(*words: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> asyncio.subprocess.Process:
    """`attache WORDS…`, with pipes on all sides."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *map(str, words),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=cwd,
        env=environment(env),
        limit=1 << 22,
    )  # fmt: skip


async def attache(
    *words: str | Path, cwd: Path, stdin: str | bytes = b"", env: Mapping[str, str] | None = None
) -> Ended:
    """Run `attache WORDS…` to its end."""
    process = await start(*words, cwd=cwd, env=env)
    given = stdin.encode() if isinstance(stdin, str) else stdin
    out, err = await process.communicate(given)
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())
