"""A worker process that starts in 30 ms: it hands every frame to a reader that is loaded already.

The reader belongs to `tests.fakes.nursery`. `WorkerPool` runs this like the real one; the reader's socket is named in
READER. Imports next to nothing on purpose.
"""

import os
import socket
import struct
import sys

HEADER = struct.Struct(">I")
READER = "ATTACHE_TESTS_READER"
"""Names the reader's Unix socket to worker processes, which get no other word from a test."""


def receive(stream: "socket.SocketIO | object") -> bytes | None:
    """One frame of a file-like stream; None at its end."""
    read = stream.read  # type: ignore[union-attr]
    header = read(HEADER.size)
    if not header or len(header) < HEADER.size:
        return None
    body: bytes = read(HEADER.unpack(header)[0])
    return body


def main() -> None:
    out = sys.stdout.buffer
    with socket.socket(socket.AF_UNIX) as reader:
        reader.connect(os.environ[READER])
        answers = reader.makefile("rb")
        out.write(HEADER.pack(0))
        out.flush()
        while (frame := receive(sys.stdin.buffer)) is not None:
            reader.sendall(HEADER.pack(len(frame)) + frame)
            answer = receive(answers)
            if answer is None:
                return
            out.write(HEADER.pack(len(answer)) + answer)
            out.flush()


if __name__ == "__main__":
    main()
