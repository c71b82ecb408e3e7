"""The contract of PreferenceStore."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ports import Json
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
