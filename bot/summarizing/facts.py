"""The checkable facts of a piece of text: numbers with their scale, names, quotations. Lexical, English first."""

import re
from dataclasses import dataclass

_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12, "millones": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9, "millionen": 1e6,
    "milliarden": 1e9, "mil": 1e3,
}  # fmt: skip
_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_WORDS = {word: float(value) for value, word in enumerate(_SMALL)} | {
    word: 10.0 * value for value, word in enumerate(_TENS, 2)
}
_ORDINALS = {
    "first": 1.0, "second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0, "sixth": 6.0, "seventh": 7.0,
    "eighth": 8.0, "ninth": 9.0, "tenth": 10.0,
}  # fmt: skip
_UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "percentage": "%", "pct": "%", "$": "$", "dollar": "$", "dollars": "$",
    "€": "€", "euro": "€", "euros": "€", "£": "£", "pound": "£", "pounds": "£", "¥": "¥", "yen": "¥", "km": "km",
    "kilometre": "km", "kilometres": "km", "kilometer": "km", "kilometers": "km", "mile": "mile", "miles": "mile",
    "ton": "ton", "tons": "ton", "tonne": "ton", "tonnes": "ton",
}  # fmt: skip
_SPELT = "|".join([*_TENS, *_SMALL[::-1], *_ORDINALS])
_NUMBER = re.compile(
    r"(?P<sign>[$€£¥])?\s?(?<![\w.])(?:(?P<digits>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)(?P<nth>st|nd|rd|th)?"
    rf"|(?<!\bat )(?P<word>{_SPELT})(?:(?<=ty)[- ](?P<unit_word>{'|'.join(_SMALL[1:10])}))?)"
    rf"(?:[ -]?(?P<scale>{'|'.join(_SCALES)})\b)?(?:[ -]?(?P<unit>%|per cent|[a-z]+))?(?!\w)",
    re.IGNORECASE,
)
_QUOTATION = re.compile(r"[\"“„«]([^\"“”„«»]{2,600})[\"”“»]")
_NAME_PART = r"[^\W\d_a-zß-öø-ÿ][\w’'.-]*\w|[A-Z]"
_NAME = re.compile(rf"(?:{_NAME_PART})(?:\s(?:(?:al|bin|van|von|de|der|da|del|el|la|of|the)\s)?(?:{_NAME_PART}))*")
_EDGE = re.compile(r"['’]s$|[.,'’]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as a value: "1.2 billion euros" is 1.2e9 of "€". `unit` "" when none of the known ones follows."""

    value: float
    unit: str
    written: str


def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of `text` in order, spelt ones up to ninety-nine too ("one" alone is a pronoun, mostly: left out)."""
    found = []
    for match in _NUMBER.finditer(text):
        value = _value(match)
        if value is None:
            continue
        unit = _UNITS.get((match["unit"] or "").lower(), "") or _UNITS.get(match["sign"] or "", "")
        scale = _SCALES.get((match["scale"] or "").lower(), 1.0)
        found.append(Number(value=value * scale, unit=unit, written=match.group().strip()))
    return tuple(found)


def _value(match: re.Match[str]) -> float | None:
    if match["digits"]:
        digits = re.sub(r"[, ](?=\d{3}(?!\d))", "", match["digits"]).replace(",", ".")
        return float(digits)
    word = match["word"].lower()
    if word == "one" and not match["scale"]:
        return None
    tail = _WORDS.get((match["unit_word"] or "").lower(), 0.0)
    return _WORDS.get(word, _ORDINALS.get(word, 0.0)) + tail


def quotations(text: str) -> tuple[str, ...]:
    """What stands between quotation marks, without the marks."""
    return tuple(match.group(1).strip() for match in _QUOTATION.finditer(text))


def names(text: str) -> tuple[tuple[str, bool], ...]:
    """Runs of capitalized words, each with whether it opens a sentence (where a capital means nothing)."""
    found = []
    for match in _NAME.finditer(text):
        before = text[: match.start()].rstrip(" \"“‘'(«")
        found.append((_EDGE.sub("", match.group()), not before or before[-1] in ".!?:\n"))
    return tuple(found)
