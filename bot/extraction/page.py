"""One page or text to an article: pure, bounded, and without exceptions for what the input holds.

In order: lines (`markup` for HTML, `plain` for text), furniture out (`furniture`), then title, byline, agency,
dateline, time and language from the page, the lines and what was known beside them. What was known beside (a feed's
title, time, outlet) wins over the page, but not over the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot.extraction import agencies
from bot.extraction.dateline import FoundDateline, find_dateline
from bot.extraction.furniture import Dropped, Hints, Sifted, sift
from bot.extraction.lines import ends_sentence, size, squash
from bot.extraction.markup import Lines, article_lines, parse
from bot.extraction.metadata import MAX_LABEL, Metadata, language_code, read_metadata, without_name
from bot.extraction.plain import densest_block, to_lines
from bot.extraction.times import PrintedTime, find_time, local_zone
from bot.extraction.title import title_from
from bot.model import Article, Decision
from bot.ports import PageInput, Unreadable
from bot.text import one_line, sentences
from bot.text.encoding import decode

MAX_BYTES = 3_000_000
"""Bytes read of a page; the largest of 360 news pages has 1.7 MB."""
MIN_WORDS = 25
"""Words of a web page's text below which it is no article: the shortest of 180 news pages has 41."""
MAX_FURNITURE = 200
"""Dropped lines kept with an article; more are counted."""
MAX_FURNITURE_LINE = 500
ABOVE = 25
"""Lines above the text in which its headline may stand: captions, times, bylines and share buttons come between."""
HEADLINE_SHARE = 0.5
"""Share of a headline's longer words that its text repeats; of a caption's, fewer."""
RESCUE_FACTOR = 3
"""JSON-LD's articleBody replaces a text that is this much shorter: on a fifth of pages it holds only a teaser."""

MIDNIGHT = time(0)
"""A time of exactly midnight is a day without a time: moving it would change the day."""
_MAX_LEAD = timedelta(days=2)
"""A page's own time may lie this far after its arrival: zones left out. More is a mistake and not believed."""
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x00\x00\x00",
    b"ID3",
    b"OggS",
)
_SCRIPT_ONLY = re.compile(
    r"enable (?:java ?script|js)|java ?script (?:is|must be|has been) (?:required|disabled|enabled|turned)|"
    r"requires java ?script|activer javascript|javascript aktivieren",
    re.IGNORECASE,
)
_CONSENT = re.compile(r"cookies?|consent|gdpr|dsgvo|privacy choices|datenschutz|einwilligung|同意", re.IGNORECASE)
_PAYWALL = re.compile(
    r"subscri(?:be|ber|ption)|paywall|abonn|suscr|assinante|会員|購読|订阅|подпис|اشتراك|구독", re.IGNORECASE
)
_CHALLENGE = re.compile(
    r"checking your browser|verify (?:that )?you are (?:a )?human|captcha|access denied|unusual traffic|just a moment",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:story|written|words|text|reported|report|analysis) )?"
    r"(?:by:?|par|von|por|di|a cura di|text:|texto:|автор:?|文[:：]|記者[:：]|作者[:：])\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """An article and what was decided on the way."""

    article: Article
    decisions: tuple[Decision, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Draft:
    """What is gathered before the article is built."""

    page: PageInput
    meta: Metadata
    sifted: Sifted
    decisions: list[Decision] = field(default_factory=list)

    def note(self, outcome: str, reason: str) -> None:
        self.decisions.append(
            Decision(stage="extraction", outcome="changed" if outcome == "changed" else "kept", reason=reason)
        )


def extract(page: PageInput) -> Extracted | Unreadable:
    """The article of a page, or why there is none.

    Takes time roughly linear in the page, which is cut at 3 MB (HTML) or a million code points (text); a page made to
    be slow is the caller's deadline's business. Never raises for what the page holds.
    """
    if page.html is not None:
        return _from_html(page, page.html)
    return _from_text(page, page.text or "")


# --- HTML -------------------------------------------------------------------------------------------------------


def _from_html(page: PageInput, html: bytes) -> Extracted | Unreadable:
    if not html.strip():
        return Unreadable(id=page.id, reason="The page is empty.")
    if html.startswith(_BINARY):
        return Unreadable(id=page.id, reason="This is a file of another kind, not a web page.")
    text = decode(html[:MAX_BYTES], page.charset)
    tree = parse(text)
    if tree is None:
        return Unreadable(id=page.id, reason="This is not a web page.")
    meta = read_metadata(tree, page.url)
    found = article_lines(tree)
    draft = _Draft(page=page, meta=meta, sifted=sift(found.lines, _hints(page, meta, found)))
    _rescue(draft)
    if sum(map(size, draft.sifted.kept)) < MIN_WORDS:
        return Unreadable(id=page.id, reason=_why_nothing(text, meta), decisions=_dropped(draft.sifted))
    if not found.precise:
        draft.note("kept", "The looser reading of the page was taken: the strict one lost too much of the text.")
    return _article(draft)


def _hints(page: PageInput, meta: Metadata, found: Lines) -> Hints:
    titles = frozenset(squash(t) for t in (page.title, meta.title, *meta.headings) if t)
    return Hints(titles=titles - {""}, links=found.links, captions=found.captions)


def _rescue(draft: _Draft) -> None:
    """Take JSON-LD's own text when the page itself shows little of it."""
    if not draft.meta.body:
        return
    lines = to_lines(draft.meta.body)
    if sum(map(size, lines)) >= max(MIN_WORDS, RESCUE_FACTOR * sum(map(size, draft.sifted.kept))):
        draft.sifted = sift(lines, Hints(titles=frozenset(squash(t) for t in draft.meta.headings)))
        draft.note("changed", "The text was taken from the page's metadata: the page itself shows little of it.")


def _why_nothing(text: str, meta: Metadata) -> str:
    """The reason as a sentence for people."""
    seen = text[:200_000]
    if _CHALLENGE.search(seen):
        return "The site showed a check for robots instead of the article."
    if not meta.free:
        return "Only a teaser stands before the paywall."
    if _SCRIPT_ONLY.search(seen):
        return "The page shows its text only to browsers that run scripts."
    if len(_CONSENT.findall(seen)) >= 5 and len(seen) < 100_000:
        return "The page asks for consent before it shows the article."
    if len(_PAYWALL.findall(seen)) >= 3:
        return "Only a teaser stands before the paywall."
    return "There is no article on the page."


# --- text -------------------------------------------------------------------------------------------------------


def _from_text(page: PageInput, text: str) -> Extracted | Unreadable:
    lines = to_lines(text)
    title = one_line(page.title or "")
    if not lines:
        if not title:
            return Unreadable(id=page.id, reason="The text is empty.")
        lines = (title,)
        sifted = Sifted(kept=lines, dropped=())
    elif title:
        sifted = _sift_given(lines, Hints(titles=frozenset({squash(title)})))
    else:
        sifted = _sift_pasted(lines)
    return _article(_Draft(page=page, meta=Metadata(), sifted=sifted))


def _sift_given(lines: Sequence[str], hints: Hints) -> Sifted:
    """Text given as an article's: only furniture goes, and never all."""
    sifted = sift(lines, hints)
    return sifted if sifted.kept else Sifted(kept=tuple(lines), dropped=())


def _sift_pasted(lines: Sequence[str]) -> Sifted:
    """Text copied from a page: furniture goes, then what lies outside the densest block of prose."""
    sifted = sift(lines, Hints(anchored=True))
    if not sifted.kept:
        return Sifted(kept=tuple(lines), dropped=())
    gone = {d.index: d for d in sifted.dropped}
    places = [i for i in range(len(lines)) if i not in gone]
    block = densest_block(sifted.kept)
    outside = [
        Dropped(index=i, line=lines[i], reason="outside the article's block of paragraphs")
        for at, i in enumerate(places)
        if at not in block
    ]
    dropped = sorted([*sifted.dropped, *outside], key=lambda d: d.index)
    return Sifted(kept=tuple(sifted.kept[i] for i in block), dropped=tuple(dropped))


# --- both -------------------------------------------------------------------------------------------------------


def _article(draft: _Draft) -> Extracted:
    page, meta, kept = draft.page, draft.meta, draft.sifted.kept
    published = _published(draft)
    text = "\n\n".join(kept)
    dateline = next((d for line in kept[:3] if (d := find_dateline(line, published or page.arrived))), None)
    byline = _byline(draft)
    language = language_code(page.language) or meta.language or "und"
    article = Article(
        id=page.id,
        source_id=page.source_id,
        url=page.url,
        title=_title(draft, dateline, language),
        byline=byline,
        outlet=one_line(page.outlet or "") or meta.outlet,
        agency=_agency(kept, draft.sifted.dropped, dateline, byline),
        dateline=dateline.dateline if dateline else None,
        published=published,
        arrived=page.arrived,
        language=language,
        text=text,
        furniture=tuple(d.line[:MAX_FURNITURE_LINE] for d in draft.sifted.dropped[:MAX_FURNITURE]),
    )
    draft.note("kept", f"{sum(map(size, kept))} words in {len(kept)} paragraphs are the article.")
    return Extracted(article=article, decisions=(*_dropped(draft.sifted), *draft.decisions))


def _dropped(sifted: Sifted) -> tuple[Decision, ...]:
    decisions = [
        Decision(stage="extraction", outcome="dropped", reason=f'Dropped "{_short(d.line)}": {d.reason}.')
        for d in sifted.dropped[:MAX_FURNITURE]
    ]
    more = len(sifted.dropped) - MAX_FURNITURE
    if more > 0:
        decisions.append(Decision(stage="extraction", outcome="dropped", reason=f"Dropped {more} more lines."))
    return tuple(decisions)


def _short(line: str) -> str:
    return line if len(line) <= 120 else f"{line[:119]}…"


def _title(draft: _Draft, dateline: FoundDateline | None, language: str) -> str:
    given = one_line((draft.page.title or "")[: 4 * MAX_LABEL])[:MAX_LABEL].strip()
    for outlet in (draft.page.outlet, draft.meta.outlet):  # feeds of several outlets put each one's name behind
        given = without_name(given, outlet)
    if given or draft.meta.title:
        return given or draft.meta.title or ""
    kept = draft.sifted.kept
    if headline := _headline(draft.sifted):
        return headline
    first = kept[0]
    lead = first[dateline.length :] if dateline and find_dateline(first) else first
    spans = sentences(lead[:5_000], language)
    draft.note("changed", "The title was made from the first sentence: the text has no headline.")
    return title_from(lead[spans[0].start : spans[0].end]) if spans else title_from(first)


def _headline(sifted: Sifted) -> str | None:
    """The nearest line above the text whose words the text repeats: a headline does, a caption's differ."""
    words = {w[:5] for line in sifted.kept for w in squash(line).split()}
    gone = {dropped.index: dropped for dropped in sifted.dropped}
    first = next((index for index in range(len(gone) + 1) if index not in gone), 0)
    for index in range(first - 1, max(-1, first - 1 - ABOVE), -1):
        line, reason = gone[index].line, gone[index].reason
        own = [w[:5] for w in squash(line).split() if len(w) > 3]
        if not reason.startswith(("a line before", "outside")) or not 3 <= len(own) <= 20 or ends_sentence(line):
            continue
        if sum(w in words for w in own) >= HEADLINE_SHARE * len(own):
            return line[:MAX_LABEL]
    return None


def _published(draft: _Draft) -> datetime | None:
    """What was known beside the page, else the page's own time, else a time line; one with a zone beats one without."""
    page, meta = draft.page, draft.meta
    if page.published is not None:
        return page.published
    printed = _time_line(draft.sifted.dropped)
    at, zoned = meta.published, meta.zoned
    if printed and (at is None or (not zoned and printed.zoned)):
        at, zoned = printed.at, printed.zoned
    if at is not None and not zoned and at.time() != MIDNIGHT:
        offset = local_zone("".join(draft.sifted.kept)[:2_000])
        at -= offset or timedelta(0)
        draft.note("changed", f"The page's time names no zone; it was read as {_offset_name(offset)}.")
    if at is not None and at > page.arrived + _MAX_LEAD:
        draft.note("changed", f"The page's date {at:%Y-%m-%d} lies ahead and was not believed.")
        return None
    return at


def _offset_name(offset: timedelta | None) -> str:
    return f"UTC+{offset // timedelta(hours=1)}, from its language" if offset else "UTC"


def _time_line(dropped: Sequence[Dropped]) -> PrintedTime | None:
    """The best of the time lines: exact with a zone, then exact, then a day."""
    found = [t for d in dropped if "time" in d.reason and (t := find_time(d.line[:200]))]
    return max(found, key=lambda t: (t.zoned, t.exact), default=None)


def _byline(draft: _Draft) -> str | None:
    if draft.meta.authors:
        return "; ".join(draft.meta.authors)[:MAX_LABEL]
    line = next((d.line for d in draft.sifted.dropped if d.reason == "a byline"), None)
    if line is None:
        return None
    return _BY.sub("", line).strip() or None


def _agency(
    kept: Sequence[str], dropped: Sequence[Dropped], dateline: FoundDateline | None, byline: str | None
) -> str | None:
    """The wire that the text credits: in the dateline, a line of its own, the last words, or the byline."""
    if dateline and dateline.agency:
        return dateline.agency
    for line in (*(d.line for d in dropped), *kept):
        if found := agencies.credit_line(line):
            return found
    if kept and (found := agencies.closing_credit(kept[-1])):
        return found
    return agencies.known(byline) if byline else None
