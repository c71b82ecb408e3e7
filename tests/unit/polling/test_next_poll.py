"""When a source is polled next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Entry, SourceState, Validators
from bot.polling.feed import ParsedFeed
from bot.polling.next_poll import STOPPED, Options, after_poll, is_stopped
from bot.ports import Fetched, FetchFailed, FetchResult, NotModified

NOW = datetime(2025, 5, 20, 12, tzinfo=UTC)
OPTIONS = Options(interval=timedelta(minutes=15), shortest=timedelta(minutes=5), longest=timedelta(hours=2))
NEW = SourceState(source_id="s")
MINUTE = timedelta(minutes=1)


class Never(Random):
    """Chance that adds nothing."""

    def random(self) -> float:
        return 0.0


def feed(*ages: timedelta, ttl: timedelta | None = None) -> ParsedFeed:
    entries = tuple(
        Entry(id=str(n), source_id="s", guid=str(n), url=None, title="t", published=NOW - age, arrived=NOW)
        for n, age in enumerate(ages)
    )
    return ParsedFeed(title="T", language=None, entries=entries, ttl=ttl)


def fetched(**more: object) -> Fetched:
    base = Fetched(url="http://a/", status=200, body=b"", content_type="text/xml")
    return replace(base, **more)  # type: ignore[arg-type]


def poll(
    state: SourceState,
    result: FetchResult,
    parsed: ParsedFeed | None = None,
    *,
    at: datetime = NOW,
    random: Random | None = None,
) -> SourceState:
    return after_poll(state, result, feed=parsed, options=OPTIONS, now=at, random=random or Never())


def wait(state: SourceState) -> timedelta:
    assert state.next_poll is not None
    assert state.last_poll is not None
    return state.next_poll - state.last_poll


# --- success ------------------------------------------------------------------------------------------------------


def test_success_clears_what_went_wrong_and_keeps_validators() -> None:
    before = SourceState(source_id="s", failures=3, problem="It failed.")
    given = Validators(etag='"1"')
    after = poll(before, fetched(validators=given), feed())
    assert (after.failures, after.problem, after.polled, after.validators) == (0, None, True, given)
    assert (after.last_poll, after.last_success) == (NOW, NOW)
    assert wait(after) == OPTIONS.interval


@pytest.mark.parametrize(
    ("ages", "minutes"),
    [
        ([MINUTE * 30, MINUTE * 60, MINUTE * 90], 15),  # an item every 30 minutes
        ([MINUTE, MINUTE * 2, MINUTE * 3], 5),  # the shortest
        ([timedelta(days=9), timedelta(days=18)], 120),  # the longest
        ([timedelta(days=-1), MINUTE], 15),  # one date in the past: the default
        ([], 15),
    ],
)
def test_pace(ages: list[timedelta], minutes: int) -> None:
    assert wait(poll(NEW, fetched(), feed(*ages))) == MINUTE * minutes


def test_ttl_and_freshness_are_kept_up_to_a_cap() -> None:
    assert wait(poll(NEW, fetched(), feed(ttl=MINUTE * 60))) == MINUTE * 60
    assert wait(poll(NEW, fetched(fresh_for=MINUTE * 90), feed(ttl=MINUTE * 60))) == MINUTE * 90
    assert wait(poll(NEW, fetched(fresh_for=timedelta(days=300)), feed())) == OPTIONS.longest_asked
    assert wait(poll(NEW, fetched(fresh_for=timedelta(0)), feed())) == OPTIONS.interval


def test_not_modified_slows_down_and_keeps_its_validators() -> None:
    given = Validators(etag='"1"')
    state = poll(NEW, fetched(validators=given), feed(MINUTE, MINUTE * 2))
    waits = []
    for _ in range(20):
        state = poll(state, NotModified(validators=given))
        waits.append(wait(state))
    assert waits[0] > MINUTE * 5
    assert waits == sorted(waits)
    assert waits[-1] == OPTIONS.longest
    assert state.validators == given


# --- failure ------------------------------------------------------------------------------------------------------


def failed(**more: object) -> FetchFailed:
    return replace(FetchFailed(problem="connect", message="It cannot be reached."), **more)  # type: ignore[arg-type]


def test_backoff_doubles_to_a_day_and_says_so() -> None:
    state = poll(NEW, fetched(validators=Validators(etag="1")), feed())
    waits = []
    for _ in range(12):
        state = poll(state, failed())
        waits.append(wait(state))
    assert waits[:4] == [MINUTE * 15, MINUTE * 30, MINUTE * 60, MINUTE * 120]
    assert waits[-1] == timedelta(days=1)
    assert state.problem == "It cannot be reached. (Failed 12 times in a row.)"
    assert state.validators == Validators(etag="1")
    assert (state.last_success, state.polled) == (NOW, True)
    assert wait(poll(state, NotModified())) == OPTIONS.interval


def test_retry_after_is_kept_up_to_a_day() -> None:
    assert wait(poll(NEW, failed(retry_after=timedelta(hours=3)))) == timedelta(hours=3)
    assert wait(poll(NEW, failed(retry_after=timedelta(seconds=1)))) == OPTIONS.interval
    assert wait(poll(NEW, failed(retry_after=timedelta(days=30)))) == timedelta(days=1)


def test_what_will_not_mend_itself_is_tried_less_often() -> None:
    assert wait(poll(NEW, failed(status=404, retryable=False))) == OPTIONS.interval * 4


def test_gone_is_gone() -> None:
    after = poll(NEW, failed(problem="status", status=410, retryable=False))
    assert after.next_poll == STOPPED
    assert is_stopped(after)
    assert not is_stopped(NEW)
    assert after.problem is not None
    assert "not polled any more" in after.problem
    assert wait(poll(after, NotModified())) == OPTIONS.interval  # somebody asked for a round of everything


# --- moves --------------------------------------------------------------------------------------------------------


def test_a_move_counts_when_seen_twice_in_a_row() -> None:
    once = poll(NEW, fetched(moved_to="http://b/"), feed())
    assert (once.moved_to, once.move_seen) == (None, "http://b/")
    assert poll(once, fetched(moved_to="http://c/"), feed()).moved_to is None
    assert poll(once, fetched(), feed()).move_seen is None
    assert poll(once, NotModified()).move_seen == "http://b/"
    twice = poll(once, fetched(moved_to="http://b/"), feed())
    assert (twice.moved_to, twice.move_seen) == ("http://b/", None)
    assert poll(twice, fetched(), feed()).moved_to == "http://b/"


def test_a_moved_feed_that_fails_is_looked_for_where_it_was() -> None:
    state = SourceState(source_id="s", moved_to="http://b/", validators=Validators(etag="b"))
    for _ in range(2):
        state = poll(state, failed())
        assert state.moved_to == "http://b/"
    state = poll(state, failed())
    assert (state.moved_to, state.validators) == (None, Validators())
    gone = poll(SourceState(source_id="s", moved_to="http://b/"), failed(status=410))
    assert not is_stopped(gone)


# --- always -------------------------------------------------------------------------------------------------------

spans = st.timedeltas(timedelta(0), timedelta(days=400))
results = st.one_of(
    st.builds(lambda span: fetched(fresh_for=span), spans),
    st.builds(lambda span: NotModified(fresh_for=span), spans),
    st.builds(lambda span, again: failed(retry_after=span, retryable=again), spans, st.booleans()),
)


@given(st.lists(results, min_size=1, max_size=8), st.lists(spans, max_size=5), st.integers())
def test_the_next_poll_is_always_later_and_never_far_off(
    found: list[FetchResult], ages: list[timedelta], seed: int
) -> None:
    state, at = NEW, NOW
    for result in found:
        state = poll(state, result, feed(*ages) if isinstance(result, Fetched) else None, at=at, random=Random(seed))
        assert state.next_poll is not None
        assert OPTIONS.shortest <= state.next_poll - at <= OPTIONS.longest_wait * 1.1
        at = state.next_poll
