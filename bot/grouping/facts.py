"""Numbers that outlets state differently about one thing: "42 billion yen" here, "38 billion yen" there.

Two numbers differ only when they count the same noun or unit, their sentences speak of the same thing, and neither
report holds the other's number too (it then tells of a change, or explains itself). Corrections are no disagreement:
callers leave replaced articles and copies out. Lexical, and shy: it misses much rather than set two things against
each other. Scripts without spaces are compared by pairs of characters.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.grouping.marks import SCALES
from bot.grouping.terms import fold, stem, stop_words, terms

_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:\.(?=\d)[^.!?。！？\n]*)*")
_COUNTED = re.compile(
    r"(?<![\w.,/:-])(?P<sign>[$€£¥])?(?P<number>\d{1,3}(?:,\d{3})+|\d{1,12})(?P<fraction>[.,]\d{1,2})?(?![\d:/])[ -]?"
    r"(?P<scale>thousand|million|billion|trillion|millions?|milliards?|milliarden|万|億|兆|亿|만|억)?[ -]?"
    r"(?P<unit>%|[^\W\d_]{1,20})?(?P<more>\s[^\W\d_]{3,20})?"
)
_NO_THINGS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec am pm gmt utc jst est th st nd rd of in on at to and or by from for the a an as with
    year years old day days hour hours minute minutes week weeks month months time times km""".split()  # noqa: SIM905
)
"""What follows a number that says when, not how much: times differ between reports without being facts in dispute."""
_ADJECTIVES = frozenset("other new more additional people's foreign civilian".split())  # noqa: SIM905
_SAME_THING = 0.5
"""Share of the shorter sentence's words that the other has too: below, two sentences count different things."""
_SHARED_WORDS = 3
_ROUNDED = 0.03
"""Numbers this near each other are one number, rounded."""
_MOST_SENTENCES = 60
_MOST_MENTIONS = 40
"""Looked at of each report: facts in dispute stand early."""
MOST_SHOWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one outlet wrote, in its newest version."""

    outlet: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """`what` is counted, and each number as it is written with the outlets that give it, most outlets first."""

    what: str
    values: tuple[tuple[str, tuple[str, ...]], ...]

    def __str__(self) -> str:
        return "outlets differ: " + ", ".join(f"{written} ({', '.join(outlets)})" for written, outlets in self.values)


@dataclass(frozen=True)
class _Mention:
    outlet: str
    thing: str
    value: float
    written: str
    sentence: str

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(terms(self.sentence)) - {self.thing}


def disagreements(reports: Sequence[Report]) -> tuple[Disagreement, ...]:
    """What the reports put in different numbers, in the order of the first report; at most `MOST_SHOWN`."""
    mentions = [list(_mentions(report))[:_MOST_MENTIONS] for report in reports]
    found: dict[str, Disagreement] = {}
    for at, mine in enumerate(mentions):
        for one in mine:
            others = [other for theirs in mentions[at + 1 :] if (other := _against(one, mine, theirs))]
            if others and one.thing not in found:
                found[one.thing] = _disagreement([one, *others], mentions)
    return tuple(found.values())[:MOST_SHOWN]


def _against(one: _Mention, mine: Iterable[_Mention], theirs: Sequence[_Mention]) -> _Mention | None:
    """What the other report says instead; None when it says the same, or one of them knows both numbers."""
    same = [other for other in theirs if other.thing == one.thing]
    if not same or same[0].outlet == one.outlet or any(_near(one.value, other.value) for other in same):
        return None
    known = [other.value for other in mine if other.thing == one.thing]
    rivals = [o for o in same if _one_thing(one, o) and not any(_near(o.value, value) for value in known)]
    return rivals[0] if rivals else None


def _one_thing(one: _Mention, other: _Mention) -> bool:
    shared = one.words & other.words
    return len(shared) >= max(_SHARED_WORDS, _SAME_THING * min(len(one.words), len(other.words)))


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _ROUNDED * max(abs(one), abs(other))


def _disagreement(rivals: Sequence[_Mention], mentions: Sequence[Sequence[_Mention]]) -> Disagreement:
    values: dict[float, tuple[str, list[str]]] = {}
    for rival in rivals:
        values.setdefault(rival.value, (rival.written, []))
    for mention in (mention for report in mentions for mention in report):
        if mention.thing == rivals[0].thing and mention.value in values:
            values[mention.value][1].append(mention.outlet)
    shown = [(written, tuple(dict.fromkeys(outlets))) for written, outlets in values.values()]
    return Disagreement(what=rivals[0].thing, values=tuple(sorted(shown, key=lambda value: -len(value[1]))))


def _mentions(report: Report) -> Iterable[_Mention]:
    for sentence in _SENTENCE.findall(report.text[:20_000])[:_MOST_SENTENCES]:
        for match in _COUNTED.finditer(sentence):
            thing = _thing(match)
            if thing:
                yield _Mention(report.outlet, thing, _value(match), _written(match), sentence)


def _thing(match: re.Match[str]) -> str:
    """The unit or noun that is counted, stemmed; "" when it is a time or nothing."""
    unit = fold(match["unit"] or match["sign"] or "")
    more = fold((match["more"] or "").strip())
    if unit in _ADJECTIVES and more:
        unit = more
    return "" if unit in _NO_THINGS or unit in stop_words() else stem(unit) or unit


def _value(match: re.Match[str]) -> float:
    number = float(match["number"].replace(",", "") + (match["fraction"] or "").replace(",", "."))
    return number * SCALES.get(fold(match["scale"] or ""), 1)


def _written(match: re.Match[str]) -> str:
    end = match.end("more") if fold(match["unit"] or "") in _ADJECTIVES and match["more"] else match.start("more")
    return match.string[match.start() : end if end >= 0 else match.end()].strip(" -")
