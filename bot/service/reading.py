"""One article on its own: bytes in, Article with Understanding, signature and key points out.

Pure and CPU-bound: runs in a worker process (`bot.service.workers`), never on the event loop.
What stands on both sides of the pipe is in `request`: the side that asks need not compile the stages' patterns.
"""

from bot.extraction.page import extract
from bot.grouping.similarity import signature
from bot.ports import Reading, Unreadable
from bot.service.request import ReadRequest
from bot.summarizing.extractive import summarize_article
from bot.understanding.article import understand


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
