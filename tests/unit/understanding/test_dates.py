"""Dates: phrases resolved against the day of writing, exact places, any text."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Article, Dateline
from bot.understanding.dates import find_dates
from bot.understanding.dates_english import RULES
from bot.understanding.dates_near import english_matches
from tests.unit.understanding.golden_sets import article, rows, shares


def found(text: str, language: str = "en") -> list[tuple[str, date, date]]:
    return [(text[d.span.start : d.span.end], d.first, d.last) for d in find_dates(article(text, language))]


def test_floor() -> None:
    results = []
    for row in rows("dates"):
        page = article(row["text"], row["language"], row["written"])
        got = find_dates(page)
        right = len(got) == len(row["dates"]) and all(
            (mention.first.isoformat(), mention.last.isoformat()) == (want["from"], want["to"])
            for mention, want in zip(got, row["dates"], strict=True)
        )
        results.append((row["held"], right))
    seen, held = shares(results)
    assert seen >= 0.95
    assert held >= 0.95


@pytest.mark.parametrize("text", ["We may march.", "The sun sat low.", "Prime Minister May said so.", "Mon ami."])
def test_words_that_are_no_dates(text: str) -> None:
    assert found(text) == []


def test_the_article_s_own_zone_says_what_today_is() -> None:
    when = datetime(2025, 5, 19, 23, 0, tzinfo=UTC)
    page = Article(id="a", title="", text="He left today.", language="en", arrived=when, published=when)
    assert find_dates(page)[0].first == date(2025, 5, 19)
    tokyo = Article(
        id="a",
        title="",
        text="He left today.",
        language="en",
        arrived=when,
        published=when,
        furniture=("8:00 JST, May 20",),
    )
    assert find_dates(tokyo)[0].first == date(2025, 5, 20)
    told = Article(
        id="a", title="", text="He left today.", language="en", arrived=when, published=when,
        dateline=Dateline(place="Rome", date=date(2025, 5, 18)),
    )  # fmt: skip
    assert find_dates(told)[0].first == date(2025, 5, 18)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "ja", "zh", "ko", "fr", "es", "pt", "de", "ru", "ar", "und"]))
def test_any_text(text: str, language: str) -> None:
    last = 0
    for mention in find_dates(article(text + " on Friday, 31 February, May 0-99, 5月35日", language)):
        assert mention.first <= mention.last
        assert last <= mention.span.start < mention.span.end
        last = mention.span.end


def test_a_megabyte_is_bounded() -> None:
    assert len(find_dates(article("on Monday " * 100_000))) <= 200


_PIECES = """
    from between on late early mid the this coming next last past of in during end half first second beginning Monday
    Friday, Sun. Thurs. May June Sept. MARCH may sun 20 22nd 30 2025 1999, 2025-05-20 3.5.2026 - – to and through until
    since by two twelve 5 day week weeks months years year's weekend quarter ago time' earlier today yesterday overnight
    night morning Evening before after spent over
    at around for till thru upcoming following previous Talks , . won't 日本 _May x-June"""


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*_PIECES.split(), "\n\n"]), max_size=40))
def test_looking_near_the_words_that_mark_a_phrase_finds_what_looking_everywhere_does(pieces: list[str]) -> None:
    text = " ".join(pieces)
    near = [(match.span(), handler) for match, handler in english_matches(text)]
    assert near == [(match.span(), handler) for pattern, handler, _, _ in RULES for match in pattern.finditer(text)]
