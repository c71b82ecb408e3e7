"""All checks, in the order of how fast they fail: `python -m tests`. Arguments go to pytest."""

import os
import subprocess
import sys
from pathlib import Path

from tests.shared import ROOT

CHECKS = (
    ("lint", ["ruff", "check", "."]),
    ("format", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("import rules", ["lint-imports"]),
    ("dependencies", ["deptry", "bot"]),
    ("dead code", ["vulture"]),
)


def run(name: str, command: list[str]) -> bool:
    print(f"== {name}: {' '.join(command)}", flush=True)
    return subprocess.run(command, check=False).returncode == 0


def figures() -> "subprocess.Popen[str] | None":
    """The quality figures with their floors, begun; None in a clone that has no evaluation data beside it."""
    data = ROOT / "data"
    if not data.is_dir():
        print("== figures: left out, no evaluation data lies beside this clone", flush=True)
        return None
    command = [sys.executable, "-m", "bot", "eval", "--data", str(data)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def main() -> int:
    """Run everything, however early something fails, and say at the end what failed."""
    scripts = str(Path(sys.executable).parent)
    os.environ["PATH"] = scripts + os.pathsep + os.environ.get("PATH", "")
    failed = [name for name, command in CHECKS if not run(name, command)]
    measured = figures()
    workers = str(3 * max(2, os.cpu_count() or 2))  # tests wait for sockets and children more than they compute
    parallel = ["-n", workers, "--dist", "worksteal"]  # the end of a long file is taken over by whoever is free
    if not run("tests", [sys.executable, "-m", "pytest", *parallel, *sys.argv[1:]]):
        failed.append("tests")
    if measured is not None:
        print(f"== figures: attache eval\n{measured.communicate()[0]}", flush=True)
        if measured.returncode != 0:
            failed.append("figures")
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
