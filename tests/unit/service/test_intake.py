"""Rounds over real HTTP: what is wrong with one source or page stops no other, and is told as a sentence."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.bootstrap import App, build
from bot.config import parse
from bot.errors import StoreError, WorkerAbsent
from bot.model import Entry, Query, Scope, SourceState, Story, Validators, source_id
from bot.polling.next_poll import STOPPED
from bot.ports import FetchResult, Intake, PollRecord
from bot.service.intake import BATCH
from bot.service.subscriptions import Limits, Subscriptions
from bot.storage.memory import MemoryPreferences, MemoryStore
from tests.contract.store_samples import T0
from tests.fakes.desk import TurnedClock
from tests.fakes.rounds import Here, Press, follow, intaker, item, pages_of
from tests.fakes.web import Answer, Site, bomb, broken_off, redirect, reply, web

ALL = Scope(sources=None)
BODY = (
    "<html><body><article><h1>{title}</h1>"
    "<p>Japan and Peru signed an accord on squid fishing in Lima on Monday, their foreign ministries said.</p>"
    "<p>The accord lets {ships} Japanese vessels fish off Callao until March under Peruvian inspectors.</p>"
    "<p>Foreign Minister Ximena Huarcaya called it a fair deal for both countries and their fishermen.</p>"
    "</article></body></html>"
)


def feed(site: Site, *items: tuple[str, str], summary: str = "") -> Answer:
    """A feed of (name, title)."""
    rows = "".join(
        f"<item><title>{title}</title><link>{site.url('/' + name)}</link><guid>{name}</guid>"
        f"<pubDate>Mon, 05 Oct 2026 07:00:00 GMT</pubDate><description>{summary}</description></item>"
        for name, title in items
    )
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{rows}</channel></rss>'
    return reply(text.encode(), content_type="application/rss+xml")


def page(title: str = "Japan and Peru sign squid accord", ships: int = 40) -> Answer:
    return reply(BODY.format(title=title, ships=ships).encode(), content_type="text/html; charset=utf-8")


@asynccontextmanager
async def bot(site: Site, *paths: str, clock: TurnedClock | None = None) -> AsyncIterator[App]:
    """A bot with those feeds of the site."""
    tree = {
        "store": {"url": "memory:"},
        "network": {"allow_private": ["127.0.0.0/8"], "max_bytes": 200_000},
        "worker": {"deadline": 100},  # the machine may be busy
        "sources": [{"url": site.url(path), "name": path} for path in paths],
    }
    async with build(parse(tree), clock=clock or TurnedClock()) as app:
        yield app


async def test_each_bad_feed_has_its_sentence_and_stops_no_other() -> None:
    async with web() as site:
        site.answers |= {
            "/good": feed(site, ("a", "Squid accord")),
            "/a": page(),
            "/html": reply(b"<!doctype html><html><body><h1>We moved</h1></body></html>", content_type="text/html"),
            "/empty": reply(b"", content_type="application/rss+xml"),
            "/cut": broken_off(b"<?xml version='1.0'?><rss><channel>", announced=5000),
            "/bomb": bomb(20),
            "/loop": redirect("/loop"),
            "/gone": reply(b"", status=410),
        }
        bad = ("/html", "/empty", "/cut", "/bomb", "/loop", "/gone")
        async with bot(site, "/good", *bad) as app:
            report = await app.intaker.round(everything=True)
            assert (report.sources, report.failed, report.articles) == (7, len(bad), 1)
            said = {path: (await app.store.source_state(source_id(site.url(path)))).problem for path in bad}
            for path, sentence in said.items():
                assert sentence, path
                assert not sentence[0].islower(), sentence
                assert sentence.endswith("."), sentence
                assert len(sentence.split()) >= 4, sentence
            assert len(set(said.values())) == len(bad)
            assert (await app.store.source_state(source_id(site.url("/good")))).problem is None
            shown = repr(await app.status.post(None, "UTC"))
            assert "6 of 7 sources fail" in shown


async def test_a_page_without_an_article_is_settled_with_the_reason() -> None:
    async with web() as site:
        site.answers |= {
            "/feed": feed(site, ("nothing", "Nothing here"), ("a", "Squid accord")),
            "/nothing": reply(b"<html><body><nav><a href='/'>Home</a></nav></body></html>", content_type="text/html"),
            "/a": page(),
        }
        async with bot(site, "/feed") as app:
            report = await app.intaker.round(everything=True)
            assert (report.articles, report.dropped) == (1, 1)
            assert await app.store.pending_entries(10) == ()


async def test_a_page_that_cannot_be_had_is_waited_for_and_then_given_up() -> None:
    clock = TurnedClock(T0)
    async with web() as site:
        site.answers |= {"/feed": feed(site, ("a", "Squid accord")), "/a": reply(b"", status=503)}
        async with bot(site, "/feed", clock=clock) as app:
            assert (await app.intaker.round(everything=True)).articles == 0
            assert len(await app.store.pending_entries(10)) == 1
            site.answers["/a"] = page()
            assert (await app.intaker.round(everything=True)).articles == 1
            site.answers |= {"/feed": feed(site, ("b", "Squid again")), "/b": reply(b"", status=503)}
            await app.intaker.round(everything=True)
            clock.turn(timedelta(hours=7))
            assert (await app.intaker.round(everything=True)).dropped == 1
            assert await app.store.pending_entries(10) == ()


async def test_a_page_that_is_waited_for_is_asked_for_ever_more_seldom() -> None:
    clock = TurnedClock(T0)
    async with web() as site:
        site.answers |= {"/feed": feed(site, ("a", "Squid accord"), ("b", "Squid again")), "/a": reply(b"", status=503)}
        site.answers["/b"] = reply(b"", status=503)
        async with bot(site, "/feed", clock=clock) as app:
            await app.intaker.round(everything=True)
            for _ in range(3 * 60):  # an hour of rounds
                clock.turn(timedelta(seconds=20))
                await app.intaker.round()
            assert 4 <= len(site.asked("/a")) <= 6
            site.answers |= {"/a": page(), "/b": page("Squid again", 41)}
            clock.turn(timedelta(minutes=31))
            assert (await app.intaker.round()).articles == 2


async def test_a_teaser_with_a_long_picture_is_no_article() -> None:
    picture = "&lt;img srcset='" + ", ".join(f"https://img.example/{n}/squid.jpg {n}w" for n in range(80)) + "'&gt;"
    async with web() as site:
        site.answers |= {"/feed": feed(site, ("a", "Squid accord"), summary=f"{picture}A teaser."), "/a": page()}
        async with bot(site, "/feed") as app:
            assert (await app.intaker.round(everything=True)).articles == 1
            (found,) = await app.store.search(Query(), ALL)
            assert "Callao" in found.article.text


@pytest.mark.parametrize("why", ["robots", "absent"])
async def test_the_feeds_own_text_serves_where_the_page_may_not(why: str) -> None:
    text = "Japan and Peru signed an accord on squid fishing in Lima on Monday, their foreign ministries said. " * 2
    async with web() as site:
        site.answers["/feed"] = feed(site, ("a", "Squid accord"), summary=text)
        if why == "robots":
            site.answers |= {"/robots.txt": reply(b"User-agent: *\nDisallow: /a\n"), "/a": page()}
        async with bot(site, "/feed") as app:
            assert (await app.intaker.round(everything=True)).articles == 1
            (found,) = await app.store.search(Query(), ALL)
            assert "squid fishing in Lima" in found.article.text
            assert "Callao" not in found.article.text
            reasons = [line.decision.reason for line in await app.store.read(found.article.id)]
            assert any("feed's own text is used" in reason for reason in reasons)
            assert len(site.asked("/a")) == (0 if why == "robots" else 1)


async def test_pages_of_a_site_whose_robots_txt_fails_are_left_alone_and_the_status_says_why() -> None:
    text = "Japan and Peru signed an accord on squid fishing in Lima on Monday, their foreign ministries said. " * 2
    clock = TurnedClock(T0)
    async with web() as site:
        site.answers |= {
            "/robots.txt": reply(b"", status=503),
            "/feed": feed(site, ("a", "Squid accord"), summary=text),
            "/bare": feed(site, ("b", "Squid again")),
            "/a": page(),
            "/b": page(),
        }
        async with bot(site, "/feed", "/bare", clock=clock) as app:
            assert (await app.intaker.round(everything=True)).articles == 1
            assert (site.asked("/a"), site.asked("/b"), len(site.asked("/robots.txt"))) == ([], [], 1)
            assert len(await app.store.pending_entries(10)) == 1
            post = await app.status.post(None, "UTC")
            assert [item.badge for item in post.items] == ["pages not read", "pages not read"]
            assert "robots.txt of 127.0.0.1" in str(post.items[0].note)
            site.answers["/robots.txt"] = reply(b"", status=404)
            clock.turn(timedelta(hours=1))
            assert (await app.intaker.round(everything=True)).articles == 1
            assert (await app.status.post(None, "UTC")).items == ()


async def test_an_article_that_its_outlet_changes_is_an_update_with_what_changed() -> None:
    async with web() as site:
        site.answers |= {"/feed": feed(site, ("a", "Squid accord lets 40 vessels in")), "/a": page(ships=40)}
        async with bot(site, "/feed") as app:
            await app.intaker.round(everything=True)
            (before,) = await app.store.recent_stories(T0 - timedelta(days=1), ALL)
            site.answers |= {"/feed": feed(site, ("a", "Squid accord lets 45 vessels in")), "/a": page(ships=45)}
            await app.intaker.round(everything=True)
            (after,) = await app.store.recent_stories(T0 - timedelta(days=1), ALL)
            assert after.id == before.id
            assert after.version == before.version + 1
            (member,) = after.members
            assert member.relation == "updates"
            assert any("40" in change.was and "45" in change.now for change in member.changes)
            (found,) = await app.store.search(Query(), ALL)
            assert "45 Japanese vessels" in found.article.text
            assert (await app.intaker.round(everything=True)).articles == 0


async def test_the_first_poll_is_backlog_and_later_polls_are_not() -> None:
    async with web() as site:
        site.answers |= {"/feed": feed(site, ("a", "Squid accord")), "/a": page()}
        async with bot(site, "/feed") as app:
            await app.intaker.round(everything=True)
            other = BODY.format(title="Chile visit", ships=3).replace("Japan", "Chile").replace("squid", "lithium")
            site.answers |= {
                "/feed": feed(site, ("b", "Chile and Peru sign lithium pact"), ("a", "Squid accord")),
                "/b": reply(other.encode(), content_type="text/html"),
            }
            await app.intaker.round(everything=True)
            stories = await app.store.recent_stories(T0 - timedelta(days=1), ALL)
            assert {story.backlog for story in stories if len(story.members) == 1} <= {True, False}
            backlog = {story.title: story.backlog for story in stories}
            assert backlog["Squid accord"] is True
            assert backlog["Chile and Peru sign lithium pact"] is False


@dataclass
class Choking(MemoryStore):
    """Cannot hold one article, whatever is tried."""

    def __post_init__(self) -> None:
        super().__init__()

    async def take_in(self, intake: Intake) -> Story:
        if intake.reading.article.title == "Poison":
            raise StoreError("The store cannot hold so large a value: this item was left out.")
        return await super().take_in(intake)


@dataclass
class Fragile(Press):
    """Breaks on one address; counts how many it is asked for at once."""

    broken: str = ""
    under_way: int = 0
    most: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    async def fetch(self, url: str, *, validators: Validators = Validators(), accept: str = "*/*") -> FetchResult:
        if url == self.broken:
            raise RuntimeError("a mistake of ours")
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0)
        self.under_way -= 1
        return await super().fetch(url, validators=validators, accept=accept)


def linked(name: str) -> str:
    return f"<item><title>{name}</title><link>https://web.example/{name}</link><guid>{name}</guid></item>"


TEXT = "Japan and Peru signed an accord on squid fishing in Lima on Monday, their foreign ministries said. " * 3


async def test_an_entry_that_cannot_be_placed_is_skipped_with_the_reason_and_stops_no_other() -> None:
    store, press, clock = Choking(), Press(), TurnedClock(T0)
    await follow(store, "A")
    for name, hour in (("Poison", 1), ("Squid accord", 2)):
        press.publish("A", item(name, name, TEXT, T0 - timedelta(hours=hour)))
    report = await intaker(store, press, clock).round(everything=True)
    assert (report.articles, report.dropped) == (1, 1)
    assert await store.pending_entries(10) == ()
    (found,) = await store.search(Query(), ALL)
    assert found.article.title == "Squid accord"


@pytest.mark.parametrize("broken", ["https://a.example/feed", "https://web.example/robots.txt"])
async def test_a_mistake_of_ours_with_one_feed_or_page_stops_no_other(broken: str) -> None:
    store, press, clock = MemoryStore(), Fragile(broken=broken), TurnedClock(T0)
    for outlet in ("A", "B"):
        await follow(store, outlet)
    press.publish("A", linked("page"))
    press.publish("B", item("good", "Squid accord", TEXT, T0 - timedelta(hours=2)))
    report = await intaker(store, press, clock).round(everything=True)
    assert report.articles == 1
    assert await store.pending_entries(10) == ()


async def test_pages_are_read_in_small_batches_however_many_wait() -> None:
    store, press, clock = MemoryStore(), Fragile(), TurnedClock(T0)
    await follow(store, "A")
    for number in range(5 * BATCH):
        press.publish("A", linked(f"page{number}"))
    report = await intaker(store, press, clock).round(everything=True)
    assert report.dropped == 5 * BATCH
    assert press.most <= BATCH


class Nobody(Here):
    """A pool whose processes cannot be started."""

    async def run(self, request: object, answers: Any, *, priority: int = 1) -> Any:
        raise WorkerAbsent("The worker process could not be started; the log says why.")


async def test_sources_are_polled_on_when_the_clock_is_set_back() -> None:
    store, press, clock = MemoryStore(), Press(), TurnedClock(T0)
    await follow(store, "A")
    press.publish("A", item("a", "Squid accord", TEXT, T0 - timedelta(hours=1)))
    taking, year = intaker(store, press, clock), timedelta(days=365)
    clock.turn(year)
    await taking.round()
    clock.turn(-year)
    assert (await taking.round()).sources == 1
    assert (await taking.round()).sources == 0


async def test_an_entry_waits_while_nothing_can_read_it() -> None:
    pages = pages_of(Press(), Nobody(), TurnedClock(T0))
    entry = Entry(id="a", source_id="s", guid="a", url=None, title="Squid accord", content=f"<p>{TEXT}</p>", arrived=T0)
    assert await pages.read(entry, None) is None


async def test_housekeeping_forgets_what_is_old() -> None:
    clock = TurnedClock(T0)
    async with web() as site:
        site.answers |= {"/feed": feed(site, ("a", "Squid accord")), "/a": page()}
        async with bot(site, "/feed", clock=clock) as app:
            await app.intaker.round(everything=True)
            keep = replace(app.housekeeping, texts=timedelta(days=10), articles=timedelta(days=20))
            clock.turn(timedelta(days=11))
            await keep.run()
            (found,) = await app.store.search(Query(), ALL)
            assert found.article.text == ""
            assert found.summary.points
            clock.turn(timedelta(days=10))
            await app.intaker.round(everything=True)  # the feed still lists it
            await keep.run()
            assert await app.store.search(Query(), ALL) == ()
            assert (await app.intaker.round(everything=True)).articles == 0  # what it forgot is not news again


TEXTS = {
    "Grain pact": "France and Chad signed a pact on grain in Paris on Tuesday, the French foreign ministry said. " * 3,
    "Ferry treaty": "Norway and Denmark agreed a treaty on ferries in Oslo, the Norwegian government said. " * 3,
    "Border talks": "India and China held talks on their border in Delhi, the Indian foreign minister said. " * 3,
}


async def test_what_came_while_nobody_followed_a_source_is_no_news() -> None:
    store, press, clock = MemoryStore(), Press(), TurnedClock(T0)
    subscriptions = Subscriptions(store=store, preferences=MemoryPreferences(), clock=clock, limits=Limits())
    url, taking = Press.url("A"), intaker(store, press, clock)

    async def posted() -> set[str]:
        await taking.round()
        return {story.title for story in await store.recent_stories(T0, ALL) if not story.backlog}

    press.publish("A", item("a", "Squid accord", TEXT, T0 - timedelta(hours=1)))
    await subscriptions.add_source("1", url, "A", latest=1)
    await taking.round()
    await subscriptions.remove_source("1", "A")
    clock.turn(timedelta(days=2))
    for hours, name in enumerate(("Grain pact", "Ferry treaty"), 1):
        press.publish("A", item(name, name, TEXTS[name], clock.now() - timedelta(hours=hours)))
    await subscriptions.add_source("2", url, "A", latest=1)
    assert await posted() == {"Grain pact"}
    press.publish("A", item("new", "Border talks", TEXTS["Border talks"], clock.now() + timedelta(hours=2)))
    clock.turn(timedelta(hours=3))
    assert await posted() == {"Grain pact", "Border talks"}


async def test_a_source_that_was_given_up_is_polled_again_when_somebody_adds_it() -> None:
    store, press, clock = MemoryStore(), Press(), TurnedClock(T0)
    subscriptions = Subscriptions(store=store, preferences=MemoryPreferences(), clock=clock, limits=Limits())
    source = await subscriptions.add_source("1", Press.url("A"), "A")
    state = SourceState(source_id=source.id, polled=True, next_poll=STOPPED, failures=1, problem="It is gone.")
    await store.record_poll(PollRecord(state=state))
    press.publish("A", item("a", "Squid accord", TEXT, T0 - timedelta(hours=1)))
    assert (await intaker(store, press, clock).round()).sources == 0
    await subscriptions.add_source("2", Press.url("A"), "A")
    report = await intaker(store, press, clock).round()
    assert (report.sources, report.articles) == (1, 1)
    assert (await store.source_state(source.id)).problem is None
