"""Whether a text says anything: keys struck at random give no key points, but a sentence that says so.

It refuses only what is surely none: a short text of keyboard rows, or one taken for English (or for no language) in
which nearly no word is known. A short text in a language that we do not know may be lost; a long one never is.
"""

import re
from itertools import islice

from bot.summarizing.lexicon import background, stem

UNTOLD = "Nothing could be told from this text: no sentence of it can be shown as a key point."
UNREADABLE = "Nothing could be told from this text: its words belong to no language that is known here."
MOST_WORDS = 60
"""Beyond this somebody has meant something by it."""
FEWEST_KNOWN = 0.15
"""Share of known words. News in English has more than .8, a list of foreign names .1 to .3."""
_ROWS = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn",
    "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "ضصثقفغعهخحجد", "شسيبلاتنمكط",
    "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ",
)  # fmt: skip
_KEYS = "|".join((*_ROWS, *(row[::-1] for row in _ROWS)))
_WORD = re.compile(r"[^\W\d_]+")
_ELSEWHERE = frozenset(
    """le la les des une est dans pour sur avec que qui et du au aux el los las del por con una para es y en un se su
    der die das und ist von den mit dem für auf ein eine im zu il lo gli di che della per e o os da do dos em um não na
    het een van te dat och att som är på og af til med i w z na się że do jest bir ve bu için ile de yang dan di ini itu
    ng sa ang""".split()  # noqa: SIM905
)


def says_nothing(text: str, language: str) -> bool:
    """Whether `text`, of at most `MOST_WORDS` words, can be no news in any language."""
    words = [match.group().lower() for match in islice(_WORD.finditer(text), MOST_WORDS + 1)]
    if not words or len(words) > MOST_WORDS:
        return False
    struck = sum(len(word) >= 3 and word in _KEYS for word in words)
    if 2 * struck >= len(words) or len(set(words)) == 1 < len(words):
        return True
    if language not in ("en", "und") or len(words) < 3 or not all(word.isascii() for word in words):
        return False
    table = background()
    known = sum(word in table.function_words or word in _ELSEWHERE or stem(word) in table.counts for word in words)
    return known < FEWEST_KNOWN * len(words)
