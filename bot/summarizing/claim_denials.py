"""A "not" that the claim leaves out or adds, in English, by the clauses that speak of the same.

A clause of the source with a "not" denies what it says; a clause of the claim that says as much without any word that
may deny it turns it round. And the other way about.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from bot.summarizing import claim_words as table
from bot.summarizing.claim_items import items_in
from bot.summarizing.claim_negation import NOT, is_sign
from bot.summarizing.claim_tokens import Word, root_of
from bot.summarizing.claim_verbs import clauses_of, sentences_of
from bot.summarizing.families import opposites_of
from bot.summarizing.lexicon import background
from bot.summarizing.thesaurus import is_said, is_word, said_too

SAME = 2
"""Content words that a denied clause and a clause of the other text must have in common, and in no other place."""
_HARD = frozenset(["not", "no", "never", "neither", "nor", "nobody", "nothing", "none", "without", "cannot"])
_HARMLESS = table.MEASURES | {"longer", "matter", "doubt"}
"""Words behind a "not" with which it denies nothing."""


def denials(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Clauses of the claim `here` that affirm what the source `there` denies, or deny what it affirms."""
    mine, theirs = _told(here), _told(there)
    for number, clause in enumerate(mine):
        same = [other for other in theirs if said_too(clause.content, other.content) >= SAME]
        if not same:
            continue
        best = max(same, key=lambda other: said_too(clause.content, other.content))
        around = frozenset[str]().union(*(one.soft for one in mine[number : number + 2]))
        affirms = said_too(clause.content, best.denied) >= SAME and not around - best.content
        if affirms and not _elsewhere(clause, best.denied, theirs):
            yield "It leaves out that the source denies it."
            return
        near = (other for other in theirs if other.sentence == best.sentence or said_too(clause.content, other.content))
        if said_too(clause.denied, best.content) and not any(other.soft - clause.content for other in near):
            yield "It denies what the source does not."
            return


class _Clause:
    """Its content words, those of them that a "not" denies, and the words in it that may deny."""

    def __init__(self, words: Sequence[Word], sentence: int) -> None:
        self.content = frozenset(word.root for word in words if _is_content(word)) | _names(words)
        self.denied = _denied(words)
        self.soft = frozenset(word.root for at, word in enumerate(words) if _may_deny(words, at))
        self.sentence = sentence


def _names(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(item.key for item in items_in(words) if item.kind == "n")


def _told(words: Sequence[Word]) -> list[_Clause]:
    return [
        _Clause(clause, number)
        for number, sentence in enumerate(sentences_of(words))
        for clause in clauses_of(sentence)
    ]


def _denied(words: Sequence[Word]) -> frozenset[str]:
    """Content words behind a "not", and those before it where they suffer the verb: "the talks were not held"."""
    places = [at for at in range(len(words)) if is_hard(words, at)]
    if len(places) != 1 or any(word.lower in ("without", "unless", "except") for word in words):
        return frozenset()
    at = places[0]
    start = 0 if at and words[at - 1].lower in table.BE | {"has", "have", "had"} else at
    return frozenset(word.root for word in words[start:] if _is_content(word)) | _names(words[:at])


def _elsewhere(clause: _Clause, denied: frozenset[str], theirs: Sequence[_Clause]) -> bool:
    """Whether what the clause shares with the denied words stands undenied too, so that it may mean that."""
    others = frozenset[str]().union(*(other.content - other.denied for other in theirs))
    return sum(root not in others for root in clause.content if is_said(root, denied)) < SAME


def _is_content(word: Word) -> bool:
    plain = word.lower not in background().function_words and word.lower not in _HARD and word.lower not in table.DAYS
    return plain and word.written[:1].islower()


def is_hard(words: Sequence[Word], at: int) -> bool:
    """A "not" or "no" that denies, and is no measure."""
    word = words[at]
    if word.lower not in _HARD and NOT.search(word.lower) is None:
        return False
    return not (at + 1 < len(words) and words[at + 1].lower in _HARMLESS)


@cache
def _denying() -> frozenset[str]:
    """Roots of words that may deny: refusals, ends, and what is left out."""
    bases = "agree include continue attend start confirm success welcome accept"
    return frozenset[str]().union(*(opposites_of(root_of(base)) for base in bases.split()))


def _may_deny(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if is_sign(word, table.NEGATIONS | table.NEGATIVE | table.ENDING) or word.root in _denying():
        return True
    if word.lower in ("still", "remains", "remain", "yet") and words[at + 1 : at + 2] and words[at + 1].lower == "to":
        return True
    lower = word.lower
    return lower.startswith("non-") or (lower.startswith("un") and is_word(root_of(lower.removeprefix("un"))))
