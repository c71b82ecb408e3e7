"""Alerts by direct message: new stories against the rules that users made.

What was told decides, not the moment: every sweep looks at the stories of the last day that a rule has not told, so a
crash between storing a story and alerting loses nothing. A story alerts a rule once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from bot.alerts.match import refusal
from bot.alerts.post import alert_post
from bot.alerts.throttle import Options, Verdict, verdict
from bot.digests.candidate import Candidate
from bot.digests.compose import item_of
from bot.model import Alert, AlertRule, Decision, DigestItem, JournalLine, Scope, SlotRecord, Story, Target
from bot.ports import ArticleStore, Clock, DeliveryStore, Plan, Probe, StoryStore, SubscriptionStore
from bot.service.publishing import Messengers, deliveries
from bot.service.stories import Stories
from bot.service.subscriptions import ALERT_SPAN, CONSOLE, Subscriptions

MOST_HEARD = 200
"""Alerts of a rule that are looked back at: far more than a rule sends in the day that a story is news."""

_log = structlog.get_logger(__name__)


class AlertingStore(SubscriptionStore, DeliveryStore, ArticleStore, StoryStore, Protocol):
    """What alerting reads and writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerter:
    """Matches and puts alerts in the outbox, at most `per_hour` for a user."""

    store: AlertingStore
    stories: Stories
    subscriptions: Subscriptions
    messengers: Messengers
    clock: Clock
    probe: Probe
    per_hour: int

    async def sweep(self) -> int:
        """Try every rule on every story that it has not told; how many alerts went to the outbox."""
        sent = 0
        for rule in await self.store.rules():
            target = _target(rule)
            if rule.disabled or self.messengers.of(target.kind) is None:
                continue
            try:
                sent += await self._sweep_rule(rule, target)
            except Exception:  # noqa: BLE001 - one rule that fails never stops the others
                _log.exception("alert_failed", rule=rule.id)
        return sent

    async def _sweep_rule(self, rule: AlertRule, target: Target) -> int:
        now = self.clock.now()
        scope = Scope(sources=None) if target.kind == "console" else await self.subscriptions.scope(rule.guild_id)
        told = await self.store.told(rule.id)
        heard = await self._heard(rule.user_id)
        sent = 0
        for story in await self.stories.recent(scope, ALERT_SPAN):
            if story.backlog or story.id in told:
                continue
            candidate = await self.stories.candidate(story, scope)
            if candidate is None or refusal(rule, candidate.story, _texts(candidate), candidate.independent):
                continue
            if self._verdict(story, heard, now).action != "send":
                continue  # told by another of this person's rules, or by a later sweep, when the hour has room
            if await self._plan(rule, target, story, item_of(candidate), now):
                heard[story.id] = now
                sent += 1
        return sent

    def _verdict(self, story: Story, heard: Mapping[str, datetime], now: datetime) -> Verdict:
        told = {story.id: story.version} if story.id in heard else {}
        recent = tuple(heard.values())
        options = Options(hourly=self.per_hour)
        return verdict(
            story_id=story.id,
            version=story.version,
            now=now,
            told=told,
            last_told=heard,
            recent=recent,
            options=options,
        )

    async def _heard(self, user_id: str) -> dict[str, datetime]:
        """Story -> when this person was last alerted of it, over all their rules."""
        heard: dict[str, datetime] = {}
        for rule in await self.store.rules(user_id):
            for delivery in await self.store.deliveries(rule.id, MOST_HEARD):
                told = delivery.slot_id.partition(":")[2]
                story = await self.store.story(told)  # it may be part of another by now
                story_id = story.id if story else told
                heard[story_id] = max(delivery.created, heard.get(story_id, delivery.created))
        return heard

    async def _plan(self, rule: AlertRule, target: Target, story: Story, item: DigestItem, now: datetime) -> bool:
        identity = f"{rule.id}:{story.id}"
        messenger = self.messengers.of(target.kind)
        posts = (
            messenger.pages(alert_post(Alert(rule_id=rule.id, user_id=rule.user_id, item=item))) if messenger else ()
        )
        record = SlotRecord(
            subscription_id=rule.id, slot_id=identity, due=now, outcome="sent", reason="A story matched.", at=now,
            stories=(story.id,),
        )  # fmt: skip
        decision = Decision(stage="alerts", outcome="kept", reason=f"It matched the alert {rule.id}.")
        self.probe("alert.matched")
        written = await self.store.plan(
            Plan(
                owner_id=rule.id,
                slot_id=identity,
                record=record,
                deliveries=deliveries(rule.id, identity, target, posts, now),
                told=((story.id, story.version),),
                lines=(JournalLine(subject=story.id, at=now, decision=decision),),
            )
        )
        self.probe("alert.recorded")
        return written


def _target(rule: AlertRule) -> Target:
    """A rule made in the console tells in the console."""
    if rule.guild_id == CONSOLE:
        return Target(kind="console", id=CONSOLE, guild_id=CONSOLE)
    return Target(kind="dm", id=rule.user_id)


def _texts(candidate: Candidate) -> tuple[str, ...]:
    """The words that keywords are looked for in."""
    return (candidate.text, *(point.text for point in candidate.summary.points))
