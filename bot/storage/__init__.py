"""Where values rest: chosen by URL, here and nowhere else. Only `bot.bootstrap` imports this package.

    sqlite:///relative/path.db      a file, relative to the working directory
    sqlite:////absolute/path.db     a file; on Windows sqlite:///C:/path.db
    memory:                         nothing outlives the process

Preferences rest beside the store (`path.preferences.db`), and so does its lock (`path.db.lock`).
"""

import asyncio
from pathlib import Path

from bot.errors import InputError, StoreUnavailable
from bot.ports import Probe, Store
from bot.storage import sqlite
from bot.storage.lock import StoreLock, holder
from bot.storage.memory import MemoryPreferences, MemoryStore
from bot.storage.sqlite import SqlitedictPreferences, SqliteStore, preferences_path

__all__ = [
    "MemoryPreferences",
    "MemoryStore",
    "Preferences",
    "SqliteStore",
    "SqlitedictPreferences",
    "StoreLock",
    "backup",
    "holder",
    "open_preferences",
    "open_store",
    "restore",
    "store_path",
]

Preferences = MemoryPreferences | SqlitedictPreferences

_FILE = "sqlite:///"
_MEMORY = ("memory:", "memory://")


def store_path(url: str) -> Path | None:
    """The file that `url` names; None for `memory:`. Raises InputError, as a sentence, for any other address."""
    if url in _MEMORY:
        return None
    if url.startswith(("postgresql:", "postgres:")):
        raise InputError(
            f"The store {url.split(':', 1)[0]}:// arrives with a later version of Attaché: use sqlite:///attache.db "
            "until then."
        )
    if not url.startswith(_FILE) or not (name := url.removeprefix(_FILE)) or "\0" in name:
        raise InputError("The store must be named like sqlite:///attache.db, sqlite:////srv/attache.db or memory:.")
    return Path(name).expanduser()


async def open_store(url: str, *, probe: Probe, read_only: bool = False) -> Store:
    """Open the store, or begin one (not when `read_only`). Raises InputError for an address that names none, and the
    StoreErrors of `SqliteStore.open`. Takes no lock: see `StoreLock`.
    """
    path = store_path(url)
    return MemoryStore() if path is None else await SqliteStore.open(path, probe=probe, read_only=read_only)


async def open_preferences(url: str) -> Preferences:
    """Open the preferences of the store at `url`. Raises as `SqlitedictPreferences.open` does."""
    path = store_path(url)
    return MemoryPreferences() if path is None else await SqlitedictPreferences.open(preferences_path(path))


def _file(url: str) -> Path:
    path = store_path(url)
    if path is None:
        raise StoreUnavailable("A store in memory cannot be copied: name a file in `store.url`.", url=url)
    return path


async def backup(url: str, folder: Path) -> None:
    """Copy store and preferences into the new folder `folder`; works beside a running bot."""
    await asyncio.to_thread(sqlite.backup, _file(url), folder)


async def restore(url: str, folder: Path) -> Path | None:
    """Put a backup in the place of the store; answers where what was there is kept. Hold the store's lock."""
    return await asyncio.to_thread(sqlite.restore, _file(url), folder)
