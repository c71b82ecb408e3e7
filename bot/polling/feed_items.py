"""Items of a feed as the libraries give them, before they become entries. Pure."""

import html
import re
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.polling.feed_prepare import FEW_ITEMS, ItemFacts, Prepared

_TEXTS = frozenset({"description", "summary", "content", "encoded", "body"})
"""Elements of an item that hold its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """One item in the feed's own words. `title` may hold markup; `summary` and `content` are markup."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    language: str | None = None
    base: str = ""
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """A feed in its own words; `note` says, as a sentence, what a reader should know of how it was read."""

    title: str = ""
    language: str | None = None
    ttl: str | None = None
    items: tuple[RawItem, ...] = ()
    notes: tuple[str, ...] = ()


def read_xml(prepared: Prepared) -> RawFeed:
    """RSS and Atom: the fast library, and the tolerant one where the fast one fails or loses items."""
    notes = ["The feed broke off; only its whole items were kept."] if prepared.broken_off else []
    found = _by_fast(prepared)
    if found is None:
        notes.append("The feed is damaged; the tolerant parser read it.")
        if len(prepared.items) > FEW_ITEMS:
            notes.append(f"Only its first {FEW_ITEMS} items were read.")
        found = _by_tolerant(prepared)
    title, items = found
    return RawFeed(title=title, language=prepared.language, ttl=prepared.ttl, items=items, notes=tuple(notes))


def _by_fast(prepared: Prepared) -> tuple[str, tuple[RawItem, ...]] | None:
    import fastfeedparser

    try:
        found = fastfeedparser.parse(prepared.xml, include_tags=False, include_media=False, include_enclosures=False)
    except Exception:  # noqa: BLE001  a third party's parser on a stranger's bytes: anything may come out of it
        return None
    entries = found.get("entries") or []
    if len(entries) != len(prepared.items):
        return None
    items = tuple(_item(entry, facts) for entry, facts in zip(entries, prepared.items, strict=True))
    if any(_lost(item, facts) for item, facts in zip(items, prepared.items, strict=True)):
        return None
    return _text(found.get("feed", {}).get("title")), items


def _lost(item: RawItem, facts: ItemFacts) -> bool:
    """True when the document holds a title or a text that the library did not give."""
    titled = "title" not in facts.filled or bool(item.title)
    return not titled or (not (item.summary or item.content) and not facts.filled.isdisjoint(_TEXTS))


def _by_tolerant(prepared: Prepared) -> tuple[str, tuple[RawItem, ...]]:
    import feedparser  # only for damaged feeds, and slow to load

    try:
        found = feedparser.parse(prepared.short, sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # noqa: BLE001  as above
        return "", ()
    entries = found.get("entries") or []
    facts = list(prepared.items[:FEW_ITEMS])
    if len(entries) != len(facts):
        facts = [ItemFacts(start=0, texts={"date": _text(entry.get("published"))}) for entry in entries]
    title = _text(found.get("feed", {}).get("title"))
    return title, tuple(_item(entry, fact) for entry, fact in zip(entries, facts, strict=True))


def _item(entry: Any, facts: ItemFacts) -> RawItem:  # noqa: ANN401  the libraries' own untyped mapping
    contents = [_unwrapped(_text(part.get("value"))) for part in entry.get("content") or () if isinstance(part, dict)]
    return RawItem(
        guid=_text(entry.get("id")),
        link=_text(entry.get("link")),
        title=_text(entry.get("title")),
        summary=_text(entry.get("summary") or entry.get("description")),
        content=max(contents, key=len, default=""),
        author=_text(entry.get("author")),
        language=facts.language,
        base=facts.base,
        date=facts.date,
    )


def _unwrapped(content: str) -> str:
    """XHTML content without Atom's own <content> element, which the fast library leaves around it."""
    if not content.startswith("<content") or not content.endswith("</content>"):
        return content
    return content.partition(">")[2].removesuffix("</content>")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


# --- JSON Feed ----------------------------------------------------------------------------------------------------


def read_json(text: str) -> RawFeed | None:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org); None when `text` is no JSON object with items."""
    found = _decoded(text) or _decoded(_HALVES.sub(r"\\ufffd", text))
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        return None
    items = tuple(_json_item(item) for item in found["items"] if isinstance(item, dict))
    return RawFeed(title=_text(found.get("title")), language=_text(found.get("language")) or None, items=items)


_HALVES = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""Halves of a character: what is left of an emoji that a program cut through. JSON may hold them, UTF-8 cannot."""


def _decoded(text: str) -> object:
    """None for what is no JSON."""
    try:
        found: object = msgspec.json.decode(text.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError, ValueError):
        return None
    return found


def _json_item(item: dict[str, object]) -> RawItem:
    given = item.get("id")
    plain = _text(item.get("content_text"))
    return RawItem(
        # 1.1 demands a string and tells readers to turn numbers into one.
        guid=str(given) if isinstance(given, str | int | float) else "",
        link=_text(item.get("url")) or _text(item.get("external_url")),
        title=html.escape(_text(item.get("title")), quote=False),
        summary=html.escape(_text(item.get("summary")), quote=False),
        content=_text(item.get("content_html")) or html.escape(plain, quote=False).replace("\n\n", "<p>"),
        author=_json_author(item),
        language=_text(item.get("language")) or None,
        date=_text(item.get("date_published")) or _text(item.get("date_modified")) or None,
    )


def _json_author(item: dict[str, object]) -> str:
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return _text(first.get("name")) if isinstance(first, dict) else ""
