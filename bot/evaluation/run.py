"""What `attache eval --data DIR` prints: every quality figure with its floor.

Sets in DIR are the founders' development data; ours lie in the repository's tests/golden and are absent in an
installed package. A set that is absent is "not measured" and fails nothing. About two minutes on one free core.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation import clusters, differ, extraction, languages, readings, sentences, summaries, varied
from bot.evaluation.floors import NOTES, Figure, figures_of
from bot.evaluation.metrics import auc
from bot.summarizing.grounding import check
from bot.understanding.provenance import outlet_kind

GOLDEN = Path(__file__).parent.parent.parent / "tests" / "golden"

Measured = Mapping[str, float]
"""Figure -> value, of one set."""

MANY_ROWS = 250
"""Rows of a summaries set that are measured: every so many-th, so that the whole stays within minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One file, the sets of figures that it gives, and how. `ours`: it lies in the repository, not in DIR."""

    file: str
    sets: tuple[str, ...]
    measure: Callable[[Path], Mapping[str, Measured]]
    ours: bool = False


def run(data: Path, *, golden: Path = GOLDEN, say: Callable[[str], None] = print) -> int:
    """Measure all there is in `data` and `golden`, a line for each figure; 1 when one lies below its floor."""
    fallen = 0
    for name, figures in measured(data, golden):
        for figure in figures:
            say(str(figure))
            fallen += figure.fell
        if name in NOTES:
            say(f"{'':<30} ({NOTES[name]})")
    say(f"{fallen} below the floor." if fallen else "Nothing is below its floor.")
    return int(bool(fallen))


def measured(data: Path, golden: Path) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    """Each set with its figures, as they are ready."""
    for one in MEASURES:
        path = (golden if one.ours else data) / one.file
        found = one.measure(path) if path.exists() else {}
        for name in one.sets:
            yield name, figures_of(name, found.get(name))


def _single(name: str, how: Callable[[Path], Measured]) -> Callable[[Path], Mapping[str, Measured]]:
    return lambda path: {name: how(path)}


def _sentences(name: str, judge: sentences.Judge) -> Callable[[Path], Mapping[str, Measured]]:
    return lambda path: {name: sentences.figures(path, judge)}


def _varied(name: str, judge: varied.Judge) -> Callable[[Path], Mapping[str, Measured]]:
    return lambda path: _by_split(name, varied.figures(path, judge))


def _outlets(path: Path) -> Mapping[str, Measured]:
    return _by_split("outlet kinds", varied.outlets(path))


def _by_split(name: str, found: Mapping[str, Measured]) -> Mapping[str, Measured]:
    return {f"{name}, varied {split}": measured for split, measured in found.items()}


def _extraction(path: Path) -> Mapping[str, Measured]:
    known = {"sh": "extraction, scrapinghub", "fundus": "extraction, fundus"}
    found: dict[str, Measured] = {}
    for figure, _ in extraction.measure(path):
        rest = {"title": figure.title, "date": figure.date} if figure.name == "fundus" else {}
        shares = {key: value for key, value in rest.items() if value is not None}
        found[known.get(figure.name, figure.name)] = {"body F1": figure.f1} | shares
    return found


def _kinds(path: Path) -> Mapping[str, Measured]:
    """Share of outlets whose kind is right, "unknown" among the kinds; rows marked `held` were not tuned on."""
    hits: defaultdict[bool, list[bool]] = defaultdict(list)
    for row in readings.rows_of(path):
        name, url = (str(value) if (value := row.get(key)) else None for key in ("name", "url"))
        hits[bool(row["held"])].append(outlet_kind(name, url) == row["kind"])
    sets = {False: "outlet kinds, ours tuned", True: "outlet kinds, ours held out"}
    return {name: {"accuracy": sum(hits[held]) / max(1, len(hits[held]))} for held, name in sets.items()}


def _headlines(path: Path) -> Mapping[str, Measured]:
    return {
        "actors, headlines": readings.actor_figures(path),
        "relevance, headlines": readings.relevance_figures(path),
        "events, headlines": readings.event_figures(path),
    }


def _own_headlines(split: str) -> Callable[[Path], Mapping[str, Measured]]:
    return lambda path: {name.replace("headlines", f"varied {split}"): got for name, got in _headlines(path).items()}


def _articles(path: Path) -> Mapping[str, Measured]:
    return {
        "furniture, stories": readings.furniture_figures(path),
        "evidence, stories": readings.evidence_figures(path),
        "stories, articles": _stories(path),
    }


def _stories(path: Path) -> Measured:
    """Grouping of one file; titles with a cluster are shuffled first, as their protocol asks."""
    rows = [dict(row) for row in readings.rows_of(path)]
    if rows and "cluster" in rows[0]:
        random.Random(0).shuffle(rows)  # noqa: S311 - the protocol's shuffle, not a secret
    placed = clusters.run(rows)
    found = {"BCubed F1": clusters.stories_score(rows, placed).f1}
    if any(row.get("copy_of") for row in rows):
        found["copies F1"] = clusters.relation_score(rows, placed, "copy", "copy_of").f1
    if any(row.get("correction_of") for row in rows):
        found["corrections F1"] = clusters.relation_score(rows, placed, "updates", "correction_of").f1
        found["changes kept"] = _changes_kept(rows, clusters.changes_of(rows, placed))
    return found


def _differ(path: Path) -> Mapping[str, Measured]:
    """Numbers that outlets put differently."""
    found = {part: differ.score(differ.read_pairs(path, part)) for part in ("open", "held")}
    return {
        f"numbers that differ, ours {part}": {"precision": one.precision, "recall": one.recall}
        for part, one in found.items()
    }


def _changes_kept(rows: list[dict[str, object]], shown: Mapping[str, tuple[tuple[str, str], ...]]) -> float:
    """Share of the gold changes that an update shows."""
    kept = []
    for row in rows:
        changes = row.get("changes")
        for change in changes if isinstance(changes, list) else []:
            pairs = shown.get(str(row["id"]), ())
            kept.append(any(was in change["was"] and now in change["now"] for was, now in pairs))
    return sum(kept) / max(1, len(kept))


def _summaries(path: Path) -> Mapping[str, Measured]:
    rows = _some([row for row in summaries.read_rows(path) if row.set == "cnn"])
    return {f"summaries, {name}": _rouge(rows, name) for name in summaries.BUDGETS}


def _several(path: Path) -> Mapping[str, Measured]:
    rows = _some(list(summaries.read_rows(path)))
    figure = summaries.figure(rows, summaries.STORY_BUDGET, summaries.key_points)
    beside = summaries.figure(rows, summaries.STORY_BUDGET, summaries.lead)
    found = {"ROUGE-1": figure.rouge_1, "ROUGE-2": figure.rouge_2}
    return {"summaries, several articles": found | {"ROUGE-1 above Lead": figure.rouge_1 - beside.rouge_1}}


def _languages(path: Path) -> Mapping[str, Measured]:
    """Must-facts in three points beside what Lead covers."""
    return {"key points by language, ours": languages.figures(path)["dev"]}


def _languages_varied(path: Path) -> Mapping[str, Measured]:
    return _by_split("key points by language", languages.figures(path))


def _rouge(rows: list[summaries.Row], budget: str) -> Measured:
    figure = summaries.figure(rows, summaries.BUDGETS[budget], summaries.key_points)
    return {"ROUGE-1": figure.rouge_1, "ROUGE-2": figure.rouge_2}


def _some(rows: list[summaries.Row]) -> list[summaries.Row]:
    return rows[:: max(1, round(len(rows) / MANY_ROWS))]


def _grounding(path: Path) -> Mapping[str, Measured]:
    """AUC of the checker: consistency 5 against 3 and less on SummEval, no error against any on the others."""
    summaries_path = path.with_name("summaries_dev.jsonl")
    texts = {row.id: row.texts[0] for row in summaries.read_rows(summaries_path)} if summaries_path.exists() else {}
    scores: defaultdict[tuple[str, bool], list[float]] = defaultdict(list)
    for row in readings.rows_of(path):
        text = row.get("text") or texts.get(str(row.get("doc")))
        faithful = _faithful(row)
        if isinstance(text, str) and faithful is not None:
            scores[str(row["set"]), faithful].append(check(str(row["summary"]), text).score)
    known = {"summeval": "grounding, SummEval", "cliff": "grounding, CLIFF"}
    return {name: {"AUC": auc(scores[key, True], scores[key, False])} for key, name in known.items()}


def _faithful(row: Mapping[str, object]) -> bool | None:
    """None for a row between the two: some judges saw an error."""
    level = row.get("consistency")
    if isinstance(level, int | float):
        return True if level >= 5 else False if level <= 3 else None
    return row.get("error_type") in (None, "", "correct", [])


MEASURES: tuple[Measure, ...] = (
    Measure(
        file="extraction_dev.jsonl.gz", sets=("extraction, scrapinghub", "extraction, fundus"), measure=_extraction
    ),
    Measure(
        file="actors_gold_dev.jsonl",
        sets=("actors, traps",),
        measure=_single("actors, traps", readings.actor_figures),
    ),
    Measure(
        file="understanding/actors.tsv",
        sets=("actors, ours",),
        measure=_single("actors, ours", readings.own_actor_figures),
        ours=True,
    ),
    Measure(
        file="understanding/provenance.jsonl",
        sets=("outlet kinds, ours tuned", "outlet kinds, ours held out"),
        measure=_kinds,
        ours=True,
    ),
    Measure(
        file="headlines_labelled_dev.jsonl",
        sets=("actors, headlines", "relevance, headlines", "events, headlines"),
        measure=_headlines,
    ),
    Measure(
        file="events_train.jsonl",
        sets=("events, sentences",),
        measure=_single("events, sentences", readings.event_figures),
    ),
    *(
        Measure(file=f"understanding/{file}.jsonl", sets=(name,), measure=_sentences(name, judge), ours=True)
        for file, name, judge in (
            ("event_tense", "tense, ours", sentences.tense),
            ("event_negation_mode", "negation and mode, ours", sentences.negation_and_mode),
            ("dates", "dates, ours", sentences.dates),
            ("quotes", "quotes, ours", sentences.quotes),
        )
    ),
    *(
        Measure(
            file=f"understanding/{name}_{part}.jsonl",
            sets=tuple(f"{name}, varied {split}" for split in splits),
            measure=_varied(name, judge),
            ours=True,
        )
        for name, judge in (
            ("tense", varied.tense),
            ("negation", varied.negation),
            ("modes", varied.modes),
            ("dates", varied.dates),
            ("quotes", varied.quotes),
        )
        for part, splits in (("varied", ("dev", "held")), ("blind", ("blind",)))
    ),
    Measure(
        file="understanding/tense_negation_free.jsonl",
        sets=("free wordings, varied dev", "free wordings, varied held"),
        measure=_varied("free wordings", varied.tense_and_negation),
        ours=True,
    ),
    *(
        Measure(
            file=f"understanding/headlines_varied_{split}.jsonl",
            sets=tuple(f"{name}, varied {split}" for name in ("actors", "relevance", "events")),
            measure=_own_headlines(split),
            ours=True,
        )
        for split in ("dev", "held")
    ),
    Measure(
        file="understanding/provenance_varied.jsonl",
        sets=("outlet kinds, varied dev", "outlet kinds, varied held"),
        measure=_outlets,
        ours=True,
    ),
    Measure(
        file="stories_dev.jsonl",
        sets=("furniture, stories", "evidence, stories", "stories, articles"),
        measure=_articles,
    ),
    Measure(
        file="points_dev.jsonl",
        sets=("points, stories",),
        measure=_single("points, stories", readings.point_figures),
    ),
    Measure(
        file="stories/tune.jsonl",
        sets=("stories, ours tuned",),
        measure=_single("stories, ours tuned", _stories),
        ours=True,
    ),
    Measure(
        file="stories/held.jsonl",
        sets=("stories, ours held out",),
        measure=_single("stories, ours held out", _stories),
        ours=True,
    ),
    Measure(
        file="stories/differ.tsv",
        sets=("numbers that differ, ours open", "numbers that differ, ours held"),
        measure=_differ,
        ours=True,
    ),
    Measure(
        file="summaries_dev.jsonl",
        sets=tuple(f"summaries, {name}" for name in ("2 points", "3 points", "1 point", "50 words")),
        measure=_summaries,
    ),
    Measure(file="summaries/languages.jsonl", sets=("key points by language, ours",), measure=_languages, ours=True),
    Measure(
        file="summaries/languages_varied.jsonl",
        sets=("key points by language, varied dev", "key points by language, varied held"),
        measure=_languages_varied,
        ours=True,
    ),
    Measure(file="multidoc_dev.jsonl", sets=("summaries, several articles",), measure=_several),
    Measure(file="faithfulness_dev.jsonl", sets=("grounding, SummEval", "grounding, CLIFF"), measure=_grounding),
    Measure(file="clusters_dev.jsonl", sets=("stories, titles",), measure=_single("stories, titles", _stories)),
)
