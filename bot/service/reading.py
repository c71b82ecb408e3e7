"""One article on its own: bytes in, Article with Understanding, signature and key points out.

Pure and CPU-bound: runs in a worker process (`bot.service.workers`), never on the event loop.
"""

from dataclasses import dataclass, replace

from bot.extraction.page import extract
from bot.grouping.similarity import signature
from bot.ports import Budget, PageInput, Reading, Unreadable
from bot.summarizing.extractive import summarize_article
from bot.understanding import understand


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """A page, and how much its summary may say."""

    page: PageInput
    budget: Budget = Budget()


def read(request: ReadRequest) -> Reading | Unreadable:
    """All stages that look at one article alone, in order; each stage's Decisions are kept."""
    extracted = extract(request.page)
    if isinstance(extracted, Unreadable):
        return extracted
    understood = understand(extracted.article)
    summary, said = summarize_article(understood.article, understood.understanding, request.budget)
    return Reading(
        article=understood.article,
        understanding=understood.understanding,
        signature=signature(understood.article, understood.understanding),
        summary=summary,
        decisions=(*extracted.decisions, *understood.decisions, *said),
    )


def without_text(reading: Reading) -> Reading:
    """The reading as the grouping window keeps it: no text, no points."""
    return replace(reading, article=replace(reading.article, text="", furniture=()), decisions=())
