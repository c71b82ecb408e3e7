"""Source lists as OPML 2.0 (opml.org/spec2.opml), in and out."""

from xml.etree.ElementTree import Element, SubElement, tostring

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from bot.errors import InputError
from bot.model import Source, normalize_url, source_id

MOST = 5000
"""Feeds read from one file; a larger one is no reading list."""


def to_opml(sources: tuple[Source, ...]) -> str:
    """The list as a document."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = "Attaché sources"
    body = SubElement(root, "body")
    for source in sources:
        SubElement(body, "outline", type="rss", text=source.name, title=source.name, xmlUrl=source.url)
    return tostring(root, encoding="unicode", xml_declaration=True)


def from_opml(document: bytes) -> tuple[Source, ...]:
    """The feeds that the document names, each once; InputError when it is not OPML."""
    try:
        root = defusedxml.ElementTree.fromstring(document)
    except (DefusedXmlException, SyntaxError, ValueError) as error:
        raise InputError(f"That is not an OPML file: {error}") from error
    found: dict[str, Source] = {}
    for outline in list(root.iter("outline"))[:MOST]:
        try:
            url = normalize_url(outline.get("xmlUrl") or "")
        except ValueError:
            continue
        name = outline.get("title") or outline.get("text") or url
        found.setdefault(url, Source(id=source_id(url), url=url, name=name[:80], shared=True))
    if not found:
        raise InputError("The file names no feed (an outline with an xmlUrl).")
    return tuple(found.values())
