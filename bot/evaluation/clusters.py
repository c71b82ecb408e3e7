"""How well grouping tells one event once: BCubed of stories, precision and recall of copies and corrections."""

import argparse
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.evaluation.metrics import Score, bcubed, overlap
from bot.extraction import Extracted, extract
from bot.grouping.changes import what_changed
from bot.grouping.cluster import Options, Window
from bot.grouping.similarity import signature
from bot.model import Article, Placement
from bot.ports import PageInput
from bot.understanding.article import understand

Row = Mapping[str, object]

_START = datetime(2026, 10, 1, tzinfo=UTC)
"""Rows without a date arrive from here on, a second apart."""


def article_of(row: Row, position: int) -> Article:
    """The article that a data row describes, read as `attache stories` reads it; what the row lacks stays unknown."""
    page = PageInput(
        id=str(row["id"]),
        text=str(row.get("text") or ""),
        title=_text(row, "title"),
        outlet=_text(row, "outlet"),
        language=_text(row, "lang"),
        published=datetime.fromisoformat(when) if (when := _text(row, "published")) else None,
        arrived=_START + timedelta(seconds=position),
    )
    found = extract(page)
    return found.article if isinstance(found, Extracted) else _bare(page)


def _bare(page: PageInput) -> Article:
    """A row too short to be an article is taken as it stands."""
    return Article(
        id=page.id,
        title=page.title or "",
        outlet=page.outlet,
        published=page.published,
        arrived=page.arrived,
        language=page.language or "und",
        text=page.text or "",
    )


def _text(row: Row, key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) and value else None


def run(rows: Iterable[Row], options: Options | None = None) -> dict[str, tuple[str, Placement]]:
    """Feed the rows in their order; for each id its story in the end and how it was placed."""
    window = Window(options)
    placed: dict[str, tuple[str, Placement]] = {}
    for position, row in enumerate(rows):
        known = understand(article_of(row, position))
        article, understanding = known.article, known.understanding
        sketch = signature(article, understanding)
        placement = window.place(article, understanding, sketch)
        story = placement.story or article.id
        window.add(article.id, story, sketch, article, understanding)
        for absorbed in placement.merges:
            window.rename(absorbed, story)
            placed = {key: (story if s == absorbed else s, p) for key, (s, p) in placed.items()}
        placed[article.id] = (story, placement)
    return placed


def stories_score(rows: Sequence[Row], placed: Mapping[str, tuple[str, Placement]]) -> Score:
    """BCubed of the stories; the gold key is `cluster` or `story`."""
    gold = {str(row["id"]): str(row.get("cluster", row.get("story"))) for row in rows}
    return bcubed(gold, {key: story for key, (story, _) in placed.items()})


def relation_score(rows: Sequence[Row], placed: Mapping[str, tuple[str, Placement]], relation: str, key: str) -> Score:
    """Which articles stand in `relation` to which other, against the gold field `key`."""
    gold = {(str(row["id"]), str(row[key])) for row in rows if row.get(key)}
    found = {(item, str(p.of)) for item, (_, p) in placed.items() if p.relation == relation}
    return overlap(set(gold), set(found))


def changes_of(
    rows: Sequence[Row], placed: Mapping[str, tuple[str, Placement]]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """What each update changed, as (was, now)."""
    articles = {str(row["id"]): article_of(row, 0) for row in rows}
    return {
        item: tuple((c.was, c.now) for c in what_changed(articles[p.of], articles[item]))
        for item, (_, p) in placed.items()
        if p.relation == "updates" and p.of is not None
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m bot.evaluation.clusters FILE...`: the figures of each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    for path in parser.parse_args(arguments).files:
        print(path.name, *figures(path), sep="\n  ")  # noqa: T201
    return 0


def figures(path: Path) -> list[str]:
    """The lines that `main` prints for one file."""
    rows: list[Row] = [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]
    if "cluster" in rows[0]:
        random.Random(0).shuffle(rows)  # noqa: S311 - the protocol's shuffle, not a secret
    placed = run(rows)
    lines = [f"stories    {_words(stories_score(rows, placed))}  found {len({s for s, _ in placed.values()})}"]
    if any(row.get("copy_of") for row in rows):
        lines.append(f"copies     {_words(relation_score(rows, placed, 'copy', 'copy_of'))}")
    if any(row.get("correction_of") for row in rows):
        lines.append(f"updates    {_words(relation_score(rows, placed, 'updates', 'correction_of'))}")
    return lines


def _words(score: Score) -> str:
    return f"precision {score.precision:.3f}  recall {score.recall:.3f}  F1 {score.f1:.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
