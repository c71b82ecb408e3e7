"""What one person's rules have told them: read from the slots of those rules, which nothing but a plan writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.model import EDIT, AlertRule, Story, Telling
from bot.ports import StoryStore, SubscriptionStore

MOST_HEARD = 200
"""Slots of a rule that are looked back at: far more than a rule fills in the days that a story is news."""

EDIT_SPAN = timedelta(days=3)
"""How long a message is kept true: nobody scrolls back further, and Discord slows edits of old messages down."""


class ToldStore(SubscriptionStore, StoryStore, Protocol):
    """What is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A telling, by which rule, and when."""

    rule: AlertRule
    telling: Telling
    at: datetime


@dataclass(slots=True, kw_only=True)
class Person:
    """`mine`: all rules by id; `by_story`: what was last said of each story, under the id that it has now, but for
    edits; `by_message`: what each message says now of each of its stories; `absorbed`: of those, the ones whose story
    is part of another by now, under that one's id; `stories`: all that were told, whenever; `recent`: the moments of
    messages; `ledger`: what each rule was promised.
    """

    user_id: str
    rules: tuple[AlertRule, ...]
    mine: dict[str, AlertRule] = field(default_factory=dict)
    by_story: dict[str, Heard] = field(default_factory=dict)
    by_message: dict[tuple[str, int], Heard] = field(default_factory=dict)
    absorbed: dict[str, list[Heard]] = field(default_factory=dict)
    stories: set[str] = field(default_factory=set)
    recent: list[datetime] = field(default_factory=list)
    ledger: dict[str, Mapping[str, int]] = field(default_factory=dict)

    def teller(self, heard: Heard) -> AlertRule:
        """The rule that what was heard matched: it says whose sources the words rest on."""
        return self.mine.get(heard.telling.rule, heard.rule)


class StoryNow:
    """Stories as they stand, each read once in a sweep: many people are told the same ones."""

    def __init__(self, store: StoryStore) -> None:
        self._store = store
        self._read: dict[str, Story | None] = {}

    async def of(self, story_id: str) -> Story | None:
        """The story, or the one that took it in; None when it is no longer kept."""
        if story_id not in self._read:
            self._read[story_id] = await self._store.story(story_id)
        return self._read[story_id]


async def person(
    store: ToldStore, rules: Sequence[AlertRule], active: Sequence[AlertRule], now: datetime, stories: StoryNow
) -> Person:
    """All that `rules`, those of one user, have told. Of the `active` ones follows come first: they have the better
    words for an update.
    """
    ordered = sorted(rules, key=lambda rule: (rule.story is None, rule.created, rule.id))
    running = sorted(active, key=lambda rule: (rule.story is None, rule.created, rule.id))
    found = Person(user_id=rules[0].user_id, rules=tuple(running), mine={rule.id: rule for rule in rules})
    for rule in ordered:
        found.ledger[rule.id] = await store.told(rule.id)
        for record in reversed(await store.slots(rule.id, MOST_HEARD)):
            found.stories.update(record.stories)
            if record.outcome == "sent":
                found.recent.append(record.at)
            if now - record.at <= EDIT_SPAN or rule.story is not None:
                for telling in record.tellings:
                    heard = Heard(rule=rule, telling=telling, at=record.at)
                    await _hear(found, heard, stories, edit=EDIT in record.slot_id)
    await _find_absorbed(found, stories)
    return found


async def _hear(found: Person, heard: Heard, stories: StoryNow, *, edit: bool) -> None:
    story = await stories.of(heard.telling.story_id)
    key = story.id if story else heard.telling.story_id
    known = found.by_story.get(key)
    if not edit and (known is None or known.at <= heard.at):
        found.by_story[key] = heard
    if heard.telling.delivery:
        found.by_message[heard.telling.delivery, heard.telling.number] = heard


async def _find_absorbed(found: Person, stories: StoryNow) -> None:
    silent = [heard for heard in found.by_story.values() if not heard.telling.delivery]
    for heard in [*found.by_message.values(), *silent]:
        story = await stories.of(heard.telling.story_id)
        if story is not None and story.id != heard.telling.story_id:
            found.absorbed.setdefault(story.id, []).append(heard)
