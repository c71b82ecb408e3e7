"""Which stories a digest tells, in what order, and what it says of the rest."""

import sys
from dataclasses import replace
from types import FrameType

from hypothesis import given
from hypothesis import strategies as st

from bot.digests.compose import compose
from bot.digests.order import VARIED, importance, ordered
from bot.digests.post import digest_post
from bot.model import Change, Filter
from tests.unit.digests.make import SEVEN, candidate, subscription


def reasons(asked: Filter | None = None, **about: object) -> list[str]:
    digest = compose(subscription(asked=asked), [candidate(**about)], {}, "slot", None, SEVEN)  # type: ignore[arg-type]
    assert len(digest.items) + len(digest.left_out) == 1
    return [left.reason for left in digest.left_out]


def test_the_order_of_many_costs_time_in_line_with_them() -> None:
    many = 400
    codes = ("JPN", "USA", "CHN", "FRA", "IND", "BRA")
    stories = [candidate(f"s{n}", actors=(codes[n % 6], codes[n // 6 % 6]), relevance=n % 10 / 10) for n in range(many)]
    compared = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal compared
        compared += event == "call" and frame.f_code.co_name == "_repeats"

    sys.setprofile(count)
    try:
        told = ordered(stories)
    finally:
        sys.setprofile(None)
    assert {one.story.id for one in told} == {one.story.id for one in stories}
    assert compared <= VARIED * many


def test_a_story_told_at_this_version_is_left_out_and_a_newer_version_is_an_update() -> None:
    change = Change(was="25 %", now="24 %")
    stories = [candidate("old", version=2), candidate("grown", version=3, changes=(change,)), candidate("new")]
    digest = compose(subscription(), stories, {"old": 2, "grown": 2}, "slot", None, SEVEN)
    assert {item.story_id: item.update for item in digest.items} == {"grown": True, "new": False}
    assert [left.story_id for left in digest.left_out] == ["old"]
    assert next(item for item in digest.items if item.update).changes == (change,)


def test_changes_are_not_shown_to_those_who_never_heard_the_first_version() -> None:
    digest = compose(subscription(), [candidate(changes=(Change(was="1", now="2"),))], {}, "slot", None, SEVEN)
    assert digest.items[0].changes == ()


def test_a_story_that_names_the_country_in_passing_comes_last_and_says_so() -> None:
    about = candidate("about", actors=("FRA", "DEU"), outlets=("one",))
    passing = candidate("passing", actors=("JPN", "IDN", "FRA"), outlets=("one", "two", "three", "four"))
    stories = [
        replace(passing, concerned=frozenset({"JPN", "IDN"})),
        replace(about, concerned=frozenset({"FRA"})),
    ]
    asked = subscription(asked=Filter(countries=("FRA", "DEU")))
    digest = compose(asked, stories, {}, "slot", None, SEVEN, name_of={"FRA": "France"}.__getitem__)
    assert [(item.story_id, item.aside) for item in digest.items] == [
        ("about", None),
        ("passing", "names France in passing"),
    ]
    (_, row) = digest_post(digest).items
    assert (row.note or "").startswith("names France in passing; 4 independent outlets")
    everything = compose(subscription(), stories, {}, "slot", None, SEVEN)
    assert [item.story_id for item in everything.items] == ["passing", "about"]
    assert not any(item.aside for item in everything.items)
    pair = subscription(asked=Filter(pairs=(("JPN", "FRA"),)))
    assert compose(pair, stories, {}, "slot", None, SEVEN).items[0].aside == "names FRA in passing"


def test_each_filter_gives_its_reason() -> None:
    assert "relevance" in reasons(Filter(minimum_relevance=0.95))[0]
    assert "independent" in reasons(Filter(minimum_sources=2))[0]
    assert "countries" in reasons(Filter(countries=("FRA",)))[0]
    assert "event" in reasons(Filter(events=("SANCTION",)))[0]
    assert "sources" in reasons(Filter(sources=("other",)))[0]
    assert "languages" in reasons(Filter(languages=("ja",)))[0]
    assert "keywords" in reasons(Filter(keywords=("tariffs",)))[0]
    assert "not diplomatic" in reasons(diplomatic=False)[0]
    assert "first read" in reasons(backlog=True)[0]
    assert "this server reads" in reasons(outlets=())[0]


def test_a_filter_that_fits_admits() -> None:
    asked = Filter(
        countries=("FRA", "JPN"), events=("CONSULT",), sources=("Meridian Wire",), languages=("en",), keywords=("met",)
    )
    assert reasons(asked) == []


def test_what_does_not_fit_the_size_is_left_out_with_its_place() -> None:
    stories = [candidate(f"s{i}", relevance=0.9 - i / 10) for i in range(3)]
    digest = compose(subscription(size=2), stories, {}, "slot", None, SEVEN)
    assert len(digest.items) == 2
    assert digest.left_out[0].reason == "There was room for 2 stories, and this one came in place 3."


def test_what_the_press_tells_comes_before_what_speaks_for_somebody_and_a_second_outlet_never_lowers() -> None:
    press, state, unknown = candidate(kinds=("wire",)), candidate(kinds=("state_media",)), candidate(kinds=(None,))
    both = candidate(kinds=("state_media", "newspaper"))
    assert importance(state) < importance(unknown) < importance(press) == importance(both)


def test_more_independent_outlets_come_first() -> None:
    few, many = candidate("few"), candidate("many", outlets=("A", "B", "C"))
    assert [c.story.id for c in ordered([few, many])] == ["many", "few"]


def test_a_told_story_that_only_grew_counts_for_less_than_a_corrected_one() -> None:
    grown, corrected = candidate(), candidate(changes=(Change(was="1", now="2"),))
    assert importance(grown, update=True) < importance(corrected, update=True) == importance(grown)


def test_another_part_of_the_world_comes_before_a_third_story_on_one_pair() -> None:
    asia = [candidate(f"asia{i}", relevance=0.9) for i in range(3)]
    africa = candidate("africa", actors=("ETH", "ERI"), relevance=0.85)
    assert [c.story.id for c in ordered([*asia, africa])].index("africa") == 1


@given(st.permutations(range(5)))
def test_the_order_does_not_depend_on_that_of_the_candidates(order: list[int]) -> None:
    stories = [candidate(f"s{i}", relevance=0.5 + i % 2 / 10) for i in range(5)]
    assert ordered([stories[i] for i in order]) == ordered(stories)


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 3), st.booleans()), max_size=12), st.integers(1, 5))
def test_every_candidate_is_told_or_left_out_exactly_once(rows: list[tuple[float, int, bool]], size: int) -> None:
    stories = [candidate(f"s{i}", relevance=r, version=v, diplomatic=d) for i, (r, v, d) in enumerate(rows)]
    digest = compose(subscription(size=size), stories, {"s0": 2}, "slot", None, SEVEN)
    told = [item.story_id for item in digest.items]
    assert len(told) <= size
    assert sorted(told + [left.story_id for left in digest.left_out]) == sorted(c.story.id for c in stories)
    assert all(left.reason.endswith((".", ")")) for left in digest.left_out)
