"""Storage in SQLite files: one for everything that must not be lost, one beside it for preferences and caches."""

from bot.storage.sqlite.backup import backup, restore
from bot.storage.sqlite.preferences import SqlitedictPreferences, preferences_path
from bot.storage.sqlite.store import SqliteStore

__all__ = ["SqliteStore", "SqlitedictPreferences", "backup", "preferences_path", "restore"]
