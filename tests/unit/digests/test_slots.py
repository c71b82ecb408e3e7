"""Wall-clock slots over clock changes. The transitions are facts of the IANA data base."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.slots import next_slot, slot_id, slots_between
from bot.model import Schedule

ZONES = (
    "UTC", "Asia/Tokyo", "Africa/Cairo", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Europe/London",
    "Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca", "Asia/Gaza", "Pacific/Chatham", "America/Havana",
)  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def daily(zone: str, *times: str) -> Schedule:
    return Schedule(times=tuple(time.fromisoformat(t) for t in times), zone=zone)


def test_midnight_in_cairo_on_the_day_without_one() -> None:
    # 2026-04-24: clocks go from 00:00 EET to 01:00 EEST, which is 22:00 UTC the day before.
    assert next_slot(daily("Africa/Cairo", "00:00"), at("2026-04-23T00:00")) == at("2026-04-23T22:00")
    assert next_slot(daily("Africa/Cairo", "00:00"), at("2026-04-23T22:00")) == at("2026-04-24T21:00")


def test_half_past_two_in_new_york_runs_at_three_when_skipped() -> None:
    assert next_slot(daily("America/New_York", "02:30"), at("2026-03-08T00:00")) == at("2026-03-08T07:00")


def test_half_past_one_in_new_york_runs_once_when_it_comes_twice() -> None:
    found = slots_between(daily("America/New_York", "01:30"), at("2026-11-01T00:00"), at("2026-11-02T04:00"))
    assert found == (at("2026-11-01T05:30"),)


def test_lord_howe_moves_by_half_an_hour() -> None:
    # 2026-10-04: 02:00 +10:30 becomes 02:30 +11.
    assert next_slot(daily("Australia/Lord_Howe", "02:15"), at("2026-10-03T12:00")) == at("2026-10-03T15:30")
    assert next_slot(daily("Australia/Lord_Howe", "02:45"), at("2026-10-03T12:00")) == at("2026-10-03T15:45")


def test_apia_had_no_thirtieth_of_december() -> None:
    found = slots_between(daily("Pacific/Apia", "07:00"), at("2011-12-29T00:00"), at("2011-12-31T00:00"))
    assert found == (at("2011-12-29T17:00"), at("2011-12-30T17:00"))  # the 29th and the 31st, local


def test_two_times_in_one_gap_are_one_slot() -> None:
    found = slots_between(
        daily("America/New_York", "02:10", "02:50", "03:00"), at("2026-03-08T00:00"), at("2026-03-09T00:00")
    )
    assert found == (at("2026-03-08T07:00"),)


def test_a_weekly_slot_comes_on_its_weekday() -> None:
    schedule = Schedule(times=(time(8),), weekdays=(0,), zone="Europe/London")
    assert next_slot(schedule, at("2026-10-05T07:00")) == at("2026-10-12T07:00")


def test_an_unknown_zone_is_an_error() -> None:
    with pytest.raises(KeyError):
        next_slot(daily("Mars/Olympus", "07:00"), at("2026-01-01T00:00"))


def test_slot_ids_tell_slots_apart_and_stay() -> None:
    assert slot_id("sub", at("2026-10-05T07:00")) == "sub@20261005T070000Z"


schedules = st.builds(
    lambda times, days, zone: Schedule(times=tuple(times), weekdays=tuple(days), zone=zone),
    st.lists(st.times().map(lambda t: t.replace(second=0, microsecond=0)), min_size=1, max_size=3),
    st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True),
    st.sampled_from(ZONES),
)
moments = st.datetimes(
    at("2011-01-01").replace(tzinfo=None), at("2037-01-01").replace(tzinfo=None), timezones=st.just(UTC)
)


@settings(max_examples=150, deadline=None)
@given(schedules, moments)
def test_slots_rise_and_hold_each_wall_time_of_each_chosen_day_once(schedule: Schedule, start: datetime) -> None:
    end = start + timedelta(days=9)
    found = slots_between(schedule, start, end)
    assert all(a < b for a, b in pairwise(found))
    assert all(start < slot <= end for slot in found)
    zone = ZoneInfo(schedule.zone)
    shown = [slot.astimezone(zone).replace(tzinfo=None) for slot in found]
    assert len(set(shown)) == len(shown)
    day = start.astimezone(zone).date() + timedelta(days=1)
    while day < end.astimezone(zone).date():
        for wall in (datetime.combine(day, t) for t in schedule.times):
            real = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
            if real:  # a wall time that stands is met exactly, on chosen days only
                assert (wall in shown) == (day.weekday() in schedule.weekdays)
        day += timedelta(days=1)


@settings(max_examples=100, deadline=None)
@given(schedules, moments)
def test_walking_by_next_slot_gives_the_same_slots(schedule: Schedule, start: datetime) -> None:
    end, walked, moment = start + timedelta(days=8), [], start
    while (moment := next_slot(schedule, moment)) <= end:
        walked.append(moment)
    assert tuple(walked) == slots_between(schedule, start, end)


def hours(every: int, zone: str, anchor: str, *days: int) -> Schedule:
    return Schedule(every=every, anchor=at(anchor), zone=zone, weekdays=days or tuple(range(7)))


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Europe/Berlin", "2026-03-28T20:00"),  # forward by an hour
        ("Europe/Berlin", "2026-10-24T20:00"),  # back by an hour
        ("Australia/Lord_Howe", "2026-10-03T00:00"),  # forward by half an hour
        ("Pacific/Apia", "2011-12-29T00:00"),  # a day that is not there
    ],
)
def test_every_six_hours_are_six_hours_over_any_clock_change(zone: str, start: str) -> None:
    found = slots_between(hours(6, zone, start), at(start), at(start) + timedelta(days=2))
    assert found == tuple(at(start) + timedelta(hours=6 * n) for n in range(1, 9))


def test_hours_keep_to_the_weekdays_of_the_zone() -> None:
    # Monday 5 October begins in Tokyo on Sunday, 15:00 UTC.
    found = slots_between(
        hours(12, "Asia/Tokyo", "2026-10-04T03:00", 0), at("2026-10-04T00:00"), at("2026-10-07T00:00")
    )
    assert found == (at("2026-10-04T15:00"), at("2026-10-05T03:00"))


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 24), st.sampled_from(ZONES), st.sets(st.integers(0, 6), min_size=1), moments)
def test_every_so_many_hours_there_is_a_next_slot_on_a_chosen_day(
    every: int, zone: str, days: set[int], start: datetime
) -> None:
    schedule = Schedule(every=every, zone=zone, weekdays=tuple(sorted(days)))
    slot = next_slot(schedule, start)
    assert slot > start
    assert slot.astimezone(ZoneInfo(zone)).weekday() in days
    assert slots_between(schedule, start, slot) == (slot,)


def test_a_zone_that_gave_up_its_clock_changes() -> None:
    # Amman went forward on 25 February 2022 and has stayed there: no change in October 2022 or after.
    eight = daily("Asia/Amman", "08:00")
    assert next_slot(eight, at("2022-02-24T00:00")) == at("2022-02-24T06:00")
    assert next_slot(eight, at("2022-11-01T00:00")) == at("2022-11-01T05:00")
    assert next_slot(eight, at("2026-01-01T00:00")) == at("2026-01-01T05:00")


def test_a_zone_that_moves_twice_a_year_by_the_moon() -> None:
    # Morocco leaves its summer time for Ramadan: 02:00 came twice on 15 February 2026, and was skipped on 22 March.
    half_past_two = daily("Africa/Casablanca", "02:30")
    assert slots_between(half_past_two, at("2026-02-14T12:00"), at("2026-02-15T12:00")) == (at("2026-02-15T01:30"),)
    assert slots_between(half_past_two, at("2026-03-21T12:00"), at("2026-03-22T12:00")) == (at("2026-03-22T02:00"),)


def test_a_live_schedule_is_due_at_any_time_and_has_no_slots() -> None:
    live = Schedule(live=True)
    assert next_slot(live, at("2026-01-01T00:00")) == at("2026-01-01T00:00")
    assert slots_between(live, at("2026-01-01T00:00"), at("2026-02-01T00:00")) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"times": (time(8),), "every": 3},
        {"times": (time(8),), "live": True},
        {"every": 0},
        {"every": 25},
        {"times": (time(8),), "weekdays": (7,)},
        {"live": True, "per_hour": 10, "per_day": 5},
    ],
)
def test_a_schedule_that_says_nothing_or_two_things_cannot_be_made(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"schedule|hours|cap"):
        Schedule(**wrong)  # type: ignore[arg-type]
