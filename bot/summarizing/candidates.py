"""The sentences of an article as possible key points: text that stands alone, worth, and why one may not be used."""

from dataclasses import dataclass

from bot.model import Article, Span, Understanding
from bot.summarizing.compress import Compressed, compress
from bot.summarizing.features import MEASURED, PAIRS_A_WORD, Measures, capitals_in, word_rows
from bot.summarizing.lexicon import stems
from bot.summarizing.names import speaker_before
from bot.summarizing.noise import refusal
from bot.summarizing.priors import prior
from bot.summarizing.ranker import Ranker, shipped
from bot.summarizing.units import STOPS, Unit, units_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence, what a reader would see of it, and how much it is worth.

    `worth`: expected number of its words and word pairs that a summary would hold. `chances`: its content words, each
    with its own chance. `before`: the span of a name put in for a pronoun. `refused`: why it cannot be shown.
    """

    unit: Unit
    text: str
    length: int
    worth: float = 0.0
    chances: dict[str, float]
    before: tuple[Span, ...] = ()
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What an article gives the ranker: the sentences that may be shown, their words, and a row of features each.

    `prose`: most sentences end with a stop, so that one without is a heading, a caption or a link.
    """

    units: tuple[Unit, ...]
    refusals: dict[int, str]
    able: tuple[int, ...]
    shown: tuple[Compressed, ...]
    sentences: tuple[tuple[str, ...], ...]
    words: dict[str, list[float]]
    prose: bool


def measure(text: str, language: str) -> Measured:
    """Cut, sift, compress and count `text`. `shown` and `sentences` stand beside `able`, indexes into `units`."""
    units = units_of(text, language)
    reasons = {unit.index: reason for unit in units if (reason := refusal(unit.text, unit.words)) is not None}
    able = tuple(unit.index for unit in units if unit.index not in reasons)[:MEASURED]
    shown = tuple(compress(units[place].text) for place in able)
    sentences = tuple(tuple(stems(one.text)) for one in shown)
    capitals = capitals_in([one.text for one in shown])
    return Measured(
        units=units,
        refusals=reasons,
        able=able,
        shown=shown,
        sentences=sentences,
        prose=2 * sum(one.text.endswith(STOPS) for one in shown) >= len(shown),
        words=word_rows(sentences, capitals, language),
    )


def candidates_of(
    article: Article, understanding: Understanding, ranker: Ranker | None = None
) -> tuple[Candidate, ...]:
    """The sentences of the article in reading order; those refused carry the reason and no worth."""
    ranker = ranker or shipped()
    found = measure(article.text, article.language)
    chances = ranker.chances(found.words)
    able_units = [found.units[place] for place in found.able]
    rows = Measures(able_units, found.shown, found.sentences, chances, article.language).rows()
    kept = [
        _candidate(article, understanding, found, at, max(0.0, ranker.worth(row)), chances)
        for at, row in enumerate(rows)
    ]
    refused = [
        Candidate(unit=found.units[place], text=found.units[place].text, length=0, chances={}, refused=reason)
        for place, reason in found.refusals.items()
    ]
    return tuple(sorted([*kept, *refused], key=lambda one: one.unit.index))


def _candidate(
    article: Article, understanding: Understanding, found: Measured, at: int, share: float, chances: dict[str, float]
) -> Candidate:
    unit, shown = found.units[found.able[at]], found.shown[at]
    text = shown.text
    before: tuple[Span, ...] = ()
    if shown.dangling == "pronoun":
        text, before = speaker_before(article.text, found.units, unit.index, shown.text)
    words = found.sentences[at]
    length = round(len(words) * PAIRS_A_WORD) if article.language in ("ja", "zh") else len(words)
    whole = not found.prose or shown.text.endswith(STOPS)
    stands_alone = shown.dangling == "none" or bool(before)
    return Candidate(
        unit=unit,
        text=text,
        length=length,
        worth=share * length * prior(article, understanding, unit, words, stands_alone=stands_alone, whole=whole),
        chances={word: chances[word] for word in words if word in chances},
        before=before,
    )


def overlap(one: Candidate, other: Candidate) -> float:
    """Share of the smaller one's content words that the other holds too."""
    a, b = one.chances.keys(), other.chances.keys()
    return len(a & b) / max(1, min(len(a), len(b)))
