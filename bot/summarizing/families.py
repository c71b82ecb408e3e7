"""Words of diplomatic news by family: which say the same, and which families say the opposite of each other.

From `data/families.txt`, written by hand, English, by the roots that the gate compares (`claim_tokens.root_of`). Unlike
`thesaurus`, which is wide and comes from WordNet, it is short and meant for news.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from bot.summarizing.claim_tokens import root_of

_NONE: frozenset[str] = frozenset()


class Families(NamedTuple):
    """By root: the other words of its families, and the words of the families opposite to them."""

    mates: Mapping[str, frozenset[str]]
    opposites: Mapping[str, frozenset[str]]


@cache
def families() -> Families:
    """The shipped file, read once."""
    text = resources.files("bot.summarizing").joinpath("data/families.txt").read_text("utf-8")
    mates: defaultdict[str, set[str]] = defaultdict(set)
    opposites: defaultdict[str, set[str]] = defaultdict(set)
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        sides = [frozenset(map(root_of, side.split())) for side in line.split("|")]
        for side in sides:
            others = frozenset[str]().union(*(other for other in sides if other is not side))
            for root in side:
                mates[root] |= side - {root}
                opposites[root] |= others - {root}
    return Families(
        mates={root: frozenset(many) for root, many in mates.items()},
        opposites={root: frozenset(many) for root, many in opposites.items() if many},
    )


def mates_of(root: str) -> frozenset[str]:
    """Roots of words of news that say the same; empty for an unknown one."""
    return families().mates.get(root, _NONE)


def opposites_of(root: str) -> frozenset[str]:
    """Roots of words of news that say the opposite; empty for an unknown one."""
    return families().opposites.get(root, _NONE)
