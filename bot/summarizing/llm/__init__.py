"""Key points by a language model behind any OpenAI-style endpoint, gated; the extractive ones stand in for them."""

from bot.summarizing.budget import Prices
from bot.summarizing.llm.endpoint import EndpointOptions, require_sdk
from bot.summarizing.llm.writer import Desk, LlmSummarizer, Options

__all__ = ["Desk", "EndpointOptions", "LlmSummarizer", "Options", "Prices", "require_sdk"]
