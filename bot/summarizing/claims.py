"""What a sentence claims, held against the sentences that it rests on: the gate's own checks, beside `grounding`.

Lexical and deliberately strict: what is refused costs a wording, what is let through may be false. Numbers with their
units, days and months, quotations and names are compared in every language that has them in a comparable form;
polarity, direction, certainty, office and who did it to whom in English. It knows synonyms by `families` and
`thesaurus` only, so that a paraphrase should keep names, numbers and words of office as they are.
"""

import re
from collections.abc import Iterator, Sequence

from bot.summarizing import claim_words as table
from bot.summarizing.claim_amounts import amounts_in, lasts_as_long, number_problems
from bot.summarizing.claim_sense import sense_problems
from bot.summarizing.claim_tokens import STRAIGHT, Word, number_in, same_name, words_in
from bot.summarizing.families import families
from bot.summarizing.lexicon import background
from bot.summarizing.places import country_at, english
from bot.summarizing.thesaurus import is_kind_of, is_said, is_word, thesaurus
from bot.text.tokens import is_cjk
from bot.text.tokens import words as words_of

LEAST_SHARED, LEAST_SHARED_CJK = 0.3, 0.5
"""Share of a point's content words (pairs of characters) that its sentences must hold. Of 60 faithful paraphrases the
lowest has .38; two thirds in other words is another statement."""
TRAVELS = 6
"""Words before a "from" or "to" in which somebody or something moves, so that a capital behind it is a town."""
NEAR = 5
"""Letters by which two forms of a word are one."""
_QUOTED = re.compile(r'"([^"]{2,300})"|[「『]([^」』]{2,200})[」』]|(?<!\w)\'([^\']{3,200})\'(?!\w)')


def load_tables() -> None:
    """Read what the checks look things up in, which they else do at the first point."""
    thesaurus()
    families()
    background()
    english(capitals=True)


def problems_of(claim: str, source: str, language: str) -> list[str]:
    """What in `claim` the `source` does not say, as sentences; [] when nothing was found."""
    here, there = words_in(claim), words_in(source)
    problems = [*number_problems(here, there), *_days(here, there), *_quotations(claim, source)]
    if any(map(is_cjk, claim)):
        return problems + _shared(words_of(claim), words_of(source), LEAST_SHARED_CJK)
    problems += _names(here, there, language)
    if language == "en":
        problems += sense_problems(here, there)
        said = {word.root for word in there}
        content = [w.root for w in here if w.lower not in background().function_words and w.root.isalpha()]
        problems += [*_things(here, there), *_shared(content, said, LEAST_SHARED)]
    return problems


def _shared(content: Sequence[str], said: Sequence[str] | set[str], least: float) -> list[str]:
    known = set(said)
    near = {word[:4] for word in known if len(word) >= 4}
    held = sum((len(word) >= 4 and word[:4] in near) or is_said(word, known) for word in content)
    return [] if not content or held >= least * len(content) else ["Most of its words do not stand in the source."]


def _things(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Goods, vehicles, people by their trade that the source names by no word: "mayors" where it has "governors"."""
    known = {word.root for word in there} | {part for word in there for part in word.lower.split("-")}
    near = {word[:NEAR] for word in known if len(word) >= NEAR}
    for at, word in enumerate(here):
        lower = word.lower
        if (at and here[at - 1].lower in table.HELPERS) or lower in _VERBS:  # "may block" is no thing
            continue
        opens = at == 0 and is_word(word.root) and lower not in table.OPENERS
        opens = opens and not country_at([lower], 0, capitals=True)
        plain = (opens or word.written[:1].islower()) and lower.isalpha() and not lower.endswith(("ed", "ing"))
        plain = plain and lower not in background().function_words | table.PREPOSITIONS
        named = word.root in thesaurus().concrete and lower not in _TOLD_ELSEWHERE
        if not plain or not (named or lower in table.ARMED):
            continue
        if not _stands(word, known, near) and not any(is_kind_of(one, word.root) for one in known):
            yield f"The source speaks of no “{word.written}”."


_VERBS = table.LIGHT | table.PLAIN_VERBS | frozenset(table.IRREGULAR)
_TOLD_ELSEWHERE = (
    frozenset(table.OFFICES) | table.ACTORS | table.GENERAL | frozenset(table.NUMBERS) | frozenset(table.IRREGULAR)
)


def _stands(word: Word, known: set[str], near: set[str]) -> bool:
    """Whether the source has the word, a form of it or one of its kin."""
    return word.root[:NEAR] in near or is_said(word.root, known)


# --- days -----------------------------------------------------------------------------------------------


def _days(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    known = {word.lower for word in there}
    for word in here:
        named = word.written[:1].isupper() or word.lower in table.RELATIVE_DAYS
        if word.lower in table.DAYS and named and not known & table.DAYS[word.lower]:
            yield f"“{word.written}” does not stand in the source."
    yield from _calendar(here, there)
    pairs, months = _dated(there), {word.lower for word in there}
    for month, day in _dated(here):
        if month in months and (month, day) not in pairs:
            yield f"The source does not give the day {day} {month.strip('_').title()}."


def _calendar(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Another unit of time without a number: "next week" of a source that says "next month"."""
    mine = {table.UNITS.get(word.lower, word.lower): word.written for word in here if word.lower in table.SPANS}
    theirs = {table.UNITS.get(word.lower, word.lower) for word in there if word.lower in table.SPANS}
    other = theirs - mine.keys()
    known = {word.lower.removesuffix("ly").removesuffix("i") for word in there}
    for unit in mine.keys() - theirs:
        if other and unit not in known and not _same_length(here, there):
            yield f"The source does not speak of “{mine[unit]}”."
            return


def _same_length(here: Sequence[Word], there: Sequence[Word]) -> bool:
    """Whether a time of the claim is one of the source in another unit."""
    return any(lasts_as_long(one, other) for one in amounts_in(here) for other in amounts_in(there))


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
    if owns or places.start == 0:
        return True
    before = words[places.start - 1].lower
    if before in table.TOWARDS:  # "according to Amman", "recognition from Canberra", and no journey
        return not any(word.root in table.TRAVEL for word in words[max(0, places.start - TRAVELS) : places.start])
    return before not in table.WHERE


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
    if country_at([word.lower for word in here[:4]], 0, capitals=True):
        return True
    ordinary = first in background().function_words or first in table.OPENERS
    return not ordinary and not is_word(here[0].root)


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
