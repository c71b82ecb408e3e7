"""Verbs of a claim and its source and the clauses that they stand in, in English.

Words near each other stand in for grammar: nothing here parses.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.claim_tokens import Word, number_in
from bot.summarizing.lexicon import background

SPAN = 14
"""Words to either side of a verb in which its clause ends at the latest."""
SUBJECT = 7
"""Words before "which" in which the name that it speaks of stands."""


def is_sentence(words: Sequence[Word]) -> bool:
    """Whether anything in it may be a verb; a row of nouns claims nothing that could be checked."""
    telling = (
        table.BE | table.HELPERS | table.MODALS | table.SPEECH | table.SAYING | table.UNCERTAIN | table.PLAIN_VERBS
    )
    telling -= {"to", "not", "they", "he", "she", "it", "we", "who", "which"}
    for at, word in enumerate(words):
        if word.lower in telling or (is_participle(word) and word.written[:1].islower()):
            return True
        before = words[at - 1] if at else None
        contracted = word.written.lower().endswith("'s") and word.lower in table.PRONOUNS
        if contracted or (before is not None and before.lower in table.PRONOUNS and word.lower.endswith("s")):
            return True
        if before is None or not word.written[:1].islower() or before.lower in background().function_words:
            continue
        if word.lower.endswith("s") and number_in(before.written) is None and at + 1 < len(words):
            return True
    return False


class Verb(NamedTuple):
    """A verb at `at`, in the clause from `start` to `end`. `converse`: its roles are those of the root turned round.
    `bare`: an infinitive or a participle behind another verb, whose subject stands elsewhere.
    """

    at: int
    start: int
    end: int
    root: str
    passive: bool
    converse: bool
    bare: bool


def verbs_in(words: Sequence[Word]) -> list[Verb]:
    """The verbs of a text with their clauses; words near each other stand in for grammar."""
    places = [at for at in range(len(words)) if is_verb(words, at)]
    found = []
    for number, at in enumerate(places):
        start = _clause_start(words, at)
        if number and places[number - 1] >= start:
            start = max(start, _subject_start(words, places[number - 1], at))
        end = _clause_end(words, at, places[number + 1] if number + 1 < len(places) else len(words))
        helped = any(word.lower in table.BE for word in words[max(start, at - 3) : at])
        by = at + 1 < len(words) and words[at + 1].lower == "by"
        passive = is_participle(words[at]) and (helped or by)
        root = table.CONVERSE.get(words[at].root)
        follows = number > 0 and places[number - 1] >= _clause_start(words, at) and start == places[number - 1] + 1
        bare = words[at - 1].lower == "to" or (follows and words[at - 1].lower not in table.HELPERS)
        found.append(Verb(at, start, end, root or words[at].root, passive, root is not None, bare))
    return found


def is_participle(word: Word) -> bool:
    """A form that is used with "was" and "has"."""
    return word.lower.endswith("ed") or word.lower in table.IRREGULAR


def is_verb(words: Sequence[Word], at: int) -> bool:
    """Whether the word is likely a finite verb or a participle in a verb's place."""
    word = words[at]
    if not word.written[:1].islower() or not word.root.isalpha() or word.lower in background().function_words:
        return False
    before = words[at - 1] if at else None
    if before is None or before.lower in table.DETERMINERS:
        return False
    if is_participle(word):
        return True
    if before.lower in table.HELPERS:
        return True
    if before.written[:1].isupper() and word.lower in table.MODALS | table.SPEECH:
        return True
    return word.lower.endswith("s") and before.written[:1].isupper() and not before.written.lower().endswith("s")


def _clause_start(words: Sequence[Word], at: int) -> int:
    place = at
    while place > 0 and at - place < SPAN:
        if words[place].full_stop or words[place - 1].lower in table.CLAUSES:
            break
        if words[place].parted and not is_listed(words, place):
            break
        place -= 1
    if place and words[place - 1].lower in table.RELATIVES:  # "Hungary, which sheltered": the name before acts
        place -= 1
        while place > 0 and words[place - 1].written[:1].isupper():
            place -= 1
    return place


def _subject_start(words: Sequence[Word], last: int, at: int) -> int:
    """Where the subject of a second verb begins: behind an "and", else behind the verb before."""
    for place in range(at - 1, last, -1):
        if words[place].lower in ("and", "but", "or") and not is_listed(words, place + 1):
            return place + 1
    return last + 1


def _clause_end(words: Sequence[Word], at: int, following: int) -> int:
    place = at + 1
    while place < len(words) and place - at < SPAN:
        if words[place].full_stop or words[place].lower in table.CLAUSES or place == following:
            break
        if words[place].parted and not is_listed(words, place):
            break
        place += 1
    return place


def is_listed(words: Sequence[Word], place: int) -> bool:
    """Whether a comma before `place` only parts names of a list."""
    if place >= len(words) or place < 1:
        return False
    before, after = words[place - 1], words[place]
    return before.written[:1].isupper() and (after.written[:1].isupper() or after.lower == "and")


# --- words and stretches ---------------------------------------------------------------------------------------------


def content_places(words: Sequence[Word]) -> dict[str, list[int]]:
    """Content words that are no names, by stem."""
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        if word.written[:1].islower() and word.lower not in background().function_words and word.root.isalpha():
            found.setdefault(word.root, []).append(at)
    return found


def is_deed(words: Sequence[Word], at: int) -> bool:
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
    if before.lower in table.PRONOUNS:
        return True
    return before.lower in table.UNCERTAIN | table.NEGATIONS or (word.lower.endswith("s") and names_somebody(before))


def content_of(words: Sequence[Word]) -> set[str]:
    """The roots of its content words."""
    return {word.root for word in words if word.lower not in background().function_words}


def names_somebody(word: Word) -> bool:
    """Whether it is a name or an actor without one."""
    if word.lower in table.ACTORS:
        return True
    return word.written[:1].isupper() and word.lower not in background().function_words | table.NOT_NAMES | set(
        table.DAYS
    )


def clauses_of(words: Sequence[Word]) -> list[Sequence[Word]]:
    """Stretches between marks and words that begin a clause."""
    cuts = [
        at
        for at, word in enumerate(words)
        if at and ((word.parted and not is_listed(words, at)) or word.lower in table.CLAUSES)
    ]
    return [words[start:end] for start, end in pairwise([0, *cuts, len(words)])]


def sentences_of(words: Sequence[Word]) -> list[Sequence[Word]]:
    """Stretches between full stops."""
    cuts = [at for at, word in enumerate(words) if at and word.full_stop]
    return [words[start:end] for start, end in pairwise([0, *cuts, len(words)])]
