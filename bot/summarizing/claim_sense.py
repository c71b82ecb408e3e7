"""Sense rather than facts, in English: who did it to whom, whether it was denied, planned or done, and which office.

Words near each other stand in for grammar: what is too far or too free in order is let pass here.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.claim_tokens import Word, same_name
from bot.summarizing.lexicon import background

REACH = 5
"""Words before a verb in which a "not" or "may" belongs to it."""

_NOT = re.compile(r"n't$|^cannot$")


def sense_problems(here: Sequence[Word], there: Sequence[Word]) -> list[str]:
    """What the claim `here` says otherwise than its source `there`, as sentences."""
    return [
        *_polarity(here, there), *_direction(here, there), *_certainty(here, there),
        *_offices(here, there), *_roles(here, there), *_grave(here, there),
    ]  # fmt: skip


# --- polarity, direction, certainty -----------------------------------------------------------------------------------


def _under(words: Sequence[Word], at: int, signs: frozenset[str]) -> bool:
    """Whether a word of `signs` stands up to `REACH` words before, in the same stretch of the sentence."""
    for word in reversed(words[max(0, at - REACH) : at]):
        if word.lower in signs or word.root in signs or (signs is table.NEGATIONS and _NOT.search(word.lower)):
            return True
        if word.lower in table.BREAKS:
            return False
    return False


def _verbs(words: Sequence[Word]) -> dict[str, list[int]]:
    """Content words that are no names, by stem."""
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        if word.written[:1].islower() and word.lower not in background().function_words and word.root.isalpha():
            found.setdefault(word.root, []).append(at)
    return found


def _polarity(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    mine, theirs = _verbs(here), _verbs(there)
    for root, places in mine.items():
        if root not in theirs or root in table.NEGATIONS:
            continue
        sources = {_under(there, at, table.NEGATIONS) for at in theirs[root]}
        if len(sources) == 1 and all(_under(here, at, table.NEGATIONS) not in sources for at in places):
            yield f"The source {'denies' if sources == {True} else 'affirms'} “{here[places[0]].written}”."
            return
    if _denies(here) and not _denies(there):
        yield "It denies something that the source does not deny."


def _denies(words: Sequence[Word]) -> bool:
    return any(w.lower in table.NEGATIONS or w.root in table.NEGATIONS or _NOT.search(w.lower) for w in words)


def _sides(words: Sequence[Word], pair: tuple[frozenset[str], frozenset[str]]) -> set[int]:
    """Which sides of an opposition the words take; a "not" before turns one round."""
    found = set()
    for at, word in enumerate(words):
        for side in (0, 1):
            if word.lower in pair[side] or word.root in pair[side]:
                found.add(1 - side if _under(words, at, table.PLAIN_NOT) else side)
    return found


def _direction(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    for pair in table.OPPOSITES:
        mine, theirs = _sides(here, pair), _sides(there, pair)
        if mine and theirs and not mine & theirs:
            yield "It says the opposite of the source (" + "/".join(sorted(_named(here, pair))) + ")."


def _named(words: Sequence[Word], pair: tuple[frozenset[str], frozenset[str]]) -> set[str]:
    return {word.lower for word in words for side in pair if word.lower in side or word.root in side}


def _certainty(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """A deed made of a plan, a possibility or an allegation."""
    mine, theirs = _verbs(here), _verbs(there)
    for root, places in mine.items():
        if root not in theirs or not any(here[at].lower.endswith("ed") or _finished(here, at) for at in places):
            continue
        if all(_under(there, at, table.UNCERTAIN) for at in theirs[root]) and not any(
            _under(here, at, table.UNCERTAIN) for at in places
        ):
            yield f"The source does not say that “{here[places[0]].written}” has happened."
            return
    if not _any(here, table.HEDGES) and _any(there, table.ALLEGED) and not _any(here, table.ALLEGED | table.SAYING):
        yield "It gives as fact what the source gives as an allegation."


def _finished(words: Sequence[Word], at: int) -> bool:
    return any(word.lower in table.FINISHED for word in words[max(0, at - 2) : at])


def _any(words: Sequence[Word], signs: frozenset[str]) -> bool:
    return any(word.lower in signs or word.root in signs for word in words)


def _grave(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Events so grave that no other word stands for them: war, annexation, death, resignation."""
    for group in table.GRAVE:
        if _any(here, group) and not _any(there, group):
            word = next(word.written for word in here if word.lower in group or word.root in group)
            yield f"The source says nothing of “{word}”."


# --- offices and roles --------------------------------------------------------------------------------------------


class _Office(NamedTuple):
    head: str
    rank: frozenset[str]
    field: frozenset[str]
    name: str


def _offices(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    known = _offices_in(there)
    for office in _offices_in(here):
        same = [one for one in known if one.head == office.head]
        if not same:
            yield f"The source names no {office.head}."
            continue
        fitting = [one for one in same if one.rank == office.rank and office.field <= one.field]
        if not fitting:
            yield f"The source gives the office of {office.head} otherwise."
        elif office.name and all(one.name and one.name != office.name for one in fitting):
            yield f"The source names another {office.head}."


def _offices_in(words: Sequence[Word]) -> list[_Office]:
    """Offices with rank, portfolio, and the last name that stands beside them."""
    found = []
    for at, word in enumerate(words):
        head = table.OFFICES.get(word.lower)
        if head is None:
            continue
        before = [one.lower for one in words[max(0, at - 4) : at]]
        after = [one.lower for one in words[at + 1 : at + 5]]
        fields = {one for one in before if one in table.PORTFOLIOS}
        if after[:1] in (["of"], ["for"]):
            fields |= {one for one in after[1:] if one in table.PORTFOLIOS}
        rank = frozenset(one for one in before if one in table.RANKS)
        found.append(_Office(head, rank, frozenset(fields), _holder(words, at)))
    return found


def _holder(words: Sequence[Word], at: int) -> str:
    """The family name directly after an office: "minister Célestine Mbuyamba" gives "mbuyamba"."""
    name = ""
    for word in words[at + 1 : at + 5]:
        if not word.written[:1].isupper() or word.lower in table.OFFICES or word.lower in table.DAYS:
            break
        name = word.lower
    return name


def _roles(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Who did it to whom, turned round: the names before and after a verb that both texts share."""
    mine, theirs = _verbs(here), _verbs(there)
    for root, places in mine.items():
        for at in places:
            subject, target = _around(here, at)
            if not subject or not target or subject == target:
                continue
            pairs = [_around(there, place) for place in theirs.get(root, ())]
            turned = any(_alike(subject, t) and _alike(target, s) for s, t in pairs)
            if turned and not any(_alike(subject, s) and _alike(target, t) for s, t in pairs):
                yield f"Who and whom of “{here[at].written}” are turned round."
                return


def _alike(one: str, other: str) -> bool:
    return bool(other) and same_name(one, {other})


def _around(words: Sequence[Word], at: int) -> tuple[str, str]:
    """The nearest name before and after a verb; of a passive with "by", the other way round."""
    before = next((w.lower for w in reversed(words[max(0, at - 6) : at]) if _is_name(w)), "")
    behind = words[at + 1 : at + 8]
    after = next((w.lower for w in behind if _is_name(w)), "")
    passive = any(w.lower in table.BE for w in words[max(0, at - 2) : at]) and any(w.lower == "by" for w in behind[:4])
    return (after, before) if passive else (before, after)


def _is_name(word: Word) -> bool:
    return word.written[:1].isupper() and word.lower not in background().function_words | table.NOT_NAMES | set(
        table.DAYS
    )
