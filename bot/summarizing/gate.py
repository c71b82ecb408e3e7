"""The gate: a generated point goes out only when the sentences that it cites say all of it. Pure; fails closed.

A point is judged against exactly its cited sentences (with the name that the extractive summarizer puts in for their
pronoun): its form first, then what it says (`bot.summarizing.claims`). Where a check itself fails,
the point fails. What fails for good is replaced by the sentence that it cites.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Evidence, KeyPoint, Summary
from bot.ports import Budget
from bot.summarizing.claim_parts import part_problems
from bot.summarizing.claims import problems_of
from bot.summarizing.compress import without_dateline
from bot.summarizing.grounding import check
from bot.summarizing.noise import refusal
from bot.summarizing.prompt import Draft, Material, Sentence
from bot.text.clean import one_line
from bot.text.tokens import words as words_of

MOST_CITED = 4
"""A point that needs five sentences says more than one thing; citing all of them would make the check idle."""
LONGEST_POINT = 400
"""Characters: twice the longest of 60 good points. More is a paragraph, or a text that wants to be elsewhere."""
FEWEST_WORDS = 3
ALIKE = 0.8
"""Share of all their words that two points have in common when one of them is idle."""
RECITED = 0.7
"""Share of a point's words that a sentence must have to be cited for it; below, it is another wording of several."""
TOO_FREE = 0.15
"""`overlap` of a point with its sentences below which the rules are not trusted to see an error: they compare words.
Swept 0 to .25 over 170 free faithful wordings and 561 corrupted ones: at 0, .10, .15, .20 there pass 68, 51, 46 and
40 % of the faithful, and 81, 88, 90, 91 % of the corrupted are caught. A logistic regression over all rules and 45
more measures is no better (47 % at 90 %)."""
LEAST_POINTS, MOST_POINTS = 3, 5

_BULLET = re.compile(r"^(?:[-*•–—]\s+|\d{1,2}[.)]\s+|\[\d{1,3}\]\s*)+")
_CITATION = re.compile(
    r"\s*[\[(]\s*(?:sentences?\s+)?\d{1,3}(?:\s*,\s*\d{1,3})*\s*[\])]\s*(?=[.!?。]?$)", re.IGNORECASE
)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1")
_ADDRESS = re.compile(
    r"https?://|www\.|@(?:everyone|here)\b|\]\(|<[@#]|\b\w+\.(?:com|org|net|invalid)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A draft and what the gate makes of it: a point, or the problems as sentences."""

    draft: Draft
    point: KeyPoint | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All drafts of one answer, in its order."""

    judged: tuple[Judged, ...]

    @property
    def failing(self) -> tuple[Judged, ...]:
        """Those that may not go out."""
        return tuple(one for one in self.judged if one.point is None)


def vet(material: Material, drafts: Sequence[Draft]) -> Verdict:
    """Judge each draft against the sentences that it cites; one that says the same of the same is judged once."""
    return Verdict(judged=tuple(_safely(material, draft) for draft in dict.fromkeys(drafts)))


def merged(first: Verdict, second: Verdict) -> Verdict:
    """`first` with the repaired points of `second` in the places of those that failed, in order."""
    repaired = iter(second.judged)
    judged: list[Judged] = []
    for one in first.judged:
        again = next(repaired, None) if one.point is None else None
        judged.append(again if again is not None and again.point is not None else one)
    return Verdict(judged=tuple(judged))


def _safely(material: Material, draft: Draft) -> Judged:
    try:
        judged = judge(material, draft)
        better = _cited_better(material, draft) if judged.point is None else None
        again = judge(material, better) if better is not None else judged
    except Exception as error:  # noqa: BLE001 - a checker that fails lets nothing through
        return Judged(draft=draft, problems=(f"It could not be checked ({type(error).__name__}).",))
    return again if again.point is not None else judged


def _cited_better(material: Material, draft: Draft) -> Draft | None:
    """The draft citing the one sentence whose words it uses; None where that is no other one, or where none has most.

    Small models write a sentence's words and count wrong: of SmolLM2's points every fourth cites a neighbour. It is
    judged anew, against exactly the sentence that readers are then shown.
    """
    said, shown = set(words_of(polished(draft.text))), {one.id for one in material.sentences}
    if not said or not draft.sentences or not shown.issuperset(draft.sentences):
        return None
    shares = {one.id: len(said.intersection(words_of(one.text))) / len(said) for one in material.sentences}
    best = max(shares, key=shares.__getitem__, default=None)
    if best is None or shares[best] < RECITED or draft.sentences == (best,):
        return None
    return Draft(text=draft.text, sentences=(best,))


def judge(material: Material, draft: Draft) -> Judged:
    """One draft: a KeyPoint whose evidence is the cited sentences, or what is wrong with it."""
    text = polished(draft.text)
    by_id = {one.id: one for one in material.sentences}
    cited = [by_id[number] for number in draft.sentences if number in by_id]
    problems = [f"It cites sentence {number}, which is not there." for number in draft.sentences if number not in by_id]
    if not draft.sentences:
        problems.append("It cites no sentence.")
    if len(draft.sentences) > MOST_CITED:
        problems.append(f"It cites more than {MOST_CITED} sentences.")
    problems += form_problems(text)
    if problems:
        return Judged(draft=draft, problems=tuple(problems))
    source = "\n".join(" ".join((*one.names, one.text)) for one in cited)
    problems += problems_of(text, source, material.language)
    if material.language == "en":
        problems += part_problems(text, source)
        if check(text, source).overlap < TOO_FREE:
            problems.append("It is too free: it should keep closer to the words of its sentences.")
    if problems:
        return Judged(draft=draft, problems=tuple(problems))
    return Judged(draft=draft, point=KeyPoint(text=text, evidence=_evidence(cited)))


def polished(text: str) -> str:
    """The draft on one line without controls, bullet, bold marks, dateline and citations: all else is left as it is."""
    text = _CITATION.sub("", _BOLD.sub(r"\2", _BULLET.sub("", one_line(text))))
    return without_dateline(text.strip()).strip()


def form_problems(text: str) -> list[str]:
    """What keeps a text from being a point at all, whatever it says."""
    if len(words_of(text)) < FEWEST_WORDS:
        return ["It has hardly any words."]
    if len(text) > LONGEST_POINT:
        return ["It is too long for a key point."]
    if _ADDRESS.search(text):
        return ["It holds an address or a mention."]
    reason = refusal(text)
    return [reason] if reason else []


def _evidence(cited: Sequence[Sentence]) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    for one in cited:
        found += [
            Evidence(article=one.article, start=span.start, end=span.end, text=name)
            for span, name in zip(one.before, one.names, strict=True)
        ]
        found.append(Evidence(article=one.article, start=one.start, end=one.end, text=one.text))
    return tuple(dict.fromkeys(found))


# --- what goes out ------------------------------------------------------------------------------------------------


def settled(
    material: Material, verdict: Verdict, extractive: Summary, budget: Budget
) -> tuple[tuple[KeyPoint, ...], int]:
    """The points that go out, and how many of them are an article's own sentence.

    A point that failed is replaced by the sentence that it cites, unless another point rests on it already; too few
    points are filled up from the extractive ones; a cap on words cuts from the end.
    """
    wanted = budget.points or MOST_POINTS
    kept = [one.point for one in verdict.judged if one.point is not None]
    used = {evidence for point in kept for evidence in point.evidence}
    points: list[tuple[KeyPoint, bool]] = []
    for one in verdict.judged:
        stand_in = one.point or _own_sentence(material, one.draft, used)
        if stand_in is not None and not any(_alike(stand_in, other) for other, _ in points):
            points.append((stand_in, one.point is None))
            used.update(stand_in.evidence)
    fewest = min(budget.points or LEAST_POINTS, len(extractive.points))
    for point in extractive.points:
        if len(points) < fewest and not used.intersection(point.evidence):
            points.append((point, True))
    points = _within(points[:wanted], budget.words)
    return tuple(point for point, _ in points), sum(own for _, own in points)


def _alike(one: KeyPoint, other: KeyPoint) -> bool:
    """Whether both say one thing in the same words, but for a comma or an article."""
    mine, theirs = set(words_of(one.text)), set(words_of(other.text))
    return len(mine & theirs) >= ALIKE * len(mine | theirs)


def _own_sentence(material: Material, draft: Draft, used: set[Evidence]) -> KeyPoint | None:
    """The cited sentence that shares most words with the draft, as the extractive summarizer shows it."""
    said = set(words_of(draft.text))
    cited = [one for one in material.sentences if one.id in draft.sentences]
    best = max(cited, key=lambda one: len(said.intersection(words_of(one.text))), default=None)
    if best is None or len(words_of(best.shown)) < FEWEST_WORDS:  # an agency's name is no point
        return None
    evidence = _evidence([best])
    return None if used.intersection(evidence) else KeyPoint(text=best.shown, evidence=evidence)


def _within(points: list[tuple[KeyPoint, bool]], words: int | None) -> list[tuple[KeyPoint, bool]]:
    while words is not None and points and sum(len(point.text.split()) for point, _ in points) > words:
        points = points[:-1]
    return points
