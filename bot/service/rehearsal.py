"""What an alert would have sent, looked up in the archive: a rule is tried before it disturbs anybody."""

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.alerts.match import about, refusal
from bot.digests.compose import item_of
from bot.model import AlertRule, DigestItem
from bot.ports import Clock
from bot.service.rules import Rules
from bot.service.stories import Stories, alert_texts

SPAN = timedelta(days=30)
"""As far back as it looks: four weekends, and a month of the news."""
MOST_LOOKED_AT = 20_000
"""Stories: a month of some hundred sources."""
SECONDS = 8.0
"""Somebody waits. What was not looked at by then is not counted, and the answer says how far back it got."""
SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """`count` stories matched since `since`, `busiest` of them on one day; `items` are the newest. `whole`: all of the
    span was looked through.
    """

    count: int
    busiest: int
    since: datetime
    until: datetime
    whole: bool
    items: tuple[DigestItem, ...]

    @property
    def daily(self) -> float:
        """Stories a day, over the time that was looked through."""
        return self.count / max(1.0, (self.until - self.since) / timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Tries rules on the archive. Changes nothing."""

    stories: Stories
    rules: Rules
    clock: Clock
    seconds: float = SECONDS

    async def run(self, rule: AlertRule) -> Rehearsed:
        """What `rule`, kept or only drafted, would have told: each story once, as it stands today."""
        now, loop = self.clock.now(), asyncio.get_running_loop()
        rule = replace(rule, disabled=None, awaiting=False)
        scope = await self.rules.scope(rule)
        until, reached = loop.time() + self.seconds, now - SPAN
        days: Counter[date] = Counter()
        items: list[DigestItem] = []
        whole = True
        for story in await self.stories.recent(scope, SPAN, limit=MOST_LOOKED_AT):
            if loop.time() > until:
                whole, reached = False, story.last_change
                break
            if not about(rule, story):
                continue
            candidate = await self.stories.candidate(story, scope, brief=True)
            if candidate is None:
                continue
            texts = alert_texts(candidate)
            # What its source listed when it was first read would have been told, had it been read then.
            seen = replace(candidate.story, backlog=False), texts, candidate.independent
            if refusal(rule, *seen, sources=candidate.sources, lines=candidate.lines) is None:
                days[story.first_seen.date()] += 1
                if len(items) < SHOWN:
                    items.append(item_of(candidate))
        return Rehearsed(
            count=days.total(),
            busiest=max(days.values(), default=0),
            since=reached,
            until=now,
            whole=whole,
            items=tuple(items),
        )
