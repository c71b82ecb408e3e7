"""Who did what to whom, in the field's own terms."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from bot.model.span import Span

ActorKind = Literal["country", "organisation", "group"]
Tense = Literal["past", "ongoing", "future", "hypothetical"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
PLOVER_TYPES: tuple[EventType, ...] = get_args(EventType)
"""The 16 root types of PLOVER, the Political Language Ontology for Verifiable Event Records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, organisation or armed group that the text names.

    `code`: ISO 3166 alpha-3, or the usual acronym. `spans` are the mentions in `article.text`; `mentions` counts
    those of the title too, so it may be larger.
    """

    code: str
    kind: ActorKind
    name: str
    mentions: int
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A PLOVER event: `source` did `type` to `target` (actor codes). `evidence` None: only the title says it."""

    type: EventType
    mode: str | None = None
    tense: Tense
    negated: bool = False
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    evidence: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A phrase of the text that names days, resolved; `first` and `last` are both included."""

    span: Span
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that the text puts in quotation marks. `span` covers them without the marks; `speaker` as written."""

    span: Span
    speaker: str | None = None


_LEAD = 400
"""Characters that say what an article is about: the first sentence or two. Of 407 actors of 125 diplomatic articles, 68
are named once, behind it, and in no event. About half of these say something of their own ("Slovakia opposed it"), so
that they are not to be left out; none is what its article is about.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What one article is about. `events[0]` is the main event; actors come in order of weight.

    `relevance` is 0..1; `diplomatic` is that score against the shipped threshold.
    """

    diplomatic: bool
    relevance: float
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quotes: tuple[Quote, ...] = ()

    def concerned(self) -> frozenset[str]:
        """The actors that the article is about: they take part in an event, or are named in the title, in the lead, or
        more than once. The others it names in passing.
        """
        taking_part = {code for event in self.events for code in (*event.source, *event.target)}
        return frozenset(
            actor.code
            for actor in self.actors
            if actor.code in taking_part or actor.mentions != 1 or not actor.spans or actor.spans[0].start < _LEAD
        )
