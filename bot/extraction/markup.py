"""HTML to lines: hidden elements removed, the article's text found by trafilatura in two modes.

trafilatura's precision mode is taken unless it kept less than 60 % of the words of its default mode (measured on 362
pages: F1 .964 and .943 alone, .969 and .946 so combined and filtered). Tags with
thousands of attributes lose them; libxml2 itself stops at 255 levels of nesting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from bot.extraction.lines import size, squash
from bot.text import clean

MAX_ATTRIBUTES = 300
"""Attributes of one tag; a tag with more loses them: 100,000 stall the parser for 20 s."""
MAX_HIDDEN = 1_500
"""Characters of a hidden element that is dropped. A longer one may be the article itself, shown later by a script."""
PRECISE_SHARE = 0.6
PROSE_SHARE = 0.7
"""When the strict mode kept this share of the words in the page's paragraphs, the default mode is not tried: on 160 of
180 pages, and on none of them would it have been taken. Saves two fifths of the time."""
MIN_PARAGRAPH = 12
"""Words of a `<p>` that counts as prose."""

_STUFFED_TAG = re.compile(
    r"(<[a-zA-Z][\w:-]{0,30})(?:\s+[^\s=<>\"'/]{1,100}"
    r"(?:\s*=\s*(?:\"[^\"]{0,5000}\"|'[^']{0,5000}'|[^\s\"'<>]{0,2000}))?)" + f"{{{MAX_ATTRIBUTES},}}+"
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])", re.IGNORECASE
)
_FOR_SCREEN_READERS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|u-visually-hidden|a11y-hidden)(?:\s|$)"
)
_BLOCKS = frozenset(
    {
        "p",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "div",
        "td",
        "section",
        "aside",
        "article",
        "blockquote",
        "dd",
        "dt",
    }
)
_LINK_SHARE = 0.9
_LINE_CHARS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The text that the page's markup offers, line by line; `precise` says which mode gave it."""

    lines: tuple[str, ...]
    precise: bool
    links: frozenset[str]
    captions: frozenset[str]


def parse(text: str) -> HtmlElement | None:
    """The tree of a page, or None when there is none. Hidden elements are gone; scripts are still there."""
    text = _STUFFED_TAG.sub(r"\1", text.replace("\x00", ""))
    if not text.strip():
        return None
    try:
        tree = document_fromstring(
            text.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    _remove_hidden(tree)
    return tree


def _remove_hidden(tree: HtmlElement) -> None:
    """Drop what readers do not see and what only screen readers say ("opens in a new tab")."""
    for element in [e for e in tree.iter(etree.Element) if _is_hidden(e)]:
        if element.getparent() is not None and len(_text_of(element)) <= MAX_HIDDEN:
            element.drop_tree()


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in ("html", "body", "head", "script", "style", "main", "article"):
        return False
    style = element.get("style")
    if style is not None and _HIDDEN_STYLE.search(style[:500]):
        return True
    return "hidden" in element.attrib or _FOR_SCREEN_READERS.search((element.get("class") or "")[:500]) is not None


def article_lines(tree: HtmlElement) -> Lines:
    """The article's lines by trafilatura, and which lines of the page are only a link or a caption.

    A standfirst that trafilatura leaves out stays out: adding it back (found by the page's own description) gained
    .006 F1 on fundus pages and lost .005 on scrapinghub pages, whose gold texts disagree about it.
    """
    text = _extract(tree, precision=True)
    is_precise = True
    if not text or size(text) < PROSE_SHARE * _prose_words(tree):
        default = _extract(tree, precision=False)
        is_precise = size(text) >= PRECISE_SHARE * size(default)
        text = text if is_precise else default
    text = clean(text)
    lines = tuple(line for line in text.split("\n") if line.strip())
    return Lines(
        lines=lines,
        precise=is_precise,
        links=frozenset(_link_lines(tree)),
        captions=frozenset(_captions(tree)),
    )


def _extract(tree: HtmlElement, *, precision: bool) -> str:
    from trafilatura import bare_extraction  # 0.5 s to import

    try:
        document = bare_extraction(tree, favor_precision=precision, include_comments=False, include_tables=False)
    except Exception:  # noqa: BLE001 - a library's failure on a strange page is a page without an article
        return ""
    return str(getattr(document, "text", "") or "")


def _prose_words(tree: HtmlElement) -> int:
    """Words in the page's longer paragraphs: about what there is to find."""
    return sum(words for element in tree.iter("p") if (words := size(_text_of(element))) >= MIN_PARAGRAPH)


def _text_of(element: HtmlElement) -> str:
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(part)
        length += len(part)
        if length > _LINE_CHARS:
            break
    return "".join(parts)


def _link_lines(tree: HtmlElement) -> Iterator[str]:
    """Blocks whose text is, nearly all of it, links."""
    linked: dict[HtmlElement, int] = {}
    for link in tree.iter("a"):
        block: HtmlElement = link
        for _ in range(6):
            if block.tag in _BLOCKS or block.getparent() is None:
                break
            block = block.getparent()
        if block.tag in _BLOCKS:
            linked[block] = linked.get(block, 0) + len(squash(_text_of(link)))
    for block, length in linked.items():
        flat = squash(_text_of(block))
        if flat and length >= _LINK_SHARE * len(flat):
            yield flat


def _captions(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("figcaption"):
        if flat := squash(clean(_text_of(element))):
            yield flat
