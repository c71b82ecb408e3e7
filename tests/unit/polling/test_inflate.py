"""Decompression in bounded pieces."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.polling.inflate import Inflate


def unpack(encoding: str, packed: bytes, step: int) -> tuple[bytes, bool]:
    inflate = Inflate(encoding)
    pieces = [piece for at in range(0, len(packed), step) for piece in inflate.feed(packed[at : at + step])]
    pieces.extend(inflate.rest())
    assert all(len(piece) <= 65_536 for piece in pieces)
    return b"".join(pieces), inflate.complete


bodies = st.one_of(
    st.binary(max_size=2_000),
    st.builds(lambda unit, n: unit * n, st.binary(min_size=1, max_size=3), st.integers(0, 90_000)),
)


@given(bodies, st.sampled_from(["gzip", "zlib", "raw"]), st.integers(1, 40_000))
def test_round_trip_in_any_cut(body: bytes, form: str, step: int) -> None:
    if form == "gzip":
        packed = gzip.compress(body)
    else:
        engine = zlib.compressobj(wbits=-15 if form == "raw" else 15)
        packed = engine.compress(body) + engine.flush()
    whole = step if form != "raw" else len(packed)  # raw deflate is told by its first piece
    assert unpack("gzip" if form == "gzip" else "deflate", packed, max(whole, 2)) == (body, True)


def test_members_and_padding() -> None:
    packed = gzip.compress(b"one") + gzip.compress(b"") + gzip.compress(b"two") + bytes(500)
    assert unpack("gzip", packed, 7) == (b"onetwo", True)
    assert unpack("gzip", b"", 1) == (b"", True)


def test_broken_off_and_broken() -> None:
    assert unpack("gzip", gzip.compress(b"text" * 1_000)[:-9], 100)[1] is False
    with pytest.raises(zlib.error):
        unpack("gzip", b"plain text", 10)


@given(st.binary(max_size=300))
def test_any_bytes_unpack_or_raise_one_error(data: bytes) -> None:
    for encoding in ("gzip", "deflate"):
        try:
            unpack(encoding, data, 16)
        except zlib.error:
            continue
