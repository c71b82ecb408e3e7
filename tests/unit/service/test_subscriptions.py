"""What people type for digests, sources and alerts: what is taken, and what is refused with which sentence."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.errors import InputError
from bot.model import Source, source_id
from bot.service.schedules import parse_schedule, parse_zone
from bot.service.stories import parse_since
from bot.service.subscriptions import Limits
from tests.contract.store_samples import T0
from tests.fakes.desk import Desk


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("24h", T0 - timedelta(days=1)),
        ("2026-10-01", datetime(2026, 10, 1, tzinfo=UTC)),
        ("2026-10-01T10:00+02:00", datetime(2026, 10, 1, 8, tzinfo=UTC)),
        ("0001-01-01T00:00+14:00", None),
        ("9999-12-31T23:00-12:00", None),
        ("Yesterday", (T0 - timedelta(days=1)).replace(hour=0, minute=0, second=0)),
        ("soon", None),
    ],
)
def test_moments_as_people_write_them(text: str, moment: datetime | None) -> None:
    found = parse_since(text, T0)
    assert found == moment
    assert found is None or found.tzinfo is UTC  # what the store takes


async def test_a_servers_own_source_is_removed_before_a_shared_one_of_the_same_name() -> None:
    desk = Desk()
    url = "https://shared.example/feed"
    await desk.store.put_source(Source(id=source_id(url), url=url, name="Wire", shared=True))
    own = await desk.subscriptions.add_source("1", "https://zeta.example/feed", "Wire")
    assert (await desk.subscriptions.remove_source("1", "wire")).id == own.id
    with pytest.raises(InputError, match="shared by the bot's operator"):
        await desk.subscriptions.remove_source("1", "wire")


def test_schedules_as_people_write_them() -> None:
    schedule = parse_schedule(" 18:30; 8 ,08:00", "fri, Monday", "europe/paris")
    assert schedule.times == (time(8), time(18, 30))
    assert schedule.weekdays == (0, 4)
    assert schedule.zone == "Europe/Paris"
    assert parse_schedule("08:00", "", "UTC").weekdays == tuple(range(7))
    assert parse_schedule("08:00", "weekends", "UTC").weekdays == (5, 6)


@pytest.mark.parametrize(
    ("times", "days", "zone", "sentence"),
    [
        ("25:00", "daily", "UTC", "not a time of day between"),
        ("08:60", "daily", "UTC", "not a time of day between"),
        ("eight", "daily", "UTC", "not a time of day; write 08:00"),
        ("", "daily", "UTC", "Say when: times:08:00"),
        ("8:", "daily", "UTC", "not a time of day"),
        ("-1:00", "daily", "UTC", "not a time of day"),
        ("²:00", "daily", "UTC", "not a time of day"),
        (",".join(f"{n // 60:02}:{n % 60:02}" for n in range(25)), "daily", "UTC", "at most 24"),
        ("08:00", "someday", "UTC", "is not a day"),
        ("08:00", "mon,,tue", "UTC", "is not a day"),
        ("08:00", "daily", "Tokyo", "Did you mean Asia/Tokyo"),
        ("08:00", "daily", "Mars", "Europe/Paris or Asia/Tokyo"),
        ("08:00", "daily", "../etc/passwd", "not an IANA time zone"),
        ("08:00", "daily", "", "not an IANA time zone"),
    ],
)
def test_mistakes_are_named(times: str, days: str, zone: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        parse_schedule(times, days, zone)


def test_zones_with_spaces() -> None:
    assert parse_zone("america/new york") == "America/New_York"


async def test_limits_of_servers_and_users() -> None:
    desk = Desk(limits=Limits(sources_per_server=1, digests_per_server=2, alerts_per_user=1))
    await desk.subscriptions.add_source("1", "https://a.example/feed", "A")
    with pytest.raises(InputError, match="follows that source already"):
        await desk.subscriptions.add_source("1", "HTTPS://A.example:443/feed", "A")
    with pytest.raises(InputError, match="the most it may"):
        await desk.subscriptions.add_source("1", "https://b.example/feed", "B")
    await desk.subscriptions.add_source("2", "https://b.example/feed", "B")
    await desk.alert()
    with pytest.raises(InputError, match="You have 1 alert"):
        await desk.alert()
    await desk.alert(user="other")
    with pytest.raises(InputError, match="Say what to watch for"):
        await desk.alert(user="third", keywords=" ")
    await desk.schedule(time(8), name="One")
    await desk.schedule(time(8), name="Two")
    with pytest.raises(InputError, match="2 digests"):
        await desk.schedule(time(8), name="Three")
    await desk.schedule(time(8), name="One", guild="2")


async def test_names_of_digests() -> None:
    desk = Desk()
    with pytest.raises(InputError, match="no digest yet"):
        await desk.subscriptions.digest_named("1", "")
    await desk.schedule(time(8), name="Morning")
    with pytest.raises(InputError, match="called “MORNING” already"):
        await desk.schedule(time(8), name="MORNING")
    assert [(await desk.schedule(time(8), name="")).name for _ in range(2)] == ["digest", "digest 2"]
    assert (await desk.subscriptions.digest_named("1", "morning")).name == "Morning"
    with pytest.raises(InputError, match=r"There is .*“Morning”"):
        await desk.subscriptions.digest_named("1", "Evening")
    await desk.subscriptions.remove_digest("1", "Morning")
    assert [digest.name for digest in await desk.subscriptions.digests("1")] == ["digest", "digest 2"]


async def test_alerts_are_their_users_own() -> None:
    desk = Desk()
    mine = await desk.alert(keywords="tea")
    await desk.alert(user="other", keywords="salt")
    with pytest.raises(InputError, match="You have one, number 1"):
        await desk.rules.remove("reader", "2")
    (others,) = await desk.rules.alerts("other")
    with pytest.raises(InputError):
        await desk.rules.remove("reader", others.id)
    assert (await desk.rules.remove("reader", "#1")).id == mine
