"""All checks, in the order of how fast they fail: `python -m tests`. Arguments go to pytest."""

import os
import subprocess
import sys
from pathlib import Path

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


def main() -> int:
    """Run everything, however early something fails, and say at the end what failed."""
    scripts = str(Path(sys.executable).parent)
    os.environ["PATH"] = scripts + os.pathsep + os.environ.get("PATH", "")
    failed = [name for name, command in CHECKS if not run(name, command)]
    workers = str(max(2, os.cpu_count() or 2))
    parallel = ["-n", workers, "--dist", "worksteal"]  # the end of a long file is taken over by whoever is free
    if not run("tests", [sys.executable, "-m", "pytest", *parallel, *sys.argv[1:]]):
        failed.append("tests")
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
