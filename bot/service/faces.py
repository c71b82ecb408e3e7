"""The name of its own that a digest is posted under, as people type it."""

import contextlib
from dataclasses import dataclass
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit

from bot.errors import InputError, StoreError
from bot.model import Face, Target
from bot.ports import Json, Messenger, PreferenceStore
from bot.service.kept import document, keep, revise

LONGEST_NAME = 80
"""Discord takes no longer name of a webhook (Webhook resource, Create Webhook)."""
LONGEST_PICTURE = 500
"""Far below the 2,048 that Discord takes: the address travels with every message."""

_NEVER = ("clyde", "discord")
"""Discord refuses a webhook's name that holds one of these (Create Webhook), in any case."""
_RESERVED = frozenset({"everyone", "here"})


@runtime_checkable
class Posing(Messenger, Protocol):
    """A messenger that can post under other names than the bot's own."""

    def faceless(self, target: Target) -> str | None:
        """Why nothing can stand there under another name now, as a sentence; None where it can, as far as is known
        without asking anybody.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeWebhooks:
    """How many webhooks were made in each channel for digests with a name, among what is kept of its server: it goes
    with the server, and losing it costs one webhook more. A store that cannot say so counts as none made.
    """

    preferences: PreferenceStore

    async def count(self, guild_id: str | None, channel_id: str) -> int:
        """Since `forgive` was last called for the server."""
        with contextlib.suppress(StoreError):
            return _number(_counts(await document(self.preferences, "guild", guild_id)).get(channel_id))
        return 0

    async def note(self, guild_id: str | None, channel_id: str) -> None:
        """One more was made."""
        if guild_id is None:
            return

        def counted(kept: dict[str, Json]) -> dict[str, Json]:
            counts = _counts(kept)
            return {**kept, "webhooks": {**counts, channel_id: _number(counts.get(channel_id)) + 1}}

        with contextlib.suppress(StoreError):
            await revise(self.preferences, "guild", guild_id, counted)

    async def forgive(self, guild_id: str | None) -> None:
        """Somebody asks for a name: what was deleted before no longer says that nobody wants one."""
        if guild_id is not None and _counts(await document(self.preferences, "guild", guild_id)):
            await keep(self.preferences, "guild", guild_id, webhooks=None)


def _counts(kept: dict[str, Json]) -> dict[str, Json]:
    made = kept.get("webhooks")
    return made if isinstance(made, dict) else {}


def _number(count: Json) -> int:
    return count if isinstance(count, int) else 0


def parse_name(text: str) -> str:
    """InputError says why it cannot be one."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError(f"post_as must be a name of at most {LONGEST_NAME} characters.")
    if name.casefold() in _RESERVED or any(word in name.casefold() for word in _NEVER):
        raise InputError("Discord allows no “discord”, “clyde”, “everyone” or “here” as such a name. Choose another.")
    return name


def parse_picture(text: str) -> str:
    """An https address; Discord fetches it, the bot never does. InputError where it is none."""
    try:
        parts = urlsplit(text)
        good = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        good = False
    if not good or not text.isascii() or not text.isprintable() or " " in text or len(text) > LONGEST_PICTURE:
        raise InputError("picture must be the https address of a picture, such as https://example.org/desk.png.")
    return text


def face_of(name: str | None, picture: str | None, before: Face | None) -> Face | None:
    """The face `before` with a new name or picture. None leaves one as it is, "" takes it away."""
    if name == "":
        return None
    named = parse_name(name) if name is not None else before.name if before else None
    if named is None:
        if picture:
            raise InputError("A picture needs a name beside it: give post_as too.")
        return None
    kept = before.picture if before else None
    return Face(name=named, picture=kept if picture is None else parse_picture(picture) if picture else None)
