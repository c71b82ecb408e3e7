"""The computing around a language model behind its ports: done in a worker process, never on the event loop."""

from collections.abc import Sequence

from bot.ports import Reading
from bot.service.proofing import Compared, CompareRequest, MaterialRequest, VetRequest
from bot.service.workers import URGENT, WorkerPool
from bot.summarizing.gate import Verdict
from bot.summarizing.prompt import Draft, Material
from bot.summarizing.translation.prompt import Rendering


class PooledDesk:
    """The computing around a language model (`Desk` and `TranslationDesk` of `bot.summarizing.llm`) over the worker
    pool; raises WorkerError.
    """

    def __init__(self, pool: WorkerPool) -> None:
        self._pool = pool

    async def prepare(self, readings: Sequence[Reading]) -> Material:
        """The sentences that the model is shown."""
        return await self._pool.run(MaterialRequest(readings=tuple(readings)), Material, priority=URGENT)

    async def vet(self, material: Material, drafts: Sequence[Draft]) -> Verdict:
        """What of the model's points may go out."""
        return await self._pool.run(VetRequest(material=material, drafts=tuple(drafts)), Verdict, priority=URGENT)

    async def compare(self, renderings: Sequence[Rendering], into: str) -> Sequence[Rendering]:
        """The model's translations, with what is wrong with each."""
        request = CompareRequest(renderings=tuple(renderings), into=into)
        return (await self._pool.run(request, Compared, priority=URGENT)).renderings
