"""Who does it and to whom: the actors on either side of the trigger."""

import re
from dataclasses import dataclass

from bot.model import Actor, EventType, Span

_MUTUAL: frozenset[EventType] = frozenset({"CONSULT", "AGREE", "COOPERATE"})
_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|is|are|be|gets?|got)\s+(?:\w+ly\s+|also\s+|reportedly\s+)?$", re.IGNORECASE
)
_SPEECH = re.compile(r"\b(?:said|says|told|added|announced|reported|claimed)\b(?:\s+that\b)?", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|from)\s+(?:the\s+|a\s+|an\s+)?(?:[\w’'.-]+\s+){0,3}$", re.IGNORECASE)
_OF = re.compile(
    r"\b(?:against|on|upon|to|with|at|over|toward|towards|into|of)\s+(?:the\s+)?(?:[\w’'.-]+\s+){0,3}$", re.IGNORECASE
)
_IN = re.compile(
    r"\b(?:in|near|at|around|across)\s+(?:the\s+|northern\s+|southern\s+|eastern\s+|western\s+|central\s+)*$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"^[^.;:]{0,40}?(?:,|\band\b|&|-|/)[^.;:]{0,25}$")
_MOST = 4
"""Actors kept on one side: a longer list is a list, not a party."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Actor codes: who acts, and on whom or with whom."""

    source: tuple[str, ...]
    target: tuple[str, ...]


def roles(
    kind: EventType, text: str, sentence: Span, trigger: tuple[int, int] | None, actors: tuple[Actor, ...]
) -> Roles:
    """The parties of an event told by `text[sentence]`; `trigger` are offsets in `text`.

    Before the trigger stands who acts, after it on whom; a passive turns that round, "by" names who acts. Where the
    sentence names nobody, the article's heaviest actors stand in for its parties.
    """
    here = sorted(
        (span.start, span.end, actor.code)
        for actor in actors
        for span in actor.spans
        if sentence.start <= span.start < sentence.end
    )
    codes = [actor.code for actor in actors]
    if not here:
        return Roles(tuple(codes[:1]), tuple(codes[1:2]))
    if trigger is None:
        named = _unique([code for _, _, code in here])
        return Roles(tuple(named[:1]), tuple(named[1:2]))
    before = [m for m in here if m[0] < trigger[0]]
    after = [m for m in here if m[0] >= trigger[0]]
    before = _after_speech(text, sentence, trigger[0], before)
    if _PASSIVE.search(text[max(sentence.start, trigger[0] - 40) : trigger[0]]):
        return _passive(text, before, after)
    return _active(kind, text, before, after)


def _after_speech(text: str, sentence: Span, at: int, before: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Who speaks is not who acts: "Kyiv said Russia attacked". Kept where nobody else is named."""
    said = [m.end() for m in _SPEECH.finditer(text, sentence.start, at)]
    acting = [m for m in before if said and m[0] >= said[-1]]
    return acting or before


def _passive(text: str, before: list[tuple[int, int, str]], after: list[tuple[int, int, str]]) -> Roles:
    agents = [code for start, _, code in after if _BY.search(text[max(0, start - 60) : start])]
    target = _unique([code for _, _, code in before if code not in agents])
    if not target:
        target = _unique([code for _, _, code in after if code not in agents])
    return Roles(tuple(_unique(agents)[:_MOST]), tuple(target[:_MOST]))


def _active(kind: EventType, text: str, before: list[tuple[int, int, str]], after: list[tuple[int, int, str]]) -> Roles:
    if not before:
        return _nominal(kind, text, after)
    source = _unique([code for start, _, code in before if not _IN.search(text[max(0, start - 30) : start])])
    source = source or _unique([code for _, _, code in before])
    target = _unique([code for _, _, code in after if code not in source])
    placed = _unique(
        [code for start, _, code in after if code not in source and _IN.search(text[max(0, start - 30) : start])]
    )
    if len(placed) < len(target):
        target = [code for code in target if code not in placed]
    if kind in _MUTUAL and not target and len(source) > 1:
        return Roles(tuple(source[:1]), tuple(source[1:_MOST]))
    if len(source) > 1 and target and not _JOINED.match(text[before[0][1] : before[-1][0]]):
        source = source[:1]
    elif len(source) > 1 and not target:
        source, target = source[:1], source[1:]
    return Roles(tuple(source[:_MOST]), tuple(target[:_MOST]))


def _nominal(kind: EventType, text: str, after: list[tuple[int, int, str]]) -> Roles:
    """Talks between A and B; an attack by A on B; sanctions on B."""
    agents = _unique([code for start, _, code in after if _BY.search(text[max(0, start - 60) : start])])
    named = _unique([code for _, _, code in after])
    if agents:
        return Roles(tuple(agents[:_MOST]), tuple(code for code in named if code not in agents)[:_MOST])
    if kind in _MUTUAL:
        return Roles(tuple(named[:1]), tuple(named[1:_MOST]))
    if after and _OF.search(text[max(0, after[0][0] - 60) : after[0][0]]):
        return Roles((), tuple(named[:_MOST]))
    return Roles(tuple(named[1:2]), tuple(named[:1]))


def _unique(codes: list[str]) -> list[str]:
    return list(dict.fromkeys(codes))
