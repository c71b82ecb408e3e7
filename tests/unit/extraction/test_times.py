"""Times as pages print them."""

from datetime import UTC, datetime

import pytest

from bot.extraction.times import find_time, parse_stamp


@pytest.mark.parametrize(
    ("line", "at", "exact", "zoned"),
    [
        ("10:52 JST, May 20, 2025", (2025, 5, 20, 1, 52), True, True),
        ("Updated: October 06, 2026 08:05 pm IST | 2 min read", (2026, 10, 6, 14, 35), True, True),
        ("May 3, 2025 at 5:00 p.m. ET", (2025, 5, 3, 21, 0), True, True),
        ("January 3, 2025 at 12:30 a.m. ET", (2025, 1, 3, 5, 30), True, True),
        ("May 20 2025 16:00 GMT+2", (2025, 5, 20, 14, 0), True, True),
        ("3 мая 2025, 12:05 (МСК)", (2025, 5, 3, 9, 5), True, True),
        ("Publié le 3 mai 2025 à 10h30", (2025, 5, 3, 10, 30), True, False),
        ("Stand: 03.05.2026, 14:30 Uhr", (2026, 5, 3, 14, 30), True, False),
        ("2025年5月20日 10時52分", (2025, 5, 20, 10, 52), True, False),
        ("sexta-feira, 22 de outubro de 2010", (2010, 10, 22, 0, 0), False, False),
        ("20/05/2025", (2025, 5, 20, 0, 0), False, False),
    ],
)
def test_printed_times(line: str, at: tuple[int, int, int, int, int], exact: bool, zoned: bool) -> None:
    found = find_time(line)
    assert found is not None
    assert (found.at, found.exact, found.zoned) == (datetime(*at, tzinfo=UTC), exact, zoned)


@pytest.mark.parametrize(
    "line", ["Published 12 minutes ago", "31 February 2025", "May 3", "1066-10-14", "", "5,300,2025"]
)
def test_lines_without_a_whole_date(line: str) -> None:
    assert find_time(line) is None


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        ("2025-05-20T10:52:00+09:00", (2025, 5, 20, 1, 52)),
        ("2025-05-20T01:52:00Z", (2025, 5, 20, 1, 52)),
        ("Tue, 20 May 2025 10:52:00 +0900", (2025, 5, 20, 1, 52)),
        ("2025-05-20", (2025, 5, 20, 0, 0)),
        ("May 20, 2025", (2025, 5, 20, 0, 0)),
    ],
)
def test_stamps(stamp: str, at: tuple[int, int, int, int, int]) -> None:
    assert parse_stamp(stamp) == datetime(*at, tzinfo=UTC)


@pytest.mark.parametrize("stamp", ["", "soon", "0001-01-01T00:00:00", "9999-12-31T23:59:59-14:00", "1e9"])
def test_what_is_no_stamp(stamp: str) -> None:
    assert parse_stamp(stamp) is None
