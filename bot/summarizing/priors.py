"""What the ranker could not learn from its articles: titles, actors, dependence on the text around a sentence.

Factors on a sentence's worth, near 1. Each was set by reading what it changes on articles of our own
(`tests/golden/summaries`), not on the articles of the evaluation.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.model import Article, Understanding
from bot.summarizing.ahead import looks_ahead
from bot.summarizing.lexicon import is_content, stems
from bot.summarizing.units import Unit

DANGLING = 0.9
"""A point that opens with an unresolved "he" or "this" sends its reader to the article. At .9 it costs nothing that
can be measured in ROUGE, at .75 it costs 0.3 of ROUGE-2 at two points."""
FEW_WORDS = 5
FRAGMENT = 0.5
"""Below five words a sentence is a caption, a subheading or an exclamation; so is one without a stop among prose."""
EARLIER = 0.85
"""A sentence about last month or last year is background to today's news: it goes first when room is short. .7 cost
.15 to .3 of ROUGE-2 on 494 articles of all kinds."""
TITLE = 0.3
"""At most this much more for a sentence that holds all content words of the title."""
EVENT = 0.1
ACTOR = 0.03
"""For the main event of the article in this sentence, and for each of its actors, up to two; in English by how far the
article is about the dealings of states. In sport and crime the states that are named are seldom the news: given in full
there, they cost .4 of ROUGE-1 and .2 of ROUGE-2 within 50 words on 494 articles of all kinds."""
NUMBER = 1.2
PLAIN = 0.6
OPENING = 1.6
AHEAD = 1.15
ACTOR_ELSEWHERE = 0.08
LONG_WORDS = 8
"""Other languages than English have no table of how common a word is, so that the ranker cannot tell a fact from a
phrase, nor a plan from a memory. A number is a fact, a sentence of fewer words without one is seldom worth a point,
what is still to come is asked for next (half of such sentences hold a must-fact, of others a third), the opening counts
more. Searched together with `selection.REFERENCE_ELSEWHERE` on 120 articles of our own in eight languages, over two,
three and four points: a plateau, no value a step away gains more than one must-fact in a hundred. What reports a
reaction holds must-facts three times more seldom, but to lower it changed nothing."""
SCENERY = 0.7
"""What a sentence before the news is worth, where a feature sets a scene first (`scene.news_begins`): .7 to 1 cover the
same facts on articles of our own, .5 loses one of 162; at .7 the least of the scene is shown."""


_EARLIER = re.compile(
    r"\b(?:earlier this (?:week|month|year)|last (?:month|year|decade)|(?:months|years|decades) ago|"
    r"since (?:19|20)\d\d)\b"
)
NUMERAL = re.compile(r"\d|[二三四五六七八九十百千]+(?:年|月|日|人|名|个|個|座|艘|架|国|國|亿|億|万|萬)")
LONG_TEXT = 60
_OPENING_TEXT = 250
"""Characters in which a made title stands: a dateline (110) and a title (100) fit."""
_EARLIER_WORDS = frozenset({"earlier", "last", "ago", "since"})


def title_words(article: Article) -> AbstractSet[str]:
    """The content words of the title, as stems; none of a title that was made from the first sentence.

    That says what the sentence says: at 50 words it cost 1.0 of ROUGE-1 on articles without a headline, in other
    languages one must-fact in twenty, for what repeats the opening was worth more.
    """
    if article.title and article.title in " ".join(article.text[:_OPENING_TEXT].split()):
        return frozenset()
    return {word for word in stems(article.title) if is_content(word, article.language)}


def prior(
    article: Article,
    understanding: Understanding,
    unit: Unit,
    words: Sequence[str],
    *,
    title: AbstractSet[str],
    stands_alone: bool,
    whole: bool,
    begins: int = 0,
) -> float:
    """The factor for one sentence; `words` are its stems, `title` those of `title_words`.

    `begins`: the sentence with which the news begins, see `scene.news_begins`; read for other languages than English.
    """
    factor = 1.0 if stands_alone else DANGLING
    if len(words) < FEW_WORDS or not whole:
        factor *= FRAGMENT
    if title:
        factor += TITLE * len(title & set(words)) / len(title)
    inside = [
        event for event in understanding.events[:1] if event.evidence and unit.start <= event.evidence.start < unit.end
    ]
    start, end = unit.start, unit.end
    actors = sum(any(start <= span.start < end for span in actor.spans) for actor in understanding.actors[:4])
    weight = understanding.relevance if article.language == "en" else 1.0
    actor = ACTOR if article.language == "en" else ACTOR_ELSEWHERE
    factor += weight * (EVENT * bool(inside) + actor * min(2, actors))
    background = not _EARLIER_WORDS.isdisjoint(unit.words) and _EARLIER.search(unit.text) is not None
    if article.language != "en":
        place = unit.index - begins
        factor *= _facts(unit) * (1 + OPENING / (1 + place) if place >= 0 else SCENERY)
        factor *= AHEAD if looks_ahead(unit.text, article.language) else 1.0
    return factor * EARLIER if background else factor


def _facts(unit: Unit) -> float:
    if NUMERAL.search(unit.text):
        return NUMBER
    return PLAIN if len(unit.text.split()) < LONG_WORDS and len(unit.text) < LONG_TEXT else 1.0
