"""Words that may stand for each other in news, and words for things: a table built from WordNet.

From `data/thesaurus.json` (see `bot.evaluation.build_thesaurus`), by the roots that the gate compares. Kinship is wide
(one sense in common, or a noun and its verb, is enough): it may excuse a new word, it proves nothing.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple, cast


class Thesaurus(NamedTuple):
    """`kin` by root, both ways; `concrete`: roots of nouns for people, goods, vehicles, animals."""

    kin: Mapping[str, frozenset[str]]
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
    return Thesaurus(kin={root: frozenset(many) for root, many in kin.items()}, concrete=concrete)


def kin_of(root: str) -> frozenset[str]:
    """Roots of words that may say the same; empty for an unknown one."""
    return thesaurus().kin.get(root, frozenset())
