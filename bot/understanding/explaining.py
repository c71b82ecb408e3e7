"""The features of the models in words: what `attache read --explain` shows of why an event or a verdict came out.

A feature is named for what it looks at in the text; its share of the score is a signed number. Nothing is decided here.
"""

import re
from collections.abc import Callable, Mapping
from heapq import nsmallest

MOST = 5
"""Features named for one decision: the rest weighs little by itself."""

_LEAST = 0.01
"""Shares below this are not named."""

_CONCEPTS = {
    "TALKS": "talks and meetings", "SUMMIT": "summits", "SANCTION": "sanctions", "TREATY": "treaties and agreements",
    "MINISTER": "foreign ministers", "ENVOY": "envoys and embassies", "VISIT": "visits", "ACCUSE": "accusations",
    "WARN": "warnings", "PEACE": "peace and cease-fires", "FORCE": "armed force", "NUCLEAR": "nuclear affairs",
    "TRADE": "trade between states", "RELATIONS": "relations between states", "INSTITUTION": "international bodies",
    "LEADER": "heads of state or government", "MARKET": "markets and companies", "SPORT": "sport", "CRIME": "crime",
    "DISASTER": "disasters", "HOME": "home politics",
}  # fmt: skip
_KINDS = {"organisation": "an intergovernmental organisation", "group": "an armed group"}
_WHERE = {"title": "in the title", "early": "in the title or the passage"}
_CLAUSE = {
    "main": "in the main clause",
    "below": "in a subordinate clause",
    "first": "as the first word that tells an event",
    "phrase": "as a phrase",
}
_SCALES = {"top>": "how well its words fit a type of event", "lead>": "how much better the type fits than the next"}
"""With their sign, for "top" and "lead" are words of headlines, too."""

_EVENT = re.compile(r"e:([A-Z]+)(?:\.(\w+)|<(\w+))?")

_PLACED = re.compile(r"([mHV])(?::([^>]+))?(?:>(.+))?")


def named(shares: Mapping[str, float], word: Callable[[str], str]) -> str:
    """The heaviest features in words with their signed shares; `word` says a feature in words."""
    heavy = nsmallest(MOST, [(-abs(share), name) for name, share in shares.items() if abs(share) >= _LEAST])
    said = [f"{word(name)} {shares[name]:+.2f}" for _, name in heavy]
    return "; ".join(said) or "nothing that speaks for or against"


def event_word(name: str) -> str:
    """What a feature of the event models looks at."""
    if name.startswith("t:"):
        return f"{event_word(name[2:])} in the title"
    if name.startswith("about "):
        return relevance_word(name[6:])
    if match := _EVENT.fullmatch(name):
        kind, clause, before = match.groups()
        where = f" {_CLAUSE[clause]}" if clause else f' after "{before}"' if before else ""
        return f"a listed word for {kind}{where}"
    if name.startswith("actors="):
        return f"{_count(name[7:], '3')} named"
    if match := _PLACED.fullmatch(name):
        return _placed(*match.groups())
    return _SCALES.get(name) or _phrase(name)


def _placed(where: str, word: str | None, behind: str | None) -> str:
    """A word of the main clause; the first trigger or verb, and what stands behind it."""
    if where == "m":
        return f'"{word}" in the main clause'
    first = "the first verb" if where == "V" else "the first word that tells an event"
    if behind is None:
        return f'"{word}" as {first}'
    what = "a name" if behind == "@" else f'"{behind}"'
    return f"{what} behind {first}" + (f', "{word}"' if word else "")


def _phrase(name: str) -> str:
    """Stems as they stand in the text: "^" is the beginning, "@" a name, "_" one word between, a stroke an open end."""
    if name.endswith("-"):
        return f'words beginning "{name[:-1]}"'
    begins = name.startswith("^ ")
    words = name.removeprefix("^ ").replace(" _ ", " … ").replace("@", "NAME").replace("#", "NUMBER")
    return f'"{words}" at the beginning' if begins else f'"{words}"'


def relevance_word(name: str) -> str:
    """What a feature of the relevance model looks at."""
    kind, _, rest = name.partition(":")
    if kind in {"c", "t"}:
        return f"words of {_CONCEPTS.get(rest, rest)}" + (" in the title" if kind == "t" else "")
    if kind == "n":
        return f"{_plural(rest, 'field', '6')} of diplomacy touched"
    if kind == "a":
        return _actors(rest)
    if kind == "b":
        return f'"{rest.replace("_", " ")}" in the title'
    return f'"{rest}" in the title' if kind == "h" else f'"{rest}"'


def _actors(rest: str) -> str:
    where, _, what = rest.partition(":")
    place = _WHERE.get(where, where)
    if what.startswith("foreign:"):
        return f"{_plural(what[8:], 'state', '3')} besides the United States {place}"
    if what.startswith("usa+"):
        return f"the United States and {_plural(what[4:], 'other state', '2')} {place}"
    return f"{_KINDS[what]} {place}" if what in _KINDS else f"{_count(what, '4')} {place}"


def _count(number: str, most: str) -> str:
    return _plural(number, "actor", most)


def _plural(number: str, noun: str, most: str) -> str:
    if number == most:
        return f"{number} or more {noun}s"
    return f"{'no' if number == '0' else number} {noun}{'' if number == '1' else 's'}"
