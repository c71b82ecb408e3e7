"""Where Discord is: the only place that changes discord.py's own addresses.

discord.py 2.7.1 has no option for this. REST requests, follow-ups included, are built from the class variable
`discord.http.Route.BASE`; a first connection to the gateway goes to `DiscordWebSocket.DEFAULT_GATEWAY`, and a resumed
one to the `resume_gateway_url` of READY, which `pin_gateway` overrides so that a proxy is not left behind. Both are
shared by all clients of a process; one process runs one bot.
"""

from typing import Final
from urllib.parse import urlsplit

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route

DISCORD_API: Final = Route.BASE
DISCORD_GATEWAY: Final = DiscordWebSocket.DEFAULT_GATEWAY
_Address = type(DISCORD_GATEWAY)  # yarl's URL, which is no dependency of ours


def use(api_url: str | None, gateway_url: str | None) -> None:
    """Send everything to these addresses; None means Discord's own."""
    Route.BASE = _api_base(api_url) if api_url else DISCORD_API
    DiscordWebSocket.DEFAULT_GATEWAY = _Address(gateway_url) if gateway_url else DISCORD_GATEWAY


def pin_gateway(client: discord.Client, gateway_url: str | None) -> None:
    """Make a later RESUME go to `gateway_url` too. To be called once READY has come."""
    if gateway_url and client.ws is not None:
        client.ws.gateway = _Address(gateway_url)


def webhook_url(webhook_id: int, token: str) -> str:
    """Where a webhook takes messages. It holds the token: not for logs."""
    return Route("POST", "/webhooks/{webhook_id}/{webhook_token}", webhook_id=webhook_id, webhook_token=token).url


def _api_base(url: str) -> str:
    """An address without a path, or one that ends in /api, means version 10 beneath it."""
    base = url.rstrip("/")
    path = urlsplit(base).path
    if not path:
        return f"{base}/api/v10"
    return f"{base}/v10" if path.endswith("/api") else base
