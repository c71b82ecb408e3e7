"""An hour is closed: its articles are placed once more, in an order that does not depend on how they came.

What is promised: articles of one hour, whatever the order in which they came, stand in the same stories and in the same
relations to each other once that hour is closed, also when the bot was restarted in between. What is shown while the
hour is open is provisional: it is what had arrived by then. An article that comes late belongs to the hour of its
arrival, and among that hour's articles it stands by its event time.

How it is used: the window is left with settled articles alone (the others are taken out); a `Settlement` places the
articles that are due, oldest first; `named` gives its stories the names under which people know them already; what
then differs from the live placement is moved in the store, and the articles still open are put back.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.grouping.cluster import Window
from bot.model import Article, Placement, Signature, Understanding

HOUR = timedelta(hours=1)
PATIENCE = timedelta(hours=1)
"""How long after its end an hour stays open: feeds are polled every quarter of an hour, slow ones more seldom."""
_NEW = "?"
"""Before the name of a story that an hour starts, until it has one that people know: its first article's id follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An article that is still open."""

    article: Article
    understanding: Understanding
    signature: Signature


def closing_time(article: Article) -> datetime:
    """When the article is settled: at a full hour, after its own hour's patience and after that of its arrival.

    Follows from the article alone, so that it is the same whenever somebody asks. A publication after the arrival is a
    mistake of the outlet's clock, and waits for nothing.
    """
    own = _end_of_hour(min(article.when, article.arrived)) + PATIENCE
    return max(own, _end_of_hour(article.arrived))


def _end_of_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0) + HOUR


def in_order(arrivals: Iterable[Arrival]) -> tuple[Arrival, ...]:
    """By event time, then id: the one order in which an hour's articles are settled."""
    return tuple(sorted(arrivals, key=lambda arrival: (arrival.article.when, arrival.article.id)))


class Settlement:
    """Places the articles of one hour into `window`, which must hold settled articles alone.

    One at a time, so that the caller may let others work in between.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._placed: dict[str, tuple[str, Placement]] = {}
        self.absorbed: dict[str, str] = {}

    def place(self, arrival: Arrival) -> Placement:
        """Place the next one; they must come as `in_order` has them."""
        article, understanding, signature = arrival.article, arrival.understanding, arrival.signature
        placement = self._window.place(article, understanding, signature)
        story = placement.story or f"{_NEW}{article.id}"
        self._window.add(article.id, story, signature, article, understanding)
        self._placed[article.id] = (story, placement)
        for other in placement.merges:
            self._window.rename(other, story)
            self.absorbed = {old: story if new == other else new for old, new in self.absorbed.items()}
            self.absorbed[other] = story
        return placement

    @property
    def stories(self) -> dict[str, str]:
        """The story of each article; those that the hour started bear names that nobody else has."""
        return {key: self.absorbed.get(story, story) for key, (story, _) in self._placed.items()}

    @property
    def placements(self) -> dict[str, Placement]:
        """How each article was placed. `story` and `merges` are as they were called then."""
        return {key: placement for key, (_, placement) in self._placed.items()}

    def name_new(self) -> None:
        """Call the stories that were started here by the ids of their first articles: where nobody knows others."""
        self.rename({story: story.removeprefix(_NEW) for story in set(self.stories.values())})

    def rename(self, names: Mapping[str, str]) -> None:
        """Give stories other names, in the window too."""
        for old, new in names.items():
            self._window.rename(old, new)
        self._placed = {key: (names.get(story, story), placement) for key, (story, placement) in self._placed.items()}
        self.absorbed = {names.get(old, old): names.get(new, new) for old, new in self.absorbed.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the stories of an hour are called. `names`: of those that it started; `gone`: known ones, taken in."""

    names: Mapping[str, str]
    gone: Mapping[str, str]


def named(
    settlement: Settlement,
    live: Mapping[str, str],
    fixed: Callable[[str], bool],
    rank: Callable[[str], tuple[object, ...]],
    free: Callable[[str], bool],
) -> Names:
    """Names for the stories of an hour: the ones that people know, where there are any.

    `live`: the story in which each article stood until now. Each known story goes where most of its articles went; of
    several that went to one, the first by `rank` gives its name and redirects the others (the earlier id wins).
    `fixed`: whether a story has settled articles, with whom its name stays; `free`: whether nobody bears a name.
    """
    stories = settlement.stories
    went = {old: new for old, new in settlement.absorbed.items() if not old.startswith(_NEW)}
    went |= _where_most_went(stories, live, lambda name: name in went or fixed(name))
    claims: defaultdict[str, list[str]] = defaultdict(list)
    for known, story in went.items():
        claims[story].append(known)
    names: dict[str, str] = {}
    for story in dict.fromkeys(stories.values()):
        if story.startswith(_NEW):
            used = {*names.values(), *live.values()}
            names[story] = min(claims[story], key=rank) if claims[story] else _fresh(story, used, free)
    return Names(
        names=names,
        gone={known: names.get(story, story) for known, story in went.items() if names.get(story) != known},
    )


def _where_most_went(
    stories: Mapping[str, str], live: Mapping[str, str], fixed: Callable[[str], bool]
) -> dict[str, str]:
    """For each known story without settled articles: the story that has most of its articles now."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article, story in stories.items():
        if not fixed(live[article]):
            votes[live[article]][story] += 1
    return {
        known: max(counts, key=lambda story: (counts[story], stories.get(known) == story, story))
        for known, counts in votes.items()
    }


def _fresh(story: str, used: Collection[str], free: Callable[[str], bool]) -> str:
    """A name for a story that nobody knows: the id of its first article, marked where another story bears it."""
    name = story.removeprefix(_NEW)
    while name in used or not free(name):
        name += "′"
    return name
