"""The wording of counts that people see."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.alerts import counted
from bot.chat.commands import Asker
from bot.chat.words import brief_heading, past_the_end, privacy
from bot.model import Query
from bot.ports import Json
from bot.service.rehearsal import Rehearsed


@pytest.mark.parametrize(
    ("total", "says"), [(1, "There is only one page."), (5, "There is only one page."), (6, "There are only 2 pages.")]
)
def test_a_page_past_the_end_says_how_many_there_are(total: int, says: str) -> None:
    assert past_the_end(total, 5) == says


@pytest.mark.parametrize(
    ("topic", "filters", "says"),
    [
        ("japan", Query(), "Brief: Japan"),
        ("rare earths", Query(countries=("CHN",)), "Brief: rare earths about China"),
        ("", Query(countries=("JPN", "USA")), "Brief about Japan and United States"),
        ("", Query(event="SANCTION"), "Brief (sanctions, cut ties)"),
        (
            "",
            Query(countries=("JPN",), kind="state_media", language="fr"),
            "Brief about Japan (state media, in French)",
        ),
        ("", Query(), "Brief: everything"),
    ],
)
def test_a_brief_says_what_it_is_on(topic: str, filters: Query, says: str) -> None:
    assert brief_heading(topic, filters) == says


@pytest.mark.parametrize(("count", "says"), [(1, "1 story."), (3, "3 stories: 0.1 a day"), (0, "told nothing.")])
def test_how_often_an_alert_would_have_told_something(count: int, says: str) -> None:
    until = datetime(2026, 10, 5, tzinfo=UTC)
    since = until - timedelta(days=30)
    done = Rehearsed(count=count, busiest=1, since=since, until=until, whole=True, items=())
    assert says in counted(done)


ANNE = Asker(network="discord", user_id="1")


def test_privacy_names_every_kind_of_thing_that_is_kept() -> None:
    kept: dict[str, Json] = {
        "alerts": [{}, {}], "follows": [{}], "messages": [{}] * 3, "digests_set_up": [{}],
        "preferences": {"quiet": {}},
    }  # fmt: skip
    assert privacy(kept, ANNE).startswith(
        "Under your Discord id I keep: 2 alerts with what they told; 1 story that you follow; 3 messages that I sent "
        "you; 1 digest that names you as who set it up; your quiet hours. I read no messages"
    )


def test_privacy_without_anything_says_so_and_the_console_has_no_discord_id() -> None:
    words = privacy({"preferences": None}, replace(ANNE, network="console"))
    assert words.startswith("I keep nothing about you")
    assert "Discord" not in words
