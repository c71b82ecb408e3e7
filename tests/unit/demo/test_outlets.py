"""The sample outlets as a poller meets them: feeds, pages, validators, and other news in their place."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
import pytest
import trafilatura
from aiohttp import ClientSession

from bot.demo.content import FeedFormat, SampleArticle, SampleNews, SampleOutlet, sample_news
from bot.demo.outlets import SampleOutlets
from bot.demo.pages import render_site
from bot.demo.settings import keep
from bot.errors import InputError
from bot.model import Validators
from bot.polling.replay import ReplayFetcher, recorded
from bot.ports import Fetched, FetchFailed, FetchResult, NotModified
from tests.unit.demo.other_news import other_news

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
FORMATS: tuple[FeedFormat, ...] = ("rss", "atom", "json")


@pytest.fixture
async def outlets() -> AsyncIterator[SampleOutlets]:
    async with SampleOutlets(sample_news(NOW), now=NOW) as running:
        yield running


@pytest.fixture
async def web() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def _titles(web: ClientSession, url: str) -> list[str]:
    async with web.get(url) as answer:
        assert answer.status == 200
        body = await answer.read()
    if url.endswith(".json"):
        return [item["title"] for item in json.loads(body)["items"]]
    parsed = feedparser.parse(body, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not parsed.bozo
    return [entry.title for entry in parsed.entries]


async def test_every_feed_names_the_outlets_articles_newest_first(outlets: SampleOutlets, web: ClientSession) -> None:
    news = sample_news(NOW)
    for outlet, source in zip(news.outlets, outlets.sources, strict=True):
        written = sorted((a for a in news.articles if a.outlet == outlet.key), key=lambda a: a.published, reverse=True)
        assert await _titles(web, source.url) == [article.title for article in written], outlet.key


async def test_every_article_stands_on_its_page_in_the_charset_that_it_names(
    outlets: SampleOutlets, web: ClientSession
) -> None:
    for article in sample_news(NOW).articles:
        async with web.get(f"{outlets.base_urls[article.outlet]}/{article.slug}") as answer:
            assert answer.status == 200
            page = await answer.text()
        text = trafilatura.extract(page, include_comments=False) or ""
        for paragraph in article.paragraphs:
            assert paragraph[:40] in text, article.slug


async def test_times_and_ids_survive_the_feed(outlets: SampleOutlets, web: ClientSession) -> None:
    news = {f"harbour-wire:{a.slug}": a for a in sample_news(NOW).articles if a.outlet == "harbour-wire"}
    (source,) = [source for source in outlets.sources if source.name == "Harbour Wire"]
    async with web.get(source.url) as answer:
        entries = feedparser.parse(await answer.read()).entries
    assert {entry.id: parsedate_to_datetime(entry.published) for entry in entries} == {
        guid: article.published for guid, article in news.items()
    }


async def test_validators_are_honoured_one_by_one(outlets: SampleOutlets, web: ClientSession) -> None:
    for source in outlets.sources:
        async with web.get(source.url) as first:
            etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
        for headers, status in (
            ({"If-None-Match": etag}, 304),
            ({"If-None-Match": f'"other", W/{etag}'}, 304),
            ({"If-Modified-Since": modified}, 304),
            ({"If-None-Match": '"other"', "If-Modified-Since": modified}, 200),
            ({"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}, 200),
        ):
            async with web.get(source.url, headers=headers) as again:
                assert again.status == status, (source.name, headers)
                assert (await again.read() == b"") is (status == 304)


async def test_what_is_published_later_changes_the_feed_and_its_validators(
    outlets: SampleOutlets, web: ClientSession
) -> None:
    (source,) = [source for source in outlets.sources if source.name == "Harbour Wire"]
    outlets.publish(NOW - timedelta(days=3))
    assert await _titles(web, source.url) == ["Sudan and Ethiopia end first round of border talks without agreement"]
    async with web.get(source.url) as before:
        etag = before.headers["ETag"]
    outlets.publish(None)
    async with web.get(source.url, headers={"If-None-Match": etag}) as after:
        assert after.status == 200
    assert len(await _titles(web, source.url)) == 10


async def test_robots_missing_pages_and_the_count_of_answers(outlets: SampleOutlets, web: ClientSession) -> None:
    base = outlets.base_urls["meridian-post"]
    for path, status in (("/robots.txt", 200), ("/", 200), ("/nothing", 404), ("/../../etc/passwd", 404)):
        async with web.get(base + path) as answer:
            assert answer.status == status
    assert outlets.answers["meridian-post", "/robots.txt", 200] == 1
    assert outlets.answers["meridian-post", "/nothing", 404] == 1


async def test_thirty_other_articles_and_a_fourth_outlet_serve_as_well(web: ClientSession) -> None:
    news, events = other_news(NOW)
    async with SampleOutlets(news, now=NOW) as outlets:
        found = [title for source in outlets.sources for title in await _titles(web, source.url)]
        for article in news.articles:
            async with web.get(f"{outlets.base_urls[article.outlet]}/{article.slug}") as answer:
                assert answer.status == 200
    assert len(outlets.sources) == 4
    assert len(found) == 30
    assert sorted(found) == sorted(title for titles in events.values() for title in titles)


async def test_markup_in_other_news_is_text(web: ClientSession) -> None:
    news = SampleNews(
        outlets=tuple(
            SampleOutlet(key=feed, name="Outlet <1> & Co", country="NZL", language="en", feed=feed) for feed in FORMATS
        ),
        articles=tuple(
            SampleArticle(outlet=feed, slug="a", title="Minister <b>& co</b>", body="One <p>.\n\nTwo.", published=NOW)
            for feed in FORMATS
        ),
    )
    async with SampleOutlets(news, now=NOW) as outlets:
        for source in outlets.sources:
            assert await _titles(web, source.url) == ["Minister <b>& co</b>"]
        async with web.get(f"{outlets.base_urls['rss']}/a") as answer:
            page = await answer.text()
    assert "Minister &lt;b&gt;&amp; co&lt;/b&gt;" in page
    assert "<b>" not in page


async def test_an_outlet_without_articles_still_has_a_feed(web: ClientSession) -> None:
    empty = tuple(SampleOutlet(key=feed, name="Quiet", country="NZL", language="en", feed=feed) for feed in FORMATS)
    async with SampleOutlets(SampleNews(outlets=empty, articles=()), now=NOW) as outlets:
        for source in outlets.sources:
            assert await _titles(web, source.url) == []


async def test_a_wanted_port_that_is_taken_is_replaced() -> None:
    blocker = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    taken = blocker.sockets[0].getsockname()[1]
    async with blocker, SampleOutlets(sample_news(NOW), now=NOW, first_port=taken) as outlets:
        ports = [int(url.rsplit(":", 1)[1]) for url in outlets.base_urls.values()]
        assert taken not in ports
        assert len(set(ports)) == len(ports) == 6


async def test_what_is_kept_answers_as_the_outlets_did(tmp_path: Path, web: ClientSession) -> None:
    async with SampleOutlets(sample_news(NOW), now=NOW) as outlets:
        sources = outlets.sources
        titles = [await _titles(web, source.url) for source in sources]
        bodies = []
        for source in sources:
            async with web.get(source.url) as answer:
                bodies.append(await answer.read())
        keep(outlets, tmp_path)
    replay = ReplayFetcher(recorded(tmp_path / "pages"), ScriptedFetcher())
    for source, body in zip(sources, bodies, strict=True):
        first = await replay.fetch(source.url)
        assert isinstance(first, Fetched)
        assert first.body == body
        assert isinstance(await replay.fetch(source.url, validators=first.validators), NotModified)
    assert all(titles)
    assert isinstance(await replay.fetch("http://127.0.0.1:1/elsewhere"), FetchFailed)


class ScriptedFetcher:
    """Stands for the network: nothing is there."""

    async def fetch(self, url: str, *, validators: Validators = Validators(), accept: str = "") -> FetchResult:
        return FetchFailed(problem="connect", message=f"{url} is not there.")


@pytest.mark.parametrize("manifest", [None, "{", "[]", '{"outlets": [{"name": "x"}]}'])
def test_a_folder_of_something_else_is_refused_with_a_sentence(tmp_path: Path, manifest: str | None) -> None:
    if manifest is not None:
        (tmp_path / "outlets.json").write_text(manifest)
    with pytest.raises(InputError, match="holds no recording"):
        recorded(tmp_path)


def test_a_recording_cannot_lead_outside_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (tmp_path / "secret").write_text("x")
    row = {"file": "../secret", "content_type": "text/plain", "modified": NOW.isoformat()}
    manifest = {"outlets": [{"origin": "http://127.0.0.1:1", "files": {"/": row}}]}
    (folder / "outlets.json").write_text(json.dumps(manifest))
    with pytest.raises(InputError, match="outside the folder"):
        recorded(folder)


def test_each_page_carries_furniture_that_names_other_stories() -> None:
    news = sample_news(NOW)
    for outlet in news.outlets:
        written = [article for article in news.articles if article.outlet == outlet.key]
        site = render_site(outlet, written, "http://127.0.0.1:1", modified=NOW)
        for article in written:
            page = site[f"/{article.slug}"].body.decode(outlet.charset)
            assert outlet.elsewhere[0] in page or written[1].title in page, article.slug
            assert ("ld+json" in page) is (outlet.metadata == "jsonld")
            assert ("og:title" in page) is (outlet.metadata == "opengraph")
