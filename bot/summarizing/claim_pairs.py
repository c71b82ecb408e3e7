"""Which number is whose and of what, in English: the name before it, the noun behind it, the change that it tells."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bot.summarizing import claim_words as table
from bot.summarizing.claim_items import Item, items_in
from bot.summarizing.claim_tokens import Word
from bot.summarizing.lexicon import background
from bot.summarizing.thesaurus import kin_of

Pairing = Mapping[str, str]
"""For each number what it belongs to."""

YEAR = 4
WITHIN = 3
"""Words behind a number in which the noun stands that it counts."""


def pairings(words: Sequence[Word]) -> tuple[Pairing, ...]:
    """What the numbers of a text belong to, in each way of telling, the surest first."""
    return tuple(way(words) for way in (_changed, _named, _counted))


def pairing(mine: Sequence[Pairing], theirs: Sequence[Pairing], one: str, other: str) -> bool | None:
    """Whether two numbers keep what they belong to (True), exchange it (False), or nothing can be told (None)."""
    for here, there in zip(mine, theirs, strict=True):
        verdict = _compared(here, there, one, other)
        if verdict is not None:
            return verdict
    return None


def _compared(mine: Pairing, theirs: Pairing, one: str, other: str) -> bool | None:
    here, there = (mine.get(one), mine.get(other)), (theirs.get(one), theirs.get(other))
    years = all(len(key) == YEAR and key[:2] in ("19", "20") for key in (one, other))  # of years one may stand alone
    if here[0] == here[1] or (not years and (None in here or None in there)):
        return None
    if _alike(here, there):
        return True
    return False if _alike(here, there[::-1]) else None


def _alike(here: Sequence[str | None], there: Sequence[str | None]) -> bool:
    return all(a == b or (a is not None and b in kin_of(a)) for a, b in zip(here, there, strict=True))


def _named(words: Sequence[Word]) -> Pairing:
    """The name nearest before each number, where every number of a sentence has its own."""
    found: dict[str, str] = {}
    name: str | None = None
    end = 0
    for item in items_in(words):
        if any(word.full_stop for word in words[end : item.start + 1]):
            name = None
        end = item.end
        if item.kind == "n":
            name = item.key
        elif item.number and name is not None:
            if item.key in found:
                return {}
            found[item.key], name = name, None
    return found


def _counted(words: Sequence[Word]) -> Pairing:
    """The noun that each number counts, where it is no unit of measure."""
    found: dict[str, str] = {}
    for item in items_in(words):
        if item.number:
            noun = next(filter(None, (_noun(words, place) for place in _behind(words, item))), "")
            if noun:
                found[item.key] = noun
    return found


def _behind(words: Sequence[Word], item: Item) -> Iterator[int]:
    for place in range(item.end, min(len(words), item.end + WITHIN)):
        if words[place].parted:
            return
        yield place


def _noun(words: Sequence[Word], place: int) -> str:
    word = words[place]
    plural = word.lower.endswith("s") or word.lower in ("people", "men", "women", "children")
    if not plural or word.lower in background().function_words or word.lower in table.UNITS:
        return ""
    return word.root


def _changed(words: Sequence[Word]) -> Pairing:
    """What was and what is: "from 8 to 14", "14 instead of 8", "14, up from 8"."""
    found: dict[str, str] = {}
    numbers = [item for item in items_in(words) if item.number]
    for one, other in pairwise(numbers):
        between = words[one.end : other.start]
        said = {word.lower for word in between}
        if any(word.full_stop for word in (*between, words[other.start])):
            continue
        if "to" in said and one.start and words[one.start - 1].lower == "from":
            found |= {one.key: "was", other.key: "is"}
        elif said & table.INSTEAD or (between and between[-1].lower == "from" and said & {"up", "down"}):
            found |= {one.key: "is", other.key: "was"}
    return found
