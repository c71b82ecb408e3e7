"""Amounts: numbers in figures or words with their scale and unit, and which of a claim its source does not give.

"12,000" is "12 thousand", "a fifth" 20 percent, "two decades" 20 years, "tripled" three times. Any language for
figures; number words, fractions and units in English and a few others.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.claim_items import items_in, list_lengths
from bot.summarizing.claim_tokens import Word, number_in
from bot.summarizing.lexicon import background

_DAYS_OF = {
    "minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 360, "decade": 3600,
}  # fmt: skip
"""Days of each unit of time as news count them: 30 days are a month, twelve months a year."""
_PARTS = {
    "half": 50, "third": 100 / 3, "thirds": 100 / 3, "quarter": 25, "quarters": 25, "fifth": 20, "fifths": 20,
    "tenth": 10, "tenths": 10, "eighth": 12.5, "eighths": 12.5, "sixth": 100 / 6, "seventh": 100 / 7,
}  # fmt: skip
"""Fractions in percent."""
_ENTIRE = frozenset(["full", "whole", "entire", "single"])
"""Words between an "a" and its unit that leave it one."""
_FOLD = {
    "doubl": 2, "twic": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "halv": 2, "pair": 2, "coupl": 2, "trio": 3,
    "both": 2,
}  # fmt: skip
"""Roots of words that hold a number."""
_TWO_SIDES = frozenset(
    "sides countries governments nations neighbours neighbors capitals states parties leaders".split()  # noqa: SIM905
)
"""Whom "the two" may be before, where the source names two and does not count them."""


class Amount(NamedTuple):
    """`said` as written, `of` the word behind it."""

    value: float
    unit: str
    said: str
    of: str = ""


def number_problems(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Numbers of the claim `here` that the source `there` does not give, or gives in another unit, as sentences."""
    known = [*amounts_in(there), *_implied(there)]
    lowers = {word.lower for word in there}
    counted = list_lengths(there)
    for amount in amounts_in(here):
        if _is_free(amount, known, lowers, counted) or _counts_sides(amount, there):
            continue
        if any(lasts_as_long(one, amount) for one in known):
            continue
        same = [one for one in known if abs(one.value - amount.value) <= 1e-6 * abs(amount.value)]
        if not same:
            yield f"The number “{amount.said}” does not stand in the source."
        elif all(one.unit and one.unit != amount.unit for one in same) and (amount.unit or _is_new(amount.of, lowers)):
            yield f"The source gives “{amount.said}” in another unit."
        elif amount.unit and all(not one.unit and _is_thing(one.of) for one in same):
            yield f"The source gives “{amount.said}” of something else."
    yield from _ordinals(here, there)


def _ordinals(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    lowers = {word.lower for word in there}
    percents = {round(one.value) for one in amounts_in(there) if one.unit == "percent"}
    for word in here:
        new = word.lower in table.ORDINALS and word.lower not in lowers
        if new and round(_PARTS.get(word.lower, -1)) not in percents:
            yield f"“{word.written}” does not stand in the source."


def lasts_as_long(one: Amount, other: Amount) -> bool:
    """Whether both are times of one length: "two decades" and "20 years"."""
    if one.unit not in _DAYS_OF or other.unit not in _DAYS_OF:
        return False
    return one.value * _DAYS_OF[one.unit] == other.value * _DAYS_OF[other.unit]


def _is_free(amount: Amount, known: Sequence[Amount], lowers: set[str], counted: set[int]) -> bool:
    """Whether a number says nothing that could be wrong: "one", "a day", "both", or the length of a list."""
    return (
        (amount.value == 1 and not amount.unit)
        or (amount.said.lower() in ("a", "an") and all(one.said.lower() not in ("a", "an") for one in known))
        or (amount.value == 2 and "both" in lowers)
        or (amount.said.lower() == "both" and bool(lowers & {"each", "two", "and"}))
        or (amount.value == 12 and "dozen" in lowers)
        or (not amount.unit and amount.value in counted)
    )


def _counts_sides(amount: Amount, there: Sequence[Word]) -> bool:
    """As in "the two countries" of a source that names two."""
    if amount.value != 2 or amount.of not in _TWO_SIDES:
        return False
    return len({item.key for item in items_in(there) if item.kind == "n"}) > 1


def _implied(words: Sequence[Word]) -> Iterator[Amount]:
    """Numbers that stand in a word: "tripled", "a fifth"."""
    for at, word in enumerate(words):
        if word.root in _FOLD:
            yield Amount(_FOLD[word.root], "", word.written)
        before = words[at - 1].lower if at else ""
        if word.lower in _PARTS and before in ("a", "one", "by", "in", "than", "nearly", "almost", "about", "over"):
            yield Amount(_PARTS[word.lower], "percent", word.written)


def amounts_in(words: Sequence[Word]) -> list[Amount]:
    """Every number in figures or words, with its scale and unit: "$14 million" is 14,000,000 of money."""
    found: list[Amount] = []
    at = 0
    while at < len(words):
        value = number_in(words[at].written)
        start = at
        at += 1
        if value is None and words[start].lower in ("a", "an"):
            at += at + 1 < len(words) and words[at].lower in _ENTIRE  # "a full year"
            value = 1.0 if at < len(words) and words[at].lower in table.UNITS else None
        if value is None:
            continue
        while at < len(words) and (more := table.NUMBERS.get(words[at].lower)) is not None and _adds(value, more):
            value += more
            at += 1
        while at < len(words) and (scale := table.SCALES.get(words[at].lower)) is not None:
            value *= scale
            at += 1
        unit = _unit(words, start, at)
        if at < len(words) and value < 10 and words[at].lower.endswith("s") and (part := _PARTS.get(words[at].lower)):
            value, unit = value * part, "percent"
            at += 1
        said = " ".join(word.written for word in words[start:at])
        of = words[at].lower if at < len(words) and not words[at].parted else ""
        found.append(Amount(value, unit, said, of))
    return found


def _adds(value: float, more: float) -> bool:
    """Twenty and five make 25."""
    return value in (20, 30, 40, 50, 60, 70, 80, 90) and 0 < more < 10


def _unit(words: Sequence[Word], start: int, end: int) -> str:
    written = words[start].written
    for sign, unit in (("$", "dollar"), ("€", "euro"), ("£", "pound"), ("¥", "yen"), ("%", "percent")):
        if sign in written:
            return unit
    if "-" in written and (joined := table.UNITS.get(written.lower().rsplit("-", 1)[1])):
        return joined
    after = [word.lower for word in words[end : end + 2]]
    if after[:2] == ["per", "cent"]:
        return "percent"
    return table.UNITS.get(after[0], "") if after else ""


def _is_thing(word: str) -> bool:
    return word.isalpha() and word not in background().function_words


def _is_new(word: str, known: set[str]) -> bool:
    return word.isalpha() and word not in known and word not in background().function_words
