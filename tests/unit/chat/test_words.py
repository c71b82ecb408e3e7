"""The wording of counts that people see."""

import pytest

from bot.chat.words import past_the_end, privacy


@pytest.mark.parametrize(
    ("total", "says"), [(1, "There is only one page."), (5, "There is only one page."), (6, "There are only 2 pages.")]
)
def test_a_page_past_the_end_says_how_many_there_are(total: int, says: str) -> None:
    assert past_the_end(total, 5) == says


@pytest.mark.parametrize(
    ("alerts", "says"),
    [
        (0, "and no alerts."),
        (1, "and 1 alert, with the stories that it told."),
        (2, "2 alerts, with the stories that they"),
    ],
)
def test_privacy_counts_alerts_in_words(alerts: int, says: str) -> None:
    assert says in privacy({"alerts": [{} for _ in range(alerts)]})
