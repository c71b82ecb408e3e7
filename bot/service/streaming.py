"""Grouping a stream of articles without a store: what `attache stories --jsonl` answers."""

from bot.grouping.cluster import Window
from bot.ports import Json, Reading


class StoryStream:
    """Articles in order of arrival; each is told its story. Keeps nothing but the grouping window."""

    def __init__(self) -> None:
        self._window = Window()

    def place(self, reading: Reading) -> dict[str, Json]:
        """Where the article goes, in the words of the JSON contract."""
        article, understanding, signature = reading.article, reading.understanding, reading.signature
        placement = self._window.place(article, understanding, signature)
        story = placement.story or article.id
        for merged in placement.merges:
            self._window.rename(merged, story)
        self._window.add(article.id, story, signature, article, understanding)
        return {
            "id": article.id,
            "story": story,
            "relation": placement.relation,
            "of": placement.of,
            "changes": [{"was": change.was, "now": change.now} for change in placement.changes],
        }
