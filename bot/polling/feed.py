"""A feed's bytes to entries: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed. Pure; it runs in the worker process.

Order of events: decode; refuse what is no feed or built to do harm; mend; let a library read it; turn each item into an
Entry with a stable id, an absolute link, a date only where one can be read, and strings of bounded length. What is left
out or changed is said in a Decision, once for each kind, so that a feed of 10,000 items does not write 10,000 of them.
"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from bot.model import Decision, Entry
from bot.model.decision import Outcome
from bot.polling.characters import one_line, words_in
from bot.polling.dates import ReadDate, read_date
from bot.polling.feed_items import RawFeed, RawItem, read_json, read_xml
from bot.polling.feed_prepare import Refused, prepare
from bot.text.encoding import decode

MAX_ENTRIES = 2_000
"""Of one feed, the newest: the largest honest feeds hold some 500."""
MAX_TITLE, MAX_AUTHOR, MAX_GUID, MAX_URL = 500, 200, 1_000, 2_000
MAX_SUMMARY, MAX_CONTENT = 20_000, 400_000
FULL_TEXT = 1_500
"""Characters, without markup, from which a text is the article itself rather than a teaser."""
_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)  # before there was a web; such dates are zeros in somebody's database
_AHEAD = timedelta(days=1)  # zones and embargoes put honest dates up to a day ahead
_LONGEST_TTL = timedelta(days=7)
_NO_ZONE = "A date names no time zone and was read as UTC."
_BREAKS = re.compile(r"[\t\r\n]+ *")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a feed holds, in its own order. `ttl` is how long it asks to be left alone."""

    title: str
    language: str | None
    entries: tuple[Entry, ...]
    ttl: timedelta | None = None
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedProblem:
    """Nothing can be read, and why, as a sentence for people."""

    message: str


def parse_feed(
    body: bytes, *, url: str, charset: str | None, source_id: str, arrived: datetime
) -> ParsedFeed | FeedProblem:
    """Read `body`, found at `url`; `charset` is the header's. Never raises for what the bytes hold."""
    text = decode(body, charset).lstrip("\ufeff \t\r\n")
    if not text:
        return FeedProblem(message="The feed is empty.")
    raw = read_json(text) if text.startswith("{") else None
    if raw is None:
        if text.startswith(("{", "[")):
            return FeedProblem(message="This is JSON, but not a JSON Feed.")
        try:
            prepared = prepare(text, url)
        except Refused as refused:
            return FeedProblem(message=str(refused))
        raw = read_xml(prepared)
        if prepared.broken_off and not raw.items:
            return FeedProblem(message="The feed broke off before its first item was whole.")
    return _Assembly(raw, url=url, source_id=source_id, arrived=arrived).run()


def is_full(markup: str) -> bool:
    """Whether a feed's text is the article itself: a teaser may have a long picture in it."""
    return len(markup) > FULL_TEXT and words_in(markup) > FULL_TEXT


class _Assembly:
    """Turns one raw feed into a parsed one, counting what it changes."""

    def __init__(self, raw: RawFeed, *, url: str, source_id: str, arrived: datetime) -> None:
        self._raw, self._url, self._source, self._arrived = raw, url, source_id, arrived
        self._language = _language(raw.language)
        self._counts: Counter[tuple[Outcome, str]] = Counter()

    def run(self) -> ParsedFeed:
        entries = [entry for item in self._raw.items if (entry := self._entry(item)) is not None]
        entries = self._newest(self._distinct(entries))
        notes = tuple(Decision(stage="polling", outcome="changed", reason=note) for note in self._raw.notes)
        counted = tuple(
            Decision(stage="polling", outcome=outcome, reason=f"{reason} (items: {count})")
            for (outcome, reason), count in self._counts.items()
        )
        return ParsedFeed(
            title=one_line(self._raw.title, MAX_TITLE),
            language=self._language,
            entries=tuple(entries),
            ttl=_ttl(self._raw.ttl),
            decisions=notes + counted,
        )

    def _entry(self, item: RawItem) -> Entry | None:
        base = item.base or self._url
        link = _absolute(base, item.link)
        title = one_line(item.title, MAX_TITLE)
        summary, content = item.summary.strip(), item.content.strip()
        if len(content) <= len(summary) and is_full(summary):
            summary, content = "", summary
        guid = (item.guid.strip() or link or title)[:MAX_GUID]
        if link is None and item.guid.startswith(("http://", "https://")):
            link = _absolute(base, item.guid)
        title = title or one_line(summary or content, 120)
        if not title or not guid:
            self._note("dropped", "An item has neither title, text nor link.")
            return None
        if len(content) > MAX_CONTENT or len(summary) > MAX_SUMMARY:
            self._note("changed", "The text in the feed is very long and was cut.")
        return Entry(
            id=_entry_id(self._source, guid),
            source_id=self._source,
            guid=guid,
            url=link,
            title=title,
            summary=summary[:MAX_SUMMARY],
            content=content[:MAX_CONTENT],
            author=one_line(item.author, MAX_AUTHOR) or None,
            language=_language(item.language) or self._language,
            published=self._published(item.date),
            arrived=self._arrived,
        )

    def _published(self, text: str | None) -> datetime | None:
        if not text:
            return None
        found = read_date(text)
        doubt = self._doubt(found)
        if doubt is not None:
            self._note("changed", doubt)
        return None if found is None or doubt not in (None, _NO_ZONE) else found.moment

    def _doubt(self, found: ReadDate | None) -> str | None:
        """What speaks against a date, as a sentence."""
        if found is None:
            return "A date cannot be read with certainty; the time of arrival is used."
        if found.moment > self._arrived + _AHEAD:
            return "A date lies more than a day in the future; the time of arrival is used."
        if found.moment < _OLDEST:
            return "A date lies before 1990; the time of arrival is used."
        return None if found.zoned else _NO_ZONE

    def _distinct(self, entries: list[Entry]) -> list[Entry]:
        """Each entry once. Where one id stands on different links, the links tell the entries apart."""
        links: dict[str, set[str | None]] = {}
        for entry in entries:
            links.setdefault(entry.id, set()).add(entry.url)
        kept: dict[str, Entry] = {}
        for entry in entries:
            told_apart = self._told_apart(entry) if len(links[entry.id]) > 1 else entry
            if told_apart.id in kept:
                self._note("dropped", "An item stands in the feed more than once.")
            kept.setdefault(told_apart.id, told_apart)
        return list(kept.values())

    def _told_apart(self, entry: Entry) -> Entry:
        self._note("changed", "Items share one id; their links tell them apart.")
        return replace(entry, id=_entry_id(self._source, f"{entry.guid}\n{entry.url or entry.title}"))

    def _newest(self, entries: list[Entry]) -> list[Entry]:
        if len(entries) <= MAX_ENTRIES:
            return entries
        # Undated items count as old as their neighbours before them: feeds put the newest first.
        order = sorted(range(len(entries)), key=lambda at: (-_stamp(entries[at], self._arrived), at))
        chosen = sorted(order[:MAX_ENTRIES])
        self._counts["dropped", f"Only the newest {MAX_ENTRIES:,} items of the feed are read."] = len(entries) - len(
            chosen
        )
        return [entries[at] for at in chosen]

    def _note(self, outcome: Outcome, reason: str) -> None:
        self._counts[outcome, reason] += 1


def _entry_id(source_id: str, key: str) -> str:
    """Stable over polls and restarts: the source, and 16 hex digits of SHA-256 over what names the item."""
    return f"{source_id}-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _stamp(entry: Entry, arrived: datetime) -> float:
    return (entry.published or arrived).timestamp()


def _absolute(base: str, reference: str) -> str | None:
    """`reference` as an http(s) address of sane length; None when it is not one. Breaks and spaces within are taken as
    browsers take them (WHATWG URL, 4.4 and 4.3): feeds wrap lines, and name files with spaces.
    """
    reference = _BREAKS.sub("", reference.strip()).replace(" ", "%20")
    if not reference:
        return None
    try:
        address = urljoin(base, reference)
        parts = urlsplit(address)
        sane = parts.scheme in ("http", "https") and bool(parts.hostname) and len(address) <= MAX_URL
    except ValueError:
        return None
    return address if sane and not any(sign < "!" for sign in address) else None


def _language(tag: str | None) -> str | None:
    found = _LANGUAGE.match((tag or "").strip().lower())
    return found[0] if found else None


def _ttl(text: str | None) -> timedelta | None:
    digits = (text or "").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        return None
    return min(timedelta(minutes=int(digits)), _LONGEST_TTL) or None
