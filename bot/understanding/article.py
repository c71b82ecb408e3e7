"""One article through the parts of this stage: language, actors, events, dates, quotes, relevance."""

from dataclasses import dataclass, replace

from bot.model import Article, Decision, Understanding
from bot.understanding.actors import find_actors
from bot.understanding.dates import find_dates
from bot.understanding.events import find_events
from bot.understanding.language import detect
from bot.understanding.quotes import find_quotes
from bot.understanding.relevance import relevance


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What one article is about. `article` is the given one with its language settled; `decisions` say why."""

    article: Article
    understanding: Understanding
    decisions: tuple[Decision, ...]


def understand(article: Article) -> Understood:
    """Settle the language, then find actors, events, dates and quotes, then judge; never raises on any text.

    `article.language` is taken as a declaration ("und" or "" for none). Time grows linearly with the text.
    """
    declared = None if article.language in {"", "und"} else article.language
    language = detect(f"{article.title}\n{article.text[:2_000]}", declared)
    settled = article if language == article.language else replace(article, language=language)
    decisions: list[Decision] = []
    if declared is not None and language != declared:
        reason = f"language {language}: the text overrules the declared {declared}"
        decisions.append(Decision(stage="understanding", outcome="changed", reason=reason))
    actors, why_actors = find_actors(settled)
    events, why_events = find_events(settled, actors)
    score, diplomatic, why_relevance = relevance(settled, actors, events)
    understanding = Understanding(
        diplomatic=diplomatic,
        relevance=score,
        actors=actors,
        events=events,
        dates=find_dates(settled),
        quotes=find_quotes(settled),
    )
    return Understood(
        article=settled,
        understanding=understanding,
        decisions=(*decisions, *why_actors, *why_events, why_relevance),
    )
