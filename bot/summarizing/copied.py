"""Into how few copied stretches a claim falls apart: each is a run of words that one sentence of the text has in the
same order with nothing between. It counts; whether the stretches belong together it does not know.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

_PLACES = 50
"""Places of one pair of words that are tried. An article has hardly any pair more often; a hostile text could make the
search quadratic with it, as it is a claim costs at most this many steps a word."""


class Copies:
    """The sentences of a text, as stems, with the places of their pairs of words."""

    def __init__(self, parts: Sequence[Sequence[str]]) -> None:
        self._parts = parts
        self._places: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for number, part in enumerate(parts):
            for at, pair in enumerate(pairwise(part)):
                if len(self._places[pair]) < _PLACES:
                    self._places[pair].append((number, at))

    def stretches(self, own: Sequence[str]) -> int:
        """How many the words of a claim are, the longest taken first from the left; a word by itself is one."""
        count = at = 0
        while at < len(own):
            at += self._longest(own, at)
            count += 1
        return count

    def unbroken(self, own: Sequence[str]) -> float:
        """0 where no word goes on from the one before as in the text; the longer the copies, the nearer to 1."""
        return 1 - self.stretches(own) / len(own) if own else 0.0

    def _longest(self, own: Sequence[str], at: int) -> int:
        """Words from `at` on that stand so in one sentence; at least the word itself."""
        places = self._places.get((own[at], own[at + 1]), []) if at + 1 < len(own) else []
        return max((_same(own, at, self._parts[number], start) for number, start in places), default=1)


def _same(own: Sequence[str], at: int, part: Sequence[str], start: int) -> int:
    """How far two sequences go on alike from a place in each."""
    length, most = 0, min(len(own) - at, len(part) - start)
    while length < most and own[at + length] == part[start + length]:
        length += 1
    return length
