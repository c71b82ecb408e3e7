"""The pre-clean in front of the feed libraries: from what a server sent to well-formed XML, or a sentence why not.

One linear pass over the tags, no tree: bombs are refused before any parser sees them (100,000 attributes on a tag hold
up every library for 25 s and more). On the way it mends what the libraries lose in silence (bare `&`, `&nbsp;`, missing
namespaces, unclosed tags, a document broken off) and notes what they do not give: xml:base, language, raw dates, ttl.
"""

import html
import re
from dataclasses import dataclass, field
from html.entities import html5
from urllib.parse import urljoin

MAX_DEPTH = 150  # real feeds with XHTML inside stay under 40
MAX_ATTRIBUTES = 100  # on one tag; real ones stay under 30, namespaces included
MAX_TAG = 40_000  # characters of one tag
MAX_MARKUP = 600_000  # tags, comments and sections: twice those of a feed with 10,000 full items
MAX_REFERENCES = 1_000_000  # `&`: a feed of 8 MB whose HTML is escaped throughout holds fewer

FEW_ITEMS = 500  # the tolerant parser needs 2 ms for each item

_TAG = re.compile(r"<(/?)([A-Za-z_][\w.\-]*(?::[A-Za-z_][\w.\-]*)?)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w.\-]*(?::[\w.\-]+)?)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)'|([^\s\"'<>=]+))")
_REFERENCE = re.compile(r"&(?:#(?:\d{1,7}|[xX][0-9A-Fa-f]{1,6});|([A-Za-z][A-Za-z0-9]{1,31};))?")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0, 2.2
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_ROOTS = {"rss": "item", "rdf": "item", "feed": "entry"}
_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACES = {
    "atom": _ATOM,
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}
_PUBLISHED = ("published", "pubdate", "issued", "date", "created")
_UPDATED = ("updated", "modified")
_NOTED_OF_FEED = frozenset({"ttl", "language"})


@dataclass(slots=True)
class ItemFacts:
    """What one item says that the libraries drop or guess at. `start` is its place among the pieces.

    `filled` names its child elements that hold something, so that a library's losses show.
    """

    start: int
    base: str = ""
    language: str | None = None
    texts: dict[str, str] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)

    @property
    def date(self) -> str | None:
        """The date as written: of publication before that of the last change."""
        return next((self.texts[name].strip() for name in (*_PUBLISHED, *_UPDATED) if self.texts.get(name)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Well-formed XML in UTF-8. `items` come in the document's order; `broken_off`: what was not whole is left out.

    `short` holds the first `FEW_ITEMS` items alone, for a slow parser; it is `xml` where there are no more.
    """

    xml: bytes
    short: bytes
    items: tuple[ItemFacts, ...]
    language: str | None
    ttl: str | None
    broken_off: bool


class Refused(Exception):
    """The document is no feed, or one that is built to do harm. `str()` is the sentence."""


@dataclass(slots=True)
class _Open:
    name: str
    local: str
    base: str
    language: str | None


def prepare(text: str, url: str) -> Prepared:
    """Mend `text`; `url` is the base of its links. Raises Refused with a sentence for people."""
    return _Preparation(_ILLEGAL.sub("", text), url).run()


class _Preparation:
    """State of the one pass: a stack of open elements, and the pieces written so far."""

    def __init__(self, text: str, url: str) -> None:
        self._text, self._url = text, url
        self._last_close = text.rfind(">")
        self._out: list[str] = []
        self._stack: list[_Open] = []
        self._items: list[ItemFacts] = []
        self._item: ItemFacts | None = None
        self._item_depth = 0
        self._item_name = ""
        self._feed_texts: dict[str, str] = {}
        self._prefixes: set[str] = set()
        self._declared: set[str] = {"xml", "xmlns"}
        self._root_done = False
        self._short: tuple[int, str] | None = None
        self._root = ""

    def run(self) -> Prepared:
        position, broken_off = 0, False
        if self._text.count("<") > MAX_MARKUP or self._text.count("&") > MAX_REFERENCES:
            raise Refused("The feed holds more tags than any feed needs; it was not read.")
        while not self._root_done:
            start = self._text.find("<", position)
            self._words(self._text[position : start if start >= 0 else len(self._text)])
            if start < 0:
                break
            position = self._markup(start)
            if position < 0:
                broken_off = True
                break
        if not self._root:
            raise Refused(_no_feed(self._text))
        return self._finish(broken_off=broken_off or self._item is not None)

    def _markup(self, start: int) -> int:
        """Take the markup at `start`; answers the position after it, -1 when the document breaks off inside."""
        found = _TAG.match(self._text, start)
        if found is None:
            return self._other_markup(start)
        slash, name, attributes = found.groups()
        if len(attributes) > MAX_TAG:
            raise Refused("The feed holds a tag of a size that no feed needs; it was not read.")
        if slash:
            self._close(name)
        else:
            self._start(name, attributes, found.end())
        return found.end()

    def _other_markup(self, start: int) -> int:
        text = self._text
        if text.startswith("<![CDATA[", start):
            end = text.find("]]>", start)
            if end >= 0:
                self._characters(text[start + 9 : end], text[start : end + 3])
            return end + 3 if end >= 0 else -1
        if text.startswith("<!--", start):
            return _after(text, "-->", start + 4)
        if text.startswith("<?", start):
            return _after(text, "?>", start + 2)
        return self._doctype(start) if text.startswith("<!", start) else self._bare(start)

    def _doctype(self, start: int) -> int:
        end = _after(self._text, ">", start)
        if end > 0 and "[" in self._text[start:end]:
            if _ENTITY.search(self._text, start, start + MAX_TAG):
                raise Refused("The feed declares entities of its own, as attacks do; it was not read.")
            end = _after(self._text, "]>", start)
        if self._text[start : start + 14].lower() == "<!doctype html":
            raise Refused(_WEB_PAGE)
        return end

    def _bare(self, start: int) -> int:
        """A `<` that opens nothing: text, unless nothing closes it any more."""
        if start > self._last_close:
            return -1
        self._characters("<", "&lt;")
        return start + 1

    # --- elements -------------------------------------------------------------------------------------------------

    def _start(self, name: str, raw: str, after: int) -> None:
        local = _local(name)
        if not self._root:
            self._check_root(local)
        if len(self._stack) >= MAX_DEPTH:
            raise Refused("The feed nests its tags deeper than any feed needs; it was not read.")
        attributes = _attributes(raw) if raw else {}
        if attributes or ":" in name:
            self._note_prefixes(name, attributes)
        single = raw.endswith("/") or self._is_unclosed_link(local, attributes, after)
        opened = self._opened(name, local, attributes)
        if self._item is not None:
            self._fill()
        elif local == self._item_name:
            if single:
                return  # an empty item is none
            self._item = ItemFacts(start=len(self._out), base=opened.base, language=opened.language)
            self._item_depth = len(self._stack)
        written = "".join(f' {key}="{_escaped(value)}"' for key, value in attributes.items())
        self._out.append(f"<{name}{written}{'/' if single else ''}>")
        if not single:
            self._stack.append(opened)

    def _fill(self) -> None:
        if self._item is not None and len(self._stack) > self._item_depth + 1:
            self._item.filled.add(self._stack[self._item_depth + 1].local)

    def _opened(self, name: str, local: str, attributes: dict[str, str]) -> _Open:
        above = self._stack[-1] if self._stack else _Open("", "", self._url, None)
        if not attributes:
            return _Open(name, local, above.base, above.language)
        base = _joined(above.base, attributes["xml:base"]) if "xml:base" in attributes else above.base
        return _Open(name, local, base, attributes.get("xml:lang", above.language))

    def _check_root(self, local: str) -> None:
        if local not in _ROOTS:
            raise Refused(
                _WEB_PAGE if local in _HTML_ROOTS else f"This is XML of another kind (<{local[:40]}>), no feed."
            )
        self._root, self._item_name = local, _ROOTS[local]

    def _is_unclosed_link(self, local: str, attributes: dict[str, str], after: int) -> bool:
        """Atom's <link href="…"> without an end would swallow all that follows it."""
        if local != "link" or "href" not in attributes or self._root == "rss":
            return False
        return not self._text[after : after + 200].lstrip().lower().startswith(("</link", "</atom:link"))

    def _note_prefixes(self, name: str, attributes: dict[str, str]) -> None:
        for key in (name, *attributes):
            prefix, colon, rest = key.partition(":")
            if colon:
                self._prefixes.add(prefix)
                if prefix == "xmlns":
                    self._declared.add(rest)

    def _close(self, name: str) -> None:
        """Close `name` and what was left open inside it; an end tag without its start is dropped."""
        if not self._stack or (self._stack[-1].name != name and all(opened.name != name for opened in self._stack)):
            return
        while self._stack:
            opened = self._stack.pop()
            self._out.append(f"</{opened.name}>")
            if self._item is not None and len(self._stack) == self._item_depth:
                self._items.append(self._item)
                if len(self._items) == FEW_ITEMS:
                    self._short = (len(self._out), self._closing())
                self._item = None
            if opened.name == name:
                break
        self._root_done = not self._stack

    # --- text -----------------------------------------------------------------------------------------------------

    def _words(self, text: str) -> None:
        if text and self._stack:
            written = _REFERENCE.sub(_mended, text) if "&" in text else text
            self._characters(html.unescape(written) if "&" in written else written, written.replace("]]>", "]]&gt;"))

    def _characters(self, meant: str, written: str) -> None:
        """Write text, and note it where it is a date, a language or a time to live."""
        if not self._stack:
            return
        self._out.append(written)
        if not meant.isspace():
            self._fill()
        local = self._stack[-1].local
        depth = len(self._stack)
        if self._item is not None and depth == self._item_depth + 2 and (local in _PUBLISHED or local in _UPDATED):
            self._item.texts[local] = (self._item.texts.get(local, "") + meant)[:200]
        elif self._item is None and depth <= 3 and local in _NOTED_OF_FEED:
            self._feed_texts[local] = (self._feed_texts.get(local, "") + meant)[:40]

    # --- the end --------------------------------------------------------------------------------------------------

    def _finish(self, *, broken_off: bool) -> Prepared:
        if broken_off and self._item is not None:
            # Only whole items stay: half a text would pass for the whole one.
            del self._out[self._item.start :]
            del self._stack[self._item_depth :]
        root_place = next(place for place, piece in enumerate(self._out) if piece.startswith("<"))
        missing = sorted(self._prefixes - self._declared)
        spaces = "".join(f' xmlns:{prefix}="{_NAMESPACES.get(prefix, "urn:" + prefix)}"' for prefix in missing)
        root = self._out[root_place]
        if self._root == "feed" and "xmlns=" not in root and ":" not in root.split()[0]:
            spaces += f' xmlns="{_ATOM}"'
        if self._root == "rdf" and "xmlns=" not in root:
            spaces += ' xmlns="http://purl.org/rss/1.0/"'
        cut = -2 if root.endswith("/>") else -1
        self._out[root_place] = root[:cut] + spaces + root[cut:]
        xml = ("".join(self._out) + self._closing()).encode("utf-8")
        return Prepared(
            xml=xml,
            short=("".join(self._out[: self._short[0]]) + self._short[1]).encode("utf-8") if self._short else xml,
            items=tuple(self._items),
            language=self._feed_texts.get("language") or _root_language(root),
            ttl=self._feed_texts.get("ttl"),
            broken_off=broken_off,
        )

    def _closing(self) -> str:
        return "".join(f"</{opened.name}>" for opened in reversed(self._stack))


_WEB_PAGE = "This is a web page, not a feed."
_HTML_ROOTS = frozenset(
    {"html", "head", "body", "meta", "title", "script", "div", "p", "h1", "style", "link", "center"}
)


def _no_feed(text: str) -> str:
    return "The feed is empty." if not text.strip() else "This is plain text, not a feed."


def _root_language(root: str) -> str | None:
    return _attributes(root.partition(" ")[2]).get("xml:lang")


def _after(text: str, mark: str, start: int) -> int:
    end = text.find(mark, start)
    return end + len(mark) if end >= 0 else -1


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _attributes(raw: str) -> dict[str, str]:
    """Names and values, references resolved; of a name given twice, the first (XML allows only one)."""
    if raw.count("=") > MAX_ATTRIBUTES or len(raw) > MAX_TAG:
        raise Refused("The feed holds a tag with more attributes than any feed needs; it was not read.")
    kept: dict[str, str] = {}
    for name, double, single, plain in _ATTRIBUTE.findall(raw):
        value = double or single or (plain.removesuffix("/") if raw.rstrip().endswith(plain) else plain)
        kept.setdefault(name, html.unescape(_REFERENCE.sub(_mended, value)))
    return kept


def _mended(found: re.Match[str]) -> str:
    """A reference that XML knows, or the character it stands for, or the bare ampersand made one."""
    if found[1] is None and len(found[0]) == 1:
        return "&amp;"
    if found[1] is not None and found[1] not in html5:
        return f"&amp;{found[1]}"
    return _escaped(_ILLEGAL.sub("", html.unescape(found[0])))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference.strip())
    except ValueError:
        return base
