"""Amounts in ten languages, so that "120億円", "12 billion yen" and "١٢ مليار ين" are seen to be one.

Digits of any script, separators as the language writes them, scales multiplied and added up ("1億2000万", "mil
millones"), units of money, share, time, way and weight. What may be said without saying it (an ordinal, "two" for
"both", a half) is `loose`: it may stand on one side alone, and only contradicts another loose amount.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.summarizing.translation import tables

STRICT_UNITS = frozenset({"percent", "dollar", "euro", "yen", "yuan", "pound", "rouble", "won", "rupee"})
"""An amount of money or a share that loses its unit says something else; "3 days" and "the 3rd" may be one."""
_WINDOW = 18
"""Characters after an amount in which its unit begins: "millones de dólares" has nine before it."""
_DECIMAL_COMMA = frozenset({"fr", "es", "de", "pt", "ru", "ar"})
_NUMBER = re.compile(r"\d+(?:[.,٫٬’'\u00a0\u202f ](?=\d{3}(?!\d))\d{3})*(?:[.,٫]\d+)?")
_SCALE = r"(?:[十百万億兆萬亿백천만억조]|千(?![瓦克米]))"
"""千 of a kilowatt is none."""
_WIDE_NUMBER = re.compile(rf"(?:\d[\d.,]*\s?{_SCALE}+\s?)+\d*|\d[\d.,]*")
_WIDE_PART = re.compile(rf"(\d[\d.,]*)\s?({_SCALE}*)")
_HAN_NUMBER = re.compile(r"(?<![数數几幾何])[〇零一二三四五六七八九两兩十百千万億亿萬]+")

_ENGLISH_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_WIDE = frozenset({"ja", "zh", "ko"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """`written` as the text has it; `values` are what it may mean (a comma is a thousand or a tenth)."""

    written: str
    values: frozenset[float]
    unit: str = ""
    loose: bool = False
    ordinal: bool = False

    def meets(self, other: "Amount") -> bool:
        """Whether both may be one amount."""
        if not any(_equal(mine, theirs) for mine in self.values for theirs in other.values):
            return False
        if {self.unit, other.unit} & STRICT_UNITS:
            return self.unit == other.unit
        return not self.unit or not other.unit or self.unit == other.unit


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))


def plain(text: str) -> str:
    """`text` in compatibility form with the digits of every script as 0 to 9."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(ch)) if ch.isdecimal() else ch for ch in folded)


def amounts_in(text: str, language: str) -> tuple[Amount, ...]:
    """Every amount of `text`, which is `plain`. Dates are amounts too: blank them out before."""
    rest = text
    found: list[Amount] = []
    for reader in (_fractions, _digits, _words, _han, _months):
        for start, end, amount in list(reader(rest, language)):
            found.append(amount)
            rest = rest[:start] + " " * (end - start) + rest[end:]
    return tuple(found)


_Found = Iterator[tuple[int, int, Amount]]


def _fractions(text: str, language: str) -> _Found:
    if language in _WIDE:
        for match in re.finditer(r"(\d+)\s?(?:分の|分之|분의)\s?(\d+)", text):
            if int(match[1]) > 0 and match[1] != "100":
                yield *match.span(), _loose(match[0], int(match[2]) / int(match[1]))
        for match in re.finditer(r"([二三四五六七八九十])分[之の]([一二三四五六七八九])", text):
            yield *match.span(), _loose(match[0], _han_value(match[2]) / _han_value(match[1]))
    for pattern, value in tables.FRACTIONS.get(language, ()):
        for match in pattern.finditer(text):
            yield *match.span(), _loose(match[0], value)


def _loose(written: str, value: float) -> Amount:
    return Amount(written=written, values=frozenset({value}), loose=True)


def _digits(text: str, language: str) -> _Found:
    pattern = _WIDE_NUMBER if language in _WIDE else _NUMBER
    for match in pattern.finditer(text):
        start, end = match.span()
        if language in _WIDE:
            values = frozenset({_wide_value(match[0])})
        else:
            values = _readings(match[0], language)
            end, factor = _scaled(text, end, language)
            values = frozenset(value * factor for value in values)
        unit, stop = _unit(text, start, end)
        ordinal = bool(_ENGLISH_ORDINAL.match(text, end))
        yield start, max(end, stop), Amount(written=text[start:end].strip(), values=values, unit=unit, ordinal=ordinal)


def _wide_value(written: str) -> float:
    total = 0.0
    for number, scales in _WIDE_PART.findall(written):
        value = float(number.replace(",", "").rstrip(".") or 0) if number.count(".") <= 1 else 0.0
        for scale in scales:
            value *= tables.WIDE_SCALES[scale]
        total += value
    return total


def _readings(written: str, language: str) -> frozenset[float]:
    """What digits with separators may mean, by the habits of the language."""
    compact = re.sub(r"[’'\u00a0\u202f ٬]", "", written).replace("٫", ".")
    point, comma = compact.replace(",", ""), compact.replace(".", "").replace(",", ".")
    usual, other = (comma, point) if language in _DECIMAL_COMMA else (point, comma)
    found = {_float(usual)}
    if language == "ar" or (re.fullmatch(r"\d+[.,]\d{3}", compact) and language in {"es", "pt"}):
        found.add(_float(other))  # Mexico writes 1,200 for what Spain writes 1.200; Arabic outlets do either
    return frozenset(value for value in found if value is not None)


def _float(written: str) -> float | None:
    try:
        return float(written)
    except ValueError:
        return None


def _scaled(text: str, end: int, language: str) -> tuple[int, float]:
    """The end of the scale words after an amount, and what they multiply it by."""
    factor = 1.0
    pattern = tables.SCALES.get(language)
    while pattern is not None and (match := pattern.match(text, end)):
        factor *= next(value for name, value in tables.SCALE_VALUES.items() if match.group(name))
        end = match.end()
    return end, factor


def _unit(text: str, start: int, end: int) -> tuple[str, int]:
    before = text[max(0, start - 5) : start]
    if match := tables.SIGN_BEFORE.search(before):
        return tables.SIGNS[match[1]], end
    after = text[end : end + _WINDOW]
    for name, pattern in tables.UNITS.items():
        if match := pattern.match(after):
            return name, end + match.end()
    return "", end


def _words(text: str, language: str) -> _Found:
    pattern = tables.NUMBER_WORDS.get(language)
    for match in pattern.finditer(text) if pattern is not None else ():
        value = tables.number_word(match[0], language)
        end, factor = _scaled(text, match.end(), language)
        unit, stop = _unit(text, match.start(), end)
        loose = value * factor < 3
        written = text[match.start() : end]
        yield (
            match.start(),
            max(end, stop),
            Amount(written=written, values=frozenset({value * factor}), unit=unit, loose=loose),
        )
    scales = tables.BARE_SCALES.get(language)
    for match in scales.finditer(text) if scales is not None else ():
        factor = _scaled(text, match.start(), language)[1]
        yield *match.span(), _loose(match[0], factor)


def _han(text: str, language: str) -> _Found:
    """Numbers in Chinese characters: sure from two characters on, or before a counter ("三カ国", "两名")."""
    if language not in {"ja", "zh"}:
        return
    for match in _HAN_NUMBER.finditer(text):
        value = _han_value(match[0])
        counted = tables.COUNTER.match(text, match.end())
        if value <= 0 or (len(match[0]) < 2 and not counted) or tables.NO_NUMBER.match(text, match.start()):
            continue
        unit, stop = _unit(text, match.start(), match.end())
        sure = len(match[0]) > 1 and value >= 10
        yield (
            match.start(),
            max(match.end(), stop),
            Amount(written=match[0], values=frozenset({value}), unit=unit, loose=not sure),
        )


def _months(text: str, language: str) -> _Found:
    for number, pattern in enumerate(tables.MONTHS.get(language, ()), 1):
        for match in pattern.finditer(text):
            if language != "en" or match[0][0].isupper():  # "may" and "march" are words
                yield *match.span(), Amount(written=match[0], values=frozenset({float(number)}), ordinal=True)


def _han_value(written: str) -> float:
    """The value of a number in Chinese characters; 0 for what is none."""
    digits = "〇一二三四五六七八九"
    flat = written.replace("零", "〇").replace("两", "二").replace("兩", "二")
    if all(ch in digits for ch in flat):
        return float("".join(str(digits.index(ch)) for ch in flat))
    total, part, last = 0.0, 0.0, 0.0
    for ch in flat:
        if ch in digits:
            last = float(digits.index(ch))
            continue
        scale = tables.WIDE_SCALES[ch]
        if scale < 10_000:
            part += (last or 1.0) * scale
        else:
            total += (part + last or 1.0) * scale
            part = 0.0
        last = 0.0
    return total + part + last
