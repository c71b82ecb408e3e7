"""An hour is closed: its articles are placed once more, in an order that does not depend on how they came.

What is promised: given the same settled window (all earlier hours) and the same set of articles of one hour, the
partition, the relations and the story ids are the same for any order of arrival, and after a restart. What is shown
while the hour is open is provisional: it is what had arrived by then. An article that comes late belongs to the hour
of its arrival, and among that hour's articles it stands by its event time.

How to use it: a live `Window` places articles as they come; a second one, the settled window, holds closed hours only.
When the hour closes, `settle` moves the settled window on by that hour; `renamed` gives its stories the names under
which people know them already; what then differs from the live placement is moved in the store and in the live window
(`Window.add` again with the new story).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.grouping.cluster import Window
from bot.model import Article, Placement, Signature, Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An article that came within the hour."""

    article: Article
    understanding: Understanding
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Where an article of the hour stands now that the hour is closed."""

    article_id: str
    story: str
    placement: Placement


def in_order(arrivals: Iterable[Arrival]) -> tuple[Arrival, ...]:
    """By event time, then id: the one order in which an hour's articles are settled."""
    return tuple(sorted(arrivals, key=lambda arrival: (arrival.article.when, arrival.article.id)))


def settle(window: Window, arrivals: Iterable[Arrival]) -> tuple[tuple[Settled, ...], dict[str, str]]:
    """Place and add the hour's articles to `window`, which must hold the earlier hours alone.

    Answers where each stands, in order, and the stories that were taken in by others (old -> new).
    """
    placed: dict[str, Settled] = {}
    absorbed: dict[str, str] = {}
    for arrival in in_order(arrivals):
        article = arrival.article
        placement = window.place(article, arrival.understanding, arrival.signature)
        story = placement.story or article.id
        window.add(article.id, story, arrival.signature, article, arrival.understanding)
        placed[article.id] = Settled(article_id=article.id, story=story, placement=placement)
        for other in placement.merges:
            window.rename(other, story)
            absorbed = {old: story if new == other else new for old, new in absorbed.items()} | {other: story}
    settled = (
        Settled(article_id=s.article_id, story=absorbed.get(s.story, s.story), placement=s.placement)
        for s in placed.values()
    )
    return tuple(settled), absorbed


def renamed(settled: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """`settled` (article -> story) with each story under the name that most of its articles bear in `known`.

    A name goes to one story only: to that which shares most articles with it, then to the smaller settled id.
    """
    shared = Counter((story, known[article]) for article, story in settled.items() if article in known)
    names: dict[str, str] = {}
    taken: set[str] = set()
    for (story, name), _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if story not in names and name not in taken:
            names[story] = name
            taken.add(name)
    return {article: names.get(story, story) for article, story in settled.items()}
