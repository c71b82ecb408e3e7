"""Where requests go."""

from collections.abc import Iterator

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat.discord import endpoints


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    yield
    endpoints.use(None, None)


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("http://proxy:8080", "http://proxy:8080/api/v10"),
        ("http://proxy:8080/", "http://proxy:8080/api/v10"),
        ("http://proxy/api", "http://proxy/api/v10"),
        ("http://proxy/api/v10/", "http://proxy/api/v10"),
        ("http://proxy/discord/api/v10", "http://proxy/discord/api/v10"),
    ],
)
def test_an_api_address_is_completed(given: str, base: str) -> None:
    endpoints.use(given, None)
    assert Route("GET", "/users/@me").url == f"{base}/users/@me"


def test_nothing_given_means_discord_itself() -> None:
    endpoints.use("http://proxy", "ws://proxy")
    assert str(DiscordWebSocket.DEFAULT_GATEWAY).startswith("ws://proxy")
    endpoints.use(None, None)
    assert Route.BASE == "https://discord.com/api/v10"
    assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "wss://gateway.discord.gg/"
