"""Key points without a language model: whole sentences of the article, chosen, freed of what does not stand alone.

Pure functions, made for a worker process. Every point carries the sentence that it rests on; its words are a
subsequence of its evidence. What was refused, and why, is said in the decisions.
"""

from collections.abc import Sequence

from bot.model import Article, Decision, Evidence, KeyPoint, Span, Summary, Understanding
from bot.ports import Budget, Reading
from bot.summarizing.candidates import PROMISING, Candidate, candidates_of
from bot.summarizing.continuing import continued
from bot.summarizing.nonsense import UNREADABLE, UNTOLD, says_nothing
from bot.summarizing.selection import choose, readable
from bot.summarizing.story import news_points, story_points
from bot.summarizing.titles import clean_title, clearest_title

_DEFAULT = Budget()
SHORT, MIDDLING = 90, 150
"""Words of an article below which 3, and below which 4 points are enough; else 5. A wire report of 200 words has five
facts that its readers ask for (the reference article), a note of 80 words seldom more than three."""
MOST_POINTS = 12
"""With a cap on words alone, as many points as fit, but no more than a reader counts."""
_SHOWN_REASONS = 8
"""A page of nothing but instructions must not fill the journal."""


def summarize_article(
    article: Article, understanding: Understanding, budget: Budget = _DEFAULT
) -> tuple[Summary, tuple[Decision, ...]]:
    """The key points of one article in reading order, and why sentences were left out.

    At least one point when the article has a sentence that may be shown; a text without any gives the headline alone,
    and says so in `fallback`.
    """
    if says_nothing(article.text, article.language):
        return Summary(headline=clean_title(article.title), points=(), fallback=UNREADABLE), (_none(UNREADABLE),)
    found = candidates_of(article, understanding, most=max(PROMISING, 2 * (budget.points or 0)))
    chosen = chosen_for(found, budget, article.language)
    points = tuple(_key_point(article, one) for one in chosen)
    decisions = (*_refusals(found), *_choice(chosen, sum(one.refused is None for one in found)))
    fallback = None if points else UNTOLD
    return Summary(headline=clean_title(article.title), points=points, fallback=fallback), decisions


def summarize_story(readings: Sequence[Reading], budget: Budget = _DEFAULT) -> Summary:
    """The key points of several articles about one event: what most report first, each thing once.

    One reading gives the same points as `summarize_article`; none gives an empty summary. Where `budget.known` names
    some of the articles, what only the others report comes first, and one point of background last.
    """
    if not readings:
        return Summary(headline="", points=())
    if budget.known:
        new = [one for one in readings if one.article.id not in budget.known]
        known = [one for one in readings if one.article.id in budget.known]
        if new and known and (points := news_points(new, known, budget)):
            return Summary(headline=clearest_title(readings), points=points)
    if len(readings) == 1:
        only = readings[0]
        return summarize_article(only.article, only.understanding, budget)[0]
    return Summary(headline=clearest_title(readings), points=story_points(readings, budget))


def chosen_for(found: Sequence[Candidate], budget: Budget, language: str = "en") -> tuple[Candidate, ...]:
    """The candidates that make the summary, in reading order."""
    able = [one for one in found if one.refused is None]
    points = budget.points or (MOST_POINTS if budget.words else default_points(able))
    chosen = choose(readable(able, budget.points), points=points, words=budget.words, language=language)
    return chosen if language == "en" or budget.words else continued(chosen, able, language)


def default_points(able: Sequence[Candidate]) -> int:
    """3 to 5 by the length of what may be shown."""
    words = sum(one.length for one in able)
    return 3 if words < SHORT else 4 if words < MIDDLING else 5


def _key_point(article: Article, one: Candidate) -> KeyPoint:
    spans = (*one.before, Span(start=one.unit.start, end=one.unit.end))
    evidence = tuple(
        Evidence(article=article.id, start=span.start, end=span.end, text=article.text[span.start : span.end])
        for span in spans
    )
    return KeyPoint(text=one.text, evidence=evidence)


def _refusals(found: Sequence[Candidate]) -> tuple[Decision, ...]:
    refused = [one for one in found if one.refused is not None]
    return tuple(
        Decision(
            stage="summarizing",
            outcome="dropped",
            reason=one.refused or "",
            spans=(Span(start=one.unit.start, end=one.unit.end),),
        )
        for one in refused[:_SHOWN_REASONS]
    )


def _none(reason: str) -> Decision:
    return Decision(stage="summarizing", outcome="dropped", reason=reason)


def _choice(chosen: Sequence[Candidate], able: int) -> tuple[Decision, ...]:
    if not chosen:
        return (_none("No sentence can be shown as a key point."),)
    return (
        Decision(
            stage="summarizing",
            outcome="kept",
            reason=f"{len(chosen)} of {able} sentences say most of what the article reports.",
            spans=tuple(Span(start=one.unit.start, end=one.unit.end) for one in chosen),
        ),
    )
