"""What a preview says of the stories that a digest leaves out: together by where they stopped, not each with the same
sentence.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.model import LeftOut, LeftOutAt, PostItem

STEPS: tuple[LeftOutAt, ...] = ("room", "old", "filter", "told", "diplomatic", "visible")
"""In the order in which a reader of a preview may wonder: what could still be told, before what was never asked for."""
_HEADS: Mapping[LeftOutAt, str] = {
    "room": "For lack of room",
    "old": "Already there when their source was first read: /digest now tells these too",
    "filter": "Kept out by its filter",
    "told": "Told before",
    "diplomatic": "Not diplomatic",
    "visible": "From no source that is read here",
}
_WORDS: Mapping[LeftOutAt, str] = {
    "room": "for lack of room", "filter": "by its filter", "old": "older than their source here", "told": "told before",
    "diplomatic": "not diplomatic", "visible": "not to be seen here",
}  # fmt: skip
SHOWN = 5
"""Stories named of each step: enough to see whether a filter does what was meant."""


def left_out_items(left_out: Sequence[LeftOut]) -> tuple[PostItem, ...]:
    """A row for each step at which stories stopped, with the newest of them."""
    by_step = {step: [story for story in left_out if story.at == step] for step in STEPS}
    return tuple(_row(step, stories) for step, stories in by_step.items() if stories)


def _row(step: LeftOutAt, stories: Sequence[LeftOut]) -> PostItem:
    """The reason once where it is the same for all, else beside each story."""
    reasons = {story.reason for story in stories}
    own = len(reasons) > 1
    more = f"… and {len(stories) - SHOWN} more." if len(stories) > SHOWN else ""
    return PostItem(
        title=_HEADS[step],
        badge="left out",
        points=tuple(_named(story) + (f". {story.reason}" if own else "") for story in stories[:SHOWN]),
        note=" ".join(filter(None, (more, "" if own else reasons.pop()))) or None,
    )


def _named(story: LeftOut) -> str:
    return f"{story.number}: {story.headline}" if story.number else story.headline


def left_out_words(counted: Counter[LeftOutAt]) -> str:
    """How many stopped where: "Left out: 3 by its filter, 2 not diplomatic."; "" for none."""
    words = ", ".join(f"{counted[step]} {_WORDS[step]}" for step in STEPS if counted[step])
    return f"Left out: {words}." if words else ""
