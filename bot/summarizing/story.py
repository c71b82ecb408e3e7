"""Key points of several articles about one event: consensus first, each thing once, evidence from several."""

from collections import Counter
from collections.abc import Sequence

from bot.model import Evidence, KeyPoint, Span
from bot.ports import Budget, Reading
from bot.summarizing.candidates import Candidate, candidates_of, overlap

SAME = 0.5
"""Share of the smaller sentence's words in common from which two sentences of different articles say the same."""
MOST_EVIDENCE = 3
_DEFAULT_POINTS = 5


def story_points(readings: Sequence[Reading], budget: Budget) -> tuple[KeyPoint, ...]:
    """Points over all articles in the language of the first one that has any sentence."""
    pools = [(r, [c for c in candidates_of(r.article, r.understanding) if c.refused is None]) for r in readings]
    pools = [(reading, pool) for reading, pool in pools if pool]
    if not pools:
        return ()
    language = pools[0][0].article.language
    spread = Counter(word for _, pool in pools for word in {w for c in pool for w in c.chances})
    ranked = sorted(
        (
            (_worth(c, spread, len(pools)), number, c)
            for number, (reading, pool) in enumerate(pools)
            if reading.article.language == language
            for c in pool
        ),
        key=lambda item: (-item[0], item[2].unit.index, item[1]),
    )
    chosen: list[tuple[int, Candidate]] = []
    room = budget.words
    for _, number, one in ranked:
        if len(chosen) >= (budget.points or _DEFAULT_POINTS):
            break
        length = len(one.text.split())
        if any(overlap(one, other) >= SAME for _, other in chosen) or (room is not None and chosen and length > room):
            continue
        chosen.append((number, one))
        room = None if room is None else room - length
    return tuple(_point(number, one, pools) for number, one in chosen)


def _worth(one: Candidate, spread: Counter[str], articles: int) -> float:
    own = set(one.chances)
    return one.worth / max(1, one.length) + sum(spread[word] - 1 for word in own) / max(1, len(own)) / max(
        1, articles - 1
    )


def _point(number: int, one: Candidate, pools: Sequence[tuple[Reading, Sequence[Candidate]]]) -> KeyPoint:
    evidence = list(_evidence(pools[number][0], one))
    for other_number, (reading, pool) in enumerate(pools):
        if other_number == number or len({e.article for e in evidence}) >= MOST_EVIDENCE:
            continue
        best = max(pool, key=lambda c: overlap(one, c))
        if overlap(one, best) >= SAME:
            evidence.extend(_evidence(reading, best)[-1:])
    return KeyPoint(text=one.text, evidence=tuple(evidence))


def _evidence(reading: Reading, one: Candidate) -> tuple[Evidence, ...]:
    spans = (*one.before, Span(start=one.unit.start, end=one.unit.end))
    text = reading.article.text
    return tuple(
        Evidence(article=reading.article.id, start=s.start, end=s.end, text=text[s.start : s.end]) for s in spans
    )
