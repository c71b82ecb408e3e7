"""How many tokens and how much money the language model may use in a day, kept where a restart finds it.

One small document in the preference store holds the day's count and what went wrong last. Tokens are taken before a
call, by estimate, and put right after it: a crash in between costs tokens of the count, never money. A day is a UTC
day. Two processes on one store may each miss the other's last call: the limit is a guard, not an account.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.errors import StoreError
from bot.ports import Clock, Json, PreferenceStore

SPACE, KEY = "summary", "language-model"
"""Beside the summaries that it pays for; their keys are 32 hexadecimal digits, so none can be this one."""
MILLION = 1_000_000
CREDIBLE = 20
"""An endpoint that claims to have used more than this many times our estimate miscounts; the estimate counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a day has cost so far, the last failure in words, and when the model is asked again (both may be None)."""

    day: str
    tokens: int = 0
    money: float = 0.0
    calls: int = 0
    failed: str | None = None
    paused_until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What a million tokens of question and of answer cost, and how much a day may; in the currency of the bill. 0:
    free, no limit.
    """

    question: float = 0.0
    answer: float = 0.0
    daily: float = 0.0

    def of(self, question: int, answer: int) -> float:
        """What so many tokens cost."""
        return (question * self.question + answer * self.answer) / MILLION


class TokenBudget:
    """Counts tokens against `limit` a day, and money against `prices.daily`; a limit of 0 is none."""

    def __init__(self, store: PreferenceStore, clock: Clock, limit: int, prices: Prices = Prices()) -> None:
        self._store, self._clock, self.limit, self.prices = store, clock, limit, prices
        self._turn = asyncio.Lock()

    async def usage(self) -> Usage:
        """The count of today; of a new day nothing but the last failure."""
        today = self._clock.now().date().isoformat()
        kept = _usage(await self._store.get(SPACE, KEY), today)
        return kept if kept.day == today else replace(kept, day=today, tokens=0, money=0.0, calls=0)

    async def reserve(self, estimate: int, money: float = 0.0) -> bool:
        """Take `estimate` tokens and `money`; False when either would pass its limit, or the count cannot be kept."""
        async with self._turn:
            try:
                now = await self.usage()
                if self.limit and now.tokens + estimate > self.limit:
                    return False
                if self.prices.daily and now.money + money > self.prices.daily:
                    return False
                taken = replace(now, tokens=now.tokens + estimate, money=now.money + money, calls=now.calls + 1)
                await self._put(taken)
            except StoreError:
                return False
        return True

    async def settle(self, estimate: int, used: int | None, money: float = 0.0, paid: float | None = None) -> None:
        """Put `used` and `paid` in the place of the estimates; None, or a number that cannot be, leaves them."""
        if used is None or not 0 <= used <= CREDIBLE * estimate or (used, paid) == (estimate, money):
            return
        more = (paid - money) if paid is not None else 0.0
        async with self._turn:
            try:
                now = await self.usage()
                tokens = max(0, now.tokens + used - estimate)
                await self._put(replace(now, tokens=tokens, money=max(0.0, now.money + more)))
            except StoreError:
                return  # the estimate stays: rather too much than too little

    async def note(self, failed: str | None, paused_until: str | None = None) -> None:
        """Remember how the last call went, for `/status` and `attache doctor` in another process."""
        async with self._turn:
            try:
                now = await self.usage()
                if (now.failed, now.paused_until) != (failed, paused_until):
                    await self._put(replace(now, failed=failed, paused_until=paused_until))
            except StoreError:
                return

    async def _put(self, usage: Usage) -> None:
        value: dict[str, Json] = {
            "day": usage.day,
            "tokens": usage.tokens,
            "money": usage.money,
            "calls": usage.calls,
            "failed": usage.failed,
            "paused_until": usage.paused_until,
        }
        await self._store.put(SPACE, KEY, value)


def _usage(kept: Json, today: str) -> Usage:
    """What the store holds, where it has the form that we wrote; a damaged count starts anew."""
    if not isinstance(kept, Mapping):
        return Usage(day=today)
    day, tokens, calls = kept.get("day"), kept.get("tokens"), kept.get("calls")
    failed, paused, money = kept.get("failed"), kept.get("paused_until"), kept.get("money", 0.0)
    if not isinstance(day, str) or not isinstance(tokens, int) or not isinstance(calls, int) or tokens < 0:
        return Usage(day=today)
    return Usage(
        day=day,
        tokens=tokens,
        money=float(money) if isinstance(money, int | float) and money > 0 else 0.0,
        calls=calls,
        failed=failed if isinstance(failed, str) else None,
        paused_until=paused if isinstance(paused, str) else None,
    )


def describe(model: str, usage: Usage, limit: int, prices: Prices = Prices(), *, now: str) -> str:
    """The state in one sentence. `now` is ISO 8601 in UTC, as `paused_until` is."""
    parts = [f"{usage.tokens:,} of {limit:,} tokens today" if limit else f"{usage.tokens:,} tokens today, no limit"]
    if prices.daily:
        parts.append(f"{usage.money:.2f} of {prices.daily:.2f} in money")
    elif usage.money:
        parts.append(f"{usage.money:.2f} in money, no limit")
    head = "; ".join(parts)
    if (limit and usage.tokens >= limit) or (prices.daily and usage.money >= prices.daily):
        head += ": over budget, extractive points until midnight UTC"
    tail = f"; last call failed: {usage.failed}" if usage.failed else ""
    if usage.paused_until and usage.paused_until > now:
        tail += f" (asked again after {usage.paused_until[11:16]} UTC)"
    return f"Language model {model}: {head}{tail.rstrip('.')}."
