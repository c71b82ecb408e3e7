"""Sentences, words and characters: pure, offsets in Unicode code points."""

from bot.text.clean import clean, one_line, visible
from bot.text.sentences import first_sentences, paragraphs, sentences
from bot.text.tokens import count_cjk, is_cjk, word_spans, words

__all__ = [
    "clean",
    "count_cjk",
    "first_sentences",
    "is_cjk",
    "one_line",
    "paragraphs",
    "sentences",
    "visible",
    "word_spans",
    "words",
]
