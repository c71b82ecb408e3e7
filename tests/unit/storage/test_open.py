"""Choosing a store by its URL."""

from pathlib import Path

import pytest

from bot.errors import InputError, StoreError, StoreForeign, StoreUnavailable
from bot.storage import (
    MemoryPreferences,
    MemoryStore,
    SqlitedictPreferences,
    SqliteStore,
    backup,
    open_preferences,
    open_store,
    restore,
    store_path,
)
from tests.contract.store_samples import source


def no_probe(point: str) -> None:
    """Nothing is tested at points here."""


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_addresses() -> None:
    assert store_path("memory:") is None
    assert store_path("sqlite:///attache.db") == Path("attache.db")
    assert store_path("sqlite:////srv/attache.db") == Path("/srv/attache.db")
    assert store_path("sqlite:///~/attache.db") == Path.home() / "attache.db"


@pytest.mark.parametrize(
    "url", ["", "attache.db", "sqlite:", "sqlite:///", "sqlite://host/x", "mysql://x", "sqlite:///a\0"]
)
def test_addresses_that_name_no_store(url: str) -> None:
    with pytest.raises(InputError, match="sqlite:///attache"):
        store_path(url)


async def test_postgresql_comes_later() -> None:
    for call in (
        open_store("postgresql://user:secret@host/db", probe=no_probe),
        open_preferences("postgres://secret@h"),
    ):
        with pytest.raises(InputError, match="later version") as refused:
            await call
        assert "secret" not in str(refused.value)


async def test_memory() -> None:
    assert isinstance(await open_store("memory:", probe=no_probe), MemoryStore)
    assert isinstance(await open_preferences("memory:"), MemoryPreferences)
    with pytest.raises(StoreUnavailable, match="memory"):
        await backup("memory:", Path("x"))


async def test_a_file_in_folders_that_are_not_there_yet(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a/b/attache.db"
    store, preferences = await open_store(url, probe=no_probe), await open_preferences(url)
    assert isinstance(store, SqliteStore)
    assert isinstance(preferences, SqlitedictPreferences)
    await preferences.put("user", "1", 1)
    await store.close()
    await preferences.close()
    assert names(tmp_path / "a/b") == ["attache.db", "attache.preferences.db"]


async def test_backup_beside_a_running_bot_and_back(tmp_path: Path) -> None:
    url, folder = f"sqlite:///{tmp_path}/attache.db", tmp_path / "copies" / "monday"
    store, preferences = await open_store(url, probe=no_probe), await open_preferences(url)
    await store.put_source(source("a"))
    await preferences.put("guild", "1", {"zone": "Asia/Tokyo"})
    await backup(url, folder)
    assert names(folder) == ["preferences.db", "store.db"]
    assert names(folder.parent) == ["monday"]
    await store.put_source(source("b"))
    await preferences.put("guild", "1", {"zone": "UTC"})
    with pytest.raises(InputError, match="exists already"):
        await backup(url, folder)
    await store.close()
    await preferences.close()

    kept = await restore(url, folder)
    store, preferences = await open_store(url, probe=no_probe), await open_preferences(url)
    assert [one.id for one in await store.sources()] == ["a"]
    assert await preferences.get("guild", "1") == {"zone": "Asia/Tokyo"}
    await store.close()
    await preferences.close()
    assert kept is not None
    before = await open_store(f"sqlite:///{kept}/attache.db", probe=no_probe)
    assert [one.id for one in await before.sources()] == ["a", "b"]
    await before.close()


async def test_restoring_where_nothing_was(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/attache.db"
    store = await open_store(url, probe=no_probe)
    assert isinstance(store, SqliteStore)
    await store.put_source(source("a"))
    await store.backup(tmp_path / "copy")
    await store.close()
    elsewhere = f"sqlite:///{tmp_path}/new/attache.db"
    assert await restore(elsewhere, tmp_path / "copy") is None
    store = await open_store(elsewhere, probe=no_probe)
    assert [one.id for one in await store.sources()] == ["a"]
    await store.close()


async def test_what_is_no_backup_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/attache.db"
    store = await open_store(url, probe=no_probe)
    await store.put_source(source("a"))
    await store.close()
    (tmp_path / "copy").mkdir()
    with pytest.raises(InputError, match="not a backup"):
        await restore(url, tmp_path / "copy")
    (tmp_path / "copy/store.db").write_text("a letter")
    with pytest.raises(StoreForeign):
        await restore(url, tmp_path / "copy")
    store = await open_store(url, probe=no_probe)
    assert [one.id for one in await store.sources()] == ["a"]
    (tmp_path / "copy/store.db").write_bytes((tmp_path / "attache.db").read_bytes()[:4096] + b"x" * 9999)
    await store.close()
    with pytest.raises(StoreError):
        await restore(url, tmp_path / "copy")
    store = await open_store(url, probe=no_probe)
    assert [one.id for one in await store.sources()] == ["a"]
    await store.close()


async def test_backup_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="no store"):
        await backup(f"sqlite:///{tmp_path}/attache.db", tmp_path / "copy")
    assert names(tmp_path) == []
