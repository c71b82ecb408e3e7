"""The only place that chooses implementations: builds the bot from Settings, starts and stops it.

`build` gives an App whose services are wired; nothing runs until a command runs a round or `serve` starts the
scheduler. What it opened is closed in reverse order (AsyncExitStack). A part is loaded when it is first asked for: a
command that reads one article should not wait until the web server, the scheduler and the HTTP client are imported.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.bootstrap.app import DRAIN, WINDOW, App, MessengerTable, build, discord_chat, open_fetcher
    from bot.bootstrap.reading import worker_options
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

_UPKEEP = ("backup_store", "health", "restore_store", "store_holder", "vitals")
_ELSEWHERE = {"story_writer": "writer", "worker_options": "reading", **dict.fromkeys(_UPKEEP, "upkeep")}
"""The modules of what does not stand in `app`."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ELSEWHERE.get(name, 'app')}"), name)
