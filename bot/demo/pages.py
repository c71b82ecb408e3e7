"""The pages of a sample outlet: articles amid the furniture that real pages stand in, a front page, robots.txt.

Every outlet has its own template. Only renders; `sites` serves.
"""

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from string import Template
from zoneinfo import ZoneInfo

from bot.demo.content import SampleArticle, SampleOutlet, fill
from bot.demo.feeds import FEED_PATHS, feed_url, render_feed

RANKED = 7
"""Headlines in a ranking: as many as such boxes show."""

LEAD_PARAGRAPHS = 2
"""After so many paragraphs the pages put what interrupts the text: a promotion, links, an advertisement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What stands behind one path."""

    content_type: str
    body: bytes
    modified: datetime


def render_site(
    outlet: SampleOutlet, articles: Sequence[SampleArticle], base: str, *, modified: datetime
) -> Mapping[str, Resource]:
    """All that the outlet serves, by path. `modified` dates what has no article; `articles` come newest first."""
    newest = articles[0].published if articles else modified
    feed_type, feed = render_feed(outlet, articles, base)
    site = {
        "/robots.txt": Resource(
            content_type="text/plain; charset=utf-8", body=b"User-agent: *\nDisallow: /search\n", modified=modified
        ),
        FEED_PATHS[outlet.feed]: Resource(content_type=feed_type, body=feed, modified=newest),
        "/": _html(outlet, _front_page(outlet, articles, base), newest),
    }
    for article in articles:
        site[f"/{article.slug}"] = _html(outlet, render_article(outlet, article, articles, base), article.published)
    return site


def _html(outlet: SampleOutlet, text: str, modified: datetime) -> Resource:
    body = text.encode(outlet.charset, errors="xmlcharrefreplace")
    return Resource(content_type=f"text/html; charset={outlet.charset}", body=body, modified=modified)


def render_article(outlet: SampleOutlet, article: SampleArticle, articles: Sequence[SampleArticle], base: str) -> str:
    """The article's page. `articles` are all of the outlet's, for rankings and related links."""
    paragraphs = [f"<p>{html.escape(text, quote=False)}</p>" for text in article.paragraphs]
    others = [(other.title, f"/{other.slug}") for other in articles if other.slug != article.slug]
    named = [*others[:4], *((title, f"/more/{number}") for number, title in enumerate(outlet.elsewhere))]
    local = article.published.astimezone(ZoneInfo(outlet.zone))
    values = {
        "title": article.title,
        "section": article.section,
        "outlet": outlet.name,
        "byline": article.byline or outlet.name,
        "when": _written_time(local, outlet.language),
        "iso": local.isoformat(),
        "year": str(local.year),
        "lang": outlet.language,
        "charset": outlet.charset,
        "url": f"{base}/{article.slug}",
        "feed": feed_url(outlet, base),
    }
    blocks = {
        "head": _metadata(outlet, article, values["url"]),
        "figure": _figure(article, outlet.language),
        "lead": "\n".join(paragraphs[:LEAD_PARAGRAPHS]),
        "rest": "\n".join(paragraphs[LEAD_PARAGRAPHS:]),
        "ranking": _links(named[-RANKED:]),
        "related": _links(others[:3] or named[:3]),
    }
    escaped = {name: html.escape(value) for name, value in values.items()}
    return _template(outlet.template).substitute(escaped | blocks)


@cache
def _template(name: str) -> Template:
    file = resources.files("bot.demo") / "data" / "templates" / f"{name}.html"
    return Template(file.read_text(encoding="utf-8"))


def _links(pairs: Sequence[tuple[str, str]]) -> str:
    return "".join(f'<li><a href="{html.escape(path)}">{html.escape(title)}</a></li>' for title, path in pairs)


_PHOTO = {"ja": "写真", "fr": "Photo d’archives", "en": "File photo"}


def _figure(article: SampleArticle, language: str) -> str:
    if article.caption is None:
        return ""
    caption = html.escape(article.caption)
    image = f'<img src="/img/{html.escape(article.slug)}.jpg" alt="{caption}" width="960" height="540">'
    return f"<figure>{image}<figcaption>{caption} ({_PHOTO.get(language, _PHOTO['en'])})</figcaption></figure>"


def _metadata(outlet: SampleOutlet, article: SampleArticle, url: str) -> str:
    published = article.published.isoformat()
    if outlet.metadata == "jsonld":
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title,
            "datePublished": published,
            "dateModified": published,
            "author": [{"@type": "Person", "name": article.byline or outlet.name}],
            "publisher": {"@type": "Organization", "name": outlet.name},
            "articleSection": article.section,
            "inLanguage": outlet.language,
            "mainEntityOfPage": url,
        }
        text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
        return f'<script type="application/ld+json">{text}</script>'
    if outlet.metadata == "opengraph":
        properties = {
            "og:type": "article",
            "og:title": article.title,
            "og:site_name": outlet.name,
            "og:url": url,
            "og:description": article.paragraphs[0][:200],
            "article:published_time": published,
            "article:section": article.section,
        }
        return "\n".join(
            f'<meta property="{name}" content="{html.escape(value)}">' for name, value in properties.items()
        )
    return ""


def _written_time(local: datetime, language: str) -> str:
    clock = f"{local:%H:%M}"
    if language == "ja":
        return f"{local.year}年{fill('{date:0d}', local, 'ja')} {clock}"
    if language == "fr":
        return f"{fill('{date:0d}', local, 'fr')} {local.year} à {local:%Hh%M}"
    return f"{fill('{monthday:0d}', local, 'en')} {local.year}, {clock} {local:%Z}"


def _front_page(outlet: SampleOutlet, articles: Sequence[SampleArticle], base: str) -> str:
    links = _links([(article.title, f"/{article.slug}") for article in articles])
    name, feed = html.escape(outlet.name), html.escape(feed_url(outlet, base))
    kind = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}[outlet.feed]
    return (
        f'<!doctype html><html lang="{outlet.language}"><head><meta charset="{outlet.charset}"><title>{name}</title>'
        f'<link rel="alternate" type="{kind}" title="{name}" href="{feed}"></head>'
        f"<body><h1>{name}</h1><ul>{links}</ul></body></html>"
    )
