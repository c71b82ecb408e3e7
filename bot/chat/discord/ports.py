"""What the Discord side asks of the rest of the bot."""

from collections.abc import Sequence
from typing import Literal, Protocol

from bot.chat.commands import Asker, Call, Suggest
from bot.model import Post

Style = Literal["cards", "embeds"]
"""How a server wants its messages: Components V2 (the default) or embeds."""


class Answers(Protocol):
    """Does what commands ask for; the same object serves the console."""

    async def answer(self, call: Call) -> Post:
        """The answer. An AttacheError's sentence is shown to the asker alone; anything else is logged."""


class Suggestions(Protocol):
    """Completes what is being typed into an option."""

    async def suggest(self, kind: Suggest, typed: str, asker: Asker) -> Sequence[str]:
        """At most 25 values of at most 100 characters."""


class Events(Protocol):
    """What happens to the servers that the bot is in. Repeats are possible: each hook is idempotent."""

    async def guilds_present(self, guild_ids: Sequence[str]) -> None:
        """After each new session: all servers of now. One that is missing was left while the bot was away."""

    async def guild_joined(self, guild_id: str) -> None: ...

    async def guild_removed(self, guild_id: str) -> None: ...

    async def channel_deleted(self, channel_id: str) -> None:
        """A channel or thread is gone for good."""


class MadeWebhooks(Protocol):
    """How many webhooks were made in a channel since somebody in its server last asked for a name: kept over restarts.
    What cannot be read counts as none.
    """

    async def count(self, guild_id: str | None, channel_id: str) -> int: ...

    async def note(self, guild_id: str | None, channel_id: str) -> None:
        """One more."""


class Styles(Protocol):
    """The look that a server chose; direct messages have no server."""

    async def style(self, guild_id: str | None) -> Style: ...
