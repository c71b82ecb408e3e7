"""Dates as feeds write them."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.polling.dates import read_date

READ = [
    ("Tue, 20 May 2025 10:52:00 JST", "2025-05-20T01:52:00"),
    ("Tue, 20 May 2025 10:52:00 +0900", "2025-05-20T01:52:00"),
    ("Tue, 20 May 2025 10:52:00 +09:00", "2025-05-20T01:52:00"),
    ("20 May 2025 10:52 GMT", "2025-05-20T10:52:00"),
    ("Tue,20 May 2025 10:52:00 Z", "2025-05-20T10:52:00"),
    ("Tuesday, 20-May-25 10:52:00 EDT", "2025-05-20T14:52:00"),
    ("Tue, 20 May 2025 10:52:00 GMT+9", "2025-05-20T01:52:00"),
    ("Tue, 20 May 2025 10:52:00 +0900 (JST)", "2025-05-20T01:52:00"),
    ("2025/05/20", "2025-05-20T00:00:00"),
    ("2025/05/20 10:52", "2025-05-20T10:52:00"),
    ("2025-05-20", "2025-05-20T00:00:00"),
    ("2025-05-20T10:52:00Z", "2025-05-20T10:52:00"),
    ("2025-05-20t10:52:00z", "2025-05-20T10:52:00"),
    ("2025-05-20T10:52:00.123456789+09:00", "2025-05-20T01:52:00"),
    ("2025-05-20T10:52+0530", "2025-05-20T05:22:00"),
    ("2025-05-20 10:52:00 JST", "2025-05-20T01:52:00"),
    ("20250520T105200Z", "2025-05-20T10:52:00"),
    ("2025.5.20", "2025-05-20T00:00:00"),
    ("May 20, 2025 10:52 PM", "2025-05-20T22:52:00"),
    ("May 20, 2025 12:05 a.m.", "2025-05-20T00:05:00"),
    ("Tue May 20 10:52:00 2025", "2025-05-20T10:52:00"),
    ("Tue May 20 10:52:00 JST 2025", "2025-05-20T01:52:00"),
    ("2025年5月20日 10:52 JST", "2025-05-20T01:52:00"),
    ("mar., 20 mai 2025 10:52:00 +0200", "2025-05-20T08:52:00"),
    ("20 de mayo de 2025", "2025-05-20T00:00:00"),
    ("20/05/2025 10:52", "2025-05-20T10:52:00"),
    ("05/20/2025", "2025-05-20T00:00:00"),
    ("Tue, 20 May 2025 24:00:00 GMT", "2025-05-21T00:00:00"),
    ("Tue, 31 Dec 2024 23:59:60 GMT", "2025-01-01T00:00:00"),
]

UNREADABLE = [
    "", "soon", "yesterday", "03/04/2025", "Tue, 20 May 2025 10:52:00 AST", "Tue, 20 May 2025 10:52:00 XYZ",
    "2025-13-01", "2025-02-30", "Tue, 32 May 2025 10:52:00 GMT", "20 Foo 2025", "2025", "2025-05", "1747734720",
    "2025-05-20T25:00:00Z", "2025-05-20T10:61:00Z", "2025-05-20T10:52:00+99:00", "0000-00-00 00:00:00", "May 2025",
    "We", "10:52",
    "2025-05-20 and more", "13 PM, 20 May 2025", "x" * 500, "2025-05-20T10:52:00 JST+3",
]  # fmt: skip


@pytest.mark.parametrize(("text", "moment"), READ)
def test_read(text: str, moment: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.moment.replace(tzinfo=None).isoformat() == moment
    assert found.moment.tzinfo is UTC


@pytest.mark.parametrize("text", UNREADABLE)
def test_not_guessed(text: str) -> None:
    assert read_date(text) is None


def test_a_missing_zone_is_told() -> None:
    without, given_one = read_date("2025-05-20T10:52:00"), read_date("2025-05-20T10:52:00Z")
    assert without is not None
    assert given_one is not None
    assert (without.zoned, given_one.zoned) == (False, True)


zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
stamps = st.integers(10**9, 4 * 10**9)
moments = st.builds(datetime.fromtimestamp, stamps, zones)


@given(moments)
def test_what_is_written_properly_is_read_exactly(moment: datetime) -> None:
    for text in (format_datetime(moment), moment.isoformat(), moment.strftime("%Y/%m/%d %H:%M:%S %z")):
        found = read_date(text)
        assert found is not None, text
        assert found.moment == moment


@given(st.one_of(st.text(max_size=100), st.from_regex(r"[0-9A-Za-z:/+\-. ,]{0,90}", fullmatch=True)))
def test_any_text_is_read_or_not(text: str) -> None:
    found = read_date(text)
    assert found is None or found.moment.tzinfo is UTC
