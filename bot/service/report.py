"""A reading as the JSON that `attache read --json` promises (docs/design.md, "Command line and JSON contracts")."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.model import Article, Decision, DigestItem, Event, Span, Story, Summary
from bot.ports import Json, Reading


def reading_json(reading: Reading, *, explain: bool = False) -> dict[str, Json]:
    """The whole answer; `explain` adds the stages' decisions."""
    article = reading.article
    return {
        "id": article.id,
        "article": _article(article),
        "understanding": _understanding(reading),
        "summary": summary_json(reading.summary),
        "explain": [_decision(decision, article.text) for decision in reading.decisions] if explain else None,
    }


def summary_json(summary: Summary) -> dict[str, Json]:
    """A summary with its points and their evidence."""
    return {
        "headline": summary.headline,
        "summarizer": summary.summarizer,
        "fallback": summary.fallback,
        "points": [
            {
                "text": point.text,
                "evidence": [
                    {"article": e.article, "start": e.start, "end": e.end, "text": e.text} for e in point.evidence
                ],
            }
            for point in summary.points
        ],
    }


def story_json(story: Story, item: DigestItem) -> dict[str, Json]:
    """A story as it stands, with its points, its articles and what its outlets put differently."""
    return {
        "number": story.number,
        "id": story.id,
        "headline": item.headline,
        "phase": story.phase,
        "first_seen": time_json(story.first_seen),
        "last_change": time_json(story.last_change),
        "version": story.version,
        "independent": item.independent,
        "republishing": item.copies,
        "countries": list(item.countries),
        "actors": list(item.actors),
        "event": item.event,
        "differ": list(item.differ),
        "changes": [{"was": change.was, "now": change.now} for change in item.changes],
        "summary": summary_json(item.summary),
        "articles": [
            {
                "id": line.article_id,
                "outlet": line.outlet,
                "title": line.title,
                "url": line.url,
                "published": time_json(line.when),
                "relation": line.relation,
            }
            for line in item.lines
        ],
    }


def time_json(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC with a Z; None stays None."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def _article(article: Article) -> dict[str, Json]:
    dateline = article.dateline
    day = dateline.date.isoformat() if dateline and dateline.date else None
    place: Mapping[str, Json] | None = {"place": dateline.place, "date": day} if dateline else None
    return {
        "title": article.title,
        "byline": article.byline,
        "outlet": article.outlet,
        "agency": article.agency,
        "dateline": dict(place) if place else None,
        "published": time_json(article.published),
        "language": article.language,
        "url": article.url,
        "text": article.text,
        "furniture": list(article.furniture),
    }


def _understanding(reading: Reading) -> dict[str, Json]:
    text, understanding = reading.article.text, reading.understanding
    return {
        "diplomatic": understanding.diplomatic,
        "relevance": round(understanding.relevance, 4),
        "actors": [
            {"code": a.code, "kind": a.kind, "name": a.name, "mentions": a.mentions} for a in understanding.actors
        ],
        "events": [_event(event, text) for event in understanding.events],
        "dates": [
            {**_span(date.span, text), "from": date.first.isoformat(), "to": date.last.isoformat()}
            for date in understanding.dates
        ],
        "quotes": [{**_span(quote.span, text), "speaker": quote.speaker} for quote in understanding.quotes],
    }


def _event(event: Event, text: str) -> dict[str, Json]:
    return {
        "type": event.type,
        "mode": event.mode,
        "tense": event.tense,
        "negated": event.negated,
        "source": list(event.source),
        "target": list(event.target),
        "evidence": _span(event.evidence, text) if event.evidence else None,
    }


def _span(span: Span, text: str) -> dict[str, Json]:
    return {"start": span.start, "end": span.end, "text": text[span.start : span.end]}


def _decision(decision: Decision, text: str) -> dict[str, Json]:
    return {
        "stage": decision.stage,
        "outcome": decision.outcome,
        "reason": decision.reason,
        "spans": [_span(span, text) for span in decision.spans],
    }
