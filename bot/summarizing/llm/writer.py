"""The language model behind ports.Summarizer. Order of events for a story:

1. the extractive points are made: they stand in whatever happens next;
2. circuit, daily budget: closed or used up, and the extractive points go out at once;
3. sentences are chosen, cleaned and numbered in a worker process, the model is asked;
4. the gate (in a worker process) checks each point against exactly the sentences that it cites;
5. points that fail are sent back once, in one request that names the problems;
6. what fails again is replaced by its evidence sentence; nothing that passed leaves the extractive points.

From 3 on within a time limit. Nothing here raises for what a text, a model or an endpoint does.
"""

import hashlib
from collections.abc import Sequence
from functools import partial
from typing import Protocol

import structlog

from bot.model import Summary
from bot.ports import Budget, Reading, Summarizer
from bot.summarizing import fallback
from bot.summarizing.gate import Verdict, merged, settled
from bot.summarizing.llm.answer import drafts_of
from bot.summarizing.llm.endpoint import Form
from bot.summarizing.llm.model import GaveUp, Model
from bot.summarizing.prompt import Draft, Material, again, messages, repair, schema

_log = structlog.get_logger(__name__)


class Desk(Protocol):
    """The computing around the model, somewhere off the event loop. May raise: the extractive points then go out."""

    async def prepare(self, readings: Sequence[Reading]) -> Material:
        """`bot.summarizing.prompt.prepare`."""

    async def vet(self, material: Material, drafts: Sequence[Draft]) -> Verdict:
        """`bot.summarizing.gate.vet`."""


class LlmSummarizer:
    """ports.Summarizer over a language model."""

    def __init__(self, model: Model, *, extractive: Summarizer, desk: Desk) -> None:
        self.model, self._extractive, self._desk = model, extractive, desk

    @property
    def name(self) -> str:
        """Who writes: the model."""
        return self.model.name

    async def summarize(self, readings: Sequence[Reading], budget: Budget = Budget()) -> Summary:
        """See ports.Summarizer. The extractive points, with `fallback` set, wherever the model's cannot go out."""
        extractive = await self._extractive.summarize(readings, budget)
        if not extractive.points:
            return extractive
        try:
            return await self.model.run(_key(readings, budget), partial(self._write, readings, budget, extractive))
        except GaveUp as gave_up:
            return fallback.stands_in(extractive, gave_up.why)

    async def _write(self, readings: Sequence[Reading], budget: Budget, extractive: Summary) -> Summary:
        material = await self._desk.prepare(readings)
        if not material.sentences:
            return extractive
        talk, form = messages(material, budget), Form(name="key_points", schema=schema(budget))
        answer = await self.model.ask(talk, form)
        drafts, mended = drafts_of(answer), False
        if not drafts:
            talk += [{"role": "assistant", "content": answer[:1000]}, {"role": "user", "content": again()}]
            answer, mended = await self.model.ask(talk, form), True
            drafts = drafts_of(answer)
        if not drafts:
            await self.model.useless()
            raise GaveUp(fallback.malformed(), lasting=True)
        await self.model.succeeded()
        verdict = await self._desk.vet(material, drafts)
        if verdict.failing and not mended:
            verdict = await self._mended(material, talk, form, verdict)
        _log.info("model_wrote", points=len(verdict.judged), refused=len(verdict.failing))
        points, replaced = settled(material, verdict, extractive, budget)
        if replaced >= len(points):
            raise GaveUp(fallback.ungrounded(), lasting=True)
        return Summary(
            headline=extractive.headline,
            points=points,
            summarizer=self.name,
            fallback=fallback.partly(replaced, len(points)) if replaced else None,
        )

    async def _mended(
        self, material: Material, talk: Sequence[dict[str, str]], form: Form, verdict: Verdict
    ) -> Verdict:
        """One try to mend what failed; what cannot be asked, or fails again, stays failed."""
        wrong = [(judged.draft, judged.problems) for judged in verdict.failing]
        try:
            answer = await self.model.ask([*talk, {"role": "user", "content": repair(wrong)}], form)
        except GaveUp:
            return verdict
        return merged(verdict, await self._desk.vet(material, drafts_of(answer)[: len(wrong)]))


def _key(readings: Sequence[Reading], budget: Budget) -> str:
    digest = hashlib.sha256(repr(budget).encode())
    for reading in readings:
        digest.update(f"\0{reading.article.id}\0{reading.article.text}".encode("utf-8", "replace"))
    return digest.hexdigest()
