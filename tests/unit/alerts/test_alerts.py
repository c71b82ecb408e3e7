"""Who is told at once, when, and in what words."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.match import matches, refusal
from bot.alerts.post import alert_post
from bot.alerts.throttle import Options, verdict
from bot.model import Alert, AlertRule, DigestItem, Evidence, KeyPoint, SourceLine, Story, Summary

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


def told(**values: object) -> str:
    base: dict[str, object] = {"story_id": "s", "version": 2, "now": NOW, "told": {}, "last_told": {}, "recent": ()}
    return verdict(**{**base, **values}).action  # type: ignore[arg-type]


def test_each_version_is_told_once() -> None:
    assert told() == "send"
    assert told(told={"s": 2}) == "drop"
    assert told(told={"s": 1}) == "send"


def test_a_story_rests_for_a_while() -> None:
    heard = {"last_told": {"s": NOW - timedelta(hours=1)}, "told": {"s": 1}}
    assert told(**heard) == "wait"
    assert told(**heard, now=NOW + timedelta(hours=2)) == "send"


@given(st.lists(st.integers(0, 120), max_size=20), st.integers(1, 5))
def test_the_hourly_number_is_never_passed(minutes: list[int], hourly: int) -> None:
    recent = [NOW - timedelta(minutes=m) for m in minutes]
    found = verdict(
        story_id="s", version=1, now=NOW, told={}, last_told={}, recent=recent, options=Options(hourly=hourly)
    )
    within = sum(m < 60 for m in minutes)
    assert (found.action == "send") == (within < hourly)
    if found.until is not None:
        assert NOW < found.until <= NOW + timedelta(hours=1)
        assert sum(found.until - moment < timedelta(hours=1) for moment in recent) < hourly


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
    assert [button.action for button in post.buttons] == ["/story 7", "/alerts list"]
