"""One language model as all its uses share it: endpoint, the day's budget, circuit, turns and time limit."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog

from bot.errors import StoreError
from bot.ports import Clock, PreferenceStore
from bot.summarizing import fallback
from bot.summarizing.budget import Prices, TokenBudget, Usage, describe
from bot.summarizing.llm.endpoint import Endpoint, EndpointOptions, Failed, Form, Reply, estimated_tokens

_log = structlog.get_logger(__name__)
_Made = TypeVar("_Made")

REMEMBERED = 512
"""Texts whose answer was no use: not asked about again while the process lives, unless they change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the model is used. `seconds` is for one story, from its turn on; `daily_tokens` 0: no limit."""

    endpoint: EndpointOptions
    seconds: float = 20.0
    daily_tokens: int = 200_000
    prices: Prices = Prices()
    concurrency: int = 2


class GaveUp(Exception):
    """Why there is nothing of the model's, as a clause for readers. `lasting`: asking again would give the same."""

    def __init__(self, why: str, *, lasting: bool = False) -> None:
        super().__init__(why)
        self.why, self.lasting = why, lasting


class Model:
    """Answers of one model within its limits. `state()` says how it stands."""

    def __init__(self, options: Options, *, store: PreferenceStore, clock: Clock) -> None:
        self.options, self._clock = options, clock
        self._endpoint = Endpoint(options.endpoint, clock)
        self._budget = TokenBudget(store, clock, options.daily_tokens, options.prices)
        self._circuit = fallback.Circuit()
        self._turns = asyncio.Semaphore(max(1, options.concurrency))
        self._useless: OrderedDict[str, str] = OrderedDict()

    @property
    def name(self) -> str:
        """The model's. Part of the key under which what it wrote is kept."""
        return self.options.endpoint.model

    async def state(self) -> str:
        """The day's tokens and the last failure, as a sentence; StoreUnavailable when they cannot be read."""
        now, options = self._clock.now().isoformat(), self.options
        return describe(self.name, await self._budget.usage(), options.daily_tokens, options.prices, now=now)

    async def usage(self) -> Usage:
        """The same as numbers."""
        return await self._budget.usage()

    @property
    def paused(self) -> bool:
        """Whether the endpoint is being left alone after failures."""
        return self._circuit.is_open(self._clock.now())

    async def aclose(self) -> None:
        """Close the connections."""
        await self._endpoint.aclose()

    async def run(self, key: str, work: Callable[[], Awaitable[_Made]]) -> _Made:
        """What `work` makes, in its turn and within the time limit; GaveUp says why there is none.

        `key` names what it is about: what is no use once is not tried again.
        """
        if (why := self._useless.get(key)) is not None:
            raise GaveUp(why)
        if self._circuit.paused_until and self.paused:
            raise GaveUp(fallback.paused(self._circuit.paused_until))
        try:
            await self._endpoint.open()
            async with (
                asyncio.timeout(2 * self.options.seconds),
                self._turns,
            ):  # at most one limit to wait, one to work
                return await self._within_time(work)
        except GaveUp as gave_up:
            if gave_up.lasting:
                self._remember(key, gave_up.why)
            raise
        except TimeoutError:
            raise GaveUp(fallback.late(self.options.seconds)) from None
        except Exception as error:
            # Whatever a worker or the store does: readers get what stands without the model.
            _log.exception("model_work_failed")
            raise GaveUp(fallback.unchecked()) from error

    async def _within_time(self, work: Callable[[], Awaitable[_Made]]) -> _Made:
        try:
            async with asyncio.timeout(self.options.seconds):
                return await work()
        except TimeoutError:
            await self._failed(f"nothing within {self.options.seconds:g} s")
            raise GaveUp(fallback.late(self.options.seconds)) from None

    async def ask(self, talk: Sequence[dict[str, str]], form: Form) -> str:
        """The model's words, paid for; GaveUp where there are none."""
        question, answer = estimated_tokens(talk, self.options.endpoint.most_tokens)
        estimate, money = question + answer, self.options.prices.of(question, answer)
        if not await self._budget.reserve(estimate, money):
            raise GaveUp(fallback.over_budget(money=await self._short_of_money(money)))
        reply = await self._endpoint.ask(talk, form)
        if isinstance(reply, Failed):
            await self._budget.settle(estimate, None if reply.spent else 0, money, 0.0)
            await self._failed(reply.detail, reply)
            raise GaveUp(fallback.late(self.options.seconds) if reply.kind == "late" else fallback.failed())
        return await self._said(reply, estimate, money)

    async def succeeded(self) -> None:
        """Its answer could be read."""
        self._circuit.succeeded()
        await self._budget.note(None)

    async def useless(self) -> None:
        """It works, but what it says is no use: no reason to leave it alone with other texts."""
        self._circuit.succeeded()
        await self._budget.note("its answers are not in the form that was asked for")

    async def _short_of_money(self, money: float) -> bool:
        """Whether it is the money that does not suffice."""
        try:
            return bool(self.options.prices.daily) and (await self.usage()).money + money > self.options.prices.daily
        except StoreError:
            return False

    async def _said(self, reply: Reply, estimate: int, money: float) -> str:
        paid = None
        if reply.tokens is not None:
            answered = min(reply.tokens, reply.answered or 0)
            paid = self.options.prices.of(reply.tokens - answered, answered)
        await self._budget.settle(estimate, reply.tokens, money, paid)
        if reply.refused:
            await self.succeeded()
            raise GaveUp(fallback.refused(), lasting=True)
        return reply.text

    async def _failed(self, detail: str, failed: Failed | None = None) -> None:
        self._circuit.failed(self._clock.now(), failed.retry_after if failed else None)
        until: datetime | None = self._circuit.paused_until
        await self._budget.note(detail, until.isoformat() if until else None)

    def _remember(self, key: str, why: str) -> None:
        self._useless[key] = why
        while len(self._useless) > REMEMBERED:
            self._useless.popitem(last=False)
