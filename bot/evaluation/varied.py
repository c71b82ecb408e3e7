"""Figures on sentences written one by one, in the styles of many outlets (tests/golden/understanding/*_varied.jsonl).

Unlike the sets of `bot.evaluation.sentences`, no frame is repeated and whoever wrote them had not read the code. A row
passes when everything asked for is right; `split` is "dev" (may be tuned on) or "held" (printed, never tuned on). A
third of the rows, drawn by the hash of their ids, is held. See the folder's README_varied.md for what counts as right.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.evaluation.readings import Row, rows_of
from bot.model import Article, Dateline, DateMention, Quote, Understanding
from bot.understanding.article import understand
from bot.understanding.provenance import outlet_kind

Judge = Callable[[Row, Article, Understanding], Mapping[str, bool]]
"""Figure -> whether the row passes it."""

_WRITTEN = "2025-05-20"
"""The day on which a row was written that names none; nothing in such a row hangs on it."""

_FUZZY = timedelta(days=5)
"""How far the ends of "mid-June" and its like may lie from ours: no dictionary settles where the middle begins."""

_EDGES = " ,.，。"
"""Marks that some styles put inside the quotation marks and some outside: either is verbatim."""


def figures(path: Path, judge: Judge) -> dict[str, dict[str, float]]:
    """Split -> figure -> share of its rows that pass."""
    passed: defaultdict[str, defaultdict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for row in rows_of(path):
        article = article_of(row)
        for name, right in judge(row, article, understand(article).understanding).items():
            passed[str(row["split"])][name].append(right)
    return {split: {name: sum(hits) / len(hits) for name, hits in found.items()} for split, found in passed.items()}


def article_of(row: Row) -> Article:
    """The row as an article without a title, published at noon UTC of its day unless it names the hour."""
    written = datetime.fromisoformat(str(row.get("written") or _WRITTEN)).replace(hour=12, tzinfo=UTC)
    when = datetime.fromisoformat(str(row["published"])) if row.get("published") else written
    place = row.get("dateline")
    return Article(
        id=str(row["id"]), title="", text=str(row["text"]), published=when, arrived=when,
        language=str(row.get("language") or "en"), dateline=Dateline(place=str(place)) if place else None,
    )  # fmt: skip


def outlets(path: Path) -> dict[str, dict[str, float]]:
    """The same for provenance: the kind of an outlet by its name and address, null where nothing tells it."""
    passed: defaultdict[str, list[bool]] = defaultdict(list)
    for row in rows_of(path):
        name, url = (str(value) if (value := row.get(key)) else None for key in ("name", "url"))
        passed[str(row["split"])].append(outlet_kind(name, url) == row["kind"])
    return {split: {"kind": sum(hits) / len(hits)} for split, hits in passed.items()}


def tense(row: Row, _: Article, got: Understanding) -> Mapping[str, bool]:
    """The tense of the main event; false when no event is found."""
    return {"tense": bool(got.events) and got.events[0].tense == row["tense"]}


def negation(row: Row, _: Article, got: Understanding) -> Mapping[str, bool]:
    """Whether the main event is negated; false when no event is found."""
    return {"negation": bool(got.events) and got.events[0].negated == row["negated"]}


def tense_and_negation(row: Row, article: Article, got: Understanding) -> Mapping[str, bool]:
    """Both of one row; where a reader could not tell the tense it is null, and not asked for."""
    asked = tense(row, article, got) if row["tense"] else {}
    return {**asked, **negation(row, article, got)}


def modes(row: Row, _: Article, got: Understanding) -> Mapping[str, bool]:
    """The mode of the main event, whatever its type, and type and mode together."""
    main = got.events[0] if got.events else None
    mode = main is not None and main.mode == row["mode"]
    return {"mode": mode, "type and mode": mode and main is not None and main.type == row["event"]}


def dates(row: Row, _: Article, got: Understanding) -> Mapping[str, bool]:
    """As many phrases as the row has, each meeting the wanted one in the text and resolved to its days."""
    wanted = _objects(row, "dates")
    right = len(got.dates) == len(wanted) and all(map(_same_days, got.dates, wanted))
    return {"phrases and days": right}


def _same_days(found: DateMention, wanted: Mapping[str, object]) -> bool:
    """Whether the spans overlap (with or without "on") and the days are the wanted ones or an equal reading of them."""
    if found.span.start >= int(str(wanted["end"])) or found.span.end <= int(str(wanted["start"])):
        return False
    others = wanted.get("or")
    readings = [(wanted["from"], wanted["to"]), *(others if isinstance(others, list) else [])]
    slack = _FUZZY if wanted.get("fuzzy") else timedelta(0)
    return any(
        abs(found.first - date.fromisoformat(str(first))) <= slack
        and abs(found.last - date.fromisoformat(str(last))) <= slack
        for first, last in readings
    )


def quotes(row: Row, article: Article, got: Understanding) -> Mapping[str, bool]:
    """As many quotations as the row has, verbatim at their offsets; and the same with their speakers."""
    wanted = _objects(row, "quotes")
    words = len(got.quotes) == len(wanted) and all(
        article.text[found.span.start : found.span.end].strip(_EDGES) == str(one["text"]).strip(_EDGES)
        for found, one in zip(got.quotes, wanted, strict=True)
    )
    return {"words": words, "words and speakers": words and all(map(_same_speaker, got.quotes, wanted))}


def _same_speaker(found: Quote, wanted: Mapping[str, object]) -> bool:
    """Whether the speaker is a part of the wanted words, or has the wanted name in it ("Minister Ana Berg")."""
    if found.speaker is None:
        return bool(wanted["may_be_unnamed"])
    names = _objects(wanted, "speakers")
    said = found.speaker.casefold()
    return not names or any(
        said in str(one["full"]).casefold() or str(one["name"]).casefold() in said for one in names
    )  # fmt: skip


def _objects(row: Row, key: str) -> list[Mapping[str, object]]:
    values = row.get(key)
    return values if isinstance(values, list) else []
