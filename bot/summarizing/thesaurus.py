"""Words that may stand for each other in news, and words for things: a table built from WordNet.

From `data/thesaurus.json` (see `bot.evaluation.build_thesaurus`), by the roots that the gate compares. Kinship is wide
(one sense in common, or a noun and its verb, is enough): it may excuse a new word, it proves nothing.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import resources
from typing import NamedTuple, cast

from bot.summarizing.families import mates_of
from bot.summarizing.lexicon import background


class Thesaurus(NamedTuple):
    """`kin` by root, both ways; `broader`: what a thing is a kind of; `concrete`: roots of nouns for people, goods,
    vehicles, animals.
    """

    kin: Mapping[str, frozenset[str]]
    broader: Mapping[str, frozenset[str]]
    concrete: frozenset[str]


@cache
def thesaurus() -> Thesaurus:
    """The shipped file, read once."""
    raw = resources.files("bot.summarizing").joinpath("data/thesaurus.json").read_text("utf-8")
    data = cast("dict[str, dict[str, str] | str]", json.loads(raw))
    kin: defaultdict[str, set[str]] = defaultdict(set)
    for root, others in cast("dict[str, str]", data["kin"]).items():
        for other in others.split():
            kin[root].add(other)
            kin[other].add(root)
    concrete = frozenset(cast("str", data["concrete"]).split())
    broader = {root: frozenset(many.split()) for root, many in cast("dict[str, str]", data["broader"]).items()}
    return Thesaurus(kin={root: frozenset(many) for root, many in kin.items()}, broader=broader, concrete=concrete)


def is_kind_of(root: str, other: str) -> bool:
    """Whether a thing is one of the wider sort: a lorry is a vehicle."""
    return other in thesaurus().broader.get(root, ())


@cache
def kin_of(root: str) -> frozenset[str]:
    """Roots of words that may say the same, by WordNet or by `families`; empty for an unknown one."""
    return thesaurus().kin.get(root, frozenset()) | mates_of(root)


def is_said(root: str, words: AbstractSet[str]) -> bool:
    """Whether the word or one of its kin is among `words`, given by their roots."""
    return root in words or not kin_of(root).isdisjoint(words)


def said_too(mine: Iterable[str], theirs: AbstractSet[str]) -> int:
    """How many of `mine` are."""
    return sum(is_said(root, theirs) for root in mine)


def is_word(root: str) -> bool:
    """Whether it is a word of the language rather than a name, as far as the table knows."""
    return (
        root in thesaurus().kin or root in thesaurus().concrete or bool(mates_of(root)) or root in background().counts
    )
