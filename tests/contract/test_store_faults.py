"""A store whose process is killed at any point of any write: nothing half written, nothing acknowledged lost.

The store in memory, which did the same up to the kill, says what must be there.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.model import Receipt, SourceState, Validators
from bot.ports import Closing, Plan, PollRecord, Store
from bot.storage.memory import MemoryStore
from bot.storage.sqlite import SqliteStore

from .store_samples import (
    ALL,
    HOUR,
    T0,
    at,
    delivery,
    entry,
    intake,
    line,
    plan,
    reading,
    rule,
    source,
    story,
    subscription,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")

Step = tuple[str, Callable[[Store], Awaitable[object]]]


def _poll(*keys: str, etag: str) -> PollRecord:
    state = SourceState(source_id="a", validators=Validators(etag=etag), polled=True, last_poll=at(1))
    return PollRecord(state=state, entries=tuple(entry(key) for key in keys), decisions=(line("a", etag),))


_ONE, _TWO = reading("1", actors=("JPN",), events=("AID",)), reading("2", hours=1)
_SENT = replace(delivery("k1", parts=2), state="sent", attempts=1, receipt=Receipt(message_id="9", at=at(2)))
_DEAD = replace(delivery("k2", part=2, parts=2), state="dead", problem="The channel is gone.")
_ALERT = Plan(owner_id="r", slot_id="b:1", record=None, deliveries=(delivery("r1", owner="r"),), told=(("b", 1),))
_DIGEST = replace(plan(delivery("k1", parts=2), delivery("k2", part=2, parts=2), told=(("b", 1),)), next_run=at(24))

_CLOSING = Closing(
    settled=("1", "2"), stories=(story("a", _ONE, version=3), story("d", _TWO)), lines=(line("2", "moved"),)
)

STEPS: tuple[Step, ...] = (
    ("put_source", lambda store: store.put_source(source())),
    ("subscribe_source", lambda store: store.subscribe_source("g", "a")),
    ("put_subscription", lambda store: store.put_subscription(subscription("s", next_run=0))),
    ("put_rule", lambda store: store.put_rule(rule("r"))),
    ("change_subscription", lambda store: store.change_subscription("s", lambda one: replace(one, size=3))),
    ("change_rule", lambda store: store.change_rule("r", lambda one: replace(one, refusals=1))),
    ("record_poll", lambda store: store.record_poll(_poll("1", "2", "3", etag="1"))),
    ("take_in", lambda store: store.take_in(replace(intake("a", _ONE, of=entry("1")), lines=(line("1"),)))),
    ("take_in", lambda store: store.take_in(intake("b", _TWO, of=entry("2")))),
    ("settle_entry", lambda store: store.settle_entry("3", (line("3"),))),
    ("plan", lambda store: store.plan(_DIGEST)),
    ("plan", lambda store: store.plan(_ALERT)),
    ("claim", lambda store: store.claim(at(1), HOUR, 9)),
    ("settle", lambda store: store.settle(_SENT)),
    ("settle", lambda store: store.settle(_DEAD)),
    ("mark_told", lambda store: store.mark_told("s", (("a", 3),))),
    ("take_in", lambda store: store.take_in(replace(intake("a", _ONE, _TWO, version=2), absorbed=("b",)))),
    ("close_hour", lambda store: store.close_hour(_CLOSING)),
    ("record_poll", lambda store: store.record_poll(_poll("1", "4", etag="2"))),
    ("append", lambda store: store.append((line("x"), line("y")))),
    ("forget_before", lambda store: store.forget_before(at(0.5), at(2))),
    ("forget_journal", lambda store: store.forget_journal(T0)),
    ("unsubscribe_source", lambda store: store.unsubscribe_source("g", "a")),
    ("drop_rule", lambda store: store.drop_rule("r")),
    ("drop_user", lambda store: store.drop_user("u")),
    ("drop_guild", lambda store: store.drop_guild("g")),
    ("drop_subscription", lambda store: store.drop_subscription("s")),
    ("drop_source", lambda store: store.drop_source("a")),
)
POINTS = ("begin", "before_commit", "committed")
NAMED = [(number, name, point) for number, (name, _) in enumerate(STEPS) for point in POINTS]


async def everything(store: Store) -> dict[str, object]:
    """All that the steps write, as the ports answer it."""
    return {
        "sources": (await store.sources(), await store.source_states(), await store.subscribers("a")),
        "entries": await store.pending_entries(99),
        "articles": await store.readings(("1", "2")),
        "signatures": (await store.signatures(at(-99)), await store.open_articles()),
        "stories": [await store.story(key) for key in "abd"] + [await store.story_by_number(key) for key in (1, 2, 3)],
        "recent": await store.recent_stories(at(-99), ALL),
        "owners": (await store.subscriptions(), await store.rules(), await store.due_subscriptions(at(99))),
        "told": [await store.told(owner) for owner in "sr"],
        "slots": [await store.slots(owner) for owner in "sr"],
        "deliveries": [await store.deliveries(owner) for owner in "sr"],
        "outstanding": await store.outstanding(),
        "journal": [await store.read(subject) for subject in ("a", "1", "2", "3", "s", "r", "x", "y")],
    }


async def _expected(steps: int) -> dict[str, object]:
    store = MemoryStore()
    for _, step in STEPS[:steps]:
        await step(store)
    return await everything(store)


def _child(path: str, fatal: int, deadly: str, acknowledged: str) -> None:
    """Work until the kill; each step that returned is written down."""
    step = -1
    log = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def probe(point: str) -> None:
        if step == fatal and point == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    async def work() -> None:
        nonlocal step
        store = await SqliteStore.open(Path(path), probe=probe)
        for step, (_, do) in enumerate(STEPS):  # noqa: B007 - the probe reads it
            await do(store)
            os.write(log, b".")

    asyncio.run(work())


_SERVER = multiprocessing.get_context("forkserver") if sys.platform != "win32" else multiprocessing.get_context("spawn")
_SERVER.set_forkserver_preload([__name__])
"""Children are forked from a process that has imported everything and has no threads."""


@pytest.mark.parametrize(("fatal", "name", "point"), NAMED)
async def test_kill_at(tmp_path: Path, fatal: int, name: str, point: str) -> None:
    path, log = tmp_path / "store.db", tmp_path / "acknowledged"
    child = _SERVER.Process(target=_child, args=(str(path), fatal, f"store.{name}.{point}", str(log)))
    child.start()
    await asyncio.to_thread(child.join, 60)
    assert child.exitcode == -signal.SIGKILL
    assert len(log.read_text()) == fatal
    store = await SqliteStore.open(path, probe=lambda point: None)
    written = fatal + (point == "committed")
    if (name, point) != ("forget_before", "committed"):  # retention goes in steps, each of them whole
        assert await everything(store) == await _expected(written)
    for _, step in STEPS[fatal:]:
        await step(store)
    assert await everything(store) == await _expected(len(STEPS))
    await store.close()
