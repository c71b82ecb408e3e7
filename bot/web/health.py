"""`/health` for container probes and `/metrics` for Prometheus, on the configured port.

No secrets, no names of servers or users, no article text. `/health` answers 200 while the bot does its work, 503 with
the reason when it does not.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """How the bot stands. `problem` None: it does its work. `slots`: slots of digests since the start, by outcome.
    `model_…`: the language model's day, all 0 without one; that it is left alone is no problem of the bot's.
    """

    connected: bool
    sources: int
    sources_failing: int
    outbox_waiting: int
    seconds_since_poll: float | None
    workers_killed: int
    sending_stopped: bool = False
    digests_failing: int = 0
    slots: Mapping[str, int] = field(default_factory=dict)
    model_tokens: int = 0
    model_cost: float = 0.0
    model_paused: bool = False
    problem: str | None = None


Probe = Callable[[], Awaitable[Vitals]]


@asynccontextmanager
async def serve(probe: Probe, host: str, port: int) -> AsyncIterator[int]:
    """Serve until the context closes; gives the port (the one chosen, for port 0)."""

    async def health(_request: web.Request) -> web.Response:
        vitals = await probe()
        return web.json_response(asdict(vitals), status=503 if vitals.problem else 200)

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=exposition(await probe()), headers={"Content-Type": "text/plain; version=0.0.4"})

    application = web.Application()
    application.add_routes([web.get("/health", health), web.get("/metrics", metrics)])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def exposition(vitals: Vitals) -> bytes:
    """The vitals in Prometheus' text format 0.0.4."""
    registry = CollectorRegistry()
    values = {
        "connected": ("1 while the gateway connection is up", float(vitals.connected)),
        "sources": ("Sources in the store", float(vitals.sources)),
        "sources_failing": ("Sources whose last poll failed", float(vitals.sources_failing)),
        "outbox_waiting": ("Messages recorded and not yet sent", float(vitals.outbox_waiting)),
        "seconds_since_poll": ("Since the last poll of any source", vitals.seconds_since_poll or 0.0),
        "digests_failing": ("Digests whose last try failed", float(vitals.digests_failing)),
        "slots_missed_total": (
            "Slots of digests at which nothing could be told, since the start",
            float(vitals.slots.get("merged", 0)),
        ),
        "slots_sent_total": ("Slots of digests that were told, since the start", float(vitals.slots.get("sent", 0))),
        "model_tokens_today": ("Tokens that the language model used this UTC day", float(vitals.model_tokens)),
        "model_cost_today": ("What they cost, in the currency of summarizer.price_input", vitals.model_cost),
        "model_paused": ("1 while the language model is left alone after failures", float(vitals.model_paused)),
        "workers_killed_total": ("Worker processes killed at an item's deadline", float(vitals.workers_killed)),
        "sending_stopped": ("1 while the store cannot be written: nothing is sent", float(vitals.sending_stopped)),
    }
    for name, (text, value) in values.items():
        Gauge(f"attache_{name}", text, registry=registry).set(value)
    return generate_latest(registry)
