"""Key points in other languages: must-facts that they state, beside Lead with as many sentences.

Rows of our own in eight languages (tests/golden/summaries): `languages.jsonl`, short reports without a title, all tuned
on; `languages_varied.jsonl`, agency reports, broadcasts, features, interviews, ministries' releases and roundups with
their titles, of which those marked `held` were scored once, after everything was tuned, and read in November 2026. All
are read as `attache read` reads them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.evaluation.readings import Row, rows_of
from bot.ports import Budget, PageInput, Unreadable
from bot.service.reading import read
from bot.service.request import ReadRequest
from bot.text.sentences import sentences

_ARRIVED = datetime(2026, 1, 1, tzinfo=UTC)
POINTS = 3
"""As a digest tells a story."""


def covered(row: Row, said: str) -> tuple[int, int]:
    """How many of the row's must-facts stand in `said`, of how many; "a|b" is either."""
    must = row["must"]
    facts: Sequence[object] = must if isinstance(must, list) else ()
    low = said.casefold()
    return sum(any(one.casefold() in low for one in str(fact).split("|")) for fact in facts), len(facts)


def told(row: Row) -> tuple[str, ...]:
    """The points of the row's article; () when it cannot be read."""
    page = PageInput(
        id=str(row["id"]),
        text=str(row["text"]),
        title=str(row.get("title", "")),
        language=str(row["language"]),
        arrived=_ARRIVED,
    )
    answer = read(ReadRequest(page=page, budget=Budget(points=POINTS)))
    return () if isinstance(answer, Unreadable) else tuple(point.text for point in answer.summary.points)


def lead(row: Row) -> str:
    """As many of the article's first sentences."""
    text = str(row["text"])
    return "\n".join(text[one.start : one.end] for one in sentences(text, str(row["language"]))[:POINTS])


def figures(path: Path) -> Mapping[str, Mapping[str, float]]:
    """By split ("dev", "held"): shares of must-facts in the points and in Lead, and of languages not below it."""
    counts: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for row in rows_of(path):
        points, of = covered(row, "\n".join(told(row)))
        found = counts["held" if row["held"] else "dev"][str(row["language"])]
        for at, count in enumerate((points, covered(row, lead(row))[0], of)):
            found[at] += count
    return {split: _shares(list(by_language.values())) for split, by_language in counts.items()}


def _shares(counts: Sequence[Sequence[int]]) -> Mapping[str, float]:
    points, lead_hits, of = (sum(column) for column in zip(*counts, strict=True))
    return {
        "must-facts": points / max(1, of),
        "must-facts, Lead": lead_hits / max(1, of),
        "languages not below Lead": sum(ours >= lead_own for ours, lead_own, _ in counts) / max(1, len(counts)),
    }
