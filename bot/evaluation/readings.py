"""Figures on what `attache read` makes of single items: actors, events, relevance, furniture, evidence, key points.

The counting is that of the founders' scorer: every gold row counts, one that cannot be read as empty.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from bot.evaluation.actors import article_of
from bot.evaluation.metrics import Score, average_precision, macro_f1
from bot.model import Understanding
from bot.ports import PageInput, Reading, Unreadable
from bot.service.reading import read
from bot.service.request import ReadRequest
from bot.understanding.article import understand

Row = Mapping[str, object]
_ARRIVED = datetime(2030, 1, 1, tzinfo=UTC)
"""After every row of the sets, so that no date lies ahead."""
_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def rows_of(path: Path) -> list[Row]:
    """The objects of a .jsonl file."""
    return [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]


# --- headlines and sentences ---


@lru_cache(maxsize=4)
def understood(path: Path) -> tuple[tuple[Row, Understanding], ...]:
    """Every row with what the bot understands of it."""
    rows = rows_of(path)
    return tuple((row, understand(article_of(_cells(row))).understanding) for row in rows)


def _cells(row: Row) -> dict[str, str]:
    return {key: str(row[key]) for key in ("id", "title", "lead", "text", "lang") if row.get(key) is not None}


def actor_figures(path: Path) -> dict[str, float]:
    """F1 and recall of actor codes over all mentions; codes on which two labellers differ count neither way."""
    return _codes((_strings(row, "actors"), got, _strings(row, "actors_disputed")) for row, got in understood(path))


def own_actor_figures(path: Path) -> dict[str, float]:
    """The same on tab-separated language, headline, codes."""
    lines = [line.split("\t") for line in path.read_text("utf8").splitlines() if line.strip()]
    pairs = ((set(codes.split()), understand(article_of({"id": "x", "text": title, "lang": language})).understanding)
             for language, title, codes in lines)  # fmt: skip
    return _codes((want, got, set()) for want, got in pairs)


def _codes(rows: Iterable[tuple[set[str], Understanding, set[str]]]) -> dict[str, float]:
    hit = missed = extra = 0
    for want, understanding, free in rows:
        got = {actor.code for actor in understanding.actors}
        hit, missed, extra = hit + len(want & got), missed + len(want - got), extra + len(got - want - free)
    score = Score(precision=hit / max(1, hit + extra), recall=hit / max(1, hit + missed))
    return {"F1": score.f1, "recall": score.recall}


def event_figures(path: Path) -> dict[str, float]:
    """Macro F1 over the gold classes, NONE among them where it is one, and accuracy, of the main event."""
    labelled = [(str(want), got) for row, got in understood(path) if (want := row.get("event") or row.get("root"))]
    merged = _YIELD if any(want == "YIELD" for want, _ in labelled) else {}
    pairs = []
    for want, got in labelled:
        said = got.events[0].type if got.events else "NONE"
        pairs.append((want, merged.get(said, said)))
    return {
        "macro F1": macro_f1(pairs),
        "accuracy": sum(want == said for want, said in pairs) / max(1, len(pairs)),
    }


def relevance_figures(path: Path) -> dict[str, float]:
    """Average precision of the relevance score for level 2, and for 1 and 2 together."""
    rated = [(row["relevance"], got.relevance) for row, got in understood(path) if isinstance(row["relevance"], int)]
    scores = [score for _, score in rated]
    return {
        "AP level 2": average_precision([level == 2 for level, _ in rated], scores),
        "AP level 1 and up": average_precision([level in {1, 2} for level, _ in rated], scores),
    }


# --- whole articles ---


@lru_cache(maxsize=2)
def readings(path: Path) -> dict[str, Reading]:
    """Every row of a stories file as `attache read` reads it; what it cannot read is left out."""
    found: dict[str, Reading] = {}
    for row in rows_of(path):
        answer = read(ReadRequest(page=_page(row)))
        if not isinstance(answer, Unreadable):
            found[str(row["id"])] = answer
    return found


def _page(row: Row) -> PageInput:
    published = row.get("published")
    return PageInput(
        id=str(row["id"]),
        text=str(row["text"]),
        title=str(row["title"]),
        outlet=str(row.get("outlet") or "") or None,
        language=str(row.get("lang") or "") or None,
        published=datetime.fromisoformat(published) if isinstance(published, str) else None,
        arrived=_ARRIVED,
    )


def furniture_figures(path: Path) -> dict[str, float]:
    """Share of furniture lines dropped, and of the other lines of the same articles kept."""
    dropped = furniture = kept = body = 0
    for row in rows_of(path):
        marked = {_squash(line) for line in _strings(row, "furniture")}
        if not marked:
            continue
        reading = readings(path).get(str(row["id"]))
        text = _squash(reading.article.text) if reading else ""
        for line in filter(None, map(_squash, str(row["text"]).splitlines())):
            if line in marked:
                furniture, dropped = furniture + 1, dropped + (line not in text)
            else:
                body, kept = body + 1, kept + (line in text)
    return {"dropped": dropped / max(1, furniture), "body kept": kept / max(1, body)}


def evidence_figures(path: Path) -> dict[str, float]:
    """Shares of key points that have evidence, whose offsets quote the text, and that only leave out words of it."""
    total = exact = within = tied = 0
    for reading in readings(path).values():
        text = reading.article.text
        for point in reading.summary.points:
            total += 1
            tied += bool(point.evidence)
            exact += all(text[e.start : e.end] == e.text for e in point.evidence)
            within += _is_within(point.text, " ".join(e.text for e in point.evidence))
    total = max(1, total)
    return {
        "points with evidence": tied / total,
        "offsets exact": exact / total,
        "points within their evidence": within / total,
    }


def point_figures(path: Path) -> dict[str, float]:
    """Share of must-facts that the points state, and of gold rows whose points show nothing forbidden.

    The articles lie beside it, in stories_dev.jsonl.
    """
    articles = readings(path.with_name("stories_dev.jsonl"))
    must = covered = clean = 0
    rows = rows_of(path)
    for row in rows:
        reading = articles.get(str(row["id"]))
        said = "\n".join(point.text for point in reading.summary.points).casefold() if reading else ""
        for fact in _objects(row, "facts"):
            if fact["must"]:
                must += 1
                covered += all(
                    any(one.strip().casefold() in said for one in key.split("|")) for key in _strings(fact, "keywords")
                )
        clean += not any(phrase.casefold() in said for phrase in _strings(row, "forbidden"))
    return {"must-facts": covered / max(1, must), "clean of forbidden text": clean / max(1, len(rows))}


def _strings(row: Row, key: str) -> set[str]:
    values = row.get(key)
    return {str(value) for value in values} if isinstance(values, list) else set()


def _objects(row: Row, key: str) -> Sequence[Row]:
    values = row.get(key)
    return values if isinstance(values, list) else []


def _squash(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _is_within(short: str, long: str) -> bool:
    """Whether the words of `short` stand in `long` in their order."""
    words = iter(re.findall(r"\w+", long.casefold()))
    return all(word in words for word in re.findall(r"\w+", short.casefold()))
