"""What a sentence claims, held against the sentences that it rests on: the gate's own checks, beside `grounding`.

Lexical and deliberately strict: what is refused costs a wording, what is let through may be false. Numbers with their
units, days and months, quotations and names are compared in every language that has them in a comparable form;
polarity, direction, certainty, office and who did it to whom in English. It knows no synonyms beyond the small tables
in `bot.summarizing.claim_words`, so that a paraphrase should keep names, numbers and words of office as they are.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.claim_items import list_lengths
from bot.summarizing.claim_sense import sense_problems
from bot.summarizing.claim_tokens import STRAIGHT, Word, number_in, same_name, words_in
from bot.summarizing.lexicon import background
from bot.summarizing.places import country_at
from bot.summarizing.thesaurus import kin_of, thesaurus
from bot.text.tokens import is_cjk
from bot.text.tokens import words as words_of

LEAST_SHARED, LEAST_SHARED_CJK = 0.3, 0.5
"""Share of a point's content words (pairs of characters) that its sentences must hold. Of 60 faithful paraphrases the
lowest has .38; two thirds in other words is another statement."""
NEAR = 5
"""Letters by which two forms of a word are one."""
_QUOTED = re.compile(r'"([^"]{2,300})"|[「『]([^」』]{2,200})[」』]|(?<!\w)\'([^\']{3,200})\'(?!\w)')


def problems_of(claim: str, source: str, language: str) -> list[str]:
    """What in `claim` the `source` does not say, as sentences; [] when nothing was found."""
    here, there = words_in(claim), words_in(source)
    problems = [*_numbers(here, there), *_days(here, there), *_quotations(claim, source)]
    if any(map(is_cjk, claim)):
        return problems + _shared(words_of(claim), words_of(source), LEAST_SHARED_CJK)
    problems += _names(here, there, language)
    if language == "en":
        problems += sense_problems(here, there)
        said = {word.root for word in there}
        content = [w.root for w in here if w.lower not in background().function_words and w.root.isalpha()]
        problems += [*_invented(here, there), *_things(here, there), *_shared(content, said, LEAST_SHARED)]
    return problems


def _shared(content: Sequence[str], said: Sequence[str] | set[str], least: float) -> list[str]:
    known = set(said)
    near = {word[:4] for word in known if len(word) >= 4}
    held = sum(word in known or (len(word) >= 4 and word[:4] in near) for word in content)
    return [] if not content or held >= least * len(content) else ["Most of its words do not stand in the source."]


def _invented(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """A word that narrows a noun of the source and stands nowhere in it: "military hotline" of a hotline."""
    known = {word.root for word in there} | {part for word in there for part in word.lower.split("-")}
    near = {word[:NEAR] for word in known if len(word) >= NEAR}
    for at, (word, noun) in enumerate(pairwise(here)):
        if not _may_narrow(word) or noun.parted or not noun.written[:1].islower() or noun.root not in known:
            continue
        if noun.lower in background().function_words | table.PREPOSITIONS | set(table.NUMBERS):
            continue
        is_verb = at > 0 and (here[at - 1].lower in table.HELPERS or here[at - 1].written[:1].isupper())
        if not is_verb and not _stands(word, known, near):
            yield f"The source does not call anything “{word.written} {noun.written}”."


def _things(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Goods, vehicles, people by their trade that the source names by no word: "mayors" where it has "governors"."""
    known = {word.root for word in there} | {part for word in there for part in word.lower.split("-")}
    near = {word[:NEAR] for word in known if len(word) >= NEAR}
    for word in here:
        lower = word.lower
        plain = word.written[:1].islower() and lower.isalpha() and not lower.endswith(("ed", "ing"))
        plain = plain and lower not in background().function_words | table.PREPOSITIONS
        named = word.root in thesaurus().concrete and lower not in _TOLD_ELSEWHERE
        if not plain or not (named or lower in table.ARMED):
            continue
        if not _stands(word, known, near) and not any(word.root in alike and known & alike for alike in table.ALIKE):
            yield f"The source speaks of no “{word.written}”."


_TOLD_ELSEWHERE = (
    frozenset(table.OFFICES) | table.ACTORS | table.GENERAL | frozenset(table.NUMBERS) | frozenset(table.IRREGULAR)
)


def _stands(word: Word, known: set[str], near: set[str]) -> bool:
    """Whether the source has the word, a form of it or one of its kin."""
    return word.root in known or word.root[:NEAR] in near or not known.isdisjoint(kin_of(word.root))


def _may_narrow(word: Word) -> bool:
    """Whether a word is likely an adjective or a noun before a noun, and none of those that say little."""
    lower = word.lower
    if not word.written[:1].islower() or not word.root.isalpha() or lower in background().function_words:
        return False
    if lower.endswith(("ed", "ing", "ly", "s")) or lower in table.LITTLE | table.PREPOSITIONS:
        return False
    return not any(
        lower in words for words in (table.IRREGULAR, table.UNCERTAIN, table.LIGHT, table.NUMBERS, table.SCALES)
    )


# --- numbers and days -----------------------------------------------------------------------------------------------


class _Amount(NamedTuple):
    value: float
    unit: str
    said: str
    of: str = ""


def _amounts(words: Sequence[Word]) -> list[_Amount]:
    """Every number in figures or words, with its scale and unit: "$14 million" is 14,000,000 of money."""
    found: list[_Amount] = []
    at = 0
    while at < len(words):
        value = number_in(words[at].written)
        if value is None and words[at].lower in ("a", "an") and words[at + 1 : at + 2]:
            value = 1.0 if words[at + 1].lower in table.UNITS else None
        start = at
        at += 1
        if value is None:
            continue
        while at < len(words) and (more := table.NUMBERS.get(words[at].lower)) is not None and _adds(value, more):
            value += more
            at += 1
        while at < len(words) and (scale := table.SCALES.get(words[at].lower)) is not None:
            value *= scale
            at += 1
        said = " ".join(word.written for word in words[start:at])
        of = words[at].lower if at < len(words) and not words[at].parted else ""
        found.append(_Amount(value, _unit(words, start, at), said, of))
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


def _numbers(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    known = _amounts(there)
    lowers = {word.lower for word in there}
    counted = list_lengths(there)
    for amount in _amounts(here):
        if (
            (amount.value == 1 and not amount.unit)
            or (amount.said.lower() in ("a", "an") and all(one.said.lower() not in ("a", "an") for one in known))
            or (amount.value == 2 and "both" in lowers)
            or (amount.said.lower() == "both" and lowers & {"each", "two", "and"})
            or (amount.value == 12 and "dozen" in lowers)
            or (not amount.unit and amount.value in counted)
        ):
            continue
        same = [one for one in known if one.value == amount.value]
        if not same:
            yield f"The number “{amount.said}” does not stand in the source."
        elif all(one.unit and one.unit != amount.unit for one in same) and (amount.unit or _is_new(amount.of, lowers)):
            yield f"The source gives “{amount.said}” in another unit."
        elif amount.unit and all(not one.unit and _is_thing(one.of) for one in same):
            yield f"The source gives “{amount.said}” of something else."
    for word in here:
        if word.lower in table.ORDINALS and word.lower not in lowers:
            yield f"“{word.written}” does not stand in the source."


def _is_thing(word: str) -> bool:
    return word.isalpha() and word not in background().function_words


def _is_new(word: str, known: set[str]) -> bool:
    return word.isalpha() and word not in known and word not in background().function_words


def _days(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    known = {word.lower for word in there}
    for word in here:
        named = word.written[:1].isupper() or word.lower in table.RELATIVE_DAYS
        if word.lower in table.DAYS and named and not known & table.DAYS[word.lower]:
            yield f"“{word.written}” does not stand in the source."
    pairs, months = _dated(there), {word.lower for word in there}
    for month, day in _dated(here):
        if month in months and (month, day) not in pairs:
            yield f"The source does not give the day {day} {month.strip('_').title()}."


def _dated(words: Sequence[Word]) -> set[tuple[str, int]]:
    """(month, day) where a day stands directly before or after a month, through lists and ranges too."""
    found: set[tuple[str, int]] = set()
    for at, word in enumerate(words):
        if word.lower not in table.MONTHS or not word.written[:1].isupper():
            continue
        for step in (-1, 1):
            place = at + step
            while 0 <= place < len(words) and (place - at) * step <= 4:
                day = number_in(words[place].written) if words[place].written.isdigit() else None
                if day is not None and 1 <= day <= 31:
                    found.add((word.lower, int(day)))
                elif words[place].lower not in {"and", "to", "or", "of", "the"}:
                    break
                if place > at + 1 and words[place].parted and _counts(words, place):
                    found.discard((word.lower, int(day or 0)))
                place += step
    return found


def _counts(words: Sequence[Word], place: int) -> bool:
    """Whether a number counts what stands behind it: "from April 1, 14 trains"."""
    return place + 1 < len(words) and words[place + 1].written[:1].islower() and not words[place + 1].parted


# --- quotations and names ---------------------------------------------------------------------------------------------


def _quotations(claim: str, source: str) -> Iterator[str]:
    flat = _flat(source)
    for match in _QUOTED.finditer(claim.translate(STRAIGHT)):
        quoted = next(group for group in match.groups() if group)
        if _flat(quoted) not in flat:
            yield f"The quotation “{quoted[:80]}” does not stand in the source word for word."


def _flat(text: str) -> str:
    return " ".join(text.translate(STRAIGHT).lower().strip(" .,;:!?").split())


def _names(here: Sequence[Word], there: Sequence[Word], language: str) -> Iterator[str]:
    if language == "de":  # every noun has a capital
        return
    known = {word.lower for word in there}
    known |= {part for word in known for part in word.split("-")}
    initials = _initials(there) if any(word.written.isupper() for word in here) else set()
    expanded = {word.lower for word in there if word.written.isupper()}
    states = {code for _, code in _states(there)}
    held = {place for places, code in _states(here) if code in states and _acts(here, places) for place in places}
    held = held if language == "en" else set()
    for at, word in enumerate(here):
        if at in held or (at == 0 and any(len(one) > 4 and one[:5] == word.lower[:5] for one in known)):
            continue
        if not word.written[:1].isupper() or word.lower in table.DAYS or word.lower in table.NOT_NAMES:
            continue
        if number_in(word.written) is not None:
            continue
        if at == 0 and not _begins_with_name(here, language):
            continue
        if any(same_name(part, known) for part in (word.lower, *word.lower.split("-"))) or word.lower in initials:
            continue
        if expanded & _initials(here):
            continue
        yield f"The name “{word.written}” does not stand in the source."


def _acts(words: Sequence[Word], places: range) -> bool:
    """Whether a capital may stand for its state: not where it says where. A state's own name always may."""
    lowers = [word.lower for word in words[places.start : places.stop]]
    if country_at(lowers, 0) is not None:
        return True
    owns = words[places.stop - 1].written.lower().endswith(("'s", "s'"))  # "at Washington's request"
    return owns or places.start == 0 or words[places.start - 1].lower not in table.WHERE


def _states(words: Sequence[Word]) -> Iterator[tuple[range, str]]:
    """Where countries are named, themselves or by their capitals, and which."""
    lowers = [word.lower for word in words]
    for at, word in enumerate(words):
        if word.written[:1].isupper() and (found := country_at(lowers, at, capitals=True)) is not None:
            yield range(at, at + found[1]), found[0]


def _begins_with_name(here: Sequence[Word], language: str) -> bool:
    """Whether the first word, which has a capital anyway, is likely a name: no plural, gerund or common noun."""
    first = here[0].lower
    if first.endswith("ing") and here[0].root in background().counts:  # "Meeting Armenia's minister"
        return False
    if len(here) > 1 and here[1].written[:1].isupper() and first not in background().function_words:
        return first not in table.OPENERS
    if language != "en":
        return False
    ordinary = first in background().function_words or first in table.OPENERS
    inflected = first.endswith(("s", "ing", "ly", "ed")) and here[0].root in background().counts
    return not ordinary and not inflected


def _initials(words: Sequence[Word]) -> set[str]:
    """Letters that runs of names are known by: "European Union" gives "eu"."""
    found: set[str] = set()
    for start, first in enumerate(words):
        if not first.written[:1].isupper():
            continue
        letters = ""
        for word in words[start : start + 8]:
            if word.lower in ("of", "the", "and", "for"):
                continue
            if not word.written[:1].isupper():
                break
            letters += word.lower[0]
            if len(letters) > 1:
                found.add(letters)
    return found
