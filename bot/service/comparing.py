"""Both sides of a translation as the understanding stage sees them, for the gate that compares them. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.model import Article, Span
from bot.summarizing.gate import polished
from bot.summarizing.translation.gate import Dated, Side, problems_of
from bot.summarizing.translation.prompt import Rendering
from bot.summarizing.translation.tables import FOREIGN_MONEY
from bot.understanding.actors import find_actors
from bot.understanding.actors_scan import scan
from bot.understanding.dates import find_dates
from bot.understanding.events import find_events
from bot.understanding.language import detect

_PEOPLE = frozenset({"leader", "weak"})
"""Spellings that name a state by who leads it: the state may be right and the person wrong."""
_BASE = datetime(2026, 1, 7, 12, tzinfo=UTC)
"""Any day will do to resolve "Monday" by, the same for both sides; a Wednesday in a month's first half."""


def side(text: str, language: str) -> Side:
    """`text`, which is or should be in `language`, with its actors, days and events."""
    seen = FOREIGN_MONEY.sub(lambda match: " " * len(match[0]), text)
    article = Article(id="side", title="", arrived=_BASE, language=language, text=seen)
    actors, _ = find_actors(article)
    scanned = scan(seen, language)
    events, _ = find_events(article, actors)
    first = {actor.code: min((span.start for span in actor.spans), default=len(text)) for actor in actors}
    possible = {code for one in scanned.mentions for coded in (one.code, *one.others) for code in coded.split("+")}
    return Side(
        text=text,
        language=language,
        actors=tuple(sorted(first, key=first.__getitem__)),
        possible=frozenset(possible | set(first)),
        named=tuple(Span(start=one.start, end=one.end) for one in scanned.mentions if one.kind not in _PEOPLE),
        days=tuple(Dated(span=one.span, first=one.first, last=one.last) for one in find_dates(article)),
        events=events,
        detected=detect(text, language),
    )


def compared(renderings: Sequence[Rendering], into: str) -> tuple[Rendering, ...]:
    """The renderings, polished, with what is wrong with each."""
    return tuple(_compared(one, into) for one in renderings)


def _compared(one: Rendering, into: str) -> Rendering:
    text = polished(one.text)
    try:
        problems = problems_of(side(one.original.text, one.original.language), side(text, into))
    except Exception as error:  # noqa: BLE001 - a checker that fails lets nothing through
        problems = (f"It could not be checked ({type(error).__name__}).",)
    return replace(one, text=text, problems=problems)
