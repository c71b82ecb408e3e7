"""What the commands of sources, status, privacy and settings do."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.chat import words
from bot.chat.alerts import AlertCommands
from bot.chat.commands import Asker, Call
from bot.chat.digests import Digests
from bot.errors import InputError
from bot.model import Button, Post, PostItem
from bot.ports import Clock, Json, PreferenceStore
from bot.service.kept import document, keep, zone_in
from bot.service.privacy import Privacy
from bot.service.rehearsal import Rehearsal
from bot.service.rules import Rules
from bot.service.schedules import parse_zone
from bot.service.sources import SourceFinder
from bot.service.status import Status
from bot.service.subscriptions import CONSOLE, Subscriptions

LIST_SIZE = 15
"""Rows of a list on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Management:
    """The handlers that change or show what a server or a user has set up."""

    digests: Digests
    subscriptions: Subscriptions
    finder: SourceFinder
    privacy: Privacy
    status: Status
    preferences: PreferenceStore
    rules: Rules
    rehearsal: Rehearsal
    clock: Clock
    zone: str

    def handlers(self) -> Mapping[tuple[str, ...], Callable[[Call], Awaitable[Post]]]:
        """By the command's path."""
        return {
            **self.digests.handlers(),
            ("sources", "add"): self._add_source,
            ("sources", "list"): self._sources,
            ("sources", "remove"): self._remove_source,
            ("status",): self._status,
            ("privacy",): self._privacy,
            ("settings",): self._settings,
            **self._alerts.handlers(),
        }

    @property
    def _alerts(self) -> AlertCommands:
        return AlertCommands(rules=self.rules, rehearsal=self.rehearsal, clock=self.clock, zone=self.zone)

    # --- sources ------------------------------------------------------------------------------------------------

    async def _add_source(self, call: Call) -> Post:
        found = await self.finder.find(call.text("url"))
        source = await self.subscriptions.add_source(
            _required_owner(call.asker), found.url, found.title, call.number("latest", 0), name=call.text("name")
        )
        latest = call.number("latest", 0)
        but = f", but for the newest {latest}" if latest else ""
        return Post(
            heading=f"Following “{source.name}”",
            intro=f"It is polled from now on. What it has published so far can be searched, and is not posted{but}.",
        )

    async def _sources(self, call: Call) -> Post:
        sources = await self.subscriptions.sources_of(_owner(call.asker))
        if not sources:
            return Post(heading="Sources", intro="There is none. Add one with /sources add.")
        page = call.number("page", 1)
        problems = await self.status.problems()
        rows = tuple(
            PostItem(
                title=source.name,
                url=source.url,
                badge="failing" if source.id in problems else None,
                note=problems.get(source.id) or ("shared by the operator" if source.shared else None),
            )
            for source in sources[(page - 1) * LIST_SIZE : page * LIST_SIZE]
        )
        return Post(
            heading="Sources",
            intro=words.page_of(page, len(sources), LIST_SIZE, "source", "sources"),
            items=rows,
            buttons=words.page_buttons(call, page, len(sources), LIST_SIZE),
        )

    async def _remove_source(self, call: Call) -> Post:
        source = await self.subscriptions.remove_source(_required_owner(call.asker), call.text("source"))
        return Post(heading=f"No longer following “{source.name}”", intro="Its articles are no longer shown here.")

    # --- the rest -----------------------------------------------------------------------------------------------

    async def _status(self, call: Call) -> Post:
        return await self.status.post(_owner(call.asker), self.zone)

    async def _privacy(self, call: Call) -> Post:
        asker = call.asker
        action = call.text("action", "show")
        if action == "delete":
            await self.privacy.delete(asker.user_id)
            return Post(heading="Deleted", intro=words.DELETED)
        kept = await self.privacy.export(asker.user_id)
        if action == "export":
            return Post(heading="Everything kept about you", intro=json.dumps(kept, ensure_ascii=False, indent=1))
        return Post(
            heading="Privacy",
            intro=words.privacy(kept, call.asker),
            buttons=(
                Button(label="Export", action="/privacy action:export"),
                Button(label="Delete", action="/privacy action:delete"),
            ),
        )

    async def _settings(self, call: Call) -> Post:
        owner = _owner(call.asker)
        if owner is None:
            return await self._own_settings(call)
        changes: dict[str, Json] = {}
        if style := call.text("style"):
            changes["style"] = style
        if zone := call.text("zone"):
            changes["zone"] = parse_zone(zone)
        if "language" in call.options:
            changes["language"] = words.language_or_none(call)
        if changes:
            await keep(self.preferences, "guild", owner, **changes)
        style = str((await document(self.preferences, "guild", owner)).get("style", "cards"))
        zone = await zone_in(self.preferences, owner, self.zone)
        told = self._told(await self.rules.readers.language_in(owner, None))
        intro = f"Messages are shown as {style}; look-ups use the time zone {zone}, and stories are told {told}."
        return Post(heading="Settings", intro=intro)

    def _told(self, language: str | None) -> str:
        return words.told_in(language, translates=self.digests.publisher.stories.translates)

    async def _own_settings(self, call: Call) -> Post:
        """A person's, in direct messages: only the language is theirs."""
        user, readers = call.asker.user_id, self.rules.readers
        if "style" in call.options or "zone" in call.options:
            raise InputError("In direct messages only the language is yours to set; /alerts quiet has your time zone.")
        if "language" in call.options:
            await readers.set_language_of(user, words.language_or_none(call))
        told = self._told(await readers.language_of(user))
        return Post(heading="Settings", intro=f"Your alerts, and my answers here, tell stories {told}.")


def _owner(asker: Asker) -> str | None:
    return CONSOLE if asker.network == "console" else asker.guild_id


def _required_owner(asker: Asker) -> str:
    owner = _owner(asker)
    if owner is None:
        raise InputError("That works in a server, not in direct messages.")
    return owner
