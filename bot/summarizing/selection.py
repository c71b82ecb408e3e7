"""Which candidates stand in the summary: the best together, not one by one, within the budget, in reading order.

A set of sentences is worth the words that it is expected to share with a human summary, less what it says twice, over
its length and the length of a usual summary: an expected F1. A beam search finds a good set; it is exact for one point.
"""

from collections.abc import Sequence
from typing import NamedTuple

from bot.summarizing.candidates import Candidate

REPEAT = 0.8
"""What a content word costs when a second point says it too, in units of its chance. From .8 to 1.8 the figures stay
within noise; the least of them, for points on one event share its names by nature."""
REFERENCE = 20
"""Words of the summary that readers are thought to want. Human ones have 33 in the mean; 20 gave the best F1 within 50
words (swept 7 to 50) and at one point; at two points 10, 14 and 20 are alike, and 7 has .1 less of ROUGE-2 (three
partitions). At three points 7 gives .6/.1 more ROUGE-1/2, for it makes them shorter, but tells 16 of 22 must-facts
instead of 20."""
REFERENCE_ELSEWHERE = 80
"""The same for other languages than English, whose words the ranker knows less: short sentences with nothing in them
came first at 20. See `priors.NUMBER`; 60 to 150 are within .01 of it."""
FEW_POINTS = 3
WORDS_A_POINT = 40
"""Who asks for more than three points wants to know more, not shorter sentences. A news sentence has 25 to 30
words; below 36 the reference article loses a long fact to a shorter piece of background."""
SPARED = 30
"""At 50 words the search leaves a few unused for sentences that waste nothing; who allows 100 wants most of them."""
CONSIDERED = 14
"""Candidates that enter the search: the best by themselves. 20 changed nothing, 8 lost a little."""
BEAM = 4
"""Of 494 articles the sets that 8 find are better in four, by nothing that can be measured."""


class _State(NamedTuple):
    chosen: tuple[int, ...]
    worth: float
    length: int
    room: int | None

    def value(self, expected: int) -> float:
        return self.worth / (self.length + expected)


FEWEST = 3
"""With a cap on words alone: sentences that can be read by themselves from which on the others are left out."""


def readable(able: Sequence[Candidate], points: int | None) -> list[Candidate]:
    """Those that can be read by themselves; where they are too few for `points`, the best of the others beside them."""
    alone = [one for one in able if one.alone]
    missing = (points or FEWEST) - len(alone)
    if missing > 0:
        others = sorted((one for one in able if not one.alone), key=lambda one: -one.worth)
        alone.extend(others[:missing])
    return alone


def choose(able: Sequence[Candidate], *, points: int, words: int | None, language: str = "en") -> tuple[Candidate, ...]:
    """At most `points` candidates of at most `words` words together; always one when there is any.

    With a cap on words the number is free up to `points`; without one it is `points`, or all there are.
    """
    expected = _expected(points, words, language)
    pool = sorted(able, key=lambda one: (-one.worth / (one.length + expected), one.unit.index))[:CONSIDERED]
    if words is not None and not any(cost(one) <= words for one in pool):
        pool = sorted(able, key=cost)[:1]
        words = None
    best = _search(pool, points, words, expected)
    return tuple(sorted((pool[at] for at in best.chosen), key=lambda one: one.unit.index))


def _expected(points: int, words: int | None, language: str) -> int:
    """Words of the summary that the budget's owner is thought to want."""
    reference = REFERENCE if language == "en" else REFERENCE_ELSEWHERE
    if words is not None:
        return max(reference, words - SPARED)
    if points > FEW_POINTS:
        return max(reference, WORDS_A_POINT * points)
    return reference


def _search(pool: Sequence[Candidate], points: int, words: int | None, expected: int) -> _State:
    shared: list[list[float | None]] = [[None] * len(pool) for _ in pool]
    beam = [_State((), 0.0, 0, words)]
    best = beam[0]
    for _ in range(min(points, len(pool))):
        grown: dict[tuple[int, ...], _State] = {}
        for old in beam:
            _grow(old, pool, shared, grown)
        if not grown:
            break
        beam = sorted(grown.values(), key=lambda state: (-state.worth / (state.length + expected), state.chosen))[:BEAM]
        if words is None or beam[0].value(expected) > best.value(expected):
            best = beam[0]
    return best


def _grow(
    old: _State, pool: Sequence[Candidate], shared: list[list[float | None]], grown: dict[tuple[int, ...], _State]
) -> None:
    """Add to `grown` what `old` becomes with one more candidate; a set that is there already is the same whatever
    order its members came in. `shared` keeps what pairs have in common, as it is asked for.
    """
    behind = 0  # those of `old` that stand before this candidate
    for at, one in enumerate(pool):
        if behind < len(old.chosen) and old.chosen[behind] == at:
            behind += 1
            continue
        chosen = (*old.chosen[:behind], at, *old.chosen[behind:])
        if chosen in grown:
            continue
        room = None if old.room is None else old.room - cost(one)
        if room is not None and room < 0:
            continue
        repeated = 0.0
        for other in old.chosen:
            common = shared[at][other]
            if common is None:
                common = shared[at][other] = shared[other][at] = _shared(one, pool[other])
            repeated += common
        grown[chosen] = _State(chosen, old.worth + one.worth - REPEAT * repeated, old.length + one.length, room)


def _shared(one: Candidate, other: Candidate) -> float:
    small, large = one.chances, other.chances
    return sum(map(small.__getitem__, small.keys() & large.keys()))


def cost(one: Candidate) -> int:
    """Words as people count them: what stands between spaces; in scripts without spaces, pairs of characters."""
    return max(len(one.text.split()), one.length // 2)
