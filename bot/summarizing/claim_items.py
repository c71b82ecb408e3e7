"""Names and numbers of a claim and its source, in order, each by a key that tells whether two are the same. English."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.claim_tokens import Word, number_in
from bot.summarizing.lexicon import background
from bot.summarizing.places import country_at
from bot.summarizing.thesaurus import is_word


class Item(NamedTuple):
    """A name or a number: `key` tells whether two are the same, `start` to `end` are its words. `kind`: "#" a number,
    "a" an actor without a name, "n" a name.
    """

    key: str
    start: int
    end: int
    kind: str

    @property
    def number(self) -> bool:
        """Whether it is one."""
        return self.kind == "#"


def items_in(words: Sequence[Word], short: frozenset[str] = frozenset()) -> list[Item]:
    """Names (a country by its code, a person by the family name), actors such as "army", and numbers, in order.

    `short` are acronyms of either text: "European Union" is "eu" where one of them says so.
    """
    lowers = [word.lower for word in words]
    found: list[Item] = []
    at = 0
    while at < len(words):
        item = _item_at(words, lowers, at, short)
        if item is not None:
            found.append(item)
        at = item.end if item is not None else at + 1
    return found


def _item_at(words: Sequence[Word], lowers: Sequence[str], at: int, short: frozenset[str]) -> Item | None:
    word = words[at]
    if word.written[:1].isupper() and (country := country_at(lowers, at, capitals=True)):
        code, length = country
        if length == 1 or words[at + length - 1].written[:1].isupper():
            return Item(code, at, at + length, "n")
    value = number_in(word.written)
    if value is not None:
        return Item(f"{value:g}", at, at + 1, "#")
    if word.lower in table.ACTORS:
        return Item(word.root, at, at + 1, "a")
    if not _is_name(word, at):
        return None
    end = at + 1
    while end < len(words) and _is_name(words[end], end) and not words[end].parted and end - at < 4:
        if country_at(lowers, end, capitals=True):
            break
        end += 1
    letters = "".join(word.lower[0] for word in words[at:end])
    return Item(letters if letters in short else _key(words[end - 1].lower), at, end, "n")


def _key(name: str) -> str:
    """One for "Korea", which names two states and so none, and "Korean"."""
    return name.removesuffix("n") if name.endswith("ean") else name


def _is_name(word: Word, at: int) -> bool:
    if not word.written[:1].isupper() or word.lower in table.DAYS or word.lower in table.NOT_NAMES:
        return False
    if word.lower in background().function_words or (at == 0 and word.lower in table.OPENERS):
        return False
    return not (_opens(word, at) and word.lower.endswith("s") and is_word(word.root))


def _opens(word: Word, at: int) -> bool:
    """Whether a sentence begins with it, so that its capital says nothing."""
    return at == 0 or word.full_stop


def acronyms(words: Sequence[Word]) -> frozenset[str]:
    """Words of capitals only, which may stand for the initials of a name."""
    return frozenset(word.lower for word in words if 2 <= len(word.lower) <= 6 and word.written.isupper())


def together(words: Sequence[Word], short: frozenset[str]) -> set[frozenset[str]]:
    """Pairs that a text names as one: "Britain, France and Germany"."""
    items = items_in(words, short)
    found: set[frozenset[str]] = set()
    run = items[:1]
    for before, item in pairwise(items):
        between = [word.lower for word in words[before.end : item.start]]
        joined = not item.number and all(word in ("and", "of", "the", "or", "nor") for word in between)
        listed = bool(between) or words[item.start].parted
        run = [*run, item] if joined and listed and not words[item.start].full_stop else [item]
        found |= {frozenset((item.key, other.key)) for other in run[:-1]}
    return found


def list_lengths(words: Sequence[Word]) -> set[int]:
    """How many names the lists of a text have: "ministers Ramnathan and Tatsunami" are two."""
    items = items_in(words)
    found: set[int] = set()
    length = 1
    for before, item in pairwise(items):
        between = [word.lower for word in words[before.end : item.start]]
        same = (
            before.kind == item.kind == "n"
            and between in ([], ["and"], ["the"], ["and", "the"])
            and (between or words[item.start].parted)
        )
        length = length + 1 if same and not words[item.start].full_stop else 1
        found |= {length} if length > 1 else set()
    return found
