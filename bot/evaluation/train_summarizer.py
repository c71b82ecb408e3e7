"""Trains the extractive summarizer's weights and measures them on articles that they were not trained on.

    python -m bot.evaluation.train_summarizer DIR [--write] [--folds 6] [--partitions 1]

DIR holds `summaries_dev.jsonl` and `multidoc_dev.jsonl`. Prints ROUGE-1/2 F1 × 100 over the folds (each article scored
by weights that never saw it) with standard errors beside Lead, about a minute of CPU a partition; with --write it then
trains on all and writes `bot/summarizing/data`. The same data and versions give the same files: seeds are fixed, one
thread. Needs scikit-learn (development only). Counts and weights leave this script; no text does.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from bot.evaluation.cross import cross_validated
from bot.evaluation.rouge import Tokens, matches, pairs, tokens
from bot.evaluation.summaries import BUDGETS, Row, figure, lead, read_rows
from bot.summarizing.candidates import Measured, measure
from bot.summarizing.features import Measures
from bot.summarizing.lexicon import background, stems
from bot.summarizing.ranker import DEPTH, LEAVES, SPLITS, Ranker, decode

SEED = 20250520
"""Of the folds."""
TREES_SEED = 20250521
"""Four were tried on all rows, .2 of ROUGE and one must-fact in a hundred apart; this one holds every floor."""
PAIR_WEIGHT = 4.0
"""How much a shared pair of words counts beside a shared word in a sentence's worth. Beside 1.5 it gives .2 to .4 of
ROUGE-2 and costs nothing of ROUGE-1; pairs alone lose .3 to .8 of both under a cap on words."""
TARGET_SCALE = 0.75
"""Keeps a sentence's worth on the scale of words: what stands beside it (`selection.REPEAT`, `story.OWN_WORTH`) is."""
TREES, RATE, LEAST, SPLITS_TRIED = 250, 0.05, 15, 0.3
"""Random splits beside the best ones: .1 to .3 of ROUGE-2. 500 trees at .04 are within .1 of these over three
partitions, 250 at .08 lose .1 to .2 at one point and 50 words; every tree costs time."""
FEWEST_DOCUMENTS = 8
"""A stem in fewer of the 1,417 articles counts as unknown: rare stems are names, which the table shall not hold."""
DATA = Path(__file__).parent.parent / "summarizing" / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """An article measured once: its reference's stems, its sentences' tokens, the labels of words and sentences."""

    row: Row
    measured: Measured
    words: dict[str, bool]
    targets: tuple[float, ...]


def sample(row: Row, text: str) -> Sample:
    """Measure `text` against the row's references: their mean, and words that most of them use."""
    measured = measure(text, "en")
    references = [tokens(one) for one in row.references]
    known = [set(stems(one)) for one in row.references]
    return Sample(
        row=Row(id=row.id, set=row.set, texts=(text,), references=row.references),
        measured=measured,
        words={word: 2 * sum(word in one for one in known) > len(known) for word in measured.words.words},
        targets=tuple(fmean(target(tokens(one.text), reference) for reference in references) for one in measured.shown),
    )


def target(sentence: Tokens, reference: Tokens) -> float:
    """Share of the sentence's words, and `PAIR_WEIGHT` times that of its pairs, that the reference holds."""
    shared = matches(sentence, reference) + PAIR_WEIGHT * matches(pairs(sentence), pairs(reference))
    return TARGET_SCALE * shared / max(1, len(sentence))


def fit(samples: Sequence[Sample], seed: int = TREES_SEED) -> Ranker:
    """Weights from `samples`. The words' chances that the trees see come from word models of other articles."""
    coefficients, intercept = _fit_words(samples)
    word_model = Ranker(coefficients=coefficients, intercept=intercept, base=0.0, trees=())
    halves = [_fit_words(samples[half::2]) for half in (0, 1)]
    rows: list[list[float]] = []
    targets: list[float] = []
    for at, one in enumerate(samples):
        other = halves[1 - at % 2]
        model = Ranker(coefficients=other[0], intercept=other[1], base=0.0, trees=())
        rows.extend(_rows(one, model))
        targets.extend(one.targets)
    base, trees = _fit_trees(rows, targets, seed)
    raw = {
        "coefficients": list(word_model.coefficients),
        "intercept": word_model.intercept,
        "base": base,
        "trees": trees,
    }
    return decode(json.dumps(raw))


def _rows(one: Sample, model: Ranker) -> list[list[float]]:
    found = one.measured
    units = [found.units[place] for place in found.able]
    return Measures(units, found.shown, found.sentences, model.chances(found.words), "en").rows()


def _fit_words(samples: Sequence[Sample]) -> tuple[tuple[float, ...], float]:
    """A logistic model on standardized features, folded back so that it runs on raw ones."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    rows = [row for one in samples for row in zip(*one.measured.words.columns, strict=True)]
    labels = [label for one in samples for label in one.words.values()]
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=1.0, max_iter=500).fit(scaler.transform(rows), labels)
    coefficients = [float(c / s) for c, s in zip(model.coef_[0], scaler.scale_, strict=True)]
    shift = sum(c * float(m) for c, m in zip(coefficients, scaler.mean_, strict=True))
    return tuple(round(c, 4) for c in coefficients), round(float(model.intercept_[0]) - shift, 4)


def _fit_trees(rows: Sequence[Sequence[float]], targets: Sequence[float], seed: int) -> tuple[float, list[Any]]:
    """Boosting of trees whose splits are the best of a few random ones, each over a random half of the sentences."""
    import numpy as np
    from sklearn.tree import ExtraTreeRegressor

    draw = np.random.RandomState(seed)
    measured, wanted = np.asarray(rows, np.float32), np.asarray(targets)
    base = round(float(np.mean(wanted)), 4)
    left = wanted - base
    trees = []
    for _ in range(TREES):
        half = draw.permutation(len(left))[: len(left) // 2]
        model = ExtraTreeRegressor(
            max_depth=DEPTH, max_features=SPLITS_TRIED, min_samples_leaf=LEAST, random_state=draw.randint(2**31 - 1)
        ).fit(measured[half], left[half])
        left -= RATE * model.predict(measured)
        trees.append(_complete(model.tree_))
    return base, trees


def _complete(tree: Any) -> tuple[list[int], list[float], list[int]]:  # noqa: ANN401 - untyped in scikit-learn
    """scikit-learn's tree in heap order; a leaf above the last level is repeated below it."""
    features, thresholds, leaves = [0] * SPLITS, [0.0] * SPLITS, [0] * LEAVES
    places = {0: 0}
    for at in range(SPLITS + LEAVES):
        node = places[at]
        left = int(tree.children_left[node])
        if at >= SPLITS:
            leaves[at - SPLITS] = round(float(tree.value[node][0][0]) * RATE * 10_000)
            continue
        if left >= 0:
            features[at] = int(tree.feature[node])
            thresholds[at] = round(float(tree.threshold[node]), 4)
        places[2 * at + 1] = left if left >= 0 else node
        places[2 * at + 2] = int(tree.children_right[node]) if left >= 0 else node
    return features, thresholds, leaves


def write_background(rows: Sequence[Row]) -> None:
    """Count documents for each stem; only the counts of common ASCII words are kept."""
    counts = Counter(stem for row in rows for text in row.texts for stem in set(stems(text)))
    documents = sum(len(row.texts) for row in rows)
    common = {
        word: count
        for word, count in sorted(counts.items())
        if count >= FEWEST_DOCUMENTS and word.isascii() and word.isalpha()
    }
    raw = {"documents": documents, "counts": common, "function_words": sorted(background().function_words)}
    _write(DATA / "background.json", raw)
    background.cache_clear()


def write_ranker(ranker: Ranker) -> None:
    """The weights as the package ships them, one line a tree."""
    raw = {
        "coefficients": ranker.coefficients,
        "intercept": ranker.intercept,
        "base": ranker.base,
        "trees": [
            (tree.features, tree.thresholds, [round(leaf * 10_000) for leaf in tree.leaves]) for tree in ranker.trees
        ],
    }
    _write(DATA / "ranker.json", raw)


def _write(path: Path, raw: object) -> None:
    path.write_text(json.dumps(raw, separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as a script; `arguments` instead of the command line's."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("data", type=Path)
    ask.add_argument("--write", action="store_true")
    ask.add_argument("--folds", type=int, default=6)
    ask.add_argument("--partitions", type=int, default=1)
    given = ask.parse_args(arguments)
    single = list(read_rows(given.data / "summaries_dev.jsonl"))
    multi = read_rows(given.data / "multidoc_dev.jsonl")
    if given.write:
        write_background([*single, *multi])
    random.Random(SEED).shuffle(single)  # noqa: S311 - order of folds, not a secret
    samples = [sample(row, row.texts[0]) for row in single]
    report = sys.stdout.write
    if given.folds:
        cnn = [row for row in single if row.set == "cnn"]
        checked = cross_validated(
            single,
            lambda places: fit([samples[at] for at in places]),
            folds=given.folds,
            partitions=given.partitions,
            seed=SEED,
        )
        for name, one in checked.items():
            report(f"{name}: {one}; Lead {figure(cnn, BUDGETS[name], lead)}\n")
    if given.write:
        write_ranker(fit(samples))
    return 0


if __name__ == "__main__":
    sys.exit(main())
