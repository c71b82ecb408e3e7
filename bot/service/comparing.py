"""Both sides of a translation as the understanding stage sees them, for the gate that compares them. Pure."""

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.model import Article, Event, Span
from bot.summarizing.gate import polished
from bot.summarizing.translation.gate import Dated, Side, problems_of
from bot.summarizing.translation.prompt import Rendering
from bot.summarizing.translation.speakers import speakers
from bot.summarizing.translation.tables import FOREIGN_MONEY
from bot.understanding.actors import find_actors
from bot.understanding.actors_scan import Mention, scan
from bot.understanding.dates import find_dates
from bot.understanding.events import find_events
from bot.understanding.language import detect

_PEOPLE = frozenset({"leader", "weak"})
"""Spellings that name a state by who leads it: the state may be right and the person wrong."""
_UNSURE = _PEOPLE | {"place", "state", "congress"}
"""Spellings that one language has and another may not: cities, parts of states, their houses."""
_OFFICE = re.compile(
    r"[부성청원]$|외교|국방|외무|청와대|财务省|外务省|外務省|ministr|ministè|ministé|министер|мид$|минобор|кремл|госдум|"
    r"пентагон|kremlin|pentagon|white house|chiefs of staff|state department|élysée|downing|itamaraty|cancillería|"
    r"bundestag|knesset"
)
"""Names of a state by its offices: the other language says "the foreign ministry", of whichever state."""
_WHERE = {
    "en": r"\b(?:in|at|near|inside|across)(?: the)? ", "fr": r"\b(?:en|au|aux|à|a|dans) ", "es": r"\ben ",
    "pt": r"\b(?:em|no|na|nos|nas) ", "de": r"\b(?:in|im|bei)(?: der| den)? ", "ru": r"(?<!\w)(?:в|во) ",
    "ar": r"(?<!\w)في |(?<!\w)ب", "zh": r"在",
}  # fmt: skip
_WAY = {
    "en": r"\b(?:to|from|into|visit\w*) ", "fr": r"\b(?:de|d'|vers|depuis) ", "es": r"\b(?:a|de|desde|hacia) ",
    "pt": r"\b(?:a|de|para) ", "de": r"\b(?:nach|aus|von) ", "ru": r"(?<!\w)(?:из|к) ", "ar": r"(?:الي|من) ",
}  # fmt: skip
"""What stands before a place; before a capital also where somebody comes from or goes."""
_HERE = {"ja": r"(?:で(?!は?な)|での|にある|に(?=到着|滞在|駐))", "ko": r"(?:에서|에 있는|에 도착)"}
"""And what stands behind one."""
_DOTTED = re.compile(r"(?<!\d)(1[0-2]|[1-9])[·・]([12]\d|3[01]|[1-9])(?!\d)")
"""A day as Korean names what was agreed on it: "9·19"."""
_NEXT_YEARS = re.compile(r"(明年|来年|來年|내년)\s?(1[0-2]|[1-9])\s?(?:月|월)(?!\s?\d)")
_BASE = datetime(2026, 1, 7, 12, tzinfo=UTC)
"""Any day will do to resolve "Monday" by, the same for both sides; a Wednesday in a month's first half."""


def side(text: str, language: str) -> Side:
    """`text`, which is or should be in `language`, with its actors, days and events."""
    seen = FOREIGN_MONEY.sub(lambda match: " " * len(match[0]), text)
    article = Article(id="side", title="", arrived=_BASE, language=language, text=seen)
    actors, _ = find_actors(article)
    scanned = scan(seen, language)
    events, _ = find_events(article, actors)
    codes = {actor.code for actor in actors}
    possible = {code for one in scanned.mentions for coded in (one.code, *one.others) for code in coded.split("+")}
    sure = [one for one in scanned.mentions if one.kind not in _UNSURE and not _OFFICE.search(one.folded)]
    acting = [one for one in scanned.mentions if not _located(one, scanned.folded, language)]
    order = tuple(dict.fromkeys(code for one in acting for code in one.code.split("+") if code in codes))
    spoken = _speaking(text, language, scanned.mentions)
    days, seen = _special_days(text, language)
    article = replace(article, text=seen) if days else article
    return Side(
        text=text,
        language=language,
        actors=tuple(dict.fromkeys(code for one in sure for code in one.code.split("+") if code in codes)),
        order=order,
        places=frozenset(codes - set(order)),
        speaking=None if spoken is None else frozenset(_codes(one for one in spoken if one in sure)),
        speaking_for=frozenset(_codes(spoken or ())),
        possible=frozenset(possible | codes),
        named=tuple(Span(start=one.start, end=one.end) for one in scanned.mentions if one.kind not in _PEOPLE),
        days=(*days, *(Dated(span=one.span, first=one.first, last=one.last) for one in find_dates(article))),
        events=tuple(_between(event, order) for event in events),
        detected=detect(text, language),
    )


def _located(mention: Mention, folded: str, language: str) -> bool:
    """Whether a spelling only says where: "in Riga", "aus Brüssel"."""
    before, after = folded[: mention.start], folded[mention.end :]
    where, here, way = _WHERE.get(language), _HERE.get(language), _WAY.get(language)
    if (where and re.search(rf"(?:{where})$", before)) or (here and re.match(here, after)):
        return True
    return bool(way and mention.kind in {"capital", "place"} and re.search(rf"(?:{way})$", before))


def _speaking(text: str, language: str, mentions: Sequence[Mention]) -> list[Mention] | None:
    """What stands in that which tells whose words they are; None where nothing does."""
    found = speakers(text, language)
    if not found:
        return None
    return [one for one in mentions if any(span.start <= one.start < span.end for span in found)]


def _codes(mentions: Iterable[Mention]) -> Iterator[str]:
    return (code for one in mentions for code in one.code.split("+"))


def _between(event: Event, order: Sequence[str]) -> Event:
    """The event between those that are more than its place."""
    source, target = (tuple(code for code in side if code in order) for side in (event.source, event.target))
    return replace(event, source=source, target=target)


def _special_days(text: str, language: str) -> tuple[tuple[Dated, ...], str]:
    """Days that only translations need read, and the text without them."""
    found = []
    if language in {"ko", "ja", "zh"}:
        for match in _NEXT_YEARS.finditer(text):
            first = date(_BASE.year + 1, int(match[2]), 1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            found.append(Dated(span=Span(start=match.start(), end=match.end()), first=first, last=last))
        for match in _DOTTED.finditer(text):
            with contextlib.suppress(ValueError):
                day = date(_BASE.year, int(match[1]), int(match[2]))
                found.append(Dated(span=Span(start=match.start(), end=match.end()), first=day, last=day))
    for one in found:
        text = text[: one.span.start] + " " * (one.span.end - one.span.start) + text[one.span.end :]
    return tuple(found), text


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
