"""One call to an OpenAI-style endpoint: the only module that imports the SDK, and only when the first call is made.

The chat completions API (https://platform.openai.com/docs/api-reference/chat), as Ollama, llama.cpp, vLLM, LM Studio,
OpenRouter and the hosted ones speak it. What an endpoint does not know (structured output, a name for the limit, a
temperature) it says with status 400; that part is then left out for good. Failures are values; the key and what the
endpoint says stand in no sentence and no log line.
"""

import asyncio
import importlib
import importlib.util
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Literal, Protocol, cast

import msgspec
import stamina
import structlog

from bot.errors import ConfigError
from bot.ports import Clock

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletionMessageParam

_log = structlog.get_logger(__name__)

Kind = Literal["late", "unreachable", "limited", "key", "unknown", "server", "rejected", "too_large", "malformed"]

MOST_BYTES = 300_000
"""Of an answer, unpacked. Five points are 3 KB; a model that thinks aloud may need a hundred."""
MOST_TOKENS = 1_200
"""Asked of the model: five points with their numbers take 300; what thinks first needs some room."""
MOST_SAID = 4_000
"""Of an error's body: it is only searched for the name of the part that the endpoint does not know."""
ATTEMPTS = 3
WAIT_INITIAL = 0.5
"""Seconds before the second try; doubled before the third."""
WORTH_WAITING = timedelta(seconds=5)
"""A longer Retry-After is not waited for: the extractive points go out, and the circuit keeps away until then."""
_CHARACTERS_A_TOKEN = 3
"""English has four, most other scripts fewer: the estimate errs towards too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the model said. `tokens` is what the endpoint counted for question and answer, `answered` for the answer
    alone; None when it did not.
    """

    text: str
    tokens: int | None = None
    answered: int | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No answer: `detail` is a sentence for the operator, without anything that the endpoint said."""

    kind: Kind
    detail: str
    retry_after: timedelta | None = None
    spent: bool = False
    """Whether the endpoint may have worked, and so counted tokens, before it failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointOptions:
    """Where the model is and how it is asked; `key` None: none is needed."""

    base_url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = 20.0
    most_tokens: int = MOST_TOKENS
    attempts: int = ATTEMPTS
    wait_initial: float = WAIT_INITIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The JSON that is asked for. `schema` has bounds, which keep a small model from repeating itself without end;
    strict modes of hosted endpoints know some of them not, and are sent it without.
    """

    name: str
    schema: Mapping[str, object]


def require_sdk() -> None:
    """ConfigError with what to install where the SDK is missing. Does not import it: that takes a second or more."""
    if importlib.util.find_spec("openai") is None:
        raise ConfigError(['summarizer.backend "openai" needs its package: pip install "attache[llm]"'])


def estimated_tokens(messages: Sequence[dict[str, str]], most: int = MOST_TOKENS) -> tuple[int, int]:
    """What a call may take, before it is made: tokens of the question, and half of what its answer may have."""
    return sum(len(message["content"]) for message in messages) // _CHARACTERS_A_TOKEN, most // 2


class Response(Protocol):
    """The little of the SDK's HTTP response that is looked at."""

    status_code: int
    headers: Mapping[str, str]

    def aiter_bytes(self) -> AsyncIterator[bytes]: ...


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    total_tokens: int | None = None
    completion_tokens: int | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


_COMPLETION = msgspec.json.Decoder(_Completion)


class _Trouble(Exception):
    """A failure on its way through the retries; never leaves this module."""

    def __init__(self, failed: Failed, *, again: bool = False) -> None:
        super().__init__(failed.detail)
        self.failed, self.again = failed, again


class Endpoint:
    """Asks one model at one address. One client for its life; close it with `aclose`."""

    def __init__(self, options: EndpointOptions, clock: Clock) -> None:
        self.options, self._clock = options, clock
        self._client: AsyncOpenAI | None = None
        self._opening = asyncio.Lock()
        self._without: set[str] = set()

    async def ask(self, messages: Sequence[dict[str, str]], form: Form) -> Reply | Failed:
        """Ask, again after failures that may pass; never raises for what the endpoint does."""
        try:
            async for attempt in stamina.retry_context(
                on=self._wait,
                attempts=self.options.attempts,
                timeout=self.options.seconds,
                wait_initial=self.options.wait_initial,
                wait_jitter=self.options.wait_initial,
            ):
                with attempt:
                    return await self._adapted(messages, form)
        except _Trouble as trouble:
            _log.warning("model_failed", kind=trouble.failed.kind, detail=trouble.failed.detail)
            return trouble.failed
        raise AssertionError("stamina answers or raises")

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()

    def _wait(self, error: Exception) -> bool | timedelta:
        """Whether to try again, and when the endpoint named a time, after how long."""
        if not isinstance(error, _Trouble) or not error.again:
            return False
        after = error.failed.retry_after
        return True if after is None else after if after <= WORTH_WAITING else False

    async def _adapted(self, messages: Sequence[dict[str, str]], form: Form) -> Reply:
        """One call, repeated without what the endpoint says that it does not know."""
        while True:
            try:
                return await self._call(messages, form)
            except _Unknown as unknown:
                part = _part_to_drop(unknown.said, self._without)
                if part is None:
                    raise _Trouble(unknown.failed) from None
                _log.info("model_without", part=part)
                self._without.add(part)

    async def _call(self, messages: Sequence[dict[str, str]], form: Form) -> Reply:
        client = await self.open()
        import openai

        try:
            async with asyncio.timeout(self.options.seconds):
                async with client.chat.completions.with_streaming_response.create(
                    model=self.options.model,
                    messages=cast("list[ChatCompletionMessageParam]", list(messages)),
                    extra_body=self._extras(form),
                ) as response:
                    body = await _bounded(response.iter_bytes())
        except (_Trouble, _Unknown):
            raise
        except (openai.APITimeoutError, TimeoutError) as error:
            detail = f"the endpoint did not answer within {self.options.seconds:g} s"
            raise _Trouble(Failed(kind="late", detail=detail, spent=True)) from error
        except openai.APIError as error:
            if isinstance(error.__cause__, _Trouble | _Unknown):  # raised by `_look`, wrapped by the SDK
                raise error.__cause__ from None
            raise _Trouble(Failed(kind="unreachable", detail="the endpoint cannot be reached"), again=True) from error
        except Exception as error:
            # The SDK's own HTTP library raises while a body is read; it is not ours to name.
            failed = Failed(kind="unreachable", detail="the connection broke off", spent=True)
            raise _Trouble(failed, again=True) from error
        return _reply(body)

    async def open(self) -> "AsyncOpenAI":
        """The client; the first call imports the SDK, which may take seconds that no story should be charged with."""
        async with self._opening:
            if self._client is None:
                # Its import takes seconds: in a thread, so that the loop goes on.
                sdk = await asyncio.to_thread(importlib.import_module, "openai")
                self._client = cast(
                    "AsyncOpenAI",
                    sdk.AsyncOpenAI(
                        base_url=self.options.base_url,
                        api_key=self.options.key or "none",
                        timeout=self.options.seconds,
                        max_retries=0,
                        # Ours to look at every answer's status first: the SDK reads an error's body without bound.
                        http_client=sdk.DefaultAsyncHttpxClient(event_hooks={"response": [self._look]}),
                    ),
                )
            return self._client

    def _extras(self, form: Form) -> dict[str, object]:
        """The optional parts of a request, without those that this endpoint does not know."""
        limit = "max_completion_tokens" if "max_tokens" in self._without else "max_tokens"
        parts: dict[str, object] = {
            limit: self.options.most_tokens,
            "temperature": 0,
            "response_format": self._format(form),
        }
        return {name: value for name, value in parts.items() if name not in self._without}

    def _format(self, form: Form) -> dict[str, object]:
        """The form of the answer in the strictest way that this endpoint knows; some know JSON, and no schemas."""
        if SCHEMAS in self._without:
            return {"type": "json_object"}
        schema = unbounded(form.schema) if BOUNDS in self._without else form.schema
        return {"type": "json_schema", "json_schema": {"name": form.name, "strict": True, "schema": schema}}

    async def _look(self, response: "Response") -> None:
        """Turn a status that is an error into one of ours, before anybody reads its body."""
        status = response.status_code
        if status < 400:
            return
        if status not in (400, 422):
            raise self._status(status, response.headers.get("retry-after"))
        said = bytearray()
        async for chunk in response.aiter_bytes():
            said += chunk
            if len(said) >= MOST_SAID:
                break
        detail = f"the endpoint rejects the request ({status})"
        raise _Unknown(Failed(kind="rejected", detail=detail), said[:MOST_SAID].decode("utf-8", "replace"))

    def _status(self, status: int, retry_after: str | None) -> "_Trouble":
        after = _delay(retry_after, self._clock.now())
        if status == 429:
            detail = "the endpoint asks us to slow down or has no credit left (429)"
            return _Trouble(Failed(kind="limited", detail=detail, retry_after=after), again=True)
        if status >= 500:
            failed = Failed(kind="server", detail=f"the endpoint failed ({status})", retry_after=after)
            return _Trouble(failed, again=True)
        if status in (401, 403):
            return _Trouble(Failed(kind="key", detail=f"the endpoint refuses the key ({status})"))
        if status == 404:
            detail = f"the endpoint knows no model {self.options.model!r}, or base_url is wrong (404)"
            return _Trouble(Failed(kind="unknown", detail=detail))
        return _Trouble(Failed(kind="rejected", detail=f"the endpoint rejects the request ({status})"))


class _Unknown(Exception):
    """Status 400 or 422: the endpoint may not know a part of the request. `said` is only searched, never shown."""

    def __init__(self, failed: Failed, said: str) -> None:
        super().__init__(failed.detail)
        self.failed, self.said = failed, said.lower()


BOUNDS, SCHEMAS = "bounds", "schemas"
_BOUND_KEYS = frozenset({"minLength", "maxLength", "minItems", "maxItems"})
_PARTS = {
    "max_tokens": ("max_tokens", "max_completion_tokens"),
    "temperature": ("temperature",),
    BOUNDS: ("maxlength", "minlength", "maxitems", "minitems"),
    SCHEMAS: ("json_schema", "schema", "grammar"),
    "response_format": ("response_format", "json_object", "structured"),
}


def _part_to_drop(said: str, without: set[str]) -> str | None:
    """The part of the request that an error names; where it names none, one after the other of its form."""
    for part, words in _PARTS.items():
        if part not in without and any(word in said for word in words):
            return part
    return next((part for part in (BOUNDS, SCHEMAS, "response_format") if part not in without), None)


def unbounded(schema: object) -> object:
    """The schema without bounds of length and number."""
    if isinstance(schema, Mapping):
        return {key: unbounded(value) for key, value in schema.items() if key not in _BOUND_KEYS}
    return schema


def _delay(retry_after: str | None, now: datetime) -> timedelta | None:
    """Retry-After in either form (RFC 9110, 10.2.3), at most a day; None where it says nothing."""
    if not retry_after:
        return None
    text = retry_after.strip()
    if text.isascii() and text.replace(".", "", 1).isdigit() and len(text) < 12:
        return timedelta(seconds=min(float(text), 86_400))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta(0)), timedelta(days=1))


async def _bounded(chunks: AsyncIterator[bytes]) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > MOST_BYTES:
            detail = f"the answer is larger than {MOST_BYTES:,} bytes"
            raise _Trouble(Failed(kind="too_large", detail=detail, spent=True))
    return bytes(body)


def _reply(body: bytes) -> Reply:
    try:
        completion = _COMPLETION.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        detail = "what answers there is no OpenAI-style endpoint"
        raise _Trouble(Failed(kind="malformed", detail=detail, spent=True)) from error
    if not completion.choices:
        raise _Trouble(Failed(kind="malformed", detail="the endpoint answered without a choice", spent=True))
    choice = completion.choices[0]
    refused = bool(choice.message.refusal) or choice.finish_reason == "content_filter"
    usage = completion.usage or _Usage()
    text = choice.message.content or ""
    return Reply(text=text, tokens=usage.total_tokens, answered=usage.completion_tokens, refused=refused)
