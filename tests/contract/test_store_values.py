"""Whatever the types allow comes back as it was."""

from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import Delivery, Entry, SourceState, Validators
from bot.ports import Intake, Plan, PollRecord, Reading, Store
from tests.contract.conftest import OpenStore

from . import store_samples as any_
from .store_samples import ALL, at, entry, intake, reading, source, story

_FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_FEW
@given(one=any_.readings)
async def test_any_reading(store: Store, one: Reading) -> None:
    whole = await store.take_in(Intake(entry=None, reading=one, story=story(one.article.id, one)))
    assert await store.reading(one.article.id) == one
    assert await store.story(one.article.id) == whole
    assert one in await store.search(any_.EVERYTHING, ALL)
    if one.article.url is not None and one.article.url:
        assert await store.article_by_url(one.article.url) is not None


@_FEW
@given(entries=st.lists(any_.entries, max_size=4, unique_by=lambda one: one.id), validators=any_.validators)
async def test_any_poll(store: Store, entries: list[Entry], validators: Validators) -> None:
    await store.drop_source("a")
    await store.put_source(source())
    state = SourceState(source_id="a", validators=validators, problem=validators.etag)
    assert await store.record_poll(PollRecord(state=state, entries=tuple(entries))) == tuple(entries)
    assert await store.source_state("a") == state
    assert sorted(await store.pending_entries(9), key=lambda one: one.id) == sorted(entries, key=lambda one: one.id)
    assert await store.record_poll(PollRecord(state=state, entries=tuple(entries))) == ()


@_FEW
@given(one=any_.deliveries)
async def test_any_delivery(store: Store, one: Delivery) -> None:
    if await store.delivery(one.key) is not None:
        return
    planned = await store.plan(Plan(owner_id=one.owner_id, slot_id=one.slot_id, record=None, deliveries=(one,)))
    assert await store.delivery(one.key) == (one if planned else None)


async def test_words_that_utf8_cannot_write(store: Store) -> None:
    """A feed's JSON may hold half a character; it must cost that character and nothing else."""
    await store.put_source(source())
    bad = replace(entry("1"), title="half \ud83d title", content="\udc00")
    state = SourceState(source_id="a")
    assert len(await store.record_poll(PollRecord(state=state, entries=(bad,)))) == 1
    assert await store.record_poll(PollRecord(state=state, entries=(bad,))) == ()
    (pending,) = await store.pending_entries(9)
    one = reading("1", title=pending.title, text="Half \ud83d text", url="https://a.example/\ud83d")
    await store.take_in(intake("s", one, of=pending))
    assert await store.pending_entries(9) == ()
    kept = await store.reading("1")
    assert kept is not None
    assert len(kept.article.text) == len("Half \ud83d text")
    assert len(await store.search(any_.EVERYTHING, ALL)) == 1


async def test_many_articles_of_one_moment(open_store: OpenStore, tmp_path: Path) -> None:
    """A feed without dates: thousands of items with one arrival keep their order."""
    store = await open_store(tmp_path)
    for number in range(50):
        await store.take_in(intake(f"s{number}", reading(f"{number:02}", hours=0)))
    rows = await store.search(replace(any_.EVERYTHING, since=at(0), until=at(0.001)), ALL)
    assert [one.article.id for one in rows] == [f"{number:02}" for number in reversed(range(50))]
    await store.close()
