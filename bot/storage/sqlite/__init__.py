"""Storage in SQLite files: one for everything that must not be lost, one beside it for preferences and caches."""

from bot.storage.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
