"""Seven days at the Messenger port with the clock in hand: faults of every kind, restarts, downtime, clock changes.

News comes late and out of order. What people then saw is compared with a model that is worked out here from the script
alone, minute by minute, and shares no code with the bot: every version of a story that a subscription admits is told
once, at the slot where it was due; every slot has one outcome; nothing stands anywhere twice.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import structlog

from bot.model import (
    Schedule,
    SlotRecord,
    Subscription,
)
from bot.ports import Store
from bot.storage.memory import MemoryStore
from bot.storage.sqlite import SqliteStore
from tests.fakes.place import CLOSED_DM
from tests.fakes.week import CLOSES, FORUMS, LIVE_CAP, NEARBY, NEWS, OPENS, RULES, TICK, News, Trap, Week, digests

# --- the model, apart ------------------------------------------------------------------------------------------------


def slots(schedule: Schedule, start: datetime, end: datetime) -> Iterator[datetime]:
    """Walk the minutes: a slot is when the zone's wall clock first shows its time, or is past it, on its day; or when
    so many hours have passed.
    """
    if schedule.every is not None:
        anchor = schedule.anchor or start
        minutes = int((end - start) / timedelta(minutes=1))
        moments = (start + timedelta(minutes=n) for n in range(minutes + 1))
        yield from (m for m in moments if (m - anchor) % timedelta(hours=schedule.every) == timedelta(0))
        return
    zone = ZoneInfo(schedule.zone)
    before = (start - timedelta(minutes=1)).astimezone(zone).replace(tzinfo=None)
    latest, moment = before, start
    while moment <= end:
        shown = moment.astimezone(zone).replace(tzinfo=None)
        if any(latest < datetime.combine(shown.date(), wall) <= shown for wall in schedule.times):
            yield moment
        latest = max(latest, shown)
        moment += timedelta(minutes=1)


def admits(name: str, known: Sequence[News]) -> bool:
    if not known:
        return False
    wants = {
        "all": "",
        "doomed": "",
        "barred": "KEN",
        "firm": "",
        "hourly": "",
        "live": "FRA",
        "japan": "JPN",
        "alert-japan": "JPN",
        "alert-france": "FRA",
        "alert-shut": "BRA",
    }[name]
    enough = 2 if name in ("firm", "alert-france") else 1
    return (not wants or wants in known[0].actors) and len({news.source for news in known}) >= enough


def at(applied: Sequence[tuple[datetime, News]], moment: datetime) -> dict[str, list[News]]:
    """The stories as they stood then."""
    stories: dict[str, list[News]] = {}
    for when, news in applied:
        if when <= moment:
            stories.setdefault(news.story, []).append(news)
    return stories


def check_slots(week: Week, digest: Subscription, records: Sequence[SlotRecord], until: datetime) -> None:
    """Each slot up to `until` has one outcome, at the first look after it; merged where the next was due by then."""
    due = [week.start, *slots(digest.schedule, week.start + timedelta(minutes=1), until)]
    assert [record.due for record in records] == due
    for record, following in zip(records, [*due[1:], None], strict=True):
        missed = following is not None and following <= record.at
        assert (record.outcome == "merged") == missed
        assert not [look for look in week.dispatched if record.due <= look < record.at]


def check_digest(week: Week, digest: Subscription, records: Sequence[SlotRecord]) -> Counter[str]:
    """What each slot told is what was new and admitted at that moment, in the version of that moment."""
    told: dict[str, int] = {}
    outcomes: Counter[str] = Counter()
    stood = dict(week.place.standing[digest.target.id])
    for record in records:
        outcomes[record.outcome] += 1
        if record.outcome == "merged":
            continue
        stories = at(week.applied, record.at)
        new = {
            s: len(known) for s, known in stories.items() if admits(digest.id, known) and len(known) > told.get(s, 0)
        }
        assert sorted(record.stories) == sorted(new)
        assert record.outcome == ("sent" if new else "empty")
        told |= new
        parts = [(key, post) for key, post in stood.items() if key.startswith(f"{record.slot_id}:")]
        lost = [key for key in week.place.refused if key.startswith(f"{record.slot_id}:")]
        seen = [item.title for _, post in parts for item in post.items]
        assert [key for key, _ in parts] == [f"{record.slot_id}:{n}" for n in range(len(parts))]
        wanted = {f"{story}#{version}" for story, version in new.items()}
        assert len(seen) == len(set(seen))
        assert set(seen) == wanted if not lost else set(seen) < wanted
        outcomes["lost"] += len(wanted) - len(seen)
        outcomes["told"] += len(seen)
    if digest.id not in GONE:
        final = at(week.applied, week.clock.moment)
        assert told == {story: len(known) for story, known in final.items() if admits(digest.id, known)}
    return outcomes


async def check_live(week: Week, digest: Subscription) -> None:
    """Each story that it admits is told once, as soon as the cap allows, and never more than that in an hour."""
    records = await week.store.slots(digest.id, 1000)
    told = [story for record in records for story in record.stories]
    final = at(week.applied, week.clock.moment)
    assert sorted(told) == sorted(story for story, known in final.items() if admits(digest.id, known))
    for record in records:
        hour = [r for r in records if record.at - timedelta(hours=1) < r.at <= record.at]
        assert sum(len(r.stories) for r in hour) <= LIVE_CAP
    seen = [item.title.partition("#")[0] for _, post in week.place.standing[digest.target.id] for item in post.items]
    assert len(seen) == len(set(seen))
    assert set(seen) == set(told) or week.place.refused


def check_alerts(week: Week, rule: str) -> None:
    """Each story that the rule admits is told in one message, or was refused."""
    stood = [key for key, _ in week.place.standing[f"to-{rule}"]]
    lost = [key for key in week.place.refused if key.startswith(f"{rule}:")]
    final = at(week.applied, week.clock.moment)
    wanted = [f"{rule}:{story}:0" for story, known in final.items() if admits(rule, known)]
    assert wanted
    assert sorted(stood + lost) == sorted(wanted)


def check_shut(week: Week, rule: str) -> None:
    """While direct messages are closed nothing arrives, and the second refusal ends the trying. The next command says
    so once for each time, and what comes after it is told.
    """
    stood = [key for key, _ in week.place.standing[f"to-{rule}"]]
    confirmed = [key for key in stood if ":confirm:" in key]
    told = {key for key in stood if key not in confirmed}
    refused = {key for key in week.place.refused if key.startswith(f"{rule}:")}
    arrived: dict[str, datetime] = {}
    for when, news in week.applied:
        arrived.setdefault(news.story, when)
    final = at(week.applied, week.clock.moment)
    came = {f"{rule}:{story}:0": arrived[story] - week.start for story, known in final.items() if admits(rule, known)}
    armed = week.resumed[-1] - week.start
    before = {key for key, when in came.items() if when < CLOSES - HOURS_TO_ARRIVE}
    after = {key for key, when in came.items() if when > armed + HOURS_TO_ARRIVE}
    assert before
    assert after
    assert before | after <= told | refused
    assert told <= {key for key, when in came.items() if when < CLOSES or when >= OPENS}
    shut = [key for key in refused if key in came and CLOSES <= came[key] < OPENS]
    assert len(shut) <= 3  # one may wait while another is refused, and one more be refused before a life ends
    assert len(week.said) == len(week.resumed) == len(confirmed) + len([key for key in refused if ":confirm:" in key])
    assert CLOSED_DM in week.said[0]


def check_forum(week: Week, digest: Subscription, records: Sequence[SlotRecord]) -> None:
    """Each slot that told something is one thread, with its parts in their order."""
    stood = [key for key, _ in week.place.standing[digest.target.id]]
    threads = week.place.threads[digest.target.id]
    assert sorted(key for thread in threads for key in thread) == sorted(stood)
    begun = [thread[0].removesuffix(":0") for thread in threads]
    assert len(set(begun)) == len(begun)
    assert set(begun) <= {record.slot_id for record in records if record.outcome == "sent"}
    for slot, thread in zip(begun, threads, strict=True):
        assert thread == [f"{slot}:{part}" for part in range(len(thread))]


def check_published(week: Week) -> None:
    """What stands in the announcement channel is published once, at most ten in any hour; and nearly all of it."""
    stood, published = [key for key, _ in week.place.standing[NEWS]], week.place.published[NEWS]
    keys = [key for _, key in published]
    assert len(set(keys)) == len(keys)
    assert set(keys) <= set(stood)
    for when, _ in published:
        assert len([at for at, _ in published if when - timedelta(hours=1) < at <= when]) <= 10
    assert len(keys) > len(stood) / 2


async def check_stopped(week: Week) -> None:
    """Whoever set up a digest whose channel is gone is told once, in the nearest place that takes it."""
    told = {name: [key for key, _ in week.place.standing[name] if ":stopped:" in key] for name in ("u", NEARBY[1])}
    lost = {key for key in week.place.refused if ":stopped:" in key}
    tried = {"barred:stopped:0:0", "barred:stopped:1:0"}  # closed direct messages, a room without leave
    assert tried <= lost
    assert told["u"] == ["doomed:stopped:0:0"] or "doomed:stopped:0:0" in lost
    assert told[NEARBY[1]] == ["barred:stopped:2:0"] or "barred:stopped:2:0" in lost
    assert lost - tried <= {"doomed:stopped:0:0", "barred:stopped:2:0"}
    for name in GONE:
        stands = await week.store.subscription(name)
        assert stands is not None
        assert stands.disabled


HOURS_TO_ARRIVE = timedelta(hours=14)
"""Longer than the bot is ever down, with a limit of an hour on top: what came so long before was tried."""

GONE = ("doomed", "barred")

AUTUMN = datetime(2026, 10, 22, 5, 0, tzinfo=UTC)
"""Berlin and London set their clocks back on 25 October: 02:30 comes twice in Berlin."""
NEW_YORK = datetime(2026, 10, 29, 5, 0, tzinfo=UTC)
"""New York does on 1 November: 01:30 comes twice."""
SPRING = datetime(2026, 3, 26, 5, 0, tzinfo=UTC)
"""Berlin sets its clocks forward on 29 March: there is no 02:30."""


WEEKS = [("memory", AUTUMN, 1), ("memory", SPRING, 2), ("memory", NEW_YORK, 3), ("sqlite", AUTUMN, 4)]


@pytest.mark.parametrize(("kind", "start", "seed"), WEEKS)
async def test_a_week_loses_nothing_and_repeats_nothing(kind: str, start: datetime, seed: int, tmp_path: Path) -> None:
    memory = MemoryStore()

    async def open_store(trap: Trap) -> Store:
        return memory if kind == "memory" else await SqliteStore.open(tmp_path / "store.sqlite", probe=trap)

    week = Week(start, TICK[kind], random.Random(seed), open_store)
    with structlog.testing.capture_logs():  # hundreds of failures on purpose, which nobody wants to read
        await week.live()
    outcomes: Counter[str] = Counter()
    for digest in digests(start):
        stands = await week.store.subscription(digest.id)
        assert stands is not None
        assert (stands.disabled is not None) == (digest.id in GONE)
        if digest.schedule.live:
            await check_live(week, digest)
            continue
        records = sorted(await week.store.slots(digest.id, 1000), key=lambda record: record.due)
        check_slots(
            week, digest, records, week.clock.moment - week.tick if stands.disabled is None else records[-1].due
        )
        outcomes += check_digest(week, digest, records)
        if digest.target.id in FORUMS:
            check_forum(week, digest, records)
    for rule, _, _ in RULES[:-1]:
        check_alerts(week, rule)
    check_shut(week, RULES[-1][0])
    check_published(week)
    await check_stopped(week)
    assert await week.store.outstanding() == 0
    every = [key for messages in week.place.standing.values() for key, _ in messages]
    assert len(every) == len(set(every))
    assert week.kills >= 10
    assert len(week.place.met) >= 10, week.place.met
    assert outcomes["merged"] >= 1
    assert outcomes["told"] > 4 * outcomes["lost"]  # refusals are one fault of ten, and take the parts after them along
    await week.store.close()
