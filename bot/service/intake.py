"""A round: sources are polled, articles read, stories formed, all of it stored.

Order of events for a source: fetch, parse (in a worker), then one transaction that keeps the validators together
with the entries found. For an entry: fetch its page, read it (in a worker), place it in a story, then one transaction
that stores article and story and settles the entry. A crash between any two steps leaves the entry pending: it is
read again and lands in the same place. What goes wrong with one source or entry never stops the others.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import Protocol

import structlog

from bot.errors import StoreUnavailable, WorkerError
from bot.grouping.changes import what_changed
from bot.grouping.story import grow, merge
from bot.grouping.syndication import shared
from bot.model import Decision, Entry, JournalLine, Placement, Source, SourceState, Story
from bot.polling import next_poll
from bot.polling.feed import FeedProblem, ParsedFeed
from bot.ports import (
    ArticleStore,
    Clock,
    Fetched,
    Fetcher,
    FetchFailed,
    FetchResult,
    Intake,
    JournalStore,
    PollRecord,
    Probe,
    Reading,
    SourceStore,
    StoryStore,
    Unreadable,
)
from bot.service.closing import Hours
from bot.service.pages import Pages
from bot.service.slot_words import page_lines
from bot.service.tasks import FeedRequest
from bot.service.waiting import Waiting
from bot.service.workers import WorkerPool

_log = structlog.get_logger(__name__)

BATCH = 24
"""Entries fetched and read together: enough to keep the network and one worker busy, small enough to stop soon."""

OUR_FAULT = "A mistake of mine kept me from reading it; the log says which."

SAME_TEXT = 0.55
"""Share of the shorter text that must stand in the longer, as grouping asks of a copy."""


class IntakeStore(SourceStore, ArticleStore, StoryStore, JournalStore, Protocol):
    """What a round writes to."""


@dataclass(slots=True)
class RoundReport:
    """What a round did, for progress lines and `/status`."""

    sources: int = 0
    unchanged: int = 0
    failed: int = 0
    entries: int = 0
    articles: int = 0
    diplomatic: int = 0
    dropped: int = 0
    stories: set[str] = field(default_factory=set)


Progress = Callable[[str, RoundReport], None]


def _silent(step: str, report: RoundReport) -> None:
    del step, report


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`polling` shapes the next poll of each source; `concurrency` of them are asked at once."""

    concurrency: int = 8
    polling: next_poll.Options = next_poll.Options()


class Intaker:
    """Runs rounds. One at a time: `round` waits for the one under way."""

    def __init__(
        self,
        *,
        store: IntakeStore,
        fetcher: Fetcher,
        pages: Pages,
        pool: WorkerPool,
        hours: Hours,
        clock: Clock,
        random: Random,
        probe: Probe,
        options: Options,
    ) -> None:
        self._store, self._fetcher, self._pages, self._pool = store, fetcher, pages, pool
        self._hours, self._clock, self._random, self._probe, self._options = hours, clock, random, probe, options
        self._busy = asyncio.Lock()
        self._waiting = Waiting()

    async def round(self, *, everything: bool = False, progress: Progress = _silent) -> RoundReport:
        """Poll the sources that are due (all of them with `everything`), then read every pending entry."""
        async with self._busy:
            await self._hours.begin()
            report = RoundReport()
            await self._poll_due(everything, report, progress)
            await self._read_pending(everything, report, progress)
            progress("done", report)
            return report

    # --- sources ------------------------------------------------------------------------------------------------

    async def _poll_due(self, everything: bool, report: RoundReport, progress: Progress) -> None:
        now = self._clock.now()
        states = {state.source_id: state for state in await self._store.source_states()}
        due = []
        for source in await self._store.sources():
            state = states.get(source.id, SourceState(source_id=source.id))
            wanted = source.shared or source.operator or await self._store.subscribers(source.id)
            if wanted and (everything or next_poll.is_due(state, now)):
                due.append((source, state))
        report.sources = len(due)
        progress("polling", report)
        gate = asyncio.Semaphore(self._options.concurrency)

        async def one(source: Source, state: SourceState) -> None:
            async with gate:
                try:
                    await self._poll(source, state, report)
                except StoreUnavailable:
                    raise
                except Exception:  # noqa: BLE001 - one source that fails never stops the others
                    _log.exception("source_failed", source=source.name, url=source.url)
                    report.failed += 1
            progress("polling", report)

        await asyncio.gather(*(one(source, state) for source, state in due))

    async def _poll(self, source: Source, state: SourceState, report: RoundReport) -> None:
        """One source. Whatever happens ends in a recorded state."""
        result: FetchResult = await self._fetcher.fetch(state.moved_to or source.url, validators=state.validators)
        feed: ParsedFeed | None = None
        if isinstance(result, Fetched):
            parsed = await self._parse(source, result)
            if isinstance(parsed, ParsedFeed):
                feed = parsed
            else:
                result = FetchFailed(problem="protocol", message=parsed.message)
        now = self._clock.now()
        entries = _marked(feed.entries, source, state) if feed else ()
        after = next_poll.after_poll(
            state, result, feed=feed, options=self._options.polling, now=now, random=self._random
        )
        lines = _lines(source.id, now, feed.decisions) if feed else ()
        if isinstance(result, FetchFailed):
            report.failed += 1
            decision = Decision(stage="polling", outcome="dropped", reason=result.message)
            lines = _lines(source.id, now, (decision,))
            _log.warning("poll_failed", source=source.name, url=source.url, reason=result.message)
        elif feed is None:
            report.unchanged += 1
        self._probe("intake.fetched")
        queued = await self._store.record_poll(PollRecord(state=after, entries=entries, decisions=lines))
        self._probe("intake.polled")
        report.entries += len(queued)

    async def _parse(self, source: Source, fetched: Fetched) -> ParsedFeed | FeedProblem:
        request = FeedRequest(
            body=fetched.body,
            url=fetched.url,
            charset=fetched.charset,
            source_id=source.id,
            arrived=self._clock.now(),
        )
        try:
            return await self._pool.run(request, (ParsedFeed, FeedProblem))
        except WorkerError as error:
            return FeedProblem(message=f"The feed could not be read: {error}")

    # --- entries ------------------------------------------------------------------------------------------------

    async def _read_pending(self, everything: bool, report: RoundReport, progress: Progress) -> None:
        """Oldest first, in batches: pages come in together, stories are formed one article after the other. Those that
        could not be had a moment ago wait for their time, unless `everything` is asked for.
        """
        sources = {source.id: source for source in await self._store.sources()}
        tried = set() if everything else self._waiting.at(self._clock.now())
        waiting = len(tried)
        while True:
            pending = await self._store.pending_entries(BATCH + waiting)
            batch = [entry for entry in pending if entry.id not in tried][:BATCH]
            if not batch:
                return
            tried.update(entry.id for entry in batch)
            readings = await asyncio.gather(*(self._read(entry, sources.get(entry.source_id)) for entry in batch))
            for entry, reading in zip(batch, readings, strict=True):
                waiting += reading is None
                await self._settled(entry, reading, report)
                progress("reading", report)

    async def _read(self, entry: Entry, source: Source | None) -> Reading | Unreadable | None:
        """One page. A fault of ours with it is its reason, and no other page's."""
        try:
            return await self._pages.read(entry, source)
        except Exception:  # noqa: BLE001 - one page that fails never stops the others
            _log.exception("page_failed", entry=entry.id, url=entry.url)
            return Unreadable(id=entry.id, reason=OUR_FAULT)

    async def _settled(self, entry: Entry, reading: Reading | Unreadable | None, report: RoundReport) -> None:
        """An entry that we cannot place is skipped: left in the queue it would stop every later round. A store that
        takes nothing just now is no fault of the entry's: it stays pending.
        """
        try:
            await self._settle(entry, reading, report)
        except StoreUnavailable:
            raise
        except Exception:  # noqa: BLE001 - one entry that fails never stops the others
            _log.exception("entry_failed", entry=entry.id, url=entry.url)
            await self._settle(entry, Unreadable(id=entry.id, reason=OUR_FAULT), report)
            await self._hours.rebuild()

    async def _settle(self, entry: Entry, reading: Reading | Unreadable | None, report: RoundReport) -> None:
        now = self._clock.now()
        if reading is None:
            self._waiting.failed(entry.id, now)
            return  # the page may come later: the entry stays pending
        self._waiting.done(entry.id)
        if isinstance(reading, Unreadable):
            dropped = Decision(stage="extraction", outcome="dropped", reason=reading.reason)
            lines = (
                *_lines(entry.id, now, (*reading.decisions, dropped)),
                *page_lines(entry.source_id, entry.url, now, (dropped,)),
            )
            await self._store.settle_entry(entry.id, lines, fingerprint=entry.fingerprint)
            report.dropped += 1
            return
        self._probe("intake.read")
        story = await self._take_in(entry, reading, now)
        report.articles += 1
        if reading.understanding.diplomatic:
            report.diplomatic += 1
            report.stories.add(story.id)

    async def _take_in(self, entry: Entry, reading: Reading, now: datetime) -> Story:
        """Place the article and store it with its story, in one transaction; then remember it for grouping."""
        article, understanding = reading.article, reading.understanding
        before = await self._store.reading(article.id)
        placement, story = await self._place(reading, before)
        absorbed = [
            s for merged in placement.merges if (s := await self._store.story(merged)) and s.id != story_id(story)
        ]
        grown = grow(story, article, understanding, placement, source_id=entry.source_id, backlog=entry.backlog)
        if absorbed:
            grown = merge((grown, *absorbed))
        said = Decision(stage="grouping", outcome="kept", reason=placement.reason or "It starts a story of its own.")
        self._probe("intake.placed")
        stored = await self._store.take_in(
            Intake(
                entry=entry,
                reading=reading,
                story=grown,
                absorbed=tuple(s.id for s in absorbed if s.id != grown.id),
                lines=_lines(article.id, now, (*reading.decisions, said)),
            )
        )
        self._probe("intake.committed")
        old = {*(s.id for s in absorbed), *((story.id,) if story else ())} - {stored.id}
        self._hours.remember(reading, stored.id, sorted(old), new=before is None)
        return stored

    async def _place(self, reading: Reading, before: Reading | None) -> tuple[Placement, Story | None]:
        """An article that we know already is an update of itself; any other goes where grouping says."""
        if before is not None and (story := await self._store.story_of(reading.article.id)):
            return _anew(story, before, reading), story
        placement = self._hours.place(reading)
        if placement.relation == "updates" and placement.of and (earlier := await self._store.reading(placement.of)):
            placement = replace(placement, changes=what_changed(earlier.article, reading.article))
        story = await self._store.story(placement.story) if placement.story else None
        return placement, story


def _marked(entries: Sequence[Entry], source: Source, state: SourceState) -> tuple[Entry, ...]:
    """The entries of a first poll are backlog, but for the newest ones that whoever added the source asked for."""
    newest = sorted(entries, key=lambda entry: entry.published or entry.arrived, reverse=True)
    asked = {entry.id for entry in newest[: source.opening]}
    return tuple(replace(entry, backlog=not state.polled and entry.id not in asked) for entry in entries)


def _anew(story: Story, before: Reading, now: Reading) -> Placement:
    """An article of `story` that its outlet changed. A republished text stays one while it is the same text."""
    changes = what_changed(before.article, now.article)
    member = next((one for one in story.members if one.article_id == now.article.id), None)
    _, left, right = shared(before.signature.shingles, now.signature.shingles)
    if member is not None and member.relation == "copy" and max(left, right) >= SAME_TEXT:
        reason = "The outlet changed this article, which still republishes another."
        return Placement(story=story.id, relation="copy", of=member.of, changes=changes, reason=reason)
    reason = "The outlet changed this article."
    return Placement(story=story.id, relation="updates", of=now.article.id, changes=changes, reason=reason)


def story_id(story: Story | None) -> str | None:
    """The id, or None."""
    return story.id if story else None


def _lines(subject: str, at: datetime, decisions: Sequence[Decision]) -> tuple[JournalLine, ...]:
    return tuple(JournalLine(subject=subject, at=at, decision=decision) for decision in decisions)
