"""The language model behind ports.Translator. Order of events:

1. what can be translated at all is numbered and sent, in one request;
2. the gate (in a worker process) compares each answer with its original (`bot.summarizing.translation.gate`);
3. what fails is sent back once, in one request that names the problems;
4. what fails again keeps its own language.

Within the model's time limit, budget and circuit. Nothing here raises for what a text, a model or an endpoint does.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

from bot.ports import Original, Translated
from bot.summarizing import fallback
from bot.summarizing.llm.answer import drafts_of
from bot.summarizing.llm.endpoint import Form
from bot.summarizing.llm.model import GaveUp, Model
from bot.summarizing.prompt import Draft, again
from bot.summarizing.translation.prompt import MOST_LINES, SCHEMA, Rendering, messages, repair

FORM = Form(name="translations", schema=SCHEMA)


class TranslationDesk(Protocol):
    """The checking, somewhere off the event loop. May raise: nothing is then translated."""

    async def compare(self, renderings: Sequence[Rendering], into: str) -> Sequence[Rendering]:
        """The renderings with the `problems` that the gate finds."""


class LlmTranslator:
    """ports.Translator over a language model."""

    def __init__(self, model: Model, *, desk: TranslationDesk) -> None:
        self._model, self._desk = model, desk

    @property
    def name(self) -> str:
        """Who translates: the model."""
        return self._model.name

    async def translate(self, originals: Sequence[Original], into: str) -> Translated:
        """See ports.Translator."""
        lines = originals[:MOST_LINES]
        if not lines:
            return Translated(texts=(None,) * len(originals))
        try:
            found, why = await self._model.run(_key(lines, into), partial(self._translate, lines, into))
        except GaveUp as gave_up:
            return Translated(texts=(None,) * len(originals), why=gave_up.why)
        texts = tuple(found.get(number) for number in range(1, len(originals) + 1))
        return Translated(texts=texts, why=why if None in texts else None)

    async def _translate(self, lines: Sequence[Original], into: str) -> tuple[Mapping[int, str], str | None]:
        """What passed, by the number of its line, and why the rest did not."""
        talk = messages(lines, into)
        answer = await self._model.ask(talk, FORM)
        drafts, mended = drafts_of(answer), False
        if not drafts:
            talk += [{"role": "assistant", "content": answer[:1000]}, {"role": "user", "content": again()}]
            drafts, mended = drafts_of(await self._model.ask(talk, FORM)), True
        if not drafts:
            await self._model.useless()
            raise GaveUp(fallback.malformed(), lasting=True)
        await self._model.succeeded()
        first = await self._desk.compare(_renderings(lines, drafts), into)
        wrong = [one for one in first if one.problems]
        again_ = () if mended or not wrong else await self._mended(lines, into, talk, wrong)
        found = {one.line: one.text for one in (*first, *again_) if not one.problems}
        if not found:
            raise GaveUp(fallback.unfaithful(), lasting=True)
        return found, fallback.unfaithful()

    async def _mended(
        self, lines: Sequence[Original], into: str, talk: Sequence[dict[str, str]], wrong: Sequence[Rendering]
    ) -> Sequence[Rendering]:
        """One try to mend what failed; () when it cannot be asked for."""
        try:
            answer = await self._model.ask([*talk, {"role": "user", "content": repair(wrong)}], FORM)
        except GaveUp:
            return ()
        asked = {one.line for one in wrong}
        found = [one for one in _renderings(lines, drafts_of(answer)) if one.line in asked]
        return await self._desk.compare(found, into)


def _renderings(lines: Sequence[Original], drafts: Sequence[Draft]) -> list[Rendering]:
    """The first answer to each line; one that names no line, or another one, is dropped."""
    found: dict[int, Rendering] = {}
    for draft in drafts:
        number = draft.sentences[0] if len(draft.sentences) == 1 else 0
        if 1 <= number <= len(lines) and number not in found:
            found[number] = Rendering(line=number, original=lines[number - 1], text=draft.text)
    return list(found.values())


def _key(lines: Sequence[Original], into: str) -> str:
    digest = hashlib.sha256(into.encode())
    for line in lines:
        digest.update(f"\0{line.language}\0{line.text}".encode("utf-8", "replace"))
    return digest.hexdigest()
