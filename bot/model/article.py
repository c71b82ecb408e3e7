"""An article: a page's own text, without what stood around it."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime

from bot.model.time import require_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The place, and where given the day, that stands before the first sentence."""

    place: str
    date: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What an outlet wrote. Every offset elsewhere counts code points of `text`; paragraphs end with a blank line.

    `agency` is the wire agency that the text credits; `outlet` the publisher. `furniture` keeps each dropped line,
    so that what was taken away can be shown. `published` None means unknown: `when` then answers the arrival.
    """

    id: str
    source_id: str | None = None
    url: str | None = None
    title: str
    byline: str | None = None
    outlet: str | None = None
    agency: str | None = None
    dateline: Dateline | None = None
    published: datetime | None = None
    arrived: datetime
    language: str
    text: str
    furniture: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "arrived", require_utc(self.arrived, "arrived"))
        if self.published is not None:
            object.__setattr__(self, "published", require_utc(self.published, "published"))

    @property
    def when(self) -> datetime:
        """Event time: the publication, else the arrival; never the machine's clock."""
        return self.published or self.arrived
