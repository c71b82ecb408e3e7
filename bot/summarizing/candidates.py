"""The sentences of an article as possible key points: text that stands alone, worth, and why one may not be used."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.model import Article, Span, Understanding
from bot.summarizing.anaphora import PRONOUNS, opens_with_pronoun, points_back, speaks_of_itself, unexplained
from bot.summarizing.clauses import Shortened, shortened
from bot.summarizing.compress import Compressed, compress
from bot.summarizing.features import MEASURED, PAIRS_A_WORD, Measures, WordTable, capitals_in, word_table
from bot.summarizing.lexicon import stems, stems_of
from bot.summarizing.names import speaker_before
from bot.summarizing.noise import FOR_MACHINES, MARKUP, NOTE, PIECE, refusal
from bot.summarizing.priors import prior, title_words
from bot.summarizing.quotations import joined, unattributed
from bot.summarizing.ranker import Ranker, shipped
from bot.summarizing.scene import news_begins
from bot.summarizing.units import STOPS, Unit, units_of

PROMISING = 16
"""Sentences of an article that are weighed, of 27 in the mean. ROUGE of 16 is within .06 of 22 at every budget (three
partitions of 494 articles, mean difference .00), of 12 within .2; each sentence costs .3 ms."""
NOTE_SENTENCES = 3
"""An outlet's note on its own article is seldom longer; a text without paragraphs goes on behind it."""
_ANNOUNCES = (":", "：")
"""What ends so points at what follows: "Das Ministerium teilt mit:"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence, what a reader would see of it, and how much it is worth.

    `alone`: nothing in `text` points out of it, as far as can be seen.
    `worth`: expected number of its words and word pairs that a summary would hold. `chances`: its content words, each
    with its own chance. `before`: the spans that a name put in for a pronoun needs. `refused`: why it cannot be shown.
    """

    unit: Unit
    text: str
    length: int
    worth: float = 0.0
    chances: dict[str, float]
    alone: bool = True
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
    words: WordTable
    prose: bool


def measure(text: str, language: str) -> Measured:
    """Cut, sift, compress and count `text`. `shown` and `sentences` stand beside `able`, indexes into `units`."""
    units = joined(text, units_of(text, language))
    reasons = _refusals(units)
    able = tuple(unit.index for unit in units if unit.index not in reasons)[:MEASURED]
    shown = tuple(compress(units[place].text, loose_dateline=place == 0 and language != "en") for place in able)
    sentences = tuple(_stems(units[place], one.text) for place, one in zip(able, shown, strict=True))
    capitals = capitals_in([one.text for one in shown])
    return Measured(
        units=units,
        refusals=reasons,
        able=able,
        shown=shown,
        sentences=sentences,
        prose=2 * sum(one.text.endswith(STOPS) for one in shown) >= len(shown),
        words=word_table(sentences, capitals, language),
    )


def _stems(unit: Unit, shown: str) -> tuple[str, ...]:
    """The stems of what is shown of a unit: mostly all of it, and its words are known."""
    return tuple(stems_of(shown, unit.words) if shown == unit.text else stems(shown))


def _refusals(units: Sequence[Unit]) -> dict[int, str]:
    """The units that may not be shown, each with why. What follows an outlet's note, or words for machines, in its
    paragraph is of the same kind.
    """
    reasons: dict[int, str] = {}
    note, kind = -NOTE_SENTENCES, NOTE
    for unit in units:
        reason = PIECE if unit.piece else refusal(unit.text, unit.words)
        if reason in (NOTE, MARKUP, FOR_MACHINES):
            note, kind = unit.index, reason
        elif reason is None and unit.place > 0 and unit.index - note < min(NOTE_SENTENCES, unit.place + 1):
            reason = kind
        if reason is not None:
            reasons[unit.index] = reason
    return reasons


def candidates_of(
    article: Article, understanding: Understanding, ranker: Ranker | None = None, most: int = PROMISING
) -> tuple[Candidate, ...]:
    """The sentences of the article in reading order; those refused carry the reason and no worth.

    Beyond `most`, those that hold least are not weighed: they have no worth either.
    """
    ranker = ranker or shipped()
    found = measure(article.text, article.language)
    chances = ranker.chances(found.words)
    able_units = [found.units[place] for place in found.able]
    measures = Measures(able_units, found.shown, found.sentences, chances, article.language)
    places = measures.promising(most)
    title = title_words(article)
    begins = news_begins(found.units, understanding) if article.language != "en" else 0
    weighed = {
        at: _candidate(article, understanding, found, at, max(0.0, ranker.worth(row)), chances, title, begins)
        for at, row in zip(places, measures.rows(frozenset(places)), strict=True)
    }
    kept = [weighed.get(at) or _unlikely(found, at, chances) for at in range(len(found.able))]
    refused = [
        Candidate(unit=found.units[place], text=found.units[place].text, length=0, chances={}, refused=reason)
        for place, reason in found.refusals.items()
    ]
    return tuple(sorted([*kept, *refused], key=lambda one: one.unit.index))


def _unlikely(found: Measured, at: int, chances: Mapping[str, float]) -> Candidate:
    words = found.sentences[at]
    held = {word: chances[word] for word in words if word in chances}
    return Candidate(
        unit=found.units[found.able[at]], text=found.shown[at].text, length=len(words), chances=held, alone=False
    )


def _candidate(
    article: Article,
    understanding: Understanding,
    found: Measured,
    at: int,
    share: float,
    chances: dict[str, float],
    title: AbstractSet[str],
    begins: int,
) -> Candidate:
    unit, shown = found.units[found.able[at]], found.shown[at]
    text, before, alone = _standing_alone(article, found, at)
    words = found.sentences[at]
    length = round(len(words) * PAIRS_A_WORD) if article.language in ("ja", "zh") else len(words)
    whole = not found.prose or shown.text.endswith(STOPS)
    worth = share * length
    worth *= prior(article, understanding, unit, words, title=title, stands_alone=alone, whole=whole, begins=begins)
    short = shortened(text, chances) if article.language == "en" else Shortened(text)
    if short.text != text:
        text, words = short.text, tuple(stems(short.text))
        length, worth = len(words), worth * (1 - short.lost)
    return Candidate(
        unit=unit,
        text=text,
        length=length,
        worth=worth,
        chances={word: chances[word] for word in words if word in chances},
        alone=alone,
        before=before,
    )


def _standing_alone(article: Article, found: Measured, at: int) -> tuple[str, tuple[Span, ...], bool]:
    """The sentence as it would be shown, the spans of a name put in, and whether it can be read by itself."""
    unit, shown = found.units[found.able[at]], found.shown[at]
    text, language = shown.text, article.language
    if unattributed(text) or points_back(text, language) or text.endswith(_ANNOUNCES):
        return text, (), False
    if unit.index == 0 and (
        language == "en" or shown.dangling != "pronoun"
    ):  # an article's opening can point nowhere: "He is 39, but Arnold Palmer …" explains itself
        return text, (), True
    opens_well = shown.dangling == "none" or speaks_of_itself(text)
    if language != "en" or PRONOUNS.isdisjoint(unit.words):
        return text, (), opens_well
    pronoun = unexplained(text)
    if pronoun is None:
        return text, (), opens_well or opens_with_pronoun(text)
    text, before = speaker_before(article.text, found.units, unit.index, text, pronoun)
    return text, before, bool(before)


def overlap(one: Candidate, other: Candidate) -> float:
    """Share of the smaller one's content words that the other holds too."""
    a, b = one.chances.keys(), other.chances.keys()
    return len(a & b) / max(1, min(len(a), len(b)))
