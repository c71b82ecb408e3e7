"""Train the relevance model: our labels in, quantised integer weights out.

    python -m bot.evaluation.train_relevance DATA_DIR [--check]

DATA_DIR holds headlines_unlabelled.jsonl; headlines_labelled_dev.jsonl is only measured. Labels are keyed by row id
and SHA-256 of title, newline, lead: a row whose text differs is refused. One thread and fixed seeds: the same inputs
give the same file. --check prints cross-validated figures and those of the founders' headlines, and writes nothing.
scikit-learn is a development dependency only.
"""

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, fbeta_score
from sklearn.model_selection import StratifiedKFold

from bot.evaluation.actors import article_of
from bot.understanding.actors import find_actors
from bot.understanding.relevance_features import features

TARGET = Path(__file__).parent.parent / "understanding" / "data" / "relevance.json"
SCALE = 1_000
"""Weights are stored as integers of a thousandth: AP is the same to four digits."""

_WORDS_AT_LEAST = 4
"""Rows that a word must stand in to be a feature."""

_LOWER_SHARE = 0.5
"""Share of a word's uses inside leads that must be in lower case: names of people and places are not diplomacy."""

_C = 0.1
"""Inverse strength of the L2 penalty: swept .02 to 2 by cross-validation."""

_BETA = 1.5
"""A miss weighs more than a false alarm: a line on world affairs too many costs a glance, a missing treaty costs trust.
By F1 the cut loses 27 % of level 2; by this 17 %, and 5 % of what passes then is level 0. F2 lets hockey pass.
"""

_CUT = -0.66
"""The sum from which on an item is diplomatic: best by F-beta for level 2 in cross-validation (--check prints it)."""

_LEVEL1 = 0.15
"""How much a row of level 1 counts as positive: 0 loses 3 points of AP on "1 and up", .3 one on level 2."""

Row = dict[str, str | int]


def labelled(data: Path) -> list[Row]:
    """Our labels joined to their texts."""
    texts = {str(row["id"]): row for row in _rows(data / "headlines_unlabelled.jsonl")}
    joined: list[Row] = []
    for line in (resources.files("bot.evaluation") / "labels" / "relevance.jsonl").read_text("utf8").splitlines():
        label = json.loads(line)
        row = texts[label["id"]]
        if hashlib.sha256(f"{row['title']}\n{row['lead']}".encode()).hexdigest() != label["sha256"]:
            raise SystemExit(f"The text of {label['id']} is not the one that was labelled.")
        joined.append(row | {"relevance": label["relevance"]})
    return joined


def founders(data: Path) -> list[Row]:
    """The labelled headlines whose two readers agree."""
    return [dict(row) for row in _rows(data / "headlines_labelled_dev.jsonl") if row["relevance"] is not None]


def written() -> list[Row]:
    """Short items written by us (CC0): sport, markets and weather over several countries, diplomacy in ten languages.

    Real rows hold almost no football between two foreign teams, and only English.
    """
    lines = (resources.files("bot.evaluation") / "labels" / "written.tsv").read_text("utf8").splitlines()
    cells = [line.split("\t") for line in lines]
    return [
        {"id": f"w{at}", "relevance": int(level), "lang": language, "title": title, "lead": lead}
        for at, (level, language, title, lead) in enumerate(cells)
    ]


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]


def featured(rows: Sequence[Row]) -> list[frozenset[str]]:
    """The features of every row, as the bot computes them; the real rows are English."""
    out: list[frozenset[str]] = []
    for row in rows:
        cells = {"lang": "en"} | {key: str(row[key]) for key in ("id", "title", "lead", "lang") if key in row}
        article = article_of(cells)
        out.append(features(article, find_actors(article)[0]))
    return out


def vocabulary(rows: Sequence[Row], sets: Sequence[frozenset[str]]) -> frozenset[str]:
    """The features worth a weight: every actor and concept feature, and words that are frequent and no names."""
    lower: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for row in rows:
        for word in re.findall(r"[A-Za-z][A-Za-z'-]{2,}", str(row["lead"])):
            every[word.lower()] += 1
            lower[word.lower()] += word[0].islower()
    count = Counter(feature for one in sets for feature in one)

    def common(word: str) -> bool:
        return every[word] > 0 and lower[word] >= _LOWER_SHARE * every[word]

    return frozenset(
        feature
        for feature, times in count.items()
        if feature[:2] in {"a:", "c:", "t:", "n:"}
        or (times >= _WORDS_AT_LEAST and all(common(word) for word in feature[2:].split("_")))
    )


def fit(sets: Sequence[frozenset[str]], levels: Sequence[int], known: frozenset[str]) -> dict[str, float]:
    """Weights by feature; "" is the bias."""
    vectors = DictVectorizer()
    both = vectors.fit_transform([dict.fromkeys(sorted(one & known), 1.0) for one in sets] * 2)
    both.indices, both.indptr = both.indices.astype(np.int32), both.indptr.astype(np.int32)  # liblinear takes no wider
    share = np.array([{2: 1.0, 1: _LEVEL1, 0: 0.0}[level] for level in levels])
    model = LogisticRegression(C=_C, solver="liblinear", random_state=0, max_iter=1_000)
    model.fit(both, np.repeat([1, 0], len(sets)), sample_weight=np.concatenate([share, 1 - share]))
    weights = {feature: float(model.coef_[0][at]) for feature, at in vectors.vocabulary_.items()}
    return {"": float(model.intercept_[0])} | weights


def scored(sets: Sequence[frozenset[str]], weights: dict[str, float]) -> list[float]:
    """The raw sums."""
    return [weights[""] + sum(weights.get(feature, 0.0) for feature in one) for one in sets]


def figures(levels: Sequence[int], scores: Sequence[float]) -> str:
    """Average precision of level 2 and of 1 and up."""
    two = average_precision_score([level == 2 for level in levels], scores)
    up = average_precision_score([level >= 1 for level in levels], scores)
    return f"AP level 2 {two:.3f}, level 1 and up {up:.3f}, {len(levels)} rows"


def best_cut(levels: Sequence[int], scores: Sequence[float]) -> float:
    """The sum from which on "diplomatic" has its best F-beta for level 2; ties go to the lowest."""
    return max(sorted(scores), key=lambda cut: f_beta(levels, scores, cut))


def f_beta(levels: Sequence[int], scores: Sequence[float], cut: float) -> float:
    """F-beta of level 2 when all from `cut` on is called diplomatic."""
    return float(fbeta_score([level == 2 for level in levels], [score >= cut for score in scores], beta=_BETA))


def cross_validated(
    rows: Sequence[Row],
    sets: Sequence[frozenset[str]],
    levels: Sequence[int],
    also: tuple[Sequence[Row], Sequence[frozenset[str]], Sequence[int]],
) -> list[float]:
    """Out-of-fold sums, ten folds, each with its own vocabulary; `also` is in every training part."""
    out = [0.0] * len(rows)
    for train, test in StratifiedKFold(10, shuffle=True, random_state=0).split(np.zeros(len(rows)), levels):
        part_rows, part_sets = [rows[i] for i in train] + [*also[0]], [sets[i] for i in train] + [*also[1]]
        weights = fit(part_sets, [levels[i] for i in train] + [*also[2]], vocabulary(part_rows, part_sets))
        for i, score in zip(test, scored([sets[i] for i in test], weights), strict=True):
            out[i] = score
    return out


def main(data: Path, *, check: bool) -> None:
    """Train on our rows and write the weights, or only check; the founders' rows are never trained on."""
    ours, theirs, more = labelled(data), founders(data), written()
    sets, their_sets, more_sets = featured(ours), featured(theirs), featured(more)
    levels, their_levels, more_levels = ([int(row["relevance"]) for row in rows] for rows in (ours, theirs, more))
    also = (more, more_sets, more_levels)
    weights = fit(sets + more_sets, levels + more_levels, vocabulary(ours + more, sets + more_sets))
    if check:
        out_of_fold = cross_validated(ours, sets, levels, also)
        cut = best_cut(levels, out_of_fold)
        best = f_beta(levels, out_of_fold, cut)
        say = sys.stdout.write
        say(f"ours, cross-validated: {figures(levels, out_of_fold)}; F{_BETA} {best:.3f} from {cut:.2f}\n")
        say(f"the founders', never trained on: {figures(their_levels, scored(their_sets, weights))}\n")
        return
    whole = {name: round(SCALE * value) for name, value in sorted(weights.items())}
    whole[""] -= round(SCALE * _CUT)
    kept = {name: value for name, value in whole.items() if value}
    TARGET.write_text(json.dumps({"scale": SCALE, "weights": kept}, separators=(",", ":")) + "\n", encoding="utf8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), check="--check" in sys.argv[2:])
