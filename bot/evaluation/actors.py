"""Print what the bot understands of labelled rows, as `attache read --jsonl` would, for `score.py`.

    python -m bot.evaluation.actors ROWS.jsonl > PREDICTIONS.jsonl

A row has `id`, `text` and perhaps `title`, `lead`, `lang`. Headlines: title and lead as title and text; a bare headline
is a title.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.model import Article
from bot.understanding.article import understand

_ARRIVED = datetime(2025, 1, 1, tzinfo=UTC)


def article_of(row: Mapping[str, str]) -> Article:
    """The article that a labelled row stands for."""
    title = row["title"] if "title" in row else row["text"]
    text = row.get("lead") or (row.get("text", "") if "title" in row else "")
    return Article(id=str(row["id"]), title=title, text=text, language=row.get("lang", ""), arrived=_ARRIVED)


def predictions(path: Path) -> Iterator[dict[str, object]]:
    """One JSON object a row, cut down to what the scores read."""
    with path.open(encoding="utf8") as lines:
        for line in lines:
            row = json.loads(line)
            got = understand(article_of(row)).understanding
            yield {
                "id": row["id"],
                "understanding": {
                    "diplomatic": got.diplomatic,
                    "relevance": got.relevance,
                    "actors": [{"code": actor.code} for actor in got.actors],
                    "events": [{"type": event.type} for event in got.events],
                },
            }


if __name__ == "__main__":
    for prediction in predictions(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(prediction, ensure_ascii=False) + "\n")
