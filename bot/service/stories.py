"""Stories as one asker may see them: only articles of visible sources count, are named, or are summarized."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.digests.candidate import Candidate
from bot.digests.compose import item_of
from bot.digests.post import coverage, post_item
from bot.grouping.story import copies, independent
from bot.model import DigestItem, Scope, SourceLine, Story, Summary
from bot.ports import ArticleStore, Budget, Clock, PreferenceStore, Reading, SourceStore, StoryStore, Summarizer
from bot.service.subscriptions import MOST_STORIES

__all__ = ["Stories", "StoriesStore", "coverage", "parse_since", "post_item"]

MOST_READINGS = 12
"""Articles that a story's summary is written from: the newest beyond this add repetition, not facts."""

LEAD = 3000
"""Characters of an article that keywords of digests and alerts look at: names stand early, asides late."""

_SUMMARY = msgspec.json.Decoder(Summary)


class StoriesStore(SourceStore, ArticleStore, StoryStore, Protocol):
    """What is read to show a story."""


class Stories:
    """Builds the DigestItem of a story for a scope; summaries come from a cache where they can."""

    def __init__(self, *, store: StoriesStore, cache: PreferenceStore, summarizer: Summarizer, clock: Clock) -> None:
        self._store, self._cache, self._summarizer, self._clock = store, cache, summarizer, clock

    async def recent(self, scope: Scope, span: timedelta, *, limit: int = MOST_STORIES) -> tuple[Story, ...]:
        """Diplomatic stories that changed within `span`, newest change first."""
        stories = await self._store.recent_stories(self._clock.now() - span, scope, limit)
        return tuple(story for story in stories if story.diplomatic)

    async def candidate(self, story: Story, scope: Scope, *, budget: Budget = Budget()) -> Candidate | None:
        """The story as this scope may see it; None when it sees no article of it."""
        visible = {m.article_id: m for m in story.members if scope.sources is None or m.source_id in scope.sources}
        readings = await self._store.readings(list(visible))
        if not readings:
            return None
        replaced = {m.of for m in visible.values() if m.relation == "updates" and m.of != m.article_id}
        originals = [
            r for r in readings if visible[r.article.id].relation != "copy" and r.article.id not in replaced
        ] or list(readings)
        names = {source.id: source.name for source in await self._store.sources()}
        updates = [visible[r.article.id] for r in readings if visible[r.article.id].changes]
        seen = {actor.code for reading in readings for actor in reading.understanding.actors}
        events = tuple(dict.fromkeys(e.type for r in readings for e in r.understanding.events[:1]))
        shown = replace(story, actors=tuple(code for code in story.actors if code in seen), events=events)
        return Candidate(
            story=shown,
            summary=await self.summary(tuple(originals[-MOST_READINGS:]), budget),
            lines=tuple(_line(r, names, visible[r.article.id].relation) for r in readings),
            independent=independent(story, {r.article.id for r in readings}),
            copies=copies(story, {r.article.id for r in readings}),
            sources=frozenset(r.article.source_id for r in readings if r.article.source_id),
            languages=tuple(dict.fromkeys(r.article.language for r in readings)),
            changes=max(updates, key=lambda member: member.when).changes if updates else (),
            text="\n".join(f"{r.article.title}\n{r.article.text[:LEAD]}" for r in readings),
        )

    async def item(self, story: Story, scope: Scope) -> DigestItem | None:
        """The story as a look-up shows it."""
        candidate = await self.candidate(story, scope)
        return item_of(candidate, update=bool(candidate.changes)) if candidate else None

    async def summary(self, readings: Sequence[Reading], budget: Budget = Budget()) -> Summary:
        """The story's key points; a story of one article has them already."""
        if len(readings) == 1 and budget == Budget():
            return readings[0].summary
        key = _cache_key(readings, budget)
        kept = await self._cache.get("summary", key)
        if isinstance(kept, str):
            try:
                return _SUMMARY.decode(kept)
            except (msgspec.DecodeError, ValueError):
                await self._cache.drop("summary", key)
        summary = await self._summarizer.summarize(readings, budget)
        await self._cache.put("summary", key, msgspec.json.encode(summary).decode())
        return summary


def _cache_key(readings: Sequence[Reading], budget: Budget) -> str:
    """Changes with any text, so that a corrected article is summarized anew."""
    digest = hashlib.sha256(repr(budget).encode())
    for reading in readings:
        digest.update(f"\0{reading.article.id}\0{reading.article.title}\0{reading.article.text}".encode())
    return digest.hexdigest()[:32]


def _line(reading: Reading, names: dict[str, str], relation: str) -> SourceLine:
    article = reading.article
    outlet = names.get(article.source_id or "") or article.outlet or "unknown outlet"
    return SourceLine(
        article_id=article.id, outlet=outlet, url=article.url, title=article.title, when=article.when, relation=relation
    )


def parse_since(text: str, now: datetime) -> datetime | None:
    """The moment that "24h", "3d", "2w" or a day "2026-10-05" names; None when it names none."""
    text = text.strip().lower()
    units = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
    if len(text) in range(2, 6) and text[:-1].isdecimal() and text[-1] in units:
        return now - int(text[:-1]) * units[text[-1]]
    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        return None
    return day if day.tzinfo else day.replace(tzinfo=now.tzinfo)
