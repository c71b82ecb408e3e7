"""A story as a digest may tell it: only what its readers may see."""

from dataclasses import dataclass

from bot.model import Change, OutletKind, SourceLine, Story, Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story with everything counted over the visible articles alone.

    `concerned` are the actors that an article of it is about, and not only names in passing; empty: unknown. `differ`
    names numbers that outlets put differently; `countries` are those of the outlets, and
    `kinds` theirs where they told it in their own words (None: unknown). `lines` are those
    articles, oldest first; `sources` their source ids, `languages` theirs. `changes` is what its visible updates
    changed, as far as that is news to the readers, and `known` all of that. `text` is what keywords look at besides
    titles and points (leads, for example).
    """

    story: Story
    summary: Summary
    lines: tuple[SourceLine, ...]
    independent: int
    copies: int = 0
    sources: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    known: tuple[Change, ...] = ()
    text: str = ""
    concerned: frozenset[str] = frozenset()
    differ: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    kinds: tuple[OutletKind | None, ...] = ()

    @property
    def headline(self) -> str:
        """What the story is called."""
        return self.summary.headline or self.story.title
