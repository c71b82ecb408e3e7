"""Where an article comes to the point: a feature or an interview sets a scene first, and its opening is no news.

Only for articles that are told apart by what is understood of them: their opening names nobody that they are about.
"""

import re
from collections.abc import Sequence

from bot.model import Understanding
from bot.summarizing.priors import NUMERAL
from bot.summarizing.units import Unit

SCENE = 2
"""Sentences without a main actor before a scene is one; the first tells no event and no figure either. At 1 articles
that open with "six countries" and name them later lost two must-facts of 240."""
_ASIDE = re.compile(r"[（(][^()（）]*[)）]")


def news_begins(units: Sequence[Unit], understanding: Understanding) -> int:
    """The index of the sentence that first names the article's two main actors, or as many of them as any does.

    0 where the opening is news, or where nobody is known.
    """
    main = understanding.actors[:2]
    if len(units) <= SCENE or not main or _is_news(units[0], understanding):
        return 0
    named = [sum(any(_inside(unit, span.start) for span in actor.spans) for actor in main) for unit in units]
    most = max(named)
    return 0 if any(named[:SCENE]) or not most else named.index(most)


def _is_news(unit: Unit, understanding: Understanding) -> bool:
    """Whether it names an actor, tells an event, or counts: an age in parentheses is no figure."""
    events = (event.evidence.start for event in understanding.events if event.evidence)
    named = (span.start for actor in understanding.actors for span in actor.spans)
    return NUMERAL.search(_ASIDE.sub("", unit.text)) is not None or any(
        _inside(unit, at) for starts in (events, named) for at in starts
    )


def _inside(unit: Unit, at: int) -> bool:
    return unit.start <= at < unit.end
