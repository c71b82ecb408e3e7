"""The day's tokens: counted, kept over restarts, never overrun, said in a sentence."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.errors import StoreUnavailable
from bot.ports import Json
from bot.storage.memory.preferences import MemoryPreferences
from bot.summarizing.budget import KEY, SPACE, Prices, TokenBudget, Usage, describe

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


@dataclass
class HandClock:
    moment: datetime = NOON

    def now(self) -> datetime:
        return self.moment


class Unwilling(MemoryPreferences):
    async def get(self, space: str, key: str) -> Json:
        raise StoreUnavailable("the disk is full")


async def test_tokens_are_reserved_settled_and_kept() -> None:
    store, clock = MemoryPreferences(), HandClock()
    budget = TokenBudget(store, clock, 1000)
    assert await budget.reserve(600)
    assert not await budget.reserve(600)
    await budget.settle(600, 250)
    again = TokenBudget(store, clock, 1000)
    assert (await again.usage()).tokens == 250
    assert await again.reserve(750)
    assert (await again.usage()).calls == 2


async def test_a_day_ends_at_midnight_utc() -> None:
    clock = HandClock()
    budget = TokenBudget(MemoryPreferences(), clock, 1000)
    assert await budget.reserve(1000)
    clock.moment = NOON + timedelta(hours=11, minutes=59)
    assert not await budget.reserve(1)
    clock.moment = NOON + timedelta(hours=12)
    assert await budget.reserve(1000)


async def test_side_by_side_they_never_pass_the_limit() -> None:
    budget = TokenBudget(MemoryPreferences(), HandClock(), 1000)
    taken = await asyncio.gather(*(budget.reserve(300) for _ in range(20)))
    assert sum(taken) == 3


async def test_counts_that_cannot_be_leave_the_estimate() -> None:
    budget = TokenBudget(MemoryPreferences(), HandClock(), 0)
    for used in (None, -5, 10**9):
        assert await budget.reserve(100)
        await budget.settle(100, used)
    assert (await budget.usage()).tokens == 300


async def test_a_count_that_cannot_be_kept_allows_nothing() -> None:
    budget = TokenBudget(Unwilling(), HandClock(), 1000)
    assert not await budget.reserve(1)
    await budget.settle(1, 2)
    await budget.note("x")


async def test_a_damaged_count_starts_anew() -> None:
    values: tuple[Json, ...] = ("text", 5, [], {"day": 1}, {"day": "2026-10-05", "tokens": -3, "calls": 0})
    for damaged in values:
        store = MemoryPreferences()
        await store.put(SPACE, KEY, damaged)
        assert await TokenBudget(store, HandClock(), 10).usage() == Usage(day="2026-10-05")


def test_the_state_is_a_sentence() -> None:
    def said(limit: int = 200_000, **usage: object) -> str:
        return describe("qwen", Usage(day="2026-10-05", **usage), limit, now=NOON.isoformat())  # type: ignore[arg-type]

    assert said(tokens=12_340) == "Language model qwen: 12,340 of 200,000 tokens today."
    assert "over budget, extractive points until midnight UTC" in said(tokens=200_000)
    assert "no limit" in said(limit=0, tokens=5)
    assert said(failed="the endpoint failed (500)").endswith("last call failed: the endpoint failed (500).")
    later = (NOON + timedelta(minutes=5)).isoformat()
    assert "asked again after 12:05 UTC" in said(failed="no", paused_until=later)
    assert "asked again" not in said(failed="no", paused_until=NOON.isoformat())


PRICES = Prices(question=2.0, answer=8.0, daily=0.01)


def test_prices_are_for_a_million_tokens() -> None:
    assert PRICES.of(1_000_000, 500_000) == 6.0
    assert Prices().of(10**9, 10**9) == 0.0


async def test_money_is_reserved_settled_and_ends() -> None:
    store, clock = MemoryPreferences(), HandClock()
    budget = TokenBudget(store, clock, 0, PRICES)
    assert await budget.reserve(1000, 0.008)
    assert not await budget.reserve(1000, 0.008)
    await budget.settle(1000, 200, 0.008, 0.001)
    again = TokenBudget(store, clock, 0, PRICES)
    assert abs((await again.usage()).money - 0.001) < 1e-9
    assert await again.reserve(1000, 0.008)
    clock.moment += timedelta(days=1)
    assert (await again.usage()).money == 0.0


async def test_a_call_without_a_count_costs_its_estimate() -> None:
    budget = TokenBudget(MemoryPreferences(), HandClock(), 0, PRICES)
    assert await budget.reserve(1000, 0.004)
    await budget.settle(1000, None, 0.004, None)
    assert (await budget.usage()).money == 0.004


def test_the_state_names_the_money() -> None:
    usage = Usage(day="2026-10-05", tokens=10, money=0.42)
    limited = describe("m", usage, 0, Prices(question=1, answer=1, daily=2.0), now=NOON.isoformat())
    assert limited == "Language model m: 10 tokens today, no limit; 0.42 of 2.00 in money."
    spent = describe("m", usage, 100, Prices(question=1, answer=1, daily=0.42), now=NOON.isoformat())
    assert "over budget, extractive points until midnight UTC" in spent
    assert "0.42 in money, no limit" in describe("m", usage, 0, now=NOON.isoformat())
