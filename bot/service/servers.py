"""What a chat network tells of its servers and channels, put to what is kept: the hooks behind Discord's events."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.model import Subscription
from bot.ports import PreferenceStore, SubscriptionStore
from bot.service.kept import document
from bot.service.privacy import Privacy
from bot.service.subscriptions import CONSOLE, Subscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Servers:
    """Every hook may be called again for the same thing."""

    privacy: Privacy
    subscriptions: Subscriptions
    store: SubscriptionStore
    preferences: PreferenceStore
    stopped: Callable[[Subscription, str], Awaitable[None]]
    """Tells whoever set a digest up that it stops."""

    async def guilds_present(self, guild_ids: Sequence[str]) -> None:
        """All servers of now: one that we know and that is missing was left while we were away."""
        present = set(guild_ids)
        known = set(await self.preferences.keys("guild"))
        known |= {
            s.guild_id
            for s in await self.store.subscriptions()
            if s.guild_id and s.target.kind not in ("console", "dm")
        }
        for guild_id in guild_ids:
            await self.guild_joined(guild_id)
        for guild_id in known - present - {CONSOLE}:
            await self.guild_removed(guild_id)

    async def guild_joined(self, guild_id: str) -> None:
        """The bot was added, or is back: digests that rested meanwhile go on with their next slot."""
        await self.privacy.server_joined(guild_id)
        await self.subscriptions.rest(guild_id, resting=False)

    async def guild_removed(self, guild_id: str) -> None:
        """The bot was removed: the time until its data goes begins, and its digests rest."""
        await self.privacy.server_removed(guild_id)
        await self.subscriptions.rest(guild_id, resting=True)

    async def channel_deleted(self, channel_id: str) -> None:
        """Digests of the channel stop, and who set them up is told: first, for a life may end in between."""
        for digest in await self.store.subscriptions():
            if digest.target.id == channel_id and digest.disabled is None:
                await self.stopped(digest, "Its channel was deleted.")
        await self.subscriptions.stop_channel(
            channel_id, "Its channel was deleted; /digest edit with another channel lets it go on."
        )

    async def style(self, guild_id: str | None) -> Literal["cards", "embeds"]:
        """The look that a server chose with /settings."""
        return "embeds" if (await document(self.preferences, "guild", guild_id)).get("style") == "embeds" else "cards"
