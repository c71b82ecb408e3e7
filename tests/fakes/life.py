"""One life of the bot over a store, run as a process of its own and killed where it is told to be.

    python -m tests.fakes.life PLAN.json

A plan names the folder, the sources, the time, and the probe point (with its how-manieth passing) at which the
process kills itself. Messages go to a file that stands for the channel: what it holds is what people saw.
"""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.bootstrap import App, build
from bot.config import Settings, parse
from bot.model import Delivery, Filter, Post, Receipt, Schedule, Target
from bot.ports import SendOutcome, Sent

CHANNEL = Target(kind="channel", id="100", guild_id="1")
READER = "200"


@dataclass(frozen=True)
class FixedClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment


class FileMessenger:
    """A channel in a file: a message stands there once its line is on the disk."""

    def __init__(self, path: Path, now: datetime) -> None:
        self._path, self._now = path, now

    async def send(self, delivery: Delivery) -> SendOutcome:
        with self._path.open("a", encoding="utf-8") as file:
            titles = [item.title for item in delivery.post.items]
            file.write(json.dumps({"key": delivery.key, "target": delivery.target.kind, "titles": titles}) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return Sent(receipt=Receipt(message_id=delivery.key, at=self._now))

    async def find(self, delivery: Delivery) -> Receipt | None:
        if any(line["key"] == delivery.key for line in read_channel(self._path)):
            return Receipt(message_id=delivery.key, at=self._now)
        return None

    def pages(self, post: Post) -> tuple[Post, ...]:
        return (post,)


def read_channel(path: Path) -> list[dict[str, object]]:
    """All messages that stand in the channel."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class Fatal:
    """A probe that kills the process, as a power cut would, at the given passing of a point; notes what it passed."""

    def __init__(self, point: str | None, passing: int) -> None:
        self._point, self._passing = point, passing
        self.passed: Counter[str] = Counter()

    def __call__(self, point: str) -> None:
        self.passed[point] += 1
        if point == self._point and self.passed[point] == self._passing:
            os.kill(os.getpid(), signal.SIGKILL)


def settings_of(folder: Path, sources: list[dict[str, object]]) -> Settings:
    return parse(
        {
            "store": {"url": f"sqlite:///{folder / 'store.sqlite'}"},
            "network": {"allow_private": ["127.0.0.0/8"]},
            "sources": sources,
        }
    )


async def set_up(app: App, now: datetime) -> None:
    """A digest that is due two hours from now, and an alert rule."""
    due = now + timedelta(hours=2)
    await app.subscriptions.schedule(
        name="Faults",
        guild_id="1",
        target=CHANNEL,
        by=READER,
        schedule=Schedule(times=(time(due.hour, due.minute),)),
        wanted=Filter(),
        size=15,
    )
    await app.subscriptions.add_rule(
        user_id=READER, guild_id="1", countries=("JPN",), events=(), keywords="", minimum_sources=1
    )


async def live(plan: dict[str, object]) -> None:
    """A round, its alerts, the digests that are due, the outbox."""
    folder = Path(str(plan["folder"]))
    now = datetime.fromisoformat(str(plan["now"]))
    probe = Fatal(None if plan["point"] is None else str(plan["point"]), int(str(plan["passing"])))
    sources = plan["sources"]
    assert isinstance(sources, list)
    async with build(settings_of(folder, sources), exclusive="attache run", clock=FixedClock(now), probe=probe) as app:
        app.messengers.register(FileMessenger(folder / "channel.jsonl", now), "channel", "dm")
        await app.intaker.round(everything=True)
        if plan["first"]:
            await set_up(app, now)
        await app.alerter.sweep()
        await app.publisher.dispatch()
        await app.deliverer.deliver()
    (folder / "passed.json").write_text(json.dumps(probe.passed))


if __name__ == "__main__":
    asyncio.run(live(json.loads(Path(sys.argv[1]).read_text())))
