"""The shipped sample news: what it must hold, and how days are filled in."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.content import SampleArticle, fill, newest_first, parse_offset, sample_news

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
moments = st.integers(min_value=0, max_value=15 * 365 * 24 * 3600).map(lambda seconds: NOW + timedelta(seconds=seconds))


@given(moments)
def test_at_any_time_every_article_is_past_recent_and_filled_in(now: datetime) -> None:
    news = sample_news(now)
    for article in news.articles:
        assert now - timedelta(days=6) <= article.published <= now - timedelta(hours=2)
        assert not re.search(r"[{}]", article.title + article.body), article.slug


def test_the_sample_is_varied_and_of_readable_length() -> None:
    news = sample_news(NOW)
    languages = {outlet.key: outlet.language for outlet in news.outlets}
    assert {outlet.feed for outlet in news.outlets} == {"rss", "atom", "json"}
    assert {outlet.metadata for outlet in news.outlets} == {"jsonld", "opengraph", "none"}
    assert Counter(languages[article.outlet] for article in news.articles) == {"en": 31, "ja": 2, "fr": 1}
    for article in news.articles:
        if languages[article.outlet] != "ja":
            assert 110 <= len(article.body.split()) <= 300, article.slug
        assert len(article.paragraphs) >= 4, article.slug


def test_slugs_are_unique_within_an_outlet() -> None:
    articles = sample_news(NOW).articles
    assert len({(article.outlet, article.slug) for article in articles}) == len(articles)


def test_outlets_that_tell_one_event_name_the_same_day_even_around_midnight() -> None:
    for hour in range(24):
        articles = sample_news(NOW.replace(hour=hour)).articles
        told = [a.body for a in articles if "Belgranit" in a.body]
        days = {match[1] for body in told if (match := re.search(r"potash trader on (\w+day),", body))}
        assert len(told) == 3
        assert len(days) == 1, hour


def test_no_day_is_told_that_has_not_begun_where_the_digest_is_read() -> None:
    for hour in range(24):
        (ships,) = (a for a in sample_news(NOW.replace(hour=hour)).articles if a.slug == "japan-indonesia-patrol-ships")
        match = re.search(r"an agreement in Jakarta on (\w+day)", ships.body)
        assert match is not None
        days = [f"{ships.published - timedelta(days=back):%A}" for back in (0, 1)]
        assert match[1] in days, hour


def test_the_correction_repeats_the_article_but_for_its_figure() -> None:
    by_slug = {article.slug: article for article in sample_news(NOW).articles}
    first, corrected = by_slug["en/a-7740655"], by_slug["en/a-7740655-corrected"]
    assert corrected.title == "Correction: " + first.title.replace("1.2", "1.8")
    assert corrected.paragraphs[0] == first.paragraphs[0].replace("1.2", "1.8")
    assert corrected.paragraphs[1:-1] == first.paragraphs[1:]
    assert corrected.published > first.published


def test_words_for_days_are_those_of_the_language() -> None:
    saturday = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
    assert fill("{weekday:+1d} {date:-1d} {monthday:+1d} {month:+1d}", saturday, "en") == (
        "Sunday Oct 30 1 November November"
    )
    assert fill("{weekday:0d} {monthday:+1d}", saturday, "fr") == "samedi 1 novembre"
    assert fill("{weekday:0d} {day:0d} {monthday:+1d}", saturday, "ja") == "土曜日 31日 11月1日"


@pytest.mark.parametrize(
    ("text", "distance"),
    [
        ("-3h20m", timedelta(hours=-3, minutes=-20)),
        ("+3d", timedelta(days=3)),
        ("0d", timedelta(0)),
        ("-5d2h", timedelta(days=-5, hours=-2)),
    ],
)
def test_offsets(text: str, distance: timedelta) -> None:
    assert parse_offset(text) == distance


@pytest.mark.parametrize("text", ["", "-", "3", "3w", "1h2d", "--3h"])
def test_what_is_no_offset_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an offset"):
        parse_offset(text)


def test_an_unknown_placeholder_is_refused() -> None:
    with pytest.raises(ValueError, match="no such placeholder"):
        fill("on {moonday:0d}", NOW, "en")


@pytest.mark.parametrize("slug", ["", "/a", "../a", "a/../b", "a b", ".hidden", "a/"])
def test_a_slug_that_is_no_clean_path_is_refused(slug: str) -> None:
    with pytest.raises(ValueError, match="not a slug"):
        SampleArticle(outlet="x", slug=slug, title="T", body="B", published=NOW)


def test_newest_first() -> None:
    times = [article.published for article in newest_first(sample_news(NOW).articles)]
    assert times == sorted(times, reverse=True)


def test_nothing_outside_the_demo_and_the_command_line_knows_of_it() -> None:
    root = Path(__file__).parents[3] / "bot"
    knowing = [
        str(file.relative_to(root))
        for file in root.rglob("*.py")
        if re.search(r"bot\.demo|from bot import .*\bdemo\b", file.read_text(encoding="utf-8"))
    ]
    assert all(name.replace("\\", "/").startswith(("demo/", "cli/")) for name in knowing), knowing
