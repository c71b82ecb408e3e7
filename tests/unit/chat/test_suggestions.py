"""What an option is completed to while it is typed."""

from datetime import time

import pytest

from bot.chat.commands import COMMANDS, Asker, Suggest
from bot.chat.suggestions import LONGEST, MOST, Suggestions
from bot.service.rules import Wish
from tests.fakes.desk import Desk

ASKER = Asker(network="discord", user_id="u", guild_id="1")


async def offered(kind: Suggest, typed: str, asker: Asker = ASKER, desk: Desk | None = None) -> tuple[str, ...]:
    desk = desk or Desk()
    return await Suggestions(subscriptions=desk.subscriptions, rules=desk.rules).suggest(kind, typed, asker)


@pytest.mark.parametrize(
    ("kind", "typed", "first"),
    [
        ("zones", "toky", "Asia/Tokyo"),
        ("zones", "new york", "America/New_York"),
        ("events", "sanc", "sanctions"),
        ("events", "AGREE, thr", "AGREE, threat"),
        ("languages", "jap", "Japanese"),
        ("actors", "France, jap", "France, Japan"),
        ("pairs", "Japan+indi", "Japan+India"),
        ("pairs", "Japan+India, chi", "Japan+India, Chile"),
    ],
)
async def test_the_last_part_is_completed_and_the_rest_stays(kind: Suggest, typed: str, first: str) -> None:
    assert first in (await offered(kind, typed))[:2]


@pytest.mark.parametrize("kind", ["zones", "actors", "events", "languages", "pairs"])
async def test_choices_keep_discords_limits(kind: Suggest) -> None:
    for typed in ("", "a", "x" * 90 + ",a", "a" * 300):
        found = await offered(kind, typed)
        assert len(found) <= MOST
        assert all(0 < len(word) <= LONGEST for word in found)


async def test_only_names_of_ones_own_server_are_offered() -> None:
    desk = Desk()
    await desk.schedule(time(8), name="Ours")
    await desk.schedule(time(8), name="Theirs", guild="2")
    await desk.subscriptions.add_source("1", "https://a.example/feed", "The A")
    await desk.subscriptions.add_source("2", "https://b.example/feed", "The B")
    assert await offered("digests", "", desk=desk) == ("Ours",)
    assert await offered("sources", "the", desk=desk) == ("The A",)
    alone = Asker(network="discord", user_id="u")
    assert await offered("digests", "", alone, desk) == await offered("sources", "", alone, desk) == ()


async def test_alerts_are_offered_by_their_words_to_their_owner_alone() -> None:
    desk = Desk()
    wish = Wish(keywords="tariffs", countries=("JPN",), events="talks, sanctions")
    rule = await desk.rules.save(await desk.rules.draft("u", "1", wish))
    (words,) = await offered("alerts", "tar", desk=desk)
    assert words == await desk.rules.describe(rule)
    assert await desk.rules.named("u", words) == await desk.rules.named("u", "Tariffs") == rule
    assert await offered("alerts", "", Asker(network="discord", user_id="other", guild_id="1"), desk) == ()


def test_no_option_has_both_choices_and_completion() -> None:
    for command in COMMANDS:
        assert len(command.options) <= 25
        assert not [option for option in command.options if option.choices and option.suggest]
