"""Alerts by direct message: stories against the rules that users made.

What was told decides, not the moment: every sweep looks at the stories of the last day that a person has not been told,
so a crash between storing a story and alerting loses nothing. A sweep first edits messages whose story stands otherwise
by now, then collects what matches, for all rules of a scope together, and then puts each person's matches in the
outbox: one by one while the hour has room, else in one bundle; none in their quiet hours, whose end brings one bundle.

A story is told to a person once. It is told again, as an update, when there is a new fact, also within its cooldown; or
when it left its first hours, after the cooldown. More outlets alone change only the message that stands there.
"""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

import structlog

from bot.alerts.match import about, refusal
from bot.alerts.post import alert_post, bundle_post, revised
from bot.alerts.standing import (
    edited,
    first_status,
    moved,
    new_corrections,
    outdated,
    standing,
    status,
)
from bot.alerts.throttle import Options, parted, rests, room
from bot.digests.candidate import Candidate
from bot.digests.compose import item_of
from bot.errors import StoreError
from bot.model import (
    Alert,
    AlertRule,
    Decision,
    Delivery,
    JournalLine,
    Post,
    Scope,
    SlotRecord,
    Standing,
    Story,
    Telling,
    edit_of,
)
from bot.ports import ArticleStore, Clock, DeliveryStore, Messenger, Plan, Probe, StoryStore, SubscriptionStore
from bot.service.outbox import Messengers, deliveries
from bot.service.publishing import ROUND_SECONDS
from bot.service.rules import Rules, target_of
from bot.service.stories import Stories, alert_texts
from bot.service.subscriptions import ALERT_SPAN
from bot.service.told import Heard, Person, StoryNow, person

MOST_TRIED = 200_000
"""Of pairs of rule and story version that need no second look: some 20 MB. Beyond it they are tried anew."""

_AWAKE = "These came during your quiet hours."
_CROWDED = "More came within the hour than I send one by one."

_log = structlog.get_logger(__name__)


class AlertingStore(SubscriptionStore, DeliveryStore, ArticleStore, StoryStore, Protocol):
    """What alerting reads and writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """A story for a person, by the first of the `rules` that ask for it."""

    rules: tuple[AlertRule, ...]
    story: Story
    scope: Scope
    stands: Standing
    update: bool

    @property
    def rule(self) -> AlertRule:
        return self.rules[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerter:
    """Matches and puts alerts in the outbox, at most `per_hour` messages for a user."""

    store: AlertingStore
    stories: Stories
    rules: Rules
    messengers: Messengers
    clock: Clock
    probe: Probe
    per_hour: int
    zone: str = "UTC"
    _tried: set[tuple[str, str, str, int]] = field(default_factory=set, init=False)
    _one: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def sweep(self) -> int:
        """Try every rule on every story that its owner has not been told; how many messages went to the outbox."""
        async with self._one:  # a second sweep beside it would bundle stories that this one is about to tell
            return await self._sweep()

    async def _sweep(self) -> int:
        now, current = self.clock.now(), StoryNow(self.store)
        if len(self._tried) > MOST_TRIED:
            self._tried.clear()
        people = [one for one in await self._people(now, current) if await self._edited(one, current)]
        found = await self._matches(people, current)
        sent, until = 0, asyncio.get_running_loop().time() + ROUND_SECONDS
        for one in people:
            try:
                sent += await self._tell(one, found[one.user_id], now, until)
            except Exception:  # noqa: BLE001 - one person who fails never stops the others
                _log.exception("alert_failed", user=one.user_id)
        return sent

    async def _people(self, now: datetime, current: StoryNow) -> list[Person]:
        """Whoever has a rule that is armed. What the others of their rules told counts too."""
        by_user: defaultdict[str, list[AlertRule]] = defaultdict(list)
        active: defaultdict[str, list[AlertRule]] = defaultdict(list)
        for rule in await self.store.rules():
            known = await self.rules.armed(rule) if rule.awaiting and not rule.disabled else rule
            by_user[rule.user_id].append(known)
            if not (known.awaiting or known.disabled) and self.messengers.of(target_of(rule).kind) is not None:
                active[rule.user_id].append(known)
        return [await person(self.store, by_user[user], mine, now, current) for user, mine in active.items()]

    # --- what stands there --------------------------------------------------------------------------------------

    async def _edited(self, one: Person, current: StoryNow) -> bool:
        """Edit the person's messages whose story stands otherwise now; False when that failed."""
        try:
            for heard in list(one.by_message.values()):
                await self._edit(one, heard, current)
        except Exception:  # noqa: BLE001 - one person who fails never stops the others
            _log.exception("alert_failed", user=one.user_id)
            return False
        return True

    async def _edit(self, one: Person, heard: Heard, current: StoryNow) -> None:
        told, story = heard.telling, await current.of(heard.telling.story_id)
        if story is None or (story.id, story.version) == (told.story_id, told.standing.version):
            return
        mark = (told.delivery, str(told.number), story.id, story.version)
        if mark in self._tried:
            return
        candidate = await self.stories.candidate(story, await self.rules.scope(one.teller(heard)), brief=True)
        sent = await self.store.delivery(told.delivery)
        stands = standing(story, candidate.lines, candidate.independent) if candidate else None
        if candidate is None or stands is None or sent is None or sent.state == "dead" or not outdated(stands, told):
            self._tried.add(mark)
            return
        newest = await self.store.newest_edit(told.delivery) or sent
        changes = new_corrections(stands, told)
        post = revised(newest.post, told.number, status(stands, told), item_of(candidate), changes)
        await self._plan_edit(one, replace(heard, telling=edited(stands, told)), sent, post)

    async def _plan_edit(self, one: Person, heard: Heard, sent: Delivery, post: Post) -> None:
        now, told, rule = self.clock.now(), heard.telling, heard.rule
        messenger = self.messengers.of(sent.target.kind)
        fitting = _fitting(messenger, post) if messenger else post
        edit = edit_of(sent, fitting, f"{told.number}@{told.standing.version}", now)
        record = SlotRecord(
            subscription_id=rule.id, slot_id=edit.key, due=now, outcome="merged", at=now,
            reason=f"The message was edited: {told.status}.", stories=(told.story_id,), tellings=(told,),
        )  # fmt: skip
        self.probe("alert.edited")
        await self.store.plan(Plan(owner_id=rule.id, slot_id=edit.key, record=record, deliveries=(edit,)))
        one.by_message[told.delivery, told.number] = heard

    # --- what matches -------------------------------------------------------------------------------------------

    async def _matches(self, people: Sequence[Person], current: StoryNow) -> dict[str, list[_Match]]:
        """For each person, the stories to tell, oldest change first."""
        found: dict[str, dict[str, _Match]] = {one.user_id: {} for one in people}
        by_scope: defaultdict[Scope, list[tuple[Person, AlertRule]]] = defaultdict(list)
        for one in people:
            for rule in one.rules:
                by_scope[await self.rules.scope(rule)].append((one, rule))
        for scope, group in by_scope.items():
            followed = await self._followed(group, current)
            recent = await self.stories.recent(scope, ALERT_SPAN)
            for story in {story.id: story for story in [*recent, *followed]}.values():
                try:
                    await self._match(story, scope, group, found)
                except StoreError:
                    raise
                except Exception:  # noqa: BLE001 - one story that cannot be read never stops the others
                    _log.exception("alert_failed", story=story.id)
        return {user: sorted(mine.values(), key=lambda m: m.story.last_change) for user, mine in found.items()}

    async def _followed(self, group: list[tuple[Person, AlertRule]], current: StoryNow) -> list[Story]:
        """The stories that are followed, as they stand now. A follow goes with a story that another took in, and ends
        with one that is no longer kept.
        """
        stories = []
        for number, (one, rule) in enumerate(group):
            if rule.story is None:
                continue
            story = await current.of(rule.story)
            if story is None:
                await self.store.drop_rule(rule.id)
            elif story.id != rule.story:
                group[number] = (one, replace(rule, story=story.id))
            if story is not None:
                stories.append(story)
        return stories

    async def _match(
        self,
        story: Story,
        scope: Scope,
        group: Sequence[tuple[Person, AlertRule]],
        found: dict[str, dict[str, _Match]],
    ) -> None:
        mark = str(hash(scope))
        open_ = [(one, rule) for one, rule in group if self._open(one, rule, story, mark)]
        candidate = await self.stories.candidate(story, scope, brief=True) if open_ else None
        if candidate is None:
            return
        stands = standing(story, candidate.lines, candidate.independent)
        texts = alert_texts(candidate)
        for one, rule in open_:
            seen = candidate.story, texts, candidate.independent
            if refusal(rule, *seen, sources=candidate.sources, lines=candidate.lines) is not None:
                self._tried.add((rule.id, mark, story.id, _state(story)))
                continue
            if rule.muted_until is not None and self.clock.now() < rule.muted_until:
                await self.store.mark_told(rule.id, [(story.id, story.version)])
                continue
            known = found[one.user_id].get(story.id)
            if known is not None:
                found[one.user_id][story.id] = replace(known, rules=(*known.rules, rule))
            elif (update := await self._news(one, rule, story, stands, mark)) is not None:
                found[one.user_id][story.id] = _Match(
                    rules=(rule,), story=story, scope=scope, stands=stands, update=update
                )

    def _open(self, one: Person, rule: AlertRule, story: Story, mark: str) -> bool:
        """Whether the rule may have something to say of this version of the story: asks no article."""
        if (rule.id, mark, story.id, _state(story)) in self._tried:
            return False
        heard = one.by_story.get(story.id)
        if rule.story is not None:
            same = heard is not None and heard.telling.story_id == story.id
            return rule.story == story.id and not (heard and same and heard.telling.standing.version == story.version)
        if heard is not None:
            return heard.telling.standing.version != story.version and about(rule, story)
        told = story.id in one.ledger[rule.id] or story.id in one.stories
        return not (told or story.backlog) and about(rule, story)

    async def _news(self, one: Person, rule: AlertRule, story: Story, stands: Standing, mark: str) -> bool | None:
        """Whether it is an update; None when the person has nothing to hear of it now."""
        heard, now = one.by_story.get(story.id), self.clock.now()
        if heard is None:
            return False
        if rule.story is not None and heard.telling.story_id != story.id:
            return True  # what was followed is part of another story now
        if rule.story is None and (absorbed := one.absorbed.pop(story.id, None)):
            for each in absorbed:
                one.by_story[story.id] = await self._joined(each, story, stands, now)  # other rules know it so, too
            return None
        move = moved(stands, heard.telling.standing, follows=rule.story is not None)
        if move == "none":
            self._tried.add((rule.id, mark, story.id, _state(story)))
        return None if rests(move, heard.at, now, self._options) else True

    async def _joined(self, heard: Heard, story: Story, stands: Standing, now: datetime) -> Heard:
        """A story that was told became part of another: that is no news, and is told from there on, as it is now."""
        telling = replace(heard.telling, story_id=story.id, standing=stands)
        slot = f"{heard.rule.id}:{story.id}:joined:{heard.telling.story_id}:{heard.telling.number}"
        record = SlotRecord(
            subscription_id=heard.rule.id, slot_id=slot, due=now, outcome="merged", at=now,
            reason="The story that was told is part of another one now.", stories=(story.id,), tellings=(telling,),
        )  # fmt: skip
        await self.store.plan(Plan(owner_id=heard.rule.id, slot_id=slot, record=record))
        return replace(heard, telling=telling)

    @property
    def _options(self) -> Options:
        return Options(hourly=self.per_hour)

    # --- telling ------------------------------------------------------------------------------------------------

    async def _tell(self, one: Person, matches: Sequence[_Match], now: datetime, until: float) -> int:
        """`until`: the moment, on the loop's clock, up to which a language model may take its time."""
        if not matches:
            return 0
        quiet = await self.rules.readers.quiet(one.user_id)
        if quiet is not None and quiet.holds(now):
            return 0
        woke = quiet.woke(now) if quiet is not None else None
        slept = [match for match in matches if woke is not None and match.story.last_change < woke]
        awake = [match for match in matches if woke is None or match.story.last_change >= woke]
        groups = parted(slept, awake, room(one.recent, now, self._options))
        zone = quiet.zone if quiet is not None else self.zone
        sent = 0
        for group in groups:
            why = _AWAKE if slept and group[0] is slept[0] else _CROWDED
            sent += await self._plan(group, why, zone, now, until)
        return sent

    async def _plan(self, group: Sequence[_Match], why: str, zone: str, now: datetime, until: float) -> bool:
        """One message, a single alert or a bundle, and what was told with it, in one transaction."""
        alerts = [(match, alert) for match in group if (alert := await self._alert(match, until)) is not None]
        messenger = self.messengers.of(target_of(group[0].rule).kind)
        if not alerts or messenger is None:
            return False
        owner = alerts[0][0].rule
        if await self.store.rule(owner.id) is None:  # removed while it was written: nothing of it is to be kept
            return False
        post = alert_post(alerts[0][1], zone) if len(alerts) == 1 else bundle_post([a for _, a in alerts], why, zone)
        slot = _slot(owner, [match for match, _ in alerts])
        made = deliveries(owner.id, slot, target_of(owner), messenger.pages(post), now)
        told = [(match.story.id, match.story.version) for match, _ in alerts]
        record = SlotRecord(
            subscription_id=owner.id, slot_id=slot, due=now, outcome="sent", reason="A story matched.", at=now,
            stories=tuple(story for story, _ in told),
            tellings=tuple(_telling(match, made) for match, _ in alerts),
        )  # fmt: skip
        self.probe("alert.matched")
        written = await self.store.plan(
            Plan(
                owner_id=owner.id,
                slot_id=slot,
                record=record,
                deliveries=made,
                told=tuple(told),
                lines=tuple(_line(match, now) for match, _ in alerts),
            )
        )
        self.probe("alert.recorded")
        for match, _ in alerts:
            for rule in match.rules:
                if rule.id != owner.id:  # so that it stays told when the owner of this message is removed
                    await self.store.mark_told(rule.id, [(match.story.id, match.story.version)])
        return written

    async def _alert(self, match: _Match, until: float) -> Alert | None:
        rule, left = match.rule, until - asyncio.get_running_loop().time()
        language = await self.rules.readers.language_of(rule.user_id)
        candidate: Candidate | None = await self.stories.candidate(match.story, match.scope, language=language)
        if candidate is None:
            return None
        (item,) = await self.stories.written([item_of(candidate, update=match.update)], match.scope, seconds=left)
        item = await self.stories.as_kept(item, match.scope, language)
        status, follows = first_status(match.stands), rule.story is not None
        return Alert(rule_id=rule.id, user_id=rule.user_id, item=item, status=status, follows=follows)


def _state(story: Story) -> int:
    """Changes with the version, and with copies, which leave the version as it is and may come from an outlet that
    somebody asks for.
    """
    return hash((story.version, len(story.members)))


def _slot(owner: AlertRule, matches: Sequence[_Match]) -> str:
    """The first alert on a story, an update of it, or a bundle: each is planned once."""
    first = matches[0]
    if len(matches) == 1:
        return f"{owner.id}:{first.story.id}" + (f"@{first.story.version}" if first.update else "")
    names = "\0".join(f"{match.story.id}@{match.story.version}" for match in matches)
    return f"{owner.id}:bundle:{hashlib.sha256(names.encode()).hexdigest()[:16]}"


def _telling(match: _Match, made: Sequence[Delivery]) -> Telling:
    """`delivery` is the part that shows the story; none for those that only the footer counts."""
    number = match.story.number
    part = next((one.key for one in made if number in [item.number for item in one.post.items]), "")
    return Telling(
        story_id=match.story.id,
        number=number,
        status=first_status(match.stands),
        standing=match.stands,
        delivery=part,
        rule=match.rule.id,
    )


def _line(match: _Match, now: datetime) -> JournalLine:
    decision = Decision(stage="alerts", outcome="kept", reason=f"It matched the alert {match.rule.id}.")
    return JournalLine(subject=match.story.id, at=now, decision=decision)


def _fitting(messenger: Messenger, post: Post) -> Post:
    """The post within one message: an edit cannot add a second one. Later points give way, longest rows first."""
    while len(messenger.pages(post)) > 1 and any(len(item.points) > 1 for item in post.items):
        longest = max(post.items, key=lambda item: len(item.points))
        items = tuple(replace(item, points=item.points[:-1]) if item is longest else item for item in post.items)
        post = replace(post, items=items)
    return post
