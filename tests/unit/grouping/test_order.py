"""Grouping does not depend on arrival order where that is promised, nor on a restart."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation.clusters import article_of
from bot.grouping.closing import Arrival, Settlement, closing_time, in_order, named
from bot.grouping.cluster import Window
from bot.grouping.similarity import signature
from bot.model import Article, Placement
from bot.understanding.article import understand
from tests.unit.grouping.make import NOON, article

TUNE = Path(__file__).parent.parent.parent / "golden" / "stories" / "tune.jsonl"


@cache
def arrivals() -> tuple[Arrival, ...]:
    """The first forty golden articles, as if they had come within one hour."""
    rows = [json.loads(line) for line in TUNE.read_text("utf8").splitlines()][:40]
    known = [understand(article_of(row, i)) for i, row in enumerate(rows)]
    return tuple(
        Arrival(article=k.article, understanding=k.understanding, signature=signature(k.article, k.understanding))
        for k in known
    )


def settle(window: Window, hour: Sequence[Arrival]) -> Settlement:
    settlement = Settlement(window)
    for one in in_order(hour):
        settlement.place(one)
    return settlement


def filled(order: Sequence[Arrival], stories: dict[str, str]) -> Window:
    window = Window()
    for one in order:
        window.add(one.article.id, stories[one.article.id], one.signature, one.article, one.understanding)
    return window


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_closed_hour_is_the_same_for_any_order_of_arrival(random: Random) -> None:
    shuffled = list(arrivals())
    random.shuffle(shuffled)
    one, two = settle(Window(), shuffled), settle(Window(), arrivals())
    assert (one.stories, one.placements, one.absorbed) == (two.stories, two.placements, two.absorbed)


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(20, 39))
def test_a_window_answers_the_same_however_it_was_filled(random: Random, count: int) -> None:
    before, rest = arrivals()[:count], arrivals()[count:]
    stories = settle(Window(), before).stories
    shuffled = list(before)
    random.shuffle(shuffled)
    one, two = filled(before, stories), filled(shuffled, stories)
    for later in rest:
        expected = one.place(later.article, later.understanding, later.signature)
        assert two.place(later.article, later.understanding, later.signature) == expected


def test_forgetting_leaves_what_never_having_known_leaves() -> None:
    before = arrivals()[:30]
    stories = settle(Window(), before).stories
    moment = before[12].article.when
    whole = filled(before, stories)
    whole.forget_before(moment)
    part = filled([one for one in before if one.article.when >= moment], stories)
    assert len(whole) == len(part)
    for later in arrivals()[30:]:
        expected = part.place(later.article, later.understanding, later.signature)
        assert whole.place(later.article, later.understanding, later.signature) == expected


class Hour(Settlement):
    """What an hour came to, as a test says it: "?" marks stories that it started."""

    def __init__(self, stories: dict[str, str], absorbed: dict[str, str] | None = None) -> None:
        super().__init__(Window())
        self.absorbed = absorbed or {}
        self._placed = {key: (story, Placement(story=story, relation="joins")) for key, story in stories.items()}


def names(hour: Hour, live: dict[str, str], *, fixed: str = "") -> tuple[dict[str, str], dict[str, str]]:
    """With single letters for stories, the earlier in the alphabet the older; the lower-case ones of `live` exist."""
    found = named(
        hour,
        live,
        fixed=lambda name: name in fixed,
        rank=lambda name: (name,),
        free=lambda name: name not in live.values() and name not in fixed,
    )
    return dict(found.names), dict(found.gone)


def test_a_story_keeps_the_name_that_people_know() -> None:
    assert names(Hour({"a": "?a", "b": "?a", "c": "?c"}), {"a": "x", "b": "x", "c": "c"}) == (
        {"?a": "x", "?c": "c"},
        {},
    )


def test_of_two_that_prove_to_be_one_the_earlier_name_wins() -> None:
    assert names(Hour({"a": "?a", "b": "?a", "c": "?a"}), {"a": "y", "b": "y", "c": "x"}) == ({"?a": "x"}, {"y": "x"})


def test_a_story_that_falls_apart_leaves_its_name_to_most_of_it() -> None:
    hour = Hour({"a": "?a", "b": "?b", "c": "?b"})
    assert names(hour, {"a": "a", "b": "a", "c": "a"}) == ({"?b": "a", "?a": "a′"}, {})
    assert names(Hour({"a": "?a", "b": "?b"}), {"a": "a", "b": "a"}) == ({"?a": "a", "?b": "b"}, {})


def test_settled_stories_keep_their_names_and_take_others_in() -> None:
    hour = Hour({"a": "s", "b": "?b"})
    assert names(hour, {"a": "a", "b": "s"}, fixed="s") == ({"?b": "b"}, {"a": "s"})


def test_settled_stories_that_merge_redirect_the_later_one() -> None:
    hour = Hour({"a": "s"}, {"t": "s"})
    assert names(hour, {"a": "t"}, fixed="s") == ({}, {"t": "s"})
    older = Hour({"a": "?a"}, {"t": "?a"})
    assert names(older, {"a": "a"}) == ({"?a": "a"}, {"t": "a"})


def test_when_an_article_is_settled() -> None:
    def settled(published: float | None, arrived: float) -> float:
        return (closing_time(came(published, arrived)) - NOON).total_seconds() / 3600

    assert settled(0.5, 0.6) == 2
    assert settled(0.5, 1.9) == 2  # any arrival within the hour's patience
    assert settled(0.5, 2.1) == 3  # late
    assert settled(None, 0.7) == 2
    assert settled(7, 0.5) == 2  # published after it came: a clock that is wrong


def came(published: float | None, arrived: float) -> Article:
    one = article("a", "Title", "Text", hours=arrived)
    return replace(one, published=None if published is None else NOON + timedelta(hours=published))
