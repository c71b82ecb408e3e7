"""Damage to the preferences' file, and a file that does not answer."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.errors import StoreError, StoreUnavailable
from bot.storage.sqlite import SqlitedictPreferences, preferences, preferences_path


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def sql(path: Path, script: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()


def test_where_they_rest() -> None:
    assert preferences_path(Path("/srv/attache.db")) == Path("/srv/attache.preferences.db")
    assert preferences_path(Path("store")) == Path("store.preferences.db")


async def test_values_outlive_the_process_and_are_json(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    opened = await SqlitedictPreferences.open(path)
    await opened.put("guild", "1", {"zone": "Asia/Tokyo"})
    await opened.close()
    await opened.close()
    assert names(tmp_path) == ["p.db"]
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT key, value FROM guild").fetchall() == [("1", '{"zone":"Asia/Tokyo"}')]
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    again = await SqlitedictPreferences.open(path)
    assert await again.get("guild", "1") == {"zone": "Asia/Tokyo"}
    await again.close()


def broken_inside(path: Path) -> None:
    sql(path, f"PRAGMA application_id = {preferences.APPLICATION_ID}; CREATE TABLE guild (key TEXT PRIMARY KEY, value)")
    connection = sqlite3.connect(path)
    connection.executemany("INSERT INTO guild VALUES (?, ?)", [(f"{n}", "x" * 500) for n in range(200)])
    connection.commit()
    connection.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(content)


OTHERS: dict[str, Callable[[Path], object]] = {
    "text": lambda path: path.write_text("notes"),
    "another database": lambda path: sql(path, "CREATE TABLE guild (key TEXT PRIMARY KEY, value BLOB)"),
    "a folder": lambda path: path.mkdir(),
    "damaged": broken_inside,
}


@pytest.mark.parametrize("kind", OTHERS)
async def test_another_file_is_moved_aside_with_a_warning(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "p.db"
    for number in (1, 2):
        OTHERS[kind](path)
        with capture_logs() as logs:
            opened = await SqlitedictPreferences.open(path)
        await opened.put("user", "1", "new")
        assert await opened.get("user", "1") == "new"
        await opened.close()
        assert [(log["event"], log["log_level"]) for log in logs] == [("preferences_moved_aside", "warning")]
        assert names(tmp_path) == ["p.db", *(f"p.db.aside-{one}" for one in range(1, number + 1))]
        path.unlink()


async def test_a_damaged_value_is_absent(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    opened = await SqlitedictPreferences.open(path)
    for key in "abcd":
        await opened.put("user", key, key)
    sql(path, "UPDATE user SET value = x'80049503' WHERE key = 'a'; UPDATE user SET value = 7 WHERE key = 'b';")
    sql(path, "UPDATE user SET value = NULL WHERE key = 'c'")
    assert [await opened.get("user", key) for key in "abcd"] == [None, None, None, "d"]
    await opened.drop("user", "a")
    await opened.put("user", "b", "whole again")
    assert await opened.get("user", "b") == "whole again"
    assert await opened.keys("user") == ("b", "c", "d")
    await opened.close()


async def test_unknown_spaces_are_a_mistake(tmp_path: Path) -> None:
    opened = await SqlitedictPreferences.open(tmp_path / "p.db")
    with pytest.raises(ValueError, match="not a space"):
        await opened.get("sqlite_master", "1")
    await opened.close()
    with pytest.raises(StoreError, match="closed already"):
        await opened.get("user", "1")


async def test_a_locked_file_ends_in_an_error_and_heals(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    opened = await SqlitedictPreferences.open(path, seconds=0.5)
    await opened.put("user", "1", "old")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="did not answer"):
        await opened.put("user", "1", "new")
    assert await opened.get("user", "1") == "old"
    other.execute("ROLLBACK")
    other.close()
    await opened.put("user", "2", "later")
    assert await opened.get("user", "2") == "later"
    await opened.close()


async def test_a_thread_that_hangs_holds_nobody_up(tmp_path: Path) -> None:
    opened = await SqlitedictPreferences.open(tmp_path / "p.db", seconds=0.2)
    await opened.put("user", "1", "kept")
    stuck = threading.Event()
    with pytest.raises(StoreUnavailable, match="did not answer"):
        await opened._do(lambda tables: stuck.wait(30))
    assert await opened.get("user", "1") == "kept"
    await opened.close()
    stuck.set()


async def test_the_loop_goes_on_meanwhile(tmp_path: Path) -> None:
    opened = await SqlitedictPreferences.open(tmp_path / "p.db")
    began, go = threading.Event(), threading.Event()

    def wait(tables: object) -> str:
        began.set()
        return "waited" if go.wait(30) else "stuck"

    slow = asyncio.create_task(opened._do(wait))
    assert await asyncio.to_thread(began.wait, 30)
    assert not slow.done()
    go.set()
    assert await slow == "waited"
    await opened.close()


async def test_caches_are_cut_back_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(preferences.KEPT, "summary", 3)
    opened = await SqlitedictPreferences.open(tmp_path / "p.db")
    for key in ("a", "b", "c", "d", "a"):
        await opened.put("summary", key, key)
        await opened.put("user", key, key)
    await opened.close()
    again = await SqlitedictPreferences.open(tmp_path / "p.db")
    assert await again.keys("summary") == ("a", "c", "d")
    assert await again.keys("user") == ("a", "b", "c", "d")
    await again.close()
