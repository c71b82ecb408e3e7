"""Measures of a line of text, in any script."""

import re

from bot.text import count_cjk, is_cjk

_NOT_WORD = re.compile(r"[\W_]+")
_SPACED_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?。！？؟।…][\"'”’»」』)\]）]*\s*$")
_MIN_PROSE = 12
"""Words. Shorter lines may be headlines, labels or captions even with a full stop."""


def squash(line: str) -> str:
    """The line's letters and digits in one case, for comparing."""
    return _NOT_WORD.sub(" ", line).strip().casefold()


def size(line: str) -> int:
    """Words; two Chinese or Japanese characters count as one."""
    if line.isascii():
        return len(_SPACED_WORD.findall(line))
    cjk = count_cjk(line)
    if not cjk:
        return len(_SPACED_WORD.findall(line))
    spaced = "".join(" " if is_cjk(ch) else ch for ch in line)
    return len(_SPACED_WORD.findall(spaced)) + (cjk + 1) // 2


def ends_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does, closing quotes allowed."""
    return _SENTENCE_END.search(line[-12:]) is not None


def is_prose(line: str) -> bool:
    """Whether the line reads as a paragraph: long enough, and ended."""
    return size(line) >= _MIN_PROSE and ends_sentence(line)


def title_case(line: str) -> bool:
    """Whether most words start with a capital, as English headlines may."""
    words = [w for w in _SPACED_WORD.findall(line) if len(w) > 3 and w[0].isalpha()]
    return len(words) >= 2 and sum(w[0].isupper() for w in words) >= 0.75 * len(words)
