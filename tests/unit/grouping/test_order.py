"""Grouping does not depend on arrival order where that is promised, nor on a restart."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation.clusters import article_of
from bot.grouping.closing import Arrival, renamed, settle
from bot.grouping.cluster import Window
from bot.grouping.similarity import signature
from bot.understanding import understand

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
    assert settle(Window(), shuffled) == settle(Window(), arrivals())


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(20, 39))
def test_a_window_answers_the_same_however_it_was_filled(random: Random, count: int) -> None:
    before, rest = arrivals()[:count], arrivals()[count:]
    stories = {s.article_id: s.story for s in settle(Window(), before)[0]}
    shuffled = list(before)
    random.shuffle(shuffled)
    one, two = filled(before, stories), filled(shuffled, stories)
    for later in rest:
        expected = one.place(later.article, later.understanding, later.signature)
        assert two.place(later.article, later.understanding, later.signature) == expected


def test_forgetting_leaves_what_never_having_known_leaves() -> None:
    before = arrivals()[:30]
    stories = {s.article_id: s.story for s in settle(Window(), before)[0]}
    moment = before[12].article.when
    whole = filled(before, stories)
    whole.forget_before(moment)
    part = filled([one for one in before if one.article.when >= moment], stories)
    assert len(whole) == len(part)
    for later in arrivals()[30:]:
        expected = part.place(later.article, later.understanding, later.signature)
        assert whole.place(later.article, later.understanding, later.signature) == expected


def test_a_settled_story_keeps_the_name_that_people_know() -> None:
    settled = {"a": "x", "b": "x", "c": "y", "d": "z"}
    known = {"a": "old", "b": "old", "c": "old"}
    assert renamed(settled, known) == {"a": "old", "b": "old", "c": "y", "d": "z"}
