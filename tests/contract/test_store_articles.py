"""The contract of ArticleStore and StoryStore, but for search."""

from dataclasses import replace
from datetime import timedelta

from bot.model import Query, Scope, SourceState, Story
from bot.ports import Closing, Intake, PollRecord, Store

from .store_samples import ALL, HOUR, T0, at, entry, intake, line, plan, reading, source, story


async def test_taking_in_keeps_everything(store: Store) -> None:
    one = reading("1", actors=("JPN", "USA"), events=("CONSULT",), url="https://a.example/1")
    told = await store.take_in(replace(intake("s", one), lines=(line("1"),)))
    assert told.number == 1
    assert await store.reading("1") == one
    assert await store.story("s") == told
    assert await store.story_by_number(1) == told
    assert await store.story_of("1") == told
    assert await store.read("1") == (line("1"),)
    assert replace(told, number=0) == story("s", one)


async def test_what_is_not_there(store: Store) -> None:
    assert await store.reading("x") is None
    assert await store.readings(("x",)) == ()
    assert await store.article_by_url("https://a.example/") is None
    assert await store.story("x") is None
    assert await store.story_of("x") is None
    for number in (0, -1, 1, 10**30):
        assert await store.story_by_number(number) is None


async def test_numbers_count_up(store: Store) -> None:
    for key in "abc":
        await store.take_in(intake(key, reading(key)))
    found = [await store.story_by_number(number) for number in (1, 2, 3)]
    assert [one.id for one in found if one] == ["a", "b", "c"]
    grown = await store.take_in(intake("a", reading("a2"), reading("a"), version=2))
    assert (grown.number, grown.version, grown.article_ids) == (1, 2, ("a", "a2"))


async def test_taking_in_settles_this_version_of_the_entry(store: Store) -> None:
    await store.put_source(source())
    state = SourceState(source_id="a", polled=True)
    old, other = entry("1"), entry("2", hours=1)
    await store.record_poll(PollRecord(state=state, entries=(old, other)))
    await store.take_in(intake("s", reading("1"), of=old))
    assert await store.pending_entries(9) == (other,)
    new = replace(other, title="Corrected meanwhile")
    await store.record_poll(PollRecord(state=state, entries=(new,)))
    await store.take_in(intake("t", reading("2"), of=other))
    assert await store.pending_entries(9) == (new,)


async def test_repeating_an_intake_changes_nothing(store: Store) -> None:
    first = replace(intake("s", reading("1")), lines=(line("1"),))
    await store.take_in(first)
    now = await store.take_in(intake("s", reading("2"), reading("1"), version=2))
    assert await store.take_in(first) == now
    assert await store.story("s") == now
    assert await store.read("1") == (line("1"),)


async def test_repeating_an_intake_after_a_merge_answers_the_merged_story(store: Store) -> None:
    first = intake("late", reading("1"))
    await store.take_in(first)
    merged = await store.take_in(replace(intake("early", reading("2"), reading("1")), absorbed=("late",)))
    assert await store.take_in(first) == merged


async def test_reading_an_article_again_replaces_it(store: Store) -> None:
    await store.take_in(intake("s", reading("1", actors=("JPN",), title="Old title")))
    new = reading("1", hours=3, actors=("USA",), title="New title", text="Other words.")
    await store.take_in(intake("s", new, version=2))
    assert await store.reading("1") == new
    rows = await store.signatures(at(0))
    assert [row[0] for row in rows] == ["1"]


async def test_readings_come_in_the_order_asked_for(store: Store) -> None:
    one, two = reading("1"), reading("2")
    await store.take_in(intake("a", one))
    await store.take_in(intake("b", two))
    assert await store.readings(("2", "x", "1", "2")) == (two, one, two)


async def test_articles_by_address(store: Store) -> None:
    old = reading("old", url="HTTPS://A.example:443/page#top")
    new = reading("new", hours=1, url="https://a.example/page")
    odd = reading("odd", url="not an address")
    for one in (new, old, odd):
        await store.take_in(intake(one.article.id, one))
    assert await store.article_by_url("https://a.example/page#other") == new
    assert await store.article_by_url("not an address") == odd
    assert await store.article_by_url("https://a.example/Page") is None


async def test_an_absorbed_story_answers_the_one_that_took_it_in(store: Store) -> None:
    one, two, three = reading("1"), reading("2", hours=1), reading("3", hours=2)
    await store.take_in(intake("a", one))
    await store.take_in(intake("b", two))
    await store.take_in(replace(intake("b2", three, two), absorbed=("b",)))
    whole = await store.take_in(replace(intake("a", one, two, three, version=2), absorbed=("b2",)))
    for key in ("a", "b", "b2"):
        assert await store.story(key) == whole
    for number in (1, 2, 3):
        assert await store.story_by_number(number) == whole
    for article in ("1", "2", "3"):
        assert await store.story_of(article) == whole
    assert await store.recent_stories(T0 - HOUR, ALL) == (whole,)
    after = await store.take_in(intake("c", reading("4")))
    assert after.number == 4


async def test_articles_of_an_absorbed_story_that_nobody_named_follow(store: Store) -> None:
    await store.take_in(intake("b", reading("1")))
    whole = await store.take_in(replace(intake("a", reading("2")), absorbed=("b", "never seen")))
    assert await store.story_of("1") == whole
    assert await store.story("never seen") == whole


async def test_what_was_told_follows_a_merge(store: Store) -> None:
    await store.take_in(intake("a", reading("1")))
    await store.take_in(intake("b", reading("2")))
    await store.mark_told("both", (("a", 1), ("b", 4)))
    await store.mark_told("late", (("b", 4),))
    await store.take_in(replace(intake("a", reading("3"), reading("1"), reading("2"), version=2), absorbed=("b",)))
    assert await store.told("both") == {"a": 1}
    assert await store.told("late") == {"a": 0}
    await store.mark_told("after", (("b", 7),))
    assert await store.told("after") == {"a": 0}
    assert await store.plan(plan(owner="planned", told=(("b", 2), ("a", 2))))
    assert await store.told("planned") == {"a": 2}


async def test_recent_stories(store: Store) -> None:
    for key, hours, of in (("1", 0, "a"), ("2", 2, "b"), ("3", 1, "a"), ("4", 3, None)):
        await store.take_in(intake(f"s{key}", reading(key, hours=hours, of=of)))

    async def found(since: float, *sources: str, limit: int = 9) -> list[str]:
        scope = Scope(sources=frozenset(sources)) if sources else ALL
        return [one.id for one in await store.recent_stories(at(since), scope, limit)]

    assert await found(0) == ["s4", "s2", "s3", "s1"]
    assert await found(1) == ["s4", "s2", "s3"]
    assert await found(0, limit=2) == ["s4", "s2"]
    assert await found(0, "a") == ["s3", "s1"]
    assert await found(0, "a", "b") == ["s2", "s3", "s1"]
    assert await found(0, "nowhere") == []
    assert await store.recent_stories(at(0), Scope(sources=frozenset())) == ()


async def test_a_story_of_two_sources_is_visible_to_both(store: Store) -> None:
    one, two = reading("1", of="a"), reading("2", of="b")
    await store.take_in(intake("s", one))
    whole = await store.take_in(intake("s", two, one))
    for name in ("a", "b"):
        assert await store.recent_stories(at(0), Scope(sources=frozenset({name}))) == (whole,)


async def test_signatures_rebuild_the_window(store: Store) -> None:
    kept = [reading(key, hours=hours) for key, hours in (("3", 3), ("1", 1), ("2", 2))]
    for one in kept:
        await store.take_in(intake(f"s{one.article.id}", one))
    rows = await store.signatures(at(2))
    assert [(row[0], row[1]) for row in rows] == [("2", "s2"), ("3", "s3")]
    assert rows[0][2:] == (kept[2].signature, replace(kept[2].article, text=""), kept[2].understanding)
    assert [row[0] for row in await store.signatures(at(2) + timedelta(microseconds=1))] == ["3"]


async def test_retention_empties_texts_and_then_articles(store: Store) -> None:
    kept = {key: reading(key, hours=int(key), text=f"Envoy number{key} spoke.") for key in ("1", "2", "3")}
    intakes: list[Intake] = [intake(f"s{key}", one) for key, one in kept.items()]
    for one in intakes:
        await store.take_in(one)
    assert await store.forget_before(at(2), at(3)) == 2
    assert await store.reading("1") is None
    assert await store.story("s1") is None
    assert await store.story_of("1") is None
    emptied = await store.reading("2")
    assert emptied is not None
    assert (emptied.article.text, emptied.article.furniture) == ("", ())
    assert emptied.summary == kept["2"].summary
    assert await store.reading("3") == kept["3"]
    assert await store.forget_before(at(2), at(3)) == 0
    await store.take_in(intakes[1])
    assert await store.reading("2") == emptied


async def test_retention_takes_stories_with_their_last_article(store: Store) -> None:
    one, two = reading("1", hours=0), reading("2", hours=5)
    await store.take_in(intake("b", reading("0", hours=0)))
    await store.take_in(intake("a", one))
    whole = await store.take_in(intake("a", two, one))
    await store.mark_told("s", (("a", 1), ("b", 1)))
    await store.forget_before(at(1), at(0))
    assert await store.story("a") == whole
    assert await store.told("s") == {"a": 1}
    await store.take_in(replace(intake("a", two, one, version=2), absorbed=("b",)))
    await store.forget_before(at(9), at(0))
    assert await store.story("a") is None
    assert await store.story("b") is None
    assert await store.told("s") == {}
    assert (await store.take_in(intake("c", reading("3")))).number == 3


async def test_retention_forgets_more_than_one_batch(store: Store) -> None:
    for number in range(430):
        await store.take_in(intake(f"{number}", reading(f"{number}", hours=number / 1000)))
    assert await store.forget_before(at(0), at(9)) == 430
    assert await store.forget_before(at(9), at(9)) == 430


async def test_retention_keeps_marks_of_what_feeds_still_list(store: Store) -> None:
    await store.put_source(source())

    async def poll(day: float, *keys: str) -> list[str]:
        state = SourceState(source_id="a", polled=True, last_poll=at(24 * day))
        queued = await store.record_poll(PollRecord(state=state, entries=tuple(entry(key) for key in keys)))
        return [one.id for one in queued]

    assert await poll(0, "listed", "gone", "waiting") == ["listed", "gone", "waiting"]
    await store.settle_entry("listed", ())
    await store.settle_entry("gone", ())
    assert await poll(30, "listed") == []
    await store.forget_before(at(24 * 20), T0)
    assert await poll(31, "listed", "gone", "waiting") == ["gone"]
    assert len(await store.pending_entries(9)) == 2


async def test_a_story_keeps_its_number_over_everything(store: Store) -> None:
    numbered: list[Story] = []
    for version in (1, 2, 3):
        one = replace(intake("s", reading("1"), version=version).story, number=77)
        numbered.append(await store.take_in(Intake(entry=None, reading=reading("1"), story=one)))
    assert {one.number for one in numbered} == {1}


async def open_ids(store: Store) -> list[str]:
    return [row[0] for row in await store.open_articles()]


async def test_an_article_is_open_until_its_hour_is_closed(store: Store) -> None:
    await store.take_in(intake("a", reading("1", hours=-999)))
    await store.take_in(intake("b", reading("2", hours=1)))
    assert await store.open_articles() == await store.signatures(at(-1000))
    await store.close_hour(Closing(settled=("1", "unknown")))
    assert await open_ids(store) == ["2"]
    await store.take_in(intake("a", reading("1", title="Changed", hours=-999), version=2))
    assert await open_ids(store) == ["2"]
    await store.forget_before(at(2), at(2))
    assert await open_ids(store) == []


async def test_closing_an_hour_moves_articles_and_redirects_stories(store: Store) -> None:
    one, two, three = reading("1"), reading("2", hours=1), reading("3", hours=2)
    for key, kept in (("a", (one,)), ("b", (two,)), ("c", (three, one))):
        await store.take_in(intake(key, *kept))
    await store.take_in(intake("a", one))
    closing = Closing(
        settled=("1", "2", "3"),
        stories=(story("a", one, two, version=2), story("new", three)),
        absorbed=(("b", "a"), ("c", "new")),
        lines=(line("2"),),
    )
    for _ in range(2):
        await store.close_hour(closing)
        whole, new = await store.story("a"), await store.story("new")
        assert whole is not None
        assert new is not None
        assert (whole.number, whole.article_ids, new.number) == (1, ("1", "2"), 4)
        assert await store.story("b") == await store.story_by_number(2) == await store.story_of("2") == whole
        assert await store.story("c") == await store.story_by_number(3) == await store.story_of("3") == new
        assert set(await store.recent_stories(at(-99), ALL)) == {whole, new}
        assert await store.read("2") == (line("2"),)
        assert await open_ids(store) == []


async def test_a_story_that_was_absorbed_may_stand_again_under_its_number(store: Store) -> None:
    one, two = reading("1"), reading("2", hours=1)
    await store.take_in(intake("a", one))
    await store.take_in(intake("b", two))
    await store.close_hour(Closing(settled=(), stories=(story("a", one, two, version=2),), absorbed=(("b", "a"),)))
    await store.close_hour(Closing(settled=(), stories=(story("a", one, version=2), story("b", two))))
    again = await store.story("b")
    assert again is not None
    assert again.number == 2
    assert again.article_ids == ("2",)
    assert await store.story_by_number(2) == await store.story_of("2") == again


async def test_what_was_told_follows_the_articles(store: Store) -> None:
    one, two, three = reading("1"), reading("2", hours=1, of="hidden"), reading("3", hours=2)
    await store.take_in(intake("a", one))
    await store.take_in(intake("b", two))
    await store.take_in(intake("c", three))
    told = {
        "all": (("a", 1), ("b", 1), ("c", 1)), "some": (("a", 1), ("c", 1)), "first": (("a", 1),),
        "later": (("b", 1),), "sees less": (("a", 1), ("c", 1)), "behind": (("a", 0), ("b", 1), ("c", 1)),
    }  # fmt: skip
    scopes = {"sees less": Scope(sources=frozenset({"a"}))}
    for owner, what in told.items():
        await store.mark_told(owner, what)
    await store.close_hour(
        Closing(
            settled=("1", "2", "3"),
            stories=(story("a", one, two, three, version=3),),
            absorbed=(("b", "a"), ("c", "a")),
            scopes=scopes,
        )
    )
    assert {owner: dict(await store.told(owner)) for owner in told} == {
        "all": {"a": 3}, "some": {"a": 1}, "first": {"a": 1}, "later": {"a": 0}, "sees less": {"a": 2},
        "behind": {"a": 0},
    }  # fmt: skip
    assert await store.told("nobody") == {}
    apart = (story("a", one, three, version=3), story("d", two))
    await store.close_hour(Closing(settled=(), stories=apart, scopes=scopes))
    assert await store.told("all") == {"a": 3, "d": 1}
    assert (await store.told("some"))["d"] == 0
    assert await store.told("sees less") == {"a": 3}


async def test_what_happened_comes_without_the_articles(store: Store) -> None:
    one, two = reading("1", actors=("JPN",), events=("AID", "AGREE")), reading("2", hours=1, actors=("JPN",))
    await store.take_in(intake("a", one))
    await store.take_in(intake("a", two, one, version=2))
    await store.take_in(intake("b", reading("3", actors=("USA",), events=("AID",))))
    found = await store.happened(Query(countries=("JPN",)), ALL)
    assert [(said.article_id, said.when, said.events, said.story, said.number) for said in found] == [
        ("2", at(1), (), "a", 1), ("1", at(0), one.understanding.events, "a", 1),
    ]  # fmt: skip
    assert {said.language for said in found} == {one.article.language}
    assert await store.happened(Query(), Scope(sources=frozenset())) == ()
