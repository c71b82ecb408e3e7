"""Is a claim grounded in a text? A lexical check that errs on the side of doubt; no language model.

Three answers: `problems`, each a fact of the claim that the text does not hold (name, number, quotation, negation,
direction, modality, who did it to whom); `score`, a probability-like number from those and from how closely the
claim's words follow sentences of the text; and `overlap`, the same without a liking for long copies. What it cannot
see: paraphrase that changes meaning with new words only.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from bot.summarizing.copied import Copies
from bot.summarizing.facts import Number, names, numbers, quotations
from bot.summarizing.lexicon import is_content, rarity, stem, stems
from bot.summarizing.places import country_at
from bot.text.sentences import sentences
from bot.text.tokens import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounding:
    """`score` 0 (invented) to 1 (grounded); `problems` are sentences for people, empty when nothing was found.

    `overlap`, 0 to 1 too, does not ask how long the copied stretches are. The gate goes by it: a model's faithful point
    in words of its own is welcome there, though among summaries it is the likelier to hold an error.
    """

    score: float
    overlap: float
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What was measured on a claim, 0 to 1 each but for `problems`, a count."""

    known: float
    pairs: float
    best_sentence: float
    two_sentences: float
    longest_run: float
    unknown_rare: float
    problems: float
    unbroken: float


NAMES_OF_SIGNALS = (
    "known", "pairs", "best_sentence", "two_sentences", "longest_run", "unknown_rare", "problems",
)  # fmt: skip
_WEIGHTS = (1.6, 1.2, 1.5, 0.8, 0.6, -1.5, -1.2)
_BIAS = -3.0
_UNBROKEN, _UNBROKEN_BIAS = 3.0, -1.0
"""What `score` has beyond `overlap`. With 0, 2, 3, 4, 5 the figure of SummEval is .872, .884, .885, .886, .887, that of
CLIFF .851, .847, .844, .842, .840. The bias leaves 0.5 between the means of the two kinds on CLIFF: .74 and .26."""
_NEGATION = frozenset(
    """not no never nobody none neither nor without cannot can't won't don't didn't isn't""".split()  # noqa: SIM905
)
_OPPOSITES = (
    ("raise", "cut"), ("raise", "lower"), ("increase", "decrease"), ("increase", "reduce"), ("rise", "fall"),
    ("rose", "fell"), ("agree", "refuse"), ("accept", "reject"), ("approve", "reject"), ("support", "oppose"),
    ("win", "lose"), ("won", "lost"), ("open", "close"), ("open", "shut"), ("begin", "end"), ("start", "stop"),
    ("impose", "lift"), ("allow", "ban"), ("confirm", "deny"), ("praise", "condemn"), ("praise", "criticize"),
    ("join", "leave"), ("release", "detain"), ("free", "arrest"), ("expand", "shrink"), ("strengthen", "weaken"),
    ("more", "fewer"), ("more", "less"), ("above", "below"), ("before", "after"), ("buy", "sell"), ("ally", "enemy"),
    ("extend", "shorten"), ("ease", "tighten"), ("recall", "return"), ("withdraw", "deploy"), ("sign", "scrap"),
    ("higher", "lower"), ("up", "down"), ("success", "failure"), ("succeed", "fail"), ("export", "import"),
)  # fmt: skip
_MODAL = frozenset(
    """may might could would should can plan plans planned expected likely consider considering propose proposed hope
    hopes possible possibly wants want seek seeks threatened threatens threaten if unless aims set""".split()  # noqa: SIM905
)
_FACT_GAP = 0.5
"""A claim shares this much of its content with a sentence before that sentence may contradict it."""


def check(claim: str, text: str) -> Grounding:
    """How well `text` supports `claim`. Time grows with the product of their sentences; both are cut at 20,000."""
    claim, text = claim[:20_000], text[:20_000]
    parts = [claim[span.start : span.end] for span in sentences(claim, "en")]
    if not parts or not words(claim):
        return Grounding(score=0.0, overlap=0.0, problems=("The claim has no words.",))
    source = Source(text)
    problems = [source.problems(part) for part in parts]
    signals = [source.signals(part, len(found)) for part, found in zip(parts, problems, strict=True)]
    overlaps = [_overlap(one) for one in signals]
    return Grounding(
        score=_joined([_score(one) for one in signals]),
        overlap=sum(_chance(one) for one in overlaps) / len(overlaps),
        problems=tuple(dict.fromkeys(one for found in problems for one in found)),
    )


def _overlap(signals: Signals) -> float:
    """The signals of one sentence, but for `unbroken`, as one number without bounds."""
    return _BIAS + sum(
        weight * float(getattr(signals, name)) for weight, name in zip(_WEIGHTS, NAMES_OF_SIGNALS, strict=True)
    )


def _score(signals: Signals) -> float:
    return _chance(_overlap(signals) + _UNBROKEN * signals.unbroken + _UNBROKEN_BIAS)


def _chance(total: float) -> float:
    return 1 / (1 + math.exp(-total))


def _joined(scores: Sequence[float]) -> float:
    """The geometric mean: one invented sentence weighs more than a grounded one beside it."""
    return math.exp(sum(math.log(score) for score in scores) / len(scores))


class Source:
    """A text prepared for many checks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.flat = _flat(text)
        self.parts = [text[span.start : span.end] for span in sentences(text, "en")]
        self.stems = [stems(part) for part in self.parts]
        self.known = {word for part in self.stems for word in part}
        self.surface = set(words(text))
        self.pairs = {pair for part in self.stems for pair in pairwise(part)}
        self.copies = Copies(self.stems)
        self.numbers = numbers(text)
        lowers = words(text)
        named = (country_at(lowers, at, capitals=True) for at in range(len(lowers)))
        self.countries = {found[0] for found in named if found is not None}

    def signals(self, claim: str, problems: int) -> Signals:
        """Measure one sentence of a claim."""
        own = stems(claim)
        content = [word for word in own if is_content(word, "en")] or own
        pairs = list(pairwise(own))
        cover = sorted((_share(content, set(part)) for part in self.stems), reverse=True)
        best = self._closest(content)
        two = _share(content, set(best[0]) | set(best[1])) if len(best) > 1 else (cover[0] if cover else 0.0)
        unknown = [min(1.0, rarity(word, "en") / 7) for word in content if word not in self.known]
        return Signals(
            known=_share(content, self.known),
            pairs=sum(pair in self.pairs for pair in pairs) / max(1, len(pairs)),
            best_sentence=cover[0] if cover else 0.0,
            two_sentences=two,
            longest_run=_longest_run(own, self.pairs) / max(1, len(own)),
            unknown_rare=sum(unknown) / max(1, len(content)),
            problems=float(min(3, problems)),
            unbroken=self.copies.unbroken(own),
        )

    def problems(self, claim: str) -> list[str]:
        """Facts of one sentence of a claim that the text does not hold."""
        return [
            *self._quotation_problems(claim),
            *self._number_problems(claim),
            *self._name_problems(claim),
            *self._turned(claim),
        ]

    def _closest(self, content: Sequence[str]) -> list[list[str]]:
        wanted = set(content)
        return sorted(self.stems, key=lambda part: -len(wanted.intersection(part)))[:2]

    def _quotation_problems(self, claim: str) -> list[str]:
        missing = [one for one in quotations(claim) if len(one.split()) > 1 and _flat(one) not in self.flat]
        return [f"The quotation “{one}” does not stand in the text." for one in missing]

    def _number_problems(self, claim: str) -> list[str]:
        return [
            f"The number “{one.written}” does not stand in the text."
            for one in numbers(claim)
            if not any(_same(one, other) for other in self.numbers)
        ]

    def _name_problems(self, claim: str) -> list[str]:
        problems = []
        for name, opens in names(claim):
            parts = [part for part in words(name) if len(part) > 1 and part not in _NAME_GLUE]
            missing = [part for part in parts if not self._holds(part)]
            if opens and len(parts) == len(words(name)) == 1 and missing and is_common(parts[0]):
                continue
            if missing and self._names_country(name):
                continue
            if missing:
                problems.append(f"The name “{name}” does not stand in the text.")
            elif len(parts) > 1 and not self._together(parts) and not self._names_country(name):
                problems.append(f"“{name}” do not stand together in the text.")
        return problems

    def _names_country(self, name: str) -> bool:
        """Whether it is a country that the text has by another of its names: "Saudi" for "Saudi Arabia"."""
        found = country_at(words(name), 0)
        return found is not None and found[0] in self.countries

    def _holds(self, part: str) -> bool:
        return part in self.surface or stem(part) in self.known or any(one.startswith(part[:5]) for one in self.surface)

    def _together(self, parts: Sequence[str]) -> bool:
        """Some sentence holds all parts of the name: titles and names meet in one place."""
        return any(all(stem(part) in one for part in parts) for one in map(set, self.stems))

    def _turned(self, claim: str) -> list[str]:
        """Negation, direction and modality against the sentence that the claim follows most closely."""
        own = stems(claim)
        content = [word for word in own if is_content(word, "en")]
        if not content or not self.stems:
            return []
        at = max(range(len(self.stems)), key=lambda place: _share(content, set(self.stems[place])))
        source = self.stems[at]
        if _share(content, set(source)) < _FACT_GAP:
            return []
        problems = []
        own_words, source_words = set(words(claim)), set(words(self.parts[at]))
        if bool(_NEGATION & own_words) != bool(_NEGATION & source_words) and _close(content, source):
            problems.append("The claim and its source differ in a negation.")
        problems.extend(_direction(own_words, source_words))
        if _MODAL & source_words and not _MODAL & own_words and _turns_fact(own_words, source_words):
            problems.append("The text speaks of a possibility or a plan, the claim of a fact.")
        return problems


_NAME_GLUE = frozenset("the of and al bin van von de der da del el la mr mrs ms dr".split())  # noqa: SIM905


def is_common(word: str) -> bool:
    """Whether a lower-case word is one of the language rather than a name: it opens sentences without being one."""
    return rarity(stem(word), "en") < 6.0 or not is_content(stem(word), "en")


def _same(one: Number, other: Number) -> bool:
    close = math.isclose(one.value, other.value, rel_tol=0.001)
    return close and (one.unit == other.unit or not one.unit or not other.unit)


def _share(content: Sequence[str], known: set[str]) -> float:
    return sum(word in known for word in content) / max(1, len(content))


def _longest_run(own: Sequence[str], pairs: set[tuple[str, str]]) -> int:
    """Words of the longest stretch whose neighbours are neighbours in the text too."""
    longest = run = 1 if own else 0
    for pair in pairwise(own):
        run = run + 1 if pair in pairs else 1
        longest = max(longest, run)
    return longest


def _close(content: Sequence[str], source: Sequence[str]) -> bool:
    return _share(content, set(source)) >= 0.7 and len(source) <= 2.5 * len(content) + 8


def _direction(own: set[str], source: set[str]) -> list[str]:
    problems = []
    for pair in _OPPOSITES:
        for here, there in (pair, pair[::-1]):
            mine, its = _forms(here), _forms(there)
            if mine & own and not mine & source and its & source and not its & own:
                problems.append(f"The claim says “{here}” where the text says “{there}”.")
    return problems


@cache
def _forms(word: str) -> frozenset[str]:
    """The regular forms of an English verb or noun, and some that do not exist."""
    root = word.removesuffix("e")
    endings = ("s", "es", "ed", "d", "ing", "al", root[-1] + "ed", root[-1] + "ing")
    return frozenset({word, *(root + ending for ending in endings), word + "s", word + "d", word + "ing"})


def _turns_fact(own: set[str], source: set[str]) -> bool:
    """The claim has a past form of its own that the hedged source lacks."""
    return any(word.endswith("ed") and word not in source for word in own)


def _flat(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
