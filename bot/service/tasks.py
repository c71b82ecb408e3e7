"""What a worker process can be asked, and how questions and answers travel.

Messages are msgpack with typed decoding, never pickle: a worker handles what strangers wrote. What a question needs is
imported when it is asked: the side that asks computes nothing, and most workers never see a language model's words.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

import msgspec

from bot.model import Summary
from bot.polling.discover import FeedLink, find_feeds
from bot.polling.feed import FeedProblem, ParsedFeed, parse_feed
from bot.ports import Budget, Reading, Unreadable
from bot.service.request import ReadRequest


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
class LinksRequest:
    """A page in which feeds are looked for."""

    body: bytes
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLinks:
    """The feeds that a page names."""

    links: tuple[FeedLink, ...]


def _read(request: ReadRequest) -> Reading | Unreadable:
    from bot.service.reading import read

    return read(request)


def _feed(request: FeedRequest) -> ParsedFeed | FeedProblem:
    return parse_feed(
        request.body,
        url=request.url,
        charset=request.charset,
        source_id=request.source_id,
        arrived=request.arrived,
    )


def _story(request: StoryRequest) -> Summary:
    from bot.summarizing.extractive import summarize_story

    return summarize_story(request.readings, request.budget)


def _check(request: CheckRequest) -> Checked:
    from bot.summarizing.grounding import check

    grounding = check(request.claim, request.text)
    return Checked(score=grounding.score, problems=grounding.problems)


def _links(request: LinksRequest) -> FeedLinks:
    return FeedLinks(links=find_feeds(request.body, url=request.url))


@dataclass(frozen=True, slots=True)
class Task:
    """A question by its type, the function that answers it, and the types of answers."""

    request: type
    run: Callable[[Any], object]
    answers: tuple[type, ...]


TASKS = (
    Task(ReadRequest, _read, (Reading, Unreadable)),
    Task(FeedRequest, _feed, (ParsedFeed, FeedProblem)),
    Task(StoryRequest, _story, (Summary,)),
    Task(CheckRequest, _check, (Checked,)),
    Task(LinksRequest, _links, (FeedLinks,)),
)


def _for_a_model() -> Iterator[Task]:
    """What only a bot with a language model asks; its tables are a third of all that a worker can load."""
    from bot.service import proofing
    from bot.summarizing.gate import Verdict
    from bot.summarizing.prompt import Material

    yield Task(proofing.MaterialRequest, proofing.material, (Material,))
    yield Task(proofing.VetRequest, proofing.vetted, (Verdict,))
    yield Task(proofing.CompareRequest, proofing.comparison, (proofing.Compared,))


@cache
def _task(request: str) -> Task:
    for task in chain(TASKS, _for_a_model()):
        if task.request.__name__ == request:
            return task
    raise KeyError(request)


@cache
def _answer(name: str) -> type:
    for task in chain(TASKS, _for_a_model()):
        for kind in task.answers:
            if kind.__name__ == name:
                return kind
    raise KeyError(name)


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
    task = _task(envelope.name)
    return pack(task.run(msgspec.msgpack.decode(envelope.body, type=task.request)))


def unpack(frame: bytes) -> object:
    """The answer in `frame`; its text as a str when it is an error."""
    envelope = _ENVELOPE.decode(frame)
    kind = _answer(envelope.name) if envelope.name else str
    return msgspec.msgpack.decode(envelope.body, type=kind)
