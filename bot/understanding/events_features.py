"""What the event model looks at in an English sentence: stems, neighbours, triggers, their clause and its verb.

Where words stand (in the main clause, as the first trigger or verb, behind it) gives 2.6 points of macro F1 on PLOVER
sentences, as cross-validated over three seeds, and nothing sure on headlines: 0.9 on our own, ten lost on the founders'
few. So the model of sentences looks at it and that of headlines does not.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from bot.understanding.events_triggers import Worded, english
from bot.understanding.events_words import Word, word, words

_BELOW = "after over amid becaus whil following follow despit sinc befor who which that wher when until accus for"
_SUBORDINATE = frozenset(_BELOW.split())
"""Stems after which a trigger no longer tells the main event: "freed an aide accused of ..."."""

_COMMON = (
    "th the a an of in it hi her their has hav had ha is was were and by with at as be been on from u s us are its"
)
_SMALL = frozenset(_COMMON.split())
"""Words that tell nothing alone; they stand in pairs."""

_BEGINNING, _NAME = "^", "@"
"""Stand for the beginning of a sentence and for its names; no word has such a stem."""

_UNTOLD = _SMALL | {_NAME}

_BEFORE = frozenset({"to", "will", "not", "no", "against", "of", "for", "would", "could"})
"""Stems before a trigger that turn what it tells."""

_READ = 60
"""Words of a sentence that are read: the event stands early, and time stays bounded."""

_STARTS = (4, 5)
"""Lengths of word beginnings that stand for a word's relatives: "criticised", "criticism"; a point of macro F1 on our
own headlines, as cross-validated.
"""

_KNOWN_WORDS = 16_384
"""Stems whose beginnings are kept: 600 headlines with leads have 5,000."""

_OBJECT, _COMPLEMENT = 5, 4
"""Words behind the first trigger, and behind the first verb, among which its object is looked for."""

_COMPLEMENTS = 2
"""Words that complete the first verb."""

_VERB_EARLY = 25
"""Words among which the first verb is looked for."""

_AUXILIARIES = frozenset(
    "has have had is are was were will would could may might can must should did does do".split()  # noqa: SIM905
)

_TITLE_CASE = 0.5
"""Share of capitalised words from which a line is a headline, where capitals mark no names."""


_PLACED = ("m:", "H:", "H>", "V:", "V>")


def plain(names: Iterable[str]) -> list[str]:
    """The features without those of where words stand."""
    return [name for name in names if not name.startswith(_PLACED)]


class Sentence(NamedTuple):
    """The words of an English sentence as they are written, as the model sees them, their stems, and its triggers."""

    written: list[str]
    seen: list[Word]
    stems: list[str]
    triggers: list[Worded]


def read(text: str) -> Sentence:
    """The beginning of one English sentence in words."""
    written = words(text)[:_READ]
    seen = list(map(word, written))
    stems = [stem for stem, _ in seen]
    return Sentence(written, seen, stems, english(stems))


def features(text: str, *, placed: bool = True) -> tuple[list[str], list[Worded]]:
    """The features of one English sentence, repeats left out, and its triggers; `placed`: with where words stand."""
    sentence = read(text)
    return features_of(sentence, placed=placed), sentence.triggers


def features_of(sentence: Sentence, *, placed: bool) -> list[str]:
    """The features of a sentence that is read already."""
    written, seen, stems, triggers = sentence
    names = _names(seen, triggers)
    row = _row(stems, names)
    told = [one for one in row[1:] if one not in _UNTOLD]
    kept = set().union(*map(_alone, told))
    kept.update([f"{one} {two}" for one, two in pairwise(row) if two != _NAME])
    kept.update([f"{one} _ {two}" for one, two in zip(row, row[2:], strict=False) if two not in _UNTOLD])
    if triggers or placed:
        cut = _main_clause(stems)
        kept.update(_clauses(stems, triggers, cut))
        if placed:
            kept.update(f"m:{stems[at]}" for at in _telling(stems, names, range(cut)))
            kept.update(_head(stems, names, triggers), _predicate(written, stems, names, triggers))
    return list(kept)


def _row(stems: Sequence[str], names: set[int]) -> list[str]:
    """The stems behind a sign for the beginning, each run of names as one sign."""
    row = [_BEGINNING]
    if not names:
        row.extend(stems)
        return row
    for at, one in enumerate(stems):
        if at not in names:
            row.append(one)
        elif row[-1] != _NAME:
            row.append(_NAME)
    return row


@lru_cache(maxsize=_KNOWN_WORDS)
def _alone(word: str) -> tuple[str, ...]:
    """A stem and its beginnings."""
    return (word, *(f"{word[:size]}-" for size in _STARTS if len(word) > size))


def _names(seen: Sequence[Word], triggers: Sequence[Worded]) -> set[int]:
    """Indices of capitalised words that are no triggers: names, which would teach the model who and not what."""
    capitals = {at for at, (_, capital) in enumerate(seen) if capital}
    if len(capitals) > _TITLE_CASE * len(seen):
        return set()
    return capitals.difference([trigger.first for trigger in triggers])


def _main_clause(stems: Sequence[str]) -> int:
    """How many words stand before the first that opens a clause below."""
    return next((at for at, one in enumerate(stems) if at > 2 and one in _SUBORDINATE), len(stems))


def _telling(stems: Sequence[str], names: set[int], some: Iterable[int]) -> Iterator[int]:
    """Of the indices `some` those of words that tell something: no names, no small words."""
    return (at for at in some if at not in names and stems[at] not in _SMALL)


def _head(stems: Sequence[str], names: set[int], triggers: Sequence[Worded]) -> Iterator[str]:
    """The first trigger, and what it is done to."""
    if not triggers:
        return
    at = triggers[0].first
    first, behind = stems[at], range(at + 1, min(at + 1 + _OBJECT, len(stems)))
    yield f"H:{first}"
    if any(other in names for other in behind):
        yield f"H:{first}>@"
    for other in _telling(stems, names, behind):
        yield f"H>{stems[other]}"
        yield f"H:{first}>{stems[other]}"


def _predicate(
    written: Sequence[str], stems: Sequence[str], names: set[int], triggers: Sequence[Worded]
) -> Iterator[str]:
    """The first verb (an auxiliary, a word in -ed, a trigger) and the words that complete it."""
    told = {trigger.first for trigger in triggers}
    for at in range(1, min(_VERB_EARLY, len(stems))):
        low = written[at].lower()
        if at in told or low in _AUXILIARIES or (low.endswith("ed") and at not in names):
            first = stems[at]
            yield f"V:{first}"
            behind = _telling(stems, names, range(at + 1, min(at + 1 + _COMPLEMENT, len(stems))))
            for other in islice(behind, _COMPLEMENTS):
                yield f"V>{stems[other]}"
                yield f"V:{first}>{stems[other]}"
            return


def _clauses(stems: Sequence[str], triggers: Sequence[Worded], cut: int) -> set[str]:
    """Trigger types with where they stand: first, in the main clause (`cut` words long), below another."""
    kept: set[str] = set()
    first = triggers[0].first if triggers else -1
    for trigger in triggers:
        kind = f"e:{trigger.type}"
        kept.add(kind)
        kept.add(f"{kind}.main" if trigger.first < cut else f"{kind}.below")
        if trigger.first == first:
            kept.add(f"{kind}.first")
        if trigger.words > 1:
            kept.add(f"{kind}.phrase")
        before = stems[trigger.first - 1] if trigger.first else _BEGINNING
        if before in _BEFORE:
            kept.add(f"{kind}<{before}")
    return kept
