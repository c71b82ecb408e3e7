"""What was said, word for word."""

import re

from bot.model import Article, Quote, Span

_DIRECT = re.compile(r"[“\"]([^“”\"\n]{12,600})[”\"]")
"""A pair of quotation marks on one line; shorter than 12 characters it is a term, not speech."""


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """Verbatim speech in `article.text`, in order. This thin version names no speaker."""
    return tuple(Quote(span=Span(start=m.start(1), end=m.end(1))) for m in _DIRECT.finditer(article.text))
