"""A message before any chat network has formatted it: plain words, never markup.

Renderers (`bot.chat.discord.render`, `bot.chat.console.render`) escape every string, format times in the named zone
and keep their network's limits by construction.
"""

from dataclasses import dataclass

from bot.model.digest import SourceLine
from bot.model.story import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A choice under a message: `action` is a command line as in the console ("/story 3"), or a link's address."""

    label: str
    action: str
    link: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostItem:
    """One story line, or one row of a list. `badge` is a short note such as "update"; `number` is the story handle.

    `channel` is the id of a channel that the row is about: renderers name it as their network does. `known` is not
    shown: the corrections that the text of a story already follows. `into` is the language that a story was translated
    into, which its buttons ask for again.
    """

    title: str
    url: str | None = None
    number: int | None = None
    badge: str | None = None
    points: tuple[str, ...] = ()
    lines: tuple[SourceLine, ...] = ()
    note: str | None = None
    channel: str | None = None
    known: tuple[Change, ...] = ()
    into: str | None = None

    @property
    def story_line(self) -> str | None:
        """The look-up behind a story, in the language that it was translated into; rows of other lists have none."""
        return " ".join(filter(None, (f"/story {self.number}", self.into))) if self.number and self.lines else None

    @property
    def evidence_line(self) -> str | None:
        """The look-up of what a story's points rest on."""
        return self.story_line.replace("/story", "/evidence", 1) if self.story_line and self.points else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A name, and perhaps a picture (its https address), that a message stands under instead of the bot's own."""

    name: str
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A whole message or one part of it. `zone` is the IANA zone that its times are shown in. `face`: under whose name,
    where the network can and lets us; None: the bot's own.

    `private`: only the person who asked may see it (an ephemeral reply on Discord). `notice` is always for
    that person alone: what has to be said before the answer.
    """

    heading: str
    intro: str | None = None
    items: tuple[PostItem, ...] = ()
    footer: str | None = None
    buttons: tuple[Button, ...] = ()
    zone: str = "UTC"
    private: bool = False
    notice: str | None = None
    face: Face | None = None
