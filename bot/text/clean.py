"""Characters made safe and comparable before any offset is counted.

`clean` is applied once, where text enters; every offset elsewhere counts code points of its result. Canonical
composition (NFC) only: NFKC would turn "５％" and "㎞" into something that the source does not say.
"""

import re
import sys
import unicodedata
from functools import cache

MAX_MARKS = 4
"""Combining marks kept in a row. Vietnamese and pointed Hebrew need up to three; canonical ordering of long runs takes
quadratic time in CPython (a megabyte of alternating marks: minutes)."""

_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_TWO_SPACES = re.compile("  +")
_AROUND_LINE_END = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")
_OVERRIDE = re.compile(r"\u202e([^\n\u202a-\u202e\u2066-\u2069]{1,200})(?:\u202c|$)", re.MULTILINE)
# A joiner is spelling in Arabic and Indic scripts (Persian "می‌خواهد"), and a hiding place anywhere else.
_JOINED = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\ufb50-\ufdff"
_STRAY_JOINER = re.compile(rf"(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # controls
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners and fillers without a glyph
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\uffa0"  # zero width, direction
    "\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"  # variation selectors, marks, tags
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNSETTLED = re.compile(
    "[^\n -~\xa1-\xac\xae-\u02ff\u0391-\u03a1\u03b1-\u03c9\u0400-\u0482\u048a-\u052f"  # Latin, Greek, Cyrillic
    "\u060c\u061b\u061f\u0621-\u063a\u0641-\u064a\u0660-\u0669"  # Arabic without its marks
    "\u2013\u2014\u2018-\u201e\u2026\u2030\u20ac"  # dashes, quotation marks
    "\u3001-\u3003\u3005\u3008-\u3011\u3041-\u3096\u30a1-\u30fc\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]"  # East Asia
)
"""Any character but those that `visible` always leaves alone, whatever stands beside them: one look at a text that is
clean already, as most are, instead of eight."""


@cache
def _long_mark_run() -> re.Pattern[str]:
    """Built once and late: it looks at every code point."""
    marks = filter(unicodedata.combining, map(chr, range(0x300, min(0x1E94B, sys.maxunicode))))
    ranges: list[list[str]] = []
    for mark in marks:
        if ranges and ord(ranges[-1][1]) + 1 == ord(mark):
            ranges[-1][1] = mark
        else:
            ranges.append([mark, mark])
    within = "".join(f"{first}-{last}" for first, last in ranges)
    return re.compile(f"([{within}]{{{MAX_MARKS}}})[{within}]+")


def _as_displayed(match: re.Match[str]) -> str:
    """What stands on the screen: an override shows left-to-right text backwards."""
    inner = match[1]
    if any(unicodedata.bidirectional(ch) in ("R", "AL") for ch in inner):
        return inner
    return inner[::-1]


def visible(text: str) -> str:
    r"""`text` without what readers do not see: controls, zero-width and direction characters, tags, long mark runs.

    Text that a right-to-left override shows backwards is put the way it is shown ("000,41" in an override reads
    "14,000"). Line ends become "\n", lone surrogates U+FFFD; the result is in NFC. White space is left alone.
    """
    text = _LINE_ENDS.sub("\n", text)
    if text.isascii():
        return _INVISIBLE.sub("", text)
    if "\u202e" in text:
        text = _OVERRIDE.sub(_as_displayed, text)
    text = _SURROGATES.sub("\ufffd", text)
    text = _STRAY_JOINER.sub("", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", _long_mark_run().sub(r"\1", text))


def clean(text: str) -> str:
    """`visible`, and white space by rule: single spaces, no space at line ends, at most one blank line, none outside.

    A blank line separates paragraphs; a single line end stays one. Idempotent. Takes time linear in the text.
    """
    if _UNSETTLED.search(text) is not None:
        text = _SPACES.sub(" ", visible(text))
    elif "  " in text:
        text = _TWO_SPACES.sub(" ", text)
    if " \n" in text or "\n " in text:
        text = _AROUND_LINE_END.sub("\n", text)
    if "\n\n\n" in text:
        text = _BLANK_LINES.sub("\n\n", text)
    return text.strip()


def one_line(text: str) -> str:
    """`clean` on a single line: for titles, names and other labels."""
    return " ".join(clean(text).split())
