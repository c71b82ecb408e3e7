"""What an outlet changed in an article that it wrote anew: "25 %" was, "24 %" is now."""

import difflib
import re
from collections.abc import Iterator, Sequence

from bot.grouping.terms import fold
from bot.model import Article, Change
from bot.text import clean

_SENTENCE = re.compile(r"[^\n.!?。！？]+(?:[.!?。！？](?![\s\n\"”»」]|$)[^\n.!?。！？]*)*[.!?。！？]*")
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*(?:\s?(?:%|percent\b|per cent\b))?"
    r"|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
    r"|[^\W\d_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+(?:['’-][^\W\d_]+)*"
    r"|[^\w\s]"
)
_MARKER = re.compile(
    r"^(?:corrected|corrects?|correction|clarification|update ?\d*|updated|refile|recast|rectificatif|corrección|"
    r"korrektur|berichtigung|【?訂正】?|تصحيح|更正)(?![a-z])[\s:：・/\d–—-]*",
    re.IGNORECASE,
)
"""What agencies put before the title of a text that they send again."""
_SCALE = frozenset({"thousand", "million", "billion", "trillion", "hundred"})
_MAX_SENTENCES = 400
"""Sentences compared of each text: about fifteen pages."""
_MAX_TOKENS = 150
"""Tokens compared of each sentence: no sentence of a report is longer."""
_MAX_CHANGE = 10
"""Tokens in a change worth showing: a longer one is a rewritten passage, which readers find in the article."""
_MAX_CHANGES = 8
_LIKE = 0.5
"""Share of its words that an edited sentence keeps; below, another sentence stands in its place."""


def what_changed(was: Article, now: Article) -> tuple[Change, ...]:
    """What `now` says differently from `was`, its earlier version: the title, then figures and words as they stand.

    Passages added or dropped whole are no changes, nor is a mark such as "CORRECTED" before the title, nor a title
    that follows a change of the text word for word. At most eight, in the order of the text.
    """
    changes = list(dict.fromkeys(_text_changes(clean(was.text), clean(now.text))))
    before, after = _unmarked(clean(was.title)), _unmarked(clean(now.title))
    if before and after and fold(before) != fold(after) and not _explained(before, after, changes):
        changes.insert(0, Change(was=before, now=after))
    return tuple(dict.fromkeys(changes))[:_MAX_CHANGES]


def _unmarked(title: str) -> str:
    return _MARKER.sub("", title).strip()


def _explained(before: str, after: str, changes: Sequence[Change]) -> bool:
    """Whether the titles differ by what the text's changes say already: readers need it once."""
    for change in changes:
        before = before.replace(change.was, change.now)
    return fold(before) == fold(after)


def _text_changes(was: str, now: str) -> Iterator[Change]:
    before, after = (_SENTENCE.findall(text)[:_MAX_SENTENCES] for text in (was, now))
    before, after = [line.strip() for line in before], [line.strip() for line in after]
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace":
            for old, new in _pairs(before[i:j], after[k:m]):
                yield from _sentence_changes(old, new)


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Edited sentences with what became of them, in order; each new sentence is taken once."""
    rest = list(after[:_MAX_CHANGES])
    for old in before[:_MAX_CHANGES]:
        like = [_likeness(old, new) for new in rest]
        if like and max(like) >= _LIKE:
            yield old, rest.pop(like.index(max(like)))


def _likeness(one: str, two: str) -> float:
    a, b = set(_TOKEN.findall(one)), set(_TOKEN.findall(two))
    return len(a & b) / max(1, min(len(a), len(b)))


def _sentence_changes(old: str, new: str) -> Iterator[Change]:
    """Words exchanged in place, each with the word that says what it counts or names."""
    a, b = ([match.span() for match in _TOKEN.finditer(text)][:_MAX_TOKENS] for text in (old, new))
    words_a, words_b = [old[s:e] for s, e in a], [new[s:e] for s, e in b]
    for tag, i, j, k, m in difflib.SequenceMatcher(None, words_a, words_b, autojunk=False).get_opcodes():
        if tag == "replace" and j - i <= _MAX_CHANGE and m - k <= _MAX_CHANGE:
            left, right = _context(words_a, i, j) if words_a[j : j + 2] == words_b[m : m + 2] else (0, 0)
            left = min(left, i, k)
            yield Change(was=old[a[i - left][0] : a[j + right - 1][1]], now=new[b[k - left][0] : b[m + right - 1][1]])


def _context(tokens: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """How many tokens before and after make a bare figure or word readable: "41,000 tonnes", "March 15"."""
    if tokens[end - 1].endswith(("%", "percent", "per cent")):
        return 0, 0
    right = 0
    while right < 2 and end + right < len(tokens) and tokens[end + right][0].isalpha():
        right += 1
        if tokens[end + right - 1].lower() not in _SCALE:
            break
    return (0, right) if right else (int(start > 0 and tokens[start - 1][0].isalpha()), 0)
