"""One bot for one store."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import StoreInUse, StoreUnavailable
from bot.storage import StoreLock, holder
from bot.storage.lock import lock_path

NOW = datetime(2026, 10, 5, 8, 30, tzinfo=UTC)
CHILD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from bot.storage import StoreLock
with StoreLock(Path(sys.argv[1]), command="attache run", now=datetime(2026, 10, 5, 8, 30, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


def lock(path: Path, command: str = "attache poll") -> StoreLock:
    return StoreLock(path, command=command, now=NOW)


def held_by_another(path: Path) -> subprocess.Popen[bytes]:
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline().strip() == b"held"
    return child


def test_another_process_is_named(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with held_by_another(path) as child:
        named = f"process {child.pid} (attache run, since 2026-10-05 08:30 UTC)"
        assert holder(path) == named
        with pytest.raises(StoreInUse) as refused, lock(path):
            pass
        assert refused.value.holder == named
        assert str(path) in str(refused.value)
        assert named in str(refused.value)
        assert child.stdin is not None
        child.stdin.close()
    assert holder(path) is None
    with lock(path):
        assert holder(path) == f"process {os.getpid()} (attache poll, since 2026-10-05 08:30 UTC)"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_a_kill_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with held_by_another(path) as child:
        child.send_signal(signal.SIGKILL)
    assert holder(path) is None
    with lock(path):
        pass


def test_the_same_process_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with lock(path, "attache run"):
        with pytest.raises(StoreInUse, match="attache run"):
            lock(path).acquire()
        assert holder(path) is not None  # looking does not let go
        with lock(tmp_path / "other.db"):
            pass
    with lock(path):
        pass


def test_looking_at_a_store_that_nobody_holds(tmp_path: Path) -> None:
    assert holder(tmp_path / "nowhere" / "store.db") is None
    assert list(tmp_path.iterdir()) == []


def test_a_file_with_anything_in_it_is_no_obstacle(tmp_path: Path) -> None:
    lock_path(tmp_path / "store.db").write_bytes(b"\xff{" * 9_000)
    with lock(tmp_path / "store.db"):
        pass


def test_releasing_twice(tmp_path: Path) -> None:
    made = lock(tmp_path / "store.db")
    made.acquire()
    made.release()
    made.release()
    with lock(tmp_path / "store.db"):
        made.release()
        assert holder(tmp_path / "store.db") is not None


@pytest.mark.skipif(sys.platform == "win32", reason="record locks of POSIX")
def test_a_forked_child_does_not_keep_it(tmp_path: Path) -> None:
    """A worker process may outlive its killed parent by a moment."""
    path = tmp_path / "store.db"
    script = CHILD.replace("    print", "    if __import__('os').fork() == 0: time.sleep(60)\n    print")
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.wait()
        free = holder(path)
        os.killpg(child.pid, signal.SIGKILL)
    assert free is None


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        lock(tmp_path / "file" / "store.db").acquire()


def test_somebody_who_only_looks_is_waited_for(tmp_path: Path) -> None:
    """`holder` takes the lock for an instant; a bot that starts in that instant is not refused."""
    path = tmp_path / "store.db"
    look = "import sys; from pathlib import Path; from bot.storage import holder\n"
    look += "p = Path(sys.argv[1]); print('go', flush=True)\nwhile True: holder(p)"
    lock_path(path).touch()
    with subprocess.Popen([sys.executable, "-c", look, str(path)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        for _ in range(50):
            with lock(path):
                pass
        child.kill()
