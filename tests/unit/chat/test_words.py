"""The wording of counts that people see."""

from dataclasses import replace

import pytest

from bot.chat.commands import Asker
from bot.chat.words import past_the_end, privacy
from bot.ports import Json


@pytest.mark.parametrize(
    ("total", "says"), [(1, "There is only one page."), (5, "There is only one page."), (6, "There are only 2 pages.")]
)
def test_a_page_past_the_end_says_how_many_there_are(total: int, says: str) -> None:
    assert past_the_end(total, 5) == says


ANNE = Asker(network="discord", user_id="1")


def test_privacy_names_every_kind_of_thing_that_is_kept() -> None:
    kept: dict[str, Json] = {
        "alerts": [{}, {}], "follows": [{}], "messages": [{}] * 3, "digests_set_up": [{}],
        "preferences": {"quiet": {}},
    }  # fmt: skip
    assert privacy(kept, ANNE).startswith(
        "About you I keep your Discord id, 2 alerts, with the stories told, 1 story that you follow, 3 messages that I "
        "sent you, your id on 1 digest that you set up, and your quiet hours."
    )


def test_privacy_without_anything_says_so_and_the_console_has_no_discord_id() -> None:
    words = privacy({"preferences": None}, replace(ANNE, network="console"))
    assert "no alerts" in words
    assert "no quiet hours" in words
    assert "Discord" not in words
