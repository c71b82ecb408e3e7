"""Freshness, waiting and character sets out of headers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.polling.headers import charset_of, fresh_for, http_date, retry_after

NOW = datetime(2025, 5, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "public"}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": 'private, Max-Age="600"'}, 600),
        ({"cache-control": "s-maxage=9, max-age=600", "age": "100"}, 500),
        ({"cache-control": "max-age=600", "age": "9999"}, 0),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "max-age=60", "expires": "Tue, 20 May 2025 13:00:00 GMT"}, 60),
        ({"expires": "Tue, 20 May 2025 13:00:00 GMT"}, 3600),
        ({"expires": "Tue, 20 May 2025 13:00:00 GMT", "date": "Tue, 20 May 2025 12:30:00 GMT"}, 1800),
        ({"expires": "Tue, 20 May 2025 11:00:00 GMT"}, 0),
        ({"expires": "0"}, 0),
        ({"cache-control": "max-age=99999999999999999999"}, 365 * 86400),
        ({"cache-control": "max-age=-5"}, None),
    ],
)
def test_fresh_for(headers: dict[str, str], seconds: int | None) -> None:
    assert fresh_for(headers, NOW) == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("value", "charset"),
    [
        ("text/xml", None),
        ("text/xml; charset=UTF-8", "utf-8"),
        ("text/xml;boundary=x; CHARSET = 'gb2312' ", "gb2312"),
        ('text/xml;charset="shift_jis"', "shift_jis"),
        ("text/xml; charset=", None),
        ("charset=utf-8", None),
    ],
)
def test_charset_of(value: str, charset: str | None) -> None:
    assert charset_of(value) == charset


def test_http_dates_in_their_three_forms() -> None:
    forms = ["Tue, 20 May 2025 12:00:00 GMT", "Tuesday, 20-May-25 12:00:00 GMT", "Tue May 20 12:00:00 2025"]
    assert {http_date(form) for form in forms} == {NOW}
    assert http_date("Tue, 20 May 9999999 12:00:00 GMT") is None


@given(st.text(max_size=80))
def test_any_header_is_read_or_not(text: str) -> None:
    for found in (fresh_for({"cache-control": text, "expires": text, "age": text}, NOW), retry_after(text, NOW)):
        assert found is None or timedelta(0) <= found <= timedelta(days=365)
