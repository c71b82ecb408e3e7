"""kill -9 at every named point of a round: no article is lost, no message repeated.

A first life polls what there is (a backlog, never posted) and sets up a digest and an alert. Then more is published,
and a second life is killed at the point. A third goes on, after the leases have run out. What the channel then shows
and what the store then holds must be what an undisturbed second life leaves.
"""

import asyncio
import json
import shutil
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.demo.content import sample_news
from bot.demo.outlets import SampleOutlets
from tests.fakes.life import read_channel

NOW = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
RECOVERED = LATER + timedelta(minutes=10)

POINTS = (
    ("intake.fetched", 1),
    ("intake.polled", 2),
    ("intake.read", 1),
    ("intake.read", 3),
    ("intake.placed", 2),
    ("intake.committed", 1),
    ("intake.committed", 4),
    ("alert.matched", 1),
    ("alert.recorded", 1),
    ("digest.composed", 1),
    ("digest.planned", 1),
    ("digest.recorded", 1),
    ("delivery.claimed", 1),
    ("delivery.sending", 1),
    ("delivery.sent", 1),
    ("delivery.sent", 2),
    ("delivery.settled", 1),
    ("store.record_poll.begin", 1),
    ("store.record_poll.before_commit", 2),
    ("store.record_poll.committed", 2),
    ("store.take_in.before_commit", 2),
    ("store.take_in.committed", 2),
    ("store.plan.before_commit", 1),
    ("store.plan.committed", 1),
    ("store.claim.before_commit", 1),
    ("store.settle.before_commit", 1),
    ("store.settle.committed", 1),
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX thing")


@dataclass(frozen=True)
class World:
    """Outlets that are running, and the store after the first life."""

    sources: list[dict[str, object]]
    first: Path


async def life(
    world_sources: list[dict[str, object]],
    folder: Path,
    now: datetime,
    *,
    point: str | None = None,
    passing: int = 1,
    first: bool = False,
) -> int:
    """Live once in a process of its own; its exit status (negative: the signal)."""
    plan = folder / "plan.json"
    plan.write_text(
        json.dumps(
            {
                "folder": str(folder),
                "sources": world_sources,
                "now": now.isoformat(),
                "point": point,
                "passing": passing,
                "first": first,
            }
        )
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.life", str(plan), stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert process.returncode is not None
    if process.returncode not in (0, -signal.SIGKILL):
        raise AssertionError(errors.decode()[-3000:])
    return process.returncode


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder = tmp_path_factory.mktemp("first")
    async with SampleOutlets(sample_news(LATER), now=LATER) as outlets:
        outlets.publish(NOW - timedelta(hours=4))
        sources: list[dict[str, object]] = [
            {"url": s.url, "name": s.name, "country": s.country, "language": s.language} for s in outlets.sources
        ]
        assert await life(sources, folder, NOW, first=True) == 0
        outlets.publish(None)
        yield World(sources=sources, first=folder)


def shown(folder: Path) -> list[tuple[object, object]]:
    """What people saw: (key without the ids that differ by nothing, titles)."""
    return sorted((line["key"], tuple(line["titles"])) for line in read_channel(folder / "channel.jsonl"))  # type: ignore[arg-type]


def stored(folder: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]], int]:
    """Articles, stories with their sizes, and entries still to be read."""
    with sqlite3.connect(folder / "store.sqlite") as connection:
        articles = connection.execute("SELECT id FROM article ORDER BY id").fetchall()
        stories = connection.execute(
            "SELECT story_id, count(*) FROM story_member GROUP BY story_id ORDER BY story_id"
        ).fetchall()
        (pending,) = connection.execute("SELECT count(*) FROM entry WHERE data IS NOT NULL").fetchone()
    return articles, stories, pending


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def undisturbed(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed") / "life"
    shutil.copytree(world.first, folder)
    assert await life(world.sources, folder, LATER) == 0
    return folder


@pytest.mark.asyncio(loop_scope="module")
async def test_an_undisturbed_life_tells_a_digest_and_alerts(undisturbed: Path) -> None:
    keys = [str(key) for key, _ in shown(undisturbed)]
    assert len(keys) == len(set(keys)) >= 2
    passed = json.loads((undisturbed / "passed.json").read_text())
    for point, passing in POINTS:
        assert passed.get(point, 0) >= passing, f"{point} is not passed {passing} times any more"


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("point", "passing"), POINTS)
async def test_killed_there_nothing_is_lost_and_nothing_told_twice(
    world: World, undisturbed: Path, tmp_path: Path, point: str, passing: int
) -> None:
    folder = tmp_path / "life"
    shutil.copytree(world.first, folder)
    assert await life(world.sources, folder, LATER, point=point, passing=passing) == -signal.SIGKILL
    assert await life(world.sources, folder, RECOVERED) == 0
    assert stored(folder) == stored(undisturbed)
    assert shown(folder) == shown(undisturbed)
