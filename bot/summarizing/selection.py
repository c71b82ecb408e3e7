"""Which candidates stand in the summary: the best together, not one by one, within the budget, in reading order."""

from collections.abc import Sequence

from bot.summarizing.candidates import Candidate

REPEAT = 0.6
"""How much of a sentence's worth is lost when all its words stand in the points already chosen."""


def choose(able: Sequence[Candidate], *, points: int, words: int | None) -> tuple[Candidate, ...]:
    """At most `points` candidates of at most `words` words together; always one when there is any."""
    chosen: list[Candidate] = []
    left = list(able)
    room = words
    while left and len(chosen) < points:
        best = max(left, key=lambda one: (_gain(one, chosen), -one.unit.index))
        left.remove(best)
        length = len(best.text.split())
        if room is not None and length > room and (chosen or any(len(one.text.split()) <= room for one in left)):
            continue
        chosen.append(best)
        room = None if room is None else room - length
    return tuple(sorted(chosen, key=lambda one: one.unit.index))


def _gain(one: Candidate, chosen: Sequence[Candidate]) -> float:
    told = {word for other in chosen for word in other.words}
    own = set(one.words)
    return one.score - REPEAT * len(own & told) / max(1, len(own))
