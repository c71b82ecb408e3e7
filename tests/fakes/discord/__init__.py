"""A Discord to test against: REST and gateway over real sockets, strict about every body it is sent.

`async with FakeDiscord() as fake:` listens on a loopback port; a bot, in this process or another, uses
`fake.api_url` and `fake.gateway_url`. What it does not imitate: voice, files, permissions by role, sharding.
"""

from tests.fakes.discord.faults import Fault
from tests.fakes.discord.interactions import Interaction, buttons_of, text_of
from tests.fakes.discord.rules import EPHEMERAL, components_in
from tests.fakes.discord.server import FakeDiscord, Recorded
from tests.fakes.discord.world import Channel, Guild, User

__all__ = [
    "EPHEMERAL",
    "Channel",
    "FakeDiscord",
    "Fault",
    "Guild",
    "Interaction",
    "Recorded",
    "User",
    "buttons_of",
    "components_in",
    "text_of",
]
