"""Bytes of a feed or a page to text, as browsers read them. Pure and linear in time."""

import codecs
import re

LOOKED_AT = 4_096
"""Bytes in which a document may name its own encoding; browsers look at 1,024 (HTML, 13.2.3.2), some pages are late."""

_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})[\"']", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What the names mean in practice (WHATWG Encoding, 4.2): the larger set that contains the declared one.
_WIDER = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252",
    "latin1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift-jis": "cp932",
    "x-sjis": "cp932", "sjis": "cp932", "euc-kr": "cp949", "ks-c-5601-1987": "cp949", "windows-949": "cp949",
    "big5": "big5hkscs", "iso-8859-9": "cp1254", "tis-620": "cp874", "iso-8859-11": "cp874",
}  # fmt: skip
_TEXT_CODECS = re.compile(
    r"(?:utf[-_]?(?:8|16|32)|iso[-_]?|latin|windows-|cp\d|gb|big5|euc|koi8|mac|tis|hz|ascii|us-ascii|shift|sjis|x-|ks_c)",
    re.IGNORECASE,
)
"""Python also knows codecs that are none of a text's (zip, punycode): those are not used."""

_SURE = 10
"""So many whole characters of UTF-8 beside each broken byte make it UTF-8 with faults: in no other encoding do two
letters in a row happen to be one that often."""


def decode(body: bytes, charset: str | None = None) -> str:
    """The text. A byte order mark decides, then what the bytes are, then what the header (`charset`), an XML
    declaration and a meta tag say.

    UTF-8 by its look goes before the header, for servers put iso-8859-1 there by default, and no other text of any
    length happens to be UTF-8. Never fails: what does not fit becomes U+FFFD.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if body[:2] in (b"<\0", b"\0<"):
        return body.decode("utf-16-le" if body[0] else "utf-16-be", "replace")
    named = _named(body, charset)
    escaped = next((name for name in named if name.startswith("iso-2022")), None)  # ASCII bytes that mean Japanese
    if escaped is None and _is_utf8(body):
        return body.decode("utf-8", "replace")
    for name in [escaped] if escaped else named:
        text = _decode_as(body, name)
        if text is not None:
            return text
    return body.decode("utf-8" if "utf-8" in named else "cp1252", "replace")


def _named(body: bytes, charset: str | None) -> list[str]:
    head = body[:LOOKED_AT]
    found = [match[1].decode() for pattern in (_XML, _META) if (match := pattern.search(head))]
    return [name.lower() for name in (charset, *found) if name]


def _is_utf8(body: bytes) -> bool:
    """Whether it is UTF-8, a few broken bytes and a last character cut in half forgiven."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        return sum(sign > "\x7f" for sign in text) - broken > _SURE * broken
    return True


def _decode_as(body: bytes, name: str) -> str | None:
    if not _TEXT_CODECS.match(name) or name.startswith(("utf-8", "utf8")):
        return None
    try:
        return body.decode(_WIDER.get(name.replace("_", "-"), name), "replace")
    except (LookupError, ValueError):
        return None
