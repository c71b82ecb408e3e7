"""A title for a text that has none: from its first sentence."""

import re

from bot.text import count_cjk

MAX_TITLE = 100
"""Code points; two thirds of newspaper headlines have 50 to 90."""
MAX_TITLE_CJK = 50
_MIN_SHARE = 0.4
"""A cut at a clause must leave this much of the length: less says too little."""
_CLAUSE = re.compile(r"[,;:、，；：](?=\s|[^\x00-\x7f])|\s[–—-]\s|(?<=\w)—")
_DANGLING = frozenset({
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "with", "and", "or", "but", "as", "from",
    "that", "than", "is", "are", "was", "will", "its", "their", "his", "her", "de", "la", "le", "les", "du",
    "des", "et", "à", "en", "un", "une", "el", "los", "las", "y", "del", "der", "die", "das", "und", "mit",
    "von", "zu", "den", "dem", "ein", "eine", "в", "на", "и", "с", "по", "к", "о",
})  # fmt: skip


def title_from(sentence: str) -> str:
    """`sentence` without its full stop, cut at a clause or a word so that it fits; never with an ellipsis."""
    sentence = " ".join(sentence.split()).rstrip("。.").strip()
    limit = MAX_TITLE_CJK if count_cjk(sentence[:60]) > 20 else MAX_TITLE
    if len(sentence) <= limit:
        return sentence
    cuts = [m.start() for m in _CLAUSE.finditer(sentence[: limit + 1]) if m.start() >= _MIN_SHARE * limit]
    if cuts:
        return sentence[: cuts[-1]].strip()
    return _at_word(sentence, limit)


def _at_word(sentence: str, limit: int) -> str:
    cut = sentence.rfind(" ", 0, limit + 1)
    if cut < _MIN_SHARE * limit:
        return sentence[:limit].strip()
    words = sentence[:cut].split()
    while len(words) > 3 and words[-1].lower() in _DANGLING:
        words.pop()
    return " ".join(words).rstrip(",;:–—- ")
