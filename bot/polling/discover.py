"""The feeds that a web page names, for people who give a site's address instead of a feed's. Pure."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from bot.polling.characters import one_line
from bot.text.encoding import decode

MAX_HEAD = 400_000
"""Bytes of the page that are looked at: the links stand in its head."""
MAX_LINKS = 20

_TYPES = {
    "application/rss+xml": 0,
    "application/atom+xml": 0,
    "application/feed+json": 0,
    "application/rdf+xml": 1,
    "application/json": 2,
    "application/xml": 2,
    "text/xml": 2,
}
"""Media types of feeds, the surest first."""
_ASIDE = ("comment", "kommentar", "commentaire")  # feeds of readers' comments: never the news


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed as a page names it. `title` may be empty."""

    url: str
    title: str = ""


def find_feeds(body: bytes, *, url: str, charset: str | None = None) -> tuple[FeedLink, ...]:
    """Feeds named by `<link rel="alternate">` (HTML, 4.6.7), the likeliest first; empty when there are none."""
    text = decode(body[:MAX_HEAD], charset)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.LxmlError, ValueError):
        return ()
    if root is None:
        return ()
    base = next((str(tag.get("href")) for tag in root.iter("base") if tag.get("href")), "")
    found: dict[str, tuple[int, FeedLink]] = {}
    for tag in root.iter("link"):
        rank = _rank(tag)
        address = _absolute(_absolute(url, base) or url, tag.get("href") or "")
        if rank is not None and address is not None:
            found.setdefault(address, (rank, FeedLink(url=address, title=one_line(tag.get("title") or "", 200))))
    ordered = sorted(found.values(), key=lambda pair: pair[0])
    return tuple(link for _, link in ordered[:MAX_LINKS])


def _rank(tag: etree._Element) -> int | None:
    rels = (tag.get("rel") or "").lower().split()
    kind = (tag.get("type") or "").partition(";")[0].strip().lower()
    if "alternate" not in rels or kind not in _TYPES or "stylesheet" in rels:
        return None
    words = f"{tag.get('title') or ''} {tag.get('href') or ''}".lower()
    return _TYPES[kind] + (10 if any(word in words for word in _ASIDE) else 0)


def _absolute(base: str, reference: str) -> str | None:
    try:
        address = urljoin(base, reference.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if reference.strip() and parts.scheme in ("http", "https") and parts.hostname else None
