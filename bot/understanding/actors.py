"""Actors: the states, organisations and armed groups that an article names, in ten languages."""

import math
import re
from collections import Counter
from dataclasses import dataclass

from bot.model import Actor, Article, Decision, Outcome, Span
from bot.understanding.actors_names import actor_kind, display_name
from bot.understanding.actors_scan import Mention, scan
from bot.understanding.guards import UNSURE, judge

_READ = 100_000
"""Code points of the text that are read: four times the longest article in our sets, so that time stays bounded."""

_EARLY = 400
"""The head of the text, about two paragraphs: news names its actors there."""

_DATELINE = re.compile(
    r"^[ \t]*[A-Z][A-Z .'’/-]{1,40}(?:,[^()\n–—]{1,40}?)?\s*(?:\([^()\n]{2,40}\)\s*[-–—:]|--|—|– |- | : )"
)
"""PLACE in capitals, perhaps a country or a day, perhaps (AGENCY), and the stroke that ends it."""

_BYLINED = re.compile(r"^[^\n]{0,40}?\b[A-Z][A-Z .']{3,30} (?:—|–|--) ")
"""A place in capitals after a byline that was not stripped ("Ann Example TEL AVIV — …")."""
_DATELINE_WINDOW = 200
_MOST_REASONS = 40
"""Decisions kept for one article: enough to explain it, and a bound on the journal."""


@dataclass(frozen=True, slots=True)
class _Found:
    code: str
    mention: Mention
    in_title: bool


def find_actors(article: Article) -> tuple[tuple[Actor, ...], tuple[Decision, ...]]:
    """Who is named in title and text, heaviest first (title, early, often), and which guards fired.

    Spans are places in `article.text`. The place of the dateline is not an actor by itself. Texts longer than
    100,000 code points are read up to there.
    """
    body = article.text[:_READ]
    title, text = scan(article.title, article.language), scan(body, article.language)
    skip = _dateline_end(article, body)
    sure = frozenset(
        code
        for s in (title, text)
        for m in s.mentions
        if m.kind not in UNSURE and (s is title or m.start >= skip)
        for code in m.code.split("+")
    )
    found: list[_Found] = []
    decisions: list[Decision] = []
    for scanned, in_title in ((title, True), (text, False)):
        for phrase in scanned.blocked:
            said = scanned.text[phrase.start : phrase.end]
            decisions.append(_decision("dropped", f"{said!r} only holds a name: no actor is counted", phrase, in_title))
        for mention in scanned.mentions:
            if not in_title and mention.end <= skip:
                decisions.append(_decision("dropped", f"{mention.folded!r} is the dateline's place", mention, in_title))
                continue
            verdict = judge(scanned, mention, sure)
            if verdict.reason is not None:
                outcome: Outcome = _outcome(mention, verdict.code)
                said = scanned.text[mention.start : mention.end]
                reason = f"{said!r}: {verdict.reason}{_effect(mention, verdict.code)}"
                decisions.append(_decision(outcome, reason, mention, in_title))
            if verdict.code is not None:
                found.extend(_Found(code, mention, in_title) for code in verdict.code.split("+"))
    if _passing_usa(found):
        decisions.append(
            _decision(
                "dropped", "the United States stands once in the text and acts with nobody", found[0].mention, False
            )
        )
        found = []
    return _weigh(found), tuple(decisions[:_MOST_REASONS])


def _passing_usa(found: list[_Found]) -> bool:
    """Home news of the United States names it in passing ("the U.S. presidential election"): no actor of diplomacy."""
    return (
        len(found) == 1
        and found[0].mention.code == "USA"
        and not found[0].in_title
        and found[0].mention.kind in _PASSING
    )


_PASSING = frozenset({"name", "exact"})


def _dateline_end(article: Article, body: str) -> int:
    """Where the dateline ends in the text; 0 when there is none."""
    for shape in (_DATELINE, _BYLINED):
        if match := shape.match(body[:_DATELINE_WINDOW]):
            return match.end()
    if article.dateline is not None:
        at = body.find(article.dateline.place, 0, _DATELINE_WINDOW)
        if 0 <= at <= 2:
            return at + len(article.dateline.place)
    return 0


def _outcome(mention: Mention, code: str | None) -> Outcome:
    if code is None:
        return "dropped"
    return "kept" if code in {mention.code, *mention.others} else "changed"


def _effect(mention: Mention, code: str | None) -> str:
    """What a guard prevented."""
    if code == mention.code:
        return ""
    spared = " and ".join(map(display_name, mention.code.split("+")))
    return f"; not counted as {spared}" + (
        f" but as {' and '.join(map(display_name, code.split('+')))}" if code else ""
    )


def _decision(outcome: Outcome, reason: str, mention: Mention, in_title: bool) -> Decision:
    spans = () if in_title else (Span(start=mention.start, end=mention.end),)
    return Decision(stage="understanding", outcome=outcome, reason=reason, spans=spans)


def _weigh(found: list[_Found]) -> tuple[Actor, ...]:
    by_code: dict[str, list[_Found]] = {}
    for one in found:
        by_code.setdefault(one.code, []).append(one)
    counts = Counter({code: len(ones) for code, ones in by_code.items()})

    def weight(code: str) -> tuple[float, int]:
        ones = by_code[code]
        titled = any(one.in_title for one in ones)
        early = any(not one.in_title and one.mention.start < _EARLY for one in ones)
        first = min((0 if one.in_title else 1_000) + one.mention.start for one in ones)
        return -(3.0 * titled + 1.5 * early + math.log2(1 + counts[code])), first

    return tuple(
        Actor(
            code=code,
            kind=actor_kind(code),
            name=display_name(code),
            mentions=counts[code],
            spans=tuple(Span(start=o.mention.start, end=o.mention.end) for o in by_code[code] if not o.in_title),
        )
        for code in sorted(by_code, key=weight)
    )
