"""A store that lives as long as its process: for tests, for trying things out, and as the plainest reading of the
contracts in `bot.ports`. It passes the same suite as the one on disk.

No method awaits anything that waits, so each is one transaction on its event loop. Values are kept as they are: they
are frozen.
"""

from bot.storage.memory.preferences import MemoryPreferences
from bot.storage.memory.store import MemoryStore

__all__ = ["MemoryPreferences", "MemoryStore"]
