"""How pages are read, for commands that need no more of the bot."""

from bot.config import Settings
from bot.service import workers


def worker_options(settings: Settings) -> workers.Options:
    """The pool of worker processes."""
    worker = settings.worker
    return workers.Options(
        processes=worker.processes,
        deadline=worker.deadline.total_seconds(),
        memory=worker.memory,
        gate=settings.summarizer.backend == "openai",
    )
