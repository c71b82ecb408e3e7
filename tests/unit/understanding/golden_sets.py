"""Reads the sets of tests/golden/understanding as articles."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.model import Article

GOLDEN = Path(__file__).parent.parent.parent / "golden" / "understanding"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLDEN / f"{name}.jsonl").read_text("utf8").splitlines()]


def article(text: str, language: str = "en", written: str = "2025-05-20", title: str = "") -> Article:
    when = datetime.fromisoformat(f"{written}T02:00:00").replace(tzinfo=UTC)
    return Article(id="a", title=title, text=text, language=language, arrived=when, published=when)


def shares(results: list[tuple[bool, bool]]) -> tuple[float, float]:
    """Shares right: (open rows, held rows), from pairs of held and right."""
    seen = [right for held, right in results if not held]
    held = [right for is_held, right in results if is_held]
    return sum(seen) / len(seen), sum(held) / len(held)
