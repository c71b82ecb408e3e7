"""What is done now and then: retention, and forgetting servers that removed the bot."""

from collections.abc import Awaitable
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
        done = {
            "servers": await _done("servers", self.privacy.forget_servers()),
            "articles": await _done("articles", self.store.forget_before(now - self.articles, now - self.texts)),
            "journal": await _done("journal", self.store.forget_journal(now - self.journal)),
        }
        _log.info("housekeeping", **done)


async def _done(part: str, work: Awaitable[int]) -> int | None:
    """How much it was; None where it failed, which the log says."""
    try:
        return await work
    except Exception:  # noqa: BLE001 - one part that fails never keeps the others from their promise
        _log.exception("housekeeping_failed", part=part)
        return None
