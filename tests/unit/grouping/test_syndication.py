"""Republished texts, and what an outlet changed."""

from hypothesis import given
from hypothesis import strategies as st

from bot.grouping.changes import what_changed
from bot.grouping.syndication import SKETCH_SIZE, shared, sketch
from bot.model import Change
from bot.text import clean
from tests.unit.grouping.make import article

WORDS = [f"word{i}" for i in range(600)]


def test_a_text_cut_to_a_third_stands_whole_in_its_original() -> None:
    _, left, right = shared(sketch(" ".join(WORDS)), sketch(" ".join(WORDS[:200])))
    assert left < 0.5
    assert right > 0.95


def test_other_texts_share_nothing_and_empty_ones_have_no_sketch() -> None:
    assert shared(sketch(" ".join(WORDS[:300])), sketch(" ".join(WORDS[300:]))) == (0, 0.0, 0.0)
    assert sketch("too short") == ()
    assert shared((), sketch(" ".join(WORDS))) == (0, 0.0, 0.0)


def test_invisible_characters_and_accents_hide_nothing() -> None:
    plain = "The café owners of the old town will not pay the new tax this year"
    assert sketch(clean(plain)) == sketch(clean(plain.replace("a", "a\u200b").replace("é", "e")))


@given(st.lists(st.sampled_from(WORDS), max_size=900), st.lists(st.sampled_from(WORDS), max_size=900))
def test_shares_are_shares(one: list[str], two: list[str]) -> None:
    a, b = sketch(" ".join(one)), sketch(" ".join(two))
    assert len(a) <= SKETCH_SIZE
    both, left, right = shared(a, b)
    assert 0 <= left <= 1 >= right >= 0
    assert shared(b, a) == (both, right, left)
    if len(one) >= 4:
        assert shared(a, a)[1:] == (1.0, 1.0)


def changed(was: str, now: str, *titles: str) -> list[tuple[str, str]]:
    before, after = titles or ("Title", "Title")
    found = what_changed(article("a", before, was), article("b", after, now))
    return [(change.was, change.now) for change in found]


def test_a_figure_is_shown_with_what_it_counts() -> None:
    assert changed("It offered 41,000 tonnes a year.", "It offered 47,000 tonnes a year.") == [
        ("41,000 tonnes", "47,000 tonnes")
    ]
    assert changed("Growth was 25 % in May.", "Growth was 24 % in May.") == [("25 %", "24 %")]
    assert changed("It costs 1.6 billion dollars now.", "It costs 1.9 billion dollars now.") == [
        ("1.6 billion dollars", "1.9 billion dollars")
    ]
    assert changed("They meet on March 15.", "They meet on March 20.") == [("March 15", "March 20")]
    assert changed("兵士7人が死亡した。", "兵士8人が死亡した。") != []


def test_a_new_title_is_a_change_but_a_mark_before_it_is_none() -> None:
    assert changed("Same.", "Same.", "Talks fail", "Talks succeed") == [("Talks fail", "Talks succeed")]
    assert changed("Same.", "Same.", "Talks fail", "CORRECTED-Talks fail") == []
    assert changed("Same.", "Same.", "Talks fail", "UPDATE 2-Talks fail") == []


def test_paragraphs_added_or_dropped_are_no_changes() -> None:
    assert changed("One stays.", "One stays.\n\nTwo is new.") == []
    assert changed("One stays.\n\nTwo goes.", "One stays.") == []


def test_a_title_that_follows_the_text_is_not_told_twice() -> None:
    was, now = "Norway gives 1.2 billion kroner.", "Norway gives 1.8 billion kroner."
    figure = ("1.2 billion kroner", "1.8 billion kroner")
    assert changed(was, now, "Norway gives 1.2 billion kroner", "Correction: Norway gives 1.8 billion kroner") == [
        figure
    ]
    assert changed(was, now, "Norway helps", "CORRECTED: Norway lends") == [("Norway helps", "Norway lends"), figure]


@given(st.text(max_size=400), st.text(max_size=400))
def test_changes_stand_in_their_texts(was: str, now: str) -> None:
    found = what_changed(article("a", "T", was), article("b", "T", now))
    assert len(found) <= 8
    assert all(isinstance(change, Change) and change.was and change.now for change in found)


def test_a_hostile_text_is_compared_in_bounded_work() -> None:
    changed("a " * 20_000 + ". b", "a " * 20_001 + ". c")
    changed("x. " * 20_000, "x. y. " * 10_000)
