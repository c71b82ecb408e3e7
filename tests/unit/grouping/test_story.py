"""The Story value as it grows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grouping.story import copies, grow, independent, merge, phase_at
from bot.model import Placement, Story
from tests.unit.grouping.make import NOON, NOTHING, article

STARTS = Placement(story=None, relation="starts")


def joins(of: str = "a", relation: str = "joins") -> Placement:
    return Placement(story="a", relation=relation, of=of if relation != "joins" else None)  # type: ignore[arg-type]


def story() -> Story:
    """a starts; b republishes it; c writes its own; d is c's correction."""
    grown = grow(None, article("a", "First", ""), NOTHING, STARTS)
    grown = grow(grown, article("b", "Copied", "", outlet="B", hours=1), NOTHING, joins("a", "copy"))
    grown = grow(grown, article("c", "Own words", "", outlet="C", hours=2), NOTHING, joins())
    return grow(grown, article("d", "Own words, corrected", "", outlet="C", hours=3), NOTHING, joins("c", "updates"))


def test_a_story_starts_under_the_id_and_title_of_its_first_article() -> None:
    started = grow(None, article("a", "First", ""), NOTHING, STARTS, backlog=True)
    assert (started.id, started.title, started.version, started.backlog) == ("a", "First", 1, True)


def test_versions_grow_with_joins_and_updates_but_not_with_copies() -> None:
    grown = story()
    assert grown.version == 3
    assert grown.last_change == NOON.replace(hour=15)
    assert [member.relation for member in grown.members] == ["starts", "copy", "joins", "updates"]


def test_outlets_count_once_whatever_they_republish_or_correct() -> None:
    assert (independent(story()), copies(story())) == (2, 1)


def test_only_visible_articles_count() -> None:
    assert (independent(story(), {"a", "b"}), copies(story(), {"a", "b"})) == (1, 1)
    assert (independent(story(), {"b"}), copies(story(), {"b"})) == (1, 0)
    assert (independent(story(), set()), copies(story(), set())) == (0, 0)


def test_the_same_article_again_changes_nothing() -> None:
    grown = story()
    again = grow(grown, article("c", "Own words", "", outlet="C", hours=2), NOTHING, joins())
    assert again == grown


def test_a_late_article_stands_first_and_gives_its_title() -> None:
    grown = grow(story(), article("late", "Before all", "", outlet="L", hours=-2), NOTHING, joins())
    assert grown.article_ids[0] == "late"
    assert (grown.id, grown.title, grown.first_seen) == ("a", "Before all", NOON.replace(hour=10))


def test_a_correction_of_the_first_article_corrects_the_title() -> None:
    grown = grow(story(), article("e", "First, put right", "", hours=4), NOTHING, joins("a", "updates"))
    assert grown.title == "First, put right"


def test_an_english_title_is_taken_where_the_first_was_in_another_language() -> None:
    grown = grow(None, article("a", "会談", "", lang="ja"), NOTHING, STARTS)
    grown = grow(grown, article("b", "Talks", "", hours=1), NOTHING, joins())
    grown = grow(grown, article("c", "Gespräche", "", lang="de", hours=-3), NOTHING, joins())
    assert (grown.title, grown.language) == ("Talks", "en")


def test_phases_follow_event_time() -> None:
    grown = grow(None, article("a", "First", ""), NOTHING, STARTS)
    assert grown.phase == "breaking"
    grown = grow(grown, article("b", "Second", "", hours=10), NOTHING, joins())
    assert grown.phase == "developing"
    grown = grow(grown, article("c", "Third", "", hours=60), NOTHING, joins())
    assert grown.phase == "fading"


def test_a_reader_finds_the_phase_of_the_moment() -> None:
    one = grow(None, article("a", "First", ""), NOTHING, STARTS)
    phases = [phase_at(one, NOON + timedelta(hours=hours)) for hours in (1, 7, 25)]
    assert phases == ["breaking", "developing", "fading"]
    assert phase_at(grow(one, article("b", "Second", "", hours=60), NOTHING, joins()), NOON) == "fading"


def test_the_earliest_story_takes_the_others_in() -> None:
    early, late = story(), grow(None, article("z", "Later", "", hours=5), NOTHING, STARTS)
    merged = merge([late, early])
    assert (merged.id, merged.title, len(merged.members), merged.version) == ("a", "First", 5, 4)
    assert merged == merge([early, late])
    with pytest.raises(ValueError, match="nothing"):
        merge([])


def test_backlog_ends_with_the_first_fresh_article() -> None:
    old = grow(None, article("a", "First", ""), NOTHING, STARTS, backlog=True)
    assert not grow(old, article("b", "Second", "", hours=1), NOTHING, joins()).backlog
    assert merge([old, replace(old, id="b")]).backlog


@given(st.permutations(range(1, 6)))
def test_members_stand_in_order_of_event_time_however_they_come(order: list[int]) -> None:
    grown = grow(None, article("a0", "First", ""), NOTHING, STARTS)
    for i in order:
        grown = grow(grown, article(f"a{i}", f"No {i}", "", outlet=str(i), hours=i), NOTHING, joins())
    assert grown.article_ids == ("a0", "a1", "a2", "a3", "a4", "a5")
    assert (grown.version, grown.title, independent(grown)) == (6, "First", 6)
