"""How many of what a text speaks of: "17 soldiers killed", "$42m", "25 per cent", brought to one form.

Synonyms and units come to one name each, so that "17 troops died" and "23 soldiers were killed" count the same thing.
Lexical, for English first; other languages where their figures and units are written alike. Says nothing of times:
hours, days and years differ between reports without being facts in dispute.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.grouping.marks import SCALES
from bot.grouping.terms import fold, stem, stop_words, terms

_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:\.(?=\d)[^.!?。！？\n]*)*")
_SPELLED = {
    word: value
    for value, word in enumerate(
        """three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
        nineteen twenty""".split(),  # noqa: SIM905
        start=3,
    )
}
"""Written out as agencies do. "One" and "two" are left out: they are said of sides and parties all the time."""
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12}
_COUNTED = re.compile(
    r"(?<![\w.,/:-])(?P<sign>(?:US)?[$€£¥])?"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,12}}|(?i:{'|'.join(_SPELLED)})\b)(?P<fraction>[.,]\d{{1,2}})?"
    r"(?![\d:/]|[-–]\d)[ -]?"
    r"(?P<scale>(?i:thousand|million|billion|trillion|millions?|milliards?|milliarden|mn|mln|bn|bln|tn)\b|[mk]\b"
    r"|万|億|兆|亿|만|억)?[ -]?"
)
_WORD = re.compile(r"%|[^\W\d_]{1,24}(?:['’-][^\W\d_]{1,20})?")
_ONE_NAME: Mapping[str, str] = {
    same: name
    for name, words in {
        "%": "% percent pct prozent percents percentage",
        "$": "$ us$ dollar dollars usd", "€": "€ euro euros eur", "¥": "¥ yen jpy 円", "£": "£ pound pounds sterling",
        "killed": "killed kill kills killing dead die died dies deaths death fatalities fatally slain",
        "hurt": "hurt wounded wound wounds wounding injured injure injuring injuries",
        "people": "people persons person victims lives others 人 名",
        "troops": "troops soldiers soldier servicemen troop",
        "police": "police policemen policeman",
        "prisoners": "prisoners prisoner captives captive detainees",
        "ships": "ships ship vessels vessel boats boat", "tonnes": "tonnes tonne tons ton",
        "refugees": "refugees refugee", "children": "children child",
    }.items()
    for same in words.split()
}  # fmt: skip
"""What stands for the same thing, under the name that it is compared by."""
_UNITS = frozenset("%$€¥£")
_ACTS = frozenset({"killed", "hurt"})
_NO_THINGS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec am pm gmt utc jst est th st nd rd of in on at to and or by from for the a an as with
    year years old day days hour hours minute minutes week weeks month months season seasons quarter decade decades
    time times km kilometres kilometers miles metres meters degrees round rounds percentage point points""".split()  # noqa: SIM905
)
"""What follows a number that says when or where, not how much."""
_ADJECTIVES = frozenset(
    """other new more additional people's foreign civilian armed young senior heavy light metric extra further local
    naval more""".split()  # noqa: SIM905
)
_BE = frozenset("were was are is been have has had being be reported confirmed left".split())  # noqa: SIM905
_NUMBERED = re.compile(
    r"(?i)\b(?:article|resolution|no|section|chapter|route|flight|phase|level|channel|page|group)\.?\s$"
)
_LOOSE = re.compile(r"(?i)\b(?:about|around|some|nearly|almost|roughly|approximately|close to|an estimated)\s$")
_AT_LEAST = re.compile(r"(?i)\b(?:at least|more than|over|above|no fewer than|not less than)\s$")
_AT_MOST = re.compile(r"(?i)\b(?:up to|less than|fewer than|under|below|at most|as many as)\s$")
_ROUNDED, _GUESSED, _BEYOND = 0.03, 0.12, 0.25
"""How far a number may lie from another that says the same: rounded, said to be about, said to be a bound."""
_AROUND = 100
"""Characters looked at before and after a number: a dozen words."""
_LONGEST = 1_000
"""Characters of a sentence that are looked at: no sentence of a report is longer."""
_MOST_SENTENCES, _MOST_TEXT = 60, 20_000
"""Looked at of each report: facts in dispute stand early."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """So many of `thing`, as `written`. `low` to `high`: what a report that agrees may say."""

    thing: str
    value: float
    low: float
    high: float
    written: str
    sentence: str

    def near(self, other: "Quantity") -> bool:
        """Whether both may be the same number."""
        return self.low <= other.value <= self.high or other.low <= self.value <= other.high


def quantities(text: str) -> Iterator[Quantity]:
    """What the text counts, in its order."""
    for sentence in _SENTENCE.findall(text[:_MOST_TEXT])[:_MOST_SENTENCES]:
        for match in _COUNTED.finditer(sentence, 0, _LONGEST):
            if found := _quantity(sentence, match):
                yield found


def plain_words(sentence: str) -> frozenset[str]:
    """The words of a sentence for comparing it with another: stems, synonyms under one name, no numbers."""
    return frozenset(_ONE_NAME.get(word) or term for word in _WORD.findall(fold(sentence)) for term in terms(word))


def _quantity(sentence: str, match: re.Match[str]) -> Quantity | None:
    before = sentence[max(0, match.start() - _AROUND) : match.start()]
    after = sentence[match.end() : match.end() + _AROUND]
    value = _value(match)
    thing, end = _unit(match, after)
    act = None
    if not thing:
        thing, end = _noun(after)
        act = _act(before, after, thing, end)
        if act and not thing:
            thing = "people"
        elif act and thing in _ACTS:
            thing, act = "people", thing
    year = 1900 <= value <= 2100 and match["number"].isdecimal() and thing not in _ONE_NAME.values()
    if not thing or year or _NUMBERED.search(before):
        return None
    written = sentence[match.start() : match.end() + end].strip(" -")
    if act and _ONE_NAME.get(fold(written.split()[-1])) != act:
        written += f" {act}"
    low, high = _bounds(value, before)
    return Quantity(
        thing=f"{thing} {act}" if act else thing,
        value=value,
        low=low,
        high=high,
        written=written,
        sentence=sentence[:_LONGEST],
    )


def _value(match: re.Match[str]) -> float:
    whole = _SPELLED.get(match["number"].lower())
    number = float(match["number"].replace(",", "") if whole is None else whole)
    if match["fraction"]:
        number += float("0." + match["fraction"][1:])
    scale = fold(match["scale"] or "")
    return number * (_SHORT_SCALES.get(scale) or SCALES.get(scale, 1))


def _bounds(value: float, before: str) -> tuple[float, float]:
    tail = before[-24:]
    if _AT_LEAST.search(tail):
        return value * (1 - _ROUNDED), value * (1 + _BEYOND)
    if _AT_MOST.search(tail):
        return value * (1 - _BEYOND), value * (1 + _ROUNDED)
    loose = _GUESSED if _LOOSE.search(tail) else _ROUNDED
    return value * (1 - loose), value * (1 + loose)


def _unit(match: re.Match[str], after: str) -> tuple[str, int]:
    """Money and shares: the sign before or the word after, and how far the words after belong to it."""
    two = re.match(r"(?i)per cent\b", after)
    if two:
        return "%", two.end()
    word = _WORD.match(after)
    name = _ONE_NAME.get(fold(word[0])) if word else None
    if word and name in _UNITS:
        return name or "", word.end()
    return (_ONE_NAME[match["sign"].casefold()], 0) if match["sign"] else ("", 0)


def _noun(after: str) -> tuple[str, int]:
    """What is counted, over adjectives, and how far it reaches; "" when it is a time or nothing."""
    at = 0
    for _ in range(3):
        word = _WORD.match(after, at)
        if word is None:
            return "", 0
        folded = fold(word[0])
        name = _ONE_NAME.get(folded)
        if name is None and (folded in _ADJECTIVES or (word[0][0].isupper() and _WORD.match(after, word.end() + 1))):
            at = word.end() + 1
            continue
        if name is None and (folded.split("-")[0] in _NO_THINGS or folded in stop_words()):
            return "", 0
        return name or stem(folded) or folded, word.end()
    return "", 0


def _act(before: str, after: str, thing: str, end: int) -> str | None:
    """Whether those who are counted were killed or hurt: said right after them, or by the verb before the number."""
    if thing in _ACTS:
        return thing
    for word in [fold(found) for found in _WORD.findall(after[end : end + 60])[:4]]:
        if (name := _ONE_NAME.get(word)) in _ACTS:
            return name
        if word not in _BE:
            break
    clause = re.split(r"[,;:]", before)[-1]
    for word in reversed([fold(found) for found in _WORD.findall(clause)][-5:]):
        if (name := _ONE_NAME.get(word)) in _ACTS:
            return name
    return None
