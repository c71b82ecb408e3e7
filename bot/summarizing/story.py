"""Key points of several articles about one event: consensus first, each thing once, evidence from several.

A sentence is worth what the ranker says of it in its article and how many of the articles use its words. Points are
taken one by one, each worth the less the more of it is told. Where a chosen point's
twin in another article gives another number for the same thing, the twin stands last: outlets differ.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from bot.model import Evidence, KeyPoint, Span
from bot.ports import Budget, Reading
from bot.summarizing.candidates import Candidate, candidates_of, overlap
from bot.summarizing.features import MEASURED
from bot.summarizing.selection import cost

SAME = 0.5
"""Share of the smaller sentence's content words from which two sentences of different articles say the same."""
REPEATED = 0.5
"""From this share of known words on a sentence is not worth a point of its own. At .6 a story of four outlets named its
signatories twice; .5 costs .2 of 33.8 ROUGE-1 on 120 stories."""
MOST_EVIDENCE = 3
OWN_WORTH = 0.4
"""The ranker's worth of a sentence, for each of its words, beside the share of other articles that use these words.
Swept .4 to 2 on 146 to 292 stories: .4 gave 33.2 ROUGE-1 at 100 words, .5 and .7 gave 32.9, 2 gave .9 less than .5."""
OPENS = 0.6
"""The first report's opening is told first when it gains this share of the best: it stands under its own headline.
Without it a later reaction, which names all that happened before it, took the place. Costs .16 of 33.50 ROUGE-1.
"""
REOPENS = 0.7
"""What is left of the worth of another report's opening once something is told: it tells the same event again in other
words, and of three points one said nothing new. Where words are counted instead of points, long openings pay for
themselves: .7 costs .2 of 33.1 ROUGE-1 there, and nothing is taken off."""
TOLD_LOSS = 0.6
"""Share of its worth that a sentence loses when all of it is told; 0 to .6 swept, .3 worse in both."""
DEFAULT_POINTS = 5
MOST_POINTS = 12
MOST_ARTICLES = 12
"""Past a dozen articles another copy of the wire changes nothing and costs time."""
MOST_DIFFERENCES = 1
_COUNTED = re.compile(r"(\d[\d.,]*\d|\d)(?:\s(?:of|the|more|other))?\s([^\W\d_]{3,})")


class _Told(NamedTuple):
    """A candidate and the number of its article."""

    article: int
    one: Candidate


def story_points(readings: Sequence[Reading], budget: Budget) -> tuple[KeyPoint, ...]:
    """Points over all articles in the language of the first one that has any sentence."""
    pools = [(reading, _able(reading)) for reading in readings[:MOST_ARTICLES]]
    pools = [(reading, pool) for reading, pool in pools if pool]
    if not pools:
        return ()
    language = pools[0][0].article.language
    told = [
        _Told(number, one)
        for number, (reading, pool) in enumerate(pools)
        if reading.article.language == language
        for one in pool
    ]
    points = budget.points or (MOST_POINTS if budget.words else DEFAULT_POINTS)
    chosen, room = _cover(told, points, budget.words)
    differing = _differences(chosen, told, room)
    kept = chosen[: max(1, points - len(differing))]
    # An article's opening says what happened; the rest stays in the order in which it was worth telling.
    kept.sort(key=lambda item: item.one.unit.index > 0)
    chosen = [*kept, *differing]
    return tuple(_point(item, told, [reading for reading, _ in pools]) for item in chosen)


def news_points(new: Sequence[Reading], known: Sequence[Reading], budget: Budget) -> tuple[KeyPoint, ...]:
    """What `new` reports and `known` does not, and last what `known` says best, as background; () when nothing is new.

    A sentence is no news when the readers of `known` have read half of its content words in one sentence, unless it
    gives another number for what is counted there.
    """
    before = [(reading, one) for reading in known[-MOST_ARTICLES:] for one in _able(reading)]
    language = new[-1].article.language
    told = [
        _Told(number, one)
        for number, reading in enumerate(new)
        if reading.article.language == language
        for one in _able(reading)
        if not any(overlap(one, old) >= SAME and not _contradict(one, old) for _, old in before)
    ]
    most = max(2, budget.points or DEFAULT_POINTS)
    chosen, _ = _cover(told, most - 1, budget.words)
    if not chosen:
        return ()
    fresh = tuple(_point(item, told, new) for item in chosen)
    same = [(reading, one) for reading, one in before if reading.article.language == language]
    if not same:
        return fresh
    # The first sentence of the earliest report says what the story is; a later one continues it.
    reading, one = min(same, key=lambda pair: (pair[0] is not known[0], pair[1].unit.index))
    return (*fresh, KeyPoint(text=one.text, evidence=_evidence(reading, one), background=True))


def _able(reading: Reading) -> list[Candidate]:
    """What of the article may be told: sentences that can be read by themselves, where there are any."""
    found = candidates_of(reading.article, reading.understanding, most=MEASURED)
    able = [one for one in found if one.refused is None]
    return [one for one in able if one.alone] or able


def _consensus(told: Sequence[_Told]) -> dict[str, float]:
    """For each content word, the share of the other articles that use it too."""
    holding: defaultdict[str, set[int]] = defaultdict(set)
    for number, one in told:
        for word in one.chances:
            holding[word].add(number)
    others = max(1, len({number for number, _ in told}) - 1)
    return {word: (len(articles) - 1) / others for word, articles in holding.items()}


def _cover(told: Sequence[_Told], points: int, words: int | None) -> tuple[list[_Told], int | None]:
    consensus = _consensus(told)
    known: set[str] = set()
    chosen: list[_Told] = []
    left, room = list(told), words
    while left and len(chosen) < points:
        if room is not None:
            left = [item for item in left if cost(item.one) <= room] or ([] if chosen else left[:1])
        left = [item for item in left if not chosen or _is_new(item, chosen, known)]
        if not left:
            break
        again = REOPENS if chosen and words is None else 1.0
        best = max(left, key=lambda item: _rank(item, consensus, known, again))
        if not chosen:
            best = _opening(left, _gain(best.one, consensus, known), consensus) or best
        left.remove(best)
        chosen.append(best)
        known.update(best.one.chances)
        room = None if room is None else room - cost(best.one)
    return chosen, room


def _rank(item: _Told, consensus: dict[str, float], known: set[str], again: float) -> tuple[float, int, int]:
    """What is told next has the highest: by gain, then the earlier sentence, then the earlier report. `again`: what
    is left of an opening's gain.
    """
    opening = item.one.unit.index == 0
    return _gain(item.one, consensus, known) * (again if opening else 1.0), -item.one.unit.index, -item.article


def _opening(told: Sequence[_Told], most: float, consensus: dict[str, float]) -> _Told | None:
    """The first sentence of the first report, when it is worth its place (`OPENS`); `most`: what the best one gains."""
    first = next((item for item in told if item.article == 0 and item.one.unit.index == 0), None)
    return first if first and _gain(first.one, consensus, set()) >= OPENS * most else None


def _is_new(item: _Told, chosen: Sequence[_Told], known: set[str]) -> bool:
    """Neither told already nor another count of a thing that is told: those come last (`_differences`)."""
    if _known_share(item.one, known) >= REPEATED:
        return False
    return not any(_contradict(one.one, item.one) and overlap(one.one, item.one) >= SAME for one in chosen)


def _known_share(one: Candidate, known: set[str]) -> float:
    return len(known.intersection(one.chances)) / max(1, len(one.chances))


def _gain(one: Candidate, consensus: dict[str, float], known: set[str]) -> float:
    shared = sum(consensus[word] for word in one.chances) / max(1, len(one.chances))
    return (OWN_WORTH * one.worth / max(1, one.length) + shared) * (1 - TOLD_LOSS * _known_share(one, known))


def _differences(chosen: Sequence[_Told], told: Sequence[_Told], room: int | None) -> list[_Told]:
    """Sentences of other articles that count otherwise what a chosen one counts."""
    found: list[_Told] = []
    for item in chosen:
        counted = _counts(item.one.text)
        for other in told:
            if not counted or other.article == item.article or other in chosen or len(found) >= MOST_DIFFERENCES:
                continue
            elsewhere = _counts(other.one.text)
            differs = any(elsewhere.get(thing, number) != number for thing, number in counted.items())
            fits = room is None or cost(other.one) <= room
            if differs and fits and overlap(item.one, other.one) >= SAME:
                found.append(other)
    return found


def _counts(text: str) -> dict[str, str]:
    """What is counted -> how many: {"people": "12"}."""
    return {match.group(2).lower(): match.group(1) for match in _COUNTED.finditer(text)}


def _point(item: _Told, told: Sequence[_Told], readings: Sequence[Reading]) -> KeyPoint:
    evidence = list(_evidence(readings[item.article], item.one))
    for number, reading in enumerate(readings):
        if number == item.article or len({one.article for one in evidence}) >= MOST_EVIDENCE:
            continue
        twins = [other.one for other in told if other.article == number]
        best = max(twins, key=lambda one: overlap(item.one, one), default=None)
        if best is not None and overlap(item.one, best) >= SAME and not _contradict(item.one, best):
            evidence.append(_evidence(reading, best)[-1])
    return KeyPoint(text=item.one.text, evidence=tuple(evidence))


def _contradict(one: Candidate, other: Candidate) -> bool:
    here, there = _counts(one.text), _counts(other.text)
    return any(there.get(thing, number) != number for thing, number in here.items())


def _evidence(reading: Reading, one: Candidate) -> tuple[Evidence, ...]:
    spans = (*one.before, Span(start=one.unit.start, end=one.unit.end))
    text = reading.article.text
    return tuple(
        Evidence(article=reading.article.id, start=span.start, end=span.end, text=text[span.start : span.end])
        for span in spans
    )
