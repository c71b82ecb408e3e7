"""How a digest reads."""

from datetime import timedelta

from bot.digests.compose import compose
from bot.digests.post import digest_post, period
from bot.model import Change, Post
from tests.unit.digests.make import SEVEN, candidate, subscription


def test_the_lead_line_counts_stories_outlets_and_names_the_hours_in_the_zone() -> None:
    stories = [candidate("a", outlets=("Meridian Wire", "Ledger")), candidate("b", outlets=("Ledger", "Gazette"))]
    post = digest_post(compose(subscription(), stories, {}, "slot", SEVEN - timedelta(hours=1), SEVEN))
    assert post.heading == "Morning digest"
    assert post.intro == "2 stories from 3 outlets · Monday 5 October, 15:00–16:00 JST"
    assert post.zone == "Asia/Tokyo"


def test_a_period_over_midnight_names_both_days() -> None:
    found = period(SEVEN - timedelta(days=1), SEVEN, "Europe/London")
    assert found == "Sunday 4 October, 08:00 – Monday 5 October, 08:00 BST"


def test_a_zone_without_letters_is_named_by_its_offset() -> None:
    assert period(None, SEVEN, "Asia/Dubai") == "Monday 5 October, 11:00 UTC+04"


def only(post: Post) -> None:
    assert len(post.items) == 1


def test_an_update_says_what_changed_before_its_points() -> None:
    grown = candidate(version=2, changes=(Change(was="25 %", now="24 %"),))
    post = digest_post(compose(subscription(), [grown], {"s1": 1}, "slot", None, SEVEN))
    only(post)
    assert post.items[0].badge == "update"
    assert post.items[0].points == ("Changed: “25 %” is now “24 %”.", "They met.")
    assert post.intro is not None
    assert "1 story from 1 outlet, all updates" in post.intro


def test_coverage_is_counted_in_words_and_stories_have_buttons() -> None:
    post = digest_post(compose(subscription(), [candidate(outlets=("A", "B", "C"))], {}, "slot", None, SEVEN))
    assert post.items[0].note == "3 independent outlets"
    assert post.items[0].url == "https://example.org/s1/0"
    assert [button.action for button in post.buttons] == ["/story 3"]


def test_one_outlet_is_told_by_its_line_alone() -> None:
    post = digest_post(compose(subscription(), [candidate(outlets=("A",))], {}, "slot", None, SEVEN))
    assert [line.outlet for line in post.items[0].lines] == ["A"]
    assert post.items[0].note is None


def test_an_empty_digest_says_so_and_what_was_left_out() -> None:
    post = digest_post(compose(subscription(), [candidate(diplomatic=False)], {}, "slot", None, SEVEN))
    assert post.intro is not None
    assert post.intro.startswith("Nothing new")
    assert post.footer == "1 story was left out; /digest preview says which and why."


def test_source_lines_are_one_for_each_outlet_and_at_most_five() -> None:
    post = digest_post(
        compose(subscription(), [candidate(outlets=("A", "A", "B", "C", "D", "E", "F"))], {}, "slot", None, SEVEN)
    )
    assert [line.outlet for line in post.items[0].lines] == ["A", "B", "C", "D", "E"]
