"""Grouping a stream of articles without a store: what `attache stories --jsonl` answers."""

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime, timedelta

from bot.grouping.changes import what_changed
from bot.grouping.closing import Arrival, Settlement
from bot.grouping.cluster import Window
from bot.model import Article, Change, Placement
from bot.ports import Json, Reading
from bot.service.request import without_text

TEXTS_KEPT = 20_000
"""Newest articles whose text is remembered, to say what an update changed: about 60 MB of news."""


class StoryStream:
    """Articles as they come. What they came to is told when all are there, for a later one may show that two stories
    were one all along, and an earlier one that comes late what is the original.

    They are placed by event time, so that the order of dated articles does not matter. An undated one counts as
    published when the newest before it was: it came then, as far as anybody can tell.
    """

    def __init__(self) -> None:
        self._arrivals: list[Arrival] = []
        self._texts: OrderedDict[int, Article] = OrderedDict()
        self._latest: datetime | None = None
        self._undated: list[int] = []

    def add(self, reading: Reading) -> int:
        """Take in the next article; its place in `answers`."""
        place = len(self._arrivals)
        article = without_text(reading).article
        if article.published is None:
            if self._latest is None:
                self._undated.append(place)
            else:
                article = replace(article, arrived=_after(self._latest, place))
        else:
            self._latest = max(self._latest or article.published, article.published)
        self._arrivals.append(
            Arrival(article=article, understanding=reading.understanding, signature=reading.signature)
        )
        self._texts[place] = reading.article
        if len(self._texts) > TEXTS_KEPT:
            self._texts.popitem(last=False)
        return place

    def answers(self) -> list[dict[str, Json]]:
        """Where each article stands, in order of arrival and in the words of the JSON contract."""
        self._date_the_first()
        settlement = Settlement(Window())
        placed: dict[int, Placement] = {}
        seen: dict[str, int] = {}
        changes: dict[int, tuple[Change, ...]] = {}
        order = sorted(enumerate(self._arrivals), key=lambda one: (one[1].article.when, one[1].article.id, one[0]))
        for place, arrival in order:
            placed[place] = settlement.place(arrival)
            changes[place] = self._changes(placed[place], place, seen)
            seen[arrival.article.id] = place
        settlement.name_new()
        stories = settlement.stories
        return [
            {
                "id": arrival.article.id,
                "story": stories[arrival.article.id],
                "relation": placed[place].relation,
                "of": placed[place].of,
                "changes": [{"was": change.was, "now": change.now} for change in changes[place]],
            }
            for place, arrival in enumerate(self._arrivals)
        ]

    def _date_the_first(self) -> None:
        """Undated articles before any dated one count as the oldest; where nothing is dated, as they came."""
        dated = [one.article.published for one in self._arrivals if one.article.published]
        for place in self._undated:
            arrival = self._arrivals[place]
            begin = min(dated) if dated else self._arrivals[0].article.arrived
            article = replace(arrival.article, arrived=_after(begin, place))
            self._arrivals[place] = replace(arrival, article=article)
        self._undated.clear()

    def _changes(self, placement: Placement, place: int, seen: dict[str, int]) -> tuple[Change, ...]:
        earlier = self._texts.get(seen.get(placement.of or "", -1)) if placement.relation == "updates" else None
        now = self._texts.get(place)
        return what_changed(earlier, now) if earlier and now else placement.changes


def _after(moment: datetime, place: int) -> datetime:
    """`moment`, and of several articles the earlier ones first."""
    return moment + timedelta(microseconds=place)
