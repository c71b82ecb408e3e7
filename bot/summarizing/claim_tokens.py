"""Words of a claim and of its source as the gate compares them: possessives off, names by their kin."""

import re
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.lexicon import stem

_TOKEN = re.compile(r"[$€£¥]?\d+(?:[.,:]\d+)*%?|(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ABBREVIATION = re.compile(r"(?:[a-z]\.){2,}")
_MARK = re.compile(r"[,;:.!?()\u2013\u2014]|\s-\s")
STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " "}
)
"""Marks of quotation and apostrophes as the keyboard writes them."""


class Word(NamedTuple):
    """A token: as written, in lower case without possessive, its stem (of "sent": "send"), and whether a mark of
    punctuation parts it from the one before.
    """

    written: str
    lower: str
    root: str
    parted: bool = False


def words_in(text: str) -> list[Word]:
    """The words and numbers of `text`, in order."""
    found: list[Word] = []
    plain, end = text.translate(STRAIGHT), 0
    for match in _TOKEN.finditer(plain):
        written = match.group()
        lower = written.lower()
        lower = lower[:-2] if lower.endswith("'s") else lower.rstrip("'")
        lower = lower.replace(".", "") if _ABBREVIATION.fullmatch(lower) else lower
        parted = _MARK.search(plain, end, match.start()) is not None
        found.append(Word(written, lower, _root(lower), parted))
        end = match.end()
    return found


def _root(lower: str) -> str:
    """The stem, of one form for "share" and "shared"."""
    root = stem(table.IRREGULAR.get(lower, lower))
    return root[:-1] if len(root) > 3 and root.endswith("e") else root


def same_name(name: str, known: set[str]) -> bool:
    """Whether one of the lower-case words `known` is the name, its plural, or a country's people to a country."""
    if name in known or name.rstrip("s") in known or name + "s" in known:
        return True
    if known & table.ALIASES.get(name, frozenset()):
        return True
    return any(_kin(name, other) for other in known if other[:2] == name[:2])


def _kin(one: str, other: str) -> bool:
    """A country and its people: the longer is the shorter, less a last vowel, and an ending of belonging."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or frozenset((short, long)) in table.NOT_KIN:
        return False
    bases = {short, short.rstrip("aeiouy"), short.removesuffix("um").rstrip("i")} - {""}
    return any(long.startswith(base) and long[len(base) :] in table.BELONGING for base in bases if len(base) >= 4)
