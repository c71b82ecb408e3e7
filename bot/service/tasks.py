"""What a worker process can be asked, and how questions and answers travel.

Messages are msgpack with typed decoding, never pickle: a worker handles what strangers wrote.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from bot.model import Summary
from bot.polling.discover import FeedLink, find_feeds
from bot.polling.feed import FeedProblem, ParsedFeed, parse_feed
from bot.ports import Budget, Reading, Unreadable
from bot.service.comparing import compared
from bot.service.reading import ReadRequest, read
from bot.summarizing.extractive import summarize_story
from bot.summarizing.gate import Verdict, vet
from bot.summarizing.grounding import check
from bot.summarizing.prompt import Draft, Material, prepare
from bot.summarizing.translation.prompt import Rendering


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRequest:
    """A fetched feed."""

    body: bytes
    url: str
    charset: str | None
    source_id: str
    arrived: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRequest:
    """The readings of one story, earliest first."""

    readings: tuple[Reading, ...]
    budget: Budget = Budget()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """A claim, and the text that it must rest on."""

    claim: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How well the claim rests on the text, 0 to 1, and what does not."""

    score: float
    problems: tuple[str, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksRequest:
    """A page in which feeds are looked for."""

    body: bytes
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLinks:
    """The feeds that a page names."""

    links: tuple[FeedLink, ...]


def _feed(request: FeedRequest) -> ParsedFeed | FeedProblem:
    return parse_feed(
        request.body,
        url=request.url,
        charset=request.charset,
        source_id=request.source_id,
        arrived=request.arrived,
    )


def _story(request: StoryRequest) -> Summary:
    return summarize_story(request.readings, request.budget)


def _check(request: CheckRequest) -> Checked:
    grounding = check(request.claim, request.text)
    return Checked(score=grounding.score, problems=grounding.problems)


def _material(request: MaterialRequest) -> Material:
    return prepare(request.readings)


def _vet(request: VetRequest) -> Verdict:
    return vet(request.material, request.drafts)


def _compare(request: CompareRequest) -> Compared:
    return Compared(renderings=compared(request.renderings, request.into))


def _links(request: LinksRequest) -> FeedLinks:
    return FeedLinks(links=find_feeds(request.body, url=request.url))


@dataclass(frozen=True, slots=True)
class Task:
    """A question by its type, the function that answers it, and the types of answers."""

    request: type
    run: Callable[[Any], object]
    answers: tuple[type, ...]


TASKS = (
    Task(ReadRequest, read, (Reading, Unreadable)),
    Task(FeedRequest, _feed, (ParsedFeed, FeedProblem)),
    Task(StoryRequest, _story, (Summary,)),
    Task(CheckRequest, _check, (Checked,)),
    Task(MaterialRequest, _material, (Material,)),
    Task(VetRequest, _vet, (Verdict,)),
    Task(CompareRequest, _compare, (Compared,)),
    Task(LinksRequest, _links, (FeedLinks,)),
)
_BY_NAME = {task.request.__name__: task for task in TASKS}
_ANSWERS = {kind.__name__: kind for task in TASKS for kind in task.answers}


class Envelope(msgspec.Struct, array_like=True):
    """A value and the name of its type; `name` "" carries the text of an error."""

    name: str
    body: msgspec.Raw


_ENVELOPE = msgspec.msgpack.Decoder(Envelope)


def pack(value: object) -> bytes:
    """An envelope around a request or an answer."""
    body = msgspec.Raw(msgspec.msgpack.encode(value))
    return msgspec.msgpack.encode(Envelope(type(value).__name__, body))


def pack_error(message: str) -> bytes:
    """An envelope that says why there is no answer."""
    return msgspec.msgpack.encode(Envelope("", msgspec.Raw(msgspec.msgpack.encode(message))))


def answer(frame: bytes) -> bytes:
    """Run the request in `frame`; the answer's envelope."""
    envelope = _ENVELOPE.decode(frame)
    task = _BY_NAME[envelope.name]
    return pack(task.run(msgspec.msgpack.decode(envelope.body, type=task.request)))


def unpack(frame: bytes) -> object:
    """The answer in `frame`; its text as a str when it is an error."""
    envelope = _ENVELOPE.decode(frame)
    kind = _ANSWERS[envelope.name] if envelope.name else str
    return msgspec.msgpack.decode(envelope.body, type=kind)
