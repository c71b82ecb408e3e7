"""Grouping a stream of articles without a store: what `attache stories --jsonl` answers."""

from collections import OrderedDict

from bot.grouping.changes import what_changed
from bot.grouping.cluster import Window
from bot.model import Article, Change, Placement
from bot.ports import Json, Reading

TEXTS_KEPT = 20_000
"""Newest articles whose text is remembered, to say what an update changed: about 60 MB of news."""


class StoryStream:
    """Articles in order of arrival; each is told its story, and in the end which stories proved to be one."""

    def __init__(self) -> None:
        self._window = Window()
        self._absorbed: dict[str, str] = {}
        self._texts: OrderedDict[str, Article] = OrderedDict()

    def place(self, reading: Reading) -> dict[str, Json]:
        """Where the article goes as things stand, in the words of the JSON contract."""
        article, understanding, signature = reading.article, reading.understanding, reading.signature
        placement = self._window.place(article, understanding, signature)
        story = placement.story or article.id
        self._absorbed.pop(story, None)  # an id that comes again names a story again; merges stay without circles
        for merged in placement.merges:
            self._window.rename(merged, story)
            self._absorbed[merged] = story
        changes = self._changes(placement, article)
        self._window.add(article.id, story, signature, article, understanding)
        self._remember(article)
        return {
            "id": article.id,
            "story": story,
            "relation": placement.relation,
            "of": placement.of,
            "changes": [{"was": change.was, "now": change.now} for change in changes],
        }

    def final(self, story: str) -> str:
        """The story that `story` is part of by now: merges are followed to their end."""
        while story in self._absorbed:
            story = self._absorbed[story]
        return story

    def _changes(self, placement: Placement, article: Article) -> tuple[Change, ...]:
        earlier = self._texts.get(placement.of or "") if placement.relation == "updates" else None
        return what_changed(earlier, article) if earlier else placement.changes

    def _remember(self, article: Article) -> None:
        self._texts[article.id] = article
        if len(self._texts) > TEXTS_KEPT:
            self._texts.popitem(last=False)
