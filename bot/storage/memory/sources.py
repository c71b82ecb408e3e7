"""The journal, sources and the queue of entries, in memory."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from bot.model import Entry, JournalLine, Source, SourceState
from bot.ports import PollRecord
from bot.storage import rules


class MemoryJournal:
    """Implements `bot.ports.JournalStore`."""

    def __init__(self) -> None:
        self._lines: dict[str, list[JournalLine]] = defaultdict(list)

    async def append(self, lines: Sequence[JournalLine]) -> None:
        for line in lines:
            kept = self._lines[line.subject]
            if line not in kept:
                kept.append(line)
                kept.sort(key=lambda kept_line: kept_line.at)
                del kept[: -rules.LINES]

    async def read(self, subject: str) -> tuple[JournalLine, ...]:
        return tuple(self._lines.get(subject, ()))

    async def forget_journal(self, before: datetime) -> int:
        forgotten = 0
        for subject, kept in list(self._lines.items()):
            left = [line for line in kept if line.at >= before]
            forgotten += len(kept) - len(left)
            self._lines[subject] = left
        return forgotten


class MemorySources(MemoryJournal):
    """Implements `bot.ports.SourceStore`."""

    def __init__(self) -> None:
        super().__init__()
        self._sources: dict[str, Source] = {}
        self._states: dict[str, SourceState] = {}
        self._subscribers: set[tuple[str, str]] = set()
        self._entries: dict[str, Entry] = {}
        self._seen: dict[str, datetime] = {}
        self._pending: set[str] = set()

    async def put_source(self, source: Source) -> None:
        self._sources[source.id] = source

    async def source(self, source_id: str) -> Source | None:
        return self._sources.get(source_id)

    async def sources(self) -> tuple[Source, ...]:
        return tuple(sorted(self._sources.values(), key=lambda source: (source.name, source.id)))

    async def drop_source(self, source_id: str) -> None:
        self._sources.pop(source_id, None)
        self._states.pop(source_id, None)
        self._subscribers = {pair for pair in self._subscribers if pair[1] != source_id}
        for key in [key for key, entry in self._entries.items() if entry.source_id == source_id]:
            self._forget_entry(key)

    def _forget_entry(self, entry_id: str) -> None:
        del self._entries[entry_id], self._seen[entry_id]
        self._pending.discard(entry_id)

    async def source_state(self, source_id: str) -> SourceState:
        return self._states.get(source_id) or SourceState(source_id=source_id)

    async def source_states(self) -> tuple[SourceState, ...]:
        return tuple([await self.source_state(source.id) for source in await self.sources()])

    async def record_poll(self, record: PollRecord) -> tuple[Entry, ...]:
        if record.state.source_id not in self._sources:
            return ()
        self._states[record.state.source_id] = record.state
        queued: dict[str, Entry] = {}
        for entry in record.entries:
            known = self._entries.get(entry.id)
            self._seen[entry.id] = record.state.last_poll or entry.arrived
            if known is None or rules.fingerprint(known) != rules.fingerprint(entry):
                new = rules.requeued(entry, known.arrived, known.backlog) if known else entry
                self._entries[entry.id] = queued[entry.id] = new
                self._pending.add(entry.id)
        await self.append(record.decisions)
        return tuple(queued.values())

    async def pending_entries(self, limit: int) -> tuple[Entry, ...]:
        pending = sorted((self._entries[key] for key in self._pending), key=lambda entry: (rules.when(entry), entry.id))
        return tuple(pending[: max(0, limit)])

    async def settle_entry(
        self, entry_id: str, lines: Sequence[JournalLine], *, fingerprint: str | None = None
    ) -> None:
        known = self._entries.get(entry_id)
        if known is not None and fingerprint in (None, rules.fingerprint(known)):
            self._pending.discard(entry_id)
        await self.append(lines)

    async def subscribe_source(self, guild_id: str, source_id: str) -> None:
        if source_id in self._sources:
            self._subscribers.add((guild_id, source_id))

    async def unsubscribe_source(self, guild_id: str, source_id: str) -> None:
        self._subscribers.discard((guild_id, source_id))

    async def subscribed_sources(self, guild_id: str) -> frozenset[str]:
        return frozenset(source for guild, source in self._subscribers if guild == guild_id)

    async def subscribers(self, source_id: str) -> frozenset[str]:
        return frozenset(guild for guild, source in self._subscribers if source == source_id)
