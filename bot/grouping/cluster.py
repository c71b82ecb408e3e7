"""Where an article belongs: the stories of the last days, kept in memory under their words.

The window knows nothing but what was added to it. Its answers depend on the set of articles in it, not on the order in
which they came. The cost of an article follows the words that it shares with the window, which `forget_before` keeps
short; the archive behind it plays no part.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.grouping.index import Group, Index, Item, item_of
from bot.grouping.syndication import MINIMUM_SHARED, shared
from bot.grouping.vetoes import elsewhere, forbids, other_actors, other_event, other_round, parts
from bot.model import Article, Placement, Signature, Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How grouping decides. Swept on tests/golden/stories/tune.jsonl, with held.jsonl left unseen.

    `window`: how far apart in event time an article and the nearest of its story may lie. `joins`: words plus anchors,
    each 0..1, from which an article belongs to a story that has its language; `crosses`: the same where none of the
    story does; `elsewhere`: what is asked on top from another place and day, `otherwise` where the kind of event is
    another too. `copies`: the share of the shorter text that must stand in the longer. `merges`: from where two stories
    were one all along. `short`: what a text of a few words is let off; `crowd`: how much a story that many already
    joined draws such a text.
    """

    window: timedelta = timedelta(days=4)
    joins: float = 0.475
    crosses: float = 0.26
    elsewhere: float = 0.08
    otherwise: float = 0.6
    copies: float = 0.55
    merges: float = 0.8
    short: float = 0.2
    crowd: float = 0.45
    candidates: int = 12


_WORDS_OF_A_LEAD = 40.0
"""A text with fewer different words than a lead has is a title: it shares few words even with its own story."""
_ENOUGH_ANCHORS = 8
"""Actors, numbers and names from which their likeness stands on its own: a lead has about so many."""
_NEAR_BEST = 0.12
"""Of texts that hold nearly the same share, the earliest is the original: copies are of it, not of each other."""


class Window:
    """The stories that a new article may join. Belongs to one task: it is not safe to share."""

    def __init__(self, options: Options | None = None) -> None:
        self._options = options or Options()
        self._index = Index()
        self._runs: defaultdict[int, set[str]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._index.items)

    def add(
        self, article_id: str, story_id: str, signature: Signature, article: Article, understanding: Understanding
    ) -> None:
        """Remember that `article_id` stands in `story_id`; added again, it replaces what was known of it."""
        del understanding  # the signature holds what grouping needs of it
        if article_id in self._index.items:
            self._remove(article_id)
        item = item_of(article, signature, story_id)
        item.id = article_id
        self._index.add(item)
        for run in signature.shingles:
            self._runs[run].add(article_id)

    def forget(self, article_ids: Iterable[str]) -> None:
        """Drop these articles, where they are here."""
        for article_id in article_ids:
            if article_id in self._index.items:
                self._remove(article_id)

    def clear(self) -> None:
        """Forget everything."""
        self._index = Index()
        self._runs.clear()

    def forget_before(self, moment: datetime, but: Collection[str] = ()) -> None:
        """Drop the articles of event time before `moment`, `but` for these."""
        self.forget([item.id for item in self._index.items.values() if item.when < moment and item.id not in but])

    def __contains__(self, story_id: object) -> bool:
        """Whether a story has an article here."""
        return story_id in self._index.groups

    def story_of(self, article_id: str) -> str | None:
        """The story that the article stands in; None when it is not here."""
        item = self._index.items.get(article_id)
        return item.story if item else None

    def rename(self, old_story: str, new_story: str) -> None:
        """`old_story` was taken in by `new_story`."""
        self._index.move(old_story, new_story)

    def place(self, article: Article, understanding: Understanding, signature: Signature) -> Placement:
        """Where `article` belongs among what was added. Changes nothing.

        An article whose id is in the window already, but whose text, title or time changed, updates itself. Where
        stories prove to be one, `story` is the oldest of them and `merges` names the others.
        """
        del understanding  # as in `add`
        item = item_of(article, signature)
        known = self._index.items.get(article.id)
        if known is not None and _version(known) != _version(item):
            reason = "The outlet changed this article."
            return Placement(story=known.story, relation="updates", of=known.id, reason=reason)
        republished = self._republished(item)
        if republished is not None:
            return republished
        scored = self._scored(item)
        if not scored:
            return Placement(story=None, relation="starts", reason="Nothing in the last days tells of this event.")
        excess, story = scored[0]
        same = [story, *(other for _, other in scored[1:] if self._one(story, other))]
        same.sort(key=lambda name: self._index.groups[name].first)
        reason = f"It tells of the same event as the story: {excess:.1f} times the likeness asked for."
        return Placement(story=same[0], relation="joins", merges=tuple(same[1:]), reason=reason)

    def _remove(self, article_id: str) -> None:
        for run in self._index.remove(article_id).signature.shingles:
            self._runs[run].discard(article_id)
            if not self._runs[run]:
                del self._runs[run]

    # --- copies and updates ---

    def _republished(self, item: Item) -> Placement | None:
        common: Counter[str] = Counter()
        for run in item.signature.shingles:
            common.update(self._runs.get(run, ()))
        found = []
        for article_id, count in common.items():
            other = self._index.items[article_id]
            if count >= MINIMUM_SHARED and self._comparable(item, other):
                _, left, right = shared(item.signature.shingles, other.signature.shingles)
                found.append((max(left, right), other))
        best = max((share for share, _ in found), default=0.0)
        if best < self._options.copies:
            return None
        near = [pair for pair in found if pair[0] >= max(self._options.copies, best - _NEAR_BEST)]
        share, other = min(near, key=lambda pair: (pair[1].when, pair[1].id))
        return _relation(item, other, share)

    def _comparable(self, item: Item, other: Item) -> bool:
        """Readouts and notices share their phrases: another round or other parties make another text."""
        if other.id == item.id or abs(other.when - item.when) > self._options.window:
            return False
        if other_round(item.facet("round"), other.facet("round")):
            return False
        return not other_actors(item.facet("main"), [other.facet("main")])

    # --- stories ---

    def _scored(self, item: Item) -> list[tuple[float, str]]:
        """Stories that the article may join, likest first; among equals, the older one."""
        terms, anchors = self._index.weigh(item.terms), self._index.weigh(item.anchors)
        found = []
        for story in self._index.nearest(terms, anchors, limit=self._options.candidates):
            group = self._index.groups[story]
            near = min(abs(other.when - item.when) for other in group.items.values())
            if near > self._options.window or forbids(item, group):
                continue
            likeness = self._likeness(terms, anchors, group, across=_across(item, group)) * self._draw(item, group)
            # What passes is compared by how far it passes: more is asked within a language than across.
            if likeness >= (asked := self._asked(item, group)):
                found.append((round(likeness / asked, 6), story))
        return sorted(found, key=lambda pair: (-pair[0], self._index.groups[pair[1]].first))

    def _likeness(self, terms: dict[str, float], anchors: dict[str, float], group: Group, *, across: bool) -> float:
        """Words plus anchors, 0..2. Few anchors prove little: words stand in for what is missing of them.

        Across languages words prove nothing, so that anchors have to do, however few.
        """
        words = self._index.cosine(terms, group.terms)
        facts = self._index.cosine(anchors, group.anchors)
        trust = 1.0 if across else min(1.0, min(len(anchors), len(group.anchors)) / _ENOUGH_ANCHORS)
        return words + trust * facts + (1 - trust) * words

    def _asked(self, item: Item, group: Group) -> float:
        o = self._options
        if _across(item, group):
            return o.crosses
        asked = o.joins * (1 - o.short * _shortness(item))
        if elsewhere(item, group):
            asked += o.otherwise if other_event(item, group) else o.elsewhere
        return asked

    def _draw(self, item: Item, group: Group) -> float:
        return 1 + self._options.crowd * _shortness(item) * math.log(len(group.items))

    def _one(self, story: str, other: str) -> bool:
        """Whether two stories that one article fits are one."""
        a, b = self._index.groups[story], self._index.groups[other]
        if parts(a, b):
            return False
        likeness = self._likeness(self._index.weigh(a.terms), self._index.weigh(a.anchors), b, across=False)
        shortness = max(_shortness(item) for group in (a, b) for item in group.items.values())
        return likeness >= self._options.merges * (1 - self._options.short * shortness)


def _across(item: Item, group: Group) -> bool:
    """Whether nothing in the story is written in the article's language."""
    return not any(item.facet("lang") & other.facet("lang") for other in group.items.values())


def _shortness(item: Item) -> float:
    """Near 1 for a bare title, near 0 for a report."""
    return math.exp(-len(item.terms) / _WORDS_OF_A_LEAD)


def _relation(item: Item, other: Item, share: float) -> Placement:
    same_outlet = bool(item.outlet) and item.outlet == other.outlet
    if same_outlet and item.when < other.when:
        reason = "The outlet's own earlier text; the later one came first."
        return Placement(story=other.story, relation="joins", reason=reason)
    if same_outlet and _version(item) != _version(other):
        reason = f"The outlet's own earlier text, {share:.0%} of it unchanged."
        return Placement(story=other.story, relation="updates", of=other.id, reason=reason)
    reason = f"{share:.0%} of the text stands in an earlier article."
    return Placement(story=other.story, relation="copy", of=other.id, reason=reason)


def _version(item: Item) -> tuple[object, ...]:
    return item.signature.shingles, item.facet("title"), item.when
