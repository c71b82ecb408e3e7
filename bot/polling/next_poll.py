"""When a source is polled next, and what people are told when it fails. Pure; chance is passed in.

What real pollers do: half the mean gap between items (CommaFeed), the largest of ttl, max-age and Expires respected,
Retry-After in both forms, backoff on failure, a permanent move stored only when it was seen twice in a row.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from bot.model import SourceState, Validators
from bot.polling.feed import ParsedFeed
from bot.ports import Fetched, FetchFailed, FetchResult, NotModified

STOPPED = datetime(9999, 1, 1, tzinfo=UTC)
"""`next_poll` of a source that said it is gone for good (410)."""

_RECENT = 20  # items whose gaps are looked at: a day or a week, not the outlet's history
_SLOWING = 1.25  # an unchanged feed is asked a little less often each time, until it changes
_SPREAD = 0.1  # of the interval, added by chance, so that sources do not fall into step
_RETURN_AFTER = 3  # failures at a moved address after which the original one is tried again


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`interval` is used where a source gives no better reason; `shortest` and `longest` bound what is worked out.

    `longest_asked` caps what ttl and cache headers may ask for, `longest_wait` what Retry-After and backoff may.
    """

    interval: timedelta = timedelta(minutes=15)
    shortest: timedelta = timedelta(minutes=5)
    longest: timedelta = timedelta(hours=2)
    longest_asked: timedelta = timedelta(hours=6)
    longest_wait: timedelta = timedelta(days=1)

    def __post_init__(self) -> None:
        if not timedelta(0) < self.shortest <= self.longest or self.interval <= timedelta(0):
            raise ValueError("polling intervals must be positive, and the shortest not above the longest")


def after_poll(
    state: SourceState,
    result: FetchResult,
    *,
    feed: ParsedFeed | None,
    options: Options,
    now: datetime,
    random: Random,
) -> SourceState:
    """The source's state after one poll. `feed` is what a `Fetched` held; a feed that could not be read is passed as
    a `FetchFailed` with its sentence.
    """
    if isinstance(result, FetchFailed):
        return _after_failure(state, result, options, now, random)
    return _after_success(state, result, feed, options, now, random)


def is_due(state: SourceState, now: datetime) -> bool:
    """Whether it is to be polled: its time has come, or its last poll lies ahead, for the clock was set back since."""
    if state.next_poll is None or state.next_poll <= now:
        return True
    return not is_stopped(state) and state.last_poll is not None and state.last_poll > now


def is_stopped(state: SourceState) -> bool:
    """True when the source is not polled any more; `state.problem` says why."""
    return state.next_poll is not None and state.next_poll >= STOPPED


# --- success ------------------------------------------------------------------------------------------------------


def _after_success(
    state: SourceState,
    result: Fetched | NotModified,
    feed: ParsedFeed | None,
    options: Options,
    now: datetime,
    random: Random,
) -> SourceState:
    interval = _slower(state, options) if feed is None else _pace(feed, options, now)
    asked = max(result.fresh_for or timedelta(0), (feed.ttl if feed else None) or timedelta(0))
    interval = max(interval, min(asked, options.longest_asked))
    moved_to, move_seen = _move(state, result)
    return replace(
        state,
        validators=result.validators,
        polled=True,
        last_poll=now,
        last_success=now,
        next_poll=now + _spread(interval, random),
        failures=0,
        problem=None,
        moved_to=moved_to,
        move_seen=move_seen,
    )


def _pace(feed: ParsedFeed, options: Options, now: datetime) -> timedelta:
    """Half the mean gap between recent items, silence since the last one included; the default without dates."""
    dates = sorted({entry.published for entry in feed.entries if entry.published and entry.published <= now})[-_RECENT:]
    if len(dates) < 2:
        return options.interval
    return max(options.shortest, min((now - dates[0]) / len(dates) / 2, options.longest))


def _slower(state: SourceState, options: Options) -> timedelta:
    """The interval after "not modified": the last one and a quarter, unless failures or nothing stand before it."""
    if state.failures or state.last_poll is None or state.next_poll is None or is_stopped(state):
        return options.interval
    last = state.next_poll - state.last_poll
    return max(options.shortest, min(last * _SLOWING, max(options.longest, options.interval)))


def _move(state: SourceState, result: Fetched | NotModified) -> tuple[str | None, str | None]:
    """(the address that stands, the one seen once): a permanent move counts when two polls in a row report it."""
    if isinstance(result, NotModified):
        return state.moved_to, state.move_seen
    if result.moved_to is None:
        return state.moved_to, None
    if result.moved_to == state.move_seen:
        return result.moved_to, None
    return state.moved_to, result.moved_to


# --- failure ------------------------------------------------------------------------------------------------------


def _after_failure(
    state: SourceState, failed: FetchFailed, options: Options, now: datetime, random: Random
) -> SourceState:
    failures = state.failures + 1
    back = state.moved_to is not None and failures >= _RETURN_AFTER
    gone = failed.status == 410 and state.moved_to is None
    return replace(
        state,
        validators=Validators() if back else state.validators,  # those of the address that we turn away from
        last_poll=now,
        next_poll=STOPPED if gone else now + _spread(_backoff(failed, failures, options), random),
        failures=failures,
        problem=_sentence(failed, failures, gone=gone),
        moved_to=None if back else state.moved_to,
        move_seen=None if back else state.move_seen,
    )


def _backoff(failed: FetchFailed, failures: int, options: Options) -> timedelta:
    """Doubled with each failure, at once longer where trying again cannot help; never before Retry-After."""
    steps = failures - 1 if failed.retryable else failures + 1
    doubled: timedelta = options.interval * (1 << min(steps, 16))
    return min(max(doubled, failed.retry_after or timedelta(0), options.shortest), options.longest_wait)


def _spread(interval: timedelta, random: Random) -> timedelta:
    # Only ever later: what a server asked for is kept.
    return interval * (1 + _SPREAD * random.random())


def _sentence(failed: FetchFailed, failures: int, *, gone: bool) -> str:
    if gone:
        return f"{failed.message} It is not polled any more; remove it, or give its new address."
    return failed.message if failures == 1 else f"{failed.message} (Failed {failures} times in a row.)"
