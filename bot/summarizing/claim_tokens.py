"""Words of a claim and of its source as the gate compares them: possessives off, names by their kin."""

import re
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.lexicon import stem

_TOKEN = re.compile(r"[$€£¥]?\d+(?:[.,:]\d+)*%?|(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:[-’'][^\W\d_]+)*")
STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " "}
)
"""Marks of quotation and apostrophes as the keyboard writes them."""


class Word(NamedTuple):
    """A token: as written, in lower case without possessive, and its stem."""

    written: str
    lower: str
    root: str


def words_in(text: str) -> list[Word]:
    """The words and numbers of `text`, in order."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text.translate(STRAIGHT)):
        written = match.group()
        lower = written.lower()
        lower = lower[:-2] if lower.endswith("'s") else lower.rstrip("'")
        lower = lower.replace(".", "") if re.fullmatch(r"(?:[a-z]\.){2,}", lower) else lower
        found.append(Word(written, lower, stem(lower)))
    return found


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
    bases = {short, short.rstrip("aeiouy")} - {""}
    return any(long.startswith(base) and long[len(base) :] in table.BELONGING for base in bases if len(base) >= 4)
