"""Train the models of tense and denial: labelled headlines and sentences in, whole numbers out.

    python -m bot.evaluation.train_tense DATA_DIR [--check]

DATA_DIR holds headlines_unlabelled.jsonl (tense in labels/events.jsonl, keyed by row id and SHA-256 of the text); our
own sentences are labels/sentences_written.tsv and those of tests/golden/understanding that are neither blind nor held
out there. Each row is read as the bot reads it: the type that the event model gives it, its sentence, its word; so the
events are trained first. One thread and a fixed seed: the same inputs give the same file. --check prints
cross-validated figures and those of the founders' headlines, on which nothing is trained, and writes nothing.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.evaluation.actors import article_of
from bot.evaluation.readings import rows_of
from bot.evaluation.run import GOLDEN
from bot.evaluation.train_events import same_text
from bot.model import Article, EventType
from bot.text import sentences
from bot.understanding.events_cues import Telling, denial_cues, tense_cues
from bot.understanding.events_evidence import evidence, tellings
from bot.understanding.events_main import best, passage, weigh
from bot.understanding.events_time import TENSES

TARGET = Path(__file__).parent.parent / "understanding" / "data" / "event_time.json"
SCALE = 100
"""Weights are stored as hundredths."""

_ROWS_AT_LEAST = 3
"""Rows in which a cue must stand to have a weight."""

_TENSE_C, _TENSE_BALANCE = 0.5, 0.5
"""Inverse strength of the penalty, and power of the inverse class frequency: swept .1 to 1 and .5 to 1."""

_DENIAL_C, _DENIAL_BALANCE = 1.0, 0.7
"""The same for denial: swept .1 to 3 and .5 to 1."""

_HEADLINE = 0.5
"""Weight of a headline: nine in ten are past, and the prose has its own ways; .25 and 1 are no better."""

Said = tuple[tuple[str, Telling], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled item as the bot reads it; what is not labelled is None."""

    source: str
    said: Said
    kind: EventType
    tense: str | None
    denied: bool | None

    @property
    def weight(self) -> float:
        """How much it counts."""
        return _HEADLINE if self.source == "headlines" else 1.0


def _read(source: str, article: Article, tense: str | None, denied: bool | None) -> Row:
    alone = not article.title
    title = passage(article.title, alone=alone)
    body = [passage(article.text[span.start : span.end], alone=alone) for span in sentences(article.text, "en")]
    kind = best(weigh(title if article.title else None, body))
    return Row(source, tellings(kind, title, body, evidence(kind, title, body)), kind, tense, denied)


def headlines(data: Path) -> Iterator[Row]:
    """Our own labelled headlines that tell an event."""
    text = (resources.files("bot.evaluation") / "labels" / "events.jsonl").read_text("utf8")
    labels = {label["id"]: label for label in map(json.loads, text.splitlines())}
    for row in rows_of(data / "headlines_unlabelled.jsonl"):
        label = labels[str(row["id"])]
        if label["tense"] in TENSES and label["event"] != "NONE":
            same_text(f"{row['title']}\n{row['lead']}", label)
            yield _read("headlines", _article(row["title"], row["lead"]), label["tense"], None)


def founders(data: Path) -> Iterator[Row]:
    """The founders' labelled headlines: measured, never trained on."""
    for row in rows_of(data / "headlines_labelled_dev.jsonl"):
        if row["tense"] in TENSES and row["event"] not in {None, "NONE"}:
            yield _read("founders", _article(row["title"], row["lead"]), str(row["tense"]), None)


def written() -> Iterator[Row]:
    """Sentences of ours: those for training, and those of the golden sets that may be tuned on."""
    text = (resources.files("bot.evaluation") / "labels" / "sentences_written.tsv").read_text("utf8")
    for line in text.splitlines()[1:]:
        _, _, when, denied, sentence = line.split("\t")
        yield _read("written", _article("", sentence), when, denied == "1")
    for name in ("tense_varied", "negation_varied", "event_tense", "event_negation_mode", "tense_negation_free"):
        for row in rows_of(GOLDEN / "understanding" / f"{name}.jsonl"):
            if _may_train(name, row):
                tense: str | None = str(row["tense"]) if row.get("tense") else None
                denied_ = bool(row["negated"]) if "negated" in row else None
                yield _read(name, _article("", row["text"]), tense, denied_)


def _may_train(name: str, row: Mapping[str, object]) -> bool:
    """Whether a row is not held out; of the free wordings those in English, of which half are held."""
    if name == "tense_negation_free":
        return row["split"] == "dev" and row["language"] == "en"
    return not row.get("held")


def _article(title: object, text: object) -> Article:
    return article_of({"id": "x", "title": str(title), "text": str(text)})


@dataclass(frozen=True, slots=True)
class Task:
    """What is learned: the label of a row, its cues, and the two constants."""

    label: Callable[[Row], str | None]
    cues: Callable[[Said, EventType], frozenset[str]]
    c: float
    balance: float


TENSE = Task(lambda row: row.tense, tense_cues, _TENSE_C, _TENSE_BALANCE)
DENIAL = Task(lambda row: None if row.denied is None else str(row.denied), denial_cues, _DENIAL_C, _DENIAL_BALANCE)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A logistic regression and the names of its cues."""

    names: DictVectorizer
    model: LogisticRegression

    def says(self, cues: Sequence[frozenset[str]]) -> list[str]:
        """The labels of rows with these cues."""
        return [str(label) for label in self.model.predict(self.names.transform([_ones(one) for one in cues]))]


def _ones(cues: frozenset[str]) -> dict[str, float]:
    return dict.fromkeys(sorted(cues), 1.0)


def fit(task: Task, rows: Sequence[Row]) -> Fitted:
    """Train on labelled rows."""
    cues = [task.cues(row.said, row.kind) for row in rows]
    counts = Counter(cue for one in cues for cue in one)
    kept = {cue for cue, count in counts.items() if count >= _ROWS_AT_LEAST}
    labels = [str(task.label(row)) for row in rows]
    classes = Counter(labels)
    balance = {name: (len(labels) / len(classes) / count) ** task.balance for name, count in classes.items()}
    names = DictVectorizer()
    matrix = names.fit_transform([_ones(one & kept) for one in cues])
    weights = [row.weight * balance[label] for row, label in zip(rows, labels, strict=True)]
    model = LogisticRegression(C=task.c, max_iter=1_000, tol=1e-8, random_state=0)
    return Fitted(names, model.fit(matrix, labels, sample_weight=weights))


def labelled(task: Task, rows: Sequence[Row]) -> list[Row]:
    """The rows that have the task's label."""
    return [row for row in rows if task.label(row) is not None]


def check(task: Task, rows: Sequence[Row], never: Sequence[Row]) -> dict[str, float]:
    """Share right by source: rows in five folds, and `never` by a model of all rows."""
    known, unseen = labelled(task, rows), labelled(task, never)
    hits: defaultdict[str, list[bool]] = defaultdict(list)
    folds = StratifiedKFold(5, shuffle=True, random_state=0).split(known, [str(task.label(row)) for row in known])
    parts = [([known[i] for i in inside], [known[i] for i in outside]) for inside, outside in folds]
    for inside, outside in [*parts, *([(known, unseen)] if unseen else [])]:
        said = fit(task, inside).says([task.cues(row.said, row.kind) for row in outside])
        for row, label in zip(outside, said, strict=True):
            hits[row.source].append(label == task.label(row))
    return {source: round(sum(right) / len(right), 3) for source, right in hits.items()}


def main(arguments: Sequence[str]) -> None:
    """Train and write, or check."""
    data = Path(arguments[0])
    rows = [*headlines(data), *written()]
    if "--check" in arguments:
        sys.stdout.write(f"tense: {check(TENSE, rows, list(founders(data)))}\n")
        sys.stdout.write(f"denial: {check(DENIAL, rows, [])}\n")
        return
    tense, denial = fit(TENSE, labelled(TENSE, rows)), fit(DENIAL, labelled(DENIAL, rows))
    order = [list(tense.model.classes_).index(name) for name in TENSES]
    document = {
        "tense_bias": _whole(tense.model.intercept_[order]),
        "tense": _rows(tense, [tense.model.coef_[at] for at in order]),
        "denial_bias": _whole(denial.model.intercept_)[0],
        "denial": {name: row[0] for name, row in _rows(denial, [denial.model.coef_[0]]).items()},
    }
    TARGET.write_text(json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n", "utf8")


def _whole(values: Sequence[float]) -> list[int]:
    return [round(float(value) * SCALE) for value in values]


def _rows(fitted: Fitted, columns: Sequence[Sequence[float]]) -> dict[str, list[int]]:
    names = fitted.names.get_feature_names_out()
    rows = {str(name): _whole(row) for name, row in zip(names, zip(*columns, strict=True), strict=True)}
    return {name: row for name, row in rows.items() if any(row)}


if __name__ == "__main__":
    main(sys.argv[1:])
