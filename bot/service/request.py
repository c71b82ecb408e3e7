"""What is asked of a reader (`reading`), and what is kept of its answer."""

from dataclasses import dataclass, replace

from bot.ports import Budget, PageInput, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """A page, and how much its summary may say."""

    page: PageInput
    budget: Budget = Budget()


def without_text(reading: Reading) -> Reading:
    """The reading as the grouping window keeps it: no text, no points."""
    return replace(reading, article=replace(reading.article, text="", furniture=()), decisions=())
