"""Who is told at once, when, and in what words."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.match import breaks, matches, refusal
from bot.alerts.post import alert_post, bundle_post, revised
from bot.alerts.quiet import Quiet
from bot.alerts.standing import edited, moved, outdated, standing, status
from bot.alerts.throttle import Options, parted, rests, room
from bot.model import (
    Alert,
    AlertRule,
    Change,
    DigestItem,
    Evidence,
    KeyPoint,
    SourceLine,
    Standing,
    Story,
    Summary,
    Telling,
)

NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
STORY = Story(
    id="s",
    title="Japan and Mexico end talks",
    language="en",
    members=(),
    first_seen=NOW,
    last_change=NOW,
    relevance=0.9,
    diplomatic=True,
    actors=("JPN", "MEX"),
    events=("CONSULT",),
)
TEXTS = (
    "Japan and Mexico end talks on steel",
    "A rare earth hotline was agreed at the Élysée.",
    "日米関税交渉が始まった",
)


def rule(**values: object) -> AlertRule:
    return AlertRule(id="r", user_id="u", guild_id=None, created=NOW, **values)  # type: ignore[arg-type]


def test_all_countries_must_be_in_the_story() -> None:
    assert matches(rule(countries=("JPN", "MEX")), STORY, TEXTS, 1)
    assert refusal(rule(countries=("JPN", "USA")), STORY, TEXTS, 1) == "The story is not about USA."


def test_one_of_the_event_types_suffices() -> None:
    assert matches(rule(events=("SANCTION", "CONSULT")), STORY, TEXTS, 1)
    assert not matches(rule(events=("SANCTION",)), STORY, TEXTS, 1)


def test_words_phrases_and_exclusions() -> None:
    for query, expected in (
        ("steel mexico", True),
        ("steel tariffs", False),
        ('"rare earth" STEEL', True),
        ('"earth rare"', False),
        ("steel -hotline", False),
        ("steel -football", True),
        ("elysee", True),
        ("関税交渉", True),
        ("交渉関税", False),
        ('"unclosed rare', False),
        ('"rare earth', True),
    ):
        assert matches(rule(keywords=query), STORY, TEXTS, 1) is expected, query


def test_a_query_without_a_word_matches_nothing() -> None:
    assert not matches(rule(keywords='"" - !!'), STORY, TEXTS, 1)


def test_too_few_outlets_and_backlog_and_nothing_visible() -> None:
    assert not matches(rule(minimum_sources=2), STORY, TEXTS, 1)
    assert matches(rule(minimum_sources=2), STORY, TEXTS, 2)
    assert not matches(rule(), STORY, (), 0)
    assert not matches(rule(disabled="Direct messages are closed."), STORY, TEXTS, 1)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_query_and_text_are_answered(query: str, text: str) -> None:
    assert matches(rule(keywords=query), STORY, (text,), 1) in (True, False)


# --- pairs, outlets, growth ------------------------------------------------------------------------------------------


def report(outlet: str, minutes: int, relation: str = "joins") -> SourceLine:
    return SourceLine(
        article_id=f"{outlet}{minutes}", outlet=outlet, url=None, title="t", when=NOW + timedelta(minutes=minutes),
        relation=relation,
    )  # fmt: skip


def test_one_of_the_pairs_suffices_and_is_there_whole() -> None:
    assert matches(rule(pairs=(("JPN", "USA"), ("MEX", "JPN"))), STORY, TEXTS, 1)
    assert refusal(rule(pairs=(("JPN", "USA"),)), STORY, TEXTS, 1) == "The story is about none of JPN and USA."


def test_one_of_the_outlets_suffices() -> None:
    assert refusal(rule(outlets=("a", "b")), STORY, TEXTS, 1, sources={"b"}) is None
    assert refusal(rule(outlets=("a", "b")), STORY, TEXTS, 1, sources={"c"}) is not None


def test_breaking_is_so_many_outlets_within_so_many_minutes() -> None:
    lines = [report("A", 0), report("B", 50), report("C", 70), report("C", 10, "copy"), report("A", 71)]
    assert breaks(lines, 2, timedelta(minutes=20))
    assert breaks(lines, 3, timedelta(minutes=70))
    assert not breaks(lines, 3, timedelta(minutes=69))
    assert not breaks(lines, 4, timedelta(days=1))
    asked = rule(breaking=3, within=60)
    assert refusal(asked, STORY, TEXTS, 3, lines=lines) == "No 3 outlets reported it within 60 minutes."


def test_a_rule_that_is_not_confirmed_matches_nothing() -> None:
    assert not matches(rule(awaiting=True), STORY, TEXTS, 1)


def test_who_follows_a_story_asks_for_nothing_else() -> None:
    assert matches(rule(story="s"), replace(STORY, backlog=True), TEXTS, 1)
    assert not matches(rule(story="other"), STORY, TEXTS, 1)


# --- when ------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 120), max_size=20), st.integers(1, 5), st.integers(0, 8), st.integers(0, 8))
def test_the_hourly_number_is_never_passed_and_nothing_is_lost(
    minutes: list[int], hourly: int, slept: int, awake: int
) -> None:
    options = Options(hourly=hourly)
    free = room([NOW - timedelta(minutes=m) for m in minutes], NOW, options)
    assert free == max(0, hourly - sum(m < 60 for m in minutes))
    groups = parted([f"s{n}" for n in range(slept)], [f"a{n}" for n in range(awake)], free)
    assert len(groups) <= free
    told = [one for group in groups for one in group]
    assert told == ([f"s{n}" for n in range(slept)] + [f"a{n}" for n in range(awake)] if free else [])
    if free and slept:
        assert groups[0][:slept] == tuple(f"s{n}" for n in range(slept))  # one bundle on waking


def test_a_story_rests_and_a_new_fact_breaks_the_rest() -> None:
    hour, options = timedelta(hours=1), Options()
    assert rests("none", NOW - 9 * hour, NOW, options)
    assert rests("weak", NOW - hour, NOW, options)
    assert not rests("weak", NOW - 3 * hour, NOW, options)
    assert not rests("strong", NOW, NOW, options)


@pytest.mark.parametrize(
    ("start", "end", "now", "holds", "woke"),
    [
        (22, 7, "2026-10-05T20:30+00:00", True, None),  # 22:30 in Berlin
        (22, 7, "2026-10-05T04:59+00:00", True, None),
        (22, 7, "2026-10-05T05:00+00:00", False, "2026-10-05T05:00+00:00"),
        (22, 7, "2026-10-05T19:59+00:00", False, "2026-10-05T05:00+00:00"),
        (22, 7, "2026-10-25T06:00+00:00", False, "2026-10-25T06:00+00:00"),  # the clocks went back in the night
        (22, 7, "2026-10-25T05:59+00:00", True, None),
        (13, 15, "2026-10-05T11:30+00:00", True, None),
        (13, 15, "2026-10-05T08:30+00:00", False, "2026-10-04T13:00+00:00"),
    ],
)
def test_quiet_hours_go_by_the_clock_on_the_wall(start: int, end: int, now: str, holds: bool, woke: str | None) -> None:
    quiet = Quiet(start=time(start), end=time(end), zone="Europe/Berlin")
    moment = datetime.fromisoformat(now)
    assert quiet.holds(moment) is holds
    if woke is not None:
        assert quiet.woke(moment) == datetime.fromisoformat(woke)


# --- what has become of it -------------------------------------------------------------------------------------------

FIRST = Standing(version=1, independent=1, events=("CONSULT",))
WAS = Change(was="6", now="7")
TOLD = Telling(story_id="s", number=7, status="unconfirmed", standing=FIRST, delivery="d")


@pytest.mark.parametrize(
    ("now", "status_now", "edit", "move", "followed"),
    [
        (FIRST, "unconfirmed", False, "none", "none"),
        (replace(FIRST, version=2, independent=2), "confirmed", True, "none", "strong"),
        (replace(FIRST, version=2, corrections=(WAS,)), "corrected", True, "none", "strong"),
        (replace(FIRST, version=2, retracted=True), "retracted", True, "none", "strong"),
        (replace(FIRST, version=2, developments=(WAS,)), "unconfirmed", False, "strong", "strong"),
        (replace(FIRST, version=2, events=("CONSULT", "AGREE")), "unconfirmed", False, "strong", "strong"),
        (replace(FIRST, version=2, phase="developing"), "unconfirmed", False, "weak", "weak"),
        (replace(FIRST, version=2, phase="fading"), "unconfirmed", False, "none", "none"),
    ],
)
def test_what_becomes_of_a_story_that_was_told(
    now: Standing, status_now: str, edit: bool, move: str, followed: str
) -> None:
    assert status(now, TOLD) == status_now
    assert outdated(now, TOLD) is edit
    assert moved(now, FIRST) == move
    assert moved(now, FIRST, follows=True) == followed
    if edit:
        after = edited(now, TOLD)
        assert not outdated(now, after)
        assert after.status == status_now


def test_a_corrected_story_that_is_confirmed_later_is_edited_once_more() -> None:
    corrected = edited(replace(FIRST, version=2, corrections=(WAS,)), TOLD)
    second = replace(FIRST, version=3, corrections=(WAS,), independent=2)
    assert outdated(second, corrected)
    assert status(second, corrected) == "corrected"
    assert not outdated(replace(second, version=4, independent=3), edited(second, corrected))


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["RETRACTED: Envoys meet"], True),
        (["Story withdrawn: Envoys meet"], True),
        (["【取り消し】外相会談"], True),
        (["Envoys meet", "Retraction: Envoys meet"], False),  # another outlet stands by it
        (["Minister retracted her remark"], False),
        ([], False),
    ],
)
def test_a_story_is_taken_back_when_every_outlet_does(titles: list[str], expected: bool) -> None:
    lines = [replace(report(f"O{n}", n), title=title) for n, title in enumerate(titles)]
    assert standing(STORY, lines, len(lines)).retracted is expected


def alert(independent: int, *, update: bool = False) -> Alert:
    line = SourceLine(article_id="a", outlet="Meridian Wire", url="https://example.org/a", title="t", when=NOW)
    point = KeyPoint(text="They met.", evidence=(Evidence(article="a", start=0, end=9, text="They met."),))
    item = DigestItem(
        story_id="s",
        number=7,
        version=1,
        headline="Talks end",
        summary=Summary(headline="Talks end", points=(point,)),
        lines=(line,),
        independent=independent,
        copies=2,
        update=update,
    )
    return Alert(rule_id="r", user_id="u", item=item)


def test_a_single_outlet_is_unconfirmed() -> None:
    post = alert_post(alert(1), "Asia/Tokyo")
    assert post.heading == "UNCONFIRMED · Alert"
    assert post.items[0].badge == "unconfirmed"
    assert post.items[0].note == "1 outlet, 2 republishing"
    assert post.zone == "Asia/Tokyo"


def test_two_outlets_confirm_and_an_update_is_called_one() -> None:
    post = alert_post(alert(2, update=True))
    assert (post.heading, post.intro, post.items[0].badge) == ("Update", None, "update")


def test_a_message_keeps_its_words_but_for_what_is_no_longer_so() -> None:
    sent = alert_post(alert(1))
    now = replace(alert(2).item, copies=0)
    post = revised(sent, 7, "corrected", now, (WAS,))
    assert post.heading == "CORRECTED · Alert"
    assert post.intro == "What was first reported has been corrected. 2 independent outlets report this now."
    assert post.items[0].points == ("Changed: “6” is now “7”.", "They met.")
    assert (post.items[0].badge, post.items[0].note) == ("corrected", "2 independent outlets")
    assert revised(post, 7, "corrected", now, (WAS,)) == post
    assert revised(sent, 7, "retracted", now, ()).intro == "The outlets that reported this have taken it back."


def test_a_bundle_tells_the_first_at_length_and_the_rest_in_headlines() -> None:
    alerts = [replace(alert(2), item=replace(alert(2).item, number=n)) for n in range(1, 46)]
    post = bundle_post(alerts, "These came during your quiet hours.")
    assert post.heading == "45 alerts"
    assert [bool(item.points) for item in post.items] == [True] * 4 + [False] * 36
    assert post.footer is not None
    assert post.footer.startswith("5 more stories matched")
    assert revised(post, 3, "confirmed", alert(2).item, ()).items[2].badge == "confirmed"


def test_the_buttons_of_an_alert_are_command_lines_of_its_owner() -> None:
    lines = [button.action for button in alert_post(alert(1)).buttons]
    assert lines == ["/story 7", "/follow 7", "/alerts more 7", "/alerts mute r", "/alerts stop r"]
    followed = [button.action for button in alert_post(replace(alert(1), follows=True)).buttons]
    assert followed == ["/story 7", "/alerts more 7", "/alerts mute r", "/unfollow r"]
