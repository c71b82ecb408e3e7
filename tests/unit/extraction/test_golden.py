"""Pages and pasted texts of our own, and what must be read from them. `python -m tests.unit.extraction.test_golden`
rewrites the expectations: read the difference before you commit it.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.extraction import Extracted, extract
from bot.ports import PageInput

FOLDER = Path(__file__).parent.parent.parent / "golden" / "extraction"
PAGES = sorted([*FOLDER.glob("*.html"), *FOLDER.glob("*.txt")])
ARRIVED = datetime(2026, 12, 1, tzinfo=UTC)


def read(path: Path) -> dict[str, object]:
    """What the stage makes of a file, as plain values."""
    if path.suffix == ".html":
        page = PageInput(id=path.stem, html=path.read_bytes(), arrived=ARRIVED)
    else:
        page = PageInput(id=path.stem, text=path.read_text(encoding="utf-8"), arrived=ARRIVED)
    answer = extract(page)
    if not isinstance(answer, Extracted):
        return {"unreadable": answer.reason}
    article = answer.article
    dateline = article.dateline
    return {
        "title": article.title,
        "byline": article.byline,
        "outlet": article.outlet,
        "agency": article.agency,
        "dateline": dateline and {"place": dateline.place, "date": dateline.date and dateline.date.isoformat()},
        "published": article.published and article.published.isoformat(),
        "language": article.language,
        "text": article.text.split("\n\n"),
        "furniture": list(article.furniture),
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page(path: Path) -> None:
    assert read(path) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def test_there_are_pages() -> None:
    assert len(PAGES) >= 10


def rewrite() -> None:
    for path in PAGES:
        expected = json.dumps(read(path), ensure_ascii=False, indent=1)
        path.with_suffix(".json").write_text(expected + "\n", encoding="utf-8")


if __name__ == "__main__":
    rewrite()
