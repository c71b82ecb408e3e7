"""The ledger: who did what to whom, within what the asker may see."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.grouping.story import grow
from bot.model import (
    Actor,
    Article,
    Event,
    EventType,
    Placement,
    Scope,
    Signature,
    Source,
    Summary,
    Understanding,
    source_id,
)
from bot.ports import Intake, Reading
from bot.service.relations import ledger, pairs
from bot.storage.memory import MemoryStore

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
WIRE, POST = (source_id(f"https://{name}.example/feed") for name in ("wire", "post"))


def event(kind: EventType, source: tuple[str, ...], target: tuple[str, ...]) -> Event:
    return Event(type=kind, tense="past", source=source, target=target)


@pytest.mark.parametrize(
    ("found", "actor", "other", "wanted"),
    [
        (event("SANCTION", ("USA",), ("RUS",)), "USA", "RUS", [("USA", "RUS")]),
        (event("SANCTION", ("USA",), ("RUS",)), "RUS", "USA", [("USA", "RUS")]),
        (event("SANCTION", ("USA",), ("RUS",)), "USA", "JPN", []),
        (event("SANCTION", ("USA",), ("RUS", "BLR")), "USA", None, [("USA", "RUS"), ("USA", "BLR")]),
        (event("CONSULT", ("JPN", "USA"), ()), "USA", "JPN", [("JPN", "USA")]),
        (event("SANCTION", ("JPN", "USA"), ()), "USA", "JPN", []),
        (event("ACCUSE", ("USA",), ("USA",)), "USA", None, []),
    ],
)
def test_who_did_it_to_whom(found: Event, actor: str, other: str | None, wanted: list[tuple[str, str]]) -> None:
    assert pairs(found, actor, other) == wanted


def reading(key: str, source: str, hours: int, *events: Event, language: str = "en") -> Reading:
    codes = dict.fromkeys(code for one in events for code in (*one.source, *one.target))
    when = NOON + timedelta(hours=hours)
    return Reading(
        article=Article(
            id=key, source_id=source, title=key, published=when, arrived=when, language=language, text="Text."
        ),
        understanding=Understanding(
            diplomatic=True, relevance=0.9, events=events,
            actors=tuple(Actor(code=code, kind="country", name=code, mentions=1) for code in codes),
        ),
        signature=Signature(),
        summary=Summary(headline=key, points=()),
    )  # fmt: skip


async def filled() -> MemoryStore:
    store = MemoryStore()
    for key, name in ((WIRE, "wire"), (POST, "post")):
        await store.put_source(Source(id=key, url=f"https://{name}.example/feed", name=name))
    warned, met = event("THREATEN", ("CHN",), ("JPN",)), event("CONSULT", ("JPN",), ("CHN",))
    first = reading("a", WIRE, 0, warned)
    story = grow(None, first.article, first.understanding, Placement(story=None, relation="starts"), source_id=WIRE)
    story = await store.take_in(Intake(entry=None, reading=first, story=story))
    again = reading("b", POST, 1, warned)
    grown = grow(story, again.article, again.understanding, Placement(story="a", relation="joins"), source_id=POST)
    await store.take_in(Intake(entry=None, reading=again, story=grown))
    later = reading("c", POST, 5, met, replace(warned, source=("JPN",), target=("USA",)))
    alone = grow(None, later.article, later.understanding, Placement(story=None, relation="starts"), source_id=POST)
    await store.take_in(Intake(entry=None, reading=later, story=alone))
    return store


async def told(store: MemoryStore, scope: Scope, actor: str, other: str | None) -> list[tuple[str, str, str, str]]:
    found = await ledger(store, scope, actor, other)
    return [(one.event.type, one.source, one.target, reading.article.id) for one, reading in found.page]


async def test_newest_first_one_line_a_story_by_its_first_report() -> None:
    store = await filled()
    assert await told(store, Scope(sources=None), "JPN", "CHN") == [
        ("CONSULT", "JPN", "CHN", "c"),
        ("THREATEN", "CHN", "JPN", "a"),
    ]
    assert ("THREATEN", "JPN", "USA", "c") in await told(store, Scope(sources=None), "JPN", None)


async def test_only_what_the_asker_may_see() -> None:
    store = await filled()
    assert await told(store, Scope(sources=frozenset({WIRE})), "JPN", "CHN") == [("THREATEN", "CHN", "JPN", "a")]
    assert await told(store, Scope(sources=frozenset({POST})), "CHN", "JPN") == [
        ("CONSULT", "JPN", "CHN", "c"),
        ("THREATEN", "CHN", "JPN", "b"),
    ]
    assert await told(store, Scope(sources=frozenset()), "JPN", "CHN") == []


async def believed(*reports: tuple[int, EventType]) -> list[tuple[EventType, str]]:
    """The ledger of Peru and Japan over one story, oldest first: kinds and their articles. Hours and kinds go in."""
    store = MemoryStore()
    await store.put_source(Source(id=WIRE, url="https://wire.example/feed", name="wire"))
    story = None
    for number, (hour, kind) in enumerate(reports):
        one = reading(f"r{number}", WIRE, hour, event(kind, ("PER",), ("JPN",)))
        placed = Placement(story=story.id if story else None, relation="joins" if story else "starts")
        grown = grow(story, one.article, one.understanding, placed, source_id=WIRE)
        story = await store.take_in(Intake(entry=None, reading=one, story=grown))
    found = await ledger(store, Scope(sources=None), "PER", "JPN")
    return [(dealing.event.type, dealing.article_id) for dealing, _ in reversed(found.page)]


async def test_what_one_report_alone_says_of_the_same_news_is_no_line() -> None:
    assert await believed((0, "AID"), (1, "MOBILIZE"), (2, "AID")) == [("AID", "r0")]
    assert await believed((0, "MOBILIZE"), (1, "AID"), (2, "AID")) == [("AID", "r1")]


async def test_where_no_two_reports_agree_the_first_is_believed() -> None:
    assert await believed((0, "AID"), (1, "MOBILIZE"), (2, "AGREE")) == [("AID", "r0")]


async def test_an_answer_that_comes_later_is_a_line_of_its_own() -> None:
    assert await believed((0, "ACCUSE"), (1, "ACCUSE"), (9, "REJECT")) == [("ACCUSE", "r0"), ("REJECT", "r2")]


@pytest.mark.parametrize(
    ("language", "article"), [(None, "en0"), ("en", "en0"), ("ja", "ja0"), ("fr", "fr0"), ("de", "en0")]
)
async def test_a_line_rests_on_a_report_in_the_readers_language_or_in_english(
    language: str | None, article: str
) -> None:
    store, met, story = MemoryStore(), event("CONSULT", ("JPN",), ("IDN",)), None
    await store.put_source(Source(id=WIRE, url="https://wire.example/feed", name="wire"))
    for hour, key in enumerate(("ja0", "fr0", "en0", "en1")):
        one = reading(key, WIRE, hour, met, language=key[:2])
        placed = Placement(story=story.id if story else None, relation="joins" if story else "starts")
        grown = grow(story, one.article, one.understanding, placed, source_id=WIRE)
        story = await store.take_in(Intake(entry=None, reading=one, story=grown))
    ((dealing, told),) = (await ledger(store, Scope(sources=None), "JPN", "IDN", language=language)).page
    assert (dealing.when, told.article.id) == (NOON, article)
