"""What one user may see of a story outside any server: what is shared, and what an alert of theirs told them.

An alert sees the sources of the server where its owner set it, and writes to its owner of nothing else. The buttons
under its message, and the same commands typed, show the story that it told as that server sees it now. Nothing more of
the server is seen from direct messages: no other story of its own sources, and none in its look-ups. An alert that was
removed took what it told along.
"""

from dataclasses import dataclass
from typing import Protocol

from bot.model import AlertRule, Scope, Story
from bot.ports import StoryStore, SubscriptionStore
from bot.service.subscriptions import CONSOLE, Subscriptions

MOST_SLOTS = 2000
"""Slots of an alert that are looked through: more than a week of the most that it may send. Only those of alerts that
have the story in their ledger are read at all.
"""


class SightStore(SubscriptionStore, StoryStore, Protocol):
    """What is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Looks at what a user's own alerts told."""

    store: SightStore
    subscriptions: Subscriptions

    async def direct(self, user_id: str, number: int) -> Scope:
        """What direct messages show the user of the story of that number."""
        story = await self.store.story_by_number(number)
        scope = await self.subscriptions.scope(None)
        sources = scope.sources or frozenset()
        for server in await self.tellers(user_id, story) if story else ():
            sources |= (await self.subscriptions.scope(server)).sources or frozenset()
        return Scope(sources=sources)

    async def tellers(self, user_id: str, story: Story) -> tuple[str, ...]:
        """The servers whose sources an alert of the user told the story from, that of the oldest alert first."""
        rules = {rule.id: rule for rule in await self.store.rules(user_id)}
        told = {name for rule in rules.values() for name in await self._told(rule, story)}
        servers = [rule.guild_id for name, rule in rules.items() if name in told]
        return tuple(dict.fromkeys(server for server in servers if server and server != CONSOLE))

    async def _told(self, rule: AlertRule, story: Story) -> set[str]:
        """The rules that the story matched, or one that is part of it now, in the messages of `rule`. What a rule only
        counts as told, for it was there before the rule, stands in no message.
        """
        if rule.story is not None:
            return {rule.id} if await self._is(rule.story, story) else set()
        if story.id not in await self.store.told(rule.id):
            return set()
        tellings = [one for record in await self.store.slots(rule.id, MOST_SLOTS) for one in record.tellings]
        return {one.rule or rule.id for one in tellings if await self._is(one.story_id, story)}

    async def _is(self, story_id: str, story: Story) -> bool:
        """Whether it is the story, or was taken in by it."""
        if story_id == story.id:
            return True
        known = await self.store.story(story_id)
        return known is not None and known.id == story.id
