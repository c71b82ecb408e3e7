"""Decompression a bounded piece at a time: 306 KB of gzip can hold 300 MB. Pure."""

import zlib
from collections.abc import Iterator

ENCODINGS = ("gzip", "x-gzip", "deflate")
_PIECE = 65_536  # bytes given out at once; what is held beyond the caller's own cap
_EITHER = 47  # zlib's window bits for "gzip or zlib, told apart by the header"
_RAW = -15
_MEMBER = b"\x1f\x8b"


class Inflate:
    """gzip, several members too, and deflate with or without the zlib header.

    Feed what arrives, take the pieces, then `rest`; after that `complete` says whether the body was whole. Raises
    zlib.error for what is not compressed data.
    """

    def __init__(self, encoding: str) -> None:
        self._may_be_raw = encoding == "deflate"
        self._started = False
        self._engine = zlib.decompressobj(wbits=_EITHER)

    @property
    def complete(self) -> bool:
        """True when the last stream has ended, or nothing came at all."""
        return self._engine.eof or not self._started

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The decompressed form of `data`, in pieces; a caller that has had enough just stops."""
        while data:
            if self._engine.eof:
                if not data.startswith(_MEMBER):
                    return  # padding after the last member
                self._engine = zlib.decompressobj(wbits=_EITHER)
            yield self._piece(data)
            data = self._engine.unconsumed_tail or self._engine.unused_data

    def rest(self) -> Iterator[bytes]:
        """What zlib still holds back when all input has been fed."""
        while self._started and not self._engine.eof:
            piece = self._engine.decompress(b"", _PIECE)
            if not piece:
                return
            yield piece

    def _piece(self, data: bytes) -> bytes:
        first, self._started = not self._started, True
        try:
            return self._engine.decompress(data, _PIECE)
        except zlib.error:
            if not (first and self._may_be_raw):
                raise
            self._engine = zlib.decompressobj(wbits=_RAW)  # what many servers take "deflate" for
            return self._engine.decompress(data, _PIECE)
