"""What is measured on a sentence before it is ranked: counts that cost little, and no model of language.

Two steps. Each content word of the article gets a chance of standing in a summary (`word_table`, a logistic model);
each sentence gets a row (`NAMES`) of place, length, weight of its words, names, numbers, quotation and dependence on
the text around it. Titles take no part: many articles that the ranker learned from have none.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import mul
from typing import NamedTuple

from bot.summarizing.compress import Compressed
from bot.summarizing.lexicon import content_words, rarities, stem
from bot.summarizing.units import Unit

NAMES = (
    "place", "inverse_place", "relative_place", "log_sentences", "words", "log_words", "letters_a_word",
    "content_share", "tf_mean", "tf_sum", "tfidf_mean", "tfidf_sum", "centrality", "likeness_mean", "likeness_lead",
    "new_words", "new_share", "names", "name_share", "numbers", "money", "quoted_share", "opens_quote", "pronoun",
    "deictic", "possessive", "said", "question", "exclamation", "first_person", "background", "future", "commas",
    "cut_share", "likeness_before", "chance_mean", "chance_sum", "chance_top", "chance_top3", "chance_density",
    "chance_cover", "ends_quote", "parentheses", "lead", "second", "words_before",
)  # fmt: skip
WORD_NAMES = (
    "log_tf", "sentences", "first", "inverse_first", "in_lead", "in_first_three", "last", "capitals", "number",
    "letters", "rarity", "tfidf", "log_length", "sentence_share", "three_sentences",
)  # fmt: skip
PAIRS_A_WORD = 0.5
"""A Chinese or Japanese word has about two characters, so that pairs of characters count words twice."""
MEASURED = 120
"""Sentences that are measured; those behind them were never among the gold of 494 articles and are ranked last."""

_SAID = frozenset({"said", "says", "told", "according", "reported", "announced", "added", "claimed"})
_BACKGROUND = frozenset({"last", "earlier", "ago", "since", "previously", "recent", "history", "former", "decades"})
_FUTURE = frozenset({"will", "expected", "set", "plan", "plans", "scheduled", "due", "would"})
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us", "you", "your"})
_MARK = re.compile(r"[\"“”«»„]")
_CAPITAL = re.compile(r" (?<=[a-zß-ÿа-я,;:\"“(—-] )([^\W\d_a-zß-ÿа-я][\w’'.-]+)")
"""With the space before it, so that the engine looks only where one stands."""
_NUMBER = re.compile(r"\d[\d.,]*")
_MONEY = re.compile("[$€£%¥]")
_PERCENT = re.compile(r"\bpercent\b")
EARLY = 0.1
"""How much an article's opening counts beside the density of likely words, .05 to .15, in what is weighed at all: of
1,613 sentences chosen, 14 of the best 22 leave out 62 so, and 97 by density alone."""
_REFERENCE_WORDS = 33
"""Words in the mean human summary of the training articles: the length against which a sentence's worth is spread."""


class WordTable(NamedTuple):
    """The content words of an article, and a column of values for each of `WORD_NAMES`: a column takes half of the time
    that its values take word by word.
    """

    words: list[str]
    columns: tuple[list[float], ...]


def word_table(sentences: Sequence[Sequence[str]], capitals: Mapping[str, int], language: str) -> WordTable:
    """What is measured on each content word of the article."""
    counts = Counter(chain.from_iterable(sentences))
    holding = Counter(chain.from_iterable(map(set, sentences)))
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for place, words in enumerate(sentences):
        last.update(dict.fromkeys(words, place))
    for place, words in reversed(list(enumerate(sentences))):
        first.update(dict.fromkeys(words, place))
    rare = rarities(content_words(counts, language), language)
    words, rarity = list(rare), list(rare.values())
    count, held = list(map(counts.__getitem__, words)), list(map(holding.__getitem__, words))
    start, end = list(map(first.__getitem__, words)), list(map(last.__getitem__, words))
    total = max(1, len(sentences))
    logs = [math.log1p(number) for number in range(max(count, default=0) + 1)]
    log_tf = list(map(logs.__getitem__, count))
    places, numbers = range(total), range(total + 1)
    return WordTable(words, (
        log_tf,
        _looked_up([min(number, 8) for number in numbers], held),
        _looked_up([min(place, 30) for place in places], start),
        _looked_up([1 / (1 + place) for place in places], start),
        _looked_up([float(place == 0) for place in places], start),
        _looked_up([float(place < 3) for place in places], start),
        _looked_up([place / total for place in places], end),
        [min(capitals[word] / counts[word], 1.0) if word in capitals else 0.0 for word in words],
        [1.0 if word[0].isdigit() else 0.0 for word in words],
        [letters if letters < 12 else 12 for letters in map(len, words)],  # noqa: FURB136 - min() takes thrice as long
        rarity,
        list(map(mul, log_tf, rarity)),
        [math.log(total)] * len(words),
        _looked_up([number / total for number in numbers], held),
        _looked_up([float(number >= 3) for number in numbers], held),
    ))  # fmt: skip


def _looked_up(table: Sequence[float], keys: Sequence[int]) -> list[float]:
    return list(map(table.__getitem__, keys))


def capitals_in(texts: Sequence[str]) -> Counter[str]:
    """How often each stem stands with a capital inside a sentence: names, mostly."""
    return Counter(stem(name.lower()) for text in texts for name in _capitals(text))


@lru_cache(maxsize=MEASURED)
def _capitals(text: str) -> list[str]:
    """The words of one sentence that stand with a capital; kept, for its row asks for them again."""
    found: list[str] = _CAPITAL.findall(text)
    return found


class Measures:
    """Everything counted once over an article, and the rows of its sentences."""

    def __init__(
        self,
        units: Sequence[Unit],
        shown: Sequence[Compressed],
        sentences: Sequence[Sequence[str]],
        chances: Mapping[str, float],
        language: str,
    ) -> None:
        self._units, self._shown, self._sentences, self._chances = units, shown, sentences, chances
        self._scale = PAIRS_A_WORD if language in ("ja", "zh") else 1.0
        self._content = [list(filter(chances.__contains__, words)) for words in sentences]
        self._own = [set(words) for words in self._content]
        self._tf = Counter(chain.from_iterable(self._content))
        self._rare = rarities(self._tf, language)
        logs = [math.log1p(count) for count in range(max(self._tf.values(), default=0) + 1)]
        self._log_tf = {word: logs[count] for word, count in self._tf.items()}
        self._weight = {word: log_tf * self._rare[word] for word, log_tf in self._log_tf.items()}
        self._vectors = [self._vector(words) for words in self._content]
        self._centre: defaultdict[str, float] = defaultdict(float)
        for vector in self._vectors:
            for word, value in vector.items():
                self._centre[word] += value
        self._norm = math.sqrt(sum(value * value for value in self._centre.values())) or 1.0
        self._best_chances = sum(sorted(chances.values(), reverse=True)[:20]) or 1e-6

    def rows(self, places: Container[int] | None = None) -> list[list[float]]:
        """One row of `NAMES` for each sentence, in order; of those at `places` only, where given."""
        seen: set[str] = set()
        rows: list[list[float]] = []
        for place in range(len(self._units)):
            own = self._own[place]
            if places is None or place in places:
                rows.append(
                    self._place(place)
                    + self._weights(place, own)
                    + self._likeness(place)
                    + self._novelty(own, seen)
                    + self._surface(place)
                    + self._prospects(place, own)
                    + self._edges(place)
                )
            seen |= own
        return rows

    def promising(self, most: int) -> list[int]:
        """The sentences that hold most of what a summary may hold, for their length, the early ones first; in order."""
        if len(self._units) <= most:
            return list(range(len(self._units)))
        chances = self._chances
        hopes = [
            sum(map(chances.__getitem__, own)) / (len(words) + _REFERENCE_WORDS) + EARLY / (1 + place)
            for place, (own, words) in enumerate(zip(self._own, self._sentences, strict=True))
        ]
        return sorted(sorted(range(len(hopes)), key=lambda place: (place > 0, -hopes[place]))[:most])

    def _length(self, place: int) -> float:
        """Words of a sentence, at least one."""
        return max(1.0, self._scale * len(self._sentences[place]))

    def _vector(self, words: Sequence[str]) -> dict[str, float]:
        rare = self._rare
        raw = {word: rare[word] for word in words}
        if len(raw) < len(words):
            raw = {word: (1 + math.log(count)) * rare[word] for word, count in Counter(words).items()}
        values = raw.values()
        norm = math.sqrt(sum(map(mul, values, values))) or 1.0
        return {word: value / norm for word, value in raw.items()}

    def _place(self, place: int) -> list[float]:
        total = len(self._units)
        words = self._length(place)
        letters = len(self._shown[place].text) / words
        return [
            min(place, 40), 1 / (1 + place), place / total, math.log(total), min(words, 60), math.log(words), letters,
        ]  # fmt: skip

    def _weights(self, place: int, own: set[str]) -> list[float]:
        content = self._content[place]
        words, count = max(1, len(self._sentences[place])), max(1, len(content))
        weight = self._scale * sum(map(self._weight.__getitem__, own))
        return [
            len(content) / words,
            sum(map(self._tf.__getitem__, content)) / count,
            self._scale * sum(map(self._log_tf.__getitem__, own)),
            weight / self._scale / count,
            weight,
        ]

    def _likeness(self, place: int) -> list[float]:
        vector = self._vectors[place]
        centre = sum(map(mul, vector.values(), map(self._centre.__getitem__, vector)))
        others = max(1, len(self._units) - 1)
        lead = _dot(vector, self._vectors[0]) if place else 1.0
        return [centre / self._norm, (centre - 1) / others, lead]

    def _novelty(self, own: set[str], seen: set[str]) -> list[float]:
        new = len(own - seen)
        return [self._scale * new, new / max(1, len(own))]

    def _surface(self, place: int) -> list[float]:
        shown, unit = self._shown[place], self._units[place]
        text, words = shown.text, self._length(place)
        names = len(_capitals(text))
        marks = [mark.start() for mark in _MARK.finditer(text)] if not text.isascii() or '"' in text else []
        quoted = sum(end - start for start, end in zip(marks[::2], marks[1::2], strict=False)) / max(1, len(text))
        before = _dot(self._vectors[place], self._vectors[place - 1]) if place else 0.0
        return [
            names, names / words, len(_NUMBER.findall(text)), float(_names_money(text)), quoted,
            float(text[:1] in "\"“‘«„"), float(shown.dangling == "pronoun"), float(shown.dangling == "deictic"),
            float(shown.dangling == "possessive"), float(not _SAID.isdisjoint(unit.words)), float("?" in text),
            float("!" in text), sum(map(_FIRST_PERSON.__contains__, unit.words)),
            float(not _BACKGROUND.isdisjoint(unit.words)), float(not _FUTURE.isdisjoint(unit.words)), text.count(","),
            (len(unit.text) - len(text)) / max(1, len(unit.text)), before,
        ]  # fmt: skip

    def _prospects(self, place: int, own: set[str]) -> list[float]:
        chances = sorted(map(self._chances.__getitem__, own), reverse=True)
        total = self._scale * sum(chances)
        return [
            total / self._scale / max(1, len(chances)),
            total,
            chances[0] if chances else 0.0,
            sum(chances[:3]),
            total / (self._length(place) + _REFERENCE_WORDS),
            total / self._scale / self._best_chances,
        ]

    def _edges(self, place: int) -> list[float]:
        shown, unit = self._shown[place], self._units[place]
        return [
            float(shown.text[-1:] in '"”»'),
            float("(" in unit.text),
            float(place == 0),
            float(place == 1),
            self._length(place - 1) if place else 0,
        ]


def _names_money(text: str) -> bool:
    """A sum or a share."""
    if "million" in text or "billion" in text or _MONEY.search(text) is not None:
        return True
    return "percent" in text and _PERCENT.search(text) is not None


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[word] for word, value in one.items() if word in other)
