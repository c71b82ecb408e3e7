"""What a worker process is asked around a language model, beside the tasks of every bot (`bot.service.tasks`)."""

from dataclasses import dataclass

from bot.ports import Reading
from bot.service.comparing import compared
from bot.summarizing.gate import Verdict, vet
from bot.summarizing.prompt import Draft, Material, prepare
from bot.summarizing.translation.prompt import Rendering


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRequest:
    """The readings of a story whose sentences a language model is to be shown."""

    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VetRequest:
    """What a language model wrote, and the sentences that it was shown."""

    material: Material
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRequest:
    """What a language model translated, and into which language."""

    renderings: tuple[Rendering, ...]
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The renderings with what is wrong with each."""

    renderings: tuple[Rendering, ...]


def material(request: MaterialRequest) -> Material:
    """What the model is to be shown."""
    return prepare(request.readings)


def vetted(request: VetRequest) -> Verdict:
    """What of the model's points may go out."""
    return vet(request.material, request.drafts)


def comparison(request: CompareRequest) -> Compared:
    """The model's translations beside what they translate."""
    return Compared(renderings=compared(request.renderings, request.into))
