"""How people and servers want to be told things: quiet hours, and the language that they read."""

from dataclasses import dataclass
from datetime import time

from bot.alerts.quiet import Quiet
from bot.errors import InputError
from bot.ports import Json, PreferenceStore
from bot.service.kept import document, keep
from bot.service.schedules import parse_zone
from bot.service.subscriptions import Subscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Reads and keeps it, among the preferences of the user or the server. What is damaged counts as never set."""

    preferences: PreferenceStore
    subscriptions: Subscriptions

    async def quiet(self, user_id: str) -> Quiet | None:
        """The user's quiet hours."""
        found = (await document(self.preferences, "user", user_id)).get("quiet")
        if not isinstance(found, dict):
            return None
        try:
            start, end = (time.fromisoformat(str(found[name])) for name in ("from", "to"))
            return Quiet(start=start, end=end, zone=parse_zone(str(found["zone"])))
        except (KeyError, ValueError, InputError):
            return None  # damaged, or a zone that is no more

    async def set_quiet(self, user_id: str, quiet: Quiet | None) -> None:
        """Set the user's quiet hours; None ends them."""
        hours: Json = None
        if quiet is not None:
            start, end = quiet.start.isoformat("minutes"), quiet.end.isoformat("minutes")
            hours = {"from": start, "to": end, "zone": quiet.zone}
        await keep(self.preferences, "user", user_id, quiet=hours)

    async def language_of(self, user_id: str) -> str | None:
        """What the user wants alerts and answers to direct messages told in; None: as the articles are."""
        return _language(await document(self.preferences, "user", user_id))

    async def set_language_of(self, user_id: str, language: str | None) -> None:
        """None ends it."""
        await keep(self.preferences, "user", user_id, language=language)

    async def language_in(self, owner: str, target_id: str | None) -> str | None:
        """What look-ups in a server's channel, or in the console, are told in: what the server chose, else the
        language of the digests that come to that place, where they have one between them.
        """
        if chosen := _language(await document(self.preferences, "guild", owner)):
            return chosen
        told = {one.language for one in await self.subscriptions.digests(owner) if one.target.id == target_id}
        return told.pop() if len(told) == 1 else None


def _language(kept: dict[str, Json]) -> str | None:
    chosen = kept.get("language")
    return chosen if isinstance(chosen, str) else None
