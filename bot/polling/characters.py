"""Bytes to text, and markup to one clean line. Pure and linear in time."""

import codecs
import html
import re

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})[\"']", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What the names mean in practice (WHATWG Encoding, 4.2): the larger set that contains the declared one.
_WIDER = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932",
    "x-sjis": "cp932", "sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs",
    "iso-8859-9": "cp1254", "tis-620": "cp874", "iso-8859-11": "cp874",
}  # fmt: skip
_TEXT_CODECS = re.compile(
    r"(?:utf[-_]?(?:8|16|32)|iso[-_]|latin|windows-|cp\d|gb|big5|euc|cp949|koi8|mac|tis|hz|ascii|us-ascii|shift|sjis|x-|ks_c)",
    re.IGNORECASE,
)
"""Python also knows codecs that are none of a text's (zip, punycode): those are not used."""

_MARKUP = re.compile(r"<(?:/?[A-Za-z][^<>]{0,2000}|!--[^<>]{0,2000}--)>")
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


def decode(body: bytes, charset: str | None) -> str:
    """The text of a feed. A byte order mark decides, then what the bytes are, then what header and declaration say.

    UTF-8 by its look goes before the header, for servers put iso-8859-1 there by default, and no other text of any
    length happens to be UTF-8. Never fails: what does not fit becomes U+FFFD.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if body[:2] in (b"<\0", b"\0<"):
        return body.decode("utf-16-le" if body[0] else "utf-16-be", "replace")
    found = _DECLARED.search(body[:1000])
    named = [name.lower() for name in (charset, found[1].decode() if found else None) if name]
    escaped = next((name for name in named if name.startswith("iso-2022")), None)  # ASCII bytes that mean Japanese
    if escaped is None and _is_utf8(body):
        return body.decode("utf-8", "replace")
    for name in [escaped] if escaped else named:
        text = _decode_as(body, name)
        if text is not None:
            return text
    return body.decode("utf-8" if "utf-8" in named else "cp1252", "replace")


def _is_utf8(body: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)  # a last character cut in half is forgiven
    except UnicodeDecodeError:
        return False
    return True


def _decode_as(body: bytes, name: str) -> str | None:
    if not _TEXT_CODECS.match(name) or name.startswith(("utf-8", "utf8")):
        return None
    try:
        return body.decode(_WIDER.get(name, name), "replace")
    except (LookupError, ValueError):
        return None


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
