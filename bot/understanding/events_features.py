"""What the event model looks at in an English sentence: stems, neighbours, triggers and the clause they stand in."""

from functools import lru_cache

from bot.understanding.events_triggers import Token, Trigger, english
from bot.understanding.events_words import tokens

_BELOW = "after over amid becaus whil following follow despit sinc befor who which that wher when until accus for"
_SUBORDINATE = frozenset(_BELOW.split())
"""Stems after which a trigger no longer tells the main event: "freed an aide accused of ..."."""

_COMMON = (
    "th the a an of in it hi her their has hav had ha is was were and by with at as be been on from u s us are its"
)
_SMALL = frozenset(_COMMON.split())
"""Words that tell nothing alone; they stand in pairs."""

_READ = 60
"""Words of a sentence that are read: the event stands early, and time stays bounded."""

_STARTS = (4, 5)
"""Lengths of word beginnings that stand for a word's relatives: "criticised", "criticism"; a point of macro F1 on our
own headlines, as cross-validated.
"""

_KNOWN_WORDS = 16_384
"""Stems whose beginnings are kept: 600 headlines with leads have 5,000."""

_TITLE_CASE = 0.5
"""Share of capitalised words from which a line is a headline, where capitals mark no names."""


def features(text: str) -> tuple[list[str], list[Trigger]]:
    """The features of one English sentence, repeats left out, and its triggers."""
    found = tokens(text)[:_READ]
    triggers = english(found)
    names = _names(found, {t.token for t in triggers})
    kept = {f"e:{kind}" for kind in _clauses(found, triggers)}
    before = "^"
    beforebefore = ""
    for at, (word, _, _, _) in enumerate(found):
        if at in names:
            if before != "@":
                beforebefore, before = before, "@"
            continue
        if word not in _SMALL:
            kept.update(_alone(word))
        kept.add(f"{before} {word}")
        if beforebefore and word not in _SMALL:
            kept.add(f"{beforebefore} _ {word}")
        beforebefore, before = before, word
    return list(kept), triggers


@lru_cache(maxsize=_KNOWN_WORDS)
def _alone(word: str) -> tuple[str, ...]:
    """A stem and its beginnings."""
    return (word, *(f"{word[:size]}-" for size in _STARTS if len(word) > size))


def _names(found: list[Token], triggers: set[int]) -> set[int]:
    """Indices of capitalised words that are no triggers: names, which would teach the model who and not what."""
    capitals = sum(token[3] for token in found)
    if capitals > _TITLE_CASE * len(found):
        return set()
    return {at for at, token in enumerate(found) if token[3] and at not in triggers}


def _clauses(found: list[Token], triggers: list[Trigger]) -> set[str]:
    """Trigger types with where they stand: first, in the main clause, below another."""
    kept: set[str] = set()
    cut = next((at for at, token in enumerate(found) if at > 2 and token[0] in _SUBORDINATE), len(found))
    first = min((t.token for t in triggers), default=-1)
    for trigger in triggers:
        kind = trigger.type
        kept.add(kind)
        kept.add(f"{kind}.main" if trigger.token < cut else f"{kind}.below")
        if trigger.token == first:
            kept.add(f"{kind}.first")
        if trigger.words > 1:
            kept.add(f"{kind}.phrase")
        before = found[trigger.token - 1][0] if trigger.token else "^"
        if before in {"to", "will", "not", "no", "against", "of", "for", "would", "could"}:
            kept.add(f"{kind}<{before}")
    return kept
