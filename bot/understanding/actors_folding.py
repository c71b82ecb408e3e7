"""One spelling for many, code point by code point, so that offsets stay true."""

import unicodedata
from functools import lru_cache

_ARABIC = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي"}
_MARKS = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "\u00a0": " ",
    "\u202f": " ",
    "\n": " ",
    "ё": "е",
}
_RANGES = ((0x41, 0x5B), (0xC0, 0x180), (0x218, 0x21C), (0x370, 0x530), (0x1E00, 0x1F00), (0xFF01, 0xFF5F))
"""Latin, Greek, Cyrillic, Vietnamese and full-width letters: what our names are written with."""


def _plain(char: str) -> str:
    lower = char.lower()
    if len(lower) != 1:
        lower = char
    if "\u0400" <= char <= "\u052f":
        return lower  # й is a letter of its own, not an accented и
    base = unicodedata.normalize("NFKD", lower)[0]
    base = {"ı": "i", "ø": "o", "ł": "l", "đ": "d"}.get(base, base)
    return base if len(base.lower()) != 1 else base.lower()


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    table = {point: _plain(chr(point)) for first, last in _RANGES for point in range(first, last)}
    table |= {ord(char): to for char, to in (_ARABIC | _MARKS).items()}
    return table | {ord("Ё"): "е"}


def fold(text: str) -> str:
    """`text` in lower case, without accents, with plain apostrophes and hyphens; as long as `text`, place by place."""
    return text.translate(_table())
