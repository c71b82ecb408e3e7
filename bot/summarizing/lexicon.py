"""Words reduced for counting: lower case, a light stem, function words known, how common a word is in news.

The background table (`data/background.json`) holds document counts of word stems over English news; see
`bot.evaluation.train_summarizer`. Not linguistics: two forms of one word should usually meet, and it has to be fast.
"""

import json
import math
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple, cast

from bot.text.quick import Quick
from bot.text.tokens import words as script_words

_SIMPLE = Quick(r"[^\W_]+(?:[.,]\d+)*")
_DECIMAL = re.compile(r"[.,]\d")
_WIDE = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]")
_ENDINGS = (
    "ational", "ations", "ation", "ingly", "edly", "ments", "ment", "ings", "ing", "ied", "ies", "ed", "es", "ly", "al",
    "s", "e",
)  # fmt: skip
_STEM_LEFT = 4
"""Letters that an ending must leave: "sing" keeps its ending, "singing" loses one."""
_LONGEST = 24
"""Letters from which a run is no English word."""
_KNOWN_WORDS = 16_384
"""Words whose stem is kept: 594 news articles have twice as many, most of them once."""
_OTHER_LANGUAGES_IDF = 4.0
"""About the mean over the English table: without a table every word is of middling rarity."""
_FUNCTION_SHARE = 3
"""A non-English word of at most this many letters counts as a function word: articles, prepositions, particles."""


class Background(NamedTuple):
    """How many of `documents` news articles hold each stem, and its inverse document frequency."""

    documents: int
    counts: dict[str, int]
    function_words: frozenset[str]
    rarities: dict[str, float]


@cache
def background() -> Background:
    """The shipped table, read once."""
    raw = cast(
        "dict[str, object]",
        json.loads(resources.files("bot.summarizing").joinpath("data/background.json").read_text("utf-8")),
    )
    documents, counts = cast("int", raw["documents"]), cast("dict[str, int]", raw["counts"])
    return Background(
        documents=documents,
        counts=counts,
        function_words=frozenset(cast("list[str]", raw["function_words"])),
        rarities={word: math.log((documents + 1) / (count + 1)) for word, count in counts.items()},
    )


@lru_cache(maxsize=_KNOWN_WORDS)
def stem(word: str) -> str:
    """A lower-case word without its English ending; short words lose only a plural s."""
    if len(word) > _STEM_LEFT + 1:
        if not word.isascii() or len(word) >= _LONGEST:
            return word
        ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= _STEM_LEFT), "")
        return word.removesuffix(ending)
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def stems(text: str) -> list[str]:
    """The words of `text`, reduced, in order; in Chinese and Japanese, overlapping pairs of characters."""
    if not text.isascii() and _WIDE.search(text):
        return script_words(text)
    low = text.lower()
    return list(map(stem, _SIMPLE.on(low).findall(low)))


def stems_of(text: str, words: Sequence[str]) -> list[str]:
    """As `stems`, where `words`, the runs of letters and digits of `text` in lower case, are known."""
    if _DECIMAL.search(text) or (not text.isascii() and _WIDE.search(text)):
        return stems(text)
    return list(map(stem, words))


def is_content(word: str, language: str) -> bool:
    """Whether `word` (a stem) says something by itself."""
    if language == "en":
        return len(word) > 1 and word not in background().function_words
    if word.isdigit() or _WIDE.match(word):
        return True
    return len(word) > _FUNCTION_SHARE


def content_words(words: Iterable[str], language: str) -> list[str]:
    """Those of `words` that `is_content`, in order."""
    if language != "en":
        return [word for word in words if is_content(word, language)]
    functional = background().function_words
    return [word for word in words if len(word) > 1 and word not in functional]


def rarity(word: str, language: str) -> float:
    """Inverse document frequency, natural logarithm."""
    return rarities((word,), language)[word]


def rarities(words: Iterable[str], language: str) -> dict[str, float]:
    """The `rarity` of each of `words`."""
    if language != "en":
        return dict.fromkeys(words, _OTHER_LANGUAGES_IDF)
    table = background()
    known, unknown = table.rarities, math.log(table.documents + 1)
    return {word: known.get(word, unknown) for word in words}
