"""Key points and translations by a language model behind any OpenAI-style endpoint, gated."""

from bot.summarizing.budget import Prices
from bot.summarizing.llm.endpoint import EndpointOptions, require_sdk
from bot.summarizing.llm.model import Model, Options
from bot.summarizing.llm.translator import LlmTranslator, TranslationDesk
from bot.summarizing.llm.writer import Desk, LlmSummarizer

__all__ = [
    "Desk",
    "EndpointOptions",
    "LlmSummarizer",
    "LlmTranslator",
    "Model",
    "Options",
    "Prices",
    "TranslationDesk",
    "require_sdk",
]
