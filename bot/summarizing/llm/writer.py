"""The language model behind ports.Summarizer. Order of events for a story:

1. the extractive points are made: they stand in whatever happens next;
2. circuit, daily budget: closed or used up, and the extractive points go out at once;
3. sentences are chosen, cleaned and numbered in a worker process, the model is asked;
4. the gate (in a worker process) checks each point against exactly the sentences that it cites;
5. points that fail are sent back once, in one request that names the problems;
6. what fails again is replaced by its evidence sentence; nothing that passed leaves the extractive points.

From 3 on within a time limit. Nothing here raises for what a text, a model or an endpoint does.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from bot.errors import StoreError
from bot.model import Summary
from bot.ports import Budget, Clock, PreferenceStore, Reading, Summarizer
from bot.summarizing import fallback
from bot.summarizing.budget import Prices, TokenBudget, Usage, describe
from bot.summarizing.gate import Verdict, merged, settled
from bot.summarizing.llm.answer import drafts_of
from bot.summarizing.llm.endpoint import Endpoint, EndpointOptions, Failed, Reply, estimated_tokens
from bot.summarizing.prompt import Draft, Material, again, messages, repair

_log = structlog.get_logger(__name__)

REMEMBERED = 512
"""Stories whose answer was no use: not asked about again while the process lives, unless their texts change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the model is used. `seconds` is for one story, from its turn on; `daily_tokens` 0: no limit."""

    endpoint: EndpointOptions
    seconds: float = 20.0
    daily_tokens: int = 200_000
    prices: Prices = Prices()
    concurrency: int = 2


class Desk(Protocol):
    """The computing around the model, somewhere off the event loop. May raise: the extractive points then go out."""

    async def prepare(self, readings: Sequence[Reading]) -> Material:
        """`bot.summarizing.prompt.prepare`."""

    async def vet(self, material: Material, drafts: Sequence[Draft]) -> Verdict:
        """`bot.summarizing.gate.vet`."""


class _GaveUp(Exception):
    """Why the extractive points stand in. `lasting`: asking again would give the same."""

    def __init__(self, why: str, *, lasting: bool = False) -> None:
        super().__init__(why)
        self.why, self.lasting = why, lasting


class LlmSummarizer:
    """ports.Summarizer over a language model. `state()` says how it stands."""

    def __init__(
        self, options: Options, *, extractive: Summarizer, desk: Desk, store: PreferenceStore, clock: Clock
    ) -> None:
        self._options, self._extractive, self._desk, self._clock = options, extractive, desk, clock
        self._endpoint = Endpoint(options.endpoint, clock)
        self._budget = TokenBudget(store, clock, options.daily_tokens, options.prices)
        self._circuit = fallback.Circuit()
        self._turns = asyncio.Semaphore(max(1, options.concurrency))
        self._useless: OrderedDict[str, str] = OrderedDict()

    @property
    def name(self) -> str:
        """Who writes: the model. Part of the key under which its summaries are kept."""
        return self._options.endpoint.model

    async def state(self) -> str:
        """The day's tokens and the last failure, as a sentence; StoreUnavailable when they cannot be read."""
        now, options = self._clock.now().isoformat(), self._options
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

    async def summarize(self, readings: Sequence[Reading], budget: Budget = Budget()) -> Summary:
        """See ports.Summarizer. The extractive points, with `fallback` set, wherever the model's cannot go out."""
        extractive = await self._extractive.summarize(readings, budget)
        if not extractive.points:
            return extractive
        key = _key(readings, budget)
        if (why := self._useless.get(key)) is not None:
            return fallback.stands_in(extractive, why)
        try:
            if self._circuit.is_open(self._clock.now()) and self._circuit.paused_until:
                raise _GaveUp(fallback.paused(self._circuit.paused_until))
            await self._endpoint.open()
            async with (
                asyncio.timeout(2 * self._options.seconds),
                self._turns,
            ):  # at most one limit to wait, one to work
                return await self._within_time(readings, budget, extractive)
        except _GaveUp as gave_up:
            if gave_up.lasting:
                self._remember(key, gave_up.why)
            return fallback.stands_in(extractive, gave_up.why)
        except TimeoutError:
            return fallback.stands_in(extractive, fallback.late(self._options.seconds))
        except Exception:  # noqa: BLE001 - whatever a worker or the store does, readers get their points
            _log.exception("model_summary_failed")
            return fallback.stands_in(extractive, fallback.unchecked())

    async def _within_time(self, readings: Sequence[Reading], budget: Budget, extractive: Summary) -> Summary:
        try:
            async with asyncio.timeout(self._options.seconds):
                return await self._write(readings, budget, extractive)
        except TimeoutError:
            await self._failed(f"no summary within {self._options.seconds:g} s")
            raise _GaveUp(fallback.late(self._options.seconds)) from None

    async def _write(self, readings: Sequence[Reading], budget: Budget, extractive: Summary) -> Summary:
        material = await self._desk.prepare(readings)
        if not material.sentences:
            return extractive
        talk = messages(material, budget)
        answer = await self._ask(talk)
        drafts, mended = drafts_of(answer), False
        if not drafts:
            talk += [{"role": "assistant", "content": answer[:1000]}, {"role": "user", "content": again()}]
            answer, mended = await self._ask(talk), True
            drafts = drafts_of(answer)
        if not drafts:
            await self._answered("its answers are not in the form that was asked for")
            raise _GaveUp(fallback.malformed(), lasting=True)
        await self._succeeded()
        verdict = await self._desk.vet(material, drafts)
        if verdict.failing and not mended:
            verdict = await self._mended(material, talk, verdict)
        points, replaced = settled(material, verdict, extractive, budget)
        if replaced >= len(points):
            raise _GaveUp(fallback.ungrounded(), lasting=True)
        return Summary(
            headline=extractive.headline,
            points=points,
            summarizer=self.name,
            fallback=fallback.partly(replaced, len(points)) if replaced else None,
        )

    async def _mended(self, material: Material, talk: Sequence[dict[str, str]], verdict: Verdict) -> Verdict:
        """One try to mend what failed; what cannot be asked, or fails again, stays failed."""
        wrong = [(judged.draft, judged.problems) for judged in verdict.failing]
        try:
            answer = await self._ask([*talk, {"role": "user", "content": repair(wrong)}])
        except _GaveUp:
            return verdict
        return merged(verdict, await self._desk.vet(material, drafts_of(answer)[: len(wrong)]))

    async def _ask(self, talk: Sequence[dict[str, str]]) -> str:
        """The model's words, paid for; _GaveUp with the reason where there are none."""
        question, answer = estimated_tokens(talk, self._options.endpoint.most_tokens)
        estimate, money = question + answer, self._options.prices.of(question, answer)
        if not await self._budget.reserve(estimate, money):
            raise _GaveUp(fallback.over_budget(money=await self._short_of_money(money)))
        reply = await self._endpoint.ask(talk)
        if isinstance(reply, Failed):
            await self._budget.settle(estimate, None if reply.spent else 0, money, 0.0)
            await self._failed(reply.detail, reply)
            raise _GaveUp(fallback.late(self._options.seconds) if reply.kind == "late" else fallback.failed())
        return await self._said(reply, estimate, money)

    async def _short_of_money(self, money: float) -> bool:
        """Whether it is the money that does not suffice."""
        try:
            return bool(self._options.prices.daily) and (await self.usage()).money + money > self._options.prices.daily
        except StoreError:
            return False

    async def _said(self, reply: Reply, estimate: int, money: float) -> str:
        paid = None
        if reply.tokens is not None:
            answered = min(reply.tokens, reply.answered or 0)
            paid = self._options.prices.of(reply.tokens - answered, answered)
        await self._budget.settle(estimate, reply.tokens, money, paid)
        if reply.refused:
            await self._succeeded()
            raise _GaveUp(fallback.refused(), lasting=True)
        return reply.text

    async def _succeeded(self) -> None:
        self._circuit.succeeded()
        await self._budget.note(None)

    async def _answered(self, detail: str) -> None:
        """It works, but what it says is no use: no reason to leave it alone with other stories."""
        self._circuit.succeeded()
        await self._budget.note(detail)

    async def _failed(self, detail: str, failed: Failed | None = None) -> None:
        self._circuit.failed(self._clock.now(), failed.retry_after if failed else None)
        until: datetime | None = self._circuit.paused_until
        await self._budget.note(detail, until.isoformat() if until else None)

    def _remember(self, key: str, why: str) -> None:
        self._useless[key] = why
        while len(self._useless) > REMEMBERED:
            self._useless.popitem(last=False)


def _key(readings: Sequence[Reading], budget: Budget) -> str:
    digest = hashlib.sha256(repr(budget).encode())
    for reading in readings:
        digest.update(f"\0{reading.article.id}\0{reading.article.text}".encode("utf-8", "replace"))
    return digest.hexdigest()
