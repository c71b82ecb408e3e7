"""A worker process that misbehaves on demand: a page that says LOOP loops for ever, one that says DIE dies, one
that says BABBLE is answered with no value of ours, one that says TABLES with an error that tells whether the tables of
the gate are loaded.

One that says HANG-AT(path) makes that file, so that a test knows, and waits to be killed.
"""

import os
import re
import time
from pathlib import Path

from bot.service import worker
from bot.service.tasks import answer, pack_error
from bot.summarizing.families import families
from bot.summarizing.thesaurus import thesaurus


def respond(frame: bytes) -> bytes:
    """The real answer, but for pages with one of the marks."""
    if hanging := re.search(rb"HANG-AT\(([^)]+)\)", frame):
        Path(os.fsdecode(hanging[1])).touch()
        time.sleep(3600)
    if b"LOOP-FOR-EVER" in frame:
        while True:
            pass
    if b"DIE-AT-ONCE" in frame:
        os._exit(9)
    if b"FILL-MEMORY" in frame:
        return bytes(bytearray(8 * 1024**3))
    if b"BABBLE" in frame:
        return b"no envelope"
    if b"TABLES" in frame:
        return pack_error(f"loaded: {thesaurus.cache_info().currsize + families.cache_info().currsize}")
    return answer(frame)


if __name__ == "__main__":
    worker.main(respond)
