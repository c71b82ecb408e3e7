"""What the event model looks at in an English sentence: stems, neighbours, triggers, their clause and its verb.

Where words stand (in the main clause, as the first trigger or verb, behind it) gives 2.6 points of macro F1 on PLOVER
sentences, as cross-validated over three seeds, and nothing sure on headlines: 0.9 on our own, ten lost on the founders'
few. So the model of sentences looks at it and that of headlines does not.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

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

_OBJECT, _COMPLEMENT = 5, 4
"""Words behind the first trigger, and behind the first verb, among which its object is looked for."""

_COMPLEMENTS = 2
"""Words that complete the first verb."""

_VERB_EARLY = 25
"""Words among which the first verb is looked for."""

_AUXILIARIES = frozenset(
    "has have had is are was were will would could may might can must should did does do".split()  # noqa: SIM905
)

_TITLE_CASE = 0.5
"""Share of capitalised words from which a line is a headline, where capitals mark no names."""


_PLACED = ("m:", "H:", "H>", "V:", "V>")


def plain(names: Iterable[str]) -> list[str]:
    """The features without those of where words stand."""
    return [name for name in names if not name.startswith(_PLACED)]


def features(text: str, *, placed: bool = True) -> tuple[list[str], list[Trigger]]:
    """The features of one English sentence, repeats left out, and its triggers; `placed`: with where words stand."""
    found = tokens(text)[:_READ]
    triggers = english(found)
    names = _names(found, {t.token for t in triggers})
    cut = _main_clause(found)
    kept = {f"e:{kind}" for kind in _clauses(found, triggers, cut)}
    if placed:
        kept.update(f"m:{found[at][0]}" for at in _telling(found, names, range(cut)))
        kept.update(_head(found, names, triggers), _predicate(text, found, names, triggers))
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


def _main_clause(found: list[Token]) -> int:
    """How many words stand before the first that opens a clause below."""
    return next((at for at, token in enumerate(found) if at > 2 and token[0] in _SUBORDINATE), len(found))


def _telling(found: list[Token], names: set[int], some: Iterable[int]) -> Iterator[int]:
    """Of the indices `some` those of words that tell something: no names, no small words."""
    return (at for at in some if at not in names and found[at][0] not in _SMALL)


def _head(found: list[Token], names: set[int], triggers: list[Trigger]) -> Iterator[str]:
    """The first trigger, and what it is done to."""
    if not triggers:
        return
    at = min(trigger.token for trigger in triggers)
    word, behind = found[at][0], range(at + 1, min(at + 1 + _OBJECT, len(found)))
    yield f"H:{word}"
    if any(other in names for other in behind):
        yield f"H:{word}>@"
    for other in _telling(found, names, behind):
        yield f"H>{found[other][0]}"
        yield f"H:{word}>{found[other][0]}"


def _predicate(text: str, found: list[Token], names: set[int], triggers: list[Trigger]) -> Iterator[str]:
    """The first verb (an auxiliary, a word in -ed, a trigger) and the words that complete it."""
    told = {trigger.token for trigger in triggers}
    for at, (word, start, end, _) in enumerate(found[:_VERB_EARLY]):
        written = text[start:end].lower()
        if at and (at in told or written in _AUXILIARIES or (written.endswith("ed") and at not in names)):
            yield f"V:{word}"
            behind = _telling(found, names, range(at + 1, min(at + 1 + _COMPLEMENT, len(found))))
            for other in islice(behind, _COMPLEMENTS):
                yield f"V>{found[other][0]}"
                yield f"V:{word}>{found[other][0]}"
            return


def _clauses(found: list[Token], triggers: list[Trigger], cut: int) -> set[str]:
    """Trigger types with where they stand: first, in the main clause (`cut` words long), below another."""
    kept: set[str] = set()
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
