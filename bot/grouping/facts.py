"""Numbers that outlets state differently about one thing: "42 billion yen" here, "38 billion yen" there.

Two numbers differ only when they count the same thing, their sentences speak of the same matter, place and time, and
neither report holds the other's number too (it then tells of a change, or explains itself). Corrections are no
disagreement: callers leave replaced articles and copies out. Shy: it misses much rather than set two things against
each other.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from bot.grouping.quantities import Quantity, plain_words, quantities
from bot.grouping.terms import fold, stop_words

_SAME_THING = 0.5
"""Share of the shorter sentence's words that the other has too: below, two sentences count different things."""
_SHARED_WORDS = 3
_FAR = 6.0
"""Numbers further apart than this many times are a part and a whole, or two matters: nobody miscounts so."""
_SUMS = re.compile(
    r"(?i)\b(?:since|so far|in total|altogether|per (?:year|month|day|cent of)|annually|a year|overall)\b"
)
_WHEN = re.compile(
    r"(?i)\b(?:(?:last|this|next|previous) (?:year|month|quarter|season)|(?:in|by|of|for) (?:19|20)\d\d)\b"
)
_PLACED = re.compile(r"\b(in|at|from|to|near|on|with|for|of|against|into)(?: the)? ([^\W\d_]+)")
MOST_MENTIONS = 40
"""Looked at of each report: facts in dispute stand early."""
MOST_SHOWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one outlet wrote, in its newest version."""

    outlet: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """`what` is counted, and each number as it is written with the outlets that give it, most outlets first.

    `amounts`: the same numbers, in the same order, to compare others with.
    """

    what: str
    values: tuple[tuple[str, tuple[str, ...]], ...]
    amounts: tuple[float, ...]

    def __str__(self) -> str:
        return "outlets differ: " + ", ".join(f"{written} ({', '.join(outlets)})" for written, outlets in self.values)


@dataclass(frozen=True)
class _Mention:
    outlet: str
    quantity: Quantity

    @cached_property
    def words(self) -> frozenset[str]:
        return plain_words(self.quantity.sentence) - set(self.quantity.thing.split())

    @cached_property
    def places(self) -> Mapping[str, frozenset[str]]:
        """Names by the preposition that they follow."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for preposition, name in _PLACED.findall(self.quantity.sentence):
            if name[0].isupper() and fold(name) not in stop_words():
                found[preposition].add(fold(name))
        return {preposition: frozenset(names) for preposition, names in found.items()}

    @cached_property
    def times(self) -> tuple[frozenset[str], frozenset[str]]:
        """What makes the number a sum, and the time that it is of."""
        sentence = self.quantity.sentence
        return frozenset(map(fold, _SUMS.findall(sentence))), frozenset(map(fold, _WHEN.findall(sentence)))


def disagreements(reports: Sequence[Report]) -> tuple[Disagreement, ...]:
    """What the reports put in different numbers, in the order of the first report; at most `MOST_SHOWN`."""
    mentions = [
        [_Mention(report.outlet, one) for one in islice(quantities(report.text), MOST_MENTIONS)] for report in reports
    ]
    found: dict[str, Disagreement] = {}
    for at, mine in enumerate(mentions):
        for one in mine:
            others = [other for theirs in mentions[at + 1 :] if (other := _against(one, mine, theirs))]
            if others and one.quantity.thing not in found:
                found[one.quantity.thing] = _disagreement([one, *others], mentions)
    return tuple(found.values())[:MOST_SHOWN]


def contested(text: str, found: Sequence[Disagreement]) -> bool:
    """Whether `text` gives a number that the outlets differ on, unless it is the one that most of them give."""
    doubted = {(one.what, amount) for one in found for amount in one.amounts[_agreed(one) :]}
    return bool(doubted) and any((one.thing, one.value) in doubted for one in quantities(text))


def _agreed(one: Disagreement) -> int:
    """How many of its numbers, from the first on, need no name beside them: none where no number has the most."""
    first, second = (len(outlets) for _, outlets in one.values[:2])
    return int(first > second)


def _against(one: _Mention, mine: Iterable[_Mention], theirs: Sequence[_Mention]) -> _Mention | None:
    """What the other report says instead; None when it says the same, or one of them knows both numbers."""
    same = [other for other in theirs if other.quantity.thing == one.quantity.thing]
    if not same or same[0].outlet == one.outlet or _knows(theirs, one):
        return None
    return next((rival for rival in same if _one_matter(one, rival) and not _knows(mine, rival)), None)


def _knows(report: Iterable[_Mention], one: _Mention) -> bool:
    """Whether the report gives this number of the same things, whatever became of them."""
    noun = one.quantity.thing.split()[0]
    return any(other.quantity.thing.split()[0] == noun and other.quantity.near(one.quantity) for other in report)


def _one_matter(one: _Mention, other: _Mention) -> bool:
    shared = one.words & other.words
    if len(shared) < max(_SHARED_WORDS, _SAME_THING * min(len(one.words), len(other.words))):
        return False
    low, high = sorted((one.quantity.value, other.quantity.value))
    return high <= _FAR * low and not _elsewhere(one, other) and not _other_time(one, other)


def _elsewhere(one: _Mention, other: _Mention) -> bool:
    """“From Seoul” here, “from Washington” there, and neither sentence has the other's name."""
    for preposition in one.places.keys() & other.places.keys():
        mine, theirs = one.places[preposition], other.places[preposition]
        if mine & theirs:
            continue
        if not _named(mine, other) and not _named(theirs, one):
            return True
    return False


def _named(names: Iterable[str], mention: _Mention) -> bool:
    sentence = fold(mention.quantity.sentence)
    return any(name in sentence for name in names)


def _other_time(one: _Mention, other: _Mention) -> bool:
    """A sum against a single count, or two times that are both named."""
    (sums, times), (other_sums, other_times) = one.times, other.times
    return bool(sums) != bool(other_sums) or bool(times and other_times and not times & other_times)


def _disagreement(rivals: Sequence[_Mention], mentions: Sequence[Sequence[_Mention]]) -> Disagreement:
    thing = rivals[0].quantity.thing
    values: dict[float, tuple[str, list[str]]] = {}
    for rival in rivals:
        values.setdefault(rival.quantity.value, (rival.quantity.written, []))
    for mention in (mention for report in mentions for mention in report):
        if mention.quantity.thing == thing and mention.quantity.value in values:
            values[mention.quantity.value][1].append(mention.outlet)
    shown = [((written, tuple(dict.fromkeys(outlets))), amount) for amount, (written, outlets) in values.items()]
    shown.sort(key=lambda pair: -len(pair[0][1]))
    return Disagreement(
        what=thing, values=tuple(value for value, _ in shown), amounts=tuple(amount for _, amount in shown)
    )
