"""The claim in its source's own words, as far as families know them: then what a name does can be compared. English."""

from collections.abc import Sequence
from functools import cache

from bot.summarizing import claim_words as table
from bot.summarizing.claim_tokens import Word
from bot.summarizing.families import mates_of
from bot.summarizing.lexicon import background


@cache
def _saying() -> frozenset[str]:
    """Roots of words of saying: two speakers both say something, which tells nothing of who said what."""
    return frozenset[str]().union(*(mates_of(root) | {root} for root in ("say", "accus", "propos")))


def in_its_words(here: Sequence[Word], there: Sequence[Word]) -> list[Word]:
    """`here`, with the root of each new word replaced by that of its mate that only the source has.

    A word with several such mates is left as it is: which of them it stands for is not told.
    """
    theirs = {word.root for word in there if _is_plain(word)}
    open_roots = theirs - {word.root for word in here} - _saying()
    return [_in_its_words(word, theirs, open_roots) for word in here]


def _in_its_words(word: Word, theirs: set[str], open_roots: set[str]) -> Word:
    if not _is_plain(word) or word.root in theirs | _saying() | table.MUTUAL:
        return word
    mates = mates_of(word.root) & open_roots
    return word._replace(root=min(mates)) if len(mates) == 1 else word


def _is_plain(word: Word) -> bool:
    plain = word.written[:1].islower() and word.root.isalpha() and word.lower not in background().function_words
    return plain and word.lower not in table.PREPOSITIONS
