"""The contract of StoryStore.find_stories and count_stories."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import Query, Relation, Scope, Story, StoryOrder, StoryQuery
from bot.ports import Intake, Reading, Store
from bot.storage.memory import MemoryStore
from bot.storage.sqlite import SqliteStore

from .store_samples import ALL, T0, at, intake, reading, source, story


async def put(store: Store, key: str, *readings: Reading, relations: Sequence[Relation] = (), **more: object) -> None:
    """The story `key` of `readings`; each joins unless told."""
    whole = story(key, *readings, changed=max((one.article.when - T0).total_seconds() / 3600 for one in readings))
    joins: Relation = "joins"
    known = dict(enumerate(relations))
    members = tuple(replace(one, relation=known.get(place, joins)) for place, one in enumerate(whole.members))
    whole = replace(whole, members=members, **more)  # type: ignore[arg-type]
    for one in readings:
        await store.take_in(Intake(entry=None, reading=one, story=whole))


async def found(store: Store, asked: StoryQuery, scope: Scope = ALL) -> list[str]:
    """The ids that a look-up answers; `count_stories` must agree wherever the page holds all."""
    stories = await store.find_stories(asked, scope)
    if len(stories) < asked.limit and not asked.offset:
        assert await store.count_stories(asked, scope) == len(stories)
    return [one.id for one in stories]


async def test_newest_change_first_page_by_page(store: Store) -> None:
    for key, hours in (("1", 0), ("2", 2), ("3", 1)):
        await put(store, f"s{key}", reading(key, hours=hours))
    await put(store, "quiet", reading("4", hours=3, diplomatic=False), diplomatic=False)
    assert await found(store, StoryQuery(since=at(0))) == ["s2", "s3", "s1"]
    assert await found(store, StoryQuery(since=at(1))) == ["s2", "s3"]
    assert await found(store, StoryQuery(since=at(0), limit=1, offset=1)) == ["s3"]
    assert await found(store, StoryQuery(since=at(0), limit=0)) == []
    assert await found(store, StoryQuery(since=at(0), offset=9)) == []


async def test_they_come_whole_and_as_they_stand(store: Store) -> None:
    one, two = reading("1", of="a"), reading("2", of="b", hours=1)
    await put(store, "s", one)
    await put(store, "t", reading("3", hours=2))
    whole = await store.take_in(replace(intake("s", two, one), absorbed=("t",)))
    assert await store.find_stories(StoryQuery(since=at(0)), Scope(sources=frozenset({"b"}))) == (whole,)


async def test_the_weightiest_have_most_outlets_of_their_own_words(store: Store) -> None:
    await put(store, "one", reading("1", of="a"), reading("2", of="a"), reading("3", of="a"))
    await put(store, "copied", *[reading(f"c{name}", of=name) for name in "abc"], relations=("joins", "copy", "copy"))
    await put(store, "two", reading("4", of="a"), reading("5", of="b"))
    await put(store, "sure", reading("6", of="c"), relevance=0.9)
    await put(store, "early", reading("7", of="c", hours=1), first_seen=at(-2))
    asked = StoryQuery(since=at(-9), order="weightiest")
    assert await found(store, asked) == ["two", "sure", "early", "copied", "one"]
    assert await found(store, replace(asked, limit=2, offset=1)) == ["sure", "early"]


async def test_what_one_server_does_not_see_weighs_nothing_and_names_nobody(store: Store) -> None:
    await put(store, "wide", *[reading(f"w{name}", of=name, actors=("PER",)) for name in "abc"])
    await put(store, "own", reading("1", of="x", actors=("JPN",)), reading("2", of="y"))
    await put(store, "mixed", reading("3", of="x", actors=("JPN",)), reading("4", of="a", actors=("PER",)))
    scope = Scope(sources=frozenset({"x", "y"}))
    asked = StoryQuery(since=at(0), order="weightiest")
    assert await found(store, asked, scope) == ["own", "mixed"]
    assert await found(store, replace(asked, named=("PER",)), scope) == []
    assert await found(store, replace(asked, named=("PER", "JPN"))) == ["mixed"]
    assert await found(store, replace(asked, article=Query(countries=("PER",))), scope) == []
    assert await found(store, asked, Scope(sources=frozenset())) == []


async def test_one_article_answers_all_of_the_query(store: Store) -> None:
    await store.put_source(source("a", kind="wire"))
    await store.put_source(source("b", kind="newspaper"))
    await put(
        store,
        "both",
        reading("1", of="a", actors=("JPN", "PER"), events=("AID",), text="Loans were signed."),
        reading("2", of="b", language="fr", hours=2, text="Rien."),
    )
    await put(store, "parted", reading("3", of="a", actors=("JPN",)), reading("4", of="b", actors=("PER",)))

    async def answered(query: Query) -> list[str]:
        return await found(store, StoryQuery(since=at(0), article=query))

    assert await answered(Query(countries=("JPN", "PER"))) == ["both"]
    assert await answered(Query(text="loans", event="AID", kind="wire", language="en")) == ["both"]
    assert await answered(Query(text="loans", language="fr")) == []
    assert await answered(Query(source="the b", until=at(1))) == ["parted"]
    assert await answered(Query(since=at(1))) == ["both"]
    assert await answered(Query(kind="broadcaster")) == []
    assert await answered(Query(text="?!")) == []
    assert await answered(Query(limit=0, offset=9)) == ["both", "parted"]


async def test_stories_without_articles_are_not_found(store: Store) -> None:
    await put(store, "s", reading("1"), reading("2", hours=5))
    await store.forget_before(at(2), at(2))
    assert await found(store, StoryQuery(since=at(0), order="weightiest")) == ["s"]
    await store.forget_before(at(9), at(9))
    assert await found(store, StoryQuery(since=at(0), order="weightiest")) == []


_CODES, _OUTLETS = st.sampled_from(("JPN", "PER")), st.sampled_from((None, "a", "b"))


@st.composite
def worlds(draw: st.DrawFn) -> list[tuple[Story, tuple[Reading, ...]]]:
    """A few small stories."""
    made = []
    for number in range(draw(st.integers(1, 5))):
        readings = tuple(
            reading(
                f"{number}.{place}",
                hours=draw(st.integers(0, 3)),
                of=draw(_OUTLETS),
                actors=sorted(draw(st.sets(_CODES))),
                text=draw(st.sampled_from(("Loans.", "Ships."))),
            )
            for place in range(draw(st.integers(1, 3)))
        )
        whole = story(f"s{number}", *readings, changed=draw(st.integers(0, 4)))
        members = tuple(replace(one, relation=draw(st.sampled_from(get_args(Relation)))) for one in whole.members)
        weight = draw(st.sampled_from((0.5, 0.7)))
        made.append((replace(whole, members=members, relevance=weight, diplomatic=draw(st.booleans())), readings))
    return made


_ASKED = st.builds(
    StoryQuery,
    since=st.integers(0, 3).map(at),
    named=st.sampled_from(((), ("JPN",), ("JPN", "PER"))),
    article=st.none()
    | st.builds(Query, text=st.sampled_from(("", "loans")), countries=st.sampled_from(((), ("PER",)))),
    order=st.sampled_from(get_args(StoryOrder)),
    limit=st.integers(0, 5),
    offset=st.integers(0, 2),
)
_FILES = count()
_SCOPES = st.sampled_from((ALL, Scope(sources=frozenset({"a"})), Scope(sources=frozenset({"a", "b"}))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds(), asked=_ASKED, scope=_SCOPES)
async def test_memory_and_sqlite_agree(
    tmp_path: Path, world: list[tuple[Story, tuple[Reading, ...]]], asked: StoryQuery, scope: Scope
) -> None:
    memory = MemoryStore()
    sqlite = await SqliteStore.open(tmp_path / f"{next(_FILES)}.db", probe=lambda point: None)
    try:
        for whole, readings in world:
            for one in readings:
                for store in (memory, sqlite):
                    await store.take_in(Intake(entry=None, reading=one, story=whole))
        assert await memory.find_stories(asked, scope) == await sqlite.find_stories(asked, scope)
        assert await memory.count_stories(asked, scope) == await sqlite.count_stories(asked, scope)
    finally:
        await sqlite.close()
