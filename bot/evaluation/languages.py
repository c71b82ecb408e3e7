"""Key points in other languages: must-facts that they state, beside Lead with as many sentences.

Rows of our own (tests/golden/summaries/languages.jsonl), ten articles a language; those marked `held` were written last
and not tuned on.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.evaluation.readings import Row, rows_of
from bot.model import Article, Understanding
from bot.ports import Budget
from bot.summarizing.extractive import summarize_article
from bot.text.sentences import sentences

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_NOTHING = Understanding(diplomatic=True, relevance=1.0)
POINTS = 3
"""As a digest tells a story."""


def covered(row: Row, said: str) -> tuple[int, int]:
    """How many of the row's must-facts stand in `said`, of how many; "a|b" is either."""
    must = row["must"]
    facts: Sequence[object] = must if isinstance(must, list) else ()
    low = said.casefold()
    return sum(any(one.casefold() in low for one in str(fact).split("|")) for fact in facts), len(facts)


def told(row: Row) -> tuple[str, ...]:
    """The points of the row's article."""
    text, language = str(row["text"]), str(row["language"])
    article = Article(id=str(row["id"]), title="", arrived=_EPOCH, language=language, text=text)
    summary, _ = summarize_article(article, _NOTHING, Budget(points=POINTS))
    return tuple(point.text for point in summary.points)


def lead(row: Row) -> str:
    """As many of the article's first sentences."""
    text = str(row["text"])
    return "\n".join(text[one.start : one.end] for one in sentences(text, str(row["language"]))[:POINTS])


def figures(path: Path) -> Mapping[str, float]:
    """Must-facts covered by language, over all and over the held rows, and by Lead; shares from 0 to 1."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows_of(path):
        hits = {"points": covered(row, "\n".join(told(row))), "Lead": covered(row, lead(row))}
        for who, (hit, of) in hits.items():
            for name in (f"{row['language']}, {who}", f"all, {who}", *([f"held out, {who}"] if row["held"] else [])):
                counts[name][0] += hit
                counts[name][1] += of
    return {name: hit / max(1, of) for name, (hit, of) in counts.items()}
