"""What grouping remembers of an article: small, computed once, the same on every machine.

`terms` weigh the words; `shingles` know the text again; `anchors` are facts that survive translation; `facets` are what
a veto looks at. None of them needs the understanding to be right: actors only add to what stands in the text.
"""

import math
import re
from collections.abc import Iterable
from functools import lru_cache

from bot.grouping.marks import names, numbers, round_of
from bot.grouping.syndication import sketch
from bot.grouping.terms import counted, fold
from bot.model import Article, Signature, Span, Understanding
from bot.text import clean, count_cjk, words

MAX_TERMS = 160
"""Heaviest terms kept: a report of 400 words has about 200 different ones, and the rest are its rarest mentions."""
MAX_ANCHORS = 60
TITLE_WEIGHT, LEAD_WEIGHT = 2.0, 1.5
"""How much more a word of the title or the lead says than one of the background."""
LEAD = 400
"""Characters of the text that say what it is about: the first sentence or two."""


def signature(article: Article, understanding: Understanding) -> Signature:
    """The signature of `article`; the same whatever machine computes it, a few kilobytes at most."""
    title, text = clean(article.title), clean(article.text)
    bare = clean(_without(article.text, [span for actor in understanding.actors for span in actor.spans]))
    credit = frozenset(fold(word) for word in words(f"{article.outlet or ''} {article.agency or ''}"))
    return Signature(
        terms=_terms(title, text, credit),
        shingles=sketch(text),
        anchors=_anchors(f"{title}\n{text}", bare, credit, understanding, article.language),
        facets=_facets(title, text, article, understanding),
    )


def _without(text: str, spans: Iterable[Span]) -> str:
    """`text` with the places blanked: what actors' codes say already is not said twice."""
    parts, at = [], 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start >= at:
            parts += [text[at : span.start], " "]
            at = span.end
    return "".join([*parts, text[at:]])


def _terms(title: str, text: str, credit: frozenset[str]) -> tuple[tuple[str, float], ...]:
    """What stands in the title or the lead is what happened; the rest is background, which other stories share."""
    counts = counted(text, credit)
    head, lead = set(counted(title, credit)), set(counted(text[: _lead(text)], credit))
    for term in head:
        counts.setdefault(term, 1)
    weights = {
        term: _weight(count, TITLE_WEIGHT if term in head else LEAD_WEIGHT if term in lead else 1.0)
        for term, count in counts.items()
    }
    return tuple(sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_TERMS])


@lru_cache(maxsize=1_024)
def _weight(count: int, share: float) -> float:
    """What a term weighs that stands so often; kept, for most stand once or twice."""
    return round((1 + math.log(count)) * share, 2)


def _lead(text: str) -> int:
    """How many characters of `text` are its lead: CJK says in one what Latin script says in three."""
    start = text[:LEAD]
    return LEAD // 3 if count_cjk(start) * 2 > len(start) else LEAD


def _anchors(
    whole: str, bare: str, credit: frozenset[str], understanding: Understanding, language: str
) -> tuple[str, ...]:
    found = [f"a:{actor.code}" for actor in understanding.actors]
    found += [f"n:{number}" for number in numbers(whole)]
    found += [f"w:{name}" for name in names(bare, nouns=language == "de") if name not in credit]
    return tuple(dict.fromkeys(found))[:MAX_ANCHORS]


def _facets(title: str, text: str, article: Article, understanding: Understanding) -> tuple[str, ...]:
    facets = [f"lang:{article.language}", f"title:{_flat(title)}"]
    number = round_of(title) or round_of(text[: _lead(text)])
    if number:
        facets.append(f"round:{number}")
    if understanding.events:
        facets.append(f"type:{understanding.events[0].type}")
    if article.dateline is not None:
        facets.append(f"place:{fold(article.dateline.place).split(',')[0].strip()}")
    facets += [f"main:{code}" for code in _main_actors(text, understanding)]
    return tuple(facets)


def _flat(title: str) -> str:
    return " ".join(re.findall(r"\w+", fold(title)))[:200]


def _main_actors(text: str, understanding: Understanding) -> list[str]:
    """Countries of the title or the lead: who the report is about, not whom it mentions."""
    lead = _lead(text)
    return [
        actor.code
        for actor in understanding.actors
        if actor.kind == "country" and (actor.mentions > len(actor.spans) or any(s.start < lead for s in actor.spans))
    ]
