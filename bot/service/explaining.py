"""What happened to an item at every stage, or where it stopped and why."""

from dataclasses import dataclass
from typing import Protocol

from bot.model import JournalLine
from bot.ports import ArticleStore, JournalStore, StoryStore


class ExplainingStore(ArticleStore, StoryStore, JournalStore, Protocol):
    """Where the decisions rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explainer:
    """Reads the journal of an article together with that of its story."""

    store: ExplainingStore

    async def article(self, url: str) -> tuple[JournalLine, ...]:
        """Every decision about the article at `url`, oldest first; empty when it was never seen."""
        reading = await self.store.article_by_url(url)
        if reading is None:
            return ()
        lines = list(await self.store.read(reading.article.id))
        if (story := await self.store.story_of(reading.article.id)) is not None and story.id != reading.article.id:
            lines += await self.store.read(story.id)
        return tuple(sorted(lines, key=lambda line: line.at))
