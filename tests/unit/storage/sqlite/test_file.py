"""Files that are not ours, newer, read-only, locked, full or slow: a sentence each, and the file as it was."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import StoreError, StoreForeign, StoreUnavailable
from bot.model import Query
from bot.storage.sqlite import SqliteStore, schema
from tests.contract.store_samples import ALL, at, entry, intake, line, reading, source


def no_probe(point: str) -> None:
    """Nothing is tested at points here."""


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def open_folder() -> Path:
    """A folder that everybody may look into, as pytest's are not."""
    folder = Path(tempfile.mkdtemp(prefix="attache-"))
    folder.chmod(0o755)
    return folder


def run(script: str, path: Path) -> str:
    command = [sys.executable, "-c", script, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


async def opened(path: Path, **more: bool) -> SqliteStore:
    return await SqliteStore.open(path, probe=no_probe, **more)


def sqlite_file(path: Path, script: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()


OTHERS: dict[str, Callable[[Path], object]] = {
    "text": lambda path: path.write_text("My notes about the store"),
    "long text": lambda path: path.write_bytes(b"x" * 5000),
    "another program's database": lambda path: sqlite_file(path, "CREATE TABLE bookmark (url)"),
    "with a mark": lambda path: sqlite_file(path, "PRAGMA application_id = 252006675; CREATE TABLE geo (x)"),
    "our name only": lambda path: path.write_bytes(b"SQLite format 3\0Atta"),
}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("read_only", [True, False])
async def test_a_file_that_is_not_ours_stays_untouched(tmp_path: Path, kind: str, read_only: bool) -> None:
    path = tmp_path / "store.db"
    OTHERS[kind](path)
    before = path.read_bytes()
    with pytest.raises(StoreForeign, match="not a store of Attaché; it was left untouched"):
        await opened(path, read_only=read_only)
    assert path.read_bytes() == before
    assert names(tmp_path) == ["store.db"]


async def test_a_folder_is_not_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreForeign):
        await opened(tmp_path)


@pytest.mark.parametrize("read_only", [True, False])
async def test_a_newer_store_stays_untouched(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "store.db"
    await (await opened(path)).close()
    sqlite_file(path, f"PRAGMA user_version = {schema.FORMAT + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreForeign, match="newer Attaché"):
        await opened(path, read_only=read_only)
    assert path.read_bytes() == before


async def test_a_newer_format_that_is_still_in_the_log(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = await opened(path)
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {schema.FORMAT + 1}")
    assert schema.inspect(path)
    with pytest.raises(StoreForeign, match="newer Attaché"):
        await opened(path)
    with pytest.raises(StoreForeign, match="newer Attaché"):
        await opened(path, read_only=True)
    other.close()
    await store.close()


async def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.touch()
    store = await opened(path)
    await store.put_source(source())
    await store.close()
    header = schema.header_of(path)
    assert header == schema.Header(application_id=schema.APPLICATION_ID, version=schema.FORMAT)


async def test_an_older_store_is_not_read_before_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    sqlite_file(path, f"PRAGMA application_id = {schema.APPLICATION_ID}; CREATE TABLE x (y); DROP TABLE x")
    with pytest.raises(StoreUnavailable, match="attache migrate"):
        await opened(path, read_only=True)
    store = await opened(path)
    assert await store.sources() == ()
    await store.close()


async def test_reading_only(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.raises(StoreUnavailable, match="no store at"):
        await opened(path, read_only=True)
    assert names(tmp_path) == []
    store = await opened(path)
    await store.put_source(source())
    beside = await opened(path, read_only=True)
    await store.put_source(source("b"))
    assert len(await beside.sources()) == 2
    with pytest.raises(StoreError, match="reading only"):
        await beside.put_source(source("c"))
    await beside.close()
    await store.close()
    alone = await opened(path, read_only=True)
    assert len(await alone.sources()) == 2
    await alone.close()


async def test_two_processes_may_write(tmp_path: Path) -> None:
    one, two = await opened(tmp_path / "store.db"), await opened(tmp_path / "store.db")
    await asyncio.gather(*(store.put_source(source(f"{number}")) for number in range(10) for store in (one, two)))
    assert len(await one.sources()) == 10
    await one.close()
    await two.close()


async def test_a_locked_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.sqlite.database.BUSY_SECONDS", 0.05)
    store = await opened(tmp_path / "store.db")
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked by another program") as refused:
        await store.put_source(source())
    assert refused.value.retryable
    assert await store.sources() == ()
    other.execute("ROLLBACK")
    await store.put_source(source())
    assert await store.sources() == (source(),)
    other.close()
    await store.close()


async def test_a_store_of_another_user(tmp_path: Path) -> None:
    """Permissions mean nothing to root, so a child of another user looks."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("needs root, to become somebody else")
    folder = open_folder()
    try:
        store = await opened(folder / "store.db")
        await store.put_source(source())
        await store.close()
        before = (folder / "store.db").read_bytes()
        answers = [run(LOOK, folder / "store.db"), run(LOOK, folder / "new.db")]
        (folder / "store.db").chmod(0o600)
        answers.append(run(LOOK, folder / "store.db"))
        assert (folder / "store.db").read_bytes() == before
        assert names(folder) == ["store.db"]
    finally:
        shutil.rmtree(folder)
    for answer, words in zip(answers, ("let this user", "see that the folder exists", "let this user"), strict=True):
        assert words in answer


LOOK = """
import asyncio, os, sys
from pathlib import Path
from bot.errors import StoreUnavailable
from bot.storage.sqlite import SqliteStore
async def main():
    try:
        store = await SqliteStore.open(Path(sys.argv[1]), probe=lambda point: None)
        await store.drop_source("x")
    except StoreUnavailable as error:
        print(error)
os.setuid(65534)
asyncio.run(main())
"""


FILL = """
import asyncio, resource, sys
from pathlib import Path
from bot.errors import StoreUnavailable
from bot.storage.sqlite import SqliteStore
from tests.contract.store_samples import line, source
async def main():
    store = await SqliteStore.open(Path(sys.argv[1]), probe=lambda point: None)
    await store.put_source(source())
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
    written = 0
    try:
        for written in range(1000):
            await store.append((line(f"{written}", "x" * 10_000),))
    except StoreUnavailable as error:
        print(written, error)
    assert await store.sources() == (source(),)
    assert await store.read(f"{written}") == ()
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await store.append((line("after", "x" * 10_000),))
    await store.close()
asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
async def test_a_full_disk_and_room_again(tmp_path: Path) -> None:
    """A limit on the file's size is the nearest to a full disk that needs no disk of its own."""
    path = tmp_path / "store.db"
    count, sentence = run(FILL, path).split(" ", 1)
    assert "Nothing was lost" in sentence
    assert "room" in sentence
    store = await opened(path)
    for number in range(int(count)):
        assert len(await store.read(f"{number}")) == 1
    assert len(await store.read("after")) == 1
    await store.close()


async def _look(path: Path) -> None:
    store = await opened(path)
    try:
        await store.read("1")
        await store.sources()
    finally:
        await store.close()


async def test_a_damaged_store(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = await opened(path)
    await store.append([line(f"{number}", "x" * 500) for number in range(500)])
    await store.close()
    content = bytearray(path.read_bytes())
    content[8192:] = os.urandom(len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="attache restore"):
        await _look(path)


async def test_a_look_up_ends_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no time at all it is stopped at the first look at the clock, and the store goes on."""
    monkeypatch.setattr("bot.storage.sqlite.database.STEPS", 1_500)
    patient = await opened(tmp_path / "store.db")
    for number in range(300):
        await patient.take_in(intake(f"s{number}", reading(f"{number}", text=f"Envoys met {number} times.")))
    store = await SqliteStore.open(tmp_path / "store.db", probe=no_probe, read_seconds=0.0)
    with pytest.raises(StoreUnavailable, match="took too long"):
        await store.search(Query(text="envoys", language="ja"), ALL)
    part = await store.count(Query(text="envoys"), ALL)
    assert 0 < part < 300
    some = await store.search(Query(text="envoys", since=at(-1), limit=1000), ALL)
    assert 0 < len(some) < 300
    assert [one.article.id for one in some] == [f"{number}" for number in range(299, 299 - len(some), -1)]
    assert await patient.count(Query(text="envoys"), ALL) == 300
    await store.close()
    await patient.close()


async def test_probe_points_of_a_write_in_order(tmp_path: Path) -> None:
    passed: list[str] = []

    def probe(point: str) -> None:
        passed.append(point)

    store = await SqliteStore.open(tmp_path / "store.db", probe=probe)
    await store.take_in(intake("s", reading("1"), of=entry("1")))
    await store.sources()
    assert passed == ["store.take_in.begin", "store.take_in.before_commit", "store.take_in.committed"]
    await store.close()


async def test_what_raises_before_the_commit_is_undone(tmp_path: Path) -> None:
    def probe(point: str) -> None:
        if point == "store.take_in.before_commit":
            raise RuntimeError(point)

    store = await SqliteStore.open(tmp_path / "store.db", probe=probe)
    with pytest.raises(RuntimeError):
        await store.take_in(intake("s", reading("1")))
    assert await store.reading("1") is None
    await store.put_source(source())
    assert await store.sources() == (source(),)
    await store.close()


async def test_a_caller_who_gives_up_leaves_the_store_whole(tmp_path: Path) -> None:
    store = await opened(tmp_path / "store.db")
    tasks = [asyncio.create_task(store.take_in(intake(f"s{key}", reading(key)))) for key in "abcdef"]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for key in "bdf":
        assert await store.reading(key) is not None
    await store.close()


async def test_closing_twice_and_using_it_after(tmp_path: Path) -> None:
    store = await opened(tmp_path / "store.db")
    await store.close()
    await store.close()
    with pytest.raises(StoreError, match="closed already"):
        await store.sources()
    with pytest.raises(StoreError, match="closed already"):
        await store.put_source(source())
    assert names(tmp_path) == ["store.db"]


async def test_writes_are_on_the_disk_when_acknowledged(tmp_path: Path) -> None:
    store = await opened(tmp_path / "store.db")
    levels = await store._db.write("test", lambda connection: connection.execute("PRAGMA synchronous").fetchone())
    assert levels == (2,)
    await store.close()


async def test_statements_of_a_script() -> None:
    script = "-- a; comment\nCREATE TABLE x (\n  y TEXT DEFAULT ';'\n);\nINSERT INTO x VALUES ('a;b');\n"
    found = schema.statements(script)
    assert len(found) == 2
    assert found[1] == "INSERT INTO x VALUES ('a;b');"
