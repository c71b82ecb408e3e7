"""The feeds of a sample outlet: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, newest first."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from email.utils import format_datetime

from bot.demo.content import FeedFormat, SampleArticle, SampleOutlet

FEED_PATHS: dict[FeedFormat, str] = {"rss": "/rss.xml", "atom": "/feed/atom.xml", "json": "/feed.json"}

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
ET.register_namespace("atom", _ATOM)
ET.register_namespace("dc", _DC)


def feed_url(outlet: SampleOutlet, base: str) -> str:
    """Where the outlet's feed is, under its base address (no slash at its end)."""
    return base + FEED_PATHS[outlet.feed]


def render_feed(outlet: SampleOutlet, articles: Sequence[SampleArticle], base: str) -> tuple[str, bytes]:
    """Content type and body of the outlet's feed over `articles`, in the order given."""
    if outlet.feed == "rss":
        return f"application/rss+xml; charset={outlet.charset}", _rss(outlet, articles, base)
    if outlet.feed == "atom":
        return "application/atom+xml; charset=utf-8", _atom(outlet, articles, base)
    return "application/feed+json", _json_feed(outlet, articles, base)


def _rss(outlet: SampleOutlet, articles: Sequence[SampleArticle], base: str) -> bytes:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", outlet.name)
    _add(channel, "link", f"{base}/")
    _add(channel, "description", f"{outlet.name}: {outlet.language}")
    _add(channel, "language", outlet.language)
    ET.SubElement(channel, f"{{{_ATOM}}}link", href=feed_url(outlet, base), rel="self", type="application/rss+xml")
    for article in articles:
        item = ET.SubElement(channel, "item")
        _add(item, "title", article.title)
        _add(item, "link", f"{base}/{article.slug}")
        _add(item, "guid", f"{outlet.key}:{article.slug}").set("isPermaLink", "false")
        _add(item, "pubDate", format_datetime(article.published))
        _add(item, "category", article.section)
        if article.byline:
            _add(item, f"{{{_DC}}}creator", article.byline)
        _add(item, "description", article.paragraphs[0])
    return _bytes(root, outlet.charset)


def _atom(outlet: SampleOutlet, articles: Sequence[SampleArticle], base: str) -> bytes:
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": outlet.language})
    _atom_text(root, "title", outlet.name)
    _atom_text(root, "id", f"tag:{outlet.key}.example,2026:feed")
    if articles:
        _atom_text(root, "updated", articles[0].published.isoformat())
    ET.SubElement(root, f"{{{_ATOM}}}link", href=feed_url(outlet, base), rel="self")
    ET.SubElement(root, f"{{{_ATOM}}}link", href=f"{base}/")
    for article in articles:
        entry = ET.SubElement(root, f"{{{_ATOM}}}entry")
        _atom_text(entry, "title", article.title)
        _atom_text(entry, "id", f"tag:{outlet.key}.example,2026:{article.slug}")
        _atom_text(entry, "published", article.published.isoformat())
        _atom_text(entry, "updated", article.published.isoformat())
        ET.SubElement(entry, f"{{{_ATOM}}}link", href=f"{base}/{article.slug}", rel="alternate", type="text/html")
        author = ET.SubElement(entry, f"{{{_ATOM}}}author")
        _atom_text(author, "name", article.byline or outlet.name)
        _atom_text(entry, "summary", article.paragraphs[0]).set("type", "text")
    return _bytes(root, "utf-8")


def _json_feed(outlet: SampleOutlet, articles: Sequence[SampleArticle], base: str) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{base}/",
        "feed_url": feed_url(outlet, base),
        "language": outlet.language,
        "items": [
            {
                "id": f"{outlet.key}:{article.slug}",
                "url": f"{base}/{article.slug}",
                "title": article.title,
                "content_text": article.paragraphs[0],
                "date_published": article.published.isoformat(),
                "authors": [{"name": article.byline or outlet.name}],
                "tags": [article.section],
            }
            for article in articles
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = text
    return element


def _atom_text(parent: ET.Element, name: str, text: str) -> ET.Element:
    return _add(parent, f"{{{_ATOM}}}{name}", text)


def _bytes(root: ET.Element, charset: str) -> bytes:
    """What `charset` lacks becomes a character reference."""
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding=charset, xml_declaration=True)
    return body
