"""How well `bot.extraction` finds article texts: `python -m bot.evaluation.extraction DATA_DIR [--worst N] [--plain]`.

The body is compared by 4-word shingles, as the scrapinghub article-extraction benchmark does: precision and recall
are averaged over pages, F1 is taken of the averages. Titles are compared by their letters, dates by the day.
"""

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.extraction import Extracted, extract
from bot.ports import PageInput
from bot.text import clean

SHINGLE = 4
ARRIVED = datetime(2030, 1, 1, tzinfo=UTC)
"""After every page of the sets, so that no date lies ahead."""

_SPACE = re.compile(r"\s+")
_BLOCKS = frozenset(
    ["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "br", "tr", "figcaption", "section", "header", "ul", "article"]
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one set. `title`, `date`: share of pages with a gold value on which ours agrees; None without gold."""

    name: str
    pages: int
    precision: float
    recall: float
    title: float | None
    date: float | None
    pages_per_second: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        rest = "".join(f" {n} {v:.3f}" for n, v in (("title", self.title), ("date", self.date)) if v is not None)
        return (
            f"{self.name}: {self.pages} pages, F1 {self.f1:.4f} (P {self.precision:.4f}, R {self.recall:.4f}){rest}, "
            f"{self.pages_per_second:.1f} pages a CPU-second"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One page: what was found against what there is."""

    row: dict[str, str | None]
    found: Extracted | None
    precision: float
    recall: float


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The multiset of SHINGLE words in a row; a shorter text counts as one."""
    words = _WORD.findall(clean(text).lower())
    return (
        Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))) if words else Counter()
    )


def compare(gold: str, found: str) -> tuple[float, float]:
    """Precision and recall of `found` in 4-word shingles."""
    want, got = shingles(gold), shingles(found)
    common = (want & got).total()
    return (common / got.total() if got else float(not want)), (common / want.total() if want else 1.0)


def load(path: Path) -> list[dict[str, str | None]]:
    """The rows of a .jsonl or .jsonl.gz file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def run(rows: Iterable[dict[str, str | None]], *, plain: bool = False) -> list[Result]:
    """Extract every row's page; `plain`: from the text that a browser would copy."""
    results = []
    for row in rows:
        html, url = row["html"] or "", row["url"]
        if plain:
            page = PageInput(id=str(row["id"]), text=as_copied(html), arrived=ARRIVED)
        else:
            page = PageInput(id=str(row["id"]), html=html.encode(), charset="utf-8", url=url, arrived=ARRIVED)
        answer = extract(page)
        found = answer if isinstance(answer, Extracted) else None
        precision, recall = compare(row["body"] or "", found.article.text if found else "")
        results.append(Result(row=row, found=found, precision=precision, recall=recall))
    return results


def as_copied(html: str) -> str:
    """The page's text, a line for each block, as "select all, copy" gives it."""
    from lxml.html import HTMLParser, document_fromstring

    tree = document_fromstring(html.encode(), parser=HTMLParser(encoding="utf-8", remove_comments=True))
    for element in list(tree.iter("script", "style", "noscript", "template", "head", "svg")):
        element.drop_tree()
    for element in tree.iter():
        element.text = _SPACE.sub(" ", element.text or "")
        element.tail = _SPACE.sub(" ", element.tail or "")
        if element.tag in _BLOCKS:
            element.text, element.tail = f"\n{element.text}", f"\n{element.tail}"
    return re.sub(r" ?\n\s*", "\n", tree.text_content())


def figures(name: str, results: Sequence[Result], seconds: float) -> Figures:
    """The set's figures from its results."""
    count = max(1, len(results))
    return Figures(
        name=name,
        pages=len(results),
        precision=sum(r.precision for r in results) / count,
        recall=sum(r.recall for r in results) / count,
        title=_share([_same_title(r) for r in results if r.row.get("title")]),
        date=_share([_same_day(r) for r in results if r.row.get("date")]),
        pages_per_second=len(results) / max(seconds, 1e-9),
    )


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None


def _same_title(result: Result) -> bool:
    if result.found is None:
        return False
    return _WORD.findall(result.found.article.title.lower()) == _WORD.findall(clean(result.row["title"] or "").lower())


def _same_day(result: Result) -> bool:
    published = result.found.article.published if result.found else None
    return published is not None and published.date().isoformat() == (result.row["date"] or "")[:10]


def measure(path: Path, *, plain: bool = False) -> list[tuple[Figures, list[Result]]]:
    """Every set of an extraction file, measured."""
    rows = load(path)
    measured = []
    for name in sorted({str(row["set"]) for row in rows}):
        started = time.process_time()
        results = run([row for row in rows if row["set"] == name], plain=plain)
        measured.append((figures(name, results, time.process_time() - started), results))
    return measured


def _worst(results: Sequence[Result], count: int) -> Iterable[str]:
    for result in sorted(results, key=lambda r: r.precision + r.recall)[:count]:
        title = result.found.article.title if result.found else "(unreadable)"
        yield f"  P {result.precision:.3f} R {result.recall:.3f} {result.row['id']} {title[:80]}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of DATA_DIR's extraction set; 1 when there is none."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("data", type=Path)
    ask.add_argument("--worst", type=int, default=0, help="pages with the lowest figures to list")
    ask.add_argument("--plain", action="store_true", help="from copied text instead of HTML")
    asked = ask.parse_args(arguments)
    path = asked.data / "extraction_dev.jsonl.gz"
    if not path.exists():
        sys.stderr.write(f"not measured: {path} is absent\n")
        return 1
    for figure, results in measure(path, plain=asked.plain):
        sys.stdout.write(f"{figure}\n")
        sys.stdout.writelines(f"{line}\n" for line in _worst(results, asked.worst))
    return 0


if __name__ == "__main__":
    sys.exit(main())
