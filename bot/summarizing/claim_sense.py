"""Sense rather than facts, in English: who did it to whom, whether it was denied, planned or done, and which office.

Words near each other stand in for grammar: what is too far or too free in order is let pass here.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.claim_roles import exchanged, is_sentence, moved
from bot.summarizing.claim_tokens import Word, same_name
from bot.summarizing.lexicon import background

NEAR = 5
REACH = 5
"""Words before a verb in which a "not" or "may" belongs to it."""

_NOT = re.compile(r"n't$|^cannot$")


def sense_problems(here: Sequence[Word], there: Sequence[Word]) -> list[str]:
    """What the claim `here` says otherwise than its source `there`, as sentences."""
    if not is_sentence(here):
        return ["It is no sentence: nothing in it is a verb."]
    return [
        *_polarity(here, there), *_direction(here, there), *_certainty(here, there), *_foretold(here, there),
        *_offices(here, there), *exchanged(here, there), *moved(here, there), *_roles(here, there), *_ways(here, there),
        *_grave(here, there),
    ]  # fmt: skip


# --- polarity, direction, certainty -----------------------------------------------------------------------------------


def _under(words: Sequence[Word], at: int, signs: frozenset[str]) -> bool:
    """Whether a word of `signs` stands up to `REACH` words before, in the same stretch of the sentence."""
    return _sign(words, at, signs, closely=False)


def _right_under(words: Sequence[Word], at: int, signs: frozenset[str]) -> bool:
    """As `_under`, with nothing between but function words and verbs that say little: the sign surely means it."""
    return _sign(words, at, signs, closely=True)


def _sign(words: Sequence[Word], at: int, signs: frozenset[str], *, closely: bool) -> bool:
    for place in range(at - 1, max(-1, at - 1 - REACH), -1):
        if words[place + 1].parted:
            return False
        word = words[place]
        if word.lower == "no" and words[place + 1].lower == "to":  # "said no to the cap" denies no cap
            continue
        if word.lower in signs or word.root in signs or (signs is table.NEGATIONS and _NOT.search(word.lower)):
            return True
        little = word.lower in background().function_words or word.lower in table.LIGHT or word.lower.endswith("ly")
        little = little or (word.lower.endswith("ing") and place > 0 and words[place - 1].lower == "without")
        if word.lower in table.BREAKS or (closely and not little):
            return False
    return False


def _verbs(words: Sequence[Word]) -> dict[str, list[int]]:
    """Content words that are no names, by stem."""
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        if word.written[:1].islower() and word.lower not in background().function_words and word.root.isalpha():
            found.setdefault(word.root, []).append(at)
    return found


def _is_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a content word is likely a verb here: a past or running form, or one after "to", "will", a name."""
    word, before = words[at], words[at - 1] if at else None
    if before is not None and before.lower in table.DETERMINERS:
        return False
    if word.lower.endswith(("ed", "ing")) or word.lower in table.IRREGULAR:
        return True
    if before is not None and before.lower in ("has", "have", "had", "been"):
        return True
    if before is None:
        return False
    return before.lower in table.UNCERTAIN | table.NEGATIONS or (word.lower.endswith("s") and _is_name(before))


def _polarity(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Flagged where one text surely denies a word and the other surely does not."""
    no = table.NEGATIONS
    mine, theirs = _verbs(here), _verbs(there)
    for root, places in mine.items():
        if root not in theirs or root in no:
            continue
        denied_here = all(_right_under(here, at, no) or _denied_behind(here, at) for at in places)
        denied_there = all(_right_under(there, at, no) or _denied_behind(there, at) for at in theirs[root])
        free_here = not any(_under(here, at, no) or _denied_behind(here, at) for at in places)
        free_there = not any(_under(there, at, no) or _denied_behind(there, at) for at in theirs[root])
        if (denied_here and free_there) or (denied_there and free_here):
            yield f"The source {'denies' if denied_there else 'affirms'} “{here[places[0]].written}”."
            return
    denied = [at for at, word in enumerate(here) if word.lower in no or word.root in no or _NOT.search(word.lower)]
    if denied and not _denies(there, narrow=any(_is_double(here, at) for at in denied)):
        yield "It denies something that the source does not deny."


def _denied_behind(words: Sequence[Word], at: int) -> bool:
    """As in "the charge was denied"."""
    behind = words[at + 1 : at + 4]
    return (
        len(behind) > 1
        and behind[0].lower in table.BE | {"has", "have", "had"}
        and any(word.lower in table.NEGATIONS and word.lower.endswith("ed") for word in behind[1:])
    )


def _is_double(words: Sequence[Word], at: int) -> bool:
    """Whether what is denied is itself an end or a refusal: "will not stop" says the opposite of "will stop"."""
    following = next((word for word in words[at + 1 : at + 3] if word.lower not in background().function_words), None)
    return following is not None and bool({following.lower, following.root} & (table.ENDING | table.NEGATIVE))


def _denies(words: Sequence[Word], *, narrow: bool) -> bool:
    """Whether a text denies anything; not `narrow`: an end or a rejection counts too."""
    no = table.NEGATIONS if narrow else table.NEGATIONS | table.NEGATIVE | table.ENDING
    return any(w.lower in no or w.root in no or _NOT.search(w.lower) for w in words)


Pair = tuple[frozenset[str], frozenset[str]]


def _sides(words: Sequence[Word], pair: Pair) -> list[tuple[int, int]]:
    """Where the words take a side of an opposition, and which; a "not" before turns it round."""
    return [
        (at, 1 - side if _under(words, at, table.NEGATIONS) else side)
        for at, word in enumerate(words)
        for side in (0, 1)
        if word.lower in pair[side] or word.root in pair[side]
    ]


def _direction(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Opposite words about the same thing: the place of the source that a claim's word is nearest to says the other."""
    for pair in table.OPPOSITES:
        mine, theirs = _sides(here, pair), _sides(there, pair)
        if not mine or not theirs or (_is_converse(pair) and len(_names_of(here)) > 1):
            continue
        for at, side in mine:
            near = _near(here, at)
            fits = {0: 0, 1: 0}
            for place, other in theirs:
                fits[other] = max(fits[other], len(near & _near(there, place)))
            said = any(other == side for _, other in theirs)
            if fits[1 - side] > fits[side] + said:
                yield f"It says “{here[at].written}”, the opposite of the source."
                return


def _is_converse(pair: Pair) -> bool:
    """Buying and selling: opposite words, but with the roles turned round they say the same."""
    return bool(pair[0] & {"buy", "export"} and pair[1] & {"sell", "import"})


def _names_of(words: Sequence[Word]) -> set[str]:
    return {word.lower for word in words if _is_name(word)}


def _near(words: Sequence[Word], at: int) -> set[str]:
    around = (*words[max(0, at - NEAR) : at], *words[at + 1 : at + 1 + NEAR])
    return {word.root for word in around if word.lower not in background().function_words}


def _certainty(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """A deed made of a plan or a possibility; a fact made of an allegation."""
    mine, theirs = _verbs(here), _verbs(there)
    for root, places in mine.items():
        done = [at for at in places if _is_verb(here, at) and _is_past(here, at)]
        if root not in theirs or not done or any(_hedged(here, at) for at in places):
            continue
        if all(_right_under(there, at, table.UNCERTAIN) or _planned(there, at) for at in theirs[root]):
            yield f"The source does not say that “{here[done[0]].written}” has happened."
            return
    if _any(here, table.HEDGES | table.ALLEGED | table.SAYING):
        return
    alleged = [at for at, word in enumerate(there) if word.lower in table.ALLEGED]
    doubtful = {place for at in alleged for place in range(at + 1, at + 2 + REACH)}
    if any(root in theirs and doubtful.issuperset(theirs[root]) for root in mine):
        yield "It gives as fact what the source gives as an allegation."


def _hedged(words: Sequence[Word], at: int) -> bool:
    """Whether a word of uncertainty stands before, however far, in the same clause."""
    for place in range(at - 1, max(-1, at - 1 - 3 * REACH), -1):
        if words[place + 1].parted or words[place].lower in table.BREAKS:
            return False
        if words[place].lower in table.UNCERTAIN or words[place].root in table.UNCERTAIN:
            return True
    return False


def _foretold(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """A deed in new words, of which the nearest clause of the source says that it is to come."""
    told = [(_content(clause), clause) for clause in _clauses(there)]
    roots = {word.root for word in there}
    for clause in _clauses(here):
        done = [word for at, word in enumerate(clause) if _is_done(clause, at)]
        content = _content(clause)
        if not done or _any(clause, table.UNCERTAIN - {"to", "set"} | table.MODALS):
            continue
        related = [words for known, words in told if len(content & known) >= min(2, len(content))]
        if not related or not all(_is_to_come(words) for words in related):
            continue
        if not any(word.root in roots or word.root in table.SPEECH or word.lower in table.SPEECH for word in done):
            yield f"The source does not say that “{done[0].written}” has happened."
            return


def _is_done(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.lower in table.SAYING or not word.written[:1].islower():
        return False
    return _is_verb(words, at) and _is_past(words, at)


def _is_to_come(words: Sequence[Word]) -> bool:
    """Whether a clause tells of what is planned, possible or asked for."""
    before_to = table.BE | table.UNCERTAIN
    to_be = any(one.lower in before_to and two.lower == "to" for one, two in pairwise(words))
    return to_be or any(word.lower in table.MODALS for word in words)


def _clauses(words: Sequence[Word]) -> list[Sequence[Word]]:
    """Stretches between marks and words that begin a clause."""
    cuts = [at for at, word in enumerate(words) if at and (word.parted or word.lower in table.CLAUSES)]
    return [words[start:end] for start, end in pairwise([0, *cuts, len(words)])]


def _content(words: Sequence[Word]) -> set[str]:
    return {word.root for word in words if word.lower not in background().function_words}


def _planned(words: Sequence[Word], at: int) -> bool:
    """As in “a vote on the treaty is planned”: the noun of the deed, and a plan behind it."""
    behind = words[at + 1 : at + 2 + 2 * REACH]
    return not _is_verb(words, at) and any(word.lower in table.PLANNED for word in behind)


def _is_past(words: Sequence[Word], at: int) -> bool:
    lower = words[at].lower
    perfect = at > 0 and words[at - 1].lower in ("has", "have", "had", "been")
    return lower.endswith("ed") or lower in table.IRREGULAR or perfect


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
        same = [one for one in known if one.head == office.head or (one.head, office.head) == ("minister", "ministry")]
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
        for at in (at for at in places if _is_verb(here, at)):
            subject, target = _around(here, at)
            if not subject or not target or subject == target:
                continue
            pairs = [_around(there, place) for place in theirs.get(root, ()) if _is_verb(there, place)]
            turned = any(_alike(subject, t) and _alike(target, s) for s, t in pairs)
            if turned and not any(_alike(subject, s) and _alike(target, t) for s, t in pairs):
                yield f"Who and whom of “{here[at].written}” are turned round."
                return


def _ways(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """From where to where: "exports to Japan" made of "exports from Japan"."""
    mine, theirs = _ends(here), _ends(there)
    for way, name in mine:
        other = "from" if way == "to" else "to"
        known = {one for one, where in theirs if _alike(name, where)}
        if other in known and way not in known:
            yield f"The source says “{other} {name.title()}”."
            return


def _ends(words: Sequence[Word]) -> set[tuple[str, str]]:
    return {(one.lower, two.lower) for one, two in pairwise(words) if one.lower in ("to", "from") and _is_name(two)}


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
    if word.lower in table.ACTORS:
        return True
    return word.written[:1].isupper() and word.lower not in background().function_words | table.NOT_NAMES | set(
        table.DAYS
    )
