"""One life of the bot over a store, in a process of its own (see `tests.fakes.nursery`), killed where it is told to be.

A plan names the folder, the sources, the time, and the probe point (with its how-manieth passing) at which the
process kills itself. In most lives messages go to a file that stands for the channel: what it holds is what people
saw. With "discord" in the plan the life is `attache run` itself, on a fake Discord.
"""

import json
import os
import signal
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import time_machine

from bot.bootstrap import App, build
from bot.chat.discord.client import Options
from bot.cli import running
from bot.config import Settings, parse
from bot.model import Delivery, Filter, Post, Receipt, Schedule, Target, edit_of
from bot.ports import Plan as Outbox
from bot.ports import SendOutcome, Sent
from bot.service.rules import Wish

CHANNEL = Target(kind="channel", id="100", guild_id="1")
READER = "200"
DIGESTS = ("Faults", "Other faults")


@dataclass(frozen=True)
class FixedClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment


class FileMessenger:
    """A channel in a file: a message stands there, and is changed, once its line is on the disk."""

    def __init__(self, path: Path, now: datetime) -> None:
        self._path, self._now = path, now

    async def send(self, delivery: Delivery) -> SendOutcome:
        titles = [item.title for item in delivery.post.items]
        self._write({"key": delivery.key, "target": delivery.target.kind, "titles": titles})
        return Sent(receipt=Receipt(message_id=delivery.key, at=self._now))

    async def edit(self, delivery: Delivery, receipt: Receipt) -> SendOutcome:
        self._write({"key": receipt.message_id, "edited": delivery.post.heading})
        return Sent(receipt=receipt)

    def _write(self, line: Mapping[str, object]) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    async def find(self, delivery: Delivery) -> Receipt | None:
        if any(line["key"] == delivery.key for line in read_channel(self._path)):
            return Receipt(message_id=delivery.key, at=self._now)
        return None

    def pages(self, post: Post) -> tuple[Post, ...]:
        """One story a message, so that a digest has parts."""
        return tuple(replace(post, items=(item,)) for item in post.items) or (post,)


def read_channel(path: Path) -> list[dict[str, Any]]:
    """All messages that stand in the channel."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class Fatal:
    """A probe that kills the process, as a power cut would, at the given passing of a point ("*": of any point).

    Notes what it passed.
    """

    def __init__(self, point: str | None, passing: int) -> None:
        self._point, self._passing = point, passing
        self.passed: Counter[str] = Counter()

    def __call__(self, point: str) -> None:
        self.passed[point] += 1
        count = self.passed.total() if self._point == "*" else self.passed[point]
        if self._point in (point, "*") and count == self._passing:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class Plan:
    """`now`: the time that the life thinks it is, standing still; of `attache run`, what its clock starts from.

    `first`: also set up a digest and alerts. `only_intake`: neither compose nor send. `discord`: the two addresses.
    """

    folder: str
    sources: Sequence[Mapping[str, object]]
    now: str
    point: str | None = None
    passing: int = 1
    first: bool = False
    only_intake: bool = False
    one_digest: bool = False
    discord: tuple[str, str, str] | None = None

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.now)

    def settings(self) -> Settings:
        tree: dict[str, object] = {
            "store": {"url": f"sqlite:///{Path(self.folder) / 'store.sqlite'}"},
            "network": {"allow_private": ["127.0.0.0/8"]},
            "polling": {"interval": "P1D", "minimum": "PT1H"},
            "web": {"port": 0},
            "worker": {"deadline": 100},  # on a busy machine too a story is told by all its articles
            "sources": [dict(source) for source in self.sources],
        }
        if self.discord is not None:
            tree["discord"] = {"api_url": self.discord[0], "gateway_url": self.discord[1]}
        return parse(tree)


async def set_up(app: App, now: datetime, *, only_one: bool) -> None:
    """Digests that are due two hours from now, one for `attache run`, and two alert rules."""
    due = now + timedelta(hours=2)
    for name in DIGESTS[: 1 if only_one else None]:
        await app.subscriptions.schedule(
            name=name,
            guild_id=CHANNEL.guild_id,
            target=CHANNEL,
            by=READER,
            schedule=Schedule(times=(time(due.hour, due.minute),)),
            wanted=Filter(),
            size=15,
        )
    for country in ("JPN", "ETH"):
        await app.rules.save(await app.rules.draft(READER, "1", Wish(countries=(country,))), armed=True)


async def of(values: dict[str, Any]) -> None:
    """The life that the plan with these values asks for."""
    plan = Plan(**values)
    probe = Fatal(plan.point, plan.passing)
    if plan.discord is not None:
        await attache_run(plan, probe)
    else:
        await rounds(plan, probe)
    (Path(plan.folder) / "passed.json").write_text(json.dumps(probe.passed))


async def rounds(plan: Plan, probe: Fatal) -> None:
    """A round, its alerts, the digests that are due, the outbox."""
    folder, now = Path(plan.folder), plan.moment
    async with build(
        plan.settings(),
        exclusive="attache run",
        clock=FixedClock(now),
        probe=probe,
        worker="tests.fakes.thin_worker",
    ) as app:
        app.messengers.register(FileMessenger(folder / "channel.jsonl", now), "channel", "dm")
        await app.intaker.round(everything=True)
        if plan.first:
            await set_up(app, now, only_one=plan.one_digest)
        if plan.only_intake:
            for digest in await app.subscriptions.digests(None):
                await app.publisher.preview(digest)  # its summaries are written, and kept
            return
        await app.alerter.sweep()
        await app.publisher.dispatch()
        # The pause after a direct message would be four fifths of a life.
        deliverer = replace(app.deliverer, between=timedelta(0))
        await deliverer.deliver()
        if not plan.first:
            await edit_all(app, now)
            await deliverer.deliver()


async def edit_all(app: App, now: datetime) -> None:
    """Every message that stands there gets a correction, recorded once."""
    owners = [digest.id for digest in await app.subscriptions.digests(None)] + [r.id for r in await app.store.rules()]
    for owner in owners:
        for sent in await app.store.deliveries(owner):
            if sent.receipt is not None and sent.edits is None:
                edit = edit_of(sent, replace(sent.post, heading="CORRECTED"), "1", now)
                await app.store.plan(Outbox(owner_id=owner, slot_id=edit.key, record=None, deliveries=(edit,)))


async def attache_run(plan: Plan, probe: Fatal) -> None:
    """`attache run` until SIGTERM, by a clock that goes on from the plan's time."""
    assert plan.discord is not None
    quick: Any = Options.__init__
    quick.__kwdefaults__["guilds_within"] = timedelta(milliseconds=100)  # loopback is nearer than Discord
    with time_machine.travel(plan.moment, tick=True):
        await running._run(plan.settings(), plan.discord[2], probe)
