"""A page or a text to an Article: pure, no I/O. `extract` is the stage's one function."""

from bot.extraction.page import Extracted, extract

__all__ = ["Extracted", "extract"]
