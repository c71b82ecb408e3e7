"""Corrections to what was posted: the message is edited where it stands. The next digest says so besides.

An edit is a row of the outbox like any message, recorded before it is made, once for each version of a story. Old
messages stay as they are: nobody reads them again; and so does what a terminal printed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

import structlog

from bot.digests.compose import item_of
from bot.digests.post import corrected
from bot.model import Delivery, Post, PostItem, Scope, Story, Subscription, edit_of
from bot.ports import Budget, Clock, DeliveryStore, Messenger, Plan, StoryStore, SubscriptionStore
from bot.service.outbox import Messengers
from bot.service.publishing import DIGEST_BUDGET, MOST_POSTS
from bot.service.stories import Stories
from bot.service.subscriptions import MOST_STORIES, Subscriptions

_log = structlog.get_logger(__name__)

SPAN = timedelta(days=3)
"""Messages that are edited: corrections of news come within days, and announcement channels count edits of old ones."""


class CorrectingStore(SubscriptionStore, DeliveryStore, StoryStore, Protocol):
    """What correcting reads and writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrector:
    """Looks for corrected stories in the digests of the last days and plans edits of their messages."""

    store: CorrectingStore
    stories: Stories
    subscriptions: Subscriptions
    messengers: Messengers
    clock: Clock
    budget: Budget = DIGEST_BUDGET

    async def sweep(self) -> int:
        """How many edits went to the outbox. One digest that fails never stops another."""
        since = self.clock.now() - SPAN
        recent = await self.store.recent_stories(since, Scope(sources=None), MOST_STORIES)
        changed = {story.number: story for story in recent if any(member.changes for member in story.members)}
        planned = 0
        for subscription in await self.store.subscriptions() if changed else ():
            messenger = self.messengers.of(subscription.target.kind)
            if messenger is None or subscription.disabled is not None or subscription.target.kind == "console":
                continue
            try:
                planned += await self._correct(subscription, messenger, changed)
            except Exception:  # noqa: BLE001 - one digest that fails never stops the others
                _log.exception("correction_failed", digest=subscription.name)
        return planned

    async def _correct(self, subscription: Subscription, messenger: Messenger, changed: Mapping[int, Story]) -> int:
        since, planned = self.clock.now() - SPAN, 0
        posts = await self.store.deliveries(subscription.id, MOST_POSTS)
        edits = {one.edits: one.post for one in reversed(posts) if one.edits is not None}  # the newest one stands
        for sent in posts:
            told = {item.number for item in sent.post.items} & changed.keys()
            if sent.edits is not None or sent.state != "sent" or sent.created < since or not told:
                continue
            base = edits.get(sent.key, sent.post)
            post, versions = await self._rewritten(subscription, messenger, base, changed)
            if versions:
                planned += await self._plan(subscription, sent, post, versions)
        return planned

    async def _rewritten(
        self, subscription: Subscription, messenger: Messenger, post: Post, changed: Mapping[int, Story]
    ) -> tuple[Post, list[str]]:
        """The post with its corrected stories, and which versions they have."""
        scope = await self.subscriptions.scope_of(subscription)
        versions: list[str] = []
        for place, item in enumerate(post.items):
            story = changed.get(item.number or 0)
            if story is None:
                continue
            candidate = await self.stories.candidate(story, scope, budget=self.budget, language=subscription.language)
            if candidate is None or not set(candidate.known) - set(item.known):
                continue
            (now,) = await self.stories.written(
                [item_of(candidate, update=True)], scope, budget=self.budget, language=subscription.language
            )
            whole = _with(post, place, corrected(item, now))
            if len(messenger.pages(whole)) > 1:
                whole = _with(post, place, corrected(item, now, words_only=True))
            if len(messenger.pages(whole)) > 1:  # no room for a word more: the next digest says it alone
                continue
            post = whole
            versions.append(f"{story.number}v{candidate.story.version}")
        return post, versions

    async def _plan(self, subscription: Subscription, sent: Delivery, post: Post, versions: Sequence[str]) -> bool:
        edit = edit_of(sent, post, ",".join(versions), self.clock.now())
        written = await self.store.plan(
            Plan(owner_id=subscription.id, slot_id=edit.slot_id, record=None, deliveries=(edit,))
        )
        if written:
            _log.info("correction", digest=subscription.name, key=sent.key, stories=versions)
        return written


def _with(post: Post, place: int, item: PostItem) -> Post:
    return replace(post, items=(*post.items[:place], item, *post.items[place + 1 :]))
