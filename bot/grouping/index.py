"""The words and anchors of the stories in the window, kept for fast look-up.

Sums are whole numbers, so that they come out the same in whatever order the articles came; cosines are summed exactly.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model import Article, Signature

UNIT = 1000
"""Weights are kept as whole thousandths of a unit vector: long and short articles count alike in a story."""
COMMON = 300
"""Stories under one word from which it no longer finds candidates: it would cost time and find everything."""


@dataclass(slots=True)
class Item:
    """One article of the window."""

    id: str
    story: str
    when: datetime
    outlet: str
    signature: Signature
    facets: Mapping[str, frozenset[str]]
    terms: Mapping[str, int]
    anchors: Mapping[str, int]

    def facet(self, kind: str) -> frozenset[str]:
        """The values of one kind of facet; empty without any."""
        return self.facets.get(kind, frozenset())


def item_of(article: Article, signature: Signature, story: str = "") -> Item:
    """What the window keeps of an article."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for facet in signature.facets:
        kind, _, value = facet.partition(":")
        found[kind].add(value)
    return Item(
        id=article.id,
        story=story,
        when=article.when,
        outlet=(article.outlet or article.source_id or "").casefold(),
        signature=signature,
        facets={kind: frozenset(values) for kind, values in found.items()},
        terms=_unit((f"t:{term}", weight) for term, weight in signature.terms),
        anchors=dict.fromkeys(signature.anchors, UNIT),
    )


@dataclass(slots=True)
class Group:
    """One story of the window: its articles and the sums of their words and anchors."""

    items: dict[str, Item] = field(default_factory=dict)
    terms: Counter[str] = field(default_factory=Counter)
    anchors: Counter[str] = field(default_factory=Counter)

    @property
    def first(self) -> tuple[datetime, str]:
        """When its earliest article was published, and that article's id."""
        return min((item.when, item.id) for item in self.items.values())

    def facet(self, kind: str) -> Counter[str]:
        """How many of the articles have each value of one kind of facet."""
        return Counter(value for item in self.items.values() for value in item.facet(kind))


class _Rarity(dict[int, float]):
    """How much a word counts that stands in so many of `articles` articles; worked out once for each number."""

    def __init__(self, articles: int) -> None:
        super().__init__()
        self.articles = articles

    def __missing__(self, frequency: int) -> float:
        value = self[frequency] = math.log(1 + (self.articles + 1) / (frequency + 0.5))
        return value


class Index:
    """Groups by story id, postings from words to stories, and how many articles hold each word."""

    def __init__(self) -> None:
        self.items: dict[str, Item] = {}
        self.groups: dict[str, Group] = {}
        self._postings: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._frequency: Counter[str] = Counter()
        self._rarities = _Rarity(0)

    def add(self, item: Item) -> None:
        """Put the article into its story."""
        self.items[item.id] = item
        group = self.groups.setdefault(item.story, Group())
        group.items[item.id] = item
        self._count(item, 1)

    def remove(self, article_id: str) -> Item:
        """Forget an article, and its story with its last one."""
        item = self.items.pop(article_id)
        self._count(item, -1)
        group = self.groups[item.story]
        del group.items[article_id]
        if not group.items:
            del self.groups[item.story]
        return item

    def move(self, old_story: str, new_story: str) -> None:
        """All articles of one story into another."""
        if old_story == new_story or old_story not in self.groups:
            return
        for article_id in list(self.groups[old_story].items):
            item = self.remove(article_id)
            item.story = new_story
            self.add(item)

    def weigh(self, vector: Mapping[str, int]) -> dict[str, float]:
        """The vector with each key weighed by how rare it is among the articles of the window."""
        frequency, rarity = self._frequency, self._rarity()
        return {key: weight * rarity[frequency[key]] for key, weight in vector.items()}

    def cosine(self, weighed: Mapping[str, float], sums: Mapping[str, int]) -> float:
        """0..1 between a weighed vector and sums as they stand; the same to the last bit in any order of the keys."""
        frequency, rarity = self._frequency, self._rarity()
        squares, products = [], []
        for key, total in sums.items():
            value = total * rarity[frequency[key]]
            squares.append(value * value)
            if key in weighed:
                products.append(value * weighed[key])
        size = math.sqrt(math.fsum(squares)) * norm(weighed.values()) if products else 0.0
        return math.fsum(products) / size if size else 0.0

    def nearest(self, *vectors: Mapping[str, float], limit: int) -> list[str]:
        """The stories that share most with the weighed vectors, roughly; the same ones every time."""
        rough: defaultdict[str, float] = defaultdict(float)
        frequency, rarity = self._frequency, self._rarity()
        sizes: dict[str, int] = {}
        for vector in vectors:
            size = norm(vector.values()) or 1.0
            for key, weight in vector.items():
                posting = self._postings.get(key, {})
                if len(posting) > COMMON:
                    continue
                share = weight * rarity[frequency[key]] / size
                for story, total in posting.items():
                    if story not in sizes:
                        sizes[story] = len(self.groups[story].items)
                    rough[story] += share * total / sizes[story]
        ranked = sorted(((round(share, 6), story) for story, share in rough.items()), key=lambda pair: -pair[0])
        if len(ranked) <= limit:
            return [story for _, story in ranked]
        last = ranked[limit - 1][0]  # names depend on what came first: among equals the older story goes on
        sure = [story for share, story in ranked if share > last]
        equal = sorted((story for share, story in ranked if share == last), key=lambda name: self.groups[name].first)
        return [*sure, *equal][:limit]

    def _rarity(self) -> _Rarity:
        if self._rarities.articles != len(self.items):
            self._rarities = _Rarity(len(self.items))
        return self._rarities

    def _count(self, item: Item, sign: int) -> None:
        group = self.groups[item.story]
        for sums, vector in ((group.terms, item.terms), (group.anchors, item.anchors)):
            for key, weight in vector.items():
                sums[key] += sign * weight
                self._frequency[key] += sign
                posting = self._postings[key]
                posting[item.story] = posting.get(item.story, 0) + sign * weight
                if not posting[item.story]:
                    del posting[item.story], sums[key]
                if not posting:
                    del self._postings[key], self._frequency[key]


def norm(values: Iterable[float]) -> float:
    """Euclidean length."""
    return math.sqrt(math.fsum(value * value for value in values))


def _unit(terms: Iterable[tuple[str, float]]) -> dict[str, int]:
    pairs = list(terms)
    size = norm(weight for _, weight in pairs) or 1.0
    return {term: max(1, round(UNIT * weight / size)) for term, weight in pairs}
