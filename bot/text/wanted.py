"""What a person asks for in words: all of the words, "phrases that stand together", and -words that must not stand.

No patterns of the user's are ever run: a query is words, compared word by word in one pass over the text.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.text.tokens import words

_PART = re.compile(r'(-?)(?:["“”„«»「」『』]([^"“”„«»「」『』]{0,400})["“”„«»「」『』]?|([^\s"“”„«»「」『』]+))')
_MAX_QUERY = 1_000
"""Characters read of a query: more is no query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`present` must all stand in the text and none of `absent` may; each is one or more words in a row, folded."""

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was asked for, so that everything matches."""
        return not self.present and not self.absent


def wanted(query: str) -> Wanted:
    """Read a query such as `tariffs "rare earths" -football`. Marks without a word in them are passed over."""
    present: list[str] = []
    absent: list[str] = []
    for minus, phrase, word in _PART.findall(query[:_MAX_QUERY]):
        folded = " ".join(folded_words(phrase or word))
        if folded:
            (absent if minus else present).append(folded)
    return Wanted(present=tuple(dict.fromkeys(present)), absent=tuple(dict.fromkeys(absent)))


def folded_words(text: str) -> list[str]:
    """The words of `text` without case and accents: "Élysée" is found as "elysee"."""
    return [_fold(word) for word in words(text)]


def matches(what: Wanted, texts: Iterable[str]) -> bool:
    """Whether the texts together hold all that is wanted; a phrase must stand within one of them."""
    lines = [f" {' '.join(folded_words(text))} " for text in texts]
    if any(f" {phrase} " in line for phrase in what.absent for line in lines):
        return False
    return all(any(f" {phrase} " in line for line in lines) for phrase in what.present)


def _fold(word: str) -> str:
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word.casefold())
    bare = "".join(c for c in parts if not unicodedata.combining(c) or c in "\u3099\u309a")
    return unicodedata.normalize("NFC", bare)
