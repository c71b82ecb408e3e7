"""The only place that chooses implementations: builds the bot from Settings, starts and stops it.

`build` gives an App whose services are wired; nothing runs until a command runs a round or `serve` starts the
scheduler. What it opened is closed in reverse order (AsyncExitStack).
"""

from bot.bootstrap.app import DRAIN, WINDOW, App, MessengerTable, build, discord_chat, open_fetcher
from bot.bootstrap.options import worker_options
from bot.bootstrap.upkeep import backup_store, health, restore_store, store_holder, vitals
from bot.bootstrap.writer import story_writer

__all__ = [
    "DRAIN",
    "WINDOW",
    "App",
    "MessengerTable",
    "backup_store",
    "build",
    "discord_chat",
    "health",
    "open_fetcher",
    "restore_store",
    "store_holder",
    "story_writer",
    "vitals",
    "worker_options",
]
