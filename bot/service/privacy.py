"""The user's data: what is kept, all of it on request, and gone on request."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

import structlog

from bot.model import AlertRule, Delivery
from bot.ports import ArticleStore, Clock, DeliveryStore, JournalStore, Json, PreferenceStore, SubscriptionStore
from bot.service.kept import document, keep, moment

MOST_MESSAGES = 1000
"""Of one alert, newest first: a year of three a day."""

_log = structlog.get_logger(__name__)


class PrivacyStore(SubscriptionStore, ArticleStore, DeliveryStore, JournalStore, Protocol):
    """Where data about people and servers rests."""


class Privacy:
    """Shows, exports and deletes; forgets servers that have been gone for long enough."""

    def __init__(
        self, *, store: PrivacyStore, preferences: PreferenceStore, clock: Clock, keep_removed: timedelta
    ) -> None:
        self._store, self._preferences, self._clock, self._keep = store, preferences, clock, keep_removed

    async def export(self, user_id: str) -> dict[str, Json]:
        """Everything that is kept about a user, as JSON."""
        alerts: list[Json] = []
        follows: list[Json] = []
        messages: list[Json] = []
        for rule in await self._store.rules(user_id):
            told = await self._store.told(rule.id)
            (alerts if rule.story is None else follows).append(_rule(rule, list(told)))
            messages += [_message(one) for one in await self._store.deliveries(rule.id, MOST_MESSAGES)]
        digests: list[Json] = [
            {"name": s.name, "server": s.guild_id, "created": s.created.isoformat()}
            for s in await self._store.subscriptions()
            if user_id in (s.created_by, s.target.id)
        ]
        kept = await self._preferences.get("user", user_id)
        return {
            "user": user_id,
            "alerts": alerts,
            "follows": follows,
            "messages": messages,
            "digests_set_up": digests,
            "preferences": kept,
        }

    async def delete(self, user_id: str) -> None:
        """Forget the user: rules, followed stories, what they told, direct messages, preferences (quiet hours)."""
        await self._store.drop_user(user_id)
        await self._preferences.drop("user", user_id)

    # --- servers ------------------------------------------------------------------------------------------------

    async def server_removed(self, guild_id: str) -> None:
        """The bot was removed from a server: its data goes after the time that PRIVACY.md states."""
        if "removed" not in await document(self._preferences, "guild", guild_id):
            await keep(self._preferences, "guild", guild_id, removed=self._clock.now().isoformat())

    async def server_joined(self, guild_id: str) -> None:
        """It is here (again): known from now on, and nothing is forgotten."""
        kept = await self._preferences.get("guild", guild_id)
        if not isinstance(kept, dict) or "removed" in kept:
            await keep(self._preferences, "guild", guild_id, removed=None)

    async def forget_servers(self) -> int:
        """Delete the data of servers that removed the bot long enough ago; how many."""
        forgotten = 0
        for guild_id in await self._preferences.keys("guild"):
            removed = moment((await document(self._preferences, "guild", guild_id)).get("removed"))
            if removed is not None and self._clock.now() - removed >= self._keep:
                await self._store.drop_guild(guild_id)
                await self._preferences.drop("guild", guild_id)
                _log.info("server_forgotten", guild=guild_id)
                forgotten += 1
        return forgotten


def _rule(rule: AlertRule, told: Sequence[str]) -> dict[str, Json]:
    return {
        "keywords": rule.keywords,
        "countries": list(rule.countries),
        "pairs": [list(pair) for pair in rule.pairs],
        "events": list(rule.events),
        "outlets": list(rule.outlets),
        "minimum_sources": rule.minimum_sources,
        "breaking": rule.breaking,
        "within_minutes": rule.within,
        "story": rule.story,
        "server": rule.guild_id,
        "created": rule.created.isoformat(),
        "confirmations_asked": rule.asked,
        "awaits_confirmation": rule.awaiting,
        "muted_until": rule.muted_until.isoformat() if rule.muted_until else None,
        "refused_messages": rule.refusals,
        "stopped": rule.disabled,
        "told": list(told),
    }


def _message(delivery: Delivery) -> dict[str, Json]:
    return {
        "at": delivery.created.isoformat(),
        "state": delivery.state,
        "edits": delivery.edits is not None,
        "heading": delivery.post.heading,
        "stories": [item.title for item in delivery.post.items],
    }
