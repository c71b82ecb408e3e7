"""Whether a name in Latin letters is how characters of the original are read: Chinese by pinyin, Korean by its letters.

Exact, syllable by syllable, for there are so few syllables that a likeness says nothing. Japanese readings of Chinese
characters are not known here: a Japanese name has to stand beside the translated one.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

_HAN = re.compile(r"[\u3400-\u9fff]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_MOST_SYLLABLES = 3
"""Of one word of a name: Chinese given names have up to two, Korean whole names three."""
_KOREAN_SURNAMES = {
    "park": "bak", "pak": "bak", "lee": "i", "yi": "i", "rhee": "i", "lim": "im", "rim": "im", "choi": "choe",
    "roh": "no", "noh": "no", "woo": "u", "yoo": "yu", "ryu": "yu", "chung": "jeong", "oh": "o", "ahn": "an",
    "moon": "mun", "shin": "sin",
}  # fmt: skip
"""Surnames that are spelled otherwise than any rule has it."""
_KOREAN_RULES = (
    ("young", "yeong"), ("eui", "i"), ("yi", "i"), ("eo", "o"), ("oo", "u"), ("ee", "i"), ("ui", "i"), ("ae", "e"),
    ("eu", "u"), ("ou", "u"), ("ch", "j"), ("c", "j"), ("sh", "s"), ("k", "g"), ("t", "d"), ("p", "b"), ("r", "l"),
    ("o", "u"), ("gg", "g"),
)  # fmt: skip
"""What Korean spellings in Latin letters differ in, one after the other: 정 is Jeong, Jung or Chung."""


def reads(word: str, original: str, language: str) -> bool:
    """Whether characters of `original`, a text in `language`, are read as the word."""
    letters = "".join(re.findall("[a-z]", _plain(word)))
    if len(letters) < 2:
        return False
    if language == "zh":
        return any(_spells(letters, run) for run in _pieces(_HAN, original))
    if language == "ko":
        wanted = _korean(_KOREAN_SURNAMES.get(letters, letters))
        return any(_korean(_sounds(piece)) == wanted for piece in _pieces(_HANGUL, original))
    return False


def _plain(word: str) -> str:
    return unicodedata.normalize("NFD", word.lower().replace("ü", "v"))


def _pieces(script: re.Pattern[str], text: str) -> Iterator[str]:
    """One to three characters that stand together."""
    for run in script.findall(text):
        for start in range(len(run)):
            for size in range(1, min(_MOST_SYLLABLES, len(run) - start) + 1):
                yield run[start : start + size]


def _spells(letters: str, piece: str) -> bool:
    """Whether the letters are the readings of the characters, one after the other."""
    if not piece:
        return not letters
    return any(
        letters.startswith(one) and _spells(letters[len(one) :], piece[1:]) for one in _readings().get(piece[0], ())
    )


@lru_cache(maxsize=1)
def _readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    table = (files("bot.summarizing") / "data" / "pinyin.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        reading, _, characters = line.partition(" ")
        for character in characters:
            found[character] = (*found.get(character, ()), reading)
    return found


@cache
def _korean(letters: str) -> str:
    for was, now in _KOREAN_RULES:
        letters = letters.replace(was, now)
    return letters


def _sounds(piece: str) -> str:
    return "".join(unicodedata.name(syllable).rsplit(" ", 1)[-1].lower() for syllable in piece)
