"""Sense rather than facts, in English: whether it was denied, planned or done, and which office.

Words near each other stand in for grammar: what is too far or too free in order is let pass here.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.claim_aligned import in_its_words
from bot.summarizing.claim_belongings import belongings
from bot.summarizing.claim_denials import denials
from bot.summarizing.claim_doers import turned
from bot.summarizing.claim_negation import REACH, denied_behind, is_sign, right_under, under
from bot.summarizing.claim_plans import plans
from bot.summarizing.claim_roles import exchanged, moved
from bot.summarizing.claim_speakers import speakers
from bot.summarizing.claim_tokens import Word, root_of
from bot.summarizing.claim_turns import bounds, direction, order, shares
from bot.summarizing.claim_verbs import (
    clauses_of,
    content_of,
    content_places,
    is_deed,
    is_sentence,
    sentences_of,
)
from bot.summarizing.families import mates_of
from bot.summarizing.lexicon import background
from bot.summarizing.thesaurus import is_said, is_word, kin_of


def sense_problems(here: Sequence[Word], there: Sequence[Word]) -> list[str]:
    """What the claim `here` says otherwise than its source `there`, as sentences."""
    if not is_sentence(here):
        return ["It is no sentence: nothing in it is a verb."]
    checks = (
        _polarity, direction, order, bounds, shares, plans, denials, _certainty, _foretold, _granted, _conditions,
        _offices, exchanged, moved, turned, _grave, belongings, speakers,
    )  # fmt: skip
    problems = [problem for check in checks for problem in check(here, there)]
    if problems:
        return problems
    aligned = in_its_words(here, there)
    return [problem for check in (exchanged, turned, belongings) for problem in check(aligned, there)]


# --- polarity, direction, certainty -----------------------------------------------------------------------------------


def _polarity(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Flagged where one text surely denies a word and the other surely does not."""
    no = table.NEGATIONS
    mine, theirs = content_places(here), content_places(there)
    for root, places in mine.items():
        if root not in theirs or root in no:
            continue
        denied_here = all(right_under(here, at, no) or denied_behind(here, at) for at in places)
        denied_there = all(right_under(there, at, no) or denied_behind(there, at) for at in theirs[root])
        free_here = not any(under(here, at, _SOFT) or denied_behind(here, at, 2 * REACH) for at in places)
        free_there = not any(under(there, at, _SOFT) or denied_behind(there, at, 2 * REACH) for at in theirs[root])
        if (denied_here and free_there) or (denied_there and free_here):
            yield f"The source {'denies' if denied_there else 'affirms'} “{here[places[0]].written}”."
            return
    denied = [at for at, word in enumerate(here) if is_sign(word, no) and not _is_bound(here, at)]
    if denied and not _denies(there, narrow=any(_is_double(here, at) for at in denied)):
        yield "It denies something that the source does not deny."


_SOFT = table.NEGATIONS | table.NEGATIVE | table.ENDING
"""What may deny: where such a word stands before, it is not sure that a text affirms."""


def _is_double(words: Sequence[Word], at: int) -> bool:
    """Whether what is denied is itself an end or a refusal: "will not stop" says the opposite of "will stop"."""
    following = next((word for word in words[at + 1 : at + 3] if word.lower not in background().function_words), None)
    return following is not None and bool({following.lower, following.root} & (table.ENDING | table.NEGATIVE))


def _is_bound(words: Sequence[Word], at: int) -> bool:
    """As in "no more than", "not only": a measure, which denies nothing."""
    return at + 1 < len(words) and words[at + 1].lower in table.MEASURES


def _denies(words: Sequence[Word], *, narrow: bool) -> bool:
    """Whether a text denies anything; not `narrow`: an end or a rejection counts too."""
    no = table.NEGATIONS if narrow else table.NEGATIONS | table.NEGATIVE | table.ENDING
    return any(is_sign(word, no) or _is_negative(word.lower) for word in words)


def _is_negative(lower: str) -> bool:
    """A word made with "un": "undecided", not "under"."""
    return lower.startswith("un") and is_word(root_of(lower.removeprefix("un")))


def _certainty(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """A deed made of a plan or a possibility; a fact made of an allegation."""
    mine, theirs = content_places(here), content_places(there)
    for root, places in mine.items():
        done = [at for at in places if is_deed(here, at) and _is_past(here, at)]
        if root not in theirs or not done or any(_hedged(here, at) for at in places):
            continue
        if all(_is_hoped(there, at) for at in theirs[root]):
            yield f"The source does not say that “{here[done[0]].written}” has happened."
            return
    if _any(here, table.HEDGES | table.ALLEGED | table.SAYING):
        return
    alleged = [at for at, word in enumerate(there) if word.lower in table.ALLEGED]
    doubtful = {place for at in alleged for place in range(at + 1, at + 2 + REACH)}
    if any(root in theirs and doubtful.issuperset(theirs[root]) for root in mine):
        yield "It gives as fact what the source gives as an allegation."


def _is_hoped(words: Sequence[Word], at: int) -> bool:
    if at and words[at - 1].lower in ("have", "been"):  # "said to have been shelled"
        return False
    return right_under(words, at, table.UNCERTAIN) or _planned(words, at)


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
    told = [(content_of(clause), clause) for clause in clauses_of(there)]
    roots = {word.root for word in there}
    for clause in clauses_of(here):
        done = [word for at, word in enumerate(clause) if _is_done(clause, at)]
        content = content_of(clause)
        if not done or _any(clause, table.UNCERTAIN - {"to", "set"} | table.MODALS):
            continue
        related = [words for known, words in told if len(content & known) >= (2 if len(content) > FEW else 1)]
        if not related or not all(_is_to_come(words) for words in related):
            continue
        if not any(_is_known_deed(word, roots) for word in done):
            yield f"The source does not say that “{done[0].written}” has happened."
            return


def _is_known_deed(word: Word, roots: set[str]) -> bool:
    """Whether the source has the deed in some form, or it is one of speech."""
    speech = (
        word.root in table.SPEECH or word.lower in table.SPEECH or word.root in mates_of("propos") | mates_of("say")
    )
    return speech or is_said(word.root, roots)


def _granted(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """A thing given or made of which the source says that it is promised, offered or asked for."""
    hoped = {root for at, word in enumerate(there) if word.lower in table.HOPED for root in _object(there, at)}
    for at, word in enumerate(here):
        light = word.lower in _GOT or (word.lower in table.LIGHT and word.lower in table.IRREGULAR)
        if (
            light
            and not _any(here[at : at + REACH], table.HOPED)
            and not under(here, at, table.UNCERTAIN)
            and len(_object(here, at) & hoped) >= GRANTED
        ):
            yield f"The source does not say that “{word.written}” has happened."
            return


_GOT = frozenset({"received", "obtained", "secured", "won"})
GRANTED = 2
"""Words of a thing that must be the same: a single noun is too often another."""
FEW = 3
"""Words of a clause of which one in common with the source is enough to compare them."""


def _object(words: Sequence[Word], at: int) -> set[str]:
    """Content words right behind a verb, up to a mark."""
    behind = words[at + 1 : at + 1 + REACH]
    stretch = next((place for place, word in enumerate(behind) if word.parted), len(behind))
    return content_of(behind[:stretch])


def _is_done(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.lower in table.SAYING | {"based"} or not word.written[:1].islower():
        return False
    state = at > 0 and words[at - 1].lower in ("is", "are")  # "is priced at" tells of no deed
    return is_deed(words, at) and _is_past(words, at) and not state


def _is_to_come(words: Sequence[Word]) -> bool:
    """Whether a clause tells of what is planned, possible or asked for."""
    before_to = table.BE | table.UNCERTAIN
    to_be = any(one.lower in before_to and two.lower == "to" for one, two in pairwise(words))
    return to_be or any(word.lower in table.MODALS for word in words)


def _planned(words: Sequence[Word], at: int) -> bool:
    """As in “a vote on the treaty is planned”: the noun of the deed, and a plan behind it."""
    behind = words[at + 1 : at + 2 + 2 * REACH]
    planned = any(word.lower in table.PLANNED for word in behind) or any(
        w.lower in ("will", "would") for w in behind[:2]
    )
    return not is_deed(words, at) and planned


def _is_past(words: Sequence[Word], at: int) -> bool:
    lower = words[at].lower
    perfect = at > 0 and words[at - 1].lower in ("has", "have", "had", "been")
    return lower.endswith("ed") or lower in table.IRREGULAR or perfect


def _any(words: Sequence[Word], signs: frozenset[str]) -> bool:
    return any(word.lower in signs or word.root in signs or signs & _parts(word) for word in words)


def _conditions(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """What the source says will be if something else is, told as what will be."""
    if _any(here, table.CONDITIONAL | table.HEDGES - {"will", "can", "due", "set"}):
        return
    for sentence in sentences_of(there):
        lowers = [word.lower for word in sentence]
        if "if" in lowers and "as" not in lowers[max(0, lowers.index("if") - 1) : lowers.index("if")]:
            at = lowers.index("if")
            told = content_of(sentence) - content_of(sentence[at : at + 1 + REACH])
            others = [content_of(one) for one in sentences_of(there) if one is not sentence]
            mine = content_of(here)
            if len(mine & told) > max((len(mine & one) for one in others), default=1) and _any(here, table.TO_COME):
                yield "The source says so only for a case that may not come."
                return


def _parts(word: Word) -> set[str]:
    """The two of "south-west"."""
    return set(word.lower.split("-")) if "-" in word.lower else set()


def _grave(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Events so grave that no other word stands for them: war, annexation, death, resignation."""
    for group in table.GRAVE:
        told = [word for word in here if word.lower in group or word.root in group or group & _parts(word)]
        if told and not _any(there, group.union(*(kin_of(word.root) for word in told))):
            yield f"The source says nothing of “{told[0].written}”."


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
            if office.rank or office.field or office.name or not _names_people(there):
                yield f"The source names no {office.head}."
            continue
        field = frozenset() if office.head == "spokesman" else office.field
        fitting = [one for one in same if one.rank == office.rank and field <= one.field]
        if not fitting:
            yield f"The source gives the office of {office.head} otherwise."
        elif office.name and all(one.name and one.name != office.name for one in fitting):
            yield f"The source names another {office.head}."


def _names_people(words: Sequence[Word]) -> bool:
    """Whether somebody is spoken of without an office, who may hold one."""
    return any(word.lower in table.GENERAL or word.lower in ("he", "she", "his", "her", "decision") for word in words)


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
        holder = "" if word.lower.endswith("s") else _holder(words, at)  # "ministers A and B"
        found.append(_Office(head, rank, frozenset(fields), holder))
    return found


def _holder(words: Sequence[Word], at: int) -> str:
    """The family name directly after an office: "minister Célestine Mbuyamba" gives "mbuyamba"."""
    name = ""
    for place, word in enumerate(words[at + 1 : at + 5]):
        if (word.parted and place) or word.full_stop:
            break
        if not word.written[:1].isupper() or word.lower in table.OFFICES or word.lower in table.DAYS:
            break
        name = word.lower
    return name
