"""Articles and stories, in memory, and with them the whole store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.model import Article, Query, Scope, Signature, Story, StoryQuery, Understanding
from bot.ports import Closing, Happened, Intake, Reading
from bot.storage import rules, words
from bot.storage.memory.owners import MemoryOwners


class MemoryStore(MemoryOwners):
    """Implements `bot.ports.Store` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._archive: dict[str, tuple[tuple[int, int], Reading]] = {}
        self._intakes: dict[str, Intake] = {}
        self._arrivals = 0
        self._stories: dict[str, Story] = {}
        self._numbers: dict[int, str] = {}
        self._story_of: dict[str, tuple[str, str | None]] = {}
        self._open: set[str] = set()

    async def take_in(self, intake: Intake) -> Story:
        article = intake.reading.article
        if self._intakes.get(article.id) == intake:
            story = await self.story(intake.story.id)
            if story is not None:
                return story
        self._intakes[article.id] = intake
        if article.id not in self._archive:
            self._open.add(article.id)
        self._archive[article.id] = (self._place(article), intake.reading)
        story = self._put_story(intake.story, intake.absorbed)
        if intake.entry is not None:
            await self.settle_entry(intake.entry.id, (), fingerprint=rules.fingerprint(intake.entry))
        await self.append(intake.lines)
        return story

    def _place(self, article: Article) -> tuple[int, int]:
        """Where it stands in the archive: by its milliseconds, then in order of arrival."""
        at = rules.stamp(article.when) // 1000
        known = self._archive.get(article.id)
        if known is not None and known[0][0] == at:
            return known[0]
        self._arrivals += 1
        return at, self._arrivals

    def _put_story(self, story: Story, absorbed: Sequence[str]) -> Story:
        known = self._stories.get(story.id)
        number = next((n for n, key in self._numbers.items() if key == story.id), 0) if known is None else known.number
        story = replace(story, number=number or len(self._numbers) + 1)
        self._stories[story.id] = story
        self._numbers[story.number] = story.id
        self._absorbed.pop(story.id, None)
        for other in absorbed:
            if other != story.id:
                self._absorb(story.id, other)
        for member in story.members:
            if member.article_id in self._archive:  # retention may have taken some that the story still names
                self._story_of[member.article_id] = (story.id, member.source_id)
        return story

    def _absorb(self, into: str, other: str) -> None:
        self._stories.pop(other, None)
        self._absorbed = {key: into if by == other else by for key, by in self._absorbed.items()} | {other: into}
        moved = {key: (into, source) for key, (story, source) in self._story_of.items() if story == other}
        self._story_of.update(moved)
        for told in self._told.values():
            if told.pop(other, None) is not None:
                told.setdefault(into, 0)

    async def close_hour(self, closing: Closing) -> None:
        touched = {*(story.id for story in closing.stories), *(old for old, _ in closing.absorbed)}
        found = [await self.story(key) for key in sorted(touched)]
        before = [story for story in found if story is not None and story.id in touched]
        owners = {owner: {key: told[key] for key in told.keys() & touched} for owner, told in self._told.items()}
        for story in closing.stories:
            self._put_story(story, [old for old, new in closing.absorbed if new == story.id])
        for old, new in closing.absorbed:
            if new not in touched and (into := await self.story(new)) is not None:
                self._absorb(into.id, old)
        for owner, told in owners.items():
            self._told[owner].update(rules.retold(told, before, closing.stories, closing.scopes.get(owner)))
        self._open.difference_update(closing.settled)
        await self.append(closing.lines)

    async def reading(self, article_id: str) -> Reading | None:
        found = self._archive.get(article_id)
        return found[1] if found else None

    async def readings(self, article_ids: Sequence[str]) -> tuple[Reading, ...]:
        return rules.in_order(article_ids, {key: reading for key, (_, reading) in self._archive.items()})

    def _newest_first(self) -> list[Reading]:
        rows = sorted(self._archive.values(), key=lambda row: row[0], reverse=True)
        return [reading for _, reading in rows]

    async def article_by_url(self, url: str) -> Reading | None:
        page = rules.page_key(url)
        pages = (one for one in self._newest_first() if one.article.url and rules.page_key(one.article.url) == page)
        return next(pages, None)

    def _found(self, query: Query, scope: Scope) -> list[Reading]:
        ways = words.asked(query.text)
        if query.text.strip() and not ways:
            return []
        visible = rules.visible_sources(query, scope, self._sources.values())
        return [one for one in self._newest_first() if _matches(one, query, ways, visible)]

    async def search(self, query: Query, scope: Scope) -> tuple[Reading, ...]:
        offset = max(0, query.offset)
        return tuple(self._found(query, scope)[offset : offset + max(0, query.limit)])

    async def happened(self, query: Query, scope: Scope) -> tuple[Happened, ...]:
        found = [(one, await self.story_of(one.article.id)) for one in await self.search(query, scope)]
        return tuple(
            Happened(
                article_id=one.article.id,
                language=one.article.language,
                when=one.article.when,
                events=one.understanding.events,
                story=story.id if story else one.article.id,
                number=story.number if story else 0,
            )
            for one, story in found
        )

    async def count(self, query: Query, scope: Scope) -> int:
        return min(rules.COUNTED, len(self._found(query, scope)))

    async def signatures(self, since: datetime) -> tuple[tuple[str, str, Signature, Article, Understanding], ...]:
        return tuple(self._signature(one) for one in reversed(self._newest_first()) if one.article.when >= since)

    async def open_articles(self) -> tuple[tuple[str, str, Signature, Article, Understanding], ...]:
        return tuple(self._signature(one) for one in reversed(self._newest_first()) if one.article.id in self._open)

    def _signature(self, one: Reading) -> tuple[str, str, Signature, Article, Understanding]:
        key = one.article.id
        story = self._story_of.get(key, ("", None))[0]
        return key, story, one.signature, replace(one.article, text=""), one.understanding

    async def forget_before(self, articles: datetime, texts: datetime) -> int:
        old = [key for key, (_, one) in self._archive.items() if one.article.when < articles]
        for key in old:
            del self._archive[key], self._intakes[key]
            self._open.discard(key)
            self._story_of.pop(key, None)
        wordy = [key for key, (_, one) in self._archive.items() if one.article.when < texts and one.article.text]
        for key in wordy:
            place, reading = self._archive[key]
            self._archive[key] = (place, rules.without_text(reading))
        self._forget_empty_stories()
        self._forget_rest(articles)
        return len(old) + len(wordy)

    def _forget_empty_stories(self) -> None:
        living = {story for story, _ in self._story_of.values()}
        for key in [key for key in self._stories if key not in living]:
            del self._stories[key]
            self._absorbed = {other: by for other, by in self._absorbed.items() if by != key}
            for told in self._told.values():
                told.pop(key, None)

    def _forget_rest(self, before: datetime) -> None:
        gone = [key for key, seen in self._seen.items() if key not in self._pending and seen < before]
        for key in gone:
            self._forget_entry(key)
        ended = [one for one in self._deliveries.values() if one.state in ("sent", "dead") and one.created < before]
        for one in ended:
            del self._deliveries[one.key]
        past = {key: rules.planned_at(plan) for key, plan in self._slots.items()}
        self._slots = {key: plan for key, plan in self._slots.items() if (past[key] or before) >= before}

    async def story(self, story_id: str) -> Story | None:
        return self._stories.get(self._absorbed.get(story_id, story_id))

    async def story_by_number(self, number: int) -> Story | None:
        return await self.story(self._numbers.get(number, ""))

    async def story_of(self, article_id: str) -> Story | None:
        return self._stories.get(self._story_of.get(article_id, ("", None))[0])

    async def recent_stories(self, since: datetime, scope: Scope, limit: int = rules.STORIES) -> tuple[Story, ...]:
        seen = {story for story, source in self._story_of.values() if scope.sources is None or source in scope.sources}
        changed = [story for story in self._stories.values() if story.last_change >= since and story.id in seen]
        changed.sort(key=lambda story: (story.last_change, story.number), reverse=True)
        return tuple(changed[: max(0, limit)])

    async def find_stories(self, asked: StoryQuery, scope: Scope) -> tuple[Story, ...]:
        found = self._stories_found(asked, scope)
        first = max(0, asked.offset)
        return tuple(found[first : first + max(0, asked.limit)])

    async def count_stories(self, asked: StoryQuery, scope: Scope) -> int:
        return min(rules.COUNTED, len(self._stories_found(asked, scope)))

    def _stories_found(self, asked: StoryQuery, scope: Scope) -> list[Story]:
        visible: dict[str, list[Reading]] = {}
        for article_id, (story_id, source) in self._story_of.items():
            if scope.sources is None or source in scope.sources:
                visible.setdefault(story_id, []).append(self._archive[article_id][1])
        answers = None if asked.article is None else {one.article.id for one in self._found(asked.article, scope)}
        found = [
            story
            for story in self._stories.values()
            if story.id in visible and _answers(story, asked, visible[story.id], answers)
        ]
        found.sort(key=lambda story: (story.last_change, story.number), reverse=True)
        if asked.order == "weightiest":
            found.sort(key=lambda story: rules.weight(story, {one.article.id for one in visible[story.id]}))
        return found

    def trouble(self) -> str | None:
        """Never any."""
        return None

    async def close(self) -> None:
        """Nothing to close: the values go with the object."""


def _answers(story: Story, asked: StoryQuery, readings: Sequence[Reading], answers: set[str] | None) -> bool:
    """`answers`: the articles that the query for one finds."""
    named = {actor.code for one in readings for actor in one.understanding.actors}
    answered = answers is None or any(one.article.id in answers for one in readings)
    return story.diplomatic and story.last_change >= asked.since and set(asked.named) <= named and answered


def _matches(reading: Reading, query: Query, ways: tuple[words.Asked, ...], visible: frozenset[str] | None) -> bool:
    article, understanding = reading.article, reading.understanding
    codes = {actor.code for actor in understanding.actors}
    held = (
        visible is None or article.source_id in visible,
        set(query.countries) <= codes,
        query.event is None or query.event in {event.type for event in understanding.events},
        query.language in (None, article.language),
        query.since is None or article.when >= query.since,
        query.until is None or article.when < query.until,
        understanding.diplomatic or not query.diplomatic_only,
    )
    if not all(held):
        return False
    return not ways or words.answers((words.tokens(field) for field in rules.searchable(reading)), ways)
