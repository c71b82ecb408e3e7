"""What a look-up asks for, and what the asker may see."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The sources whose articles may be shown; None means all (the operator at the command line). `names`: what the
    asker's server calls some of them, by their ids; nobody else reads that.
    """

    sources: frozenset[str] | None
    names: tuple[tuple[str, str], ...] = ()

    def named(self, sources: Iterable[Source]) -> tuple[Source, ...]:
        """The sources as the asker's server calls them."""
        names = dict(self.names)
        return tuple(replace(source, name=names.get(source.id, source.name)) for source in sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A look-up in the archive; every given field must hold. `countries` with two codes asks for the pair.

    `text` is words, all of which must stand in title or text; a quoted phrase stands together.
    """

    text: str = ""
    countries: tuple[str, ...] = ()
    event: str | None = None
    source: str | None = None
    kind: str | None = None
    language: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    diplomatic_only: bool = False
    limit: int = 10
    offset: int = 0


StoryOrder = Literal["newest", "weightiest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryQuery:
    """A look-up of diplomatic stories that changed at or after `since`; every given field must hold.

    `named`: its visible articles name all of these between them. `article`: one visible article answers this query,
    whose limit and offset are not looked at. Newest: by their last change. Weightiest: by outlets with words of their
    own, then relevance, then the first to be seen.
    """

    since: datetime
    named: tuple[str, ...] = ()
    article: Query | None = None
    order: StoryOrder = "newest"
    limit: int = 10
    offset: int = 0
