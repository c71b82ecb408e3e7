"""Every error that Attaché raises on purpose.

    AttacheError                 what a person may read as it stands: one sentence that says what to do
    ├── ConfigError              the configuration cannot be used; carries every problem found
    ├── StoreError               the store cannot be used
    │   ├── StoreInUse           another process holds it
    │   ├── StoreForeign         the file is not ours, or of a newer version
    │   └── StoreUnavailable     disk full, locked, read-only: may work later (retryable)
    ├── InputError               what a user gave cannot be used (an address, a file, an option)
    ├── WorkerError              the worker process could not do an item
    │   ├── WorkerTimeout        it took too long and was killed
    │   ├── WorkerCrashed        it died (memory, signal) or failed on the item
    │   └── WorkerAbsent         none could be started: no fault of the item's (retryable)
    └── ChatError                the chat network refused us
        └── LoginRefused         the token is wrong

What is expected to go wrong in ordinary work (a feed that answers 404, a closed direct message) is a value, not one
of these: see `FetchFailed` and `SendOutcome`. The class says what failed, attributes say where, the cause says why,
`retryable` says whether trying again later can help.
"""

from collections.abc import Sequence


class AttacheError(Exception):
    """Base of all. `str(error)` is a sentence for the person who runs or uses the bot."""

    retryable = False


class ConfigError(AttacheError):
    """The configuration cannot be used. `problems` holds one sentence for each mistake, each naming its key."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = "The configuration has a mistake:" if count == 1 else f"The configuration has {count} mistakes:"
        super().__init__("\n".join([head, *(f"  - {problem}" for problem in self.problems)]))


class StoreError(AttacheError):
    """The store cannot be used. `url` names it."""

    def __init__(self, message: str, *, url: str = "") -> None:
        self.url = url
        super().__init__(message)


class StoreInUse(StoreError):
    """Another process holds the store; `holder` says which."""

    retryable = True

    def __init__(self, message: str, *, url: str = "", holder: str = "") -> None:
        self.holder = holder
        super().__init__(message, url=url)


class StoreForeign(StoreError):
    """The file is not an Attaché store, or a newer version wrote it. It is left untouched."""


class StoreUnavailable(StoreError):
    """The disk is full, the file read-only or locked: nothing was lost, trying later may work."""

    retryable = True


class InputError(AttacheError):
    """What a user gave cannot be used."""


class WorkerError(AttacheError):
    """The worker process could not do an item. `item` is its id."""

    def __init__(self, message: str, *, item: str = "") -> None:
        self.item = item
        super().__init__(message)


class WorkerTimeout(WorkerError):
    """The item took longer than its deadline; the worker was killed."""


class WorkerCrashed(WorkerError):
    """The worker died or failed on the item."""


class WorkerAbsent(WorkerError):
    """No worker process could be started, for want of memory, say: the item was not looked at."""

    retryable = True


class ChatError(AttacheError):
    """The chat network refused us."""


class LoginRefused(ChatError):
    """The token is wrong."""
