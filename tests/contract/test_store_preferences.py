"""The contract of PreferenceStore."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ports import Json
from bot.service.faces import MadeWebhooks
from bot.service.kept import keep
from bot.storage import MemoryPreferences, Preferences, SqlitedictPreferences


@pytest.fixture(params=["memory", "sqlitedict"])
async def preferences(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Preferences]:
    if request.param == "memory":
        yield MemoryPreferences()
        return
    opened = await SqlitedictPreferences.open(tmp_path / "store.preferences.db")
    yield opened
    await opened.close()


async def test_values_are_kept_apart_by_space_and_key(preferences: Preferences) -> None:
    await preferences.put("guild", "1", {"zone": "Asia/Tokyo"})
    await preferences.put("guild", "2", ["a", 1, None, True, 1.5])
    await preferences.put("user", "1", "mine")
    assert await preferences.get("guild", "1") == {"zone": "Asia/Tokyo"}
    assert await preferences.get("guild", "2") == ["a", 1, None, True, 1.5]
    assert await preferences.get("user", "1") == "mine"
    assert await preferences.get("channel", "1") is None
    assert await preferences.keys("guild") == ("1", "2")
    assert await preferences.keys("draft") == ()


async def test_values_are_replaced_and_dropped(preferences: Preferences) -> None:
    await preferences.put("user", "1", {"old": True})
    await preferences.put("user", "1", None)
    assert await preferences.get("user", "1") is None
    await preferences.drop("user", "1")
    await preferences.drop("user", "1")
    assert await preferences.keys("user") == ()


async def test_a_value_that_was_given_is_not_the_one_that_is_kept(preferences: Preferences) -> None:
    given_list: list[Json] = [1]
    await preferences.put("user", "1", given_list)
    given_list.append(2)
    kept = await preferences.get("user", "1")
    assert kept == [1]
    assert isinstance(kept, list)
    kept.append(3)
    assert await preferences.get("user", "1") == [1]


def one_more(held: Json) -> Json:
    return held + 1 if isinstance(held, int) else 1


async def test_of_changes_at_once_none_is_lost(preferences: Preferences) -> None:
    await asyncio.gather(*(preferences.change("user", "1", one_more) for _ in range(20)))
    assert await preferences.get("user", "1") == 20


async def test_two_commands_at_once_both_leave_their_mark(preferences: Preferences) -> None:
    await asyncio.gather(
        keep(preferences, "guild", "1", zone="Asia/Tokyo"),
        keep(preferences, "guild", "1", style="embeds", gone=None),
        MadeWebhooks(preferences=preferences).note("1", "20"),
        MadeWebhooks(preferences=preferences).note("1", "20"),
        MadeWebhooks(preferences=preferences).note("1", "21"),
    )
    kept = {"zone": "Asia/Tokyo", "style": "embeds", "webhooks": {"20": 2, "21": 1}}
    assert await preferences.get("guild", "1") == kept


async def test_a_change_that_fails_changes_nothing(preferences: Preferences) -> None:
    await preferences.put("user", "1", 7)

    def fail(held: Json) -> Json:
        raise LookupError(held)

    with pytest.raises(LookupError):
        await preferences.change("user", "1", fail)
    await preferences.change("user", "1", one_more)
    assert await preferences.get("user", "1") == 8


async def test_of_changes_by_two_processes_none_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "store.preferences.db"
    bot, console = await SqlitedictPreferences.open(path), await SqlitedictPreferences.open(path)
    await asyncio.gather(*(one.change("user", "1", one_more) for _ in range(15) for one in (bot, console)))
    assert await bot.get("user", "1") == await console.get("user", "1") == 30
    await bot.close()
    await console.close()


async def test_a_damaged_value_is_changed_as_none(tmp_path: Path) -> None:
    path = tmp_path / "store.preferences.db"
    opened = await SqlitedictPreferences.open(path)
    await opened.put("user", "1", 5)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE user SET value = '{' WHERE key = '1'")
        connection.commit()
    await opened.change("user", "1", one_more)
    assert await opened.get("user", "1") == 1
    await opened.close()


documents: st.SearchStrategy[Json] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.text(), value=documents)
async def test_any_document_comes_back(preferences: Preferences, key: str, value: Json) -> None:
    await preferences.put("summary", key, value)
    assert await preferences.get("summary", key) == value
    assert key in await preferences.keys("summary")


async def test_a_lone_surrogate_does_no_harm(preferences: Preferences) -> None:
    await preferences.put("user", "1", {"name": "\ud800"})
    assert isinstance(await preferences.get("user", "1"), dict)
