"""Markup to one clean line. Pure and linear in time."""

import html
import re

_MARKUP = re.compile(r"<(?:/?[A-Za-z][^<>]{0,2000}|!--[^<>]{0,2000}--)>")
_TAGS = re.compile(r"<[^<>]*>")
_BLOCKS = re.compile(r"<(?:/?(?:p|div|li|ul|ol|h[1-6]|tr|td)|br)\b[^<>]{0,2000}>", re.IGNORECASE)
# Nothing to see, or reordering what is seen: controls, soft hyphen, zero-width, marks and overrides of direction.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"
)
# Joiners are spelling in Persian and in the scripts of India; anywhere else they only hide a word from a search.
_IDLE_JOINERS = re.compile(
    "(?<![\u0600-\u08ff\u0900-\u0dff])[\u200c\u200d]+|[\u200c\u200d]+(?![\u0600-\u08ff\u0900-\u0dff])"
)


def words_in(markup: str) -> int:
    """Characters that readers see of it, about: a picture's addresses are none."""
    return len(" ".join(_TAGS.sub(" ", markup).split()))


def one_line(markup: str, limit: int) -> str:
    """Plain words of a title: no tags, no entities, nothing invisible, single spaces, at most `limit` characters."""
    text = markup[: limit * 20]
    if "<" in text:
        text = _MARKUP.sub("", _BLOCKS.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    text = _IDLE_JOINERS.sub("", _UNSEEN.sub("", text))
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
