"""Every quality figure with the floor below which it must not fall, and how they are shown. Higher is always better.

A floor stands just below what is reached on the development rows; the issues are judged on rows that nobody here has
seen. To raise one, measure first; to lower one, say why in the commit.
"""

from collections.abc import Mapping
from dataclasses import dataclass

FLOORS: Mapping[str, Mapping[str, float]] = {
    "extraction, scrapinghub": {"body F1": 0.965},
    "extraction, fundus": {"body F1": 0.945, "title": 0.85, "date": 0.95},
    "actors, traps": {"F1": 0.97, "recall": 0.96},
    "actors, headlines": {"F1": 0.93, "recall": 0.96},
    "actors, ours": {"F1": 0.97, "recall": 0.96},
    "outlet kinds, ours tuned": {"accuracy": 0.97},
    "outlet kinds, ours held out": {"accuracy": 0.95},
    "relevance, headlines": {"AP level 2": 0.88, "AP level 1 and up": 0.94},
    "events, headlines": {"macro F1": 0.57, "accuracy": 0.72},
    "events, sentences": {"macro F1": 0.95, "accuracy": 0.95},
    "tense, ours": {"open": 0.95, "held out": 0.95},
    "negation and mode, ours": {"open": 0.95, "held out": 0.95},
    "dates, ours": {"open": 0.95, "held out": 0.95},
    "quotes, ours": {"open": 0.92, "held out": 0.95},
    "tense, varied dev": {"tense": 0.96},
    "tense, varied held": {"tense": 0.95},
    "tense, varied blind": {"tense": 0.80},
    "negation, varied dev": {"negation": 0.93},
    "negation, varied held": {"negation": 0.97},
    "negation, varied blind": {"negation": 0.82},
    "free wordings, varied dev": {"tense": 0.94, "negation": 0.93},
    "free wordings, varied held": {"tense": 0.82, "negation": 0.81},
    "modes, varied dev": {"mode": 0.81, "type and mode": 0.79},
    "modes, varied held": {"mode": 0.84, "type and mode": 0.84},
    "modes, varied blind": {"mode": 0.85, "type and mode": 0.84},
    "dates, varied dev": {"phrases and days": 0.93},
    "dates, varied held": {"phrases and days": 0.95},
    "dates, varied blind": {"phrases and days": 0.81},
    "quotes, varied dev": {"words": 0.96, "words and speakers": 0.96},
    "quotes, varied held": {"words": 0.95, "words and speakers": 0.95},
    "quotes, varied blind": {"words": 0.93, "words and speakers": 0.87},
    "actors, varied dev": {"F1": 0.95, "recall": 0.95},
    "actors, varied held": {"F1": 0.97, "recall": 0.98},
    "relevance, varied dev": {"AP level 2": 0.94, "AP level 1 and up": 0.99},
    "relevance, varied held": {"AP level 2": 0.98, "AP level 1 and up": 0.99},
    "events, varied dev": {"macro F1": 0.76, "accuracy": 0.75},
    "events, varied held": {"macro F1": 0.70, "accuracy": 0.70},
    "outlet kinds, varied dev": {"kind": 0.96},
    "outlet kinds, varied held": {"kind": 0.98},
    "furniture, stories": {"dropped": 0.97, "body kept": 0.98},
    "evidence, stories": {"offsets exact": 1.0, "points within their evidence": 1.0, "points with evidence": 1.0},
    "points, stories": {"must-facts": 0.95, "clean of forbidden text": 0.99},
    "stories, titles": {"BCubed F1": 0.80},
    "stories, articles": {"BCubed F1": 0.95, "copies F1": 0.95},
    "stories, ours tuned": {"BCubed F1": 0.97, "copies F1": 0.97, "corrections F1": 0.97, "changes kept": 0.90},
    "stories, ours held out": {"BCubed F1": 0.93, "copies F1": 0.97, "corrections F1": 0.97, "changes kept": 0.90},
    "numbers that differ, ours open": {"precision": 0.95, "recall": 0.94},
    "numbers that differ, ours held": {"precision": 0.90, "recall": 0.88},
    # Sentences that do not read alone are left out: that costs .3 to .5 of ROUGE-2, and the floors follow it.
    # Half of the trees remember the trained rows less well; on unseen ones (`train_summarizer`) they are alike.
    "summaries, 2 points": {"ROUGE-1": 32.1, "ROUGE-2": 12.1},
    "summaries, 3 points": {"ROUGE-1": 30.6, "ROUGE-2": 11.8},
    "summaries, 1 point": {"ROUGE-1": 29.8, "ROUGE-2": 11.5},
    "summaries, 50 words": {"ROUGE-1": 32.2, "ROUGE-2": 11.9},
    "summaries, several articles": {"ROUGE-1": 33.2, "ROUGE-2": 9.9, "ROUGE-1 above Lead": 3.7},
    "key points by language, ours": {"must-facts": 0.91, "languages not below Lead": 1.0},
    "key points by language, varied dev": {"must-facts": 0.91, "languages not below Lead": 1.0},
    "key points by language, varied held": {"must-facts": 0.89, "languages not below Lead": 1.0},
    "grounding, SummEval": {"AUC": 0.88},
    "grounding, CLIFF": {"AUC": 0.84},
}
"""By set and figure. ROUGE is F1 × 100, all others 0 to 1."""

NOTES: Mapping[str, str] = {
    "tense, varied dev": "trained on; cross-validated: train_tense --check",
    "tense, varied held": "read and trained on since November 2026; cross-validated: train_tense --check",
    "tense, varied blind": "looked at once, after the work; so are the other blind sets",
    "negation, varied dev": "trained on; cross-validated: train_tense --check",
    "negation, varied held": "read and trained on since November 2026; cross-validated: train_tense --check",
    "free wordings, varied dev": "trained on",
    "free wordings, varied held": "no row of it was read or trained on; the figure was seen while working",
    "modes, varied held": "read and tuned on since November 2026",
    "dates, varied held": "read and tuned on since November 2026",
    "quotes, varied held": "read and tuned on since November 2026",
    "relevance, headlines": "rows that no weight was trained on; of ours, cross-validated: train_relevance --check",
    "events, headlines": "rows that no weight was trained on; of ours, cross-validated: train_events --check",
    "events, sentences": "the rows that the weights were trained on; cross-validated: train_events --check",
    "summaries, 2 points": "dev rows that the ranker was trained on; cross-validated: train_summarizer",
    "stories, ours tuned": "tuned on",
    "key points by language, varied held": "read and tuned on since November 2026",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value. `value` None: its set is absent, so that it was not measured."""

    set: str
    name: str
    value: float | None
    floor: float | None = None

    @property
    def fell(self) -> bool:
        """Whether it lies below its floor; rounded as it is shown, so that the table explains itself."""
        return self.value is not None and self.floor is not None and round(self.value, 4) < self.floor

    def __str__(self) -> str:
        value = "not measured" if self.value is None else f"{self.value:.3f}"
        floor = f"floor {self.floor:.3f}" if self.floor is not None else "no floor"
        verdict = "  BELOW ITS FLOOR" if self.fell else ""
        return f"{self.set:<30} {self.name:<30} {value:>12}  {floor}{verdict}".rstrip()


def figures_of(name: str, measured: Mapping[str, float] | None) -> tuple[Figure, ...]:
    """The figures of the set `name` with their floors; all of them "not measured" when `measured` is None."""
    floors = FLOORS.get(name, {})
    if measured is None:
        return tuple(Figure(set=name, name=key, value=None, floor=floor) for key, floor in floors.items())
    missing = set(floors) - set(measured)
    if missing:
        raise ValueError(f"{name} has floors for {sorted(missing)}, which nothing measures")
    return tuple(Figure(set=name, name=key, value=value, floor=floors.get(key)) for key, value in measured.items())
