"""Words for comparing and looking up, in any script."""

import re

from bot.model import Span
from bot.text.quick import Quick

_TOKEN = Quick(
    r"[^\W\d_][^\W_]*+(?![.'’-])"  # most words: no sign behind them could belong to them
    r"|(?:[^\W\d_]\.){2,}"  # U.S., d.h.
    r"|\d+(?:[.,]\d+)*"  # 5.3, 1,200
    r"|[^\W\d_]{1,6}-\d+(?!\w)"  # G-7, Covid-19
    r"|[^\W_]+(?:['’][^\W_]+)?"  # words, don't, l'accord
)
# Han with extension A and compatibility, kana with the long-vowel mark, the repeat marks, bopomofo, half-width kana.
_CJK = re.compile(
    "[\u3005-\u3007\u3021-\u3029\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]+"
)
_ELISION = 2
"""Letters before an apostrophe that make an article, not a word: l'accord, d'État, qu'il."""


def is_cjk(ch: str) -> bool:
    """Whether `ch` is a Chinese or Japanese character. Korean is not: it puts spaces between words."""
    return ch >= "\u3005" and _CJK.match(ch) is not None


def count_cjk(text: str) -> int:
    """How many characters of `text` are `is_cjk`."""
    return sum(map(len, _CJK.findall(text)))


def word_spans(text: str) -> list[tuple[str, Span]]:
    """Each word in lower case with its place in `text`, in order.

    Chinese and Japanese runs give overlapping pairs of characters (a run of one gives that one). "G-7", "5.3", "U.S."
    stay whole; other hyphens part words; "Trump's" gives "trump", "l'accord" gives "l" and "accord".
    """
    found: list[tuple[str, Span]] = []
    for match in _TOKEN.on(text).finditer(text):
        found.extend(_parts(match[0], match.start()))
    return found


def words(text: str) -> list[str]:
    """The words of `text` in lower case, in order: see `word_spans`."""
    tokens = _TOKEN.on(text).findall(text)
    found = list(map(str.lower, tokens))  # nearly every token is one word: no need to ask where it stands
    others = [at for at, token in enumerate(tokens) if "'" in token or not token.isascii()]
    for at in reversed(others):
        found[at : at + 1] = [word for word, _ in _parts(tokens[at], 0)]
    return found


def _parts(token: str, start: int) -> list[tuple[str, Span]]:
    return _plain(token, start) if token.isascii() or not _CJK.search(token) else _mixed(token, start)


def _plain(token: str, start: int) -> list[tuple[str, Span]]:
    at = max(token.find("'"), token.find("’"))
    if at < 0:
        return [(token.lower(), Span(start=start, end=start + len(token)))]
    head, tail = token[:at].lower(), token[at + 1 :].lower()
    first = Span(start=start, end=start + at)
    if tail == "s":
        return [(head, first)]
    if at <= _ELISION:
        return [(head, first), (tail, Span(start=start + at + 1, end=start + len(token)))]
    return [(f"{head}'{tail}", Span(start=start, end=start + len(token)))]


def _mixed(token: str, start: int) -> list[tuple[str, Span]]:
    found: list[tuple[str, Span]] = []
    at = 0
    for run in _CJK.finditer(token):
        found.extend(_edged(token[at : run.start()], start + at))
        found.extend(_pairs(run[0], start + run.start()))
        at = run.end()
    found.extend(_edged(token[at:], start + at))
    return found


def _edged(piece: str, start: int) -> list[tuple[str, Span]]:
    """A piece beside a run of characters: an apostrophe at its edge has a word on one side alone."""
    return [(word, span) for word, span in _plain(piece, start) if word]


def _pairs(run: str, start: int) -> list[tuple[str, Span]]:
    last = max(1, len(run) - 1)
    return [(run[i : i + 2], Span(start=start + i, end=start + min(i + 2, len(run)))) for i in range(last)]
