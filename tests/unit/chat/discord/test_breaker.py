"""Sending stops long before Discord's own limit."""

from datetime import timedelta

from bot.chat.discord.breaker import LIMIT, WINDOW, Breaker


def test_it_stands_far_before_discords_limit() -> None:
    assert LIMIT * 10 < 10_000


def test_it_opens_at_the_limit_and_closes_with_the_window() -> None:
    breaker = Breaker(limit=3)
    for second, status in enumerate((403, 429, 200, 404)):
        breaker.note(status, second)
    assert breaker.wait(4) is None
    breaker.note(401, 4)
    assert breaker.wait(4) == WINDOW - timedelta(seconds=4)
    assert breaker.wait(WINDOW.total_seconds()) is None
