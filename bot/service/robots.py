"""Which pages robots.txt lets us read (RFC 9309), and which sources are silent because a site's cannot be had.

A site without the file allows everything (2.3.1.3). One whose file cannot be had just now (a server error, no
connection) allows nothing (2.3.1.4): its feeds' own text has to do, until the file is there, or was not for so long
that it counts as absent. A file that was had before goes on to hold in that time (2.4). Feeds do not ask.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.errors import StoreError
from bot.polling.robots import MAX_SIZE, allowed
from bot.ports import Clock, Fetched, Fetcher, FetchFailed, FetchResult, Json, PreferenceStore
from bot.service.kept import document, moment, revise

SPACE = "site"
"""Of the preferences: sites whose file cannot be had, by address, since when, why, and whose pages are not read."""

MOST_SITES = 500
"""Sites whose file is remembered at once."""

FRESH = timedelta(hours=24)
"""RFC 9309, 2.4: a robots.txt should not be used for longer than 24 hours."""

AGAIN = timedelta(minutes=30)
"""How soon a file that could not be had is asked for again: two rounds of a feed."""

ABSENT = timedelta(days=30)
"""RFC 9309, 2.3.1.4: what cannot be had "for a reasonably long period of time (for example, 30 days)" may count as
absent."""

MOST_SOURCES = 50
"""Sources noted with one site."""

_UNREACHED = frozenset({"dns", "connect", "tls", "timeout", "protocol"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of a site: its rules as they were last had, None for none yet, and what the last asking met."""

    asked: datetime
    text: str | None
    problem: str | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it need not be asked for again; after a clock was set back it is."""
        return timedelta(0) <= now - self.asked <= (AGAIN if self.problem else FRESH)


@dataclass(slots=True)
class _Turn:
    """So that the pages of one site ask for its file once and not each for itself."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Robots:
    """Asks for each site's file, and remembers it. For one event loop."""

    def __init__(self, *, fetcher: Fetcher, preferences: PreferenceStore, clock: Clock, user_agent: str) -> None:
        self._fetcher, self._preferences, self._clock, self._agent = fetcher, preferences, clock, user_agent
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._turns: dict[str, _Turn] = {}

    async def refusal(self, url: str, source_id: str | None = None) -> FetchFailed | None:
        """Why the page may not be read (yet); None when it may. `source_id`: whose page it is, where it is one's."""
        try:
            parts = urlsplit(url)
        except ValueError:  # no address at all, as whoever fetches it will say
            return None
        site = f"{parts.scheme}://{parts.netloc}"
        async with self._turn(site):
            known = self._known.get(site)
            if known is None or not known.holds(self._clock.now()):
                known = await self._ask(site)
        if known.text is not None:
            return None if allowed(known.text, self._agent, url) else _forbidden()
        since = await self._silent_since(site, known, source_id)
        if self._clock.now() - since >= ABSENT:
            return None
        return FetchFailed(problem="robots", message=_unknown(parts.hostname or site, known.problem), retryable=True)

    async def _ask(self, site: str) -> _Known:
        result = await self._fetcher.fetch(f"{site}/robots.txt", accept="text/plain")
        now, problem = self._clock.now(), _unreached(result)
        if problem is None:
            text: str | None = _text(result)
            with suppress(StoreError):
                await self._preferences.drop(SPACE, site)
        else:
            before = self._known.get(site)
            text = before.text if before else None
        known = self._known[site] = _Known(asked=now, text=text, problem=problem)
        self._known.move_to_end(site)
        while len(self._known) > MOST_SITES:
            self._known.popitem(last=False)
        return known

    async def _silent_since(self, site: str, known: _Known, source_id: str | None) -> datetime:
        """Since when the file cannot be had, over restarts; noted with the source that is silent for it."""

        def noted(kept: dict[str, Json]) -> dict[str, Json]:
            since = moment(kept.get("since"))
            since = known.asked if since is None else min(since, known.asked)
            sources = {*_ids(kept.get("sources")), *([source_id] if source_id else [])}
            listed: list[Json] = [*sorted(sources)[:MOST_SOURCES]]
            return {"since": since.isoformat(), "why": known.problem, "sources": listed}

        try:
            kept = await document(self._preferences, SPACE, site)
            sources = _ids(kept.get("sources"))
            new = source_id and source_id not in sources and len(sources) < MOST_SOURCES
            if kept.get("why") != known.problem or new:
                await revise(self._preferences, SPACE, site, noted)
                kept = await document(self._preferences, SPACE, site)
            return moment(kept.get("since")) or known.asked
        except StoreError:  # a note that cannot be made is no reason to read what may not be read
            return known.asked

    @asynccontextmanager
    async def _turn(self, site: str) -> AsyncIterator[None]:
        turn = self._turns.setdefault(site, _Turn())
        turn.waiting += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.waiting -= 1
            if not turn.waiting:
                del self._turns[site]


async def silenced(preferences: PreferenceStore, now: datetime) -> dict[str, str]:
    """For each source whose pages are not read for want of a robots.txt, by its id, a sentence that says so."""
    found: dict[str, str] = {}
    try:
        for site in await preferences.keys(SPACE):
            kept = await document(preferences, SPACE, site)
            since, why = moment(kept.get("since")), kept.get("why")
            if since is None or now - since >= ABSENT:
                continue
            said = f"Its pages are not read, only its feed's own text. {_unknown(urlsplit(site).hostname or site, why)}"
            found |= dict.fromkeys(_ids(kept.get("sources")), said)
    except StoreError:
        return {}
    return found


def _forbidden() -> FetchFailed:
    message = "The site's robots.txt asks programs not to read this page."
    return FetchFailed(problem="robots", message=message, retryable=False)


def _unknown(host: str, why: Json) -> str:
    reason = f" ({why.rstrip('.')})" if isinstance(why, str) and why else ""
    return (
        f"The robots.txt of {host[:100]}, which says whether programs may read it, cannot be had{reason}. "
        "Until it can, its pages are left alone; it is asked for every half hour."
    )


def _unreached(result: FetchResult) -> str | None:
    """Why the file may be there and yet not be had; None where it was had, or is not there."""
    if isinstance(result, FetchFailed) and (result.problem in _UNREACHED or (result.status or 0) >= 500):
        return result.message
    return None


def _text(result: FetchResult) -> str:
    return result.body[:MAX_SIZE].decode("utf-8", "replace") if isinstance(result, Fetched) else ""


def _ids(kept: Json) -> list[str]:
    return [one for one in kept if isinstance(one, str)] if isinstance(kept, list) else []
