"""Alert rules and followed stories, as their owner commands them: what `/alerts` and `/follow` do, without a network.

A rule made on Discord sends a message that confirms it, and is armed when that message has arrived: who gave the
command has asked for it, and what is left to find out is whether their direct messages are open. One press on that
message stops the rule again. In the console there is nobody else to ask, and a rule is armed at once.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Protocol

from bot.alerts.quiet import Quiet
from bot.alerts.standing import first_status, standing
from bot.digests.candidate import Candidate
from bot.errors import InputError
from bot.model import AlertRule, Button, Delivery, Post, Scope, SlotRecord, Story, Target, Telling
from bot.ports import Clock, DeliveryStore, Plan, PreferenceStore, SourceStore, StoryStore, SubscriptionStore
from bot.service.naming import actor_name
from bot.service.readers import Readers
from bot.service.schedules import parse_events, parse_sources, parse_zone
from bot.service.sight import Sight
from bot.service.stories import Stories
from bot.service.subscriptions import ALERT_SPAN, CONSOLE, MOST_STORIES, Limits, Subscriptions
from bot.text.event_names import event_label
from bot.text.expression import Malformed, parse

MUTE = timedelta(hours=24)
"""What the button says."""

_SIMILAR = 2
"""Countries of a story that "More like this" takes: the pair that it is about. With all of them nothing would match."""

STOPPED = "You stopped it. /alerts resume starts it again."


class RulesStore(SourceStore, SubscriptionStore, DeliveryStore, StoryStore, Protocol):
    """What these commands read and write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a rule is to watch for, as people type it. See `AlertRule` for what it means."""

    countries: tuple[str, ...] = ()
    pairs: tuple[tuple[str, ...], ...] = ()
    events: str = ""
    keywords: str = ""
    outlets: str = ""
    minimum_sources: int = 1
    breaking: int = 0
    within: int = 60


class Rules:
    """One user's rules at a time; nobody reaches another's. InputError is what the asker reads."""

    def __init__(
        self,
        *,
        store: RulesStore,
        stories: Stories,
        subscriptions: Subscriptions,
        preferences: PreferenceStore,
        clock: Clock,
        limits: Limits,
    ) -> None:
        self._store, self._stories, self._subscriptions = store, stories, subscriptions
        self._clock, self._limits = clock, limits
        self.readers = Readers(preferences=preferences, subscriptions=subscriptions)
        self.sight = Sight(store=store, subscriptions=subscriptions)

    async def scope(self, rule: AlertRule) -> Scope:
        """What a rule sees: the sources of the server where it was made."""
        if rule.guild_id == CONSOLE:
            return await self._subscriptions.console()
        return await self._subscriptions.scope(rule.guild_id)

    # --- making -------------------------------------------------------------------------------------------------

    async def draft(self, user_id: str, guild_id: str | None, wish: Wish) -> AlertRule:
        """A rule that is not kept yet. InputError says what cannot be understood, and where."""
        events = parse_events(wish.events)
        keywords = wish.keywords.strip()
        if keywords and isinstance(problem := parse(keywords), Malformed):
            raise InputError(str(problem))
        if not (wish.countries or wish.pairs or events or keywords or wish.outlets.strip() or wish.breaking):
            raise InputError("Say what to watch for: keywords, a country, a pair, an event type, or outlets.")
        now = self._clock.now()
        rule = AlertRule(
            id=_identity(user_id, now.isoformat(), repr(wish)),
            user_id=user_id,
            guild_id=guild_id,
            countries=wish.countries,
            pairs=wish.pairs,
            events=events,
            keywords=keywords,
            minimum_sources=wish.minimum_sources,
            breaking=wish.breaking,
            within=wish.within,
            created=now,
        )
        return replace(rule, outlets=await self._outlets(wish.outlets, rule))

    async def _outlets(self, names: str, rule: AlertRule) -> tuple[str, ...]:
        """The ids of the sources that are named, among those that the rule sees."""
        visible = (await self.scope(rule)).sources
        sources = [source for source in await self._store.sources() if visible is None or source.id in visible]
        return parse_sources(names, sources)

    async def save(self, rule: AlertRule, *, armed: bool = False) -> AlertRule:
        """Keep a draft. `armed`: its owner is known to get direct messages, so that none has to confirm it."""
        mine = await self.alerts(rule.user_id)
        if len(mine) >= self._limits.alerts_per_user:
            raise InputError(f"You have {len(mine)} alerts, which is the most you may. Remove one with /alerts remove.")
        if same := next((number for number, one in enumerate(mine, 1) if _wish(one) == _wish(rule)), None):
            raise InputError(f"You have that alert already: it is number {same} in /alerts list.")
        # What is there already is no news to the rule, whenever it was published: what comes from now on is.
        await self._mark_present(rule)
        return await self._keep(rule, armed=armed)

    async def _mark_present(self, rule: AlertRule) -> None:
        since = self._clock.now() - ALERT_SPAN
        there = await self._store.recent_stories(since, await self.scope(rule), MOST_STORIES)
        await self._store.mark_told(rule.id, [(story.id, story.version) for story in there])

    async def _keep(self, rule: AlertRule, *, armed: bool) -> AlertRule:
        """Write the rule; where it has to be confirmed, put the message that asks for that in the outbox."""
        if armed or rule.guild_id == CONSOLE:
            rule = replace(rule, awaiting=False, disabled=None, noticed=False, refusals=0)
            await self._store.put_rule(rule)
            return rule
        rule = replace(
            rule, asked=rule.asked + 1, awaiting=True, disabled=None, noticed=False, refusals=0, muted_until=None
        )
        await self._store.put_rule(rule)
        await self._confirm(rule)
        return rule

    async def _confirm(self, rule: AlertRule) -> None:
        now, slot = self._clock.now(), _confirmation(rule)
        message = Delivery(
            key=f"{slot}:0",
            owner_id=rule.id,
            slot_id=slot,
            part=0,
            parts=1,
            target=target_of(rule),
            post=_confirming(rule, await self.describe(rule)),
            created=now,
            next_try=now,
        )
        await self._store.plan(Plan(owner_id=rule.id, slot_id=slot, record=None, deliveries=(message,)))

    async def armed(self, rule: AlertRule) -> AlertRule:
        """The rule as it stands once its confirming message was looked after: armed when that has arrived, switched
        off when it never can.
        """
        delivery = await self._store.delivery(f"{_confirmation(rule)}:0")
        if delivery is None:  # the process ended between the rule and its message
            await self._confirm(rule)
            return rule
        if delivery.state not in ("sent", "dead"):
            return await self._store.rule(rule.id) or rule
        closed = (delivery.problem or "I could not write to you.") if delivery.state == "dead" else None

        def confirmed(now: AlertRule) -> AlertRule:
            if not now.awaiting or now.asked != rule.asked:  # stopped, or asked for anew, meanwhile
                return now
            return replace(now, awaiting=False, refusals=0, disabled=closed or now.disabled)

        return await self._store.change_rule(rule.id, confirmed) or rule

    async def more(self, user_id: str, guild_id: str | None, number: int, *, armed: bool) -> AlertRule:
        """A rule for stories like that one: the same countries, the same kind of event."""
        guild_id, candidate = await self._seen(user_id, guild_id, number)
        wish = Wish(countries=candidate.story.actors[:_SIMILAR], events=",".join(candidate.story.events[:1]))
        return await self.save(await self.draft(user_id, guild_id, wish), armed=armed)

    async def follow(self, user_id: str, guild_id: str | None, number: int, *, armed: bool) -> AlertRule:
        """A rule that tells what becomes of one story from now on."""
        guild_id, candidate = await self._seen(user_id, guild_id, number)
        story = await self._store.story(candidate.story.id) or candidate.story
        now = self._clock.now()
        identity = _identity(user_id, now.isoformat(), f"story {number}")
        rule = AlertRule(id=identity, user_id=user_id, guild_id=guild_id, created=now, story=story.id)
        mine = await self.follows(user_id)
        if any(other.story == story.id for other in mine):
            raise InputError(f"You follow story {story.number} already. /following shows all that you follow.")
        if len(mine) >= self._limits.follows_per_user:
            raise InputError(f"You follow {len(mine)} stories, which is the most you may. /unfollow ends one.")
        await self._know(rule, story, candidate)
        return await self._keep(rule, armed=armed)

    async def _know(self, rule: AlertRule, story: Story, seen: Candidate) -> None:
        """What is known of a followed story when somebody asks to hear of it is no news."""
        now, stands = self._clock.now(), standing(story, seen.lines, seen.independent)
        known = Telling(story_id=story.id, number=story.number, status=first_status(stands), standing=stands)
        slot = f"{rule.id}:known:{now:%Y%m%dT%H%M%S}"
        record = SlotRecord(
            subscription_id=rule.id, slot_id=slot, due=now, outcome="skipped", reason="What was known when you asked.",
            at=now, stories=(story.id,), tellings=(known,),
        )  # fmt: skip
        await self._store.plan(Plan(owner_id=rule.id, slot_id=slot, record=record))

    async def _seen(self, user_id: str, guild_id: str | None, number: int) -> tuple[str | None, Candidate]:
        """The story of that number as it is seen in this place; in direct messages first as a server sees it whose
        sources an alert told it from. And the place.
        """
        story = await self._store.story_by_number(number)
        servers = await self.sight.tellers(user_id, story) if story and guild_id is None else ()
        for place in (*servers, guild_id):
            rule = AlertRule(id="", user_id=user_id, guild_id=place, created=self._clock.now())
            seen = await self._stories.candidate(story, await self.scope(rule), brief=True) if story else None
            if seen is not None:
                return place, seen
        raise InputError(f"There is no story {number} here. /latest shows the newest ones with their numbers.")

    # --- what there is ------------------------------------------------------------------------------------------

    async def alerts(self, user_id: str) -> tuple[AlertRule, ...]:
        """The user's alerts, oldest first: their numbers in `/alerts list`."""
        return tuple(rule for rule in await self._mine(user_id) if rule.story is None)

    async def _mine(self, user_id: str) -> tuple[AlertRule, ...]:
        """All of the user's rules, with what has become of their confirming messages by now."""
        rules = await self._store.rules(user_id)
        return tuple([await self.armed(rule) if rule.awaiting else rule for rule in rules])

    async def follows(self, user_id: str) -> tuple[AlertRule, ...]:
        """The stories that the user follows, as rules that name the story as it is known now."""
        found = [rule for rule in await self._mine(user_id) if rule.story is not None]
        stories = [await self._store.story(rule.story or "") for rule in found]
        return tuple(
            replace(rule, story=story.id) if story else rule for rule, story in zip(found, stories, strict=True)
        )

    async def named(self, user_id: str, wanted: str) -> AlertRule:
        """The user's alert of that number in the list, or in the list's words; by its id, a followed story too."""
        mine = await self.alerts(user_id)
        for number, rule in enumerate(mine, 1):
            if wanted.removeprefix("#") in {str(number), rule.id}:
                return rule
        words = [(_plain(one.keywords), _plain(await self.describe(one))) for one in mine]
        called = [one for one, known in zip(mine, words, strict=True) if _plain(wanted) in known]
        if len(called) == 1:
            return called[0]
        if follow := next((rule for rule in await self.follows(user_id) if rule.id == wanted), None):
            return follow
        if not mine:
            raise InputError("You have no alerts.")
        numbers = (
            "You have one, number 1."
            if len(mine) == 1
            else f"Give a number from 1 to {len(mine)}: /alerts list has them."
        )
        raise InputError(f"None of your alerts is “{wanted[:40]}”. {numbers}")

    async def describe(self, rule: AlertRule) -> str:
        """What a rule watches for, in words."""
        if rule.story is not None:
            story = await self._store.story(rule.story)
            return f"story {story.number}, “{story.title}”" if story else "a story that is no longer kept"
        scope = await self.scope(rule)
        names = {source.id: source.name for source in scope.named(await self._store.sources())}
        return _described(rule, [names.get(outlet, "an outlet that is gone") for outlet in rule.outlets])

    # --- changing -----------------------------------------------------------------------------------------------

    async def remove(self, user_id: str, wanted: str) -> AlertRule:
        """Delete an alert with all that it told."""
        rule = await self.named(user_id, wanted)
        await self._store.drop_rule(rule.id)
        return rule

    async def unfollow(self, user_id: str, wanted: str) -> AlertRule:
        """End the following of a story, by the story's number or the rule's id."""
        number = wanted.removeprefix("#")
        story = await self._store.story_by_number(int(number)) if number.isascii() and number.isdecimal() else None
        for rule in await self.follows(user_id):
            if rule.id == wanted or (story is not None and rule.story == story.id):
                await self._store.drop_rule(rule.id)
                return rule
        raise InputError(f"You do not follow “{wanted[:20]}”. /following shows all that you follow.")

    async def stop(self, user_id: str, wanted: str) -> AlertRule:
        """Switch an alert off and keep it."""
        rule = await self.named(user_id, wanted)
        return await self._store.change_rule(rule.id, _stopped) or _stopped(rule)

    async def resume(self, user_id: str, wanted: str) -> AlertRule:
        """Start an alert again, confirmed anew; what came in between is not told. A mute ends."""
        rule = await self.named(user_id, wanted)
        if rule.disabled is None:
            return await self._store.change_rule(rule.id, lambda now: replace(now, muted_until=None)) or rule
        await self._mark_present(rule)
        story = await self._store.story(rule.story) if rule.story is not None else None
        seen = await self._stories.candidate(story, await self.scope(rule), brief=True) if story else None
        if story is not None and seen is not None:
            await self._know(rule, story, seen)
        return await self._keep(rule, armed=False)

    async def mute(self, user_id: str, wanted: str, span: timedelta) -> datetime:
        """Silence an alert, or "all" of them and the stories that are followed; until when. No span ends a mute."""
        until = self._clock.now() + span
        chosen = await self._store.rules(user_id) if wanted == "all" else (await self.named(user_id, wanted),)
        for rule in chosen:
            await self._store.change_rule(rule.id, lambda now: replace(now, muted_until=until if span else None))
        return until

    # --- the user -----------------------------------------------------------------------------------------------

    async def notice(self, user_id: str) -> str | None:
        """What has to be said before the next answer, once: that alerts were switched off because no message gets
        through.
        """
        off = [rule for rule in await self._mine(user_id) if rule.disabled and not rule.noticed]
        if not off:
            return None
        for rule in off:
            await self._store.change_rule(rule.id, lambda now: replace(now, noticed=True))
        what = "; ".join([await self.describe(rule) for rule in off[:3]])
        more = f" and {len(off) - 3} more" if len(off) > 3 else ""
        again = "/following" if all(rule.story for rule in off) else "/alerts resume"
        switched = "An alert of yours is" if len(off) == 1 else f"{len(off)} alerts of yours are"
        return f"{switched} switched off ({what}{more}). {off[0].disabled} After that, {again} starts it again."


def target_of(rule: AlertRule) -> Target:
    """A rule made in the console tells in the console."""
    if rule.guild_id == CONSOLE:
        return Target(kind="console", id=CONSOLE, guild_id=CONSOLE)
    return Target(kind="dm", id=rule.user_id)


def parse_quiet(hours: str, zone: str) -> Quiet:
    """Quiet hours from "22:00-07:00" and a zone; InputError says what is wrong."""
    parts = [part.strip() for part in hours.replace("–", "-").split("-")]
    try:
        start, end = (time.fromisoformat(part if ":" in part else f"{int(part):02}:00") for part in parts)
        return Quiet(start=start.replace(tzinfo=None), end=end.replace(tzinfo=None), zone=parse_zone(zone))
    except ValueError:
        raise InputError("hours must look like 22:00-07:00, or off.") from None


def _identity(*parts: str) -> str:
    return hashlib.sha256("\0".join(("rule", *parts)).encode()).hexdigest()[:12]


def _plain(words: str) -> str:
    """Words without the marks around them, which people leave out."""
    return words.strip('“”" ').casefold()


def _stopped(rule: AlertRule) -> AlertRule:
    return replace(rule, disabled=STOPPED, noticed=True, awaiting=False)


def _confirmation(rule: AlertRule) -> str:
    return f"{rule.id}:confirm:{rule.asked}"


def _wish(rule: AlertRule) -> tuple[object, ...]:
    """What makes two rules the same one."""
    asked = (rule.countries, rule.pairs, rule.events, rule.keywords, rule.outlets)
    return (*asked, rule.minimum_sources, rule.breaking, rule.within if rule.breaking else 0, rule.guild_id)


def _described(rule: AlertRule, outlets: Sequence[str]) -> str:
    names = " and ".join(map(actor_name, rule.countries))
    pairs = " or ".join(" and ".join(map(actor_name, pair)) for pair in rule.pairs)
    parts = [
        f"“{rule.keywords}”" if rule.keywords else "",
        f"about {names}" if names else "",
        f"about {pairs}" if pairs else "",
        f"of type {' or '.join(map(event_label, rule.events))}" if rule.events else "",
        f"in {' or '.join(outlets)}" if outlets else "",
        f"from at least {rule.minimum_sources} outlets" if rule.minimum_sources > 1 else "",
        f"in {rule.breaking} outlets within {rule.within} minutes" if rule.breaking else "",
    ]
    return ", ".join(part for part in parts if part)


def _confirming(rule: AlertRule, what: str) -> Post:
    follows = rule.story is not None
    stop = f"/unfollow {rule.id}" if follows else f"/alerts stop {rule.id}"
    return Post(
        heading="You follow a story" if follows else "Your alert is set",
        intro=f"I write to you here {'when something changes in' if follows else 'when a new story matches'}: {what}.",
        footer="You get this because you asked for it. Stop ends it at once.",
        buttons=(
            Button(label="Stop", action=stop),
            Button(label="Mute 24 h", action=f"/alerts mute {rule.id}"),
            Button(label="My alerts", action="/following" if follows else "/alerts list"),
        ),
        private=True,
    )
