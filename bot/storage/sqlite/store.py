"""The whole store in one SQLite file."""

import asyncio
from pathlib import Path

from bot.ports import Probe
from bot.storage.sqlite.articles import SqliteArticles
from bot.storage.sqlite.backup import backup
from bot.storage.sqlite.database import READ_SECONDS, Database
from bot.storage.sqlite.deliveries import SqliteDeliveries
from bot.storage.sqlite.journal import SqliteJournal
from bot.storage.sqlite.sources import SqliteSources
from bot.storage.sqlite.stories import SqliteStories
from bot.storage.sqlite.subscriptions import SqliteSubscriptions


class SqliteStore(SqliteSources, SqliteArticles, SqliteStories, SqliteSubscriptions, SqliteDeliveries, SqliteJournal):
    """Implements `bot.ports.Store`. Each writing method passes the probe points `store.<method>.begin`,
    `.before_commit` and `.committed`.
    """

    @classmethod
    async def open(
        cls, path: Path, *, probe: Probe, read_only: bool = False, read_seconds: float = READ_SECONDS
    ) -> "SqliteStore":
        """Open the store at `path`, or begin one there (not when `read_only`).

        Raises StoreForeign for a file that is not ours or newer than us, StoreUnavailable when it is locked, cannot
        be read or written, or (`read_only`) is not there; the file is then left as it was.
        """
        return cls(await Database.open(path, probe=probe, read_only=read_only, read_seconds=read_seconds))

    @property
    def path(self) -> Path:
        """The file."""
        return self._db.path

    async def backup(self, folder: Path) -> None:
        """Copy the store and the preferences beside it into the new folder `folder`, as they stand now."""
        await asyncio.to_thread(backup, self.path, folder)

    def trouble(self) -> str | None:
        return self._db.trouble

    async def close(self) -> None:
        """Let what was begun end, then close the file. A second call does nothing."""
        await self._db.close()
