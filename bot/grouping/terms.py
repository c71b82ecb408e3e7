"""What a text is made of, for comparing it with others: folded stems, pairs of CJK characters.

Nothing here understands anything: it only finds marks that two reports of one event are likely to share. Every pattern
is linear in the length of the text.
"""

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from importlib import resources

from bot.text import is_cjk, words

_HIRAGANA_ONLY = re.compile(r"[\u3041-\u309f]+")
_HIGH = re.compile("[\u0300-\U0010ffff]+")
"""No character before these is a mark on another."""
_KNOWN_WORDS = 16_384
"""Words whose reduced form is kept: a day's news has about so many, and they take 3 MB."""

STEM_LENGTH = 7
"""Letters kept of a long word: enough to tell words apart, short enough to drop most endings in any language."""


@cache
def stop_words() -> frozenset[str]:
    """Folded words that say nothing of the event: function words, days and months, "said"."""
    listed = resources.files("bot.grouping").joinpath("data/stop_words.txt").read_text("utf8")
    return frozenset(word for line in listed.splitlines() if not line.startswith("#") for word in line.split())


def fold(word: str) -> str:
    """Case and accents away; the voicing marks of kana and the syllables of Hangul stay."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFD", word.casefold())
    return unicodedata.normalize("NFC", _HIGH.sub(_without_marks, parts))


def _without_marks(match: re.Match[str]) -> str:
    return "".join(c for c in match[0] if not unicodedata.combining(c) or c in "\u3099\u309a")


def stem(word: str) -> str:
    """A folded word without a possessive, the commonest endings and what follows its seventh letter."""
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 4 and word.endswith("ed"):
        word = word[:-2]
    return word[:STEM_LENGTH].rstrip("e") or word


def terms(text: str, credit: frozenset[str] = frozenset()) -> list[str]:
    """Stems of words, pairs of CJK characters and of Hangul syllables; no stop words, single letters or numbers.

    `credit` holds folded words that name the outlet or its agency and say nothing of the event. Korean words carry
    their particles: pairs of syllables match where whole words would not.
    """
    reduced = map(_reduced, words(text))
    return [term for folded, found in reduced if folded not in credit for term in found]


def counted(text: str, credit: frozenset[str] = frozenset()) -> dict[str, int]:
    """How often each of the `terms` of `text` stands in it: each word is reduced once, however often it comes."""
    counts: dict[str, int] = {}
    for word, count in Counter(words(text)).items():
        folded, found = _reduced(word)
        if folded not in credit:
            for term in found:
                counts[term] = counts.get(term, 0) + count
    return counts


@lru_cache(maxsize=_KNOWN_WORDS)
def _reduced(word: str) -> tuple[str, tuple[str, ...]]:
    """A word folded ("" in scripts where no credit is looked for), and the terms that it gives, mostly one."""
    if is_cjk(word[0]):
        return "", (word,) if len(word) > 1 and not _HIRAGANA_ONLY.fullmatch(word) else ()
    if "\uac00" <= word[0] <= "\ud7a3":
        return "", tuple(word[i : i + 2] for i in range(max(1, len(word) - 1)))
    folded = fold(word)
    if len(folded) > 1 and folded not in stop_words() and not folded[0].isdigit():
        return folded, (stem(folded),)
    return folded, ()
