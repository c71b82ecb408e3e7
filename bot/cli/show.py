"""Readings, results and posts for people at a terminal."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.chat import words
from bot.chat.console.look import make_console
from bot.chat.console.render import show
from bot.model import Post, PostItem, Query
from bot.ports import Reading
from bot.service.lookup import Found


def show_post(post: Post) -> None:
    """On standard output."""
    show(make_console(), post, datetime.now(UTC))


def show_reading(reading: Reading, *, explain: bool, zone: str) -> None:
    """What the bot makes of one article: key points with what they rest on, actors, events; the decisions too."""
    understanding = reading.understanding
    actors = ", ".join(f"{actor.name} ({actor.code})" for actor in understanding.actors[:8])
    events = ", ".join(f"{event.type} ({event.tense})" for event in understanding.events[:4])
    verdict = "diplomatic" if understanding.diplomatic else "not diplomatic"
    facts = (
        PostItem(title="Actors", points=(actors or "none",)),
        PostItem(title="Events", points=(events or "none",)),
        PostItem(
            title="Relevance",
            points=(f"{understanding.relevance:.2f}, {verdict}",),
        ),
    )
    said = tuple(
        PostItem(title=f"{decision.stage}: {decision.outcome}", points=(decision.reason,))
        for decision in (reading.decisions if explain else ())
    )
    item = words.article_item(reading, {}, points=10)
    if reading.article.published is None:  # the moment at which we read it is not when it was written
        item = replace(item, lines=(), note=f"{item.lines[0].outlet}, no date given")
    show_post(Post(heading="Key points", items=(item, *facts, *said), footer=words.summary_note(reading), zone=zone))


def show_found(found: Found, query: Query, zone: str) -> None:
    """Articles of a search."""
    items = tuple(words.article_item(reading, found.names) for reading in found.readings)
    intro = words.plural(found.total, "article", "articles") if items else "Nothing in the archive matches."
    show_post(Post(heading=f"Search: {query.text}" if query.text else "Search", intro=intro, items=items, zone=zone))
