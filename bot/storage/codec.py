"""Values to JSON text and back, typed: what comes back is the dataclass that went in, or a `StoreError`.

JSON and never pickle: a store file from a stranger can then hold wrong values, but never run code.
"""

from threading import Lock
from typing import Any, TypeVar

import msgspec

from bot.errors import StoreError
from bot.model import (
    AlertRule,
    Article,
    Decision,
    Delivery,
    Entry,
    JournalLine,
    Signature,
    SlotRecord,
    Source,
    SourceState,
    Story,
    Subscription,
    Summary,
    Understanding,
)
from bot.ports import Json

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder()
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


_DECODERS: dict[object, msgspec.json.Decoder[Any]] = {}
_MAKING = Lock()
"""One decoder is made at a time: msgspec 0.22 keeps what it has learned of a dataclass on the class before it is done,
and a second thread that meets the half of it ends the process (SIGSEGV). Decoding needs no lock.
"""


def _decoder(kind: object) -> msgspec.json.Decoder[Any]:
    decoder = _DECODERS.get(kind)
    if decoder is None:
        with _MAKING:
            decoder = _DECODERS.setdefault(kind, msgspec.json.Decoder(kind))
    return decoder


for _stored in (
    AlertRule, Article, Decision, Delivery, Entry, JournalLine, Signature, SlotRecord, Source, SourceState, Story,
    Subscription, Summary, Understanding,
):  # fmt: skip
    _decoder(_stored)  # when this is imported, so before the event loop decodes parts of them beside our threads


def clean(text: str) -> str:
    """`text` with lone surrogates replaced one for one: a feed's JSON can hold them, UTF-8 cannot. Offsets stay."""
    return text if text.isascii() else text.translate(_SURROGATES)


def _clean_all(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {_clean_all(key): _clean_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean_all(item) for item in value]
    return value


def encode(value: object) -> str:
    """`value` as JSON text; dataclasses, datetimes and tuples included."""
    try:
        return _ENCODER.encode(value).decode()
    except UnicodeEncodeError:
        return _ENCODER.encode(_clean_all(msgspec.to_builtins(value))).decode()


def decode(kind: type[T], data: bytes | str) -> T:
    """The value of type `kind` in `data`. Raises `StoreError` when something else stands there."""
    try:
        value: T = _decoder(kind).decode(data)
    except (msgspec.DecodeError, TypeError, ValueError) as error:
        name = getattr(kind, "__name__", str(kind))
        raise StoreError(
            f"The store holds a damaged value where a {name} should be: restore a backup with `attache restore`."
        ) from error
    return value


def decode_json(data: bytes | str) -> Json:
    """The JSON value in `data`, whatever it is. Raises `StoreError` when it is none."""
    value: Json = decode(object, data)  # type: ignore[assignment]
    return value
