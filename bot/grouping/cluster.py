"""Where an article belongs: the stories of the last days, kept in memory under their words.

The window knows nothing but what was added to it. Its answers depend on the set of articles in it, not on the order in
which they came: sums are kept in integers and added exactly, ties fall to the older story. Cost per article follows the
words that it shares with the window, which `forget_before` keeps short.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.grouping.syndication import MINIMUM_SHARED, shared
from bot.model import Article, Placement, Signature, Understanding

_UNIT = 1000
"""Weights are kept as whole thousandths: integer sums come out the same in any order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How grouping decides. Every figure was swept on tests/golden/stories, a third of it left unseen.

    `window`: how far apart in event time a story's articles may lie. `joins`: similarity from which an article belongs
    to a story in its own language; `crosses`: the same between languages, on anchors alone. `copies`: the share of the
    shorter text that must stand in the longer. `merges`: similarity at which two stories were one all along.
    """

    window: timedelta = timedelta(days=4)
    joins: float = 0.2
    crosses: float = 0.3
    copies: float = 0.55
    merges: float = 0.6
    candidates: int = 24


@dataclass(slots=True)
class _Item:
    """One article of the window."""

    id: str
    story: str
    when: datetime
    outlet: str
    signature: Signature
    facets: dict[str, frozenset[str]]


@dataclass(slots=True)
class _Group:
    """One story of the window: its articles and the sums of their words and anchors."""

    items: dict[str, _Item] = field(default_factory=dict)
    terms: Counter[str] = field(default_factory=Counter)
    anchors: Counter[str] = field(default_factory=Counter)

    @property
    def first(self) -> tuple[datetime, str]:
        return min((item.when, item.id) for item in self.items.values())


class Window:
    """The stories that a new article may join. Not thread-safe; belongs to one task."""

    def __init__(self, options: Options | None = None) -> None:
        self._options = options or Options()
        self._items: dict[str, _Item] = {}
        self._groups: dict[str, _Group] = {}
        self._postings: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._frequency: Counter[str] = Counter()
        self._runs: defaultdict[int, set[str]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._items)

    def add(
        self, article_id: str, story_id: str, signature: Signature, article: Article, understanding: Understanding
    ) -> None:
        """Remember that `article_id` stands in `story_id`; added again, it replaces what was known of it."""
        del understanding  # the signature holds what grouping needs of it
        if article_id in self._items:
            self._remove(article_id)
        item = _Item(article_id, story_id, article.when, _outlet(article), signature, _facets(signature))
        self._items[article_id] = item
        group = self._groups.setdefault(story_id, _Group())
        group.items[article_id] = item
        self._count(item, 1)
        for run in signature.shingles:
            self._runs[run].add(article_id)

    def forget_before(self, moment: datetime) -> None:
        """Drop the articles of event time before `moment`."""
        for article_id in [item.id for item in self._items.values() if item.when < moment]:
            self._remove(article_id)

    def rename(self, old_story: str, new_story: str) -> None:
        """`old_story` was taken in by `new_story`."""
        group = self._groups.pop(old_story, None)
        if group is None or old_story == new_story:
            return
        target = self._groups.setdefault(new_story, _Group())
        for item in group.items.values():
            item.story = new_story
            target.items[item.id] = item
        target.terms.update(group.terms)
        target.anchors.update(group.anchors)
        for key in (*group.terms, *group.anchors):
            posting = self._postings[key]
            posting[new_story] = posting.get(new_story, 0) + posting.pop(old_story, 0)

    def place(self, article: Article, understanding: Understanding, signature: Signature) -> Placement:
        """Where `article` belongs among what was added. Changes nothing."""
        del understanding  # as in `add`
        item = _Item(article.id, "", article.when, _outlet(article), signature, _facets(signature))
        republished = self._republished(item)
        if republished is not None:
            return republished
        scored = self._scored(item)
        if not scored:
            return Placement(story=None, relation="starts", reason="Nothing like it in the window.")
        score, story = scored[0]
        merges = tuple(other for value, other in scored[1:] if value >= self._options.merges)
        return Placement(story=story, relation="joins", merges=merges, reason=f"Similarity {score:.2f} to its story.")

    # --- copies and updates ---

    def _republished(self, item: _Item) -> Placement | None:
        common: Counter[str] = Counter()
        for run in item.signature.shingles:
            common.update(self._runs.get(run, ()))
        best: tuple[float, float, str] | None = None
        for article_id, count in common.items():
            other = self._items[article_id]
            if count < MINIMUM_SHARED or article_id == item.id or abs(other.when - item.when) > self._options.window:
                continue
            _, left, right = shared(item.signature.shingles, other.signature.shingles)
            share = max(left, right)
            if share >= self._options.copies and not _other_round(item, other):
                key = (-round(share, 2), other.when.timestamp(), article_id)
                best = key if best is None else min(best, key)
        return None if best is None else self._relation(item, self._items[best[2]], -best[0])

    def _relation(self, item: _Item, other: _Item, share: float) -> Placement:
        same_outlet = bool(item.outlet) and item.outlet == other.outlet
        if same_outlet and _fingerprint(item) != _fingerprint(other):
            reason = f"The same outlet's text, {share:.0%} of it unchanged."
            return Placement(story=other.story, relation="updates", of=other.id, reason=reason)
        reason = f"{share:.0%} of the text stands in an earlier article."
        return Placement(story=other.story, relation="copy", of=other.id, reason=reason)

    # --- stories ---

    def _scored(self, item: _Item) -> list[tuple[float, str]]:
        query = self._weigh(_vector(item.signature.terms))
        anchors = self._weigh(dict.fromkeys(item.signature.anchors, _UNIT))
        rough: defaultdict[str, float] = defaultdict(float)
        for vector in (query, anchors):
            size = _norm(vector.values()) or 1.0
            for key, weight in vector.items():
                idf = self._idf(key)
                for story, total in self._postings.get(key, {}).items():
                    rough[story] += weight * total * idf / size / len(self._groups[story].items)
        nearest = sorted(rough.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))[: self._options.candidates]
        found = []
        for story, _ in nearest:
            group = self._groups[story]
            score = self._similarity(item, group, query, anchors)
            if score is not None:
                found.append((score, story))
        found.sort(key=lambda pair: (-round(pair[0], 6), self._groups[pair[1]].first))
        return found

    def _similarity(
        self, item: _Item, group: _Group, query: dict[str, float], anchors: dict[str, float]
    ) -> float | None:
        """The similarity if it suffices, else None."""
        near = [o for o in group.items.values() if abs(o.when - item.when) <= self._options.window]
        if not near or any(_other_round(item, other) for other in near) or _other_actors(item, group):
            return None
        words = _cosine(query, self._weigh(group.terms))
        facts = _cosine(anchors, self._weigh(group.anchors))
        same_language = any(other.facets["lang"] & item.facets["lang"] for other in near)
        if same_language:
            score = 0.75 * words + 0.25 * facts if anchors and group.anchors else words
            return score if score >= self._options.joins else None
        return facts if facts >= self._options.crosses else None

    def _weigh(self, vector: Mapping[str, int]) -> dict[str, float]:
        return {key: weight * self._idf(key) for key, weight in vector.items()}

    def _idf(self, key: str) -> float:
        return math.log(1 + (len(self._items) + 1) / (self._frequency[key] + 0.5))

    # --- sums ---

    def _count(self, item: _Item, sign: int) -> None:
        group = self._groups[item.story]
        for sums, vector in (
            (group.terms, _vector(item.signature.terms)),
            (group.anchors, dict.fromkeys(item.signature.anchors, _UNIT)),
        ):
            for key, weight in vector.items():
                sums[key] += sign * weight
                self._frequency[key] += sign
                posting = self._postings[key]
                posting[item.story] = posting.get(item.story, 0) + sign * weight
                if not posting[item.story]:
                    del posting[item.story], sums[key]
                if not posting:
                    del self._postings[key], self._frequency[key]

    def _remove(self, article_id: str) -> None:
        item = self._items.pop(article_id)
        self._count(item, -1)
        group = self._groups[item.story]
        del group.items[article_id]
        if not group.items:
            del self._groups[item.story]
        for run in item.signature.shingles:
            self._runs[run].discard(article_id)
            if not self._runs[run]:
                del self._runs[run]


def _vector(terms: Iterable[tuple[str, float]]) -> dict[str, int]:
    """Weights in whole thousandths of a unit vector, so that long and short articles count alike in a story."""
    pairs = [(f"t:{term}", weight) for term, weight in terms]
    size = _norm(weight for _, weight in pairs) or 1.0
    return {term: max(1, round(_UNIT * weight / size)) for term, weight in pairs}


def _norm(values: Iterable[float]) -> float:
    return math.sqrt(math.fsum(value * value for value in values))


def _cosine(a: dict[str, float], b: dict[str, float]) -> float:
    size = _norm(a.values()) * _norm(b.values())
    return math.fsum(weight * b[key] for key, weight in a.items() if key in b) / size if size else 0.0


def _outlet(article: Article) -> str:
    return (article.outlet or article.source_id or "").casefold()


def _facets(signature: Signature) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {"lang": set(), "round": set(), "main": set(), "title": set()}
    for facet in signature.facets:
        kind, _, value = facet.partition(":")
        found.setdefault(kind, set()).add(value)
    return {kind: frozenset(values) for kind, values in found.items()}


def _fingerprint(item: _Item) -> tuple[object, ...]:
    return item.signature.shingles, item.facets["title"], item.when


def _other_round(item: _Item, other: _Item) -> bool:
    """Both name a round, and not the same one."""
    return bool(item.facets["round"] and other.facets["round"] and not item.facets["round"] & other.facets["round"])


def _other_actors(item: _Item, group: _Group) -> bool:
    """Two parties each, one of them shared, the other not: "A meets X" is not "A meets Y"."""
    mine = item.facets["main"]
    theirs = [other.facets["main"] for other in group.items.values() if len(other.facets["main"]) >= 2]
    if len(mine) < 2 or not theirs:
        return False
    return all(len(mine & actors) <= 1 and mine - actors and actors - mine for actors in theirs)
