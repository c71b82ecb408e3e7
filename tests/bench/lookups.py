"""How fast look-ups answer from an archive of 20,000 articles: python tests/bench/lookups.py [ARTICLES].

The commands as people give them, through everything but the chat network. Beside each, in the same run: what a plain
SQLite table with LIKE needs for the same question (its first page, newest first). Medians of milliseconds, wall time.
Prints figures and judges nothing: machines differ.
"""

import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from bot.bootstrap import build
from bot.chat.commands import Asker
from bot.chat.lines import parse_line
from bot.config import parse
from bot.grouping.story import grow
from bot.model import (
    Actor,
    Article,
    Event,
    EventType,
    Evidence,
    KeyPoint,
    Placement,
    Signature,
    Source,
    Span,
    Summary,
    Understanding,
    source_id,
)
from bot.ports import Intake, Reading, Store

ARTICLES, TIMES = 20_000, 30
NOW = datetime(2027, 1, 1, tzinfo=UTC)
STARTS = Placement(story=None, relation="starts")
COUNTRIES = ("JPN", "USA", "CHN", "RUS", "FRA", "DEU", "GBR", "IND", "BRA", "KEN", "ETH", "EGY", "TUR", "IRN", "PER")
EVENTS: tuple[EventType, ...] = ("CONSULT", "AGREE", "SANCTION", "THREATEN", "ACCUSE", "AID")
TOPICS = ("tariffs", "fisheries", "border", "grain", "visas", "pipeline", "cease-fire", "summit", "embassy", "quota")
ASKER = Asker(network="console", user_id="bench", may_manage=True)
QUESTIONS = {
    "/search fisheries": "text LIKE '%fisheries%'",
    "/search tariffs country:Peru": "text LIKE '%tariffs%' AND codes LIKE '%PER%'",
    "/search quota country:Japan,Kenya": "text LIKE '%quota%' AND codes LIKE '%JPN%' AND codes LIKE '%KEN%'",
    "/search event:AGREE": "codes LIKE '%AGREE%'",
    "/brief Japan": "codes LIKE '%JPN%' AND at > 1798156800",
    "/brief pipeline": "text LIKE '%pipeline%' AND at > 1798156800",
    "/brief": "at > 1798156800",
    "/brief tariffs country:Peru": "text LIKE '%tariffs%' AND codes LIKE '%PER%' AND at > 1798156800",
    "/brief event:AGREE lang:en": "codes LIKE '%AGREE%' AND at > 1798156800",
    "/latest": "at > 1798502400",
    "/latest Japan": "codes LIKE '%JPN%' AND at > 1798502400",
    "/country Kenya": "codes LIKE '%KEN%'",
    "/relations Japan Kenya": "codes LIKE '%JPN%' AND codes LIKE '%KEN%'",
}


class Standing:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW


def reading(number: int, ago: int, chance: Random, sources: list[Source]) -> Reading:
    """One of the archive's articles; there are as many newer ones as `ago` says."""
    pair = chance.sample(COUNTRIES, 2)
    topic = chance.choice(TOPICS)
    first = f"Envoys of {pair[0]} and {pair[1]} met over {topic} in the capital, officials of both countries said."
    filler = " ".join(f"word{chance.randint(0, 5000)}" for _ in range(250))
    source = chance.choice(sources)
    when = NOW - timedelta(minutes=5) * (ago + 1)
    key = f"{number:08}"
    return Reading(
        article=Article(
            id=key, source_id=source.id, url=f"{source.url}/{key}", title=f"{pair[0]} and {pair[1]} talk {topic}",
            text=f"{first}\n\n{filler}", language="en", outlet=source.name, published=when, arrived=when,
        ),
        understanding=Understanding(
            diplomatic=True, relevance=0.9,
            actors=tuple(Actor(code=code, kind="country", name=code, mentions=1) for code in pair),
            events=(Event(type=chance.choice(EVENTS), tense="past", source=(pair[0],), target=(pair[1],),
                          evidence=Span(start=0, end=len(first))),),
        ),
        signature=Signature(),
        summary=Summary(
            headline=topic,
            points=(KeyPoint(text=first, evidence=(Evidence(article=key, start=0, end=len(first), text=first),)),),
        ),
    )  # fmt: skip


async def fill(store: Store, peer: sqlite3.Connection, count: int) -> None:
    """The same articles into both; stories of one article each."""
    chance = Random(3)
    sources = [
        Source(id=source_id(url), url=url, name=f"Outlet {n}", shared=True)
        for n in range(20)
        for url in [f"https://outlet{n}.example/feed"]
    ]
    for source in sources:
        await store.put_source(source)
    peer.execute("CREATE TABLE article (at INTEGER, title TEXT, text TEXT, codes TEXT)")
    for number in range(count):
        one = reading(number, count - number, chance, sources)
        story = grow(None, one.article, one.understanding, STARTS, source_id=one.article.source_id)
        await store.take_in(Intake(entry=None, reading=one, story=replace(story, number=0)))
        codes = " ".join([*(actor.code for actor in one.understanding.actors), one.understanding.events[0].type])
        row = (int(one.article.when.timestamp()), one.article.title, one.article.text, codes)
        peer.execute("INSERT INTO article VALUES (?, ?, ?, ?)", row)
    peer.commit()


async def median(question: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds."""
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        await question()
        took.append(1000 * (time.perf_counter() - start))
    return statistics.median(took)


async def like(peer: sqlite3.Connection, where: str) -> object:
    """How many, and the first page."""
    counted = peer.execute(f"SELECT count(*) FROM article WHERE {where}").fetchone()
    query = f"SELECT * FROM article WHERE {where} ORDER BY at DESC LIMIT 5"
    return counted, peer.execute(query).fetchall()


async def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as folder:
        settings = parse({"store": {"url": f"sqlite:///{Path(folder) / 'store.sqlite'}"}})
        peer = sqlite3.connect(Path(folder) / "peer.sqlite")
        async with build(settings, clock=Standing()) as app:
            start = time.perf_counter()
            await fill(app.store, peer, count)
            print(f"{count} articles stored in {time.perf_counter() - start:.0f} s")
            for line, where in QUESTIONS.items():
                call = parse_line(line, ASKER)

                ours, theirs = await median(partial(app.answers.answer, call)), await median(partial(like, peer, where))
                print(f"{line:<48} attache {ours:7.1f} ms   sqlite LIKE {theirs:7.1f} ms")
        peer.close()


if __name__ == "__main__":
    asyncio.run(main())
