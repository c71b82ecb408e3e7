"""What typed beginnings of options are completed to. Only names that the asker may know of are offered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import available_timezones

from bot.chat.commands import COMMANDS, Asker, Suggest
from bot.chat.digests import digest_owner
from bot.service.naming import actor_names
from bot.service.rules import Rules
from bot.service.subscriptions import Subscriptions
from bot.text.event_names import EVENT_WORDS
from bot.text.languages import LANGUAGES

MOST = 25
"""Choices that Discord shows (Interaction Response, autocomplete)."""
LONGEST = 100
"""Characters of a choice there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """Completes the last part of a list, and keeps what stands before it."""

    subscriptions: Subscriptions
    rules: Rules

    async def suggest(self, kind: Suggest, typed: str, asker: Asker) -> tuple[str, ...]:
        """At most 25 values for the whole option, those that begin like `typed` first."""
        if kind == "alerts":
            return _begun(
                "", typed, [await self.rules.describe(rule) for rule in await self.rules.alerts(asker.user_id)]
            )
        if kind in ("digests", "zones", "commands"):
            return _fitting("", typed, await self._words(kind, asker))
        mark = max(typed.rfind(","), typed.rfind("+") if kind == "pairs" else -1)
        before, rest = typed[: mark + 1], typed[mark + 1 :]
        gap = " " if before.endswith(",") else ""
        return _fitting(before + gap, rest.strip(), await self._words(kind, asker))

    async def _words(self, kind: Suggest, asker: Asker) -> Sequence[str]:
        match kind:
            case "digests":
                return [digest.name for digest in await self.subscriptions.digests(digest_owner(asker))]
            case "sources":
                return [source.name for source in await self.subscriptions.sources_of(asker.guild_id)]
            case "commands":
                return [command.name for command in COMMANDS if not command.hidden]
            case "zones":
                return _zones()
            case "events":
                return EVENT_WORDS
            case "languages":
                return tuple(LANGUAGES.values())
            case _:
                return actor_names()


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))


def _fitting(before: str, typed: str, words: Iterable[str]) -> tuple[str, ...]:
    """The same for lists, whose values hold no comma."""
    return _begun(before, typed, (word for word in words if "," not in word))


def _begun(before: str, typed: str, words: Iterable[str]) -> tuple[str, ...]:
    wanted = typed.casefold().replace(" ", "_")
    first: list[str] = []
    later: list[str] = []
    for word in words:
        plain = word.casefold().replace(" ", "_")
        if len(before) + len(word) > LONGEST or wanted not in plain:
            continue
        begins = plain.startswith(wanted) or f"/{wanted}" in plain
        (first if begins else later).append(before + word)
    return tuple((first + later)[:MOST])
