"""What is done now and then: retention, and forgetting servers that removed the bot."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import structlog

from bot.ports import ArticleStore, Clock, JournalStore
from bot.service.privacy import Privacy

_log = structlog.get_logger(__name__)


class HousekeepingStore(ArticleStore, JournalStore, Protocol):
    """What grows old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Housekeeping:
    """`articles`, `texts` and `journal` say how long each is kept."""

    store: HousekeepingStore
    privacy: Privacy
    clock: Clock
    articles: timedelta
    texts: timedelta
    journal: timedelta

    async def run(self) -> None:
        """Once over everything; each part on its own, so that one that fails leaves the others."""
        now = self.clock.now()
        forgotten = await self.store.forget_before(now - self.articles, now - self.texts)
        lines = await self.store.forget_journal(now - self.journal)
        servers = await self.privacy.forget_servers()
        _log.info("housekeeping", articles=forgotten, journal=lines, servers=servers)
