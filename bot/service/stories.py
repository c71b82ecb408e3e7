"""Stories as one asker may see them: only articles of visible sources count, are named, or are summarized."""

import asyncio
import hashlib
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import msgspec
import structlog

from bot.digests.candidate import Candidate
from bot.digests.compose import item_of
from bot.digests.post import coverage, period, post_item
from bot.errors import AttacheError
from bot.grouping.facts import Disagreement, Report, contested, disagreements
from bot.grouping.story import copies, independent, visible_part
from bot.model import DigestItem, Member, Scope, SourceLine, Story, Summary
from bot.ports import (
    ArticleStore,
    Budget,
    Clock,
    PreferenceStore,
    Reading,
    SourceStore,
    StoryStore,
    Summarizer,
    Translator,
)
from bot.service import translating
from bot.service.evidence import Grounds, grounds_of
from bot.service.provenance import kind_of, outlet_kinds, outlet_names, outlet_of
from bot.service.subscriptions import MOST_STORIES
from bot.service.translating import Translations, untranslated

__all__ = ["Stories", "StoriesStore", "alert_texts", "coverage", "parse_since", "period", "post_item"]

MOST_READINGS = 12
"""Articles that a story's summary is written from: the newest beyond this add repetition, not facts."""

LEAD = 3000
"""Characters of an article that keywords of digests and alerts look at: names stand early, asides late."""

LOOK_UP_SECONDS = 25.0
"""Somebody waits: a little more than one story may take, so that one slow story still says so itself."""

LATE = "The language model was not done in time: these points are the articles' own sentences."

_SUMMARY = msgspec.json.Decoder(Summary)
_log = structlog.get_logger(__name__)


class StoriesStore(SourceStore, ArticleStore, StoryStore, Protocol):
    """What is read to show a story."""


class LanguageModel(Summarizer, Protocol):
    """A summarizer that costs time and tokens; `name` is the model's."""

    @property
    def name(self) -> str: ...


class Stories:
    """Builds the DigestItem of a story for a scope; summaries come from a cache where they can.

    Candidates are summarized by `summarizer`, which is fast and free. `model`, where there is one, writes only what is
    about to be shown (`written`), within a time limit; what it does not manage keeps the points that it had.
    """

    def __init__(
        self,
        *,
        store: StoriesStore,
        cache: PreferenceStore,
        summarizer: Summarizer,
        clock: Clock,
        model: LanguageModel | None = None,
        translator: Translator | None = None,
    ) -> None:
        self._store, self._cache, self._summarizer, self._clock = store, cache, summarizer, clock
        self._model = model
        self._translations = Translations(translator, cache) if translator is not None else None

    @property
    def translates(self) -> bool:
        """Whether what no article says in a language can be had in it at all."""
        return self._translations is not None

    async def recent(self, scope: Scope, span: timedelta, *, limit: int = MOST_STORIES) -> tuple[Story, ...]:
        """Diplomatic stories that changed within `span`, newest change first."""
        stories = await self._store.recent_stories(self._clock.now() - span, scope, limit)
        return tuple(story for story in stories if story.diplomatic)

    async def undiplomatic(self, scope: Scope, span: timedelta, *, limit: int = MOST_STORIES) -> int:
        """How many stories that are not diplomatic changed within `span`."""
        stories = await self._store.recent_stories(self._clock.now() - span, scope, limit)
        return sum(not story.diplomatic for story in stories)

    async def candidate(
        self,
        story: Story,
        scope: Scope,
        *,
        budget: Budget = Budget(),
        language: str | None = None,
        brief: bool = False,
    ) -> Candidate | None:
        """The story as this scope may see it, by articles in `language` where there are any; None when it sees no
        article of it. `brief`: with the points of one article instead of the story's, which take time to write.
        """
        visible = _visible(story, scope)
        readings = await self._store.readings(list(visible))
        if not readings:
            return None
        outlets = {reading.article.source_id for reading in readings}
        sources = scope.named(source for source in await self._store.sources() if source.id in outlets)
        names = outlet_names(sources)
        homes = {source.id: source.country for source in sources}
        kinds = outlet_kinds(sources)
        told = _originals(readings, visible)
        differ = _differences(told, names)
        updates = [visible[r.article.id] for r in readings if visible[r.article.id].changes]
        changes = max(updates, key=lambda member: member.when).changes if updates else ()
        seen = {actor.code for reading in readings for actor in reading.understanding.actors}
        events = tuple(dict.fromkeys(e.type for r in readings for e in r.understanding.events[:1]))
        known = visible_part(story, {r.article.id for r in readings})
        shown = replace(
            known,
            actors=tuple(code for code in story.actors if code in seen),
            events=events,
            relevance=max(r.understanding.relevance for r in readings),
            diplomatic=any(r.understanding.diplomatic for r in readings),
        )
        return Candidate(
            story=shown,
            summary=told[0].summary
            if brief
            else attributed(
                await self._kept(self._summarizer, "", _preferred(told, language), budget), told, names, differ
            ),
            lines=tuple(_line(r, names, visible[r.article.id].relation) for r in readings),
            independent=independent(story, {r.article.id for r in readings}),
            copies=copies(story, {r.article.id for r in readings}),
            sources=frozenset(r.article.source_id for r in readings if r.article.source_id),
            languages=tuple(dict.fromkeys(r.article.language for r in readings)),
            changes=changes,
            known=changes,
            text="\n".join(f"{r.article.title}\n{r.article.text[:LEAD]}" for r in readings),
            concerned=frozenset(code for reading in readings for code in reading.understanding.concerned()),
            differ=tuple(map(str, differ)),
            countries=tuple(sorted({home for r in readings if (home := homes.get(r.article.source_id or ""))})),
            kinds=tuple(dict.fromkeys(kind_of(r.article, kinds) for r in told)),
        )

    async def item(self, story: Story, scope: Scope, language: str | None = None) -> DigestItem | None:
        """The story as a look-up shows it, by articles in `language` where there are any."""
        candidate = await self.candidate(story, scope, language=language)
        return item_of(candidate, update=bool(candidate.changes)) if candidate else None

    async def renewed(
        self, items: Sequence[DigestItem], scope: Scope, *, budget: Budget, language: str | None = None
    ) -> tuple[DigestItem, ...]:
        """Items that were told before by what is new in them, with a line of background; the others as they are."""
        return tuple([await self._renewed(item, scope, budget, language) if item.newer else item for item in items])

    async def _renewed(self, item: DigestItem, scope: Scope, budget: Budget, language: str | None) -> DigestItem:
        story = await self._store.story(item.story_id)
        visible = _visible(story, scope) if story else {}
        readings = await self._store.readings(list(visible))
        new = {line.article_id for line in item.newer}
        known = sorted({reading.article.id for reading in readings} - new)
        originals = _preferred(_originals(readings, visible), language)
        told = [one for one in originals if one.article.id in new]
        before = [one for one in readings if one.article.id in known and visible[one.article.id].relation != "copy"]
        if not told or not before:
            return item
        asked = replace(budget, known=tuple(known))
        summary = await self._kept(self._summarizer, "", [*before[-MOST_READINGS:], *told], asked)
        return replace(item, summary=replace(summary, headline=item.summary.headline)) if summary.points else item

    async def grounds(
        self, story: Story, scope: Scope, budgets: Sequence[Budget], *, language: str | None = None
    ) -> tuple[Grounds, ...]:
        """What the points of the story rest on, as they are shown within each of `budgets`; each point once. With a
        `language`, as digests in that language show them: what they rest on stands in its own.
        """
        visible = _visible(story, scope)
        readings = await self._store.readings(list(visible))
        if not readings:
            return ()
        names = outlet_names(scope.named(await self._store.sources()))
        found: dict[str, Grounds] = {}
        for budget in budgets:
            summary = await self.summary(_preferred(_originals(readings, visible), language), budget)
            if self._translations is not None and language is not None:
                summary = await self._translations.summary(summary, readings, language)
            for one in grounds_of(summary.points, readings, names):
                found.setdefault(one.point, one)
        return tuple(found.values())

    async def written(
        self,
        items: Sequence[DigestItem],
        scope: Scope,
        *,
        budget: Budget = Budget(),
        seconds: float = LOOK_UP_SECONDS,
        language: str | None = None,
    ) -> tuple[DigestItem, ...]:
        """The items with points by the language model, and in `language`, all in `seconds`; as they are where there is
        no model. What is not done by then stays as far as it got, and says so.
        """
        if self._model is None or not items:
            return tuple(items)
        shown = [replace(item, summary=replace(item.summary, fallback=LATE)) for item in items]
        await _within(
            seconds, [self._write(shown, place, item, scope, budget, language) for place, item in enumerate(items)]
        )
        return tuple(shown)

    async def previewed(
        self,
        items: Sequence[DigestItem],
        readings: Sequence[Reading],
        language: str | None,
        *,
        seconds: float = LOOK_UP_SECONDS,
    ) -> tuple[DigestItem, ...]:
        """Items of one article each, in `language` as far as that can be had in `seconds`; their points stay else."""
        if self._translations is None or language is None or not items:
            return tuple(items)
        pairs = list(zip(items, readings, strict=True))
        shown = [untranslated(item, (reading,), language, translating.LATE) for item, reading in pairs]

        async def translate(place: int, item: DigestItem, reading: Reading, translations: Translations) -> None:
            shown[place] = await translations.item(item, (reading,), language)

        works = [translate(place, *pair, self._translations) for place, pair in enumerate(pairs)]
        await _within(seconds, works)
        return tuple(shown)

    async def as_kept(self, item: DigestItem, scope: Scope, language: str | None) -> DigestItem:
        """The item in `language` as far as that is kept already: asks nobody."""
        if self._translations is None or language is None:
            return item
        story = await self._store.story(item.story_id)
        readings = await self._store.readings(list(_visible(story, scope))) if story else ()
        return await self._translations.item(item, readings, language, ask=False)

    async def _write(
        self, shown: list[DigestItem], place: int, item: DigestItem, scope: Scope, budget: Budget, language: str | None
    ) -> None:
        """Put into `shown[place]` what there is of the item, each time that there is more."""
        try:
            story = await self._store.story(item.story_id)
            visible = _visible(story, scope) if story else {}
            readings = await self._store.readings(list(visible))
            if language is not None and self._translations is not None:
                shown[place] = untranslated(shown[place], readings, language, translating.LATE)
            if readings and not item.newer:  # what is new in a story stands in its own words: see `renewed`
                told = _preferred(_originals(readings, visible), language)
                summary = await self.summary(told, budget)
                if item.differ:
                    names = outlet_names(scope.named(await self._store.sources()))
                    summary = attributed(summary, told, names, _differences(told, names))
                item = replace(item, summary=summary)
            shown[place] = item
            if language is not None and self._translations is not None:
                shown[place] = untranslated(item, readings, language, translating.LATE)
                shown[place] = await self._translations.item(item, readings, language)
        except AttacheError as error:
            _log.warning("story_not_rewritten", story=item.story_id, error=str(error))
            shown[place] = item
        except Exception:  # noqa: BLE001 - a model only improves: what fails with it never stops a digest
            _log.exception("story_not_rewritten", story=item.story_id)
            shown[place] = item

    async def summary(self, readings: Sequence[Reading], budget: Budget = Budget()) -> Summary:
        """Key points by the language model where there is one, else by the extractive summarizer."""
        if self._model is not None:
            return await self._kept(self._model, self._model.name, readings, budget)
        return await self._kept(self._summarizer, "", readings, budget)

    async def _kept(self, summarizer: Summarizer, name: str, readings: Sequence[Reading], budget: Budget) -> Summary:
        """From the cache where it can be. An article on its own has its extractive points already; points that only
        stand in for the model's are not kept: the next time it may answer.
        """
        if not name and len(readings) == 1 and budget == Budget():
            return readings[0].summary
        key = _cache_key(readings, budget, name)
        kept = await self._cache.get("summary", key)
        if isinstance(kept, str):
            try:
                return _SUMMARY.decode(kept)
            except (msgspec.DecodeError, ValueError):
                await self._cache.drop("summary", key)
        summary = await summarizer.summarize(readings, budget)
        if summary.fallback is None or summary.summarizer == name:
            await self._cache.put("summary", key, msgspec.json.encode(summary).decode())
        return summary


async def _within(seconds: float, works: Sequence[Coroutine[None, None, None]]) -> None:
    """All at once; what is not done in `seconds` ends there. Raises what one of them does."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, late = await asyncio.wait(tasks, timeout=max(0.0, seconds))
    finally:
        for task in tasks:
            task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    for task in done:
        task.result()


def alert_texts(candidate: Candidate) -> tuple[str, ...]:
    """The words that alerts look for theirs in."""
    return (candidate.text, *(point.text for point in candidate.summary.points))


def _visible(story: Story, scope: Scope) -> dict[str, Member]:
    return {m.article_id: m for m in story.members if scope.sources is None or m.source_id in scope.sources}


def _originals(readings: Sequence[Reading], visible: dict[str, Member]) -> tuple[Reading, ...]:
    """Without copies and what an update replaced, the newest."""
    replaced = {m.of for m in visible.values() if m.relation == "updates" and m.of != m.article_id}
    originals = [r for r in readings if visible[r.article.id].relation != "copy" and r.article.id not in replaced]
    return tuple((originals or list(readings))[-MOST_READINGS:])


def _preferred(readings: tuple[Reading, ...], language: str | None) -> tuple[Reading, ...]:
    """Those in the language, where there are any: an outlet's own words need no translation."""
    return tuple(reading for reading in readings if reading.article.language == language) or readings


def _cache_key(readings: Sequence[Reading], budget: Budget, name: str) -> str:
    """Changes with any text, so that a corrected article is summarized anew; and with who writes ("": extractive)."""
    digest = hashlib.sha256(f"{name}\0{budget!r}".encode())
    for reading in readings:
        digest.update(f"\0{reading.article.id}\0{reading.article.title}\0{reading.article.text}".encode())
    return digest.hexdigest()[:32]


def _differences(readings: Sequence[Reading], names: dict[str, str]) -> tuple[Disagreement, ...]:
    return disagreements(
        [
            Report(outlet=outlet_of(one.article, names), text=f"{one.article.title}.\n{one.article.text}")
            for one in readings
        ]
    )


def attributed(
    summary: Summary, readings: Sequence[Reading], names: dict[str, str], differ: Sequence[Disagreement]
) -> Summary:
    """The summary with an outlet's name at each point whose number is not that of most: side by side, two numbers of
    one thing read as a mistake of ours.
    """
    if not differ:
        return summary
    outlets = {reading.article.id: outlet_of(reading.article, names) for reading in readings}
    points = (
        replace(point, outlet=outlets.get(point.evidence[0].article)) if contested(point.text, differ) else point
        for point in summary.points
    )
    return replace(summary, points=tuple(points))


def _line(reading: Reading, names: dict[str, str], relation: str) -> SourceLine:
    article = reading.article
    outlet = outlet_of(article, names)
    return SourceLine(
        article_id=article.id, outlet=outlet, url=article.url, title=article.title, when=article.when, relation=relation
    )


_DAYS_AGO = {"today": timedelta(days=0), "yesterday": timedelta(days=1)}


def parse_since(text: str, now: datetime) -> datetime | None:
    """The moment that "24h", "3d", "2w", "yesterday" or a day "2026-10-05" names; None when it names none."""
    text = text.strip().lower()
    if text in _DAYS_AGO:
        return (now - _DAYS_AGO[text]).replace(hour=0, minute=0, second=0, microsecond=0)
    units = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
    if len(text) in range(2, 6) and text[:-1].isdecimal() and text[-1] in units:
        return now - int(text[:-1]) * units[text[-1]]
    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        return None
    if day.tzinfo is None:
        return day.replace(tzinfo=now.tzinfo)
    try:
        return day.astimezone(now.tzinfo)
    except OverflowError:  # before the year 1, or after 9999
        return None
