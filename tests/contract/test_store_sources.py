"""The contract of SourceStore and JournalStore."""

from dataclasses import replace

from bot.model import SourceState, Validators
from bot.ports import PollRecord, Store

from .store_samples import T0, at, entry, line, source


def polled(*entries: object, of: str = "a", hours: float = 0, etag: str = "1") -> PollRecord:
    state = SourceState(source_id=of, validators=Validators(etag=etag), polled=True, last_poll=at(hours))
    return PollRecord(state=state, entries=entries)  # type: ignore[arg-type]


async def test_sources_come_by_name_and_are_replaced(store: Store) -> None:
    await store.put_source(source("b"))
    await store.put_source(source("a"))
    await store.put_source(replace(source("b"), name="A first"))
    assert [one.id for one in await store.sources()] == ["b", "a"]
    found = await store.source("b")
    assert found is not None
    assert found.name == "A first"
    assert await store.source("c") is None


async def test_replacing_a_source_keeps_state_and_subscribers(store: Store) -> None:
    await store.put_source(source())
    await store.record_poll(polled(entry("1")))
    await store.subscribe_source("g", "a")
    await store.put_source(replace(source(), tags=("x",)))
    assert (await store.source_state("a")).validators.etag == "1"
    assert await store.subscribers("a") == {"g"}
    assert len(await store.pending_entries(9)) == 1


async def test_states_of_all_sources(store: Store) -> None:
    await store.put_source(source("b"))
    await store.put_source(source("a"))
    record = polled(of="b")
    await store.record_poll(record)
    assert await store.source_states() == (SourceState(source_id="a"), record.state)
    assert await store.source_state("nowhere") == SourceState(source_id="nowhere")


async def test_dropping_a_source_forgets_all_of_it(store: Store) -> None:
    for name in ("a", "b"):
        await store.put_source(source(name))
        await store.subscribe_source("g", name)
        await store.record_poll(polled(entry(name, of=name), of=name))
    await store.drop_source("a")
    assert [one.id for one in await store.sources()] == ["b"]
    assert await store.source_state("a") == SourceState(source_id="a")
    assert await store.subscribed_sources("g") == {"b"}
    assert [one.id for one in await store.pending_entries(9)] == ["b"]
    await store.put_source(source("a"))
    assert await store.subscribers("a") == frozenset()
    assert await store.record_poll(polled(entry("a"))) == (entry("a"),)


async def test_subscribing(store: Store) -> None:
    await store.put_source(source("a"))
    await store.subscribe_source("g", "a")
    await store.subscribe_source("g", "a")
    await store.subscribe_source("h", "a")
    await store.subscribe_source("g", "nowhere")
    assert await store.subscribed_sources("g") == {"a"}
    assert await store.subscribers("a") == {"g", "h"}
    await store.unsubscribe_source("g", "a")
    assert await store.subscribers("a") == {"h"}


async def test_a_poll_queues_what_is_new_or_changed(store: Store) -> None:
    await store.put_source(source())
    one, two = entry("1", hours=2), entry("2", hours=1)
    assert await store.record_poll(polled(one, two)) == (one, two)
    assert await store.record_poll(polled(one, two, etag="2")) == ()
    assert (await store.source_state("a")).validators.etag == "2"
    assert await store.pending_entries(9) == (two, one)
    assert await store.pending_entries(1) == (two,)
    changed = replace(one, title="Corrected")
    assert await store.record_poll(polled(changed, two)) == (changed,)
    assert await store.pending_entries(9) == (two, changed)


async def test_one_item_twice_in_a_feed_is_queued_once(store: Store) -> None:
    await store.put_source(source())
    last = replace(entry("1"), title="Last")
    assert await store.record_poll(polled(entry("1"), last)) == (last,)
    assert await store.pending_entries(9) == (last,)


async def test_settled_entries_stay_known(store: Store) -> None:
    await store.put_source(source())
    await store.record_poll(polled(entry("1")))
    await store.settle_entry("1", (line("1"),))
    assert await store.pending_entries(9) == ()
    assert await store.read("1") == (line("1"),)
    assert await store.record_poll(polled(entry("1"))) == ()
    changed = replace(entry("1"), title="Changed")
    assert await store.record_poll(polled(changed)) == (changed,)


async def test_settling_a_version_leaves_a_newer_one(store: Store) -> None:
    await store.put_source(source())
    old, new = entry("1"), replace(entry("1"), title="Corrected meanwhile")
    await store.record_poll(polled(old))
    await store.record_poll(polled(new))
    await store.settle_entry("1", (), fingerprint=old.fingerprint)
    assert await store.pending_entries(9) == (new,)
    await store.settle_entry("1", (), fingerprint=new.fingerprint)
    assert await store.pending_entries(9) == ()


async def test_a_changed_entry_keeps_arrival_and_backlog(store: Store) -> None:
    await store.put_source(source())
    first = replace(entry("1", backlog=True), published=None)
    await store.record_poll(polled(first))
    await store.settle_entry("1", ())
    again = replace(first, title="Re-titled", arrived=at(50), backlog=False)
    expected = replace(again, arrived=first.arrived, backlog=True)
    assert await store.record_poll(polled(again)) == (expected,)
    assert await store.pending_entries(9) == (expected,)


async def test_a_poll_of_a_dropped_source_writes_nothing(store: Store) -> None:
    assert await store.record_poll(replace(polled(entry("1")), decisions=(line("1"),))) == ()
    assert await store.pending_entries(9) == ()
    assert await store.source_states() == ()
    assert await store.read("1") == ()


async def test_the_journal_is_in_order_and_without_repeats(store: Store) -> None:
    await store.append((line("x", "second", 2), line("x", "first", 1), line("y")))
    await store.append((line("x", "second", 2), line("x", "third", 2)))
    assert [one.decision.reason for one in await store.read("x")] == ["first", "second", "third"]
    assert await store.read("nothing") == ()


async def test_the_journal_is_bounded(store: Store) -> None:
    await store.append([line("x", f"{number}", number) for number in range(250)])
    kept = await store.read("x")
    assert len(kept) == 200
    assert kept[-1].decision.reason == "249"
    await store.append((line("x", "later", 300),))
    kept = await store.read("x")
    assert (len(kept), kept[0].decision.reason, kept[-1].decision.reason) == (200, "51", "later")


async def test_the_journal_forgets(store: Store) -> None:
    await store.append((line("x", "old", 0), line("x", "new", 2), line("y", "old", 1)))
    assert await store.forget_journal(at(2)) == 2
    assert await store.read("x") == (line("x", "new", 2),)
    assert await store.read("y") == ()
    assert await store.forget_journal(T0) == 0
