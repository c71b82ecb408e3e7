"""Whose a thing is, in English: names beside nouns.

"Trucks from Burundi", "Burundi's trucks" and "Burundian trucks" say the same; "Rwanda's trucks" does not. Only a noun
that the source gives to somebody is compared, and never one that two have together ("border", "talks").
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.summarizing import claim_words as table
from bot.summarizing.claim_items import Item, acronyms, items_in
from bot.summarizing.claim_tokens import Word, number_in
from bot.summarizing.lexicon import background

WITHIN = 3
"""Words between a name and the noun that it describes: "Japan's 206 idle longliners"."""
LIST_GLUE = 2
"""Words between two names of a list: "and the"."""
_ADJECTIVE = (
    "ian",
    "ean",
    "ese",
    "ish",
    "nch",
    "tch",
    "iss",
    "eek",
    "ic",
    "iet",
    "eli",
    "aqi",
    "udi",
    "ani",
    "eni",
    "ari",
)
_STATES = frozenset(
    ["japan", "iran", "sudan", "oman", "jordan", "bhutan", "azerbaijan", "taiwan", "vatican", "turkmenistan"]
)
_SHARED = frozenset(
    """border talk deal agreement accord treaty pact disput war relation frontier meet summit conflict truc ceasefir
    side part end time day week month year visit call leader people way rul cas name number""".split()  # noqa: SIM905
)
"""Roots of nouns that two have together, or that say little."""


def belongings(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """A noun that the claim gives to one name of the source and the source to others only."""
    short = acronyms(here) | acronyms(there)
    theirs = owners(there, short)
    present = {item.key for item in items_in(there, short)}
    for noun, names in owners(here, short).items():
        known = theirs.get(noun, set())
        wrong = {name for name in names if name in present} - known
        if known and wrong and not names & known:
            yield f"Whose “{noun}” it is the source says otherwise."
            return


def kept_things(here: Sequence[Word], there: Sequence[Word], short: frozenset[str]) -> set[str]:
    """Names that have a thing of their own in both texts: they have not changed places."""
    theirs = owners(there, short)
    return {
        name
        for noun, names in owners(here, short).items()
        if len(names) == 1
        for name in names & theirs.get(noun, set())
    }


def owners(words: Sequence[Word], short: frozenset[str] = frozenset()) -> dict[str, set[str]]:
    """For each noun, by root, the names that own or describe it."""
    found: dict[str, set[str]] = {}
    items = [item for item in items_in(words, short) if item.kind == "n"]
    for one, item in pairwise(items_in(words, short)):
        if one.number and item.kind == "n" and one.end == item.start and not words[item.start].parted:
            found.setdefault(one.key, set()).add(item.key)
    lists = _lists(words, items)
    for item in items:
        for place in _described(words, item):
            found.setdefault(words[place].root, set()).update(lists[item.start])
    return {noun: names for noun, names in found.items() if noun not in _SHARED}


def _lists(words: Sequence[Word], items: Sequence[Item]) -> dict[int, set[str]]:
    """For each name, by its place, the names of the list that it stands in: "ministers of Peru and Ecuador"."""
    found: dict[int, set[str]] = {}
    run: set[str] = set()
    for before, item in pairwise([None, *items]):
        between = [word.lower for word in words[before.end : item.start]] if before and item else []
        joined = bool(between) and len(between) <= LIST_GLUE and all(word in ("and", "or", "the") for word in between)
        run = run if joined else set()
        if item is not None:
            run.add(item.key)
            found[item.start] = run
    return found


def _described(words: Sequence[Word], item: Item) -> list[int]:
    """Places of the nouns that a name describes: behind it, or before "of" and "from"."""
    last = words[item.end - 1]
    owns = last.written.lower().endswith(("'s", "s'")) or is_adjective(last)
    found = list(_noun_behind(words, item.end)) if owns else []
    place = item.start - 1
    while place >= 0 and words[place].lower in table.DETERMINERS:
        place -= 1
    if (
        place > 0
        and words[place].lower in ("of", "from")
        and not words[item.start].parted
        and _is_noun(words, place - 1)
    ):
        found.append(place - 1)
    return found


def _noun_behind(words: Sequence[Word], start: int) -> Iterator[int]:
    """The words of the noun phrase that goes on at `start`: all of "coast guard cutter"."""
    for place in range(start, min(len(words), start + WITHIN)):
        word = words[place]
        if word.parted or word.lower.endswith("ed") or word.lower in table.IRREGULAR:
            return
        if number_in(word.written) is not None or word.written.isupper():  # "China's UN mission"
            continue
        if not _is_noun(words, place):
            return
        yield place


def _is_noun(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    opens = place == 0 or word.full_stop or word.lower in table.OFFICES or word.lower in table.PORTFOLIOS
    if not (word.written[:1].islower() or opens) or not word.root.isalpha():
        return False
    return word.lower not in background().function_words | table.PREPOSITIONS | table.HELPERS | table.BE


def is_adjective(word: Word) -> bool:
    """Whether a country's name is its adjective: "Icelandic", "Kenyan", not "Iran"."""
    lower = word.lower
    if lower in _STATES or lower.endswith("stan"):
        return False
    return lower.endswith(_ADJECTIVE) or lower in ("u.s", "us", "eu", "un", "uk", "dutch", "greek")
