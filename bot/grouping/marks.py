"""Marks that survive translation: numbers, names, the number of a round of talks."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.grouping.terms import fold, stop_words
from bot.text.quick import Quick

SCALES = {
    "thousand": 10**3, "mil": 10**3, "mille": 10**3, "tausend": 10**3, "ألف": 10**3, "千": 10**3,
    "万": 10**4, "萬": 10**4, "만": 10**4,
    "million": 10**6, "millions": 10**6, "millon": 10**6, "millones": 10**6, "millionen": 10**6, "mio": 10**6,
    "مليون": 10**6,
    "億": 10**8, "亿": 10**8, "억": 10**8,
    "billion": 10**9, "billions": 10**9, "milliard": 10**9, "milliards": 10**9, "milliarden": 10**9, "مليار": 10**9,
    "兆": 10**12,
}  # fmt: skip
_NUMBER = re.compile(
    r"(\d{1,3}(?:[,. \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,](\d{1,2})(?!\d))?(?:[ \u00a0]?([^\W\d_]{1,9}))?"
)
_DIGIT = re.compile(r"\d")
_SMALLEST = 13
"""Smaller numbers stand in every text: days, counts of ministers."""


def numbers(text: str) -> list[str]:
    """Numbers worth remembering, scaled ("1.2 billion", "12億" and "1,2 milliard" are 1200000000), each once."""
    found: dict[str, None] = {}
    for match in _number_matches(text):
        value = _value(*match.groups())
        if (value >= _SMALLEST and not (1900 <= value <= 2100)) or value != int(value):
            found[f"{value:.10g}"] = None
    return list(found)


def _number_matches(text: str) -> Iterator[re.Match[str]]:
    """As `_NUMBER.finditer`, which would try its alternatives at every letter."""
    at = 0
    while (digit := _DIGIT.search(text, at)) and (match := _NUMBER.match(text, digit.start())):
        yield match
        at = match.end()


def _value(whole: str, fraction: str | None, unit: str | None) -> float:
    value = float(re.sub(r"\D", "", whole)[:15] + ("." + fraction if fraction else ""))
    if unit:
        folded = fold(unit)
        scale = SCALES.get(folded) or SCALES.get(unit[0]) or 1
        value *= scale
    return value


_NAME = Quick(r"[^\W\d_a-z](?<![^\W\d_].)(?<![^\W\d_]['’-].)[^\W\d_]*(?:['’-][^\W\d_]+)*")
"""A word, its hyphens and apostrophes within, that does not open with a small Latin letter."""
_END = '.!?:;\n"“”«»(-–—'

_AFTER_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-zß-ÿ][\w’'-]* $")
_LONGEST = 40
"""Letters before a name that are looked at."""


def names(text: str, *, nouns: bool = False) -> list[str]:
    """Words with a capital inside a sentence, folded; most frequent first. Scripts without case have none.

    `nouns`: the language writes them so, too (German): only what follows another such word is a name then. All nouns
    together outweighed the countries and numbers that a report in another language shares.
    """
    inner: Counter[str] = Counter()
    for match in _NAME.on(text).finditer(text):
        word = match[0]
        if len(word) <= 2 or not word[0].isupper():
            continue
        before = text[max(0, match.start() - 2) : match.start()].rstrip(" ")
        if before and before[-1] not in _END:
            if nouns and not _AFTER_CAPITAL.search(text, max(0, match.start() - _LONGEST), match.start()):
                continue
            inner[fold(word.removesuffix("'s").removesuffix("’s"))] += 1
    told = [(name, count) for name, count in inner.items() if name not in stop_words()]
    return [name for name, _ in sorted(told, key=lambda pair: (-pair[1], pair[0]))]


_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
    "primera": 1, "segunda": 2, "tercera": 3, "cuarta": 4, "quinta": 5, "sexta": 6,
    "premier": 1, "deuxieme": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5,
    "erste": 1, "zweite": 2, "dritte": 3, "vierte": 4, "funfte": 5, "sechste": 6,
    "ersten": 1, "zweiten": 2, "dritten": 3, "vierten": 4, "funften": 5,
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    "الاولى": 1, "الثانية": 2, "الثالثة": 3, "الرابعة": 4, "الخامسة": 5,
}  # fmt: skip
_WORDS = "|".join(word for word in _ORDINALS if len(word) > 1)
_TALKS = "rounds?|sessions?|consultations?|ronda|cycle|runde|gesprachsrunde|verhandlungsrunde|serie"
_ROUNDS = (
    re.compile(
        rf"\b({_WORDS}|\d{{1,2}}(?:st|nd|rd|th|e|eme|\.))\s"
        rf"(?:(?!(?:days?|of|the|in|weeks?|half|and)\b)\w+[\s-]){{0,3}}?(?:{_TALKS})\b"
    ),
    re.compile(
        r"第([0-9]{1,2}|[一二三四五六七八九十])(?:回|轮|輪|次|ラウンド)(?=\w{0,9}(?:磋商|谈判|会谈|協議|交渉|会談|会議|会合|会议))"
    ),
    re.compile(rf"(?:الجولة|جولة)\s({_WORDS})"),
    re.compile(r"\bround (\d{1,2}|one|two|three|four|five|six)\b"),
)
_COUNT = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def round_of(text: str) -> int | None:
    """Which round of talks the text names first ("third trade round", "tercera ronda", "第3回"); None without one."""
    folded = fold(text)
    matches = [m for m in (pattern.search(folded) for pattern in _ROUNDS) if m]
    if not matches:
        return None
    word = min(matches, key=lambda m: m.start()).group(1)
    digits = re.sub(r"\D", "", word)
    return int(digits) if digits else _ORDINALS.get(word) or _COUNT.get(word)
