"""Where a "not", a "may" or a "never" belongs to a word: words near each other stand in for grammar. English."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.summarizing import claim_words as table
from bot.summarizing.claim_tokens import Word
from bot.summarizing.lexicon import background

REACH = 5
"""Words before a verb in which a "not" or "may" belongs to it."""
BEHIND, FAR_BEHIND = 4, 8
"""Words behind a verb in which a denial belongs to it: "was offered by neither side"."""
NOT = re.compile(r"n't$|^cannot$")
_NOTHING = frozenset({"nothing", "none", "nobody", "neither", "no"})


def under(words: Sequence[Word], at: int, signs: frozenset[str]) -> bool:
    """Whether a word of `signs` stands up to `REACH` words before, in the same stretch of the sentence."""
    return _sign(words, at, signs, closely=False)


def right_under(words: Sequence[Word], at: int, signs: frozenset[str]) -> bool:
    """As `under`, with nothing between but function words and verbs that say little: the sign surely means it."""
    return _sign(words, at, signs, closely=True)


def _sign(words: Sequence[Word], at: int, signs: frozenset[str], *, closely: bool) -> bool:
    for place in range(at - 1, max(-1, at - 1 - REACH), -1):
        if words[place + 1].parted:
            return False
        word = words[place]
        if word.lower == "no" and words[place + 1].lower in ("to", "longer"):  # "said no to the cap" denies no cap
            if words[place + 1].lower == "longer" and signs is table.NEGATIONS:
                return True
            continue
        if is_sign(word, signs):
            return True
        little = word.lower in background().function_words or word.lower in table.LIGHT or word.lower.endswith("ly")
        little = little or (word.lower.endswith("ing") and place > 0 and words[place - 1].lower == "without")
        if word.lower in table.BREAKS or (closely and not little):
            return False
    return False


def is_sign(word: Word, signs: frozenset[str]) -> bool:
    """Whether the word is one of `signs`, or a "n't" where they are denials."""
    return word.lower in signs or word.root in signs or ("not" in signs and NOT.search(word.lower) is not None)


def denied_behind(words: Sequence[Word], at: int, reach: int = BEHIND) -> bool:
    """As in "the charge was denied", "has delivered nothing", "was offered by neither side"."""
    behind = words[at + 1 : at + 1 + reach]
    stretch = next((place for place, word in enumerate(behind) if word.parted), len(behind))
    if stretch and (behind[0].lower in _NOTHING or behind[0].lower == "not"):
        return True
    if any(one.lower == "by" and two.lower in _NOTHING for one, two in pairwise(behind[:stretch])):
        return True
    passive = len(behind) > 1 and behind[0].lower in table.BE | {"has", "have", "had"}
    return passive and any(word.lower in table.NEGATIONS and word.lower.endswith("ed") for word in behind[1:3])
