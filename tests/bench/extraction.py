"""How fast a page becomes an article, beside trafilatura alone in the same run: python tests/bench/extraction.py DIR.

Pages come from `extraction_dev.jsonl.gz` in DIR. CPU seconds of one process, after one page to load what is lazy.
trafilatura alone gives text; ours also takes out title, byline, outlet, agency, dateline and date, drops furniture,
and says why. Prints figures and judges nothing: machines differ, so look at the ratio.
"""

import gzip
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import trafilatura

from bot.extraction.page import extract
from bot.ports import PageInput

PAGES = 90
NOW = datetime(2027, 1, 1, tzinfo=UTC)


def pages(folder: Path) -> list[PageInput]:
    with gzip.open(folder / "extraction_dev.jsonl.gz", "rt", encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines][::2][:PAGES]
    return [PageInput(id=row["id"], html=row["html"].encode(), url=row["url"], arrived=NOW) for row in rows]


def rate(method: Callable[[PageInput], object], some: list[PageInput]) -> float:
    """Pages for each CPU second."""
    method(some[0])
    start = time.process_time()
    for page in some:
        method(page)
    return len(some) / (time.process_time() - start)


def main() -> None:
    some = pages(Path(sys.argv[1]))
    ours, theirs = rate(extract, some), rate(lambda page: trafilatura.extract(page.html), some)
    print(f"attache: {ours:.1f} pages per CPU second")
    print(f"trafilatura alone: {theirs:.1f} pages per CPU second; attache is {ours / theirs:.2f} times as fast")


if __name__ == "__main__":
    main()
