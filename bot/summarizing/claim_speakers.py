"""Who says it, in English: a claim names no other speaker than its source."""

from collections.abc import Iterator, Sequence
from functools import cache

from bot.summarizing import claim_words as table
from bot.summarizing.claim_items import acronyms, items_in
from bot.summarizing.claim_tokens import Word
from bot.summarizing.families import mates_of
from bot.summarizing.lexicon import background
from bot.summarizing.thesaurus import kin_of

REACH = 12
"""Words to either side of "said" in which its speaker is named."""
SAID = frozenset(
    """said says say warned warns stated states announced argued argues added adds repeated noted claimed
    claims insisted insists explained remarked complained reported reports told tells
    believes estimates estimated""".split()  # noqa: SIM905
)
_SPEAKING = (
    SAID | table.SPEECH | table.SAYING | {"promised", "pledged", "offered", "welcomed", "praised", "blamed", "called"}
)
_ANYONE = frozenset(
    """he she it they who which that official officials source sources authorities government report reports statement
    people spokesman spokeswoman spokesperson i we""".split()  # noqa: SIM905
)
"""Speakers who may be anybody, or are named elsewhere."""


@cache
def _roots() -> frozenset[str]:
    """Roots of all words by which somebody may be said to have said something."""
    bases = ("say", "ask", "warn", "accus", "promis", "estimat", "propos")
    return frozenset[str]().union(*(mates_of(root) for root in bases))


def speakers(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """A speaker of the claim who says nothing in the source, where others do."""
    short = acronyms(here) | acronyms(there)
    known = {one for said in _speakers(there, _SPEAKING, short, _roots()) for one in said}
    if not known:
        return
    present = {word.root for word in there} | table.ACTORS | frozenset(table.OFFICES)
    for said in _speakers(here, SAID, short):
        named = bool(said & present) or any(one in keys_of(there, short) for one in said)
        if named and not said & (known | _ANYONE) and not any(kin_of(one) & known for one in said):
            yield "The source names another speaker."
            return


def _speakers(
    words: Sequence[Word], verbs: frozenset[str], short: frozenset[str], more: frozenset[str] = frozenset()
) -> Iterator[frozenset[str]]:
    """For each word of saying the roots and keys of the words that name who says it."""
    keys = {place: item.key for item in items_in(words, short) for place in range(item.start, item.end)}
    for at, word in enumerate(words):
        if (word.lower == "according" and at + 1 < len(words) and words[at + 1].lower == "to") or (
            word.lower == "words" and at + 1 < len(words) and words[at + 1].lower == "of"
        ):
            yield _named(words, keys, _behind(words, at + 2))
        elif (
            word.lower in ("account", "view", "opinion") and at and words[at - 1].written.lower().endswith(("'s", "s'"))
        ):
            yield _named(words, keys, range(max(0, at - 3), at))
        elif word.lower in verbs and at and words[at - 1].lower in table.BE:  # "were told by the bank"
            by = next((place for place in range(at + 1, min(len(words), at + 4)) if words[place].lower == "by"), None)
            yield _named(words, keys, _behind(words, by + 1)) if by is not None else frozenset()
        elif (word.lower in verbs or word.root in more) and not (at and words[at - 1].lower in table.DETERMINERS):
            spoken = list(_before(words, at))
            turned = word.parted or not spoken
            behind = list(_behind(words, at + 1)) if turned else []
            further = list(_before(words, spoken[-1] if spoken else at - 1)) if word.parted else []
            yield _named(words, keys, [*spoken, *behind, *further])


def keys_of(words: Sequence[Word], short: frozenset[str]) -> frozenset[str]:
    """The names of a text, by key."""
    return frozenset(item.key for item in items_in(words, short))


def _before(words: Sequence[Word], at: int) -> Iterator[int]:
    """Places before a verb up to a mark or the beginning of its clause; across a mark right before it."""
    for place in range(at - 1, max(-1, at - 1 - REACH), -1):
        if words[place].lower in table.CLAUSES | {"and", "but"} and place < at - 1:
            return
        yield place
        if words[place].parted:
            return


def _behind(words: Sequence[Word], start: int) -> Iterator[int]:
    """Places behind a verb up to a mark or "that"; across the comma of "said the minister, Ada Bel"."""
    commas = 0
    for place in range(start, min(len(words), start + REACH)):
        word = words[place]
        commas += word.parted
        if word.full_stop or commas > 1 or word.lower in table.CLAUSES:
            return
        yield place


def _named(
    words: Sequence[Word], keys: dict[int, str], places: Sequence[int] | range | Iterator[int]
) -> frozenset[str]:
    found: set[str] = set()
    for place in places:
        word = words[place]
        if place in keys:
            found.add(keys[place])
        if word.lower not in background().function_words or word.lower in _ANYONE:
            found |= {word.root, word.lower}
    return frozenset(found)
