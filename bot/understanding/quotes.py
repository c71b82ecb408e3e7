"""What was said, word for word: speech in quotation marks, with who said it where the text tells.

Only what stands between marks, or after the dash of printed dialogue (`quotes_dashes.py`), is a quotation; "said that
..." without marks is a paraphrase and never one. One or two
quoted words are a term at a distance ("scare quotes") unless the text says who said them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from bot.model import Article, Quote, Span
from bot.understanding.quotes_dashes import dash_quotes
from bot.understanding.quotes_speakers import antecedent, incise, speaker_of

_READ = 200_000
"""Code points of the text that are read: eight times the longest article in our sets, so that time stays bounded."""

_LONGEST = 3_000
"""A quotation longer than this is more likely a mark that was never closed; speeches run over paragraphs."""

_BETWEEN = 140
"""Code points at most between two halves of a speech: as far as a speaker is looked for."""

_JOINED = re.compile(r"\s*,?\s*(?:and|but|or|that)(?: that)?\s+")
"""Between two quoted pieces of one sentence of one speaker."""

_ONE_CLAUSE = re.compile(r"[^.!?\n“”\"«»]*[.,:;—–-]\s*")

_MOST = 300
_MARKS = 5_000
"""Quotation marks that are looked at: with _INNER it bounds the search (a megabyte of marks took 92 s without)."""

_INNER = 40
"""Marks that may stand inside a quotation: a bound on the search for the one that closes it."""

_PAIRS = {
    "“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", "‹": "›", "‘": "’", "‚": "‘’", '"': '"', "'": "'",
}  # fmt: skip
_MARK = re.compile("[\"'“„«»「『‹‘‚”’」』›]")
_WORD = re.compile(r"\w+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Scripts that write a particle straight after the closing mark."""

_SPEECH_WORDS = 5
"""Words from which a passage in marks is speech without a named speaker; fewer are a term, but for sentences."""

_SENTENCE_WORDS = 3
"""The same for a passage that ends as a sentence or a clause does: "Nobody was told."."""

_ENDS = ".,!?…"
_PRONOUN = 4
"""A speaker of fewer letters may be "he" or "she"."""

_LONG = 4
"""Letters from which English titles write a word with a capital."""

_SPEECH_CHARACTERS = 8
"""The same for Chinese and Japanese, which write no spaces."""


@dataclass(frozen=True, slots=True)
class _Marked:
    """A passage between marks: the marks' places, and the text's inside."""

    opened: int
    closed: int

    @property
    def inside(self) -> Span:
        return Span(start=self.opened + 1, end=self.closed)


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """Verbatim speech in `article.text`, in order, without the marks; `speaker` is a passage of the text, or None.

    A quotation that goes on in the next paragraph (opened anew, not closed before) is one quote for each paragraph,
    all with its speaker. Texts longer than 200,000 code points are read up to there.
    """
    text = article.text[:_READ]
    found: list[Quote] = []
    last_speaker: str | None = None
    last_end = -1
    for marked in _passages(text):
        inside = _trimmed(text, marked.inside)
        if inside is None:
            continue
        broken = incise(text, inside.start, inside.end, article.language)
        if broken:
            halves = (Span(start=inside.start, end=broken[0]), Span(start=broken[1], end=inside.end))
            found.extend(Quote(span=half, speaker=broken[2]) for half in map(partial(_trimmed, text), halves) if half)
            continue
        speaker = speaker_of(text, marked.opened, marked.closed + 1, article.language)
        if speaker is None and last_speaker and _goes_on(text, last_end, marked.opened, last_speaker):
            speaker = last_speaker
        if speaker is not None and len(speaker) < _PRONOUN:
            speaker = antecedent(text, marked.opened, speaker) or speaker
        if speaker is None and not _is_speech(text[inside.start : inside.end]):
            continue
        found.append(Quote(span=inside, speaker=speaker))
        last_speaker, last_end = speaker, marked.closed + 1
        if len(found) == _MOST:
            break
    return _with_dialogue(found, dash_quotes(text, article.language))


def _with_dialogue(marked: list[Quote], dashed: Iterable[Quote]) -> tuple[Quote, ...]:
    """Both, in order; what is quoted inside a speech after a dash is part of it."""
    spoken = list(dashed)
    apart = [one for one in marked if not any(_overlap(one.span, two.span) for two in spoken)]
    return tuple(sorted([*apart, *spoken], key=lambda one: one.span.start))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _trimmed(text: str, span: Span) -> Span | None:
    """The span without outer white space; None when nothing is left. A comma or stop before the mark stays verbatim."""
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    return Span(start=start, end=end) if _WORD.search(text, start, end) else None


def _is_speech(words: str) -> bool:
    if _CJK.search(words):
        return len(words) >= _SPEECH_CHARACTERS
    found = _WORD.findall(words)
    if _is_title(found):
        return False
    return len(found) >= (_SENTENCE_WORDS if words[-1:] in _ENDS else _SPEECH_WORDS)


def _is_title(words: list[str]) -> bool:
    """A work's title: every longer word begins with a capital ("After the Pivot: Small States at Sea")."""
    long = [word for word in words if len(word) >= _LONG]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _goes_on(text: str, last: int, opened: int, speaker: str) -> bool:
    """Whether a quotation follows another in the same speech: only space between, or only who said it."""
    if last < 0 or opened - last > _BETWEEN:
        return False
    between = text[last:opened]
    if not between.strip(" .,\n\t\r") or _JOINED.fullmatch(between):
        return True
    said = between.partition(speaker)[2] if speaker in between else None
    return said is not None and _ONE_CLAUSE.fullmatch(said) is not None


def _passages(text: str) -> list[_Marked]:
    """The outermost passages between marks, in order. Each mark is looked at once."""
    found: list[_Marked] = []
    marks = [(m.start(), m[0]) for m in _MARK.finditer(text) if not _is_apostrophe(text, m.start())][:_MARKS]
    breaks = [m.start() for m in re.finditer(r"\n\s*\n", text)]
    at = 0
    next_break = 0
    while at < len(marks):
        place, mark = marks[at]
        closers = _PAIRS.get(mark)
        if closers is None or not _opens(text, place, mark):
            at += 1
            continue
        while next_break < len(breaks) and breaks[next_break] < place:
            next_break += 1
        paragraph = breaks[next_break] if next_break < len(breaks) else len(text)
        closer = _closing(text, marks, at, closers, min(paragraph, place + _LONGEST))
        if closer is not None:
            found.append(_Marked(place, marks[closer][0]))
            at = closer + 1
        elif _opens_again(text, paragraph, mark):
            found.append(_Marked(place, _end_of(text, place, paragraph)))
            at = next((i for i in range(at + 1, len(marks)) if marks[i][0] >= paragraph), len(marks))
        else:
            at += 1
    return found


def _closing(text: str, marks: list[tuple[int, str]], at: int, closers: str, limit: int) -> int | None:
    """The index of the mark that closes marks[at], or None. Marks of other kinds inside are part of the words."""
    opener = marks[at][1]
    depth = 0
    for i in range(at + 1, min(at + _INNER, len(marks))):
        place, mark = marks[i]
        if place > limit:
            return None
        if mark in closers and (mark not in "\"'" or _closes(text, place)):
            if depth == 0:
                return i
            depth -= 1
        elif mark == opener and opener not in "\"'»„":
            depth += 1
    return None


def _opens(text: str, at: int, mark: str) -> bool:
    """Whether a mark may open: straight marks before a word and after a space; » only where « does not rule."""
    before = text[at - 1 : at]
    after = text[at + 1 : at + 2]
    if mark in "\"'":
        return bool(after.strip()) and (not before.strip() or before in "([—–-:,/“‘…" or bool(_CJK.match(before)))
    if mark == "»":
        return (not before.strip() or before in "([—–:") and bool(after.strip())
    return mark != "‘" or not before.isalnum()


def _closes(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    return bool(text[at - 1 : at].strip()) and (not after.isalnum() or _UNSPACED.match(after) is not None)


def _is_apostrophe(text: str, at: int) -> bool:
    """A mark inside a word, or after a plural or a cut-off word, is no quotation mark."""
    mark = text[at]
    if mark not in "'’":
        return False
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if before.isalnum() and after.isalnum():
        return True
    return mark == "’" and before in {"s", "n"} and after == " " and "‘" not in text[max(0, at - 200) : at]


def _opens_again(text: str, paragraph: int, mark: str) -> bool:
    """Whether the next paragraph begins with the same opening mark: the speech goes on."""
    return mark in {"“", '"', "«", "„"} and text[paragraph : paragraph + 8].lstrip().startswith(mark)


def _end_of(text: str, start: int, paragraph: int) -> int:
    return start + len(text[start:paragraph].rstrip())
