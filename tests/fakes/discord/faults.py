"""Faults on order: what the next matching requests meet instead of, or after, being done."""

import asyncio
from dataclasses import dataclass, field


@dataclass
class Fault:
    """`operation` is an operationId of the description ("create_message"), or "*".

    `status` answers that error (429 with `retry_after`; without `via` it looks like Cloudflare's ban). `reset` closes
    the connection instead of answering. `effect` first does what was asked, so that only the answer is lost. `delay`
    waits before all that. `target` limits it to paths that hold that id.
    """

    operation: str
    times: int = 1
    status: int | None = None
    code: int = 0
    message: str = ""
    retry_after: float | None = None
    everywhere: bool = False
    via: bool = True
    reset: bool = False
    effect: bool = False
    delay: float = 0.0
    target: str | None = None
    met: int = field(default=0, init=False)
    hit: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def takes(self, operation: str, path: str) -> bool:
        """Whether this request meets the fault; counts it when so."""
        fits = self.operation in ("*", operation) and (self.target is None or self.target in path.split("/"))
        if fits and self.met < self.times:
            self.met += 1
            self.hit.set()
            return True
        return False


@dataclass
class Bucket:
    """A rate limit: `limit` requests in `per` seconds for one operation and its major id."""

    limit: int = 1000
    per: float = 1.0
    used: int = 0
    resets: float = 0.0

    def take(self, now: float) -> bool:
        """Count a request; False when the bucket is empty."""
        if now >= self.resets:
            self.used, self.resets = 0, now + self.per
        if self.used >= self.limit:
            return False
        self.used += 1
        return True
