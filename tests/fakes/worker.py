"""A worker process that misbehaves on demand: a page that says LOOP loops for ever, one that says DIE dies."""

import os

from bot.service import worker
from bot.service.tasks import answer


def respond(frame: bytes) -> bytes:
    """The real answer, but for pages with one of the marks."""
    if b"LOOP-FOR-EVER" in frame:
        while True:
            pass
    if b"DIE-AT-ONCE" in frame:
        os._exit(9)
    if b"FILL-MEMORY" in frame:
        return bytes(bytearray(8 * 1024**3))
    return answer(frame)


if __name__ == "__main__":
    worker.main(respond)
