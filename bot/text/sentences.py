"""Where sentences stand in a text.

Latin and other spaced scripts: nupunkt, whose one model knows English abbreviations, then our joins (German "3. Mai",
titles that it lacks) and cuts (stops of other scripts: "؟", "।"). Chinese and Japanese: an own rule on 。！？.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from bot.model import Span
from bot.text.tokens import count_cjk

MAX_SENTENCE = 2_000
"""Longest sentence in code points; a longer one is cut at a space. The longest in 594 news articles has 900."""

MAX_QUOTE = 1_000
"""A quotation longer than this does not hold its sentences together: more likely a mark was never closed."""

_KEPT, _KEPT_LENGTH = 64, 10_000
"""Paragraphs whose sentences are kept, and their code points at most: those of the article at hand, which more than one
stage asks for. The longest of 594 news articles has 11,000 in all; at worst they take 3 MB."""

_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_OPEN = {"「": "」", "『": "』", "（": "）", "(": ")", "“": "”", "《": "》", "〈": "〉", "【": "】", "‘": "’"}
_CLOSE = frozenset(_OPEN.values())
_SPEECH = frozenset("「『“")
_CJK_STOP = frozenset("。！？｡!?．")
_AFTER_STOP = frozenset("。！？｡!?．…") | _CLOSE | frozenset("\"'")
_SPEECH_GOES_ON = frozenset("とっなの、，,をがはにで")
# Stops that nupunkt does not know: Arabic, Devanagari, Armenian, Ethiopic, Burmese, Khmer; Chinese in mixed text.
_OTHER_STOP = re.compile(r"[؟।॥։።။។。！？]+[\"'”’»)\]]*\s*")
_JOIN_BEFORE = re.compile(  # the end of a piece after which a name or word goes on
    r"(?:(?<![\w.])(?:Lt|Col|Gen|Maj|Capt|Cpl|Sgt|Adm|Cmdr|Brig|Rear|Amb|Gov|Sen|Rep|Rev|Hon|Pres|Msgr|Mme|Mlle|Mgr|"
    r"Hr|Fr|Sra|Srta|Dña|Bundesmin|Prof|Dr|Mr|Mrs|Ms|St|Ste|No|Nos|Nr|Art|Abs|Bd|Hl|ca|bzw|vgl|usw|sog|art|núm|pág|"
    r"ул|им|тов|гр|акад|проф|Ген|ген|полк|Проф|Акад|св|"
    r"Dipl\.-Ing|Ing|inkl|zzgl|ggf|evtl|Frhr|Abg|Mio|Mrd|Tsd|MM|gén|col|Exc|"
    r"Lic|Arq|Gral|Cnel|Tte|Dra|Sres|Excmo|Excma|Exmo|Exma|[ء-ي])\.)\s*$"  # an Arabic letter alone: د. (doctor)
)
_COUNTRY_STOP = re.compile(r"(?<![\w.])(?:U\.S|U\.K|U\.N|D\.C)\.\s*$")
_NEW_SENTENCE = re.compile(
    r"(?:The|A|An|In|On|At|It|Its|He|She|His|Her|They|Their|We|But|And|This|That|These|Those|There|For|After|As|Some|"
    r"Both|When|While|If|Since|Under|Last|One|Many|Most|However|Meanwhile|I|You|No|Not|By|From|With|To|What|All)\b"
)
"""Words that begin a sentence behind "the U.S."; any other capital goes on with an office or name: "U.S. Secretary"."""
_ORDINAL = re.compile(r"(?<![\w.,])\d{1,2}\.\s*$")  # German, Danish, Czech: "am 3. Mai", "das 19. Jahrhundert"
_ORDINAL_LANGUAGES = frozenset(
    {"de", "da", "nb", "no", "nn", "fi", "cs", "sk", "hu", "hr", "sr", "bs", "sl", "et", "lv", "is"}
)
_MONTH_AFTER = re.compile(  # months that only languages with "3." for "third" spell so; sure in any text
    r"(?:Januar|Jänner|Februar|März|Mai|Juni|Juli|Oktober|Dezember|januar|februar|marts|mars|maj|juni|juli|"
    r"oktober|desember|december|tammikuuta|ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince)\b"
)
_LOWER_AFTER = re.compile(r"(?:[-–—] )?[^\W\d_]")
_ENDS_SPEECH = re.compile(r"(?:[.?!…]|[?!…][»”\"] ?|[?!…] ») ?$")
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}\.\s*$")


@cache
def _latin() -> Callable[[str], list[tuple[int, int]]]:
    """nupunkt, imported on first use: its import and model take about 0.1 s."""
    from nupunkt import sent_spans

    return sent_spans


def paragraphs(text: str) -> tuple[Span, ...]:
    """The spans between blank lines, without surrounding white space; none is empty."""
    spans: list[Span] = []
    start = 0
    for match in _PARAGRAPH_BREAK.finditer(text):
        _add_trimmed(spans, text, start, match.start())
        start = match.end()
    _add_trimmed(spans, text, start, len(text))
    return tuple(spans)


def sentences(text: str, language: str) -> tuple[Span, ...]:
    """The sentences of `text`, in order, not overlapping, none empty; together they hold every visible character.

    A sentence never crosses a blank line and is at most MAX_SENTENCE code points long. `language` is ISO 639-1 or
    "und"; the script decides, the language only settles ordinals ("das 19. Jahrhundert"). Takes linear time.
    """
    spans: list[Span] = []
    for paragraph in paragraphs(text):
        piece = text[paragraph.start : paragraph.end]
        start = 0
        for end in _kept_cut(piece, language) if len(piece) <= _KEPT_LENGTH else _cut(piece, language):
            _add_trimmed(spans, text, paragraph.start + start, paragraph.start + end)
            start = end
    return tuple(spans)


def first_sentences(text: str, language: str, *, most: int, reach: int) -> tuple[Span, ...]:
    """The first `most` sentences of the first `reach` code points of `text`; one that goes on behind them ends there.

    A paragraph is cut whole where its cut is kept, so that who reads all of the text later does not cut it again.
    """
    spans: list[Span] = []
    for paragraph in paragraphs(text[: reach + _KEPT_LENGTH]):
        if paragraph.start >= reach or len(spans) >= most:
            break
        piece = text[paragraph.start : paragraph.end]
        if len(piece) > _KEPT_LENGTH:
            piece = piece[: reach - paragraph.start]
        start = 0
        for end in _kept_cut(piece, language):
            _add_trimmed(spans, text, paragraph.start + start, min(paragraph.start + end, reach))
            start = end
            if paragraph.start + start >= reach:
                break
    return tuple(spans[:most])


def _cut(paragraph: str, language: str) -> tuple[int, ...]:
    """Ends of the sentences of a paragraph, none longer than MAX_SENTENCE."""
    ends = _cjk(paragraph) if _mostly_cjk(paragraph) else _spaced(paragraph, language)
    starts = [0, *ends]
    return tuple(cut for start, end in zip(starts, ends, strict=False) for cut in _bounded(paragraph, start, end))


_kept_cut = lru_cache(maxsize=_KEPT)(_cut)


def _add_trimmed(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if start < end:
        spans.append(Span(start=start, end=end))


def _mostly_cjk(piece: str) -> bool:
    """Whether Chinese and Japanese characters outweigh words of other scripts, about two characters a word."""
    if piece.isascii():
        return False
    cjk = count_cjk(piece)
    return cjk > 0 and cjk >= 2 * piece.count(" ")


def _bounded(text: str, start: int, end: int) -> Iterator[int]:
    """Ends of pieces of text[start:end], none longer than MAX_SENTENCE, cut after a space where there is one."""
    while end - start > MAX_SENTENCE:
        limit = start + MAX_SENTENCE
        cut = max(text.rfind(mark, start + MAX_SENTENCE // 2, limit) for mark in (" ", "\n", "、", "，", ";", "；"))
        start = cut + 1 if cut > start else limit
        yield start
    yield end


# --- spaced scripts ---------------------------------------------------------------------------------------------


def _spaced(text: str, language: str) -> list[int]:
    """Ends of the sentences of one paragraph."""
    ends: list[int] = []
    start = 0
    for _, raw_end in _latin()(text):
        if raw_end < len(text) and _goes_on(text, start, raw_end, language):
            continue
        ends.extend(m.end() for m in _OTHER_STOP.finditer(text, start, raw_end) if m.end() < raw_end)
        ends.append(raw_end)
        start = raw_end
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return ends


def _goes_on(text: str, start: int, end: int, language: str) -> bool:
    """Whether the sentence that nupunkt ended at `end` really goes on."""
    after = text[end : end + 1]
    tail = text[max(start, end - 16) : end]
    lower = _LOWER_AFTER.match(text, end)
    if lower is not None and lower[0][-1].islower() and _ENDS_SPEECH.search(tail):
        return True  # « Vraiment ? » demande-t-il.
    if _JOIN_BEFORE.search(tail):
        return after.isalnum()
    if _COUNTRY_STOP.search(tail) and after.isupper():
        return _NEW_SENTENCE.match(text, end) is None
    if _ORDINAL.search(tail) and (language in _ORDINAL_LANGUAGES or _MONTH_AFTER.match(text, end)):
        return after.isalpha() and not _LIST_NUMBER.match(text[start:end])
    return False


# --- Chinese and Japanese ---------------------------------------------------------------------------------------


def _quoted(text: str) -> list[tuple[int, int]]:
    """The outermost closed quotations and brackets, as (open, close) positions, in order."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at, ch in enumerate(text):
        if ch in _OPEN:
            stack.append((_OPEN[ch], at))
        elif ch in _CLOSE and stack and stack[-1][0] == ch:
            opened = stack.pop()[1]
            if at - opened <= MAX_QUOTE:
                while pairs and pairs[-1][0] > opened:
                    pairs.pop()
                pairs.append((opened, at))
    return pairs


def _cjk(text: str) -> list[int]:
    """Ends of the sentences of one paragraph: after stops outside quotations, and after a speech that a colon opens."""
    pairs = _quoted(text)
    opens = [opened for opened, _ in pairs]
    ends: list[int] = []
    at = 0
    while at < len(text):
        inside = bisect_right(opens, at) - 1
        if inside >= 0 and at <= pairs[inside][1]:
            opened, at = pairs[inside]
            at += 1
            if _ends_speech(text, opened, at):
                ends.append(at)
            continue
        if text[at] in _CJK_STOP and _is_stop(text, at):
            while at < len(text) and text[at] in _AFTER_STOP:
                at += 1
            ends.append(at)
            continue
        at += 1
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return ends


def _is_stop(text: str, at: int) -> bool:
    """A full-width point inside a number ("３．５") is no stop."""
    return text[at] != "．" or not text[at + 1 : at + 2].isdigit()


def _ends_speech(text: str, opened: int, after: int) -> bool:
    """Chinese writes 他说：“……。” with the stop inside; what follows is a new sentence."""
    if text[opened] not in _SPEECH or text[after - 2 : after - 1] not in _CJK_STOP:
        return False
    if after < len(text) and text[after] in _SPEECH_GOES_ON | _AFTER_STOP:
        return False
    return text[max(0, opened - 1) : opened] in ("：", ":")
